//! The meanings that profiles give to columns, against hand-checked labels.
//!
//! The folder holds `labels.csv` (columns `File`, `FieldOffset`, `SemanticType`, `BaseType`, after
//! the semantic-types corpus of the FTA project) and the files that it names. Files are split by
//! portal, the second part of their path, so that rules may be tuned on one half and judged on the
//! other.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use arrow::{array::AsArray, datatypes::DataType};
use marey_core::{PhysicalType, SemanticType};
use marey_profile::{ProfileOptions, profile};
use marey_table::{
    Table,
    read::{CsvOptions, read_csv},
};

/// Which portals are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Half {
    /// Those on which rules may be tuned.
    Tune,
    /// Those that are kept for judging.
    Judge,
    /// All.
    All,
}

/// What is compared.
pub struct Settings {
    /// Which portals.
    pub half: Half,
    /// Whether columns are stripped of their names first.
    pub nameless: bool,
    /// Whether each miss is listed.
    pub verbose: bool,
}

/// Types that the labels decide: a column without a label has none of them. Labels of personal data
/// (e-mail, telephone) are not in the set, so nothing can be said of these.
const JUDGED: [SemanticType; 12] = [
    SemanticType::Boolean,
    SemanticType::City,
    SemanticType::Country,
    SemanticType::Date,
    SemanticType::Latitude,
    SemanticType::Longitude,
    SemanticType::Month,
    SemanticType::PostalCode,
    SemanticType::Region,
    SemanticType::Url,
    SemanticType::Weekday,
    SemanticType::Year,
];

/// A labelled column.
struct Label {
    offset: usize,
    name: String,
    /// What the label means in our words; none where it names nothing that we have a word for.
    meaning: Option<SemanticType>,
    /// The label as it stands.
    text: String,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    hits: u32,
    false_alarms: u32,
    misses: u32,
}

impl Tally {
    fn f1(&self) -> f64 {
        let all = 2 * self.hits + self.false_alarms + self.misses;
        f64::from(2 * self.hits) / f64::from(all.max(1))
    }
}

/// Prints precision, recall and F1 per type.
pub fn run(folder: &Path, settings: &Settings) -> Result<()> {
    let mut tallies: BTreeMap<SemanticType, Tally> = BTreeMap::new();
    let (mut tables, mut columns) = (0, 0);
    for (file, labels) in labels(folder, settings.half)? {
        let bytes = std::fs::read(folder.join(&file)).with_context(|| format!("cannot read {file}"))?;
        let table = match read_csv(&file, &bytes, &CsvOptions::default()) {
            Ok(read) => read.value,
            Err(error) => {
                println!("{file}: {error}");
                continue;
            }
        };
        tables += 1;
        columns += labels.len();
        judge(&table, &labels, settings, &mut tallies)?;
    }
    println!("{tables} tables, {columns} columns");
    println!("type              hits  false  missed  precision  recall     F1");
    for (semantic, tally) in &tallies {
        let precision = f64::from(tally.hits) / f64::from((tally.hits + tally.false_alarms).max(1));
        let recall = f64::from(tally.hits) / f64::from((tally.hits + tally.misses).max(1));
        println!(
            "{:<16} {:>5} {:>6} {:>7} {precision:>10.3} {recall:>7.3} {:>6.3}",
            semantic.as_str(),
            tally.hits,
            tally.false_alarms,
            tally.misses,
            tally.f1()
        );
    }
    let frequent: Vec<&Tally> = tallies
        .values()
        .filter(|tally| tally.hits + tally.misses >= 5)
        .collect();
    let macro_f1 = frequent.iter().map(|tally| tally.f1()).sum::<f64>() / frequent.len().max(1) as f64;
    let sum = tallies.values().fold(Tally::default(), |sum, tally| Tally {
        hits: sum.hits + tally.hits,
        false_alarms: sum.false_alarms + tally.false_alarms,
        misses: sum.misses + tally.misses,
    });
    println!(
        "macro F1 over {} types with five columns or more: {macro_f1:.3}; micro F1: {:.3}",
        frequent.len(),
        sum.f1()
    );
    Ok(())
}

