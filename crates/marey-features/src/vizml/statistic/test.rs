//! Statistical tests: a statistic and the probability of one as large by chance.

use statrs::function::{beta::beta_reg, gamma::gamma_ur};

use super::describe::mean;

/// A statistic with its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tested {
    pub(crate) statistic: f64,
    pub(crate) p: f64,
}

/// The omnibus test of normality of D'Agostino and Pearson (*Tests for departure from normality*,
/// 1973), from skewness (D'Agostino 1970) and kurtosis (Anscombe and Glynn 1983); none for fewer
/// than eight numbers or numbers that do not vary.
pub(crate) fn normality(moments: &[f64; 11], n: usize) -> Option<Tested> {
    if n < 8 || moments[2] <= 0.0 {
        return None;
    }
    let statistic = skewness_score(moments, n as f64).powi(2) + kurtosis_score(moments, n as f64).powi(2);
    // The chi-squared distribution with two degrees of freedom is exponential.
    statistic.is_finite().then(|| Tested {
        statistic,
        p: (-statistic / 2.0).exp(),
    })
}

fn skewness_score(moments: &[f64; 11], n: f64) -> f64 {
    let skewness = moments[3] / moments[2].powf(1.5);
    let y = skewness * ((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0))).sqrt();
    let beta = 3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0)
        / ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0));
    let w = -1.0 + (2.0 * (beta - 1.0)).sqrt();
    let delta = 1.0 / (0.5 * w.ln()).sqrt();
    let alpha = (2.0 / (w - 1.0)).sqrt();
    let y = if y == 0.0 { 1.0 } else { y };
    delta * (y / alpha).asinh()
}

fn kurtosis_score(moments: &[f64; 11], n: f64) -> f64 {
    let kurtosis = moments[4] / (moments[2] * moments[2]);
    let expected = 3.0 * (n - 1.0) / (n + 1.0);
    let variance = 24.0 * n * (n - 2.0) * (n - 3.0) / ((n + 1.0).powi(2) * (n + 3.0) * (n + 5.0));
    let x = (kurtosis - expected) / variance.sqrt();
    let root_beta = 6.0 * (n * n - 5.0 * n + 2.0) / ((n + 7.0) * (n + 9.0))
        * (6.0 * (n + 3.0) * (n + 5.0) / (n * (n - 2.0) * (n - 3.0))).sqrt();
    let a = 6.0 + 8.0 / root_beta * (2.0 / root_beta + (1.0 + 4.0 / (root_beta * root_beta)).sqrt());
    let term = 2.0 / (9.0 * a);
    let denominator = 1.0 + x * (2.0 / (a - 4.0)).sqrt();
    let cube = ((1.0 - 2.0 / a) / denominator.abs()).cbrt() * denominator.signum();
    (1.0 - term - cube) / term.sqrt()
}

/// The two-sided p-value of Pearson's r of `n` pairs, of numbers that are normal and independent;
/// 1 for two pairs.
pub(crate) fn correlation_p(r: f64, n: usize) -> f64 {
    if n <= 2 {
        return 1.0;
    }
    beta_reg(n as f64 / 2.0 - 1.0, 0.5, (1.0 - r * r).clamp(0.0, 1.0))
}

/// Largest product of sample sizes for which the Kolmogorov-Smirnov test counts paths.
const MOST_PATHS: usize = 1_000_000;

/// The two-sample Kolmogorov-Smirnov test of sorted numbers; none where one has none.
///
/// The p-value is exact for equally many numbers (the closed sum of Gnedenko and Korolyuk, 1951; Hodges,
/// *The significance probability of the Smirnov two-sample test*, 1958, section 2) and where the
/// product of the sizes is at most a million (paths are counted, Hodges, section 4); else asymptotic
/// with the correction of Stephens (1970).
pub(crate) fn kolmogorov_smirnov(a: &[f64], b: &[f64]) -> Option<Tested> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (n, m) = (a.len(), b.len());
    // The largest distance in units of 1 / (n m), a whole number.
    let mut largest = 0_u64;
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let next = a[i].min(b[j]);
        while i < n && a[i] == next {
            i += 1;
        }
        while j < m && b[j] == next {
            j += 1;
        }
        largest = largest.max((i as u64 * m as u64).abs_diff(j as u64 * n as u64));
    }
    let statistic = largest as f64 / (n as f64 * m as f64);
    let p = if largest == 0 {
        1.0
    } else if n == m {
        square_p(n, (largest / n as u64) as usize)
    } else if n * m <= MOST_PATHS {
        path_p(n, m, largest)
    } else {
        asymptotic_p(statistic, n as f64, m as f64)
    };
    Some(Tested {
        statistic,
        p: p.clamp(0.0, 1.0),
    })
}

