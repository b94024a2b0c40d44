//! [`CorpusWriter`]: a corpus written as a folder, whole or not at all.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use marey_table::Table;

use super::{EXAMPLES, Example, FolderError, MANIFEST, TablePath};
use crate::{
    Digest,
    manifest::{FileObject, Manifest, RecordField, RecordSet},
};

/// What a corpus says of itself beside its files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where it is described.
    pub url: Option<String>,
    /// Version, as `major.minor.patch`.
    pub version: Option<String>,
    /// Day of publication.
    pub date_published: Option<String>,
    /// Who made it.
    pub creators: Vec<String>,
    /// The licence of the list of examples, as SPDX expressions that all have to be met.
    pub licences: Vec<String>,
}

/// Writes a corpus as a folder. Files are gathered beside the place where the corpus goes, and moved
/// there when it is complete; what is not finished is removed.
#[derive(Debug)]
pub struct CorpusWriter {
    folder: PathBuf,
    unfinished: PathBuf,
    examples: BufWriter<File>,
    ids: HashSet<String>,
    files: BTreeMap<TablePath, FileObject>,
    record_sets: BTreeMap<TablePath, RecordSet>,
    finished: bool,
}

impl CorpusWriter {
    /// Begins a corpus in a folder that is absent or empty.
    ///
    /// # Errors
    ///
    /// When something is there already, or nothing can be written there.
    pub fn create(folder: impl Into<PathBuf>) -> Result<Self, FolderError> {
        let folder = folder.into();
        let occupied = fs::read_dir(&folder).map_or(folder.exists(), |mut entries| entries.next().is_some());
        if occupied {
            return Err(FolderError::Occupied { folder });
        }
        let unfinished = beside(&folder);
        let begin = || {
            fs::create_dir_all(&unfinished)?;
            File::create(unfinished.join(EXAMPLES))
        };
        let file = begin().map_err(|source| FolderError::File {
            path: unfinished.clone(),
            source,
        })?;
        Ok(Self {
            folder,
            unfinished,
            examples: BufWriter::new(file),
            ids: HashSet::new(),
            files: BTreeMap::new(),
            record_sets: BTreeMap::new(),
            finished: false,
        })
    }

