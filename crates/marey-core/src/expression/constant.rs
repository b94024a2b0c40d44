//! Numbers with a name.

use std::f64::consts;

/// The number a name stands for.
pub(super) fn number(name: &str) -> Option<f64> {
    Some(match name {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        "E" => consts::E,
        "LN2" => consts::LN_2,
        "LN10" => consts::LN_10,
        "LOG2E" => consts::LOG2_E,
        "LOG10E" => consts::LOG10_E,
        "PI" => consts::PI,
        "SQRT1_2" => consts::FRAC_1_SQRT_2,
        "SQRT2" => consts::SQRT_2,
        // JavaScript counts the smallest denormal.
        "MIN_VALUE" => 5e-324,
        "MAX_VALUE" => f64::MAX,
        _ => return None,
    })
}
