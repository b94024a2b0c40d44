//! Guides: axes, legends, headers and titles.

use super::{Lines, Literal, Setting, closed_set, properties};

closed_set! {
    /// A side of the view, or a corner for legends.
    pub enum Orient {
        /// Left side.
        Left = "left",
        /// Right side.
        Right = "right",
        /// Top side.
        Top = "top",
        /// Bottom side.
        Bottom = "bottom",
        /// Top left corner.
        TopLeft = "top-left",
        /// Top right corner.
        TopRight = "top-right",
        /// Bottom left corner.
        BottomLeft = "bottom-left",
        /// Bottom right corner.
        BottomRight = "bottom-right",
        /// Placed by hand.
        None = "none",
    }
}

closed_set! {
    /// Direction of a legend.
    pub enum Direction {
        /// Side by side.
        Horizontal = "horizontal",
        /// One below the other.
        Vertical = "vertical",
    }
}

closed_set! {
    /// Horizontal alignment of text.
    pub enum Align {
        /// To the left.
        Left = "left",
        /// Centred.
        Center = "center",
        /// To the right.
        Right = "right",
    }
}

closed_set! {
    /// Vertical alignment of text.
    pub enum Baseline {
        /// At the foot of the letters.
        Alphabetic = "alphabetic",
        /// At the top.
        Top = "top",
        /// In the middle.
        Middle = "middle",
        /// At the bottom.
        Bottom = "bottom",
        /// At the top of the line.
        LineTop = "line-top",
        /// At the bottom of the line.
        LineBottom = "line-bottom",
    }
}

closed_set! {
    /// Where a title starts.
    pub enum TitleAnchor {
        /// At the start.
        Start = "start",
        /// In the middle.
        Middle = "middle",
        /// At the end.
        End = "end",
    }
}

properties! {
    /// An axis.
    pub struct Axis {
        /// Title; off for none.
        title: Setting<Lines> = "title",
        /// Side.
        orient: Orient = "orient",
        /// Number (d3-format) or time (d3-time-format) pattern.
        format: String = "format",
        /// `number`, `time` or a custom formatter's name.
        format_type: String = "formatType",
        /// Tick values.
        values: Vec<Literal> = "values",
        /// Wished number of ticks.
        tick_count: f64 = "tickCount",
        /// Smallest step between ticks.
        tick_min_step: f64 = "tickMinStep",
        /// Whether ticks are drawn.
        ticks: bool = "ticks",
        /// Length of ticks in pixels.
        tick_size: f64 = "tickSize",
        /// Where ticks of a band stand (`center`, `extent`).
        tick_band: String = "tickBand",
        /// Ticks' dash pattern.
        tick_dash: Vec<f64> = "tickDash",
        /// Ticks' colour.
        tick_color: String = "tickColor",
        /// Whether the grid is drawn.
        grid: bool = "grid",
        /// Grid colour.
        grid_color: String = "gridColor",
        /// Grid dash pattern.
        grid_dash: Vec<f64> = "gridDash",
        /// Grid opacity.
        grid_opacity: f64 = "gridOpacity",
        /// Grid width in pixels.
        grid_width: f64 = "gridWidth",
        /// Whether the axis line is drawn.
        domain: bool = "domain",
        /// Axis line's colour.
        domain_color: String = "domainColor",
        /// Whether labels are drawn.
        labels: bool = "labels",
        /// Labels' rotation in degrees.
        label_angle: f64 = "labelAngle",
        /// Labels' alignment.
        label_align: Align = "labelAlign",
        /// Labels' vertical alignment.
        label_baseline: Baseline = "labelBaseline",
        /// Label text as an expression.
        label_expr: String = "labelExpr",
        /// Labels' font size in pixels.
        label_font_size: f64 = "labelFontSize",
        /// Labels' font weight.
        label_font_weight: Literal = "labelFontWeight",
        /// Labels' colour.
        label_color: String = "labelColor",
        /// Largest width of a label in pixels.
        label_limit: f64 = "labelLimit",
        /// Distance of labels from ticks.
        label_padding: f64 = "labelPadding",
        /// Shift of labels along the axis.
        label_offset: f64 = "labelOffset",
        /// Shift of the axis away from the view.
        offset: f64 = "offset",
        /// Least space taken by labels and ticks.
        min_extent: f64 = "minExtent",
        /// Most space taken by labels and ticks.
        max_extent: f64 = "maxExtent",
        /// Title's alignment along the axis.
        title_anchor: TitleAnchor = "titleAnchor",
        /// Title's alignment.
        title_align: Align = "titleAlign",
        /// Title's rotation in degrees.
        title_angle: f64 = "titleAngle",
        /// Title's colour.
        title_color: String = "titleColor",
        /// Title's font size in pixels.
        title_font_size: f64 = "titleFontSize",
        /// Distance of the title from the labels.
        title_padding: f64 = "titlePadding",
        /// Title's horizontal place.
        title_x: f64 = "titleX",
        /// Title's vertical place.
        title_y: f64 = "titleY",
        /// Drawing order: 0 behind marks, 1 in front.
        zindex: f64 = "zindex",
    }
}

