//! `marey corpus admit`: which files of a corpus may be used for a purpose.

use std::fmt::Write;

use anyhow::bail;
use clap::Args;
use marey_corpus::{
    Decision, LicenceClass, LicenceTable, Obligation,
    admission::{Admission, Display, Egress, Evaluate, Loader, PurposeType, Ship, Train},
    manifest::Manifest,
    sourcing,
};
use serde_json::json;

use super::place::{PolicyArguments, WantedFor, read};
use crate::{arguments::Format, output, progress::Progress};

/// Arguments of `marey corpus admit`.
#[derive(Args)]
pub struct AdmitArguments {
    #[command(flatten)]
    place: PolicyArguments,
    /// First profile the tables of which nobody has said how personal their columns are, and write it into the manifest
    #[arg(long)]
    record_personal: bool,
    /// Column that names persons: keep which tables have rows of whom, by keyed hashes (needs --key)
    #[arg(long, value_name = "COLUMN", requires = "key")]
    subjects: Vec<String>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Decides on every file and prints the decisions.
pub fn run(arguments: AdmitArguments) -> anyhow::Result<()> {
    let progress = Progress::start("admitting");
    if arguments.record_personal {
        record_personal(&arguments.place)?;
    }
    match arguments.place.purpose {
        WantedFor::Train => admit::<Train>(&arguments, progress),
        WantedFor::Evaluate => admit::<Evaluate>(&arguments, progress),
        WantedFor::Ship => admit::<Ship>(&arguments, progress),
        WantedFor::Display => admit::<Display>(&arguments, progress),
        WantedFor::Egress => admit::<Egress>(&arguments, progress),
    }
}

fn admit<P: PurposeType>(arguments: &AdmitArguments, progress: Progress) -> anyhow::Result<()> {
    let mut loader: Loader<P> = arguments.place.open("admit")?;
    if let (Some(key), false) = (arguments.place.key()?, arguments.subjects.is_empty()) {
        loader.index_subjects(&arguments.subjects, &key)?;
    }
    drop(progress);
    let text = match output::format(arguments.format) {
        Format::Json => as_json(&loader),
        Format::Text => as_text(&loader)?,
    };
    output::print(text.as_bytes())?;
    let (denied, all) = (loader.denied().count(), loader.files().count());
    if denied > 0 {
        bail!("{denied} of {all} files are denied for {}", P::PURPOSE);
    }
    Ok(())
}

fn as_json<P: PurposeType>(loader: &Loader<P>) -> String {
    let files: Vec<_> = loader
        .files()
        .map(|(path, file)| match file {
            Admission::Admitted(admitted) => json!({
                "path": path,
                "allowed": true,
                "digest": admitted.digest(),
                "licence": admitted.asset().rights.licence,
                "obligations": admitted.obligations(),
                "columns": admitted.columns(),
            }),
            Admission::Denied(decision) => json!({ "path": path, "allowed": false, "decision": decision }),
        })
        .collect();
    format!("{}\n", json!({ "purpose": P::PURPOSE, "files": files }))
}

fn as_text<P: PurposeType>(loader: &Loader<P>) -> anyhow::Result<String> {
    let table = LicenceTable::shipped()?;
    let mut text = String::new();
    for (path, file) in loader.files() {
        match file {
            Admission::Admitted(admitted) => {
                let class = LicenceClass::of(admitted.asset().rights.licence.as_ref(), &table);
                let _ = write!(text, "allowed  {path} ({class})");
                if admitted.obligations().contains(&Obligation::Attribute) {
                    text.push_str(", credit has to be given");
                }
                for column in admitted.columns() {
                    let _ = write!(
                        text,
                        ", column {} is changed ({})",
                        column.column,
                        effect(column.effect)
                    );
                }
                text.push('\n');
            }
            Admission::Denied(decision) => {
                let _ = writeln!(text, "denied   {path}: {}", because(decision));
            }
        }
    }
    Ok(text)
}

fn effect(effect: marey_corpus::ColumnEffect) -> &'static str {
    match effect {
        marey_corpus::ColumnEffect::Drop => "dropped",
        marey_corpus::ColumnEffect::Hash => "hashed",
        marey_corpus::ColumnEffect::Bucket => "in ranges",
        marey_corpus::ColumnEffect::Mask => "masked",
    }
}

fn because(decision: &Decision) -> String {
    let text = decision.to_string();
    text.split_once("; ")
        .map_or(text.clone(), |(_, reasons)| reasons.to_owned())
}

/// Profiles the tables of which nobody has said how personal their columns are, and writes what was found into the
/// manifest.
fn record_personal(place: &PolicyArguments) -> anyhow::Result<()> {
    let path = place.corpus.join("croissant.json");
    let mut manifest: Manifest = read(&path)?.parse()?;
    let assets = manifest.assets();
    let mut changed = false;
    for (file, asset) in manifest.files.iter_mut().zip(assets) {
        if asset.rights.personal.is_some() || file.content_url.contains("://") {
            continue;
        }
        let contents = std::fs::read(file.path_in(&place.corpus)?)?;
        // What is no table stays unknown: nobody has looked.
        if let Some(levels) = sourcing::look(&file.content_url, contents) {
            file.rights = Some(asset.rights.with_levels(&levels));
            changed = true;
        }
    }
    if changed {
        let text = serde_json::to_string_pretty(&manifest.to_json())?;
        output::write(&path, format!("{text}\n").as_bytes())?;
    }
    Ok(())
}
