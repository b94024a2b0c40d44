//! `cargo xtask traps`: tables in which rows or columns depend on each other in ways that mislead tests
//! made for independent rows, mined; what is said that nothing put into the table explains is false.

use marey_insight::{Insight, InsightKind, MineOptions, mine};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;
use rayon::prelude::*;

use crate::noise::{Columns, START, Source};

const ROWS: usize = 2000;
const SPAN: usize = 728;
const MEASURES: [&str; 5] = ["alpha", "beta", "gamma", "delta", "kappa"];
const CATEGORIES: [(&str, usize); 5] = [("k", 3), ("l", 4), ("m", 6), ("n", 9), ("o", 5)];

/// A table with what is true of it.
struct Trap {
    table: Table,
    /// Columns that do depend on each other: what is said of two of one group is not false.
    groups: Vec<Vec<&'static str>>,
    /// Kinds that may be said of one column alone.
    alone: &'static [InsightKind],
}

type Draw = fn(&mut Source) -> anyhow::Result<Trap>;

const TRAPS: &[(&str, Draw)] = &[
    ("entities with repeated rows, named", |source| {
        entities(source, false)
    }),
    ("entities with repeated rows, numbered", |source| {
        entities(source, true)
    }),
    ("a season that all measures share", |source| {
        shared(source, |t| 0.8 * (std::f64::consts::TAU * t * 4.0).cos())
    }),
    ("weekdays that all measures share", |source| {
        shared(source, |t| {
            0.5 * (std::f64::consts::TAU * t * SPAN as f64 / 7.0).cos()
        })
    }),
    ("a trend that all measures share", |source| {
        shared(source, |t| 1.5 * t)
    }),
    ("a category behind all measures", category_behind_all),
    ("zero-inflated measures", |source| {
        plain(source, |source| {
            let x = (1.0 + source.normal()).exp();
            if source.uniform() < 0.6 { 0.0 } else { x }
        })
    }),
    ("tied measures", |source| {
        plain(source, |source| (1.2 * source.normal()).round().clamp(-2.0, 2.0))
    }),
    ("heavy tails", |source| plain(source, Source::student3)),
    ("blocks of categories beside autoregressive measures", blocks),
    ("days that remember the day before", remembered_days),
    ("days that walk", walking_days),
    ("spread that grows over time", growing_spread),
    ("entities that come and go", come_and_go),
    ("categories within categories", nested),
    ("a measure and its classes", classes),
];

/// Mines tables of every trap and prints the share in which something false was said.
pub fn run(tables: u64, seed: u64, only: Option<&str>) -> anyhow::Result<()> {
    for (at, (name, draw)) in TRAPS.iter().enumerate() {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let one = |table: u64| -> anyhow::Result<(usize, Vec<InsightKind>)> {
            let trap = draw(&mut Source::of(1000 * seed + at as u64, table))?;
            let profile = profile(&trap.table, &ProfileOptions::default());
            let mining = mine(&trap.table, &profile, &MineOptions::default());
            let said = mining
                .insights
                .iter()
                .flat_map(|insight| std::iter::once(insight).chain(&insight.folded));
            let said: Vec<&Insight> = said.collect();
            let wrong = said.iter().filter(|insight| is_false(insight, &trap));
            Ok((said.len(), wrong.map(|insight| insight.kind).collect()))
        };
        let answers: Vec<_> = (0..tables)
            .into_par_iter()
            .map(one)
            .collect::<anyhow::Result<_>>()?;
        let wrong = answers.iter().filter(|(_, wrong)| !wrong.is_empty()).count();
        let mut kinds: std::collections::BTreeMap<InsightKind, usize> = Default::default();
        answers
            .iter()
            .flat_map(|(_, wrong)| wrong)
            .for_each(|kind| *kinds.entry(*kind).or_default() += 1);
        let said: usize = answers.iter().map(|(said, _)| said).sum();
        let kinds: Vec<String> = kinds
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        println!(
            "{name:52} {wrong:4} of {tables} = {:4.1} %; {:.1} claims each; false: {}",
            100.0 * wrong as f64 / tables as f64,
            said as f64 / tables as f64,
            kinds.join(", ")
        );
    }
    Ok(())
}

/// Whether nothing put into the table explains an insight.
fn is_false(insight: &Insight, trap: &Trap) -> bool {
    let columns = insight.columns();
    if columns.len() < 2 {
        return !trap.alone.contains(&insight.kind);
    }
    !trap.groups.iter().any(|group| {
        let inside = columns.iter().filter(|column| group.contains(&column.as_str()));
        inside.count() >= 2
    })
}

