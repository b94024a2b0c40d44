//! Lists whose charts differ: maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998).

use super::Judged;

/// The first `top` of a list, each chosen for its probability and for what it has not in common with
/// those before it.
///
/// `diversity` says how much the latter counts, from 0 (nothing: the list as it is) to 1. The most probable
/// chart stays first. Charts are alike by their mark, and by the columns that they show (Jaccard, 1901).
pub fn diverse(charts: Vec<Judged>, top: usize, diversity: f64) -> Vec<Judged> {
    let mut left = charts;
    if diversity <= 0.0 {
        left.truncate(top);
        return left;
    }
    let most = left
        .iter()
        .map(|chart| chart.probability)
        .fold(f64::MIN_POSITIVE, f64::max);
    let mut chosen: Vec<Judged> = Vec::new();
    while chosen.len() < top && !left.is_empty() {
        let worth = |chart: &Judged| {
            let near = chosen
                .iter()
                .map(|other| likeness(chart, other))
                .fold(0.0, f64::max);
            (1.0 - diversity) * chart.probability / most - diversity * near
        };
        let best = (0..left.len()).reduce(|best, at| {
            if worth(&left[at]) > worth(&left[best]) {
                at
            } else {
                best
            }
        });
        let Some(best) = best else { break };
        chosen.push(left.remove(best));
    }
    chosen
}

/// How alike two charts are, 0 to 1.
fn likeness(a: &Judged, b: &Judged) -> f64 {
    let (a, b) = (&a.written.chart, &b.written.chart);
    let (ours, theirs) = (a.columns(), b.columns());
    let both = ours.iter().filter(|column| theirs.contains(column)).count();
    let either = ours.len() + theirs.len() - both;
    let columns = match either {
        0 => 1.0,
        either => both as f64 / either as f64,
    };
    (f64::from(u8::from(a.mark == b.mark)) + columns) / 2.0
}
