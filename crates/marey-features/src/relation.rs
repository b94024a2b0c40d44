//! [`RelationMatrix`]: how every word, column and cell of a request is related to every other.
//!
//! The typed relations of RAT-SQL (Wang et al., *RAT-SQL: relation-aware schema encoding and linking
//! for text-to-SQL parsers*, 2020, section 4), with cells as BRIDGE has them (Lin, Socher and Xiong,
//! 2020). A model learns one number per relation and attention head.

use std::ops::Range;

use marey_core::{FieldName, FieldType};
use marey_profile::{AssociationMeasure, TableProfile};

use crate::{
    mention::{ColumnMatch, Mentions, ValueMatch},
    word::name_words,
};

/// Correlations above this are strong.
const STRONG: f64 = 0.8;

macro_rules! relations {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// How one word, column or cell is related to another.
        ///
        /// The number of a relation is part of the version of the model's features.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Relation {
            $($(#[doc = $doc])* $name,)*
        }

        impl Relation {
            /// All relations, in order of their numbers.
            pub const ALL: &[Relation] = &[$(Relation::$name,)*];
        }
    };
}

relations! {
    /// A word and itself.
    WordSelf,
    /// A word and the one behind it.
    WordNext,
    /// A word and the one before it.
    WordBefore,
    /// A word and the second or third behind it.
    WordSoon,
    /// A word and the second or third before it.
    WordShortlyBefore,
    /// A word and one further behind it.
    WordFar,
    /// A word and one further before it.
    WordFarBefore,
    /// A word of a whole name, and its column.
    NameExact,
    /// A word of a whole name by stems, and its column.
    NameStem,
    /// A word of a misspelt whole name, and its column.
    NameSlip,
    /// A word of a name, and its column.
    NamePart,
    /// A word of a name by stem, shortened or misspelt, and its column.
    NameLike,
    /// A word that means what a column holds.
    NameMeaning,
    /// A word much like one of a column's name by word vectors.
    NameAlike,
    /// A word and a column it does not name.
    NameNone,
    /// A column and a word of its whole name.
    NamedExact,
    /// A column and a word of its whole name by stems.
    NamedStem,
    /// A column and a word of its misspelt whole name.
    NamedSlip,
    /// A column and a word of its name.
    NamedPart,
    /// A column and a word of its name by stem, shortened or misspelt.
    NamedLike,
    /// A column and a word that means what it holds.
    NamedMeaning,
    /// A column and a word much like one of its name by word vectors.
    NamedAlike,
    /// A column and a word that does not name it.
    NamedNone,
    /// A word of a whole cell.
    ValueExact,
    /// A word of a part of a cell, or of a misspelt one.
    ValueLike,
    /// A word and a cell it does not name.
    ValueNone,
    /// A cell and a word of all of it.
    ValuedExact,
    /// A cell and a word of a part of it, or of a misspelling.
    ValuedLike,
    /// A cell and a word that does not name it.
    ValuedNone,
    /// A column and itself.
    ColumnSelf,
    /// A column that decides the other's value.
    ColumnDecides,
    /// A column that follows from the other.
    ColumnFollows,
    /// Columns with a correlation or association above 0.8.
    ColumnStrong,
    /// Columns whose names share a word by stem.
    ColumnAkin,
    /// Columns of one field type.
    ColumnSameType,
    /// Columns with nothing of that in common.
    ColumnOther,
    /// A cell and its column.
    CellOf,
    /// A cell and a column of others.
    CellOther,
    /// A column and one of its cells.
    HasCell,
    /// A column and a cell of another.
    HasNot,
    /// A cell and itself.
    CellSelf,
    /// Cells of one column.
    CellSameColumn,
    /// Cells of different columns.
    CellFar,
}

impl Relation {
    /// Number of relations.
    pub const COUNT: usize = Self::ALL.len();
}

/// What the columns of a table have to do with each other: `[columns, columns]` relations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnRelations {
    columns: usize,
    relations: Vec<Relation>,
}

