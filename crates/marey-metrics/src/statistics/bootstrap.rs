//! Intervals by drawing whole groups with replacement.

use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::{Generator, quantile};

/// An interval that holds the true figure in a stated share of repetitions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// How intervals are drawn.
///
/// The percentile bootstrap over clusters (Field and Welsh, *Bootstrapping clustered data*, J. R.
/// Stat. Soc. B 69, 2007). With `expanded`, the percentiles are moved outwards so that they fit a
/// t distribution with one degree of freedom less than there are groups, times `sqrt(n / (n - 1))`
/// (Hesterberg, *What Teachers Should Know About the Bootstrap*, 2015, section 3.3): plain
/// percentiles are too narrow for few groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Groups are drawn so many times.
    pub draws: usize,
    /// Share of repetitions in which the interval holds the truth, 0 to 1.
    pub level: f64,
    /// Where the random numbers start.
    pub seed: u64,
    /// Whether the interval is widened for small numbers of groups.
    pub expanded: bool,
}

impl Default for Bootstrap {
    /// 1,000 draws, 95 %, widened.
    fn default() -> Self {
        Self {
            draws: 1000,
            level: 0.95,
            seed: 0x004d_4152_4559,
            expanded: true,
        }
    }
}

/// What a group adds to a mean: the sum of its items' scores and their number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Sum of the scores.
    pub sum: f64,
    /// Number of items.
    pub n: f64,
}

impl FromIterator<f64> for Tally {
    fn from_iter<I: IntoIterator<Item = f64>>(scores: I) -> Self {
        scores.into_iter().fold(Self::default(), |tally, score| Self {
            sum: tally.sum + score,
            n: tally.n + 1.0,
        })
    }
}

impl Bootstrap {
    /// The interval of the mean over all items, from each group's tally.
    ///
    /// None with fewer than two groups, where no draw holds an item, or where a figure is not finite.
    ///
    /// ```
    /// use marey_metrics::statistics::{Bootstrap, Tally};
    ///
    /// let groups: Vec<Tally> = (0..40)
    ///     .map(|group| [0.0, 1.0, f64::from(group % 2)].into_iter().collect())
    ///     .collect();
    /// let interval = Bootstrap::default().mean(&groups).unwrap();
    /// assert!(interval.low < 0.5 && 0.5 < interval.high);
    /// assert_eq!(Bootstrap::default().mean(&groups[..1]), None);
    /// ```
    pub fn mean(&self, groups: &[Tally]) -> Option<Interval> {
        self.figure(groups.len(), |drawn| {
            let (sum, n) = drawn.iter().fold((0.0, 0.0), |(sum, n), &group| {
                (sum + groups[group].sum, n + groups[group].n)
            });
            (n > 0.0).then(|| sum / n)
        })
    }

    /// The interval of the mean of the groups' means: every group counts alike.
    pub fn macro_mean(&self, groups: &[Tally]) -> Option<Interval> {
        let means: Vec<Tally> = groups
            .iter()
            .filter(|group| group.n > 0.0)
            .map(|group| Tally {
                sum: group.sum / group.n,
                n: 1.0,
            })
            .collect();
        self.mean(&means)
    }

    /// The interval of any figure over groups. `figure` is given the positions of the drawn groups,
    /// a group drawn twice twice, and returns none where it is undefined; such draws are left out.
    ///
    /// None with fewer than two groups or where the figure is undefined in every draw. The result
    /// does not depend on the number of threads.
    pub fn figure(&self, groups: usize, figure: impl Fn(&[usize]) -> Option<f64> + Sync) -> Option<Interval> {
        if groups < 2 {
            return None;
        }
        let mut figures: Vec<f64> = (0..self.draws)
            .into_par_iter()
            .map_init(
                || vec![0; groups],
                |drawn, draw| {
                    let mut generator = Generator::for_place(self.seed, draw as u64);
                    drawn.fill_with(|| generator.below(groups));
                    figure(drawn)
                },
            )
            .flatten()
            .filter(|figure| figure.is_finite())
            .collect();
        figures.sort_by(f64::total_cmp);
        let tail = self.tail(groups);
        Some(Interval {
            low: quantile(&figures, tail)?,
            high: quantile(&figures, 1.0 - tail)?,
        })
    }

