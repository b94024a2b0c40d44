//! Requests made for real tables: charts that make sense there, and ways in which people ask for them.
//!
//! A table is read and profiled; columns get the parts that the profile advises (`cast`); charts are
//! drawn by lot among ideas that suit these parts (`sample`), with conditions on values that are in the
//! table (`condition`); each chart is asked for in several ways (`phrase`). What is kept was checked:
//! the chart can be written as actions of the model for this very request, and draws something.
//! Everything follows from the seed, the table and its name.

mod cast;
mod chart;
mod condition;
mod name;
mod phrase;
mod plan;
mod sample;
mod slip;
mod source;
mod unasked;
mod words;

use std::{collections::BTreeMap, path::PathBuf};

use marey_core::ChartSpec;
use marey_corpus::{
    Split,
    folder::{Corpus, CorpusWriter, Description, Example, FolderError},
};
use marey_features::action::{Design, GrammarOptions, Scope, lift, parse};
use marey_metrics::{Executed, ExecutionOptions};
use marey_model::{Random, TableReading};
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::Table;
use rayon::prelude::*;
use serde::Serialize;

use self::{
    cast::Cast,
    name::Names,
    phrase::Speaker,
    plan::Plan,
    source::{Source, tables_of},
};

/// Most charts that are tried for a table, as a multiple of those wanted.
const TRIES: usize = 8;
/// Most times that a chart is asked for anew when a request was of no use.
const REPHRASINGS: usize = 4;

/// What is generated, from what, and how much.
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateOptions {
    /// Corpora whose tables are asked about.
    pub from: Vec<PathBuf>,
    /// The folder of the corpus; absent or empty.
    pub out: PathBuf,
    /// How many requests, about; tables that carry few different charts give fewer.
    pub requests: usize,
    /// In how many ways a chart is asked for.
    pub ways: usize,
    /// What everything random follows from.
    pub seed: u64,
    /// The part that all examples are put in; none for that of their group in the source.
    pub split: Option<Split>,
    /// Instead of requests: for each table one example without a request, with charts worth drawing and their
    /// weights.
    pub unasked: bool,
}

impl Default for GenerateOptions {
    fn default() -> Self {
        Self {
            from: Vec::new(),
            out: PathBuf::new(),
            requests: 10_000,
            ways: 3,
            seed: 7,
            split: None,
            unasked: false,
        }
    }
}

/// What was generated.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GenerateReport {
    /// Requests.
    pub requests: usize,
    /// Charts.
    pub charts: usize,
    /// Tables with at least one.
    pub tables: usize,
    /// Groups of tables.
    pub groups: usize,
    /// Charts by what they are for.
    pub ideas: BTreeMap<String, usize>,
    /// Requests by part.
    pub parts: BTreeMap<String, usize>,
    /// Why tables, charts or requests were left out, and how many.
    pub left_out: BTreeMap<String, usize>,
}

