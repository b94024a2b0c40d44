//! A text table read window by window, typed by a guess that every cell is held against.
//!
//! The guess comes from the first rows and from samples along the source. While windows are parsed
//! by it, the evidence of all cells is gathered; at the end the whole column decides as it does for a
//! table in memory. Where the guess reads like the decision, what was parsed stands; else the pass
//! is made again by the decision, which then is final.

use std::io::{self, Read, Seek, SeekFrom};

use arrow::{
    array::{ArrayRef, RecordBatch},
    datatypes::SchemaRef,
};
use marey_core::FieldName;
use rayon::prelude::*;

use super::{
    CsvOptions, batch, classify,
    dialect::{self, Dialect},
    free_name, header,
    record::Repairs,
    repair, schema,
    stretch::{self, Stretches},
};
use crate::{
    ColumnNote, TableError, TableWarning,
    read::cell::{ChunkReport, Evidence, Plan, column_note, column_warnings, decide, read_chunk},
};

/// How much is read at a time.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Sizes {
    /// Bytes of the head, in which dialect, header and types are looked for.
    pub head: usize,
    /// Bytes of a window.
    pub window: usize,
    /// Bytes of each sample along the source.
    pub sample: usize,
}

/// Samples along the source.
const SAMPLES: u64 = 16;

/// A text table read in pieces: UTF-8 of two columns and more.
pub(in crate::read) struct CsvStream<R> {
    source: R,
    sizes: Sizes,
    options: CsvOptions,
    dialect: Dialect,
    /// Where the data begins, in bytes of the source.
    body_start: u64,
    names: Vec<FieldName>,
    /// Number of columns, without the one for surplus cells.
    width: usize,
    head_warnings: Vec<TableWarning>,
    plans: Vec<Plan>,
    /// Evidence of all cells, once a pass is complete.
    decided: bool,
    schema: SchemaRef,
    columns: Vec<usize>,
    pass: Pass,
}

/// Where a pass stands.
#[derive(Default)]
struct Pass {
    /// Bytes read and not yet parsed.
    window: Vec<u8>,
    ended: bool,
    rows: u64,
    repairs: Repairs,
    evidence: Vec<Evidence>,
    reports: Vec<ChunkReport>,
}

/// What became of a try to read in pieces.
pub(in crate::read) enum Flow<T> {
    /// It worked.
    On(T),
    /// The text can be read at once only: it is no UTF-8, has NUL bytes or one column, or a quote in
    /// it may be closed anywhere.
    AtOnce,
}

impl<R: Read + Seek> CsvStream<R> {
    /// Finds out how a text table is written, if it can be read in pieces; else gives the source back.
    pub fn open(
        name: &str,
        mut source: R,
        options: &CsvOptions,
        sizes: Sizes,
    ) -> Result<Result<Self, R>, TableError> {
        let failed = |error| unreadable(name, error);
        let length = source.seek(SeekFrom::End(0)).map_err(failed)?;
        if length <= sizes.head as u64 || options.encoding.is_some() || !options.infer_types {
            return Ok(Err(source));
        }
        let mut head = Vec::new();
        source.seek(SeekFrom::Start(0)).map_err(failed)?;
        source
            .by_ref()
            .take(sizes.head as u64)
            .read_to_end(&mut head)
            .map_err(failed)?;
        let Some(found) = valid(&head, false).filter(|text| !is_other_coding(text)) else {
            return Ok(Err(source));
        };
        let text = found.trim_start_matches('\u{feff}');
        let (asked, below) = dialect::excel_hint(text);
        let dialect = dialect::sniff(below, asked, options)?;
        let header = header::find(below, dialect, options.header, &options.limits)?;
        if header.names.len() < 2 || below.trim().is_empty() {
            return Ok(Err(source));
        }
        let body_start = (found.len() - below.len() + header.data_start) as u64;
        let mut stream = Self {
            sizes,
            options: options.clone(),
            dialect,
            body_start,
            width: header.names.len(),
            names: header.names,
            head_warnings: header.repairs,
            plans: Vec::new(),
            decided: false,
            schema: schema(&[], &[]),
            columns: Vec::new(),
            pass: Pass::default(),
            source,
        };
        let body = below.get(header.data_start..).unwrap_or_default();
        stream.guess(body, length).map_err(failed)?;
        stream.restart().map_err(failed)?;
        Ok(Ok(stream))
    }

