//! Agreement with scipy: `tests/fixtures/distributions.json`, made by the script beside it.

use super::*;

/// Largest relative difference of a probability, or of a quantile.
const TOLERANCE: f64 = 1e-9;

fn value(of: &str, at: &[f64]) -> f64 {
    let whole = |i: usize| at[i] as u64;
    match of {
        "normal_upper" => normal_upper(at[0]),
        "normal_two_sided" => normal_two_sided(at[0]),
        "normal_quantile" => normal_quantile(at[0]),
        "student_two_sided" => student_two_sided(at[0], at[1]),
        "f_upper" => f_upper(at[0], at[1], at[2]),
        "chi_square_upper" => chi_square_upper(at[0], at[1]),
        "noncentral_chi_square_below" => noncentral_chi_square_below(at[0], at[1], at[2]),
        "binomial_upper" => binomial_upper(whole(0), whole(1), at[2]),
        "poisson_upper" => poisson_upper(whole(0), at[1]),
        "hypergeometric_two_sided" => hypergeometric_two_sided(whole(0), whole(1), whole(2), whole(3)),
        "correlation_two_sided" => correlation_two_sided(at[0], at[1], at[2]),
        other => panic!("no function `{other}`"),
    }
}

#[test]
fn tails_agree_with_scipy() {
    let fixtures: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/fixtures/distributions.json")).unwrap();
    assert!(fixtures.len() > 100);
    for fixture in &fixtures {
        let of = fixture["of"].as_str().unwrap();
        let at: Vec<f64> = serde_json::from_value(fixture["at"].clone()).unwrap();
        let (found, expected) = (value(of, &at), fixture["p"].as_f64().unwrap());
        assert!(
            (found - expected).abs() <= TOLERANCE * expected.abs() + 1e-300,
            "{of} {at:?}: {found:e} for {expected:e}"
        );
    }
}
