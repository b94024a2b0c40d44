//! [`Beyond`]: what goes on about a column once it has too many different values to count each.

use crate::{
    calendar::{self, Calendar},
    distinct::HyperLogLog,
    moments::Moments,
    quantile::QuantileSketch,
    text::{TextMeasure, TextTotals},
    value::{Kind, Value},
    value_table::{Entry, ValueTable},
    week::Week,
};

/// Values that are gathered before they go into the moments and the quantile sketch.
const BLOCK: usize = 4096;
/// Different values kept for telling the column's meaning.
const SAMPLE: usize = 2048;

/// Sketches of fixed size over the values of one column.
#[derive(Debug, Clone)]
pub(crate) struct Beyond {
    pub(crate) distinct: HyperLogLog,
    pub(crate) numbers: Numbers,
    pub(crate) calendar: Calendar,
    pub(crate) week: Week,
    pub(crate) texts: TextTotals,
    pub(crate) sample: ValueSample,
    kind: Kind,
}

impl Beyond {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            distinct: HyperLogLog::new(),
            numbers: Numbers::default(),
            calendar: Calendar::default(),
            week: Week::default(),
            texts: TextTotals::default(),
            sample: ValueSample::new(kind),
            kind,
        }
    }

    /// Takes over what was counted exactly until now.
    pub(crate) fn absorb(&mut self, counted: &ValueTable) {
        let mut numbers = Vec::new();
        for entry in counted.by_hash() {
            let value = counted.value(&entry);
            self.distinct.add(entry.hash);
            if let Some(measure) = counted.measure(&entry) {
                self.sample.adopt(counted, &entry);
                self.texts.add(measure, entry.count);
            }
            self.add_time(value, entry.count);
            if self.kind != Kind::Text {
                match self.kind.number(value) {
                    Some(number) => numbers.push((number, entry.count)),
                    None => self.numbers.non_finite += entry.count,
                }
            }
        }
        self.numbers.extend_weighted(numbers);
    }

    #[inline]
    pub(crate) fn add(&mut self, hash: u64, value: Value<'_>) {
        self.distinct.add(hash);
        if let Value::Text(text) = value {
            self.sample.add(hash, value);
            self.texts.add(TextMeasure::of(text), 1);
            return;
        }
        self.add_time(value, 1);
        match self.kind.number(value) {
            Some(number) => self.numbers.push(number),
            None => self.numbers.non_finite += 1,
        }
    }

    #[inline]
    fn add_time(&mut self, value: Value<'_>, count: u64) {
        if let Value::Bits(bits) = value {
            calendar::take(&mut self.calendar, &mut self.week, self.kind, bits as i64, count);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.distinct.merge(&other.distinct);
        self.numbers.merge(&other.numbers);
        self.calendar.merge(&other.calendar);
        self.week.merge(&other.week);
        self.texts.merge(&other.texts);
        self.sample.merge(&other.sample);
    }
}

/// Running summary of finite numbers (or of milliseconds).
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub(crate) count: u64,
    pub(crate) non_finite: u64,
    pub(crate) zeros: u64,
    pub(crate) negatives: u64,
    pub(crate) integers: bool,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) moments: Moments,
    pub(crate) quantiles: QuantileSketch,
    /// Values not yet in the moments and quantiles. Blocks end at fixed places of the column's
    /// sequence of values, so batches of any size give the same sums.
    block: Vec<f64>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            count: 0,
            non_finite: 0,
            zeros: 0,
            negatives: 0,
            integers: true,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            moments: Moments::default(),
            quantiles: QuantileSketch::new(),
            block: Vec::new(),
        }
    }
}

impl Numbers {
    #[inline]
    fn push(&mut self, number: f64) {
        self.block.push(number);
        if self.block.len() >= BLOCK {
            self.flush();
        }
    }

    /// Brings the gathered block into the sketches.
    pub(crate) fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.note(block.iter().map(|number| (*number, 1)));
        self.quantiles.extend(&block);
        self.block = block;
        self.block.clear();
    }

    fn extend_weighted(&mut self, mut numbers: Vec<(f64, u64)>) {
        numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        self.note(numbers.iter().copied());
        for (number, count) in numbers {
            self.quantiles.add(number, count);
        }
    }

    fn note(&mut self, numbers: impl Iterator<Item = (f64, u64)> + Clone) {
        for (number, count) in numbers.clone() {
            self.count += count;
            self.zeros += u64::from(number == 0.0) * count;
            self.negatives += u64::from(number < 0.0) * count;
            self.integers &= number.fract() == 0.0;
            self.min = self.min.min(number);
            self.max = self.max.max(number);
        }
        self.moments.merge(&Moments::of(numbers));
    }

    fn merge(&mut self, other: &Self) {
        self.flush();
        self.count += other.count;
        self.non_finite += other.non_finite;
        self.zeros += other.zeros;
        self.negatives += other.negatives;
        self.integers &= other.integers;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.moments.merge(&other.moments);
        self.quantiles.merge(&other.quantiles);
        for number in &other.block {
            self.push(*number);
        }
    }
}

/// The different texts with the smallest hashes, with exact counts: a fair sample of the
/// different texts that depends neither on order nor on how a table was cut into parts.
///
/// A value that belongs to the sample at the end belonged to it from its first occurrence on, for
/// the bound on the hash only falls; hence the counts are exact.
#[derive(Debug, Clone)]
pub(crate) struct ValueSample {
    table: ValueTable,
    bound: u64,
}

impl ValueSample {
    fn new(kind: Kind) -> Self {
        Self {
            table: ValueTable::new(kind),
            bound: u64::MAX,
        }
    }

    #[inline]
    fn add(&mut self, hash: u64, value: Value<'_>) {
        if hash <= self.bound {
            self.table.add(hash, value, 1);
            self.cut(2 * SAMPLE);
        }
    }

    fn adopt(&mut self, other: &ValueTable, entry: &Entry) {
        if entry.hash <= self.bound {
            self.table.adopt(other, entry, entry.count);
            self.cut(2 * SAMPLE);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.bound = self.bound.min(other.bound);
        let bound = self.bound;
        self.table = self
            .table
            .kept(|entry| if entry.hash <= bound { entry.count } else { 0 });
        for entry in other.table.iter() {
            self.adopt(&other.table, entry);
        }
    }

    fn cut(&mut self, above: usize) {
        if self.table.len() <= above {
            return;
        }
        let hashes = self.table.by_hash();
        let Some(bound) = hashes.get(SAMPLE - 1).map(|entry| entry.hash) else {
            return;
        };
        self.bound = bound;
        self.table = self
            .table
            .kept(|entry| if entry.hash <= bound { entry.count } else { 0 });
    }

    /// The sample as a table of at most [`SAMPLE`] values.
    pub(crate) fn finish(mut self) -> ValueTable {
        self.cut(SAMPLE);
        self.table
    }

    /// A fair sample of a table's different texts; only texts need one.
    pub(crate) fn of(table: &ValueTable, kind: Kind) -> ValueTable {
        let mut sample = ValueTable::new(kind);
        if kind == Kind::Text {
            let mut entries: Vec<Entry> = table.iter().copied().collect();
            if entries.len() > SAMPLE {
                entries.select_nth_unstable_by_key(SAMPLE - 1, |entry| entry.hash);
                entries.truncate(SAMPLE);
            }
            for entry in &entries {
                sample.adopt(table, entry, entry.count);
            }
        }
        sample
    }
}
