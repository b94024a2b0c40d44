//! The statistics behind VizML's features, each with its source.

pub(super) mod describe;
pub(super) mod test;
