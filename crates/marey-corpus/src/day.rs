//! Days in files: `"2026-11-23"` and nothing else.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

const FORMAT: &str = "%Y-%m-%d";

pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&day.format(FORMAT))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    let day = NaiveDate::parse_from_str(&text, FORMAT);
    day.map_err(|_| D::Error::custom(format!("`{text}` is no day: expected for example \"2026-11-23\"")))
}
