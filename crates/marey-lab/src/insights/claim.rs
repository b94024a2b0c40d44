//! A claim, and whether it is right.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::truth::{PlantedFact, PlantedTable};

/// What a system claims of a table; docs/evaluation.md has the members.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claim {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    columns: BTreeSet<String>,
    #[serde(default)]
    focus: Option<Vec<Value>>,
    #[serde(default)]
    direction: Option<String>,
    #[serde(default)]
    at: Option<Value>,
    #[serde(default)]
    period_days: Option<f64>,
    #[serde(default)]
    subspace: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    row: Option<Value>,
    #[serde(default)]
    value: Option<Value>,
    /// Higher is better.
    #[serde(default)]
    pub(super) score: f64,
}

/// Kinds of claims about one column, or about the table, that hold of any data and so are never false.
const HARMLESS_OF_ONE: [&str; 4] = ["skew", "evenness", "count_distribution", "descriptive"];

/// Kinds of claims that may name several columns without connecting them.
const HARMLESS_OF_SEVERAL: [&str; 3] = ["skew", "multimodal", "outlier_row"];

/// Kinds of facts with several values of which naming one is enough.
const ANY_OF: [&str; 4] = ["outlier_time", "round_heaping", "threshold_bunching", "sentinel"];

/// Days by which a change may be dated otherwise.
const CHANGE_SLACK: i64 = 45;

/// Share by which a period may be otherwise.
const PERIOD_SLACK: f64 = 0.1;

impl Claim {
    /// The columns without the one that only numbers rows.
    fn own_columns(&self, table: &PlantedTable) -> BTreeSet<String> {
        let is_id = |column: &String| table.id.as_ref() == Some(column);
        self.columns
            .iter()
            .filter(|column| !is_id(column))
            .cloned()
            .collect()
    }

    /// Whether the claim is true or follows from something planted: it connects two columns that really depend on each
    /// other, or is about one of which something holds.
    pub(super) fn is_implied(&self, table: &PlantedTable) -> bool {
        let columns = self.own_columns(table);
        if columns.len() >= 2 {
            let connected = table
                .groups
                .iter()
                .any(|group| columns.intersection(group).count() >= 2);
            return connected || HARMLESS_OF_SEVERAL.contains(&self.kind.as_str());
        }
        let column = columns.first();
        let holds = column.is_some_and(|column| {
            table.marginal.contains(column) || table.groups.iter().any(|group| group.contains(column))
        });
        // What is about the whole table stands under `*`.
        let of_table = column.is_none()
            && (table.marginal.contains("*") || table.groups.iter().any(|group| group.contains("*")));
        holds || of_table || HARMLESS_OF_ONE.contains(&self.kind.as_str())
    }

    /// Whether the claim is about the columns of a planted fact.
    pub(super) fn is_about(&self, fact: &PlantedFact, table: &PlantedTable) -> bool {
        let columns = self.own_columns(table);
        let with_date = || {
            let mut columns = columns.clone();
            columns.extend(table.date.clone());
            columns == fact.columns
        };
        columns == fact.columns
            || fact.kind == "clusters" && !columns.is_empty() && columns.is_subset(&fact.columns)
            || fact.kind == "comovement" && with_date()
            || fact.kind == "duplicates" && self.kind == "duplicates"
    }

    /// Whether the claim states all that the truth states.
    pub(super) fn states(&self, fact: &PlantedFact) -> bool {
        self.has_direction(fact)
            && self.has_focus(fact)
            && self.has_change(fact)
            && self.has_period(fact)
            && self.has_subspace(fact)
            && fact.row.as_ref().is_none_or(|row| self.row.as_ref() == Some(row))
            && fact.row_value.as_ref().is_none_or(|value| {
                let values = self.value.iter().chain(self.focus.iter().flatten());
                values
                    .filter(|own| !own.is_null())
                    .any(|own| is_same(own, value, 0))
            })
    }

    fn has_direction(&self, fact: &PlantedFact) -> bool {
        let Some(direction) = &fact.direction else {
            return true;
        };
        self.direction.as_deref().map(plain_direction) == Some(plain_direction(direction))
    }

    /// Of a claim's values only as many are read as the truth has.
    fn has_focus(&self, fact: &PlantedFact) -> bool {
        let wanted = fact.focus.as_deref().unwrap_or_default();
        if wanted.is_empty() {
            return true;
        }
        let own: Vec<&Value> = self.focus.iter().flatten().take(wanted.len()).collect();
        let slack = if fact.bucket.as_deref() == Some("week") {
            7
        } else {
            1
        };
        let is_named = |value: &Value| own.iter().any(|own| is_same(own, value, slack));
        if ANY_OF.contains(&fact.kind.as_str()) {
            wanted.iter().any(is_named)
        } else {
            wanted.iter().all(is_named)
        }
    }

    fn has_change(&self, fact: &PlantedFact) -> bool {
        let Some(at) = fact.at.as_ref().and_then(day) else {
            return true;
        };
        let own = self.at.as_ref().and_then(day);
        own.is_some_and(|own| (own - at).num_days().abs() <= CHANGE_SLACK)
    }

    fn has_period(&self, fact: &PlantedFact) -> bool {
        let Some(period) = fact.period_days else {
            return true;
        };
        self.period_days
            .is_some_and(|own| (own - period).abs() <= PERIOD_SLACK * period)
    }

