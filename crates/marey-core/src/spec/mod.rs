//! [`ChartSpec`]: a Vega-Lite view as typed Rust.
//!
//! A spec is a tree of [`View`]s. Leaves draw a [`Mark`](crate::Mark) with an [`Encoding`]; inner
//! views layer, facet, concatenate or repeat others. What the types do not model is kept verbatim
//! in a `rest` map at the place where it stood, so that nothing of a user's spec is lost.

mod bound_field;
mod canonical;
mod channel_def;
mod closed_set;
mod data;
mod distance;
mod encoding;
mod error;
mod guide;
pub(crate) mod json;
mod mark_def;
mod normalize;
mod orientation;
mod output_name;
mod parameter;
mod path_grouping;
mod predicate;
mod properties;
mod scale;
mod stacking;
mod transform;
mod validate;
mod view;

pub use canonical::CanonicalOptions;
pub use channel_def::{
    Bin, BinParams, ChannelDef, Condition, ConditionalValue, DatumDef, FieldDef, FieldRef, Impute,
    ImputeMethod, RepeatRef, Sort, SortByField, SortOrder, Stack, ValueDef,
};
pub use closed_set::UnknownName;
pub(crate) use closed_set::closed_set;
pub use data::{DataFormat, DataFormatType, DataSource, FieldParsing, Graticule, InlineData};
pub use distance::EditCosts;
pub use encoding::{Encoding, EncodingEntry};
pub use error::{SpecError, SpecWarning};
pub use guide::{
    Align, Axis, Baseline, Direction, Header, LabelOverlap, Legend, Orient, TickCount, Title, TitleAnchor,
};
pub use json::SpecLimits;
pub use mark_def::{BandSize, ExtentKind, Interpolate, MarkDef, MarkOrient, MarkPart, Overlay, Tooltip};
pub use normalize::{MarkConfig, NormalizeError, normalize};
pub use orientation::orientation;
pub use output_name::{NamePart, bin_name, time_unit_name};
pub use parameter::{InitialValue, settle_parameters};
pub use path_grouping::path_grouping;
pub use predicate::{Expression, FieldPredicate, FieldTest, Literal, Predicate};
pub use properties::JsonMap;
pub(crate) use properties::properties;
pub use scale::{Domain, Nice, Range, Scale, ScaleBins, ScaleType, SchemeRef};
pub use stacking::{Stacking, stacking};
pub use transform::{
    AggregateOp, DensityOptions, JoinAggregate, LoessOptions, LookupSource, NewField, QuantileOptions,
    RegressionMethod, RegressionOptions, SortField, StackOffset, Transform, WindowFunction, WindowOp,
};
pub use validate::{ProblemKind, Severity, SpecProblem};
pub use view::{
    Autosize, AutosizeType, ByDirection, ChartSpec, Composition, ConcatFlow, Facet, Layout, LayoutAlign,
    Padding, PaddingSides, Projection, Repeat, Resolve, ResolveByChannel, ResolveMode, Size, TopLevel, Unit,
    View, ViewBackground, ViewTitle,
};

/// A member that may be switched off with JSON `null` (`"axis": null`).
#[derive(Debug, Clone, PartialEq)]
pub enum Setting<T> {
    /// Written as `null`: none, please.
    Off,
    /// Given.
    On(T),
}

impl<T> Setting<T> {
    /// The value, if the setting is on.
    pub fn on(&self) -> Option<&T> {
        match self {
            Setting::Off => None,
            Setting::On(value) => Some(value),
        }
    }

    /// Whether the setting was switched off.
    pub fn is_off(&self) -> bool {
        matches!(self, Setting::Off)
    }
}

/// Text of one or several lines (`"title": ["one", "two"]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines(pub Vec<String>);

impl Lines {
    /// The lines joined by a space.
    pub fn joined(&self) -> String {
        self.0.join(" ")
    }
}

impl From<&str> for Lines {
    fn from(text: &str) -> Self {
        Lines(vec![text.to_owned()])
    }
}

impl From<String> for Lines {
    fn from(text: String) -> Self {
        Lines(vec![text])
    }
}
