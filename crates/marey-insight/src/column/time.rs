//! The axis of time: ticks of equal length, and the buckets made of them.

use arrow::{
    array::{Array, AsArray},
    datatypes::{DataType, Date32Type, Float64Type, Int64Type, TimestampMicrosecondType},
};
use chrono::{DateTime, Datelike, NaiveDate};
use marey_core::FieldName;
use marey_table::Table;

use crate::Bucket;

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;
/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;
/// Most ticks that series are cut into.
const MAX_TICKS: i64 = 40_000;

/// The axis of time of a table whose rows are in its order; rows without time come last.
#[derive(Debug, Clone)]
pub(crate) struct TimeAxis {
    pub name: FieldName,
    /// Instant of each row that has a time, in milliseconds since 1970.
    pub ms: Vec<i64>,
    /// Tick of each of them, from 0.
    pub tick: Vec<u32>,
    /// The tick that counts as the middle: that of the axis when it was made.
    middle: f64,
    /// Start of the first tick.
    pub start_ms: i64,
    /// Length of a tick.
    pub tick_ms: i64,
    /// Number of ticks.
    pub ticks: usize,
    /// The buckets in which weeks that stand out are looked for.
    pub buckets: Stretch,
    /// Whether all instants are the beginnings of days.
    is_daily: bool,
}

/// How an axis is cut into ticks and buckets.
struct Cut {
    start_ms: i64,
    tick_ms: i64,
    ticks: usize,
    bucket: Bucket,
}

impl Cut {
    /// By the first and the last instant, whether all are the beginnings of days, and the number of rows.
    fn of(first: i64, last: i64, is_daily: bool, rows: usize) -> Option<Self> {
        let span = last.checked_sub(first)?;
        if span <= 0 || rows < 8 {
            return None;
        }
        let mut tick_ms = if is_daily || span > 60 * DAY_MS {
            DAY_MS
        } else {
            HOUR_MS
        };
        if !is_daily && span < 2 * DAY_MS {
            tick_ms = HOUR_MS / 60;
        }
        while span / tick_ms > MAX_TICKS {
            tick_ms *= 7;
        }
        let start_ms = first.div_euclid(tick_ms) * tick_ms;
        let ticks = ((last - start_ms) / tick_ms) as usize + 1;
        Some(Self {
            start_ms,
            tick_ms,
            ticks,
            bucket: bucket_kind(span, ticks, tick_ms, rows),
        })
    }

    fn tick(&self, ms: i64) -> u32 {
        ((ms - self.start_ms) / self.tick_ms) as u32
    }
}

/// Ticks put together into buckets of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    pub kind: Bucket,
    /// Bucket of each tick, from 0.
    pub of_tick: Vec<u32>,
    /// Start of each bucket, and the end of the last one, in milliseconds since 1970.
    pub starts: Vec<i64>,
}

impl Stretch {
    /// Number of buckets.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

impl TimeAxis {
    /// An axis over instants in ascending order with the missing ones last; `None` where time does
    /// not pass or there is too little of it.
    pub fn new(name: FieldName, instants: Vec<i64>) -> Option<Self> {
        let ms: Vec<i64> = instants.into_iter().take_while(|ms| *ms != i64::MAX).collect();
        let is_daily = ms.iter().all(|ms| ms.rem_euclid(DAY_MS) == 0);
        let cut = Cut::of(*ms.first()?, *ms.last()?, is_daily, ms.len())?;
        Some(Self {
            name,
            tick: ms.iter().map(|ms| cut.tick(*ms)).collect(),
            ms,
            middle: cut.ticks as f64 / 2.0,
            start_ms: cut.start_ms,
            tick_ms: cut.tick_ms,
            ticks: cut.ticks,
            buckets: stretch(cut.bucket, cut.start_ms, cut.tick_ms, cut.ticks),
            is_daily,
        })
    }

    /// Appends rows whose instants come after all others, unless the axis would be cut otherwise with
    /// them; whether they were appended.
    pub fn append(&mut self, ms: &[i64]) -> bool {
        let (Some(first), Some(last)) = (self.ms.first(), ms.last()) else {
            return ms.is_empty();
        };
        let is_daily = self.is_daily && ms.iter().all(|ms| ms.rem_euclid(DAY_MS) == 0);
        let follows = ms.is_sorted() && self.ms.last() <= ms.first() && *last != i64::MAX;
        let Some(cut) = Cut::of(*first, *last, is_daily, self.rows() + ms.len()).filter(|_| follows) else {
            return false;
        };
        let same = cut.tick_ms == self.tick_ms
            && cut.start_ms == self.start_ms
            && cut.bucket == self.buckets.kind
            && is_daily == self.is_daily;
        if same {
            self.tick.extend(ms.iter().map(|ms| cut.tick(*ms)));
            self.ms.extend_from_slice(ms);
            if cut.ticks != self.ticks {
                self.ticks = cut.ticks;
                self.buckets = stretch(cut.bucket, cut.start_ms, cut.tick_ms, cut.ticks);
            }
        }
        same
    }

    /// Rows that have a time; they come first.
    pub fn rows(&self) -> usize {
        self.tick.len()
    }

    /// Place of a tick on the axis, -1 to 1, or more where rows were appended.
    pub fn centred(&self, tick: u32) -> f64 {
        (f64::from(tick) - self.middle) / self.middle.max(1.0)
    }

    /// Middle of a tick in days since the start.
    pub fn day_of_tick(&self, tick: usize) -> f64 {
        (tick as f64 + 0.5) * self.tick_ms as f64 / DAY_MS as f64
    }

    /// Length of the axis in days.
    pub fn span_days(&self) -> f64 {
        self.ticks as f64 * self.tick_ms as f64 / DAY_MS as f64
    }

