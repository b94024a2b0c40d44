//! Each rule with a chart that breaks it and one that does not.

use marey_core::{ChartSpec, SemanticType};
use marey_profile::{AssociationMeasure, TableProfile, TimeGranularity};
use marey_rules::{CATALOGUE, Kind, WEIGHTS, catalogue_markdown, lint, lint_without_data};

use crate::profiles::{
    associated, categories, constant, dates, dominated, identifiers, numbers, ordered, personal, sales,
    skewed, table, texts, with_gaps, years,
};

/// A table with a column of every kind.
fn zoo() -> TableProfile {
    let rows = 1000;
    let columns = vec![
        identifiers("id", rows),
        dates("day", 3000, TimeGranularity::Day, 900),
        dates("week", 14, TimeGranularity::Week, 3),
        years("year", 1990, 2020),
        categories("city", &["Rome", "Oslo", "Lima", "Bonn"], rows),
        categories("two", &["yes", "no"], rows),
        ordered(
            categories("month", &["Mar", "Jan", "Feb", "Apr", "May"], rows),
            &["Jan", "Feb", "Mar", "Apr", "May"],
        ),
        texts("country", SemanticType::Country, 200, 9.0),
        texts("agency", SemanticType::Category, 12, 28.0),
        texts("code", SemanticType::Category, 25, 3.0),
        texts("label", SemanticType::Category, rows, 9.0),
        texts("note", SemanticType::FreeText, rows, 200.0),
        skewed(numbers("price", SemanticType::Currency, 0.5, 900.5), 3.0),
        numbers("revenue", SemanticType::Currency, 10.0, 900.0),
        numbers("share", SemanticType::Percentage, 0.0, 100.0),
        numbers("warmth", SemanticType::Measure, -10.0, 30.0),
        skewed(numbers("reach", SemanticType::Measure, 1.0, 1.0e6), 5.0),
        numbers("far", SemanticType::Measure, 1000.0, 1010.0),
        numbers("twin", SemanticType::Measure, 10.0, 90.0),
        numbers("min_temp", SemanticType::Measure, 1.0, 30.0),
        numbers("lat", SemanticType::Latitude, -30.5, 60.5),
        numbers("column_7", SemanticType::Measure, 1.0, 30.0),
        with_gaps(numbers("gaps", SemanticType::Measure, 1.0, 30.0), 800),
        constant(categories("same", &["a"], rows)),
        dominated(categories("mostly", &["a", "b"], rows), 990),
        personal(texts("email", SemanticType::Email, rows, 18.0)),
    ];
    let profile = table(rows, columns);
    let profile = associated(profile, "revenue", "warmth", AssociationMeasure::Pearson, 1.0);
    let profile = associated(profile, "revenue", "twin", AssociationMeasure::Pearson, 0.9);
    let profile = associated(
        profile,
        "city",
        "warmth",
        AssociationMeasure::CorrelationRatio,
        0.0,
    );
    associated(
        profile,
        "city",
        "share",
        AssociationMeasure::CorrelationRatio,
        1.0,
    )
}

fn broken(profile: &TableProfile, spec: &str) -> Vec<&'static str> {
    let spec = ChartSpec::from_json_str(spec)
        .expect("the test's spec reads")
        .value;
    lint(&spec, profile)
        .into_iter()
        .map(|violation| violation.rule)
        .collect()
}

/// Asserts that the first chart breaks the rule and the second does not.
fn check(profile: &TableProfile, rule: &str, bad: &str, good: &str) {
    let found = broken(profile, bad);
    assert!(found.contains(&rule), "{rule}: {bad} breaks only {found:?}");
    let found = broken(profile, good);
    assert!(!found.contains(&rule), "{rule}: {good} breaks {found:?}");
}