    fn has_subspace(&self, fact: &PlantedFact) -> bool {
        let texts = |subspace: &BTreeMap<String, Value>| -> BTreeMap<String, String> {
            subspace
                .iter()
                .map(|(name, value)| (name.clone(), text(value)))
                .collect()
        };
        match &fact.subspace {
            Some(subspace) if !subspace.is_empty() => {
                texts(subspace) == self.subspace.as_ref().map(texts).unwrap_or_default()
            }
            _ => true,
        }
    }
}

/// A direction by one of its names.
fn plain_direction(direction: &str) -> &str {
    match direction {
        "positive" => "pos",
        "negative" => "neg",
        "high" => "up",
        "low" => "down",
        other => other,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| text(value).trim().parse().ok())
}

/// A date; a time of day behind it does not count.
fn day(value: &Value) -> Option<NaiveDate> {
    let text = text(value);
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// Whether two values are the same: numbers to a millionth, dates within some days, texts in any case.
fn is_same(own: &Value, wanted: &Value, days: i64) -> bool {
    if let (Some(own), Some(wanted)) = (number(own), number(wanted)) {
        return (own - wanted).abs() <= 1e-6 * wanted.abs().max(1.0);
    }
    if let (Some(own), Some(wanted)) = (day(own), day(wanted)) {
        return (own - wanted).num_days().abs() <= days;
    }
    text(own).trim().to_lowercase() == text(wanted).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claim(json: Value) -> Claim {
        serde_json::from_value(json).unwrap()
    }

    fn fact(json: Value) -> PlantedFact {
        let mut json = json;
        json["table"] = json!("t");
        json["grade"] = json!(3);
        serde_json::from_value(json).unwrap()
    }

    fn table() -> PlantedTable {
        PlantedTable {
            name: "one_trend_g3_0".into(),
            date: Some("day".into()),
            id: Some("id".into()),
            groups: vec![["day", "sales"].map(str::to_owned).into()],
            marginal: ["age".to_owned()].into(),
            noise: false,
            facts: Vec::new(),
        }
    }

    #[test]
    fn a_claim_that_connects_what_is_not_connected_is_false() {
        for (kind, columns, implied) in [
            ("trend", json!(["day", "sales"]), true),
            ("trend", json!(["day", "sales", "age"]), true),
            ("trend", json!(["day", "age"]), false),
            ("correlation", json!(["age", "sales"]), false),
            ("outlier_row", json!(["age", "sales"]), true),
            ("outlier_row", json!(["id", "age"]), true),
            ("round_heaping", json!(["height"]), false),
            ("skew", json!(["height"]), true),
            ("duplicates", json!([]), false),
        ] {
            let claim = claim(json!({ "type": kind, "columns": columns }));
            assert_eq!(claim.is_implied(&table()), implied, "{kind} {columns}");
        }
    }

    #[test]
    fn all_that_the_truth_states_has_to_be_stated() {
        let trend = fact(json!({ "type": "trend", "columns": ["day", "sales"], "direction": "positive" }));
        let first = fact(
            json!({ "type": "outstanding_first", "columns": ["city", "sales"], "focus": ["Rome"], "direction": "high" }),
        );
        let change = fact(json!({ "type": "change_point", "columns": ["day", "sales"], "at": "2024-03-01" }));
        let season = fact(json!({ "type": "seasonality", "columns": ["day", "sales"], "period_days": 7 }));
        let inside = fact(
            json!({ "type": "subspace_trend", "columns": ["day", "sales", "city"], "subspace": { "city": 3 } }),
        );
        let heap = fact(json!({ "type": "round_heaping", "columns": ["sales"], "focus": [100, 50] }));
        let row = fact(json!({ "type": "outlier_row", "columns": ["sales"], "row": 7, "row_value": 99.5 }));
        for (fact, said, right) in [
            (&trend, json!({ "direction": "pos" }), true),
            (&trend, json!({ "direction": "neg" }), false),
            (&trend, json!({}), false),
            (
                &first,
                json!({ "direction": "up", "focus": [" rome", "Oslo"] }),
                true,
            ),
            (
                &first,
                json!({ "direction": "up", "focus": ["Oslo", "Rome"] }),
                false,
            ),
            (&change, json!({ "at": "2024-04-14T00:00:00" }), true),
            (&change, json!({ "at": "2024-04-16" }), false),
            (&season, json!({ "period_days": 7.6 }), true),
            (&season, json!({ "period_days": 8 }), false),
            (&inside, json!({ "subspace": { "city": "3" } }), true),
            (&inside, json!({ "subspace": {} }), false),
            (&heap, json!({ "focus": ["50.0"] }), true),
            (&heap, json!({ "focus": [25] }), false),
            (&row, json!({ "row": 7, "value": 99.5 }), true),
            (&row, json!({ "row": 7, "focus": [99.5] }), true),
            (&row, json!({ "row": 8, "value": 99.5 }), false),
        ] {
            let mut json = said.clone();
            json["type"] = json!(fact.kind);
            assert_eq!(claim(json).states(fact), right, "{} {said}", fact.kind);
        }
        assert!(change.is_told_by("trend") && !trend.is_told_by("seasonality"));
    }
}
