//! [`Hypothesis`]: one question asked of the table, with its one p-value and its best answer.

use crate::{Caveat, Direction, Effect, Guard, InsightKind, Locator};

/// One question that was enumerated before looking.
#[derive(Debug, Clone)]
pub(crate) struct Hypothesis {
    /// The kind of question; the answer's kind may be finer.
    pub asked: InsightKind,
    /// Chance of an answer at least as telling by chance, the search inside corrected.
    pub p: f64,
    /// Whether the table has what it takes to answer; decided without looking at the answer.
    pub answerable: bool,
    /// Whether the answer took a look at all rows: sums do not tell it.
    pub of_rows: bool,
    /// Whether it is about a column of so many categories that they are entities rather than groups.
    pub of_entities: bool,
    /// The best answer, whether it means anything or not.
    pub finding: Finding,
}

/// An answer, with columns as positions in [`Columns`](crate::column::Columns).
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub kind: InsightKind,
    pub measure: Option<usize>,
    pub measure2: Option<usize>,
    pub dimension: Option<usize>,
    pub dimension2: Option<usize>,
    pub timed: bool,
    /// Dimension and category that the finding is confined to.
    pub subspace: Option<(usize, u32)>,
    pub focus: Vec<Focus>,
    pub direction: Option<Direction>,
    pub locator: Locator,
    pub effect: Effect,
    /// Share of rows that the finding is about.
    pub impact: f64,
    pub guard: Guard,
    /// How many rows count for one independent row.
    pub inflation: f64,
    /// P of no difference from the rest, for findings within a subspace; 0 for others.
    pub contrast: f64,
    /// Whether clusters show by a bend rather than by a line.
    pub curved: bool,
    /// How many answers were looked at to find the best, by Bonferroni.
    pub looks: f64,
    /// What a second look found.
    pub caveat: Option<Caveat>,
    /// Other ways to say the same, weaker or less precise.
    pub also: Vec<Finding>,
}

/// What is singled out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Focus {
    /// A category of a dimension.
    Category(usize, u32),
    /// A point in time.
    Instant(i64),
    /// A number.
    Number(f64),
}

impl Finding {
    /// An answer of a kind with an effect; everything else is empty.
    pub fn new(kind: InsightKind, effect: Effect) -> Self {
        Self {
            kind,
            measure: None,
            measure2: None,
            dimension: None,
            dimension2: None,
            timed: false,
            subspace: None,
            focus: Vec::new(),
            direction: None,
            locator: Locator::default(),
            effect,
            impact: 1.0,
            guard: Guard::Independent,
            inflation: 1.0,
            contrast: 0.0,
            looks: 1.0,
            curved: false,
            caveat: None,
            also: Vec::new(),
        }
    }

    pub fn measure(mut self, measure: usize) -> Self {
        self.measure = Some(measure);
        self
    }

    pub fn measures(mut self, first: usize, second: usize) -> Self {
        self.measure = Some(first);
        self.measure2 = Some(second);
        self
    }

    pub fn dimension(mut self, dimension: usize) -> Self {
        self.dimension = Some(dimension);
        self
    }

    pub fn dimensions(mut self, first: usize, second: usize) -> Self {
        self.dimension = Some(first);
        self.dimension2 = Some(second);
        self
    }

    pub fn timed(mut self) -> Self {
        self.timed = true;
        self
    }

    pub fn focus(mut self, focus: Focus) -> Self {
        self.focus.push(focus);
        self
    }

    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = Some(direction);
        self
    }

    pub fn impact(mut self, impact: f64) -> Self {
        self.impact = impact.clamp(0.0, 1.0);
        self
    }

    pub fn looks(mut self, looks: usize) -> Self {
        self.looks = looks as f64;
        self
    }

    pub fn inflation(mut self, inflation: f64) -> Self {
        self.inflation = inflation.max(1.0);
        self
    }

    pub fn guard(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }
}

impl Hypothesis {
    /// A question with its p and best answer.
    pub fn new(asked: InsightKind, p: f64, finding: Finding) -> Self {
        let p = if p.is_finite() { p.clamp(1e-300, 1.0) } else { 1.0 };
        Self {
            asked,
            p,
            answerable: true,
            of_rows: false,
            of_entities: false,
            finding,
        }
    }

    /// The same, marked as answered from all rows.
    pub fn of_rows(mut self) -> Self {
        self.of_rows = true;
        self
    }
}
