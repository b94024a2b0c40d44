//! [`mine`]: a table in, what is worth saying out.

use marey_core::FieldName;
use marey_profile::TableProfile;
use marey_table::Table;

use crate::{
    InsightKind, MineOptions, Miner, Mining,
    family::{self, Evidence},
    miner::encoded,
};

/// Finds what is worth saying about a table, and says only what is so.
///
/// The family of hypotheses follows from the columns alone. Each has one p-value, its inner search
/// corrected; what passes the gate at [`MineOptions::fdr`] is ranked by the lower bound of its effect
/// times its impact and surprise. Findings that another one explains are folded under it. The result
/// is the same at any number of threads.
pub fn mine(table: &Table, profile: &TableProfile, options: &MineOptions) -> Mining {
    Miner::new(table, profile, options).into_mining()
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
    let family = family::ask(&columns, &evidence, &repeats, &[]);
    let tested = family.iter().map(|hypothesis| Tested {
        kind: hypothesis.asked,
        columns: crate::tell::insight(&columns, &hypothesis.finding, 1.0, 0.0).columns(),
        p: hypothesis.p,
    });
    tested.collect()
}
