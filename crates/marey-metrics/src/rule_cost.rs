//! Costs by design rules. The rules are the caller's: what is given here are weights and counts.

/// Rule cost: the sum of the weights of broken soft rules times how far each is broken, 0 or more;
/// infinite where a hard rule is broken (Moritz et al., *Formalizing Visualization Design Knowledge
/// as Constraints*, IEEE TVCG 25, 2019, section 3).
///
/// ```
/// use marey_metrics::rule_cost;
///
/// assert_eq!(rule_cost(false, [(2.0, 1.0), (0.5, 3.0)]), 3.5);
/// assert_eq!(rule_cost(true, []), f64::INFINITY);
/// ```
pub fn rule_cost(breaks_hard_rule: bool, soft: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    if breaks_hard_rule {
        return f64::INFINITY;
    }
    soft.into_iter().map(|(weight, times)| weight * times).sum()
}

/// Regret: the cost of a chart less the least cost of a chart of the same columns, 0 or more.
///
/// The chart itself counts among the alternatives, so that regret is never negative; none where no
/// chart of these columns has a finite cost. A chart that breaks a hard rule has infinite regret.
pub fn regret(cost: f64, alternatives: impl IntoIterator<Item = f64>) -> Option<f64> {
    let least = alternatives
        .into_iter()
        .chain([cost])
        .fold(f64::INFINITY, f64::min);
    least.is_finite().then_some(cost - least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regret_is_what_a_better_chart_would_have_saved() {
        assert_eq!(regret(5.0, [3.0, 7.0]), Some(2.0));
        assert_eq!(regret(2.0, [3.0, 7.0]), Some(0.0));
        assert_eq!(regret(2.0, []), Some(0.0));
        assert_eq!(regret(f64::INFINITY, [3.0]), Some(f64::INFINITY));
        assert_eq!(regret(f64::INFINITY, [f64::INFINITY]), None);
        assert_eq!(rule_cost(false, []), 0.0);
    }
}
