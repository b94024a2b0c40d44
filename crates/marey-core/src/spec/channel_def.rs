//! What a channel is bound to: a field, a datum or a value.

use super::{
    Axis, Expression, Header, JsonMap, Legend, Lines, Literal, Predicate, Scale, Setting, StackOffset,
    closed_set, properties,
};
use crate::{Aggregate, Channel, FieldName, FieldType, TimeUnit};

/// What a channel is bound to.
#[derive(Debug, Clone, PartialEq)]
pub enum ChannelDef {
    /// A field of the data, perhaps aggregated, binned or truncated in time.
    Field(Box<FieldDef>),
    /// A constant in data space, passed through the scale.
    Datum(Box<DatumDef>),
    /// A constant in visual space.
    Value(ValueDef),
}

/// A reference to a field by name or to the current item of a repeat.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldRef {
    /// A column by name.
    Name(FieldName),
    /// The item a repeat stands at.
    Repeat(RepeatRef),
}

impl FieldRef {
    /// The column's name, unless the reference is to a repeat.
    pub fn name(&self) -> Option<&FieldName> {
        match self {
            FieldRef::Name(name) => Some(name),
            FieldRef::Repeat(_) => None,
        }
    }
}

impl From<&str> for FieldRef {
    fn from(name: &str) -> Self {
        FieldRef::Name(FieldName::new(name))
    }
}

impl From<FieldName> for FieldRef {
    fn from(name: FieldName) -> Self {
        FieldRef::Name(name)
    }
}

closed_set! {
    /// Which list of a repeat is meant.
    pub enum RepeatRef {
        /// The wrapped list.
        Repeat = "repeat",
        /// The rows.
        Row = "row",
        /// The columns.
        Column = "column",
        /// The layers.
        Layer = "layer",
    }
}

/// A field bound to a channel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FieldDef {
    /// The field; none for a plain count.
    pub field: Option<FieldRef>,
    /// Level of measurement.
    pub field_type: Option<FieldType>,
    /// Aggregation within the groups that the unaggregated fields form.
    pub aggregate: Option<Aggregate>,
    /// Binning.
    pub bin: Option<Bin>,
    /// Truncation in time.
    pub time_unit: Option<TimeUnit>,
    /// Order of a discrete domain, of facets, or (order channel) of marks.
    pub sort: Option<Sort>,
    /// Stacking of bars and areas.
    pub stack: Option<Stack>,
    /// Filling of gaps.
    pub impute: Option<Impute>,
    /// Title of axis, legend or header; off for none.
    pub title: Option<Setting<Lines>>,
    /// Number or time format for text and tooltips.
    pub format: Option<String>,
    /// `number`, `time` or a custom formatter's name.
    pub format_type: Option<String>,
    /// Axis; off for none.
    pub axis: Option<Setting<Axis>>,
    /// Scale; off for raw visual values.
    pub scale: Option<Setting<Scale>>,
    /// Legend; off for none.
    pub legend: Option<Setting<Legend>>,
    /// Header of a facet; off for none.
    pub header: Option<Setting<Header>>,
    /// Position within a band, 0 to 1.
    pub band_position: Option<f64>,
    /// Spacing between facets in pixels.
    pub spacing: Option<f64>,
    /// Number of columns of a wrapped facet.
    pub columns: Option<f64>,
    /// Values that replace the field where a test holds.
    pub condition: Vec<Condition>,
    /// Whether `condition` stood in a JSON array.
    pub condition_listed: bool,
    /// Members that are not modelled.
    pub rest: JsonMap,
}

impl FieldDef {
    /// A field at a level of measurement.
    pub fn new(field: impl Into<FieldRef>, field_type: FieldType) -> Self {
        Self {
            field: Some(field.into()),
            field_type: Some(field_type),
            ..Self::default()
        }
    }

    /// The number of rows.
    pub fn count() -> Self {
        Self {
            aggregate: Some(Aggregate::Count),
            field_type: Some(FieldType::Quantitative),
            ..Self::default()
        }
    }

    /// Aggregates the field.
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = Some(aggregate);
        self
    }

    /// Bins the field with Vega-Lite's defaults.
    pub fn binned(mut self) -> Self {
        self.bin = Some(Bin::On(BinParams::default()));
        self
    }

    /// Truncates the field in time.
    pub fn time_unit(mut self, unit: TimeUnit) -> Self {
        self.time_unit = Some(unit);
        self
    }

    /// Sorts the field's domain.
    pub fn sorted(mut self, sort: Sort) -> Self {
        self.sort = Some(sort);
        self
    }

    /// Titles the axis, legend or header.
    pub fn titled(mut self, title: impl Into<Lines>) -> Self {
        self.title = Some(Setting::On(title.into()));
        self
    }

    /// The column's name, when the definition refers to one.
    pub fn name(&self) -> Option<&FieldName> {
        self.field.as_ref().and_then(FieldRef::name)
    }

    /// Whether the field's values form groups rather than being summarised.
    pub fn is_dimension(&self) -> bool {
        self.aggregate.is_none()
    }
}

impl From<FieldDef> for ChannelDef {
    fn from(def: FieldDef) -> Self {
        ChannelDef::Field(Box::new(def))
    }
}

