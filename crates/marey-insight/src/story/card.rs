//! [`Card`]: one insight as a reader gets it: words, picture, numbers and how to compute them again.

use marey_core::{ChartSpec, FieldName};
use marey_table::Table;
use serde::{Serialize, Serializer};

use super::{Chapter, order::Told};
use crate::{
    Direction, EffectName, Insight, InsightKind, Mining, Quantity,
    picture::{Annotation, Picture},
    words::{Lexicon, Text, narrate},
};

/// One insight, told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// The insight's name, stable between runs on the same data.
    pub id: String,
    /// The part of the story it stands in.
    pub chapter: Chapter,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: InsightKind,
    /// The columns it is about.
    pub columns: Vec<FieldName>,
    /// The rows it is limited to: each column has this value.
    pub subspace: Vec<(FieldName, String)>,
    /// What it singles out.
    pub focus: Vec<String>,
    /// Which way it points.
    pub direction: Option<Direction>,
    /// The number it is about, with its 95 % interval.
    pub estimate: Option<CardEstimate>,
    /// Its size on a common scale.
    pub effect: CardEffect,
    /// Its p-value.
    pub p: f64,
    /// The p-value adjusted for the family (Benjamini and Hochberg).
    pub q_bh: f64,
    /// Whether it holds by Benjamini and Yekutieli too.
    pub robust: bool,
    /// How many hypotheses were checked.
    pub family_size: u64,
    /// Share of rows or of the total it is about, 0 to 1.
    pub impact: f64,
    /// What it is ranked by.
    pub score: f64,
    /// Names of the findings that it explains and that are not told.
    pub explains: Vec<String>,
    /// The claim, at most ten words.
    pub title: Text,
    /// Measure, unit, population and period.
    pub subtitle: Text,
    /// The finding in one sentence, part by part.
    pub sentence: Text,
    /// For people who do not see the chart: at most 150 characters.
    pub alt_short: String,
    /// The same in full: what is drawn, its extremes, and what it shows.
    pub alt_long: String,
    /// The chart without annotations; none for kinds that have nothing to draw in this table.
    #[serde(serialize_with = "as_vega_lite")]
    pub chart: Option<ChartSpec>,
    /// What is written and marked on the chart, in data coordinates.
    pub annotations: Vec<Annotation>,
    /// The chart with its annotations drawn.
    #[serde(serialize_with = "as_vega_lite")]
    pub annotated: Option<ChartSpec>,
    /// Where the numbers are from and how many comparisons were made.
    pub source: String,
    /// What to know before believing it.
    pub caveats: Vec<String>,
    /// How to compute every number again.
    pub repro: Vec<Reproduction>,
}

/// The number that an insight is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardEstimate {
    /// What it says.
    pub quantity: Quantity,
    /// The number.
    pub value: f64,
    /// Its unit, as readers see it; none where it has none.
    pub unit: Option<String>,
    /// Its 95 % interval.
    pub ci: [f64; 2],
}

/// Size on a common scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CardEffect {
    /// The scale.
    pub name: EffectName,
    /// The size.
    pub value: f64,
    /// The lower 95 % bound of the size without sign.
    pub ci_lower: f64,
}

/// A number with the query that computes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reproduction {
    /// What it says.
    pub quantity: Quantity,
    /// The number.
    pub value: f64,
    /// The query; none for numbers that are no summary of rows.
    pub sql: Option<String>,
}

fn as_vega_lite<S: Serializer>(chart: &Option<ChartSpec>, serializer: S) -> Result<S::Ok, S::Error> {
    chart.as_ref().map(ChartSpec::to_json).serialize(serializer)
}

impl Card {
    /// Says and draws an insight.
    pub(crate) fn new(told: Told<'_>, mining: &Mining, table: &Table, lexicon: &Lexicon<'_>) -> Self {
        let insight = told.insight;
        let narration = narrate(insight, &mining.family, lexicon);
        let picture = Picture::of(insight, table, lexicon);
        let alt = lexicon.alt(picture.as_ref().map(|picture| &picture.glance), &narration);
        let dressed = |spec: ChartSpec| crate::picture::dressed(spec, &narration, &alt.long);
        Self {
            id: insight.id.clone(),
            chapter: told.chapter,
            kind: insight.kind,
            columns: insight.columns(),
            subspace: insight.subspace.clone(),
            focus: insight.focus.clone(),
            direction: insight.direction,
            estimate: estimate(insight, lexicon),
            effect: CardEffect {
                name: insight.effect.name,
                value: insight.effect.value,
                ci_lower: insight.effect.low,
            },
            p: insight.p,
            q_bh: insight.q,
            robust: insight.robust,
            family_size: mining.family.hypotheses,
            impact: insight.impact,
            score: insight.score,
            explains: insight.folded.iter().map(|folded| folded.id.clone()).collect(),
            chart: picture.as_ref().map(|picture| dressed(picture.base())),
            annotated: picture.as_ref().map(|picture| dressed(picture.annotated())),
            annotations: picture.map(|picture| picture.annotations).unwrap_or_default(),
            alt_short: alt.short,
            alt_long: alt.long.clone(),
            repro: reproduction(insight, &lexicon.profile.table),
            title: narration.title,
            subtitle: narration.subtitle,
            sentence: narration.sentence,
            caveats: narration.caveats,
            source: narration.source,
        }
    }
}

fn estimate(insight: &Insight, lexicon: &Lexicon<'_>) -> Option<CardEstimate> {
    let estimate = insight.estimate?;
    Some(CardEstimate {
        quantity: estimate.quantity,
        value: estimate.value,
        unit: lexicon.unit_of_quantity(estimate.quantity, insight),
        ci: [estimate.low, estimate.high],
    })
}

fn reproduction(insight: &Insight, table: &str) -> Vec<Reproduction> {
    let facts = insight.facts.iter();
    facts
        .map(|fact| Reproduction {
            quantity: fact.quantity,
            value: fact.value,
            sql: fact.query.as_ref().map(|query| query.sql(table)),
        })
        .collect()
}