/// The probability of a distance of `h / n` or more between two samples of `n`:
/// `2 Σ (-1)^(k+1) C(2n, n - kh) / C(2n, n)`.
fn square_p(n: usize, h: usize) -> f64 {
    let mut p = 0.0;
    for k in (1..=n / h).rev() {
        // The quotient of the binomials k h and (k - 1) h from the middle.
        let (from, to) = ((k - 1) * h, k * h);
        let quotient: f64 = (from..to).map(|j| (n - j) as f64 / (n + j + 1) as f64).product();
        p = quotient * (1.0 - p);
    }
    2.0 * p
}

/// The probability of a distance of `largest / (n m)` or more: one less the share of the lattice
/// paths from corner to corner that keep within it.
fn path_p(n: usize, m: usize, largest: u64) -> f64 {
    let is_inside = |i: usize, j: usize| (i as u64 * m as u64).abs_diff(j as u64 * n as u64) < largest;
    // Chance that a random path comes through (i, j) and has kept inside; a path at (i, j) goes on to
    // i + 1 with the chance (n - i) / (n - i + m - j).
    let mut row = vec![0.0; m + 1];
    row[0] = 1.0;
    for j in 1..=m {
        let along = (m - j + 1) as f64 / (n + m - j + 1) as f64;
        row[j] = if is_inside(0, j) { row[j - 1] * along } else { 0.0 };
    }
    for i in 1..=n {
        for j in 0..=m {
            let down = row[j] * (n - i + 1) as f64 / (n - i + 1 + m - j) as f64;
            let along = if j == 0 {
                0.0
            } else {
                row[j - 1] * (m - j + 1) as f64 / (n - i + m - j + 1) as f64
            };
            row[j] = if is_inside(i, j) { down + along } else { 0.0 };
        }
    }
    1.0 - row[m]
}

fn asymptotic_p(statistic: f64, n: f64, m: f64) -> f64 {
    let size = (n * m / (n + m)).sqrt();
    let x = (size + 0.12 + 0.11 / size) * statistic;
    let mut sum = 0.0;
    for k in 1..=100 {
        let term = (-2.0 * f64::from(k * k) * x * x).exp();
        sum += if k % 2 == 1 { term } else { -term };
        if term < 1e-16 {
            break;
        }
    }
    2.0 * sum
}

/// Pearson's chi-squared test of independence of a table of counts, row by row, with the
/// continuity correction of Yates (1934) for tables of two by two; none without two rows and columns
/// of which each has a count.
pub(crate) fn chi_squared(counts: &[u64], columns: usize) -> Option<Tested> {
    let rows = counts.len().checked_div(columns)?;
    let row_sums: Vec<f64> = counts
        .chunks(columns)
        .map(|row| row.iter().sum::<u64>() as f64)
        .collect();
    let column_sums: Vec<f64> = (0..columns)
        .map(|column| counts.iter().skip(column).step_by(columns).sum::<u64>() as f64)
        .collect();
    let all: f64 = row_sums.iter().sum();
    if rows < 2 || columns < 2 || row_sums.iter().chain(&column_sums).any(|sum| *sum == 0.0) {
        return None;
    }
    let freedom = (rows - 1) * (columns - 1);
    let mut statistic = 0.0;
    for (at, count) in counts.iter().enumerate() {
        let expected = row_sums[at / columns] * column_sums[at % columns] / all;
        let distance = (*count as f64 - expected).abs();
        let corrected = if freedom == 1 {
            distance - distance.min(0.5)
        } else {
            distance
        };
        statistic += corrected * corrected / expected;
    }
    let p = if statistic == 0.0 {
        1.0
    } else {
        gamma_ur(freedom as f64 / 2.0, statistic / 2.0)
    };
    Some(Tested { statistic, p })
}