    /// Adds a file. The same contents may be added twice under one name.
    ///
    /// # Errors
    ///
    /// When the name is taken by other contents, or the file cannot be written.
    pub fn file(&mut self, path: &TablePath, bytes: &[u8], licences: &[String]) -> Result<(), FolderError> {
        let digest = Digest::of(bytes);
        if let Some(known) = self.files.get(path) {
            return if known.digest == Some(digest) {
                Ok(())
            } else {
                Err(FolderError::RepeatedFile {
                    path: path.to_string(),
                })
            };
        }
        let full = path.under(&self.unfinished);
        let write = || {
            full.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&full, bytes)
        };
        write().map_err(|source| FolderError::File {
            path: full.clone(),
            source,
        })?;
        let file = file_object(path, digest, bytes.len() as u64, licences);
        self.files.insert(path.clone(), file);
        Ok(())
    }

    /// Adds a table as the file that holds it; its columns are named in the manifest.
    ///
    /// # Errors
    ///
    /// As [`file`](Self::file).
    pub fn table(
        &mut self,
        path: &TablePath,
        bytes: &[u8],
        table: &Table,
        licences: &[String],
    ) -> Result<(), FolderError> {
        self.file(path, bytes, licences)?;
        self.record_sets.entry(path.clone()).or_insert_with(|| {
            let id = path.as_str();
            let fields = (0..table.columns()).map(|index| RecordField::of_table(id, table, index, id));
            RecordSet {
                id: id.to_owned(),
                name: id.to_owned(),
                fields: fields.collect(),
                ..RecordSet::default()
            }
        });
        Ok(())
    }

    /// Whether a file was added under a name.
    pub fn has(&self, path: &TablePath) -> bool {
        self.files.contains_key(path)
    }

    /// Number of tables that were added.
    pub fn tables(&self) -> usize {
        self.record_sets.len()
    }

    /// Adds an example.
    ///
    /// # Errors
    ///
    /// When its name is taken, one of its tables was not added, or it cannot be written.
    pub fn example(&mut self, example: &Example) -> Result<(), FolderError> {
        if let Some(path) = example.tables.iter().find(|path| !self.has(path)) {
            return Err(FolderError::UnknownTable {
                id: example.id.clone(),
                path: path.to_string(),
            });
        }
        if !self.ids.insert(example.id.clone()) {
            return Err(FolderError::RepeatedId {
                id: example.id.clone(),
            });
        }
        let mut write = || -> io::Result<()> {
            serde_json::to_writer(&mut self.examples, &example.to_json())?;
            self.examples.write_all(b"\n")
        };
        write().map_err(|source| self.failed(EXAMPLES, source))
    }

    /// Writes the manifest and puts the corpus in its place.
    ///
    /// # Errors
    ///
    /// When something cannot be written.
    pub fn finish(mut self, description: Description) -> Result<Manifest, FolderError> {
        self.examples
            .flush()
            .map_err(|source| self.failed(EXAMPLES, source))?;
        let (digest, size) = File::open(self.unfinished.join(EXAMPLES))
            .and_then(Digest::of_reader)
            .map_err(|source| self.failed(EXAMPLES, source))?;
        let examples = file_object(&TablePath::new(EXAMPLES)?, digest, size, &description.licences);
        let manifest = Manifest {
            name: description.name,
            description: description.description,
            url: description.url,
            version: description.version,
            date_published: description.date_published,
            creators: description.creators,
            licences: self.all_licences(&description.licences),
            files: [examples]
                .into_iter()
                .chain(std::mem::take(&mut self.files).into_values())
                .collect(),
            record_sets: std::mem::take(&mut self.record_sets).into_values().collect(),
            ..Manifest::default()
        };
        let text = format!("{:#}\n", manifest.to_json());
        fs::write(self.unfinished.join(MANIFEST), text)
            .and_then(|()| put_in_place(&self.unfinished, &self.folder))
            .map_err(|source| self.failed(MANIFEST, source))?;
        self.finished = true;
        Ok(manifest)
    }

    /// The licence of the whole: every licence of a part. A part without one leaves the whole without.
    fn all_licences(&self, own: &[String]) -> Vec<String> {
        let parts = self.files.values().map(|file| file.licences.as_slice());
        let lists: Vec<&[String]> = parts.chain([own]).collect();
        if lists.iter().any(|list| list.is_empty()) {
            return Vec::new();
        }
        let all: BTreeSet<&String> = lists.into_iter().flatten().collect();
        all.into_iter().cloned().collect()
    }

    fn failed(&self, file: &str, source: io::Error) -> FolderError {
        FolderError::File {
            path: self.folder.join(file),
            source,
        }
    }
}

impl Drop for CorpusWriter {
    fn drop(&mut self) {
        if !self.finished {
            // What cannot be removed has a name that says what it is.
            drop(fs::remove_dir_all(&self.unfinished));
        }
    }
}

fn put_in_place(unfinished: &Path, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(unfinished, folder)
}

/// A hidden name in the same folder, so that the final move stays on one file system.
fn beside(folder: &Path) -> PathBuf {
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    folder.with_file_name(format!(".{name}.{}.unfinished", std::process::id()))
}

fn file_object(path: &TablePath, digest: Digest, size: u64, licences: &[String]) -> FileObject {
    let mut file = FileObject {
        id: path.to_string(),
        name: path.to_string(),
        content_url: path.to_string(),
        encoding_format: media_type(path).to_owned(),
        digest: Some(digest),
        licences: licences.to_vec(),
        ..FileObject::default()
    };
    file.rest.insert("contentSize".into(), format!("{size} B").into());
    file
}

fn media_type(path: &TablePath) -> &'static str {
    match path.as_str().rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv",
        Some("tsv") => "text/tab-separated-values",
        Some("jsonl") => "application/jsonlines",
        Some("json") => "application/json",
        Some("parquet") => "application/x-parquet",
        _ => "application/octet-stream",
    }
}
