//! Views: the tree that a spec is.

use super::{
    DataSource, Encoding, FieldDef, JsonMap, Lines, Literal, MarkDef, Setting, Title, Transform, closed_set,
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
        /// Space around the chart in pixels, one number or four by side.
        padding: Literal = "padding",
        /// How the size is found.
        autosize: String = "autosize",
        /// Configuration, verbatim.
        config: JsonMap = "config",
        /// Data sets by name, verbatim.
        datasets: JsonMap = "datasets",
        /// Data for other programs, verbatim; Marey keeps the source line of a chart under `source`.
        usermeta: JsonMap = "usermeta",
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
    /// Members that are not modelled (params, projection, resolve, view background …).
    pub rest: JsonMap,
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
        /// Number of columns when wrapped.
        columns: Option<f64>,
        /// Space between views in pixels.
        spacing: Option<f64>,
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
    /// Number of columns when wrapped.
    pub columns: Option<f64>,
    /// Space between views in pixels.
    pub spacing: Option<f64>,
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
    /// Number of columns when wrapped.
    pub columns: Option<f64>,
    /// Space between views in pixels.
    pub spacing: Option<f64>,
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