impl ColumnRelations {
    /// Tells the relations from a profile. Of several that hold the first of decides, follows,
    /// strong, akin, same type is taken.
    pub fn new(profile: &TableProfile) -> Self {
        let columns = profile.columns.len();
        let mut relations = vec![Relation::ColumnOther; columns * columns];
        let types: Vec<FieldType> = profile.columns.iter().map(|column| column.field_type).collect();
        let stems: Vec<Vec<String>> = profile
            .columns
            .iter()
            .map(|column| {
                let words = name_words(column.name.as_str());
                words
                    .into_iter()
                    .map(|word| word.stem)
                    .filter(|stem| stem.len() > 1)
                    .collect()
            })
            .collect();
        for a in 0..columns {
            for b in 0..columns {
                relations[a * columns + b] = if a == b {
                    Relation::ColumnSelf
                } else if stems[a].iter().any(|stem| stems[b].contains(stem)) {
                    Relation::ColumnAkin
                } else if types[a] == types[b] {
                    Relation::ColumnSameType
                } else {
                    Relation::ColumnOther
                };
            }
        }
        let mut found = Self { columns, relations };
        found.add_found(profile);
        found
    }

    /// Adds what the profile found in the values.
    fn add_found(&mut self, profile: &TableProfile) {
        let positions: std::collections::HashMap<&FieldName, usize> = profile
            .columns
            .iter()
            .enumerate()
            .rev()
            .map(|(at, column)| (&column.name, at))
            .collect();
        let position = |name: &FieldName| positions.get(name).copied();
        for pair in &profile.pairs {
            let is_scaled = pair.measure != AssociationMeasure::MutualInformation;
            if let (true, Some(a), Some(b)) = (
                is_scaled && pair.value.abs() > STRONG,
                position(&pair.a),
                position(&pair.b),
            ) {
                self.set(a, b, Relation::ColumnStrong);
                self.set(b, a, Relation::ColumnStrong);
            }
        }
        // Of columns that follow from each other, the first decides.
        for dependency in profile.dependencies.iter().rev() {
            if let (Some(from), Some(to)) = (position(&dependency.from), position(&dependency.to)) {
                self.set(from, to, Relation::ColumnDecides);
                self.set(to, from, Relation::ColumnFollows);
            }
        }
    }

    fn set(&mut self, a: usize, b: usize, relation: Relation) {
        if a != b {
            self.relations[a * self.columns + b] = relation;
        }
    }

    /// How a column is related to another.
    pub fn get(&self, a: usize, b: usize) -> Relation {
        let is_inside = a < self.columns && b < self.columns;
        let found = is_inside.then(|| self.relations[a * self.columns + b]);
        found.unwrap_or(Relation::ColumnOther)
    }
}

/// How every word, column and cell is related to every other: `[n, n]` numbers of [`Relation`]s,
/// row by row, over words, then columns, then cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationMatrix {
    /// Number of words, at the front.
    pub words: usize,
    /// Number of columns, behind them.
    pub columns: usize,
    /// Number of cells, at the end.
    pub values: usize,
    /// The relations, `[n, n]` with `n = words + columns + values`.
    pub relations: Vec<u8>,
}

impl RelationMatrix {
    /// The matrix of a request over the columns at the positions `columns`, in that order, and the
    /// values of `mentions`. A position may be beyond the table's last column; such a column is
    /// related to nothing.
    ///
    /// ```
    /// use marey_features::{mention::MentionIndex, relation::{Relation, RelationMatrix}, request::Request};
    /// use marey_profile::{ProfileOptions, profile};
    /// use marey_table::read::{ReadOptions, read};
    ///
    /// let csv = b"salary,city\n10,New York\n12,Boston\n".to_vec();
    /// let table = read("staff.csv", csv, &ReadOptions::default())?.value;
    /// let index = MentionIndex::new(&table, &profile(&table, &ProfileOptions::default()));
    ///
    /// let request = Request::parse("salary in boston");
    /// let mentions = index.find(&request);
    /// let matrix = RelationMatrix::new(request.words.len(), &mentions, index.relations(), &[0, 1]);
    /// assert_eq!(matrix.len(), 3 + 2 + 1);
    /// assert_eq!(matrix.get(0, 3), Some(Relation::NameExact));
    /// assert_eq!(matrix.get(5, 4), Some(Relation::CellOf));
    /// # Ok::<(), marey_table::TableError>(())
    /// ```
    pub fn new(words: usize, mentions: &Mentions, relations: &ColumnRelations, columns: &[usize]) -> Self {
        let values = &mentions.values;
        let n = words + columns.len() + values.len();
        let mut matrix = Self {
            words,
            columns: columns.len(),
            values: values.len(),
            relations: vec![0; n * n],
        };
        let (first_column, first_value) = (words, words + columns.len());
        matrix.fill(0..words, 0..words, word_distance);
        matrix.fill(0..words, first_column..first_value, |_, _| Relation::NameNone);
        matrix.fill(first_column..first_value, 0..words, |_, _| Relation::NamedNone);
        matrix.fill(0..words, first_value..n, |_, _| Relation::ValueNone);
        matrix.fill(first_value..n, 0..words, |_, _| Relation::ValuedNone);
        matrix.fill(first_column..first_value, first_column..first_value, |a, b| {
            if a == b {
                Relation::ColumnSelf
            } else {
                relations.get(columns[a], columns[b])
            }
        });
        matrix.fill(first_column..first_value, first_value..n, |column, value| {
            let is_own = columns[column] == values[value].column;
            if is_own {
                Relation::HasCell
            } else {
                Relation::HasNot
            }
        });
        matrix.fill(first_value..n, first_column..first_value, |value, column| {
            let is_own = columns[column] == values[value].column;
            if is_own {
                Relation::CellOf
            } else {
                Relation::CellOther
            }
        });
        matrix.fill(first_value..n, first_value..n, |a, b| {
            match (a == b, values[a].column == values[b].column) {
                (true, _) => Relation::CellSelf,
                (false, true) => Relation::CellSameColumn,
                (false, false) => Relation::CellFar,
            }
        });
        matrix.add_mentions(mentions, columns);
        matrix
    }

