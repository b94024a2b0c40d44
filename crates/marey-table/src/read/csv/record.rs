//! Text into cells: one scan over a stretch of a text table.

use super::{
    cell_ends::CellEnds,
    dialect::Dialect,
    quote::{self, Quoted},
};
use crate::{
    TableError,
    read::{ReadLimits, limits},
};

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    /// Length, with [`REWRITTEN`] set when the text is in the scratch and not in the input.
    length: u32,
}

const REWRITTEN: u32 = 1 << 31;

impl Span {
    const EMPTY: Self = Self { start: 0, length: 0 };
}

/// How many cells each record is brought to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Width {
    /// As many as there are.
    Free,
    /// This many, and one more that holds what is beyond them.
    Fixed(usize),
}

/// The cells of a stretch of text, record after record.
#[derive(Debug, Clone)]
pub(super) struct Records<'t> {
    /// The stretch that the spans point into.
    text: &'t str,
    /// Cells that had to be rewritten: doubled quotes, surplus cells joined.
    scratch: String,
    spans: Vec<Span>,
    /// End of each record in `spans`; only for [`Width::Free`].
    ends: Vec<usize>,
    /// Number of records.
    pub rows: usize,
    /// Where the next record begins, in bytes from the start of the stretch.
    pub end: usize,
    /// What was repaired.
    pub repairs: Repairs,
    /// Whether reading stopped at a record that may go on behind the text.
    pub cut_off: bool,
}

/// How often something was repaired, and the first record where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub count: u64,
    pub first: Option<u64>,
}

impl Count {
    fn add(&mut self, row: usize) {
        self.add_many(row, 1);
    }

    fn add_many(&mut self, row: usize, count: u64) {
        if count > 0 {
            self.count += count;
            self.first.get_or_insert(row as u64);
        }
    }

    /// Adds counts of a stretch whose first record is `first_row`.
    pub fn merge(&mut self, other: Self, first_row: u64) {
        self.count += other.count;
        if self.first.is_none() {
            self.first = other.first.map(|row| row + first_row);
        }
    }
}

/// What was repaired while records were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Repairs {
    /// Records with too few cells, filled with nulls.
    pub short: Count,
    /// Records with too many cells, kept in a column of their own.
    pub long: Count,
    /// Records with empty cells beyond the last column.
    pub trailing: Count,
    /// Lines with nothing on them, left out.
    pub blank: Count,
    /// Quotes inside quoted cells that should have been doubled.
    pub stray_quote: Count,
    /// Quotes that open a cell and are never closed.
    pub open_quote: Count,
    /// Cells with spaces around them that are not in quotes.
    pub padded: Count,
}

impl Repairs {
    /// Adds the repairs of a stretch whose first record is `first_row`.
    pub fn merge(&mut self, other: &Self, first_row: u64) {
        self.short.merge(other.short, first_row);
        self.long.merge(other.long, first_row);
        self.trailing.merge(other.trailing, first_row);
        self.blank.merge(other.blank, first_row);
        self.stray_quote.merge(other.stray_quote, first_row);
        self.open_quote.merge(other.open_quote, first_row);
        self.padded.merge(other.padded, first_row);
    }
}

impl<'t> Records<'t> {
    /// The text of a span.
    fn text_of(&self, span: Span) -> &str {
        let length = (span.length & !REWRITTEN) as usize;
        let start = span.start as usize;
        let source: &str = if span.length & REWRITTEN == 0 {
            self.text
        } else {
            &self.scratch
        };
        source.get(start..start + length).unwrap_or_default()
    }

    /// The cells of a column, of records brought to `width` columns and one more.
    pub fn column(&self, column: usize, width: usize) -> impl ExactSizeIterator<Item = &str> {
        (0..self.rows).map(move |row| self.text_of(self.spans[row * (width + 1) + column]))
    }

    /// The cells of a record of free width.
    pub fn record(&self, row: usize) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        self.spans[start..self.ends[row]]
            .iter()
            .map(|span| self.text_of(*span))
    }
}

