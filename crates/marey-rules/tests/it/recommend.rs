//! What is recommended for tables of many kinds.

use marey_core::spec::ViewTitle;
use marey_core::{FieldName, Mark, SemanticType};
use marey_profile::{Agreement, AssociationMeasure, DuplicateColumn, TableProfile};
use marey_rules::{Kind, RecommendOptions, Recommendation, Source, lint, recommend};
use proptest::prelude::*;

use crate::profiles::{
    associated, categories, geography, identifiers, ids, numbers, panel, prose, sales, survey, table, texts,
    wide,
};

fn title(chart: &Recommendation) -> String {
    match &chart.spec.view.title {
        Some(ViewTitle::Styled(title)) => {
            let lines = [&title.text, &title.subtitle].into_iter().flatten();
            lines.map(|lines| lines.joined()).collect::<Vec<_>>().join(" | ")
        }
        _ => String::new(),
    }
}

/// The charts as lines: rank, score, mark, title; then reasons and warnings.
fn told(profile: &TableProfile) -> String {
    let lines = recommend(profile, &RecommendOptions::default())
        .into_iter()
        .map(|chart| {
            let mark = chart.spec.view.mark().map_or("none", |mark| mark.as_str());
            let source = chart.source.as_str();
            let mut text = format!(
                "{}. {:.2} {source} {mark}: {}\n",
                chart.rank,
                chart.score,
                title(&chart)
            );
            for reason in &chart.reasons {
                text.push_str(&format!("   {reason}\n"));
            }
            for warning in &chart.warnings {
                text.push_str(&format!("   ! {warning}\n"));
            }
            text
        });
    lines.collect()
}

fn legal(profile: &TableProfile, options: &RecommendOptions) -> Vec<Recommendation> {
    let charts = recommend(profile, options);
    for chart in &charts {
        let found = lint(&chart.spec, profile);
        let hard: Vec<_> = found
            .into_iter()
            .filter(|violation| violation.kind == Kind::Hard)
            .collect();
        assert_eq!(hard, [], "{}", title(chart));
        assert!(!chart.reasons.is_empty() && !title(chart).is_empty());
    }
    charts
}

#[test]
fn sales_start_with_time() {
    insta::assert_snapshot!(told(&sales()));
}

#[test]
fn surveys_are_counted_in_order() {
    insta::assert_snapshot!(told(&survey()));
}

#[test]
fn places_are_put_on_a_plane() {
    insta::assert_snapshot!(told(&geography()));
}

#[test]
fn countries_by_year_are_followed_over_time() {
    insta::assert_snapshot!(told(&panel()));
}

#[test]
fn many_numbers_are_spread_and_paired() {
    let profile = associated(
        wide(9),
        "sensor_2",
        "sensor_5",
        AssociationMeasure::Spearman,
        -0.8,
    );
    insta::assert_snapshot!(told(&profile));
}

#[test]
fn a_column_that_repeats_another_is_drawn_only_when_asked_for() {
    let mut profile = sales();
    profile.relations.duplicates.push(DuplicateColumn {
        of: "quantity".into(),
        column: "revenue".into(),
        how: Agreement::Rescaled {
            factor: 4.5,
            offset: 0.0,
        },
        share: 1.0,
        exact: true,
    });
    let draws = |options: &RecommendOptions| {
        recommend(&profile, options)
            .iter()
            .any(|chart| chart.to_json().to_string().contains("revenue"))
    };
    assert!(!draws(&RecommendOptions::default()));
    assert!(draws(&RecommendOptions {
        columns: vec!["revenue".into()],
        ..RecommendOptions::default()
    }));
    profile.relations.duplicates.clear();
    assert!(
        recommend(&profile, &RecommendOptions::default())
            .iter()
            .any(|chart| chart.to_json().to_string().contains("revenue"))
    );
}

#[test]
fn prose_falls_back_to_rows_and_lengths() {
    insta::assert_snapshot!(told(&prose()));
}

#[test]
fn identifiers_fall_back_to_rows() {
    insta::assert_snapshot!(told(&ids()));
}

#[test]
fn a_spec_in_full() {
    let charts = recommend(
        &sales(),
        &RecommendOptions {
            top: 5,
            ..RecommendOptions::default()
        },
    );
    let city = charts
        .iter()
        .find(|chart| title(chart).contains("city"))
        .expect("a chart by city");
    insta::assert_snapshot!(serde_json::to_string_pretty(&city.to_json()).expect("writes"));
}

