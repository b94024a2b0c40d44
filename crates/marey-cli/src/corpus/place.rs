//! Where a corpus has its policy and its ledger, and what time it is.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use marey_corpus::{
    HashKey, LicenceTable, Policy,
    admission::{Clock, Loader, LoaderOptions, PurposeType},
    ledger::Ledger,
};

use crate::failure::BadUsage;

/// The clock of the audit log.
pub const NOW: Clock = || SystemTime::now().into();

/// Name of a corpus's own ledger.
const OWN_LEDGER: &str = ".marey";

/// Bytes of one file that are read at most.
const MOST_BYTES: u64 = 8 << 30;

/// The ledger of a command that is about no single corpus.
#[derive(Args, Clone)]
pub struct LedgerArguments {
    /// Folder of the ledger: audit log, lineage, withdrawals, contents
    #[arg(long, default_value = OWN_LEDGER, value_name = "DIR")]
    ledger: PathBuf,
}

impl LedgerArguments {
    /// The ledger, which has to be there.
    pub fn open(&self) -> anyhow::Result<Ledger> {
        if !self.ledger.is_dir() {
            return Err(BadUsage(format!(
                "there is no ledger in `{}`; name its folder with --ledger",
                self.ledger.display()
            ))
            .into());
        }
        Ok(Ledger::open(&self.ledger)?)
    }

    /// The ledger, if it is there.
    pub fn open_if_there(&self) -> anyhow::Result<Option<Ledger>> {
        if self.ledger.is_dir() {
            Ok(Some(Ledger::open(&self.ledger)?))
        } else {
            Ok(None)
        }
    }
}

/// A corpus under a policy.
#[derive(Args, Clone)]
pub struct PolicyArguments {
    /// Folder of the corpus, with `croissant.json`
    pub corpus: PathBuf,
    /// What the data is wanted for
    #[arg(long, default_value = "train", value_name = "PURPOSE")]
    pub purpose: WantedFor,
    /// The policy; `policy.toml` in the corpus by default
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Own readings of licences, beside those that Marey has
    #[arg(long, value_name = "FILE")]
    licences: Option<PathBuf>,
    /// Folder of the ledger; `.marey` in the corpus by default
    #[arg(long, value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// File with a secret key of 32 bytes or more, for columns that the policy wants hashed
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Name of the run in the audit log; made from the time by default
    #[arg(long, value_name = "NAME")]
    run: Option<String>,
}

/// What data can be wanted for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WantedFor {
    /// To fit weights.
    Train,
    /// To measure a model.
    Evaluate,
    /// To hand on.
    Ship,
    /// To show.
    Display,
    /// To send to a service outside.
    Egress,
}

impl PolicyArguments {
    /// The ledger, made if it is not there.
    pub fn ledger(&self) -> anyhow::Result<Ledger> {
        let own = || self.corpus.join(OWN_LEDGER);
        Ok(Ledger::open(self.ledger.clone().unwrap_or_else(own))?)
    }

    /// The key, where one is named.
    pub fn key(&self) -> anyhow::Result<Option<HashKey>> {
        self.key.as_deref().map(read_key).transpose()
    }

    /// The corpus behind a gate.
    pub fn open<P: PurposeType>(&self, what: &str) -> anyhow::Result<Loader<P>> {
        let own = || self.corpus.join("policy.toml");
        let path = self.policy.clone().unwrap_or_else(own);
        let policy: Policy = read(&path)?
            .parse()
            .with_context(|| format!("`{}`", path.display()))?;
        let mut licences = LicenceTable::shipped()?;
        if let Some(path) = &self.licences {
            licences = licences
                .extend(&read(path)?)
                .with_context(|| format!("`{}`", path.display()))?;
        }
        let options = LoaderOptions {
            policy,
            licences,
            key: self.key()?,
            run: self.run.clone().unwrap_or_else(|| run_name(what)),
            clock: NOW,
            most_bytes: MOST_BYTES,
        };
        Ok(Loader::open(&self.corpus, &self.ledger()?, options)?)
    }
}

/// Reads a secret key; a line's end after it is no part of it.
pub fn read_key(path: &Path) -> anyhow::Result<HashKey> {
    let mut bytes = fs::read(path).with_context(|| format!("cannot read the key `{}`", path.display()))?;
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    HashKey::new(bytes).with_context(|| format!("the key in `{}`", path.display()))
}

/// Reads a text file, or says which.
pub fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// Now, as the audit log has it.
pub fn time() -> String {
    NOW().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn run_name(what: &str) -> String {
    format!("{what}-{}", NOW().format("%Y%m%dT%H%M%S%.6f"))
}
