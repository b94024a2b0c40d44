//! Figures of the task, with intervals over portals.

use std::collections::{BTreeMap, BTreeSet};

use marey_core::SemanticType;
use marey_metrics::statistics::Bootstrap;
use serde_json::{Value, json};

use super::{
    corpus::Corpus,
    item::{Gold, Item},
    mapping::Mapping,
};
use crate::Metric;

/// Fewest columns and portals of a semantic type that counts in the macro average.
const COLUMNS: usize = 5;
const PORTALS: usize = 3;
/// Fewest columns of a physical type that counts in the macro recall.
const PHYSICAL_COLUMNS: usize = 20;
const SEED: u64 = 20_261_123;

/// The semantic types with five columns in three portals or more, over the whole corpus.
pub(super) fn eligible(corpus: &Corpus, mapping: &Mapping) -> Vec<SemanticType> {
    let mut seen: BTreeMap<SemanticType, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for file in &corpus.files {
        for label in &file.labels {
            let gold = mapping.gold(&label.label, &label.base);
            if let Some(semantic) = gold.and_then(|gold| gold.semantic) {
                let (columns, portals) = seen.entry(semantic).or_default();
                *columns += 1;
                portals.insert(&file.group);
            }
        }
    }
    let frequent = seen
        .into_iter()
        .filter(|(_, (columns, portals))| *columns >= COLUMNS && portals.len() >= PORTALS);
    frequent.map(|(semantic, _)| semantic).collect()
}

/// The items of each portal, in order of portal.
pub(super) fn by_group(items: &[Item]) -> Vec<Vec<&Item>> {
    let mut groups: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        groups.entry(&item.group).or_default().push(item);
    }
    groups.into_values().collect()
}

/// A figure over items.
type Figure<'a> = dyn Fn(&mut dyn Iterator<Item = &Item>) -> Option<f64> + Sync + 'a;

/// The figures over all items.
pub(super) fn metrics(items: &[Item], eligible: &[SemanticType]) -> BTreeMap<String, Metric> {
    let groups = by_group(items);
    let bootstrap = Bootstrap {
        seed: SEED,
        ..Bootstrap::default()
    };
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, figure: &Figure<'_>| {
        if let Some(value) = figure(&mut items.iter()) {
            let interval = bootstrap.figure(groups.len(), |drawn| {
                figure(&mut drawn.iter().flat_map(|&group| groups[group].iter().copied()))
            });
            metrics.insert(name.to_owned(), Metric::new(value, interval));
        }
    };
    for (suffix, gold) in [("", Gold::Labels), ("_corrected", Gold::Corrected)] {
        add(&format!("physical_accuracy{suffix}"), &|items| {
            share(items, |item| Some(item.physical_is_right(gold)))
        });
        add(&format!("physical_macro_recall{suffix}"), &|items| {
            physical_macro_recall(items, gold)
        });
        for (mode, named) in [("", true), ("_nameless", false)] {
            let answers = Answers {
                types: eligible,
                gold,
                named,
            };
            add(&format!("semantic_macro_f1{mode}{suffix}"), &|items| {
                answers.macro_f1(items)
            });
            add(&format!("semantic_micro_f1{mode}{suffix}"), &|items| {
                answers.micro_f1(items)
            });
            add(&format!("unlabelled_alarms{mode}{suffix}"), &|items| {
                share(items, |item| answers.alarm(item))
            });
        }
    }
    metrics
}

/// The share of items for which something holds, among those for which it is defined.
fn share(items: &mut dyn Iterator<Item = &Item>, holds: impl Fn(&Item) -> Option<bool>) -> Option<f64> {
    let (mut right, mut all) = (0.0, 0.0);
    for holds in items.filter_map(holds) {
        all += 1.0;
        right += f64::from(u8::from(holds));
    }
    (all > 0.0).then(|| right / all)
}

/// Mean recall over the physical types with so many columns; a column that may be of several types
/// counts for the first.
fn physical_macro_recall(items: &mut dyn Iterator<Item = &Item>, gold: Gold) -> Option<f64> {
    let mut tallies = BTreeMap::new();
    for item in items {
        let right_types = match gold {
            Gold::Labels => &item.gold_physical,
            Gold::Corrected => &item.corrected_physical,
        };
        if let Some(first) = right_types.first() {
            let (right, all) = tallies.entry(*first).or_insert((0.0, 0.0));
            *all += 1.0;
            *right += f64::from(u8::from(item.physical_is_right(gold)));
        }
    }
    let recalls: Vec<f64> = tallies
        .values()
        .filter(|(_, all)| *all >= PHYSICAL_COLUMNS as f64)
        .map(|(right, all)| right / all)
        .collect();
    mean(&recalls)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Right answers, false alarms and misses of a type.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    hits: u32,
    alarms: u32,
    misses: u32,
}

impl Tally {
    fn f1(self) -> f64 {
        let all = 2 * self.hits + self.alarms + self.misses;
        f64::from(2 * self.hits) / f64::from(all.max(1))
    }

