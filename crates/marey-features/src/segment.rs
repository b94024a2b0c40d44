//! Cuts text into words: requests, names of columns and cells alike, so that they can be compared.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A run of letters.
    Letters,
    /// Digits with their separators.
    Number,
    /// A day or month in figures (`2010-01-31`, `31/1/2010`).
    Date,
    /// A comparison (`<`, `>=`, `!=`).
    Operator,
}

/// A piece of text with its place in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Range<usize>,
    pub(crate) kind: PieceKind,
}

/// The words of a text in order.
///
/// Words end at anything that is neither letter nor digit, where letters meet digits, and where an
/// upper-case letter begins a word within a word (`HireDate`, `XMLFile`). A possessive `'s` is left
/// out. Runs of scripts without spaces are cut after Unicode Standard Annex 29. Takes time linear in
/// the length of what is consumed.
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    /// Pieces of a run that is cut into several, last first.
    pending: Vec<Piece>,
}

/// Cuts a text into words.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces {
        text,
        at: 0,
        pending: Vec::new(),
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.pending.pop() {
                return Some(piece);
            }
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            if let Some(piece) = self.figures(rest, first) {
                return Some(piece);
            }
            if is_letter(first) {
                self.letters(rest);
            } else if matches!(first, '<' | '>' | '=' | '!' | '≤' | '≥' | '≠') {
                let len = rest
                    .find(|c| !matches!(c, '<' | '>' | '=' | '!' | '≤' | '≥' | '≠'))
                    .unwrap_or(rest.len());
                return Some(self.take(len, PieceKind::Operator));
            } else {
                self.at += first.len_utf8();
            }
        }
    }
}

impl Pieces<'_> {
    fn take(&mut self, len: usize, kind: PieceKind) -> Piece {
        let span = self.at..self.at + len;
        self.at += len;
        Piece { span, kind }
    }

    /// A date or number that begins here.
    fn figures(&mut self, rest: &str, first: char) -> Option<Piece> {
        let before = self.text[..self.at].chars().next_back();
        let is_open = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let digits = usize::from(is_open && first == '-');
        if !rest[digits..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if is_open
            && digits == 0
            && let Some(len) = date_length(rest.as_bytes())
        {
            return Some(self.take(len, PieceKind::Date));
        }
        let len = digits + number_length(&rest.as_bytes()[digits..]);
        Some(self.take(len, PieceKind::Number))
    }

    /// Puts the words of the run of letters that begins here on the stack.
    fn letters(&mut self, rest: &str) {
        let mut len = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let mut skipped = 0;
        if let Some(tail) = rest[len..].strip_prefix(['\'', '’']) {
            let quote = rest[len..].len() - tail.len();
            let ends = |tail: &str| !tail.starts_with(|c: char| c.is_alphanumeric());
            if let Some(after) = tail.strip_prefix(['s', 'S']).filter(|after| ends(after)) {
                skipped = rest[len..].len() - after.len();
            } else if tail.strip_prefix(['t', 'T']).is_some_and(ends) {
                len += quote + 1;
            }
        }
        let start = self.at;
        let mut add = |from: usize, to: usize| {
            if from < to {
                self.pending.push(Piece {
                    span: start + from..start + to,
                    kind: PieceKind::Letters,
                });
            }
        };
        let run = &rest[..len];
        let mut from = 0;
        if run.chars().any(|c| c >= '\u{2e80}') {
            for (at, _) in run.split_word_bound_indices() {
                add(from, at);
                from = at;
            }
        } else {
            for at in inner_words(run) {
                add(from, at);
                from = at;
            }
        }
        add(from, len);
        self.pending.reverse();
        self.at += len + skipped;
    }
}

/// Letters, and the marks that belong to them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}') || (c.is_numeric() && !c.is_ascii_digit())
}

/// Where words begin within a run of letters that is written in camel case.
fn inner_words(run: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before: Option<char> = None;
    let mut letters = run.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
            });
        // A plural of capitals (`IDs`) is one word.
        let is_plural = after == Some('s') && run[at + letter.len_utf8()..].len() == 1;
        if begins && !is_plural {
            starts.push(at);
        }
        before = Some(letter);
    }
    starts
}

/// Number of bytes of the number at the start: digits, groups of three behind commas, decimals.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = digits(0);
    while bytes.get(len) == Some(&b',') && digits(len + 1) == 3 {
        len += 4;
    }
    if bytes.get(len) == Some(&b'.') && digits(len + 1) > 0 {
        len += 1 + digits(len + 1);
    }
    len
}

/// Number of bytes of the date at the start: `2010-01`, `2010-01-31`, `31/1/2010`, `31.01.2010`.
fn date_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        bytes
            .get(from..)
            .map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count())
    };
    let first = digits(0);
    let separator = *bytes.get(first)?;
    if !matches!(separator, b'-' | b'/' | b'.') || first > 4 {
        return None;
    }
    let second = digits(first + 1);
    let after = first + 1 + second;
    let third = if bytes.get(after) == Some(&separator) {
        digits(after + 1)
    } else {
        0
    };
    let end = if third > 0 { after + 1 + third } else { after };
    if bytes.get(end).is_some_and(u8::is_ascii_digit) || !(1..=2).contains(&second) {
        return None;
    }
    match (first, third) {
        (4, 1..=2) | (1 | 2, 2 | 4) => Some(end),
        (4, 0) if separator == b'-' => Some(end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = pieces(text).map(|piece| &text[piece.span]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn texts_are_cut_into_words() {
        check("hire_date", &["hire", "date"]);
        check("HireDate XMLFile IDs", &["Hire", "Date", "XML", "File", "IDs"]);
        check("meter500 Q1", &["meter", "500", "Q", "1"]);
        check(
            "the product's price, don't",
            &["the", "product", "price", "don't"],
        );
        check("over 1,000.50 or -5", &["over", "1,000.50", "or", "-5"]);
        check("1,2,3", &["1", "2", "3"]);
        check(
            "since 2010-01-31 or 1/2/2010",
            &["since", "2010-01-31", "or", "1/2/2010"],
        );
        check("age >= 30", &["age", ">=", "30"]);
        check("Größe größer", &["Größe", "größer"]);
        check("cafe\u{301}", &["cafe\u{301}"]);
        check("東京", &["東", "京"]);
        check("a-b", &["a", "b"]);
        check("", &[]);
        check("--- !", &["!"]);
    }

    proptest! {
        #[test]
        fn pieces_are_in_order_and_within(text in "\\PC*") {
            let mut end = 0;
            for piece in pieces(&text) {
                prop_assert!(piece.span.start >= end && piece.span.start < piece.span.end);
                prop_assert!(text.get(piece.span.clone()).is_some());
                end = piece.span.end;
            }
        }
    }
}
