//! Hartigan's dip: how far a sample is from having one peak.
//!
//! J. A. Hartigan and P. M. Hartigan, *The Dip Test of Unimodality*, Annals of Statistics 13 (1985);
//! the algorithm is that of P. M. Hartigan, AS 217 (1985), written anew.

/// The dip of sorted values: the largest distance between their distribution function and the
/// nearest unimodal one. At least 1 / (2 n); `None` for fewer than 4 values or no spread.
pub(crate) fn dip(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    let (first, last) = (sorted.first()?, sorted.last()?);
    if n < 4 || first >= last {
        return None;
    }
    let to_left = minorant_links(sorted);
    let to_right = majorant_links(sorted);
    let (mut low, mut high) = (0, n - 1);
    let mut dip = 1.0_f64;
    // Each round narrows the modal interval, so there are fewer rounds than values.
    for _ in 0..n {
        let minorant = follow_down(&to_left, high, low);
        let majorant = follow_up(&to_right, low, high);
        let widest = widest_gap(sorted, &minorant, &majorant);
        if widest.gap < dip {
            break;
        }
        let below = minorant.windows(2).take_while(|pair| pair[1] <= widest.low);
        let above = majorant.windows(2).skip_while(|pair| pair[0] < widest.high);
        let left = below.map(|pair| gap_above_chord(sorted, pair[0], pair[1]));
        let right = above.map(|pair| gap_below_chord(sorted, pair[0], pair[1]));
        dip = left.chain(right).fold(dip, f64::max);
        if widest.low == low && widest.high == high {
            break;
        }
        (low, high) = (widest.low, widest.high);
    }
    Some(dip / (2.0 * n as f64))
}

/// P(dip >= this) for `n` uniform values, the hardest unimodal case.
///
/// The law of `sqrt(n) dip` from 20,000 to 400,000 simulated samples per size, sizes 10 to 10,000;
/// between and beyond sizes and quantiles by interpolation, the tail as exp(-c x^2).
pub(crate) fn dip_upper(dip: f64, n: usize) -> f64 {
    let x = dip * (n as f64).sqrt();
    let size = (n.clamp(10, 10_000) as f64).ln();
    let after = SIZES
        .iter()
        .position(|known| known.ln() >= size)
        .unwrap_or(SIZES.len() - 1);
    let before = after.saturating_sub(1);
    let span = SIZES[after].ln() - SIZES[before].ln();
    let part = if span > 0.0 {
        (size - SIZES[before].ln()) / span
    } else {
        0.0
    };
    let quantiles: Vec<f64> = (0..LEVELS.len())
        .map(|i| QUANTILES[before][i] + part * (QUANTILES[after][i] - QUANTILES[before][i]))
        .collect();
    super::certain(level_at(x, &quantiles))
}

/// Sizes of which the law of the dip is known.
const SIZES: [f64; 9] = [10.0, 20.0, 40.0, 80.0, 160.0, 400.0, 1000.0, 2500.0, 10_000.0];

/// Upper tail probabilities of the quantiles below.
const LEVELS: [f64; 7] = [0.5, 0.2, 0.1, 0.05, 0.01, 0.001, 0.0001];

/// Quantiles of sqrt(n) dip of uniform samples, a row per size.
const QUANTILES: [[f64; 7]; 9] = [
    [0.3091, 0.3756, 0.4126, 0.4416, 0.5045, 0.5703, 0.6135],
    [0.3282, 0.3951, 0.4349, 0.4708, 0.5413, 0.6222, 0.6899],
    [0.3419, 0.4113, 0.4538, 0.4915, 0.5652, 0.6540, 0.7293],
    [0.3522, 0.4236, 0.4676, 0.5072, 0.5870, 0.6841, 0.7691],
    [0.3598, 0.4328, 0.4778, 0.5181, 0.6001, 0.6943, 0.7790],
    [0.3666, 0.4410, 0.4870, 0.5282, 0.6123, 0.7135, 0.8068],
    [0.3711, 0.4465, 0.4923, 0.5340, 0.6187, 0.7212, 0.8120],
    [0.3740, 0.4496, 0.4960, 0.5372, 0.6224, 0.7293, 0.8268],
    [0.3772, 0.4530, 0.4997, 0.5435, 0.6260, 0.7320, 0.8330],
];

