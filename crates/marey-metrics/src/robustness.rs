//! What becomes of answers when requests or tables are disturbed (words exchanged, typing errors,
//! columns renamed, moved or added).

use serde::Serialize;

/// Answers to the same items before and after a disturbance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Flips {
    /// Number of items.
    pub n: usize,
    /// Share that was right, 0 to 1.
    pub before: f64,
    /// Share that is right after the disturbance.
    pub after: f64,
    /// Share of all that was right and no longer is.
    pub broken: f64,
    /// Share of all that was wrong and is right now.
    pub mended: f64,
}

impl Flips {
    /// Compares (right before, right after) pairs; none of no items.
    ///
    /// ```
    /// use marey_metrics::Flips;
    ///
    /// let flips = Flips::of(&[(true, true), (true, false), (false, true), (true, false)]).unwrap();
    /// assert_eq!(flips.drop(), 0.25);
    /// assert_eq!(flips.flip_rate(), 0.75);
    /// assert_eq!(flips.broken_of_right(), Some(2.0 / 3.0));
    /// ```
    pub fn of(pairs: &[(bool, bool)]) -> Option<Self> {
        let share = |test: &dyn Fn(bool, bool) -> bool| {
            let n = pairs
                .iter()
                .filter(|&&(before, after)| test(before, after))
                .count();
            n as f64 / pairs.len() as f64
        };
        (!pairs.is_empty()).then(|| Self {
            n: pairs.len(),
            before: share(&|before, _| before),
            after: share(&|_, after| after),
            broken: share(&|before, after| before && !after),
            mended: share(&|before, after| !before && after),
        })
    }

    /// Drop of accuracy, -1 to 1: what was lost less what was won.
    pub fn drop(&self) -> f64 {
        self.before - self.after
    }

    /// Share of items whose outcome changed, 0 to 1.
    pub fn flip_rate(&self) -> f64 {
        self.broken + self.mended
    }

    /// Share of the right answers that the disturbance broke, 0 to 1; none where none was right.
    pub fn broken_of_right(&self) -> Option<f64> {
        (self.before > 0.0).then(|| self.broken / self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_where_nothing_is_disturbed() {
        let still = Flips::of(&[(true, true), (false, false)]).unwrap();
        assert_eq!(
            (still.drop(), still.flip_rate(), still.broken_of_right()),
            (0.0, 0.0, Some(0.0))
        );
        assert_eq!(Flips::of(&[(false, true)]).unwrap().broken_of_right(), None);
        assert_eq!(Flips::of(&[]), None);
    }
}