/// A unit from shorthand: a mark, then `channel=field:type` with `aggregate(field)` and
/// `{more members}`.
fn unit(short: &str) -> String {
    let mut words = short.split(' ');
    let mark = words.next().unwrap_or_default();
    let channels: Vec<String> = words.map(channel).collect();
    let mark = match mark.starts_with('{') {
        true => mark.to_owned(),
        false => format!("\"{mark}\""),
    };
    format!("{{\"mark\":{mark},\"encoding\":{{{}}}}}", channels.join(","))
}

fn channel(short: &str) -> String {
    let (channel, def) = short.split_once('=').expect("channel=field:type");
    let (def, more) = match def.find('{') {
        Some(at) => (&def[..at], format!(",{}", &def[at + 1..def.len() - 1])),
        None => (def, String::new()),
    };
    let (field, kind) = def.split_once(':').expect("field:type");
    let kind = match kind {
        "Q" => "quantitative",
        "T" => "temporal",
        "O" => "ordinal",
        _ => "nominal",
    };
    let field = match field.split_once('(') {
        Some(("count", _)) => "\"aggregate\":\"count\"".to_owned(),
        Some((op, field)) => format!(
            "\"aggregate\":\"{op}\",\"field\":\"{}\"",
            field.trim_end_matches(')')
        ),
        None => format!("\"field\":\"{field}\""),
    };
    format!("\"{channel}\":{{{field},\"type\":\"{kind}\"{more}}}")
}

