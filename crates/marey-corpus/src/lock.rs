//! [`Lock`]: a file that pins the contents of corpora, so that tomorrow's run reads what today's did.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    fs::{self, File},
    io,
    path::Path,
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use crate::{
    Digest,
    folder::{FolderError, TablePath},
};

/// Version of the form of lock files.
const VERSION: u32 = 1;

/// Folders in each other.
const DEEPEST: usize = 32;

/// The contents of every file of some corpora, by the names that they have in the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u32,
    /// Corpora by name.
    pub corpora: BTreeMap<String, LockedCorpus>,
}

/// The contents of one corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedCorpus {
    /// One digest over all names and contents.
    pub digest: Digest,
    /// The contents of each file, by its path in the corpus.
    pub files: BTreeMap<String, Digest>,
}

/// A file that is not as the lock says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockFault {
    /// The corpus.
    pub corpus: String,
    /// The file, by its path in the corpus.
    pub file: String,
    /// What is wrong with it.
    pub kind: LockFaultKind,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LockFaultKind {
    /// It is gone.
    Missing,
    /// It has other contents.
    Changed,
    /// It was not there.
    Added,
}

impl fmt::Display for LockFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            LockFaultKind::Missing => "is gone",
            LockFaultKind::Changed => "has other contents",
            LockFaultKind::Added => "was not there",
        };
        write!(f, "`{}` of `{}` {what}", self.file, self.corpus)
    }
}

impl LockedCorpus {
    /// Hashes every file of a folder. Links are not followed and count as what they point to being absent.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or has a name that no corpus may have.
    pub fn of(folder: &Path) -> Result<Self, FolderError> {
        let mut files = BTreeMap::new();
        walk(folder, "", 0, &mut files)?;
        Ok(Self {
            digest: digest_of(&files),
            files,
        })
    }
}

fn digest_of(files: &BTreeMap<String, Digest>) -> Digest {
    let parts = files
        .iter()
        .flat_map(|(name, digest)| [name.as_bytes(), digest.as_bytes().as_slice()]);
    Digest::of_parts(parts)
}

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut BTreeMap<String, Digest>,
) -> Result<(), FolderError> {
    let failed = |source: io::Error| FolderError::File {
        path: folder.to_owned(),
        source,
    };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if kind.is_dir() && depth < DEEPEST {
            walk(&entry.path(), &format!("{path}/"), depth + 1, files)?;
        } else if kind.is_file() {
            let path = TablePath::new(path)?;
            let (digest, _) = File::open(entry.path())
                .and_then(Digest::of_reader)
                .map_err(failed)?;
            files.insert(path.to_string(), digest);
        }
    }
    Ok(())
}

impl Lock {
    /// A lock of corpora, each by its name and folder.
    ///
    /// # Errors
    ///
    /// As [`LockedCorpus::of`].
    pub fn of<'p>(corpora: impl IntoIterator<Item = (String, &'p Path)>) -> Result<Self, FolderError> {
        let locked = corpora
            .into_iter()
            .map(|(name, folder)| Ok((name, LockedCorpus::of(folder)?)));
        Ok(Self {
            version: VERSION,
            corpora: locked.collect::<Result<_, FolderError>>()?,
        })
    }

    /// What differs between the lock and what is there now; nothing where all is as it was.
    pub fn faults(&self, now: &Self) -> Vec<LockFault> {
        let none = BTreeMap::new();
        let mut faults = Vec::new();
        let names: BTreeSet<&String> = self.corpora.keys().chain(now.corpora.keys()).collect();
        for name in names {
            let files = |lock: &'_ Self| lock.corpora.get(name).map(|corpus| corpus.files.clone());
            let (old, new) = (
                files(self).unwrap_or_else(|| none.clone()),
                files(now).unwrap_or_default(),
            );
            let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for path in paths {
                let kind = match (old.get(path), new.get(path)) {
                    (Some(_), None) => LockFaultKind::Missing,
                    (None, _) => LockFaultKind::Added,
                    (Some(old), Some(new)) if old != new => LockFaultKind::Changed,
                    _ => continue,
                };
                faults.push(LockFault {
                    corpus: name.clone(),
                    file: path.clone(),
                    kind,
                });
            }
        }
        faults
    }

    /// The lock as JSON, in order of names.
    pub fn to_json(&self) -> String {
        // Texts and digests always can be written as JSON.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        json + "\n"
    }
}

/// Why a lock file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// It is no JSON of that form.
    #[error("the lock file cannot be read")]
    Json(#[from] serde_json::Error),
    /// It is of another version.
    #[error("the lock file is of version {found}; expected {VERSION}")]
    Version {
        /// The version.
        found: u32,
    },
    /// Its parts do not fit each other: somebody changed it by hand.
    #[error("the digest of `{corpus}` in the lock file is not that of its files")]
    Digest {
        /// The corpus.
        corpus: String,
    },
}

impl FromStr for Lock {
    type Err = LockError;

    fn from_str(text: &str) -> Result<Self, LockError> {
        let lock: Self = serde_json::from_str(text)?;
        if lock.version != VERSION {
            return Err(LockError::Version { found: lock.version });
        }
        for (name, corpus) in &lock.corpora {
            if corpus.digest != digest_of(&corpus.files) {
                return Err(LockError::Digest { corpus: name.clone() });
            }
        }
        Ok(lock)
    }
}
