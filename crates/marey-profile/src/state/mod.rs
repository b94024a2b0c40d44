//! A profiler's state as bytes, for other processes and machines; the format is told in
//! `docs/profile-state.md`.
//!
//! Equal states give equal bytes. What is read is checked before it is used: no bytes make the
//! reader panic, or hold more memory than a small multiple of their own length and of the state's
//! fixed size.

mod bytes;
mod column;
mod schema;
mod sketch;
mod together;
mod values;

use crate::{ProfileError, Profiler, column_state::ColumnState};
use bytes::{Read, Reader, Writer};

/// The first bytes of every state.
const MAGIC: &[u8; 8] = b"MareyPrf";
/// The version that is written, and the only one read so far.
const VERSION: u32 = 2;
/// Bytes before the content: magic, version, length, checksum.
const HEADER: usize = 8 + 4 + 8 + 8;
/// More rows are no table but an error, and sums of so many counts never overflow.
pub(crate) const MOST_ROWS: u64 = 1 << 53;

/// The bytes of a state.
pub(crate) fn encode(profiler: &Profiler) -> Vec<u8> {
    let mut content = Writer::default();
    let Profiler {
        table,
        names,
        types,
        notes,
        options,
        rows,
        columns,
        together,
        sample,
        proven_unique,
    } = profiler;
    content.text(table);
    schema::write_options(options, &mut content);
    content.count(*rows);
    content.len(columns.len());
    for (column, state) in columns.iter().enumerate() {
        content.text(names.get(column).map_or("", |name| name.as_str()));
        content.text(types.get(column).map_or("", String::as_str));
        schema::write_note(notes.get(column), &mut content);
        schema::write_kind(state.kind, &mut content);
        content.flag(proven_unique.contains(&column));
        column::write(state, &mut content);
    }
    together::write_moments(together, &mut content);
    together::write_sample(sample, &mut content);
    let mut bytes = Vec::with_capacity(HEADER + content.bytes.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(content.bytes.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&checksum(&content.bytes).to_le_bytes());
    bytes.extend_from_slice(&content.bytes);
    bytes
}

/// The state that bytes hold.
pub(crate) fn decode(bytes: &[u8]) -> Result<Profiler, ProfileError> {
    let mut content = content(bytes)?;
    let table = content.text()?.to_owned();
    let options = schema::read_options(&mut content)?;
    let rows = content.count_to(MOST_ROWS, "rows")?;
    // A column has a name, a type, a note, a kind and counts: at least twelve bytes.
    let len = content.len(12, usize::MAX)?;
    let bound = options.counted(len);
    let mut profiler = Profiler {
        table,
        names: Vec::with_capacity(len),
        types: Vec::with_capacity(len),
        notes: Vec::with_capacity(len),
        rows,
        columns: Vec::with_capacity(len),
        together: together::no_moments(),
        sample: together::no_rows(len, &options),
        options,
        proven_unique: Vec::new(),
    };
    for column in 0..len {
        let proven = read_column(&mut profiler, bound, &mut content)?;
        if proven {
            profiler.proven_unique.push(column);
        }
    }
    let kinds = profiler.columns.iter().map(|state| state.kind);
    profiler.together = together::read_moments(kinds, &profiler.options, rows, &mut content)?;
    together::read_sample(&mut profiler.sample, rows, &mut content)?;
    content.end()?;
    Ok(profiler)
}

/// Reads a column, and whether it was proven to hold no value twice.
fn read_column(profiler: &mut Profiler, bound: usize, content: &mut Reader<'_>) -> Read<bool> {
    profiler.names.push(content.text()?.into());
    profiler.types.push(content.text()?.to_owned());
    profiler.notes.push(schema::read_note(content)?);
    let mut state = ColumnState::new(schema::read_kind(content)?, bound);
    let proven = content.flag()?;
    column::read(&mut state, profiler.rows, content)?;
    profiler.columns.push(state);
    Ok(proven)
}

/// What stands behind the header, if the header is right.
fn content(bytes: &[u8]) -> Read<Reader<'_>> {
    let mut header = Reader::new(bytes, 0);
    let magic = header.take(MAGIC.len())?;
    if magic != MAGIC {
        return Err(ProfileError::CorruptState {
            offset: 0,
            reason: "the bytes do not begin as a saved profile does".to_owned(),
        });
    }
    let version: u32 = header
        .take(4)?
        .iter()
        .rev()
        .fold(0, |version, byte| version << 8 | u32::from(*byte));
    if version != VERSION {
        return Err(ProfileError::StateVersion {
            found: version,
            readable: VERSION,
        });
    }
    let len = header.word()?;
    let sum = header.word()?;
    let content = bytes.get(HEADER..).unwrap_or_default();
    header.check(
        len == content.len() as u64,
        "the bytes are fewer or more than the header says",
    )?;
    header.check(sum == checksum(content), "the checksum is that of other bytes")?;
    Ok(Reader::new(content, HEADER))
}

/// FNV-1a of 64 bits, over words of eight bytes, lowest first, the last one filled up with zeros.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |sum, chunk| {
        let mut word = [0; 8];
        for (slot, byte) in word.iter_mut().zip(chunk) {
            *slot = *byte;
        }
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
