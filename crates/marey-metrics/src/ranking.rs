//! Scores of ranked lists of charts.
//!
//! Recall, precision and F1 at k are those of nvBench 2.0 (Luo et al., *nvBench 2.0*, 2025, section
//! 6), NDCG that of Järvelin and Kekäläinen (*Cumulated Gain-Based Evaluation of IR Techniques*, ACM
//! TOIS 20, 2002) with the exponential gain of Burges et al. (2005).

/// Which answers of a ranked list are among the right ones.
///
/// A right chart is found once: a second answer that equals it is no further hit.
///
/// ```
/// use marey_metrics::Hits;
///
/// let hits = Hits::of(&["bar", "line", "bar", "pie"], &["bar", "pie", "map"], |a, b| a == b);
/// assert_eq!(hits.recall_at(3), Some(1.0 / 3.0));
/// assert_eq!(hits.precision_at(3), 1.0 / 3.0);
/// assert!(hits.hit_at(1));
/// assert_eq!(hits.reciprocal_rank(), 1.0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    ranked: Vec<bool>,
    golds: usize,
}

impl Hits {
    /// Compares a ranked list, best first, with the right charts.
    pub fn of<A, G>(ranked: &[A], golds: &[G], same: impl Fn(&A, &G) -> bool) -> Self {
        let mut left: Vec<&G> = golds.iter().collect();
        let hit = |answer: &A| match left.iter().position(|gold| same(answer, gold)) {
            Some(place) => {
                left.remove(place);
                true
            }
            None => false,
        };
        Self {
            ranked: ranked.iter().map(hit).collect(),
            golds: golds.len(),
        }
    }

    /// Each answer with whether it is a hit, best first.
    pub fn ranked(&self) -> &[bool] {
        &self.ranked
    }

    fn found(&self, k: usize) -> f64 {
        self.ranked.iter().take(k).filter(|hit| **hit).count() as f64
    }

    /// R@k: the share of the right charts among the first k answers, 0 to 1; none where there is no
    /// right chart.
    pub fn recall_at(&self, k: usize) -> Option<f64> {
        (self.golds > 0).then(|| self.found(k) / self.golds as f64)
    }

    /// P@k: the share of right charts among the first k answers, or among all where fewer were given,
    /// 0 to 1; 0 of no answer.
    pub fn precision_at(&self, k: usize) -> f64 {
        match self.ranked.len().min(k) {
            0 => 0.0,
            given => self.found(k) / given as f64,
        }
    }

    /// F1@k: the harmonic mean of both, 0 to 1; none where there is no right chart.
    pub fn f1_at(&self, k: usize) -> Option<f64> {
        let (precision, recall) = (self.precision_at(k), self.recall_at(k)?);
        let sum = precision + recall;
        Some(if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        })
    }

    /// Hit@k: whether any of the first k answers is right.
    pub fn hit_at(&self, k: usize) -> bool {
        self.ranked.iter().take(k).any(|hit| *hit)
    }

    /// 1 over the rank of the first right answer, 0 where there is none; its mean over items is MRR.
    pub fn reciprocal_rank(&self) -> f64 {
        let first = self.ranked.iter().position(|hit| *hit);
        first.map_or(0.0, |place| 1.0 / (place + 1) as f64)
    }
}

/// NDCG@k: the discounted gain of a ranked list over that of the best possible one, 0 to 1.
///
/// `relevance` holds the grade of each answer, best ranked first (0 of no use, up to 3 or a share of
/// votes); `all` the grades of everything that could have been answered. The gain of a grade is
/// `2^grade - 1`, discounted by `log2(rank + 1)`. None where nothing could have gained anything.
/// Grades below 0 and NaN count as 0.
///
/// ```
/// use marey_metrics::ndcg_at;
///
/// // (3 + 7 / log2 3) / (7 + 3 / log2 3)
/// assert!((ndcg_at(&[2.0, 3.0], &[3.0, 2.0, 0.0], 2).unwrap() - 0.834).abs() < 1e-3);
/// assert_eq!(ndcg_at(&[1.0], &[0.0], 5), None);
/// ```
pub fn ndcg_at(relevance: &[f64], all: &[f64], k: usize) -> Option<f64> {
    let mut ideal = all.to_vec();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best = gain(&ideal, k);
    (best > 0.0).then(|| (gain(relevance, k) / best).min(1.0))
}

fn gain(relevance: &[f64], k: usize) -> f64 {
    let gains = relevance.iter().take(k).enumerate().map(|(place, grade)| {
        // `max` also turns NaN into 0.
        (grade.max(0.0).exp2() - 1.0) / ((place + 2) as f64).log2()
    });
    gains.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(ranked: &str, golds: &str) -> Hits {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        Hits::of(&letters(ranked), &letters(golds), |a, b| a == b)
    }

    #[test]
    fn the_figures_of_a_list_worked_by_hand() {
        // Two of three right charts among five answers, at ranks 2 and 4.
        let hits = hits("xaybz", "abc");
        assert_eq!(hits.recall_at(5), Some(2.0 / 3.0));
        assert_eq!(hits.precision_at(5), 0.4);
        assert_eq!(hits.f1_at(5), Some(0.5));
        assert_eq!(hits.recall_at(1), Some(0.0));
        assert_eq!(hits.f1_at(1), Some(0.0));
        assert!(!hits.hit_at(1) && hits.hit_at(2));
        assert_eq!(hits.reciprocal_rank(), 0.5);
    }

    #[test]
    fn a_short_list_is_judged_by_what_it_gives() {
        assert_eq!(hits("ab", "ab").precision_at(5), 1.0);
        assert_eq!(hits("", "ab").precision_at(5), 0.0);
        assert_eq!(hits("", "ab").f1_at(5), Some(0.0));
        assert_eq!(hits("a", "").recall_at(5), None);
    }

    #[test]
    fn saying_the_same_twice_finds_nothing_more() {
        assert_eq!(hits("aaa", "ab").ranked(), [true, false, false]);
        assert_eq!(hits("aaa", "ab").precision_at(3), 1.0 / 3.0);
    }

    #[test]
    fn the_gain_of_graded_answers_worked_by_hand() {
        // Grades 3, 2, 3, 0, 1, 2 of Järvelin and Kekäläinen's worked example with all six known:
        // DCG = 7 + 3/1.585 + 7/2 + 0 + 1/2.585 + 3/2.807 = 13.848; ideal 3 3 2 2 1 0 = 14.595.
        let grades = [3.0, 2.0, 3.0, 0.0, 1.0, 2.0];
        assert!((ndcg_at(&grades, &grades, 6).unwrap() - 13.848 / 14.595).abs() < 1e-3);
        assert_eq!(ndcg_at(&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0], 3), Some(1.0));
        assert_eq!(ndcg_at(&[], &[1.0], 3), Some(0.0));
        assert_eq!(ndcg_at(&[f64::NAN, -2.0], &[1.0], 3), Some(0.0));
    }
}
