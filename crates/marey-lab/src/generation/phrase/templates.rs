//! Templates of bodies.
//!
//! `{V}` what is measured, `{W}` and `{Z}` a second and third quantity, `{m}` a measure by its bare name,
//! `{by}` the phrase of the groups, `{D}` and `{Ds}` the groups by name, `{S}` and `{Ss}` the colours,
//! `{often}` an adjective of time, `{rows}` what the table has a row of, `{open}` and `{want}` how a request
//! begins, `{mark}` and `{a mark}` the mark, `{n}`, `{best}` and `{most}` what is kept, `{bins}` the number of bins.

use super::super::plan::{Dimension, Idea, Order, Plan, Value};
use super::{dimension, tail};

/// How commands begin.
pub(super) const OPENERS: &[&str] = &[
    "show",
    "show",
    "show",
    "show me",
    "show me",
    "plot",
    "plot",
    "draw",
    "give me",
    "display",
    "visualize",
    "visualise",
    "chart",
    "graph",
    "let me see",
    "get",
    "present",
    "list",
    "can you show",
    "can you plot",
    "could you draw",
    "please show",
    "please plot",
];

/// How wishes begin.
pub(super) const WISHES: &[&str] = &[
    "i want",
    "i want to see",
    "i need",
    "i'd like",
    "i would like to see",
    "let me see",
    "we need",
    "can i see",
    "can i get",
    "make",
    "make me",
    "create",
    "build",
    "generate",
    "draw",
    "give me",
    "show me",
    "produce",
    "could you make",
    "please make",
    "prepare",
];

const COMPARED: &[&str] = &[
    "{V} {by}",
    "{V} {by}",
    "{V} {by}",
    "{V} {by}",
    "{V} {by}",
    "{open} {V} {by}",
    "{open} {V} {by}",
    "{open} {V} {by}",
    "{open} the {V} {by}",
    "{open} me the {V} {by}",
    "what is the {V} {by}?",
    "what's the {V} {by}?",
    "whats the {V} {by}?",
    "{want} the {V} {by}",
    "{want} {V} {by}",
    "{by}, {open} the {V}",
];

const COMPARED_GROUPS: &[&str] = &[
    "compare {V} across {Ds}",
    "compare {V} by {D}",
    "compare the {V} of the different {Ds}",
    "how does {V} vary by {D}?",
    "how does {V} differ between {Ds}?",
    "how does the {V} vary across {Ds}?",
    "{open} each {D} and its {V}",
    "{open} {Ds} and their {V}",
    "{V} comparison by {D}",
    "{D} vs {V}",
    "{V} of each {D}",
    "what {V} does each {D} have?",
    "does {V} depend on {D}?",
    "{V} for all {Ds}",
    "comparison of {V} between {Ds}",
    "difference in {V} between {Ds}",
    "find the {V} of each {D}",
    "what are the {Ds} and their {V}?",
    "{D}, {V}",
    "{D} {V}",
];

const COMPARED_WITH_MARK: &[&str] = &[
    "{mark} of {V} {by}",
    "{mark} of {V} {by}",
    "{mark} of {V} {by}",
    "{mark} of the {V} {by}",
    "{open} a {mark} of {V} {by}",
    "{open} {a mark} of {V} {by}",
    "{open} {a mark} showing {V} {by}",
    "{want} {a mark} of {V} {by}",
    "{want} {a mark} with {V} {by}",
    "{want} {a mark} showing the {V} {by}",
    "{V} {by} as {a mark}",
    "{V} {by} as {a mark}",
    "{open} {V} {by} as {a mark}",
    "{open} {V} {by} in {a mark}",
    "{open} the {V} {by} with {a mark}",
    "{mark} {V} {by}",
    "{V} {by}, {mark}",
    "{V} {by} {mark}",
    "{mark}: {V} {by}",
    "what is the {V} {by}? {mark}",
    "i want to compare the {V} {by} with {a mark}",
    "use {a mark} to show {V} {by}",
    "{a mark} that shows {V} {by}",
    "{a mark} about the {V} {by}",
    "draw {a mark} for {V} {by}",
    "{V} {by} using {a mark}",
];

