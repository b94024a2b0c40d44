//! One hash per value, shared by everything that counts different values.
//!
//! The functions are part of the meaning of a saved state: states that were hashed differently
//! cannot be merged, so no hasher of another crate is used here, whose output may change.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hash of a fixed-size value; a bijection (the finaliser of SplitMix64), so it never collides.
#[inline]
pub(crate) fn hash_bits(bits: u64) -> u64 {
    let mut h = bits.wrapping_add(MULTIPLIER);
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// Hash of a 128-bit value.
#[inline]
pub(crate) fn hash_wide(value: i128) -> u64 {
    let low = value as u64;
    let high = (value >> 64) as u64;
    // Values that fit 64 bits have a high word of all zeros or ones: these keep the bijection.
    hash_bits(low ^ high.wrapping_mul(MULTIPLIER))
}

/// Hash of a text.
#[inline]
pub(crate) fn hash_text(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut state = MULTIPLIER ^ (bytes.len() as u64);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut buffer = [0; 8];
        buffer.copy_from_slice(word);
        state = fold(state ^ u64::from_le_bytes(buffer), 0xa076_1d64_78bd_642f);
    }
    let mut buffer = [0; 8];
    let rest = words.remainder();
    buffer[..rest.len()].copy_from_slice(rest);
    hash_bits(fold(state ^ u64::from_le_bytes(buffer), 0xe703_7ed1_a0b4_28db))
}

/// Joins the hash of one more cell to the hash of a row.
#[inline]
pub(crate) fn join(row: u64, cell: u64) -> u64 {
    fold(row ^ cell, 0x8ebc_6af0_9c88_c6e3).wrapping_add(MULTIPLIER)
}

/// Both halves of a 128-bit product, folded.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_all_lengths_differ() {
        let text = "x".repeat(64);
        let mut hashes: Vec<u64> = (0..=64).map(|len| hash_text(&text[..len])).collect();
        hashes.push(hash_text("x\0"));
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 66);
    }

    #[test]
    fn wide_values_within_64_bits_do_not_collide() {
        let mut hashes: Vec<u64> = (-500..500).map(|n: i128| hash_wide(n)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 1000);
    }
}
