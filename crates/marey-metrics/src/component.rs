//! Accuracies of the parts of a chart: what kind it is, what its axes show, which data it draws.
//!
//! Both charts are brought to canonical form first. The names vis, axis and data follow the
//! component accuracies of nvBench (Luo et al., *nvBench*, SIGMOD 2021, section 5) and RGVisNet.

use std::collections::{BTreeMap, BTreeSet};

use marey_core::{Channel, ChartSpec, spec::CanonicalOptions};
use serde::Serialize;

use crate::{
    columns::{SetScore, set_score},
    parts::{AXES, Bound, Parts},
};

/// Which parts of an answer are those of the right chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Components {
    /// Mark, stacking and whether there are series, of every mark in order.
    pub vis: bool,
    /// The set of (channel, column, aggregate or unit) on x, y, colour, theta and size.
    pub axis: bool,
    /// Filters with their literals, groups, bins, order and limit, all of them.
    pub data: bool,
    /// The shapes of the filters, without literals.
    pub filters: bool,
    /// The literals of the filters; numbers as numbers, text as it stands.
    pub literals: bool,
    /// The same with text trimmed and in lower case and numbers within 5e-4 of each other.
    pub literals_near: bool,
    /// The columns whose values form groups.
    pub group: bool,
    /// Bins and units of time.
    pub bins: bool,
    /// Orders of axes, series and ranks.
    pub sort: bool,
    /// The number of rows that are kept.
    pub limit: bool,
    /// F1 of (column, aggregate or unit) by channel, for each channel that either chart uses.
    pub channels: BTreeMap<String, SetScore>,
}

impl Components {
    /// Every part that is right or wrong as a whole, with its name in results.
    pub fn named(&self) -> [(&'static str, bool); 10] {
        [
            ("vis", self.vis),
            ("axis", self.axis),
            ("data", self.data),
            ("filters", self.filters),
            ("literals", self.literals),
            ("literals_near", self.literals_near),
            ("group", self.group),
            ("bins", self.bins),
            ("sort", self.sort),
            ("limit", self.limit),
        ]
    }

    /// Whether all three of vis, axis and data are right.
    pub fn all(&self) -> bool {
        self.vis && self.axis && self.data
    }

    /// Mean F1 of the channels x, y, colour, theta and size that either chart uses, 0 to 1.
    pub fn axis_f1(&self) -> f64 {
        let names = AXES.map(|channel| channel.as_str());
        let scores = self
            .channels
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()));
        let (sum, n) = scores.fold((0.0, 0.0), |(sum, n), (_, score)| (sum + score.f1, n + 1.0));
        if n > 0.0 { sum / n } else { 1.0 }
    }
}

