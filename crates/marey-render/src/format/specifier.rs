//! The specifier of d3-format: `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.

/// Widest padding that is accepted.
const MAX_WIDTH: usize = 1000;

/// Why a format specifier was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The text is no specifier of d3-format.
    #[error(
        "`{0}` is no number format; expected [[fill]align][sign][symbol][0][width][,][.precision][~][type], \
         for example `,.2f`, `.1%` or `$~s`"
    )]
    Invalid(String),
    /// The width is unreasonable.
    #[error("the number format `{specifier}` asks for a width of {width}; at most 1000 is possible")]
    Width {
        /// The specifier.
        specifier: String,
        /// The width it asks for.
        width: String,
    },
}

/// A parsed specifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specifier {
    /// Padding character.
    pub fill: char,
    /// `<`, `>`, `^` or `=`.
    pub align: char,
    /// `-`, `+`, `(` or space.
    pub sign: char,
    /// `$`, `#` or none.
    pub symbol: Option<char>,
    /// Pad with zeros between sign and digits.
    pub zero: bool,
    /// Least width in characters.
    pub width: Option<usize>,
    /// Group thousands.
    pub comma: bool,
    /// Decimals or significant digits, by type.
    pub precision: Option<usize>,
    /// Drop trailing zeros.
    pub trim: bool,
    /// The type's letter or `%`; none for the default.
    pub kind: Option<char>,
}

impl Default for Specifier {
    fn default() -> Self {
        Self {
            fill: ' ',
            align: '>',
            sign: '-',
            symbol: None,
            zero: false,
            width: None,
            comma: false,
            precision: None,
            trim: false,
            kind: None,
        }
    }
}

impl Specifier {
    /// Reads a specifier.
    ///
    /// # Errors
    ///
    /// When the text is no specifier, or asks for a width beyond 1000.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let mut rest = Rest(text);
        let mut found = Self::default();
        if let Some((fill, align, length)) = fill_and_align(text) {
            (found.fill, found.align) = (fill, align);
            rest.0 = &text[length..];
        }
        found.sign = rest.one_of("+-( ").unwrap_or('-');
        found.symbol = rest.one_of("$#");
        found.zero = rest.one_of("0").is_some();
        if let Some(digits) = rest.digits() {
            let width = digits.parse().ok().filter(|width| *width <= MAX_WIDTH);
            found.width = Some(width.ok_or_else(|| FormatError::Width {
                specifier: text.to_owned(),
                width: digits.to_owned(),
            })?);
        }
        found.comma = rest.one_of(",").is_some();
        if rest.one_of(".").is_some() {
            let digits = rest
                .digits()
                .ok_or_else(|| FormatError::Invalid(text.to_owned()))?;
            found.precision = Some(digits.parse().unwrap_or(MAX_WIDTH));
        }
        found.trim = rest.one_of("~").is_some();
        found.kind = rest.take_if(|c| c.is_ascii_alphabetic() || c == '%');
        if rest.0.is_empty() {
            Ok(found)
        } else {
            Err(FormatError::Invalid(text.to_owned()))
        }
    }
}

fn fill_and_align(text: &str) -> Option<(char, char, usize)> {
    let is_align = |c: &char| "<>=^".contains(*c);
    let mut chars = text.chars();
    let first = chars.next()?;
    match chars.next().filter(is_align) {
        Some(align) if first != '\n' => Some((first, align, first.len_utf8() + 1)),
        _ => is_align(&first).then_some((' ', first, 1)),
    }
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take_if(&mut self, accept: impl Fn(char) -> bool) -> Option<char> {
        let first = self.0.chars().next().filter(|c| accept(*c))?;
        self.0 = &self.0[first.len_utf8()..];
        Some(first)
    }

    fn one_of(&mut self, accepted: &str) -> Option<char> {
        self.take_if(|c| accepted.contains(c))
    }

    fn digits(&mut self) -> Option<&'a str> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        (length > 0).then_some(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_are_read() {
        let all = Specifier::parse("*^+$012,.3~f").expect("valid");
        let expected = Specifier {
            fill: '*',
            align: '^',
            sign: '+',
            symbol: Some('$'),
            zero: true,
            width: Some(12),
            comma: true,
            precision: Some(3),
            trim: true,
            kind: Some('f'),
        };
        assert_eq!(all, expected);
        assert_eq!(Specifier::parse(""), Ok(Specifier::default()));
        assert_eq!(Specifier::parse("日<5").map(|s| s.fill), Ok('日'));
    }

    #[test]
    fn others_are_refused() {
        for text in ["foo", ".-2s", ".f", "%d", "5.", ",,", "f ", "日"] {
            assert_eq!(Specifier::parse(text), Err(FormatError::Invalid(text.to_owned())));
        }
        assert!(matches!(
            Specifier::parse("99999999999999999999f"),
            Err(FormatError::Width { .. })
        ));
    }
}
