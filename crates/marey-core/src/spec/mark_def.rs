//! Mark definitions: a mark with its fixed visual properties.

use super::{Align, Baseline, Lines, Literal, closed_set, properties};
use crate::Mark;

closed_set! {
    /// How points of a path are joined.
    pub enum Interpolate {
        /// Straight pieces.
        Linear = "linear",
        /// Straight pieces, closed.
        LinearClosed = "linear-closed",
        /// Step in the middle.
        Step = "step",
        /// Step at the start.
        StepBefore = "step-before",
        /// Step at the end.
        StepAfter = "step-after",
        /// B-spline.
        Basis = "basis",
        /// B-spline with loose ends.
        BasisOpen = "basis-open",
        /// Closed B-spline.
        BasisClosed = "basis-closed",
        /// Cardinal spline.
        Cardinal = "cardinal",
        /// Cardinal spline with loose ends.
        CardinalOpen = "cardinal-open",
        /// Closed cardinal spline.
        CardinalClosed = "cardinal-closed",
        /// B-spline straightened by tension.
        Bundle = "bundle",
        /// Cubic that keeps monotonicity.
        Monotone = "monotone",
    }
}

closed_set! {
    /// Orientation of a bar, area, tick, line or rule.
    pub enum MarkOrient {
        /// Lengths run horizontally.
        Horizontal = "horizontal",
        /// Lengths run vertically.
        Vertical = "vertical",
    }
}

/// How far whiskers, error bars and bands reach.
#[derive(Debug, Clone, PartialEq)]
pub enum ExtentKind {
    /// From smallest to largest value.
    MinMax,
    /// This many interquartile ranges (box plot).
    Iqr(f64),
    /// Confidence interval of the mean.
    Ci,
    /// Standard error.
    Stderr,
    /// Standard deviation.
    Stdev,
    /// From quartile to quartile.
    IqrBand,
}

/// Points over a line, a line over an area.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Yes or no.
    On(bool),
    /// Points that are there but not seen (`"transparent"`).
    Transparent,
    /// With properties of its own.
    Styled(Box<MarkDef>),
}

/// One part of a composite mark (box, median, whisker ticks …).
#[derive(Debug, Clone, PartialEq)]
pub enum MarkPart {
    /// Yes or no.
    On(bool),
    /// With properties of its own.
    Styled(Box<MarkDef>),
}

/// The width or height of a mark inside its band.
#[derive(Debug, Clone, PartialEq)]
pub enum BandSize {
    /// Pixels.
    Pixels(f64),
    /// A share of the band, `{"band": 0.7}`.
    Band(f64),
}

/// What a tooltip shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Tooltip {
    /// A fixed text.
    Text(String),
    /// Yes or no.
    On(bool),
    /// `{"content": "data"}` or `{"content": "encoding"}`.
    Content(String),
    /// `null`: none.
    Off,
}