/// One-way analysis of variance of numbers in groups (Fisher 1925); none for fewer than two groups, as
/// many groups as numbers, or numbers that do not vary. Without variance within the groups the
/// statistic is infinite, and the result none.
pub(crate) fn one_way_anova(groups: &[Vec<f64>]) -> Option<Tested> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let n: usize = groups.iter().map(|group| group.len()).sum();
    let k = groups.len();
    if k < 2 || n <= k {
        return None;
    }
    let sum: f64 = groups.iter().flat_map(|group| group.iter()).sum();
    let middle = sum / n as f64;
    let (mut between, mut within) = (0.0, 0.0);
    for group in groups {
        let own = mean(group);
        between += group.len() as f64 * (own - middle) * (own - middle);
        within += group
            .iter()
            .map(|number| (number - own) * (number - own))
            .sum::<f64>();
    }
    if within <= 0.0 {
        return None;
    }
    let (between_freedom, within_freedom) = ((k - 1) as f64, (n - k) as f64);
    let statistic = (between / between_freedom) / (within / within_freedom);
    let x = within / (within + between);
    let p = beta_reg(within_freedom / 2.0, between_freedom / 2.0, x.clamp(0.0, 1.0));
    statistic.is_finite().then_some(Tested { statistic, p })
}

#[cfg(test)]
mod tests {
    //! The expected values were computed with scipy 1.17.

    use super::{super::describe::central_moments, *};

    const NORMALITY: (f64, f64) = (16.07182294941915, 0.0003236294159524757);
    const KS_UNEQUAL: (f64, f64) = (0.35714285714285715, 0.5602118469765528);
    const KS_EQUAL: (f64, f64) = (0.2857142857142857, 0.9627039627039629);
    const CHI_SQUARED: (f64, f64) = (0.27157465150403504, 0.873028283380073);
    const YATES: (f64, f64) = (15.104375000000001, 0.00010172725719770824);
    const ANOVA: (f64, f64) = (2.4841622989669827, 0.11931455863818165);
    const CORRELATION_P: f64 = 0.14111328125;

    fn near(found: Option<Tested>, statistic: f64, p: f64) {
        let found = found.unwrap();
        assert!((found.statistic / statistic - 1.0).abs() < 1e-9, "{found:?}");
        assert!((found.p / p - 1.0).abs() < 1e-9, "{found:?}");
    }

    fn tested(numbers: &[f64]) -> Option<Tested> {
        normality(&central_moments(numbers, mean(numbers)), numbers.len())
    }

    #[test]
    fn tests_agree_with_scipy() {
        let a = [2.0, 4.0, 4.5, 7.0, 8.0, 9.5, 11.0, 30.0, 12.0, 3.0];
        let b = [1.0, 3.0, 5.0, 5.0, 6.0, 7.0, 14.0];
        near(tested(&a), NORMALITY.0, NORMALITY.1);
        let sorted = |numbers: &[f64]| {
            let mut numbers = numbers.to_vec();
            numbers.sort_by(f64::total_cmp);
            numbers
        };
        near(
            kolmogorov_smirnov(&sorted(&a), &sorted(&b)),
            KS_UNEQUAL.0,
            KS_UNEQUAL.1,
        );
        near(
            kolmogorov_smirnov(&sorted(&a)[..7], &sorted(&b)),
            KS_EQUAL.0,
            KS_EQUAL.1,
        );
        near(
            chi_squared(&[10, 20, 30, 6, 9, 17], 3),
            CHI_SQUARED.0,
            CHI_SQUARED.1,
        );
        near(chi_squared(&[10, 20, 30, 6], 2), YATES.0, YATES.1);
        near(
            one_way_anova(&[a[..4].to_vec(), a[4..].to_vec(), b.to_vec()]),
            ANOVA.0,
            ANOVA.1,
        );
        assert!((correlation_p(0.5, 10) / CORRELATION_P - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_tested_has_no_result() {
        assert_eq!(tested(&[1.0; 20]), None);
        assert_eq!(tested(&[1.0, 2.0, 3.0]), None);
        assert_eq!(kolmogorov_smirnov(&[], &[1.0]), None);
        assert_eq!(chi_squared(&[1, 2, 3], 3), None);
        assert_eq!(chi_squared(&[], 0), None);
        assert_eq!(one_way_anova(&[vec![1.0, 1.0], vec![2.0, 2.0]]), None);
        assert_eq!(one_way_anova(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(correlation_p(0.9, 2), 1.0);
    }

    #[test]
    fn paths_and_the_closed_sum_agree() {
        for n in [3, 8, 20] {
            for h in 1..=n {
                let (closed, counted) = (square_p(n, h), path_p(n, n, (h * n) as u64));
                assert!((closed - counted).abs() < 1e-12, "{n} {h}: {closed} {counted}");
            }
        }
    }
}
