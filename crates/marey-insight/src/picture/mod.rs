//! Pictures: the chart that shows an insight, chosen by its kind, with annotations as data.
//!
//! Which chart shows which kind follows the relationships of the Financial Times' Visual Vocabulary (ranking, change
//! over time, correlation, distribution, part to whole). Every chart carries the few rows it draws, computed here from
//! the table, so that it stands on its own as Vega-Lite.

mod annotation;
mod bars;
mod compose;
mod cycle;
mod data;
mod histogram;
mod ink;
mod label;
mod scatter;
mod shares;
mod timeline;

pub use annotation::{Anchor, Annotation, AnnotationKind, Place};
pub(crate) use compose::{Picture, dressed};
use data::Data;
use label::Span;

use marey_table::Table;

use crate::{Insight, InsightKind, words::Lexicon};

/// The chart that shows a kind of insight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars sorted by length, one in accent.
    SortedBars,
    /// A line over time with its straight trend and the band of its slope.
    TrendLine,
    /// A line over time with a rule at the change and the mean of each side.
    SteppedLine,
    /// Every phase of a cycle over time, with its mean.
    CyclePlot,
    /// A line over time with a stretch or point set off.
    MarkedLine,
    /// Two lines over time, one above the other.
    TwoLines,
    /// Points with a fitted line.
    FittedScatter,
    /// Points with a smooth curve.
    CurvedScatter,
    /// Points in groups, coloured, with a fit for each.
    GroupedScatter,
    /// A histogram with the places that matter marked.
    Histogram,
    /// Shares before and after, joined by lines.
    Slope,
    /// Bars of rates, one in accent.
    RateBars,
    /// Means by two categories as a field of colours.
    HeatMap,
    /// Parts of one whole.
    Parts,
}

impl ChartKind {
    /// The chart of a kind of insight.
    pub fn of(kind: InsightKind) -> Self {
        use InsightKind as K;
        match kind {
            K::OutstandingFirst | K::OutstandingLast | K::GroupDifference | K::Dominance | K::Evenness => {
                Self::SortedBars
            }
            K::Pareto | K::VarianceDifference => Self::SortedBars,
            K::Missingness | K::Association => Self::RateBars,
            K::Trend | K::SubspaceTrend => Self::TrendLine,
            K::ChangePoint => Self::SteppedLine,
            K::Seasonality => Self::CyclePlot,
            K::OutlierTime | K::PeriodChange | K::RecordHigh | K::RecordLow | K::UnusualLatest => {
                Self::MarkedLine
            }
            K::NewCategory | K::LostCategory => Self::MarkedLine,
            K::Comovement | K::LeadLag => Self::TwoLines,
            K::Correlation => Self::FittedScatter,
            K::Nonlinear => Self::CurvedScatter,
            K::Simpson | K::Clusters => Self::GroupedScatter,
            K::Multimodal | K::OutlierRow | K::RoundHeaping | K::ThresholdBunching | K::Sentinel => {
                Self::Histogram
            }
            K::CompositionShift | K::ShareChange => Self::Slope,
            K::Interaction => Self::HeatMap,
            K::Duplicates => Self::Parts,
        }
    }

    /// The chart's name in messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::SortedBars | Self::RateBars | Self::Parts => "chart-bars",
            Self::TrendLine | Self::SteppedLine | Self::MarkedLine | Self::CyclePlot => "chart-line",
            Self::TwoLines => "chart-lines",
            Self::FittedScatter | Self::CurvedScatter | Self::GroupedScatter => "chart-scatter",
            Self::Histogram => "chart-histogram",
            Self::Slope => "chart-slope",
            Self::HeatMap => "chart-heat",
        }
    }
}

impl Picture {
    /// Draws an insight; none where the table has nothing of it to draw.
    pub(crate) fn of(insight: &Insight, table: &Table, lexicon: &Lexicon<'_>) -> Option<Self> {
        let data = Data {
            table,
            insight,
            lexicon,
        };
        let picture = match ChartKind::of(insight.kind) {
            ChartKind::SortedBars => bars::sorted(&data),
            ChartKind::RateBars => bars::rates(&data),
            ChartKind::Parts => bars::parts(&data),
            ChartKind::TrendLine => timeline::trend(&data),
            ChartKind::SteppedLine => timeline::stepped(&data),
            ChartKind::MarkedLine => timeline::marked(&data),
            ChartKind::CyclePlot => cycle::cycle(&data),
            ChartKind::TwoLines => timeline::pair(&data),
            ChartKind::FittedScatter => scatter::fitted(&data),
            ChartKind::CurvedScatter => scatter::curved(&data),
            ChartKind::GroupedScatter => scatter::grouped(&data),
            ChartKind::Histogram => histogram::histogram(&data),
            ChartKind::Slope => shares::slope(&data),
            ChartKind::HeatMap => shares::heat_map(&data),
        }?;
        Some(picture)
    }
}

/// What can be told of a chart without seeing it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glance {
    /// The kind of chart, as messages name it.
    pub(crate) chart: &'static str,
    /// Title of the horizontal axis.
    pub(crate) x: String,
    /// Title of the vertical axis.
    pub(crate) y: String,
    /// Number of marks.
    pub(crate) marks: usize,
    /// The lowest and the highest mark: its name and its value, written.
    pub(crate) extremes: Option<[(String, String); 2]>,
    /// Rows behind the marks that are not drawn, where only some are.
    pub(crate) of_rows: Option<usize>,
}

/// A number with six significant digits.
pub(crate) fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
