//! [`Release`]: nvBench as it can be had: items and tables.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use marey_table::Table;

use super::{Pair, altered::with_markers, pages};
use crate::{
    folder::TablePath,
    import::{ImportError, as_written, bytes, json_lines, table},
};

/// The items and tables of nvBench.
#[derive(Debug)]
pub struct Release {
    /// The items, in the order of the release.
    pub pairs: Vec<Pair>,
    tables: BTreeMap<(String, String), ReleaseTable>,
}

/// A table of the release.
#[derive(Debug)]
pub(crate) struct ReleaseTable {
    pub(crate) path: TablePath,
    pub(crate) bytes: Vec<u8>,
    pub(crate) table: Table,
}

impl Release {
    /// Reads a release from a folder: extracted pairs (`pairs.jsonl`, `tables/DATABASE/TABLE.csv`), or
    /// the pages of the public repository (`nvBench_VegaLite/VIS_*.html`).
    ///
    /// # Errors
    ///
    /// When the folder has neither, or a file of it is not as it should be.
    pub fn open(folder: &Path) -> Result<Self, ImportError> {
        if folder.join("pairs.jsonl").is_file() {
            return Self::extracted(folder);
        }
        let candidates =
            ["nvBench_VegaLite", "nvBench/nvBench_VegaLite", "."].map(|place| folder.join(place));
        for place in candidates {
            let pages = pages::list(&place)?;
            if !pages.is_empty() {
                return Self::of_pages(&pages);
            }
        }
        Err(ImportError::NotThis {
            folder: folder.to_owned(),
            kind: "release of nvBench",
            expected: "`pairs.jsonl` and `tables/DATABASE/TABLE.csv`, or `nvBench_VegaLite/VIS_*.html`,",
        })
    }

    fn extracted(folder: &Path) -> Result<Self, ImportError> {
        let pairs = json_lines(&folder.join("pairs.jsonl"))?;
        let mut release = Self {
            pairs: pairs.into_iter().map(|(_, pair)| pair).collect(),
            tables: BTreeMap::new(),
        };
        for database in sorted_entries(&folder.join("tables"))? {
            for file in sorted_entries(&database)? {
                let (db, name) = (file_name(&database), file_name(&file));
                release.add(&db, TablePath::new(format!("tables/{db}/{name}"))?, bytes(&file)?)?;
            }
        }
        Ok(release)
    }

    fn of_pages(files: &[PathBuf]) -> Result<Self, ImportError> {
        let mut release = Self {
            pairs: Vec::with_capacity(files.len()),
            tables: BTreeMap::new(),
        };
        for file in files {
            let page = pages::read(file)?;
            let (db, name) = (&page.pair.db, &page.pair.main_table);
            if !release.tables.contains_key(&key(db, name)) {
                release.add(db, TablePath::new(format!("tables/{db}/{name}.csv"))?, page.csv())?;
            }
            release.pairs.push(page.pair);
        }
        Ok(release)
    }

    fn add(&mut self, db: &str, path: TablePath, bytes: Vec<u8>) -> Result<(), ImportError> {
        let table = with_markers(table(&path, &bytes)?, &as_written(&path, &bytes)?).renamed(path.stem());
        let key = key(db, path.stem());
        self.tables.insert(key, ReleaseTable { path, bytes, table });
        Ok(())
    }

    /// A table of a database; names are told apart without regard to case, as queries do.
    pub fn table(&self, db: &str, name: &str) -> Option<&Table> {
        self.found(db, name).map(|found| &found.table)
    }

    /// Every table: database, name in lower case, and the table.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &str, &Table)> {
        self.tables
            .iter()
            .map(|((db, name), found)| (db.as_str(), name.as_str(), &found.table))
    }

    pub(crate) fn found(&self, db: &str, name: &str) -> Option<&ReleaseTable> {
        self.tables.get(&key(db, name))
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &ReleaseTable> {
        self.tables.values()
    }

    /// The tables of an item's database that its query names and that are there.
    pub fn database(&self, pair: &Pair) -> Vec<&Table> {
        pair.tables
            .iter()
            .filter_map(|name| self.table(&pair.db, name))
            .collect()
    }
}

fn key(db: &str, name: &str) -> (String, String) {
    (db.to_lowercase(), name.to_lowercase())
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let list = || -> std::io::Result<Vec<PathBuf>> {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        Ok(entries)
    };
    list().map_err(|source| ImportError::File {
        path: folder.to_owned(),
        source,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