    /// The source, for whoever reads it at once.
    pub fn into_source(self) -> R {
        self.source
    }

    /// Names and types, as the pass under way reads them.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Plans by the first rows and by samples along the source.
    fn guess(&mut self, body: &str, length: u64) -> io::Result<()> {
        let mut evidence = vec![Evidence::default(); self.width + 1];
        let start = &body[..body.floor_char_boundary(self.sizes.sample * 4)];
        let long = self.add_sample(start, &mut evidence);
        for sample in 1..SAMPLES {
            let mut bytes = Vec::new();
            self.source.seek(SeekFrom::Start(length / SAMPLES * sample))?;
            self.source
                .by_ref()
                .take(self.sizes.sample as u64)
                .read_to_end(&mut bytes)?;
            // The line that the sample begins in is left out.
            let line = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |at| at + 1);
            if let Some(text) = bytes.get(line..).and_then(|bytes| valid(bytes, false)) {
                // It may begin in the middle of a quoted cell, so that its widths say nothing.
                self.add_sample(text, &mut evidence);
            }
        }
        if long {
            self.names.push(free_name(&self.names));
        }
        evidence.truncate(self.names.len());
        self.plans = decide(&self.names.iter().collect::<Vec<_>>(), &evidence);
        Ok(())
    }

    /// Counts the cells of a sample; whether any row has too many of them. A sample that cannot be
    /// read, as it begins in the middle of a quoted cell, tells nothing.
    fn add_sample(&self, text: &str, evidence: &mut [Evidence]) -> bool {
        let Ok(stretches) = stretch::cut_window(text, true, self.dialect, self.width, &self.options.limits)
        else {
            return false;
        };
        let width = self.width;
        for stretch in &stretches.stretches {
            if let Ok(records) = stretches.records(text, stretch) {
                evidence
                    .par_iter_mut()
                    .enumerate()
                    .for_each(|(column, evidence)| evidence.merge(&classify(&records, column, width)));
            }
        }
        stretches.repairs().long.count > 0
    }

    /// Goes to the first row, for a pass over all columns.
    fn restart(&mut self) -> io::Result<()> {
        self.schema = schema(&self.names, &self.plans);
        self.rewind(&(0..self.names.len()).collect::<Vec<_>>())
    }

    /// Goes to the first row; batches have these columns only.
    pub fn rewind(&mut self, columns: &[usize]) -> io::Result<()> {
        self.columns = columns.to_vec();
        let width = self.names.len();
        self.pass = Pass {
            evidence: vec![Evidence::default(); if self.decided { 0 } else { width }],
            reports: vec![ChunkReport::default(); columns.len()],
            ..Pass::default()
        };
        self.source.seek(SeekFrom::Start(self.body_start)).map(|_| ())
    }

    /// The next rows; nothing behind the last.
    pub fn next_batches(&mut self, name: &str) -> Result<Flow<Option<Vec<RecordBatch>>>, TableError> {
        loop {
            self.fill().map_err(|error| unreadable(name, error))?;
            let mut window = std::mem::take(&mut self.pass.window);
            let ended = self.pass.ended;
            let Some(text) =
                valid(&window, ended).filter(|text| memchr::memchr(0, text.as_bytes()).is_none())
            else {
                return Ok(Flow::AtOnce);
            };
            if text.is_empty() {
                if ended {
                    return Ok(Flow::On(None));
                }
                self.pass.window = window;
                continue;
            }
            let cut = stretch::cut_window(text, !ended, self.dialect, self.width, &self.options.limits)?;
            let (end, advanced) = (cut.end, cut.end > 0);
            let batches = self.parse(text, &cut)?;
            drop(cut);
            window.drain(..end.min(window.len()));
            self.pass.window = window;
            if batches.is_empty() && ended {
                return Ok(Flow::On(None));
            }
            if !advanced && self.pass.window.len() > self.options.limits.max_cell_bytes + self.sizes.window {
                return Ok(Flow::AtOnce);
            }
            if !batches.is_empty() {
                return Ok(Flow::On(Some(batches)));
            }
        }
    }

    /// Reads on, a window more than what is left.
    fn fill(&mut self) -> io::Result<()> {
        if self.pass.ended {
            return Ok(());
        }
        let wanted = self.sizes.window;
        self.pass.window.reserve(wanted);
        let read = self
            .source
            .by_ref()
            .take(wanted as u64)
            .read_to_end(&mut self.pass.window)?;
        self.pass.ended = read < wanted;
        Ok(())
    }

    fn parse(&mut self, text: &str, cut: &Stretches<'_>) -> Result<Vec<RecordBatch>, TableError> {
        let schema = SchemaRef::new(self.schema.project(&self.columns).map_err(projected)?);
        let (width, gather) = (self.width, !self.decided);
        let (columns, plans) = (&self.columns, &self.plans);
        let parsed = cut
            .stretches
            .par_iter()
            .filter(|stretch| stretch.rows() > 0)
            .map(|stretch| {
                let records = cut.records(text, stretch)?;
                let columns: Vec<(ArrayRef, ChunkReport, Option<Evidence>)> = columns
                    .par_iter()
                    .filter_map(|column| Some((*column, plans.get(*column)?)))
                    .map(|(column, plan)| {
                        let mut evidence = gather.then(Evidence::default);
                        let cells = records.column(column, width);
                        let (array, report) = read_chunk(plan, cells, evidence.as_mut());
                        (array, report, evidence)
                    })
                    .collect();
                Ok((columns, records.rows))
            })
            .collect::<Result<Vec<_>, TableError>>()?;
        let pass = &mut self.pass;
        pass.repairs.merge(&cut.repairs(), pass.rows);
        let mut batches = Vec::with_capacity(parsed.len());
        for (columns, rows) in parsed {
            let mut arrays = Vec::with_capacity(columns.len());
            for (at, (array, report, evidence)) in columns.into_iter().enumerate() {
                if let Some(merged) = pass.reports.get_mut(at) {
                    merged.merge(report, pass.rows);
                }
                if let (Some(merged), Some(evidence)) = (pass.evidence.get_mut(at), evidence) {
                    merged.merge(&evidence);
                }
                arrays.push(array);
            }
            batches.push(batch(&schema, arrays, rows)?);
            pass.rows += rows as u64;
        }
        self.options.limits.check_rows(self.pass.rows)?;
        Ok(batches)
    }

    /// Holds the guess against all that passed: notes and warnings, or nothing when the pass has to
    /// be made again.
    pub fn end_pass(&mut self) -> io::Result<Option<(Vec<ColumnNote>, Vec<TableWarning>)>> {
        let long = self.pass.repairs.long.count > 0;
        if !self.decided {
            let surplus_unread = long && self.names.len() == self.width;
            if surplus_unread {
                self.names.push(free_name(&self.names));
                // What is in the surplus is not known yet, so the next pass guesses again.
                self.plans.push(Plan::text());
                self.restart()?;
                return Ok(None);
            }
            let plans = decide(&self.names.iter().collect::<Vec<_>>(), &self.pass.evidence);
            let held = self
                .plans
                .iter()
                .zip(&plans)
                .zip(&self.pass.evidence)
                .all(|((guess, plan), evidence)| guess.reads_like(plan, evidence));
            self.plans = plans;
            self.decided = true;
            if !held {
                self.restart()?;
                return Ok(None);
            }
        }
        let mut warnings = self.head_warnings.clone();
        warnings.extend(repair::warnings(
            &self.pass.repairs,
            self.width,
            self.names.get(self.width),
        ));
        let mut notes = Vec::with_capacity(self.names.len());
        for ((name, plan), report) in self.names.iter().zip(&self.plans).zip(&self.pass.reports) {
            notes.push(column_note(plan, report));
            warnings.extend(column_warnings(name, plan, report));
        }
        Ok(Some((notes, warnings)))
    }
}

/// The bytes as text; but for the end, a character may be cut off behind it, and is left out.
fn valid(bytes: &[u8], ended: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && !ended => bytes
            .get(..error.valid_up_to())
            .and_then(|bytes| std::str::from_utf8(bytes).ok()),
        Err(_) => None,
    }
}

/// Whether control characters speak for UTF-16 or for no text at all; reading at once finds out.
fn is_other_coding(text: &str) -> bool {
    let probe = text.as_bytes();
    let controls = probe
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 14..=31 | 127))
        .count();
    controls * 100 > probe.len() || probe.contains(&0)
}

fn unreadable(name: &str, source: io::Error) -> TableError {
    TableError::Io {
        what: format!("`{name}`"),
        source,
    }
}

fn projected(source: arrow::error::ArrowError) -> TableError {
    TableError::Arrow {
        what: "could not take columns out of a table".into(),
        source,
    }
}