properties! {
    /// A mark with its fixed visual properties.
    ///
    /// `mark` is absent only in overlays and parts, which take it from their place.
    pub struct MarkDef {
        /// The mark.
        mark: Mark = "type",
        /// Named styles.
        style: Lines = "style",
        /// Fill or stroke colour.
        color: String = "color",
        /// Fill colour; text `null` is written as off.
        fill: super::Setting<String> = "fill",
        /// Stroke colour.
        stroke: super::Setting<String> = "stroke",
        /// Whether colour means fill.
        filled: bool = "filled",
        /// Opacity, 0 to 1.
        opacity: f64 = "opacity",
        /// Fill opacity, 0 to 1.
        fill_opacity: f64 = "fillOpacity",
        /// Stroke opacity, 0 to 1.
        stroke_opacity: f64 = "strokeOpacity",
        /// Stroke width in pixels.
        stroke_width: f64 = "strokeWidth",
        /// Dash pattern in pixels.
        stroke_dash: Vec<f64> = "strokeDash",
        /// Length at which sharp line corners are cut.
        stroke_miter_limit: f64 = "strokeMiterLimit",
        /// Shift of the stroke in pixels.
        stroke_offset: f64 = "strokeOffset",
        /// Whether an order channel is implied (off: none).
        order: super::Setting<bool> = "order",
        /// Shift into the dash pattern.
        stroke_dash_offset: f64 = "strokeDashOffset",
        /// Line ends.
        stroke_cap: String = "strokeCap",
        /// Line corners.
        stroke_join: String = "strokeJoin",
        /// Blend mode.
        blend: String = "blend",
        /// Cursor shape.
        cursor: String = "cursor",
        /// Area of a symbol, or thickness of a bar or tick, in pixels.
        size: f64 = "size",
        /// Symbol shape.
        shape: String = "shape",
        /// Orientation.
        orient: MarkOrient = "orient",
        /// How points of a path are joined.
        interpolate: Interpolate = "interpolate",
        /// Tension of splines.
        tension: f64 = "tension",
        /// Points over a line or area.
        point: Overlay = "point",
        /// Line over an area.
        line: Overlay = "line",
        /// Whether marks are clipped to the view.
        clip: bool = "clip",
        /// What happens to null and NaN (`filter`, `break-paths-filter-domains` …); off shows all.
        invalid: super::Setting<String> = "invalid",
        /// What a tooltip shows.
        tooltip: Tooltip = "tooltip",
        /// Link.
        href: String = "href",
        /// Whether the mark is described to assistive technology.
        aria: bool = "aria",
        /// Description for assistive technology.
        description: String = "description",
        /// Role for assistive technology.
        aria_role: String = "ariaRole",
        /// Role description for assistive technology.
        aria_role_description: String = "ariaRoleDescription",
        /// Horizontal place in pixels, or the word `width`.
        x: Literal = "x",
        /// Vertical place in pixels, or the word `height`.
        y: Literal = "y",
        /// Second horizontal place.
        x2: Literal = "x2",
        /// Second vertical place.
        y2: Literal = "y2",
        /// Shift of x in pixels.
        x_offset: f64 = "xOffset",
        /// Shift of y in pixels.
        y_offset: f64 = "yOffset",
        /// Shift of x2 in pixels.
        x2_offset: f64 = "x2Offset",
        /// Shift of y2 in pixels.
        y2_offset: f64 = "y2Offset",
        /// Width in pixels or as a share of the band.
        width: BandSize = "width",
        /// Height in pixels or as a share of the band.
        height: BandSize = "height",
        /// Thickness of a tick in pixels.
        thickness: f64 = "thickness",
        /// Bars' inner distance in a histogram.
        bin_spacing: f64 = "binSpacing",
        /// Distance between bars at most continuous scales.
        continuous_band_size: f64 = "continuousBandSize",
        /// Size of bars on discrete scales.
        discrete_band_size: BandSize = "discreteBandSize",
        /// Least thickness of a bar in pixels.
        min_band_size: f64 = "minBandSize",
        /// Share of a time unit's band that a bar or tick takes, 0 to 1.
        time_unit_band_size: f64 = "timeUnitBandSize",
        /// Position within a time unit's band, 0 to 1.
        time_unit_band_position: f64 = "timeUnitBandPosition",
        /// Thickness of a tick relative to its band in pixels.
        tick_band_size: f64 = "bandSize",
        /// Radius of all corners.
        corner_radius: f64 = "cornerRadius",
        /// Radius of the corners at the end of a bar.
        corner_radius_end: f64 = "cornerRadiusEnd",
        /// Radius of one corner.
        corner_radius_top_left: f64 = "cornerRadiusTopLeft",
        /// Radius of one corner.
        corner_radius_top_right: f64 = "cornerRadiusTopRight",
        /// Radius of one corner.
        corner_radius_bottom_left: f64 = "cornerRadiusBottomLeft",
        /// Radius of one corner.
        corner_radius_bottom_right: f64 = "cornerRadiusBottomRight",
        /// Start angle of an arc in radians.
        theta: f64 = "theta",
        /// End angle of an arc in radians.
        theta2: f64 = "theta2",
        /// Radius of an arc or of polar text.
        radius: f64 = "radius",
        /// Second radius of an arc.
        radius2: f64 = "radius2",
        /// Inner radius of an arc.
        inner_radius: f64 = "innerRadius",
        /// Outer radius of an arc.
        outer_radius: f64 = "outerRadius",
        /// Shift of the radius.
        radius_offset: f64 = "radiusOffset",
        /// Shift of the second radius.
        radius2_offset: f64 = "radius2Offset",
        /// Shift of the angle.
        theta_offset: f64 = "thetaOffset",
        /// Shift of the end angle.
        theta2_offset: f64 = "theta2Offset",
        /// Angle between arcs in radians.
        pad_angle: f64 = "padAngle",
        /// Text content.
        text: Lines = "text",
        /// Text's horizontal alignment.
        align: Align = "align",
        /// Text's vertical alignment.
        baseline: Baseline = "baseline",
        /// Text's rotation in degrees.
        angle: f64 = "angle",
        /// Text's horizontal shift.
        dx: f64 = "dx",
        /// Text's vertical shift.
        dy: f64 = "dy",
        /// Font family.
        font: String = "font",
        /// Font size in pixels.
        font_size: f64 = "fontSize",
        /// Font weight.
        font_weight: Literal = "fontWeight",
        /// Font style.
        font_style: String = "fontStyle",
        /// Writing direction, `ltr` or `rtl`.
        dir: String = "dir",
        /// Text at which lines are broken.
        line_break: String = "lineBreak",
        /// Largest width of text in pixels.
        limit: f64 = "limit",
        /// Ellipsis of cut text.
        ellipsis: String = "ellipsis",
        /// Line height of text in pixels.
        line_height: f64 = "lineHeight",
        /// Address of a picture.
        url: String = "url",
        /// Whether a picture is smoothed when scaled.
        smooth: bool = "smooth",
        /// Whether a picture keeps its proportions.
        aspect: bool = "aspect",
        /// Reach of whiskers, error bars and bands.
        extent: ExtentKind = "extent",
        /// Box of a box plot.
        box_part: MarkPart = "box",
        /// Median of a box plot.
        median: MarkPart = "median",
        /// Whiskers of a box plot or rule of an error bar.
        rule: MarkPart = "rule",
        /// Ends of whiskers and error bars.
        ticks: MarkPart = "ticks",
        /// Outliers of a box plot.
        outliers: MarkPart = "outliers",
        /// Edges of an error band.
        borders: MarkPart = "borders",
        /// Fill of an error band.
        band: MarkPart = "band",
    }
}

impl MarkDef {
    /// A mark with nothing else said.
    pub fn new(mark: Mark) -> Self {
        Self {
            mark: Some(mark),
            ..Self::default()
        }
    }
}

impl From<Mark> for MarkDef {
    fn from(mark: Mark) -> Self {
        Self::new(mark)
    }
}
