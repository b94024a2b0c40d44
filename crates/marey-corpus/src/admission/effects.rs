//! What a policy does to columns before anybody reads them.

use std::sync::Arc;

use arrow::{
    array::{
        Array, ArrayRef, AsArray, Date32Array, Float64Array, Int64Array, StringArray,
        TimestampMicrosecondArray,
    },
    compute::{cast, concat, max, min},
    datatypes::{DataType, Date32Type, Float64Type, Int64Type, TimestampMicrosecondType},
    util::display::{ArrayFormatter, FormatOptions},
};
use chrono::{DateTime, Datelike, NaiveDate};
use marey_table::Table;

use crate::{ColumnDecision, ColumnEffect, CorpusError, HashKey};

/// Buckets that the range of a column of numbers is cut into at most.
const MOST_BUCKETS: f64 = 20.0;

/// A table with what a policy decided done to its columns; the others stand as they were.
///
/// | effect | what is left |
/// |---|---|
/// | drop | nothing |
/// | hash | the first 16 bytes of the keyed hash of the value as text, in hexadecimal digits |
/// | bucket | of numbers the lower end of a range (at most 20 ranges of a round width over the column), of dates 1 January, of moments the first of the month, of texts the first two letters and `*` |
/// | mask | the shape: `A` for capital letters, `a` for others, `9` for digits, other signs as they are |
///
/// Rows without a value stay without.
///
/// # Errors
///
/// When a column is not in the table (a slip in its name would leave the right one open), or hashes are
/// asked for without a key.
pub fn apply_effects(
    table: Table,
    decisions: &[ColumnDecision],
    key: Option<&HashKey>,
) -> Result<Table, CorpusError> {
    if decisions.is_empty() {
        return Ok(table);
    }
    for decision in decisions {
        if table.column_index(&decision.column.as_str().into()).is_none() {
            return Err(CorpusError::NoSuchColumn {
                table: table.name().to_owned(),
                column: decision.column.clone(),
            });
        }
    }
    let mut columns = Vec::new();
    for index in 0..table.columns() {
        let name = table.column_name(index);
        let decision = decisions.iter().find(|decision| decision.column == name.as_str());
        let changed = match decision.map(|decision| decision.effect) {
            None => whole(&table, index)?,
            Some(ColumnEffect::Drop) => continue,
            Some(ColumnEffect::Hash) => {
                let key = key.ok_or_else(|| CorpusError::NoKey {
                    column: name.to_string(),
                })?;
                as_text(&whole(&table, index)?, |text| hash(key, text))?
            }
            Some(ColumnEffect::Mask) => as_text(&whole(&table, index)?, shape)?,
            Some(ColumnEffect::Bucket) => bucket(&whole(&table, index)?)?,
        };
        columns.push((name, changed));
    }
    let rows = table.rows();
    let name = table.name().to_owned();
    if columns.is_empty() && rows > 0 {
        // Nothing is left that rows could be counted by.
        return Ok(Table::empty(name));
    }
    Ok(Table::from_columns(name, columns)?)
}

/// The values of a column as texts; rows without a value are left out.
pub(super) fn column_texts(table: &Table, index: usize) -> Result<Vec<String>, CorpusError> {
    let column = whole(table, index)?;
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column.as_ref(), &options)?;
    let rows = (0..column.len()).filter(|row| !column.is_null(*row));
    Ok(rows.map(|row| formatter.value(row).to_string()).collect())
}

/// A column in one piece.
fn whole(table: &Table, index: usize) -> Result<ArrayRef, CorpusError> {
    let pieces: Vec<&dyn Array> = table.column(index).map(AsRef::as_ref).collect();
    match pieces.as_slice() {
        [] => Ok(arrow::array::new_empty_array(
            table.schema().field(index).data_type(),
        )),
        [_] => Ok(table
            .column(index)
            .next()
            .cloned()
            .unwrap_or_else(|| arrow::array::new_empty_array(table.schema().field(index).data_type()))),
        pieces => Ok(concat(pieces)?),
    }
}

/// Every value as text, changed.
fn as_text(column: &ArrayRef, change: impl Fn(&str) -> String) -> Result<ArrayRef, CorpusError> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column.as_ref(), &options)?;
    let changed: StringArray = (0..column.len())
        .map(|row| (!column.is_null(row)).then(|| change(&formatter.value(row).to_string())))
        .collect();
    Ok(Arc::new(changed))
}

