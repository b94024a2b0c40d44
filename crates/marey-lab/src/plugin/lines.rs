//! Lines of a stream that may never end, in bounded memory.

use std::{
    io::{self, Read},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line without its end.
    Text(Vec<u8>),
    /// A line that is longer than what is read; nothing follows.
    TooLong,
    /// Nothing follows.
    End,
}

/// Reads lines in a thread of its own. The thread waits while more than a few lines have not been taken,
/// and ends when nobody takes them any more.
pub(super) fn lines(stream: impl Read + Send + 'static, max: usize) -> io::Result<Receiver<Line>> {
    let (sender, receiver) = sync_channel(4);
    thread::Builder::new()
        .name("answers".into())
        .spawn(move || pass_on(stream, max, &sender))?;
    Ok(receiver)
}

fn pass_on(mut stream: impl Read, max: usize, sender: &SyncSender<Line>) {
    let mut pending = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let read = match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        let mut rest = &chunk[..read];
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            pending.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            if pending.len() > max {
                break;
            }
            if sender.send(Line::Text(std::mem::take(&mut pending))).is_err() {
                return;
            }
        }
        pending.extend_from_slice(rest);
        if pending.len() > max {
            // Nobody may be waiting any more; that is no failure.
            let _ = sender.send(Line::TooLong);
            return;
        }
    }
    let _ = sender.send(Line::End);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str, max: usize) -> Vec<Line> {
        lines(text.as_bytes(), max).unwrap().into_iter().collect()
    }

    #[test]
    fn lines_are_cut_and_giants_refused() {
        let text = |text: &str| Line::Text(text.into());
        assert_eq!(
            read("a\n\nbc\nd", 10),
            [text("a"), text(""), text("bc"), Line::End]
        );
        assert_eq!(read("a\nlong line\nb\n", 4), [text("a"), Line::TooLong]);
        assert_eq!(read("", 4), [Line::End]);
    }

    #[test]
    fn an_endless_line_takes_no_more_memory_than_allowed() {
        let received = lines(io::repeat(b'x'), 1 << 20).unwrap().recv().unwrap();
        assert_eq!(received, Line::TooLong);
    }
}
