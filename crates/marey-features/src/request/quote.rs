//! Where a request quotes: `"…"`, `'…'`, `“…”`, `‘…’`, `«…»`.

use std::ops::Range;

/// Longest quotation, in bytes; a lone quotation mark must not swallow a sentence.
const LONGEST: usize = 120;

/// The places of what stands between quotation marks, in bytes, in order.
///
/// A straight single mark opens only behind something that is no letter, and closes only ahead of
/// such, so that apostrophes quote nothing.
pub(super) fn quoted_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut before: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        match open {
            Some((_, start)) if at - start > LONGEST => open = None,
            Some((close, start)) if letter == close && ends(letter, after) => {
                spans.push(start..at);
                open = None;
            }
            None => open = closing(letter, before, after).map(|close| (close, at + letter.len_utf8())),
            _ => {}
        }
        before = Some(letter);
    }
    spans
}

/// The mark that closes what a mark opens here.
fn closing(letter: char, before: Option<char>, after: Option<char>) -> Option<char> {
    match letter {
        '"' => Some('"'),
        '“' => Some('”'),
        '«' => Some('»'),
        '‘' => Some('’'),
        '\'' if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_whitespace) => {
            Some('\'')
        }
        _ => None,
    }
}

fn ends(letter: char, after: Option<char>) -> bool {
    !matches!(letter, '\'' | '’') || !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = quoted_spans(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(r#"is "New York" or 'Boston'"#, &["New York", "Boston"]);
        check("the product's price, the firms' size", &[]);
        check("called 'O'Neill'", &["O'Neill"]);
        check("“Zürich”", &["Zürich"]);
        check("12\" wide", &[]);
        check(&format!("\"{}\"", "x".repeat(200)), &[]);
    }
}
