//! Rows that are appended give what mining the whole gives.

use marey_insight::{Anew, Appended, InsightKind, MineOptions, Miner, Mining, mine};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;

use crate::tables::{Columns, Source};

/// Orders by day with a step, a season, a category that stands out and a correlation, `from` some row.
fn orders(rows: std::ops::Range<usize>, all: usize) -> Table {
    let mut columns: [Vec<f64>; 4] = Default::default();
    let (mut days, mut regions, mut channels) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..all {
        let mut source = Source(row as u64 * 7919);
        let day = row * 500 / all;
        let (region, channel) = (source.below(5), source.below(3));
        let wave = (std::f64::consts::TAU * day as f64 / 7.0).cos();
        let price = (3.0 + 0.5 * source.normal()).exp();
        let step = f64::from(u8::from(day > 300));
        let units = 20.0 + 5.0 * source.normal() + 2.0 * step + 1.5 * wave;
        let rating = (3.0 + source.normal() + if region == 2 { 0.5 } else { 0.0 }).round();
        let cost = price * 0.3 + source.normal() * 4.0;
        if rows.contains(&row) {
            days.push(19_000 + day as i32);
            regions.push(format!("region {region}"));
            channels.push(format!("channel {channel}"));
            for (column, value) in columns.iter_mut().zip([price, units, rating, cost]) {
                column.push((value * 100.0).round() / 100.0);
            }
        }
    }
    let [price, units, rating, cost] = columns;
    Columns::default()
        .dates("day", days)
        .texts("region", regions)
        .texts("channel", channels)
        .numbers("price", price)
        .numbers("units", units)
        .numbers("rating", rating)
        .numbers("cost", cost)
        .table()
}

fn miner(table: &Table) -> Miner {
    Miner::new(
        table,
        &profile(table, &ProfileOptions::default()),
        &MineOptions::default(),
    )
}

fn fresh(table: &Table) -> Mining {
    mine(
        table,
        &profile(table, &ProfileOptions::default()),
        &MineOptions::default(),
    )
}

/// The same insights, the same numbers; p and bounds as close as scores of known values allow.
fn check_same(appended: &Mining, whole: &Mining) {
    let ids = |mining: &Mining| {
        let mut ids: Vec<String> = mining.insights.iter().map(|insight| insight.id.clone()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(appended), ids(whole));
    // A few questions are asked only where something else is plain, which may change with the last rows.
    let asked = (appended.family.hypotheses as f64, whole.family.hypotheses as f64);
    assert!((asked.0 / asked.1 - 1.0).abs() < 0.05, "{asked:?}");
    for one in &appended.insights {
        let other = whole.insights.iter().find(|other| other.id == one.id).unwrap();
        let digits = |p: f64| p.max(1e-300).log10();
        let far = (digits(one.p) - digits(other.p)).abs();
        let (p, q) = (one.p, other.p);
        let allowed = 0.3 + 0.03 * digits(q).abs();
        assert!(
            far <= allowed,
            "{}: {p:e} {} and {q:e} {}",
            one.id,
            one.guard,
            other.guard
        );
        assert!((one.effect.value - other.effect.value).abs() < 0.02, "{}", one.id);
        assert_eq!(one.facts.len(), other.facts.len(), "{}", one.id);
        for (a, b) in one.facts.iter().zip(&other.facts) {
            assert_eq!(a.quantity, b.quantity);
            assert!(
                (a.value - b.value).abs() <= 1e-9 * (1.0 + b.value.abs()),
                "{} {}: {} and {}",
                one.id,
                a.quantity,
                a.value,
                b.value
            );
        }
    }
}

#[test]
fn appended_rows_give_what_the_whole_gives() {
    let all = 6000;
    let mut miner = miner(&orders(0..5700, all));
    for from in (5700..all).step_by(60) {
        let more = orders(from..from + 60, all);
        assert_eq!(miner.append(more.batches()).unwrap(), Appended::Added);
    }
    let whole = fresh(&orders(0..all, all));
    assert!(whole.insights.len() >= 4, "{}", whole.insights.len());
    check_same(miner.mining(), &whole);
    assert_eq!(miner.table().rows(), all);
}

#[test]
fn what_cannot_be_added_is_mined_anew_and_said() {
    let all = 4000;
    let base = orders(0..3900, all);
    let grown = |miner: &mut Miner, more: Table| miner.append(more.batches()).unwrap();
    let mut much = miner(&orders(0..3000, all));
    let more = orders(3000..4000, all);
    assert_eq!(grown(&mut much, more), Appended::Anew(Anew::Grown));
    check_same(much.mining(), &fresh(&orders(0..all, all)));

    let mut early = miner(&base);
    assert_eq!(
        grown(&mut early, orders(10..20, all)),
        Appended::Anew(Anew::FirstRepeats)
    );

    let odd = |region: &str, price: f64, day: i32| {
        Columns::default()
            .dates("day", [day])
            .texts("region", [region.to_owned()])
            .texts("channel", ["channel 1".to_owned()])
            .numbers("price", [price])
            .numbers("units", [21.5])
            .numbers("rating", [3.0])
            .numbers("cost", [17.25])
            .table()
    };
    for (more, expected) in [
        (odd("region 9", 3.25, 19_499), Anew::NewCategory),
        (odd("region 1", f64::NAN, 19_499), Anew::FirstGap),
        (odd("region 1", 3.25, 18_000), Anew::Time),
    ] {
        assert_eq!(grown(&mut miner(&base), more), Appended::Anew(expected));
    }
}

#[test]
fn other_columns_are_refused() {
    let mut miner = miner(&orders(0..1000, 1000));
    let other = Columns::default().numbers("elsewhere", [1.0]).table();
    assert!(miner.append(other.batches()).is_err());
    assert_eq!(miner.table().rows(), 1000);
}

#[test]
fn an_insight_comes_with_the_rows_that_show_it() {
    let table = |rows: std::ops::Range<usize>| {
        let mut source = Source(99);
        let values: Vec<f64> = (0..2960)
            .map(|row| source.normal() + if row >= 2700 { 1.0 } else { 0.0 })
            .collect();
        let days = rows.clone().map(|row| 19_000 + row as i32 / 6);
        Columns::default()
            .dates("day", days)
            .numbers("level", rows.map(|row| values[row]))
            .table()
    };
    let mut miner = miner(&table(0..2700));
    let over_time = |mining: &Mining| {
        let kinds = mining.insights.iter().map(|insight| insight.kind);
        kinds.filter(|kind| *kind != InsightKind::Multimodal).count()
    };
    assert_eq!(over_time(miner.mining()), 0);
    assert_eq!(
        miner.append(table(2700..2960).batches()).unwrap(),
        Appended::Added
    );
    assert!(over_time(miner.mining()) > 0);
}
