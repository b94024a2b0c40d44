//! A column of categories as codes.

use arrow::{
    array::{Array, AsArray},
    compute::cast,
    datatypes::DataType,
};
use hashbrown::HashMap;
use marey_core::FieldName;
use marey_table::Table;

/// A column of categories; rows without one have the code after the last.
#[derive(Debug, Clone)]
pub(crate) struct Dimension {
    pub name: FieldName,
    /// Category of each row; `labels.len()` for none.
    pub codes: Vec<u32>,
    /// Categories in order of first appearance in the table.
    pub labels: Vec<String>,
    /// Rows of each category.
    pub counts: Vec<u32>,
    /// Whether categories are months, weekdays or years.
    pub is_part_of_date: bool,
}

impl Dimension {
    /// Encodes a column; text is taken as it stands, other values as Arrow writes them.
    pub fn new(table: &Table, index: usize, order: Option<&[u32]>) -> Self {
        let mut labels: Vec<String> = Vec::new();
        let mut known: HashMap<String, u32, foldhash::fast::FixedState> = HashMap::default();
        let mut codes = Vec::with_capacity(table.rows());
        for piece in table.column(index) {
            let texts = match cast(piece, &DataType::Utf8) {
                Ok(texts) => texts,
                Err(_) => {
                    codes.extend(std::iter::repeat_n(u32::MAX, piece.len()));
                    continue;
                }
            };
            for text in texts.as_string::<i32>() {
                let Some(text) = text else {
                    codes.push(u32::MAX);
                    continue;
                };
                let code = known.get(text).copied().unwrap_or_else(|| {
                    let code = labels.len() as u32;
                    labels.push(text.to_owned());
                    known.insert(text.to_owned(), code);
                    code
                });
                codes.push(code);
            }
        }
        let none = labels.len() as u32;
        let mut counts = vec![0_u32; labels.len()];
        for code in &mut codes {
            *code = (*code).min(none);
            if let Some(count) = counts.get_mut(*code as usize) {
                *count += 1;
            }
        }
        Self {
            name: table.column_name(index),
            codes: super::permuted(codes, order),
            labels,
            counts,
            is_part_of_date: false,
        }
    }

    /// Appends the rows of a column; whether all categories were known or may be new.
    pub fn append(&mut self, table: &Table, index: usize, may_be_new: bool) -> bool {
        let fresh = Self::new(table, index, None);
        let mut codes: Vec<Option<u32>> = {
            let known: HashMap<&str, u32, foldhash::fast::FixedState> = (0..)
                .zip(&self.labels)
                .map(|(code, label)| (label.as_str(), code))
                .collect();
            let code = |label: &String| known.get(label.as_str()).copied();
            fresh.labels.iter().map(code).collect()
        };
        let new = codes.iter().filter(|code| code.is_none()).count();
        if new > 0 && !may_be_new {
            return false;
        }
        let (before, mut next) = (self.labels.len() as u32, self.labels.len() as u32);
        for (code, label) in codes
            .iter_mut()
            .zip(&fresh.labels)
            .filter(|(code, _)| code.is_none())
        {
            *code = Some(next);
            self.labels.push(label.clone());
            self.counts.push(0);
            next += 1;
        }
        if new > 0 {
            // The code of rows without a category comes after the last.
            self.codes
                .iter_mut()
                .filter(|code| **code == before)
                .for_each(|code| *code = next);
        }
        for code in fresh.codes {
            let code = codes.get(code as usize).copied().flatten().unwrap_or(next);
            if let Some(count) = self.counts.get_mut(code as usize) {
                *count += 1;
            }
            self.codes.push(code);
        }
        true
    }

    /// Number of categories.
    pub fn len(&self) -> usize {
        self.labels.len()
    }
}
