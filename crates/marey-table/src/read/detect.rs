//! Which format bytes are in: by their first bytes where these are telling, else by name and content.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
    JsonLines,
    Parquet,
    Arrow,
    Zip,
    Gzip,
    Xls,
    Sqlite,
    /// Something else, recognised by its first bytes.
    Other(&'static str),
}

/// First bytes that are telling.
const SIGNATURES: &[(&[u8], Format)] = &[
    (b"PAR1", Format::Parquet),
    (b"ARROW1", Format::Arrow),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\x1f\x8b", Format::Gzip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Xls),
    (b"SQLite format 3\0", Format::Sqlite),
    (b"\x89PNG", Format::Other("a PNG picture")),
    (b"\xff\xd8\xff", Format::Other("a JPEG picture")),
    (b"GIF8", Format::Other("a GIF picture")),
    (b"%PDF", Format::Other("a PDF document")),
    (b"\x7fELF", Format::Other("a program")),
    (b"\x28\xb5\x2f\xfd", Format::Other("zstd-compressed data")),
    (b"BZh", Format::Other("bzip2-compressed data")),
    (b"\xfd7zXZ\0", Format::Other("xz-compressed data")),
    (b"7z\xbc\xaf\x27\x1c", Format::Other("a 7z archive")),
    (b"Rar!", Format::Other("a RAR archive")),
    (b"Obj\x01", Format::Other("an Avro file")),
    (b"ORC", Format::Other("an ORC file")),
    (b"\x89HDF", Format::Other("an HDF5 file")),
];

/// Tells the format of some bytes; `name` is a file name whose ending helps where bytes do not tell.
pub(super) fn detect(name: &str, bytes: &[u8]) -> Format {
    if let Some((_, format)) = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
    {
        return *format;
    }
    // An Arrow stream starts with a continuation marker and the length of its schema.
    if bytes.starts_with(&[0xff, 0xff, 0xff, 0xff]) && bytes.len() > 8 {
        return Format::Arrow;
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "csv" | "tsv" | "tab" | "psv" => Format::Csv,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" | "geojson" => Format::Json,
        _ => match first_character(bytes) {
            Some(b'[' | b'{') => Format::Json,
            _ => Format::Csv,
        },
    }
}

/// The first byte that is no white space, after a byte order mark.
fn first_character(bytes: &[u8]) -> Option<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(bytes);
    bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_before_names_do() {
        for (name, bytes, expected) in [
            ("a.csv", &b"PAR1...."[..], Format::Parquet),
            ("a.csv", b"\x89PNG\r\n", Format::Other("a PNG picture")),
            ("a.csv", b"{\"a\":1}", Format::Csv),
            ("a.json", b"[]", Format::Json),
            ("a.ndjson", b"{}", Format::JsonLines),
            ("stdin", b"\xef\xbb\xbf  [1]", Format::Json),
            ("stdin", b"a,b\n1,2", Format::Csv),
            ("a.xlsx", b"PK\x03\x04rest", Format::Zip),
            ("stdin", b"", Format::Csv),
        ] {
            assert_eq!(detect(name, bytes), expected, "{name}");
        }
    }
}