/// Whole tables of measures given by their standard scores; every other one is skewed.
fn with_measures(mut columns: Columns, scores: &[Vec<f64>]) -> Columns {
    for (at, (name, z)) in MEASURES.iter().zip(scores).enumerate() {
        let value = |z: &f64| {
            if at % 2 == 0 {
                200.0 + 20.0 * z
            } else {
                (4.0 + 0.5 * z).exp()
            }
        };
        let values: Vec<f64> = z.iter().map(|z| (value(z) * 100.0).round() / 100.0).collect();
        columns = columns.numbers(name, &values);
    }
    columns
}

fn with_categories(source: &mut Source, mut columns: Columns, from: usize) -> Columns {
    for (name, count) in &CATEGORIES[from..] {
        columns = columns.categories(name, &source.codes(ROWS, *count));
    }
    columns
}

/// Each measure with one other column.
fn each_with(column: &'static str) -> Vec<Vec<&'static str>> {
    MEASURES.iter().map(|measure| vec![*measure, column]).collect()
}

fn plain(source: &mut Source, value: fn(&mut Source) -> f64) -> anyhow::Result<Trap> {
    let mut columns = Columns::default().days("day", &source.days(ROWS, SPAN));
    columns = with_categories(source, columns, 0);
    for name in MEASURES {
        let values: Vec<f64> = (0..ROWS).map(|_| value(source)).collect();
        columns = columns.numbers(name, &values);
    }
    Ok(Trap {
        table: columns.table()?,
        groups: Vec::new(),
        alone: &[InsightKind::OutlierRow, InsightKind::Multimodal],
    })
}

fn entities(source: &mut Source, numbered: bool) -> anyhow::Result<Trap> {
    let count = 100;
    let of: Vec<usize> = (0..ROWS).map(|_| source.below(count)).collect();
    let mut columns = Columns::default().days("day", &source.days(ROWS, SPAN));
    columns = if numbered {
        let numbers: Vec<f64> = of.iter().map(|entity| 1000.0 + *entity as f64).collect();
        columns.numbers("patient_id", &numbers)
    } else {
        columns.categories("patient_id", &of)
    };
    for (name, groups) in [("clinic", 5), ("sex", 2)] {
        let own: Vec<usize> = (0..count).map(|_| source.below(groups)).collect();
        let codes: Vec<usize> = of.iter().map(|entity| own[*entity]).collect();
        columns = columns.categories(name, &codes);
    }
    columns = with_categories(source, columns, 2);
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| {
            let own = source.normals(count);
            of.iter()
                .map(|entity| 0.7 * own[*entity] + 0.7 * source.normal())
                .collect()
        })
        .collect();
    let mut groups = each_with("patient_id");
    groups.push(vec!["patient_id", "clinic", "sex"]);
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups,
        alone: &[InsightKind::Evenness],
    })
}

/// All measures go along one course over time, given by the share of the axis that has passed.
fn shared(source: &mut Source, course: fn(f64) -> f64) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN);
    let mut columns = Columns::default().days("day", &days);
    columns = with_categories(source, columns, 0);
    let along: Vec<f64> = days
        .iter()
        .map(|day| course(f64::from(day - START) / SPAN as f64))
        .collect();
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| along.iter().map(|along| along + source.normal()).collect())
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: each_with("day"),
        alone: &[],
    })
}

fn category_behind_all(source: &mut Source) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN);
    let codes = source.codes(ROWS, 5);
    let columns = Columns::default().days("day", &days).categories("behind", &codes);
    let columns = with_categories(source, columns, 1);
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| {
            let own = source.normals(5);
            codes
                .iter()
                .map(|code| 0.7 * own[*code] + source.normal())
                .collect()
        })
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: each_with("behind"),
        alone: &[],
    })
}

/// Categories that hold for stretches of rows, beside measures that remember.
fn blocks(source: &mut Source) -> anyhow::Result<Trap> {
    let mut columns = Columns::default().days("day", &source.days(ROWS, SPAN));
    for (name, count) in &CATEGORIES[..2] {
        let mut code = 0;
        let codes: Vec<usize> = (0..ROWS)
            .map(|row| {
                if row == 0 || source.below(40) == 0 {
                    code = source.below(*count);
                }
                code
            })
            .collect();
        columns = columns.categories(name, &codes);
    }
    columns = with_categories(source, columns, 2);
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| source.autoregression(0.9, ROWS))
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: Vec::new(),
        // The categories of blocks are drawn evenly.
        alone: &[InsightKind::Evenness],
    })
}

