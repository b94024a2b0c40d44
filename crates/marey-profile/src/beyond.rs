//! [`Beyond`]: what goes on about a column once it has too many different values to count each.

use crate::{
    calendar::{self, Calendar},
    distinct::HyperLogLog,
    frequent::FrequentValues,
    numbers::Numbers,
    text::{TextMeasure, TextTotals},
    value::{Kind, Value},
    value_sample::ValueSample,
    value_table::ValueTable,
    week::Week,
};

/// Sketches of fixed size over the values of one column.
#[derive(Debug, Clone)]
pub(crate) struct Beyond {
    pub(crate) distinct: HyperLogLog,
    pub(crate) frequent: FrequentValues,
    pub(crate) numbers: Numbers,
    pub(crate) calendar: Calendar,
    pub(crate) week: Week,
    pub(crate) texts: TextTotals,
    pub(crate) sample: ValueSample,
    pub(crate) kind: Kind,
}

impl Beyond {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            distinct: HyperLogLog::new(),
            frequent: FrequentValues::new(kind),
            numbers: Numbers::new(kind),
            calendar: Calendar::default(),
            week: Week::default(),
            texts: TextTotals::default(),
            sample: ValueSample::new(kind),
            kind,
        }
    }

    /// Empty sketches for values that follow.
    pub(crate) fn following(&self) -> Self {
        Self {
            numbers: self.numbers.following(self.kind),
            sample: self.sample.following(self.kind),
            ..Self::new(self.kind)
        }
    }

    /// Takes over what was counted exactly until now.
    pub(crate) fn absorb(&mut self, counted: &ValueTable) {
        let mut numbers = Vec::new();
        for entry in counted.by_hash() {
            let value = counted.value(&entry);
            self.distinct.add(entry.hash);
            self.sample.adopt(counted, &entry);
            if let Some(measure) = counted.measure(&entry) {
                self.texts.add(measure, entry.count);
            }
            if let Value::Bits(bits) = value {
                calendar::take(
                    &mut self.calendar,
                    &mut self.week,
                    self.kind,
                    bits as i64,
                    entry.count,
                );
            }
            if self.kind.is_number() || self.kind.is_time_line() {
                match self.kind.number(value) {
                    Some(number) => numbers.push((number, entry.count)),
                    None => self.numbers.non_finite += entry.count,
                }
            }
        }
        self.numbers.extend_weighted(numbers);
        self.frequent.absorb(counted);
    }

    /// Takes values of 64 bits with their hashes.
    pub(crate) fn extend_bits(&mut self, hashes: &[u64], bits: &[u64]) {
        self.distinct.extend(hashes);
        self.frequent.extend(hashes);
        self.sample.extend(hashes, bits);
        let kind = self.kind;
        match kind {
            Kind::Float => self.numbers.extend_floats(bits),
            Kind::Int | Kind::Boolean => self.numbers.extend(bits, |bits| bits as i64 as f64),
            Kind::Date | Kind::Timestamp(_) => {
                self.numbers.extend(bits, |bits| kind.milliseconds(bits) as f64);
                for bits in bits {
                    calendar::take(&mut self.calendar, &mut self.week, kind, *bits as i64, 1);
                }
            }
            _ => {}
        }
    }

    /// Takes a wide number with its hash.
    pub(crate) fn add_wide(&mut self, hash: u64, value: i128) {
        self.distinct.add(hash);
        self.frequent.add(hash, Value::Wide(value));
        self.sample.add(hash, Value::Wide(value));
        match self.kind.number(Value::Wide(value)) {
            Some(number) => self.numbers.push(number),
            None => self.numbers.non_finite += 1,
        }
    }

    /// Takes texts with their hashes.
    pub(crate) fn extend_texts(&mut self, hashes: &[u64], texts: &[&str]) {
        self.distinct.extend(hashes);
        for (hash, text) in hashes.iter().zip(texts) {
            self.frequent.add(*hash, Value::Text(text));
            self.sample.add(*hash, Value::Text(text));
            self.texts.add(TextMeasure::of(text), 1);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.distinct.merge(&other.distinct);
        self.frequent.merge(&other.frequent);
        self.numbers.merge(&other.numbers);
        self.calendar.merge(&other.calendar);
        self.week.merge(&other.week);
        self.texts.merge(&other.texts);
        self.sample.merge(&other.sample);
    }
}
