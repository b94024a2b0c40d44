//! Colours: reading and writing CSS, mixing, contrast, and the schemes that Vega-Lite names.

mod contrast;
mod css;
mod names;
mod palette;
mod ramp;
mod scheme;

pub use css::Color;
pub use ramp::Ramp;
pub use scheme::{Scheme, SchemeKind, scheme, scheme_names};
