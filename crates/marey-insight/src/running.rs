//! [`Running`]: a summary that goes on where it stopped, so that appended rows cost no more than
//! themselves.

use std::collections::BTreeMap;

use crate::{Summary, column::Dimension};

/// Least number of values kept about a median.
const LEAST_WINDOW: usize = 256;

/// What is known of a summary after some rows.
#[derive(Debug, Clone)]
pub(crate) enum Running {
    /// A count.
    Count(f64),
    /// Moments and extremes of one column.
    One(Moments),
    /// Moments of two columns.
    Two(Joint),
    /// Sums of two columns per bucket of time: values, sum, values, sum.
    Buckets(BTreeMap<i64, [f64; 4]>),
    /// Moments of two columns per category.
    Within(Vec<Joint>),
    /// Which categories were seen.
    Seen(Vec<bool>),
    /// The values about the median.
    Middle(Window),
}

impl Running {
    /// The beginning of a summary; none for summaries that need all rows at once.
    pub fn of(summary: &Summary) -> Option<Self> {
        Some(match summary {
            Summary::Rows | Summary::Values(_) | Summary::Missing(_) | Summary::Multiples(..) => {
                Self::Count(0.0)
            }
            Summary::Distinct(_) => Self::Seen(Vec::new()),
            Summary::Sum(_)
            | Summary::Mean(_)
            | Summary::Deviation(_)
            | Summary::Least(_)
            | Summary::Greatest(_) => Self::One(Moments::default()),
            Summary::Median(_) => Self::Middle(Window::default()),
            Summary::Correlation(..) | Summary::SlopePerDay(..) | Summary::SlopeError(..) => {
                Self::Two(Joint::default())
            }
            Summary::WithinCorrelation(..) => Self::Within(Vec::new()),
            Summary::BucketCorrelation(..) | Summary::Buckets(..) => Self::Buckets(BTreeMap::new()),
            Summary::RankCorrelation(..) | Summary::RepeatedRows => return None,
        })
    }

    /// The number so far; `None` where it is undefined, or where too many rows came to know it.
    pub fn value(&self, summary: &Summary) -> Option<f64> {
        match self {
            Self::Count(count) => Some(*count),
            Self::Seen(seen) => Some(seen.iter().filter(|seen| **seen).count() as f64),
            Self::One(moments) => moments.value(summary),
            Self::Two(joint) => match summary {
                Summary::SlopePerDay(..) => joint.slope(),
                Summary::SlopeError(..) => joint.slope_error(),
                _ => joint.correlation(),
            },
            Self::Within(groups) => {
                let mut pooled = Joint::default();
                for group in groups {
                    pooled.xx += group.xx;
                    pooled.yy += group.yy;
                    pooled.xy += group.xy;
                }
                pooled.correlation()
            }
            Self::Buckets(sums) => {
                let mut joint = Joint::default();
                for [n, x, m, y] in sums.values() {
                    if *n >= 3.0 && *m >= 3.0 {
                        joint.add(x / n, y / m);
                    }
                }
                match summary {
                    Summary::Buckets(..) => Some(joint.n),
                    _ => joint.correlation(),
                }
            }
            Self::Middle(window) => window.median(),
        }
    }

    /// Whether the number can no longer be told from what was kept, and all rows are needed again.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Middle(window) if window.is_lost())
    }
}

/// Moments of one column, updated value by value (Welford 1962).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    n: f64,
    sum: f64,
    mean: f64,
    square: f64,
    least: f64,
    greatest: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self {
            n: 0.0,
            sum: 0.0,
            mean: 0.0,
            square: 0.0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
        }
    }
}

impl Moments {
    pub fn add(&mut self, x: f64) {
        self.n += 1.0;
        self.sum += x;
        let before = x - self.mean;
        self.mean += before / self.n;
        self.square += before * (x - self.mean);
        self.least = self.least.min(x);
        self.greatest = self.greatest.max(x);
    }

    fn value(&self, summary: &Summary) -> Option<f64> {
        match summary {
            Summary::Sum(_) if self.n > 0.0 => Some(self.sum),
            Summary::Mean(_) if self.n > 0.0 => Some(self.sum / self.n),
            Summary::Deviation(_) if self.n > 1.0 => Some((self.square / (self.n - 1.0)).sqrt()),
            Summary::Least(_) if self.n > 0.0 => Some(self.least),
            Summary::Greatest(_) if self.n > 0.0 => Some(self.greatest),
            _ => None,
        }
    }
}

/// Moments of two columns, updated row by row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Joint {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Joint {
    pub fn add(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        let (dx, dy) = (x - self.x, y - self.y);
        self.x += dx / self.n;
        self.y += dy / self.n;
        self.xx += dx * (x - self.x);
        self.yy += dy * (y - self.y);
        self.xy += dx * (y - self.y);
    }

    pub fn correlation(&self) -> Option<f64> {
        (self.xx > 0.0 && self.yy > 0.0).then(|| self.xy / (self.xx * self.yy).sqrt())
    }

    /// Standard error of the slope.
    fn slope_error(&self) -> Option<f64> {
        let left = self.yy - self.slope()? * self.xy;
        (self.n > 2.0).then(|| (left.max(0.0) / (self.n - 2.0) / self.xx).sqrt())
    }

    fn slope(&self) -> Option<f64> {
        (self.xx > 0.0).then(|| self.xy / self.xx)
    }
}

/// The sorted values about the middle of a column, and how many lie on either side of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Window {
    below: usize,
    values: Vec<f64>,
    above: usize,
}

impl Window {
    /// Adds values. The first ones are sorted whole, and what lies far from their middle is only counted.
    pub fn add(&mut self, fresh: impl Iterator<Item = f64>) {
        let is_first = self.values.is_empty();
        for x in fresh {
            match (self.values.first(), self.values.last()) {
                (Some(first), _) if !is_first && x < *first => self.below += 1,
                (_, Some(last)) if !is_first && x > *last => self.above += 1,
                _ if is_first => self.values.push(x),
                _ => {
                    let at = self.values.partition_point(|known| *known <= x);
                    self.values.insert(at, x);
                }
            }
        }
        if is_first {
            self.values.sort_unstable_by(f64::total_cmp);
            let n = self.values.len();
            let reach = (n / 50).max(LEAST_WINDOW);
            let (from, to) = ((n / 2).saturating_sub(reach), (n / 2 + reach).min(n));
            self.below = from;
            self.above = n - to;
            self.values.truncate(to);
            self.values.drain(..from);
        }
    }

    fn middle(&self) -> (usize, usize) {
        let n = self.below + self.values.len() + self.above;
        (n.saturating_sub(1) / 2, n / 2)
    }

    fn median(&self) -> Option<f64> {
        let (low, high) = self.middle();
        let of = |rank: usize| self.values.get(rank.checked_sub(self.below)?).copied();
        Some((of(low)? + of(high)?) / 2.0)
    }

    fn is_lost(&self) -> bool {
        !self.values.is_empty() && self.median().is_none()
    }
}

/// Differences from the means of categories are pooled by keeping moments per category.
pub(crate) fn add_within(groups: &mut Vec<Joint>, by: &Dimension, row: usize, x: f64, y: f64) {
    if groups.len() < by.len() {
        groups.resize(by.len(), Joint::default());
    }
    if let Some(group) = groups.get_mut(by.codes[row] as usize) {
        group.add(x, y);
    }
}
