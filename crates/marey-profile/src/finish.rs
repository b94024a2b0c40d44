//! From the states of all columns to the profile of the table.

use marey_core::FieldName;
use marey_table::ColumnNote;
use rayon::prelude::*;

use crate::{
    ColumnProfile, Count, ProfileOptions, QualityFinding, Severity, TableProfile, advise,
    association::{self, CoMoments},
    column_state::ColumnState,
    meaning, privacy, quality,
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
    let (mut profiles, findings): (Vec<ColumnProfile>, Vec<Vec<QualityFinding>>) = columns
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
        .unzip();
    let distinct_rows = Count {
        value: rows.different.min(row_count),
        exact: rows.complete,
    };
    let mut quality: Vec<QualityFinding> = quality::of_rows(&profiles, row_count, distinct_rows)
        .into_iter()
        .collect();
    for place in meaning::name_degrees(&mut profiles) {
        if let Some(column) = profiles.get_mut(place) {
            column.advice = advise(column, row_count);
        }
    }
    let privacy = privacy::table(&mut profiles, row_count);
    quality.extend(findings.into_iter().flatten());
    let mut warnings = warnings(&profiles, &quality);
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
        distinct_rows,
        pairs: associations.pairs,
        keys: together.keys,
        dependencies: together.dependencies,
        relations: together.relations,
        columns: profiles,
        quality,
        privacy,
        warnings,
    }
}

/// What a reader of charts of this table should know, in words: findings that matter, worst first,
/// and suspicions of personal data.
fn warnings(columns: &[ColumnProfile], quality: &[QualityFinding]) -> Vec<String> {
    let mut findings: Vec<&QualityFinding> = quality
        .iter()
        .filter(|finding| finding.severity < Severity::Info)
        .collect();
    findings.sort_by_key(|finding| finding.severity);
    let personal = columns.iter().filter_map(|column| {
        let kind = column.pii.as_ref()?;
        Some(format!(
            "column `{}` may hold personal data ({kind})",
            column.name
        ))
    });
    findings
        .into_iter()
        .map(|finding| finding.message.clone())
        .chain(personal)
        .collect()
}
