//! Bytes to text: byte-order marks, UTF-16, Windows-1252, NUL bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{TableError, TableWarning, warning::counted};

/// How many leading bytes are looked at to tell text from binary data.
const PROBE_BYTES: usize = 64 << 10;

/// So many control characters are put up with even in a short text.
const FEW_CONTROLS: usize = 8;

/// Decodes the bytes of a text table and names what was repaired.
///
/// `label` is an encoding asked for by its WHATWG label; without it, the byte-order mark, then the
/// bytes themselves decide.
pub(crate) fn decode<'b>(
    name: &str,
    bytes: &'b [u8],
    label: Option<&str>,
    warnings: &mut Vec<TableWarning>,
) -> Result<Cow<'b, str>, TableError> {
    let text = match label {
        Some(label) => {
            let encoding =
                Encoding::for_label(label.as_bytes()).ok_or_else(|| TableError::UnknownEncoding {
                    label: label.to_owned(),
                })?;
            decode_as(encoding, bytes, warnings)
        }
        None => sniff_and_decode(name, bytes, warnings)?,
    };
    Ok(without_nul(text, warnings))
}

fn sniff_and_decode<'b>(
    name: &str,
    bytes: &'b [u8],
    warnings: &mut Vec<TableWarning>,
) -> Result<Cow<'b, str>, TableError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, bytes, warnings));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(decode_as(encoding, bytes, warnings));
    }
    refuse_binary(name, bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if mostly_utf8(bytes) => Ok(decode_as(encoding_rs::UTF_8, bytes, warnings)),
        Err(_) => {
            warnings.push(warning(
                "assumed_encoding",
                1,
                "the text is not UTF-8 and was read as Windows-1252; name the encoding if letters look wrong"
                    .into(),
            ));
            Ok(decode_as(WINDOWS_1252, bytes, warnings))
        }
    }
}

fn decode_as<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    warnings: &mut Vec<TableWarning>,
) -> Cow<'b, str> {
    let (text, _, malformed) = encoding.decode(bytes);
    if malformed {
        let count = text.matches('\u{FFFD}').count() as u64;
        warnings.push(warning(
            "undecodable_bytes",
            count,
            format!(
                "{count} places are not valid {} and were replaced by \u{FFFD}",
                encoding.name()
            ),
        ));
    }
    text
}

/// UTF-16 of mostly Latin text has a NUL in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE_BYTES) & !1];
    if probe.len() < 4 {
        return None;
    }
    let pairs = probe.len() / 2;
    let nul_at = |offset: usize| probe.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nul_at(0), nul_at(1));
    if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn refuse_binary(name: &str, bytes: &[u8]) -> Result<(), TableError> {
    let probe = &bytes[..bytes.len().min(PROBE_BYTES)];
    if let Some(kind) = known_binary(probe) {
        return Err(TableError::NotText {
            name: name.to_owned(),
            reason: format!("it starts like {kind}"),
        });
    }
    let control = probe.iter().filter(|b| is_binary_control(**b)).count();
    // A few control characters do occur in exported text; a tenth of the bytes does not.
    if control > FEW_CONTROLS && control * 10 > probe.len() {
        return Err(TableError::NotText {
            name: name.to_owned(),
            reason: format!(
                "{control} of its first {} bytes are control characters",
                probe.len()
            ),
        });
    }
    Ok(())
}

fn is_binary_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)
        // Separators of some exports.
        && !matches!(byte, 1 | 2 | 28..=31)
}

/// First bytes of common formats that are often given the wrong extension.
fn known_binary(probe: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x1f\x8b", "gzip data"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"SQLite format 3", "an SQLite database"),
    ];
    MAGIC
        .iter()
        .find(|(magic, _)| probe.starts_with(magic))
        .map(|(_, kind)| *kind)
}

/// Whether a few damaged places stand in what is otherwise clearly UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0u64, 0u64);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|b| *b >= 0xC0).count() as u64;
        broken += u64::from(!chunk.invalid().is_empty());
    }
    valid > broken * 10
}

fn without_nul<'t>(text: Cow<'t, str>, warnings: &mut Vec<TableWarning>) -> Cow<'t, str> {
    let count = memchr::memchr_iter(0, text.as_bytes()).count() as u64;
    if count == 0 {
        return text;
    }
    warnings.push(warning(
        "nul_bytes",
        count,
        format!("took {} out of the text", counted(count, "NUL byte")),
    ));
    Cow::Owned(text.replace('\0', ""))
}

fn warning(code: &'static str, count: u64, message: String) -> TableWarning {
    TableWarning {
        code,
        column: None,
        row: None,
        count,
        message,
    }
}
