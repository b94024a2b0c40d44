//! Which of two charts people do better with, told from choices that were measured.
//!
//! A Bradley-Terry model (*Rank Analysis of Incomplete Block Designs*, Biometrika 39, 1952) whose
//! strengths are linear in what a chart does with its columns: where each stands, what the reader is
//! after, and facts of the data (how many groups, how many rows in each, how evenly values are spread).
//! Fields count by the part that they play, never by name. The conditions that Kim and Heer varied
//! (EuroVis 2018) are among these facts, so what is learnt of one carries over to others.

use std::collections::BTreeMap;

use marey_core::{Channel, ChartSpec};
use marey_profile::ColumnProfile;

use crate::{Candidate, Card, Failure, Item, LabError, Learner, Purpose, Question, System};

/// How strongly weights are held at zero: a normal prior of variance one.
const DECAY: f64 = 1.0;
/// Newton steps; the fit ends sooner where nothing moves.
const STEPS: usize = 30;
/// Smallest change of a weight that is worth another step.
const SETTLED: f64 = 1e-7;

/// Learns from choices between charts which chart is chosen; its scores are the probabilities that each
/// of the given charts is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pairwise;

struct Fitted {
    weights: BTreeMap<String, f64>,
}

/// What a chart does, each with how often.
type Traits = BTreeMap<String, f64>;

impl Learner for Pairwise {
    fn fit(&self, items: &[&Item]) -> Result<Box<dyn System>, LabError> {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut choices: Vec<Vec<(usize, f64)>> = Vec::new();
        for item in items {
            let Some(pair) = &item.pair else { continue };
            let of = |chart| traits(chart, &item.table, item.purpose.as_ref());
            let mut difference = of(&pair.better);
            for (name, count) in of(&pair.worse) {
                *difference.entry(name).or_default() -= count;
            }
            difference.retain(|_, count| *count != 0.0);
            let row = difference.into_iter().map(|(name, count)| {
                let next = places.len();
                (*places.entry(name).or_insert(next), count)
            });
            choices.push(row.collect());
        }
        if choices.is_empty() {
            let why = "the training part has no pairs of charts".to_owned();
            return Err(LabError::NothingToLearn {
                model: "pairwise",
                why,
            });
        }
        let weights = fit(&choices, places.len());
        let weights = places.into_iter().map(|(name, at)| (name, weights[at]));
        Ok(Box::new(Fitted {
            weights: weights.collect(),
        }))
    }
}

impl System for Fitted {
    fn card(&self) -> Card {
        Card {
            name: "pairwise".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            licence: Some("MIT OR Apache-2.0".into()),
            parameters: Some(self.weights.len() as u64),
            probabilities: true,
            ..Card::default()
        }
    }

    fn answer(&self, _: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        Err(Failure::Unsupported)
    }

    fn judge(&self, question: &Question<'_>, charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        let strength = |chart: &ChartSpec| {
            let traits = traits(chart, question.table, question.purpose);
            let known = |(name, count): (&String, &f64)| self.weights.get(name).map(|weight| weight * count);
            traits.iter().filter_map(known).sum()
        };
        let strengths: Vec<f64> = charts.iter().map(strength).collect();
        let most = strengths.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = strengths.iter().map(|own| (own - most).exp()).collect();
        let all: f64 = odds.iter().sum();
        Ok(odds.iter().map(|own| own / all).collect())
    }
}

/// A field on a channel, by the part that it plays.
struct Played {
    /// `focus`, `other` or `group`, with what is computed of it.
    part: String,
    channel: Channel,
}

impl Played {
    /// Where it stands; the axes are alike.
    fn place(&self) -> String {
        match self.channel {
            Channel::X | Channel::Y => format!("{}@axis", self.part),
            other => format!("{}@{other}", self.part),
        }
    }
}

fn traits(chart: &ChartSpec, table: &crate::AskedTable, purpose: Option<&Purpose>) -> Traits {
    let profile = table.profile();
    let mut played = Vec::new();
    let mut evenness: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut groups = None;
    for (channel, def) in chart
        .view
        .encoding()
        .into_iter()
        .flat_map(|encoding| encoding.fields())
    {
        let column = def.name().and_then(|name| profile.column(name));
        let part = part_of(column, def.name().map(|name| name.as_str()), purpose);
        match column.and_then(evenness_of) {
            Some(even) => drop(evenness.insert(part.to_owned(), even)),
            None => groups = groups.max(column.map(|column| column.distinct.value)),
        }
        let computed = def
            .aggregate
            .as_ref()
            .map(|op| op.to_string())
            .or_else(|| def.time_unit.as_ref().map(|unit| unit.to_string()))
            .unwrap_or_default();
        played.push(Played {
            part: format!("{computed}{part}"),
            channel,
        });
    }
    played.sort_by(|a, b| a.part.cmp(&b.part).then(a.channel.cmp(&b.channel)));
    let mark = chart.view.mark().map(|mark| mark.to_string()).unwrap_or_default();
    let whole: Vec<String> = played
        .iter()
        .map(|own| format!("{}@{}", own.part, own.channel))
        .collect();
    let whole = format!("{mark}: {}", whole.join(" "));
    let aim = purpose.map_or("", |purpose| purpose.task.as_str());
    let mut facts = Vec::new();
    if let Some(groups) = groups {
        facts.push(format!("{} groups", size(groups, [5, 14])));
        facts.push(format!(
            "{} rows a group",
            size(profile.rows / groups.max(1), [5, 15])
        ));
    }
    facts.extend(evenness.iter().map(|(part, even)| format!("{part} {even}")));
    let mut traits = Traits::new();
    let mut put = |name: String| *traits.entry(name).or_default() += 1.0;
    put(format!("{aim}|{whole}"));
    put(whole);
    for own in &played {
        for fact in &facts {
            put(format!("{aim}|{}|{fact}", own.place()));
        }
    }
    traits
}