/// Generates a corpus of requests about the tables of other corpora.
///
/// The same options give the same bytes. A table that cannot be read is left out and counted.
///
/// # Errors
///
/// When a source is no corpus, or the new one cannot be written.
pub fn generate(options: &GenerateOptions) -> Result<GenerateReport, FolderError> {
    let mut sources = Vec::new();
    for (at, folder) in options.from.iter().enumerate() {
        let corpus = Corpus::open(folder)?;
        sources.extend(tables_of(&corpus, at, options.from.len() > 1)?);
    }
    let mut report = GenerateReport::default();
    let corpora: Vec<Corpus> = options.from.iter().map(Corpus::open).collect::<Result<_, _>>()?;
    let wanted = Shares::new(options, sources.len());
    let mut writer = CorpusWriter::create(&options.out)?;
    let mut licences: Vec<String> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    // In stretches, so that no more than these tables are in memory.
    for some in sources.chunks(16) {
        let made: Vec<Made> = some
            .par_iter()
            .map(|source| asked(source, &corpora[source.corpus], &wanted, options))
            .collect();
        for (source, made) in some.iter().zip(made) {
            for (reason, count) in made.left_out {
                *report.left_out.entry(reason).or_default() += count;
            }
            let Some((bytes, table)) = made.table.filter(|_| !made.examples.is_empty()) else {
                continue;
            };
            writer.table(&source.name, &bytes, &table, &source.licences)?;
            report.tables += 1;
            if !groups.contains(&source.group.as_str()) {
                groups.push(&source.group);
            }
            for licence in &source.licences {
                if !licences.contains(licence) {
                    licences.push(licence.clone());
                }
            }
            for example in made.examples {
                report.count(&example);
                writer.example(&example)?;
            }
        }
    }
    report.groups = groups.len();
    licences.sort();
    writer.finish(Description {
        name: "generated-requests".into(),
        description: format!(
            "Requests generated for the tables of other corpora (seed {}), each with the chart that answers it.",
            options.seed
        ),
        version: Some("1.0.0".into()),
        licences,
        ..Description::default()
    })?;
    Ok(report)
}

impl GenerateReport {
    fn count(&mut self, example: &Example) {
        self.charts += 1;
        self.requests += example.requests.len();
        let idea = example.tag_value("idea").unwrap_or_default().to_owned();
        *self.ideas.entry(idea).or_default() += 1;
        *self.parts.entry(example.split.to_string()).or_default() += example.requests.len();
    }
}

/// How many charts each table is to give.
struct Shares {
    charts: usize,
}

impl Shares {
    fn new(options: &GenerateOptions, tables: usize) -> Self {
        let charts = options.requests.div_ceil(options.ways.max(1));
        Self {
            charts: charts.div_ceil(tables.max(1)),
        }
    }
}

/// What one table gave.
#[derive(Default)]
struct Made {
    table: Option<(Vec<u8>, Table)>,
    examples: Vec<Example>,
    left_out: BTreeMap<String, usize>,
}

impl Made {
    fn leave_out(&mut self, why: &str) {
        *self.left_out.entry(why.to_owned()).or_default() += 1;
    }
}

fn asked(source: &Source, corpus: &Corpus, shares: &Shares, options: &GenerateOptions) -> Made {
    let mut made = Made::default();
    let read = corpus
        .bytes(&source.path)
        .and_then(|bytes| Ok((bytes, corpus.table(&source.path)?.value)));
    let Ok((bytes, table)) = read else {
        made.leave_out("table: it cannot be read");
        return made;
    };
    let profile = profile(&table, &ProfileOptions::default());
    let subject = Subject::new(&table, &profile);
    let mut random = Random::stream(options.seed, hash(source.name.as_str()));
    match options.unasked {
        true => made.unasked(&subject, source, &mut random),
        false => made.requests(&subject, shares, options, &mut random),
    }
    for (at, example) in made.examples.iter_mut().enumerate() {
        example.id = format!("{}/{}", source.name.as_str(), at + 1);
        example.group.clone_from(&source.group);
        example.split = options.split.unwrap_or(source.split);
        example.tables = vec![source.name.clone()];
        example.licence = together(&source.licences);
    }
    made.table = Some((bytes, table));
    made
}

impl Made {
    /// Charts of the table, each with requests.
    fn requests(
        &mut self,
        subject: &Subject<'_>,
        shares: &Shares,
        options: &GenerateOptions,
        random: &mut Random,
    ) {
        let mut seen: Vec<Plan> = Vec::new();
        for _ in 0..shares.charts * TRIES {
            if self.examples.len() >= shares.charts {
                break;
            }
            let Some(plan) = sample::plan(&subject.cast, random) else {
                return self.leave_out("table: no column has a part in a chart");
            };
            if seen.contains(&plan) {
                continue;
            }
            seen.push(plan.clone());
            match subject.example(&plan, options.ways, random) {
                Ok(example) => self.examples.push(example),
                Err(why) => self.leave_out(&why),
            }
        }
    }

