//! [`Corpus`]: a folder opened for reading.

use std::{
    fs::{self, File},
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use marey_core::Warned;
use marey_table::{
    Table, TableWarning,
    read::{ReadOptions, read},
};

use super::{EXAMPLES, ExampleLines, FolderError, MANIFEST, TablePath};
use crate::manifest::Manifest;

/// A corpus in a folder.
///
/// This reads whatever the folder holds: whether it may be used for a purpose is what the policy and
/// the [gate](crate::admission) decide.
#[derive(Debug, Clone)]
pub struct Corpus {
    folder: PathBuf,
    manifest: Manifest,
}

impl Corpus {
    /// Opens a folder and reads its manifest.
    ///
    /// # Errors
    ///
    /// When the folder has no manifest or no list of examples, or the manifest cannot be read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, FolderError> {
        let folder = folder.into();
        for missing in [MANIFEST, EXAMPLES] {
            if !folder.join(missing).is_file() {
                return Err(FolderError::NoCorpus { folder, missing });
            }
        }
        let path = folder.join(MANIFEST);
        let text = fs::read_to_string(&path).map_err(|source| FolderError::File { path, source })?;
        match text.parse() {
            Ok(manifest) => Ok(Self { folder, manifest }),
            Err(source) => Err(FolderError::Manifest {
                folder,
                source: Box::new(source),
            }),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the corpus says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its examples, one line read after the other, charts parsed.
    ///
    /// # Errors
    ///
    /// When the list cannot be opened.
    pub fn examples(&self) -> Result<ExampleLines<BufReader<File>>, FolderError> {
        let path = self.folder.join(EXAMPLES);
        let file = File::open(&path).map_err(|source| FolderError::File { path, source })?;
        Ok(ExampleLines::new(BufReader::with_capacity(1 << 16, file)))
    }

    /// A table of the corpus, called like its file, with what reading had to repair.
    ///
    /// # Errors
    ///
    /// When the file does not exist, lies outside the folder by way of a link, or is no table.
    pub fn table(&self, path: &TablePath) -> Result<Warned<Table, TableWarning>, FolderError> {
        let bytes = self.bytes(path)?;
        let name = path.as_str().rsplit('/').next().unwrap_or(path.as_str());
        read(name, bytes, &ReadOptions::default()).map_err(|source| FolderError::Table {
            path: path.to_string(),
            source: Box::new(source),
        })
    }

    /// The bytes of a file of the corpus.
    ///
    /// # Errors
    ///
    /// When it does not exist, or lies outside the folder by way of a link.
    pub fn bytes(&self, path: &TablePath) -> Result<Vec<u8>, FolderError> {
        let full = path.under(&self.folder);
        let read = || {
            let (inside, root) = (fs::canonicalize(&full)?, fs::canonicalize(&self.folder)?);
            if !inside.starts_with(root) {
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "a link leads out of the corpus",
                ));
            }
            fs::read(inside)
        };
        read().map_err(|source| FolderError::File { path: full, source })
    }
}
