//! The labels of the corpus in our words: `mapping.csv`, committed beside this file.
//!
//! A row holds a label, the storage class that goes with it, the physical types that count as
//! right and the semantic type. `*` stands for any label with that storage class; rows that name
//! the label come before it. An empty semantic type means that the label says nothing that we have
//! a word for.

use std::{collections::BTreeMap, str::FromStr};

use marey_core::{PhysicalType, SemanticType};

/// A label in our words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Gold {
    /// The physical types that count as right.
    pub(super) physical: Vec<PhysicalType>,
    /// The semantic type, where the label names one.
    pub(super) semantic: Option<SemanticType>,
}

/// What is right for a column whose label was looked at and is wrong, is missing, or follows
/// another convention.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Correction {
    /// Empty where the label's physical type stands.
    pub(super) physical: Vec<PhysicalType>,
    /// None where the label's semantic type stands.
    pub(super) semantic: Option<SemanticType>,
}

/// The committed mapping, and the corrections of labels (`label_errors.csv`).
#[derive(Debug)]
pub(super) struct Mapping {
    rows: BTreeMap<(String, String), Gold>,
    errors: BTreeMap<String, Correction>,
}

impl Mapping {
    pub(super) fn committed() -> Self {
        let rows = include_str!("mapping.csv")
            .lines()
            .skip(1)
            .filter_map(row)
            .collect();
        let errors = include_str!("label_errors.csv").lines().skip(1).filter_map(error);
        Self {
            rows,
            errors: errors.collect(),
        }
    }

    /// What is right for a column whose label is listed as wrong.
    pub(super) fn correction(&self, id: &str) -> Option<&Correction> {
        self.errors.get(id)
    }

    /// What a label over a storage class means.
    pub(super) fn gold(&self, label: &str, base: &str) -> Option<&Gold> {
        let of = |label: &str| self.rows.get(&(label.to_owned(), base.to_owned()));
        of(label).or_else(|| of("*"))
    }

    /// Every semantic type that some label means.
    pub(super) fn semantic_types(&self) -> Vec<SemanticType> {
        let mut types: Vec<SemanticType> = self.rows.values().filter_map(|gold| gold.semantic).collect();
        types.sort_unstable();
        types.dedup();
        types
    }
}

fn row(line: &str) -> Option<((String, String), Gold)> {
    // From the end: labels may hold commas.
    let mut cells = line.rsplitn(4, ',');
    let (semantic, physical, base, label) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let gold = Gold {
        physical: physical_types(physical),
        semantic: SemanticType::from_str(semantic).ok(),
    };
    Some(((label.trim_matches('"').to_owned(), base.to_owned()), gold))
}

fn error(line: &str) -> Option<(String, Correction)> {
    let mut cells = line.splitn(4, ',');
    let (column, physical, semantic) = (cells.next()?, cells.next()?, cells.next()?);
    let correction = Correction {
        physical: physical_types(physical),
        semantic: SemanticType::from_str(semantic).ok(),
    };
    Some((column.to_owned(), correction))
}

fn physical_types(names: &str) -> Vec<PhysicalType> {
    let types = names.split('|').map(PhysicalType::from_str);
    types.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_mapping_is_understood() {
        let lines = include_str!("mapping.csv").lines().skip(1);
        for line in lines.clone() {
            let (_, gold) = row(line).unwrap();
            let cells: Vec<&str> = line.rsplitn(4, ',').collect();
            assert_eq!(gold.physical.len(), cells[1].split('|').count(), "{line}");
            assert_eq!(gold.semantic.is_some(), !cells[0].is_empty(), "{line}");
        }
        assert_eq!(Mapping::committed().rows.len(), lines.count());
    }

    #[test]
    fn every_label_error_names_types_and_a_reason() {
        let lines = include_str!("label_errors.csv").lines().skip(1);
        for line in lines.clone() {
            let cells: Vec<&str> = line.splitn(4, ',').collect();
            assert!(cells[0].contains('#') && cells[3].len() > 10, "{line}");
            let (_, correction) = error(line).unwrap();
            let named = cells[1].split('|').filter(|name| !name.is_empty()).count();
            assert_eq!(correction.physical.len(), named, "{line}");
            assert_eq!(correction.semantic.is_some(), !cells[2].is_empty(), "{line}");
            assert!(named > 0 || correction.semantic.is_some(), "{line}");
        }
        assert_eq!(Mapping::committed().errors.len(), lines.count());
    }

    #[test]
    fn labels_come_before_storage_classes() {
        let mapping = Mapping::committed();
        let check = |label: &str, base: &str, expected: Option<SemanticType>| {
            assert_eq!(
                mapping.gold(label, base).and_then(|gold| gold.semantic),
                expected,
                "{label}"
            );
        };
        check("yyyy", "LocalDate", Some(SemanticType::Year));
        check("dd/MM/yyyy", "LocalDate", Some(SemanticType::Date));
        check("SIGNED,GROUPING", "Long", None);
        assert!(mapping.gold("NEVER_SEEN", "String").is_none());
    }
}
