//! Rows of one unit view, part by part where it is in a facet.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::cell::{Cell, Rows, same};

/// Columns that official Vega keeps for itself: identities for selections, shapes and places on
/// the map, which are no data.
const NOT_COMPARED: &[&str] = &["_vgsid_", "geometry", "coordinates", "type"];

/// Whether an official column holds no data but an identity, a shape or a place on the map in
/// pixels (`x`, `layer_1_x2`, made from degrees).
fn is_place(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    NOT_COMPARED.contains(&last)
}

/// Whether a column that only official Vega has is a place in pixels.
fn is_pixels(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    let view = name.strip_suffix(last).unwrap_or_default();
    matches!(last, "x" | "y" | "x2" | "y2")
        && view.split('_').all(|word| {
            matches!(word, "" | "layer" | "child" | "concat" | "hconcat" | "vconcat")
                || word.parse::<u32>().is_ok()
        })
}

/// How our rows of a unit view differ from the official ones; nothing when they do not.
pub fn unit(ours: &Rows, official: &Value, all: &[Rows]) -> Vec<String> {
    let groups = official["groups"].as_array().map_or(&[][..], Vec::as_slice);
    let mut differences = Vec::new();
    let mut seen = 0;
    for group in groups {
        let rows: Vec<Map<String, Value>> = group["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .map(flattened)
            .collect();
        let key = group["key"].as_object().cloned().unwrap_or_default();
        let positions = positions(ours, &key);
        seen += positions.len();
        if let Some(difference) = group_difference(ours, &positions, &rows, all) {
            let part = match key.is_empty() {
                true => String::new(),
                false => format!("in {}: ", Value::Object(key)),
            };
            differences.push(format!("{part}{difference}"));
        }
    }
    if differences.is_empty() && seen != ours.len() {
        differences.push(format!(
            "{} rows are in no part, of {}",
            ours.len() - seen,
            ours.len()
        ));
    }
    differences
}

/// Our rows in a part of a facet.
fn positions(ours: &Rows, key: &Map<String, Value>) -> Vec<usize> {
    let columns: Vec<(Option<&[Cell]>, &Value)> = key
        .iter()
        .map(|(name, value)| (ours.column(name), value))
        .collect();
    (0..ours.len())
        .filter(|row| {
            columns.iter().all(|(column, value)| match column {
                Some(column) => same(value, &column[*row]),
                None => value.is_null(),
            })
        })
        .collect()
}

fn group_difference(
    ours: &Rows,
    positions: &[usize],
    official: &[Map<String, Value>],
    all: &[Rows],
) -> Option<String> {
    if positions.len() != official.len() {
        return Some(format!("{} rows, officially {}", positions.len(), official.len()));
    }
    let names: BTreeSet<&str> = official
        .iter()
        .flat_map(Map::keys)
        .map(String::as_str)
        .filter(|name| !is_place(name))
        .collect();
    let mut compared = Vec::new();
    for name in names {
        match column_named(ours, name) {
            Some(column) => compared.push((name, column)),
            None if is_pixels(name) || is_incidental(name, official, all) => {}
            None => {
                let known: Vec<&str> = ours.names().collect();
                return Some(format!(
                    "column `{name}` is missing; there are {}",
                    known.join(", ")
                ));
            }
        }
    }
    for (at, (row, official)) in positions.iter().zip(official).enumerate() {
        for (name, column) in &compared {
            let theirs = official.get(*name).unwrap_or(&Value::Null);
            if !same(theirs, &column[*row]) {
                let order = if is_reordered(positions, &compared, official) {
                    " (perhaps another order)"
                } else {
                    ""
                };
                return Some(format!(
                    "row {at}, `{name}`: {:?}, officially {theirs}{order}",
                    column[*row]
                ));
            }
        }
    }
    None
}

/// Whether an official row stands at another place among ours.
fn is_reordered(positions: &[usize], compared: &[(&str, &[Cell])], official: &Map<String, Value>) -> bool {
    positions.iter().any(|row| {
        compared
            .iter()
            .all(|(name, column)| same(official.get(*name).unwrap_or(&Value::Null), &column[*row]))
    })
}

/// Our column for an official one; parameters of a bin may stand in another order in its name.
fn column_named<'a>(ours: &'a Rows, name: &str) -> Option<&'a [Cell]> {
    let spelled = name.replace("._", "_");
    ours.column(name).or_else(|| ours.column(&spelled)).or_else(|| {
        let words = sorted_words(name);
        let other = ours.names().find(|other| {
            other.starts_with("bin_") && name.starts_with("bin_") && sorted_words(other) == words
        })?;
        ours.column(other)
    })
}

fn sorted_words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split('_').collect();
    words.sort_unstable();
    words
}

/// Whether a column is there only because official Vega computes several views at once, or holds
/// nothing at all.
fn is_incidental(name: &str, official: &[Map<String, Value>], all: &[Rows]) -> bool {
    all.iter().any(|rows| rows.column(name).is_some())
        || official
            .iter()
            .all(|row| row.get(name).is_none_or(Value::is_null))
}

/// A row with the members of nested objects as columns with dotted names.
fn flattened(row: &Value) -> Map<String, Value> {
    let mut flat = Map::new();
    if let Value::Object(members) = row {
        flatten("", members, &mut flat);
    }
    flat
}

fn flatten(prefix: &str, members: &Map<String, Value>, flat: &mut Map<String, Value>) {
    for (name, value) in members {
        let name = match prefix {
            "" => name.clone(),
            prefix => format!("{prefix}.{name}"),
        };
        match value {
            Value::Object(inner) if !inner.keys().any(|key| key.starts_with('$')) => {
                if !is_place(&name) {
                    flatten(&name, inner, flat);
                }
            }
            other => {
                flat.insert(name, other.clone());
            }
        }
    }
}