    fn precision(self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.alarms).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.misses).max(1))
    }
}

/// Which semantic answers are held against what.
#[derive(Clone, Copy)]
struct Answers<'a> {
    /// The types that count; others are no answers.
    types: &'a [SemanticType],
    gold: Gold,
    /// With the names of the columns or without.
    named: bool,
}

impl Answers<'_> {
    fn right(&self, item: &Item) -> Option<SemanticType> {
        item.semantic_gold(self.gold)
            .filter(|gold| self.types.contains(gold))
    }

    fn found(&self, item: &Item) -> Option<SemanticType> {
        item.semantic(self.named)
            .filter(|found| self.types.contains(found))
    }

    /// Whether a column that has no type got one; undefined for columns that have.
    fn alarm(&self, item: &Item) -> Option<bool> {
        let unlabelled = item.semantic_gold(self.gold).is_none();
        unlabelled.then(|| self.found(item).is_some())
    }

    /// A tally per type that occurs, as label or as answer.
    fn tallies(&self, items: &mut dyn Iterator<Item = &Item>) -> BTreeMap<SemanticType, Tally> {
        let mut tallies: BTreeMap<SemanticType, Tally> = BTreeMap::new();
        for item in items {
            let (right, found) = (self.right(item), self.found(item));
            if let Some(right) = right {
                let tally = tallies.entry(right).or_default();
                tally.hits += u32::from(found == Some(right));
                tally.misses += u32::from(found != Some(right));
            }
            if let Some(found) = found.filter(|found| right != Some(*found)) {
                tallies.entry(found).or_default().alarms += 1;
            }
        }
        tallies
    }

    /// Mean F1 over the types with a column among the items.
    fn macro_f1(&self, items: &mut dyn Iterator<Item = &Item>) -> Option<f64> {
        let tallies = self.tallies(items);
        let present = tallies.values().filter(|tally| tally.hits + tally.misses > 0);
        mean(&present.map(|tally| tally.f1()).collect::<Vec<_>>())
    }

    fn micro_f1(&self, items: &mut dyn Iterator<Item = &Item>) -> Option<f64> {
        let sum = self.tallies(items).into_values().reduce(|sum, tally| Tally {
            hits: sum.hits + tally.hits,
            alarms: sum.alarms + tally.alarms,
            misses: sum.misses + tally.misses,
        })?;
        Some(sum.f1())
    }
}

/// The figures by physical type, by semantic type (of all that a label means) and by portal.
pub(super) fn divisions(items: &[Item], types: &[SemanticType]) -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut physical: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut portals: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut groups: BTreeMap<SemanticType, BTreeSet<&str>> = BTreeMap::new();
    for item in items {
        let right = u32::from(item.physical_is_right(Gold::Labels));
        let of_type = item
            .gold_physical
            .first()
            .map(|gold| physical.entry(gold.to_string()));
        for entry in of_type.into_iter().chain([portals.entry(item.group.clone())]) {
            let tally = entry.or_default();
            *tally = (tally.0 + right, tally.1 + 1);
        }
        if let Some(gold) = item.gold_semantic {
            groups.entry(gold).or_default().insert(&item.group);
        }
    }
    let of = |gold, named| Answers { types, gold, named }.tallies(&mut items.iter());
    let (named, nameless) = (of(Gold::Labels, true), of(Gold::Labels, false));
    let (corrected, corrected_nameless) = (of(Gold::Corrected, true), of(Gold::Corrected, false));
    let shares = |tallies: BTreeMap<String, (u32, u32)>| -> BTreeMap<String, Value> {
        let figures = |(right, n)| json!({"n": n, "physical_accuracy": f64::from(right) / f64::from(n)});
        tallies
            .into_iter()
            .map(|(name, tally)| (name, figures(tally)))
            .collect()
    };
    let semantic = types.iter().filter_map(|semantic| {
        let with = named.get(semantic).copied().unwrap_or_default();
        let without = nameless.get(semantic).copied().unwrap_or_default();
        let f1 = |tallies: &BTreeMap<SemanticType, Tally>| tallies.get(semantic).map(|tally| tally.f1());
        let n = with.hits + with.misses;
        (n + with.alarms + without.alarms > 0).then(|| {
            let figures = json!({
                "n": n,
                "groups": groups.get(semantic).map_or(0, BTreeSet::len),
                "precision": with.precision(),
                "recall": with.recall(),
                "f1": with.f1(),
                "precision_nameless": without.precision(),
                "recall_nameless": without.recall(),
                "f1_nameless": without.f1(),
                "f1_corrected": f1(&corrected),
                "f1_nameless_corrected": f1(&corrected_nameless),
            });
            (semantic.to_string(), figures)
        })
    });
    BTreeMap::from([
        ("semantic".to_owned(), semantic.collect()),
        ("physical".to_owned(), shares(physical)),
        ("group".to_owned(), shares(portals)),
    ])
}