properties! {
    /// A legend.
    pub struct Legend {
        /// Title; off for none.
        title: Setting<Lines> = "title",
        /// Place.
        orient: Orient = "orient",
        /// `symbol` or `gradient`.
        legend_type: String = "type",
        /// Direction of entries.
        direction: Direction = "direction",
        /// Number or time pattern.
        format: String = "format",
        /// `number`, `time` or a custom formatter's name.
        format_type: String = "formatType",
        /// Values shown.
        values: Vec<Literal> = "values",
        /// Wished number of ticks.
        tick_count: f64 = "tickCount",
        /// Number of columns of entries.
        columns: f64 = "columns",
        /// Distance from the view.
        offset: f64 = "offset",
        /// Place when `orient` is none.
        legend_x: f64 = "legendX",
        /// Place when `orient` is none.
        legend_y: f64 = "legendY",
        /// Length of a gradient in pixels.
        gradient_length: f64 = "gradientLength",
        /// Thickness of a gradient in pixels.
        gradient_thickness: f64 = "gradientThickness",
        /// Side of the title.
        title_orient: Orient = "titleOrient",
        /// Label text as an expression.
        label_expr: String = "labelExpr",
        /// Largest width of a label in pixels.
        label_limit: f64 = "labelLimit",
        /// Area of symbols in square pixels.
        symbol_size: f64 = "symbolSize",
        /// Shape of symbols.
        symbol_type: String = "symbolType",
        /// Opacity of symbols.
        symbol_opacity: f64 = "symbolOpacity",
        /// Number of entries after which the rest is summed up.
        symbol_limit: f64 = "symbolLimit",
    }
}

properties! {
    /// The header of a facet.
    pub struct Header {
        /// Title; off for none.
        title: Setting<Lines> = "title",
        /// Side.
        orient: Orient = "orient",
        /// Number or time pattern.
        format: String = "format",
        /// `number`, `time` or a custom formatter's name.
        format_type: String = "formatType",
        /// Whether labels are drawn.
        labels: bool = "labels",
        /// Labels' rotation in degrees.
        label_angle: f64 = "labelAngle",
        /// Labels' font size in pixels.
        label_font_size: f64 = "labelFontSize",
        /// Labels' alignment.
        label_align: Align = "labelAlign",
        /// Labels' side.
        label_orient: Orient = "labelOrient",
        /// Distance of labels from the view.
        label_padding: f64 = "labelPadding",
        /// Label text as an expression.
        label_expr: String = "labelExpr",
        /// Title's font size in pixels.
        title_font_size: f64 = "titleFontSize",
        /// Title's side.
        title_orient: Orient = "titleOrient",
        /// Distance of the title from the labels.
        title_padding: f64 = "titlePadding",
    }
}

properties! {
    /// The title of a view given as an object.
    pub struct Title {
        /// Text.
        text: Lines = "text",
        /// Second, smaller text.
        subtitle: Lines = "subtitle",
        /// Where it starts.
        anchor: TitleAnchor = "anchor",
        /// Side.
        orient: Orient = "orient",
        /// Alignment.
        align: Align = "align",
        /// Rotation in degrees.
        angle: f64 = "angle",
        /// Baseline.
        baseline: Baseline = "baseline",
        /// What it is placed relative to (`bounds`, `group`).
        frame: String = "frame",
        /// Distance from the view.
        offset: f64 = "offset",
        /// Colour.
        color: String = "color",
        /// Font family.
        font: String = "font",
        /// Font size in pixels.
        font_size: f64 = "fontSize",
        /// Font weight.
        font_weight: Literal = "fontWeight",
        /// Font style.
        font_style: String = "fontStyle",
        /// Horizontal shift.
        dx: f64 = "dx",
        /// Vertical shift.
        dy: f64 = "dy",
        /// Subtitle's colour.
        subtitle_color: String = "subtitleColor",
        /// Subtitle's font size in pixels.
        subtitle_font_size: f64 = "subtitleFontSize",
        /// Distance of the subtitle from the title.
        subtitle_padding: f64 = "subtitlePadding",
    }
}
