//! `croissant`: corpora that Marey wrote against `mlcroissant`, the reference reader of the standard.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use arrow::{
    array::{Array, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType},
};
use marey_corpus::{
    Digest,
    manifest::{FileObject, Manifest, RecordSet},
};
use marey_table::{
    Table,
    read::{CsvOptions, ReadOptions, read},
};
use serde_json::{Value, json};

/// The Python that has `mlcroissant`: that of `MAREY_PYTHON`, or `python3`.
fn python() -> String {
    std::env::var("MAREY_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// Whether the reference reader is there.
pub fn is_present() -> bool {
    let imported = Command::new(python())
        .args(["-c", "import mlcroissant"])
        .stderr(Stdio::null())
        .status();
    imported.is_ok_and(|status| status.success())
}

/// Checks corpora: each has to validate, load, and give the rows that Marey reads. Then the two documents that the
/// reference reader passes and Marey must not.
pub fn run(root: &Path, corpora: &[PathBuf]) -> Result<()> {
    ensure!(
        is_present(),
        "no mlcroissant: `pip install mlcroissant`, or name a Python that has it in MAREY_PYTHON"
    );
    let scratch = crate::program::target(root).join("croissant");
    fs::create_dir_all(&scratch)?;
    let scratch = scratch.canonicalize()?;
    let mut requests = Vec::new();
    for (number, corpus) in corpora.iter().enumerate() {
        let corpus = corpus
            .canonicalize()
            .with_context(|| corpus.display().to_string())?;
        let rows = scratch.join(format!("{number}.json"));
        fs::write(&rows, json!(rows_of(&corpus)?).to_string())?;
        requests.push(json!({ "corpus": corpus, "rows": rows }));
    }
    let mut failed = 0;
    for answer in ask(root, &requests)? {
        let list = |member: &str| answer[member].as_array().cloned().unwrap_or_default();
        let findings: Vec<Value> = list("errors").into_iter().chain(list("different")).collect();
        println!(
            "{}: {} record sets, {} rows, {} findings",
            answer["corpus"].as_str().unwrap_or("?"),
            answer["sets"],
            answer["rows"],
            findings.len()
        );
        failed += usize::from(!findings.is_empty());
        for finding in findings {
            println!("  {finding}");
        }
    }
    ensure!(
        failed == 0,
        "{failed} of {} corpora are not what mlcroissant reads",
        corpora.len()
    );
    passed_wrongly(root, &scratch)
}

/// The rows of every record set, as Marey reads them.
fn rows_of(corpus: &Path) -> Result<BTreeMap<String, Vec<Vec<Value>>>> {
    let manifest: Manifest = fs::read_to_string(corpus.join("croissant.json"))?.parse()?;
    // Written again, so that identifiers are those that stand in the file.
    let mut rows = BTreeMap::new();
    for set in &manifest.record_sets {
        let Some((file, columns)) = source(&manifest, set) else {
            continue;
        };
        let bytes = fs::read(file.path_in(corpus)?)?;
        let table = read(&file.content_url, bytes.clone(), &ReadOptions::default())?.value;
        let as_written = ReadOptions {
            csv: CsvOptions {
                infer_types: false,
                ..CsvOptions::default()
            },
            ..ReadOptions::default()
        };
        let as_written = read(&file.content_url, bytes, &as_written)?.value;
        let cells = cells(&table, &as_written, &columns);
        rows.insert(
            set.id.clone(),
            cells.with_context(|| format!("the table `{}`", file.content_url))?,
        );
    }
    Ok(rows)
}

/// A column that a record set takes.
struct Taken {
    name: String,
    /// Whether it is declared to be text: then its cells are what is written, however Marey reads them.
    as_written: bool,
}

/// The file and the columns that a record set takes.
fn source<'a>(manifest: &'a Manifest, set: &RecordSet) -> Option<(&'a FileObject, Vec<Taken>)> {
    let mut id = None;
    let mut columns = Vec::new();
    for field in &set.fields {
        let mut take = |name: &str| {
            columns.push(Taken {
                name: name.to_owned(),
                as_written: field.data_types.iter().any(|own| own == "sc:Text"),
            });
        };
        match &field.source {
            Some(source) => {
                id = Some(source.file.clone());
                take(&source.column);
            }
            // A member of the objects of a JSON file.
            None => {
                id = Some(
                    field
                        .rest
                        .get("source")?
                        .pointer("/fileObject/@id")?
                        .as_str()?
                        .to_owned(),
                );
                take(&field.name);
            }
        }
    }
    let id = id?;
    let file = manifest.files.iter().find(|file| file.id == id)?;
    Some((file, columns))
}

fn cells(typed: &Table, as_written: &Table, columns: &[Taken]) -> Result<Vec<Vec<Value>>> {
    let mut rows = vec![Vec::with_capacity(columns.len()); typed.rows()];
    for column in columns {
        let table = if column.as_written { as_written } else { typed };
        let index = table
            .column_index(&column.name.as_str().into())
            .with_context(|| format!("no column `{}`", column.name))?;
        let mut row = 0;
        for piece in table.column(index) {
            for value in values(piece.as_ref())? {
                rows[row].push(value);
                row += 1;
            }
        }
    }
    Ok(rows)
}

/// Cells as JSON has them, moments as seconds.
fn values(column: &dyn Array) -> Result<Vec<Value>> {
    Ok(match column.data_type() {
        DataType::Boolean => column.as_boolean().iter().map(|value| json!(value)).collect(),
        DataType::Int64 => column
            .as_primitive::<Int64Type>()
            .iter()
            .map(|value| json!(value))
            .collect(),
        DataType::Float64 => column
            .as_primitive::<Float64Type>()
            .iter()
            .map(|value| json!(value))
            .collect(),
        DataType::Decimal128(..) => return values(cast(column, &DataType::Float64)?.as_ref()),
        DataType::Date32 | DataType::Timestamp(..) => {
            let moments = cast(column, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
            let moments = moments.as_primitive::<TimestampMicrosecondType>();
            moments
                .iter()
                .map(|value| json!(value.map(|micros| micros as f64 / 1e6)))
                .collect()
        }
        DataType::Null => vec![Value::Null; column.len()],
        _ => {
            let texts = cast(column, &DataType::Utf8)?;
            texts
                .as_string::<i32>()
                .iter()
                .map(|value| json!(value))
                .collect()
        }
    })
}

/// The reference reader passes a data set without licence, and validates one with a wrong sha256; Marey
/// admits neither.
fn passed_wrongly(root: &Path, scratch: &Path) -> Result<()> {
    let folder = scratch.join("wrong");
    fs::create_dir_all(&folder)?;
    let text = "year,rain\n2023,790\n";
    fs::write(folder.join("rain.csv"), text)?;
    for (name, licences, digest) in [
        ("no licence", Vec::new(), Digest::of(text.as_bytes())),
        (
            "wrong sha256",
            vec!["CC0-1.0".to_owned()],
            Digest::of(b"something else"),
        ),
    ] {
        let manifest = Manifest {
            name: "rain".into(),
            description: "Rain".into(),
            licences,
            files: vec![FileObject {
                id: "rain.csv".into(),
                name: "rain.csv".into(),
                content_url: "rain.csv".into(),
                encoding_format: "text/csv".into(),
                digest: Some(digest),
                ..FileObject::default()
            }],
            ..Manifest::default()
        };
        let path = folder.join("croissant.json");
        fs::write(&path, manifest.to_json().to_string())?;
        let theirs = Command::new(python())
            .args(["-c", "import mlcroissant; mlcroissant.Dataset('croissant.json')"])
            .current_dir(&folder)
            .output()?;
        fs::write(
            folder.join("policy.toml"),
            "[purpose.train]\nrequire = [\"commercial\"]\nmining = \"any\"\n",
        )?;
        let marey = crate::program::build(root, false)?;
        let ours = Command::new(marey)
            .args(["corpus", "verify", "--format", "text"])
            .arg(&folder)
            .output()?;
        println!(
            "{name}: mlcroissant {}, marey {}",
            if theirs.status.success() {
                "passes it"
            } else {
                "refuses it"
            },
            if ours.status.success() {
                "passes it"
            } else {
                "refuses it"
            },
        );
        if ours.status.success() {
            bail!("marey passes a corpus with {name}");
        }
    }
    Ok(())
}

fn ask(root: &Path, requests: &[Value]) -> Result<Vec<Value>> {
    let mut child = Command::new(python())
        .arg(root.join("xtask/python/croissant_check.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    child
        .stdin
        .take()
        .context("python takes no lines")?
        .write_all(lines.as_bytes())?;
    let output = child.wait_with_output()?;
    let answers: Vec<Value> = String::from_utf8(output.stdout)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    ensure!(
        answers.len() == requests.len(),
        "mlcroissant ended after {} corpora",
        answers.len()
    );
    Ok(answers)
}
