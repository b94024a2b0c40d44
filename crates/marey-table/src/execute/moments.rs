//! [`Moments`]: mergeable sums over groups of numbers.

use rayon::prelude::*;

use super::{
    cells::{CHUNK, Cells, Numbers},
    keys::Groups,
};

/// Running sums of one group.
///
/// Within a chunk of rows the steps are those of Vega's aggregate (a running mean and squared
/// deviation after Welford), so that small tables give the same bits; chunks are merged after
/// Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm" (1979).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    /// Number of numbers.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// Their product.
    pub product: f64,
    /// Their mean.
    pub mean: f64,
    /// Sum of squared distances from the mean.
    pub deviation: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self {
            count: 0,
            sum: 0.0,
            product: 1.0,
            mean: 0.0,
            deviation: 0.0,
        }
    }
}

impl Moments {
    /// Takes in a number.
    #[inline]
    pub fn add(&mut self, number: f64) {
        self.count += 1;
        self.sum += number;
        self.product *= number;
        let distance = number - self.mean;
        self.mean += distance / self.count as f64;
        self.deviation += distance * (number - self.mean);
    }

    /// Takes out a number that was taken in before.
    pub fn remove(&mut self, number: f64) {
        self.count = self.count.saturating_sub(1);
        if self.count == 0 {
            *self = Self::default();
            return;
        }
        self.sum -= number;
        self.product /= number;
        let distance = number - self.mean;
        self.mean -= distance / self.count as f64;
        self.deviation -= distance * (number - self.mean);
    }

    fn merge(&mut self, later: &Moments) {
        if later.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = *later;
            return;
        }
        let (left, right) = (self.count as f64, later.count as f64);
        let distance = later.mean - self.mean;
        self.count += later.count;
        self.sum += later.sum;
        self.product *= later.product;
        self.mean += distance * right / (left + right);
        self.deviation += later.deviation + distance * distance * left * right / (left + right);
    }

    /// Variance with `n - lost` degrees of freedom, none where there are too few numbers.
    pub fn variance(&self, lost: u64) -> Option<f64> {
        (self.count > lost).then(|| self.deviation.max(0.0) / (self.count - lost) as f64)
    }

    /// Standard error of the mean.
    pub fn standard_error(&self) -> Option<f64> {
        Some((self.variance(1)? / self.count as f64).sqrt())
    }

    /// A figure of the numbers, none where there are none.
    pub fn figure(&self, figure: impl Fn(&Self) -> f64) -> Option<f64> {
        (self.count > 0).then(|| figure(self))
    }

    /// The moments of each group; nulls and NaN are left out.
    pub fn of_groups(numbers: &Numbers, groups: &Groups) -> Vec<Moments> {
        by_chunk(
            groups,
            |moments: &mut Moments, row| {
                if let Some(number) = numbers.get(row)
                    && !number.is_nan()
                {
                    moments.add(number);
                }
            },
            Moments::merge,
        )
    }
}

/// How many cells of a group hold something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Presence {
    /// Neither null, nor empty text, nor NaN.
    pub valid: i64,
    /// Null or empty text.
    pub missing: i64,
}

impl Presence {
    /// The presence in each group.
    pub fn of_groups(cells: &Cells<'_>, groups: &Groups) -> Vec<Presence> {
        by_chunk(
            groups,
            |presence: &mut Presence, row| match cells {
                Cells::Text(_) if cells.text(row).is_some_and(|text| !text.is_empty()) => presence.valid += 1,
                Cells::Text(_) => presence.missing += 1,
                _ => match cells.number(row) {
                    None => presence.missing += 1,
                    Some(number) if number.is_nan() => {}
                    Some(_) => presence.valid += 1,
                },
            },
            |presence, later| {
                presence.valid += later.valid;
                presence.missing += later.missing;
            },
        )
    }
}

/// The number of rows of each group.
pub(crate) fn counts(groups: &Groups) -> Vec<i64> {
    by_chunk(
        groups,
        |count: &mut i64, _| *count += 1,
        |count, later| *count += later,
    )
}

/// Folds the rows of each group into a state: chunks in parallel, then merged in order.
///
/// With many groups the states of all chunks would outweigh the table; then one pass does it.
/// Which way is taken depends on the table alone.
pub(crate) fn by_chunk<S: Clone + Default + Send>(
    groups: &Groups,
    step: impl Fn(&mut S, usize) + Sync,
    merge: impl Fn(&mut S, &S),
) -> Vec<S> {
    let fold = |start: usize, codes: &[u32]| {
        let mut states = vec![S::default(); groups.len()];
        for (offset, code) in codes.iter().enumerate() {
            if let Some(state) = states.get_mut(*code as usize) {
                step(state, start + offset);
            }
        }
        states
    };
    if groups.codes.len() <= CHUNK || groups.len() > CHUNK / 8 {
        return fold(0, &groups.codes);
    }
    let parts: Vec<Vec<S>> = groups
        .codes
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, codes)| fold(chunk * CHUNK, codes))
        .collect();
    let mut parts = parts.into_iter();
    let mut states = parts.next().unwrap_or_default();
    for part in parts {
        for (state, later) in states.iter_mut().zip(&part) {
            merge(state, later);
        }
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_equals_one_pass() {
        let numbers: Vec<f64> = (0..1000)
            .map(|number| f64::from(number * number % 97) - 40.0)
            .collect();
        let moments = |numbers: &[f64]| {
            let mut moments = Moments::default();
            numbers.iter().for_each(|number| moments.add(*number));
            moments
        };
        let whole = moments(&numbers);
        let mut merged = moments(&numbers[..333]);
        merged.merge(&moments(&numbers[333..]));
        assert_eq!(merged.count, whole.count);
        assert_eq!(merged.sum, whole.sum);
        assert!((merged.mean - whole.mean).abs() < 1e-12);
        assert!((merged.deviation / whole.deviation - 1.0).abs() < 1e-12);
    }
}
