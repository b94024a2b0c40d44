//! What rows are grouped by, in words.

use marey_features::action::UnitOfTime;

use super::{
    super::plan::{Dimension, Idea},
    Speaker,
};

/// Whether the groups have an adjective (`monthly`).
pub(super) fn has_adjective(group: Dimension) -> bool {
    matches!(group, Dimension::Time(_, unit) if !adjectives(unit).is_empty())
}

fn adjectives(unit: UnitOfTime) -> &'static [&'static str] {
    use UnitOfTime as U;
    match unit {
        U::Year => &["yearly", "annual"],
        U::YearQuarter => &["quarterly"],
        U::YearMonth => &["monthly"],
        U::YearWeek => &["weekly"],
        U::YearMonthDate => &["daily"],
        U::YearMonthDateHours => &["hourly"],
        _ => &[],
    }
}

impl Speaker<'_, '_> {
    /// The phrase of the groups.
    pub(super) fn by(&mut self, group: Dimension) -> String {
        match group {
            Dimension::Category(at) => {
                let pattern = self.pick(&[
                    "by {D}",
                    "by {D}",
                    "by {D}",
                    "by {D}",
                    "by {D}",
                    "per {D}",
                    "per {D}",
                    "for each {D}",
                    "for each {D}",
                    "for every {D}",
                    "across {Ds}",
                    "in each {D}",
                    "of each {D}",
                    "grouped by {D}",
                    "broken down by {D}",
                    "by each {D}",
                    "according to {D}",
                    "for the different {Ds}",
                    "across all {Ds}",
                    "among {Ds}",
                ]);
                self.named(pattern, at)
            }
            Dimension::Bins(at, bins) => self.by_bins(at, bins),
            Dimension::Moment(at) => {
                let years = self.cast.is_number(at);
                let several = self.cast.times.len() + self.cast.years.len() > 1;
                let pattern = match (years, several) {
                    (true, _) => self.pick(&[
                        "over the years",
                        "by {D}",
                        "by {D}",
                        "per {D}",
                        "over {D}",
                        "each {D}",
                        "by year",
                        "over time",
                        "across {Ds}",
                        "for each {D}",
                        "from year to year",
                    ]),
                    (false, true) => self.pick(&[
                        "by {D}",
                        "over {D}",
                        "along {D}",
                        "for each {D}",
                        "by {D}",
                        "across {D}",
                    ]),
                    (false, false) => self.pick(&[
                        "over time",
                        "over time",
                        "over time",
                        "by {D}",
                        "over {D}",
                        "through time",
                        "by date",
                        "across time",
                    ]),
                };
                self.named(pattern, at)
            }
            Dimension::Time(at, unit) => self.by_time(at, unit),
        }
    }

    fn named(&mut self, pattern: &str, at: usize) -> String {
        let name = self.call(at);
        let many = super::plural(&name);
        pattern.replace("{Ds}", &many).replace("{D}", &name)
    }

    fn by_bins(&mut self, at: usize, bins: u8) -> String {
        let pattern = match bins {
            0 => self
                .pick(&[
                    "by {D} bin",
                    "by binned {D}",
                    "by {D} range",
                    "per {D} bucket",
                    "in bins of {D}",
                    "by {D} (binned)",
                    "for each {D} bin",
                    "by {D} group",
                ])
                .to_owned(),
            n => self
                .pick(&[
                    "by {D} in # bins",
                    "by {D} binned into # groups",
                    "in # bins of {D}",
                    "by {D} with # bins",
                    "across # {D} buckets",
                ])
                .replace('#', &n.to_string()),
        };
        self.named(&pattern, at)
    }

