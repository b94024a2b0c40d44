//! Each sketch alone over a column of values, for the benches of this crate; no part of its interface.

use crate::{
    association::products,
    distinct::HyperLogLog,
    frequent::FrequentValues,
    hash,
    moments::Moments,
    quantile::QuantileSketch,
    text::{TextMeasure, TextTotals},
    value::{Kind, Value},
    value_sample::ValueSample,
    value_table::ValueTable,
};

/// Hashes of values of 64 bits.
pub fn hash_bits(values: &[u64]) -> Vec<u64> {
    values.iter().map(|bits| hash::hash_bits(*bits)).collect()
}

/// Hashes of texts.
pub fn hash_texts(texts: &[&str]) -> Vec<u64> {
    texts.iter().map(|text| hash::hash_text(text)).collect()
}

/// Number of different hashes, estimated.
pub fn distinct(hashes: &[u64]) -> u64 {
    let mut sketch = HyperLogLog::new();
    sketch.extend(hashes);
    sketch.estimate()
}

/// Values counted exactly; their number.
pub fn counted(hashes: &[u64], bits: &[u64]) -> usize {
    let mut table = ValueTable::new(Kind::Int);
    for (hash, bits) in hashes.iter().zip(bits) {
        table.add(*hash, Value::Bits(*bits), 1);
    }
    table.len()
}

/// Most by which a count of a frequent value may be too low.
pub fn frequent(hashes: &[u64]) -> u64 {
    let mut sketch = FrequentValues::new(Kind::Int);
    sketch.extend(hashes);
    sketch.shortfall()
}

/// Number of values sampled.
pub fn sampled(hashes: &[u64], bits: &[u64]) -> usize {
    let mut sample = ValueSample::new(Kind::Int);
    sample.extend(hashes, bits);
    sample.finish().len()
}

/// Number of values kept for quantiles.
pub fn quantiles(values: &[f64]) -> usize {
    let mut sketch = QuantileSketch::new();
    sketch.extend(values);
    sketch.weighted().len()
}

/// Standard deviation, from moments in blocks.
pub fn moments(values: &[f64]) -> f64 {
    let mut moments = Moments::default();
    for block in values.chunks(4096) {
        moments.merge(&Moments::of_slice(block));
    }
    moments.stdev()
}

/// Mean length of texts, with everything else that each text is looked at for.
pub fn measured(texts: &[&str]) -> f64 {
    let mut totals = TextTotals::default();
    texts.iter().for_each(|text| totals.add(TextMeasure::of(text), 1));
    totals.summary().map_or(0.0, |summary| summary.mean_chars)
}

/// Sum of the products of all pairs of columns.
pub fn pairs(columns: &[&[f64]]) -> f64 {
    products(columns).iter().sum()
}