/// Rule, a chart that breaks it, a chart that does not.
const CASES: &[(&str, &str, &str)] = &[
    (
        "known_field",
        "bar x=town:N y=count():Q",
        "bar x=city:N y=count():Q",
    ),
    (
        "quantity_is_numeric",
        "point x=city:Q y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "time_is_temporal",
        "line x=city:T y=price:Q",
        "line x=day:T y=price:Q",
    ),
    (
        "identifier_is_no_quantity",
        "point x=id:Q y=price:Q",
        "bar x=city:N y=distinct(id):Q",
    ),
    (
        "constant_field",
        "bar x=same:N y=count():Q",
        "bar x=city:N y=count():Q",
    ),
    (
        "missing_values",
        "point x=gaps:Q y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "personal_data",
        "bar x=email:N y=count():Q",
        "bar x=city:N y=distinct(email):Q",
    ),
    (
        "unnamed_column",
        "point x=column_7:Q y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "late_column",
        "point x=warmth:Q y=price:Q",
        "bar x=id:N y=count():Q",
    ),
    (
        "many_fields",
        "point x=twin:Q y=price:Q color=city:N",
        "point x=twin:Q y=price:Q",
    ),
    (
        "only_counts",
        "bar x=city:N y=count():Q",
        "bar x=city:N y=mean(warmth):Q",
    ),
    (
        "ignores_time",
        "bar x=city:N y=count():Q",
        "line x=day:T y=count():Q",
    ),
    (
        "second_time",
        "line x=year:Q y=mean(price):Q",
        "line x=day:T y=price:Q",
    ),
    (
        "dominated_category",
        "bar x=mostly:N y=count():Q",
        "bar x=city:N y=count():Q",
    ),
    (
        "even_counts",
        "bar x=city:N y=count():Q",
        "bar x=mostly:N y=count():Q",
    ),
    (
        "thin_groups",
        "bar y=label:N x=count():Q",
        "bar y=city:N x=count():Q",
    ),
    (
        "single_field",
        "bar x=city:N y=count():Q",
        "bar x=city:N y=mean(warmth):Q",
    ),
    (
        "raw_axis_title",
        "point x=min_temp:Q y=price:Q",
        "point x=min_temp:Q{\"title\":\"Lowest\"} y=price:Q",
    ),
    (
        "secondary_measure",
        "point x=min_temp:Q y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "line_over_order",
        "line x=city:N y=mean(price):Q",
        "line x=city:O y=mean(price):Q",
    ),
    ("line_has_both_axes", "line x=day:T", "line x=day:T y=price:Q"),
    (
        "mark_has_position",
        "bar color=city:N",
        "bar x=city:N y=count():Q",
    ),
    (
        "bar_has_length",
        "bar x=price:Q y=revenue:Q",
        "bar x=city:N y=sum(revenue):Q",
    ),
    (
        "rect_has_cells",
        "rect x=price:Q y=city:N color=count():Q",
        "rect x=price:Q{\"bin\":true} y=city:N color=count():Q",
    ),
    (
        "box_of_quantity",
        "boxplot x=city:N y=two:N",
        "boxplot x=city:N y=price:Q",
    ),
    (
        "pie_of_positive_parts",
        "arc theta=sum(warmth):Q color=city:N",
        "arc theta=sum(revenue):Q color=city:N",
    ),
    (
        "pie_of_few_parts",
        "arc theta=count():Q color=agency:N",
        "arc theta=count():Q color=city:N",
    ),
    (
        "stack_of_totals",
        "bar x=month:N y=mean(warmth):Q color=city:N",
        "bar x=month:N y=sum(revenue):Q color=city:N",
    ),
    (
        "pie",
        "arc theta=count():Q color=city:N",
        "bar x=city:N y=count():Q",
    ),
    (
        "many_parts",
        "arc theta=count():Q color=agency:N",
        "arc theta=count():Q color=city:N",
    ),
    (
        "overlapping_bars",
        "bar x=city:N y=price:Q",
        "bar x=city:N y=mean(price):Q",
    ),
    (
        "zigzag_line",
        "line x=year:Q y=price:Q",
        "line x=year:Q y=mean(price):Q",
    ),
    (
        "short_line",
        "line x=week:T y=mean(price):Q",
        "line x=day:T y=mean(price):Q",
    ),
    (
        "many_lines",
        "line x=day:T y=price:Q color=agency:N",
        "line x=day:T y=price:Q color=city:N",
    ),
    (
        "crossing_lines",
        "line x=day:T y=price:Q color=city:N",
        "line x=day:T y=price:Q",
    ),
    ("strokes", "tick x=price:Q", "point x=price:Q y=twin:Q"),
    (
        "boxes",
        "boxplot x=city:N y=price:Q",
        "bar x=city:N y=mean(price):Q",
    ),
    (
        "opaque_points",
        "circle x=twin:Q y=price:Q",
        "{\"type\":\"circle\",\"opacity\":0.3} x=twin:Q y=price:Q",
    ),
    (
        "inner_segments",
        "bar x=month:N y=count():Q color=city:N",
        "bar x=city:N y=count():Q",
    ),
    (
        "hidden_totals",
        "bar x=month:N y=count():Q{\"stack\":\"normalize\"} color=city:N",
        "bar x=month:N y=count():Q color=city:N",
    ),
    (
        "heat_map",
        "rect x=month:N y=city:N color=count():Q",
        "bar x=city:N y=count():Q",
    ),
    (
        "panels",
        "bar x=month:N y=count():Q column=city:N",
        "bar x=month:N y=count():Q",
    ),
    (
        "many_panels",
        "bar x=month:N y=count():Q facet=code:N",
        "bar x=month:N y=count():Q facet=city:N",
    ),
    (
        "unmarked_points",
        "line x=week:T y=mean(price):Q",
        "{\"type\":\"line\",\"point\":true} x=week:T y=mean(price):Q",
    ),
    (
        "points_of_aggregate",
        "point x=city:N y=mean(price):Q",
        "bar x=city:N y=mean(price):Q",
    ),
    (
        "different_axes",
        "point x=price:Q y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "field_used_at_most_twice",
        "point x=price:Q y=twin:Q color=price:Q size=price:Q",
        "point x=price:Q y=twin:Q color=price:Q",
    ),
    (
        "readable_number_of_categories",
        "bar y=country:N x=count():Q",
        "bar y=agency:N x=count():Q",
    ),
    (
        "readable_number_of_panels",
        "bar x=month:N y=count():Q facet=country:N",
        "bar x=month:N y=count():Q facet=city:N",
    ),
    (
        "panels_by_category",
        "bar x=month:N y=count():Q column=price:Q",
        "bar x=month:N y=count():Q column=city:N",
    ),
    (
        "many_categories",
        "bar y=code:N x=count():Q",
        "bar y=agency:N x=count():Q",
    ),
    (
        "long_names_below",
        "bar x=agency:N y=count():Q",
        "bar y=agency:N x=count():Q",
    ),
    (
        "unsorted_bars",
        "bar x=city:N y=count():Q",
        "bar x=city:N{\"sort\":\"-y\"} y=count():Q",
    ),
    (
        "natural_order",
        "bar x=month:O y=count():Q",
        "bar x=month:O{\"sort\":[\"Jan\",\"Feb\"]} y=count():Q",
    ),
    (
        "time_runs_right",
        "line y=day:T x=price:Q",
        "line x=day:T y=price:Q",
    ),
    (
        "time_off_axis",
        "point x=price:Q y=twin:Q color=day:T",
        "line x=day:T y=price:Q",
    ),
    (
        "numbers_as_categories",
        "bar x=price:N y=count():Q",
        "bar x=price:Q{\"bin\":true} y=count():Q",
    ),
    (
        "labels_as_groups",
        "point x=price:Q y=twin:Q color=label:N",
        "point x=price:Q y=twin:Q color=city:N",
    ),
    (
        "coarse_bins",
        "bar x=price:Q{\"bin\":{\"maxbins\":3}} y=count():Q",
        "bar x=price:Q{\"bin\":{\"maxbins\":20}} y=count():Q",
    ),
    (
        "weak_relation",
        "point x=price:Q y=twin:Q",
        "point x=revenue:Q y=warmth:Q",
    ),
    (
        "redundant_pair",
        "point x=revenue:Q y=warmth:Q",
        "point x=revenue:Q y=twin:Q",
    ),
    (
        "similar_groups",
        "bar x=city:N y=mean(warmth):Q",
        "bar x=city:N y=mean(share):Q",
    ),
    ("lone_position", "tick x=price:Q", "point x=price:Q y=twin:Q"),
    (
        "bars_start_at_zero",
        "bar x=city:N y=mean(price):Q{\"scale\":{\"zero\":false}}",
        "bar x=city:N y=mean(price):Q",
    ),
    (
        "no_log_bars",
        "bar x=city:N y=mean(price):Q{\"scale\":{\"type\":\"log\"}}",
        "point x=twin:Q y=price:Q{\"scale\":{\"type\":\"log\"}}",
    ),
    (
        "log_of_positive",
        "point x=twin:Q y=warmth:Q{\"scale\":{\"type\":\"log\"}}",
        "point x=twin:Q y=price:Q{\"scale\":{\"type\":\"log\"}}",
    ),
    (
        "log_of_quantity",
        "point x=city:N{\"scale\":{\"type\":\"log\"}} y=price:Q",
        "point x=twin:Q{\"scale\":{\"type\":\"log\"}} y=price:Q",
    ),
    (
        "log_without_zero",
        "point x=twin:Q{\"scale\":{\"type\":\"log\",\"zero\":true}} y=price:Q",
        "point x=twin:Q{\"scale\":{\"type\":\"log\"}} y=price:Q",
    ),
    (
        "size_of_positive",
        "point x=twin:Q y=price:Q size=warmth:Q",
        "point x=twin:Q y=price:Q size=revenue:Q",
    ),
    (
        "no_bin_of_aggregate",
        "bar x=mean(price):Q{\"bin\":true} y=count():Q",
        "bar x=price:Q{\"bin\":true} y=count():Q",
    ),
    (
        "log_scale",
        "point x=twin:Q{\"scale\":{\"type\":\"log\"}} y=price:Q",
        "point x=twin:Q y=price:Q",
    ),
    (
        "crowded_near_zero",
        "point x=twin:Q y=reach:Q",
        "point x=twin:Q y=reach:Q{\"scale\":{\"type\":\"log\"}}",
    ),
    (
        "wasted_axis",
        "point x=twin:Q y=far:Q",
        "point x=twin:Q y=far:Q{\"scale\":{\"zero\":false}}",
    ),
    (
        "sum_of_additive",
        "bar x=city:N y=sum(share):Q",
        "bar x=city:N y=sum(revenue):Q",
    ),
    (
        "aggregate_of_numbers",
        "bar x=city:N y=mean(two):Q",
        "bar x=city:N y=mean(share):Q",
    ),
    (
        "time_unit_of_time",
        "bar x=city:N{\"timeUnit\":\"year\"} y=count():Q",
        "bar x=day:T{\"timeUnit\":\"year\"} y=count():Q",
    ),
    (
        "bins_of_numbers",
        "bar x=city:Q{\"bin\":true} y=count():Q",
        "bar x=price:Q{\"bin\":true} y=count():Q",
    ),
    (
        "sum_of_doubtful",
        "bar x=city:N y=sum(warmth):Q",
        "bar x=city:N y=sum(revenue):Q",
    ),
    (
        "mean_of_skewed",
        "bar x=city:N y=mean(price):Q",
        "bar x=city:N y=median(price):Q",
    ),
    (
        "mean_of_total",
        "bar x=city:N y=mean(revenue):Q",
        "bar x=city:N y=sum(revenue):Q",
    ),
    (
        "rare_aggregate",
        "bar x=city:N y=variance(share):Q",
        "bar x=city:N y=mean(share):Q",
    ),
    (
        "hidden_spread",
        "bar x=city:N y=mean(share):Q",
        "boxplot x=city:N y=share:Q",
    ),
    (
        "small_groups",
        "bar x=label:N y=mean(share):Q",
        "bar x=city:N y=mean(share):Q",
    ),
    (
        "tellable_colors",
        "point x=twin:Q y=price:Q color=code:N",
        "point x=twin:Q y=price:Q color=city:N",
    ),
    (
        "tellable_shapes",
        "point x=twin:Q y=price:Q shape=agency:N",
        "point x=twin:Q y=price:Q shape=city:N",
    ),
    (
        "shape_of_category",
        "point x=twin:Q y=price:Q shape=share:Q",
        "point x=twin:Q y=price:Q shape=city:N",
    ),
    (
        "many_colors",
        "point x=twin:Q y=price:Q color=agency:N",
        "point x=twin:Q y=price:Q color=city:N",
    ),
    (
        "category_by_size",
        "point x=twin:Q y=price:Q size=city:N",
        "point x=twin:Q y=price:Q color=city:N",
    ),
    (
        "quantity_by_color",
        "point x=twin:Q y=price:Q color=share:Q",
        "point x=twin:Q y=price:Q color=city:N",
    ),
    (
        "quantity_by_size",
        "point x=twin:Q y=price:Q size=share:Q",
        "point x=twin:Q y=price:Q color=city:N",
    ),
    (
        "category_by_color",
        "point x=twin:Q y=price:Q color=city:N",
        "point x=twin:Q y=price:Q color=share:Q",
    ),
    (
        "color_repeats_axis",
        "bar x=city:N y=count():Q color=city:N",
        "bar x=month:N y=count():Q color=city:N",
    ),
];

