//! [`WordVectors`]: what words mean, as static vectors.

use std::sync::OnceLock;

use crate::WordForms;

/// Numbers of a vector.
pub const VECTOR_WIDTH: usize = 64;
/// Version of the vectors: numbers mean the same as long as it stays.
pub const VECTORS_VERSION: u32 = 1;

/// Bytes of a vector in the table: a scale and a number for each axis.
const ROW: usize = 4 + VECTOR_WIDTH;
/// Shortest part of a compound that is looked up alone.
const SHORTEST_PART: usize = 3;

/// A vector of a word or of several; its direction is the meaning, its length how much the word says:
/// near 0 for words of grammar, at most 1.
pub type WordVector = [f32; VECTOR_WIDTH];

/// Static vectors of words, sorted by word.
///
/// The shipped ones, [`word_vectors`], were distilled from a sentence encoder by `cargo xtask word-vectors`;
/// `vectors/README.md` says from which.
#[derive(Debug)]
pub struct WordVectors {
    words: Vec<&'static str>,
    rows: &'static [u8],
}

/// The vectors that this crate holds.
///
/// ```
/// use marey_features::vector::{cosine, word_vectors};
///
/// let vectors = word_vectors();
/// let [pay, salary, river] = ["pay", "salary", "river"].map(|word| vectors.get(word).unwrap());
/// assert!(cosine(&pay, &salary) > cosine(&pay, &river));
/// assert!(vectors.get("qqqqq").is_none());
/// ```
pub fn word_vectors() -> &'static WordVectors {
    static SHIPPED: OnceLock<WordVectors> = OnceLock::new();
    SHIPPED.get_or_init(|| WordVectors {
        words: include_str!("../vectors/words.txt").lines().collect(),
        rows: include_bytes!("../vectors/vectors.bin"),
    })
}

impl WordVectors {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The vector of a folded word; of an unknown one that of its singular, or the sum of two words that
    /// it is made of (`headcount`). None where there is none.
    pub fn get(&self, folded: &str) -> Option<WordVector> {
        let known = |word: &str| self.row(word);
        known(folded)
            .or_else(|| known(folded.strip_suffix('s')?))
            .or_else(|| known(folded.strip_suffix("es")?))
            .or_else(|| self.compound(folded))
    }

    /// The direction of several words together, each as much as it says: of length 1, or zeros where none
    /// of them is known.
    pub fn of_words<'a>(&self, words: impl IntoIterator<Item = &'a WordForms>) -> WordVector {
        let mut sum = [0f32; VECTOR_WIDTH];
        for vector in words.into_iter().filter_map(|word| self.get(&word.folded)) {
            add(&mut sum, &vector);
        }
        let length = length(&sum);
        if length > 1e-6 {
            sum.iter_mut().for_each(|x| *x /= length);
        }
        sum
    }

    fn row(&self, word: &str) -> Option<WordVector> {
        let at = self.words.binary_search(&word).ok()?;
        let row = self.rows.get(at * ROW..(at + 1) * ROW)?;
        let (scale, numbers) = row.split_first_chunk::<4>()?;
        let scale = f32::from_le_bytes(*scale);
        let mut vector = [0f32; VECTOR_WIDTH];
        for (x, byte) in vector.iter_mut().zip(numbers) {
            *x = f32::from(byte.cast_signed()) * scale;
        }
        Some(vector)
    }

    fn compound(&self, folded: &str) -> Option<WordVector> {
        if !folded.is_ascii() {
            return None;
        }
        let cuts = (SHORTEST_PART..=folded.len().checked_sub(SHORTEST_PART)?).rev();
        let (mut first, second) = cuts
            .map(|cut| folded.split_at(cut))
            .find_map(|(first, second)| Some((self.row(first)?, self.row(second)?)))?;
        add(&mut first, &second);
        let most = length(&first).max(1.0);
        first.iter_mut().for_each(|x| *x /= most);
        Some(first)
    }
}

/// Cosine of the angle between two vectors, -1 to 1; 0 where one is zero.
pub fn cosine(a: &WordVector, b: &WordVector) -> f32 {
    let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    dot / (length(a) * length(b)).max(1e-12)
}

/// Length of a vector: how much its word says.
pub fn length(vector: &WordVector) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}

fn add(sum: &mut WordVector, other: &WordVector) {
    sum.iter_mut().zip(other).for_each(|(sum, x)| *sum += x);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_each_has_a_vector() {
        let vectors = word_vectors();
        assert!(vectors.len() > 20_000);
        assert_eq!(vectors.rows.len(), vectors.len() * ROW);
        assert!(vectors.words.is_sorted_by(|a, b| a < b));
        for word in &vectors.words {
            let length = length(&vectors.get(word).unwrap());
            assert!((0.0..1.01).contains(&length), "{word} {length}");
        }
    }

    #[test]
    fn kin_is_nearer_than_strangers_and_unknown_words_are_taken_apart() {
        let vectors = word_vectors();
        let of = |word: &str| vectors.get(word).unwrap_or_else(|| panic!("{word} is unknown"));
        for (word, kin, stranger) in [
            ("salary", "wage", "river"),
            ("gender", "sex", "price"),
            ("employee", "worker", "city"),
            ("headcount", "count", "blue"),
        ] {
            let (near, far) = (cosine(&of(word), &of(kin)), cosine(&of(word), &of(stranger)));
            assert!(near > far + 0.1, "{word}: {kin} {near}, {stranger} {far}");
        }
        assert!(length(&of("the")) < 0.5 * length(&of("salary")));
        assert!(vectors.get("").is_none() && vectors.get("größe").is_none());
    }
}