const COMPARED_GROUPS_WITH_MARK: &[&str] = &[
    "{mark} comparing {V} across {Ds}",
    "{mark}, {D} on x and {V} on y",
    "{mark} of {D} and {V}",
    "{a mark} for {Ds} by {V}",
    "{open} {Ds} and their {V} in {a mark}",
    "{mark} with {D} and {V}",
    "{want} {a mark} with {D} on the x axis and {V} on the y axis",
    "{mark} of {V} for each {D}",
    "compare {V} across {Ds} with {a mark}",
    "{mark} x {D} y {V}",
];

const COUNTED: &[&str] = &[
    "how many {rows} {by}?",
    "how many {rows} are there {by}?",
    "how many {rows} {by}?",
    "count {by}",
    "count the {rows} {by}",
    "{rows} {by}",
    "{rows} {by}",
    "number of {rows} {by}",
    "{open} how many {rows} there are {by}",
    "count of {rows} {by}",
    "how many {by}?",
    "# of {rows} {by}",
];

const COUNTED_GROUPS: &[&str] = &[
    "how often does each {D} occur?",
    "frequency of each {D}",
    "how common is each {D}?",
    "{D} counts",
    "count of each {D}",
    "number of {rows} in each {D}",
    "how many {rows} does each {D} have?",
    "{D} frequency",
    "how many {rows} for each {D}?",
    "count {rows} per {D}",
    "which {Ds} are there and how many {rows} has each?",
    "how many of each {D}?",
    "breakdown by {D}",
    "{rows} per {D}",
    "group the {rows} by {D} and count them",
];

const SUPERLATIVE: &[&str] = &[
    "which {D} has the {most} {V}?",
    "which {Ds} have the {most} {V}?",
    "what {D} has the {most} {V}?",
    "rank {Ds} by {V}",
    "ranking of {Ds} by {V}",
    "rank the {Ds} by {V}",
    "{Ds} ranked by {V}",
    "who has the {most} {V}, by {D}?",
];

const COUNTED_SUPERLATIVE: &[&str] = &[
    "which {D} has the {most} {rows}?",
    "which {Ds} have the {most} {rows}?",
    "rank {Ds} by number of {rows}",
    "{Ds} ranked by number of {rows}",
    "what {D} has the {most} {rows}?",
    "most common {Ds}",
    "which {Ds} are most common?",
];

const RANKED: &[&str] = &[
    "{best} {n} {Ds} by {V}",
    "{best} {n} {Ds} by {V}",
    "{best} {n} {Ds} by {V}",
    "the {n} {Ds} with the {most} {V}",
    "{open} the {best} {n} {Ds} by {V}",
    "{open} the {n} {Ds} with the {most} {V}",
    "which {n} {Ds} have the {most} {V}?",
    "what are the {best} {n} {Ds} by {V}?",
    "{n} {Ds} with {most} {V}",
    "{best} {n} {Ds} in terms of {V}",
    "{V} of the {best} {n} {Ds}",
    "{V} by {D}, {best} {n}",
    "{V} by {D}, {best} {n} only",
    "{open} {V} for the {best} {n} {Ds}",
    "{V} for {best} {n} {Ds}",
    "{want} the {best} {n} {Ds} by {V}",
    "who are the {best} {n} {Ds} by {V}?",
    "{best} {n} {D} {V}",
];

const RANKED_COUNTS: &[&str] = &[
    "{best} {n} {Ds} by number of {rows}",
    "the {n} {Ds} with the {most} {rows}",
    "which {n} {Ds} have the {most} {rows}?",
    "{n} {Ds} with {most} {rows}",
    "{open} the {best} {n} {Ds} by count",
    "{best} {n} {Ds}",
    "{best} {n} {Ds} by {rows}",
    "{rows} by {D}, {best} {n}",
    "{open} the {n} {Ds} with the {most} {rows}",
    "number of {rows} for the {best} {n} {Ds}",
];

