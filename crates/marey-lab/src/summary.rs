//! From records to [`Results`].

use std::collections::{BTreeMap, BTreeSet};

use marey_metrics::{
    calibration, macro_average,
    statistics::{Bootstrap, Tally},
    tallies,
};
use serde_json::{Value, json};

use crate::{Card, Cost, ItemRecord, Metric, Results, Run, Task};

/// Figures that are given for each part of a division.
const BY_PART: [&str; 8] = [
    "canonical_em",
    "em_without_literals",
    "execution_match",
    "valid",
    "hit@5",
    "design_hit@5",
    "columns_hit@5",
    "preference_accuracy",
];

/// What a run is summed up with.
pub(crate) struct Context<'a> {
    pub(crate) task: &'a Task,
    pub(crate) corpus: String,
    pub(crate) split: String,
    pub(crate) card: Card,
    pub(crate) peak_memory_mb: Option<f64>,
    pub(crate) left_out: BTreeMap<String, usize>,
    pub(crate) warnings: Vec<String>,
}

/// Sums up the records of a run.
pub(crate) fn summarise(context: Context<'_>, run: &Run) -> Results {
    let records = &run.records;
    let mut cost = Cost::of(records.iter().map(|record| record.ms).collect());
    cost.harness_ms = Some(run.harness_ms);
    let scoring: f64 = records.iter().map(|record| record.scoring_ms).sum();
    cost.scoring_ms = Some(scoring / records.len().max(1) as f64);
    cost.peak_rss_mb = context.peak_memory_mb.or(cost.peak_rss_mb);
    cost.file_mb = context.card.file_bytes.map(|bytes| bytes as f64 / 1e6);
    let groups: BTreeSet<&str> = records.iter().map(|record| record.group.as_str()).collect();
    let mut metrics = metrics(records);
    if context.card.probabilities {
        metrics.extend(calibration_metrics(records));
    }
    Results {
        task: context.task.name.clone(),
        corpus: context.corpus,
        split: context.split,
        n: records.len(),
        groups: groups.len(),
        failures: records.iter().filter(|record| record.failure.is_some()).count(),
        metrics,
        by: by(context.task, records),
        cost,
        system: context.card.into(),
        headline: Some(context.task.headline.clone()),
        left_out: context.left_out,
        warnings: context.warnings,
    }
}

/// The tallies of a score by group, groups in order of name.
pub(crate) fn by_group(records: &[ItemRecord], name: &str) -> BTreeMap<String, Tally> {
    let scored = records
        .iter()
        .filter_map(|record| Some((record.group.clone(), *record.scores.get(name)?)));
    tallies(scored)
}

fn metrics(records: &[ItemRecord]) -> BTreeMap<String, Metric> {
    let names: BTreeSet<&String> = records.iter().flat_map(|record| record.scores.keys()).collect();
    let bootstrap = Bootstrap::default();
    let mut metrics = BTreeMap::new();
    for name in names {
        let groups = by_group(records, name);
        let list: Vec<Tally> = groups.values().copied().collect();
        let n: f64 = list.iter().map(|tally| tally.n).sum();
        let mean = list.iter().map(|tally| tally.sum).sum::<f64>() / n;
        metrics.insert(name.clone(), Metric::new(mean, bootstrap.mean(&list)));
        if BY_PART.contains(&name.as_str())
            && let Some(mean) = macro_average(&groups)
        {
            metrics.insert(
                format!("{name}_macro_group"),
                Metric::new(mean, bootstrap.macro_mean(&list)),
            );
        }
    }
    if let Some(metric) = macro_by_chart(records) {
        metrics.insert("canonical_em_macro_chart".into(), metric);
    }
    metrics
}

/// Canonical exact match with every kind of chart counted alike; groups are drawn for the interval.
fn macro_by_chart(records: &[ItemRecord]) -> Option<Metric> {
    let mut groups: BTreeMap<&str, Vec<(&str, f64)>> = BTreeMap::new();
    for record in records {
        let (chart, score) = (record.divisions.get("chart")?, record.scores.get("canonical_em")?);
        groups.entry(&record.group).or_default().push((chart, *score));
    }
    let groups: Vec<Vec<(&str, f64)>> = groups.into_values().collect();
    let value = macro_average(&tallies(groups.iter().flatten().copied()))?;
    let interval = Bootstrap::default().figure(groups.len(), |drawn| {
        macro_average(&tallies(
            drawn.iter().flat_map(|&group| groups[group].iter().copied()),
        ))
    });
    Some(Metric::new(value, interval))
}

fn calibration_metrics(records: &[ItemRecord]) -> BTreeMap<String, Metric> {
    let mut groups: BTreeMap<&str, Vec<(f64, bool)>> = BTreeMap::new();
    for record in records {
        let scores = record.candidates.iter().filter_map(|candidate| candidate.score);
        let choice = record.scores.get("preference_accuracy");
        // Of two charts the likelier is the answer, of proposals the first; no answer is sure of nothing.
        let stated = match choice {
            Some(_) => scores.reduce(f64::max),
            None => record.candidates.first().and_then(|candidate| candidate.score),
        };
        let stated = stated.unwrap_or(0.0);
        let score = choice.or_else(|| record.scores.get("canonical_em"));
        let right = score.is_some_and(|score| *score == 1.0);
        groups.entry(&record.group).or_default().push((stated, right));
    }
    let groups: Vec<Vec<(f64, bool)>> = groups.into_values().collect();
    type Figure = fn(&[(f64, bool)]) -> Option<f64>;
    let figures: [(&str, Figure); 5] = [
        ("ece", |judged| {
            calibration::expected_calibration_error(judged, 15)
        }),
        ("brier", calibration::brier),
        ("nll", calibration::negative_log_likelihood),
        ("auroc", calibration::auroc),
        ("risk_coverage_area", calibration::risk_coverage_area),
    ];
    let all: Vec<(f64, bool)> = groups.iter().flatten().copied().collect();
    let metric = |(name, figure): (&str, Figure)| {
        let interval = Bootstrap::default().figure(groups.len(), |drawn| {
            let judged: Vec<_> = drawn
                .iter()
                .flat_map(|&group| groups[group].iter().copied())
                .collect();
            figure(&judged)
        });
        Some((name.to_owned(), Metric::new(figure(&all)?, interval)))
    };
    figures.into_iter().filter_map(metric).collect()
}

fn by(task: &Task, records: &[ItemRecord]) -> BTreeMap<String, BTreeMap<String, Value>> {
    let part_of = |division: &String| {
        let mut parts: BTreeMap<&String, Vec<&ItemRecord>> = BTreeMap::new();
        for record in records {
            if let Some(part) = record.divisions.get(division) {
                parts.entry(part).or_default().push(record);
            }
        }
        parts
            .into_iter()
            .map(|(part, records)| (part.clone(), part_figures(&records)))
            .collect()
    };
    task.divisions
        .iter()
        .map(|division| (division.clone(), part_of(division)))
        .collect()
}

fn part_figures(records: &[&ItemRecord]) -> Value {
    let mut figures = json!({ "n": records.len() });
    for name in BY_PART {
        let scores: Vec<f64> = records
            .iter()
            .filter_map(|record| record.scores.get(name).copied())
            .collect();
        if !scores.is_empty() {
            figures[name] = json!(scores.iter().sum::<f64>() / scores.len() as f64);
        }
    }
    figures
}
