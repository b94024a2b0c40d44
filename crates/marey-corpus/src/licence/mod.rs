//! Licences: SPDX expressions, and what they allow and ask.

mod axes;
mod class;
mod expression;
mod names;
mod table;

pub use axes::{Axis, Known, LicenceAxes};
pub use class::LicenceClass;
pub use expression::{LicenceExpression, LicenceVerdict};
pub use names::LicenceNames;
pub(crate) use names::UNSPECIFIED;
pub use table::LicenceTable;
