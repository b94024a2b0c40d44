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
                let (du, dv) = (centres[b].0 - centres[a].0, centres[b].1 - centres[a].1);
                let square = du * du + dv * dv;
                let along = |(u, v): (&f64, &f64)| {
                    let (u, v) = (u - centres[a].0, v - centres[a].1);
                    let beside = (v * du - u * dv).abs() / square.max(1e-300);
                    (beside < STRIP).then(|| (u * du + v * dv) / square.max(1e-300))
                };
                strips.push(u.iter().zip(v).filter_map(along).collect());
            }
        }
    }
    strips
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