/// Log-linear in x^2 between known quantiles, and on in the last known direction.
fn level_at(x: f64, quantiles: &[f64]) -> f64 {
    if x <= quantiles[0] {
        return 1.0;
    }
    let after = quantiles.iter().position(|known| *known >= x);
    let to = after.unwrap_or(quantiles.len() - 1);
    // Beyond the table, the slope over its last decade.
    let from = if after.is_none() {
        quantiles.len() - 3
    } else {
        to - 1
    };
    let (a, b) = (quantiles[from], quantiles[to]);
    let slope = (LEVELS[to].ln() - LEVELS[from].ln()) / (b * b - a * a);
    (LEVELS[to].ln() + slope * (x * x - b * b)).exp()
}

/// A widest vertical gap between the two hulls, and the modal interval it leaves.
struct Gap {
    gap: f64,
    low: usize,
    high: usize,
}

/// For each value the vertex before it on the greatest convex minorant of the points so far.
fn minorant_links(x: &[f64]) -> Vec<usize> {
    let mut links = vec![0; x.len()];
    for j in 1..x.len() {
        let mut at = j - 1;
        while at != 0 {
            let before = links[at];
            let (run, step) = ((j - at) as f64, (at - before) as f64);
            if (x[j] - x[at]) * step < (x[at] - x[before]) * run {
                break;
            }
            at = before;
        }
        links[j] = at;
    }
    links
}

/// For each value the vertex after it on the least concave majorant of the points from here on.
fn majorant_links(x: &[f64]) -> Vec<usize> {
    let last = x.len() - 1;
    let mut links = vec![last; x.len()];
    for k in (0..last).rev() {
        let mut at = k + 1;
        while at != last {
            let after = links[at];
            let (run, step) = ((at - k) as f64, (after - at) as f64);
            if (x[at] - x[k]) * step < (x[after] - x[at]) * run {
                break;
            }
            at = after;
        }
        links[k] = at;
    }
    links
}

/// Vertices from `low` up to `high`, following links downwards.
fn follow_down(links: &[usize], high: usize, low: usize) -> Vec<usize> {
    let mut vertices = vec![high];
    let mut at = high;
    while at > low {
        at = links[at].max(low);
        vertices.push(at);
    }
    vertices.reverse();
    vertices
}

/// Vertices from `low` up to `high`, following links upwards.
fn follow_up(links: &[usize], low: usize, high: usize) -> Vec<usize> {
    let mut vertices = vec![low];
    let mut at = low;
    while at < high {
        at = links[at].min(high);
        vertices.push(at);
    }
    vertices
}

/// The widest gap between majorant (one above the points) and minorant, at a vertex of either.
fn widest_gap(x: &[f64], minorant: &[usize], majorant: &[usize]) -> Gap {
    let mut widest = Gap {
        gap: 0.0,
        low: minorant[0],
        high: *majorant.last().unwrap_or(&0),
    };
    let (mut i, mut j) = (0, 0);
    for &vertex in minorant {
        while j + 1 < majorant.len() - 1 && majorant[j + 1] < vertex {
            j += 1;
        }
        let (Some(&a), Some(&b)) = (majorant.get(j), majorant.get(j + 1)) else {
            continue;
        };
        let gap = height(x, a, b, vertex) + 1.0 - vertex as f64;
        if gap > widest.gap {
            widest = Gap {
                gap,
                low: vertex,
                high: b,
            };
        }
    }
    for &vertex in majorant {
        while i + 1 < minorant.len() - 1 && minorant[i + 1] <= vertex {
            i += 1;
        }
        let (Some(&a), Some(&b)) = (minorant.get(i), minorant.get(i + 1)) else {
            continue;
        };
        let gap = vertex as f64 + 1.0 - height(x, a, b, vertex);
        if gap > widest.gap {
            widest = Gap {
                gap,
                low: a,
                high: vertex,
            };
        }
    }
    widest
}

/// Height of the chord between two points at the place of a third.
fn height(x: &[f64], a: usize, b: usize, at: usize) -> f64 {
    let run = x[b] - x[a];
    if run <= 0.0 {
        return a as f64;
    }
    a as f64 + (x[at] - x[a]) / run * (b - a) as f64
}

/// How far the upper corners of the steps rise above a chord of the minorant.
fn gap_above_chord(x: &[f64], from: usize, to: usize) -> f64 {
    (from..=to)
        .map(|j| j as f64 + 1.0 - height(x, from, to, j))
        .fold(1.0, f64::max)
}

/// How far the lower corners of the steps fall below a chord of the majorant.
fn gap_below_chord(x: &[f64], from: usize, to: usize) -> f64 {
    (from..=to)
        .map(|j| height(x, from, to, j) + 1.0 - j as f64)
        .fold(1.0, f64::max)
}
