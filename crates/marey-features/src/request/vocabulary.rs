//! [`Vocabulary`]: the tokens of words, by the crate `tokenizers`.

use std::{collections::BTreeMap, sync::OnceLock};

use tokenizers::{
    Model,
    models::wordpiece::{WordPiece, WordPieceBuilder},
};

use crate::{FeatureError, segment::PieceKind};

/// Version of the shipped vocabulary: ids mean the same tokens as long as it stays.
pub const VOCABULARY_VERSION: u32 = 1;

/// The tokens that are no text, in order of their ids.
pub(crate) const SPECIAL_TOKENS: [&str; 5] = ["[PAD]", "[UNK]", "[NOREQ]", "[NUM]", "[DATE]"];
/// Most tokens of one word; the rest is left out.
const MAX_TOKENS: usize = 8;

/// Tokens of words: frequent words whole, others in pieces (WordPiece: Schuster and Nakajima,
/// *Japanese and Korean voice search*, 2012).
///
/// The shipped one, [`vocabulary`], was trained on the words of requests by `cargo xtask
/// request-vocabulary`; `vocabulary/README.md` says on which.
#[derive(Debug)]
pub struct Vocabulary {
    pieces: WordPiece,
    /// Number of tokens.
    len: usize,
}

impl Vocabulary {
    /// Id of the token that fills up.
    pub const PADDING: u32 = 0;
    /// Id of the token of a word with letters that the vocabulary lacks.
    pub const UNKNOWN: u32 = 1;
    /// Id of the token that stands for no request at all.
    pub const NO_REQUEST: u32 = 2;
    /// Id of the token of a number.
    pub const NUMBER: u32 = 3;
    /// Id of the token of a date in figures.
    pub const DATE: u32 = 4;

    /// Reads a vocabulary from lines, one token each, in order of ids; pieces that go on in a word
    /// begin with `##`.
    ///
    /// # Errors
    ///
    /// When the first five tokens are not `[PAD]`, `[UNK]`, `[NOREQ]`, `[NUM]` and `[DATE]`, or a
    /// token occurs twice.
    pub fn from_lines(text: &str) -> Result<Self, FeatureError> {
        let tokens: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let starts = SPECIAL_TOKENS.iter().enumerate();
        if let Some((at, expected)) = starts
            .into_iter()
            .find(|(at, token)| tokens.get(*at) != Some(*token))
        {
            return Err(FeatureError::SpecialToken {
                line: at + 1,
                expected: (*expected).into(),
                found: tokens.get(at).map(|token| (*token).into()),
            });
        }
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(first) = lines.insert(token, at) {
                return Err(FeatureError::RepeatedToken {
                    token: (*token).into(),
                    first: first + 1,
                    second: at + 1,
                });
            }
        }
        let pieces = WordPiece::read_bytes(tokens.join("\n").as_bytes())
            .and_then(|ids| {
                let builder = WordPieceBuilder::new().vocab(ids).unk_token("[UNK]".into());
                builder.max_input_chars_per_word(64).build()
            })
            .map_err(|source| FeatureError::Vocabulary {
                message: source.to_string(),
            })?;
        Ok(Self {
            pieces,
            len: tokens.len(),
        })
    }

    /// Number of tokens; ids are below it.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a vocabulary has five tokens at least"
    )]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The ids of the tokens of a folded word, at most 8; `[UNK]` alone for what cannot be spelt.
    pub fn tokens(&self, folded: &str) -> Vec<u32> {
        let tokens = self.pieces.tokenize(folded).unwrap_or_default();
        if tokens.is_empty() {
            return vec![Self::UNKNOWN];
        }
        tokens.iter().take(MAX_TOKENS).map(|token| token.id).collect()
    }

    /// The text of a token.
    pub fn token(&self, id: u32) -> Option<String> {
        self.pieces.id_to_token(id)
    }

    pub(crate) fn word_tokens(&self, folded: &str, kind: PieceKind) -> Vec<u32> {
        match kind {
            PieceKind::Number => vec![Self::NUMBER],
            PieceKind::Date => vec![Self::DATE],
            PieceKind::Letters | PieceKind::Operator => self.tokens(folded),
        }
    }
}

/// The shipped vocabulary.
///
/// ```
/// use marey_features::request::vocabulary;
///
/// let ids = vocabulary().tokens("salaries");
/// let pieces: Vec<String> = ids.iter().filter_map(|id| vocabulary().token(*id)).collect();
/// assert_eq!(pieces.concat().replace("##", ""), "salaries");
/// ```
pub fn vocabulary() -> &'static Vocabulary {
    static SHIPPED: OnceLock<Vocabulary> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        Vocabulary::from_lines(include_str!("../../vocabulary/requests.txt"))
            .expect("a test reads the shipped vocabulary")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vocabulary_reads() {
        let text = include_str!("../../vocabulary/requests.txt");
        let shipped = Vocabulary::from_lines(text).unwrap();
        assert_eq!(shipped.len(), text.lines().count());
        assert_eq!(shipped.tokens("chart").len(), 1);
        assert_eq!(shipped.tokens("東京"), [Vocabulary::UNKNOWN]);
        assert_eq!(shipped.tokens(""), [Vocabulary::UNKNOWN]);
        assert_eq!(shipped.token(Vocabulary::NUMBER).as_deref(), Some("[NUM]"));
    }

    #[test]
    fn broken_vocabularies_are_refused() {
        let check = |text: &str, message: &str| {
            assert_eq!(Vocabulary::from_lines(text).unwrap_err().to_string(), message);
        };
        check(
            "[PAD]\n[UNK]\nthe",
            "line 3 of the vocabulary must be the token `[NOREQ]`, found `the`",
        );
        check(
            "[PAD]\n[UNK]\n[NOREQ]\n[NUM]\n[DATE]\na\na",
            "the vocabulary has the token `a` twice, in lines 6 and 7",
        );
    }
}
