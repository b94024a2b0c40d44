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

/// How many ticks an axis or legend should have.
#[derive(Debug, Clone, PartialEq)]
pub enum TickCount {
    /// About this many.
    Count(f64),
    /// At whole intervals of time (`month`), with an optional step.
    Interval(String, Option<f64>),
}

/// What happens to labels that overlap.
#[derive(Debug, Clone, PartialEq)]
pub enum LabelOverlap {
    /// Hidden by the default method, or left.
    On(bool),
    /// Hidden by a named method (`parity`, `greedy`).
    Method(String),
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
        tick_count: TickCount = "tickCount",
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
        /// Whether the axis is described to assistive technology.
        aria: bool = "aria",
        /// Description for assistive technology.
        description: String = "description",
        /// Named styles.
        style: Lines = "style",
        /// Position within a band, 0 to 1.
        band_position: f64 = "bandPosition",
        /// Axis line's width in pixels.
        domain_width: f64 = "domainWidth",
        /// Axis line's opacity, 0 to 1.
        domain_opacity: f64 = "domainOpacity",
        /// Axis line's dash pattern.
        domain_dash: Vec<f64> = "domainDash",
        /// Ticks' width in pixels.
        tick_width: f64 = "tickWidth",
        /// Ticks' opacity, 0 to 1.
        tick_opacity: f64 = "tickOpacity",
        /// Shift of ticks in pixels.
        tick_offset: f64 = "tickOffset",
        /// Whether a band's ticks have one more at the start.
        tick_extra: bool = "tickExtra",
        /// Whether ticks stand on whole pixels.
        tick_round: bool = "tickRound",
        /// Labels' font family.
        label_font: String = "labelFont",
        /// Labels' font style.
        label_font_style: String = "labelFontStyle",
        /// Labels' line height in pixels.
        label_line_height: f64 = "labelLineHeight",
        /// Labels' opacity, 0 to 1.
        label_opacity: f64 = "labelOpacity",
        /// What happens to labels that overlap.
        label_overlap: LabelOverlap = "labelOverlap",
        /// Least distance between labels in pixels.
        label_separation: f64 = "labelSeparation",
        /// Whether (or by how many pixels) labels may leave the axis.
        label_bound: Literal = "labelBound",
        /// Whether (or within how many pixels) the outermost labels are flush with the axis.
        label_flush: Literal = "labelFlush",
        /// Shift of flush labels in pixels.
        label_flush_offset: f64 = "labelFlushOffset",
        /// Title's vertical alignment.
        title_baseline: Baseline = "titleBaseline",
        /// Title's font family.
        title_font: String = "titleFont",
        /// Title's font style.
        title_font_style: String = "titleFontStyle",
        /// Title's font weight.
        title_font_weight: Literal = "titleFontWeight",
        /// Largest width of the title in pixels.
        title_limit: f64 = "titleLimit",
        /// Title's line height in pixels.
        title_line_height: f64 = "titleLineHeight",
        /// Title's opacity, 0 to 1.
        title_opacity: f64 = "titleOpacity",
        /// Place of the axis across the view in pixels.
        position: f64 = "position",
        /// Shift of all parts by half pixels.
        translate: f64 = "translate",
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
        tick_count: TickCount = "tickCount",
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
        /// Whether the legend is described to assistive technology.
        aria: bool = "aria",
        /// Description for assistive technology.
        description: String = "description",
        /// Smallest step between ticks.
        tick_min_step: f64 = "tickMinStep",
        /// Space between border and content in pixels.
        padding: f64 = "padding",
        /// Distance between rows in pixels.
        row_padding: f64 = "rowPadding",
        /// Distance between columns in pixels.
        column_padding: f64 = "columnPadding",
        /// Radius of the border's corners.
        corner_radius: f64 = "cornerRadius",
        /// Colour behind the legend.
        fill_color: String = "fillColor",
        /// Colour of the border.
        stroke_color: String = "strokeColor",
        /// Largest height of an entry in pixels.
        clip_height: f64 = "clipHeight",
        /// Gradient's opacity, 0 to 1.
        gradient_opacity: f64 = "gradientOpacity",
        /// Colour of the gradient's border.
        gradient_stroke_color: String = "gradientStrokeColor",
        /// Width of the gradient's border in pixels.
        gradient_stroke_width: f64 = "gradientStrokeWidth",
        /// Labels' alignment.
        label_align: Align = "labelAlign",
        /// Labels' vertical alignment.
        label_baseline: Baseline = "labelBaseline",
        /// Labels' colour.
        label_color: String = "labelColor",
        /// Labels' font family.
        label_font: String = "labelFont",
        /// Labels' font size in pixels.
        label_font_size: f64 = "labelFontSize",
        /// Labels' font style.
        label_font_style: String = "labelFontStyle",
        /// Labels' font weight.
        label_font_weight: Literal = "labelFontWeight",
        /// Distance of labels from symbols in pixels.
        label_offset: f64 = "labelOffset",
        /// Labels' opacity, 0 to 1.
        label_opacity: f64 = "labelOpacity",
        /// What happens to labels that overlap.
        label_overlap: LabelOverlap = "labelOverlap",
        /// Distance between labels and gradient in pixels.
        label_padding: f64 = "labelPadding",
        /// Least distance between labels in pixels.
        label_separation: f64 = "labelSeparation",
        /// Dash pattern of symbols.
        symbol_dash: Vec<f64> = "symbolDash",
        /// Fill of symbols.
        symbol_fill_color: String = "symbolFillColor",
        /// Shift of symbols in pixels.
        symbol_offset: f64 = "symbolOffset",
        /// Stroke of symbols.
        symbol_stroke_color: String = "symbolStrokeColor",
        /// Stroke width of symbols in pixels.
        symbol_stroke_width: f64 = "symbolStrokeWidth",
        /// Title's alignment.
        title_align: Align = "titleAlign",
        /// Where the title starts.
        title_anchor: TitleAnchor = "titleAnchor",
        /// Title's vertical alignment.
        title_baseline: Baseline = "titleBaseline",
        /// Title's colour.
        title_color: String = "titleColor",
        /// Title's font family.
        title_font: String = "titleFont",
        /// Title's font size in pixels.
        title_font_size: f64 = "titleFontSize",
        /// Title's font style.
        title_font_style: String = "titleFontStyle",
        /// Title's font weight.
        title_font_weight: Literal = "titleFontWeight",
        /// Largest width of the title in pixels.
        title_limit: f64 = "titleLimit",
        /// Title's line height in pixels.
        title_line_height: f64 = "titleLineHeight",
        /// Title's opacity, 0 to 1.
        title_opacity: f64 = "titleOpacity",
        /// Distance of the title from the entries in pixels.
        title_padding: f64 = "titlePadding",
        /// Drawing order: 0 behind marks, 1 in front.
        zindex: f64 = "zindex",
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
        /// Where labels start.
        label_anchor: TitleAnchor = "labelAnchor",
        /// Labels' vertical alignment.
        label_baseline: Baseline = "labelBaseline",
        /// Labels' colour.
        label_color: String = "labelColor",
        /// Labels' font family.
        label_font: String = "labelFont",
        /// Labels' font style.
        label_font_style: String = "labelFontStyle",
        /// Labels' font weight.
        label_font_weight: Literal = "labelFontWeight",
        /// Largest width of a label in pixels.
        label_limit: f64 = "labelLimit",
        /// Labels' line height in pixels.
        label_line_height: f64 = "labelLineHeight",
        /// Title's alignment.
        title_align: Align = "titleAlign",
        /// Where the title starts.
        title_anchor: TitleAnchor = "titleAnchor",
        /// Title's rotation in degrees.
        title_angle: f64 = "titleAngle",
        /// Title's vertical alignment.
        title_baseline: Baseline = "titleBaseline",
        /// Title's colour.
        title_color: String = "titleColor",
        /// Title's font family.
        title_font: String = "titleFont",
        /// Title's font style.
        title_font_style: String = "titleFontStyle",
        /// Title's font weight.
        title_font_weight: Literal = "titleFontWeight",
        /// Largest width of the title in pixels.
        title_limit: f64 = "titleLimit",
        /// Title's line height in pixels.
        title_line_height: f64 = "titleLineHeight",
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
        /// Whether the title is described to assistive technology.
        aria: bool = "aria",
        /// Largest width in pixels.
        limit: f64 = "limit",
        /// Line height in pixels.
        line_height: f64 = "lineHeight",
        /// Named styles.
        style: Lines = "style",
        /// Subtitle's font family.
        subtitle_font: String = "subtitleFont",
        /// Subtitle's font style.
        subtitle_font_style: String = "subtitleFontStyle",
        /// Subtitle's font weight.
        subtitle_font_weight: Literal = "subtitleFontWeight",
        /// Subtitle's line height in pixels.
        subtitle_line_height: f64 = "subtitleLineHeight",
        /// Drawing order: 0 behind marks, 1 in front.
        zindex: f64 = "zindex",
    }
}
