//! [`Week`]: how many values fall on each hour of the week, mergeable.

/// Hours of a week.
const HOURS: usize = 168;

/// Numbers of points in time per hour of the week, the first one Monday from 0 to 1.
///
/// Instants are taken in UTC and local date-times as they stand; days fall on their first hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Week {
    pub(crate) hours: [u64; HOURS],
}

impl Default for Week {
    fn default() -> Self {
        Self { hours: [0; HOURS] }
    }
}

impl Week {
    /// Takes `count` values at a number of hours since 1970.
    #[inline]
    pub(crate) fn add_hour(&mut self, hours: i64, count: u64) {
        // 1970 began on a Thursday, three days after Monday.
        let at = hours.wrapping_add(72).rem_euclid(HOURS as i64) as usize;
        if let Some(slot) = self.hours.get_mut(at) {
            *slot += count;
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.hours.iter_mut().zip(&other.hours) {
            *own += theirs;
        }
    }

    /// Numbers of values per day of the week, Monday first.
    pub(crate) fn days(&self) -> [u64; 7] {
        let mut days = [0; 7];
        for (day, hours) in days.iter_mut().zip(self.hours.chunks(24)) {
            *day = hours.iter().sum();
        }
        days
    }

    /// Numbers of values per hour of the day.
    pub(crate) fn hours_of_day(&self) -> [u64; 24] {
        let mut sums = [0; 24];
        for day in self.hours.chunks(24) {
            for (sum, count) in sums.iter_mut().zip(day) {
                *sum += count;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024-01-01 was a Monday, 19,723 days after 1970-01-01.
    #[test]
    fn hours_fall_on_their_days() {
        let monday = 19_723 * 24;
        let mut week = Week::default();
        week.add_hour(monday + 9, 2);
        week.add_hour(monday + 6 * 24 + 23, 1);
        week.add_hour(-1, 5);
        assert_eq!(week.days(), [2, 0, 5, 0, 0, 0, 1]);
        let hours = week.hours_of_day();
        assert_eq!((hours[9], hours[23]), (2, 6));
        let mut twice = week.clone();
        twice.merge(&week);
        assert_eq!(twice.days(), [4, 0, 10, 0, 0, 0, 2]);
    }
}
