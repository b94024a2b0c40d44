//! Figures of the task, with intervals over tables.

use std::collections::BTreeMap;

use marey_metrics::statistics::Bootstrap;
use serde_json::{Value, json};

use super::{FactItem, Item};
use crate::Metric;

/// Number of kinds of tables.
pub(super) fn groups(items: &[Item]) -> usize {
    kinds(items).len()
}

fn kinds(items: &[Item]) -> BTreeMap<&str, Vec<&Item>> {
    let mut kinds: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        kinds.entry(&item.group).or_default().push(item);
    }
    kinds
}

/// A figure over tables.
type Figure<'a> = dyn Fn(&mut dyn Iterator<Item = &Item>) -> Option<f64> + Sync + 'a;

/// The figures over all tables; tables are drawn for the intervals.
pub(super) fn metrics(items: &[Item]) -> BTreeMap<String, Metric> {
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, figure: &Figure<'_>| {
        if let Some(value) = figure(&mut items.iter()) {
            let interval = Bootstrap::default().figure(items.len(), |drawn| {
                figure(&mut drawn.iter().map(|&place| &items[place]))
            });
            metrics.insert(name.to_owned(), Metric::new(value, interval));
        }
    };
    type Found = fn(&FactItem) -> bool;
    let levels: [(&str, Found); 3] = [
        ("recall_columns", |fact| fact.columns),
        ("recall_kind", |fact| fact.of_kind),
        ("recall", |fact| fact.whole),
    ];
    for (name, found) in levels {
        add(name, &|items| recall(items, |_, _| true, found));
    }
    for grade in 1..=4 {
        add(&format!("recall_grade_{grade}"), &|items| {
            recall(
                items,
                |item, fact| item.group == "single" && fact.grade == grade,
                |fact| fact.whole,
            )
        });
    }
    add("recall_mixed", &|items| {
        recall(items, |item, _| item.group == "mixed", |fact| fact.whole)
    });
    add("false_share", &|items| {
        let (mut wrong, mut all) = (0.0, 0.0);
        for item in items.filter(|item| !item.noise) {
            wrong += item.false_claims as f64;
            all += item.candidates.len() as f64;
        }
        (all > 0.0).then(|| wrong / all)
    });
    add("noise_with_claim", &|items| noise(items));
    metrics
}

/// The share of planted facts that were found, among those asked for.
fn recall(
    items: &mut dyn Iterator<Item = &Item>,
    asked: impl Fn(&Item, &FactItem) -> bool,
    found: impl Fn(&FactItem) -> bool,
) -> Option<f64> {
    let (mut hits, mut all) = (0.0, 0.0);
    for item in items {
        for fact in item.facts.iter().filter(|fact| asked(item, fact)) {
            all += 1.0;
            hits += f64::from(u8::from(found(fact)));
        }
    }
    (all > 0.0).then(|| hits / all)
}

/// The share of tables of noise with a false claim.
fn noise(items: &mut dyn Iterator<Item = &Item>) -> Option<f64> {
    let (mut with, mut all) = (0.0, 0.0);
    for item in items.filter(|item| item.noise) {
        all += 1.0;
        with += f64::from(u8::from(item.false_claims_of_all > 0));
    }
    (all > 0.0).then(|| with / all)
}

/// The figures by kind of fact (of tables with one) and by kind of table.
pub(super) fn divisions(items: &[Item]) -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut facts: BTreeMap<&str, Vec<&FactItem>> = BTreeMap::new();
    for fact in items
        .iter()
        .filter(|item| item.group == "single")
        .flat_map(|item| &item.facts)
    {
        facts.entry(&fact.kind).or_default().push(fact);
    }
    let fact = facts.into_iter().map(|(kind, facts)| {
        let share = |found: fn(&FactItem) -> bool| {
            facts.iter().filter(|fact| found(fact)).count() as f64 / facts.len() as f64
        };
        let figures = json!({
            "n": facts.len(),
            "recall_columns": share(|fact| fact.columns),
            "recall_kind": share(|fact| fact.of_kind),
            "recall": share(|fact| fact.whole),
        });
        (kind.to_owned(), figures)
    });
    let tables = kinds(items).into_iter().map(|(kind, items)| {
        let mut figures = json!({
            "n": items.len(),
            "false_claims": items.iter().map(|item| item.false_claims).sum::<usize>(),
            "claims": items.iter().map(|item| item.candidates.len()).sum::<usize>(),
        });
        if let Some(share) = noise(&mut items.iter().copied()) {
            figures["noise_with_claim"] = json!(share);
        }
        (kind.to_owned(), figures)
    });
    BTreeMap::from([
        ("fact".to_owned(), fact.collect()),
        ("table".to_owned(), tables.collect()),
    ])
}
