//! [`Loader`]: a corpus behind a gate, for a run.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    marker::PhantomData,
    path::{Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use marey_core::Warned;
use marey_table::{
    Table, TableWarning,
    read::{ReadOptions, read},
};
use serde::de::DeserializeOwned;

use super::{Admission, Admitted, Gate, PurposeType, effects::column_texts};
use crate::{
    Asset, CorpusError, Decision, Digest, HashKey, LicenceTable, Policy,
    audit::{AuditEvent, OutcomeStatus},
    fence::{FencePlan, FenceStatus},
    folder::{EXAMPLES, Example, ExampleLines},
    ledger::{Ledger, broken, run_nodes},
    lineage::{LineageNode, NodeKind, RunInputs, Witness},
    manifest::{FileObject, Manifest},
};

/// Tells the time; only programs know clocks.
pub type Clock = fn() -> DateTime<Utc>;

/// Under what a corpus is read.
#[derive(Debug, Clone)]
pub struct LoaderOptions {
    /// The policy.
    pub policy: Policy,
    /// What licences mean.
    pub licences: LicenceTable,
    /// Key for columns that the policy wants hashed.
    pub key: Option<HashKey>,
    /// Name of the run, once in a ledger.
    pub run: String,
    /// Tells the time.
    pub clock: Clock,
    /// Bytes of one file at most.
    pub most_bytes: u64,
}

/// A corpus behind a gate, for a run: every file is decided on when it is opened, hands out what is allowed, and
/// witnesses what was read.
///
/// ```no_run
/// use std::path::Path;
///
/// use marey_corpus::{LicenceTable, admission::{Loader, LoaderOptions, Train}, fence::FencePlan, ledger::Ledger};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let options = LoaderOptions {
///     policy: std::fs::read_to_string("corpus/policy.toml")?.parse()?,
///     licences: LicenceTable::shipped()?,
///     key: None,
///     run: "run-7".into(),
///     clock: || std::time::SystemTime::now().into(),
///     most_bytes: 1 << 30,
/// };
/// let mut loader: Loader<Train> = Loader::open(Path::new("corpus"), &Ledger::open("ledger")?, options)?;
/// // Before any other thread is started:
/// loader.put_up_fence(FencePlan { writable: vec!["runs/7".into()], ..FencePlan::with_system() }, true)?;
/// let examples = loader.examples()?;
/// let table = loader.table("tables/rain.csv")?;
/// // … train …
/// let witness = loader.witness("1f3a9c", marey_corpus::Digest::of(b"the configuration"), 7);
/// let metadata = witness.metadata(); // goes into the safetensors file
/// # drop((examples, table, metadata));
/// loader.record(&witness, &[("model:rain".into(), marey_corpus::Digest::of(b"the file's bytes"))])?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Loader<P: PurposeType> {
    name: String,
    version: Option<String>,
    manifest: Digest,
    licences: Vec<String>,
    files: BTreeMap<String, Admission<P>>,
    gate: Gate<File>,
    ledger: Ledger,
    clock: Clock,
    run: String,
    purpose: PhantomData<P>,
}

/// The largest manifest that is read.
const MOST_MANIFEST_BYTES: u64 = 64 << 20;

impl<P: PurposeType> Loader<P> {
    /// Opens a corpus: reads its manifest, takes its files into the ledger's store, and decides on each.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be read, a file that it pins is not there or was changed, or the ledger cannot be
    /// read or written. That a file is denied is no error here: it is when it is asked for.
    pub fn open(corpus: &Path, ledger: &Ledger, options: LoaderOptions) -> Result<Self, CorpusError> {
        let path = corpus.join("croissant.json");
        let text = read_text(&path, MOST_MANIFEST_BYTES)?;
        let manifest: Manifest = text.parse().map_err(|source| CorpusError::Manifest {
            path: path.display().to_string(),
            source,
        })?;
        let now = options.clock;
        let (today, time) = (now().date_naive(), stamp(now));
        let store = ledger.store()?;
        for file in &manifest.files {
            take_in(corpus, file, &store)?;
        }
        let log = ledger.log(&options.run, &time)?;
        let mut gate = Gate::new(options.policy, options.licences, store, log, options.most_bytes)
            .with_key(options.key)
            .with_withdrawals(ledger.withdrawals()?);
        let decided = gate.admit_all(&manifest.assets(), today, &time)?;
        let paths = manifest.files.iter().map(|file| file.content_url.clone());
        let files = paths.zip(decided);
        Ok(Self {
            name: manifest.name.clone(),
            version: manifest.version.clone(),
            manifest: Digest::of(text.as_bytes()),
            licences: manifest.licences.clone(),
            files: files.collect(),
            gate,
            ledger: ledger.clone(),
            clock: now,
            run: options.run,
            purpose: PhantomData,
        })
    }