/// Scans records.
pub(super) struct Scanner<'t, 'o> {
    dialect: Dialect,
    width: Width,
    limits: &'o ReadLimits,
    bytes: &'t [u8],
    at: usize,
    records: Records<'t>,
    /// Spans of the record being read begin here.
    record_start: usize,
    /// A quote opened here was never closed, so none opened later is either.
    unclosed: Option<usize>,
    /// Quotes opened before here end the way the last one given up did.
    given_up: usize,
    /// Where the text ends, but for white space.
    content_end: usize,
    ends: CellEnds,
    /// Whether the text is a window, and more follows behind it.
    more: bool,
    /// Whether the record being read may look different with what follows.
    doubtful: bool,
}

/// What ended a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellEnd {
    Delimiter,
    Record,
}

impl<'t, 'o> Scanner<'t, 'o> {
    /// A scanner over a stretch of text that begins with a record.
    pub fn new(text: &'t str, dialect: Dialect, width: Width, limits: &'o ReadLimits) -> Self {
        Self {
            dialect,
            width,
            limits,
            bytes: text.as_bytes(),
            at: 0,
            records: Records {
                text,
                scratch: String::new(),
                spans: Vec::new(),
                ends: Vec::new(),
                rows: 0,
                end: 0,
                repairs: Repairs::default(),
                cut_off: false,
            },
            record_start: 0,
            unclosed: None,
            given_up: 0,
            content_end: text.trim_end().len(),
            ends: CellEnds::new(dialect.delimiter),
            more: false,
            doubtful: false,
        }
    }

    /// The same scanner over a window behind which more text follows: it stops before the first
    /// record that may go on there.
    pub fn window(mut self, more: bool) -> Self {
        self.more = more;
        self
    }