/// Several rows a day, whose level remembers the day before.
fn by_day(source: &mut Source, level: fn(&mut Source) -> Vec<f64>) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN / 2);
    let mut columns = Columns::default().days("day", &days);
    columns = with_categories(source, columns, 0);
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| {
            let own = level(source);
            days.iter()
                .map(|day| own[(day - START) as usize] + source.normal())
                .collect()
        })
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: Vec::new(),
        alone: &[],
    })
}

fn remembered_days(source: &mut Source) -> anyhow::Result<Trap> {
    by_day(source, |source| {
        let level = source.autoregression(0.8, SPAN / 2);
        level.into_iter().map(|z| 0.7 * z).collect()
    })
}

fn walking_days(source: &mut Source) -> anyhow::Result<Trap> {
    by_day(source, |source| {
        let mut level = 0.0;
        (0..SPAN / 2)
            .map(|_| {
                level += 0.15 * source.normal();
                level
            })
            .collect()
    })
}

fn growing_spread(source: &mut Source) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN);
    let columns = Columns::default().days("day", &days);
    let columns = with_categories(source, columns, 0);
    let spread: Vec<f64> = days
        .iter()
        .map(|day| 0.4 + 1.6 * f64::from(day - START) / SPAN as f64)
        .collect();
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| spread.iter().map(|spread| spread * source.normal()).collect())
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: each_with("day"),
        alone: &[InsightKind::OutlierRow],
    })
}

/// Entities that are there for a quarter of the time, each with levels of its own.
fn come_and_go(source: &mut Source) -> anyhow::Result<Trap> {
    let count = 60;
    let days = source.days(ROWS, SPAN);
    let from: Vec<f64> = (0..count).map(|_| source.uniform() * 1.25 - 0.25).collect();
    let of: Vec<usize> = days
        .iter()
        .map(|day| {
            let at = f64::from(day - START) / SPAN as f64;
            let here: Vec<usize> = (0..count)
                .filter(|entity| (from[*entity]..from[*entity] + 0.25).contains(&at))
                .collect();
            here.get(source.below(here.len().max(1))).copied().unwrap_or(0)
        })
        .collect();
    let columns = Columns::default().days("day", &days).categories("machine", &of);
    let columns = with_categories(source, columns, 1);
    let scores: Vec<Vec<f64>> = MEASURES
        .iter()
        .map(|_| {
            let own = source.normals(count);
            of.iter()
                .map(|entity| 0.7 * own[*entity] + 0.7 * source.normal())
                .collect()
        })
        .collect();
    let mut groups = each_with("machine");
    groups.push(vec!["machine", "day"]);
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups,
        alone: &[],
    })
}

/// Cities within regions, and regions behind two measures.
fn nested(source: &mut Source) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN);
    let city = source.codes(ROWS, 12);
    let region: Vec<usize> = city.iter().map(|city| city / 3).collect();
    let columns = Columns::default()
        .days("day", &days)
        .categories("city", &city)
        .categories("region", &region);
    let columns = with_categories(source, columns, 2);
    let scores: Vec<Vec<f64>> = (0..MEASURES.len())
        .map(|at| {
            let own = source.normals(4);
            let size = if at < 2 { 0.4 } else { 0.0 };
            region
                .iter()
                .map(|region| size * own[*region] + source.normal())
                .collect()
        })
        .collect();
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: vec![
            vec!["city", "region", MEASURES[0]],
            vec!["city", "region", MEASURES[1]],
        ],
        alone: &[],
    })
}

/// A measure, and a column of its classes.
fn classes(source: &mut Source) -> anyhow::Result<Trap> {
    let days = source.days(ROWS, SPAN);
    let scores: Vec<Vec<f64>> = MEASURES.iter().map(|_| source.normals(ROWS)).collect();
    let class: Vec<usize> = scores[0]
        .iter()
        .map(|z| if *z < -0.5 { 0 } else { 1 + usize::from(*z > 0.7) })
        .collect();
    let columns = Columns::default().days("day", &days).categories("class", &class);
    let columns = with_categories(source, columns, 1);
    Ok(Trap {
        table: with_measures(columns, &scores).table()?,
        groups: vec![vec!["class", MEASURES[0]]],
        alone: &[],
    })
}
