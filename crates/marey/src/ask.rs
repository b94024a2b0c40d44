//! [`ask`]: a request in plain words about a table, answered with charts.

use marey_core::{ChartSpec, FieldName, Mark};
use marey_features::{
    action::ActionError,
    mention::{ColumnMatch, Mentions},
    request::{Request, WordFlags},
};
use marey_model::{DecodeOptions, Model, ModelError, Reading, TableReading, Written};
use marey_profile::{ProfileOptions, TableProfile, profile as profile_table};
use marey_rules::{RecommendOptions, Recommendation, Source, lint};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};

use crate::{name_data, recommend_for};

/// Below this probability of the first chart the others are said to be as good as it.
const SURE: f64 = 0.6;
/// Most words that are said not to be understood.
const MOST_WORDS: usize = 5;

/// What is asked for beside the words.
#[derive(Debug, Clone, PartialEq)]
pub struct AskOptions {
    /// How many charts.
    pub top: usize,
    /// Only charts of this mark.
    pub mark: Option<Mark>,
    /// Columns that every chart must use; at most three.
    pub columns: Vec<FieldName>,
}

impl Default for AskOptions {
    fn default() -> Self {
        Self {
            top: 5,
            mark: None,
            columns: Vec::new(),
        }
    }
}

/// Answers a request about a table with charts, best first.
///
/// With a model the charts are its readings of the request, each executed on the table before it is
/// shown; those that show nothing are left out. Without one, or where it finds nothing, the rules
/// propose charts of the columns that the request names, and say so. The list is empty only for a
/// table without rows or columns, or where no chart is wished.
///
/// ```
/// use marey::{AskOptions, ask, table::read::{ReadOptions, read}};
///
/// let csv = b"city,price\nOslo,3\nRome,5\nOslo,4\nRome,9\n".to_vec();
/// let table = read("prices.csv", csv, &ReadOptions::default())?.value;
/// let charts = ask(&table, "average price by city", None, &AskOptions::default())?;
/// assert!(charts[0].spec.to_json().to_string().contains("price"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the network cannot be computed, for want of memory.
pub fn ask(
    table: &Table,
    request: &str,
    model: Option<&Model>,
    options: &AskOptions,
) -> Result<Vec<Recommendation>, ModelError> {
    let profile = profile_table(table, &ProfileOptions::default());
    if options.top == 0 || profile.rows == 0 || profile.columns.is_empty() {
        return Ok(Vec::new());
    }
    let must: Vec<Option<usize>> = options
        .columns
        .iter()
        .map(|name| table.column_index(name))
        .collect();
    let known: Vec<usize> = must.iter().flatten().copied().collect();
    let reading = TableReading::new(table, &profile).read_with(Some(request), &known);
    let mut notes = notes(&reading, &profile);
    let written = match (model, must.iter().all(Option::is_some)) {
        (Some(model), true) => written(model, &reading, known, options)?,
        (None, _) => {
            Err("No model was given, so the design rules choose among the named columns.".to_owned())
        }
        // The rules say which column is not there.
        (Some(_), false) => Err(String::new()),
    };
    let mut charts = match written {
        Ok(written) => shown(written, table, &profile, options.top),
        Err(why) => {
            notes.extend(Some(why).filter(|why| !why.is_empty()));
            Vec::new()
        }
    };
    if charts.is_empty() {
        charts = by_rules(&reading, &profile, options);
    }
    if let Some(first) = charts.first_mut() {
        first.warnings.splice(0..0, notes);
    }
    Ok(charts)
}

fn written(
    model: &Model,
    reading: &Reading,
    columns: Vec<usize>,
    options: &AskOptions,
) -> Result<Result<Vec<Written>, String>, ModelError> {
    let decode = DecodeOptions {
        beam: options.top.clamp(5, 20),
        mark: options.mark,
        columns,
        ..DecodeOptions::default()
    };
    let all = model.write(&[reading], &decode)?.into_iter().next();
    Ok(match all {
        Some(Ok(written)) => Ok(written),
        Some(Err(error @ (ActionError::Unmeetable { .. } | ActionError::NothingToChart { .. }))) => {
            Err(format!("The model has no answer: {error}."))
        }
        Some(Err(error)) => Err(format!("The model has no answer: {error}.")),
        None => Err("The model has no answer.".to_owned()),
    })
}

