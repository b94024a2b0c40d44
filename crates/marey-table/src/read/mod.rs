//! Readers: bytes to [`Table`](crate::Table).
//!
//! A reader takes bytes and a name, never a path. It names every repair it made as a
//! [`TableWarning`](crate::TableWarning), and stops with a typed error when the input passes one of
//! the [`ReadLimits`].

mod arrow_frame;
pub(crate) mod cell;
mod columnar;
mod compressed;
mod csv;
mod decoder;
mod detect;
mod gathered;
mod json;
mod limits;
mod parquet_stream;
mod shared_source;
mod source;
mod spreadsheet;
#[cfg(feature = "sqlite")]
mod sqlite;
mod stream;
pub(crate) mod text_encoding;

pub use csv::{CsvOptions, read_csv};
pub use limits::ReadLimits;
pub use source::{ReadOptions, read};
pub use stream::{PassEnd, TableStream};