    /// Every file of the corpus by its path, and what the policy says of it.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Admission<P>)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The files that may be used, by their paths.
    pub fn admitted(&self) -> impl Iterator<Item = (&str, &Admitted<P>)> {
        self.files().filter_map(|(path, file)| match file {
            Admission::Admitted(admitted) => Some((path, admitted.as_ref())),
            Admission::Denied(_) => None,
        })
    }

    /// The decisions against the others.
    pub fn denied(&self) -> impl Iterator<Item = &Decision> {
        self.files.values().filter_map(|file| match file {
            Admission::Admitted(_) => None,
            Admission::Denied(decision) => Some(decision.as_ref()),
        })
    }

    /// The contents of a file.
    ///
    /// # Errors
    ///
    /// When it is denied or withdrawn, a column has to be changed first (see [`table`](Self::table)), or its
    /// contents are not what they were.
    pub fn bytes(&mut self, path: &str) -> Result<Vec<u8>, CorpusError> {
        let (admitted, time) = (self.allowed(path)?, stamp(self.clock));
        self.gate.read(&admitted, &time)
    }

    /// The table in a file, with what the policy wants done to its columns done.
    ///
    /// # Errors
    ///
    /// When it is denied or withdrawn, is no table, or its contents are not what they were.
    pub fn table(&mut self, path: &str) -> Result<Warned<Table, TableWarning>, CorpusError> {
        self.table_with(path, &ReadOptions::default())
    }

    /// As [`table`](Self::table), read as asked.
    ///
    /// # Errors
    ///
    /// As of [`table`](Self::table).
    pub fn table_with(
        &mut self,
        path: &str,
        options: &ReadOptions,
    ) -> Result<Warned<Table, TableWarning>, CorpusError> {
        let (admitted, time) = (self.allowed(path)?, stamp(self.clock));
        let name = path.rsplit('/').next().unwrap_or(path);
        self.gate.read_table(&admitted, name, options, &time)
    }

    /// The lines of a file, each a JSON value of one form, such as the examples of `examples.jsonl`.
    ///
    /// # Errors
    ///
    /// As of [`bytes`](Self::bytes), and when a line is not of the form.
    pub fn json_lines<T: DeserializeOwned>(&mut self, path: &str) -> Result<Vec<T>, CorpusError> {
        let (admitted, time) = (self.allowed(path)?, stamp(self.clock));
        if let Some(column) = admitted.columns().first() {
            return Err(CorpusError::ColumnEffect {
                asset: admitted.name().to_owned(),
                column: column.column.clone(),
            });
        }
        self.gate.read_as(&admitted, &time, |contents, _| {
            let lines = contents.split(|byte| *byte == b'\n').enumerate();
            let written = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
            let values: Result<Vec<T>, CorpusError> = written
                .map(|(number, line)| {
                    serde_json::from_slice(line).map_err(|source| CorpusError::Line {
                        path: path.to_owned(),
                        line: number + 1,
                        source,
                    })
                })
                .collect();
            let values = values?;
            let rows = values.len() as u64;
            Ok((values, Some(rows)))
        })
    }

    /// The examples of the corpus, in order.
    ///
    /// # Errors
    ///
    /// As of [`bytes`](Self::bytes), and when one cannot be read.
    pub fn examples(&mut self) -> Result<Vec<Example>, CorpusError> {
        let (admitted, time) = (self.allowed(EXAMPLES)?, stamp(self.clock));
        if let Some(column) = admitted.columns().first() {
            return Err(CorpusError::ColumnEffect {
                asset: admitted.name().to_owned(),
                column: column.column.clone(),
            });
        }
        self.gate.read_as(&admitted, &time, |contents, _| {
            let examples: Result<Vec<Example>, _> = ExampleLines::new(contents.as_slice()).collect();
            let examples = examples.map_err(Box::new)?;
            let rows = examples.len() as u64;
            Ok((examples, Some(rows)))
        })
    }

    fn allowed(&self, path: &str) -> Result<Admitted<P>, CorpusError> {
        match self.files.get(path) {
            Some(Admission::Admitted(admitted)) => Ok(admitted.as_ref().clone()),
            Some(Admission::Denied(decision)) => Err(CorpusError::Denied {
                decision: decision.clone(),
            }),
            None => Err(CorpusError::NotInCorpus {
                path: path.to_owned(),
            }),
        }
    }

