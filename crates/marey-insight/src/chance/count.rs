//! Exact tails of counts.

use statrs::function::{
    beta::checked_beta_reg,
    gamma::{checked_gamma_lr, ln_gamma},
};

use super::certain;

/// P(X >= k) for a binomial X of `n` trials.
pub(crate) fn binomial_upper(k: u64, n: u64, probability: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if k > n {
        return 0.0;
    }
    certain(checked_beta_reg(k as f64, (n - k) as f64 + 1.0, probability).unwrap_or(1.0))
}

/// P(X >= k) for a Poisson X.
pub(crate) fn poisson_upper(k: u64, mean: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    certain(checked_gamma_lr(k as f64, mean).unwrap_or(1.0))
}

/// Twice the smaller tail, the count itself included, of drawing `k` marked ones among `drawn`
/// from `all` of which `marked` are marked (Fisher's exact test, doubled).
pub(crate) fn hypergeometric_two_sided(k: u64, all: u64, marked: u64, drawn: u64) -> f64 {
    let least = (marked + drawn).saturating_sub(all);
    let most = marked.min(drawn);
    if all == 0 || k < least || k > most {
        return 1.0;
    }
    let mean = marked as f64 * drawn as f64 / all as f64;
    let first = ln_choose(marked, k) + ln_choose(all - marked, drawn - k) - ln_choose(all, drawn);
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut at = k;
    let upwards = k as f64 >= mean;
    while (upwards && at < most) || (!upwards && at > least) {
        term *= if upwards {
            ((marked - at) as f64 * (drawn - at) as f64)
                / ((at + 1) as f64 * ((all + at + 1) - marked - drawn) as f64)
        } else {
            (at as f64 * ((all + at) - marked - drawn) as f64)
                / ((marked - at + 1) as f64 * (drawn - at + 1) as f64)
        };
        sum += term;
        at = if upwards { at + 1 } else { at - 1 };
        if term < sum * 1e-12 {
            break;
        }
    }
    certain(2.0 * (first + sum.ln()).exp())
}

fn ln_choose(n: u64, k: u64) -> f64 {
    if k == 0 || k == n {
        return 0.0;
    }
    let (n, k) = (n as f64, k as f64);
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
}
