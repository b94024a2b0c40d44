//! [`profile_stream`]: a table that need not fit into memory, profiled while it is read.

use std::io::{Read, Seek};

use arrow::array::RecordBatch;
use marey_core::Warned;
use marey_table::{
    TableError, TableWarning,
    read::{PassEnd, ReadOptions, TableStream},
};

use crate::{KeyCheck, ProfileOptions, Profiler, TableProfile, UniquenessCheck, table_pass::PART};

/// Bytes that the second look at columns that may be keys holds at a time; more rows take more
/// passes over the source.
const SECOND_LOOK: usize = 96 << 20;

/// Profiles a table from its bytes, in memory that does not grow with the number of rows.
///
/// `name` is a file name, or what stands for one: its ending helps to tell the format. Parquet and
/// text tables are read in pieces while those before are profiled; other formats are read at once,
/// within the limits of `read`. The profile is the one that [`profile`](crate::profile()) gives of
/// the table that [`read`](marey_table::read::read()) gives, and the warnings are those of reading.
///
/// A text table whose first rows promise other types than the whole column has is read twice, and
/// columns that may be keys are looked at in further passes over the source.
///
/// # Errors
///
/// When the source cannot be read, is no table, is damaged, or passes one of the limits.
pub fn profile_stream<R: Read + Seek + Send + 'static>(
    name: &str,
    source: R,
    read: &ReadOptions,
    options: &ProfileOptions,
) -> Result<Warned<TableProfile, TableWarning>, TableError> {
    let mut stream = TableStream::open(name, source, read)?;
    stream.keep_dictionaries()?;
    let (mut profiler, warnings) = loop {
        let mut parts = Parts::new(&stream, options);
        let mut next = stream.next_batches()?;
        while let Some(batches) = next {
            let following = rayon::join(
                || batches.iter().for_each(|batch| parts.take(batch)),
                || stream.next_batches(),
            );
            next = following.1?;
        }
        if let PassEnd::Complete { notes, warnings } = stream.end_pass()? {
            break (parts.finish().with_notes(&notes), warnings);
        }
    };
    let unique = unique_columns(&mut stream, &profiler)?;
    profiler.prove_unique(&unique);
    let mut profile = profiler.finish();
    check_keys(&mut stream, &mut profile)?;
    Ok(Warned {
        value: profile,
        warnings,
    })
}

/// Profiles of consecutive parts of [`PART`] rows, joined as they become complete: the same as for
/// a table in memory, whose parts are profiled side by side.
struct Parts {
    /// What each part begins with: empty for the first, told by the first for those behind it.
    empty: Profiler,
    whole: Option<Profiler>,
    part: Profiler,
    room: usize,
}

impl Parts {
    fn new<R: Read + Seek + Send + 'static>(stream: &TableStream<R>, options: &ProfileOptions) -> Self {
        let empty = Profiler::of_known_types(stream.name().into(), stream.schema(), &[], options);
        Self {
            part: empty.clone(),
            empty,
            whole: None,
            room: PART,
        }
    }

    fn take(&mut self, batch: &RecordBatch) {
        let mut start = 0;
        while start < batch.num_rows() {
            if self.room == 0 {
                self.close_part();
            }
            let rows = self.room.min(batch.num_rows() - start);
            self.part.take(&batch.slice(start, rows));
            start += rows;
            self.room -= rows;
        }
    }

    fn close_part(&mut self) {
        if self.whole.is_none() {
            self.empty = self.part.following();
        }
        let part = std::mem::replace(&mut self.part, self.empty.clone());
        match &mut self.whole {
            None => self.whole = Some(part),
            Some(whole) => whole.append(&part),
        }
        self.room = PART;
    }

    fn finish(mut self) -> Profiler {
        self.close_part();
        self.whole.unwrap_or(self.empty)
    }
}

/// The columns that turn out, in further passes, to hold no value twice.
fn unique_columns<R: Read + Seek + Send + 'static>(
    stream: &mut TableStream<R>,
    profiler: &Profiler,
) -> Result<Vec<usize>, TableError> {
    let mut check = UniquenessCheck::new(profiler, SECOND_LOOK);
    while !check.columns().is_empty() {
        stream.rewind(check.columns())?;
        'pass: while let Some(batches) = stream.next_batches()? {
            for batch in &batches {
                // A pass that misses rows proves nothing.
                if check.update(batch).is_err() {
                    break 'pass;
                }
            }
        }
        check.end_pass();
    }
    Ok(check.finish())
}

/// Decides, in further passes, which sets of columns name every row.
fn check_keys<R: Read + Seek + Send + 'static>(
    stream: &mut TableStream<R>,
    profile: &mut TableProfile,
) -> Result<(), TableError> {
    let mut check = KeyCheck::new(profile, SECOND_LOOK);
    while !check.columns().is_empty() {
        stream.rewind(check.columns())?;
        'pass: while let Some(batches) = stream.next_batches()? {
            for batch in &batches {
                if check.update(batch).is_err() {
                    break 'pass;
                }
            }
        }
        check.end_pass();
    }
    check.settle(profile);
    Ok(())
}
