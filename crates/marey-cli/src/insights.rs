//! `marey insights`: what is worth saying about each table, one JSON object per line, or as text.

use std::fmt::Write;

use marey::{
    Locale, MineOptions, Mining, Story, StoryOptions, Words,
    insight::{claims, mine, story},
    profile::{ProfileOptions, profile},
    shown,
};
use serde_json::{Value, json};

use crate::{
    arguments::{Format, InsightsArguments, StoryFormat},
    failure::{self, BadUsage},
    input, output,
    progress::Progress,
};

/// Mines every table; a table that cannot be read is named and the others go on.
pub fn run(arguments: InsightsArguments) -> anyhow::Result<()> {
    let options = options(&arguments)?;
    let files = input::expand(&arguments.tables)?;
    let format = format(arguments.format);
    let language = Locale::new(&arguments.language);
    let words = Words::new(language.map_err(|error| BadUsage(format!("--language: {error}")))?);
    let telling = StoryOptions::default();
    let progress = Progress::start("mining");
    let mut lines = String::new();
    let mut failures = 0;
    for file in &files {
        progress.stage(format!("mining {}", file.display()));
        let table = match input::table(file, &arguments.read) {
            Ok(table) => table,
            Err(error) if files.len() == 1 => return Err(error),
            Err(error) => {
                failure::report(&error);
                failures += 1;
                continue;
            }
        };
        let (table, profile) = match arguments.privacy.show_personal {
            true => {
                let profile = profile(&table.value, &ProfileOptions::default());
                (table.value, profile)
            }
            false => shown(&table.value),
        };
        let mining = mine(&table, &profile, &options);
        let story = story(&mining, &table, &profile, &words, &telling);
        let stem = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for claim in claims(&stem, &mining) {
            let _ = writeln!(lines, "{claim}");
        }
        let text = match format {
            StoryFormat::Json => format!("{}\n", as_json(table.name(), &mining, &story)?),
            StoryFormat::Text => as_text(&mining, &story),
            StoryFormat::Markdown => story.to_markdown(),
        };
        output::print(text.as_bytes())?;
    }
    if let Some(path) = &arguments.claims {
        output::write(path, lines.as_bytes())?;
    }
    if failures > 0 {
        anyhow::bail!("{failures} of {} tables could not be read", files.len());
    }
    Ok(())
}

/// What was typed, as the miner takes it.
fn options(arguments: &InsightsArguments) -> anyhow::Result<MineOptions> {
    if !(arguments.fdr > 0.0 && arguments.fdr <= 0.5) {
        anyhow::bail!(BadUsage(format!(
            "--fdr is {}; it must be above 0 and at most 0.5",
            arguments.fdr
        )));
    }
    Ok(MineOptions {
        fdr: arguments.fdr,
        top: usize::from(arguments.top),
        ..MineOptions::default()
    })
}

/// What was mined, and under `story` how it is told.
fn as_json(table: &str, mining: &Mining, story: &Story) -> anyhow::Result<Value> {
    let mut value = serde_json::to_value(mining)?;
    value["table"] = json!(table);
    value["story"] = story.to_json();
    Ok(value)
}

fn as_text(mining: &Mining, story: &Story) -> String {
    let mut text = story.to_text();
    for warning in &mining.warnings {
        let _ = writeln!(text, "  ! {warning}");
    }
    text
}

/// JSON on a pipe, text on a terminal, unless said otherwise.
fn format(asked: Option<StoryFormat>) -> StoryFormat {
    asked.unwrap_or(match output::format(None) {
        Format::Json => StoryFormat::Json,
        Format::Text => StoryFormat::Text,
    })
}
