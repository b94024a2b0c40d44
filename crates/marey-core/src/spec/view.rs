//! Views: the tree that a spec is.

use super::{
    DataSource, Encoding, FieldDef, JsonMap, Lines, MarkDef, Setting, Title, Transform, closed_set,
    properties,
};
use crate::{Channel, FieldName, Mark};

/// A chart: a tree of views with what belongs to the whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// What belongs to the whole document.
    pub top: TopLevel,
    /// The outermost view.
    pub view: View,
}

properties! {
    /// What belongs to the whole document.
    pub struct TopLevel {
        /// Colour behind the chart; off for none.
        background: Setting<String> = "background",
        /// Space around the chart.
        padding: Padding = "padding",
        /// How the size is found.
        autosize: Autosize = "autosize",
        /// Configuration, verbatim.
        config: JsonMap = "config",
        /// Data sets by name, verbatim.
        datasets: JsonMap = "datasets",
        /// Data for other programs, verbatim; Marey keeps the source line of a chart under `source`.
        usermeta: JsonMap = "usermeta",
    }
}

/// Space around a chart in pixels.
#[derive(Debug, Clone, PartialEq)]
pub enum Padding {
    /// The same on all sides.
    All(f64),
    /// By side; 0 where absent.
    Sides(PaddingSides),
}

properties! {
    /// Space around a chart by side, in pixels.
    pub struct PaddingSides {
        /// Left.
        left: f64 = "left",
        /// Top.
        top: f64 = "top",
        /// Right.
        right: f64 = "right",
        /// Bottom.
        bottom: f64 = "bottom",
    }
}

closed_set! {
    /// What the given width and height mean.
    pub enum AutosizeType {
        /// The plotting area; axes and legends come on top.
        Pad = "pad",
        /// The whole chart.
        Fit = "fit",
        /// The whole chart's width.
        FitX = "fit-x",
        /// The whole chart's height.
        FitY = "fit-y",
        /// The whole chart; what does not fit is cut.
        None = "none",
    }
}

properties! {
    bare
    /// How the size of a chart is found.
    pub struct Autosize {
        /// What the given width and height mean.
        autosize_type: AutosizeType = "type",
        /// What is measured: `content` or `padding`.
        contains: String = "contains",
        /// Whether the layout is computed anew on every change.
        resize: bool = "resize",
    }
}

/// A view: what it draws from, how large it is, and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Name for programs.
    pub name: Option<String>,
    /// Title for people.
    pub title: Option<ViewTitle>,
    /// Description for people who do not see the chart.
    pub description: Option<String>,
    /// Data; the parent's when absent.
    pub data: Option<DataSource>,
    /// Transforms, in order.
    pub transform: Vec<Transform>,
    /// Width of the plotting area.
    pub width: Option<Size>,
    /// Height of the plotting area.
    pub height: Option<Size>,
    /// What it is made of.
    pub composition: Composition,
    /// Which scales, axes and legends the parts share.
    pub resolve: Option<Resolve>,
    /// The map projection.
    pub projection: Option<Projection>,
    /// The rectangle behind the marks.
    pub background: Option<ViewBackground>,
    /// How parts are lined up in a grid.
    pub layout: Layout,
    /// Members that are not modelled (params …).
    pub rest: JsonMap,
}

closed_set! {
    /// Whether parts of a view share a scale, axis or legend.
    pub enum ResolveMode {
        /// One for all.
        Shared = "shared",
        /// One for each.
        Independent = "independent",
    }
}

properties! {
    /// Which scales, axes and legends the parts of a view share.
    pub struct Resolve {
        /// Scales by channel.
        scale: ResolveByChannel = "scale",
        /// Axes by channel.
        axis: ResolveByChannel = "axis",
        /// Legends by channel.
        legend: ResolveByChannel = "legend",
    }
}

/// What is shared, channel by channel, in the order of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResolveByChannel(pub Vec<(Channel, ResolveMode)>);

