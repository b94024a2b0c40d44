//! Tables with known drift, and with none.

use marey_table::read::{ReadOptions, read};

use super::*;
use crate::{ProfileOptions, profile};

/// A generator of numbers, 0 to 1 (SplitMix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Nearly normal.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

/// How a table is drawn.
#[derive(Clone, Copy, Default)]
struct Source {
    shift: f64,
    heavy: f64,
    categories: usize,
    missing: f64,
}

fn table(seed: u64, rows: usize, source: Source) -> TableProfile {
    let mut draw = Draw(seed);
    let mut csv = String::from("id,size,amount,count,kind,day\n");
    for row in 0..rows {
        let size = draw.normal() + source.shift;
        let amount = (draw.normal() * (1.0 + source.heavy)).exp();
        let count = (-draw.next().ln() * 3.0) as u64;
        let kind = (draw.next().powi(2) * (5 + source.categories) as f64) as usize;
        let size = if draw.next() < source.missing {
            String::new()
        } else {
            format!("{size:.4}")
        };
        csv.push_str(&format!(
            "{row},{size},{amount:.3},{count},kind {kind},2024-01-{:02}\n",
            1 + row % 28
        ));
    }
    let table = read("t.csv", csv.into_bytes(), &ReadOptions::default())
        .unwrap()
        .value;
    let options = ProfileOptions {
        top_values: 1000,
        ..ProfileOptions::default()
    };
    profile(&table, &options)
}

fn drift(comparison: &ProfileComparison, column: &str) -> Drift {
    let column = comparison
        .columns
        .iter()
        .find(|of| of.name.as_str() == column)
        .unwrap();
    column.drift
}

#[test]
fn two_samples_of_one_source_have_not_drifted() {
    for seed in 0..12 {
        for (n, m) in [(3000, 3000), (800, 4000), (60, 90)] {
            let before = table(seed, n, Source::default());
            let after = table(seed + 1000, m, Source::default());
            let comparison = compare(&before, &after);
            for column in comparison
                .columns
                .iter()
                .filter(|column| column.name.as_str() != "id")
            {
                assert_eq!(column.drift, Drift::None, "{seed} {n} {m} {column:#?}");
            }
        }
    }
}

#[test]
fn a_table_has_not_drifted_from_itself() {
    let profile = table(7, 2000, Source::default());
    let comparison = compare(&profile, &profile);
    assert!(comparison.is_steady());
    for column in &comparison.columns {
        assert!(column.psi.is_none_or(|psi| psi.abs() < 1e-9), "{column:?}");
        assert!(column.ks.is_none_or(|ks| ks.abs() < 1e-9), "{column:?}");
    }
}

#[test]
fn what_has_drifted_is_told_and_nothing_else() {
    let before = table(1, 4000, Source::default());
    let check = |source: Source, drifted: &str, least: Drift| {
        let comparison = compare(&before, &table(2, 4000, source));
        for column in ["size", "amount", "count", "kind"] {
            let found = drift(&comparison, column);
            if column == drifted {
                assert!(found >= least, "{column}: {found:?} {:#?}", comparison.columns);
            } else {
                assert_eq!(found, Drift::None, "{column}");
            }
        }
    };
    let shift = |shift: f64| Source {
        shift,
        ..Source::default()
    };
    check(shift(0.4), "size", Drift::Moderate);
    check(shift(1.0), "size", Drift::Large);
    check(shift(-1.0), "size", Drift::Large);
    check(
        Source {
            heavy: 1.5,
            ..Source::default()
        },
        "amount",
        Drift::Moderate,
    );
    check(
        Source {
            categories: 3,
            ..Source::default()
        },
        "kind",
        Drift::Moderate,
    );
    check(
        Source {
            missing: 0.1,
            ..Source::default()
        },
        "size",
        Drift::Moderate,
    );
    check(
        Source {
            missing: 0.5,
            ..Source::default()
        },
        "size",
        Drift::Large,
    );
}

#[test]
fn distances_are_those_of_the_distributions() {
    let before = table(1, 8000, Source::default());
    let after = table(
        2,
        8000,
        Source {
            shift: 1.0,
            ..Source::default()
        },
    );
    let comparison = compare(&before, &after);
    let size = &comparison.columns[1];
    // Two normal distributions one standard deviation apart: 2 Phi(1/2) - 1 = 0.383.
    assert!((size.ks.unwrap() - 0.383).abs() < 0.03, "{size:?}");
    // Their index is the symmetrised divergence, 1, less what classes lose.
    assert!((0.75..1.05).contains(&size.psi.unwrap()), "{size:?}");
}

#[test]
fn new_and_lost_categories_are_listed() {
    let of = |csv: &str| {
        let table = read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        profile(&table.value, &ProfileOptions::default())
    };
    let before = of(&format!("k,n\n{}", "red,1\nblue,2\nblue,3\n".repeat(50)));
    let after = of(&format!("k,m\n{}", "red,x\ngreen,y\ngreen,x\n".repeat(50)));
    let comparison = compare(&before, &after);
    let k = &comparison.columns[0];
    let names = |list: &[crate::TopValue]| list.iter().map(|top| top.value.clone()).collect::<Vec<_>>();
    assert_eq!(names(&k.new_categories), ["green"]);
    assert_eq!(names(&k.lost_categories), ["blue"]);
    assert_eq!((k.categories_changed, k.drift), (Some([1, 1]), Drift::Large));
    assert_eq!(comparison.added, ["m".into()]);
    assert_eq!(comparison.removed, ["n".into()]);
}

#[test]
fn changes_of_type_and_meaning_are_told() {
    let of = |csv: &str| {
        let table = read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        profile(&table.value, &ProfileOptions::default())
    };
    let before = of("a,b\n1,2024-01-01\n2,2024-01-02\n3,2024-01-05\n");
    let after = of("b,a\n2025-01-01,one\n2025-02-02,two\n2025-03-05,three\n");
    let comparison = compare(&before, &after);
    assert!(comparison.reordered);
    let a = comparison
        .columns
        .iter()
        .find(|column| column.name.as_str() == "a")
        .unwrap();
    assert_eq!(a.drift, Drift::Large);
    assert_eq!(
        a.changes[0],
        PropertyChange {
            property: Property::PhysicalType,
            before: "int".into(),
            after: "text".into()
        }
    );
    let b = comparison
        .columns
        .iter()
        .find(|column| column.name.as_str() == "b")
        .unwrap();
    assert_eq!(b.range.unwrap()[1][0], 1_735_689_600_000);
}

#[test]
fn tables_without_rows_compare() {
    let of = |csv: &str| {
        let table = read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        profile(&table.value, &ProfileOptions::default())
    };
    let comparison = compare(&of("a,b\n"), &of("a,b\n1,2\n2,3\n"));
    assert_eq!(comparison.before.rows, 0);
    assert!(comparison.columns.iter().all(|column| column.psi.is_none()));
}
