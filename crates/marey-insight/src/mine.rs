//! [`mine`]: a table in, what is worth saying out.

use marey_core::FieldName;
use marey_profile::TableProfile;
use marey_table::Table;

use crate::{
    DerivedColumn, Insight, InsightKind, MineOptions, Mining, adjust,
    answer::Answers,
    column::Columns,
    control, derive, facts,
    family::{self, Evidence},
    fold,
};

/// Finds what is worth saying about a table, and says only what is so.
///
/// The family of hypotheses follows from the columns alone. Each has one p-value, its inner search
/// corrected; what passes the gate at [`MineOptions::fdr`] is ranked by the lower bound of its effect
/// times its impact and surprise. Findings that another one explains are folded under it. The result
/// is the same at any number of threads.
pub fn mine(table: &Table, profile: &TableProfile, options: &MineOptions) -> Mining {
    let (columns, repeats, derived) = encoded(table, profile, options);
    let evidence = Evidence::new(&columns);
    let mut family = family::ask(&columns, &evidence, &repeats);
    let first = control::verdicts(&family, options.fdr);
    let passed: Vec<bool> = first.q.iter().map(|q| *q <= options.fdr).collect();
    adjust::second_looks(&columns, &evidence, &mut family, &passed);
    let verdicts = control::verdicts(&family, options.fdr);
    let mut insights: Vec<Insight> = fold::folded(&columns, &evidence, &family, &verdicts, options);
    insights.truncate(options.top);
    let answers = Answers::of(table, &columns);
    insights
        .iter_mut()
        .for_each(|insight| facts::fill(insight, &columns, &answers));
    Mining {
        insights,
        family: control::report(&family, &verdicts, options.fdr),
        derived,
        warnings: columns.warnings,
    }
}

/// The table's columns and those derived from them, ready for testing.
fn encoded(
    table: &Table,
    profile: &TableProfile,
    options: &MineOptions,
) -> (Columns, family::Repeats, Vec<DerivedColumn>) {
    let mut columns = Columns::new(table, profile, options);
    let repeats = family::repeats(table, &columns);
    columns.multiplicity = repeats.multiplicity.max(1.0);
    let derived = if options.derive {
        derive::derived(table, profile)
    } else {
        Vec::new()
    };
    let derived = derived.into_iter().map(|(column, values)| {
        columns.add_measure(&column.name, values, options.seed);
        column
    });
    let derived = derived.collect();
    (columns, repeats, derived)
}

/// A hypothesis with its p-value, passed or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// The kind of question.
    pub kind: InsightKind,
    /// The columns of its best answer.
    pub columns: Vec<FieldName>,
    /// Its p-value.
    pub p: f64,
}

/// The whole family of a table with its p-values, in the order in which it is enumerated: for
/// calibration, and for those who want to apply a control of their own.
pub fn test_family(table: &Table, profile: &TableProfile, options: &MineOptions) -> Vec<Tested> {
    let (columns, repeats, _) = encoded(table, profile, options);
    let evidence = Evidence::new(&columns);
    let family = family::ask(&columns, &evidence, &repeats);
    let tested = family.iter().map(|hypothesis| Tested {
        kind: hypothesis.asked,
        columns: crate::tell::insight(&columns, &hypothesis.finding, 1.0, 0.0).columns(),
        p: hypothesis.p,
    });
    tested.collect()
}