properties! {
    /// The rectangle behind a view's marks.
    pub struct ViewBackground {
        /// Named styles.
        style: Lines = "style",
        /// Fill colour; off for none.
        fill: Setting<String> = "fill",
        /// Fill opacity, 0 to 1.
        fill_opacity: f64 = "fillOpacity",
        /// Opacity, 0 to 1.
        opacity: f64 = "opacity",
        /// Border colour; off for none.
        stroke: Setting<String> = "stroke",
        /// Border opacity, 0 to 1.
        stroke_opacity: f64 = "strokeOpacity",
        /// Border width in pixels.
        stroke_width: f64 = "strokeWidth",
        /// Border's dash pattern.
        stroke_dash: Vec<f64> = "strokeDash",
        /// Shift into the dash pattern.
        stroke_dash_offset: f64 = "strokeDashOffset",
        /// Border's line ends.
        stroke_cap: String = "strokeCap",
        /// Border's line corners.
        stroke_join: String = "strokeJoin",
        /// Length at which sharp corners are cut.
        stroke_miter_limit: f64 = "strokeMiterLimit",
        /// Radius of the corners.
        corner_radius: f64 = "cornerRadius",
        /// Cursor shape.
        cursor: String = "cursor",
    }
}

properties! {
    /// How the earth is laid flat.
    pub struct Projection {
        /// The projection's name.
        projection_type: String = "type",
        /// Middle, in degrees east and north.
        center: [f64; 2] = "center",
        /// Rotation by two or three angles in degrees.
        rotate: Vec<f64> = "rotate",
        /// Magnification.
        scale: f64 = "scale",
        /// Place of the middle in pixels.
        translate: [f64; 2] = "translate",
        /// Standard parallels in degrees north.
        parallels: Vec<f64> = "parallels",
        /// Angle of the clipping circle in degrees.
        clip_angle: f64 = "clipAngle",
        /// Corners of the clipping rectangle in pixels.
        clip_extent: [[f64; 2]; 2] = "clipExtent",
        /// Threshold of adaptive resampling in pixels.
        precision: f64 = "precision",
        /// Radius of points in pixels.
        point_radius: f64 = "pointRadius",
        /// Whether x is mirrored.
        reflect_x: bool = "reflectX",
        /// Whether y is mirrored.
        reflect_y: bool = "reflectY",
    }
}

closed_set! {
    /// How cells of a grid are lined up.
    pub enum LayoutAlign {
        /// All cells have the same size.
        All = "all",
        /// Cells of a row or column have the same size.
        Each = "each",
        /// Cells follow each other.
        None = "none",
    }
}

/// One value for rows and columns, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum ByDirection<T> {
    /// The same for both.
    Both(T),
    /// One for each.
    Each {
        /// For rows.
        row: Option<T>,
        /// For columns.
        column: Option<T>,
    },
}

properties! {
    /// How the parts of a view are lined up in a grid.
    pub struct Layout {
        /// How cells are lined up.
        align: ByDirection<LayoutAlign> = "align",
        /// Whether cells are centred.
        center: ByDirection<bool> = "center",
        /// What of a cell counts: `full` or `flush`.
        bounds: String = "bounds",
        /// Space between cells in pixels.
        spacing: ByDirection<f64> = "spacing",
        /// Number of columns when wrapped.
        columns: f64 = "columns",
    }
}

/// The title of a view.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewTitle {
    /// Plain text.
    Text(Lines),
    /// Text with properties.
    Styled(Box<Title>),
    /// `null`.
    Off,
}

impl ViewTitle {
    /// The title's words in one line; none when it is off or has no text.
    pub fn text(&self) -> Option<String> {
        match self {
            ViewTitle::Text(lines) => Some(lines.joined()),
            ViewTitle::Styled(title) => title.text.as_ref().map(Lines::joined),
            ViewTitle::Off => None,
        }
    }
}

/// A width or height.
#[derive(Debug, Clone, PartialEq)]
pub enum Size {
    /// Pixels.
    Pixels(f64),
    /// As large as the place it is put in, `"container"`.
    Container,
    /// So many pixels per category, `{"step": 20}`.
    Step {
        /// Pixels per category.
        step: f64,
        /// Whether the step is of the offset (`"for": "offset"`) or the position scale.
        of: Option<String>,
    },
}

/// What a view is made of.
#[allow(clippy::large_enum_variant, reason = "nearly every composition is a unit")]
#[derive(Debug, Clone, PartialEq)]
pub enum Composition {
    /// One mark.
    Unit(Unit),
    /// Views on top of each other.
    Layer {
        /// From back to front.
        layers: Vec<View>,
        /// Channels shared by all layers.
        encoding: Encoding,
    },
    /// The same view for each part of the data.
    Facet(Box<Facet>),
    /// Views beside each other.
    Concat {
        /// In which direction.
        flow: ConcatFlow,
        /// The views.
        views: Vec<View>,
    },
    /// The same view for each of a list of fields.
    Repeat(Box<Repeat>),
}

