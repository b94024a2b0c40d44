//! [`Miner`]: a mined table that takes more rows.

use arrow::array::RecordBatch;
use marey_core::FieldName;
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::Table;

use crate::{
    DerivedColumn, Insight, InsightError, MineOptions, Mining,
    adjust::{self, Looked},
    answer::{Answers, Known},
    column::{Columns, instants, numbers},
    control, derive, facts,
    family::{self, Evidence, Hypothesis, Repeats},
    fold,
};

/// Growth since all rows were looked at, as a share of them, beyond which they are looked at again.
const STALE: f64 = 0.1;

/// A mined table with everything that is needed to go on from it.
///
/// [`append`](Self::append) takes rows at about the cost of themselves: sums, counts and the numbers of
/// the insights are those of all rows, exactly as if the whole were mined. Three things are those of the
/// last look at all rows until a tenth more has come: the scores of values known before (new values take
/// the score of their place among them), what second looks and the memory of series do to a p-value, and
/// whether columns have several peaks or clusters, or correlate otherwise within a category. p-values therefore differ in their last digits from
/// those of a fresh run; [`Appended`] says which way was taken.
///
/// ```
/// use marey_insight::{MineOptions, Miner};
/// # use marey_profile::{ProfileOptions, profile};
/// # use marey_table::read::{ReadOptions, read};
/// # let csv = |from: u32, to: u32| {
/// #     let rows = (from..to).map(|row| {
/// #         let group = ["north", "south", "west"][(row % 3) as usize];
/// #         format!("2024-{:02}-{:02},{group},{}", 1 + row / 280 % 12, 1 + row / 10 % 28, (row * 7919) % 101 + 40 * (row % 3))
/// #     });
/// #     format!("day,region,sales\n{}", rows.collect::<Vec<_>>().join("\n")).into_bytes()
/// # };
/// # let table = read("sales", csv(0, 3000), &ReadOptions::default())?.value;
/// # let more = read("sales", csv(3000, 3030), &ReadOptions::default())?.value;
/// let mut miner = Miner::new(&table, &profile(&table, &ProfileOptions::default()), &MineOptions::default());
/// let rows = miner.mining().insights.len();
/// miner.append(more.batches())?;
/// assert_eq!(miner.table().rows(), 3030);
/// # assert!(rows > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Miner {
    table: Table,
    options: MineOptions,
    columns: Columns,
    repeats: Repeats,
    derived: Vec<DerivedColumn>,
    evidence: Evidence,
    /// Hypotheses that take a look at all rows.
    whole: Vec<Hypothesis>,
    looked: Looked,
    known: Known,
    /// Rows at the last look at all of them.
    looked_rows: usize,
    mining: Mining,
}

/// How appended rows were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// They were added to what was known.
    Added,
    /// The whole was mined anew.
    Anew(Anew),
}

/// Why a table was mined anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anew {
    /// A tenth more rows have come since all of them were looked at.
    Grown,
    /// A column that is searched category by category has a category never seen before.
    NewCategory,
    /// A date lies before one known already, is missing, or asks for another axis of time.
    Time,
    /// A column without gaps got its first.
    FirstGap,
    /// The first rows repeat.
    FirstRepeats,
    /// The table was too small or had nothing to search.
    Small,
}

impl Miner {
    /// Mines a table and keeps what is needed to go on.
    pub fn new(table: &Table, profile: &TableProfile, options: &MineOptions) -> Self {
        let (columns, repeats, derived) = encoded(table, profile, options);
        let evidence = Evidence::new(&columns);
        let mut miner = Self {
            table: table.clone(),
            options: options.clone(),
            looked_rows: columns.rows,
            columns,
            repeats,
            derived,
            evidence,
            whole: Vec::new(),
            looked: Looked::new(),
            known: Known::default(),
            mining: Mining::default(),
        };
        miner.ask();
        miner
    }

    /// The insights of all rows so far.
    pub fn mining(&self) -> &Mining {
        &self.mining
    }

    /// The insights, without what is needed to go on.
    pub fn into_mining(self) -> Mining {
        self.mining
    }

    /// All rows so far.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Takes rows of the same columns that follow the ones known.
    ///
    /// # Errors
    ///
    /// When their columns are not those of the table.
    pub fn append(&mut self, rows: &[RecordBatch]) -> Result<Appended, InsightError> {
        let name = self.table.name();
        let fresh = Table::new(name, self.table.schema(), rows.to_vec())?;
        let batches = [self.table.batches(), rows].concat();
        self.table = Table::new(name, self.table.schema(), batches)?;
        if let Some(reason) = self.add(&fresh) {
            let profile = profile(&self.table, &ProfileOptions::default());
            *self = Self::new(&self.table, &profile, &self.options);
            return Ok(Appended::Anew(reason));
        }
        self.ask();
        Ok(Appended::Added)
    }

