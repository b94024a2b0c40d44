//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use marey_corpus::Split;
use marey_lab::{Disturbance, Model};

use crate::{
    ask::AskArguments, corpus::CorpusArguments, model::ModelArguments, pack::PackArguments,
    train::TrainArguments,
};

/// Take a table and make it speak.
#[derive(Parser)]
#[command(name = "marey", version, about, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write one HTML page with the best charts of a table and what to know about it
    Report(ReportArguments),
    /// Print the profile of each table: types, meanings, distributions, gaps
    Profile(ProfileArguments),
    /// Print the charts that suit a table, each with its reasons
    Recommend(RecommendArguments),
    /// Write a table without the personal values in it
    Redact(RedactArguments),
    /// Answer a request in plain words about a table with charts
    Ask(AskArguments),
    /// Print what is worth saying about each table, and is so: false discoveries are controlled
    Insights(InsightsArguments),
    /// Print the features of each table for models: numbers of columns, pairs and the whole
    Features(FeaturesArguments),
    /// Draw a Vega-Lite spec on a table
    Render(RenderArguments),
    /// Score a system against hand-made answers and write results with intervals
    Evaluate(EvaluateArguments),
    /// Compares the results of several evaluations on one page
    Leaderboard(LeaderboardArguments),
    /// Train a chart model on corpora into a run folder that can be resumed
    Train(TrainArguments),
    /// Make the weights of a training run ready to be shipped: calibrated, in few bytes, with their card
    Pack(PackArguments),
    /// Import data sets and govern what may be read of them
    Corpus(CorpusArguments),
}

