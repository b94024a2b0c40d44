//! The build runner: everything CI runs, and the checks against official Vega and Croissant, one file each.

mod calibrate;
mod ci;
mod codegen;
mod croissant;
mod noise;
mod nvbench;
mod oracle;
mod personal;
mod program;
mod recommended;
mod reference_lists;
mod reports;
mod request_vocabulary;
mod rows;
mod specs;
mod tidy;
mod traps;
mod vega_check;
mod vizml;
#[cfg(feature = "word-vectors")]
mod word_vectors;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// What `cargo xtask` can do.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build runner of the Marey workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything CI runs, cheapest first.
    Ci,
    /// Architecture checks: crate edges, file heads, forbidden names, file sizes.
    Tidy,
    /// P-values of every test of marey-insight on noise, against the levels they claim (minutes).
    Calibrate {
        /// How often each question of a column is asked on each kind of noise.
        #[arg(long, default_value_t = 100_000)]
        draws: u64,
        /// Rows of each table.
        #[arg(long, default_value_t = 400)]
        rows: usize,
        /// Which noise is drawn.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only noise whose name contains this.
        #[arg(long)]
        only: Option<String>,
        /// Where `calibration.json` and `calibration.svg` go.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Tables whose rows or columns depend on each other in misleading ways, mined (minutes).
    Traps {
        /// Tables of each kind.
        #[arg(long, default_value_t = 300)]
        tables: u64,
        /// Which tables are drawn.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only traps whose name contains this.
        #[arg(long)]
        only: Option<String>,
    },
    /// How much of nvBench is read, drawn, and drawn with the rows of its own program.
    Nvbench {
        /// Folder of extracted pairs and tables, or of the public pages.
        #[arg(long)]
        from: PathBuf,
        /// The other form of the same release, to be compared.
        #[arg(long)]
        pages: Option<PathBuf>,
        /// Where to write, as JSON, what became of each item.
        #[arg(long)]
        items: Option<PathBuf>,
    },
    /// Pages of documentation that are written from the code.
    Codegen {
        /// Only checks that the pages are what the code says.
        #[arg(long)]
        check: bool,
    },
    /// Corpora against mlcroissant, the reference reader of Croissant (needs Python with mlcroissant).
    Croissant {
        /// Folders of corpora; the sample tables when absent.
        corpora: Vec<PathBuf>,
    },
    /// Vega-Lite specs read and written by Marey against the official compiler (needs node).
    Specs {
        /// Folder of `*.vl.json` files; subfolders are searched too.
        #[arg(long)]
        from: PathBuf,
        /// Lists what is carried verbatim and how often.
        #[arg(long)]
        verbose: bool,
        /// Draws canonical forms too and compares the pictures (minutes).
        #[arg(long)]
        draw: bool,
    },
    /// How much personal data profiles find in made-up people, and how often they are wrong on open data.
    Personal {
        /// Folder that benches/peers/personal.py has written.
        #[arg(long)]
        positives: Option<PathBuf>,
        /// Folder of tables without personal data; subfolders are searched too.
        #[arg(long)]
        negatives: Option<PathBuf>,
        /// Lists what was missed and what was found wrongly.
        #[arg(long)]
        verbose: bool,
    },
    /// The lists of known names and codes in marey-profile, from released packages.
    ReferenceLists {
        /// Folder of the unpacked packages that crates/marey-profile/reference/README.md names.
        #[arg(long)]
        from: PathBuf,
    },
    /// Every chart proposed for a folder of tables, against official Vega (needs node).
    Recommended {
        /// Folder of tables; subfolders are searched too.
        tables: PathBuf,
        /// Use the release build.
        #[arg(long)]
        release: bool,
    },
    /// A folder of tables through `marey report`, with times.
    Reports {
        /// Folder of tables; subfolders are searched too.
        tables: PathBuf,
    },
    /// The vocabulary of requests in marey-features, from the training parts of corpora.
    RequestVocabulary {
        /// Folder of a corpus with examples.jsonl or pairs.jsonl; may be given several times.
        #[arg(long, required = true)]
        corpus: Vec<PathBuf>,
    },
    /// The vectors of words in marey-features, distilled from a sentence encoder (minutes).
    #[cfg(feature = "word-vectors")]
    WordVectors {
        /// Folder of the encoder: config.json, vocab.txt and model.safetensors of a BERT.
        #[arg(long)]
        encoder: PathBuf,
        /// Folder of a corpus whose words are added; may be given several times.
        #[arg(long)]
        corpus: Vec<PathBuf>,
    },
    /// The rows behind every mark against those official Vega computes (needs node).
    Rows {
        /// Folder of `*.vl.json` files; subfolders are searched too.
        #[arg(long)]
        specs: PathBuf,
        /// Folder of the data the specs name; that of the npm package vega-datasets when absent.
        #[arg(long)]
        datasets: Option<PathBuf>,
        /// Lists the specs that are not claimed.
        #[arg(long)]
        verbose: bool,
    },
    /// The features of VizML against the outputs of its authors' code.
    Vizml {
        /// Folder with `tables` and `features`.
        #[arg(long)]
        golden: PathBuf,
        /// Changes this feature of ours first, to show that the comparison can fail.
        #[arg(long, value_name = "FEATURE")]
        break_feature: Option<String>,
        /// Lists every unexplained value.
        #[arg(long)]
        verbose: bool,
    },
    /// Vega-Lite specs against the official schema, compiler and runtime (needs node).
    VegaCheck {
        /// Folder of `*.vl.json` files; subfolders are searched too.
        folder: PathBuf,
        /// Where addresses of data are looked up; each spec's own folder when absent.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Ci => ci::run(&root()),
        Task::Tidy => tidy::run(&root()),
        Task::Calibrate {
            draws,
            rows,
            seed,
            only,
            out,
        } => calibrate::run(&root(), draws, rows, seed, only.as_deref(), out.as_deref()),
        Task::Traps { tables, seed, only } => traps::run(tables, seed, only.as_deref()),
        Task::Nvbench { from, pages, items } => nvbench::run(&from, pages.as_deref(), items.as_deref()),
        Task::Codegen { check } => codegen::run(&root(), check),
        Task::Croissant { corpora } if corpora.is_empty() => {
            croissant::run(&root(), &[root().join("examples/data")])
        }
        Task::Croissant { corpora } => croissant::run(&root(), &corpora),
        Task::Specs { from, verbose, draw } => specs::run(&from, verbose, draw),
        Task::Personal {
            positives,
            negatives,
            verbose,
        } => personal::run(positives.as_deref(), negatives.as_deref(), verbose),
        Task::ReferenceLists { from } => reference_lists::run(&root(), &from),
        Task::Recommended { tables, release } => recommended::run(&root(), &tables, release),
        Task::Reports { tables } => reports::run(&root(), &tables),
        Task::RequestVocabulary { corpus } => request_vocabulary::run(&root(), &corpus),
        Task::Rows {
            specs,
            datasets,
            verbose,
        } => rows::run(&specs, datasets, verbose),
        Task::Vizml {
            golden,
            break_feature,
            verbose,
        } => vizml::run(&golden, break_feature.as_deref(), verbose),
        #[cfg(feature = "word-vectors")]
        Task::WordVectors { encoder, corpus } => word_vectors::run(&root(), &encoder, &corpus),
        Task::VegaCheck { folder, data } => vega_check::run(&folder, data.as_deref()),
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default()
}