/// The part that a field plays: the quantity that the reader is after, another, or what groups rows.
fn part_of(column: Option<&ColumnProfile>, name: Option<&str>, purpose: Option<&Purpose>) -> &'static str {
    let number = column.is_some_and(|column| column.numeric.is_some());
    let sought = |purpose: &Purpose| name.is_some_and(|name| purpose.focus.iter().any(|own| own == name));
    match number {
        true if purpose.is_some_and(sought) => "focus",
        true => "other",
        false => "group",
    }
}

/// Whether the values of a quantity are spread evenly or crowd at one end.
fn evenness_of(column: &ColumnProfile) -> Option<&'static str> {
    let numeric = column.numeric.as_ref()?;
    let middle = (numeric.quantiles.median - numeric.min) / (numeric.max - numeric.min);
    Some(match (0.25..=0.75).contains(&middle) {
        true => "even",
        false => "crowded",
    })
}

fn size(count: u64, bounds: [u64; 2]) -> &'static str {
    match bounds.iter().filter(|bound| count > **bound).count() {
        0 => "few",
        1 => "some",
        _ => "many",
    }
}

/// The weights that make the choices likeliest under the prior, by Newton's method with conjugate
/// gradients; a choice is a difference of traits, the chosen chart first.
fn fit(choices: &[Vec<(usize, f64)>], n: usize) -> Vec<f64> {
    let mut weights = vec![0.0; n];
    for _ in 0..STEPS {
        let odds: Vec<f64> = choices.iter().map(|choice| dot(choice, &weights)).collect();
        let lost: Vec<f64> = odds.iter().map(|odds| 1.0 / (1.0 + odds.exp())).collect();
        let mut downhill: Vec<f64> = weights.iter().map(|weight| -DECAY * weight).collect();
        for (choice, lost) in choices.iter().zip(&lost) {
            for (at, count) in choice {
                downhill[*at] += lost * count;
            }
        }
        let curved = |direction: &[f64]| {
            let mut product: Vec<f64> = direction.iter().map(|own| DECAY * own).collect();
            for (choice, lost) in choices.iter().zip(&lost) {
                let along = lost * (1.0 - lost) * dot(choice, direction);
                for (at, count) in choice {
                    product[*at] += along * count;
                }
            }
            product
        };
        let step = solved(curved, &downhill);
        let moved = step.iter().fold(0.0_f64, |most, own| most.max(own.abs()));
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
        if moved < SETTLED {
            break;
        }
    }
    weights
}

/// What a positive definite product makes of it the wanted vector, by conjugate gradients (Hestenes and
/// Stiefel, 1952).
fn solved(product: impl Fn(&[f64]) -> Vec<f64>, wanted: &[f64]) -> Vec<f64> {
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (mut found, mut rest) = (vec![0.0; wanted.len()], wanted.to_vec());
    let mut direction = rest.clone();
    let mut left = inner(&rest, &rest);
    for _ in 0..2 * wanted.len() {
        if left < 1e-18 {
            break;
        }
        let curved = product(&direction);
        let length = left / inner(&direction, &curved);
        for at in 0..found.len() {
            found[at] += length * direction[at];
            rest[at] -= length * curved[at];
        }
        let now = inner(&rest, &rest);
        for (own, rest) in direction.iter_mut().zip(&rest) {
            *own = rest + now / left * *own;
        }
        left = now;
    }
    found
}

fn dot(sparse: &[(usize, f64)], dense: &[f64]) -> f64 {
    sparse.iter().map(|(at, count)| count * dense[*at]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_is_where_nothing_pulls() {
        let choices = vec![
            vec![(0, 1.0)],
            vec![(0, 1.0)],
            vec![(0, -1.0), (1, 1.0)],
            vec![(1, -1.0)],
        ];
        let weights = fit(&choices, 2);
        for at in 0..2 {
            let pull: f64 = choices
                .iter()
                .map(|choice| {
                    let lost = 1.0 / (1.0 + dot(choice, &weights).exp());
                    choice
                        .iter()
                        .filter(|(own, _)| *own == at)
                        .map(|(_, count)| lost * count)
                        .sum::<f64>()
                })
                .sum();
            assert!((pull - DECAY * weights[at]).abs() < 1e-9, "{weights:?}");
        }
        assert!(weights[0] > 0.0);
    }
}