fn hash(key: &HashKey, text: &str) -> String {
    // 128 bits tell more values apart than there are rows anywhere.
    let mut digits = key.hash(text.as_bytes()).hex();
    digits.truncate(32);
    digits
}

fn shape(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            sign if sign.is_numeric() => '9',
            sign if sign.is_uppercase() => 'A',
            sign if sign.is_alphabetic() => 'a',
            sign if sign.is_ascii() => sign,
            _ => '*',
        })
        .collect()
}

fn bucket(column: &ArrayRef) -> Result<ArrayRef, CorpusError> {
    match column.data_type() {
        DataType::Int64 => {
            let values = column.as_primitive::<Int64Type>();
            let width = width(
                min(values).map(|low| low as f64),
                max(values).map(|high| high as f64),
            )
            .max(1.0) as i64;
            let lower = |value: i64| value.div_euclid(width).checked_mul(width).unwrap_or(i64::MIN);
            Ok(Arc::new(
                values
                    .iter()
                    .map(|value| value.map(lower))
                    .collect::<Int64Array>(),
            ))
        }
        DataType::Float64 | DataType::Decimal128(..) => {
            let column = cast(column, &DataType::Float64)?;
            let values = column.as_primitive::<Float64Type>();
            let finite = || values.iter().flatten().filter(|value| value.is_finite());
            let width = width(finite().reduce(f64::min), finite().reduce(f64::max));
            let lower = |value: f64| {
                let lower = (value / width).floor() * width;
                if lower.is_finite() { lower } else { value }
            };
            Ok(Arc::new(
                values
                    .iter()
                    .map(|value| value.map(lower))
                    .collect::<Float64Array>(),
            ))
        }
        DataType::Date32 => {
            let values = column.as_primitive::<Date32Type>();
            let first = |days: i32| first_of_year(days).unwrap_or(0);
            Ok(Arc::new(
                values
                    .iter()
                    .map(|value| value.map(first))
                    .collect::<Date32Array>(),
            ))
        }
        DataType::Timestamp(_, zone) => {
            let values = column.as_primitive::<TimestampMicrosecondType>();
            let first = |moment: i64| first_of_month(moment).unwrap_or(0);
            let changed: TimestampMicrosecondArray = values.iter().map(|value| value.map(first)).collect();
            Ok(Arc::new(changed.with_timezone_opt(zone.clone())))
        }
        // Truth values and empty columns have no finer value that could be hidden.
        DataType::Boolean | DataType::Null => Ok(column.clone()),
        _ => as_text(column, |text| {
            let mut start: String = text.chars().take(2.min(text.chars().count() / 2)).collect();
            start.push('*');
            start
        }),
    }
}

/// The round width (1, 2 or 5 times a power of ten) of at most 20 ranges between two ends.
fn width(low: Option<f64>, high: Option<f64>) -> f64 {
    let span = match (low, high) {
        (Some(low), Some(high)) => high - low,
        _ => 0.0,
    };
    if !span.is_finite() || span <= 0.0 {
        // One value only: its size alone, to one digit.
        let size = low.map_or(1.0, f64::abs);
        return if size > 0.0 && size.is_finite() {
            10_f64.powf(size.log10().floor())
        } else {
            1.0
        };
    }
    let least = span / MOST_BUCKETS;
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|width| *width >= least)
        .unwrap_or(10.0 * power)
}

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

fn first_of_year(days: i32) -> Option<i32> {
    let day = EPOCH.checked_add_signed(chrono::TimeDelta::days(i64::from(days)))?;
    let first = NaiveDate::from_ymd_opt(day.year(), 1, 1)?;
    i32::try_from((first - EPOCH).num_days()).ok()
}

fn first_of_month(moment: i64) -> Option<i64> {
    let day = DateTime::from_timestamp_micros(moment)?.date_naive();
    let first = day.with_day(1)?.and_hms_opt(0, 0, 0)?;
    Some(first.and_utc().timestamp_micros())
}

#[cfg(test)]
mod tests {
    use marey_table::read::{ReadOptions, read};

    use super::*;
    use crate::PersonalLevel;