/// A constant in data space.
#[derive(Debug, Clone, PartialEq)]
pub struct DatumDef {
    /// The constant, or the item of a repeat.
    pub datum: Result<Literal, RepeatRef>,
    /// Level of measurement.
    pub field_type: Option<FieldType>,
    /// Title of axis or legend.
    pub title: Option<Setting<Lines>>,
    /// Format for text.
    pub format: Option<String>,
    /// `number`, `time` or a custom formatter's name.
    pub format_type: Option<String>,
    /// Axis; off for none.
    pub axis: Option<Setting<Axis>>,
    /// Scale; off for raw visual values.
    pub scale: Option<Setting<Scale>>,
    /// Legend; off for none.
    pub legend: Option<Setting<Legend>>,
    /// Stacking of bars and areas.
    pub stack: Option<Stack>,
    /// Position within a band, 0 to 1.
    pub band_position: Option<f64>,
    /// Values that replace the datum where a test holds.
    pub condition: Vec<Condition>,
    /// Whether `condition` stood in a JSON array.
    pub condition_listed: bool,
    /// Members that are not modelled.
    pub rest: JsonMap,
}

impl DatumDef {
    /// A constant in data space with nothing else said.
    pub fn new(datum: Literal) -> Self {
        Self {
            datum: Ok(datum),
            field_type: None,
            title: None,
            format: None,
            format_type: None,
            axis: None,
            scale: None,
            legend: None,
            stack: None,
            band_position: None,
            condition: Vec::new(),
            condition_listed: false,
            rest: JsonMap::new(),
        }
    }
}

/// A constant in visual space.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ValueDef {
    /// The constant: a colour, a number of pixels, a text, the word `width`, or null.
    pub value: Option<Literal>,
    /// Values or fields that replace it where a test holds.
    pub condition: Vec<Condition>,
    /// Whether `condition` stood in a JSON array.
    pub condition_listed: bool,
    /// Members that are not modelled.
    pub rest: JsonMap,
}

/// A replacement where a test on the row holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The test.
    pub test: Predicate,
    /// What then applies.
    pub then: ConditionalValue,
}

/// What applies where a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionalValue {
    /// A constant in visual space.
    Value(Literal),
    /// A field or a datum with its scale.
    Def(Box<ChannelDef>),
}

/// How a continuous field is cut into bins.
#[derive(Debug, Clone, PartialEq)]
pub enum Bin {
    /// Bin the values.
    On(BinParams),
    /// `"bin": false` or `null`: do not bin (said explicitly).
    Off,
    /// The data is already binned.
    Binned(BinParams),
}

properties! {
    /// Parameters of binning; Vega-Lite's defaults where absent.
    pub struct BinParams {
        /// Largest number of bins.
        maxbins: f64 = "maxbins",
        /// Exact bin width.
        step: f64 = "step",
        /// Widths to choose from.
        steps: Vec<f64> = "steps",
        /// Smallest bin width.
        minstep: f64 = "minstep",
        /// Base of the numbers considered nice (10).
        base: f64 = "base",
        /// Whether ends are rounded to nice numbers (true).
        nice: bool = "nice",
        /// Value that a bin boundary must meet.
        anchor: f64 = "anchor",
        /// Divisors of the base for finer steps ([5, 2]).
        divide: Vec<f64> = "divide",
        /// Range of values to bin, instead of the data's.
        extent: [f64; 2] = "extent",
    }
}

closed_set! {
    /// Direction of an order.
    pub enum SortOrder {
        /// Small to large.
        Ascending = "ascending",
        /// Large to small.
        Descending = "descending",
    }
}

/// The order of a discrete domain.
#[derive(Debug, Clone, PartialEq)]
pub enum Sort {
    /// By the field's own values.
    Order(SortOrder),
    /// `null`: in the order of the data.
    Unsorted,
    /// By another channel of the same view (`"-y"`).
    Channel {
        /// The channel whose values decide.
        channel: Channel,
        /// Direction.
        order: SortOrder,
        /// Written as `{"encoding": …}` rather than as the short text.
        spelled_out: bool,
    },
    /// By an aggregate of a field.
    Field(SortByField),
    /// The listed values first, in this order.
    Values(Vec<Literal>),
}

/// A sort by an aggregate of a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SortByField {
    /// The field; none for a count.
    pub field: Option<FieldRef>,
    /// How the field is summarised per value of the domain.
    pub op: Option<Aggregate>,
    /// Direction; ascending when absent. Off means unsorted.
    pub order: Option<Setting<SortOrder>>,
}

/// Whether and how marks that share a position are stacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stack {
    /// With the given offset.
    Offset(StackOffset),
    /// Written `true`: as by default.
    On,
    /// Written `false` or `null`: layered on top of each other.
    Off,
}

closed_set! {
    /// How missing values are filled.
    pub enum ImputeMethod {
        /// By a given value.
        Value = "value",
        /// By the mean of the frame.
        Mean = "mean",
        /// By the median of the frame.
        Median = "median",
        /// By the maximum of the frame.
        Max = "max",
        /// By the minimum of the frame.
        Min = "min",
    }
}

/// Filling of missing rows or values of a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Impute {
    /// How; by value when absent.
    pub method: Option<ImputeMethod>,
    /// The value of method `value`.
    pub value: Option<Literal>,
    /// Key values that must be present.
    pub keyvals: Option<Vec<Literal>>,
    /// Key values as a sequence: start, stop, step.
    pub keyvals_sequence: Option<(Option<f64>, f64, Option<f64>)>,
    /// Window of neighbours, `[null, null]` is all.
    pub frame: Option<[Option<f64>; 2]>,
    /// Members that are not modelled.
    pub rest: JsonMap,
}

/// An expression is written where a text stands in the JSON.
impl From<&str> for Expression {
    fn from(text: &str) -> Self {
        Expression(text.to_owned())
    }
}
