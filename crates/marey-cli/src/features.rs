//! `marey features`: the features of tables for models, one line of JSON per table, or a file.

use std::{fmt::Write, path::Path};

use anyhow::bail;
use marey::{
    TableProfile,
    features::{
        column::{COLUMN_FEATURES_VERSION, ColumnFeatures, column_features},
        export,
        vizml::{NamedFeatures, VizmlFeatures, vizml_features},
    },
    profile::{ProfileOptions, profile},
};
use serde_json::{Map, Value, json};

use crate::{
    arguments::{FeaturePart, FeatureSet, FeaturesArguments, Format},
    each_file::each_file,
    failure::{self, BadUsage},
    input, output,
    progress::Progress,
};

/// The features of one table.
enum Features {
    Vizml(VizmlFeatures),
    Model(Box<TableProfile>, ColumnFeatures),
}

/// Prints the features of every table, or writes those of one to a file; a table that cannot be read is
/// told in its place and the others go on.
pub fn run(arguments: FeaturesArguments) -> anyhow::Result<()> {
    let files = input::expand(&arguments.tables)?;
    let progress = Progress::start("features");
    if let Some(path) = &arguments.output {
        let [file] = files.as_slice() else {
            bail!(BadUsage(format!(
                "`--output` takes the features of one table, and there are {}",
                files.len()
            )));
        };
        let bytes = written(&featured(file, &arguments)?, path, arguments.part)?;
        return output::write(path, &bytes);
    }
    let format = output::format(arguments.format);
    let is_single = files.len() == 1 && !arguments.tables.iter().any(|path| path.is_dir());
    if is_single {
        let features = featured(&files[0], &arguments)?;
        return output::print(printed(&features, None, format).as_bytes());
    }
    let mut failures = 0;
    each_file(
        &files,
        |file| featured(file, &arguments),
        |file, features| {
            progress.stage(format!("features of {}", file.display()));
            let text = match features {
                Ok(features) => printed(&features, Some(file), format),
                Err(error) => {
                    failures += 1;
                    failed(file, &error, format)
                }
            };
            output::print(text.as_bytes())
        },
    )?;
    if failures > 0 {
        bail!("{failures} of {} tables could not be read", files.len());
    }
    Ok(())
}

fn featured(file: &Path, arguments: &FeaturesArguments) -> anyhow::Result<Features> {
    let table = input::table(file, &arguments.read)?.value;
    let profile = profile(&table, &ProfileOptions::default());
    Ok(match arguments.set {
        FeatureSet::Vizml => Features::Vizml(vizml_features(&table, &profile)),
        FeatureSet::Model => {
            let features = column_features(&profile);
            Features::Model(Box::new(profile), features)
        }
    })
}

/// What stands in the place of a table that could not be read.
fn failed(file: &Path, error: &anyhow::Error, format: Format) -> String {
    let error = failure::in_one_line(error);
    match format {
        Format::Json => format!("{}\n", json!({ "path": file.to_string_lossy(), "error": error })),
        Format::Text => format!("{}: {error}\n", file.display()),
    }
}

/// The bytes of a file whose ending says its format.
fn written(features: &Features, path: &Path, part: FeaturePart) -> anyhow::Result<Vec<u8>> {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match (ending.as_deref(), features) {
        (Some("json"), features) => Ok(printed(features, None, Format::Json).into_bytes()),
        (Some("arrow"), Features::Vizml(features)) => {
            let batch = match part {
                FeaturePart::Columns => export::vizml_column_batch(features)?,
                FeaturePart::Pairs => export::vizml_pair_batch(features)?,
                FeaturePart::Table => export::vizml_table_batch(features)?,
            };
            Ok(export::arrow_file(&batch)?)
        }
        (Some("arrow"), Features::Model(profile, features)) => {
            if part != FeaturePart::Columns {
                bail!(BadUsage(
                    "the set `model` has no part but `columns` in Arrow files".into()
                ));
            }
            let names: Vec<&str> = profile
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            Ok(export::arrow_file(&export::column_batch(features, &names)?)?)
        }
        (Some("safetensors"), Features::Vizml(features)) => Ok(export::vizml_safetensors(features)?),
        (Some("safetensors"), Features::Model(_, features)) => Ok(export::column_safetensors(features)?),
        _ => bail!(BadUsage(format!(
            "`{}` must end in .json, .arrow or .safetensors",
            path.display()
        ))),
    }
}

fn printed(features: &Features, path: Option<&Path>, format: Format) -> String {
    match format {
        Format::Json => {
            let mut value = as_json(features);
            if let Some(path) = path {
                value["path"] = json!(path.to_string_lossy());
            }
            format!("{value}\n")
        }
        Format::Text => as_text(features),
    }
}

fn as_json(features: &Features) -> Value {
    match features {
        Features::Vizml(features) => json!({
            "set": "vizml",
            "version": features.version,
            "columns": features.columns.iter().map(|column| json!({
                "name": column.name,
                "features": column.features,
                "reasons": reasons(&column.features),
            })).collect::<Vec<_>>(),
            "pairs": features.pairs.iter().map(|pair| json!({
                "a": pair.a,
                "b": pair.b,
                "features": pair.features,
                "reasons": reasons(&pair.features),
            })).collect::<Vec<_>>(),
            "table": features.table,
            "reasons": reasons(&features.table),
        }),
        Features::Model(profile, features) => json!({
            "set": "model",
            "version": COLUMN_FEATURES_VERSION,
            "columns": profile.columns.iter().enumerate().map(|(at, column)| json!({
                "name": column.name,
                "features": named(ColumnFeatures::names().map(|feature| feature.name), features.column(at).unwrap_or_default()),
            })).collect::<Vec<_>>(),
            "table": named(ColumnFeatures::table_names().map(|feature| feature.name), &features.table),
        }),
    }
}

/// Why features without a value have none.
fn reasons(features: &NamedFeatures) -> Map<String, Value> {
    let reasons = features.reasons();
    reasons
        .map(|(name, reason)| (name.to_owned(), json!(reason.as_str())))
        .collect()
}

fn named(names: impl Iterator<Item = &'static str>, values: &[f32]) -> Map<String, Value> {
    names
        .zip(values)
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}

/// One line per value: whose it is, the feature, and the value or why there is none.
fn as_text(features: &Features) -> String {
    let mut text = String::new();
    let mut add = |whose: &str, name: &str, value: String| {
        let _ = writeln!(text, "{whose}\t{name}\t{value}");
    };
    match features {
        Features::Vizml(features) => {
            let mut add_all = |whose: &str, named: &NamedFeatures| {
                for (name, value) in named.iter() {
                    let shown = value
                        .reason()
                        .map_or_else(|| json!(value).to_string(), |reason| format!("- ({reason})"));
                    add(whose, name, shown);
                }
            };
            for column in &features.columns {
                add_all(&column.name, &column.features);
            }
            for pair in &features.pairs {
                add_all(&format!("{} × {}", pair.a, pair.b), &pair.features);
            }
            add_all("table", &features.table);
        }
        Features::Model(profile, features) => {
            for (at, column) in profile.columns.iter().enumerate() {
                let values = features.column(at).unwrap_or_default();
                for (feature, value) in ColumnFeatures::names().zip(values) {
                    add(column.name.as_str(), feature.name, value.to_string());
                }
            }
            for (feature, value) in ColumnFeatures::table_names().zip(&features.table) {
                add("table", feature.name, value.to_string());
            }
        }
    }
    text
}
