//! What is put into a table is found, and said right.

use marey_insight::{Direction, InsightKind, Mining};

use crate::tables::{Columns, Source, mined};

const ROWS: usize = 2000;

fn check(name: &str, columns: Columns, kind: InsightKind, expect: impl Fn(&marey_insight::Insight) -> bool) {
    let mining = mined(&columns.table());
    let found = mining
        .insights
        .iter()
        .any(|insight| insight.kind == kind && expect(insight));
    assert!(found, "{name}: {:?}", ids(&mining));
}

fn ids(mining: &Mining) -> Vec<&str> {
    mining
        .insights
        .iter()
        .map(|insight| insight.id.as_str())
        .collect()
}

fn days(source: &mut Source) -> Vec<i32> {
    let mut days: Vec<i32> = (0..ROWS).map(|_| 19_000 + source.below(500) as i32).collect();
    days.sort_unstable();
    days
}

fn labels(source: &mut Source, categories: usize) -> Vec<usize> {
    (0..ROWS).map(|_| source.below(categories)).collect()
}

fn named(codes: &[usize]) -> Vec<String> {
    codes.iter().map(|code| format!("group {code}")).collect()
}

#[test]
fn a_category_that_stands_out() {
    let mut source = Source(1);
    let codes = labels(&mut source, 5);
    let x: Vec<f64> = codes
        .iter()
        .map(|code| source.normal() + if *code == 3 { 0.6 } else { 0.0 })
        .collect();
    let columns = Columns::default().texts("group", named(&codes)).numbers("x", x);
    check("outstanding", columns, InsightKind::OutstandingFirst, |insight| {
        insight.focus == ["group 3"] && insight.direction == Some(Direction::High)
    });
}

#[test]
fn a_step_and_its_date() {
    let mut source = Source(2);
    let days = days(&mut source);
    let x: Vec<f64> = days
        .iter()
        .map(|day| source.normal() - if *day >= 19_300 { 0.7 } else { 0.0 })
        .collect();
    let columns = Columns::default().dates("day", days).numbers("x", x);
    check("step", columns, InsightKind::ChangePoint, |insight| {
        let at = insight.locator.at_ms.unwrap_or(0) / 86_400_000;
        insight.direction == Some(Direction::Down) && (at - 19_300).abs() < 20
    });
}

#[test]
fn a_season_of_a_week() {
    let mut source = Source(3);
    let days = days(&mut source);
    let wave = |day: &i32| (std::f64::consts::TAU * f64::from(*day) / 7.0).sin();
    let x: Vec<f64> = days.iter().map(|day| source.normal() + 0.5 * wave(day)).collect();
    let columns = Columns::default().dates("day", days).numbers("x", x);
    check("season", columns, InsightKind::Seasonality, |insight| {
        insight.locator.period_days == Some(7.0)
    });
}

#[test]
fn a_sign_that_turns_within_groups() {
    let mut source = Source(4);
    let codes = labels(&mut source, 4);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for code in &codes {
        let (e, level) = (source.normal(), *code as f64);
        x.push(level + e);
        y.push(level - 0.4 * e + source.normal());
    }
    let columns = Columns::default()
        .texts("group", named(&codes))
        .numbers("x", x)
        .numbers("y", y);
    check("simpson", columns, InsightKind::Simpson, |insight| {
        insight.direction == Some(Direction::Positive)
    });
}

#[test]
fn a_bend() {
    let mut source = Source(5);
    let x: Vec<f64> = (0..ROWS).map(|_| source.normal()).collect();
    let y: Vec<f64> = x.iter().map(|x| 0.4 * x * x + source.normal()).collect();
    check(
        "bend",
        Columns::default().numbers("x", x).numbers("y", y),
        InsightKind::Nonlinear,
        |insight| insight.direction == Some(Direction::U),
    );
}

#[test]
fn codes_for_unknown_and_heaps() {
    let mut source = Source(6);
    let amount = |source: &mut Source| ((6.5 + 0.6 * source.normal()).exp() * 100.0).round() / 100.0;
    let x: Vec<f64> = (0..ROWS)
        .map(|row| {
            if row % 100 == 7 {
                9999.0
            } else {
                amount(&mut source)
            }
        })
        .collect();
    check(
        "sentinel",
        Columns::default().numbers("x", x),
        InsightKind::Sentinel,
        |insight| insight.focus == ["9999"],
    );
    let x: Vec<f64> = (0..ROWS)
        .map(|row| {
            let amount = amount(&mut source);
            if row % 9 == 0 {
                (amount / 100.0).round() * 100.0
            } else {
                amount
            }
        })
        .collect();
    check(
        "heaps",
        Columns::default().numbers("x", x),
        InsightKind::RoundHeaping,
        |insight| insight.focus == ["100"],
    );
}

#[test]
fn days_between_dates_are_derived() {
    let mut source = Source(7);
    let opened = days(&mut source);
    let codes = labels(&mut source, 4);
    let waited: Vec<i32> = codes
        .iter()
        .map(|code| 5 + source.below(10) as i32 + if *code == 2 { 6 } else { 0 })
        .collect();
    let closed: Vec<i32> = opened
        .iter()
        .zip(&waited)
        .map(|(opened, waited)| opened + waited)
        .collect();
    let columns = Columns::default()
        .dates("opened", opened)
        .dates("closed", closed)
        .texts("team", named(&codes));
    check("derived", columns, InsightKind::OutstandingFirst, |insight| {
        insight.focus == ["group 2"]
            && insight
                .roles
                .measure
                .as_ref()
                .is_some_and(|name| name.as_str() == "days from opened to closed")
    });
}
