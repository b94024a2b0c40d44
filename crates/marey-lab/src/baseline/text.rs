//! Texts as sparse vectors: TF-IDF of runs of one to three words.

use std::collections::{BTreeMap, BTreeSet};

/// A sparse vector of length 1: positions in order, with their weights.
pub(super) type Sparse = Vec<(usize, f32)>;

/// Runs of words with their weights.
///
/// The weight of a run is (1 + log n) times log((1 + N) / (1 + N_run)) + 1, and vectors are brought to
/// length 1 (Salton and Buckley, *Term-Weighting Approaches in Automatic Text Retrieval*, 1988).
pub(super) struct Vectorizer {
    runs: BTreeMap<String, (usize, f32)>,
}

impl Vectorizer {
    /// Learns the runs that at least `least` of the texts have.
    pub(super) fn fit<'a>(texts: impl IntoIterator<Item = &'a [String]>, least: usize) -> Self {
        let mut frequency: BTreeMap<String, usize> = BTreeMap::new();
        let mut n = 0;
        for text in texts {
            n += 1;
            for run in runs(text).into_iter().collect::<BTreeSet<_>>() {
                *frequency.entry(run).or_default() += 1;
            }
        }
        let known = frequency.into_iter().filter(|(_, texts)| *texts >= least);
        let runs = known.enumerate().map(|(place, (run, texts))| {
            let weight = ((1.0 + n as f32) / (1.0 + texts as f32)).ln() + 1.0;
            (run, (place, weight))
        });
        Self { runs: runs.collect() }
    }

    /// Number of positions.
    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    /// The vector of a text; empty where it has no known run.
    pub(super) fn vector(&self, text: &[String]) -> Sparse {
        let mut counts: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        for run in runs(text) {
            if let Some(&(place, weight)) = self.runs.get(&run) {
                let entry = counts.entry(place).or_insert((0.0, weight));
                entry.0 += 1.0;
            }
        }
        let mut vector: Sparse = counts
            .into_iter()
            .map(|(place, (n, weight))| (place, (1.0 + n.ln()) * weight))
            .collect();
        let length = vector
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>()
            .sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }
}

/// Runs of one to three words, with marks of beginning and end.
fn runs(text: &[String]) -> Vec<String> {
    let padded: Vec<&str> = std::iter::once("^")
        .chain(text.iter().map(String::as_str))
        .chain(["$"])
        .collect();
    (1..=3)
        .flat_map(|n| padded.windows(n))
        .map(|run| run.join(" "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn rare_runs_weigh_more_and_vectors_have_length_one() {
        let texts = [words("show m0n"), words("show m1w"), words("show m0n m1w")];
        let vectorizer = Vectorizer::fit(texts.iter().map(Vec::as_slice), 1);
        let vector = vectorizer.vector(&texts[1]);
        let length: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
        assert!((length - 1.0).abs() < 1e-5);
        let weight = |run: &str| vectorizer.runs[run].1;
        assert!(weight("m1w $") > weight("show"));
        assert!(vectorizer.vector(&words("unknown words")).len() < vector.len());
    }
}