const RANKED_WITH_MARK: &[&str] = &[
    "{mark} of the {best} {n} {Ds} by {V}",
    "{best} {n} {Ds} by {V} as {a mark}",
    "{open} {a mark} of the {best} {n} {Ds} by {V}",
    "{want} {a mark} of {V} for the {best} {n} {Ds}",
    "{mark} {best} {n} {Ds} by {V}",
    "{mark} of {V} by {D}, {best} {n}",
    "{mark} of {V} for the {n} {best} {Ds}",
];

const TREND: &[&str] = &[
    "trend of {V} {by}",
    "trend in {V} {by}",
    "how has {V} changed {by}?",
    "how did {V} change {by}?",
    "how does {V} change {by}?",
    "how did {V} develop {by}?",
    "{V} trend {by}",
    "evolution of {V} {by}",
    "development of {V} {by}",
    "{open} how {V} changes {by}",
    "{open} the trend of {V} {by}",
    "change in {V} {by}",
    "{V} {by}",
    "{V} {by}",
    "{V} {by}",
    "{open} {V} {by}",
    "{open} {V} {by}",
    "what is the {V} {by}?",
    "is {V} going up {by}?",
    "track {V} {by}",
    "history of {V} {by}",
    "i want to see how {V} evolved {by}",
    "how has the {V} evolved {by}?",
    "{V} timeline {by}",
    "{open} me the trend of the {V} {by}",
];

const TREND_COUNTS: &[&str] = &[
    "how many {rows} {by}?",
    "how many {rows} were there {by}?",
    "{rows} {by}",
    "number of {rows} {by}",
    "{open} the number of {rows} {by}",
    "count of {rows} {by}",
    "how did the number of {rows} change {by}?",
    "trend of {rows} {by}",
    "how many {rows} happened {by}?",
    "{rows} count {by}",
    "count {by}",
];

const OFTEN: &[&str] = &[
    "{often} {V}",
    "{often} {V}",
    "{open} {often} {V}",
    "{open} the {often} {V}",
    "what is the {often} {V}?",
    "{often} trend of {V}",
    "{V} {often}",
    "trend in {often} {V}",
];

const OFTEN_COUNTS: &[&str] = &[
    "{often} {rows}",
    "{often} number of {rows}",
    "{open} {often} {rows}",
    "{often} count of {rows}",
    "{often} count",
];

const OFTEN_WITH_MARK: &[&str] = &[
    "{mark} of {often} {V}",
    "{often} {V} as {a mark}",
    "{open} {a mark} of {often} {V}",
    "{often} {V} {mark}",
];

const SHARE: &[&str] = &[
    "share of {V} by {D}",
    "share of {V} by {D}",
    "share of each {D} in {V}",
    "what share of {V} does each {D} have?",
    "proportion of {V} by {D}",
    "percentage of {V} by {D}",
    "percentage of {V} for each {D}",
    "what percentage of {V} is each {D}?",
    "{V} share by {D}",
    "proportion of {V} per {D}",
    "how is {V} divided among {Ds}?",
    "how is {V} split between {Ds}?",
    "which part of {V} comes from each {D}?",
    "{open} the share of {V} by {D}",
    "composition of {V} by {D}",
    "breakdown of {V} by {D} in percent",
    "what fraction of {V} does each {D} make up?",
    "{D} share of {V}",
    "what proportion of {V} goes to each {D}?",
    "{V} as a percentage by {D}",
    "part of {V} per {D}",
    "{Ds} as a share of {V}",
];

const SHARE_COUNTS: &[&str] = &[
    "share of {rows} by {D}",
    "percentage of {rows} by {D}",
    "what percentage of {rows} is each {D}?",
    "proportion of {rows} per {D}",
    "{D} shares",
    "proportion of each {D}",
    "percentage of each {D}",
    "share of each {D}",
    "what share of {rows} has each {D}?",
    "what fraction of {rows} are in each {D}?",
    "{D} breakdown in percent",
    "how are the {rows} split by {D}?",
    "relative frequency of each {D}",
    "{D} proportions",
    "{open} the share of each {D}",
    "{D} composition",
];

