//! [`Order`]: whether values rise or fall from row to row, mergeable.

use std::cmp::Ordering;

use crate::Monotonicity;

/// What was seen of a sequence: its ends, and which steps occurred in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order<T> {
    ends: Option<(T, T)>,
    rose: bool,
    fell: bool,
    stayed: bool,
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
    #[inline]
    pub(crate) fn settled(&self) -> bool {
        self.rose && self.fell
    }

    #[inline]
    pub(crate) fn push<B>(&mut self, value: &B)
    where
        B: ?Sized + PartialOrd + ToOwned<Owned = T>,
        T: std::borrow::Borrow<B>,
    {
        if self.settled() {
            return;
        }
        match &mut self.ends {
            None => self.ends = Some((value.to_owned(), value.to_owned())),
            Some((_, last)) => {
                let step = B::partial_cmp(value, std::borrow::Borrow::borrow(last));
                *last = value.to_owned();
                self.note(step);
            }
        }
    }

    /// Appends a sequence that follows this one.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rose |= other.rose;
        self.fell |= other.fell;
        self.stayed |= other.stayed;
        let Some((first, last)) = &other.ends else {
            return;
        };
        match &mut self.ends {
            None => self.ends = Some((first.clone(), last.clone())),
            Some((_, end)) => {
                let step = first.partial_cmp(end);
                *end = last.clone();
                self.note(step);
            }
        }
    }

    fn note(&mut self, step: Option<Ordering>) {
        match step {
            Some(Ordering::Greater) => self.rose = true,
            Some(Ordering::Less) => self.fell = true,
            Some(Ordering::Equal) => self.stayed = true,
            // A value that cannot be compared ends every order.
            None => (self.rose, self.fell) = (true, true),
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
        values.iter().for_each(|value| order.push(value));
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