/// Compares the parts of an answer with those of the right chart.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::components;
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let gold = read(r#"{"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "count"}}}"#)?;
/// let line = read(r#"{"mark": "line", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "count"}}}"#)?;
/// let parts = components(&line, &gold, &Default::default());
/// assert!(!parts.vis && parts.axis && parts.data);
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn components(answer: &ChartSpec, gold: &ChartSpec, options: &CanonicalOptions) -> Components {
    let (own, right) = (Parts::of(answer, options), Parts::of(gold, options));
    let filters = own.filters.same_shape(&right.filters);
    let literals = own.filters.same_literals(&right.filters, same_literal);
    let (group, bins) = (own.group == right.group, own.bins == right.bins);
    let (sort, limit) = (own.sort == right.sort, own.limit == right.limit);
    Components {
        vis: own.vis == right.vis,
        axis: own.axes() == right.axes(),
        data: filters && literals && group && bins && sort && limit,
        filters,
        literals,
        literals_near: own.filters.same_literals(&right.filters, near_literal),
        group,
        bins,
        sort,
        limit,
        channels: channels(&own.bound, &right.bound),
    }
}

fn channels(own: &BTreeSet<Bound>, right: &BTreeSet<Bound>) -> BTreeMap<String, SetScore> {
    let used: BTreeSet<Channel> = own.iter().chain(right).map(|bound| bound.channel).collect();
    let on = |bound: &BTreeSet<Bound>, channel| -> BTreeSet<(String, String)> {
        let there = bound.iter().filter(|bound| bound.channel == channel);
        there
            .map(|bound| (bound.column.clone(), bound.function.clone()))
            .collect()
    };
    used.into_iter()
        .map(|channel| {
            (
                channel.to_string(),
                set_score(&on(own, channel), &on(right, channel)),
            )
        })
        .collect()
}

fn same_literal(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

fn near_literal(a: &str, b: &str) -> bool {
    match (a.trim().parse::<f64>(), b.trim().parse::<f64>()) {
        (Ok(a), Ok(b)) => crate::rows::near(a, b, crate::rows::RELATIVE),
        _ => a.trim().to_lowercase() == b.trim().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    /// The names of the parts that differ.
    fn wrong(answer: &str, gold: &str) -> Vec<&'static str> {
        let parts = components(&chart(answer), &chart(gold), &CanonicalOptions::default());
        parts
            .named()
            .into_iter()
            .filter(|(_, right)| !right)
            .map(|(name, _)| name)
            .collect()
    }

    fn of(mark: &str, x: &str, y: &str, more: &str, steps: &str) -> String {
        format!(r#"{{"transform":[{steps}],"mark":"{mark}","encoding":{{"x":{{{x}}},"y":{{{y}}}{more}}}}}"#)
    }

    #[test]
    fn each_difference_is_found_in_its_part_alone() {
        let (x, y) = (
            r#""field":"a","type":"nominal""#,
            r#""aggregate":"mean","field":"b""#,
        );
        let filter = r#"{"filter":{"field":"c","gt":3}}"#;
        let gold = of("bar", x, y, "", filter);
        let check =
            |answer: String, expected: &[&str]| assert_eq!(wrong(&answer, &gold), expected, "{answer}");
        check(gold.clone(), &[]);
        check(of("line", x, y, "", filter), &["vis"]);
        check(
            of("bar", x, r#""aggregate":"max","field":"b""#, "", filter),
            &["axis"],
        );
        check(
            of("bar", x, y, "", r#"{"filter":{"field":"c","gt":4}}"#),
            &["data", "literals", "literals_near"],
        );
        check(
            of("bar", x, y, "", r#"{"filter":{"field":"c","gt":3.001}}"#),
            &["data", "literals"],
        );
        check(
            of("bar", x, y, "", r#"{"filter":{"field":"c","lt":3}}"#),
            &["data", "filters"],
        );
        check(
            of("bar", x, y, "", ""),
            &["data", "filters", "literals", "literals_near"],
        );
        check(
            of(
                "bar",
                r#""field":"a","type":"nominal","sort":"-y""#,
                y,
                "",
                filter,
            ),
            &["data", "sort"],
        );
        let series = r#","color":{"field":"d","type":"nominal"}"#;
        check(of("bar", x, y, series, filter), &["vis", "axis", "data", "group"]);
        let top = r#"{"filter":{"field":"c","gt":3}},{"window":[{"op":"rank","as":"r"}],"sort":[{"field":"b"}]},{"filter":{"field":"r","lte":5}}"#;
        check(of("bar", x, y, "", top), &["data", "sort", "limit"]);
    }

    #[test]
    fn bins_and_units_are_axes_and_data() {
        let year = of(
            "line",
            r#""field":"t","timeUnit":"year""#,
            r#""aggregate":"count""#,
            "",
            "",
        );
        let month = of(
            "line",
            r#""field":"t","timeUnit":"month""#,
            r#""aggregate":"count""#,
            "",
            "",
        );
        assert_eq!(wrong(&month, &year), ["axis", "data", "group", "bins"]);
    }

    #[test]
    fn channels_have_scores_of_their_own() {
        let swapped = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"kind","type":"nominal"},"y":{"aggregate":"count"}}}"#,
        );
        let parts = components(&swapped, &bars(), &CanonicalOptions::default());
        assert_eq!((parts.channels["x"].f1, parts.channels["y"].f1), (0.0, 1.0));
        assert_eq!(parts.axis_f1(), 0.5);
        assert!(!parts.all());
        assert!(components(&bars(), &bars(), &CanonicalOptions::default()).all());
    }
}
