//! Sketches as bytes.

use super::{
    bytes::{Read, Reader, Writer},
    values,
};
use crate::{
    distinct::{HyperLogLog, REST},
    frequent::{BUCKETS, Bucket, FrequentValues, WAYS},
    moments::Moments,
    numbers::{BLOCK, Numbers},
    quantile::{QuantileSketch, WIDTH},
    value::Kind,
};

/// Registers of six bits, four to three bytes.
pub(super) fn write_distinct(sketch: &HyperLogLog, to: &mut Writer) {
    let (fours, _) = sketch.registers.as_chunks::<4>();
    for four in fours {
        let packed = four
            .iter()
            .rev()
            .fold(0_u32, |packed, register| packed << 6 | u32::from(*register));
        to.bytes.extend(packed.to_le_bytes().iter().take(3));
    }
}

pub(super) fn read_distinct(sketch: &mut HyperLogLog, from: &mut Reader<'_>) -> Read<()> {
    let packed = from.take(sketch.registers.len() / 4 * 3)?;
    let (fours, _) = sketch.registers.as_chunks_mut::<4>();
    let (threes, _) = packed.as_chunks::<3>();
    for (four, [low, middle, high]) in fours.iter_mut().zip(threes) {
        let mut packed = u32::from_le_bytes([*low, *middle, *high, 0]);
        for register in four {
            *register = (packed & 63) as u8;
            packed >>= 6;
            from.check(u32::from(*register) <= REST + 1, "a register beyond all hashes")?;
        }
    }
    Ok(())
}

pub(super) fn write_frequent(sketch: &FrequentValues, kind: Kind, to: &mut Writer) {
    for bucket in &sketch.buckets {
        let Bucket { hashes, counts, lost } = bucket;
        let mut used: Vec<(u64, u64)> = hashes.iter().copied().zip(counts.iter().copied()).collect();
        used.retain(|(_, count)| *count > 0);
        used.sort_unstable();
        to.count(*lost);
        to.byte(used.len() as u8);
        for (hash, count) in used {
            to.word(hash);
            to.count(count);
        }
    }
    if has_written(kind) {
        values::write_table(&sketch.written_of_counted(), kind, to);
    }
}

fn has_written(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Decimal(_))
}

pub(super) fn read_frequent(
    sketch: &mut FrequentValues,
    kind: Kind,
    values: u64,
    from: &mut Reader<'_>,
) -> Read<()> {
    let mut left = values;
    for (index, bucket) in sketch.buckets.iter_mut().enumerate() {
        bucket.lost = from.count_to(left, "values lost by counters")?;
        left -= bucket.lost;
        let mut last = None;
        let used = from.len(9, WAYS)?;
        for (hash, count) in bucket.hashes.iter_mut().zip(&mut bucket.counts).take(used) {
            *hash = from.word()?;
            *count = from.count_to(left, "values in counters")?;
            left -= *count;
            let own = *hash as usize % BUCKETS == index && last < Some(*hash) && *count > 0;
            from.check(own, "a counter at the wrong place")?;
            last = Some(*hash);
            if !has_written(kind) {
                values::check_hash(kind, *hash, from)?;
            }
        }
    }
    if has_written(kind) {
        let most = (BUCKETS * WAYS) as u64;
        let (written, _) = values::read_table(kind, most, from)?;
        let counted = written
            .iter()
            .all(|entry| entry.count == 1 && sketch.counts(entry.hash));
        from.check(counted, "a value without a counter")?;
        sketch.written = written;
    }
    Ok(())
}

pub(super) fn write_numbers(numbers: &Numbers, to: &mut Writer) {
    let Numbers {
        measured: _,
        count,
        non_finite,
        zeros,
        negatives,
        integers,
        min,
        max,
        moments,
        quantiles,
        block,
    } = numbers;
    for sum in [count, non_finite, zeros, negatives] {
        to.count(*sum);
    }
    to.flag(*integers);
    to.float(*min);
    to.float(*max);
    let Moments {
        n: _,
        mean,
        m2,
        m3,
        m4,
    } = moments;
    for moment in [mean, m2, m3, m4] {
        to.float(*moment);
    }
    write_quantiles(quantiles, to);
    write_floats(block, to);
}

