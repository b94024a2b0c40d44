//! The small specs beside the tests.

use marey_core::ChartSpec;
use serde_json::Value;

/// Specs by name, as written.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("carried", include_str!("specs/carried.vl.json")),
    ("concatenated", include_str!("specs/concatenated.vl.json")),
    ("donut", include_str!("specs/donut.vl.json")),
    ("estimates", include_str!("specs/estimates.vl.json")),
    ("facet_grid", include_str!("specs/facet_grid.vl.json")),
    ("grouped_bars", include_str!("specs/grouped_bars.vl.json")),
    ("histogram", include_str!("specs/histogram.vl.json")),
    ("layered_trend", include_str!("specs/layered_trend.vl.json")),
    ("map", include_str!("specs/map.vl.json")),
    ("odd_names", include_str!("specs/odd_names.vl.json")),
    ("repeated", include_str!("specs/repeated.vl.json")),
];

/// Reads a spec that is right.
pub fn read(text: &str) -> ChartSpec {
    ChartSpec::from_json_str(text).expect("the spec is right").value
}

/// The JSON of a text that is right.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the text is JSON")
}