    /// Notes which tables have rows of which persons, by keyed hashes of the values of the columns that name
    /// them, so that a person can be withdrawn later. Returns the number of tables that have such a column.
    ///
    /// # Errors
    ///
    /// When a table cannot be read, or the index cannot be written.
    pub fn index_subjects(&mut self, columns: &[String], key: &HashKey) -> Result<usize, CorpusError> {
        let mut subjects = self.ledger.subjects()?;
        let mut tables = 0;
        let admitted: Vec<(String, Admitted<P>)> = self
            .admitted()
            .map(|(path, admitted)| (path.to_owned(), admitted.clone()))
            .collect();
        for (path, admitted) in admitted {
            let time = stamp(self.clock);
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            // Before anything is done to columns: it is their values that name persons.
            let table = self.gate.read_as(&admitted, &time, |contents, _| {
                let table = read(&name, contents, &ReadOptions::default()).ok();
                let rows = table.as_ref().map(|table| table.value.rows() as u64);
                Ok((table, rows))
            })?;
            let Some(table) = table.map(|table| table.value) else {
                continue;
            };
            for column in columns {
                let Some(index) = table.column_index(&column.as_str().into()) else {
                    continue;
                };
                let values = column_texts(&table, index)?;
                subjects.add(*admitted.digest(), values.iter().map(String::as_str), key);
                tables += 1;
            }
        }
        self.ledger.keep_subjects(&subjects)?;
        Ok(tables)
    }

    /// Puts up the fence: from now on this process and all that it starts can open the admitted contents, what
    /// the plan names beside them, and nothing else.
    ///
    /// # Errors
    ///
    /// As of [`Gate::put_up_fence`].
    pub fn put_up_fence(&mut self, mut plan: FencePlan, require: bool) -> Result<FenceStatus, CorpusError> {
        plan.readable.extend(self.stored().into_values());
        // The lineage is written when the run has ended; the log is open already.
        plan.writable.push(self.ledger.lineage_folder());
        self.gate.put_up_fence(&plan, require, &stamp(self.clock))
    }

    /// Where the admitted contents lie, by the paths of the corpus.
    pub fn stored(&self) -> BTreeMap<String, PathBuf> {
        self.admitted()
            .map(|(path, admitted)| (path.to_owned(), self.gate.store().path(admitted.digest())))
            .collect()
    }

    /// The gate.
    pub fn gate(&mut self) -> &mut Gate<File> {
        &mut self.gate
    }

    /// Writes down what else happens.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then it must not happen.
    pub fn log(&mut self, event: AuditEvent) -> Result<(), CorpusError> {
        let time = stamp(self.clock);
        self.gate.log_mut().append(&time, event).map(drop)
    }

    /// Writes down that another process is started and given some of the admitted contents. Where nobody watches what it
    /// opens, it counts as having read all of them.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then it must not be started.
    pub fn note_started(
        &mut self,
        command: &[String],
        within_reach: &BTreeSet<Digest>,
        traced: bool,
    ) -> Result<(), CorpusError> {
        self.log(AuditEvent::Started {
            command: command.to_vec(),
            assets: within_reach.clone(),
            traced,
        })?;
        if !traced {
            within_reach
                .iter()
                .for_each(|digest| self.gate.note_within_reach(*digest));
        }
        Ok(())
    }

