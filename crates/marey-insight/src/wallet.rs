//! [`Wallet`]: follow-up questions one at a time, with their false discoveries controlled over the
//! whole session however long it gets.

use serde::{Deserialize, Serialize};

use crate::InsightError;

/// What a session may still spend on follow-up questions: LORD++ (Ramdas, Yang, Wainwright and Jordan
/// 2017, *Online control of the false discovery rate with decaying memory*).
///
/// Each question is tested at a level that depends on the discoveries so far; a discovery earns new
/// wealth. The state is small, can be serialised with the session, and going on from it gives the
/// same levels. The rate is controlled where each p-value is valid given the questions before it.
///
/// ```
/// use marey_insight::Wallet;
///
/// let mut wallet = Wallet::new(0.05)?;
/// let first = wallet.level();
/// assert!(wallet.ask(1e-6));
/// // A discovery makes the next level higher than it would have been.
/// assert!(wallet.level() > first);
/// assert!(!wallet.ask(0.3));
/// # Ok::<(), marey_insight::InsightError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wallet {
    rate: f64,
    /// Wealth at the start, at most the rate.
    start: f64,
    asked: u64,
    /// Numbers of the questions that were discoveries, from 1.
    discoveries: Vec<u64>,
}

impl Wallet {
    /// A full wallet for a rate above 0 and at most 0.5.
    ///
    /// # Errors
    ///
    /// When the rate lies outside.
    pub fn new(rate: f64) -> Result<Self, InsightError> {
        if !(rate > 0.0 && rate <= 0.5) {
            return Err(InsightError::OutOfRange {
                what: "the rate of false discoveries",
                found: rate,
                low: 0.0,
                high: 0.5,
            });
        }
        Ok(Self {
            rate,
            start: rate / 2.0,
            asked: 0,
            discoveries: Vec::new(),
        })
    }

    /// The level at which the next question will be tested.
    pub fn level(&self) -> f64 {
        let now = self.asked + 1;
        let mut level = self.start * spent(now);
        for (at, discovery) in self.discoveries.iter().enumerate() {
            let earned = if at == 0 {
                self.rate - self.start
            } else {
                self.rate
            };
            level += earned * spent(now - discovery);
        }
        level
    }

    /// Asks a question with this p-value; whether it is a discovery.
    pub fn ask(&mut self, p: f64) -> bool {
        let is_discovery = p <= self.level();
        self.asked += 1;
        if is_discovery {
            self.discoveries.push(self.asked);
        }
        is_discovery
    }

    /// How many questions were asked.
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// How many of them were discoveries.
    pub fn discoveries(&self) -> usize {
        self.discoveries.len()
    }
}

/// The share of a piece of wealth that is spent on the j-th question after it was earned: log(j) / (j
/// exp(sqrt(log j))), scaled to sum to at most 1 (Javanmard and Montanari 2018, eq. 31).
fn spent(j: u64) -> f64 {
    let j = j as f64;
    0.077_21 * j.max(2.0).ln() / (j * j.ln().max(0.0).sqrt().exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wealth_is_never_overspent() {
        let sum: f64 = (1..2_000_000).map(spent).sum();
        assert!(sum <= 1.0, "{sum}");
    }

    #[test]
    fn a_session_goes_on_from_its_state() {
        let mut wallet = Wallet::new(0.1).unwrap();
        for p in [0.5, 1e-9, 0.2, 1e-4] {
            wallet.ask(p);
        }
        let text = serde_json::to_string(&wallet).unwrap();
        let back: Wallet = serde_json::from_str(&text).unwrap();
        assert_eq!(back, wallet);
        assert_eq!(back.level().to_bits(), wallet.level().to_bits());
    }

    #[test]
    fn noise_alone_seldom_makes_a_discovery() {
        let sessions = 2000;
        let mut with_discovery = 0;
        for session in 0..sessions {
            let mut wallet = Wallet::new(0.05).unwrap();
            let any = (0..50).any(|question| {
                let bits = crate::column::scrambled(session * 1000 + question);
                wallet.ask(bits as f64 / u64::MAX as f64)
            });
            with_discovery += u32::from(any);
        }
        assert!(
            f64::from(with_discovery) / (sessions as f64) < 0.06,
            "{with_discovery}"
        );
    }

    #[test]
    fn a_rate_outside_is_refused() {
        for rate in [0.0, -1.0, 0.6, f64::NAN] {
            assert!(Wallet::new(rate).is_err(), "{rate}");
        }
    }
}
