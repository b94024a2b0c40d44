//! Manifests: what a corpus holds and by which right, as MLCommons Croissant 1.1.
//!
//! *Croissant Format Specification*, version 1.1 (2026), with its Responsible-AI and provenance terms
//! carried as they are, and rights in a namespace of our own, because the standard's are free text.

mod context;
mod declared;
mod error;
mod read;
mod write;

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::{Asset, CorpusError, Digest, Rights};

pub use error::ManifestError;

/// Namespace of the rights that the standard has no typed terms for.
pub const NAMESPACE: &str = "https://github.com/marey-viz/marey/ns/corpus#";

/// The version of the standard that is written.
pub const CONFORMS_TO: &str = "http://mlcommons.org/croissant/1.1";

/// What a corpus holds and by which right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where it is described.
    pub url: Option<String>,
    /// Version, as `major.minor.patch`; the major one changes when the data does.
    pub version: Option<String>,
    /// Day of publication.
    pub date_published: Option<String>,
    /// Who made it.
    pub creators: Vec<String>,
    /// The licence of the whole, as written: an SPDX identifier or an address.
    pub licences: Vec<String>,
    /// The files.
    pub files: Vec<FileObject>,
    /// The tables in them.
    pub record_sets: Vec<RecordSet>,
    /// Members that are not modelled, by their full names.
    pub rest: Map<String, Value>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileObject {
    /// Its identifier in the manifest.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is, from the manifest or as an address.
    pub content_url: String,
    /// Its media type.
    pub encoding_format: String,
    /// Its contents.
    pub digest: Option<Digest>,
    /// The licence of this file alone, as written.
    pub licences: Vec<String>,
    /// Its rights, in terms that can be decided on.
    pub rights: Option<Rights>,
    /// Members that are not modelled.
    pub rest: Map<String, Value>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordSet {
    /// Its identifier in the manifest.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its columns.
    pub fields: Vec<RecordField>,
    /// Members that are not modelled.
    pub rest: Map<String, Value>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordField {
    /// Its identifier in the manifest.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its types, as written (`sc:Integer`).
    pub data_types: Vec<String>,
    /// The file that it is in, and the name of its column there.
    pub source: Option<FieldSource>,
    /// Members that are not modelled.
    pub rest: Map<String, Value>,
}

/// Where a column is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldSource {
    /// Identifier of the file.
    pub file: String,
    /// Name of the column in it.
    pub column: String,
}

impl Manifest {
    /// The files as assets, with the rights by which they may be used.
    ///
    /// A file's own rights count before its own licence, and that before the licence of the whole, which
    /// in Croissant is that of everything in it. Stricter than the standard's reference validator: what
    /// has no licence or no sha256 is an asset all the same, and no policy can admit it.
    pub fn assets(&self) -> Vec<Asset> {
        self.files
            .iter()
            .map(|file| Asset {
                name: file.name.clone(),
                digest: file.digest,
                rights: self.rights_of(file),
            })
            .collect()
    }

    fn rights_of(&self, file: &FileObject) -> Rights {
        let mut rights = file.rights.clone().unwrap_or_default();
        if rights.licence.is_none() {
            let written = if file.licences.is_empty() {
                &self.licences
            } else {
                &file.licences
            };
            rights.licence = context::claim(written);
        }
        rights
    }
}

impl FileObject {
    /// Where the file lies in a corpus: no way out, and no link or folder at its end.
    ///
    /// # Errors
    ///
    /// When it is anything else.
    pub fn path_in(&self, corpus: &Path) -> Result<PathBuf, CorpusError> {
        let outside = || CorpusError::Outside {
            found: self.content_url.chars().take(200).collect(),
        };
        let own = Path::new(&self.content_url);
        if self.content_url.is_empty() || own.components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let path = corpus.join(own);
        match fs::symlink_metadata(&path) {
            Ok(kind) if !kind.is_file() => Err(outside()),
            _ => Ok(path),
        }
    }
}
