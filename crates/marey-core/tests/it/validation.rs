//! Every kind of problem: a chart that has it and one that does not.

use marey_core::{ChartSpec, spec::ProblemKind};

use crate::examples::{EXAMPLES, read};

fn kinds(text: &str) -> Vec<ProblemKind> {
    read(text)
        .validate()
        .into_iter()
        .map(|problem| problem.kind)
        .collect()
}

/// A kind, a chart that has exactly this problem, and a chart without any.
const CASES: &[(ProblemKind, &str, &str)] = &[
    (
        ProblemKind::AggregateWithoutField,
        r#"{"mark": "bar", "encoding": {"y": {"aggregate": "sum"}}}"#,
        r#"{"mark": "bar", "encoding": {"y": {"aggregate": "count"}}}"#,
    ),
    (
        ProblemKind::WindowWithoutArgument,
        r#"{"mark": "bar", "transform": [{"window": [{"op": "lag", "as": "l"}]}]}"#,
        r#"{"mark": "bar", "transform": [{"window": [{"op": "rank", "as": "r"}]}]}"#,
    ),
    (
        ProblemKind::NoContinuousAxis,
        r#"{"mark": "errorbar", "encoding": {"y": {"field": "a", "type": "ordinal"}}}"#,
        r#"{"mark": "errorbar", "encoding": {"y": {"field": "a", "type": "quantitative"}}}"#,
    ),
    (
        ProblemKind::CompositionInLayer,
        r#"{"layer": [{"hconcat": [{"mark": "bar"}]}]}"#,
        r#"{"layer": [{"layer": [{"mark": "bar"}]}]}"#,
    ),
    (
        ProblemKind::ImpossibleBins,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": {"step": -1}}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": {"step": 1}}}}"#,
    ),
    (
        ProblemKind::BinWithTimeUnit,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": true, "timeUnit": "year"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": "binned", "timeUnit": "year"}}}"#,
    ),
    (
        ProblemKind::BinWithAggregate,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": true, "aggregate": "mean"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "bin": false, "aggregate": "mean"}}}"#,
    ),
    (
        ProblemKind::SecondWithoutFirst,
        r#"{"mark": "rule", "encoding": {"x2": {"field": "b"}}}"#,
        r#"{"encoding": {"x": {"field": "a"}}, "layer": [{"mark": "rule", "encoding": {"x2": {"field": "b"}}}]}"#,
    ),
    (
        ProblemKind::OffsetWithoutPosition,
        r#"{"mark": "bar", "encoding": {"yOffset": {"field": "a"}}}"#,
        r#"{"mark": "bar", "encoding": {"y": {"field": "b"}, "yOffset": {"field": "a"}}}"#,
    ),
    (
        ProblemKind::ChannelNotOfMark,
        r#"{"mark": "bar", "encoding": {"shape": {"field": "a"}}}"#,
        r#"{"mark": "point", "encoding": {"shape": {"field": "a"}}}"#,
    ),
    (
        ProblemKind::TextWithoutText,
        r#"{"mark": "text", "encoding": {"x": {"field": "a"}}}"#,
        r#"{"mark": {"type": "text", "text": "here"}}"#,
    ),
    (
        ProblemKind::ImageWithoutUrl,
        r#"{"mark": "image"}"#,
        r#"{"mark": "image", "encoding": {"url": {"field": "picture"}}}"#,
    ),
    (
        ProblemKind::ArcWithoutTheta,
        r#"{"mark": "arc", "encoding": {"color": {"field": "a"}}}"#,
        r#"{"mark": "arc", "encoding": {"theta": {"aggregate": "count"}, "color": {"field": "a"}}}"#,
    ),
    (
        ProblemKind::StackNotAdditive,
        r#"{"mark": "bar", "encoding": {"y": {"aggregate": "mean", "field": "a", "stack": "zero"}}}"#,
        r#"{"mark": "bar", "encoding": {"y": {"aggregate": "sum", "field": "a", "stack": "zero"}}}"#,
    ),
    (
        ProblemKind::StackOnCurvedScale,
        r#"{"mark": "bar", "encoding": {"y": {"field": "a", "stack": true, "scale": {"type": "log"}}}}"#,
        r#"{"mark": "bar", "encoding": {"y": {"field": "a", "stack": null, "scale": {"type": "log"}}}}"#,
    ),
    (
        ProblemKind::ContinuousOnDiscrete,
        r#"{"mark": "point", "encoding": {"row": {"field": "a", "type": "quantitative"}}}"#,
        r#"{"mark": "point", "encoding": {"row": {"field": "a", "type": "quantitative", "bin": true}}}"#,
    ),
    (
        ProblemKind::SortByAbsentChannel,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "sort": "-y"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"field": "a", "sort": "-y"}, "y": {"field": "b"}}}"#,
    ),
    (
        ProblemKind::CountNotQuantitative,
        r#"{"mark": "bar", "encoding": {"x": {"aggregate": "count", "type": "nominal"}}}"#,
        r#"{"mark": "bar", "encoding": {"x": {"aggregate": "count", "type": "quantitative"}}}"#,
    ),
    (
        ProblemKind::RepeatOutside,
        r#"{"repeat": ["a"], "spec": {"mark": "bar", "encoding": {"x": {"field": {"repeat": "row"}}}}}"#,
        r#"{"repeat": ["a"], "spec": {"mark": "bar", "encoding": {"x": {"field": {"repeat": "repeat"}}}}}"#,
    ),
    (
        ProblemKind::EmptyComposition,
        r#"{"vconcat": []}"#,
        r#"{"vconcat": [{"mark": "bar"}]}"#,
    ),
];

#[test]
fn each_kind_is_found_where_it_is_and_only_there() {
    for (kind, bad, good) in CASES {
        assert_eq!(kinds(bad), [*kind], "{bad}");
        assert_eq!(kinds(good), [], "{good}");
    }
}

#[test]
fn every_kind_has_a_case() {
    let covered: Vec<ProblemKind> = CASES.iter().map(|(kind, _, _)| *kind).collect();
    assert_eq!(covered, ProblemKind::ALL);
}

#[test]
fn sensible_charts_have_no_problem() {
    for (name, text) in EXAMPLES {
        assert_eq!(read(text).validate(), [], "{name}");
    }
}

#[test]
fn a_path_leads_to_the_place() {
    let text = r#"{"hconcat": [{"mark": "bar"}, {"layer": [{"mark": "text"}]}]}"#;
    let problems = ChartSpec::from_json_str(text).map(|read| read.value.validate());
    let paths: Vec<String> = problems
        .into_iter()
        .flatten()
        .map(|problem| problem.path)
        .collect();
    assert_eq!(paths, ["$.hconcat[1].layer[0].mark"]);
}
