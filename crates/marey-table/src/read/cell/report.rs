//! What parsing noticed: cells that did not fit, null markers, and the notes and warnings of them.

use marey_core::FieldName;

use super::{
    plan::{Plan, PlanKind, TimePlan},
    time::TimeCell,
};
use crate::{
    ColumnNote, TableWarning,
    warning::{EXAMPLE, counted},
};

/// How long an example may be, in characters.
const EXAMPLE_LENGTH: usize = 40;

/// What was noticed in a chunk, or in all chunks of a column once merged.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChunkReport {
    /// Cells that do not fit the type.
    pub exceptions: Occurrences,
    /// Numbers without the unit of their column.
    pub without_unit: Occurrences,
    /// Times without a zone in a column that has zones.
    pub without_zone: Occurrences,
    /// Texts read as no value.
    pub markers: Vec<(Box<str>, u64)>,
}

/// How often something occurred, where first, and an example.
#[derive(Debug, Clone, Default)]
pub(crate) struct Occurrences {
    /// How often.
    pub count: u64,
    /// The first row.
    pub first: Option<u64>,
    /// The shortest and then smallest cell, so that the order of rows does not matter.
    pub example: Option<Box<str>>,
}

impl Occurrences {
    /// Counts a cell.
    pub fn add(&mut self, row: usize, cell: &str) {
        self.count += 1;
        self.first.get_or_insert(row as u64);
        if self
            .example
            .as_deref()
            .is_none_or(|example| (cell.len(), cell) < (example.len(), example))
        {
            self.example = Some(cell.into());
        }
    }

    fn merge(&mut self, other: Self, first_row: u64) {
        self.count += other.count;
        if self.first.is_none() {
            self.first = other.first.map(|row| row + first_row);
        }
        if let Some(theirs) = other.example
            && self
                .example
                .as_deref()
                .is_none_or(|ours| (theirs.len(), &*theirs) < (ours.len(), ours))
        {
            self.example = Some(theirs);
        }
    }

    /// The example in quotes, cut to a readable length.
    fn quoted(&self) -> String {
        let example = self.example.as_deref().unwrap_or_default();
        let short: String = example.chars().take(EXAMPLE_LENGTH).collect();
        let cut = if short.len() < example.len() {
            "\u{2026}"
        } else {
            ""
        };
        format!("{:?}", short + cut)
    }
}

impl ChunkReport {
    /// Counts a null marker.
    pub fn marker(&mut self, cell: &str) {
        self.markers_add(cell, 1);
    }

    fn markers_add(&mut self, cell: &str, count: u64) {
        match self.markers.iter_mut().find(|(marker, _)| **marker == *cell) {
            Some((_, sum)) => *sum += count,
            None => self.markers.push((cell.into(), count)),
        }
    }

    /// Adds the report of the chunk that begins at `first_row`.
    pub fn merge(&mut self, other: Self, first_row: u64) {
        self.exceptions.merge(other.exceptions, first_row);
        self.without_unit.merge(other.without_unit, first_row);
        self.without_zone.merge(other.without_zone, first_row);
        for (marker, count) in other.markers {
            self.markers_add(&marker, count);
        }
    }
}

/// The note on how a column was written.
pub(crate) fn column_note(plan: &Plan, report: &ChunkReport) -> ColumnNote {
    let mut note = ColumnNote {
        exceptions: report.exceptions.count,
        ..ColumnNote::default()
    };
    let mut markers: Vec<&(Box<str>, u64)> = report.markers.iter().collect();
    markers.sort_by(|(a, m), (b, n)| n.cmp(m).then(a.cmp(b)));
    note.null_markers = markers
        .into_iter()
        .map(|(marker, _)| marker.to_string())
        .collect();
    match &plan.kind {
        PlanKind::Int(numbers) | PlanKind::Float(numbers) => {
            note.unit = numbers.unit.clone();
            note.number_format = numbers.format;
        }
        PlanKind::Boolean { words } => note.boolean_words = Some(words.clone()),
        PlanKind::ZeroOne => note.boolean_words = Some(["1".into(), "0".into()]),
        PlanKind::Date(plan) | PlanKind::Time(plan) | PlanKind::Timestamp { plan, .. } => {
            note.time_formats = patterns(plan);
        }
        PlanKind::DigitDate => note.time_formats = vec!["%Y%m%d".into()],
        PlanKind::DigitMonth => note.time_formats = vec!["%Y%m".into()],
        PlanKind::DigitClock => note.time_formats = vec!["%H%M".into()],
        PlanKind::DigitStamp => note.time_formats = vec!["%Y%m%d%H%M%S".into()],
        PlanKind::Epoch { micros } => note.time_formats = vec![epoch_name(*micros).into()],
        PlanKind::Text { code } => note.code = *code,
        PlanKind::Empty => {}
    }
    note
}

