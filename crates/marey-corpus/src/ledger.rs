//! [`Ledger`]: the folder that remembers: contents, decisions, lineage and what was withdrawn.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    CorpusError, Digest,
    admission::Store,
    audit::{self, AuditEvent, AuditLog, AuditRecord, AuditReport},
    lineage::{Lineage, LineageNode, SubjectIndex, Withdrawal, Withdrawals, Witness},
};

/// A folder that remembers what was admitted, read, made of it and withdrawn, for one corpus or for all of a
/// company's.
///
/// | file | holds |
/// |---|---|
/// | `store/` | contents, named by their hash |
/// | `audit.jsonl` | the audit log |
/// | `lineage/` | what was made of what |
/// | `withdrawn.json` | what may no longer be used |
/// | `subjects.json` | which assets have rows of which persons, by keyed hashes |
#[derive(Debug, Clone)]
pub struct Ledger {
    root: PathBuf,
}

impl Ledger {
    /// A ledger in a folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// When the folder can be neither read nor made.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, CorpusError> {
        let ledger = Self { root: root.into() };
        let lineage = ledger.lineage_folder();
        fs::create_dir_all(&lineage).map_err(|source| broken(&lineage, source))?;
        Ok(ledger)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the lineage, which a run behind a fence still writes to.
    pub(crate) fn lineage_folder(&self) -> PathBuf {
        self.root.join("lineage")
    }

    /// The store.
    ///
    /// # Errors
    ///
    /// When its folder can be neither read nor made.
    pub fn store(&self) -> Result<Store, CorpusError> {
        Store::open(self.root.join("store"))
    }

    /// The audit log, for a run; nobody else writes to it as long as it is open.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, somebody else has it open, or its chain is broken.
    pub fn log(&self, run: &str, time: &str) -> Result<AuditLog<File>, CorpusError> {
        let path = self.root.join("audit.jsonl");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| broken(&path, source))?;
        file.try_lock().map_err(|error| {
            broken(
                &path,
                match error {
                    fs::TryLockError::Error(source) => source,
                    fs::TryLockError::WouldBlock => {
                        io::Error::new(io::ErrorKind::WouldBlock, "another run writes to the audit log")
                    }
                },
            )
        })?;
        AuditLog::open(file, run, time)
    }

    /// Checks the audit log, and that it reaches a hash that is known to be of a record, where one is given.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn audit(&self, known_head: Option<&Digest>) -> Result<AuditReport, CorpusError> {
        Ok(audit::verify(&self.log_bytes()?, known_head))
    }

    /// The records of the audit log.
    ///
    /// # Errors
    ///
    /// When it cannot be read or its chain is broken.
    pub fn records(&self) -> Result<Vec<AuditRecord>, CorpusError> {
        audit::records(&self.log_bytes()?).map_err(|fault| CorpusError::AuditBroken { fault })
    }

    fn log_bytes(&self) -> Result<Vec<u8>, CorpusError> {
        let path = self.root.join("audit.jsonl");
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(broken(&path, source)),
        }
    }

    /// What was made of what.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn lineage(&self) -> Result<Lineage, CorpusError> {
        self.read("lineage/graph.json")
    }

    /// What was withdrawn, and where persons are.
    ///
    /// # Errors
    ///
    /// When it cannot be read: then nothing should be used.
    pub fn withdrawals(&self) -> Result<Withdrawals, CorpusError> {
        Ok(Withdrawals {
            list: self.read("withdrawn.json")?,
            subjects: self.subjects()?,
        })
    }

    /// Where persons are.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn subjects(&self) -> Result<SubjectIndex, CorpusError> {
        self.read("subjects.json")
    }

    /// Keeps where persons are.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn keep_subjects(&self, subjects: &SubjectIndex) -> Result<(), CorpusError> {
        self.write("subjects.json", subjects)
    }

    /// Takes note of a withdrawal: from now on nothing that it means is admitted or read.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or somebody else writes to the ledger.
    pub fn withdraw(&self, withdrawal: Withdrawal, time: &str) -> Result<(), CorpusError> {
        let mut log = self.log("withdraw", time)?;
        let mut list: Vec<Withdrawal> = self.read("withdrawn.json")?;
        let (target, reason) = (withdrawal.target.to_string(), withdrawal.reason.clone());
        list.push(withdrawal);
        self.write("withdrawn.json", &list)?;
        log.append(time, AuditEvent::Withdrawal { target, reason })
            .map(drop)
    }

    /// Writes nodes into the lineage, and into the audit log that it was done. A node that is there already as
    /// it is stays.
    ///
    /// # Errors
    ///
    /// When a node of that name is there and says something else, a parent is not there, or it cannot be
    /// written.
    pub fn record(
        &self,
        nodes: impl IntoIterator<Item = LineageNode>,
        run: &str,
        time: &str,
    ) -> Result<(), CorpusError> {
        let mut log = self.log(run, time)?;
        self.record_in(&mut log, nodes, time)
    }

    /// As [`record`](Self::record), with the log open.
    pub(crate) fn record_in(
        &self,
        log: &mut AuditLog<File>,
        nodes: impl IntoIterator<Item = LineageNode>,
        time: &str,
    ) -> Result<(), CorpusError> {
        let mut lineage = self.lineage()?;
        let mut events = Vec::new();
        for node in nodes {
            if lineage.node(&node.id) == Some(&node) {
                continue;
            }
            events.push(AuditEvent::Recorded {
                node: node.id.clone(),
                digest: node.digest,
            });
            lineage.add(node)?;
        }
        if events.is_empty() {
            return Ok(());
        }
        log.append_all(time, events)?;
        self.write("lineage/graph.json", &lineage)
    }

    fn read<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, CorpusError> {
        let path = self.root.join(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
            Err(source) => return Err(broken(&path, source)),
        };
        serde_json::from_slice(&bytes).map_err(|error| CorpusError::Ledger {
            path: path.display().to_string(),
            problem: error.to_string(),
        })
    }

    /// Writes a file so that it is there whole or as it was.
    fn write(&self, name: &str, value: &impl Serialize) -> Result<(), CorpusError> {
        let path = self.root.join(name);
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        let written = || {
            let mut text = serde_json::to_vec_pretty(value)?;
            text.push(b'\n');
            let mut file = File::create(&unfinished)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)
        };
        written().map_err(|source: io::Error| {
            // What is left over is nothing; the error that counts is the first.
            let _ = fs::remove_file(&unfinished);
            broken(&path, source)
        })
    }
}

/// The nodes of a run for the lineage: the assets that it has seen, and itself.
pub(crate) fn run_nodes(witness: &Witness, describe: impl Fn(&Digest) -> LineageNode) -> Vec<LineageNode> {
    use crate::lineage::NodeKind;
    let mut nodes: Vec<LineageNode> = witness.rows.keys().map(&describe).collect();
    let parents = nodes
        .iter()
        .map(|node| {
            let rows = node.digest.and_then(|digest| witness.rows.get(&digest)).copied();
            (node.id.clone(), rows.unwrap_or(0))
        })
        .collect();
    nodes.push(LineageNode {
        id: format!("run:{}", witness.run),
        kind: NodeKind::Run,
        name: None,
        licence: None,
        digest: Some(*witness.root().digest()),
        rows: witness.rows.values().sum(),
        parents,
    });
    nodes
}

pub(crate) fn broken(path: &Path, source: io::Error) -> CorpusError {
    CorpusError::File {
        path: path.display().to_string(),
        source,
    }
}
