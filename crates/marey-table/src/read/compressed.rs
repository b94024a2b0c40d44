//! Gzip and zip around a table.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{ReadLimits, limits::check, spreadsheet::Workbook};
use crate::TableError;

/// Unfolds gzip.
///
/// # Errors
///
/// When the data is damaged, or unfolds to more than the limit.
pub(super) fn gunzip(name: &str, bytes: &[u8], limits: &ReadLimits) -> Result<Vec<u8>, TableError> {
    unfold(name, "gzip", MultiGzDecoder::new(bytes), limits)
}

/// What a zip archive holds.
pub(super) enum Archive {
    /// A spreadsheet, which is a zip itself; its parts unfold to within the limit.
    Spreadsheet(Workbook),
    /// A single file, unfolded.
    File {
        /// Its name in the archive, without folders.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

/// Looks into a zip archive.
///
/// Every part is unfolded once to count its bytes: what an archive says of its own sizes may be false.
///
/// # Errors
///
/// When the archive is damaged, unfolds to more than the limit, or holds several files.
pub(super) fn open_zip(name: &str, bytes: &[u8], limits: &ReadLimits) -> Result<Archive, TableError> {
    let failed = |source: zip::result::ZipError| damaged(name, "zip", source.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let names: Vec<String> = archive
        .file_names()
        .map(|part| part.map(|part| part.into_owned()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    if let Some(kind) = workbook_kind(&names) {
        check_unfolded_size(name, &mut archive, limits)?;
        return Ok(Archive::Spreadsheet(kind));
    }
    let files: Vec<&String> = names
        .iter()
        .filter(|part| !part.ends_with('/') && !part.starts_with("__MACOSX/"))
        .collect();
    let [file] = files.as_slice() else {
        return Err(TableError::NotATable {
            name: name.to_owned(),
            found: format!("a zip archive with {} files", files.len()),
            expected: "an archive with exactly one table; unpack it and name the file that is meant",
        });
    };
    let inner = archive.by_name(file).map_err(failed)?;
    let bytes = unfold(name, "zip", inner, limits)?;
    let short = file.rsplit('/').next().unwrap_or(file).to_owned();
    Ok(Archive::File { name: short, bytes })
}

/// The kind of workbook that an archive is, told by its parts.
fn workbook_kind(parts: &[String]) -> Option<Workbook> {
    let has = |wanted: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(wanted));
    if has("xl/workbook.bin") {
        Some(Workbook::Xlsb)
    } else if has("[Content_Types].xml") {
        Some(Workbook::Xlsx)
    } else {
        has("content.xml").then_some(Workbook::Ods)
    }
}

fn check_unfolded_size(
    name: &str,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    limits: &ReadLimits,
) -> Result<(), TableError> {
    let mut total = 0u64;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|source| damaged(name, "zip", source.to_string()))?;
        let left = limits.max_decompressed_bytes.saturating_sub(total);
        let read = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        total += read.map_err(|source| damaged(name, "zip", source.to_string()))?;
        check(
            "bytes unfolded",
            "max_decompressed_bytes",
            total,
            limits.max_decompressed_bytes,
        )?;
    }
    Ok(())
}

fn unfold(
    name: &str,
    format: &'static str,
    source: impl Read,
    limits: &ReadLimits,
) -> Result<Vec<u8>, TableError> {
    let limit = limits.max_decompressed_bytes;
    let mut bytes = Vec::new();
    source
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| damaged(name, format, source.to_string()))?;
    check(
        "bytes unfolded",
        "max_decompressed_bytes",
        bytes.len() as u64,
        limit,
    )?;
    Ok(bytes)
}

fn damaged(name: &str, format: &'static str, reason: String) -> TableError {
    TableError::Malformed {
        name: name.to_owned(),
        format,
        place: "somewhere inside".into(),
        reason,
    }
}