fn epoch_name(micros: i64) -> &'static str {
    match micros {
        1_000_000 => "epoch_s",
        1_000 => "epoch_ms",
        _ => "epoch_us",
    }
}

fn patterns(plan: &TimePlan) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for layout in &plan.layouts {
        let pattern = TimeCell::pattern(*layout, plan.orders.of(layout.separator));
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

/// The warnings about a column.
pub(crate) fn column_warnings(name: &FieldName, plan: &Plan, report: &ChunkReport) -> Vec<TableWarning> {
    let mut warnings = Vec::new();
    let mut warn = |code, at: &Occurrences, message: String| {
        warnings.push(TableWarning {
            code,
            column: Some(name.clone()),
            row: at.first,
            count: at.count,
            message,
        });
    };
    let exceptions = &report.exceptions;
    if exceptions.count > 0 {
        let cells = counted(exceptions.count, "cell");
        let message = format!(
            "{cells} of `{name}` could not be read as {} and became null{EXAMPLE}{}",
            type_name(plan),
            exceptions.quoted()
        );
        warn("mixed_column", exceptions, message);
    }
    if report.without_unit.count > 0 {
        let bare = &report.without_unit;
        let message = format!(
            "{} of `{name}` without the unit that the others have{EXAMPLE}{}",
            counted(bare.count, "cell"),
            bare.quoted()
        );
        warn("missing_unit", bare, message);
    }
    if report.without_zone.count > 0 {
        let local = &report.without_zone;
        let message = format!(
            "{} of `{name}` without a time zone, read as UTC{EXAMPLE}{}",
            counted(local.count, "cell"),
            local.quoted()
        );
        warn("missing_time_zone", local, message);
    }
    if let Some(pattern) = doubtful_order(plan) {
        let message =
            format!("days and months of `{name}` could be in either order; they were read as {pattern}");
        warnings.push(TableWarning {
            code: "ambiguous_date",
            column: Some(name.clone()),
            row: None,
            count: 1,
            message,
        });
    }
    warnings
}

/// The pattern of a column whose order of day and month was only assumed.
fn doubtful_order(plan: &Plan) -> Option<String> {
    let (PlanKind::Date(plan) | PlanKind::Timestamp { plan, .. }) = &plan.kind else {
        return None;
    };
    let layout = plan
        .layouts
        .iter()
        .find(|l| l.date.is_numeric() && !plan.orders.is_sure(l.separator))?;
    Some(TimeCell::pattern(*layout, plan.orders.of(layout.separator)))
}

fn type_name(plan: &Plan) -> &'static str {
    match plan.kind {
        PlanKind::Empty => "anything",
        PlanKind::Boolean { .. } | PlanKind::ZeroOne => "true or false",
        PlanKind::Int(_) => "a whole number",
        PlanKind::Float(_) => "a number",
        PlanKind::Date(_) | PlanKind::DigitDate | PlanKind::DigitMonth => "a date",
        PlanKind::Time(_) | PlanKind::DigitClock => "a time of day",
        PlanKind::Timestamp { .. } | PlanKind::DigitStamp | PlanKind::Epoch { .. } => "a date and time",
        PlanKind::Text { .. } => "text",
    }
}
