//! Calling decoders of binary formats that were not written with hostile input in mind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::TableError;

/// Runs a decoder of a third party; a panic inside it becomes an error about the input.
///
/// Parquet, Arrow and spreadsheet decoders are careful but do index into what a damaged file says.
/// Their state is dropped with the unwinding, so nothing half-read is ever seen.
pub(super) fn guarded<T>(
    name: &str,
    format: &'static str,
    decode: impl FnOnce() -> Result<T, TableError>,
) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| {
        Err(TableError::Malformed {
            name: name.to_owned(),
            format,
            place: "somewhere inside".into(),
            reason: "its parts contradict each other; the file is damaged".into(),
        })
    })
}
