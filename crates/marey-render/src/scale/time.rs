//! Ticks of time: an interval of the calendar chosen for a span, as d3-time chooses it.

use super::{
    interval::{DAY, HOUR, Interval, MINUTE, SECOND, TimeUnitOf, WEEK},
    tick::{MAX_TICKS, tick_step},
};

const MONTH: f64 = 30.0 * DAY;
const YEAR: f64 = 365.0 * DAY;

/// Candidate intervals, shortest first, with their nominal length.
const CANDIDATES: [(TimeUnitOf, i64, f64); 18] = [
    (TimeUnitOf::Second, 1, SECOND),
    (TimeUnitOf::Second, 5, 5.0 * SECOND),
    (TimeUnitOf::Second, 15, 15.0 * SECOND),
    (TimeUnitOf::Second, 30, 30.0 * SECOND),
    (TimeUnitOf::Minute, 1, MINUTE),
    (TimeUnitOf::Minute, 5, 5.0 * MINUTE),
    (TimeUnitOf::Minute, 15, 15.0 * MINUTE),
    (TimeUnitOf::Minute, 30, 30.0 * MINUTE),
    (TimeUnitOf::Hour, 1, HOUR),
    (TimeUnitOf::Hour, 3, 3.0 * HOUR),
    (TimeUnitOf::Hour, 6, 6.0 * HOUR),
    (TimeUnitOf::Hour, 12, 12.0 * HOUR),
    (TimeUnitOf::Day, 1, DAY),
    (TimeUnitOf::Day, 2, 2.0 * DAY),
    (TimeUnitOf::Week, 1, WEEK),
    (TimeUnitOf::Month, 1, MONTH),
    (TimeUnitOf::Month, 3, 3.0 * MONTH),
    (TimeUnitOf::Year, 1, YEAR),
];

/// The interval that cuts a span of instants into about `count` parts.
///
/// None where the ends are not finite or the count is not positive.
pub fn tick_interval(start: f64, stop: f64, count: f64) -> Option<Interval> {
    if !(start.is_finite() && stop.is_finite() && count > 0.0) {
        return None;
    }
    let target = (stop - start).abs() / count;
    let i = CANDIDATES.partition_point(|(_, _, length)| *length <= target);
    if i == CANDIDATES.len() {
        let years = tick_step(start / YEAR, stop / YEAR, count).abs();
        return Some(Interval::every(TimeUnitOf::Year, years as i64));
    }
    if i == 0 {
        let step = tick_step(start, stop, count).abs().max(1.0);
        return Some(Interval::every(TimeUnitOf::Millisecond, step as i64));
    }
    let (below, above) = (CANDIDATES[i - 1], CANDIDATES[i]);
    let (unit, step, _) = if target / below.2 < above.2 / target {
        below
    } else {
        above
    };
    Some(Interval::every(unit, step))
}

/// Instants in `[start, stop]` at the interval's boundaries, in the order of the ends.
pub fn interval_ticks(start: f64, stop: f64, interval: Interval) -> Vec<f64> {
    let (low, high) = (start.min(stop), start.max(stop));
    let mut instants = interval.range(low, high + 1.0, MAX_TICKS);
    instants.retain(|t| *t <= high);
    if stop < start {
        instants.reverse();
    }
    instants
}

/// About `count` instants in `[start, stop]` at round points of the calendar.
pub fn time_ticks(start: f64, stop: f64, count: f64) -> Vec<f64> {
    tick_interval(start, stop, count).map_or_else(Vec::new, |interval| interval_ticks(start, stop, interval))
}

/// Widens a span of instants to whole intervals, the ends keeping their order.
pub fn nice_time(domain: [f64; 2], interval: Interval) -> [f64; 2] {
    let reversed = domain[1] < domain[0];
    let (low, high) = if reversed {
        (domain[1], domain[0])
    } else {
        (domain[0], domain[1])
    };
    let (low, high) = (
        or_kept(interval.floor(low), low),
        or_kept(interval.ceil(high), high),
    );
    if reversed { [high, low] } else { [low, high] }
}

fn or_kept(rounded: f64, given: f64) -> f64 {
    if rounded.is_finite() { rounded } else { given }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::interval::Civil;

    #[track_caller]
    fn check(start: f64, stop: f64, count: f64, expected: (TimeUnitOf, i64)) {
        let interval = tick_interval(start, stop, count).expect("an interval");
        assert_eq!((interval.unit(), interval.step()), expected);
        for tick in time_ticks(start, stop, count) {
            assert!(start <= tick && tick <= stop, "{tick} outside");
        }
    }

    #[test]
    fn intervals_follow_the_span() {
        let t0 = Civil {
            year: 2020,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
            millisecond: 0,
        }
        .instant();
        check(t0, t0 + 3.0 * YEAR, 10.0, (TimeUnitOf::Month, 3));
        check(t0, t0 + 10.0 * YEAR, 10.0, (TimeUnitOf::Year, 1));
        check(t0, t0 + 100.0 * YEAR, 10.0, (TimeUnitOf::Year, 10));
        check(t0, t0 + 60.0 * DAY, 8.0, (TimeUnitOf::Week, 1));
        check(t0, t0 + 20.0 * MINUTE, 10.0, (TimeUnitOf::Minute, 1));
        check(t0, t0 + 50.0, 10.0, (TimeUnitOf::Millisecond, 5));
    }

    #[test]
    fn degenerate_spans_are_harmless() {
        assert!(time_ticks(f64::NAN, 0.0, 10.0).is_empty());
        assert!(time_ticks(0.0, f64::INFINITY, 10.0).is_empty());
        assert!(time_ticks(-1e300, 1e300, 10.0).len() <= MAX_TICKS);
        assert_eq!(time_ticks(5.0, 5.0, 10.0), vec![5.0]);
    }
}
