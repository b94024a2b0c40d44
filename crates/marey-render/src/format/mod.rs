//! Numbers and times as text, in the specifier languages of d3-format and d3-time-format.
//!
//! The locale is en-US, with the minus sign U+2212 as in D3. [`NumberFormat`] is the whole of
//! d3-format; [`TimeFormat`] the directives of d3-time-format in UTC; [`TickFormat`] what Vega writes beside
//! the ticks of a scale.

mod decimal;
mod number;
mod specifier;
mod tick;
mod time;

pub use number::NumberFormat;
pub use specifier::{FormatError, Specifier};
pub use tick::TickFormat;
pub use time::{TimeFormat, multi_time};
