//! [`Cast`]: the parts that a table's columns can play.

use marey_core::PhysicalType;
use marey_features::action::Summary;
use marey_profile::{ChartRole, ColumnProfile, Sums, TableProfile};

/// A table seen by the parts that its columns can play; columns by their places.
pub(super) struct Cast<'a> {
    pub(super) profile: &'a TableProfile,
    /// Quantities.
    pub(super) measures: Vec<usize>,
    /// What groups rows.
    pub(super) categories: Vec<usize>,
    /// What names rows, or has too many different values to group by all of them.
    pub(super) labels: Vec<usize>,
    /// Days and instants.
    pub(super) times: Vec<usize>,
    /// Calendar years as whole numbers.
    pub(super) years: Vec<usize>,
    /// Columns that rows can be chosen by, whether or not they are drawn.
    pub(super) tested: Vec<usize>,
}

/// Most different values of a column that groups rows.
const MOST_GROUPS: u64 = 40;
/// Longest text of a value that people would spell, in characters.
const LONGEST_VALUE: f64 = 32.0;

impl<'a> Cast<'a> {
    pub(super) fn of(profile: &'a TableProfile) -> Self {
        let mut cast = Self {
            profile,
            measures: Vec::new(),
            categories: Vec::new(),
            labels: Vec::new(),
            times: Vec::new(),
            years: Vec::new(),
            tested: Vec::new(),
        };
        for (at, column) in profile.columns.iter().enumerate() {
            if is_usable(column) {
                cast.place(at, column);
            }
        }
        cast
    }

    fn place(&mut self, at: usize, column: &ColumnProfile) {
        let filled = self.profile.rows.saturating_sub(column.nulls);
        let distinct = column.distinct.value;
        let names_rows = distinct > MOST_GROUPS || 2 * distinct > filled;
        match column.advice.role {
            ChartRole::Measure => self.measures.push(at),
            ChartRole::Time => self.times.push(at),
            ChartRole::Year => self.years.push(at),
            ChartRole::Category | ChartRole::Label if !is_short(column) => return,
            ChartRole::Category | ChartRole::Label if names_rows => self.labels.push(at),
            ChartRole::Category | ChartRole::Label => self.categories.push(at),
            _ => return,
        }
        self.tested.push(at);
    }

    pub(super) fn column(&self, at: usize) -> &'a ColumnProfile {
        &self.profile.columns[at]
    }

    pub(super) fn distinct(&self, at: usize) -> u64 {
        self.column(at).distinct.value
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        matches!(
            self.column(at).physical_type,
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
        )
    }

    /// The summary that a person who names none means: totals are added up, the rest is averaged.
    pub(super) fn usual_summary(&self, at: usize) -> Summary {
        match self.column(at).advice.sums {
            Sums::Total => Summary::Sum,
            Sums::Snapshot if self.times.is_empty() && self.years.is_empty() => Summary::Sum,
            _ => Summary::Mean,
        }
    }

    /// Whether sums of a column may be asked for.
    pub(super) fn is_summable(&self, at: usize) -> bool {
        self.column(at).advice.sums != Sums::Senseless
    }

    /// Whether one of two columns that group rows follows from the other, so that crossing them splits
    /// nothing.
    pub(super) fn is_crossed_in_vain(&self, a: usize, b: usize) -> bool {
        if [a, b].iter().any(|at| !self.categories.contains(at)) {
            return false;
        }
        let (a, b) = (&self.column(a).name, &self.column(b).name);
        self.profile
            .dependencies
            .iter()
            .any(|known| (&known.from == a && &known.to == b) || (&known.from == b && &known.to == a))
    }
}

/// Whether people may be shown the column and would ask for it.
fn is_usable(column: &ColumnProfile) -> bool {
    let name = column.name.as_str().trim();
    let spoken = name.chars().any(char::is_alphabetic) && name.chars().count() <= 40 && !name.contains(':');
    spoken && column.pii.is_none() && column.advice.left_out.is_none() && column.distinct.value > 1
}

fn is_short(column: &ColumnProfile) -> bool {
    column
        .text
        .as_ref()
        .is_none_or(|text| text.mean_chars <= LONGEST_VALUE)
}
