//! Text: measured with the metrics of the shipped font, cut and wrapped to fit.

mod fit;
mod font;
mod list;

pub use font::{FONT_FAMILY, Font, Weight};
pub(crate) use font::{REGULAR_FONT, SEMIBOLD_FONT};
pub use list::readable_list;