/// Cases that the shorthand cannot write.
const WRITTEN: &[(&str, &str, &str)] = &[
    (
        "field_or_count",
        r#"{"mark":"bar","encoding":{"x":{"aggregate":"mean","type":"quantitative"}}}"#,
        r#"{"mark":"bar","encoding":{"x":{"aggregate":"count","type":"quantitative"}}}"#,
    ),
    (
        "short_title",
        r#"{"mark":"bar","encoding":{"x":{"aggregate":"count"}}}"#,
        r#"{"title":"Rows","mark":"bar","encoding":{"x":{"aggregate":"count"}}}"#,
    ),
    (
        "cut_categories",
        r#"{"transform":[{"aggregate":[{"op":"count","as":"n"}],"groupby":["country"]},
            {"window":[{"op":"rank","as":"place"}],"sort":[{"field":"n","order":"descending"},{"field":"country"}]},
            {"filter":{"field":"place","lte":10}}],
            "mark":"bar","encoding":{"y":{"field":"country","type":"nominal"},"x":{"field":"n","type":"quantitative"}}}"#,
        r#"{"mark":"bar","encoding":{"y":{"field":"city","type":"nominal"},"x":{"aggregate":"count"}}}"#,
    ),
];

#[test]
fn every_rule_tells_bad_charts_from_good_ones() {
    let zoo = zoo();
    for (rule, bad, good) in CASES {
        check(&zoo, rule, &unit(bad), &unit(good));
    }
    for (rule, bad, good) in WRITTEN {
        check(&zoo, rule, bad, good);
    }
}