    /// Adds rows to columns and sums, or says why that cannot be done.
    fn add(&mut self, fresh: &Table) -> Option<Anew> {
        let from = self.columns.rows;
        let grown = (self.table.rows() - self.looked_rows) as f64;
        if from < 100 || self.columns.measures.is_empty() && self.columns.dimensions.is_empty() {
            return Some(Anew::Small);
        }
        if grown > STALE * self.looked_rows as f64 {
            return Some(Anew::Grown);
        }
        if !self.repeats.append(fresh) {
            return Some(Anew::FirstRepeats);
        }
        let (derived, options) = (&self.derived, &self.options);
        if let Some(reason) = self.columns.append(fresh, derived, options.seed) {
            return Some(reason);
        }
        self.columns.multiplicity = self.repeats.multiplicity;
        self.evidence.append(&self.columns, from..self.columns.rows);
        None
    }

    /// Asks every question of the sums, and answers with what is known of all rows.
    fn ask(&mut self) {
        let (columns, fdr) = (&self.columns, self.options.fdr);
        let mut family = family::ask(columns, &self.evidence, &self.repeats, &self.whole);
        if self.whole.is_empty() {
            let of_rows = family.iter().filter(|hypothesis| hypothesis.of_rows);
            self.whole = of_rows.cloned().collect();
        }
        let first = control::verdicts(&family, fdr);
        let passed: Vec<bool> = first.q.iter().map(|q| *q <= fdr).collect();
        adjust::second_looks(columns, &self.evidence, &mut family, &passed, &mut self.looked);
        let verdicts = control::verdicts(&family, fdr);
        let mut insights: Vec<Insight> =
            fold::folded(columns, &self.evidence, &family, &verdicts, &self.options);
        insights.truncate(self.options.top);
        let known = std::mem::take(&mut self.known);
        let answers = Answers::of(&self.table, columns, self.repeats.repeated, known);
        insights
            .iter_mut()
            .for_each(|insight| facts::fill(insight, columns, &answers));
        self.known = answers.into_known();
        self.mining = Mining {
            insights,
            family: control::report(&family, &verdicts, fdr),
            derived: self.derived.clone(),
            warnings: columns.warnings.clone(),
        };
    }
}

/// The table's columns and those derived from them, ready for testing.
pub(crate) fn encoded(
    table: &Table,
    profile: &TableProfile,
    options: &MineOptions,
) -> (Columns, Repeats, Vec<DerivedColumn>) {
    let mut columns = Columns::new(table, profile, options);
    let repeats = Repeats::new(table, &columns);
    columns.multiplicity = repeats.multiplicity;
    let derived = if options.derive {
        derive::derived(table, profile)
    } else {
        Vec::new()
    };
    let derived = derived.into_iter().map(|(column, values)| {
        columns.add_measure(&column, values, options.seed);
        column
    });
    let derived = derived.collect();
    (columns, repeats, derived)
}

impl Columns {
    /// Appends rows to every column, or says why the table has to be encoded anew.
    fn append(&mut self, fresh: &Table, derived: &[DerivedColumn], seed: u64) -> Option<Anew> {
        let index = |name: &FieldName| fresh.column_index(name);
        if let Some(axis) = &mut self.time {
            let ms = index(&axis.name)
                .map(|index| instants(fresh, index))
                .unwrap_or_default();
            let all_timed = axis.rows() == self.rows && ms.iter().all(|ms| *ms != i64::MAX);
            if !all_timed || !axis.append(&ms) {
                return Some(Anew::Time);
            }
        }
        for dimension in &mut self.dimensions {
            let at = index(&dimension.name);
            if at.is_none_or(|at| !dimension.append(fresh, at, false)) {
                return Some(Anew::NewCategory);
            }
        }
        for entity in &mut self.entities {
            if let Some(at) = index(&entity.name) {
                entity.append(fresh, at, true);
            }
        }
        for measure in &mut self.measures {
            let formula = derived.iter().find(|derived| derived.name == measure.name);
            let values = match (formula, index(&measure.name)) {
                (Some(derived), _) => derive::values(fresh, &derived.formula).unwrap_or_default(),
                (None, Some(index)) => numbers(fresh, index),
                (None, None) => Vec::new(),
            };
            if values.len() != fresh.rows() || measure.complete() && values.iter().any(|x| x.is_nan()) {
                return Some(Anew::FirstGap);
            }
            measure.append(&values, seed);
        }
        if let Some(order) = &mut self.source_rows {
            order.extend(self.rows as u32..(self.rows + fresh.rows()) as u32);
        }
        self.rows += fresh.rows();
        None
    }
}