    /// Buckets of another kind over the same ticks.
    pub fn stretch(&self, kind: Bucket) -> Stretch {
        stretch(kind, self.start_ms, self.tick_ms, self.ticks)
    }

    /// Start of a tick.
    pub fn ms_of_tick(&self, tick: usize) -> i64 {
        self.start_ms + tick as i64 * self.tick_ms
    }
}

/// Buckets that are neither too few to compare nor too small to have a mean, chosen from the axis
/// alone.
fn bucket_kind(span: i64, ticks: usize, tick_ms: i64, rows: usize) -> Bucket {
    let days = span / DAY_MS + 1;
    let enough = |buckets: i64| buckets >= 12 && rows as i64 >= 4 * buckets;
    if tick_ms < DAY_MS {
        let per_day = enough(days) && days >= 40;
        return if per_day { Bucket::Day } else { Bucket::Hour };
    }
    if days <= 90 && ticks >= 12 && enough(days) {
        return Bucket::Day;
    }
    if enough(days / 7) && days <= 7 * 320 {
        return Bucket::Week;
    }
    if days / 30 >= 12 && days <= 30 * 320 {
        return Bucket::Month;
    }
    if days <= 90 {
        Bucket::Day
    } else if days <= 7 * 60 {
        Bucket::Week
    } else if days <= 12_000 {
        Bucket::Month
    } else {
        Bucket::Year
    }
}

/// Cuts ticks into buckets.
fn stretch(kind: Bucket, start_ms: i64, tick_ms: i64, ticks: usize) -> Stretch {
    let mut of_tick = Vec::with_capacity(ticks);
    let mut starts: Vec<i64> = Vec::new();
    for tick in 0..ticks as i64 {
        let ms = start_ms + tick * tick_ms;
        let start = floor(kind, ms);
        if starts.last() != Some(&start) {
            starts.push(start);
        }
        of_tick.push(starts.len() as u32 - 1);
    }
    if let Some(last) = starts.last().copied() {
        starts.push(next(kind, last));
    }
    Stretch {
        kind,
        of_tick,
        starts,
    }
}

/// Start of the bucket in which an instant lies; weeks start on Monday.
pub(crate) fn floor(kind: Bucket, ms: i64) -> i64 {
    match kind {
        Bucket::Hour => ms.div_euclid(HOUR_MS) * HOUR_MS,
        Bucket::Day => ms.div_euclid(DAY_MS) * DAY_MS,
        // 1970-01-01 was a Thursday.
        Bucket::Week => (ms.div_euclid(DAY_MS) + 3).div_euclid(7) * 7 * DAY_MS - 3 * DAY_MS,
        Bucket::Month | Bucket::Quarter | Bucket::Year => {
            let Some(date) = date(ms) else { return ms };
            let month = match kind {
                Bucket::Month => date.month(),
                Bucket::Quarter => (date.month() - 1) / 3 * 3 + 1,
                _ => 1,
            };
            first_of(date.year(), month).unwrap_or(ms)
        }
    }
}

/// Start of the bucket after the one that starts at an instant.
pub(crate) fn next(kind: Bucket, start: i64) -> i64 {
    match kind {
        Bucket::Hour => start + HOUR_MS,
        Bucket::Day => start + DAY_MS,
        Bucket::Week => start + 7 * DAY_MS,
        Bucket::Month => floor(Bucket::Month, start + 32 * DAY_MS),
        Bucket::Quarter => floor(Bucket::Quarter, start + 95 * DAY_MS),
        Bucket::Year => floor(Bucket::Year, start + 370 * DAY_MS),
    }
}

fn date(ms: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp_millis(ms).map(|instant| instant.date_naive())
}

fn first_of(year: i32, month: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

/// An instant as ISO 8601: a day, or a second where it is not midnight.
pub(crate) fn iso(ms: i64) -> String {
    let Some(instant) = DateTime::from_timestamp_millis(ms) else {
        return String::new();
    };
    if ms.rem_euclid(DAY_MS) == 0 {
        instant.format("%Y-%m-%d").to_string()
    } else {
        instant.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

/// Instants of a column in milliseconds since 1970; `i64::MAX` where missing. Whole numbers are
/// taken as years.
pub(crate) fn instants(table: &Table, index: usize) -> Vec<i64> {
    let mut ms = Vec::with_capacity(table.rows());
    for piece in table.column(index) {
        match piece.data_type() {
            DataType::Date32 => {
                let days = piece.as_primitive::<Date32Type>();
                ms.extend(
                    days.iter()
                        .map(|day| day.map_or(i64::MAX, |day| i64::from(day) * DAY_MS)),
                );
            }
            DataType::Timestamp(..) => {
                let instants = piece.as_primitive::<TimestampMicrosecondType>();
                ms.extend(
                    instants
                        .iter()
                        .map(|us| us.map_or(i64::MAX, |us| us.div_euclid(1000))),
                );
            }
            DataType::Int64 => ms.extend(piece.as_primitive::<Int64Type>().iter().map(|year| {
                year.and_then(|year| first_of(i32::try_from(year).ok()?, 1))
                    .unwrap_or(i64::MAX)
            })),
            DataType::Float64 => ms.extend(piece.as_primitive::<Float64Type>().iter().map(|_| i64::MAX)),
            _ => ms.extend(std::iter::repeat_n(i64::MAX, piece.len())),
        }
    }
    ms
}

/// The order of rows in time, ties in order of the table, missing last; `None` where rows are in it
/// already.
pub(crate) fn order(instants: &[i64]) -> Option<Vec<u32>> {
    if instants.is_sorted() {
        return None;
    }
    let mut order: Vec<u32> = (0..instants.len() as u32).collect();
    order.sort_by_key(|row| instants[*row as usize]);
    Some(order)
}
