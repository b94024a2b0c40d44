//! Values of the nine kinds of columns, in the form in which they are counted.

use arrow::datatypes::{DataType, TimeUnit};
use chrono::{DateTime, NaiveDate, NaiveTime};
use marey_core::PhysicalType;

const DAY_MS: i64 = 86_400_000;

/// What the values of a column are and how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    Int,
    Float,
    /// With the number of digits behind the point.
    Decimal(i8),
    Date,
    Time,
    /// Whether it is an instant in UTC rather than a local date-time.
    Timestamp(bool),
    Text,
    Empty,
}

/// One value: fixed-size ones as 64 bits (integers, days, microseconds as they are, floats as
/// their bits), decimals as unscaled integers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Bits(u64),
    Wide(i128),
    Text(&'a str),
}

impl Kind {
    /// The kind of an Arrow type of the closed set of Marey's tables. Texts may also come as views
    /// or by a dictionary, as readers of Parquet give them.
    pub(crate) fn of(data_type: &DataType) -> Option<Self> {
        Some(match data_type {
            DataType::Boolean => Self::Boolean,
            DataType::Int64 => Self::Int,
            DataType::Float64 => Self::Float,
            DataType::Decimal128(_, scale) => Self::Decimal(*scale),
            DataType::Date32 => Self::Date,
            DataType::Time64(TimeUnit::Microsecond) => Self::Time,
            DataType::Timestamp(TimeUnit::Microsecond, zone) => Self::Timestamp(zone.is_some()),
            DataType::Utf8 | DataType::Utf8View => Self::Text,
            DataType::Dictionary(key, value) if **key == DataType::Int32 && **value == DataType::Utf8 => {
                Self::Text
            }
            DataType::Null => Self::Empty,
            _ => return None,
        })
    }

    pub(crate) fn physical(self) -> PhysicalType {
        match self {
            Self::Boolean => PhysicalType::Boolean,
            Self::Int => PhysicalType::Int,
            Self::Float => PhysicalType::Float,
            Self::Decimal(_) => PhysicalType::Decimal,
            Self::Date => PhysicalType::Date,
            Self::Time => PhysicalType::Time,
            Self::Timestamp(_) => PhysicalType::Timestamp,
            Self::Text => PhysicalType::Text,
            Self::Empty => PhysicalType::Empty,
        }
    }

    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Boolean | Self::Int | Self::Float | Self::Decimal(_))
    }

    pub(crate) fn is_time_line(self) -> bool {
        matches!(self, Self::Date | Self::Timestamp(_))
    }

    /// The value as a number: itself, or milliseconds since 1970 for points in time. None for what
    /// is no number, which includes NaN and infinities.
    #[inline]
    pub(crate) fn number(self, value: Value<'_>) -> Option<f64> {
        let number = match (self, value) {
            (Self::Boolean | Self::Int, Value::Bits(bits)) => bits as i64 as f64,
            (Self::Float, Value::Bits(bits)) => f64::from_bits(bits),
            (Self::Decimal(scale), Value::Wide(unscaled)) => unscaled as f64 / 10_f64.powi(scale.into()),
            (Self::Date | Self::Timestamp(_), Value::Bits(bits)) => self.milliseconds(bits) as f64,
            _ => return None,
        };
        number.is_finite().then_some(number)
    }

    /// Milliseconds since 1970 of a point in time.
    #[inline]
    pub(crate) fn milliseconds(self, bits: u64) -> i64 {
        match self {
            Self::Date => (bits as i64).saturating_mul(DAY_MS),
            _ => (bits as i64).div_euclid(1000),
        }
    }

    /// The value as people read it: numbers in shortest form, points in time in ISO 8601.
    pub(crate) fn write(self, value: Value<'_>) -> String {
        match (self, value) {
            (_, Value::Text(text)) => text.to_owned(),
            (_, Value::Wide(unscaled)) => write_decimal(unscaled, self),
            (Self::Boolean, Value::Bits(bits)) => (bits != 0).to_string(),
            (Self::Float, Value::Bits(bits)) => write_float(f64::from_bits(bits)),
            (Self::Date, Value::Bits(bits)) => write_date(bits as i64),
            (Self::Time, Value::Bits(bits)) => write_time(bits as i64),
            (Self::Timestamp(utc), Value::Bits(bits)) => write_timestamp(bits as i64, utc),
            (_, Value::Bits(bits)) => (bits as i64).to_string(),
        }
    }
}

/// Floats that are equal have equal bits: one zero, one NaN.
#[inline]
pub(crate) fn float_bits(value: f64) -> u64 {
    if value == 0.0 {
        0
    } else if value.is_nan() {
        f64::NAN.to_bits()
    } else {
        value.to_bits()
    }
}

/// The shortest text that reads back as the number; very large and small ones with an exponent.
fn write_float(value: f64) -> String {
    let size = value.abs();
    if value.is_finite() && size != 0.0 && !(1e-7..1e21).contains(&size) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

fn write_decimal(unscaled: i128, kind: Kind) -> String {
    let Kind::Decimal(scale @ 1..) = kind else {
        return unscaled.to_string();
    };
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    let sign = if unscaled < 0 { "-" } else { "" };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

fn write_date(days: i64) -> String {
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .map_or_else(|| format!("day {days}"), |date| date.to_string())
}

fn write_time(microseconds: i64) -> String {
    u32::try_from(microseconds.div_euclid(1_000_000))
        .ok()
        .and_then(|seconds| {
            let nanos = microseconds.rem_euclid(1_000_000) as u32 * 1000;
            NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)
        })
        .map_or_else(|| format!("{microseconds} µs"), |time| time.to_string())
}

fn write_timestamp(microseconds: i64, utc: bool) -> String {
    let zone = if utc { "Z" } else { "" };
    DateTime::from_timestamp_micros(microseconds).map_or_else(
        || format!("{microseconds} µs"),
        |instant| format!("{}{zone}", instant.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_for_people() {
        let check = |kind: Kind, value: Value<'_>, expected: &str| {
            assert_eq!(kind.write(value), expected);
        };
        check(Kind::Boolean, Value::Bits(1), "true");
        check(Kind::Int, Value::Bits(-3_i64 as u64), "-3");
        check(Kind::Float, Value::Bits(float_bits(0.1)), "0.1");
        check(Kind::Float, Value::Bits(float_bits(-0.0)), "0");
        check(
            Kind::Float,
            Value::Bits(float_bits(f64::MAX)),
            "1.7976931348623157e308",
        );
        check(Kind::Decimal(2), Value::Wide(-5), "-0.05");
        check(Kind::Decimal(2), Value::Wide(1250), "12.5");
        check(
            Kind::Decimal(0),
            Value::Wide(18_446_744_073_709_551_615),
            "18446744073709551615",
        );
        check(Kind::Decimal(-2), Value::Wide(7), "7");
        check(Kind::Date, Value::Bits(19_000), "2022-01-08");
        check(
            Kind::Date,
            Value::Bits(i64::MAX as u64),
            "day 9223372036854775807",
        );
        check(Kind::Time, Value::Bits(3_600_000_000), "01:00:00");
        check(Kind::Time, Value::Bits(-1_i64 as u64), "-1 µs");
        check(
            Kind::Timestamp(true),
            Value::Bits(1_500_000),
            "1970-01-01T00:00:01.500Z",
        );
        check(Kind::Timestamp(false), Value::Bits(0), "1970-01-01T00:00:00");
        check(Kind::Text, Value::Text("a b"), "a b");
    }
}