const HISTOGRAM: &[&str] = &[
    "distribution of {m}",
    "distribution of {m}",
    "how is {m} distributed?",
    "{m} distribution",
    "{open} the distribution of {m}",
    "{open} how {m} is distributed",
    "how are the {m} values distributed?",
    "frequency of {m} values",
    "{m} frequency",
    "frequency distribution of {m}",
    "how often do different {m} values occur?",
    "bin {m} and count",
    "what does the distribution of {m} look like?",
    "what is the distribution of {m}?",
    "{m} in bins",
    "number of {rows} by {m} bin",
    "count of {rows} by binned {m}",
    "how many {rows} in each {m} range?",
    "how many {rows} per {m} bucket?",
    "spread out the {m} values in bins",
];

const HISTOGRAM_WITH_MARK: &[&str] = &[
    "histogram of {m}",
    "histogram of {m}",
    "histogram of {m}",
    "{m} histogram",
    "{open} a histogram of {m}",
    "{want} a histogram of {m}",
    "{open} the distribution of {m} as a histogram",
    "histogram {m}",
    "histogram for {m}",
    "{m} as histogram",
    "{open} {m} as a histogram",
    "histogram showing the distribution of {m}",
];

const SPREAD: &[&str] = &[
    "distribution of {m} by {D}",
    "distribution of {m} for each {D}",
    "spread of {m} by {D}",
    "how does {m} spread across {Ds}?",
    "compare the distribution of {m} across {Ds}",
    "range of {m} by {D}",
    "variation of {m} by {D}",
    "how spread out is {m} for each {D}?",
    "{m} distribution by {D}",
    "{m} spread per {D}",
    "{open} the spread of {m} for each {D}",
    "{open} the distribution of {m} per {D}",
    "outliers in {m} by {D}",
    "median and quartiles of {m} by {D}",
    "how much does {m} vary within each {D}?",
    "quartiles of {m} per {D}",
    "{open} the range of {m} within each {D}",
];

const SPREAD_WITH_MARK: &[&str] = &[
    "{mark} of {m} by {D}",
    "{mark} of {m} by {D}",
    "{mark} of {m} per {D}",
    "{mark} of {m} for each {D}",
    "{open} {a mark} of {m} by {D}",
    "{want} {a mark} of {m} for each {D}",
    "{m} by {D} as {a mark}",
    "{m} by {D} {mark}",
    "{open} the spread of {m} by {D} as {a mark}",
    "compare {m} across {Ds} with {a mark}",
    "{mark} {m} by {D}",
    "distribution of {m} by {D}, {mark}",
];

const SPREAD_OF_ALL: &[&str] = &[
    "{mark} of {m}",
    "{open} {a mark} of {m}",
    "{want} {a mark} for {m}",
    "{m} as {a mark}",
    "{m} {mark}",
    "{mark} for {m}",
    "spread of {m} as {a mark}",
    "distribution of {m} as {a mark}",
];

const RELATED: &[&str] = &[
    "relationship between {V} and {W}",
    "relationship between {V} and {W}",
    "correlation between {V} and {W}",
    "correlation of {V} and {W}",
    "is there a correlation between {V} and {W}?",
    "is there a relationship between {V} and {W}?",
    "how are {V} and {W} related?",
    "are {V} and {W} related?",
    "{open} {V} and {W} together",
    "{open} the relationship between {V} and {W}",
    "how does {V} affect {W}?",
    "does {V} influence {W}?",
    "does {W} depend on {V}?",
    "{W} vs {V}",
    "{W} vs {V}",
    "{W} vs. {V}",
    "{W} versus {V}",
    "{W} against {V}",
    "plot {W} against {V}",
    "plot {W} vs {V}",
    "compare {V} and {W}",
    "how does {W} change with {V}?",
    "{W} as a function of {V}",
    "do {rows} with higher {V} have higher {W}?",
    "how do {V} and {W} relate?",
    "{open} how {W} depends on {V}",
    "link between {V} and {W}",
    "does higher {V} mean higher {W}?",
];

