//! Transforms: what happens to rows before they are drawn.

use super::{
    Bin, Expression, FieldRef, Impute, JsonMap, Literal, Predicate, ResolveMode, SortOrder, closed_set,
    properties,
};
use crate::{Aggregate, FieldName, TimeUnit};

/// A step that turns rows into rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Transform {
    /// Keeps the rows for which a condition holds.
    Filter(Predicate),
    /// Computes a new field.
    Calculate {
        /// The expression.
        calculate: Expression,
        /// The new field.
        output: FieldName,
    },
    /// Summarises groups.
    Aggregate {
        /// The summaries.
        ops: Vec<AggregateOp>,
        /// The fields whose values form groups.
        groupby: Vec<FieldName>,
    },
    /// Adds the summaries of its group to every row.
    JoinAggregate(JoinAggregate),
    /// Cuts a field into bins.
    Bin {
        /// How.
        bin: Bin,
        /// The field.
        field: FieldName,
        /// Names of the lower and (perhaps) upper bin boundary.
        output: Vec<FieldName>,
        /// Whether the names stood in a JSON array.
        listed: bool,
    },
    /// Truncates a field in time.
    TimeUnit {
        /// The unit.
        unit: TimeUnit,
        /// The field.
        field: FieldName,
        /// The new field.
        output: FieldName,
    },
    /// Computes running values over ordered rows.
    Window {
        /// The functions.
        ops: Vec<WindowOp>,
        /// Rows before and after the current one; `[null, 0]` when absent.
        frame: Option<[Option<f64>; 2]>,
        /// Whether ties do not share a frame.
        ignore_peers: Option<bool>,
        /// Fields whose values form partitions.
        groupby: Vec<FieldName>,
        /// Order within a partition.
        sort: Vec<SortField>,
    },
    /// Stacks values within groups.
    Stack {
        /// The field stacked.
        stack: FieldName,
        /// Fields whose values form stacks.
        groupby: Vec<FieldName>,
        /// Offset of stacks; zero when absent.
        offset: Option<StackOffset>,
        /// Order within a stack.
        sort: Vec<SortField>,
        /// Names of the start and (perhaps) end of each piece.
        output: Vec<FieldName>,
        /// Whether the names stood in a JSON array.
        listed: bool,
    },
    /// Turns columns into rows.
    Fold {
        /// The columns.
        fields: Vec<FieldName>,
        /// Names of the key and value fields, `key` and `value` when absent.
        output: Option<[FieldName; 2]>,
    },
    /// Turns elements of array fields into rows.
    Flatten {
        /// The array fields.
        fields: Vec<FieldName>,
        /// New names.
        output: Option<Vec<FieldName>>,
    },
    /// Turns rows into columns.
    Pivot {
        /// The field whose values name the new columns.
        pivot: FieldName,
        /// The field whose values fill them.
        value: FieldName,
        /// Fields whose values form the rows.
        groupby: Vec<FieldName>,
        /// Largest number of new columns.
        limit: Option<f64>,
        /// How several values are summarised; sum when absent.
        op: Option<Aggregate>,
    },
    /// Fills missing rows and values.
    Impute {
        /// The field filled.
        impute: FieldName,
        /// The field that should be complete within each group.
        key: FieldName,
        /// Fields whose values form groups.
        groupby: Vec<FieldName>,
        /// How.
        how: Impute,
    },
    /// Joins another table.
    Lookup {
        /// The key in this table.
        lookup: FieldName,
        /// The other table.
        from: Box<LookupSource>,
        /// New names.
        output: Vec<FieldName>,
        /// Whether the names stood in a JSON array.
        listed: bool,
        /// Value where nothing matches.
        default: Option<Literal>,
    },
    /// Estimates a density.
    Density {
        /// The field.
        density: FieldName,
        /// How.
        options: DensityOptions,
    },
    /// Fits a regression.
    Regression {
        /// The field explained.
        regression: FieldName,
        /// The field that explains it.
        on: FieldName,
        /// How.
        options: RegressionOptions,
    },
    /// Fits a local regression.
    Loess {
        /// The field explained.
        loess: FieldName,
        /// The field that explains it.
        on: FieldName,
        /// How.
        options: LoessOptions,
    },
    /// Computes quantiles.
    Quantile {
        /// The field.
        quantile: FieldName,
        /// How.
        options: QuantileOptions,
    },
    /// Draws a random sample of rows.
    Sample(f64),
    /// Any other step (`extent` into a parameter), verbatim.
    Carried(JsonMap),
}

properties! {
    /// How a density is estimated.
    pub struct DensityOptions {
        /// Fields whose values form groups.
        groupby: Vec<FieldName> = "groupby",
        /// Whether densities add up over groups' sizes.
        counts: bool = "counts",
        /// Whether the distribution function is estimated.
        cumulative: bool = "cumulative",
        /// Bandwidth of the normal kernel; chosen from the data when absent or 0.
        bandwidth: f64 = "bandwidth",
        /// Range over which to estimate; the data's when absent.
        extent: [f64; 2] = "extent",
        /// Whether groups share the range (`shared`, `independent`).
        resolve: ResolveMode = "resolve",
        /// Exact number of steps.
        steps: f64 = "steps",
        /// Least number of steps.
        minsteps: f64 = "minsteps",
        /// Largest number of steps.
        maxsteps: f64 = "maxsteps",
        /// Names of value and density, `value` and `density` when absent.
        output: [NewField; 2] = "as",
    }
}

