//! What holds for every metric: best on itself, in range, the same where it should be.

use marey_core::{ChartSpec, FieldName, spec::CanonicalOptions};
use marey_metrics::{
    ExecutionOptions, Hits, Template, calibration, canonical_match, column_score, components, diversity,
    edit_cost, effectiveness, execution_match, gold_assisted_match, ndcg_at, relative_token_distance,
    strict_match, tree_match, tree_similarity,
};
use marey_table::{
    Table,
    read::{ReadOptions, read},
};
use proptest::{prelude::*, sample::select};

fn table() -> Table {
    let csv = "city,kind,price,n\nRome,a,3,1\nOslo,a,4,2\nRome,b,6,3\nBern,b,1,4\nOslo,b,5,5\n";
    read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default())
        .unwrap()
        .value
}

/// Small charts of the table above as JSON, with members in a random order.
fn charts() -> impl Strategy<Value = ChartSpec> {
    let word = select(vec!["city", "kind"]);
    let value = select(vec![
        r#""aggregate":"count""#,
        r#""aggregate":"sum","field":"price""#,
        r#""aggregate":"mean","field":"n""#,
        r#""field":"n","type":"quantitative""#,
    ]);
    let sort = select(vec!["", r#","sort":"-y""#, r#","sort":"descending""#]);
    let color = select(vec!["", r#","color":{"field":"kind","type":"nominal"}"#]);
    let filter = select(vec!["", r#""transform":[{"filter":{"field":"n","gt":1}}],"#]);
    let mark = select(vec!["bar", "line", "point", "area"]);
    (mark, word, value, sort, color, filter, any::<bool>()).prop_map(
        |(mark, word, value, sort, color, filter, swapped)| {
            let (x, y) = (
                format!(r#""x":{{"field":"{word}","type":"nominal"{sort}}}"#),
                format!(r#""y":{{{value}}}"#),
            );
            let positions = if swapped {
                format!("{y},{x}")
            } else {
                format!("{x},{y}")
            };
            let json = format!(r#"{{{filter}"mark":"{mark}","encoding":{{{positions}{color}}}}}"#);
            ChartSpec::from_json_str(&json).unwrap().value
        },
    )
}

fn columns() -> Vec<FieldName> {
    ["city", "kind", "price", "n"].map(FieldName::new).into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_chart_is_best_on_itself(chart in charts()) {
        let options = CanonicalOptions::default();
        prop_assert!(strict_match(&chart, &chart) && canonical_match(&chart, &chart, &options));
        prop_assert!(tree_match(&chart, &chart));
        prop_assert_eq!(tree_similarity(&chart, &chart), Some(1.0));
        prop_assert!(components(&chart, &chart, &options).all());
        prop_assert_eq!(column_score(&chart, &chart, &columns(), false).f1, 1.0);
        prop_assert_eq!(relative_token_distance(&chart, &chart), Some(0.0));
        prop_assert_eq!(edit_cost(&chart, &chart), 0.0);
        prop_assert!(execution_match(&chart, &chart, &table(), &ExecutionOptions::default()).unwrap());
        prop_assert!(gold_assisted_match(&chart, &chart, &options, Template::Without));
    }

    #[test]
    fn stricter_metrics_imply_laxer_ones(a in charts(), b in charts()) {
        let options = CanonicalOptions::default();
        let canonical = canonical_match(&a, &b, &options);
        prop_assert!(!strict_match(&a, &b) || tree_match(&a, &b));
        prop_assert!(!tree_match(&a, &b) || canonical);
        prop_assert!(!canonical || components(&a, &b, &options).all());
        prop_assert!(!canonical || execution_match(&a, &b, &table(), &ExecutionOptions::default()).unwrap());
        let without = gold_assisted_match(&a, &b, &options, Template::Without);
        prop_assert!(!canonical || without);
        prop_assert!(!without || gold_assisted_match(&a, &b, &options, Template::With));
    }

    #[test]
    fn figures_stay_in_range_and_are_the_same_both_ways(a in charts(), b in charts()) {
        let similarity = tree_similarity(&a, &b).unwrap();
        prop_assert!((0.0..=1.0).contains(&similarity));
        prop_assert_eq!(Some(similarity), tree_similarity(&b, &a));
        prop_assert_eq!(similarity == 1.0, tree_match(&a, &b));
        let distance = relative_token_distance(&a, &b).unwrap();
        prop_assert!((0.0..=1.0).contains(&distance));
        prop_assert_eq!(Some(distance), relative_token_distance(&b, &a));
        prop_assert_eq!(edit_cost(&a, &b), edit_cost(&b, &a));
        let (there, back) = (column_score(&a, &b, &columns(), false), column_score(&b, &a, &columns(), false));
        prop_assert_eq!((there.precision, there.f1), (back.recall, back.f1));
        let diverse = diversity(&[a.clone(), b], 2).unwrap();
        prop_assert!((0.0..=1.0).contains(&diverse));
        prop_assert!((0.0..=1.0).contains(&effectiveness(&a, |_| 1.0).unwrap()));
    }

    #[test]
    fn execution_does_not_mind_the_order_of_rows(a in charts(), b in charts()) {
        let csv = "city,kind,price,n\nOslo,b,5,5\nBern,b,1,4\nRome,b,6,3\nOslo,a,4,2\nRome,a,3,1\n";
        let turned = read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap().value;
        let options = ExecutionOptions::default();
        prop_assert_eq!(
            execution_match(&a, &b, &table(), &options).unwrap(),
            execution_match(&a, &b, &turned, &options).unwrap()
        );
    }

    #[test]
    fn better_lists_never_score_worse(ranked in prop::collection::vec(0_u8..6, 0..6), golds in prop::collection::btree_set(0_u8..6, 1..5), k in 1_usize..6) {
        let golds: Vec<u8> = golds.into_iter().collect();
        let hits = Hits::of(&ranked, &golds, |a, b| a == b);
        let (recall, precision, f1) = (hits.recall_at(k).unwrap(), hits.precision_at(k), hits.f1_at(k).unwrap());
        for figure in [recall, precision, f1, hits.reciprocal_rank()] {
            prop_assert!((0.0..=1.0).contains(&figure));
        }
        prop_assert!(f1 <= recall.max(precision) + 1e-12 && f1 + 1e-12 >= recall.min(precision).min(f1));
        prop_assert!(hits.recall_at(k + 1).unwrap() >= recall);
        prop_assert_eq!(hits.hit_at(k), recall > 0.0);
        prop_assert_eq!(Hits::of(&golds, &golds, |a, b| a == b).f1_at(golds.len()), Some(1.0));
    }

    #[test]
    fn gains_are_best_in_order(mut grades in prop::collection::vec(0_u8..4, 1..8), k in 1_usize..8) {
        let given: Vec<f64> = grades.iter().map(|grade| f64::from(*grade)).collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        let best: Vec<f64> = grades.iter().map(|grade| f64::from(*grade)).collect();
        match ndcg_at(&given, &given, k) {
            Some(found) => {
                prop_assert!((0.0..=1.0).contains(&found));
                prop_assert!((ndcg_at(&best, &given, k).unwrap() - 1.0).abs() < 1e-12);
            }
            None => prop_assert!(given.iter().all(|grade| *grade == 0.0)),
        }
    }

    #[test]
    fn calibration_stays_in_range_whatever_the_order(mut judged in prop::collection::vec((0.0_f64..=1.0, any::<bool>()), 1..60)) {
        let figures = |judged: &[(f64, bool)]| {
            [
                calibration::expected_calibration_error(judged, 15).unwrap(),
                calibration::brier(judged).unwrap(),
                calibration::risk_coverage_area(judged).unwrap(),
                calibration::auroc(judged).unwrap_or(0.5),
            ]
        };
        let forth = figures(&judged);
        judged.reverse();
        for (forth, back) in forth.into_iter().zip(figures(&judged)) {
            prop_assert!((0.0..=1.0).contains(&forth) && (forth - back).abs() < 1e-9);
        }
        let certain: Vec<(f64, bool)> = judged.iter().map(|&(_, right)| (f64::from(u8::from(right)), right)).collect();
        prop_assert_eq!(figures(&certain)[..2].to_vec(), vec![0.0, 0.0]);
        prop_assert!(calibration::negative_log_likelihood(&certain).unwrap() < 1e-12);
    }
}
