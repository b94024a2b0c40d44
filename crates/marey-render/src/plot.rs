//! One plotting area: its size, its position scales and what is drawn in it.

use std::collections::BTreeMap;

use crate::place::Place;

/// The inside of a plot: size in pixels and position scales by number.
#[derive(Debug, Clone)]
pub struct PlotArea<'a> {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Position scales by the number that layers know them under.
    pub places: BTreeMap<usize, Place<'a>>,
}
