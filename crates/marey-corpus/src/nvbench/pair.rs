//! [`Pair`]: one item.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One chart with its requests, as extracted from the public pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Identifier, `772@y_name@DESC`.
    pub id: String,
    /// Database.
    pub db: String,
    /// The table that the query begins with.
    pub main_table: String,
    /// Every table that the query names.
    pub tables: Vec<String>,
    /// Kind of chart, as [`ChartKind::of_name`](crate::vql::ChartKind::of_name) reads it.
    pub chart: String,
    /// Easy, Medium, Hard or Extra Hard.
    pub hardness: String,
    /// The query.
    pub vql: String,
    /// The requests.
    pub nl: Vec<String>,
    /// The rows that were drawn, perhaps cut.
    pub result: Vec<DrawnRow>,
    /// Number of rows before cutting.
    pub result_n: usize,
    /// Part in the split by queries; the pages do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Part in the split by whole databases; the pages do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen_db: Option<String>,
    /// Whether somebody's checks doubt the query; the pages do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspect_label: Option<bool>,
    /// How the rows compare with those that SQLite gives; the pages do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reexecution: Option<String>,
}

/// A row as it was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnRow {
    /// What is compared.
    pub x: Value,
    /// Its measure.
    pub y: Value,
    /// Its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Value>,
}
