//! Queries answered from a table: the same numbers that the SQL gives.

use std::{cell::RefCell, rc::Rc};

use hashbrown::HashMap;
use marey_core::FieldName;
use marey_table::Table;

use crate::{
    Condition, InsightError, Query, Summary, Test,
    column::{Columns, Dimension, floor, instants, numbers, permuted},
    family::row_hashes,
    running::{Joint, Running, add_within},
};

/// Summaries by what they ask, each with the rows that it has seen.
pub(crate) type Known = HashMap<String, (Running, usize), foldhash::fast::FixedState>;

/// Answers queries on one table; columns are decoded once.
pub(crate) struct Answers<'a> {
    table: &'a Table,
    /// Columns decoded before, in an order of rows of their own.
    columns: Option<&'a Columns>,
    numbers: RefCell<HashMap<usize, Rc<Vec<f64>>>>,
    texts: RefCell<HashMap<usize, Rc<Dimension>>>,
    times: RefCell<HashMap<usize, Rc<Vec<i64>>>>,
    ranks: RefCell<HashMap<String, Rc<Vec<f64>>>>,
    /// Rows that repeat an earlier one, where somebody has counted them.
    repeated: Option<f64>,
    known: RefCell<Known>,
}

/// A column that somebody else holds, or that was decoded for the answers.
enum Held<'a, T> {
    Ours(&'a T),
    Made(Rc<T>),
}

impl<T> std::ops::Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Ours(column) => column,
            Self::Made(column) => column,
        }
    }
}

impl Query {
    /// The number, computed from a table; `None` where it is undefined (no rows, no spread).
    ///
    /// # Errors
    ///
    /// When the table lacks a column.
    pub fn answer(&self, table: &Table) -> Result<Option<f64>, InsightError> {
        Answers::new(table).answer(self)
    }
}

impl<'a> Answers<'a> {
    pub fn new(table: &'a Table) -> Self {
        Self {
            table,
            columns: None,
            numbers: RefCell::default(),
            texts: RefCell::default(),
            times: RefCell::default(),
            ranks: RefCell::default(),
            repeated: None,
            known: RefCell::default(),
        }
    }

    /// Answers from columns that were decoded before; others follow their order of rows. Summaries go on
    /// from what is known of them.
    pub fn of(table: &'a Table, columns: &'a Columns, repeated: u64, known: Known) -> Self {
        Self {
            columns: Some(columns),
            repeated: Some(repeated as f64),
            known: RefCell::new(known),
            ..Self::new(table)
        }
    }

    /// What is known of summaries by now.
    pub fn into_known(self) -> Known {
        self.known.into_inner()
    }