    /// The share of draws that lies beyond each end of the interval, for a number of groups.
    pub fn tail(&self, groups: usize) -> f64 {
        let plain = (1.0 - self.level.clamp(0.0, 1.0)) / 2.0;
        if !self.expanded || plain <= 0.0 {
            return plain;
        }
        let n = groups as f64;
        let wide = StudentsT::new(0.0, 1.0, n - 1.0).map(|t| t.inverse_cdf(plain));
        match (wide, Normal::new(0.0, 1.0)) {
            (Ok(wide), Ok(normal)) => normal.cdf(wide * (n / (n - 1.0)).sqrt()),
            _ => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tallies(scores: &[&[f64]]) -> Vec<Tally> {
        scores
            .iter()
            .map(|group| group.iter().copied().collect())
            .collect()
    }

    #[test]
    fn groups_that_differ_widen_the_interval() {
        let plain = Bootstrap {
            expanded: false,
            ..Bootstrap::default()
        };
        let alike = plain.mean(&tallies(&[&[0.0, 1.0][..]; 20])).unwrap();
        assert_eq!((alike.low, alike.high), (0.5, 0.5));
        let apart: Vec<Tally> = (0..20)
            .map(|i| [f64::from(i % 2); 2].into_iter().collect())
            .collect();
        let apart = plain.mean(&apart).unwrap();
        // Twenty draws of 0 or 1: the standard deviation of the mean is 0.112, the width 3.92 of it.
        assert!((apart.high - apart.low - 3.92 * 0.112).abs() < 0.06, "{apart:?}");
    }

    #[test]
    fn few_groups_are_given_wider_intervals() {
        let groups = tallies(&[&[0.1], &[0.5], &[0.9], &[0.4], &[0.7]]);
        let wide = Bootstrap::default().mean(&groups).unwrap();
        let plain = Bootstrap {
            expanded: false,
            ..Bootstrap::default()
        }
        .mean(&groups)
        .unwrap();
        assert!(
            wide.low < plain.low && plain.high < wide.high,
            "{wide:?} {plain:?}"
        );
    }

    #[test]
    fn the_mean_of_means_counts_groups_alike() {
        let groups = tallies(&[&[1.0], &[0.0; 99]]);
        let plain = Bootstrap {
            expanded: false,
            ..Bootstrap::default()
        };
        // Draws hold the small group not at all, once or twice: 0, 0.5 or 1.
        let interval = plain.macro_mean(&groups).unwrap();
        assert_eq!((interval.low, interval.high), (0.0, 1.0));
    }

    #[test]
    fn a_seed_gives_the_same_interval_on_any_number_of_threads() {
        let groups = tallies(&[&[0.1], &[0.5], &[0.9], &[0.4]]);
        let of = |threads, seed| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| {
                Bootstrap {
                    seed,
                    ..Bootstrap::default()
                }
                .mean(&groups)
            })
        };
        assert_eq!(of(1, 3), of(4, 3));
        assert_ne!(of(1, 3), of(1, 4));
    }

    #[test]
    fn nothing_to_draw_gives_no_interval() {
        assert_eq!(Bootstrap::default().mean(&[]), None);
        assert_eq!(Bootstrap::default().mean(&tallies(&[&[1.0]])), None);
        assert_eq!(Bootstrap::default().mean(&tallies(&[&[], &[]])), None);
        assert_eq!(
            Bootstrap::default().mean(&tallies(&[&[f64::NAN], &[f64::NAN]])),
            None
        );
    }
}
