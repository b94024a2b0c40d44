//! Licences: SPDX expressions, and what they allow and ask.

mod axes;
mod expression;
mod table;

pub use axes::{Axis, Known, LicenceAxes};
pub use expression::{LicenceExpression, LicenceVerdict};
pub use table::LicenceTable;
