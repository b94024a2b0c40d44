//! [`TableStream`]: a table read batch by batch, in memory that does not grow with its rows.

use std::io::{Read, Seek, SeekFrom};

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use marey_core::Warned;

use super::{
    ReadOptions,
    detect::{Format, detect},
    limits::check,
    parquet_stream::ParquetStream,
    shared_source::SharedSource,
    source::{read, stem},
};
use crate::{ColumnNote, Table, TableError, TableWarning};

/// How many first bytes tell a format.
const HEAD: u64 = 4096;

/// A table read batch by batch.
///
/// Passes over the source begin at the first row and end with [`end_pass`](Self::end_pass). The
/// types of a text table are guessed at its beginning and held against every cell that passes; where
/// the whole column asks for another type than the guess, the pass has to be made again, once.
///
/// ```
/// use std::io::Cursor;
/// use marey_table::read::{PassEnd, ReadOptions, TableStream};
///
/// let source = Cursor::new(b"city,people\nRome,2800000\nPisa,90000\n".to_vec());
/// let mut stream = TableStream::open("cities.csv", source, &ReadOptions::default())?;
/// let rows = loop {
///     let mut rows = 0;
///     while let Some(batches) = stream.next_batches()? {
///         rows += batches.iter().map(|batch| batch.num_rows()).sum::<usize>();
///     }
///     if let PassEnd::Complete { .. } = stream.end_pass()? {
///         break rows;
///     }
/// };
/// assert_eq!(rows, 2);
/// # Ok::<(), marey_table::TableError>(())
/// ```
pub struct TableStream<R> {
    name: String,
    form: Form<R>,
}

/// How a pass over a source ended.
#[derive(Debug)]
pub enum PassEnd {
    /// Every batch was read as the whole table asks for.
    Complete {
        /// How the cells of each column were written.
        notes: Vec<ColumnNote>,
        /// What was noticed and repaired.
        warnings: Vec<TableWarning>,
    },
    /// What came was read by a guess that later rows have refuted: the schema is another one now,
    /// and all batches come again.
    Again,
}

enum Form<R> {
    Parquet(ParquetStream<R>),
    /// A format that is read at once.
    Whole(WholeTable),
}

/// A table in memory, handed out batch by batch.
struct WholeTable {
    table: Warned<Table, TableWarning>,
    schema: SchemaRef,
    columns: Vec<usize>,
    next: usize,
}

impl<R: Read + Seek + Send + 'static> TableStream<R> {
    /// Opens a source; the format is told as by [`read`](super::read()).
    ///
    /// Parquet and text tables come in pieces. Other formats are read at once, within the
    /// [limits](super::ReadLimits) of `options`.
    ///
    /// # Errors
    ///
    /// When the source cannot be read, is no table, is damaged, or passes one of the limits.
    pub fn open(name: &str, mut source: R, options: &ReadOptions) -> Result<Self, TableError> {
        let failed = |error| unreadable(name, error);
        let length = source.seek(SeekFrom::End(0)).map_err(failed)?;
        check("bytes", "max_bytes", length, options.limits.max_bytes)?;
        let head = read_from_start(&mut source, HEAD).map_err(failed)?;
        let stem = stem(name).to_owned();
        let form = match detect(name, &head) {
            Format::Parquet => {
                let source = SharedSource::new(source).map_err(failed)?;
                Form::Parquet(ParquetStream::open(&stem, source, &options.limits)?)
            }
            _ => {
                let bytes = read_from_start(&mut source, length).map_err(failed)?;
                let table = read(name, bytes, options)?;
                return Ok(Self {
                    name: table.value.name().to_owned(),
                    form: Form::Whole(WholeTable::new(table)),
                });
            }
        };
        Ok(Self { name: stem, form })
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names and types of all columns, as the pass under way reads them.
    pub fn schema(&self) -> &SchemaRef {
        match &self.form {
            Form::Parquet(stream) => stream.schema(),
            Form::Whole(whole) => &whole.schema,
        }
    }

    /// The next rows in order, in one or more batches; nothing behind the last.
    ///
    /// # Errors
    ///
    /// When the source cannot be read, is damaged, or passes a limit.
    pub fn next_batches(&mut self) -> Result<Option<Vec<RecordBatch>>, TableError> {
        match &mut self.form {
            Form::Parquet(stream) => Ok(stream.next_batch()?.map(|batch| vec![batch])),
            Form::Whole(whole) => whole.next_batches(),
        }
    }

    /// Ends a pass, behind its last row.
    ///
    /// # Errors
    ///
    /// When the source cannot be read again from its start.
    pub fn end_pass(&mut self) -> Result<PassEnd, TableError> {
        Ok(match &self.form {
            Form::Parquet(stream) => PassEnd::Complete {
                notes: vec![ColumnNote::default(); stream.schema().fields().len()],
                warnings: stream.warnings().to_vec(),
            },
            Form::Whole(whole) => PassEnd::Complete {
                notes: (0..whole.table.value.columns())
                    .map(|column| whole.table.value.note(column).clone())
                    .collect(),
                warnings: whole.table.warnings.clone(),
            },
        })
    }

    /// Goes back to the first row after a complete pass; batches now have only these columns, given
    /// in rising order.
    ///
    /// # Errors
    ///
    /// When the source cannot be read again from its start.
    pub fn rewind(&mut self, columns: &[usize]) -> Result<(), TableError> {
        match &mut self.form {
            Form::Parquet(stream) => stream.rewind(columns),
            Form::Whole(whole) => {
                whole.columns = columns.to_vec();
                whole.next = 0;
                Ok(())
            }
        }
    }
}

impl WholeTable {
    fn new(table: Warned<Table, TableWarning>) -> Self {
        Self {
            schema: table.value.schema().clone(),
            columns: (0..table.value.columns()).collect(),
            next: 0,
            table,
        }
    }

    fn next_batches(&mut self) -> Result<Option<Vec<RecordBatch>>, TableError> {
        let Some(batch) = self.table.value.batches().get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        let batch = batch.project(&self.columns).map_err(|source| TableError::Arrow {
            what: "could not take columns out of a table".into(),
            source,
        })?;
        Ok(Some(vec![batch]))
    }
}

/// Up to so many first bytes.
fn read_from_start(source: &mut (impl Read + Seek), most: u64) -> std::io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    source.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: &str, source: std::io::Error) -> TableError {
    TableError::Io {
        what: format!("`{name}`"),
        source,
    }
}