    /// Writes down that another process was seen to open admitted contents of so many bytes.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn note_opened(&mut self, digest: Digest, bytes: u64) -> Result<(), CorpusError> {
        self.log(AuditEvent::Outcome {
            asset: digest,
            status: OutcomeStatus::Read,
            bytes,
            rows: None,
        })?;
        self.gate.note_within_reach(digest);
        Ok(())
    }

    /// What was read so far, as a witness for weights: `code` is the revision of the code, `config` the digest of the
    /// configuration.
    pub fn witness(&self, code: &str, config: Digest, seed: u64) -> Witness {
        Witness {
            run: self.run.clone(),
            inputs: RunInputs {
                assets: self.gate.witnessed().keys().copied().collect(),
                policy: self.gate.policy().digest,
                code: code.to_owned(),
                config,
                seed,
            },
            rows: self.gate.witnessed().clone(),
            audit_head: *self.gate.log().head(),
            fence: self.gate.fence().clone(),
        }
    }

    /// Writes the run and its weights (names and digests of the files) into the ledger's lineage.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or the names are taken.
    pub fn record(&mut self, witness: &Witness, weights: &[(String, Digest)]) -> Result<(), CorpusError> {
        let known = self.ledger.lineage()?;
        let mut nodes = run_nodes(witness, |digest| {
            let known = known
                .nodes()
                .iter()
                .find(|node| node.kind == NodeKind::Asset && node.digest.as_ref() == Some(digest));
            known
                .cloned()
                .unwrap_or_else(|| self.asset_node(digest, &witness.rows))
        });
        let (id, rows) = nodes
            .last()
            .map(|run| (run.id.clone(), run.rows))
            .unwrap_or_default();
        nodes.extend(weights.iter().map(|(name, digest)| LineageNode {
            id: name.clone(),
            kind: NodeKind::Model,
            name: None,
            licence: None,
            digest: Some(*digest),
            rows,
            parents: [(id.clone(), rows)].into(),
        }));
        let dataset = self.dataset_node(&nodes);
        nodes.push(dataset);
        let time = stamp(self.clock);
        let ledger = self.ledger.clone();
        ledger.record_in(self.gate.log_mut(), nodes, &time)
    }

    fn asset_node(&self, digest: &Digest, rows: &BTreeMap<Digest, u64>) -> LineageNode {
        let asset = self
            .admitted()
            .map(|(_, admitted)| admitted.asset())
            .find(|asset| asset.digest.as_ref() == Some(digest));
        asset_node(asset, *digest, rows.get(digest).copied().unwrap_or(0))
    }

    /// The version of the data set, made of those of its files that the lineage has.
    fn dataset_node(&self, nodes: &[LineageNode]) -> LineageNode {
        let own = |node: &&LineageNode| {
            node.kind == NodeKind::Asset
                && self
                    .admitted()
                    .any(|(_, admitted)| Some(admitted.digest()) == node.digest.as_ref())
        };
        let parents: BTreeMap<String, u64> = nodes
            .iter()
            .filter(own)
            .map(|node| (node.id.clone(), node.rows))
            .collect();
        let version = self.version.as_deref().unwrap_or("0");
        LineageNode {
            // What a run has not read of a version is in no node of its own: another run may have another.
            id: format!("dataset:{}@{version}:{}", self.name, self.run),
            kind: NodeKind::Dataset,
            name: Some(format!("{} {version}", self.name)),
            licence: (!self.licences.is_empty()).then(|| self.licences.join(" AND ")),
            digest: Some(self.manifest),
            rows: parents.values().sum(),
            parents,
        }
    }
}

/// An asset as the lineage has it.
fn asset_node(asset: Option<&Asset>, digest: Digest, rows: u64) -> LineageNode {
    let hex = digest.hex();
    LineageNode {
        id: format!("asset:{}", hex.get(..16).unwrap_or(&hex)),
        kind: NodeKind::Asset,
        name: asset.map(|asset| asset.name.clone()),
        licence: asset
            .and_then(|asset| asset.rights.licence.as_ref())
            .map(|claim| claim.expression.as_str().to_owned()),
        digest: Some(digest),
        rows,
        parents: BTreeMap::new(),
    }
}

/// Now, as the audit log has it.
fn stamp(clock: Clock) -> String {
    clock().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Takes a file that is pinned into the store, where it is not there yet.
fn take_in(corpus: &Path, file: &FileObject, store: &super::Store) -> Result<(), CorpusError> {
    let Some(pinned) = file.digest else {
        // It is denied for that.
        return Ok(());
    };
    if file.content_url.contains("://") {
        // Only what lies in the corpus is read; the store may have it from elsewhere.
        return Ok(());
    }
    let path = file.path_in(corpus)?;
    if store.holds(&pinned) && !path.exists() {
        return Ok(());
    }
    let opened = File::open(&path).map_err(|source| broken(&path, source))?;
    let (found, _) = if store.holds(&pinned) {
        Digest::of_reader(opened).map_err(|source| broken(&path, source))?
    } else {
        store.put(opened)?
    };
    if found == pinned {
        return Ok(());
    }
    Err(CorpusError::Drifted {
        path: path.display().to_string(),
        found,
        pinned,
    })
}

fn read_text(path: &Path, most: u64) -> Result<String, CorpusError> {
    use std::io::Read;
    let file = File::open(path).map_err(|source| broken(path, source))?;
    let mut text = String::new();
    file.take(most + 1)
        .read_to_string(&mut text)
        .map_err(|source| broken(path, source))?;
    Ok(text)
}
