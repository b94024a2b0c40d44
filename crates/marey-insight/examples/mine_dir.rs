//! Mines every table of a folder and writes claims, one JSON object per line; with a second folder, the story of
//! each table too.
//!
//! `cargo run --release -p marey-insight --example mine_dir -- DIR CLAIMS.jsonl [FILTER [STORIES]]`

use std::{error::Error, fs, io::Write, time::Instant};

use marey_insight::{Locale, MineOptions, StoryOptions, Words, claims, mine, story, test_family};
use marey_profile::{ProfileOptions, profile};
use marey_table::read::{ReadOptions, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: mine_dir DIR CLAIMS.jsonl [FILTER [STORIES]]".into());
    };
    let filter = arguments.next().unwrap_or_default();
    let stories = arguments.next();
    let words = Words::new(Locale::default());
    let mut files: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    files.retain(|file| file.to_string_lossy().contains(&filter));
    files.sort();
    let mut claims_file = std::io::BufWriter::new(fs::File::create(output)?);
    let mut mining_time = 0.0;
    let mut hypotheses = 0;
    for file in &files {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let table = read(&name, fs::read(file)?, &ReadOptions::default())?.value;
        let profile = profile(&table, &ProfileOptions::default());
        let start = Instant::now();
        let mining = mine(&table, &profile, &MineOptions::default());
        mining_time += start.elapsed().as_secs_f64();
        hypotheses += mining.family.hypotheses;
        if std::env::var_os("EVERY").is_some() {
            for tested in test_family(&table, &profile, &MineOptions::default()) {
                println!(
                    "{name}\t{}\t{:?}\t{:e}",
                    tested.kind,
                    tested.columns.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
                    tested.p
                );
            }
        }
        if let Some(folder) = &stories {
            let story = story(&mining, &table, &profile, &words, &StoryOptions::default());
            let file = std::path::Path::new(folder).join(format!("{name}.json"));
            fs::write(file, serde_json::to_string(&story.to_json())?)?;
        }
        for claim in claims(&name, &mining) {
            writeln!(claims_file, "{claim}")?;
        }
    }
    let count = files.len().max(1) as f64;
    eprintln!(
        "{} tables, {:.2} ms and {:.0} hypotheses each",
        files.len(),
        mining_time / count * 1e3,
        hypotheses as f64 / count
    );
    Ok(())
}
