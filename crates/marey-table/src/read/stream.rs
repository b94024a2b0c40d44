//! [`TableStream`]: a table read batch by batch, in memory that does not grow with its rows.

use std::io::{Read, Seek, SeekFrom};

use arrow::{
    array::RecordBatch,
    datatypes::{Schema, SchemaRef},
};
use marey_core::Warned;

use super::{
    ReadOptions,
    csv::{CsvStream, Flow, Sizes},
    detect::{Format, detect},
    limits::check,
    parquet_stream::ParquetStream,
    shared_source::SharedSource,
    source::{csv_options, read, stem},
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
    /// What the source is called.
    source_name: String,
    options: ReadOptions,
    name: String,
    form: Form<R>,
    /// Whether the text under way has to be read at once.
    refuted: bool,
    no_columns: SchemaRef,
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
    Csv(Box<CsvStream<R>>),
    /// Nothing is known yet, as the source could not be opened in another form.
    Closed,
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
    pub fn open(name: &str, source: R, options: &ReadOptions) -> Result<Self, TableError> {
        // A cell and more, so that the head tells what the whole text would.
        let sizes = Sizes {
            head: options.limits.max_cell_bytes.max(4 << 20) + (4 << 20),
            window: 8 << 20,
            sample: 256 << 10,
        };
        Self::open_sized(name, source, options, sizes)
    }

    /// Opens a source, of which so much is read at a time.
    fn open_sized(
        name: &str,
        mut source: R,
        options: &ReadOptions,
        sizes: Sizes,
    ) -> Result<Self, TableError> {
        let failed = |error| unreadable(name, error);
        let length = source.seek(SeekFrom::End(0)).map_err(failed)?;
        check("bytes", "max_bytes", length, options.limits.max_bytes)?;
        let head = read_from_start(&mut source, HEAD).map_err(failed)?;
        let mut stream = Self {
            source_name: name.to_owned(),
            options: options.clone(),
            name: stem(name).to_owned(),
            form: Form::Closed,
            refuted: false,
            no_columns: SchemaRef::new(Schema::empty()),
        };
        match detect(name, &head) {
            Format::Parquet => {
                let source = SharedSource::new(source).map_err(failed)?;
                stream.form = Form::Parquet(ParquetStream::open(&stream.name, source, &options.limits)?);
            }
            Format::Csv => match CsvStream::open(name, source, &csv_options(options), sizes)? {
                Ok(csv) => stream.form = Form::Csv(Box::new(csv)),
                Err(source) => stream.read_at_once(source)?,
            },
            _ => stream.read_at_once(source)?,
        }
        Ok(stream)
    }

    fn read_at_once(&mut self, mut source: R) -> Result<(), TableError> {
        let bytes = read_from_start(&mut source, self.options.limits.max_bytes)
            .map_err(|error| unreadable(&self.source_name, error))?;
        let table = read(&self.source_name, bytes, &self.options)?;
        table.value.name().clone_into(&mut self.name);
        self.form = Form::Whole(WholeTable::new(table));
        Ok(())
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names and types of all columns, as the pass under way reads them.
    pub fn schema(&self) -> &SchemaRef {
        match &self.form {
            Form::Parquet(stream) => stream.schema(),
            Form::Csv(stream) => stream.schema(),
            Form::Whole(whole) => &whole.schema,
            Form::Closed => &self.no_columns,
        }
    }

    /// From here on, texts that a Parquet file holds as places in dictionaries come as arrays of
    /// `Dictionary(Int32, Utf8)`; whoever looks at different values only is spared the cells. Call
    /// it before the first batch.
    ///
    /// # Errors
    ///
    /// When the file is damaged.
    pub fn keep_dictionaries(&mut self) -> Result<(), TableError> {
        match &mut self.form {
            Form::Parquet(stream) => stream.keep_dictionaries(),
            _ => Ok(()),
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
            Form::Csv(stream) => match stream.next_batches(&self.source_name)? {
                Flow::On(batches) => Ok(batches),
                Flow::AtOnce => {
                    self.refuted = true;
                    Ok(None)
                }
            },
            Form::Whole(whole) => whole.next_batches(),
            Form::Closed => Ok(None),
        }
    }

    /// Ends a pass, behind its last row.
    ///
    /// # Errors
    ///
    /// When the source cannot be read again from its start.
    pub fn end_pass(&mut self) -> Result<PassEnd, TableError> {
        if std::mem::take(&mut self.refuted)
            && let Form::Csv(stream) = std::mem::replace(&mut self.form, Form::Closed)
        {
            self.read_at_once(stream.into_source())?;
            return Ok(PassEnd::Again);
        }
        Ok(match &mut self.form {
            Form::Parquet(stream) => PassEnd::Complete {
                notes: vec![ColumnNote::default(); stream.schema().fields().len()],
                warnings: stream.warnings().to_vec(),
            },
            Form::Csv(stream) => match stream
                .end_pass()
                .map_err(|error| unreadable(&self.source_name, error))?
            {
                Some((notes, warnings)) => PassEnd::Complete { notes, warnings },
                None => PassEnd::Again,
            },
            Form::Whole(whole) => PassEnd::Complete {
                notes: (0..whole.table.value.columns())
                    .map(|column| whole.table.value.note(column).clone())
                    .collect(),
                warnings: whole.table.warnings.clone(),
            },
            Form::Closed => PassEnd::Complete {
                notes: Vec::new(),
                warnings: Vec::new(),
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
            Form::Csv(stream) => stream
                .rewind(columns)
                .map_err(|error| unreadable(&self.source_name, error)),
            Form::Closed => Ok(()),
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use arrow::compute::concat_batches;
    use proptest::prelude::*;

    use super::*;

    /// Reads in pieces of so many bytes.
    #[allow(clippy::type_complexity, reason = "a table taken apart, for comparing")]
    fn in_pieces(
        bytes: &[u8],
        sizes: Sizes,
    ) -> Result<(RecordBatch, Vec<ColumnNote>, Vec<TableWarning>, bool), TableError> {
        let source = Cursor::new(bytes.to_vec());
        let mut stream = TableStream::open_sized("t.csv", source, &ReadOptions::default(), sizes)?;
        let in_pieces = matches!(stream.form, Form::Csv(_));
        loop {
            let mut all = Vec::new();
            while let Some(batches) = stream.next_batches()? {
                all.extend(batches);
            }
            if let PassEnd::Complete { notes, warnings } = stream.end_pass()? {
                let batch = concat_batches(stream.schema(), &all).expect("batches of one schema");
                return Ok((batch, notes, warnings, in_pieces));
            }
        }
    }

    /// Holds a table read in pieces against the same table read at once; whether there were pieces.
    fn check(bytes: &[u8], sizes: Sizes) -> bool {
        let whole = read("t.csv", bytes.to_vec(), &ReadOptions::default());
        match (in_pieces(bytes, sizes), whole) {
            (Ok((batch, notes, warnings, pieces)), Ok(whole)) => {
                let table = whole.value;
                let expected = concat_batches(table.schema(), table.batches()).expect("one schema");
                assert_eq!(batch, expected);
                let expected: Vec<_> = (0..table.columns()).map(|at| table.note(at).clone()).collect();
                assert_eq!(notes, expected);
                assert_eq!(warnings, whole.warnings);
                pieces
            }
            (Err(ours), Err(theirs)) => {
                assert_eq!(ours.to_string(), theirs.to_string());
                false
            }
            (ours, theirs) => panic!("{ours:?} against {theirs:?}"),
        }
    }

    const SMALL: Sizes = Sizes {
        head: 200,
        window: 64,
        sample: 16,
    };

    #[test]
    fn what_later_rows_ask_for_is_what_is_read() {
        let rows = |late: &str| {
            let mut text = String::from("\u{feff}a,b\r\n");
            for row in 0..60 {
                text.push_str(&format!("{row},x{row}\r\n"));
            }
            text + late
        };
        for late in [
            "",
            "1.5,y\r\n",
            &"word,y\n".repeat(60),
            "1,\"two\r\nlines\"\r\n2,\"qu\"\"ote\"\r\n",
            "1\r\n2,3,4\r\n5,6,,\r\n\r\n\r\n",
            "7,NA\r\n8,\u{e9}\u{20ac}",
            "1,\"never closed\r\n2,3\r\n",
        ] {
            assert!(check(rows(late).as_bytes(), SMALL), "{late}");
        }
        check(&[rows("").as_bytes(), b"1,\xe9\r\n"].concat(), SMALL);
        check(&[rows("").as_bytes(), b"1,\0\r\n"].concat(), SMALL);
    }

    proptest! {
        #[test]
        fn pieces_give_what_the_whole_gives(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "1,2\n", "3,4.5\r\n", "a,b\n", "\"x\ny\",1\n", "\"q\"\"q\",2\r\n", "5\n", "6,7,8\n", "\n",
                "\u{e9},NA\n", ",\n", "\"open,1\n", "2020-01-02,01/02/2020\n", "9,$5\n", " 1 , \"2\" \n", "\r",
            ]), 40..160),
            window in 3usize..200,
        ) {
            check(("id,v\n".to_owned() + &pieces.concat()).as_bytes(), Sizes { window, ..SMALL });
        }
    }
}
