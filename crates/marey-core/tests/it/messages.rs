//! What errors, warnings and problems say.

use marey_core::ChartSpec;

/// The error of a text, or its warnings and problems.
fn messages(text: &str) -> String {
    match ChartSpec::from_json_str(text) {
        Err(error) => format!("error: {error}"),
        Ok(read) => {
            let warnings = read.warnings.iter().map(|warning| format!("warning: {warning}"));
            let problems = read.value.validate();
            let problems = problems
                .iter()
                .map(|problem| format!("{:?}: {problem}", problem.severity()));
            warnings.chain(problems).collect::<Vec<_>>().join("\n")
        }
    }
}

/// All messages of several texts, each under its text.
fn all(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| format!("{text}\n{}\n", messages(text)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn errors_name_the_place_and_what_would_be_right() {
    insta::assert_snapshot!(all(&[
        "",
        "{\"mark\": }",
        "[]",
        "{}",
        r#"{"marks": "bar"}"#,
        r#"{"mark": "brr"}"#,
        r#"{"mark": "histogram"}"#,
        r#"{"mark": 3}"#,
        r#"{"mark": {"color": "red"}}"#,
        r#"{"$schema": "https://vega.github.io/schema/vega/v6.json", "marks": []}"#,
        r#"{"mark": "bar", "encoding": []}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "aggregate": "medain"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "type": "Quantitative"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": 5}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "timeUnit": "monthyear"}}}"#,
        r#"{"mark": "bar", "encoding": {"tooltip": [{"field": "a"}, "b"]}}"#,
        r#"{"mark": "bar", "transform": [{"calculate": "1"}]}"#,
        r#"{"mark": "bar", "transform": [{"window": [{"op": "rnak", "as": "r"}]}]}"#,
        r#"{"layer": [{"mark": "bar"}, {"data": {"url": "a.csv"}}]}"#,
        r#"{"facet": {"row": {"field": "a"}, "colum": {"field": "b"}}, "spec": {"mark": "bar"}}"#,
        r#"{"repeat": {"row": null}, "spec": {"mark": "bar"}}"#,
        r#"{"repeat": ["a"], "spec": {"mark": "bar", "encoding": {"x": {"field": {"repeat": "cloumn"}}}}}"#,
    ]));
}

#[test]
fn warnings_name_what_is_kept_but_not_understood() {
    insta::assert_snapshot!(all(&[
        include_str!("specs/carried.vl.json"),
        r#"{"mark": {"type": "bar", "opacity": "half", "orient": "upright"}}"#,
        r#"{"mark": "bar", "transform": [{"filter": "datum.a", "comment": "why"}, {"jump": 3}]}"#,
    ]));
}

#[test]
fn problems_name_the_place_and_what_would_be_right() {
    insta::assert_snapshot!(all(&[
        r#"{"mark": "bar", "encoding": {"y": {"aggregate": "mean"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": {"maxbins": 1, "step": 0}}}}"#,
        r#"{"mark": "text"}"#,
        r#"{"layer": [{"hconcat": []}]}"#,
        r#"{"mark": "boxplot", "encoding": {"x": {"field": "a", "type": "nominal"}}}"#,
    ]));
}
