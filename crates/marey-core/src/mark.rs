//! Marks: the shapes that stand for rows.

use crate::spec::closed_set;

closed_set! {
    /// The shape that stands for each row of a view, as Vega-Lite spells it.
    pub enum Mark {
        /// Pie and donut slices.
        Arc = "arc",
        /// Filled area between a line and its baseline.
        Area = "area",
        /// Bars.
        Bar = "bar",
        /// Tukey's box plot.
        Boxplot = "boxplot",
        /// Filled circles.
        Circle = "circle",
        /// A band of uncertainty.
        Errorband = "errorband",
        /// An interval of uncertainty.
        Errorbar = "errorbar",
        /// Geographic shapes.
        Geoshape = "geoshape",
        /// Pictures.
        Image = "image",
        /// Connected line.
        Line = "line",
        /// Points with a shape.
        Point = "point",
        /// Rectangles, as in a heat map.
        Rect = "rect",
        /// Straight lines from edge to edge or point to point.
        Rule = "rule",
        /// Filled squares.
        Square = "square",
        /// Text labels.
        Text = "text",
        /// Short strokes, as in a strip plot.
        Tick = "tick",
        /// Line of varying width.
        Trail = "trail",
    }
}

impl Mark {
    /// Whether the mark stands for several smaller marks and a statistic (box plot, error bar, band).
    pub fn is_composite(self) -> bool {
        matches!(self, Mark::Boxplot | Mark::Errorband | Mark::Errorbar)
    }

    /// Whether rows are joined into one path (line, area, trail).
    pub fn is_path(self) -> bool {
        matches!(self, Mark::Line | Mark::Area | Mark::Trail)
    }
}
