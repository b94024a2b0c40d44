//! [`ask`]: a request in plain words about a table, answered with charts.

mod by_rules;
mod understood;
mod wording;

#[cfg(test)]
mod tests;

use marey_core::{ChartSpec, FieldName, Mark};
use marey_features::action::ActionError;
use marey_model::{Asked, DecodeOptions, Judged, Judgement, Model, ModelError, Reading, TableReading};
use marey_profile::{ProfileOptions, TableProfile, profile as profile_table};
use marey_rules::{Recommendation, Source, lint};
use marey_table::Table;

use crate::{SURE, name_data};

/// Fewest and most hypotheses that are followed.
const BEAM: std::ops::RangeInclusive<usize> = 5..=20;

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

/// A table that can be asked many times: it is profiled and read once.
///
/// ```
/// use marey::{AskOptions, AskableTable, table::read::{ReadOptions, read}};
///
/// let csv = b"city,price\nOslo,3\nRome,5\nOslo,4\nRome,9\n".to_vec();
/// let table = read("prices.csv", csv, &ReadOptions::default())?.value;
/// let askable = AskableTable::new(&table);
/// let answers = askable.ask_all(&["average price by city", "how many per city"], None, &AskOptions::default())?;
/// assert_eq!(answers.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct AskableTable<'a> {
    table: &'a Table,
    profile: TableProfile,
    reading: TableReading,
}

/// Answers a request about a table with charts, best first.
///
/// With a model the charts are its readings of the request, each drawn on the table before it is
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
    AskableTable::new(table).ask(request, model, options)
}

impl<'a> AskableTable<'a> {
    /// Profiles and reads a table.
    pub fn new(table: &'a Table) -> Self {
        Self::with_profile(table, profile_table(table, &ProfileOptions::default()))
    }

    /// Reads a table that is profiled already.
    pub fn with_profile(table: &'a Table, profile: TableProfile) -> Self {
        Self {
            reading: TableReading::new(table, &profile),
            profile,
            table,
        }
    }

    /// The table's profile.
    pub fn profile(&self) -> &TableProfile {
        &self.profile
    }

    /// [`ask`], about this table.
    ///
    /// # Errors
    ///
    /// As [`ask`].
    pub fn ask(
        &self,
        request: &str,
        model: Option<&Model>,
        options: &AskOptions,
    ) -> Result<Vec<Recommendation>, ModelError> {
        let mut all = self.ask_all(&[request], model, options)?;
        Ok(all.pop().unwrap_or_default())
    }

    /// Answers several requests, which go through the network together: faster than one after the other, with
    /// the same answers.
    ///
    /// # Errors
    ///
    /// As [`ask`].
    pub fn ask_all(
        &self,
        requests: &[&str],
        model: Option<&Model>,
        options: &AskOptions,
    ) -> Result<Vec<Vec<Recommendation>>, ModelError> {
        if options.top == 0 || self.profile.rows == 0 || self.profile.columns.is_empty() {
            return Ok(vec![Vec::new(); requests.len()]);
        }
        let must: Vec<Option<usize>> = options
            .columns
            .iter()
            .map(|name| self.table.column_index(name))
            .collect();
        let known: Vec<usize> = must.iter().flatten().copied().collect();
        let readings: Vec<Reading> = requests
            .iter()
            .map(|request| self.reading.read_with(Some(request), &known))
            .collect();
        let answers: Vec<Result<Judgement, String>> = match (model, must.iter().all(Option::is_some)) {
            (Some(model), true) => self.by_model(model, &readings, known, options)?,
            (None, _) => {
                let why = "No model was given, so the design rules choose among the named columns.";
                vec![Err(why.to_owned()); readings.len()]
            }
            // The rules say which column is not there.
            (Some(_), false) => vec![Err(String::new()); readings.len()],
        };
        let answers = readings.iter().zip(answers);
        Ok(answers
            .map(|(reading, answer)| self.finished(reading, answer, options))
            .collect())
    }

    fn by_model(
        &self,
        model: &Model,
        readings: &[Reading],
        columns: Vec<usize>,
        options: &AskOptions,
    ) -> Result<Vec<Result<Judgement, String>>, ModelError> {
        let decode = DecodeOptions {
            beam: options.top.clamp(*BEAM.start(), *BEAM.end()),
            mark: options.mark,
            columns,
            ..DecodeOptions::default()
        };
        let asked: Vec<Asked<'_>> = readings
            .iter()
            .map(|reading| Asked {
                reading,
                table: self.table,
                profile: &self.profile,
            })
            .collect();
        let answers = model.answer(&asked, &decode)?;
        let told = |error: ActionError| format!("The model has no answer: {error}.");
        Ok(answers.into_iter().map(|answer| answer.map_err(told)).collect())
    }

    /// The answer to one request: the model's charts, else those of the rules, with what is to be said of it.
    fn finished(
        &self,
        reading: &Reading,
        answer: Result<Judgement, String>,
        options: &AskOptions,
    ) -> Vec<Recommendation> {
        let mut notes = understood::notes(reading);
        let mut charts = match answer {
            Ok(judgement) => {
                notes.extend(dropped(&judgement, reading));
                self.shown(judgement.charts, reading, options.top)
            }
            Err(why) => {
                notes.extend(Some(why).filter(|why| !why.is_empty()));
                Vec::new()
            }
        };
        if charts.is_empty() {
            charts = by_rules::by_rules(reading, &self.profile, options);
        }
        if let Some(first) = charts.first_mut() {
            first.warnings.splice(0..0, notes);
        }
        charts
    }

    /// The model's charts with their probabilities, reasons and warnings.
    fn shown(&self, charts: Vec<Judged>, reading: &Reading, top: usize) -> Vec<Recommendation> {
        let mut shown: Vec<Recommendation> = charts
            .into_iter()
            .take(top)
            .enumerate()
            .map(|(at, chart)| self.recommendation(at + 1, chart, reading))
            .collect();
        let n = shown.len();
        if let Some(first) = shown.first_mut()
            && let Some(probability) = first.probability.filter(|probability| *probability < SURE)
        {
            let readings = match n {
                1 => "there are other readings of the request".to_owned(),
                n => format!("here are {n} readings of the request"),
            };
            let percent = probability * 100.0;
            first
                .warnings
                .push(format!("Not sure, with {percent:.0} %: {readings}."));
        }
        shown
    }

    fn recommendation(&self, rank: usize, chart: Judged, reading: &Reading) -> Recommendation {
        let written = chart.written;
        let mut reasons = vec![
            wording::sentence(&written.chart, &reading.scope),
            format!(
                "A reading of the request with a probability of {:.0} %.",
                chart.probability * 100.0
            ),
        ];
        reasons.extend(understood::taken_for(&written.chart, reading, &self.profile));
        Recommendation {
            rank,
            probability: Some(chart.probability),
            score: chart.probability,
            warnings: broken(&written.spec, &self.profile),
            reasons,
            spec: name_data(
                wording::titled(written.spec, &written.chart, &reading.scope),
                &self.profile,
            ),
            source: Source::Model,
        }
    }
}

/// What is said of readings that show nothing: only of one that would have come first.
fn dropped(judgement: &Judgement, reading: &Reading) -> Option<String> {
    let (written, flaw) = judgement.dropped.first()?;
    let first = judgement.charts.first();
    let likelier = first.is_none_or(|first| written.log > first.written.log);
    likelier.then(|| {
        let sentence = wording::sentence(&written.chart, &reading.scope);
        format!("The likeliest reading is left out, since {flaw}: {sentence}")
    })
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
