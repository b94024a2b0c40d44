//! Tail probabilities: how often chance alone does as much.
//!
//! Every function returns a probability in 0 to 1 and answers 1 (no evidence) where its arguments
//! make no sense, so that a test can only err on the side of silence.

#[cfg(test)]
mod agreement;
mod count;
mod dip;
mod extreme;
mod noncentral;

pub(crate) use count::{binomial_upper, hypergeometric_two_sided, poisson_upper};
pub(crate) use dip::{dip, dip_upper};
pub(crate) use extreme::{largest_root_upper, step_upper};
pub(crate) use noncentral::noncentral_chi_square_below;

use statrs::function::{beta::checked_beta_reg, erf, gamma::checked_gamma_ur};

/// P(Z > z) for a standard normal Z.
pub(crate) fn normal_upper(z: f64) -> f64 {
    certain(0.5 * erf::erfc(z / std::f64::consts::SQRT_2))
}

/// P(|Z| > |z|).
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    certain(erf::erfc(z.abs() / std::f64::consts::SQRT_2))
}

/// The number below which a share of a standard normal lies; the share is kept inside (0, 1).
pub(crate) fn normal_quantile(share: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * share.clamp(1e-300, 1.0 - 1e-16))
}

/// P(|T| > |t|) for Student's T of any positive number of degrees of freedom.
pub(crate) fn student_two_sided(t: f64, freedom: f64) -> f64 {
    if freedom > 1e7 {
        return normal_two_sided(t);
    }
    let x = freedom / (freedom + t * t);
    certain(checked_beta_reg(freedom / 2.0, 0.5, x).unwrap_or(1.0))
}

/// P(F > f) for Fisher's F.
pub(crate) fn f_upper(f: f64, above: f64, below: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    if below > 1e7 {
        return chi_square_upper(f * above, above);
    }
    let x = below / (below + above * f);
    certain(checked_beta_reg(below / 2.0, above / 2.0, x).unwrap_or(1.0))
}

/// P(X > x) for chi-square.
pub(crate) fn chi_square_upper(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    certain(checked_gamma_ur(freedom / 2.0, x / 2.0).unwrap_or(1.0))
}

/// Two-sided p of a correlation over `n` independent pairs, `used` parameters fitted besides it.
pub(crate) fn correlation_two_sided(r: f64, n: f64, used: f64) -> f64 {
    let freedom = n - 2.0 - used;
    if freedom < 1.0 || !r.is_finite() {
        return 1.0;
    }
    let r = r.clamp(-1.0 + 1e-15, 1.0 - 1e-15);
    student_two_sided(r * (freedom / (1.0 - r * r)).sqrt(), freedom)
}

/// P(|S| >= |z|) for a standardised sum of some skewness: twice the tail of a Pearson type III law of that
/// skewness, where it is heavier than the normal one (Johnson, Kotz and Balakrishnan 1994, 12.4.3).
pub(crate) fn skewed_two_sided(z: f64, skewness: f64) -> f64 {
    let plain = normal_two_sided(z);
    // The tail on the other side is lighter than the normal one.
    if skewness.abs() < 0.01 || skewness * z <= 0.0 {
        return plain;
    }
    let shape = 4.0 / (skewness * skewness);
    let heavy = 2.0 * chi_square_upper(2.0 * (shape + z.abs() * shape.sqrt()), 2.0 * shape);
    certain(heavy.max(plain))
}

/// `count` looks, the best of which has `p` (Bonferroni).
pub(crate) fn best_of(p: f64, count: usize) -> f64 {
    (p * count as f64).min(1.0)
}

/// A probability; what is no number is taken for no evidence.
fn certain(p: f64) -> f64 {
    if p.is_nan() { 1.0 } else { p.clamp(0.0, 1.0) }
}
