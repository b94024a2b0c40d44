//! The catalogue of design rules: a name, a sentence, a source and a body each.
//!
//! The form follows Draco (Moritz et al. 2019): hard rules say what is illegal, soft rules what
//! costs, and weights stand in a table of their own.

mod aggregate;
mod color;
mod data;
mod mark;
mod markdown;
mod position;
mod scale;
mod weight;

use serde::Serialize;

use crate::facts::{FieldFact, UnitFacts};

pub use markdown::catalogue_markdown;
pub use weight::WEIGHTS;
pub(crate) use weight::weight_of;

/// Whether breaking a rule forbids a chart or only costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Breaking it makes a chart illegal.
    Hard,
    /// Breaking it costs.
    Soft,
}

/// A design rule.
pub struct Rule {
    /// Name, in snake case.
    pub name: &'static str,
    /// What it asks for, in one sentence.
    pub sentence: &'static str,
    /// Hard or soft.
    pub kind: Kind,
    /// Where it comes from.
    pub source: &'static str,
    /// Finds where a unit breaks it.
    pub(crate) body: fn(&UnitFacts<'_>) -> Vec<Hit>,
}

/// A place where a rule is broken, and how far.
pub(crate) struct Hit {
    pub location: String,
    pub amount: f64,
}

/// A hard rule.
const fn hard(
    name: &'static str,
    sentence: &'static str,
    source: &'static str,
    body: fn(&UnitFacts<'_>) -> Vec<Hit>,
) -> Rule {
    Rule {
        name,
        sentence,
        kind: Kind::Hard,
        source,
        body,
    }
}

/// A soft rule.
const fn soft(
    name: &'static str,
    sentence: &'static str,
    source: &'static str,
    body: fn(&UnitFacts<'_>) -> Vec<Hit>,
) -> Rule {
    Rule {
        name,
        sentence,
        kind: Kind::Soft,
        source,
        body,
    }
}

/// Every rule, by what it is about.
pub static CATALOGUE: &[&Rule] = &{
    const GROUPS: [&[Rule]; 6] = [
        data::RULES,
        mark::RULES,
        position::RULES,
        scale::RULES,
        aggregate::RULES,
        color::RULES,
    ];
    flatten::<{ count(&GROUPS) }>(&GROUPS)
};

const fn count(groups: &[&[Rule]]) -> usize {
    let (mut total, mut at) = (0, 0);
    while at < groups.len() {
        total += groups[at].len();
        at += 1;
    }
    total
}

const fn flatten<const N: usize>(groups: &[&'static [Rule]]) -> [&'static Rule; N] {
    let mut all = [&groups[0][0]; N];
    let (mut group, mut at) = (0, 0);
    while group < groups.len() {
        let mut rule = 0;
        while rule < groups[group].len() {
            all[at] = &groups[group][rule];
            at += 1;
            rule += 1;
        }
        group += 1;
    }
    all
}

/// A hit on the whole unit where a condition holds.
fn when(unit: &UnitFacts<'_>, broken: bool) -> Vec<Hit> {
    whole(unit, f64::from(u8::from(broken)))
}

/// A hit on the whole unit by an amount above zero.
fn whole(unit: &UnitFacts<'_>, amount: f64) -> Vec<Hit> {
    match amount > 0.0 {
        true => vec![Hit {
            location: unit.path.clone(),
            amount,
        }],
        false => Vec::new(),
    }
}

/// A hit on each field for which a condition holds.
fn each(unit: &UnitFacts<'_>, broken: impl Fn(&FieldFact<'_>) -> bool) -> Vec<Hit> {
    weigh(unit, |fact| f64::from(u8::from(broken(fact))))
}

/// A hit on each field by an amount above zero.
fn weigh(unit: &UnitFacts<'_>, amount: impl Fn(&FieldFact<'_>) -> f64) -> Vec<Hit> {
    unit.seen()
        .filter_map(|fact| {
            let amount = amount(fact);
            (amount > 0.0).then(|| Hit {
                location: fact.path.clone(),
                amount,
            })
        })
        .collect()
}