/// How a table is read, for every command.
#[derive(Args, Clone)]
pub struct ReadArguments {
    /// Sheet of a spreadsheet or table of a database to read (default: the first)
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// What may be seen of personal data.
#[derive(Args, Clone, Copy)]
pub struct PrivacyArguments {
    /// Show values of personal columns as they are, instead of masks and pseudonyms
    #[arg(long)]
    pub show_personal: bool,
}

/// Which charts are wanted.
#[derive(Args, Clone)]
pub struct ChoiceArguments {
    /// How many charts
    #[arg(long, default_value_t = 8, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub top: u16,
    /// Only charts of this mark (bar, line, point …)
    #[arg(long, value_name = "MARK")]
    pub mark: Option<String>,
    /// A column that every chart must use; may be given several times
    #[arg(long = "use", value_name = "COLUMN")]
    pub columns: Vec<String>,
    /// A column that every chart should explain
    #[arg(long, value_name = "COLUMN")]
    pub target: Option<String>,
}

/// Arguments of `marey report`.
#[derive(Args)]
pub struct ReportArguments {
    /// A CSV, TSV, JSON, NDJSON, Parquet, Arrow, Excel, ODS or SQLite file; `-` reads stdin
    pub table: PathBuf,
    /// Show first what answers this request in plain words; may be given several times
    #[arg(long, value_name = "REQUEST")]
    pub ask: Vec<String>,
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub choice: ChoiceArguments,
    #[command(flatten)]
    pub read: ReadArguments,
    #[command(flatten)]
    pub privacy: PrivacyArguments,
    /// Colours and fonts: light or dark
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Where the page goes; `-` writes to stdout
    #[arg(short, long, default_value = "report.html", value_name = "FILE")]
    pub output: PathBuf,
    /// Also write profile and charts as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

/// Arguments of `marey profile`.
#[derive(Args)]
pub struct ProfileArguments {
    /// Tables, or directories of tables; `-` reads stdin
    #[arg(required = true)]
    pub tables: Vec<PathBuf>,
    #[command(flatten)]
    pub read: ReadArguments,
    #[command(flatten)]
    pub privacy: PrivacyArguments,
    /// Columns that together may lead to persons; tells in how large crowds they hide (k-anonymity)
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub quasi_identifiers: Vec<String>,
    /// Another table, or a saved profile (.json), that this one is compared with
    #[arg(long, value_name = "TABLE", conflicts_with = "quasi_identifiers")]
    pub against: Option<PathBuf>,
    /// What to print: json (default on a pipe), text (default on a terminal) or arrow (a row per column)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ProfileFormat>,
    /// Where it goes; `-` is stdout
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    pub output: PathBuf,
}

/// Arguments of `marey redact`.
#[derive(Args)]
pub struct RedactArguments {
    /// A table; `-` reads stdin
    pub table: PathBuf,
    #[command(flatten)]
    pub read: ReadArguments,
    /// What stands in the place of personal values
    #[arg(long, default_value = "pseudonym", value_name = "HOW")]
    pub hiding: Hiding,
    /// A column to redact beside those that are found; may be given several times
    #[arg(long, value_name = "COLUMN")]
    pub also: Vec<String>,
    /// A column to leave as it is; may be given several times
    #[arg(long, value_name = "COLUMN")]
    pub keep: Vec<String>,
    /// Where the table goes; the ending decides: .csv, .parquet or .arrow; `-` writes CSV to stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// What stands in the place of personal values.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Hiding {
    /// A name of its own for each value: `e-mail 1`.
    Pseudonym,
    /// The shape of the value: `j***@***.com`.
    Mask,
    /// Nothing.
    Blank,
}

/// Arguments of `marey recommend`.
#[derive(Args)]
pub struct RecommendArguments {
    /// Tables, offered together as one database; `-` reads stdin
    #[arg(required = true)]
    pub tables: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: ChoiceArguments,
    #[command(flatten)]
    pub read: ReadArguments,
    #[command(flatten)]
    pub privacy: PrivacyArguments,
    /// Put up to so many rows of the table into each spec, so that it draws by itself
    #[arg(long, value_name = "ROWS")]
    pub with_rows: Option<usize>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// Arguments of `marey insights`.
#[derive(Args)]
pub struct InsightsArguments {
    /// Tables, or directories of tables; `-` reads stdin
    #[arg(required = true)]
    pub tables: Vec<PathBuf>,
    #[command(flatten)]
    pub read: ReadArguments,
    #[command(flatten)]
    pub privacy: PrivacyArguments,
    /// How many insights of each table at most
    #[arg(long, default_value_t = 50, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub top: u16,
    /// Largest expected share of false findings, above 0 and at most 0.5
    #[arg(long, default_value_t = 0.05, value_name = "SHARE")]
    pub fdr: f64,
    /// Also write claims, one JSON object per line, for programs that score them
    #[arg(long, value_name = "FILE")]
    pub claims: Option<PathBuf>,
    /// What to print: json (default on a pipe), text (default on a terminal) or markdown
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<StoryFormat>,
    /// Language of the text: en or de, a region may follow (en-GB)
    #[arg(long, default_value = "en", value_name = "TAG")]
    pub language: String,
}

/// Arguments of `marey features`.
#[derive(Args)]
pub struct FeaturesArguments {
    /// Tables, or directories of tables; `-` reads stdin
    #[arg(required = true)]
    pub tables: Vec<PathBuf>,
    #[command(flatten)]
    pub read: ReadArguments,
    /// Which features: those of VizML by their definitions, or those that Marey's models read
    #[arg(long, default_value = "vizml", value_name = "SET")]
    pub set: FeatureSet,
    /// Write the features of one table to a file; the ending decides: .json, .arrow or .safetensors
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What an Arrow file holds: the columns, or of VizML's features their pairs or the aggregates of the table
    #[arg(long, default_value = "columns", value_name = "PART")]
    pub part: FeaturePart,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// Which features are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FeatureSet {
    /// The features of VizML by their definitions.
    Vizml,
    /// The features that Marey's models read.
    Model,
}

/// Which part of the features an Arrow file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FeaturePart {
    /// One row per column.
    Columns,
    /// One row per pair of columns.
    Pairs,
    /// One row per aggregate.
    Table,
}

/// Arguments of `marey render`.
#[derive(Args)]
pub struct RenderArguments {
    /// A Vega-Lite spec as JSON; `-` reads stdin
    pub spec: PathBuf,
    /// The table to draw; without it, rows inside the spec are used
    #[arg(long, value_name = "TABLE")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub read: ReadArguments,
    /// Colours and fonts: light or dark
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Where the drawing goes; the ending decides: .svg, .png or .html; `-` writes SVG to stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Pixels per unit of the drawing, for PNG
    #[arg(long, default_value_t = 2.0, value_name = "FACTOR")]
    pub scale: f64,
}

/// Arguments of `marey evaluate`.
#[derive(Args)]
pub struct EvaluateArguments {
    /// What is asked: nl2vis, recommend, preference, column-types, insights, or a file that declares a task (.toml)
    #[arg(long, value_name = "TASK")]
    pub task: String,
    /// Folder of the corpus; for column-types, of `labels.csv` and the tables that it names
    #[arg(long, value_name = "DIR")]
    pub corpus: PathBuf,
    /// Part of the corpus: train, dev or test; the whole by default
    #[arg(long, value_name = "SPLIT")]
    pub split: Option<Split>,
    /// The split of the corpus that the part belongs to, for example unseen_db
    #[arg(long, value_name = "NAME", default_value = "split")]
    pub split_by: String,
    /// Cut the part into so many folds; each is answered by a system that learnt from the others
    #[arg(long, value_name = "K")]
    pub folds: Option<usize>,
    /// What a fold never cuts: group, or a tag of the task's divisions
    #[arg(long, value_name = "KEY", default_value = "group", requires = "folds")]
    pub group_by: String,
    /// Who answers: majority, rules, nearest, linear, pretrained, the folder of a training run, FILE.safetensors,
    /// cmd:COMMAND or http://HOST/v1?model=NAME
    #[arg(long, default_value = "rules", value_name = "MODEL")]
    pub model: Model,
    /// Folder for `results.json` and `items.jsonl`; a run that was stopped goes on there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Items asked at once; as many as there are processors by default
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Ask at most so many items, evenly chosen
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Disturb the items first: typos, synonyms, shuffled, renamed or distractors
    #[arg(long, value_name = "HOW")]
    pub disturb: Option<Disturbance>,
    /// Folder of the results of the same evaluation undisturbed, to compare with
    #[arg(long, value_name = "DIR", requires = "disturb")]
    pub against: Option<PathBuf>,
    /// Allow requests and tables to be sent to another machine
    #[arg(long)]
    pub allow_egress: bool,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// Arguments of `marey leaderboard`.
#[derive(Args)]
pub struct LeaderboardArguments {
    /// Folders that `marey evaluate` wrote
    #[arg(required = true, value_name = "DIR")]
    pub runs: Vec<PathBuf>,
    /// Folder for `leaderboard.html`, `leaderboard.json` and `leaderboard.md`
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
}

/// How a story is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StoryFormat {
    /// For programs: what was mined and how it is told.
    Json,
    /// For people at a terminal.
    Text,
    /// For people who write.
    Markdown,
}

/// What profiles are printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileFormat {
    /// For programs: a profile per line.
    Json,
    /// For people at a terminal.
    Text,
    /// For tools that read Arrow: a row per column.
    Arrow,
}

/// What data is printed as.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For programs.
    Json,
    /// For people.
    Text,
}
