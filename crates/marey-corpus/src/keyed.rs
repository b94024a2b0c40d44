//! [`HashKey`]: keyed hashes of values that name persons.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{CorpusError, Digest};

/// Bytes of a key at least: that of the hash's output (RFC 2104, section 3).
const SHORTEST: usize = 32;

/// A secret key for hashes of values that name persons (HMAC-SHA-256, RFC 2104).
///
/// Without the key nobody can tell from a hash whether it is that of a value they guess; destroying the
/// key ends that for everybody. It is never written to a log, a report or an error.
#[derive(Clone)]
pub struct HashKey(Vec<u8>);

impl HashKey {
    /// A key of at least 32 bytes.
    ///
    /// # Errors
    ///
    /// When it is shorter.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, CorpusError> {
        let bytes = bytes.into();
        if bytes.len() < SHORTEST {
            return Err(CorpusError::ShortKey {
                found: bytes.len(),
                least: SHORTEST,
            });
        }
        Ok(Self(bytes))
    }

    /// The keyed hash of a value.
    pub fn hash(&self, value: &[u8]) -> Digest {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length");
        };
        mac.update(value);
        Digest::from_sha256(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 6 of RFC 4231 (section 4.7): a key longer than a block.
    #[test]
    fn hashes_are_those_of_hmac_sha_256() {
        let key = HashKey::new(vec![0xaa; 131]).unwrap();
        assert_eq!(
            key.hash(b"Test Using Larger Than Block-Size Key - Hash Key First")
                .hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert_eq!(format!("{key:?}"), "HashKey(…)");
        assert!(HashKey::new(b"short".as_slice()).is_err());
    }
}
