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

/// The value of which [`hash_bits`] is the hash.
#[inline]
pub(crate) fn bits_of_hash(hash: u64) -> u64 {
    let mut h = hash ^ (hash >> 31) ^ (hash >> 62);
    h = h.wrapping_mul(0x3196_42b2_d24d_8ec3);
    h = h ^ (h >> 27) ^ (h >> 54);
    h = h.wrapping_mul(0x96de_1b17_3f11_9089);
    h = h ^ (h >> 30) ^ (h >> 60);
    h.wrapping_sub(MULTIPLIER)
}

/// Hash of a text: sixteen bytes a step, as in Wang Yi's wyhash, whose ends overlap so that no
/// length needs a loop of its own.
#[inline]
pub(crate) fn hash_text(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (first, last) = ends(bytes);
    let mut state = bytes.len() as u64 ^ MULTIPLIER;
    if bytes.len() > 16 {
        for pair in bytes[..bytes.len() - 1].chunks_exact(16) {
            let (a, b) = ends(pair);
            state = fold(a ^ 0xa076_1d64_78bd_642f ^ state, b ^ 0xe703_7ed1_a0b4_28db);
        }
    }
    let mixed = fold(
        first ^ 0xa076_1d64_78bd_642f,
        last ^ 0xe703_7ed1_a0b4_28db ^ state,
    );
    fold(mixed ^ 0x8ebc_6af0_9c88_c6e3, state ^ 0x5899_65cc_7537_4cc3)
}

/// Words that hold every byte of at most sixteen; of more, the last sixteen.
#[inline]
fn ends(bytes: &[u8]) -> (u64, u64) {
    if let Some(last) = bytes.last_chunk::<16>() {
        let word = u128::from_le_bytes(*last);
        (word as u64, (word >> 64) as u64)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (
            u32::from_le_bytes(*first).into(),
            u32::from_le_bytes(*last).into(),
        )
    } else if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
        let middle = bytes.get(bytes.len() / 2).copied().unwrap_or_default();
        (u64::from(*first) | u64::from(middle) << 8, (*last).into())
    } else {
        (0, 0)
    }
}

/// The odd factor with which the hashes of a column enter the hash of a row: rows are sums over
/// their cells, so that columns may be added in any order.
pub(crate) fn row_factor(column: usize) -> u64 {
    hash_bits(column as u64) | 1
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
    fn hashes_of_bits_lead_back_to_them() {
        for bits in (0..64)
            .map(|n| 1_u64 << n)
            .chain([0, u64::MAX, 0x1234_5678_9abc_def0])
        {
            assert_eq!(bits_of_hash(hash_bits(bits)), bits);
        }
    }

    #[test]
    fn a_change_of_any_byte_changes_half_of_the_bits() {
        let mut changed = 0;
        let mut changes = 0;
        for len in 1..80_usize {
            let text = vec![b'a'; len];
            let hash = hash_text(std::str::from_utf8(&text).unwrap());
            for at in 0..len {
                let mut other = text.clone();
                other[at] = b'b';
                let difference = hash ^ hash_text(std::str::from_utf8(&other).unwrap());
                assert!(difference.count_ones() >= 8, "{len} {at}");
                changed += difference.count_ones();
                changes += 1;
            }
        }
        let mean = f64::from(changed) / f64::from(changes);
        assert!((31.0..33.0).contains(&mean), "{mean}");
    }

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