/// One mark with its encoding.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The mark.
    pub mark: MarkDef,
    /// Its channels.
    pub encoding: Encoding,
    /// Whether the mark was given as plain text (`"mark": "bar"`).
    pub plain_mark: bool,
}

closed_set! {
    /// Direction in which views are put beside each other.
    pub enum ConcatFlow {
        /// Wrapped.
        Wrap = "concat",
        /// Left to right.
        Horizontal = "hconcat",
        /// Top to bottom.
        Vertical = "vconcat",
    }
}

/// The same view for each part of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// Field of a wrapped grid.
    pub wrap: Option<FieldDef>,
    /// Field of the rows.
    pub row: Option<FieldDef>,
    /// Field of the columns.
    pub column: Option<FieldDef>,
    /// Whether the columns stood before the rows in the document.
    pub column_first: bool,
    /// The view repeated.
    pub spec: View,
}

/// The same view for each of a list of fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// Fields of a wrapped grid.
    pub wrap: Option<Vec<FieldName>>,
    /// Fields of the rows.
    pub row: Option<Vec<FieldName>>,
    /// Fields of the columns.
    pub column: Option<Vec<FieldName>>,
    /// Fields of the layers.
    pub layer: Option<Vec<FieldName>>,
    /// The view repeated.
    pub spec: View,
}

impl ChartSpec {
    /// A chart of one view.
    pub fn new(view: View) -> Self {
        Self {
            top: TopLevel::default(),
            view,
        }
    }

    /// A chart of one mark with its channels.
    pub fn unit(mark: impl Into<MarkDef>, encoding: Encoding) -> Self {
        Self::new(View::unit(mark, encoding))
    }

    /// Titles the chart.
    pub fn titled(mut self, title: impl Into<Lines>) -> Self {
        self.view.title = Some(ViewTitle::Text(title.into()));
        self
    }
}

impl View {
    /// A view of the given composition with nothing else said.
    pub fn new(composition: Composition) -> Self {
        Self {
            name: None,
            title: None,
            description: None,
            data: None,
            transform: Vec::new(),
            width: None,
            height: None,
            composition,
            resolve: None,
            projection: None,
            background: None,
            layout: Layout::default(),
            rest: JsonMap::new(),
        }
    }

    /// A view of one mark with its channels.
    pub fn unit(mark: impl Into<MarkDef>, encoding: Encoding) -> Self {
        Self::new(Composition::Unit(Unit {
            mark: mark.into(),
            encoding,
            plain_mark: false,
        }))
    }

    /// The mark and channels, when the view is a unit.
    pub fn as_unit(&self) -> Option<&Unit> {
        match &self.composition {
            Composition::Unit(unit) => Some(unit),
            _ => None,
        }
    }

    /// The mark, when the view is a unit.
    pub fn mark(&self) -> Option<Mark> {
        self.as_unit().and_then(|unit| unit.mark.mark)
    }

    /// The view's own encoding: a unit's or the one shared by layers.
    pub fn encoding(&self) -> Option<&Encoding> {
        match &self.composition {
            Composition::Unit(unit) => Some(&unit.encoding),
            Composition::Layer { encoding, .. } => Some(encoding),
            _ => None,
        }
    }

    /// The view's own encoding, to change it.
    pub fn encoding_mut(&mut self) -> Option<&mut Encoding> {
        match &mut self.composition {
            Composition::Unit(unit) => Some(&mut unit.encoding),
            Composition::Layer { encoding, .. } => Some(encoding),
            _ => None,
        }
    }

    /// The views directly inside this one.
    pub fn children(&self) -> Vec<&View> {
        match &self.composition {
            Composition::Unit(_) => Vec::new(),
            Composition::Layer { layers, .. } => layers.iter().collect(),
            Composition::Facet(facet) => vec![&facet.spec],
            Composition::Concat { views, .. } => views.iter().collect(),
            Composition::Repeat(repeat) => vec![&repeat.spec],
        }
    }

    /// The field a channel of the view's own encoding carries.
    pub fn field(&self, channel: Channel) -> Option<&FieldDef> {
        self.encoding()?.field(channel)
    }
}
