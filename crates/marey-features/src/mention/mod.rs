//! Schema linking: which columns and cells the words of a request may mean.
//!
//! A [`MentionIndex`] is made once per table; [`MentionIndex::find`] then links a request in
//! microseconds, however many different cells there are. Everything it finds is a suggestion with its
//! kind and strength; what to make of it is the model's business.

mod cells;
mod edit;
mod index;
mod literal;
mod meaning;
mod names;
mod postings;
mod run;
mod text_index;

use std::ops::Range;

pub use index::{MentionIndex, MentionOptions};
pub use literal::{Literal, LiteralValue};

/// What the words of a request may mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mentions {
    /// Columns, strongest first; a weaker mention of a column within the words of a stronger one of
    /// the same column is left out. At most 512.
    pub columns: Vec<ColumnMention>,
    /// Cells of text columns, strongest first; at most [`MentionOptions::max_values`].
    pub values: Vec<ValueMention>,
    /// Numbers, dates and quotations, in order.
    pub literals: Vec<Literal>,
}

/// A run of words that may name a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnMention {
    /// Position of the column in the table.
    pub column: usize,
    /// Positions of the words in the request.
    pub words: Range<usize>,
    /// How the words are like the name.
    pub kind: ColumnMatch,
    /// Strength by kind and by how much of the name is covered, 0 to 1.
    pub score: f32,
}

/// How words are like the name of a column; strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnMatch {
    /// The whole name, whatever its case and separators (`hire date`, `HIRE_DATE`).
    Exact,
    /// The whole name by English stems (`salaries`, `salary`).
    Stem,
    /// The whole name but for one edit, or two from eight letters on (`salery`, `salary`).
    Slip,
    /// A word of the name.
    Part,
    /// A word of the name by stems.
    PartStem,
    /// A word of the name begins with the word, or the word with a word of the name (`emp`, `employees`).
    Prefix,
    /// A word of the name but for one edit.
    PartSlip,
    /// A word of the name has the same meaning (`wage`, `salary`), or the column's values have that
    /// meaning (`when` and dates, `country` and countries).
    Meaning,
    /// A word of the name means much the same by [word vectors](crate::vector) (`earnings`, `salary`).
    Alike,
}

/// A run of words that may name a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueMention {
    /// Position of the column in the table.
    pub column: usize,
    /// The cell as it is written in the table; of several spellings that fold alike the most
    /// frequent.
    pub value: String,
    /// Number of rows with this cell.
    pub rows: u64,
    /// Positions of the words in the request.
    pub words: Range<usize>,
    /// How the words are like the cell.
    pub kind: ValueMatch,
    /// Strength by kind, length and quotation marks, 0 to 1.
    pub score: f32,
}

/// How words are like a cell; strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueMatch {
    /// The whole cell, whatever its case, accents and separators.
    Exact,
    /// The whole cell by English stems.
    Stem,
    /// The whole cell but for one edit.
    Slip,
    /// The cell begins with the words (`calif`, `California`).
    Prefix,
    /// One of the words of the cell, which few cells have (`smith`, `Mary Smith`).
    Part,
}

impl Mentions {
    /// The columns to look at first, at most `most` of a table's `columns`: mentioned ones by their
    /// strength, those of mentioned cells, then the others in the order of the table. The result is
    /// in the order of the table.
    pub fn promising_columns(&self, columns: usize, most: usize) -> Vec<usize> {
        let mut chosen = vec![false; columns];
        let mentioned = self.columns.iter().map(|mention| mention.column);
        let with_values = self.values.iter().map(|mention| mention.column);
        let mut left = most;
        for column in mentioned.chain(with_values).chain(0..columns) {
            if left > 0 && chosen.get(column) == Some(&false) {
                chosen[column] = true;
                left -= 1;
            }
        }
        (0..columns).filter(|column| chosen[*column]).collect()
    }
}
