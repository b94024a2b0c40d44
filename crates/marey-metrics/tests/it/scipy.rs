//! Figures that scipy, numpy and statsmodels give (`scipy_fixtures.py` writes them to `scipy.json`).

use marey_metrics::{
    calibration::auroc,
    statistics::{Bootstrap, PairedGroup, Tally, compare_paired, holm, quantile},
};
use serde_json::Value;

fn fixtures(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("scipy.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

fn close(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found} instead of {expected}"
    );
}

#[test]
fn quantiles_are_numpys() {
    for case in fixtures("quantiles") {
        let sorted = numbers(&case["sorted"]);
        for (share, expected) in numbers(&case["shares"])
            .into_iter()
            .zip(numbers(&case["expected"]))
        {
            close(quantile(&sorted, share).unwrap(), expected, 1e-10);
        }
    }
}

#[test]
fn corrected_p_values_are_those_of_statsmodels() {
    for case in fixtures("holm") {
        for (found, expected) in holm(&numbers(&case["p"]))
            .into_iter()
            .zip(numbers(&case["expected"]))
        {
            close(found, expected, 1e-10);
        }
    }
}

#[test]
fn exact_p_values_are_those_of_scipys_permutation_test() {
    for case in fixtures("sign_flips") {
        let groups: Vec<PairedGroup> = numbers(&case["sums"])
            .into_iter()
            .map(|sum| PairedGroup {
                scores: vec![(sum, 0.0)],
            })
            .collect();
        let comparison = compare_paired(&groups, &Bootstrap::default()).unwrap();
        close(comparison.p, case["p"].as_f64().unwrap(), 1e-12);
    }
}

#[test]
fn plain_percentile_intervals_are_those_of_scipy_but_for_the_draws() {
    let plain = Bootstrap {
        draws: 20_000,
        expanded: false,
        ..Bootstrap::default()
    };
    for case in fixtures("bootstrap") {
        let groups: Vec<Tally> = numbers(&case["scores"])
            .into_iter()
            .map(|score| [score].into_iter().collect())
            .collect();
        let interval = plain.mean(&groups).unwrap();
        // The error of a 2.5 % quantile of 20,000 normal draws is 0.019 of their deviation.
        let within = 0.06 * case["error"].as_f64().unwrap();
        close(interval.low, case["low"].as_f64().unwrap(), within);
        close(interval.high, case["high"].as_f64().unwrap(), within);
    }
}

#[test]
fn widened_tails_are_those_of_scipys_distributions() {
    for case in fixtures("tails") {
        let groups = usize::try_from(case["groups"].as_u64().unwrap()).unwrap();
        close(
            Bootstrap::default().tail(groups),
            case["expected"].as_f64().unwrap(),
            1e-9,
        );
    }
}

#[test]
fn the_area_under_the_curve_is_the_mann_whitney_statistic() {
    for case in fixtures("auroc") {
        let right = case["right"]
            .as_array()
            .unwrap()
            .iter()
            .map(|right| right.as_bool().unwrap());
        let judged: Vec<(f64, bool)> = numbers(&case["p"]).into_iter().zip(right).collect();
        close(auroc(&judged).unwrap(), case["expected"].as_f64().unwrap(), 1e-12);
    }
}
