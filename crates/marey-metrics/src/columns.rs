//! Columns that charts use.

use std::collections::BTreeSet;

use marey_core::{
    ChartSpec, FieldName,
    spec::{Composition, View},
};
use serde_json::Value;

use crate::tokens::dataless_json;

/// The columns of a table with the given names that a chart uses, in an encoding or a step, by their
/// own spelling. Names are compared in lower case where `fold_case` is set.
///
/// A column counts as used where it is named by a `field`, by a member that holds names of fields
/// (`groupby`, `fold`, `repeat` and the like), or in an expression (`datum.price`,
/// `datum['unit price']`). Fields that the chart makes itself are none.
pub fn columns_used(spec: &ChartSpec, table: &[FieldName], fold_case: bool) -> BTreeSet<FieldName> {
    let folded = |name: &str| {
        if fold_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    };
    let mut named = BTreeSet::new();
    gather("", &dataless_json(spec), &mut named);
    repeated(&spec.view, &mut named);
    let named: BTreeSet<String> = named.iter().map(|name| folded(name)).collect();
    let is_named = |column: &&FieldName| {
        named.contains(&folded(column.as_str())) || named.contains(&folded(&column.to_path()))
    };
    table.iter().filter(is_named).cloned().collect()
}

/// Members of steps that hold the names of fields themselves.
const NAMING: [&str; 14] = [
    "field",
    "groupby",
    "fold",
    "flatten",
    "pivot",
    "value",
    "impute",
    "key",
    "lookup",
    "density",
    "regression",
    "loess",
    "on",
    "quantile",
];

fn gather(member: &str, value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| gather(name, value, named)),
        Value::Array(items) => items.iter().for_each(|item| gather(member, item, named)),
        Value::String(text) if NAMING.contains(&member) || member == "stack" => {
            named.insert(text.clone());
        }
        Value::String(text) if text.contains("datum") => in_expression(text, named),
        _ => {}
    }
}

/// The fields that an expression names.
fn in_expression(text: &str, named: &mut BTreeSet<String>) {
    for after in text.split("datum").skip(1) {
        let name = if let Some(rest) = after.strip_prefix('.') {
            rest.split(|character: char| !character.is_alphanumeric() && !matches!(character, '_' | '$'))
                .next()
        } else {
            let inside = after.strip_prefix("['").map(|rest| (rest, "']"));
            inside
                .or_else(|| after.strip_prefix("[\"").map(|rest| (rest, "\"]")))
                .and_then(|(rest, end)| rest.split_once(end))
                .map(|(name, _)| name)
        };
        named.extend(name.map(str::to_owned));
    }
}

fn repeated(view: &View, named: &mut BTreeSet<String>) {
    if let Composition::Repeat(repeat) = &view.composition {
        for list in [&repeat.wrap, &repeat.row, &repeat.column, &repeat.layer] {
            named.extend(list.iter().flatten().map(|name| name.as_str().to_owned()));
        }
    }
    view.children()
        .into_iter()
        .for_each(|child| repeated(child, named));
}

/// Precision, recall and their harmonic mean of a set against the right one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct SetScore {
    /// Share of the answer that is right, 0 to 1.
    pub precision: f64,
    /// Share of the right ones that are in the answer, 0 to 1.
    pub recall: f64,
    /// Harmonic mean of both, 0 to 1.
    pub f1: f64,
}

/// Compares a set with the right one. Two empty sets are alike: all scores are 1; where one alone is
/// empty they are 0.
///
/// ```
/// use marey_metrics::set_score;
///
/// let score = set_score(&["a", "b"].into(), &["b", "c", "d"].into());
/// assert_eq!((score.precision, score.recall, score.f1), (1.0 / 2.0, 1.0 / 3.0, 2.0 / 5.0));
/// ```
pub fn set_score<T: Ord>(answer: &BTreeSet<T>, gold: &BTreeSet<T>) -> SetScore {
    let common = answer.intersection(gold).count() as f64;
    if answer.is_empty() && gold.is_empty() {
        return SetScore {
            precision: 1.0,
            recall: 1.0,
            f1: 1.0,
        };
    }
    let share = |of: usize| if of == 0 { 0.0 } else { common / of as f64 };
    SetScore {
        precision: share(answer.len()),
        recall: share(gold.len()),
        f1: 2.0 * common / (answer.len() + gold.len()) as f64,
    }
}

/// Column F1: [`set_score`] of the columns that two charts use of one table.
pub fn column_score(answer: &ChartSpec, gold: &ChartSpec, table: &[FieldName], fold_case: bool) -> SetScore {
    set_score(
        &columns_used(answer, table, fold_case),
        &columns_used(gold, table, fold_case),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    fn table() -> Vec<FieldName> {
        ["city", "kind", "unit price", "n.o"].map(FieldName::new).into()
    }

    #[test]
    fn columns_of_encodings_steps_and_expressions_are_found() {
        let check = |json: &str, expected: &[&str]| {
            let used = columns_used(&chart(json), &table(), true);
            assert_eq!(
                used.iter().map(FieldName::as_str).collect::<Vec<_>>(),
                expected,
                "{json}"
            );
        };
        check(
            r#"{"mark":"bar","encoding":{"x":{"field":"CITY"},"y":{"aggregate":"count"}}}"#,
            &["city"],
        );
        check(
            r#"{"transform":[{"filter":"datum['unit price'] > 3 && datum.kind == 'city'"}],"mark":"bar","encoding":{"y":{"aggregate":"count"}}}"#,
            &["kind", "unit price"],
        );
        check(
            r#"{"transform":[{"aggregate":[{"op":"sum","field":"unit price","as":"s"}],"groupby":["kind"]}],"mark":"bar","encoding":{"y":{"field":"s"}}}"#,
            &["kind", "unit price"],
        );
        check(r#"{"mark":"bar","encoding":{"x":{"field":"n\\.o"}}}"#, &["n.o"]);
        check(
            r#"{"repeat":{"layer":["city","kind"]},"spec":{"mark":"line","encoding":{"y":{"field":{"repeat":"layer"}}}}}"#,
            &["city", "kind"],
        );
    }

    #[test]
    fn the_score_of_columns_is_that_of_sets() {
        let two = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"sum","field":"unit price"}}}"#,
        );
        let score = column_score(&two, &bars(), &table(), false);
        assert_eq!((score.precision, score.recall), (0.5, 1.0));
        assert!((score.f1 - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(column_score(&two, &two, &table(), false).f1, 1.0);
    }

    #[test]
    fn empty_sets_are_alike() {
        let none = BTreeSet::<u8>::new();
        assert_eq!(set_score(&none, &none).f1, 1.0);
        assert_eq!(set_score(&[1].into(), &none).f1, 0.0);
    }
}
