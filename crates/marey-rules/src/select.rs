//! Choosing a diverse few: the cheapest charts that do not repeat each other.
//!
//! Greedy maximal marginal relevance (Carbonell & Goldstein 1998): each step takes the draft whose
//! cost, plus what it repeats of the charts already taken, minus what it newly shows, is lowest.

use crate::draft::{Draft, Idea};

/// A draft with the cost of the rules that it breaks.
#[derive(Debug, Clone)]
pub(crate) struct Costed {
    pub draft: Draft,
    pub cost: f64,
    /// Cost together with what is repeated of the charts chosen before it, never less than theirs.
    pub price: f64,
}

/// Cost of being the same as a chart already chosen.
const REPETITION: f64 = 9.0;
/// Cost of each earlier use of a column, up to [`MOST_USES`].
const COLUMN_USE: f64 = 0.5;
const MOST_USES: usize = 4;
/// Gain of each column not shown before.
const NEW_COLUMN: f64 = 1.5;
/// Cost of each earlier chart of the same idea.
const IDEA_USE: f64 = 1.0;
/// Charts this much alike are near-duplicates; the second is never taken.
const DUPLICATE: f64 = 0.85;
/// Cost above which a chart is taken only to have one at all.
const TOO_DEAR: f64 = 22.0;

/// The `top` best drafts, best first.
pub(crate) fn select(mut candidates: Vec<Costed>, top: usize) -> Vec<Costed> {
    let mut chosen: Vec<Costed> = Vec::new();
    while chosen.len() < top {
        candidates.retain(|candidate| most_alike(candidate, &chosen) < DUPLICATE);
        let Some(best) = cheapest(&candidates, &chosen) else {
            break;
        };
        let mut best = candidates.remove(best);
        let before = chosen.last().map_or(0.0, |last| last.price);
        best.price = price(&best, &chosen).max(best.cost).max(before);
        if !chosen.is_empty() && best.cost > TOO_DEAR {
            break;
        }
        chosen.push(best);
    }
    chosen
}

/// Position of the draft that adds most; the first among equals.
fn cheapest(candidates: &[Costed], chosen: &[Costed]) -> Option<usize> {
    let prices = candidates.iter().map(|candidate| price(candidate, chosen));
    prices
        .enumerate()
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(at, _)| at)
}

fn price(candidate: &Costed, chosen: &[Costed]) -> f64 {
    let uses = |column: usize| {
        chosen
            .iter()
            .filter(|other| other.draft.columns.contains(&column))
            .count()
    };
    let (mut used, mut new) = (0, 0);
    for &column in candidate.draft.columns.iter().take(4) {
        match uses(column) {
            0 => new += 1,
            n => used += n.min(MOST_USES),
        }
    }
    let ideas = chosen
        .iter()
        .filter(|other| other.draft.idea == candidate.draft.idea)
        .count();
    candidate.cost
        + REPETITION * most_alike(candidate, chosen)
        + COLUMN_USE * used as f64
        + IDEA_USE * ideas as f64
        - if chosen.is_empty() {
            0.0
        } else {
            NEW_COLUMN * new as f64
        }
}

fn most_alike(candidate: &Costed, chosen: &[Costed]) -> f64 {
    chosen
        .iter()
        .map(|other| likeness(&candidate.draft, &other.draft))
        .fold(0.0, f64::max)
}

/// How much two charts say the same, 0 to 1: shared columns first, then idea and mark.
fn likeness(a: &Draft, b: &Draft) -> f64 {
    let columns = jaccard(&a.columns, &b.columns);
    let idea = f64::from(u8::from(a.idea == b.idea));
    let mark = f64::from(u8::from(a.mark == b.mark));
    let same_question = a.columns == b.columns && related(a.idea, b.idea);
    match same_question {
        true => 1.0,
        false => columns * (0.55 + 0.25 * idea + 0.05 * mark),
    }
}

/// Whether two ideas answer the same question of the same columns.
fn related(a: Idea, b: Idea) -> bool {
    let totals = |idea| matches!(idea, Idea::Composition | Idea::Comparison | Idea::Frequency);
    a == b || (totals(a) && totals(b))
}

fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let shared = a.iter().filter(|column| b.contains(column)).count();
    let all = a.len() + b.len() - shared;
    match all {
        0 => 1.0,
        all => shared as f64 / all as f64,
    }
}
