//! The `marey` command: a table in; a report, a profile, charts, a drawing or a redacted table out.
//!
//! Exit codes: 0 done, 1 bad input, 2 bad usage. Errors are one message on stderr.

mod arguments;
mod ask;
mod corpus;
mod each_file;
mod evaluate;
mod failure;
mod features;
mod input;
mod insights;
mod leaderboard;
mod model;
mod output;
mod pack;
mod profile;
mod progress;
mod recommend;
mod redact;
mod render;
mod report;
mod train;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Report(arguments) => report::run(arguments),
        Command::Profile(arguments) => profile::run(arguments),
        Command::Recommend(arguments) => recommend::run(arguments),
        Command::Redact(arguments) => redact::run(arguments),
        Command::Ask(arguments) => ask::run(arguments),
        Command::Insights(arguments) => insights::run(arguments),
        Command::Features(arguments) => features::run(arguments),
        Command::Render(arguments) => render::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments),
        Command::Leaderboard(arguments) => leaderboard::run(&arguments),
        Command::Train(arguments) => train::run(arguments),
        Command::Pack(arguments) => pack::run(arguments),
        Command::Corpus(arguments) => corpus::run(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}
