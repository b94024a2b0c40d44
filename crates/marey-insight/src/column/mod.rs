//! The table as tests see it: measures with normal scores, coded categories, a time axis; all rows
//! in order of time, once.

mod dimension;
mod measure;
mod rank;
mod role;
mod time;

pub(crate) use dimension::Dimension;
pub(crate) use measure::{Measure, numbers, scrambled};
pub(crate) use time::{DAY_MS, TimeAxis, floor, instants, iso};

use marey_core::{FieldName, SemanticType};
use marey_profile::TableProfile;
use marey_table::Table;
use rayon::prelude::*;

use crate::{DerivedColumn, MineOptions};
use role::Role;

/// A table encoded for testing.
pub(crate) struct Columns {
    /// Number of rows.
    pub rows: usize,
    /// Numbers that measure something.
    pub measures: Vec<Measure>,
    /// Columns of few categories.
    pub dimensions: Vec<Dimension>,
    /// Columns of many values that come back: what rows may belong to. Not searched themselves.
    pub entities: Vec<Dimension>,
    /// The axis of time, if there is one.
    pub time: Option<TimeAxis>,
    /// For each row here its row in the table; `None` where they are the same.
    pub source_rows: Option<Vec<u32>>,
    /// Mean number of times that a row stands in the table, weighted by rows: 1 without repeats.
    pub multiplicity: f64,
    /// What was left out, and why.
    pub warnings: Vec<String>,
    /// Normal scores of a column without gaps.
    quantiles: Vec<f64>,
}

impl Columns {
    /// Encodes the columns that can be searched.
    pub fn new(table: &Table, profile: &TableProfile, options: &MineOptions) -> Self {
        let rows = table.rows();
        let mut warnings = Vec::new();
        let roles = role::roles(table, profile, options, &mut warnings);
        let time_index = roles
            .iter()
            .find(|(_, role)| *role == Role::Time)
            .map(|(index, _)| *index);
        let instants = time_index.map(|index| time::instants(table, index));
        let order = instants.as_deref().and_then(time::order);
        let axis = instants.zip(time_index).and_then(|(instants, index)| {
            let instants = permuted(instants, order.as_deref());
            TimeAxis::new(table.column_name(index), instants)
        });
        let mut columns = Self {
            rows,
            measures: Vec::new(),
            dimensions: Vec::new(),
            entities: Vec::new(),
            time: axis,
            source_rows: order,
            multiplicity: 1.0,
            warnings,
            quantiles: Vec::new(),
        };
        columns.encode(table, &roles, options);
        for dimension in &mut columns.dimensions {
            let meaning = profile
                .column(&dimension.name)
                .and_then(|column| column.semantic_type);
            dimension.is_part_of_date = matches!(
                meaning,
                Some(SemanticType::Month | SemanticType::Weekday | SemanticType::Year)
            );
        }
        columns
    }

    fn encode(&mut self, table: &Table, roles: &[(usize, Role)], options: &MineOptions) {
        let order = self.source_rows.as_deref();
        let of = |wanted: Role| -> Vec<usize> {
            roles
                .iter()
                .filter(|(_, role)| *role == wanted)
                .map(|(index, _)| *index)
                .collect()
        };
        self.quantiles = measure::normal_scores(self.rows);
        let scores = (self.quantiles.as_slice(), options.seed);
        self.measures = of(Role::Measure)
            .into_par_iter()
            .map(|index| Measure::new(table, index, order, scores))
            .filter(Measure::varies)
            .collect();
        self.dimensions = of(Role::Dimension)
            .into_par_iter()
            .map(|index| Dimension::new(table, index, order))
            .filter(|dimension| (2..=options.max_categories).contains(&dimension.labels.len()))
            .collect();
        self.entities = of(Role::Entity)
            .into_par_iter()
            .map(|index| Dimension::new(table, index, order))
            .collect();
        self.drop_copies();
    }

    /// Keeps the first of measures of the same ranks and of dimensions of the same categories: what is
    /// said of one holds of the others, and that they agree is no finding.
    fn drop_copies(&mut self) {
        let mut kept: Vec<Measure> = Vec::new();
        for measure in std::mem::take(&mut self.measures) {
            match kept
                .iter()
                .find(|known| known.z == measure.z && known.n() == measure.n())
            {
                Some(known) => self.warnings.push(copy_warning(&measure.name, &known.name)),
                None => kept.push(measure),
            }
        }
        self.measures = kept;
        let mut kept: Vec<Dimension> = Vec::new();
        for dimension in std::mem::take(&mut self.dimensions) {
            match kept.iter().find(|known| known.codes == dimension.codes) {
                Some(known) => self.warnings.push(copy_warning(&dimension.name, &known.name)),
                None => kept.push(dimension),
            }
        }
        self.dimensions = kept;
    }

    /// Adds a measure given by its values in the order of the table, if it varies.
    pub fn add_measure(&mut self, derived: &DerivedColumn, values: Vec<f64>, seed: u64) {
        let values = permuted(values, self.source_rows.as_deref());
        let mut measure = Measure::of(derived.name.clone(), values, (&self.quantiles, seed));
        measure.inputs = derived.formula.inputs().into_iter().cloned().collect();
        self.measures.extend(Some(measure).filter(Measure::varies));
    }

    /// The table's row of a row here.
    pub fn source_row(&self, row: usize) -> u64 {
        match &self.source_rows {
            Some(order) => order.get(row).map_or(row as u64, |row| u64::from(*row)),
            None => row as u64,
        }
    }

    /// Name of the time column.
    pub fn time_name(&self) -> Option<FieldName> {
        self.time.as_ref().map(|axis| axis.name.clone())
    }
}

fn copy_warning(copy: &FieldName, known: &FieldName) -> String {
    format!("`{copy}` repeats `{known}`; only the first was searched")
}

/// Values in another order.
pub(crate) fn permuted<T: Copy>(values: Vec<T>, order: Option<&[u32]>) -> Vec<T> {
    match order {
        None => values,
        Some(order) => order.iter().map(|row| values[*row as usize]).collect(),
    }
}
