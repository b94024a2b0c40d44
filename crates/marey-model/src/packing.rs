//! [`Packing`]: numbers of weights in fewer bytes than they are trained with.
//!
//! The blocks of eight-bit numbers are those of llama.cpp's `Q8_0`, which candle multiplies with as
//! they are: 32 numbers share a factor, a half float of 2 bytes, and each is a whole number of 1 byte.

use half::f16;
use safetensors::Dtype;
use serde::{Deserialize, Serialize};

use crate::ModelError;

/// Numbers of a block.
const BLOCK: usize = 32;
/// Bytes of a block.
const BLOCK_BYTES: usize = 2 + BLOCK;
/// Weights of fewer numbers, and those that are no matrix, stay as they are: they weigh nothing.
const SMALL: usize = 1024;

/// How the numbers of weights are kept in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Packing {
    /// As they were trained: 4 bytes each.
    #[serde(rename = "f32")]
    Full,
    /// Half floats: 2 bytes each.
    #[serde(rename = "f16")]
    Half,
    /// Whole numbers from -127 to 127 with a factor for every 32: 17 bits each. A matrix whose rows
    /// are no multiple of 32 long is kept in half floats.
    #[serde(rename = "q8_0")]
    Blocks,
}

impl Packing {
    /// The packing's name, as in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Packing::Full => "f32",
            Packing::Half => "f16",
            Packing::Blocks => "q8_0",
        }
    }

    /// A packing by its name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Packing::Full, Packing::Half, Packing::Blocks];
        all.into_iter().find(|packing| packing.as_str() == name)
    }
}

/// A tensor as it is kept: the kind of its numbers, its shape, its bytes.
pub(crate) type Kept = (Dtype, Vec<usize>, Vec<u8>);

/// Packs the numbers of a tensor.
pub(crate) fn pack(shape: &[usize], numbers: &[f32], packing: Packing) -> Kept {
    let small = shape.len() < 2 || numbers.len() < SMALL;
    let row = shape.last().copied().unwrap_or(0);
    match packing {
        Packing::Blocks if !small && row.is_multiple_of(BLOCK) => {
            let mut shape = shape.to_vec();
            if let Some(last) = shape.last_mut() {
                *last = row / BLOCK * BLOCK_BYTES;
            }
            let (blocks, _) = numbers.as_chunks::<BLOCK>();
            (Dtype::U8, shape, blocks.iter().flat_map(block).collect())
        }
        Packing::Half | Packing::Blocks if !small => {
            let halves = numbers.iter().map(|number| f16::from_f32(*number));
            let bytes = halves.flat_map(|half| half.to_le_bytes()).collect();
            (Dtype::F16, shape.to_vec(), bytes)
        }
        _ => {
            let bytes = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            (Dtype::F32, shape.to_vec(), bytes)
        }
    }
}

fn block(numbers: &[f32; BLOCK]) -> [u8; BLOCK_BYTES] {
    let most = numbers.iter().fold(0f32, |most, number| most.max(number.abs()));
    let factor = f16::from_f32(most / 127.0);
    let inverse = match factor.to_f32() {
        0.0 => 0.0,
        factor => 1.0 / factor,
    };
    let mut bytes = [0; BLOCK_BYTES];
    bytes[..2].copy_from_slice(&factor.to_le_bytes());
    for (byte, number) in bytes[2..].iter_mut().zip(numbers) {
        *byte = (number * inverse).round().clamp(-127.0, 127.0) as i8 as u8;
    }
    bytes
}

/// The shape and the numbers of a tensor as it is kept.
///
/// # Errors
///
/// When numbers are of a kind that no weights have, or a row is no whole number of blocks.
pub(crate) fn unpack(
    name: &str,
    dtype: Dtype,
    shape: &[usize],
    bytes: &[u8],
) -> Result<(Vec<usize>, Vec<f32>), ModelError> {
    let refused = |reason: String| Err(ModelError::NotWeights { reason });
    let mut shape = shape.to_vec();
    let numbers = match dtype {
        Dtype::F32 => {
            let (numbers, _) = bytes.as_chunks::<4>();
            numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
        }
        Dtype::F16 => {
            let (halves, _) = bytes.as_chunks::<2>();
            let numbers = halves.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32());
            numbers.collect()
        }
        Dtype::U8 => {
            match shape.last_mut() {
                Some(last) if last.is_multiple_of(BLOCK_BYTES) => *last = *last / BLOCK_BYTES * BLOCK,
                _ => return refused(format!("{name} is cut within a block of numbers")),
            }
            let mut numbers = Vec::with_capacity(bytes.len() / BLOCK_BYTES * BLOCK);
            for block in bytes.chunks_exact(BLOCK_BYTES) {
                let factor = f16::from_le_bytes([block[0], block[1]]).to_f32();
                numbers.extend(block[2..].iter().map(|byte| f32::from(*byte as i8) * factor));
            }
            numbers
        }
        other => return refused(format!("{name} holds numbers of the kind {other:?}")),
    };
    Ok((shape, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn packed_numbers_come_back_nearly_as_they_were() {
        let mut random = Random::stream(1, 2);
        let numbers: Vec<f32> = (0..64 * 96).map(|_| random.normal() as f32 * 0.1).collect();
        let most = numbers.iter().fold(0f32, |most, number| most.max(number.abs()));
        for (packing, dtype, within) in [
            (Packing::Full, Dtype::F32, 0.0),
            (Packing::Half, Dtype::F16, most / 2048.0),
            (Packing::Blocks, Dtype::U8, most / 250.0),
        ] {
            let (found, shape, bytes) = pack(&[64, 96], &numbers, packing);
            assert_eq!(found, dtype);
            let (shape, again) = unpack("w", found, &shape, &bytes).unwrap();
            assert_eq!(shape, [64, 96]);
            for (a, b) in numbers.iter().zip(&again) {
                assert!((a - b).abs() <= within, "{packing:?}: {a} {b}");
            }
            // What was packed once is packed without loss.
            assert_eq!(pack(&[64, 96], &again, packing).2, bytes);
        }
    }

    #[test]
    fn what_does_not_fit_into_blocks_is_kept_otherwise() {
        let numbers = vec![0.5; 2048];
        assert_eq!(pack(&[2048], &numbers, Packing::Blocks).0, Dtype::F32);
        assert_eq!(pack(&[32, 33], &[0.5; 32 * 33], Packing::Blocks).0, Dtype::F16);
        assert!(unpack("w", Dtype::U8, &[1, 33], &[0; 33]).is_err());
        assert!(unpack("w", Dtype::I64, &[1], &[0; 8]).is_err());
        let (_, shape, bytes) = pack(
            &[32, 64],
            &numbers[..2048].iter().map(|_| 0.0).collect::<Vec<_>>(),
            Packing::Blocks,
        );
        let (_, zeros) = unpack("w", Dtype::U8, &shape, &bytes).unwrap();
        assert!(zeros.iter().all(|number| *number == 0.0));
    }
}
