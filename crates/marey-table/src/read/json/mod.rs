//! JSON documents and JSON lines as tables.
//!
//! Objects are rows; nested objects are flattened into dotted names (`address.city`), arrays inside
//! a row are kept as JSON text. Rows are read one at a time, so memory holds the columns and one row.

mod document;
mod lines;
mod row;

pub(super) use document::{is_one_document, read_json};
pub(super) use lines::read_json_lines;
