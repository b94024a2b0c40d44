//! Charts written by random logits over many tables, each held against the grammar, the specification of
//! Vega-Lite and the executor.
//!
//! `chart_model decodings --count N [--seed S] [--tables N] [--network N] [--render EVERY] [--samples DIR] FOLDER…`
//!
//! Tables are those of the folders, cut to their first rows, and made-up ones up to the number asked for. Every
//! table is asked without a request, and by requests made of its own names and cells. One sequence in a thousand
//! is written by a network with random weights instead (`--network`), with its beam; one in `--render` is drawn as
//! SVG; `--samples` writes one in two thousand as a spec with its rows, for `cargo xtask vega-check`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use marey::{
    ChartSpec, Mark, Table, TableProfile,
    core::spec::Severity,
    features::action::{
        Action, Design, GrammarOptions, MAX_ACTIONS, Prefix, TierChart, lift_chart, lower, parse, write,
    },
    model::{
        DecodeOptions, Model, ModelConfig, Random, Reading, TableReading,
        train::{TrainOptions, Trainer},
    },
    profile::{ProfileOptions, profile},
    render::{RenderOptions, render_svg},
    table::{
        execute::{ExecuteOptions, execute},
        read::{ReadOptions, read},
    },
    with_rows,
};

use crate::made_up;

/// Most rows of a table: enough for every transform to have something to do.
const ROWS: usize = 48;
/// Requests that each table is read with; the first is none.
const REQUESTS: usize = 8;

struct Arguments {
    count: u64,
    seed: u64,
    tables: usize,
    network: u64,
    render: u64,
    samples: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

/// Writes charts and checks them.
pub fn run(given: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let arguments = arguments(given)?;
    let tables = tables(&arguments)?;
    println!("{} tables", tables.len());
    let mut tally = Tally::default();
    let each = arguments.count.div_ceil(tables.len().max(1) as u64);
    let mut left = arguments.count;
    for (at, table) in tables.iter().enumerate() {
        let mut random = Random::stream(arguments.seed, at as u64);
        let asked = Asked::new(table, &mut random);
        let here = each.min(left);
        left -= here;
        for _ in 0..here {
            tally.decode(&asked, &mut random, &arguments)?;
        }
        tally.by_network(
            &asked,
            arguments.seed + at as u64,
            arguments.network.div_ceil(tables.len().max(1) as u64),
        )?;
        if (at + 1) % 50 == 0 {
            eprintln!("{} tables, {} charts", at + 1, tally.written);
        }
    }
    tally.tell();
    ensure!(tally.wrong.is_empty(), "not every chart is sound");
    Ok(())
}

fn arguments(mut given: impl Iterator<Item = String>) -> anyhow::Result<Arguments> {
    let mut found = Arguments {
        count: 10_000,
        seed: 1,
        tables: 500,
        network: 0,
        render: 0,
        samples: None,
        folders: Vec::new(),
    };
    while let Some(argument) = given.next() {
        let mut value = || given.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--count" => found.count = value()?.parse()?,
            "--seed" => found.seed = value()?.parse()?,
            "--tables" => found.tables = value()?.parse()?,
            "--network" => found.network = value()?.parse()?,
            "--render" => found.render = value()?.parse()?,
            "--samples" => found.samples = Some(value()?.into()),
            other if other.starts_with("--") => bail!("{other} is no argument"),
            folder => found.folders.push(folder.into()),
        }
    }
    Ok(found)
}

/// The tables of the folders, every one of few rows, then made-up ones.
fn tables(arguments: &Arguments) -> anyhow::Result<Vec<Table>> {
    let mut files = Vec::new();
    for folder in &arguments.folders {
        collect(folder, &mut files)?;
    }
    files.sort();
    // Spread over all folders where there are more than asked for; at least a fifth is made up.
    let real = files.len().min(arguments.tables * 4 / 5);
    let mut tables = Vec::new();
    for at in 0..real {
        let file = &files[at * files.len() / real];
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        // What is no table, or has no column, is passed over.
        if let Ok(table) = read(&name, bytes, &ReadOptions::default())
            && table.value.columns() > 0
        {
            tables.push(head(&table.value)?);
        }
    }
    println!("{} of {} files are tables", tables.len(), real);
    let mut random = Random::stream(arguments.seed, u64::MAX);
    while tables.len() < arguments.tables {
        tables.extend(made_up::table(&mut random));
    }
    Ok(tables)
}

