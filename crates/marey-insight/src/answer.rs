//! Queries answered from a table: the same numbers that the SQL gives.

use std::cell::RefCell;

use hashbrown::HashMap;
use marey_core::FieldName;
use marey_table::Table;

use crate::{
    Condition, InsightError, Query, Summary, Test,
    column::{Columns, Dimension, floor, instants, numbers, permuted},
    family::row_hashes,
};

/// Answers queries on one table; columns are decoded once.
pub(crate) struct Answers<'a> {
    table: &'a Table,
    /// Columns decoded before, in an order of rows of their own.
    columns: Option<&'a Columns>,
    numbers: RefCell<HashMap<String, std::rc::Rc<Vec<f64>>>>,
    texts: RefCell<HashMap<usize, std::rc::Rc<Dimension>>>,
    times: RefCell<HashMap<usize, std::rc::Rc<Vec<i64>>>>,
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
        }
    }

    /// Answers from columns that were decoded before; others follow their order of rows.
    pub fn of(table: &'a Table, columns: &'a Columns) -> Self {
        Self {
            columns: Some(columns),
            ..Self::new(table)
        }
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
    fn numbers(&self, column: &FieldName) -> Result<std::rc::Rc<Vec<f64>>, InsightError> {
        let mut known = self.numbers.borrow_mut();
        if let Some(numbers) = known.get(column.as_str()) {
            return Ok(numbers.clone());
        }
        let measure = self
            .columns
            .and_then(|columns| columns.measures.iter().find(|measure| &measure.name == column));
        let numbers = match measure {
            Some(measure) => measure.x.clone(),
            None => permuted(numbers(self.table, self.index(column)?), self.order()),
        };
        Ok(known
            .entry(column.as_str().to_owned())
            .or_insert_with(|| numbers.into())
            .clone())
    }

    fn decoded_texts(&self, index: usize, column: &FieldName) -> Dimension {
        let known = self.columns.and_then(|columns| {
            columns
                .dimensions
                .iter()
                .find(|dimension| &dimension.name == column)
        });
        match known {
            Some(dimension) => dimension.clone(),
            None => Dimension::new(self.table, index, self.order()),
        }
    }

    fn texts(&self, column: &FieldName) -> Result<std::rc::Rc<Dimension>, InsightError> {
        let index = self.index(column)?;
        let mut known = self.texts.borrow_mut();
        Ok(known
            .entry(index)
            .or_insert_with(|| self.decoded_texts(index, column).into())
            .clone())
    }

    fn times(&self, column: &FieldName) -> Result<std::rc::Rc<Vec<i64>>, InsightError> {
        let index = self.index(column)?;
        let mut known = self.times.borrow_mut();
        Ok(known
            .entry(index)
            .or_insert_with(|| permuted(instants(self.table, index), self.order()).into())
            .clone())
    }

    fn is_measure(&self, column: &FieldName) -> bool {
        self.columns
            .is_some_and(|columns| columns.measures.iter().any(|measure| &measure.name == column))
    }

    /// Rows for which all conditions hold.
    fn rows(&self, conditions: &[Condition]) -> Result<Vec<bool>, InsightError> {
        let mut kept = vec![true; self.table.rows()];
        for Condition { column, test } in conditions {
            match test {
                Test::Is(_)
                | Test::IsNot(_)
                | Test::Other(_)
                | Test::OneOf(_)
                | Test::Missing
                | Test::Present => {
                    self.keep_by_text(&mut kept, column, test)?;
                }
                Test::Equals(_) | Test::Within(..) | Test::Outside(..) => {
                    let x = self.numbers(column)?;
                    kept.iter_mut()
                        .zip(x.iter())
                        .for_each(|(kept, x)| *kept &= number_passes(*x, test));
                }
                Test::During(..) | Test::NotDuring(..) | Test::Phase(_) => {
                    let ms = self.times(column)?;
                    let passes = |ms: i64| ms != i64::MAX && instant_passes(ms, test);
                    kept.iter_mut()
                        .zip(ms.iter())
                        .for_each(|(kept, ms)| *kept &= passes(*ms));
                }
            }
        }
        Ok(kept)
    }

    fn keep_by_text(&self, kept: &mut [bool], column: &FieldName, test: &Test) -> Result<(), InsightError> {
        if self.is_measure(column) && matches!(test, Test::Present | Test::Missing) {
            let x = self.numbers(column)?;
            let wanted = *test == Test::Present;
            kept.iter_mut()
                .zip(x.iter())
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
            .zip(&texts.codes)
            .for_each(|(kept, code)| *kept &= passes[*code as usize]);
        Ok(())
    }

    fn summary(&self, summary: &Summary, conditions: &[Condition]) -> Result<Option<f64>, InsightError> {
        let kept = self.rows(conditions)?;
        let count = |some: &dyn Fn(usize) -> bool| {
            (0..kept.len()).filter(|row| kept[*row] && some(*row)).count() as f64
        };
        Ok(match summary {
            Summary::Rows => Some(count(&|_| true)),
            Summary::RepeatedRows => Some(self.repeated(&kept)),
            Summary::Values(column) if self.is_measure(column) => {
                let x = self.numbers(column)?;
                Some(count(&|row| x[row].is_finite()))
            }
            Summary::Values(column) => {
                let texts = self.texts(column)?;
                Some(count(&|row| (texts.codes[row] as usize) < texts.len()))
            }
            Summary::Missing(column) if self.is_measure(column) => {
                let x = self.numbers(column)?;
                Some(count(&|row| !x[row].is_finite()))
            }
            Summary::Missing(column) => {
                let texts = self.texts(column)?;
                Some(count(&|row| texts.codes[row] as usize == texts.len()))
            }
            Summary::Distinct(column) => {
                let texts = self.texts(column)?;
                let mut seen = vec![false; texts.len() + 1];
                (0..kept.len())
                    .filter(|row| kept[*row])
                    .for_each(|row| seen[texts.codes[row] as usize] = true);
                Some(seen[..texts.len()].iter().filter(|seen| **seen).count() as f64)
            }
            Summary::Sum(x)
            | Summary::Mean(x)
            | Summary::Median(x)
            | Summary::Deviation(x)
            | Summary::Least(x)
            | Summary::Greatest(x) => of_one(summary, self.chosen(x, &kept)?),
            Summary::Multiples(x, step) => {
                let is_multiple = |x: &&f64| (*x / step - (*x / step).round()).abs() < 1e-5 && **x != 0.0;
                Some(self.chosen(x, &kept)?.iter().filter(is_multiple).count() as f64)
            }
            Summary::Correlation(x, y) => correlation(&self.pairs(x, y, &kept)?),
            Summary::RankCorrelation(x, y) => {
                let (x, y): (Vec<f64>, Vec<f64>) = self.pairs(x, y, &kept)?.into_iter().unzip();
                correlation(&ranks(&x).into_iter().zip(ranks(&y)).collect::<Vec<_>>())
            }
            Summary::WithinCorrelation(x, y, by) => {
                let texts = self.texts(by)?;
                let (x, y) = (self.numbers(x)?, self.numbers(y)?);
                correlation(&differences_from_means(&x, &y, &texts, &kept))
            }
            Summary::SlopePerDay(y, time) => {
                let (ms, y) = (self.times(time)?, self.numbers(y)?);
                let rows =
                    (0..kept.len()).filter(|row| kept[*row] && ms[*row] != i64::MAX && y[*row].is_finite());
                slope(
                    &rows
                        .map(|row| (ms[row] as f64 / 86_400_000.0, y[row]))
                        .collect::<Vec<_>>(),
                )
            }
            Summary::BucketCorrelation(x, y, time, bucket) => {
                let (ms, x, y) = (self.times(time)?, self.numbers(x)?, self.numbers(y)?);
                let mut sums: std::collections::BTreeMap<i64, [f64; 4]> = std::collections::BTreeMap::new();
                for row in (0..kept.len()).filter(|row| kept[*row] && ms[*row] != i64::MAX) {
                    let sum = sums.entry(floor(*bucket, ms[row])).or_default();
                    for (at, value) in [(0, x[row]), (2, y[row])] {
                        if value.is_finite() {
                            sum[at] += 1.0;
                            sum[at + 1] += value;
                        }
                    }
                }
                let full = sums.values().filter(|sum| sum[0] >= 3.0 && sum[2] >= 3.0);
                correlation(
                    &full
                        .map(|sum| (sum[1] / sum[0], sum[3] / sum[2]))
                        .collect::<Vec<_>>(),
                )
            }
        })
    }

    fn chosen(&self, column: &FieldName, kept: &[bool]) -> Result<Vec<f64>, InsightError> {
        let x = self.numbers(column)?;
        let chosen = x.iter().zip(kept).filter(|(x, kept)| **kept && x.is_finite());
        Ok(chosen.map(|(x, _)| *x).collect())
    }

    fn pairs(&self, x: &FieldName, y: &FieldName, kept: &[bool]) -> Result<Vec<(f64, f64)>, InsightError> {
        let (x, y) = (self.numbers(x)?, self.numbers(y)?);
        let rows = x.iter().zip(y.iter()).zip(kept);
        let both = rows.filter(|((x, y), kept)| **kept && x.is_finite() && y.is_finite());
        Ok(both.map(|((x, y), _)| (*x, *y)).collect())
    }

    fn repeated(&self, kept: &[bool]) -> f64 {
        let hashes = row_hashes(self.table);
        let mut seen: hashbrown::HashSet<u64, foldhash::fast::FixedState> = hashbrown::HashSet::default();
        hashes
            .iter()
            .zip(kept)
            .filter(|(hash, kept)| **kept && !seen.insert(**hash))
            .count() as f64
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

/// A summary of one column's finite values.
fn of_one(summary: &Summary, mut x: Vec<f64>) -> Option<f64> {
    let n = x.len() as f64;
    let sum: f64 = x.iter().sum();
    match summary {
        Summary::Sum(_) if n > 0.0 => Some(sum),
        Summary::Mean(_) if n > 0.0 => Some(sum / n),
        Summary::Deviation(_) if n > 1.0 => {
            let mean = sum / n;
            Some((x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
        }
        Summary::Least(_) => x.into_iter().min_by(f64::total_cmp),
        Summary::Greatest(_) => x.into_iter().max_by(f64::total_cmp),
        Summary::Median(_) if n > 0.0 => {
            x.sort_unstable_by(f64::total_cmp);
            let middle = x.len() / 2;
            let above = *x.get(middle)?;
            let below = if x.len().is_multiple_of(2) {
                *x.get(middle - 1)?
            } else {
                above
            };
            Some((above + below) / 2.0)
        }
        _ => None,
    }
}

/// Means, then centred sums of squares and products.
fn centred(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
    let n = pairs.len().max(1) as f64;
    let (sx, sy) = pairs.iter().fold((0.0, 0.0), |(sx, sy), (x, y)| (sx + x, sy + y));
    let (mx, my) = (sx / n, sy / n);
    pairs.iter().fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
        (
            xy + (x - mx) * (y - my),
            xx + (x - mx).powi(2),
            yy + (y - my).powi(2),
        )
    })
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let (xy, xx, yy) = centred(pairs);
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

fn slope(pairs: &[(f64, f64)]) -> Option<f64> {
    let (xy, xx, _) = centred(pairs);
    (xx > 0.0).then(|| xy / xx)
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

/// Both columns less the means of their categories.
fn differences_from_means(x: &[f64], y: &[f64], by: &Dimension, kept: &[bool]) -> Vec<(f64, f64)> {
    let has = |row: &usize| {
        kept[*row] && x[*row].is_finite() && y[*row].is_finite() && (by.codes[*row] as usize) < by.len()
    };
    let mut sums = vec![[0.0_f64; 3]; by.len() + 1];
    for row in (0..kept.len()).filter(has) {
        let sum = &mut sums[by.codes[row] as usize];
        sum[0] += 1.0;
        sum[1] += x[row];
        sum[2] += y[row];
    }
    let rows = (0..kept.len()).filter(has);
    rows.map(|row| {
        let [n, sx, sy] = sums[by.codes[row] as usize];
        (x[row] - sx / n, y[row] - sy / n)
    })
    .collect()
}