    fn by_time(&mut self, at: usize, unit: UnitOfTime) -> String {
        let several = self.cast.times.len() > 1;
        let names_it = self.chance(if several { 88 } else { 26 });
        let trend = self.plan.idea == Idea::Trend;
        let unit_words = bare(unit);
        let pattern = match names_it {
            true => {
                let word = self.pick(unit_words);
                self.pick(&[
                    "by @ of {D}",
                    "by {D} @",
                    "per @ of {D}",
                    "by {D} (@)",
                    "for each @ of {D}",
                    "by @ of the {D}",
                    "over {D} by @",
                    "by {D}, per @",
                ])
                .replace('@', word)
            }
            false => self.pick(phrases(unit, trend)).to_owned(),
        };
        self.named(&pattern, at)
    }

    /// An adjective of time.
    pub(super) fn often(&mut self) -> String {
        match self.plan.group {
            Some(Dimension::Time(_, unit)) => self.pick(adjectives(unit)).to_owned(),
            _ => String::new(),
        }
    }

    /// How many bins, where a number is asked for.
    pub(super) fn bins(&mut self) -> String {
        match self.plan.group {
            Some(Dimension::Bins(_, n)) if n > 0 => self
                .pick(&[
                    "with # bins",
                    "in # bins",
                    "using # bins",
                    "# bins",
                    "with at most # bins",
                    "with # buckets",
                ])
                .replace('#', &n.to_string()),
            _ => String::new(),
        }
    }
}

/// Words for a unit beside the name of a column.
fn bare(unit: UnitOfTime) -> &'static [&'static str] {
    use UnitOfTime as U;
    match unit {
        U::Year => &["year"],
        U::Quarter => &["calendar quarter", "quarter"],
        U::Month => &["month", "calendar month"],
        U::Day => &["weekday", "day of the week", "day of week"],
        U::Hours => &["hour", "hour of the day"],
        U::YearQuarter => &["year and quarter", "quarter and year"],
        U::YearMonth => &["year and month", "month and year"],
        U::YearWeek => &["week"],
        U::YearMonthDate => &["day"],
        U::YearMonthDateHours => &["date and hour"],
        _ => &["time"],
    }
}

fn phrases(unit: UnitOfTime, trend: bool) -> &'static [&'static str] {
    use UnitOfTime as U;
    match unit {
        U::Year => &[
            "by year",
            "by year",
            "per year",
            "per year",
            "each year",
            "every year",
            "over the years",
            "over the years",
            "year by year",
            "for each year",
            "annually",
            "yearly",
            "in each year",
            "from year to year",
        ],
        U::Quarter => &[
            "by quarter of the year",
            "by calendar quarter",
            "in each quarter of the year",
        ],
        U::Month => &[
            "by month",
            "by month of the year",
            "by calendar month",
            "in each month of the year",
            "by month of year",
            "across the months of the year",
            "by month (jan to dec)",
        ],
        U::Day => &[
            "by weekday",
            "by weekday",
            "by day of the week",
            "by day of week",
            "per weekday",
            "for each weekday",
            "on each day of the week",
            "on each weekday",
            "across the week",
            "for every day of the week",
        ],
        U::Hours => &[
            "by hour",
            "by hour of the day",
            "per hour of the day",
            "by time of day",
            "for each hour of the day",
            "by hour of day",
            "across the day",
        ],
        U::YearQuarter => &[
            "per quarter",
            "quarterly",
            "each quarter",
            "by quarter",
            "quarter by quarter",
            "every quarter",
        ],
        U::YearMonth if trend => &[
            "per month",
            "per month",
            "monthly",
            "each month",
            "month by month",
            "by month",
            "over the months",
            "every month",
            "from month to month",
            "by month over time",
        ],
        U::YearMonth => &["per month", "monthly", "each month", "month by month"],
        U::YearWeek => &[
            "per week",
            "weekly",
            "each week",
            "by week",
            "week by week",
            "every week",
        ],
        U::YearMonthDate => &[
            "per day",
            "daily",
            "each day",
            "by day",
            "day by day",
            "every day",
            "over the days",
        ],
        U::YearMonthDateHours => &[
            "per hour",
            "hourly",
            "hour by hour",
            "each hour",
            "by the hour over time",
        ],
        _ => &["over time"],
    }
}
