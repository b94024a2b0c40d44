//! [`NumberLine`]: the numbers (or milliseconds) of a column in order, and what is read off them.

use crate::{
    Count, NumericSummary, Quantiles, TemporalSummary, TimeGranularity, TimeSpacing,
    calendar::{self, Calendar, year_start_ms},
    column_state::ColumnState,
    histogram::{self, Weighted},
    lattice::Lattice,
    modes,
    numbers::Numbers,
    quantile::{RANK_ERROR, quantile},
    spacing,
    spread::Spread,
    tail,
    value::{Kind, Value},
    week::Week,
};

/// Finite numbers with counts, in order: all of them, or those that a sketch kept.
pub(crate) struct NumberLine {
    pub(crate) sorted: Vec<(f64, u64)>,
    pub(crate) total: u64,
    pub(crate) exact: bool,
    pub(crate) min: f64,
    pub(crate) max: f64,
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

    /// The value at a quantile.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        quantile(&self.sorted, self.total, p)
    }

    /// Number of values that a condition holds for.
    pub(crate) fn count(&self, holds: impl Fn(f64) -> bool) -> u64 {
        self.sorted
            .iter()
            .filter(|(value, _)| holds(*value))
            .map(|(_, count)| count)
            .sum()
    }

    fn quantiles(&self) -> Quantiles {
        Quantiles {
            p01: self.quantile(0.01),
            p05: self.quantile(0.05),
            p10: self.quantile(0.1),
            q1: self.quantile(0.25),
            median: self.quantile(0.5),
            q3: self.quantile(0.75),
            p90: self.quantile(0.9),
            p95: self.quantile(0.95),
            p99: self.quantile(0.99),
            exact: self.exact,
            rank_error: if self.exact { 0.0 } else { RANK_ERROR },
        }
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
            None => Facts::counted(self, state.values),
        };
        let spread = Spread::of(self, state.beyond.as_deref().map(|beyond| &beyond.numbers));
        let quantiles = self.quantiles();
        let mad = tail::mad(self, quantiles.median);
        let lattice = Lattice::of(&self.sorted, self.exact);
        let histogram = histogram::of_numbers(&self.weighted(), facts.integers, lattice.step);
        Some(NumericSummary {
            min: self.min,
            max: self.max,
            mean: spread.mean.clamp(self.min, self.max),
            stdev: spread.stdev,
            sum: spread.sum,
            skewness: spread.skewness,
            kurtosis: spread.kurtosis,
            mad,
            zeros: facts.zeros,
            negatives: facts.negatives,
            non_finite: facts.non_finite,
            integers: facts.integers,
            decimals: lattice.decimals,
            step: lattice.step,
            outliers: tail::outliers(self, &quantiles, mad),
            tails: tail::tails(&quantiles, self.total),
            modes: modes::of(&histogram),
            log_histogram: histogram::of_logarithms(&self.weighted()),
            histogram,
            quantiles,
        })
    }

    /// The summary in time of a column of dates or timestamps.
    pub(crate) fn temporal(&self, state: &ColumnState, points: Count) -> Option<TemporalSummary> {
        let (calendar, week) = match &state.beyond {
            Some(beyond) => (beyond.calendar, beyond.week.clone()),
            None => counted_times(state),
        };
        let summary = self.in_time(calendar.granularity(), points)?;
        let daily = summary.granularity >= TimeGranularity::Day;
        let hourly = summary.granularity >= TimeGranularity::Hour;
        Some(TemporalSummary {
            zone: (state.kind == Kind::Timestamp(true)).then(|| "UTC".to_owned()),
            weekdays: if daily { week.days().to_vec() } else { Vec::new() },
            hours: if hourly {
                week.hours_of_day().to_vec()
            } else {
                Vec::new()
            },
            ..summary
        })
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
            spacing: self.exact.then(|| self.spacing(granularity)).flatten(),
            ..TemporalSummary::default()
        })
    }

    fn spacing(&self, granularity: TimeGranularity) -> Option<TimeSpacing> {
        let points: Vec<i64> = self.sorted.iter().map(|(ms, _)| *ms as i64).collect();
        spacing::of(&points, granularity)
    }
}

/// The calendar and the week of a column whose values were all counted.
fn counted_times(state: &ColumnState) -> (Calendar, Week) {
    let (mut calendar, mut week) = (Calendar::default(), Week::default());
    for entry in state.counted.iter() {
        if let Value::Bits(bits) = state.counted.value(entry) {
            calendar::take(&mut calendar, &mut week, state.kind, bits as i64, entry.count);
        }
    }
    (calendar, week)
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

    fn counted(line: &NumberLine, values: u64) -> Self {
        Self {
            zeros: line.count(|value| value == 0.0),
            negatives: line.count(|value| value < 0.0),
            non_finite: values - line.total,
            integers: line.sorted.iter().all(|(value, _)| value.fract() == 0.0),
        }
    }
}
