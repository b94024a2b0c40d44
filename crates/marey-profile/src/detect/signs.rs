//! [`Signs`]: a short code without the signs that people put between its parts.

/// Most signs of a code: an international bank account number has 34.
const MOST: usize = 34;

/// Letters (in upper case) and digits of a code, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs {
    bytes: [u8; MOST],
    len: usize,
    /// Number of separators that were left out.
    pub(crate) separators: usize,
}

impl Signs {
    /// Reads a code of ASCII letters and digits with single blanks, dashes, points or slashes
    /// between them, the last in brackets perhaps; none for anything else, and for codes of more than 34 signs.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut signs = Self {
            bytes: [0; MOST],
            len: 0,
            separators: 0,
        };
        let mut between = true;
        let text = text.trim();
        let closed = text.strip_suffix(')').filter(|rest| rest.contains('('));
        for byte in closed.unwrap_or(text).bytes() {
            if byte.is_ascii_alphanumeric() {
                *signs.bytes.get_mut(signs.len)? = byte.to_ascii_uppercase();
                signs.len += 1;
                between = false;
            } else if b" -./(".contains(&byte) && !between {
                signs.separators += 1;
                between = true;
            } else {
                return None;
            }
        }
        (signs.len > 0 && !between).then_some(signs)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The values of the digits, where there are exactly so many signs and all are digits.
    pub(crate) fn digits<const N: usize>(&self) -> Option<[u8; N]> {
        digits(self.as_bytes())
    }

    pub(crate) fn all_digits(&self) -> bool {
        self.as_bytes().iter().all(u8::is_ascii_digit)
    }
}

/// The values of exactly so many ASCII digits.
pub(crate) fn digits<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    let bytes: &[u8; N] = bytes.try_into().ok()?;
    bytes
        .iter()
        .all(u8::is_ascii_digit)
        .then(|| bytes.map(|byte| byte - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_singly_between_signs() {
        let read = |text: &str| Signs::of(text).map(|signs| signs.as_bytes().to_vec());
        assert_eq!(read(" de12-34.5/6 7 "), Some(b"DE1234567".to_vec()));
        assert_eq!(read("A12(3)"), Some(b"A123".to_vec()));
        for text in ["", "-1", "1)", "(1", "1-", "1--2", "1_2", "é", &"1".repeat(35)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