/// The first rows of a table.
fn head(table: &Table) -> anyhow::Result<Table> {
    let mut left = ROWS;
    let mut batches = Vec::new();
    for batch in table.batches() {
        let here = batch.num_rows().min(left);
        batches.push(batch.slice(0, here));
        left -= here;
    }
    Ok(Table::new(table.name(), table.schema(), batches)?)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(ending.as_str(), "csv" | "json" | "tsv" | "parquet") {
            files.push(path);
        }
    }
    Ok(())
}

/// A table with what is asked about it.
struct Asked<'a> {
    table: &'a Table,
    profile: TableProfile,
    readings: Vec<Reading>,
}

impl<'a> Asked<'a> {
    fn new(table: &'a Table, random: &mut Random) -> Self {
        let profile = profile(table, &ProfileOptions::default());
        let reading = TableReading::new(table, &profile);
        let mut readings = vec![reading.read(None)];
        readings.extend((1..REQUESTS).map(|_| reading.read(Some(&made_up::request(&profile, random)))));
        Self {
            table,
            profile,
            readings,
        }
    }
}

/// What came of all sequences.
#[derive(Default)]
struct Tally {
    written: u64,
    by_network: u64,
    refused: u64,
    drawn: u64,
    sampled: u64,
    actions: u64,
    longest: usize,
    marks: BTreeMap<&'static str, u64>,
    empty: u64,
    wrong: BTreeMap<String, (u64, String)>,
}

impl Tally {
    fn decode(
        &mut self,
        asked: &Asked<'_>,
        random: &mut Random,
        arguments: &Arguments,
    ) -> anyhow::Result<()> {
        let reading = &asked.readings[random.below(asked.readings.len())];
        let options = options(reading, random);
        let Some((actions, chart)) = drawn_lots(reading, &options, random) else {
            // What is asked of every chart cannot be met; nothing is written then.
            self.refused += 1;
            return Ok(());
        };
        let Some(spec) = self.check(asked, reading, &options, &actions, &chart) else {
            return Ok(());
        };
        if arguments.render > 0 && self.written.is_multiple_of(arguments.render) {
            self.drawn += 1;
            if let Err(error) = render_svg(&spec, asked.table, &RenderOptions::default()) {
                self.note(format!("drawing: {}", kind(&error.to_string())), &spec);
            }
        }
        if let Some(folder) = arguments
            .samples
            .as_ref()
            .filter(|_| self.written.is_multiple_of(2_000))
        {
            fs::create_dir_all(folder)?;
            self.sampled += 1;
            let file = folder.join(format!("{:07}.vl.json", self.written));
            fs::write(file, with_rows(&spec, asked.table, ROWS).to_json().to_string())?;
        }
        Ok(())
    }

    /// Sequences of a network with random weights, with its own beam.
    fn by_network(&mut self, asked: &Asked<'_>, seed: u64, count: u64) -> anyhow::Result<()> {
        if count == 0 {
            return Ok(());
        }
        let options = TrainOptions {
            seed,
            ..TrainOptions::default()
        };
        let model = Model::from_bytes(&Trainer::new(&ModelConfig::tiny(), &options)?.weights(&[])?)?;
        let decode = DecodeOptions::default();
        let grammar = GrammarOptions {
            design: decode.design,
            ..GrammarOptions::default()
        };
        let (mut left, mut at) = (count, 0);
        while left > 0 && at < asked.readings.len() {
            let reading = &asked.readings[at];
            for written in model.write(&[reading], &decode)?.remove(0).unwrap_or_default() {
                self.by_network += 1;
                left = left.saturating_sub(1);
                self.check(asked, reading, &grammar, &written.actions, &written.chart);
            }
            at += 1;
        }
        Ok(())
    }

