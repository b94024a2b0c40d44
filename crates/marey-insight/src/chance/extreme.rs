//! Tails of suprema: the best of many dependent looks.

use super::{certain, normal_two_sided};

/// P(sup |B(t)| / sqrt(t (1 - t)) > x) over trim <= t <= 1 - trim for a Brownian bridge B: the null
/// of the best split of a series into two levels.
///
/// Vostrikova (1981), as in Csorgo and Horvath, *Limit Theorems in Change-Point Analysis* (1997),
/// eq. 1.3.26; an expansion for large x, kept between one look and certainty for small x.
pub(crate) fn step_upper(x: f64, trim: f64) -> f64 {
    if !x.is_finite() || x < 1.0 {
        return 1.0;
    }
    let spread = ((1.0 - trim) * (1.0 - trim) / (trim * trim)).ln();
    let tail = x * (-x * x / 2.0).exp() / (std::f64::consts::PI / 2.0).sqrt()
        * (0.5 * (1.0 - 1.0 / (x * x)) * spread + 2.0 / (x * x));
    certain(tail.max(normal_two_sided(x)))
}

/// P(largest squared singular value > x) of a matrix of independent standard normals.
///
/// The expected Euler characteristic of the excursion set of `u' E v` over a product of spheres
/// (Kuriki and Takemura 2001; Adler and Taylor, *Random Fields and Geometry*, 2007, theorem 15.9.4):
/// exact in the tail, above 1 near the centre, where it is cut.
pub(crate) fn largest_root_upper(x: f64, rows: usize, columns: usize) -> f64 {
    if rows == 0 || columns == 0 || x <= 0.0 {
        return 1.0;
    }
    // Below the centre of the law the expansion need not fall; no evidence lies there.
    let centre = ((rows as f64).sqrt() + (columns as f64).sqrt()).powi(2) - 1.0;
    if rows.min(columns) > 1 && x < centre {
        return 1.0;
    }
    let root = x.sqrt();
    let (a, b) = (sphere_curvatures(rows), sphere_curvatures(columns));
    let densities = characteristic_densities(root, a.len() + b.len());
    let mut expected = 0.0;
    for (i, a) in a.iter().enumerate() {
        for (j, b) in b.iter().enumerate() {
            expected += a * b * densities[i + j];
        }
    }
    certain(expected / 2.0)
}

/// Lipschitz-Killing curvatures of the unit sphere in a space of some dimension.
fn sphere_curvatures(space: usize) -> Vec<f64> {
    let dimension = space - 1;
    let surface = |k: usize| {
        let half = k as f64 / 2.0;
        2.0 * std::f64::consts::PI.powf(half) / statrs::function::gamma::gamma(half)
    };
    (0..=dimension)
        .map(|j| {
            if (dimension - j) % 2 == 1 {
                return 0.0;
            }
            2.0 * choose(dimension, j) * surface(dimension + 1) / surface(dimension + 1 - j)
        })
        .collect()
}

fn choose(n: usize, k: usize) -> f64 {
    (1..=k).map(|i| (n - k + i) as f64 / i as f64).product()
}

/// Euler characteristic densities of a unit Gaussian field at a level: the tail, then Hermite
/// polynomials times the normal density.
fn characteristic_densities(level: f64, count: usize) -> Vec<f64> {
    let tau = std::f64::consts::TAU;
    let mut densities = vec![super::normal_upper(level)];
    let (mut before, mut hermite) = (0.0, 1.0);
    for j in 1..count {
        let scale = tau.powf(-(j as f64 + 1.0) / 2.0) * (-level * level / 2.0).exp();
        densities.push(scale * hermite);
        let next = level * hermite - (j as f64 - 1.0) * before;
        (before, hermite) = (hermite, next);
    }
    densities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_root_agrees_with_simulation() {
        // 100,000 to 300,000 draws each.
        for (rows, columns, x, p) in [
            (1, 4, 18.241, 1e-3),
            (2, 2, 17.032, 1e-3),
            (3, 3, 17.143, 1e-2),
            (5, 5, 32.868, 1e-3),
            (5, 8, 39.694, 1e-3),
            (3, 20, 47.53, 1e-2),
        ] {
            let found = largest_root_upper(x, rows, columns);
            assert!(
                (found / p - 1.0).abs() < 0.12,
                "{rows} x {columns}: {found} for {p}"
            );
        }
    }

    #[test]
    fn the_best_step_agrees_with_simulation_or_errs_upwards() {
        for (x, p) in [(3.0, 0.05255), (3.5, 0.01255), (4.0, 0.0023)] {
            let found = step_upper(x, 0.1);
            assert!(found >= p && found < 1.15 * p, "{x}: {found} for {p}");
        }
    }
}