const RELATED_WITH_MARK: &[&str] = &[
    "{mark} of {V} and {W}",
    "{mark} of {W} vs {V}",
    "{mark} of {W} against {V}",
    "{open} {a mark} of {V} and {W}",
    "{want} {a mark} of {V} and {W}",
    "{V} and {W} as {a mark}",
    "{W} vs {V} {mark}",
    "{mark} with {V} on x and {W} on y",
    "{mark} with {V} on the x axis and {W} on the y axis",
    "{open} the relationship between {V} and {W} in {a mark}",
    "{mark} {W} vs {V}",
    "{mark}: {V} and {W}",
    "{mark} x {V} y {W}",
    "{open} {a mark} about the correlation between {V} and {W}",
];

const PAIRED: &[&str] = &[
    "{V} by {D} and {S}",
    "{V} by {D} and {S}",
    "{V} by {D}, split by {S}",
    "{V} by {D}, broken down by {S}",
    "{V} per {D} and {S}",
    "{open} {V} by {D} and {S}",
    "{V} for each {D} and {S}",
    "{V} by {D} with {S} as color",
    "{V} by {D}, colored by {S}",
    "{V} for each {D}, split by {S}",
    "{V} by {D} separated by {S}",
    "{open} {V} for each {D}, broken down by {S}",
    "what is the {V} by {D} and {S}?",
];

const GROUPED: &[&str] = &[
    "compare {V} of {Ss} for each {D}",
    "compare {V} by {D} for each {S}",
    "compare {V} between {Ss} within each {D}",
    "{V} by {D} for each {S}, side by side",
    "{V} by {D} with {S} side by side",
    "{V} by {D} grouped by {S}",
    "for each {D} compare the {V} of the {Ss}",
    "{V} by {D}, one bar per {S}",
    "{Ss} next to each other: {V} by {D}",
];

const STACKED: &[&str] = &[
    "{V} by {D} stacked by {S}",
    "stack {V} by {D} and {S}",
    "{V} by {D}, stacked by {S}",
    "{V} per {D} with {S} stacked",
    "stacked {V} by {D} and {S}",
    "{open} {V} by {D} and stack by {S}",
];

const PAIRED_WITH_MARK: &[&str] = &[
    "{mark} of {V} by {D} and {S}",
    "{mark} of {V} by {D} and {S}",
    "{open} {a mark} of {V} by {D} and {S}",
    "{want} {a mark} of {V} by {D}, split by {S}",
    "{V} by {D} and {S} as {a mark}",
    "{mark} with {D} on x, {V} on y and {S} as color",
    "{mark} of {V} by {D} colored by {S}",
    "{mark} {V} by {D} and {S}",
    "{V} by {D} and {S}, {mark}",
    "{mark} of {V} for each {D} broken down by {S}",
];

const COMPOSED: &[&str] = &[
    "share of each {S} in {V} by {D}",
    "share of {Ss} within each {D}",
    "percentage of {Ss} in each {D}",
    "proportion of {S} by {D}",
    "{S} composition of {V} by {D}",
    "what share of {V} does each {S} have in each {D}?",
    "relative {V} of {Ss} by {D}",
    "{V} by {D} as 100%, split by {S}",
    "percent of {V} by {S} within each {D}",
    "how does the mix of {Ss} differ between {Ds}?",
    "{S} mix by {D}",
    "{S} shares per {D}",
    "percentage breakdown of {V} by {S} for each {D}",
];

const SERIES_TAILS_OF_RELATED: &[&str] = &[
    "colored by {S}",
    "by {S}",
    "coloured by {S}",
    "for each {S}",
    "with {S} as color",
    "color by {S}",
    "with a color per {S}",
    "split by {S}",
    "grouped by {S}",
    "separate {Ss} by color",
];

const SERIES_TAILS: &[&str] = &[
    "by {S}",
    "for each {S}",
    "split by {S}",
    "with one line per {S}",
    "broken down by {S}",
    "and {S}",
    "one line for each {S}",
    "per {S}",
    "separately for each {S}",
    "colored by {S}",
    "with a line for every {S}",
    "grouped by {S}",
];

const SERIES_TAILS_OF_PARTS: &[&str] = &[
    "by {S}",
    "stacked by {S}",
    "split by {S}",
    "broken down by {S}",
    "colored by {S}",
    "and {S}",
    "with {S} as color",
    "for each {S}",
];

