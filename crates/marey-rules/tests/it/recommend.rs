//! What is recommended for tables of many kinds.

use marey_core::spec::ViewTitle;
use marey_rules::{Kind, RecommendOptions, Recommendation, lint, recommend};

use crate::profiles;

fn title(chart: &Recommendation) -> String {
    match &chart.spec.view.title {
        Some(ViewTitle::Styled(title)) => {
            let lines = [&title.text, &title.subtitle];
            lines
                .into_iter()
                .flatten()
                .map(|lines| lines.joined())
                .collect::<Vec<_>>()
                .join(" | ")
        }
        _ => String::new(),
    }
}

#[test]
fn every_table_gets_legal_charts() {
    for profile in [
        profiles::sales(),
        profiles::survey(),
        profiles::geography(),
        profiles::wide(9),
        profiles::wide(500),
        profiles::prose(),
        profiles::ids(),
        profiles::panel(),
    ] {
        let charts = recommend(&profile, &RecommendOptions::default());
        assert!(!charts.is_empty());
        for chart in charts {
            let hard: Vec<_> = lint(&chart.spec, &profile)
                .into_iter()
                .filter(|v| v.kind == Kind::Hard)
                .collect();
            assert_eq!(hard, [], "{}", title(&chart));
            assert!(!chart.reasons.is_empty(), "{}", title(&chart));
        }
    }
}
