//! Disturbances: the same items, asked in a way that should change nothing.
//!
//! Each keeps what is right: where columns are renamed, the right charts are renamed with them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use arrow::array::ArrayRef;
use marey_core::FieldName;
use marey_metrics::statistics::Generator;
use marey_table::{Table, write::write_csv};

use crate::{AskedTable, Gold, Item, LabError, baseline::renamed, run::fnv};

/// A way in which items are disturbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturbance {
    /// One letter in seven words of a request is doubled, lost or exchanged with the next, in words of five
    /// letters or more.
    Typos,
    /// Words of charts are replaced by others that mean the same.
    Synonyms,
    /// The columns of the table come in another order.
    Shuffled,
    /// The columns have lost the vowels of their names but the first letter.
    Renamed,
    /// The table has further columns, copies of the first three under other names.
    Distractors,
}

impl Disturbance {
    /// Every disturbance.
    pub const ALL: [Disturbance; 5] = [
        Disturbance::Typos,
        Disturbance::Synonyms,
        Disturbance::Shuffled,
        Disturbance::Renamed,
        Disturbance::Distractors,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Disturbance::Typos => "typos",
            Disturbance::Synonyms => "synonyms",
            Disturbance::Shuffled => "shuffled",
            Disturbance::Renamed => "renamed",
            Disturbance::Distractors => "distractors",
        }
    }

    /// The items, disturbed; the same items give the same result. Changed tables are written into a folder.
    ///
    /// # Errors
    ///
    /// When a changed table cannot be put together or written.
    pub(crate) fn apply(self, items: &mut [Item], fold_case: bool, folder: &Path) -> Result<(), LabError> {
        let mut tables: BTreeMap<PathBuf, Arc<AskedTable>> = BTreeMap::new();
        for item in items {
            match self {
                Disturbance::Typos => {
                    let id = item.id.clone();
                    item.request = item.request.take().map(|request| with_typos(&request, &id));
                }
                Disturbance::Synonyms => item.request = item.request.take().map(|request| reworded(&request)),
                _ => {
                    let known = tables.get(&item.table.path).cloned();
                    let table = match known {
                        Some(table) => table,
                        None => {
                            let file = folder.join(format!("{}.csv", tables.len()));
                            Arc::new(self.changed(&item.table, file)?)
                        }
                    };
                    tables.insert(item.table.path.clone(), table.clone());
                    if self == Disturbance::Renamed {
                        item.golds = item.golds.iter().map(|gold| rename(gold, item, &table)).collect();
                    }
                    item.canonical = Arc::new(table.canonical_options(fold_case));
                    item.table = table;
                }
            }
        }
        Ok(())
    }

    fn changed(self, asked: &AskedTable, file: PathBuf) -> Result<AskedTable, LabError> {
        let table = &asked.table;
        let mut columns = columns(table).map_err(|source| LabError::Table {
            path: asked.path.clone(),
            source,
        })?;
        match self {
            Disturbance::Shuffled => {
                Generator::new(fnv(table.name())).shuffle(&mut columns);
            }
            Disturbance::Renamed => {
                let mut taken: Vec<String> = Vec::new();
                for (name, _) in &mut columns {
                    let mut short = without_vowels(name.as_str());
                    while taken.contains(&short) {
                        short.push('2');
                    }
                    *name = FieldName::new(short.clone());
                    taken.push(short);
                }
            }
            _ => {
                let copies: Vec<_> = columns
                    .iter()
                    .take(3)
                    .map(|(name, array)| {
                        (
                            FieldName::new(format!("previous_{}", name.as_str())),
                            array.clone(),
                        )
                    })
                    .collect();
                columns.splice(0..0, copies);
            }
        }
        let changed = Table::from_columns(table.name(), columns).map_err(|source| LabError::Table {
            path: asked.path.clone(),
            source,
        })?;
        let failed = |source| LabError::Write {
            path: file.clone(),
            source,
        };
        file.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
        let written = fs::File::create(&file).map_err(failed)?;
        write_csv(&changed, written).map_err(|source| LabError::Table {
            path: file.clone(),
            source,
        })?;
        Ok(AskedTable::new(file, changed))
    }
}

/// A text that names no disturbance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no disturbance; expected typos, synonyms, shuffled, renamed or distractors")]
pub struct UnknownDisturbance(pub String);