/// The templates that suit a plan.
pub(super) fn of(plan: &Plan, marked: bool) -> Vec<&'static [&'static str]> {
    let counts = plan.value == Value::Count;
    let named = matches!(plan.group, Some(Dimension::Category(_)));
    match (plan.idea, marked) {
        (Idea::Comparison, false) if named => compared(plan, counts),
        (Idea::Comparison | Idea::Cycle, false) if counts => vec![COMPARED, COUNTED],
        (Idea::Comparison | Idea::Cycle, false) => vec![COMPARED],
        (Idea::Comparison, true) if named => vec![COMPARED_WITH_MARK, COMPARED_GROUPS_WITH_MARK],
        (Idea::Comparison | Idea::Cycle, true) => vec![COMPARED_WITH_MARK],
        (Idea::Ranking, false) if counts => vec![RANKED_COUNTS],
        (Idea::Ranking, false) => vec![RANKED],
        (Idea::Ranking, true) => vec![RANKED_WITH_MARK],
        (Idea::Trend, false) => trend(plan, counts),
        (Idea::Trend, true) if often(plan) => vec![COMPARED_WITH_MARK, OFTEN_WITH_MARK],
        (Idea::Trend, true) => vec![COMPARED_WITH_MARK],
        (Idea::Share, false) if counts => vec![SHARE_COUNTS],
        (Idea::Share, false) => vec![SHARE],
        (Idea::Share, true) => vec![COMPARED_WITH_MARK, COMPARED_GROUPS_WITH_MARK],
        (Idea::Histogram, false) => vec![HISTOGRAM],
        (Idea::Histogram, true) => vec![HISTOGRAM_WITH_MARK],
        (Idea::Spread, _) if plan.group.is_none() => vec![SPREAD_OF_ALL],
        (Idea::Spread, false) => vec![SPREAD],
        (Idea::Spread, true) => vec![SPREAD_WITH_MARK],
        (Idea::Relationship, false) => vec![RELATED],
        (Idea::Relationship, true) => vec![RELATED_WITH_MARK],
        (Idea::Grouped, false) if plan.value.is_total() => vec![GROUPED],
        (Idea::Grouped, false) => vec![PAIRED, GROUPED],
        (Idea::Stacked, false) => vec![PAIRED, STACKED],
        (Idea::Composition, false) => vec![COMPOSED],
        (Idea::Grouped | Idea::Stacked | Idea::Composition | Idea::Heat, _) => vec![PAIRED_WITH_MARK],
    }
}

fn compared(plan: &Plan, counts: bool) -> Vec<&'static [&'static str]> {
    let ranks = matches!(plan.order, Some(Order::ByValue(_)));
    match (counts, ranks && tail::says_superlative(plan)) {
        (true, true) => vec![COUNTED_SUPERLATIVE, COUNTED],
        (true, false) => vec![COUNTED, COUNTED_GROUPS, COMPARED],
        (false, true) => vec![SUPERLATIVE, COMPARED],
        (false, false) => vec![COMPARED, COMPARED, COMPARED_GROUPS],
    }
}

fn often(plan: &Plan) -> bool {
    plan.group.is_some_and(dimension::has_adjective)
}

fn trend(plan: &Plan, counts: bool) -> Vec<&'static [&'static str]> {
    match (counts, often(plan)) {
        (true, true) => vec![TREND_COUNTS, TREND_COUNTS, TREND, OFTEN_COUNTS, OFTEN_COUNTS],
        (true, false) => vec![TREND_COUNTS, TREND],
        (false, true) => vec![TREND, OFTEN],
        (false, false) => vec![TREND],
    }
}

/// How colours are asked for behind the body; none where the body names them.
pub(super) fn series_tails(plan: &Plan) -> Option<&'static [&'static str]> {
    plan.series?;
    match plan.idea {
        Idea::Trend if plan.mark == marey_core::Mark::Line => Some(SERIES_TAILS),
        Idea::Cycle if plan.mark == marey_core::Mark::Line => Some(SERIES_TAILS),
        Idea::Trend | Idea::Cycle | Idea::Histogram => Some(SERIES_TAILS_OF_PARTS),
        Idea::Relationship => Some(SERIES_TAILS_OF_RELATED),
        _ => None,
    }
}
