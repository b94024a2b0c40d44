//! `marey corpus`: data sets, from their public form to what may be read.

mod import;

use clap::{Args, Subcommand};

/// Arguments of `marey corpus`.
#[derive(Args)]
pub struct CorpusArguments {
    #[command(subcommand)]
    command: CorpusCommand,
}

#[derive(Subcommand)]
enum CorpusCommand {
    /// Turn a public release or a folder of tables into a corpus
    Import(import::ImportArguments),
}

/// Does what was asked.
pub fn run(arguments: CorpusArguments) -> anyhow::Result<()> {
    match arguments.command {
        CorpusCommand::Import(arguments) => import::run(arguments),
    }
}
