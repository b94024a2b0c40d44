//! How evenly points lie in time: the usual step, and where it is not kept.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike};

use crate::{TimeGap, TimeGranularity, TimeSpacing};

/// Share of the distances that must agree on a step.
const USUAL: f64 = 0.5;
/// Gaps listed.
const GAPS: usize = 5;
const DAY_MS: i64 = 86_400_000;

/// The spacing of different points in time (milliseconds since 1970, sorted); none for fewer than
/// three, for points without a usual step, and beyond the calendar.
pub(crate) fn of(points: &[i64], granularity: TimeGranularity) -> Option<TimeSpacing> {
    let weekdays_only = granularity == TimeGranularity::Day
        && points.len() >= 10
        && points.iter().all(|ms| weekday(ms.div_euclid(DAY_MS)) < 5);
    let mut places: Vec<i64> = points
        .iter()
        .map(|ms| {
            if weekdays_only {
                Some(working_day(ms.div_euclid(DAY_MS)))
            } else {
                place(*ms, granularity)
            }
        })
        .collect::<Option<_>>()?;
    places.dedup();
    // Two points in one period would make the distances meaningless.
    if places.len() < 3 || places.len() != points.len() {
        return None;
    }
    let distances: Vec<u64> = places
        .windows(2)
        .map(|pair| match pair {
            [from, to] => to.abs_diff(*from),
            _ => 0,
        })
        .collect();
    let (step, times) = most_frequent(&distances)?;
    let share = times as f64 / distances.len() as f64;
    if share < USUAL {
        return None;
    }
    let lacking = |distance: u64| distance.div_ceil(step).saturating_sub(1);
    let mut gaps: Vec<TimeGap> = distances
        .iter()
        .zip(points.windows(2))
        .filter(|(distance, _)| lacking(**distance) > 0)
        .filter_map(|(distance, pair)| match pair {
            [from, to] => Some(TimeGap {
                from_ms: *from,
                to_ms: *to,
                missing: lacking(*distance),
            }),
            _ => None,
        })
        .collect();
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.missing), gap.from_ms));
    gaps.truncate(GAPS);
    Some(TimeSpacing {
        unit: granularity,
        step,
        share,
        weekdays_only,
        missing: distances.iter().map(|distance| lacking(*distance)).sum(),
        gaps,
    })
}

/// The most frequent distance, the shorter of two, and how often it occurs.
fn most_frequent(distances: &[u64]) -> Option<(u64, u64)> {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    for distance in distances {
        *counts.entry(*distance).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(distance, count)| (*count, std::cmp::Reverse(*distance)))
}

/// Number of the period that a point falls into.
fn place(ms: i64, granularity: TimeGranularity) -> Option<i64> {
    use TimeGranularity as G;
    let months = |per: i64| {
        let date = DateTime::from_timestamp_millis(ms)?.date_naive();
        // The last day of a period stands for the period as well as its first does.
        let date = date.succ_opt().filter(|next| next.day() == 1).unwrap_or(date);
        Some((i64::from(date.year()) * 12 + i64::from(date.month0())).div_euclid(per))
    };
    match granularity {
        G::Year => months(12),
        G::Quarter => months(3),
        G::Month => months(1),
        G::Week => Some(ms.div_euclid(7 * DAY_MS)),
        G::Day => Some(ms.div_euclid(DAY_MS)),
        G::Hour => Some(ms.div_euclid(3_600_000)),
        G::Minute => Some(ms.div_euclid(60_000)),
        G::Second => Some(ms.div_euclid(1000)),
        G::Subsecond => Some(ms),
    }
}

/// Day of the week, Monday is 0.
fn weekday(days: i64) -> i64 {
    days.wrapping_add(3).rem_euclid(7)
}

/// Number of a day from Monday to Friday, counted without weekends.
fn working_day(days: i64) -> i64 {
    let since_monday = days.wrapping_add(3);
    since_monday.div_euclid(7) * 5 + since_monday.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn days(texts: &[&str]) -> Vec<i64> {
        texts
            .iter()
            .map(|text| i64::from(text.parse::<NaiveDate>().unwrap().to_epoch_days()) * DAY_MS)
            .collect()
    }

    fn check(points: &[i64], unit: TimeGranularity, step: u64, missing: u64, share: f64) -> TimeSpacing {
        let spacing = of(points, unit).unwrap();
        assert_eq!(
            (spacing.step, spacing.missing, spacing.share),
            (step, missing, share)
        );
        spacing
    }

    #[test]
    fn the_usual_step_and_its_gaps_are_found() {
        let gap = check(
            &days(&["2020-01-01", "2020-02-01", "2020-03-01", "2020-06-01"]),
            TimeGranularity::Month,
            1,
            2,
            2.0 / 3.0,
        );
        assert_eq!((gap.gaps.len(), gap.gaps[0].missing), (1, 2));
        check(
            &days(&["2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31"]),
            TimeGranularity::Quarter,
            1,
            0,
            1.0,
        );
        check(
            &days(&["1990-12-31", "2000-12-31", "2010-12-31"]),
            TimeGranularity::Year,
            10,
            0,
            1.0,
        );
        let quarters: Vec<i64> = (0..20).map(|i| i * 15 * 60_000).collect();
        check(&quarters, TimeGranularity::Minute, 15, 0, 1.0);
    }

    #[test]
    fn weekends_are_no_gaps_where_nothing_falls_on_one() {
        // Two working weeks from a Monday, one Thursday missing.
        let monday = 19_723;
        let points: Vec<i64> = [0, 1, 2, 4, 7, 8, 9, 10, 11, 14, 15]
            .map(|day| (monday + day) * DAY_MS)
            .to_vec();
        let spacing = check(&points, TimeGranularity::Day, 1, 1, 0.9);
        assert!(spacing.weekdays_only);
        assert_eq!(spacing.gaps[0].from_ms, (monday + 2) * DAY_MS);
    }

    #[test]
    fn few_or_far_points_have_no_spacing() {
        assert_eq!(of(&[0, DAY_MS], TimeGranularity::Day), None);
        assert_eq!(of(&[i64::MIN, 0, i64::MAX], TimeGranularity::Month), None);
    }
}
