//! Charts as sequences of tokens: what strict comparison and the edit distance of texts see.

use marey_core::ChartSpec;
use serde_json::Value;

/// The tokens of a chart: the names of members, the scalars and the brackets of its Vega-Lite JSON,
/// in the order of the document, without `$schema` and without data.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::tokens;
///
/// let chart = ChartSpec::from_json_str(r#"{"mark": "bar", "encoding": {"y": {"aggregate": "count"}}}"#)?;
/// let expected = ["{", "mark:", "\"bar\"", "encoding:", "{", "y:", "{", "aggregate:", "\"count\"", "}", "}", "}"];
/// assert_eq!(tokens(&chart.value), expected);
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn tokens(spec: &ChartSpec) -> Vec<String> {
    let mut tokens = Vec::new();
    push(&dataless_json(spec), &mut tokens);
    tokens
}

/// The chart's JSON without what no system is asked for: `$schema`, data and data sets.
pub(crate) fn dataless_json(spec: &ChartSpec) -> Value {
    let mut json = spec.to_json();
    if let Value::Object(members) = &mut json {
        for name in ["$schema", "data", "datasets"] {
            members.shift_remove(name);
        }
    }
    json
}

fn push(value: &Value, tokens: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            tokens.push("{".into());
            for (name, value) in members {
                tokens.push(format!("{name}:"));
                push(value, tokens);
            }
            tokens.push("}".into());
        }
        Value::Array(items) => {
            tokens.push("[".into());
            items.iter().for_each(|item| push(item, tokens));
            tokens.push("]".into());
        }
        scalar => tokens.push(scalar.to_string()),
    }
}

/// Most products of lengths for which the least number of edits is looked for.
const MAX_WORK: usize = 25_000_000;

/// Levenshtein's distance of the [`tokens`] of two charts: the least number of tokens to change, add
/// or remove; from 0 to the length of the longer. None where the charts are so large (25 million
/// pairs of tokens) that it is not computed.
pub fn token_distance(a: &ChartSpec, b: &ChartSpec) -> Option<usize> {
    let (a, b) = (tokens(a), tokens(b));
    (a.len().saturating_mul(b.len()) <= MAX_WORK).then(|| levenshtein(&a, &b))
}

/// The [`token_distance`] over the length of the longer chart: 0 for equal ones, at most 1.
pub fn relative_token_distance(a: &ChartSpec, b: &ChartSpec) -> Option<f64> {
    let longest = tokens(a).len().max(tokens(b).len());
    let distance = token_distance(a, b)?;
    Some(if longest == 0 {
        0.0
    } else {
        distance as f64 / longest as f64
    })
}

/// GraphScape's cost of the edits from one chart to the other, 0 or more, see
/// [`ChartSpec::distance`]; data is left out of it.
pub fn edit_cost(a: &ChartSpec, b: &ChartSpec) -> f64 {
    without_data(a).distance(&without_data(b))
}

/// The chart without the data that it names.
pub(crate) fn without_data(spec: &ChartSpec) -> ChartSpec {
    let mut spec = spec.clone();
    spec.view.data = None;
    spec.top.datasets = None;
    spec
}

fn levenshtein(a: &[String], b: &[String]) -> usize {
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = last[0];
        last[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = last[j + 1];
            last[j + 1] = changed.min(diagonal + 1).min(last[j] + 1);
        }
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    #[test]
    fn edits_are_counted() {
        // One word differs: the mark.
        let line = chart(r#"{"mark":"line","encoding":{"x":{"field":"city"},"y":{"aggregate":"count"}}}"#);
        let bar = chart(r#"{"mark":"bar","encoding":{"x":{"field":"city"},"y":{"aggregate":"count"}}}"#);
        assert_eq!(token_distance(&line, &bar), Some(1));
        assert_eq!(token_distance(&bar, &bar), Some(0));
        // Seventeen tokens: eight brackets, six names of members, three words.
        assert_eq!(tokens(&bar).len(), 17);
        assert_eq!(relative_token_distance(&line, &bar), Some(1.0 / 17.0));
    }

    #[test]
    fn data_is_no_part_of_an_answer() {
        let named = chart(
            r#"{"$schema":"https://vega.github.io/schema/vega-lite/v6.json","data":{"name":"t"},"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count"}}}"#,
        );
        assert_eq!(token_distance(&named, &bars()), Some(0));
        assert_eq!(edit_cost(&named, &bars()), 0.0);
    }

    #[test]
    fn giants_are_not_compared() {
        let values = "1,".repeat(6000);
        let giant = chart(&format!(
            r#"{{"mark":"bar","encoding":{{"x":{{"field":"a","sort":[{}]}}}}}}"#,
            values.trim_end_matches(',')
        ));
        assert_eq!(token_distance(&giant, &giant), None);
    }
}
