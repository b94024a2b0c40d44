//! Dialects of text tables: what separates cells and what quotes them.

use super::{
    CsvOptions,
    record::{Records, Scanner, Width},
};
use crate::{TableError, read::ReadLimits};

/// How cells are separated and quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The separator; [`NO_DELIMITER`] in a table of one column.
    pub delimiter: u8,
    /// The quote; 0 for none.
    pub quote: u8,
    /// Whether quotes are escaped by a backslash.
    pub backslash: bool,
}

/// A byte that never occurs in UTF-8.
pub(super) const NO_DELIMITER: u8 = 0xFF;

/// Separators looked for, in order of preference.
const CANDIDATES: [u8; 8] = [b',', b'\t', b';', b'|', 0x1F, 0x01, b'~', b'^'];

/// How much of the text is looked at.
const SAMPLE_BYTES: usize = 128 << 10;

/// Most records looked at.
pub(super) const SAMPLE_RECORDS: usize = 2_000;

/// The dialect asked for, or the one in which the text makes the best table.
pub(super) fn sniff(text: &str, asked: Option<u8>, options: &CsvOptions) -> Result<Dialect, TableError> {
    let sample = sample(text);
    let quote = match options.quote {
        Some(quote) => quote,
        None => sniff_quote(sample),
    };
    let backslash = uses_backslash(sample, quote);
    let dialect = |delimiter| Dialect {
        delimiter,
        quote,
        backslash,
    };
    if let Some(delimiter) = options.delimiter.or(asked) {
        return Ok(dialect(delimiter));
    }
    let mut best = (0.0, NO_DELIMITER);
    for delimiter in CANDIDATES {
        if !sample.as_bytes().contains(&delimiter) {
            continue;
        }
        let score = score(
            &read_sample(sample, dialect(delimiter), &options.limits)?,
            delimiter,
        );
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    Ok(dialect(best.1))
}

/// The delimiter that a first line `sep=;` names, as Excel writes it, and the text below.
pub(super) fn excel_hint(text: &str) -> (Option<u8>, &str) {
    let hint = |text: &str| {
        let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
        let delimiter = *rest
            .as_bytes()
            .first()
            .filter(|b| b.is_ascii() && !b.is_ascii_alphanumeric())?;
        let end = rest[1..]
            .strip_prefix("\r\n")
            .or_else(|| rest[1..].strip_prefix(['\n', '\r']))?;
        Some((delimiter, text.len() - end.len()))
    };
    match hint(text) {
        Some((delimiter, end)) => (Some(delimiter), &text[end..]),
        None => (None, text),
    }
}

/// The first lines of a text.
pub(super) fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE_BYTES {
        return text;
    }
    let cut = text.floor_char_boundary(SAMPLE_BYTES);
    // A record that is cut short would look ragged.
    let end = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..cut]).map_or(cut, |at| at + 1);
    &text[..end]
}

/// The records of a sample, as wide as they are.
pub(super) fn read_sample<'t>(
    sample: &'t str,
    dialect: Dialect,
    limits: &ReadLimits,
) -> Result<Records<'t>, TableError> {
    Scanner::new(sample, dialect, Width::Free, limits).read(sample.len(), SAMPLE_RECORDS)
}

/// How well a separator cuts the sample into a table: consistent widths, clean cells.
fn score(records: &Records<'_>, delimiter: u8) -> f64 {
    let widths: Vec<usize> = (0..records.rows).map(|row| records.record(row).len()).collect();
    let (width, agreeing) = most_common(&widths);
    if width < 2 {
        return 0.0;
    }
    let share = agreeing as f64 / widths.len().max(1) as f64;
    let (mut cells, mut dirty) = (0usize, 0.0);
    for cell in (0..records.rows).flat_map(|row| records.record(row)) {
        cells += 1;
        dirty += CANDIDATES
            .iter()
            .filter(|other| **other != delimiter && cell.as_bytes().contains(other))
            // Commas belong to prose and to numbers; other marks inside a cell are suspicious.
            .map(|other| if *other == b',' { 0.2 } else { 0.8 })
            .fold(0.0, f64::max);
    }
    let clean = 1.0 - dirty / cells.max(1) as f64;
    let wide = 1.0 - 1.0 / (width as f64 + 1.0);
    if share < 0.3 {
        0.0
    } else {
        share * share * clean.max(0.05) * wide
    }
}

/// The most common width, the larger one of equals, and how many records have it.
pub(super) fn most_common(widths: &[usize]) -> (usize, usize) {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len()))
        .max_by_key(|(width, count)| (*count, *width))
        .unwrap_or((0, 0))
}

/// The double quote, unless only single quotes enclose cells.
fn sniff_quote(sample: &str) -> u8 {
    let bytes = sample.as_bytes();
    let encloses = |quote: u8| {
        let at_border =
            |b: Option<&u8>| b.is_none_or(|b| CANDIDATES.contains(b) || matches!(b, b'\n' | b'\r'));
        let (mut opening, mut closing) = (0usize, 0usize);
        for at in memchr::memchr_iter(quote, bytes) {
            opening += usize::from(at_border(at.checked_sub(1).and_then(|before| bytes.get(before))));
            closing += usize::from(at_border(bytes.get(at + 1)));
        }
        opening.min(closing)
    };
    if encloses(b'"') == 0 && encloses(b'\'') >= 2 {
        b'\''
    } else {
        b'"'
    }
}

/// Whether quotes inside cells are written `\"`: some are, and none is doubled.
fn uses_backslash(sample: &str, quote: u8) -> bool {
    let bytes = sample.as_bytes();
    let is_content = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b' ');
    let (mut escaped, mut doubled) = (0usize, 0usize);
    for at in memchr::memchr_iter(quote, bytes) {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let behind = bytes.get(at + 1);
        escaped += usize::from(before == Some(&b'\\') && is_content(behind));
        doubled += usize::from(behind == Some(&quote) && is_content(before));
    }
    escaped > 0 && doubled == 0
}
