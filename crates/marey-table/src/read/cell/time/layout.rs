//! How dates and times are written.

/// How the date part of a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum DateLayout {
    /// No date, only a time.
    None,
    /// `2020-01-31`.
    YearMonthDay,
    /// `31/01/2020` or `01/31/2020`: the column decides.
    Numeric,
    /// `31/01/20` or `01/31/20`: the column decides.
    NumericShort,
    /// `31 Jan 2020`.
    DayName,
    /// `31-Jan-20`.
    DayNameShort,
    /// `January 31, 2020`.
    NameDay,
    /// `2020 Jan 31`.
    YearNameDay,
    /// `2020-01`.
    YearMonth,
    /// `01/2020`.
    MonthYear,
    /// `January 2020`.
    NameYear,
    /// `Jan-20`.
    NameYearShort,
    /// `2020 Jan`.
    YearName,
    /// `2020-Q1`, `2020Q1`.
    YearQuarter,
    /// `Q1 2020`.
    QuarterYear,
    /// `2020-W05`, `2020-W05-1`.
    IsoWeek,
    /// `20200131`, with a time behind it.
    Compact,
    /// `Wed Jan 1 10:00:00 2020`.
    Ctime,
}

/// How the time part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimeLayout {
    /// Number of parts: 0 no time, 1 hour, 2 minutes, 3 seconds, 4 fractions of seconds.
    pub parts: u8,
    /// Whether AM or PM follows.
    pub twelve_hours: bool,
    /// Whether the parts stand without colons.
    pub compact: bool,
}

/// How the offset from UTC is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ZoneLayout {
    /// No zone: a local time.
    None,
    /// `Z`.
    Zulu,
    /// `+01:00`.
    Offset,
    /// `CET`.
    Name,
}

/// How a date or time is written, as far as it matters to read others of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Layout {
    /// The date part.
    pub date: DateLayout,
    /// What stands between the parts of the date, 0 for nothing.
    pub separator: u8,
    /// `T` or a space between date and time, 0 without time.
    pub join: u8,
    /// The time part.
    pub time: TimeLayout,
    /// The zone.
    pub zone: ZoneLayout,
}

/// Which of the two first numbers of `01/02/2020` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// A date, a time or both, as found in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeCell {
    /// How it is written.
    pub layout: Layout,
    /// Year; 1970 without a date.
    pub year: i32,
    /// Month; for the numeric layouts whatever stands first.
    pub first: u8,
    /// Day; for the numeric layouts whatever stands second.
    pub second: u8,
    /// Microseconds since midnight.
    pub micros: i64,
    /// Offset from UTC in minutes.
    pub offset: i32,
}

/// No time of day.
pub(super) const NO_TIME: TimeLayout = TimeLayout {
    parts: 0,
    twelve_hours: false,
    compact: false,
};

/// Microseconds of a day.
pub(crate) const DAY_MICROS: i64 = 86_400_000_000;

impl DateLayout {
    /// Whether the order of day and month is open.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Numeric | Self::NumericShort)
    }
}

impl Layout {
    /// Whether there is only a time of day.
    pub fn is_time_only(self) -> bool {
        self.date == DateLayout::None
    }

    /// Whether there is no time of day.
    pub fn is_date_only(self) -> bool {
        self.time.parts == 0
    }
}