#[test]
fn tables_without_rows_or_columns_get_nothing() {
    assert_eq!(recommend(&table(0, vec![]), &RecommendOptions::default()), []);
    let empty = table(0, vec![numbers("a", SemanticType::Measure, 0.0, 1.0)]);
    assert_eq!(recommend(&empty, &RecommendOptions::default()), []);
    let none = RecommendOptions {
        top: 0,
        ..RecommendOptions::default()
    };
    assert_eq!(recommend(&sales(), &none), []);
}

#[test]
fn options_are_honoured() {
    let sales = sales();
    let bars = RecommendOptions {
        mark: Some(Mark::Bar),
        ..RecommendOptions::default()
    };
    let charts = legal(&sales, &bars);
    assert!(
        charts.len() > 3
            && charts
                .iter()
                .all(|chart| chart.spec.view.mark() == Some(Mark::Bar))
    );
    let area = RecommendOptions {
        mark: Some(Mark::Area),
        ..RecommendOptions::default()
    };
    assert!(
        legal(&sales, &area)
            .iter()
            .all(|chart| chart.spec.view.mark() == Some(Mark::Area))
    );
    for option in [
        RecommendOptions {
            columns: vec![FieldName::new("region")],
            ..RecommendOptions::default()
        },
        RecommendOptions {
            target: Some(FieldName::new("region")),
            ..RecommendOptions::default()
        },
    ] {
        for chart in legal(&sales, &option) {
            assert!(
                chart.spec.to_json().to_string().contains("\"region\""),
                "{}",
                title(&chart)
            );
        }
    }
}

#[test]
fn what_cannot_be_asked_falls_back_with_a_reason() {
    let sales = sales();
    let reason = |options: RecommendOptions| {
        let charts = recommend(&sales, &options);
        assert!(charts.iter().all(|chart| chart.source == Source::Fallback));
        charts
            .first()
            .map(|chart| chart.reasons[0].clone())
            .unwrap_or_default()
    };
    let columns = |name: &str| RecommendOptions {
        columns: vec![FieldName::new(name)],
        ..RecommendOptions::default()
    };
    assert_eq!(
        reason(columns("shoe")),
        "The table has no column `shoe`, so no chart can use it."
    );
    assert_eq!(
        reason(columns("order_id")),
        "`order_id` only names rows, so no chart uses it."
    );
    let map = RecommendOptions {
        mark: Some(Mark::Geoshape),
        ..RecommendOptions::default()
    };
    assert_eq!(reason(map), "No legal geoshape chart fits this table.");
}

#[test]
fn wide_tables_are_cut_and_say_so() {
    let charts = legal(&wide(500), &RecommendOptions::default());
    assert!(
        charts[0]
            .warnings
            .iter()
            .any(|warning| warning.contains("488 columns were not combined"))
    );
}

#[test]
fn odd_names_are_written_as_vega_reads_them() {
    let columns = vec![
        categories("a.b[0]", &["x", "y", "z"], 90),
        numbers("it's \"odd\"", SemanticType::Measure, 1.0, 9.0),
    ];
    let json = recommend(&table(90, columns), &RecommendOptions::default())[0]
        .to_json()
        .to_string();
    assert!(json.contains(r"a\\.b\\[0\\]"), "{json}");
}

fn column() -> impl Strategy<Value = marey_profile::ColumnProfile> {
    let name = "[a-z_.\\[\\]' ]{0,8}";
    prop_oneof![
        (name, -1.0e6..1.0e6, 0.0..1.0e6).prop_map(|(n, low, more)| numbers(
            &n,
            SemanticType::Measure,
            low,
            low + more
        )),
        (name, 1u64..3000).prop_map(|(n, distinct)| texts(&n, SemanticType::Category, distinct, 9.0)),
        name.prop_map(|n| categories(&n, &["low", "high", "medium"], 300)),
        name.prop_map(|n| identifiers(&n, 300)),
        (name, 0i64..9000, 1u64..300).prop_map(|(n, days, points)| {
            crate::profiles::dates(&n, days, marey_profile::TimeGranularity::Day, points)
        }),
    ]
}

proptest! {
    #[test]
    fn any_table_gets_legal_charts_of_falling_score(columns in prop::collection::vec(column(), 1..7), rows in 1u64..5000) {
        let profile = table(rows, columns);
        let charts = legal(&profile, &RecommendOptions::default());
        prop_assert!(!charts.is_empty());
        prop_assert!(charts.windows(2).all(|pair| pair[0].score >= pair[1].score));
        prop_assert!(charts.iter().enumerate().all(|(at, chart)| chart.rank == at + 1));
        prop_assert_eq!(&charts, &recommend(&profile, &RecommendOptions::default()));
    }
}
