//! The frame of Arrow files and streams, checked before anything is decoded.
//!
//! A frame states lengths that a decoder allocates before it reads; in a damaged file they can be
//! gigabytes. Here each is held against the bytes that are there (Arrow columnar format, section
//! "Serialization and Interprocess Communication").

use arrow::ipc::{root_as_footer, root_as_message};

/// Marks that a message follows.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// First and last bytes of a file.
const MAGIC: &[u8] = b"ARROW1";

/// Fails with the reason when the messages of a stream do not fit into its bytes.
pub(super) fn check_stream(bytes: &[u8]) -> Result<(), String> {
    let mut rest = bytes;
    while !rest.is_empty() {
        // Streams before version 0.15 start without the marker.
        let message = rest.strip_prefix(&CONTINUATION).unwrap_or(rest);
        let (length, after) = read_length(message).ok_or("the length of a message is cut off")?;
        if length == 0 {
            return Ok(());
        }
        let metadata = after
            .get(..length)
            .ok_or("a message says it is longer than the stream")?;
        let message = root_as_message(metadata).map_err(|error| error.to_string())?;
        let body = usize::try_from(message.bodyLength()).map_err(|_| "a message has a negative length")?;
        rest = after
            .get(length..)
            .and_then(|after| after.get(body..))
            .ok_or("the body of a message says it is longer than the stream")?;
    }
    Ok(())
}

/// Fails with the reason when the parts that a file's footer names do not lie in its bytes.
pub(super) fn check_file(bytes: &[u8]) -> Result<(), String> {
    let inner = bytes
        .strip_suffix(MAGIC)
        .ok_or("the end of the file is missing")?;
    let (before, length) = inner.split_last_chunk::<4>().ok_or("the footer is missing")?;
    let length =
        usize::try_from(i32::from_le_bytes(*length)).map_err(|_| "the footer has a negative length")?;
    let start = before
        .len()
        .checked_sub(length)
        .ok_or("the footer says it is longer than the file")?;
    let footer = root_as_footer(&before[start..]).map_err(|error| error.to_string())?;
    let blocks = footer.recordBatches().into_iter().chain(footer.dictionaries());
    for block in blocks.flatten() {
        let end = [
            block.offset(),
            i64::from(block.metaDataLength()),
            block.bodyLength(),
        ]
        .into_iter()
        .try_fold(0i64, |end, part| {
            (part >= 0).then(|| end.checked_add(part)).flatten()
        });
        if end
            .and_then(|end| usize::try_from(end).ok())
            .is_none_or(|end| end > bytes.len())
        {
            return Err("a batch says it lies outside the file".into());
        }
    }
    Ok(())
}

/// A length and the bytes behind it.
fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(i32::from_le_bytes(*length)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_beyond_the_bytes_are_refused() {
        let stream = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0];
        assert!(
            check_stream(&stream)
                .unwrap_err()
                .contains("longer than the stream")
        );
        let mut file = b"ARROW1\0\0".to_vec();
        file.extend(i32::MAX.to_le_bytes());
        file.extend(MAGIC);
        assert!(check_file(&file).unwrap_err().contains("longer than the file"));
    }
}
