//! [`TableFacts`]: what is told of columns by the rest of their table.

use std::collections::HashMap;

use marey_core::FieldName;
use marey_profile::{AssociationMeasure, TableProfile};

use crate::word::name_words;

/// What is told of columns by the rest of their table, by position.
pub(super) struct TableFacts {
    pub(super) columns: Vec<ColumnFacts>,
}

/// What the rest of the table tells of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnFacts {
    /// Place in the table: 0 for the first, 1 for the last.
    pub(super) place: f64,
    /// Strongest correlation with another column, without its sign.
    pub(super) correlation: f64,
    /// Strongest association (correlation ratio, Cramér's V) with another column.
    pub(super) association: f64,
    pub(super) is_key: bool,
    pub(super) is_in_key: bool,
    pub(super) decides: bool,
    pub(super) follows: bool,
    /// Repeats another column, or is computed from others.
    pub(super) is_derived: bool,
    pub(super) is_in_hierarchy: bool,
    /// Shares a word of its name, by stem, with another column.
    pub(super) has_kin: bool,
}

impl TableFacts {
    pub(super) fn new(profile: &TableProfile) -> Self {
        let last = profile.columns.len().saturating_sub(1).max(1) as f64;
        let facts = (0..profile.columns.len()).map(|at| ColumnFacts {
            place: at as f64 / last,
            ..ColumnFacts::default()
        });
        let mut found = Self {
            columns: facts.collect(),
        };
        let positions: HashMap<&FieldName, usize> = profile
            .columns
            .iter()
            .enumerate()
            .rev()
            .map(|(at, column)| (&column.name, at))
            .collect();
        found.add_pairs(profile, &positions);
        found.add_relations(profile, &positions);
        found.add_kin(profile);
        found
    }

    fn note(
        &mut self,
        positions: &HashMap<&FieldName, usize>,
        name: &FieldName,
        note: impl FnOnce(&mut ColumnFacts),
    ) {
        if let Some(facts) = positions.get(name).and_then(|at| self.columns.get_mut(*at)) {
            note(facts);
        }
    }

    fn add_pairs(&mut self, profile: &TableProfile, positions: &HashMap<&FieldName, usize>) {
        for pair in &profile.pairs {
            let value = pair.value.abs();
            for name in [&pair.a, &pair.b] {
                self.note(positions, name, |facts| match pair.measure {
                    AssociationMeasure::Pearson | AssociationMeasure::Spearman => {
                        facts.correlation = facts.correlation.max(value);
                    }
                    AssociationMeasure::CorrelationRatio | AssociationMeasure::CramersV => {
                        facts.association = facts.association.max(value);
                    }
                    AssociationMeasure::TheilsU | AssociationMeasure::MutualInformation => {}
                });
            }
        }
    }

    fn add_relations(&mut self, profile: &TableProfile, positions: &HashMap<&FieldName, usize>) {
        for key in &profile.keys {
            for name in key {
                self.note(positions, name, |facts| {
                    facts.is_in_key = true;
                    facts.is_key |= key.len() == 1;
                });
            }
        }
        for dependency in &profile.dependencies {
            self.note(positions, &dependency.from, |facts| facts.decides = true);
            self.note(positions, &dependency.to, |facts| facts.follows = true);
        }
        let relations = &profile.relations;
        for duplicate in &relations.duplicates {
            self.note(positions, &duplicate.column, |facts| facts.is_derived = true);
        }
        for derived in &relations.derived {
            self.note(positions, &derived.column, |facts| facts.is_derived = true);
        }
        for level in relations
            .hierarchies
            .iter()
            .flat_map(|hierarchy| &hierarchy.levels)
        {
            self.note(positions, &level.column, |facts| facts.is_in_hierarchy = true);
        }
    }

    fn add_kin(&mut self, profile: &TableProfile) {
        let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, column) in profile.columns.iter().enumerate() {
            for word in name_words(column.name.as_str()) {
                holders.entry(word.stem).or_default().push(at);
            }
        }
        for holders in holders.values_mut() {
            holders.dedup();
            if holders.len() > 1 {
                holders.iter().for_each(|at| self.columns[*at].has_kin = true);
            }
        }
    }
}
