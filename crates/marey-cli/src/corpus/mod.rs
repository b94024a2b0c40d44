//! `marey corpus`: data sets, from their public form to what may be read.

mod admit;
mod audit;
#[cfg(unix)]
mod behind;
mod card;
mod generate;
mod import;
mod lineage;
mod lock;
mod overlap;
mod place;
mod reach;
mod run;
mod trace;
mod verify;
mod withdraw;

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
    /// Make requests for the tables of a corpus, each with the chart that answers it
    Generate(generate::GenerateArguments),
    /// Ask a policy which files of a corpus may be used for a purpose; exit code 1 where one may not
    Admit(admit::AdmitArguments),
    /// Run a program that can open what was admitted and nothing else
    Run(run::RunArguments),
    /// Put up a fence and become the program behind it; started by `run`
    #[cfg(unix)]
    #[command(hide = true)]
    BehindFence(behind::BehindArguments),
    /// Check the files of a corpus against their hashes, or weights against what they were made from
    Verify(verify::VerifyArguments),
    /// Describe weights (or a corpus) in Markdown, CycloneDX, OpenLineage or a draft training summary
    Card(card::CardArguments),
    /// Show what was made of what, or add what was made of weights
    Lineage(lineage::LineageArguments),
    /// Take contents, a licence or a person out of use, and list everything that was made of them
    Withdraw(withdraw::WithdrawArguments),
    /// Check the audit log, and list it
    Audit(audit::AuditArguments),
    /// Pin the contents of corpora in a lock file, or check them against it
    Lock(lock::LockArguments),
    /// Say which tables and requests of one corpus are in another, by contents
    Overlap(overlap::OverlapArguments),
}

/// Does what was asked.
pub fn run(arguments: CorpusArguments) -> anyhow::Result<()> {
    match arguments.command {
        CorpusCommand::Import(arguments) => import::run(arguments),
        CorpusCommand::Generate(arguments) => generate::run(arguments),
        CorpusCommand::Admit(arguments) => admit::run(arguments),
        CorpusCommand::Run(arguments) => run::run(arguments),
        #[cfg(unix)]
        CorpusCommand::BehindFence(arguments) => behind::run(&arguments),
        CorpusCommand::Verify(arguments) => verify::run(arguments),
        CorpusCommand::Card(arguments) => card::run(arguments),
        CorpusCommand::Lineage(arguments) => lineage::run(arguments),
        CorpusCommand::Withdraw(arguments) => withdraw::run(arguments),
        CorpusCommand::Audit(arguments) => audit::run(arguments),
        CorpusCommand::Lock(arguments) => lock::run(arguments),
        CorpusCommand::Overlap(arguments) => overlap::run(arguments),
    }
}
