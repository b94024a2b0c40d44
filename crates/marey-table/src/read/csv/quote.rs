//! Quoted cells: where they end, and what they hold.

use super::dialect::Dialect;

/// How a quoted cell ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// At a quote with a delimiter, a line end or nothing behind it.
    Closed {
        /// Where the closing quote stands.
        close: usize,
        /// Where the cell ends, behind spaces that follow the quote.
        end: usize,
        /// Whether the text holds escaped quotes.
        escaped: bool,
        /// Quotes inside that are not escaped.
        stray: u64,
    },
    /// Nowhere: there is no closing quote in the rest of the text.
    Never,
    /// Another cell seems to begin on a later line, so the opening quote is part of the text; the
    /// same holds for all quotes up to the end of its line.
    Broken {
        /// The end of the line of the opening quote.
        line_end: usize,
    },
    /// The cell is larger than allowed.
    TooLarge {
        /// Size when reading stopped.
        found: usize,
    },
}

/// Finds the end of the cell whose quote opens at `open`; `most` is the largest size of a cell.
pub(super) fn find_close(bytes: &[u8], open: usize, dialect: Dialect, most: usize) -> Quoted {
    let start = open + 1;
    let mut at = start;
    let mut escaped = false;
    let mut stray = 0;
    let mut line = LineEnd {
        checked: start,
        found: None,
    };
    while let Some(found) = next_quote(bytes, at, dialect.quote) {
        if found - start > most {
            return Quoted::TooLarge { found: found - start };
        }
        if dialect.backslash && is_escaped(&bytes[start..found]) {
            escaped = true;
            at = found + 1;
        } else if bytes.get(found + 1) == Some(&dialect.quote) {
            escaped = true;
            at = found + 2;
        } else if let Some(end) = end_behind(bytes, found + 1, dialect.delimiter) {
            return Quoted::Closed {
                close: found,
                end,
                escaped,
                stray,
            };
        } else if begins_cell(bytes, found, dialect.delimiter)
            && let Some(line_end) = line.before(bytes, found)
        {
            return Quoted::Broken { line_end };
        } else {
            stray += 1;
            at = found + 1;
        }
    }
    Quoted::Never
}

/// The first line end in a cell, looked for only as far as needed.
struct LineEnd {
    checked: usize,
    found: Option<usize>,
}

impl LineEnd {
    fn before(&mut self, bytes: &[u8], until: usize) -> Option<usize> {
        if self.found.is_none() {
            let piece = bytes.get(self.checked..until)?;
            self.found = memchr::memchr2(b'\n', b'\r', piece).map(|at| self.checked + at);
            self.checked = until;
        }
        self.found
    }
}

fn next_quote(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let rest = bytes.get(at..)?;
    memchr::memchr(quote, rest).map(|found| at + found)
}

/// Whether an odd number of backslashes stands at the end of a text.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Where the cell ends, if only spaces stand between its closing quote and the end.
fn end_behind(bytes: &[u8], at: usize, delimiter: u8) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let spaces = rest.iter().take_while(|b| **b == b' ').count();
    let ends = rest
        .get(spaces)
        .is_none_or(|b| matches!(b, b'\n' | b'\r') || *b == delimiter);
    ends.then_some(at + spaces)
}

/// Whether a quote stands where a cell begins.
fn begins_cell(bytes: &[u8], quote: usize, delimiter: u8) -> bool {
    let before = quote.checked_sub(1).and_then(|at| bytes.get(at));
    before.is_some_and(|b| *b == delimiter || matches!(b, b'\n' | b'\r'))
}

/// Appends the text of a quoted cell, with its escapes resolved.
pub(super) fn unescape(text: &str, dialect: Dialect, into: &mut String) {
    let quote = char::from(dialect.quote);
    let mut rest = text;
    while let Some(at) = rest.find(quote) {
        let (before, behind) = rest.split_at(at);
        let behind = &behind[1..];
        if dialect.backslash && is_escaped(before.as_bytes()) {
            into.push_str(&before[..at - 1]);
            rest = behind;
        } else {
            into.push_str(before);
            rest = behind.strip_prefix(quote).unwrap_or(behind);
        }
        into.push(quote);
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect = Dialect {
        delimiter: b',',
        quote: b'"',
        backslash: false,
    };

    #[test]
    fn cells_end_at_their_quote() {
        let check = |text: &str, expected: Quoted| {
            assert_eq!(find_close(text.as_bytes(), 0, DIALECT, 100), expected, "{text:?}");
        };
        let closed = |close, end, escaped, stray| Quoted::Closed {
            close,
            end,
            escaped,
            stray,
        };
        check("\"a\",b", closed(2, 3, false, 0));
        check("\"a\"  ,b", closed(2, 5, false, 0));
        check("\"\"", closed(1, 2, false, 0));
        check("\"a\"\"b\"", closed(5, 6, true, 0));
        check("\"a\"b\"", closed(4, 5, false, 1));
        check("\"a\nb\"\n", closed(4, 5, false, 0));
        check("\"a,b", Quoted::Never);
        check("\"a\nb,\"c\"", Quoted::Broken { line_end: 2 });
    }

    #[test]
    fn escapes_are_resolved() {
        let check = |text: &str, backslash: bool, expected: &str| {
            let mut found = String::new();
            unescape(text, Dialect { backslash, ..DIALECT }, &mut found);
            assert_eq!(found, expected, "{text:?}");
        };
        check("a\"\"b", false, "a\"b");
        check("\"\"\"\"", false, "\"\"");
        check("a\"b", false, "a\"b");
        check("a\\\"b", true, "a\"b");
    }
}
