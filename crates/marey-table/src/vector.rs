//! Loops over numbers and bytes, compiled for wider vectors where the processor has them.

/// Runs a loop that was compiled a second time for AVX2, where the processor has it, else as it was
/// compiled for all.
///
/// Only what is inlined into `work` gains: mark the functions that it calls `#[inline(always)]`. No
/// multiplication is fused with an addition, and sums keep the order in which they are written, so
/// results are the same on every processor.
///
/// ```
/// use marey_table::vector::widely;
///
/// let bytes = b"1,2,3";
/// let commas = widely(|| bytes.iter().filter(|byte| **byte == b',').count());
/// assert_eq!(commas, 2);
/// ```
#[inline(always)]
pub fn widely<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// Bytes that [`places`] looks at for each number it gives.
pub const BLOCK: usize = 64;

/// Where any of three bytes stand: one number for each 64 bytes of the text, with a bit for each byte that is
/// one of them, the first byte's lowest. The last number speaks for as many bytes as are left.
///
/// ```
/// use marey_table::vector::places;
///
/// let mut found = Vec::new();
/// places(b"1,2\n", [b',', b'\n', b'\r'], &mut found);
/// assert_eq!(found, [0b1010]);
/// ```
pub fn places(text: &[u8], any_of: [u8; 3], found: &mut Vec<u64>) {
    found.clear();
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    #[cfg(target_arch = "x86_64")]
    let wide = pulp::x86::V3::try_new();
    #[cfg(target_arch = "x86_64")]
    match wide {
        Some(wide) => wide.vectorize(
            #[inline(always)]
            || found.extend(blocks.iter().map(|block| in_wide_block(wide, block, any_of))),
        ),
        None => found.extend(blocks.iter().map(|block| in_block(block, any_of))),
    }
    #[cfg(not(target_arch = "x86_64"))]
    found.extend(blocks.iter().map(|block| in_block(block, any_of)));
    if !rest.is_empty() {
        let marked = |byte: &u8| u64::from(any_of.contains(byte));
        found.push(
            (0..)
                .zip(rest)
                .fold(0, |bits, (at, byte)| bits | (marked(byte) << at)),
        );
    }
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn in_wide_block(wide: pulp::x86::V3, block: &[u8; BLOCK], any_of: [u8; 3]) -> u64 {
    let half = |from: usize| {
        let bytes: [u8; 32] = std::array::from_fn(|at| block[from + at]);
        let bytes = pulp::cast(bytes);
        let any_of = any_of.map(|byte| {
            wide.avx2
                ._mm256_cmpeq_epi8(bytes, wide.avx._mm256_set1_epi8(byte as i8))
        });
        let first = wide.avx2._mm256_or_si256(any_of[0], any_of[1]);
        let all = wide.avx2._mm256_or_si256(first, any_of[2]);
        u64::from(wide.avx2._mm256_movemask_epi8(all) as u32)
    };
    half(0) | (half(32) << 32)
}

#[cfg_attr(
    target_arch = "x86_64",
    allow(dead_code, reason = "processors without AVX2 and tests")
)]
fn in_block(block: &[u8; BLOCK], any_of: [u8; 3]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The highest bit of each byte that is zero (Warren, *Hacker's Delight*, section 6-1).
    let zeros = |word: u64| !(((word & LOW) + LOW) | word | LOW);
    let (words, _) = block.as_chunks::<8>();
    let mut bits = 0;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let [a, b, c] = any_of.map(|byte| zeros(word ^ (ONES * u64::from(byte))));
        // Brings one bit of each byte together in the highest byte, in order.
        let gathered = ((a | b | c) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (8 * at);
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_of_a_look_at_each_byte(
            text in prop::collection::vec(prop::sample::select(vec![b'a', b',', b'\n', b'\r', b'-', 0xc3, 0x8c, 0]), 0..300),
        ) {
            let any_of = [b',', b'\n', b'\r'];
            let mut found = Vec::new();
            places(&text, any_of, &mut found);
            prop_assert_eq!(found.len(), text.len().div_ceil(BLOCK));
            for (at, byte) in text.iter().enumerate() {
                prop_assert_eq!(found[at / BLOCK] >> (at % BLOCK) & 1 == 1, any_of.contains(byte));
            }
            for (block, found) in text.as_chunks::<BLOCK>().0.iter().zip(&found) {
                prop_assert_eq!(in_block(block, any_of), *found);
            }
        }
    }
}
