//! How much rows resemble the rows before them, and what that costs a test.
//!
//! The rule: after line, step and season are taken out, the series is averaged over stretches of 1,
//! 4, 16, 64 ... rows and an autoregression is fitted to each (Levinson and Durbin; order by BIC).
//! Where no order above 0 is chosen, rows count as independent at that scale. Otherwise the variance
//! of a sum is that of its spectrum at the frequency that a test looks at (Berk 1974); the largest
//! over the scales counts. A series whose largest scale cannot be told from a random walk (Dickey and
//! Fuller's rho test) counts as one, and only its differences are tested.

/// Fewest stretches for which an autoregression is fitted.
const LEAST: usize = 30;
/// Highest order of an autoregression.
const MAX_ORDER: usize = 16;
/// Smallest n (1 - rho) of a series that is no walk. Dickey and Fuller's five per cent point with a
/// trend fitted is 21.8 (Fuller 1976); a step at the best place and waves taken off push it further, and so does
/// noise of single rows on top of a level that walks.
const WALK: f64 = 80.0;
/// Most rows for which the finest scale is single rows.
const FINE: usize = 1 << 17;

/// How a series depends on its past.
#[derive(Debug, Clone)]
pub(crate) struct Autoregression {
    /// Whether any dependence was found at any scale.
    pub any: bool,
    /// Whether the series cannot be told from a random walk.
    pub walks: bool,
    /// Variance of a mean over many rows, relative to independent rows; at least 1.
    pub inflation: f64,
    /// The fits that were kept, finest first.
    scales: Vec<Scale>,
}

/// The autoregression of one scale.
#[derive(Debug, Clone)]
struct Scale {
    /// Rows per stretch.
    rows: usize,
    coefficients: Vec<f64>,
    /// Variance of what the past does not tell, times rows, relative to the variance of a row.
    noise: f64,
}

impl Autoregression {
    /// Independent rows.
    pub fn none() -> Self {
        Self {
            any: false,
            walks: false,
            inflation: 1.0,
            scales: Vec::new(),
        }
    }

    /// Fits a series in order of time.
    pub fn fit(series: &[f64]) -> Self {
        let variance = variance(series);
        let mut fitted = Self::none();
        if variance <= 0.0 {
            return fitted;
        }
        let mut rows = 1;
        while series.len() / rows > FINE {
            rows *= 4;
        }
        while series.len() / rows >= LEAST {
            fitted.add_scale(series, rows, variance);
            rows *= 4;
        }
        fitted
    }

    fn add_scale(&mut self, series: &[f64], rows: usize, variance: f64) {
        let means: Vec<f64> = series
            .chunks_exact(rows)
            .map(|stretch| stretch.iter().sum::<f64>() / rows as f64)
            .collect();
        let fit = levinson(&means);
        let count = means.len() as f64;
        let ratio = fit.variance * rows as f64 / variance;
        if fit.coefficients.is_empty() {
            // No memory between stretches; there may be some within them.
            let deviations = (ratio - 1.0) / (2.0 / count).sqrt();
            if rows > 1 && deviations > 2.6 {
                self.any = true;
                self.inflation = self.inflation.max(ratio);
            }
            return;
        }
        let sum: f64 = fit.coefficients.iter().sum();
        let least = 2.0 / count;
        self.any = true;
        // A short series has memory by chance; it must have much of it to count as a walk.
        self.walks |= (1.0 - sum) * count < WALK.min(0.6 * count);
        let noise = fit.noise * rows as f64 / variance;
        self.inflation = self.inflation.max(noise / (1.0 - sum).max(least).powi(2));
        self.scales.push(Scale {
            rows,
            coefficients: fit.coefficients,
            noise,
        });
    }

    /// The same at a frequency, in cycles per row.
    pub fn inflation_at(&self, frequency: f64) -> f64 {
        let fine = self
            .scales
            .iter()
            .filter(|scale| frequency * scale.rows as f64 <= 0.25);
        let power = fine.map(|scale| {
            let angle = std::f64::consts::TAU * frequency * scale.rows as f64;
            let (mut real, mut imaginary) = (1.0, 0.0);
            for (lag, coefficient) in scale.coefficients.iter().enumerate() {
                let phase = angle * (lag as f64 + 1.0);
                real -= coefficient * phase.cos();
                imaginary += coefficient * phase.sin();
            }
            scale.noise / (real * real + imaginary * imaginary).max(1e-9)
        });
        power.fold(1.0, f64::max)
    }

    /// What the past does not tell of each value, by the finest fit; the first values, whose past is
    /// not known whole, are left out.
    pub fn innovations(&self, series: &[f64]) -> Vec<f64> {
        let coefficients = match self.scales.first() {
            Some(scale) if scale.rows == 1 => scale.coefficients.as_slice(),
            _ => &[],
        };
        innovations(series, coefficients)
    }
}

/// Values less what an autoregression foretells.
pub(crate) fn innovations(series: &[f64], coefficients: &[f64]) -> Vec<f64> {
    let order = coefficients.len();
    (order..series.len())
        .map(|at| {
            let told: f64 = coefficients
                .iter()
                .enumerate()
                .map(|(lag, c)| c * series[at - lag - 1])
                .sum();
            series[at] - told
        })
        .collect()
}

/// An autoregression by Levinson and Durbin.
pub(crate) struct Fit {
    pub coefficients: Vec<f64>,
    /// Variance of the series.
    pub variance: f64,
    /// Variance of what the past does not tell.
    pub noise: f64,
}

/// Fits orders 0 to 16 and keeps the one with the least BIC.
pub(crate) fn levinson(series: &[f64]) -> Fit {
    let n = series.len();
    let highest = MAX_ORDER.min(n / 8);
    let covariances = covariances(series, highest);
    let variance = covariances.first().copied().unwrap_or(0.0);
    let mut best = Fit {
        coefficients: Vec::new(),
        variance,
        noise: variance,
    };
    if variance <= 0.0 {
        return best;
    }
    let count = n as f64;
    let mut least = count * variance.ln();
    let mut coefficients: Vec<f64> = Vec::new();
    let mut noise = variance;
    for order in 1..=highest {
        let told: f64 = coefficients
            .iter()
            .enumerate()
            .map(|(lag, c)| c * covariances[order - 1 - lag])
            .sum();
        let partial = (covariances[order] - told) / noise;
        let reversed: Vec<f64> = coefficients.iter().rev().copied().collect();
        for (c, back) in coefficients.iter_mut().zip(reversed) {
            *c -= partial * back;
        }
        coefficients.push(partial);
        noise *= 1.0 - partial * partial;
        if noise <= variance * 1e-12 {
            break;
        }
        let criterion = count * noise.ln() + order as f64 * count.ln();
        if criterion < least {
            least = criterion;
            best = Fit {
                coefficients: coefficients.clone(),
                variance,
                noise,
            };
        }
    }
    best
}

/// Covariances of a series with its past, lags 0 to `highest`.
fn covariances(series: &[f64], highest: usize) -> Vec<f64> {
    let n = series.len().max(1) as f64;
    let mean = series.iter().sum::<f64>() / n;
    let centred: Vec<f64> = series.iter().map(|x| x - mean).collect();
    (0..=highest)
        .map(|lag| {
            let pairs = centred.iter().zip(centred.get(lag..).unwrap_or(&[]));
            pairs.map(|(a, b)| a * b).sum::<f64>() / n
        })
        .collect()
}

fn variance(series: &[f64]) -> f64 {
    covariances(series, 0).first().copied().unwrap_or(0.0)
}
