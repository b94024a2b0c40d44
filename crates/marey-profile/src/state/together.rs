//! What is remembered of columns together, as bytes: joint moments and the sample of rows.

use super::bytes::{Read, Reader, Writer};
use crate::{
    ProfileOptions,
    association::{CoMoments, Joint, PENDING, Triangle},
    row_sample::RowSample,
    value::Kind,
};

pub(super) fn no_moments() -> CoMoments {
    CoMoments::new(std::iter::empty(), 0)
}

pub(super) fn no_rows(columns: usize, options: &ProfileOptions) -> RowSample {
    RowSample::new(columns, options.rows_kept(columns))
}

/// Which columns they are of follows from the kinds of columns and the options.
pub(super) fn write_moments(moments: &CoMoments, to: &mut Writer) {
    let CoMoments {
        columns: _,
        joint,
        pending,
    } = moments;
    to.flag(!joint.is_empty());
    for joint in joint.iter() {
        let Joint {
            n,
            mean_a,
            mean_b,
            aa,
            bb,
            ab,
        } = joint;
        for moment in [n, mean_a, mean_b, aa, bb, ab] {
            to.float(*moment);
        }
    }
    to.len(pending.first().map_or(0, Vec::len));
    for value in pending.iter().flatten() {
        // Missing values are written alike, whichever way they are missing.
        to.float(if value.is_nan() { f64::NAN } else { *value });
    }
}

pub(super) fn read_moments(
    kinds: impl Iterator<Item = Kind>,
    options: &ProfileOptions,
    rows: u64,
    from: &mut Reader<'_>,
) -> Read<CoMoments> {
    let mut moments = CoMoments::new(kinds, options.max_correlated);
    let size = moments.columns.len();
    if from.flag()? {
        // Six numbers for each pair, before there is a place for them.
        let pairs = size * (size + 1) / 2;
        from.check(from.holds(pairs, 48), "the bytes end before the joint moments")?;
        moments.joint = Triangle::new(size);
        for joint in moments.joint.iter_mut() {
            *joint = Joint {
                n: from.finite()?,
                mean_a: from.float()?,
                mean_b: from.float()?,
                aa: from.float()?,
                bb: from.float()?,
                ab: from.float()?,
            };
            from.check(
                (0.0..=rows as f64).contains(&joint.n),
                "joint rows beyond all rows",
            )?;
        }
    }
    let len = from.len(8 * size, PENDING)?;
    from.check(size > 0 || len == 0, "rows without columns")?;
    for values in &mut moments.pending {
        for _ in 0..len {
            values.push(from.float()?);
        }
    }
    Ok(moments)
}

/// Rows in order of hash, no more than are kept in the end, so that the order of rows does not show.
pub(super) fn write_sample(sample: &RowSample, to: &mut Writer) {
    let (bound, rows) = sample.clone().cut_to_size();
    to.word(bound);
    to.len(rows.hashes.len());
    for (hash, count) in rows.hashes.iter().zip(&rows.counts) {
        to.word(*hash);
        to.count(*count);
    }
    for code in rows.cells.iter().flatten() {
        to.word(*code);
    }
}

/// Reads into the empty sample of a table of so many rows.
pub(super) fn read_sample(sample: &mut RowSample, rows: u64, from: &mut Reader<'_>) -> Read<()> {
    let bound = from.word()?;
    let columns = sample.columns();
    let len = from.len(9 + 8 * columns, sample.kept())?;
    let full = bound == u64::MAX || len == sample.kept();
    from.check(full, "a sample of rows that is none")?;
    let (mut hashes, mut counts) = (Vec::with_capacity(len), Vec::with_capacity(len));
    let mut left = rows;
    for _ in 0..len {
        let hash = from.word()?;
        let count = from.count_to(left, "equal rows")?;
        let ordered = hashes.last() < Some(&hash) && hash <= bound && count > 0;
        from.check(ordered, "rows out of the order of their hashes")?;
        left -= count;
        hashes.push(hash);
        counts.push(count);
    }
    from.check(
        bound < u64::MAX || left == 0,
        "equal rows that do not add up to all rows",
    )?;
    let mut cells = Vec::with_capacity(columns);
    for _ in 0..columns {
        let codes: Read<Vec<u64>> = (0..len).map(|_| from.word()).collect();
        cells.push(codes?);
    }
    sample.restore(bound, hashes, counts, cells);
    Ok(())
}
