//! [`NumberLine`]: the numbers (or milliseconds) of a column in order, and what is read off them.

use crate::{
    Count, NumericSummary, Quantiles, TemporalSummary, TimeGranularity,
    beyond::Numbers,
    calendar::{Calendar, year_start_ms},
    column_state::ColumnState,
    histogram::{self, Weighted},
    moments::Moments,
    quantile::quantile,
    value::{Kind, Value},
};

/// Finite numbers with counts, in order: all of them, or those that a sketch kept.
pub(crate) struct NumberLine {
    sorted: Vec<(f64, u64)>,
    total: u64,
    exact: bool,
    min: f64,
    max: f64,
}

impl NumberLine {
    /// The numbers of a column; those of columns that have none are empty.
    pub(crate) fn of(state: &ColumnState) -> Self {
        let kind = state.kind;
        if !(kind.is_number() || kind.is_time_line()) {
            return Self::new(Vec::new(), true, None);
        }
        if let Some(beyond) = &state.beyond {
            let numbers = &beyond.numbers;
            return Self::new(
                numbers.quantiles.weighted(),
                false,
                Some((numbers.min, numbers.max)),
            );
        }
        let mut sorted: Vec<(f64, u64)> = state
            .counted
            .iter()
            .filter_map(|entry| Some((kind.number(state.counted.value(entry))?, entry.count)))
            .collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        Self::new(sorted, true, None)
    }

    fn new(sorted: Vec<(f64, u64)>, exact: bool, ends: Option<(f64, f64)>) -> Self {
        let first = sorted.first().map_or(0.0, |(value, _)| *value);
        let last = sorted.last().map_or(0.0, |(value, _)| *value);
        let (min, max) = ends.filter(|_| !sorted.is_empty()).unwrap_or((first, last));
        Self {
            total: sorted.iter().map(|(_, count)| count).sum(),
            sorted,
            exact,
            min,
            max,
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        quantile(&self.sorted, self.total, p)
    }

    fn weighted(&self) -> Weighted<'_> {
        Weighted {
            values: &self.sorted,
            total: self.total,
            quartiles: (self.quantile(0.25), self.quantile(0.75)),
            min: self.min,
            max: self.max,
        }
    }

    /// The numeric summary; none where there is no finite number.
    pub(crate) fn numeric(&self, state: &ColumnState) -> Option<NumericSummary> {
        if self.total == 0 {
            return None;
        }
        let facts = match &state.beyond {
            Some(beyond) => Facts::seen(&beyond.numbers),
            None => Facts::counted(&self.sorted, state.values),
        };
        let spread = Spread::of(self, state.beyond.as_deref().map(|beyond| &beyond.numbers));
        Some(NumericSummary {
            min: self.min,
            max: self.max,
            mean: spread.mean.clamp(self.min, self.max),
            stdev: spread.stdev,
            sum: spread.sum,
            skewness: spread.skewness,
            kurtosis: spread.kurtosis,
            quantiles: Quantiles {
                p05: self.quantile(0.05),
                q1: self.quantile(0.25),
                median: self.quantile(0.5),
                q3: self.quantile(0.75),
                p95: self.quantile(0.95),
                exact: self.exact,
            },
            zeros: facts.zeros,
            negatives: facts.negatives,
            non_finite: facts.non_finite,
            integers: facts.integers,
            histogram: histogram::of_numbers(&self.weighted(), facts.integers),
        })
    }

    /// The summary in time of a column of dates or timestamps.
    pub(crate) fn temporal(&self, state: &ColumnState, points: Count) -> Option<TemporalSummary> {
        let mut calendar = Calendar::default();
        match &state.beyond {
            Some(beyond) => calendar = beyond.calendar,
            None => {
                for entry in state.counted.iter() {
                    match (state.kind, state.counted.value(entry)) {
                        (Kind::Date, Value::Bits(bits)) => calendar.add_day(bits as i64),
                        (_, Value::Bits(bits)) => calendar.add_microseconds(bits as i64),
                        _ => {}
                    }
                }
            }
        }
        self.in_time(calendar.granularity(), points)
    }

    /// The summary in time of a column of whole calendar years.
    pub(crate) fn years(&self, points: Count) -> Option<TemporalSummary> {
        let starts: Option<Vec<(f64, u64)>> = self
            .sorted
            .iter()
            .map(|(year, count)| Some((year_start_ms(*year)? as f64, *count)))
            .collect();
        let ends = (year_start_ms(self.min)? as f64, year_start_ms(self.max)? as f64);
        Self::new(starts?, self.exact, Some(ends)).in_time(TimeGranularity::Year, points)
    }

    fn in_time(&self, granularity: TimeGranularity, points: Count) -> Option<TemporalSummary> {
        (self.total > 0).then(|| TemporalSummary {
            min_ms: self.min as i64,
            max_ms: self.max as i64,
            granularity,
            points,
            histogram: histogram::of_times(&self.weighted()),
        })
    }
}

/// Counts of kinds of numbers.
struct Facts {
    zeros: u64,
    negatives: u64,
    non_finite: u64,
    integers: bool,
}

impl Facts {
    fn seen(numbers: &Numbers) -> Self {
        Self {
            zeros: numbers.zeros,
            negatives: numbers.negatives,
            non_finite: numbers.non_finite,
            integers: numbers.integers,
        }
    }

    fn counted(sorted: &[(f64, u64)], values: u64) -> Self {
        let count = |holds: fn(f64) -> bool| {
            sorted
                .iter()
                .filter(|(value, _)| holds(*value))
                .map(|(_, count)| count)
                .sum()
        };
        Self {
            zeros: count(|value| value == 0.0),
            negatives: count(|value| value < 0.0),
            non_finite: values - count(|_| true),
            integers: sorted.iter().all(|(value, _)| value.fract() == 0.0),
        }
    }
}

/// Mean, sum and shape, always finite.
struct Spread {
    mean: f64,
    sum: f64,
    stdev: f64,
    skewness: f64,
    kurtosis: f64,
}

impl Spread {
    fn of(line: &NumberLine, seen: Option<&Numbers>) -> Self {
        match seen {
            Some(numbers) if numbers.moments.is_finite() => Self::scaled(&numbers.moments, 1.0),
            // Powers of numbers near the limits overflow: the sketch's values are scaled down first.
            _ => {
                let largest = line.min.abs().max(line.max.abs());
                let scale = if (1e-60..1e60).contains(&largest) || largest == 0.0 {
                    1.0
                } else {
                    2_f64.powi(largest.log2().floor().clamp(-1000.0, 1000.0) as i32)
                };
                let values = line.sorted.iter().map(|(value, count)| (value / scale, *count));
                let mut spread = Self::scaled(&Moments::of(values), scale);
                if seen.is_none() {
                    let sum = line.sorted.iter().map(|(value, count)| value * *count as f64);
                    spread.sum = finite(sum.sum());
                }
                spread
            }
        }
    }

    fn scaled(moments: &Moments, scale: f64) -> Self {
        Self {
            mean: finite(moments.mean() * scale),
            sum: finite(moments.sum() * scale),
            stdev: finite(moments.stdev() * scale),
            skewness: moments.skewness(),
            kurtosis: moments.kurtosis(),
        }
    }
}

/// The nearest finite number, so that profiles stay valid JSON.
fn finite(value: f64) -> f64 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(f64::MIN, f64::MAX)
    }
}