#[test]
fn crowds_cost_by_their_number() {
    let profile = sales();
    let bad = unit("circle x=quantity:Q y=revenue:Q");
    check(
        &profile,
        "overplotting",
        &bad,
        &unit("bar x=region:N y=count():Q"),
    );
    let few = table(12, vec![numbers("price", SemanticType::Currency, 1.0, 9.0)]);
    let histogram = unit("bar x=price:Q{\"bin\":true} y=count():Q");
    check(&few, "few_rows_in_bins", &histogram, &unit("tick x=price:Q"));
}

#[test]
fn every_rule_has_its_case() {
    let elsewhere = ["overplotting", "few_rows_in_bins"];
    let tested: Vec<&str> = CASES
        .iter()
        .chain(WRITTEN)
        .map(|(rule, ..)| *rule)
        .chain(elsewhere)
        .collect();
    let untested: Vec<&str> = CATALOGUE
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !tested.contains(name))
        .collect();
    assert_eq!(untested, Vec::<&str>::new());
    let unknown: Vec<&str> = tested
        .into_iter()
        .filter(|name| CATALOGUE.iter().all(|rule| rule.name != *name))
        .collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

#[test]
fn weights_and_soft_rules_have_the_same_names() {
    let mut rules: Vec<&str> = CATALOGUE
        .iter()
        .filter(|rule| rule.kind == Kind::Soft)
        .map(|rule| rule.name)
        .collect();
    let mut weights: Vec<&str> = WEIGHTS.iter().map(|(name, _)| *name).collect();
    rules.sort_unstable();
    weights.sort_unstable();
    assert_eq!(rules, weights);
    assert!(WEIGHTS.iter().all(|(_, weight)| *weight > 0.0));
}