    fn order(&self) -> Option<&'a [u32]> {
        self.columns.and_then(|columns| columns.source_rows.as_deref())
    }

    pub fn answer(&self, query: &Query) -> Result<Option<f64>, InsightError> {
        let number = match query {
            Query::Summary { summary, rows } => self.summary(summary, rows)?,
            Query::Difference(a, b) => self.answer(a)?.zip(self.answer(b)?).map(|(a, b)| a - b),
            Query::Product(a, b) => self.answer(a)?.zip(self.answer(b)?).map(|(a, b)| a * b),
            Query::Sum(parts) => {
                let mut sum = 0.0;
                for part in parts {
                    sum += self.answer(part)?.unwrap_or(0.0);
                }
                Some(sum)
            }
            Query::Number(number) => Some(*number),
            Query::Ratio(a, b) => self.answer(a)?.zip(self.answer(b)?).map(|(a, b)| a / b),
        };
        Ok(number.filter(|number| number.is_finite()))
    }

    fn index(&self, column: &FieldName) -> Result<usize, InsightError> {
        let missing = || InsightError::NoSuchColumn {
            column: column.clone(),
        };
        self.table.column_index(column).ok_or_else(missing)
    }

    /// Values as numbers, NaN where there is none; derived columns are known only by what was decoded
    /// before.
    fn numbers(&self, column: &FieldName) -> Result<Held<'a, Vec<f64>>, InsightError> {
        let mut measures = self.columns.iter().flat_map(|columns| &columns.measures);
        if let Some(measure) = measures.find(|measure| &measure.name == column) {
            return Ok(Held::Ours(&measure.x));
        }
        let index = self.index(column)?;
        let mut known = self.numbers.borrow_mut();
        let made = known
            .entry(index)
            .or_insert_with(|| permuted(numbers(self.table, index), self.order()).into());
        Ok(Held::Made(made.clone()))
    }

    fn texts(&self, column: &FieldName) -> Result<Held<'a, Dimension>, InsightError> {
        let mut dimensions = self.columns.iter().flat_map(|columns| &columns.dimensions);
        if let Some(dimension) = dimensions.find(|dimension| &dimension.name == column) {
            return Ok(Held::Ours(dimension));
        }
        let index = self.index(column)?;
        let mut known = self.texts.borrow_mut();
        let made = known
            .entry(index)
            .or_insert_with(|| Dimension::new(self.table, index, self.order()).into());
        Ok(Held::Made(made.clone()))
    }

    fn times(&self, column: &FieldName) -> Result<Held<'a, Vec<i64>>, InsightError> {
        let axis = self.columns.and_then(|columns| columns.time.as_ref());
        if let Some(axis) = axis.filter(|axis| &axis.name == column && axis.rows() == self.table.rows()) {
            return Ok(Held::Ours(&axis.ms));
        }
        let index = self.index(column)?;
        let mut known = self.times.borrow_mut();
        let made = known
            .entry(index)
            .or_insert_with(|| permuted(instants(self.table, index), self.order()).into());
        Ok(Held::Made(made.clone()))
    }

    fn is_measure(&self, column: &FieldName) -> bool {
        self.columns
            .is_some_and(|columns| columns.measures.iter().any(|measure| &measure.name == column))
    }

    /// Whether a condition is a stretch of the order of rows.
    fn is_of_order(&self, condition: &Condition) -> bool {
        let axis = self.columns.and_then(|columns| columns.time.as_ref());
        matches!(condition.test, Test::During(..))
            && axis.is_some_and(|axis| axis.name == condition.column && axis.rows() == self.table.rows())
    }

    /// The rows from one on between which all others that conditions allow lie: rows are in order of time.
    fn stretch(&self, conditions: &[Condition], from: usize) -> std::ops::Range<usize> {
        let (mut low, mut high) = (from, self.table.rows());
        let axis = self.columns.and_then(|columns| columns.time.as_ref());
        for condition in conditions.iter().filter(|condition| self.is_of_order(condition)) {
            if let (Some(axis), Test::During(start, end)) = (axis, &condition.test) {
                low = low.max(axis.ms.partition_point(|ms| ms < start));
                high = high.min(axis.ms.partition_point(|ms| ms < end));
            }
        }
        low..high.max(low)
    }

    /// Of the rows from one on, those for which all conditions hold.
    fn rows(&self, conditions: &[Condition], from: usize) -> Result<Vec<usize>, InsightError> {
        let stretch = self.stretch(conditions, from);
        let (from, until) = (stretch.start, stretch.end);
        if conditions.iter().all(|condition| self.is_of_order(condition)) {
            return Ok(stretch.collect());
        }
        let mut kept = vec![true; until - from];
        for Condition { column, test } in conditions {
            match test {
                Test::Is(_)
                | Test::IsNot(_)
                | Test::Other(_)
                | Test::OneOf(_)
                | Test::Missing
                | Test::Present => {
                    self.keep_by_text(&mut kept, from, column, test)?;
                }
                Test::Equals(_) | Test::Within(..) | Test::Outside(..) => {
                    let x = self.numbers(column)?;
                    let x = x.get(from..).unwrap_or(&[]).iter();
                    kept.iter_mut()
                        .zip(x)
                        .for_each(|(kept, x)| *kept &= number_passes(*x, test));
                }
                Test::During(..) | Test::NotDuring(..) | Test::Phase(_) => {
                    let ms = self.times(column)?;
                    let ms = ms.get(from..).unwrap_or(&[]).iter();
                    let passes = |ms: i64| ms != i64::MAX && instant_passes(ms, test);
                    kept.iter_mut()
                        .zip(ms)
                        .for_each(|(kept, ms)| *kept &= passes(*ms));
                }
            }
        }
        let rows = kept.iter().enumerate().filter(|(_, kept)| **kept);
        Ok(rows.map(|(row, _)| from + row).collect())
    }

    fn keep_by_text(
        &self,
        kept: &mut [bool],
        from: usize,
        column: &FieldName,
        test: &Test,
    ) -> Result<(), InsightError> {
        if self.is_measure(column) && matches!(test, Test::Present | Test::Missing) {
            let x = self.numbers(column)?;
            let wanted = *test == Test::Present;
            kept.iter_mut()
                .zip(x.get(from..).unwrap_or(&[]))
                .for_each(|(kept, x)| *kept &= x.is_finite() == wanted);
            return Ok(());
        }
        let texts = self.texts(column)?;
        let is = |text: &str| match test {
            Test::Is(wanted) => text == wanted,
            Test::IsNot(other) | Test::Other(other) => text != other,
            Test::OneOf(wanted) => wanted.iter().any(|wanted| text == wanted),
            Test::Missing => false,
            _ => true,
        };
        let mut passes: Vec<bool> = texts.labels.iter().map(|label| is(label)).collect();
        passes.push(matches!(test, Test::Missing | Test::IsNot(_)));
        kept.iter_mut()
            .zip(texts.codes.get(from..).unwrap_or(&[]))
            .for_each(|(kept, code)| *kept &= passes[*code as usize]);
        Ok(())
    }

    fn summary(&self, summary: &Summary, conditions: &[Condition]) -> Result<Option<f64>, InsightError> {
        match summary {
            Summary::RepeatedRows => return self.repeated(conditions).map(Some),
            Summary::RankCorrelation(x, y) => return self.rank_correlation(x, y, conditions),
            _ => {}
        }
        let key = format!("{summary:?}{conditions:?}");
        let known = self.known.borrow_mut().remove(&key);
        let known = known.filter(|(_, seen)| *seen <= self.table.rows());
        let begin = || Running::of(summary).map(|begin| (begin, 0));
        let Some((mut running, seen)) = known.or_else(begin) else {
            return Ok(None);
        };
        self.take(&mut running, summary, conditions, seen)?;
        if running.is_lost()
            && let Some((begin, _)) = begin()
        {
            running = begin;
            self.take(&mut running, summary, conditions, 0)?;
        }
        let value = running.value(summary);
        self.known.borrow_mut().insert(key, (running, self.table.rows()));
        Ok(value)
    }

    /// Goes on with a summary from a row.
    fn take(
        &self,
        running: &mut Running,
        summary: &Summary,
        conditions: &[Condition],
        from: usize,
    ) -> Result<(), InsightError> {
        let rows = self.rows(conditions, from)?;
        match (running, summary) {
            (Running::Count(count), Summary::Rows) => *count += rows.len() as f64,
            (Running::Count(count), Summary::Values(column) | Summary::Missing(column)) => {
                let wanted = matches!(summary, Summary::Values(_));
                *count += if self.is_measure(column) {
                    let x = self.numbers(column)?;
                    rows.iter().filter(|row| x[**row].is_finite() == wanted).count() as f64
                } else {
                    let texts = self.texts(column)?;
                    let has = |row: usize| (texts.codes[row] as usize) < texts.len();
                    rows.iter().filter(|row| has(**row) == wanted).count() as f64
                };
            }
            (Running::Count(count), Summary::Multiples(column, step)) => {
                let x = self.numbers(column)?;
                let is_multiple = |x: f64| (x / step - (x / step).round()).abs() < 1e-5 && x != 0.0;
                *count += rows.iter().filter(|row| is_multiple(x[**row])).count() as f64;
            }
            (Running::Seen(seen), Summary::Distinct(column)) => {
                let texts = self.texts(column)?;
                seen.resize(texts.len(), false);
                for row in rows {
                    if let Some(seen) = seen.get_mut(texts.codes[row] as usize) {
                        *seen = true;
                    }
                }
            }
            (
                Running::One(moments),
                Summary::Sum(column)
                | Summary::Mean(column)
                | Summary::Deviation(column)
                | Summary::Least(column)
                | Summary::Greatest(column),
            ) => {
                let x = self.numbers(column)?;
                let values = rows.iter().map(|row| x[*row]).filter(|x| x.is_finite());
                values.for_each(|x| moments.add(x));
            }
            (Running::Middle(window), Summary::Median(column)) => {
                let x = self.numbers(column)?;
                window.add(rows.iter().map(|row| x[*row]).filter(|x| x.is_finite()));
            }
            (Running::Two(joint), Summary::Correlation(x, y)) => {
                self.each_pair(x, y, &rows, |_, x, y| joint.add(x, y))?;
            }
            (Running::Two(joint), Summary::SlopePerDay(y, time) | Summary::SlopeError(y, time)) => {
                let (ms, y) = (self.times(time)?, self.numbers(y)?);
                for row in rows
                    .into_iter()
                    .filter(|row| ms[*row] != i64::MAX && y[*row].is_finite())
                {
                    joint.add(ms[row] as f64 / 86_400_000.0, y[row]);
                }
            }
            (Running::Within(groups), Summary::WithinCorrelation(x, y, by)) => {
                let by = self.texts(by)?;
                self.each_pair(x, y, &rows, |row, x, y| add_within(groups, &by, row, x, y))?;
            }
            (
                Running::Buckets(sums),
                Summary::BucketCorrelation(x, y, time, bucket) | Summary::Buckets(x, y, time, bucket),
            ) => {
                let (ms, x, y) = (self.times(time)?, self.numbers(x)?, self.numbers(y)?);
                for row in rows.into_iter().filter(|row| ms[*row] != i64::MAX) {
                    let sum = sums.entry(floor(*bucket, ms[row])).or_default();
                    for (at, value) in [(0, x[row]), (2, y[row])] {
                        if value.is_finite() {
                            sum[at] += 1.0;
                            sum[at + 1] += value;
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn each_pair(
        &self,
        x: &FieldName,
        y: &FieldName,
        rows: &[usize],
        mut take: impl FnMut(usize, f64, f64),
    ) -> Result<(), InsightError> {
        let (x, y) = (self.numbers(x)?, self.numbers(y)?);
        let both = rows
            .iter()
            .filter(|row| x[**row].is_finite() && y[**row].is_finite());
        both.for_each(|row| take(*row, x[*row], y[*row]));
        Ok(())
    }

    /// Pearson's correlation of ranks; those of columns without gaps are known from when they were sorted.
    fn rank_correlation(
        &self,
        x: &FieldName,
        y: &FieldName,
        conditions: &[Condition],
    ) -> Result<Option<f64>, InsightError> {
        let mut joint = Joint::default();
        if let (true, Some(x), Some(y)) = (conditions.is_empty(), self.all_ranks(x), self.all_ranks(y)) {
            x.iter().zip(y.iter()).for_each(|(x, y)| joint.add(*x, *y));
            return Ok(joint.correlation());
        }
        let (mut left, mut right) = (Vec::new(), Vec::new());
        self.each_pair(x, y, &self.rows(conditions, 0)?, |_, x, y| {
            left.push(x);
            right.push(y);
        })?;
        for (x, y) in ranks(&left).into_iter().zip(ranks(&right)) {
            joint.add(x, y);
        }
        Ok(joint.correlation())
    }

    fn all_ranks(&self, column: &FieldName) -> Option<Rc<Vec<f64>>> {
        let measures = &self.columns?.measures;
        let measure = measures.iter().find(|measure| &measure.name == column)?;
        let mut known = self.ranks.borrow_mut();
        measure.complete().then(|| {
            let ranks = known.entry(column.as_str().to_owned());
            ranks.or_insert_with(|| measure.ranks().into()).clone()
        })
    }

    fn repeated(&self, conditions: &[Condition]) -> Result<f64, InsightError> {
        if let (Some(repeated), true) = (self.repeated, conditions.is_empty()) {
            return Ok(repeated);
        }
        let hashes = row_hashes(self.table);
        let mut seen: hashbrown::HashSet<u64, foldhash::fast::FixedState> = hashbrown::HashSet::default();
        let rows = self.rows(conditions, 0)?;
        let source = |row: &usize| self.order().map_or(*row, |order| order[*row] as usize);
        Ok(rows
            .iter()
            .filter(|row| !seen.insert(hashes[source(row)]))
            .count() as f64)
    }
}

fn number_passes(x: f64, test: &Test) -> bool {
    match test {
        Test::Equals(number) => x == *number,
        Test::Within(low, high) => (*low..*high).contains(&x),
        Test::Outside(low, high) => x < *low || x >= *high,
        _ => false,
    }
}

fn instant_passes(ms: i64, test: &Test) -> bool {
    match test {
        Test::During(low, high) => (*low..*high).contains(&ms),
        Test::NotDuring(low, high) => ms < *low || ms >= *high,
        Test::Phase(phase) => {
            let start = phase.origin_ms as f64 + phase.from * phase.period_ms;
            let at = (ms as f64 - start) / phase.period_ms;
            at - at.floor() < phase.length
        }
        _ => false,
    }
}

/// Ranks from 1, ties sharing their mean.
fn ranks(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let mut ranks = vec![0.0; x.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..]
            .iter()
            .take_while(|row| x[**row] == x[order[from]])
            .count()
            .max(1);
        for row in &order[from..from + same] {
            ranks[*row] = from as f64 + (same as f64 + 1.0) / 2.0;
        }
        from += same;
    }
    ranks
}
