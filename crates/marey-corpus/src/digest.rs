//! [`Digest`]: the name of an asset by its contents.

use std::{fmt, io::Read, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::CorpusError;

const PREFIX: &str = "sha256:";
const BLOCK: usize = 1 << 16;

/// The SHA-256 of some bytes, written `sha256:` and 64 lower-case hexadecimal digits.
///
/// ```
/// use marey_corpus::Digest;
///
/// let digest = Digest::of(b"year,rain\n");
/// assert_eq!(digest.to_string().parse::<Digest>()?, digest);
/// # Ok::<(), marey_corpus::CorpusError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of everything that a reader gives, and its number of bytes. Holds 64 KiB.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn of_reader(mut reader: impl Read) -> std::io::Result<(Self, u64)> {
        let mut hasher = Sha256::new();
        let mut block = vec![0; BLOCK];
        let mut total = 0;
        loop {
            let read = match reader.read(&mut block) {
                Ok(0) => return Ok((Self(hasher.finalize().into()), total)),
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            hasher.update(block.get(..read).unwrap_or_default());
            total += read as u64;
        }
    }

    /// The digest of a sequence of parts. Each part goes in with its length, so that the borders
    /// between parts count.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    pub(crate) fn from_sha256(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The 64 hexadecimal digits without the prefix, as Croissant writes them.
    pub fn hex(&self) -> String {
        use fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = CorpusError;

    fn try_from(text: String) -> Result<Self, CorpusError> {
        text.parse()
    }
}

impl FromStr for Digest {
    type Err = CorpusError;

    /// Reads 64 hexadecimal digits in either case, with or without `sha256:`.
    fn from_str(text: &str) -> Result<Self, CorpusError> {
        let malformed = || CorpusError::Digest {
            found: text.chars().take(80).collect(),
        };
        let digits = text.strip_prefix(PREFIX).unwrap_or(text);
        if digits.len() != 64 {
            return Err(malformed());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            let nibble = |digit: Option<&u8>| digit.and_then(|digit| char::from(*digit).to_digit(16));
            let (Some(high), Some(low)) = (nibble(pair.first()), nibble(pair.get(1))) else {
                return Err(malformed());
            };
            *byte = (high << 4 | low) as u8;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of FIPS 180-4 (the empty message and `abc`).
    #[test]
    fn digests_are_those_of_sha_256() {
        let of = |bytes: &[u8]| Digest::of(bytes).hex();
        assert_eq!(
            of(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            of(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn readers_and_slices_agree() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|value| value as u8).collect();
        let (digest, read) = Digest::of_reader(bytes.as_slice()).unwrap();
        assert_eq!((digest, read), (Digest::of(&bytes), 200_000));
    }

    #[test]
    fn borders_between_parts_count() {
        let digest = |parts: &[&str]| Digest::of_parts(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["ab"]), digest(&["ab", ""]));
    }

    #[test]
    fn only_64_hexadecimal_digits_are_a_digest() {
        let good = Digest::of(b"abc");
        assert_eq!(good.hex().to_uppercase().parse::<Digest>().unwrap(), good);
        for bad in [
            "",
            "sha256:",
            "sha1:ab",
            &good.hex()[1..],
            &format!("{}g", &good.hex()[1..]),
            &"é".repeat(32),
        ] {
            assert!(bad.parse::<Digest>().is_err(), "{bad}");
        }
    }
}
