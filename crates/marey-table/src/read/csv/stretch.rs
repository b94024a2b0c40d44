//! Stretches of the data that are scanned in parallel.

use std::borrow::Cow;

use rayon::prelude::*;

use super::{
    dialect::Dialect,
    record::{Records, Repairs, Scanner, Width},
};
use crate::{TableError, read::ReadLimits};

/// Smallest and largest size of a stretch. Sizes follow from the input alone, so that batches do
/// not depend on the number of threads.
const SMALLEST: usize = 256 << 10;
const LARGEST: usize = 4 << 20;

/// Number of stretches aimed at for inputs of middling size.
const AIM: usize = 16;

/// Up to this many stretches are kept scanned between the passes; more would take as much memory
/// as the input again, and scanning twice is cheap.
const KEPT: usize = 16;

/// A run of whole records.
#[derive(Debug)]
pub(super) struct Stretch<'t> {
    start: usize,
    end: usize,
    rows: usize,
    repairs: Repairs,
    cut_off: bool,
    records: Option<Records<'t>>,
}

/// The whole data as stretches.
#[derive(Debug)]
pub(super) struct Stretches<'t> {
    /// In order.
    pub stretches: Vec<Stretch<'t>>,
    dialect: Dialect,
    width: usize,
    limits: ReadLimits,
    /// Where the last record ends.
    pub end: usize,
}

/// What is cut: a text, how it is written, and whether more of it follows.
#[derive(Clone, Copy)]
struct Body<'t, 'l> {
    text: &'t str,
    more: bool,
    dialect: Dialect,
    width: usize,
    limits: &'l ReadLimits,
}

/// Cuts data into stretches of whole records.
pub(super) fn cut<'t>(
    body: &'t str,
    dialect: Dialect,
    width: usize,
    limits: &ReadLimits,
) -> Result<Stretches<'t>, TableError> {
    let size = (body.len() / AIM).clamp(SMALLEST, LARGEST);
    cut_by(
        size,
        Body {
            text: body,
            more: false,
            dialect,
            width,
            limits,
        },
    )
}

/// Cuts a window of the data, behind which more may follow, into stretches of whole records.
pub(super) fn cut_window<'t>(
    window: &'t str,
    more: bool,
    dialect: Dialect,
    width: usize,
    limits: &ReadLimits,
) -> Result<Stretches<'t>, TableError> {
    let size = window.len().div_ceil(KEPT).max(1);
    cut_by(
        size,
        Body {
            text: window,
            more,
            dialect,
            width,
            limits,
        },
    )
}

/// Cuts data into stretches of about `size` bytes.
fn cut_by<'t>(size: usize, data: Body<'t, '_>) -> Result<Stretches<'t>, TableError> {
    let Body {
        text: body, dialect, ..
    } = data;
    let borders: Vec<usize> = (0..body.len()).step_by(size).chain([body.len()]).collect();
    let starts = guess_starts(body.as_bytes(), &borders, dialect);
    let keep = borders.len() <= KEPT + 1;
    let scan = |start: usize, border: usize| scan(&data, start, border, keep);
    let guessed: Vec<_> = starts
        .par_iter()
        .zip(&borders[1..])
        .map(|(start, border)| scan(*start, *border))
        .collect();
    let mut stretches: Vec<Stretch<'t>> = Vec::with_capacity(guessed.len());
    let mut at = 0;
    for ((start, border), guess) in starts.iter().zip(&borders[1..]).zip(guessed) {
        if at >= *border && at > 0 {
            // The stretch before reaches beyond this one.
            continue;
        }
        // A wrong guess may fail where the true scan does not.
        let stretch = if *start == at { guess? } else { scan(at, *border)? };
        at = stretch.end;
        let cut_off = stretch.cut_off;
        stretches.push(stretch);
        if cut_off {
            break;
        }
    }
    Ok(Stretches {
        stretches,
        dialect,
        width: data.width,
        limits: data.limits.clone(),
        end: at,
    })
}

fn scan<'t>(body: &Body<'t, '_>, start: usize, border: usize, keep: bool) -> Result<Stretch<'t>, TableError> {
    let text = body.text.get(start..).unwrap_or_default();
    let records = Scanner::new(text, body.dialect, Width::Fixed(body.width), body.limits)
        .window(body.more)
        .read(border.saturating_sub(start), usize::MAX)?;
    Ok(Stretch {
        start,
        end: start + records.end,
        rows: records.rows,
        repairs: records.repairs,
        cut_off: records.cut_off,
        records: keep.then_some(records),
    })
}