#[test]
fn rules_are_sentences_with_sources() {
    for rule in CATALOGUE {
        let snake = rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(
            snake && rule.sentence.ends_with('.') && !rule.source.is_empty(),
            "{}",
            rule.name
        );
        assert!(catalogue_markdown().contains(rule.sentence));
    }
}

#[test]
fn violations_say_where() {
    let spec = r#"{"layer":[{"mark":"line","encoding":{"x":{"field":"city","type":"nominal"},"y":{"field":"price","type":"quantitative"}}}]}"#;
    let spec = ChartSpec::from_json_str(spec).expect("reads").value;
    let found = lint(&spec, &zoo());
    let over_order = found
        .iter()
        .find(|violation| violation.rule == "line_over_order")
        .expect("broken");
    assert_eq!(
        (over_order.location.as_str(), over_order.kind),
        ("$.layer[0]", Kind::Hard)
    );
    let axis = found
        .iter()
        .find(|violation| violation.rule == "late_column")
        .expect("broken");
    assert_eq!(axis.location, "$.layer[0].encoding.x");
}

#[test]
fn charts_are_linted_without_their_data() {
    let spec = unit("line x=town:N y=price:Q");
    let spec = ChartSpec::from_json_str(&spec).expect("reads").value;
    let rules: Vec<&str> = lint_without_data(&spec)
        .into_iter()
        .map(|violation| violation.rule)
        .collect();
    assert_eq!(rules, ["short_title", "line_over_order"]);
}
