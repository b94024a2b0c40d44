//! [`Request`]: what a person asked for, as words with flags, hashes and tokens.

mod flags;
mod lexicon;
mod quote;
mod vocabulary;

use std::{fmt, ops::Range};

use crate::{
    segment::{PieceKind, pieces},
    word::{WordForms, clipped},
};

pub use flags::WordFlags;
pub use vocabulary::{VOCABULARY_VERSION, Vocabulary, vocabulary};

/// Most words of a request; the rest is left out with a warning.
pub const MAX_WORDS: usize = 64;
/// Most bytes of a request that are looked at; the rest is left out with a warning.
pub const MAX_BYTES: usize = 16 << 10;

/// A request as words.
///
/// ```
/// use marey_features::request::{Request, WordFlags};
///
/// let request = Request::parse("Bar chart of the average salary by department, highest first");
/// let words: Vec<&str> = request.words.iter().map(|word| word.surface.as_str()).collect();
/// assert_eq!(words[..3], ["Bar", "chart", "of"]);
/// assert!(request.words[0].flags.contains(WordFlags::CHART));
/// assert!(request.words[4].flags.contains(WordFlags::AGGREGATE));
/// assert_eq!(&request.text[request.words[5].span.clone()], "salary");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The text as it was given, as far as it was looked at.
    pub text: String,
    /// Its words in order, at most [`MAX_WORDS`].
    pub words: Vec<Word>,
    /// What was left out.
    pub warnings: Vec<RequestWarning>,
}

/// A word of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word as it is written.
    pub surface: String,
    /// Its place in the text, in bytes.
    pub span: Range<usize>,
    /// The spellings by which it is compared and learnt.
    pub forms: WordForms,
    /// What kind of word it is, and what it hints at.
    pub flags: WordFlags,
    /// Its value, where it is a number in figures or in words up to twenty (`1,200`, `five`).
    pub number: Option<f64>,
}

/// What was left out of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestWarning {
    /// The text is longer than [`MAX_BYTES`]; the rest was not looked at.
    TooLong {
        /// Bytes of the text.
        found: usize,
        /// Bytes that were looked at.
        kept: usize,
    },
    /// There are more words than [`MAX_WORDS`]; the rest was not looked at.
    TooManyWords {
        /// Words that were kept.
        kept: usize,
        /// Where the rest begins, in bytes.
        from: usize,
    },
}

impl fmt::Display for RequestWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { found, kept } => {
                write!(
                    f,
                    "the request has {found} bytes; the first {kept} were looked at"
                )
            }
            Self::TooManyWords { kept, from } => write!(
                f,
                "the request has more than {kept} words; what follows byte {from} was left out"
            ),
        }
    }
}

impl Request {
    /// Cuts a request into words and tells what each is.
    ///
    /// Never fails: a text without words gives a request without words. Takes bounded time, since no
    /// more than [`MAX_BYTES`] bytes and [`MAX_WORDS`] words are looked at.
    pub fn parse(text: &str) -> Self {
        let mut warnings = Vec::new();
        let kept = clipped(text, MAX_BYTES);
        if kept.len() < text.len() {
            warnings.push(RequestWarning::TooLong {
                found: text.len(),
                kept: kept.len(),
            });
        }
        let quoted = quote::quoted_spans(kept);
        let mut words = Vec::new();
        for piece in pieces(kept) {
            if piece.kind == PieceKind::Operator && !lexicon::is_operator(&kept[piece.span.clone()]) {
                continue;
            }
            if words.len() == MAX_WORDS {
                warnings.push(RequestWarning::TooManyWords {
                    kept: MAX_WORDS,
                    from: piece.span.start,
                });
                break;
            }
            words.push(Word::new(kept, piece.span, piece.kind, &quoted));
        }
        flags::add_context(&mut words);
        Self {
            text: kept.to_owned(),
            words,
            warnings,
        }
    }
}

impl Word {
    fn new(text: &str, span: Range<usize>, kind: PieceKind, quoted: &[Range<usize>]) -> Self {
        let surface = text[span.clone()].to_owned();
        let forms = WordForms::of_kind(&surface, kind);
        let mut flags = flags::of_word(&surface, &forms, kind);
        if quoted
            .iter()
            .any(|quote| quote.start <= span.start && span.end <= quote.end)
        {
            flags |= WordFlags::QUOTED;
        }
        let number = match kind {
            PieceKind::Number => forms
                .folded
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            _ => lexicon::number_word(&forms.folded),
        };
        Self {
            surface,
            span,
            forms,
            flags,
            number,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flags(text: &str, word: &str) -> WordFlags {
        let request = Request::parse(text);
        let found = request.words.iter().find(|found| found.surface == word);
        found.unwrap_or_else(|| panic!("{word} in {text}")).flags
    }

    #[test]
    fn words_carry_their_flags() {
        let check = |text: &str, word: &str, expected: WordFlags| {
            assert!(
                flags(text, word).contains(expected),
                "{word} in {text}: {:?}",
                flags(text, word)
            );
        };
        check("a pie chart", "pie", WordFlags::CHART);
        check("the oldest employee", "oldest", WordFlags::SUPERLATIVE);
        check("older than 30", "older", WordFlags::COMPARATIVE);
        check("more than 30", "more", WordFlags::COMPARATIVE);
        check("at least 30", "least", WordFlags::COMPARATIVE);
        check("the least sold", "least", WordFlags::SUPERLATIVE);
        check("by month", "month", WordFlags::TIME_UNIT);
        check("monthly sales", "monthly", WordFlags::TIME_UNIT);
        check("sorted by name", "sorted", WordFlags::SORT);
        check("is not \"New York\"", "not", WordFlags::NEGATION);
        check("is not \"New York\"", "York", WordFlags::QUOTED);
        check("since 2010-01-01", "2010-01-01", WordFlags::DATE);
        check("in 1998", "1998", WordFlags::YEAR | WordFlags::NUMBER);
        check("how many people", "many", WordFlags::AGGREGATE);
        check("age >= 3", ">=", WordFlags::COMPARATIVE);
        assert!(!flags("best in test", "test").contains(WordFlags::SUPERLATIVE));
        assert!(!flags("the customer's order", "customer").contains(WordFlags::QUOTED));
    }

    #[test]
    fn numbers_have_values() {
        let request = Request::parse("top five of 1,200.5 or -3");
        let numbers: Vec<f64> = request.words.iter().filter_map(|word| word.number).collect();
        assert_eq!(numbers, [5.0, 1200.5, -3.0]);
    }

    #[test]
    fn long_requests_are_cut_with_a_warning() {
        let request = Request::parse(&"show me ".repeat(5_000));
        assert_eq!(request.words.len(), MAX_WORDS);
        assert_eq!(request.warnings.len(), 2);
        assert_eq!(
            request.warnings[1].to_string(),
            "the request has more than 64 words; what follows byte 256 was left out"
        );
        assert!(Request::parse("").words.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_parses_alike(text in "\\PC{0,400}") {
            let request = Request::parse(&text);
            prop_assert_eq!(&request, &Request::parse(&text));
            for word in &request.words {
                prop_assert_eq!(&request.text[word.span.clone()], word.surface.as_str());
                prop_assert!(!word.forms.trigrams.is_empty() && !word.forms.tokens.is_empty());
                prop_assert!(word.forms.tokens.iter().all(|id| (*id as usize) < vocabulary().len()));
            }
        }
    }
}