/// Where the first record behind each border begins, if quotes are balanced before it.
fn guess_starts(bytes: &[u8], borders: &[usize], dialect: Dialect) -> Vec<usize> {
    let quotes: Vec<usize> = borders
        .par_windows(2)
        .map(|pair| match dialect.quote {
            0 => 0,
            quote => memchr::memchr_iter(quote, &bytes[pair[0]..pair[1]]).count(),
        })
        .collect();
    let mut before = 0;
    let mut starts = Vec::with_capacity(quotes.len());
    for (border, count) in borders.iter().zip(&quotes) {
        starts.push(if *border == 0 {
            0
        } else {
            next_record(bytes, *border, before % 2 == 1, dialect.quote)
        });
        before += count;
    }
    starts
}

/// The first position at or behind `from` where a record begins.
fn next_record(bytes: &[u8], from: usize, mut quoted: bool, quote: u8) -> usize {
    // The byte before may be the end of a line, and then a record begins right here.
    if !quoted && (bytes[from - 1] == b'\n' || (bytes[from - 1] == b'\r' && bytes.get(from) != Some(&b'\n')))
    {
        return from;
    }
    let mut at = from;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| memchr::memchr3(quote, b'\n', b'\r', rest))
    {
        let here = at + found;
        at = here + 1;
        if quote != 0 && bytes[here] == quote {
            quoted = !quoted;
        } else if !quoted {
            let crlf = bytes[here] == b'\r' && bytes.get(at) == Some(&b'\n');
            return at + usize::from(crlf);
        }
    }
    bytes.len()
}

impl Stretch<'_> {
    /// Number of records.
    pub fn rows(&self) -> usize {
        self.rows
    }
}

impl<'t> Stretches<'t> {
    /// Number of records.
    pub fn rows(&self) -> u64 {
        self.stretches.iter().map(|stretch| stretch.rows as u64).sum()
    }

    /// All repairs, with rows counted from the first record.
    pub fn repairs(&self) -> Repairs {
        let mut repairs = Repairs::default();
        let mut first_row = 0;
        for stretch in &self.stretches {
            repairs.merge(&stretch.repairs, first_row);
            first_row += stretch.rows as u64;
        }
        repairs
    }

    /// The cells of a stretch.
    pub fn records<'s>(
        &self,
        body: &'t str,
        stretch: &'s Stretch<'t>,
    ) -> Result<Cow<'s, Records<'t>>, TableError> {
        if let Some(records) = &stretch.records {
            return Ok(Cow::Borrowed(records));
        }
        let text = body.get(stretch.start..).unwrap_or_default();
        let until = stretch.end - stretch.start;
        Scanner::new(text, self.dialect, Width::Fixed(self.width), &self.limits)
            .read(until, usize::MAX)
            .map(Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIALECT: Dialect = Dialect {
        delimiter: b',',
        quote: b'"',
        backslash: false,
    };

    /// All cells of all records, and the repairs.
    fn scanned(size: usize, body: &str) -> (Vec<Vec<String>>, Repairs) {
        let limits = ReadLimits::default();
        let data = Body {
            text: body,
            more: false,
            dialect: DIALECT,
            width: 2,
            limits: &limits,
        };
        let cut = cut_by(size, data).expect("within limits");
        let mut rows = Vec::new();
        for stretch in &cut.stretches {
            let records = cut.records(body, stretch).expect("within limits");
            for row in 0..records.rows {
                let cell = |column| records.column(column, 2).nth(row).unwrap_or_default().to_owned();
                rows.push(vec![cell(0), cell(1), cell(2)]);
            }
        }
        (rows, cut.repairs())
    }

    proptest! {
        #[test]
        fn stretches_read_what_one_scan_reads(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", ",", "\n", "\r\n", "\"", "\"\"", " ", "\"b\n\"", "\",\"", "\u{e9}", "\r",
            ]), 0..60),
            size in 1usize..9,
        ) {
            let body = pieces.concat();
            prop_assert_eq!(scanned(size, &body), scanned(usize::MAX / 2, &body));
        }
    }
}
