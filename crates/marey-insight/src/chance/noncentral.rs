//! The noncentral chi-square distribution, which statrs lacks.

use statrs::function::gamma::{checked_gamma_lr, ln_gamma};

use super::certain;

/// P(X <= x) for a noncentral chi-square X, as a Poisson mixture of central ones, summed outwards
/// from the mixture's middle until terms no longer count.
pub(crate) fn noncentral_chi_square_below(x: f64, freedom: f64, noncentrality: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let half = noncentrality / 2.0;
    let middle = half.floor();
    let term = |j: f64| {
        let weight = if half > 0.0 {
            (j * half.ln() - half - ln_gamma(j + 1.0)).exp()
        } else {
            f64::from(u8::from(j == 0.0))
        };
        weight * checked_gamma_lr(freedom / 2.0 + j, x / 2.0).unwrap_or(1.0)
    };
    let reach = 12.0 * half.sqrt() + 40.0;
    let low = (middle - reach).max(0.0);
    let mut sum = 0.0;
    let mut j = low;
    while j <= middle + reach {
        sum += term(j);
        j += 1.0;
    }
    certain(sum)
}
