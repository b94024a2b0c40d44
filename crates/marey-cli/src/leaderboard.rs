//! `marey leaderboard`: several evaluations on one page.

use marey_lab::Leaderboard;

use crate::{arguments::LeaderboardArguments, output};

/// Writes the page and its figures, and prints where.
pub fn run(arguments: &LeaderboardArguments) -> anyhow::Result<()> {
    let boards = Leaderboard::of(&arguments.runs)?;
    Leaderboard::write(&boards, &arguments.out)?;
    output::print(format!("{}\n", arguments.out.join("leaderboard.html").display()).as_bytes())
}
