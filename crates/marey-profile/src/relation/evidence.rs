//! When what holds in every row is more than chance.
//!
//! Something that would hold by chance with probability p is told only where p is below one in a
//! hundred, shared among all the questions that were asked alike (Bonferroni).

/// Natural logarithm of a hundred.
const LN_100: f64 = 4.605_170_185_988_092;

/// Whether a finding with this log-probability under chance stands out among so many questions.
pub(super) fn stands_out(ln_chance: f64, questions: usize) -> bool {
    -ln_chance >= LN_100 + (questions.max(1) as f64).ln()
}

/// Log-probability that so many independent rows all agree, each with this chance.
pub(super) fn all_agree(rows: u64, chance: f64) -> f64 {
    if chance <= 0.0 {
        return if rows > 0 { f64::NEG_INFINITY } else { 0.0 };
    }
    rows as f64 * chance.min(1.0).ln()
}

/// Log-probability that no two of so many rows fall together, each pair with this chance.
pub(super) fn none_meet(rows: u64, chance: f64) -> f64 {
    let rows = rows as f64;
    -(rows * (rows - 1.0) / 2.0) * chance
}