    fn fill(
        &mut self,
        rows: Range<usize>,
        columns: Range<usize>,
        relation: impl Fn(usize, usize) -> Relation,
    ) {
        let n = self.len();
        for row in rows.clone() {
            for column in columns.clone() {
                self.relations[row * n + column] = relation(row - rows.start, column - columns.start) as u8;
            }
        }
    }

    fn add_mentions(&mut self, mentions: &Mentions, columns: &[usize]) {
        let (first_column, first_value) = (self.words, self.words + self.columns);
        for mention in &mentions.columns {
            let (name, named) = name_relations(mention.kind);
            for at in (0..columns.len()).filter(|at| columns[*at] == mention.column) {
                self.relate(&mention.words, first_column + at, name, named);
            }
        }
        for (at, mention) in mentions.values.iter().enumerate() {
            let (value, valued) = match mention.kind {
                ValueMatch::Exact | ValueMatch::Stem => (Relation::ValueExact, Relation::ValuedExact),
                ValueMatch::Slip | ValueMatch::Prefix | ValueMatch::Part => {
                    (Relation::ValueLike, Relation::ValuedLike)
                }
            };
            self.relate(&mention.words, first_value + at, value, valued);
        }
    }

    /// Relates words to an item; the relation with the lower number, which is the stronger, stays.
    fn relate(&mut self, words: &Range<usize>, item: usize, forth: Relation, back: Relation) {
        let n = self.len();
        for word in words.start.min(self.words)..words.end.min(self.words) {
            let cell = &mut self.relations[word * n + item];
            *cell = (*cell).min(forth as u8);
            let cell = &mut self.relations[item * n + word];
            *cell = (*cell).min(back as u8);
        }
    }

    /// Number of words, columns and cells together.
    pub fn len(&self) -> usize {
        self.words + self.columns + self.values
    }

    /// Whether there is nothing to relate.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How one is related to another; none beyond the end.
    pub fn get(&self, from: usize, to: usize) -> Option<Relation> {
        let is_inside = from < self.len() && to < self.len();
        let number = is_inside.then(|| self.relations[from * self.len() + to])?;
        Relation::ALL.get(usize::from(number)).copied()
    }
}

fn word_distance(a: usize, b: usize) -> Relation {
    match b as isize - a as isize {
        0 => Relation::WordSelf,
        1 => Relation::WordNext,
        -1 => Relation::WordBefore,
        2 | 3 => Relation::WordSoon,
        -2 | -3 => Relation::WordShortlyBefore,
        distance if distance < 0 => Relation::WordFarBefore,
        _ => Relation::WordFar,
    }
}

fn name_relations(kind: ColumnMatch) -> (Relation, Relation) {
    match kind {
        ColumnMatch::Exact => (Relation::NameExact, Relation::NamedExact),
        ColumnMatch::Stem => (Relation::NameStem, Relation::NamedStem),
        ColumnMatch::Slip => (Relation::NameSlip, Relation::NamedSlip),
        ColumnMatch::Part => (Relation::NamePart, Relation::NamedPart),
        ColumnMatch::PartStem | ColumnMatch::Prefix | ColumnMatch::PartSlip => {
            (Relation::NameLike, Relation::NamedLike)
        }
        ColumnMatch::Meaning => (Relation::NameMeaning, Relation::NamedMeaning),
        ColumnMatch::Alike => (Relation::NameAlike, Relation::NamedAlike),
    }
}
