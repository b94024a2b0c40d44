//! A profile held against the exact truth, column by column.
//!
//! The file is read again, one column at a time, with every value kept. Told are the error of the number
//! of different values, whether keys were told exactly, the largest error of the rank of a quantile, the
//! relative errors of mean and standard deviation, and whether the counts of frequent values lie within
//! their stated bound.

use std::{collections::HashMap, error::Error, fs::File};

use arrow::{
    array::{Array, ArrayRef, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type, Int64Type},
};
use marey_profile::{ColumnProfile, TableProfile};
use marey_table::read::{PassEnd, ReadOptions, TableStream};

/// Prints a line per column and one of the largest errors.
pub fn compare(path: &str, name: &str, profile: &TableProfile) -> Result<(), Box<dyn Error>> {
    println!(
        "{:<14} {:>12} {:>12} {:>9} {:>8} {:>10} {:>9} {:>9} {:>9}",
        "column", "different", "told", "error", "key", "rank error", "mean", "stdev", "frequent"
    );
    let mut worst = Worst::default();
    let mut stream = complete(path, name)?;
    for column in &profile.columns {
        stream.rewind(&[column.index])?;
        let mut truth = Truth::default();
        while let Some(batches) = stream.next_batches()? {
            for batch in &batches {
                truth.take(batch.column(0))?;
            }
        }
        worst.tell(column, truth, profile);
    }
    println!(
        "worst: distinct {:.3} %, rank {:.3} %, mean {:.1e}, stdev {:.1e}; keys told wrongly: {}; \
         frequent values beyond their bound: {}",
        worst.distinct * 100.0,
        worst.rank * 100.0,
        worst.mean,
        worst.stdev,
        worst.keys,
        worst.frequent
    );
    Ok(())
}

/// A stream behind a complete pass, so that its types are final.
fn complete(path: &str, name: &str) -> Result<TableStream<File>, Box<dyn Error>> {
    let mut stream = TableStream::open(name, File::open(path)?, &ReadOptions::default())?;
    loop {
        while stream.next_batches()?.is_some() {}
        if let PassEnd::Complete { .. } = stream.end_pass()? {
            return Ok(stream);
        }
    }
}

/// All values of a column.
#[derive(Default)]
struct Truth {
    rows: u64,
    nulls: u64,
    whole: Vec<i64>,
    numbers: Vec<f64>,
    texts: HashMap<String, u64>,
}

impl Truth {
    fn take(&mut self, array: &ArrayRef) -> Result<(), Box<dyn Error>> {
        self.rows += array.len() as u64;
        self.nulls += array.logical_null_count() as u64;
        match array.data_type() {
            DataType::Float64 => self
                .numbers
                .extend(array.as_primitive::<Float64Type>().iter().flatten()),
            DataType::Utf8 => {
                for text in array.as_string::<i32>().iter().flatten() {
                    match self.texts.get_mut(text) {
                        Some(count) => *count += 1,
                        None => _ = self.texts.insert(text.to_owned(), 1),
                    }
                }
            }
            DataType::Null => {}
            _ => {
                let whole = cast(array, &DataType::Int64)?;
                self.whole
                    .extend(whole.as_primitive::<Int64Type>().iter().flatten());
            }
        }
        Ok(())
    }

    /// Number of different values and the largest number of rows of one.
    fn different(&mut self) -> (u64, u64) {
        if !self.texts.is_empty() {
            return (
                self.texts.len() as u64,
                self.texts.values().copied().max().unwrap_or(0),
            );
        }
        self.whole.sort_unstable();
        self.numbers.sort_unstable_by(f64::total_cmp);
        let whole = self.whole.chunk_by(|a, b| a == b).map(<[_]>::len);
        let numbers = self.numbers.chunk_by(|a, b| a == b).map(<[_]>::len);
        whole.chain(numbers).fold((0, 0), |(different, most), len| {
            (different + 1, most.max(len as u64))
        })
    }

    /// Sorted numbers, if the column holds any.
    fn sorted(self) -> Vec<f64> {
        if self.whole.is_empty() {
            let mut numbers = self.numbers;
            numbers.retain(|number| number.is_finite());
            numbers
        } else {
            self.whole.into_iter().map(|whole| whole as f64).collect()
        }
    }
}

/// The largest errors of a table.
#[derive(Default)]
struct Worst {
    distinct: f64,
    rank: f64,
    mean: f64,
    stdev: f64,
    keys: usize,
    frequent: usize,
}

impl Worst {
    fn tell(&mut self, column: &ColumnProfile, mut truth: Truth, profile: &TableProfile) {
        let (different, most) = truth.different();
        let distinct = relative(column.distinct.value as f64, different as f64);
        let key = truth.nulls == 0 && different == truth.rows && truth.rows > 0;
        let told_key = column.unique
            && profile.rows == truth.rows
            && column.distinct.value == different
            && column.distinct.exact;
        let right = key == column.unique && (!key || told_key);
        let short = column.bounds.map_or(0, |bounds| bounds.top_shortfall);
        let listed = column.top.first().map_or(0, |top| top.count.value);
        let frequent = listed <= most
            && listed + short >= most
            && column.top.iter().all(|top| {
                truth
                    .texts
                    .get(&top.value)
                    .is_none_or(|occurs| (top.count.value..=top.count.value + short).contains(occurs))
            });
        let sorted = truth.sorted();
        let (rank, mean, stdev) = match &column.numeric {
            Some(numeric) if !sorted.is_empty() => {
                let (mean, stdev) = moments(&sorted);
                (
                    rank_error(column, &sorted),
                    relative(numeric.mean, mean),
                    relative(numeric.stdev, stdev),
                )
            }
            _ => (0.0, 0.0, 0.0),
        };
        println!(
            "{:<14} {different:>12} {:>12} {:>8.3}% {:>8} {:>9.3}% {mean:>9.1e} {stdev:>9.1e} {:>9}",
            column.name.as_str(),
            column.distinct.value,
            distinct * 100.0,
            if right {
                if key { "key" } else { "none" }
            } else {
                "WRONG"
            },
            rank * 100.0,
            if frequent { "held" } else { "BROKEN" },
        );
        self.distinct = self.distinct.max(distinct);
        self.rank = self.rank.max(rank);
        self.mean = self.mean.max(mean);
        self.stdev = self.stdev.max(stdev);
        self.keys += usize::from(!right);
        self.frequent += usize::from(!frequent);
    }
}

fn relative(found: f64, truth: f64) -> f64 {
    (found - truth).abs() / truth.abs().max(f64::MIN_POSITIVE)
}

/// Mean and standard deviation in two passes.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let first = values.iter().sum::<f64>() / n;
    let mean = first + values.iter().map(|value| value - first).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0).max(1.0)).sqrt())
}

/// Largest distance of the rank of a told quantile from what was asked, as a share of the values.
fn rank_error(column: &ColumnProfile, sorted: &[f64]) -> f64 {
    let Some(numeric) = &column.numeric else {
        return 0.0;
    };
    let q = &numeric.quantiles;
    let told = [
        (0.01, q.p01),
        (0.05, q.p05),
        (0.1, q.p10),
        (0.25, q.q1),
        (0.5, q.median),
        (0.75, q.q3),
        (0.9, q.p90),
        (0.95, q.p95),
        (0.99, q.p99),
    ];
    let share = |place: usize| place as f64 / sorted.len() as f64;
    told.iter()
        .map(|(p, value)| {
            let below = share(sorted.partition_point(|other| other < value));
            let up_to = share(sorted.partition_point(|other| other <= value));
            (below - p).max(p - up_to).max(0.0)
        })
        .fold(0.0, f64::max)
}
