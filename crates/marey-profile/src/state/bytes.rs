//! Bytes of a state: what is written, and what is read and not trusted.

use crate::ProfileError;

/// Bytes in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    /// Eight bytes, lowest first.
    pub(super) fn word(&mut self, word: u64) {
        self.bytes.extend_from_slice(&word.to_le_bytes());
    }

    pub(super) fn float(&mut self, float: f64) {
        self.word(float.to_bits());
    }

    pub(super) fn wide(&mut self, wide: i128) {
        self.bytes.extend_from_slice(&wide.to_le_bytes());
    }

    /// Seven bits a byte, lowest first, the highest bit of all but the last byte set (LEB128).
    pub(super) fn count(&mut self, mut count: u64) {
        while count >= 0x80 {
            self.byte(count as u8 | 0x80);
            count >>= 7;
        }
        self.byte(count as u8);
    }

    pub(super) fn len(&mut self, len: usize) {
        self.count(len as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.len(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Bytes of which some were read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Bytes that stand before these in what was given, for messages.
    before: usize,
}

pub(super) type Read<T> = Result<T, ProfileError>;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], before: usize) -> Self {
        Self { bytes, at: 0, before }
    }

    /// The error that something at the place read last is wrong.
    pub(super) fn wrong(&self, reason: &str) -> ProfileError {
        ProfileError::CorruptState {
            offset: self.before + self.at,
            reason: reason.to_owned(),
        }
    }

    /// An error unless a condition holds.
    pub(super) fn check(&self, holds: bool, reason: &str) -> Read<()> {
        if holds { Ok(()) } else { Err(self.wrong(reason)) }
    }

    /// Whether there are bytes left for so many items of a size.
    pub(super) fn holds(&self, items: usize, size: usize) -> bool {
        items.checked_mul(size).is_some_and(|bytes| bytes <= self.left())
    }

    fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn end(&self) -> Read<()> {
        self.check(self.left() == 0, "more bytes than the state has")
    }

    pub(super) fn take(&mut self, len: usize) -> Read<&'a [u8]> {
        let Some(taken) = self.bytes.get(self.at..self.at.saturating_add(len)) else {
            return Err(self.wrong("the bytes end too early"));
        };
        self.at += len;
        Ok(taken)
    }

    fn chunk<const N: usize>(&mut self) -> Read<[u8; N]> {
        let mut chunk = [0; N];
        chunk.copy_from_slice(self.take(N)?);
        Ok(chunk)
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        self.chunk::<1>().map(|[byte]| byte)
    }

    pub(super) fn flag(&mut self) -> Read<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.wrong("a truth value that is neither 0 nor 1")),
        }
    }

    pub(super) fn word(&mut self) -> Read<u64> {
        self.chunk().map(u64::from_le_bytes)
    }

    pub(super) fn float(&mut self) -> Read<f64> {
        self.word().map(f64::from_bits)
    }

    pub(super) fn finite(&mut self) -> Read<f64> {
        let float = self.float()?;
        self.check(float.is_finite(), "a number that is not finite")?;
        Ok(float)
    }

    pub(super) fn wide(&mut self) -> Read<i128> {
        self.chunk().map(i128::from_le_bytes)
    }

    pub(super) fn count(&mut self) -> Read<u64> {
        let mut count = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            let fits = (part << shift) >> shift == part;
            self.check(
                fits && (byte != 0 || shift == 0),
                "a count that is not written as it should be",
            )?;
            count |= part << shift;
            if byte < 0x80 {
                return Ok(count);
            }
        }
        Err(self.wrong("a count of more than 64 bits"))
    }

    /// A count of no more than so many.
    pub(super) fn count_to(&mut self, most: u64, what: &str) -> Read<u64> {
        let count = self.count()?;
        if count > most {
            return Err(self.wrong(&format!("{count} {what}, but there can be only {most}")));
        }
        Ok(count)
    }

    /// The length of a list whose items take at least so many bytes each: never more than there are.
    pub(super) fn len(&mut self, item: usize, most: usize) -> Read<usize> {
        let most = most.min(self.left() / item.max(1));
        self.count_to(most as u64, "items").map(|len| len as usize)
    }

    pub(super) fn text(&mut self) -> Read<&'a str> {
        let len = self.len(1, usize::MAX)?;
        let bytes = self.take(len)?;
        std::str::from_utf8(bytes).map_err(|_| self.wrong("a text that is not UTF-8"))
    }

    pub(super) fn texts(&mut self) -> Read<Vec<String>> {
        let len = self.len(1, usize::MAX)?;
        (0..len).map(|_| self.text().map(str::to_owned)).collect()
    }
}