fn judge(
    table: &Table,
    labels: &[Label],
    settings: &Settings,
    tallies: &mut BTreeMap<SemanticType, Tally>,
) -> Result<()> {
    let table = if settings.nameless {
        nameless(table)?
    } else {
        table.clone()
    };
    let profile = profile(&table, &ProfileOptions::default());
    for label in labels {
        let Some(column) = profile.columns.get(label.offset) else {
            println!("{}: no column {}", table.name(), label.offset);
            continue;
        };
        if column.physical_type == PhysicalType::Empty {
            continue;
        }
        let found = column.semantic_type.filter(|found| JUDGED.contains(found));
        if let Some(wanted) = label.meaning {
            let tally = tallies.entry(wanted).or_default();
            if found == Some(wanted) {
                tally.hits += 1;
            } else {
                tally.misses += 1;
            }
        }
        if let Some(found) = found
            && label.meaning != Some(found)
        {
            tallies.entry(found).or_default().false_alarms += 1;
        }
        if settings.verbose && found != label.meaning {
            let examples: Vec<&str> = column.top.iter().take(4).map(|top| top.value.as_str()).collect();
            println!(
                "{} [{}] `{}`: {} for `{}`, {} {} distinct, {examples:?}",
                table.name(),
                label.offset,
                label.name,
                column.semantic_type.map_or("nothing", SemanticType::as_str),
                label.text,
                column.physical_type.as_str(),
                column.distinct.value,
            );
        }
    }
    Ok(())
}

/// The table with numbers for names.
fn nameless(table: &Table) -> Result<Table> {
    let columns = (0..table.columns()).map(|index| {
        let pieces: Vec<&dyn arrow::array::Array> = table.column(index).map(AsRef::as_ref).collect();
        let array = arrow::compute::concat(&pieces)?;
        Ok((format!("column {index}").into(), array))
    });
    let notes = (0..table.columns())
        .map(|index| table.note(index).clone())
        .collect();
    let columns = columns.collect::<Result<Vec<_>>>()?;
    Ok(Table::from_columns(table.name(), columns)?.with_notes(notes))
}

/// The labels of each file of a half, by file.
fn labels(folder: &Path, half: Half) -> Result<BTreeMap<String, Vec<Label>>> {
    let path = folder.join("labels.csv");
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let table = read_csv("labels", &bytes, &CsvOptions::default())?.value;
    let column = |name: &str| -> Result<Vec<String>> {
        let index = table
            .column_index(&name.into())
            .with_context(|| format!("labels.csv has no column `{name}`"))?;
        let mut cells = Vec::with_capacity(table.rows());
        for array in table.column(index) {
            let texts = arrow::compute::cast(array, &DataType::Utf8)?;
            cells.extend(
                texts
                    .as_string::<i32>()
                    .iter()
                    .map(|cell| cell.unwrap_or_default().to_owned()),
            );
        }
        Ok(cells)
    };
    let (files, offsets, names) = (column("File")?, column("FieldOffset")?, column("FieldName")?);
    let (semantics, bases) = (column("SemanticType")?, column("BaseType")?);
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for (row, file) in files.into_iter().enumerate() {
        let portal = file.split('/').nth(1).unwrap_or_default();
        if half == Half::All || half_of(portal) == half {
            labels.entry(file).or_default().push(Label {
                offset: offsets[row].parse()?,
                name: names[row].clone(),
                meaning: meaning(&semantics[row], &bases[row]),
                text: semantics[row].clone(),
            });
        }
    }
    Ok(labels)
}

/// The half that a portal is in: by a hash of its name (FNV-1a), so that it never changes.
fn half_of(portal: &str) -> Half {
    let hash = portal.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    if hash >> 32 & 1 == 0 {
        Half::Tune
    } else {
        Half::Judge
    }
}

/// A label of the corpus in our words.
fn meaning(label: &str, base: &str) -> Option<SemanticType> {
    use SemanticType as S;
    Some(match label {
        "yyyy" => S::Year,
        "YES_NO" | "Y_N" | "TRUE_FALSE" | "ONE_ZERO" => S::Boolean,
        "COORDINATE.LATITUDE_DECIMAL" => S::Latitude,
        "COORDINATE.LONGITUDE_DECIMAL" => S::Longitude,
        "URI.URL" => S::Url,
        "CITY" | "STATE_PROVINCE.MUNICIPALITY_CO" | "STATE_PROVINCE.SUBURB_AU" => S::City,
        "DAY.DIGITS" => return None,
        _ if label.starts_with("POSTAL_CODE.") => S::PostalCode,
        _ if label.starts_with("COUNTRY.") => S::Country,
        _ if label.starts_with("STATE_PROVINCE.COUNTY") => return None,
        _ if label.starts_with("STATE_PROVINCE.") => S::Region,
        _ if label.starts_with("MONTH.") => S::Month,
        _ if label.starts_with("DAY.") => S::Weekday,
        _ if matches!(
            base,
            "LocalDate" | "LocalDateTime" | "OffsetDateTime" | "ZonedDateTime"
        ) =>
        {
            S::Date
        }
        _ => return None,
    })
}
