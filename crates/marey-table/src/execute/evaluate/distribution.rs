//! Normal, log-normal and uniform distributions.

use std::f64::consts::{PI, SQRT_2};

use marey_core::expression::Function;

use super::super::value::Value;

/// Density of the standard normal distribution.
pub(crate) fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// Share of the standard normal distribution below a value.
///
/// After G. West, "Better Approximations to Cumulative Normal Functions" (Wilmott, 2009), the
/// formula Vega uses.
pub(crate) fn normal_cumulative(z: f64) -> f64 {
    const ABOVE: [f64; 7] = [
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376,
    ];
    const BELOW: [f64; 8] = [
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752,
    ];
    let size = z.abs();
    let tail = if size > 37.0 {
        0.0
    } else {
        let weight = (-size * size / 2.0).exp();
        if size < 7.071_067_811_865_47 {
            weight * polynomial(&ABOVE, size) / polynomial(&BELOW, size)
        } else {
            let fraction = [4.0, 3.0, 2.0, 1.0]
                .iter()
                .fold(size + 0.65, |sum, term| size + term / sum);
            weight / fraction / 2.506_628_274_631
        }
    };
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// A polynomial with the coefficient of the highest power first.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// Quantile of the standard normal distribution; NaN outside 0 to 1.
fn normal_quantile(share: f64) -> f64 {
    if (0.0..=1.0).contains(&share) {
        SQRT_2 * inverse_error(2.0 * share - 1.0)
    } else {
        f64::NAN
    }
}

/// Inverse error function in double precision after M. Giles, "Approximating the erfinv function"
/// (GPU Computing Gems 2, 2010).
fn inverse_error(x: f64) -> f64 {
    const CENTRE: [f64; 23] = [
        -3.64441206401782e-21,
        -1.6850591381820166e-19,
        1.28584807152564e-18,
        1.1157877678025181e-17,
        -1.333171662854621e-16,
        2.0972767875968562e-17,
        6.637638134358324e-15,
        -4.054566272975207e-14,
        -8.151934197605472e-14,
        2.6335093153082323e-12,
        -1.2975133253453532e-11,
        -5.415412054294628e-11,
        1.0512122733215323e-09,
        -4.112633980346984e-09,
        -2.9070369957882005e-08,
        4.2347877827932404e-07,
        -1.3654692000834679e-06,
        -1.3882523362786469e-05,
        0.00018673420803405714,
        -0.000740702534166267,
        -0.006033670871430149,
        0.24015818242558962,
        1.6536545626831027,
    ];
    const MIDDLE: [f64; 19] = [
        2.2137376921775787e-09,
        9.075656193888539e-08,
        -2.7517406297064545e-07,
        1.8239629214389228e-08,
        1.5027403968909828e-06,
        -4.013867526981546e-06,
        2.9234449089955446e-06,
        1.2475304481671779e-05,
        -4.7318229009055734e-05,
        6.828485145957318e-05,
        2.4031110387097894e-05,
        -0.0003550375203628475,
        0.0009532893797373805,
        -0.0016882755560235047,
        0.002491442096107851,
        -0.003751208507569241,
        0.005370914553590064,
        1.0052589676941592,
        3.0838856104922208,
    ];
    const TAIL: [f64; 17] = [
        -2.7109920616438573e-11,
        -2.555641816996525e-10,
        1.5076572693500548e-09,
        -3.789465440126737e-09,
        7.61570120807834e-09,
        -1.496002662714924e-08,
        2.914795345090108e-08,
        -6.771199775845234e-08,
        2.2900482228026655e-07,
        -9.9298272942317e-07,
        4.526062597223154e-06,
        -1.968177810553167e-05,
        7.599527703001776e-05,
        -0.00021503011930044477,
        -0.00013871931833623122,
        1.0103004648645344,
        4.849906401408584,
    ];
    // As a product: `1 - x * x` would lose digits near the ends.
    let w = -((1.0 - x) * (1.0 + x)).ln();
    let slope = if w < 6.25 {
        polynomial(&CENTRE, w - 3.125)
    } else if w < 16.0 {
        polynomial(&MIDDLE, w.sqrt() - 3.25)
    } else if w.is_finite() {
        polynomial(&TAIL, w.sqrt() - 5.0)
    } else {
        f64::INFINITY
    };
    slope * x
}

/// Functions of distributions.
pub(super) fn function(function: Function, values: &[Value]) -> Option<Value> {
    let value = values.first()?.to_number();
    let parameter = |index: usize, default: f64| match values.get(index) {
        None | Some(Value::Null) => default,
        Some(value) => value.to_number(),
    };
    let (mean, deviation) = (parameter(1, 0.0), parameter(2, 1.0));
    let (low, high) = if values.len() < 3 {
        (0.0, parameter(1, 1.0))
    } else {
        (parameter(1, 0.0), parameter(2, 1.0))
    };
    let z = (value - mean) / deviation;
    let log_z = (value.ln() - mean) / deviation;
    let number = match function {
        Function::CumulativeNormal => normal_cumulative(z),
        Function::DensityNormal => normal_density(z) / deviation,
        Function::QuantileNormal => mean + deviation * normal_quantile(value),
        Function::CumulativeLogNormal => normal_cumulative(log_z),
        Function::DensityLogNormal if value <= 0.0 => 0.0,
        Function::DensityLogNormal => normal_density(log_z) / (deviation * value),
        Function::QuantileLogNormal => (mean + deviation * normal_quantile(value)).exp(),
        Function::CumulativeUniform => ((value - low) / (high - low)).clamp(0.0, 1.0),
        Function::DensityUniform if (low..=high).contains(&value) => 1.0 / (high - low),
        Function::DensityUniform => 0.0,
        Function::QuantileUniform if (0.0..=1.0).contains(&value) => low + value * (high - low),
        Function::QuantileUniform => f64::NAN,
        _ => return None,
    };
    Some(Value::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are those of vega-statistics.
    #[test]
    fn normal_functions_agree_with_vega() {
        for (z, cumulative) in [
            (0.0, 0.5),
            (1.0, 0.841344746068543),
            (-8.0, 6.220960520142783e-16),
            (40.0, 1.0),
        ] {
            let found = normal_cumulative(z);
            assert!((found - cumulative).abs() <= 1e-9 * cumulative, "{z}: {found}");
        }
        for (share, quantile) in [(0.5, 0.0), (0.975, 1.959963984540054), (1e-9, -5.997807010584733)] {
            let found = normal_quantile(share);
            assert!((found - quantile).abs() < 1e-9, "{share}: {found}");
        }
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(1.5).is_nan());
    }
}