    /// Holds one chart against everything.
    fn check(
        &mut self,
        asked: &Asked<'_>,
        reading: &Reading,
        options: &GrammarOptions,
        actions: &[Action],
        chart: &TierChart,
    ) -> Option<ChartSpec> {
        self.written += 1;
        self.actions += actions.len() as u64;
        self.longest = self.longest.max(actions.len());
        *self.marks.entry(chart.mark.as_str()).or_default() += 1;
        let spec = match lower(chart, &reading.scope) {
            Ok(spec) => spec,
            Err(error) => {
                self.note_actions(format!("lowering: {error}"), actions);
                return None;
            }
        };
        if parse(actions, &reading.scope, options).as_ref() != Ok(chart) || write(chart) != actions {
            self.note_actions("grammar".into(), actions);
        }
        let problems = spec.validate();
        if let Some(problem) = problems
            .iter()
            .find(|problem| problem.kind.severity() == Severity::Error)
        {
            self.note(format!("validation: {}", kind(&problem.to_string())), &spec);
        }
        match ChartSpec::from_json(&spec.to_json()) {
            Ok(read) if read.warnings.is_empty() && read.value.canonical() == spec.canonical() => {}
            _ => self.note("as JSON and back".into(), &spec),
        }
        let again = lift_chart(&spec, &reading.scope).and_then(|chart| lower(&chart, &reading.scope));
        if again.map(|again| again.canonical()) != Ok(spec.canonical()) {
            self.note("as actions and back".into(), &spec);
        }
        match execute(&spec, asked.table, &ExecuteOptions::default()) {
            Ok(drawn) => self.empty += u64::from(drawn.value.units.iter().all(Table::is_empty)),
            Err(error) => self.note(format!("execution: {}", kind(&error.to_string())), &spec),
        }
        let broken = marey::rules::lint(&spec, &asked.profile);
        if options.design == Design::Ruled
            && options.columns.is_empty()
            && marey::rules::cost(&broken).is_none()
        {
            let rule = broken
                .iter()
                .find(|violation| violation.kind == marey::rules::Kind::Hard);
            self.note(format!("design: {}", rule.map_or("", |rule| rule.rule)), &spec);
        }
        Some(spec)
    }

    fn note(&mut self, what: String, spec: &ChartSpec) {
        let known = self
            .wrong
            .entry(what)
            .or_insert_with(|| (0, spec.to_json().to_string()));
        known.0 += 1;
    }

    fn note_actions(&mut self, what: String, actions: &[Action]) {
        let told: Vec<String> = actions.iter().map(Action::to_string).collect();
        let known = self.wrong.entry(what).or_insert_with(|| (0, told.join(" ")));
        known.0 += 1;
    }

    fn tell(&self) {
        println!(
            "{} charts ({} of them by networks), {} sequences refused at the start; {:.1} actions each, {} at most",
            self.written,
            self.by_network,
            self.refused,
            self.actions as f64 / self.written.max(1) as f64,
            self.longest
        );
        println!(
            "{} show no row; {} drawn, {} sampled",
            self.empty, self.drawn, self.sampled
        );
        let marks: Vec<String> = self.marks.iter().map(|(mark, n)| format!("{mark} {n}")).collect();
        println!("{}", marks.join(", "));
        let wrong: u64 = self.wrong.values().map(|(n, _)| n).sum();
        println!("grammatical, valid and executable: all but {wrong}");
        for (what, (n, example)) in &self.wrong {
            println!("{n} x {what}\n    {example}");
        }
    }
}

/// An error without what it names.
fn kind(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("…")
}

/// What is asked of every chart of a sequence: mostly nothing.
fn options(reading: &Reading, random: &mut Random) -> GrammarOptions {
    let marks = [
        Mark::Bar,
        Mark::Line,
        Mark::Arc,
        Mark::Rect,
        Mark::Boxplot,
        Mark::Tick,
    ];
    let locks = match random.below(8) {
        0 => 1 + random.below(3),
        _ => 0,
    };
    GrammarOptions {
        design: if random.below(4) == 0 {
            Design::Ruled
        } else {
            Design::Free
        },
        mark: (random.below(8) == 0).then(|| marks[random.below(marks.len())]),
        columns: (0..locks).map(|_| random.below(reading.columns.len())).collect(),
    }
}

/// A sequence of the legal actions with the largest logits. Logits are normal; part of each stays the same over
/// the sequence, so that some sequences go on and on where others end at once.
fn drawn_lots(
    reading: &Reading,
    options: &GrammarOptions,
    random: &mut Random,
) -> Option<(Vec<Action>, TierChart)> {
    let mut prefix = Prefix::new(&reading.scope, options).ok()?;
    let (seed, stubborn) = (random.bits(), random.uniform() * 3.0);
    while !prefix.is_complete() && prefix.actions().len() < MAX_ACTIONS {
        let legal = prefix.legal();
        let logit = |action: Action, random: &mut Random| {
            let place = match action {
                Action::Token(token) => token.index().unwrap_or(0),
                Action::Column(at) => 1_000 + at,
                Action::Word(at) => 2_000 + at,
                Action::Value(at) => 3_000 + at,
            };
            stubborn * Random::stream(seed, place as u64).normal() + random.normal()
        };
        let mut best: Option<(f64, Action)> = None;
        for action in legal.iter() {
            let logit = logit(action, random);
            if best.is_none_or(|(most, _)| logit > most) {
                best = Some((logit, action));
            }
        }
        prefix.push_legal(best?.1);
    }
    Some((prefix.actions().to_vec(), prefix.chart()?))
}
