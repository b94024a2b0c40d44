//! What is wrong with the data, or may be: findings with severity, per column and for the table.
//!
//! Criteria are narrow on purpose: a false alarm costs the reader's trust in all others.

mod number;
mod occupancy;
mod spelling;
mod text;
mod time;

use marey_core::FieldName;
use marey_table::ColumnNote;

use crate::{
    ColumnProfile, Count, QualityFinding, QualityKind, Severity, number_line::NumberLine,
    value_table::ValueTable,
};

/// Values shown of a finding.
const EXAMPLES: usize = 5;
/// Characters shown of an example.
const EXAMPLE_CHARS: usize = 60;

/// What findings about a column are told from.
pub(crate) struct Material<'a> {
    pub(crate) column: &'a ColumnProfile,
    pub(crate) rows: u64,
    pub(crate) note: &'a ColumnNote,
    /// Counted values: all of them, or the frequent ones with lower bounds.
    pub(crate) counted: &'a ValueTable,
    /// A fair sample of the different texts.
    pub(crate) sample: &'a ValueTable,
    /// The numbers, or milliseconds, in order.
    pub(crate) line: &'a NumberLine,
}

impl Material<'_> {
    /// Number of rows with a value.
    fn values(&self) -> u64 {
        self.rows.saturating_sub(self.column.nulls)
    }

    fn name(&self) -> &FieldName {
        &self.column.name
    }

    /// Whether the column may hold personal data, so that no value of it is quoted.
    fn is_personal(&self) -> bool {
        self.column.pii.is_some()
    }

    /// A finding about this column; `share` is that of the values.
    fn finding(&self, severity: Severity, kind: QualityKind, count: u64, message: String) -> QualityFinding {
        QualityFinding {
            severity,
            kind,
            columns: vec![self.name().clone()],
            message,
            count,
            share: share(count, self.values()),
            examples: Vec::new(),
        }
    }

    /// The same with examples, unless the column may hold personal data.
    fn shown<'b>(
        &self,
        finding: QualityFinding,
        examples: impl IntoIterator<Item = &'b str>,
    ) -> QualityFinding {
        if self.is_personal() {
            return finding;
        }
        let examples = examples
            .into_iter()
            .take(EXAMPLES)
            .map(|text| marey_core::label::shorten(text, EXAMPLE_CHARS))
            .map(|text| text.to_string())
            .collect();
        QualityFinding { examples, ..finding }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        (part as f64 / whole as f64).min(1.0)
    }
}

/// What is to be said of one column.
pub(crate) fn of_column(material: &Material<'_>) -> Vec<QualityFinding> {
    let mut findings = occupancy::findings(material);
    if material.values() > 0 {
        findings.extend(number::findings(material));
        findings.extend(time::findings(material));
        findings.extend(text::findings(material));
        findings.extend(spelling::findings(material));
    }
    findings
}

/// What is to be said of the rows.
pub(crate) fn of_rows(columns: &[ColumnProfile], rows: u64, distinct: Count) -> Option<QualityFinding> {
    // Few columns cannot tell rows apart: equal rows are then two observations, not one twice.
    const FEWEST_COLUMNS: usize = 3;
    let count = rows.saturating_sub(distinct.value);
    let share = share(count, rows);
    if columns.len() < FEWEST_COLUMNS || count == 0 || !(distinct.exact || share > 0.05) {
        return None;
    }
    let about = if distinct.exact { "" } else { "about " };
    Some(QualityFinding {
        severity: if share >= 0.01 {
            Severity::Warning
        } else {
            Severity::Info
        },
        kind: QualityKind::DuplicateRows,
        columns: Vec::new(),
        message: format!("{about}{count} of {rows} rows are the same as another row"),
        count,
        share,
        examples: Vec::new(),
    })
}
