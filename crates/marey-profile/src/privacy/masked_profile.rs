//! Profiles as they may be shown to anybody: without the values of personal columns.

use chrono::{DateTime, Datelike, NaiveDate};
use marey_table::TableWarning;

use super::mask_text;
use crate::{ColumnProfile, Distribution, TableProfile, TemporalSummary};

impl TableProfile {
    /// The profile without the values of columns that say [`masked`](super::Privacy::masked).
    ///
    /// Frequent values are masked as [`Privacy::mask`](super::Privacy::mask) does and keep their counts;
    /// points in time are those of their years, without histogram and gaps; of numbers, such as
    /// telephone numbers, no figures are told. Everything else stays: types, meanings, counts,
    /// lengths, shapes of texts, relations. It never hides what was not found to be personal.
    ///
    /// ```
    /// use marey_profile::{ProfileOptions, profile};
    /// use marey_table::read::{ReadOptions, read};
    /// let csv = b"mail,n\nann@example.com,1\nbob@example.org,2\n".to_vec();
    /// let table = read("t.csv", csv, &ReadOptions::default())?.value;
    /// let shown = profile(&table, &ProfileOptions::default()).masked();
    /// assert!(shown.privacy.values_masked);
    /// assert_eq!(shown.columns[0].top[0].value, "a***@***.com");
    /// # Ok::<(), marey_table::TableError>(())
    /// ```
    pub fn masked(&self) -> TableProfile {
        self.shown_by(|column, value| column.privacy.mask(value))
    }

    /// What was noticed while the table was read, without the cells of columns that may hold
    /// personal data, and without pieces of personal data elsewhere.
    pub fn masked_warnings(&self, warnings: &[TableWarning]) -> Vec<TableWarning> {
        let is_personal = |warning: &TableWarning| {
            let column = warning.column.as_ref().and_then(|name| self.column(name));
            column.is_some_and(|column| column.pii.is_some() || column.privacy.masked)
        };
        warnings
            .iter()
            .map(|warning| match is_personal(warning) {
                true => warning.clone().without_example(),
                false => TableWarning {
                    message: mask_text(&warning.message),
                    ..warning.clone()
                },
            })
            .collect()
    }

    /// The same with values of masked columns as a function shows them.
    pub(super) fn shown_by(&self, mut show: impl FnMut(&ColumnProfile, &str) -> String) -> TableProfile {
        let mut shown = self.clone();
        if shown.privacy.values_masked {
            return shown;
        }
        for (column, original) in shown.columns.iter_mut().zip(&self.columns) {
            if !column.privacy.masked {
                continue;
            }
            for top in &mut column.top {
                top.value = show(original, &top.value);
            }
            for value in &mut column.order {
                *value = show(original, value);
            }
            if !column.privacy.is_in_texts() {
                column.numeric = None;
                column.temporal = column.temporal.take().map(by_year);
            }
        }
        shown.privacy.values_masked = true;
        shown
    }
}

/// Points in time as no more than their years.
fn by_year(time: TemporalSummary) -> TemporalSummary {
    TemporalSummary {
        min_ms: year_of(time.min_ms),
        max_ms: year_of(time.max_ms),
        histogram: Distribution::default(),
        spacing: None,
        ..time
    }
}

/// The first instant of the year of an instant; the instant itself beyond the calendar.
fn year_of(ms: i64) -> i64 {
    DateTime::from_timestamp_millis(ms)
        .and_then(|at| NaiveDate::from_ymd_opt(at.year(), 1, 1))
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map_or(ms, |first| first.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use marey_table::read::{ReadOptions, read};

    use crate::{ProfileOptions, TableProfile, profile};

    /// A first name of its own for each row.
    fn first(row: usize) -> String {
        let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
        format!("Q{}{}anna", letter(row), letter(row / 26 + 7))
    }

    fn people() -> TableProfile {
        let mut csv = String::from("Full name,E-Mail,Phone,Born,Note,City\n");
        for row in 0..40 {
            csv.push_str(&format!(
                "{} Smith,p{row}@example.com,21255501{row:02},19{:02}-03-{:02},call +1 212-555-01{row:02} about it,Rome\n",
                first(row),
                50 + row,
                1 + row % 28
            ));
        }
        let table = read("people.csv", csv.into_bytes(), &ReadOptions::default())
            .unwrap()
            .value;
        profile(&table, &ProfileOptions::default())
    }

    #[test]
    fn no_value_of_a_personal_column_is_left() {
        let (open, shown) = (people(), people().masked());
        assert!(shown.privacy.values_masked && !open.privacy.values_masked);
        let text = serde_json::to_string(&shown).unwrap();
        for row in 0..40 {
            for secret in [
                format!("p{row}@example"),
                first(row),
                format!("21255501{row:02}"),
                format!("555-01{row:02}"),
                format!("-03-{:02}", 1 + row % 28),
            ] {
                assert!(!text.contains(&secret), "{secret} is shown");
            }
        }
        assert!(text.contains("Rome"), "what is not personal stays");
        let born = shown.columns[3].temporal.as_ref().unwrap();
        assert_eq!((born.min_ms, born.spacing.is_none()), (-631_152_000_000, true));
        for (shown, open) in shown.columns.iter().zip(&open.columns) {
            assert_eq!((shown.distinct, shown.nulls), (open.distinct, open.nulls));
        }
    }

    #[test]
    fn warnings_quote_no_personal_cell() {
        let mut csv = String::from("Prepared for ann@example.com\n\nPhone,Born\n");
        for row in 0..60 {
            csv.push_str(&format!("2125550{row:03},19{:02}-03-01\n", 30 + row));
        }
        csv.push_str("2125550999,12 Elm St\n");
        let table = read("people.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        let profile = profile(&table.value, &ProfileOptions::default());
        let all = |warnings: &[marey_table::TableWarning]| format!("{warnings:?}");
        assert!(all(&table.warnings).contains("Elm") && all(&table.warnings).contains("ann@"));
        let masked = all(&profile.masked_warnings(&table.warnings));
        assert!(!masked.contains("Elm") && !masked.contains("ann@"), "{masked}");
        assert!(masked.contains("became null"), "{masked}");
    }

    #[test]
    fn masking_twice_is_masking_once() {
        let shown = people().masked();
        assert_eq!(shown.masked().columns, shown.columns);
    }
}
