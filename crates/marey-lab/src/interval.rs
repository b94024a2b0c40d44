//! Intervals by resampling groups.
//!
//! Items of one group resemble each other (columns of one portal are made by one office), so whole
//! groups are drawn with replacement, not items: the percentile bootstrap over clusters, Field and
//! Welsh, "Bootstrapping clustered data", J. R. Stat. Soc. B 69 (2007).

/// Groups are drawn so many times.
const DRAWS: usize = 1000;

/// An interval that holds the middle 95 % of the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The interval of a figure over groups of items; none where the figure is undefined throughout or
/// there are fewer than two groups.
///
/// The figure is computed from the items of the drawn groups, a group drawn twice counted twice.
/// The same seed gives the same interval.
pub fn clustered<T>(
    groups: &[Vec<T>],
    seed: u64,
    figure: impl Fn(&mut dyn Iterator<Item = &T>) -> Option<f64>,
) -> Option<Interval> {
    if groups.len() < 2 {
        return None;
    }
    let mut state = seed;
    let mut figures: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            let drawn: Vec<&Vec<T>> = (0..groups.len())
                .filter_map(|_| groups.get((split_mix(&mut state) % groups.len() as u64) as usize))
                .collect();
            figure(&mut drawn.into_iter().flatten())
        })
        .filter(|figure| figure.is_finite())
        .collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: f64| figures.get(((figures.len() as f64 - 1.0) * share).round().max(0.0) as usize);
    Some(Interval {
        low: *at(0.025)?,
        high: *at(0.975)?,
    })
}

/// The next number of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(items: &mut dyn Iterator<Item = &f64>) -> Option<f64> {
        let (sum, n) = items.fold((0.0, 0.0), |(sum, n), item| (sum + item, n + 1.0));
        (n > 0.0).then(|| sum / n)
    }

    #[test]
    fn groups_that_differ_widen_the_interval() {
        let alike: Vec<Vec<f64>> = (0..20).map(|_| vec![0.0, 1.0]).collect();
        let apart: Vec<Vec<f64>> = (0..20).map(|i| vec![f64::from(i % 2); 2]).collect();
        let alike = clustered(&alike, 1, mean).unwrap();
        let apart = clustered(&apart, 1, mean).unwrap();
        assert_eq!((alike.low, alike.high), (0.5, 0.5));
        // Twenty draws of 0 or 1: the standard deviation of the mean is 0.11.
        assert!((apart.high - apart.low - 4.0 * 0.11).abs() < 0.12, "{apart:?}");
    }

    #[test]
    fn one_group_has_no_interval_and_a_seed_gives_the_same() {
        assert_eq!(clustered(&[vec![1.0]], 1, mean), None);
        let groups: Vec<Vec<f64>> = (0..9).map(|i| vec![f64::from(i * i).sin()]).collect();
        assert_eq!(clustered(&groups, 7, mean), clustered(&groups, 7, mean));
        assert_ne!(clustered(&groups, 7, mean), clustered(&groups, 8, mean));
    }
}
