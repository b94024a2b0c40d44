//! Clusters of two measures by k-means, to find the directions in which they lie apart.

/// Most rounds of k-means.
const ROUNDS: usize = 20;

/// Half the width of a strip, as share of the distance between two centres.
const STRIP: f64 = 0.35;

/// For two and for three clusters, the points in the strip between each pair of centres, along it:
/// where the clusters are real, such a strip has two peaks.
///
/// A strip of a log-concave cloud has one peak, wherever it lies (Prekopa 1973), so that the dip keeps
/// its null though the strip was chosen with the points in view.
pub(crate) fn strips(u: &[f64], v: &[f64]) -> Vec<Vec<f64>> {
    let mut strips = Vec::new();
    for k in [2, 3] {
        let (centres, _) = k_means(u, v, k);
        for a in 0..k {
            for b in a + 1..k {
                strips.push(strip(u, v, centres[a], centres[b]));
            }
        }
    }
    strips
}

/// Most clusters that are told apart.
const MOST: usize = 5;
/// Half the width of the places whose points are counted along a strip.
const REACH: f64 = 0.15;

/// Which cluster each point belongs to, and how many there are: the most, up to five, of which every two
/// have fewer than half as many points half way between them as about either centre. None where not even two
/// are so far apart.
pub(crate) fn clusters(u: &[f64], v: &[f64]) -> Option<(usize, Vec<usize>)> {
    let found = (2..=MOST).rev().map(|k| (k, k_means(u, v, k)));
    let mut apart = found.filter(|(_, (centres, labels))| {
        let filled = |at: usize| labels.iter().filter(|label| **label == at).count() * 50 >= labels.len();
        (0..centres.len()).all(filled) && are_apart(u, v, centres)
    });
    apart.next().map(|(k, (_, labels))| (k, labels))
}

fn are_apart(u: &[f64], v: &[f64], centres: &[(f64, f64)]) -> bool {
    let pairs = (0..centres.len()).flat_map(|a| (a + 1..centres.len()).map(move |b| (a, b)));
    pairs.into_iter().all(|(a, b)| {
        let strip = strip(u, v, centres[a], centres[b]);
        let about = |place: f64| strip.iter().filter(|at| (**at - place).abs() < REACH).count();
        2 * about(0.5) < about(0.0).min(about(1.0))
    })
}

/// The points in the strip between two centres, along it: 0 at the first, 1 at the second.
fn strip(u: &[f64], v: &[f64], from: (f64, f64), to: (f64, f64)) -> Vec<f64> {
    let (du, dv) = (to.0 - from.0, to.1 - from.1);
    let square = (du * du + dv * dv).max(1e-300);
    let along = |(u, v): (&f64, &f64)| {
        let (u, v) = (u - from.0, v - from.1);
        let beside = (v * du - u * dv).abs() / square;
        (beside < STRIP).then(|| (u * du + v * dv) / square)
    };
    u.iter().zip(v).filter_map(along).collect()
}

/// Lloyd's k-means from a start that depends on the points alone: the middle, then the point farthest
/// from all centres so far among those within the usual range.
pub(crate) fn k_means(u: &[f64], v: &[f64], k: usize) -> (Vec<(f64, f64)>, Vec<usize>) {
    let points = || u.iter().copied().zip(v.iter().copied());
    let mut centres = starts(u, v, k);
    let mut labels = vec![0; u.len()];
    for _ in 0..ROUNDS {
        let mut sums = vec![(0.0, 0.0, 0.0); k];
        let mut moved = false;
        for (point, label) in points().zip(labels.iter_mut()) {
            let near = nearest(&centres, point);
            moved |= near != *label;
            *label = near;
            let sum = &mut sums[near];
            *sum = (sum.0 + 1.0, sum.1 + point.0, sum.2 + point.1);
        }
        for (centre, (n, u, v)) in centres.iter_mut().zip(sums) {
            if n > 0.0 {
                *centre = (u / n, v / n);
            }
        }
        if !moved {
            break;
        }
    }
    (centres, labels)
}

fn starts(u: &[f64], v: &[f64], k: usize) -> Vec<(f64, f64)> {
    // Points within three quartile ranges of the middle, so that no start is an outlier.
    let usual = |at: &usize| u[*at].abs() < 2.0 && v[*at].abs() < 2.0;
    let step = (u.len() / 500).max(1);
    let candidates: Vec<usize> = (0..u.len()).step_by(step).filter(usual).collect();
    let mut centres: Vec<(f64, f64)> = Vec::new();
    let mut from = vec![(0.0, 0.0)];
    for _ in 0..k {
        let far = |at: &usize| {
            from.iter()
                .map(|(x, y)| (u[*at] - x).powi(2) + (v[*at] - y).powi(2))
                .fold(f64::INFINITY, f64::min)
        };
        let next = candidates.iter().max_by(|a, b| far(a).total_cmp(&far(b)));
        let centre = next.map_or((0.0, 0.0), |at| (u[*at], v[*at]));
        centres.push(centre);
        from.clone_from(&centres);
    }
    centres
}

fn nearest(centres: &[(f64, f64)], (u, v): (f64, f64)) -> usize {
    let distance = |at: &usize| (centres[*at].0 - u).powi(2) + (centres[*at].1 - v).powi(2);
    (0..centres.len())
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points about centres, by sums of twelve scrambled numbers.
    fn about(centres: &[(f64, f64)]) -> (Vec<f64>, Vec<f64>) {
        let normal = |seed: u64| -> f64 {
            let uniform = |at: u64| crate::column::scrambled(seed * 12 + at) as f64 / u64::MAX as f64;
            (0..12).map(uniform).sum::<f64>() - 6.0
        };
        let point = |at: u64| {
            let (u, v) = centres[at as usize % centres.len()];
            (u + 0.3 * normal(2 * at), v + 0.3 * normal(2 * at + 1))
        };
        (0..900).map(point).unzip()
    }

    #[test]
    fn clusters_are_counted() {
        for centres in [
            vec![(-1.5, 0.0), (1.5, 0.0)],
            vec![(-1.5, -1.0), (1.5, -1.0), (0.0, 1.5)],
            vec![(-1.5, -1.5), (1.5, -1.5), (-1.5, 1.5), (1.5, 1.5)],
        ] {
            let (u, v) = about(&centres);
            assert_eq!(clusters(&u, &v).map(|(k, _)| k), Some(centres.len()));
        }
        let (u, v) = about(&[(0.0, 0.0)]);
        assert_eq!(clusters(&u, &v), None);
    }
}
