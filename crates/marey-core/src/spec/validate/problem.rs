//! What can be wrong with a chart although its JSON reads.

use std::fmt;

use crate::spec::closed_set;

closed_set! {
    /// What is wrong with a part of a spec.
    pub enum ProblemKind {
        /// An aggregate other than count without a field.
        AggregateWithoutField = "aggregate_without_field",
        /// A window function without the field or parameter that it needs.
        WindowWithoutArgument = "window_without_argument",
        /// A box plot, error bar or error band without a continuous axis.
        NoContinuousAxis = "no_continuous_axis",
        /// A layer that holds facets, concatenations or repeats.
        CompositionInLayer = "composition_in_layer",
        /// Bins that cannot be made (a width of zero or less, fewer than two bins).
        ImpossibleBins = "impossible_bins",
        /// A field both binned and truncated in time.
        BinWithTimeUnit = "bin_with_time_unit",
        /// A field both binned and aggregated.
        BinWithAggregate = "bin_with_aggregate",
        /// The second end of a span without the first.
        SecondWithoutFirst = "second_without_first",
        /// An offset without the position it is an offset of.
        OffsetWithoutPosition = "offset_without_position",
        /// A channel that the mark does not use.
        ChannelNotOfMark = "channel_not_of_mark",
        /// A text mark without text.
        TextWithoutText = "text_without_text",
        /// A picture without an address.
        ImageWithoutUrl = "image_without_url",
        /// Slices without an angle or a radius.
        ArcWithoutTheta = "arc_without_theta",
        /// Stacking of a summary whose parts do not add up (a mean, a median).
        StackNotAdditive = "stack_not_additive",
        /// Stacking on a scale on which lengths do not add up.
        StackOnCurvedScale = "stack_on_curved_scale",
        /// A continuous field on a channel that tells few values apart (shape, facets).
        ContinuousOnDiscrete = "continuous_on_discrete",
        /// A sort by a channel that carries nothing.
        SortByAbsentChannel = "sort_by_absent_channel",
        /// A count at another level of measurement than quantitative.
        CountNotQuantitative = "count_not_quantitative",
        /// A reference to a repeat outside of one.
        RepeatOutside = "repeat_outside",
        /// A layer, concatenation or repeat of nothing.
        EmptyComposition = "empty_composition",
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Vega-Lite draws the chart but leaves out or changes what is concerned.
    Doubt,
    /// Vega-Lite refuses the chart, or what it draws means nothing.
    Error,
}

impl ProblemKind {
    /// How bad the problem is.
    pub fn severity(self) -> Severity {
        match self {
            ProblemKind::AggregateWithoutField
            | ProblemKind::WindowWithoutArgument
            | ProblemKind::NoContinuousAxis
            | ProblemKind::CompositionInLayer
            | ProblemKind::ImpossibleBins => Severity::Error,
            _ => Severity::Doubt,
        }
    }
}

/// Something wrong with a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecProblem {
    /// Where, as a JSON path.
    pub path: String,
    /// What is wrong.
    pub kind: ProblemKind,
    /// What was found and what would be right, in one sentence.
    pub message: String,
}

impl SpecProblem {
    /// How bad the problem is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

impl fmt::Display for SpecProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}
