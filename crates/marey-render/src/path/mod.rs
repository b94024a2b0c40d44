//! Shapes as SVG path data: lines and areas through points, arcs, symbols, rounded rectangles.
//!
//! The geometry is that of d3-shape and of Vega's symbols.

mod arc;
mod curve;
mod data;
mod spline;
mod symbol;

pub use arc::Arc;
pub use curve::{Curve, area, line};
pub use data::Path;
pub use symbol::Symbol;

/// A place in pixels, x and y.
pub type Point = [f64; 2];
