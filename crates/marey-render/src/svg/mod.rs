//! A small writer of SVG: well-formed and harmless whatever the text, the same bytes every time.
//!
//! Element and attribute names are string literals of the program; only values carry data, and
//! every value is escaped. There is no way to write a script, a style sheet, an event handler or
//! a reference to anything outside the document except a checked hyperlink.

mod escape;
mod number;
mod writer;

pub use escape::{safe_link, write_escaped};
pub use number::write_number;
pub use writer::{Element, Id, Svg};
