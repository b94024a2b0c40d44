//! Time units: truncations of time, after Vega-Lite's `timeUnit`.

use std::{fmt, str::FromStr};

use crate::spec::closed_set;

closed_set! {
    /// One part of a time unit, from coarse to fine.
    pub enum TimeUnitPart {
        /// Gregorian year.
        Year = "year",
        /// Quarter of the year.
        Quarter = "quarter",
        /// Month of the year.
        Month = "month",
        /// Week of the year; weeks start on Sunday.
        Week = "week",
        /// Day of the week, Sunday first.
        Day = "day",
        /// Day of the year.
        DayOfYear = "dayofyear",
        /// Day of the month.
        Date = "date",
        /// Hours of the day.
        Hours = "hours",
        /// Minutes of the hour.
        Minutes = "minutes",
        /// Seconds of the minute.
        Seconds = "seconds",
        /// Milliseconds of the second.
        Milliseconds = "milliseconds",
    }
}

/// English names of the months, January first.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// English names of the days of the week, Sunday first as in [`TimeUnitPart::Day`].
pub const WEEKDAY_NAMES: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// A truncation of time to a set of parts, such as `yearmonth` or `utchoursminutes`.
///
/// Parts keep the fixed coarse-to-fine order of [`TimeUnitPart`]. Without `year` (or the coarser
/// parts) the unit folds time: `month` maps every January to the same value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimeUnit {
    /// The parts kept, coarse to fine; empty only together with `maxbins`.
    pub parts: Vec<TimeUnitPart>,
    /// Whether parts are taken in UTC rather than local time.
    pub utc: bool,
    /// Number of units per bin (`{"unit": "hours", "step": 6}`), 1 when absent.
    pub step: Option<f64>,
    /// Lets the unit be chosen from the data so that at most this many bins come out.
    pub maxbins: Option<f64>,
    /// The data is already binned to this unit (Vega-Lite's `binnedyearmonth` and the like).
    pub binned: bool,
}

impl TimeUnit {
    /// A unit of the given parts, in local time; sorts and deduplicates them.
    pub fn of(parts: &[TimeUnitPart]) -> Self {
        let mut parts = parts.to_vec();
        parts.sort_unstable();
        parts.dedup();
        Self {
            parts,
            ..Self::default()
        }
    }

    /// Whether the unit keeps the year, so that its values lie on one axis of time.
    pub fn is_absolute(&self) -> bool {
        self.parts.first() == Some(&TimeUnitPart::Year) || self.parts.is_empty()
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.binned {
            f.write_str("binned")?;
        }
        if self.utc {
            f.write_str("utc")?;
        }
        self.parts.iter().try_for_each(|part| f.write_str(part.as_str()))
    }
}

impl FromStr for TimeUnit {
    type Err = UnknownTimeUnit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownTimeUnit(text.to_owned());
        let (binned, rest) = strip(text, "binned");
        let (utc, mut rest) = strip(rest, "utc");
        let mut parts = Vec::new();
        while !rest.is_empty() {
            // `dayofyear` starts with `day`: take the longest part that fits.
            let part = TimeUnitPart::ALL
                .iter()
                .filter(|part| rest.starts_with(part.as_str()))
                .max_by_key(|part| part.as_str().len())
                .ok_or_else(unknown)?;
            if parts.last().is_some_and(|last| last >= part) {
                return Err(unknown());
            }
            parts.push(*part);
            rest = &rest[part.as_str().len()..];
        }
        if parts.is_empty() {
            return Err(unknown());
        }
        Ok(Self {
            parts,
            utc,
            binned,
            step: None,
            maxbins: None,
        })
    }
}

fn strip<'a>(text: &'a str, prefix: &str) -> (bool, &'a str) {
    text.strip_prefix(prefix)
        .map_or((false, text), |rest| (true, rest))
}

/// A text that names no time unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time unit; expected parts in order such as `year`, `yearmonth`, `utcmonthdate`")]
pub struct UnknownTimeUnit(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_units_read_as_they_are_written() {
        for text in [
            "year",
            "yearmonthdate",
            "utcyearquarter",
            "dayofyear",
            "day",
            "binnedyearmonth",
            "hoursminutes",
        ] {
            assert_eq!(text.parse::<TimeUnit>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "utc", "monthyear", "yearyear", "fortnight"] {
            assert!(text.parse::<TimeUnit>().is_err(), "{text}");
        }
    }
}