/// The charts that show something, with their probabilities, reasons and warnings.
fn shown(written: Vec<Written>, table: &Table, profile: &TableProfile, top: usize) -> Vec<Recommendation> {
    let drawn = written
        .into_iter()
        .filter(|written| shows_something(&written.spec, table));
    let mut charts: Vec<Recommendation> = drawn
        .take(top)
        .enumerate()
        .map(|(at, written)| Recommendation {
            rank: at + 1,
            probability: Some(written.probability),
            score: written.probability,
            warnings: broken(&written.spec, profile),
            reasons: vec![format!(
                "A reading of the request with a probability of {:.0} %.",
                written.probability * 100.0
            )],
            spec: name_data(written.spec, profile),
            source: Source::Model,
        })
        .collect();
    let unsure = charts.len() > 1
        && charts[0]
            .probability
            .is_some_and(|probability| probability < SURE);
    if unsure {
        charts[0]
            .warnings
            .push("The request can be read in several ways; the other charts show them.".to_owned());
    }
    charts
}

fn shows_something(spec: &ChartSpec, table: &Table) -> bool {
    execute(spec, table, &ExecuteOptions::default())
        .is_ok_and(|drawn| drawn.value.units.iter().any(|unit| unit.rows() > 0))
}

/// The hard rules that a chart breaks because it was asked for so.
fn broken(spec: &ChartSpec, profile: &TableProfile) -> Vec<String> {
    let mut sentences: Vec<String> = lint(spec, profile)
        .into_iter()
        .filter(|violation| violation.kind == marey_rules::Kind::Hard)
        .map(|violation| format!("Asked for so, but: {}", violation.sentence))
        .collect();
    sentences.dedup();
    sentences
}

/// What was left out of the request, and which of its words name nothing.
fn notes(reading: &Reading, profile: &TableProfile) -> Vec<String> {
    let Some(request) = &reading.request else {
        return vec!["The request has no words; the charts are those that suit the table.".to_owned()];
    };
    let mut notes: Vec<String> = request
        .warnings
        .iter()
        .map(|warning| format!("{warning}."))
        .collect();
    let unknown = unknown_words(request, &reading.mentions);
    if !unknown.is_empty() && !profile.columns.is_empty() {
        let listed: Vec<String> = unknown
            .iter()
            .take(MOST_WORDS)
            .map(|word| format!("“{word}”"))
            .collect();
        notes.push(format!(
            "Not understood: {}. No column or value of the table is called so.",
            listed.join(", ")
        ));
    }
    notes
}

/// Words that mean nothing to the model beside a name, and name nothing.
fn unknown_words<'a>(request: &'a Request, mentions: &Mentions) -> Vec<&'a str> {
    let is_named = |at: usize| {
        mentions.columns.iter().any(|mention| mention.words.contains(&at))
            || mentions.values.iter().any(|mention| mention.words.contains(&at))
    };
    let mut unknown: Vec<&str> = Vec::new();
    for (at, word) in request.words.iter().enumerate() {
        let plain = word.flags.difference(WordFlags::CAPITALIZED).is_empty();
        let letters = word
            .surface
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count();
        if plain && letters > 2 && !is_named(at) && !unknown.contains(&word.surface.as_str()) {
            unknown.push(&word.surface);
        }
    }
    unknown
}

/// Charts by the rules: of the columns that the request names, then of fewer, then of any.
fn by_rules(reading: &Reading, profile: &TableProfile, options: &AskOptions) -> Vec<Recommendation> {
    let mut named: Vec<FieldName> = options.columns.clone();
    for mention in &reading.mentions.columns {
        let whole = matches!(
            mention.kind,
            ColumnMatch::Exact | ColumnMatch::Stem | ColumnMatch::Slip
        );
        let name = profile.columns.get(mention.column).map(|column| &column.name);
        if let Some(name) = name.filter(|name| whole && !named.contains(name)) {
            named.push(name.clone());
        }
    }
    named.truncate(3.max(options.columns.len()));
    let mark = options
        .mark
        .or_else(|| reading.request.as_ref().and_then(mark_of));
    let wished = |columns: &[FieldName], mark: Option<Mark>| {
        let wish = RecommendOptions {
            top: options.top,
            mark,
            columns: columns.to_vec(),
            target: None,
        };
        recommend_for(profile, &wish)
    };
    let is_found = |charts: &Vec<Recommendation>| charts.iter().any(|chart| chart.source == Source::Rules);
    for keep in (options.columns.len()..=named.len()).rev() {
        for mark in [mark, options.mark] {
            let charts = wished(&named[..keep], mark);
            if is_found(&charts) {
                return charts;
            }
        }
    }
    wished(&options.columns, options.mark)
}

/// The mark that a request names.
fn mark_of(request: &Request) -> Option<Mark> {
    request
        .words
        .iter()
        .find_map(|word| match word.forms.folded.as_str() {
            "bar" | "bars" | "histogram" | "column" => Some(Mark::Bar),
            "pie" | "donut" => Some(Mark::Arc),
            "line" | "lines" => Some(Mark::Line),
            "scatter" | "scatterplot" | "points" => Some(Mark::Point),
            "area" => Some(Mark::Area),
            _ => None,
        })
}