    /// Charts worth drawing of the table, in one example.
    fn unasked(&mut self, subject: &Subject<'_>, source: &Source, random: &mut Random) {
        let (charts, weights): (Vec<_>, Vec<_>) = unasked::charts(subject, &source.charts, random)
            .into_iter()
            .unzip();
        if charts.is_empty() {
            return self.leave_out("table: no column has a part in a chart");
        }
        let mut example = Example::new("", "");
        example.charts = charts;
        example.rest.insert("weights".into(), weights.into());
        example.tags = vec!["idea:unasked".into(), "generated".into()];
        self.examples.push(example);
    }
}

/// Licences that all have to be met, as one expression.
fn together(licences: &[String]) -> Option<String> {
    match licences {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(
            several
                .iter()
                .map(|licence| format!("({licence})"))
                .collect::<Vec<_>>()
                .join(" AND "),
        ),
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A table with everything that is asked of it.
struct Subject<'a> {
    table: &'a Table,
    reading: TableReading,
    cast: Cast<'a>,
    names: Names,
}

impl<'a> Subject<'a> {
    fn new(table: &'a Table, profile: &'a TableProfile) -> Self {
        Self {
            table,
            reading: TableReading::new(table, profile),
            cast: Cast::of(profile),
            names: Names::of(profile),
        }
    }

    /// The example of a chart with some requests, or why there is none.
    fn example(&self, plan: &Plan, ways: usize, random: &mut Random) -> Result<Example, String> {
        let chart = chart::spec(plan, self.cast.profile).map_err(|error| format!("chart: {error}"))?;
        let drawn = Executed::of(&chart, self.table, &execution())
            .map_err(|_| "chart: it cannot be executed".to_owned())?;
        if !drawn.draws_something() {
            return Err("chart: it draws nothing".into());
        }
        if drawn.rows() > plan.most_rows() {
            return Err("chart: it draws too much".into());
        }
        let mut requests: Vec<String> = Vec::new();
        for _ in 0..ways * REPHRASINGS {
            if requests.len() >= ways {
                break;
            }
            let request = Speaker::new(plan, &self.cast, &self.names, random).request();
            if !requests.contains(&request) && self.is_writable(&request, &chart) {
                requests.push(request);
            }
        }
        let Some(first) = requests.first() else {
            return Err("chart: no request spells it".into());
        };
        let scope = self.reading.read(Some(first)).scope;
        let mut charts = vec![chart];
        for other in plan.others() {
            if let Ok(other) = chart::spec(&other, self.cast.profile)
                && !charts.contains(&other)
                && is_legal(&other, &scope, Design::Free)
            {
                charts.push(other);
            }
        }
        let mut example = Example::new("", "");
        example.requests = requests;
        example.charts = charts;
        example.tags = vec![
            format!("idea:{}", plan.idea.as_str()),
            format!("chart:{}", plan.mark),
            "generated".into(),
        ];
        Ok(example)
    }

    /// Whether a chart draws something on the table.
    fn draws(&self, chart: &ChartSpec) -> bool {
        Executed::of(chart, self.table, &execution()).is_ok_and(|drawn| drawn.draws_something())
    }

    /// Whether the chart can be written as actions that point into the request.
    fn is_writable(&self, request: &str, chart: &ChartSpec) -> bool {
        is_legal(chart, &self.reading.read(Some(request)).scope, Design::Free)
    }
}

/// Whether a chart can be written as actions in a scope.
fn is_legal(chart: &ChartSpec, scope: &Scope, design: Design) -> bool {
    let options = GrammarOptions {
        design,
        ..GrammarOptions::default()
    };
    lift(chart, scope).is_ok_and(|actions| parse(&actions, scope, &options).is_ok())
}

fn execution() -> ExecutionOptions {
    let mut options = ExecutionOptions::default();
    options.execute.max_rows = 1_000_000;
    options
}
