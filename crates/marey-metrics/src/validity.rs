//! Whether an answer is a chart at all, and whether it draws something.

use marey_core::{ChartSpec, spec::Severity};
use marey_table::Table;
use serde_json::Value;

use crate::{Executed, ExecutionOptions};

/// The chart that an answer's JSON is; none where it is not valid: it does not read as Vega-Lite, or
/// holds what Vega-Lite refuses ([`Severity::Error`]). The valid rate is the share of answers for
/// which there is one.
///
/// ```
/// use marey_metrics::valid_chart;
/// use serde_json::json;
///
/// assert!(valid_chart(&json!({"mark": "bar", "encoding": {"y": {"aggregate": "count"}}})).is_some());
/// assert!(valid_chart(&json!({"mark": "banana"})).is_none());
/// assert!(valid_chart(&json!({"mark": "bar", "encoding": {"y": {"aggregate": "sum"}}})).is_none());
/// ```
pub fn valid_chart(json: &Value) -> Option<ChartSpec> {
    let spec = ChartSpec::from_json(json).ok()?.value;
    let refused = spec
        .validate()
        .iter()
        .any(|problem| problem.severity() == Severity::Error);
    (!refused).then_some(spec)
}

/// Whether a chart can be run on a table and draws at least one mark in each of its unit views (see
/// [`Executed::draws_something`]). The executable rate is the share of answers for which it holds.
pub fn is_executable(spec: &ChartSpec, table: &Table, options: &ExecutionOptions) -> bool {
    Executed::of(spec, table, options).is_ok_and(|drawn| drawn.draws_something())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart, sales};

    #[test]
    fn charts_of_absent_columns_and_of_nothing_draw_nothing() {
        let options = ExecutionOptions::default();
        assert!(is_executable(&bars(), &sales(), &options));
        let absent = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"town","type":"nominal"},"y":{"aggregate":"count"}}}"#,
        );
        assert!(!is_executable(&absent, &sales(), &options));
        let words = chart(r#"{"mark":"point","encoding":{"x":{"aggregate":"mean","field":"city"}}}"#);
        assert!(!is_executable(&words, &sales(), &options));
        let bare = chart(r#"{"mark":"bar","encoding":{"color":{"value":"red"}}}"#);
        assert!(!is_executable(&bare, &sales(), &options));
    }
}