    const PEOPLE: &str = "mail,name,born,seen,pay,age,zip,ok\n\
        jo@example.com,Jo Ó Súil,1980-05-17,2024-03-09T10:00:00,1234.5,31,80331,true\n\
        ,,,,,,,\n\
        al@example.org,Al 2nd,1999-12-31,2024-04-01T00:00:00,99000,77,EC1A 1BB,false\n";

    fn people() -> Table {
        read("people.csv", PEOPLE.as_bytes().to_vec(), &ReadOptions::default())
            .unwrap()
            .value
    }

    fn decision(column: &str, effect: ColumnEffect) -> ColumnDecision {
        ColumnDecision {
            column: column.into(),
            personal: PersonalLevel::Direct,
            effect,
        }
    }

    fn shown(table: &Table, column: &str) -> Vec<String> {
        let index = table.column_index(&column.into()).unwrap();
        let column = whole(table, index).unwrap();
        let options = FormatOptions::default().with_null("-");
        let formatter = ArrayFormatter::try_new(column.as_ref(), &options).unwrap();
        (0..column.len())
            .map(|row| formatter.value(row).to_string())
            .collect()
    }

    fn changed(column: &str, effect: ColumnEffect) -> Vec<String> {
        let key = HashKey::new(vec![7; 32]).unwrap();
        let table = apply_effects(people(), &[decision(column, effect)], Some(&key)).unwrap();
        assert_eq!(table.rows(), 3);
        shown(&table, column)
    }

    #[test]
    fn each_effect_leaves_what_the_page_says() {
        use ColumnEffect as E;
        assert_eq!(
            changed("mail", E::Mask),
            ["aa@aaaaaaa.aaa", "-", "aa@aaaaaaa.aaa"]
        );
        assert_eq!(changed("name", E::Mask), ["Aa A Aaaa", "-", "Aa 9aa"]);
        assert_eq!(changed("born", E::Bucket), ["1980-01-01", "-", "1999-01-01"]);
        assert_eq!(
            changed("seen", E::Bucket),
            ["2024-03-01T00:00:00", "-", "2024-04-01T00:00:00"]
        );
        assert_eq!(changed("pay", E::Bucket), ["0.0", "-", "95000.0"]);
        assert_eq!(changed("age", E::Bucket), ["30", "-", "75"]);
        assert_eq!(changed("zip", E::Bucket), ["80*", "-", "EC*"]);
        assert_eq!(changed("ok", E::Bucket), ["true", "-", "false"]);
        let hashed = changed("mail", E::Hash);
        assert!(hashed[0].len() == 32 && hashed[0] != hashed[2] && hashed[1] == "-");
        assert_eq!(hashed, changed("mail", E::Hash));
    }

    #[test]
    fn columns_that_are_not_named_stand_and_dropped_ones_are_gone() {
        let table = apply_effects(people(), &[decision("mail", ColumnEffect::Drop)], None).unwrap();
        assert!(table.column_index(&"mail".into()).is_none());
        assert_eq!((table.columns(), table.rows()), (7, 3));
        assert_eq!(shown(&table, "zip"), ["80331", "-", "EC1A 1BB"]);
        let all: Vec<ColumnDecision> = (0..people().columns())
            .map(|index| decision(people().column_name(index).as_str(), ColumnEffect::Drop))
            .collect();
        assert!(apply_effects(people(), &all, None).unwrap().is_empty());
    }

    #[test]
    fn a_slip_in_a_name_and_a_missing_key_are_refused() {
        let error = apply_effects(people(), &[decision("e-mail", ColumnEffect::Drop)], None).unwrap_err();
        assert!(error.to_string().contains("has no column `e-mail`"), "{error}");
        let error = apply_effects(people(), &[decision("mail", ColumnEffect::Hash)], None).unwrap_err();
        assert!(error.to_string().contains("needs a key"), "{error}");
    }

    #[test]
    fn ranges_hold_their_values_at_any_size() {
        for values in [
            vec![0.0, 1e300],
            vec![-3.5, 1e-9],
            vec![5.0, 5.0],
            vec![f64::MIN, f64::MAX],
            vec![f64::NAN, 1.0],
        ] {
            let column: ArrayRef = Arc::new(Float64Array::from(values.clone()));
            let changed = bucket(&column).unwrap();
            let lower = changed.as_primitive::<Float64Type>();
            for (value, lower) in values.iter().zip(lower.values()) {
                assert!(lower <= value || value.is_nan(), "{value} in {lower}");
            }
        }
    }
}
