//! Text cut or wrapped to a width.

use std::borrow::Cow;

use super::font::{Font, takes_no_space};

const ELLIPSIS: char = '…';

impl Font {
    /// The text, or its beginning with an ellipsis where it is wider than `limit` pixels.
    ///
    /// Where not even the ellipsis fits, the result is empty.
    pub fn truncate(self, text: &str, limit: f64) -> Cow<'_, str> {
        let room = limit - self.advance(ELLIPSIS);
        let mut width = 0.0;
        let mut keep = 0;
        for (at, c) in text.char_indices() {
            width += self.advance(c);
            if width > limit {
                let kept = text[..keep].trim_end();
                return Cow::Owned(if room < 0.0 {
                    String::new()
                } else {
                    format!("{kept}{ELLIPSIS}")
                });
            }
            if width <= room {
                keep = at + c.len_utf8();
            }
        }
        Cow::Borrowed(text)
    }

    /// The text in lines no wider than `limit` pixels, at most `max_lines` of them.
    ///
    /// Lines break at white space; a word wider than a line is broken anywhere. What does not fit
    /// into the last line is cut with an ellipsis. White space at the ends of lines is dropped.
    pub fn wrap(self, text: &str, limit: f64, max_lines: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut words = text.split_whitespace().peekable();
        while words.peek().is_some() && lines.len() < max_lines {
            if lines.len() + 1 == max_lines {
                let rest = words.collect::<Vec<_>>().join(" ");
                lines.push(self.truncate(&rest, limit).into_owned());
                return lines;
            }
            let mut line = words.next().unwrap_or_default().to_owned();
            while let Some(word) = words.peek() {
                if self.width(&line) + self.advance(' ') + self.width(word) > limit {
                    break;
                }
                line.push(' ');
                line.push_str(word);
                words.next();
            }
            self.push_broken(line, limit, max_lines, &mut lines);
        }
        lines
    }

    /// Pushes a line, broken into as many as a word that is too wide needs.
    fn push_broken(self, line: String, limit: f64, max_lines: usize, lines: &mut Vec<String>) {
        let mut rest = line.as_str();
        while self.width(rest) > limit && lines.len() + 1 < max_lines {
            let cut = self.prefix_within(rest, limit);
            lines.push(rest[..cut].to_owned());
            rest = &rest[cut..];
        }
        if !rest.is_empty() {
            lines.push(self.truncate(rest, limit).into_owned());
        }
    }

    /// Length in bytes of the longest beginning that fits, at least one character.
    fn prefix_within(self, text: &str, limit: f64) -> usize {
        let mut width = 0.0;
        for (at, c) in text.char_indices() {
            width += self.advance(c);
            if width > limit && at > 0 && !takes_no_space(c) {
                return at;
            }
        }
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_truncated(text: &str, limit: f64, expected: &str) {
        let font = Font::regular(10.0);
        let cut = font.truncate(text, limit);
        assert_eq!(cut, expected);
        assert!(font.width(&cut) <= limit.max(0.0), "{cut} is too wide");
    }

    #[test]
    fn long_text_is_cut_with_an_ellipsis() {
        check_truncated("short", 100.0, "short");
        check_truncated("a rather long label", 60.0, "a rather lo…");
        check_truncated("a rather long label", 22.0, "a r…");
        check_truncated("a rather long label", 17.0, "a…");
        check_truncated("label", 2.0, "");
        check_truncated("label", -5.0, "");
        check_truncated("", 0.0, "");
        check_truncated("e\u{301}e\u{301}e\u{301}e\u{301}", 20.0, "e\u{301}…");
        assert_eq!(Font::regular(10.0).truncate("label", f64::NAN), "label");
    }

    #[test]
    fn paragraphs_wrap_at_spaces() {
        let font = Font::regular(10.0);
        let lines = font.wrap("the quick  brown fox\njumps over the lazy dog", 70.0, 10);
        assert_eq!(lines, ["the quick", "brown fox", "jumps over", "the lazy dog"]);
        let lines = font.wrap("the quick brown fox jumps over the lazy dog", 70.0, 2);
        assert_eq!(lines, ["the quick", "brown fox ju…"]);
        let lines = font.wrap("Donaudampfschifffahrtsgesellschaft", 60.0, 5);
        assert!(
            lines.len() > 2 && lines.iter().all(|line| font.width(line) <= 60.0),
            "{lines:?}"
        );
        assert_eq!(lines.concat(), "Donaudampfschifffahrtsgesellschaft");
        assert!(font.wrap("   ", 60.0, 5).is_empty());
        assert!(font.wrap("word", 60.0, 0).is_empty());
        assert_eq!(font.wrap("ab", 0.0, 5).len(), 2);
    }
}