closed_set! {
    /// The curve a regression fits.
    pub enum RegressionMethod {
        /// a + b x.
        Linear = "linear",
        /// a + b log x.
        Log = "log",
        /// a exp(b x).
        Exp = "exp",
        /// a x^b.
        Pow = "pow",
        /// a + b x + c x².
        Quad = "quad",
        /// A polynomial of given order.
        Poly = "poly",
    }
}

properties! {
    /// How a regression is fitted.
    pub struct RegressionOptions {
        /// Fields whose values form groups.
        groupby: Vec<FieldName> = "groupby",
        /// The curve; linear when absent.
        method: RegressionMethod = "method",
        /// Order of a polynomial.
        order: f64 = "order",
        /// Range over which the curve is drawn.
        extent: [f64; 2] = "extent",
        /// Whether the curve's parameters come out instead of points.
        params: bool = "params",
        /// Names of the two fields, those of the input when absent.
        output: [NewField; 2] = "as",
    }
}

properties! {
    /// How a local regression is fitted.
    pub struct LoessOptions {
        /// Fields whose values form groups.
        groupby: Vec<FieldName> = "groupby",
        /// Share of the rows that each local fit sees, 0 to 1.
        bandwidth: f64 = "bandwidth",
        /// Names of the two fields, those of the input when absent.
        output: [NewField; 2] = "as",
    }
}

properties! {
    /// Which quantiles are computed.
    pub struct QuantileOptions {
        /// Fields whose values form groups.
        groupby: Vec<FieldName> = "groupby",
        /// Probabilities, 0 to 1.
        probs: Vec<f64> = "probs",
        /// Distance of probabilities when they are not listed.
        step: f64 = "step",
        /// Names of probability and value, `prob` and `value` when absent.
        output: [NewField; 2] = "as",
    }
}

/// The name of a field that a step makes, taken literally (no path into an object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewField(pub FieldName);

/// One summary of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateOp {
    /// The operation.
    pub op: Aggregate,
    /// The field; none for count.
    pub field: Option<FieldRef>,
    /// The new field.
    pub output: FieldName,
}

/// Summaries joined back to the rows of their group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JoinAggregate {
    /// The summaries.
    pub ops: Vec<AggregateOp>,
    /// The fields whose values form groups; all rows are one group when empty.
    pub groupby: Vec<FieldName>,
    /// Whether an empty `groupby` is written out.
    pub writes_empty_groupby: bool,
}

/// One running value.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowOp {
    /// The function.
    pub op: WindowFunction,
    /// The field; none for rank and the like.
    pub field: Option<FieldName>,
    /// Parameter of `ntile`, `lag`, `lead`, `nth_value`.
    pub param: Option<f64>,
    /// The new field.
    pub output: FieldName,
}

/// A function over a window of rows.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowFunction {
    /// 1, 2, 3 …
    RowNumber,
    /// Rank with gaps after ties.
    Rank,
    /// Rank without gaps.
    DenseRank,
    /// Rank from 0 to 1.
    PercentRank,
    /// Share of rows up to the current one.
    CumeDist,
    /// Number of the quantile group.
    Ntile,
    /// Value some rows before.
    Lag,
    /// Value some rows after.
    Lead,
    /// First value of the frame.
    FirstValue,
    /// Last value of the frame.
    LastValue,
    /// A given value of the frame.
    NthValue,
    /// Last valid value so far.
    PrevValue,
    /// Next valid value from here.
    NextValue,
    /// An aggregate of the frame.
    Aggregate(Aggregate),
}

impl WindowFunction {
    /// Every function that is not an aggregate, in Vega-Lite's spelling.
    pub const NAMED: &'static [(&'static str, WindowFunction)] = &[
        ("row_number", WindowFunction::RowNumber),
        ("rank", WindowFunction::Rank),
        ("dense_rank", WindowFunction::DenseRank),
        ("percent_rank", WindowFunction::PercentRank),
        ("cume_dist", WindowFunction::CumeDist),
        ("ntile", WindowFunction::Ntile),
        ("lag", WindowFunction::Lag),
        ("lead", WindowFunction::Lead),
        ("first_value", WindowFunction::FirstValue),
        ("last_value", WindowFunction::LastValue),
        ("nth_value", WindowFunction::NthValue),
        ("prev_value", WindowFunction::PrevValue),
        ("next_value", WindowFunction::NextValue),
    ];

    /// The function's name in Vega-Lite.
    pub fn as_str(&self) -> &'static str {
        match self {
            WindowFunction::Aggregate(aggregate) => aggregate.as_str(),
            function => Self::NAMED
                .iter()
                .find(|(_, named)| named == function)
                .map_or("row_number", |(name, _)| name),
        }
    }
}

/// One key of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct SortField {
    /// The field.
    pub field: FieldName,
    /// Direction; ascending when absent. Off means no order.
    pub order: Option<super::Setting<SortOrder>>,
}

closed_set! {
    /// Where stacks start and whether they fill the axis.
    pub enum StackOffset {
        /// At zero.
        Zero = "zero",
        /// Stretched to the same height.
        Normalize = "normalize",
        /// Around the middle.
        Center = "center",
    }
}

/// The other table of a lookup.
#[derive(Debug, Clone, PartialEq)]
pub struct LookupSource {
    /// Its data.
    pub data: super::DataSource,
    /// Its key.
    pub key: FieldName,
    /// The fields taken over; the whole row when absent.
    pub fields: Option<Vec<FieldName>>,
    /// Members that are not modelled (a selection instead of data).
    pub rest: JsonMap,
}
