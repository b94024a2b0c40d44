//! Scales: from data to visual values.

use super::{Literal, closed_set, properties};
use crate::FieldName;

closed_set! {
    /// The kind of a scale, as Vega-Lite spells it.
    pub enum ScaleType {
        /// Straight proportion.
        Linear = "linear",
        /// Logarithm.
        Log = "log",
        /// Power.
        Pow = "pow",
        /// Square root.
        Sqrt = "sqrt",
        /// Symmetric logarithm.
        Symlog = "symlog",
        /// Data passed through unchanged.
        Identity = "identity",
        /// Continuous colours.
        Sequential = "sequential",
        /// Local time.
        Time = "time",
        /// UTC.
        Utc = "utc",
        /// Quantiles of the data.
        Quantile = "quantile",
        /// Equal parts of the domain.
        Quantize = "quantize",
        /// Given thresholds.
        Threshold = "threshold",
        /// Bins as an ordered domain.
        BinOrdinal = "bin-ordinal",
        /// Discrete to discrete.
        Ordinal = "ordinal",
        /// Discrete to evenly spaced points.
        Point = "point",
        /// Discrete to bands.
        Band = "band",
    }
}

/// The data end of a scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// Given values: two ends (or more stops) of a continuous scale, or the categories.
    Values(Vec<Literal>),
    /// These values beside the data's own.
    UnionWith(Vec<Literal>),
    /// The field's values before aggregation, `"unaggregated"`.
    Unaggregated,
}

/// The visual end of a scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// Given values: pixels, colours, shapes, dash patterns.
    Values(Vec<Literal>),
    /// A range by name (`category`, `heatmap`, `width` …).
    Named(String),
    /// The values of a field.
    Field(FieldName),
}

/// A colour scheme by name, perhaps cut or reversed.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemeRef {
    /// The scheme, e.g. `viridis`.
    pub name: String,
    /// Number of colours wanted.
    pub count: Option<f64>,
    /// Part of a continuous scheme to use, 0 to 1.
    pub extent: Option<[f64; 2]>,
}

/// Bin boundaries of a scale's domain.
#[derive(Debug, Clone, PartialEq)]
pub enum ScaleBins {
    /// Given boundaries.
    Values(Vec<f64>),
    /// Boundaries every `step`, from `start` to `stop` where given.
    Step {
        /// Width of a bin.
        step: f64,
        /// First boundary.
        start: Option<f64>,
        /// Last boundary.
        stop: Option<f64>,
    },
}

/// How a domain is rounded outwards.
#[derive(Debug, Clone, PartialEq)]
pub enum Nice {
    /// Yes or no.
    On(bool),
    /// For about this many ticks.
    Count(f64),
    /// To whole intervals of time (`month`), with an optional step.
    Interval(String, Option<f64>),
}

properties! {
    /// A scale's properties; what is absent follows Vega-Lite's defaults.
    pub struct Scale {
        /// Kind.
        scale_type: ScaleType = "type",
        /// Data end.
        domain: Domain = "domain",
        /// Lowest value of a continuous domain.
        domain_min: Literal = "domainMin",
        /// Highest value of a continuous domain.
        domain_max: Literal = "domainMax",
        /// Middle of a diverging domain.
        domain_mid: f64 = "domainMid",
        /// Visual end.
        range: Range = "range",
        /// Lowest value of the range.
        range_min: Literal = "rangeMin",
        /// Highest value of the range.
        range_max: Literal = "rangeMax",
        /// Bin boundaries of the domain.
        bins: ScaleBins = "bins",
        /// Colour scheme.
        scheme: SchemeRef = "scheme",
        /// Whether the domain includes zero.
        zero: bool = "zero",
        /// Rounding of the domain.
        nice: Nice = "nice",
        /// Whether values outside the domain are clamped.
        clamp: bool = "clamp",
        /// Whether pixels are rounded.
        round: bool = "round",
        /// Whether the range is turned round.
        reverse: bool = "reverse",
        /// Exponent of a power scale.
        exponent: f64 = "exponent",
        /// Base of a logarithm.
        base: f64 = "base",
        /// Constant of a symmetric logarithm.
        constant: f64 = "constant",
        /// Padding of a band, point or continuous scale.
        padding: f64 = "padding",
        /// Padding between bands, 0 to 1.
        padding_inner: f64 = "paddingInner",
        /// Padding at the ends, 0 to 1.
        padding_outer: f64 = "paddingOuter",
        /// Alignment of bands, 0 to 1.
        align: f64 = "align",
        /// Colour interpolation (`rgb`, `lab`, `hcl` …).
        interpolate: String = "interpolate",
    }
}
