//! One source that several decoders read from, each at a place of its own.

use std::{
    io::{self, BufReader, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};

/// A source that can be read at any place by any number of readers.
#[derive(Debug)]
pub(super) struct SharedSource<R> {
    inner: Arc<Mutex<R>>,
    length: u64,
}

impl<R> Clone for SharedSource<R> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            length: self.length,
        }
    }
}

impl<R: Read + Seek> SharedSource<R> {
    /// Takes a source over.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self {
            inner: Arc::new(Mutex::new(inner)),
            length,
        })
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        // A reader that panicked left no more than another position, and that is set anew.
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.seek(SeekFrom::Start(at))?;
        inner.read(buffer)
    }

    /// So many bytes from a place on, or fewer at the end; no byte is written twice.
    fn bytes_at(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::with_capacity(length);
        inner.by_ref().take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// A reader that begins at some place.
    pub fn reader_at(&self, at: u64) -> SourceReader<R> {
        SourceReader {
            source: self.clone(),
            at,
        }
    }
}

/// Reads a [`SharedSource`] from one place on.
#[derive(Debug)]
pub(super) struct SourceReader<R> {
    source: SharedSource<R>,
    at: u64,
}

impl<R: Read + Seek> Read for SourceReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read_at(self.at, buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R> Length for SharedSource<R> {
    fn len(&self) -> u64 {
        self.length
    }
}

impl<R: Read + Seek + Send> ChunkReader for SharedSource<R> {
    type T = BufReader<SourceReader<R>>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(self.reader_at(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // A damaged file may claim any length: only what is there is made room for.
        let there = usize::try_from(self.length.saturating_sub(start)).unwrap_or(usize::MAX);
        if length > there {
            return Err(ParquetError::EOF(format!(
                "{length} bytes are said to follow at {start}, but only {there} do"
            )));
        }
        let bytes = self.bytes_at(start, length)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF(format!(
                "{length} bytes are said to follow at {start}, but only {} do",
                bytes.len()
            )));
        }
        Ok(bytes.into())
    }
}