fn write_floats(floats: &[f64], to: &mut Writer) {
    to.len(floats.len());
    floats.iter().for_each(|float| to.float(*float));
}

/// Finite numbers, at most so many.
fn read_floats(most: usize, from: &mut Reader<'_>) -> Read<Vec<f64>> {
    let len = from.len(8, most)?;
    (0..len).map(|_| from.finite()).collect()
}

pub(super) fn read_numbers(numbers: &mut Numbers, values: u64, from: &mut Reader<'_>) -> Read<()> {
    numbers.count = from.count_to(values, "numbers")?;
    numbers.non_finite = from.count_to(values - numbers.count, "numbers that are not finite")?;
    numbers.zeros = from.count_to(numbers.count, "zeros")?;
    numbers.negatives = from.count_to(numbers.count - numbers.zeros, "negative numbers")?;
    numbers.integers = from.flag()?;
    (numbers.min, numbers.max) = (from.float()?, from.float()?);
    let ends = if numbers.count == 0 {
        numbers.min == f64::INFINITY && numbers.max == f64::NEG_INFINITY
    } else {
        numbers.min.is_finite() && numbers.max.is_finite() && numbers.min <= numbers.max
    };
    from.check(ends, "a smallest and a largest number that are none")?;
    numbers.moments = Moments {
        n: if numbers.measured {
            numbers.count as f64
        } else {
            0.0
        },
        mean: from.float()?,
        m2: from.float()?,
        m3: from.float()?,
        m4: from.float()?,
    };
    read_quantiles(
        &mut numbers.quantiles,
        numbers.count,
        (numbers.min, numbers.max),
        from,
    )?;
    numbers.block = read_floats(BLOCK - 1, from)?;
    let all = numbers.count + numbers.non_finite + numbers.block.len() as u64;
    from.check(all == values, "numbers that are not all the values")
}

fn write_quantiles(sketch: &QuantileSketch, to: &mut Writer) {
    let QuantileSketch {
        levels,
        base,
        seen,
        held,
        next,
        random,
    } = sketch;
    to.count((*base).into());
    to.count(*seen);
    // Without a block begun, what was held of the last one is forgotten.
    if *seen > 0 {
        to.float(*held);
        to.word(*next);
    }
    to.word(*random);
    to.len(levels.len());
    levels.iter().for_each(|values| write_floats(values, to));
}

fn read_quantiles(
    sketch: &mut QuantileSketch,
    count: u64,
    (min, max): (f64, f64),
    from: &mut Reader<'_>,
) -> Read<()> {
    // No table has 2^63 values, so no value stands for so many.
    let base = from.count_to(62, "halvings")?;
    sketch.base = base as u32;
    sketch.seen = from.count_to((1 << base) - 1, "values of a block")?;
    if sketch.seen > 0 {
        sketch.held = from.finite()?;
        sketch.next = from.word()?;
    }
    sketch.random = from.word()?;
    from.check(sketch.random != 0, "a generator that stands still")?;
    let levels = from.len(1, 63 - base as usize)?;
    from.check(levels > 0, "a sketch without a level")?;
    sketch.levels = Vec::with_capacity(levels);
    let mut total = sketch.seen;
    let mut within = sketch.seen == 0 || (min..=max).contains(&sketch.held);
    for level in 0..levels {
        let values = read_floats(WIDTH - 1, from)?;
        let weight = 1_u64 << (base as usize + level);
        total = total.saturating_add(weight.saturating_mul(values.len() as u64));
        within &= values.iter().all(|value| (min..=max).contains(value));
        let sorted = level == 0 || values.is_sorted_by(|a, b| a.total_cmp(b).is_le());
        from.check(sorted, "values of a level out of order")?;
        sketch.levels.push(values);
    }
    from.check(within, "values beyond the smallest and the largest")?;
    from.check(total == count, "values that do not stand for all numbers")
}
