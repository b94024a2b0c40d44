//! From the states of all columns to the profile of the table.

use marey_core::FieldName;
use marey_table::ColumnNote;
use rayon::prelude::*;

use crate::{
    ColumnProfile, Count, ProfileOptions, TableProfile, advise,
    association::{self, CoMoments},
    column_state::ColumnState,
    meaning,
    relation::{self, Spellings},
    row_sample::Rows,
    summary::{self, Context},
};

/// The columns of a table, each list in the order of the table.
pub(crate) struct Columns {
    pub(crate) names: Vec<FieldName>,
    pub(crate) notes: Vec<ColumnNote>,
    pub(crate) states: Vec<ColumnState>,
    pub(crate) together: CoMoments,
    /// Positions of columns that a second look has shown to hold no value twice.
    pub(crate) proven_unique: Vec<usize>,
}

/// The profile of a table.
pub(crate) fn table(
    name: String,
    row_count: u64,
    columns: Columns,
    rows: &Rows,
    options: &ProfileOptions,
) -> TableProfile {
    let spellings = Spellings::of(&columns.states);
    let kinds: Vec<_> = columns.states.iter().map(|state| state.kind).collect();
    let mut profiles: Vec<ColumnProfile> = columns
        .states
        .into_par_iter()
        .enumerate()
        .zip(columns.names.par_iter().zip(&columns.notes))
        .map(|((index, state), (name, note))| {
            let proven_unique = columns.proven_unique.contains(&index);
            summary::column(
                state,
                &Context {
                    name,
                    index,
                    note,
                    proven_unique,
                    options,
                },
            )
        })
        .collect();
    for place in meaning::name_degrees(&mut profiles) {
        if let Some(column) = profiles.get_mut(place) {
            column.advice = advise(column, row_count);
        }
    }
    let mut warnings = column_warnings(&profiles, row_count);
    let associations = association::measure(&profiles, &kinds, rows, &columns.together, options);
    warnings.extend(associations.warnings);
    if !rows.complete {
        warnings.push(format!(
            "Pearson's r and single keys are those of all rows; other relations between columns were told \
             from {} of about {} different rows",
            rows.counts.len(),
            rows.different
        ));
    }
    let mut together = relation::find(&profiles, &kinds, rows, row_count, &spellings);
    together.relations.left_out.splice(0..0, associations.left_out);
    TableProfile {
        table: name,
        rows: row_count,
        distinct_rows: Count {
            value: rows.different.min(row_count),
            exact: rows.complete,
        },
        pairs: associations.pairs,
        keys: together.keys,
        dependencies: together.dependencies,
        relations: together.relations,
        columns: profiles,
        warnings,
    }
}

/// What a reader of charts of this table should know of its columns.
fn column_warnings(columns: &[ColumnProfile], rows: u64) -> Vec<String> {
    let mut warnings = Vec::new();
    for column in columns {
        let name = &column.name;
        if rows > 0 && column.nulls == rows {
            warnings.push(format!("column `{name}` has no values"));
        } else if column.nulls > 0 && column.nulls as f64 >= 0.5 * rows as f64 {
            // Never rounded up to all: some rows do have a value.
            let share = (100.0 * column.nulls as f64 / rows as f64).floor();
            warnings.push(format!("column `{name}` has no value in {share} % of the rows"));
        } else if rows > 1 && column.distinct.value == 1 && column.nulls == 0 {
            warnings.push(format!("column `{name}` has the same value in every row"));
        }
        if let Some(numeric) = &column.numeric
            && numeric.non_finite > 0
        {
            warnings.push(format!(
                "column `{name}` has {} values that are infinite or not a number",
                numeric.non_finite
            ));
        }
        if let Some(kind) = &column.pii {
            warnings.push(format!("column `{name}` may hold personal data ({kind})"));
        }
    }
    warnings
}
