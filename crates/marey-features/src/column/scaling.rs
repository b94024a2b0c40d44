//! Scales that bring any number into -1 to 1.

/// The sign of a number with the logarithm of its size, 1 at a billion: `sgn(x) ln(1 + |x|) / ln(1 + 1e9)`.
pub(super) fn signed_log(x: f64) -> f64 {
    x.signum() * x.abs().ln_1p() / 1e9_f64.ln_1p()
}

/// The logarithm of a count, 1 at a billion.
pub(super) fn log_count(count: u64) -> f64 {
    signed_log(count as f64)
}

/// A part of a whole, 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// 1 for yes, 0 for no.
pub(super) fn yes(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}
