//! [`Order`]: whether values rise or fall from row to row, mergeable.

use std::cmp::Ordering;

use crate::Monotonicity;

/// What was seen of a sequence: its ends, and which steps occurred in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order<T> {
    pub(crate) ends: Option<(T, T)>,
    pub(crate) rose: bool,
    pub(crate) fell: bool,
    pub(crate) stayed: bool,
}

impl<T> Default for Order<T> {
    fn default() -> Self {
        Self {
            ends: None,
            rose: false,
            fell: false,
            stayed: false,
        }
    }
}

impl<T: PartialOrd + Clone> Order<T> {
    /// Whether nothing that follows can change the answer.
    pub(crate) fn settled(&self) -> bool {
        self.rose && self.fell
    }

    /// Appends values; `own` gives each the form in which it is compared.
    pub(crate) fn extend<'a, V, B>(&mut self, values: &'a [V], own: impl Fn(&'a V) -> B)
    where
        B: PartialOrd + Into<T>,
    {
        let (Some(first), Some(last)) = (values.first(), values.last()) else {
            return;
        };
        if self.settled() {
            return;
        }
        let (mut rose, mut fell, mut stayed, mut compared) = (false, false, false, true);
        for pair in values.windows(2) {
            let (before, after) = (own(&pair[0]), own(&pair[1]));
            let (less, more, same) = (after < before, after > before, after == before);
            rose |= more;
            fell |= less;
            stayed |= same;
            compared &= less | more | same;
        }
        self.rose |= rose | !compared;
        self.fell |= fell | !compared;
        self.stayed |= stayed;
        self.join(own(first).into(), own(last).into());
    }

    /// Appends a sequence that follows this one.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rose |= other.rose;
        self.fell |= other.fell;
        self.stayed |= other.stayed;
        match &other.ends {
            Some((first, last)) => self.join(first.clone(), last.clone()),
            None => self.forget(),
        }
    }

    /// Notes the step to the first value of what follows, and its last value.
    fn join(&mut self, first: T, last: T) {
        match &mut self.ends {
            None => self.ends = Some((first, last)),
            Some((_, end)) => {
                match first.partial_cmp(end) {
                    Some(Ordering::Greater) => self.rose = true,
                    Some(Ordering::Less) => self.fell = true,
                    Some(Ordering::Equal) => self.stayed = true,
                    // A value that cannot be compared ends every order.
                    None => (self.rose, self.fell) = (true, true),
                }
                *end = last;
            }
        }
        self.forget();
    }

    /// Once the answer is settled the rest is forgotten, so that equal answers are equal states.
    fn forget(&mut self) {
        if self.settled() {
            self.stayed = true;
            self.ends = None;
        }
    }

    pub(crate) fn monotonicity(&self) -> Monotonicity {
        match (self.rose, self.fell, self.stayed) {
            (false, false, _) => Monotonicity::Constant,
            (true, false, false) => Monotonicity::StrictlyIncreasing,
            (true, false, true) => Monotonicity::Increasing,
            (false, true, false) => Monotonicity::StrictlyDecreasing,
            (false, true, true) => Monotonicity::Decreasing,
            (true, true, _) => Monotonicity::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(values: &[f64]) -> Order<f64> {
        let mut order = Order::default();
        order.extend(values, |value| *value);
        order
    }

    #[test]
    fn sequences_and_all_their_splits_agree() {
        for (values, expected) in [
            (&[][..], Monotonicity::Constant),
            (&[1.0], Monotonicity::Constant),
            (&[1.0, 1.0, 1.0], Monotonicity::Constant),
            (&[1.0, 2.0, 3.0], Monotonicity::StrictlyIncreasing),
            (&[1.0, 1.0, 3.0], Monotonicity::Increasing),
            (&[3.0, 2.0, 1.0], Monotonicity::StrictlyDecreasing),
            (&[3.0, 2.0, 2.0], Monotonicity::Decreasing),
            (&[1.0, 2.0, 1.0], Monotonicity::None),
            (&[1.0, f64::NAN, 2.0], Monotonicity::None),
        ] {
            assert_eq!(order(values).monotonicity(), expected, "{values:?}");
            for at in 0..=values.len() {
                let mut left = order(&values[..at]);
                left.merge(&order(&values[at..]));
                assert_eq!(left.monotonicity(), expected, "{values:?} at {at}");
            }
        }
    }
}