    /// Reads all records that begin before `until`, at most `most` of them.
    ///
    /// # Errors
    ///
    /// When a record has too many cells or a cell is too large.
    pub fn read(mut self, until: usize, most: usize) -> Result<Records<'t>, TableError> {
        let until = until.min(self.bytes.len());
        let columns = match self.width {
            Width::Free => 1,
            Width::Fixed(columns) => columns + 1,
        };
        // Cells of ten bytes, to begin with.
        self.records.spans.reserve((until / 10).max(columns));
        while self.at < until && self.records.rows < most {
            if self.more {
                if !self.whole_record()? {
                    break;
                }
            } else {
                self.record()?;
            }
        }
        self.records.end = self.at;
        Ok(self.records)
    }

    /// Reads a record of a window, or takes it back when it may go on behind the window.
    fn whole_record(&mut self) -> Result<bool, TableError> {
        let records = &self.records;
        let before = (
            self.at,
            records.rows,
            records.spans.len(),
            records.scratch.len(),
            records.repairs,
        );
        let read = self.record();
        if !self.doubtful && self.at < self.bytes.len() {
            return read.map(|()| true);
        }
        if !self.doubtful {
            // What passes a limit does so with what follows, too.
            read?;
        }
        let (at, rows, spans, scratch, repairs) = before;
        self.at = at;
        self.records.rows = rows;
        self.records.spans.truncate(spans);
        self.records.scratch.truncate(scratch);
        self.records.repairs = repairs;
        self.records.cut_off = true;
        Ok(false)
    }

    fn record(&mut self) -> Result<(), TableError> {
        self.record_start = self.records.spans.len();
        if self.skip_blank() {
            return Ok(());
        }
        // The header had no more cells than are allowed.
        let allowed = match self.width {
            Width::Free => 0,
            Width::Fixed(columns) => columns,
        };
        loop {
            if self.plain_cells(allowed) {
                break;
            }
            let end = self.cell()?;
            let cells = self.records.spans.len() - self.record_start;
            if cells > allowed {
                self.check_cells(cells)?;
            }
            if end == CellEnd::Record {
                break;
            }
        }
        self.finish_record();
        Ok(())
    }

    /// Reads cells as long as they are plain and no more than are allowed, the common case; whether the
    /// record has ended with the last of them.
    #[inline]
    fn plain_cells(&mut self, allowed: usize) -> bool {
        let (bytes, delimiter) = (self.bytes, self.dialect.delimiter);
        let quote = self.dialect.quote;
        let longest = self.limits.max_cell_bytes;
        let room = allowed.saturating_sub(self.records.spans.len() - self.record_start);
        for _ in 0..room {
            let start = self.at;
            let Some(first) = bytes.get(start) else {
                return false;
            };
            if *first == b' ' || (*first == quote && quote != 0) {
                return false;
            }
            let end = self.ends.next(bytes, start);
            // A line end at the end of the text is looked at in full.
            let Some(mark) = bytes.get(end) else {
                return false;
            };
            let padded = end > start && bytes.get(end - 1) == Some(&b' ');
            if padded || end - start > longest || end >= REWRITTEN as usize {
                return false;
            }
            self.records.spans.push(Span {
                start: start as u32,
                length: (end - start) as u32,
            });
            self.at = end;
            if *mark != delimiter {
                self.pass_line_end();
                return true;
            }
            self.at = end + 1;
        }
        false
    }

    fn check_cells(&self, cells: usize) -> Result<(), TableError> {
        self.limits.check_columns(cells)
    }

    /// Passes a line with nothing on it; in a table of one column that is an empty cell instead,
    /// except below the last one.
    fn skip_blank(&mut self) -> bool {
        let Some(first) = self.bytes.get(self.at) else {
            return false;
        };
        let cell = matches!(self.width, Width::Fixed(1)) && self.at < self.content_end;
        if cell || !matches!(first, b'\n' | b'\r' | b' ' | b'\t') {
            return false;
        }
        let rest = &self.bytes[self.at..];
        let spaces = rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t') && **b != self.dialect.delimiter)
            .count();
        let ends = matches!(rest.get(spaces), None | Some(b'\n' | b'\r'));
        if ends {
            self.at += spaces;
            self.pass_line_end();
            self.records.repairs.blank.add(self.records.rows);
        }
        ends
    }

    fn pass_line_end(&mut self) {
        if self.bytes.get(self.at) == Some(&b'\r') {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
    }

    fn finish_record(&mut self) {
        let cells = self.records.spans.len() - self.record_start;
        match self.width {
            Width::Free => self.records.ends.push(self.records.spans.len()),
            Width::Fixed(width) => {
                if cells < width {
                    self.records.repairs.short.add(self.records.rows);
                } else if cells > width {
                    self.join_surplus(width);
                }
                self.records
                    .spans
                    .resize(self.record_start + width + 1, Span::EMPTY);
                if cells > width {
                    self.keep_surplus(width);
                }
            }
        }
        self.records.rows += 1;
    }

    /// Writes the cells beyond the last column into the scratch, as one cell.
    fn join_surplus(&mut self, width: usize) {
        let surplus: Vec<Span> = self.records.spans[self.record_start + width..].to_vec();
        let start = self.records.scratch.len();
        if surplus
            .iter()
            .all(|span| self.records.text_of(*span).trim().is_empty())
        {
            self.records.repairs.trailing.add(self.records.rows);
            return;
        }
        for (at, span) in surplus.iter().enumerate() {
            if at > 0 {
                self.records.scratch.push(char::from(self.dialect.delimiter));
            }
            let cell = self.records.text_of(*span).to_owned();
            self.records.scratch.push_str(&cell);
        }
        self.records.repairs.long.add(self.records.rows);
        let span = self.rewritten_from(start);
        self.records.spans[self.record_start + width] = span;
    }

    /// Empties the last cell unless it holds joined surplus.
    fn keep_surplus(&mut self, width: usize) {
        let last = self.record_start + width;
        if self.records.spans[last].length & REWRITTEN == 0 {
            self.records.spans[last] = Span::EMPTY;
        }
    }

    fn rewritten_from(&self, start: usize) -> Span {
        let length = self.records.scratch.len() - start;
        Span {
            start: start as u32,
            length: length as u32 | REWRITTEN,
        }
    }

    /// Reads one cell and what ends it.
    #[inline]
    fn cell(&mut self) -> Result<CellEnd, TableError> {
        let first = self.bytes.get(self.at).copied().unwrap_or_default();
        if self.dialect.quote != 0 && (first == b' ' || first == self.dialect.quote) {
            let spaces = self.bytes[self.at..].iter().take_while(|b| **b == b' ').count();
            if self.bytes.get(self.at + spaces) == Some(&self.dialect.quote)
                && let Some(end) = self.quoted_cell(self.at + spaces)?
            {
                return Ok(end);
            }
        }
        self.plain_cell()
    }

    #[inline]
    fn plain_cell(&mut self) -> Result<CellEnd, TableError> {
        let start = self.at;
        let end = self.ends.next(self.bytes, start);
        let padded = |at: usize| self.bytes.get(at) == Some(&b' ');
        if end > start && (padded(start) || padded(end - 1)) {
            self.push_trimmed(start, end)?;
        } else {
            self.push(start, end)?;
        }
        self.at = end;
        Ok(self.pass_end())
    }

    /// Passes the delimiter or line end that stands at the cursor.
    #[inline]
    fn pass_end(&mut self) -> CellEnd {
        match self.bytes.get(self.at) {
            Some(byte) if *byte == self.dialect.delimiter => {
                self.at += 1;
                CellEnd::Delimiter
            }
            _ => {
                self.pass_line_end();
                CellEnd::Record
            }
        }
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize) -> Result<(), TableError> {
        // The limit on cells keeps stretches below 2 GiB, but a record may hold many cells.
        if end - start > self.limits.max_cell_bytes || end >= REWRITTEN as usize {
            self.check_cell(end - start)?;
            return Err(self.too_large(end));
        }
        self.records.spans.push(Span {
            start: start as u32,
            length: (end - start) as u32,
        });
        Ok(())
    }

    #[cold]
    fn push_trimmed(&mut self, start: usize, end: usize) -> Result<(), TableError> {
        let spaces = |b: &&u8| **b == b' ';
        let cell = &self.bytes[start..end];
        let before = cell.iter().take_while(spaces).count();
        let behind = cell.iter().rev().take_while(spaces).count();
        if before == cell.len() {
            return self.push(end, end);
        }
        self.records.repairs.padded.add(self.records.rows);
        self.push(start + before, end - behind)
    }

    fn check_cell(&self, length: usize) -> Result<(), TableError> {
        limits::check(
            "bytes in one cell",
            "max_cell_bytes",
            length as u64,
            self.limits.max_cell_bytes as u64,
        )
    }

    fn too_large(&self, found: usize) -> TableError {
        TableError::LimitPassed {
            what: "bytes in one record",
            option: "max_cell_bytes",
            found: found as u64,
            limit: u64::from(REWRITTEN),
        }
    }

    /// Reads a quoted cell, or nothing when its quote is not closed and so is part of the text.
    fn quoted_cell(&mut self, open: usize) -> Result<Option<CellEnd>, TableError> {
        let doomed = open < self.given_up || self.unclosed.is_some_and(|from| from <= open);
        if doomed && self.bytes.get(open + 1) != Some(&self.dialect.quote) {
            self.records.repairs.open_quote.add(self.records.rows);
            return Ok(None);
        }
        match quote::find_close(self.bytes, open, self.dialect, self.limits.max_cell_bytes) {
            Quoted::Closed {
                close,
                end,
                escaped,
                stray,
            } => {
                self.records
                    .repairs
                    .stray_quote
                    .add_many(self.records.rows, stray);
                if escaped {
                    self.push_unescaped(open + 1, close)?;
                } else {
                    self.push(open + 1, close)?;
                }
                self.at = end;
                return Ok(Some(self.pass_end()));
            }
            Quoted::TooLarge { found } => self.check_cell(found)?,
            Quoted::Never => {
                self.unclosed = self.unclosed.or(Some(open));
                self.doubtful |= self.more;
            }
            Quoted::Broken { line_end } => self.given_up = line_end,
        }
        self.records.repairs.open_quote.add(self.records.rows);
        Ok(None)
    }

    fn push_unescaped(&mut self, start: usize, end: usize) -> Result<(), TableError> {
        self.check_cell(end - start)?;
        let before = self.records.scratch.len();
        if before + (end - start) >= REWRITTEN as usize {
            return Err(self.too_large(before));
        }
        let text = self.records.text.get(start..end).unwrap_or_default();
        quote::unescape(text, self.dialect, &mut self.records.scratch);
        let span = self.rewritten_from(before);
        self.records.spans.push(span);
        Ok(())
    }
}
