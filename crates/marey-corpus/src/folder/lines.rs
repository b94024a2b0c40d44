//! [`ExampleLines`]: examples from a stream, one line after the other.

use std::io::{BufRead, Read};

use super::{Example, FolderError};

/// Longest line that is read. Far more than any example; a file without line ends is not read whole.
pub const MAX_LINE_BYTES: usize = 16 << 20;

/// Examples from a stream of JSON lines, in bounded memory: one line is held at a time.
///
/// Empty lines are passed over. After a line that cannot be read as an example the next one follows;
/// after a failure of the stream or a line that is too long, nothing does.
///
/// ```
/// use marey_corpus::{Split, folder::ExampleLines};
///
/// let text = r#"{"id":"1","group":"cinema","split":"dev","tables":["tables/film.csv"],
/// "#.replace('\n', "") + r#""requests":["films per year"],"charts":[{"mark":"bar"}]}
/// {"id":"2"}
/// "#;
/// let mut examples = ExampleLines::new(text.as_bytes());
/// assert_eq!(examples.next().ok_or("none")??.split, Split::Dev);
/// assert_eq!(
///     examples.next().ok_or("none")?.unwrap_err().to_string(),
///     "line 2 of the examples: `group` is missing; expected text"
/// );
/// assert!(examples.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ExampleLines<R> {
    reader: R,
    line: usize,
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> ExampleLines<R> {
    /// Examples from a reader.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            line: 0,
            buffer: Vec::new(),
            ended: false,
        }
    }

    /// Number of the line that was read last, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The next line without its end; none at the end of the stream.
    fn next_line(&mut self) -> Result<Option<&str>, FolderError> {
        self.buffer.clear();
        self.line += 1;
        let line = self.line;
        let limit = MAX_LINE_BYTES as u64 + 1;
        let read = (&mut self.reader)
            .take(limit)
            .read_until(b'\n', &mut self.buffer)
            .map_err(|source| FolderError::Read { line, source })?;
        if read == 0 {
            return Ok(None);
        }
        if self.buffer.len() > MAX_LINE_BYTES {
            return Err(FolderError::LongLine {
                line,
                limit: MAX_LINE_BYTES,
            });
        }
        let text = std::str::from_utf8(&self.buffer).map_err(|error| FolderError::Json {
            line,
            problem: format!("it is no UTF-8 after byte {}", error.valid_up_to()),
        })?;
        Ok(Some(text))
    }
}

impl<R: BufRead> Iterator for ExampleLines<R> {
    type Item = Result<Example, FolderError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = self.line + 1;
            match self.next_line() {
                Ok(None) => self.ended = true,
                Ok(Some(text)) if text.trim().is_empty() => {}
                Ok(Some(text)) => return Some(Example::from_line(text.trim_end(), line)),
                Err(error) => {
                    self.ended = !matches!(error, FolderError::Json { .. });
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