impl FromStr for Disturbance {
    type Err = UnknownDisturbance;

    fn from_str(text: &str) -> Result<Self, UnknownDisturbance> {
        let found = Self::ALL.into_iter().find(|own| own.as_str() == text);
        found.ok_or_else(|| UnknownDisturbance(text.chars().take(40).collect()))
    }
}

fn columns(table: &Table) -> Result<Vec<(FieldName, ArrayRef)>, marey_table::TableError> {
    let column = |index: usize| {
        let pieces: Vec<&dyn arrow::array::Array> = table.column(index).map(AsRef::as_ref).collect();
        let array = match pieces.as_slice() {
            [] => arrow::array::new_empty_array(table.schema().field(index).data_type()),
            pieces => arrow::compute::concat(pieces).map_err(|source| marey_table::TableError::Arrow {
                what: "could not put the pieces of a column together".into(),
                source,
            })?,
        };
        Ok((table.column_name(index), array))
    };
    (0..table.columns()).map(column).collect()
}

fn rename(gold: &Gold, item: &Item, table: &Arc<AskedTable>) -> Arc<Gold> {
    Arc::new(Gold::new(renamed(&gold.spec, &item.table, table)))
}

fn without_vowels(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    let rest = letters.filter(|letter| !matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u'));
    first.into_iter().chain(rest).collect()
}

fn with_typos(request: &str, id: &str) -> String {
    let mut generator = Generator::new(fnv(id));
    let words = request.split(' ').map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 5 || generator.below(7) != 0 {
            return word.to_owned();
        }
        let place = 1 + generator.below(letters.len() - 2);
        match generator.below(3) {
            0 => letters.insert(place, letters[place]),
            1 => drop(letters.remove(place)),
            _ => letters.swap(place, place + 1),
        }
        letters.into_iter().collect()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Words of charts with others that mean the same; longer ones first.
const SAME: [(&str, &str); 22] = [
    ("bar chart", "column graph"),
    ("bar graph", "column graph"),
    ("pie chart", "circle diagram"),
    ("line chart", "curve"),
    ("scatter chart", "dot plot"),
    ("scatter plot", "dot cloud"),
    ("how many", "what count of"),
    ("number of", "tally of"),
    ("the number", "the tally"),
    ("descending", "falling"),
    ("ascending", "rising"),
    ("average", "mean"),
    ("maximum", "greatest"),
    ("minimum", "least"),
    ("visualize", "picture"),
    ("show", "present"),
    ("draw", "sketch"),
    ("each", "every"),
    ("total", "overall"),
    ("different", "distinct"),
    ("sort", "arrange"),
    ("greater than", "above"),
];

fn reworded(request: &str) -> String {
    SAME.iter().fold(request.to_owned(), |text, (word, other)| {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text.as_str();
        // Requests are short; letters of one byte keep their places in lower case.
        while let Some(at) = rest.to_ascii_lowercase().find(word) {
            let (before, after) = (&rest[..at], &rest[at + word.len()..]);
            let is_word =
                !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
            replaced.push_str(before);
            replaced.push_str(if is_word {
                other
            } else {
                &rest[at..at + word.len()]
            });
            rest = after;
        }
        replaced + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_reworded_and_misspelt_the_same_way_each_time() {
        assert_eq!(
            reworded("Show the Average price of each city in a bar chart, showing all"),
            "present the mean price of every city in a column graph, showing all"
        );
        let request = "visualize several average quantities against another measure everywhere please";
        let typos = with_typos(request, "i1");
        assert_eq!(typos, with_typos(request, "i1"));
        let misspelt = (0..50)
            .filter(|n| with_typos(request, &n.to_string()) != request)
            .count();
        assert!(misspelt > 30, "{misspelt}");
        assert_eq!(with_typos("ab cd", "i1"), "ab cd");
    }

    #[test]
    fn names_are_shortened_as_people_do() {
        assert_eq!(without_vowels("department_id"), "dprtmnt_d");
        assert_eq!(without_vowels("age"), "ag");
        assert_eq!(without_vowels(""), "");
        for disturbance in Disturbance::ALL {
            assert_eq!(disturbance.as_str().parse(), Ok(disturbance));
        }
        assert!("noise".parse::<Disturbance>().is_err());
    }
}
