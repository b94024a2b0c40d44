//! [`Scene`]: a drawn chart as plain data, before it becomes SVG or pixels.
//!
//! Coordinates are pixels, x to the right and y down, relative to the enclosing group.

use crate::color::Color;

/// A chart ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Colour behind everything; none for transparent.
    pub background: Option<Color>,
    /// Font family of all text that does not name its own.
    pub font: String,
    /// Short name of the chart, for assistive technology.
    pub title: String,
    /// What the chart shows, for people who do not see it.
    pub description: String,
    /// The outermost items, back to front.
    pub items: Vec<Item>,
}

/// One item of a scene.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Items that belong together.
    Group(Group),
    /// A rectangle.
    Rect(Rect),
    /// A path.
    Path(Path),
    /// A circle.
    Circle(Circle),
    /// A straight line.
    Line(Line),
    /// One line of text.
    Text(Text),
    /// A bar of running colours, as legends show them.
    Ramp(Ramp),
}

/// Items that belong together, moved and perhaps clipped.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// What the group is: `plot`, `axis`, `legend`, `mark-bar` …; the class in SVG.
    pub role: &'static str,
    /// Shift to the right.
    pub x: f64,
    /// Shift downwards.
    pub y: f64,
    /// Width and height beyond which items are cut off.
    pub clip: Option<(f64, f64)>,
    /// The items, back to front.
    pub items: Vec<Item>,
}

/// How a shape is filled and stroked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paint {
    /// Colour of the inside; none leaves it open.
    pub fill: Option<Color>,
    /// Colour of the outline; none for no outline.
    pub stroke: Option<Color>,
    /// Width of the outline.
    pub stroke_width: f64,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dash: Vec<f64>,
    /// Opacity of the shape as a whole, 0 to 1.
    pub opacity: Option<f64>,
    /// Whether line ends and corners are round.
    pub round: bool,
}

impl Paint {
    /// Filled, without an outline.
    pub fn fill(color: Color) -> Self {
        Self {
            fill: Some(color),
            ..Self::default()
        }
    }

    /// An outline only.
    pub fn stroke(color: Color, width: f64) -> Self {
        Self {
            stroke: Some(color),
            stroke_width: width,
            ..Self::default()
        }
    }
}

/// A rectangle.
#[derive(Debug, Clone, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, not negative.
    pub width: f64,
    /// Height, not negative.
    pub height: f64,
    /// Radius of the corners.
    pub radius: f64,
    /// How it is painted.
    pub paint: Paint,
    /// What it says to assistive technology and on hovering.
    pub hint: Option<String>,
}

/// A path in SVG's notation.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Shift to the right.
    pub x: f64,
    /// Shift downwards.
    pub y: f64,
    /// Path data, as in SVG's attribute `d`.
    pub data: String,
    /// How it is painted.
    pub paint: Paint,
    /// What it says to assistive technology and on hovering.
    pub hint: Option<String>,
}

/// A circle.
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius.
    pub radius: f64,
    /// How it is painted.
    pub paint: Paint,
    /// What it says to assistive technology and on hovering.
    pub hint: Option<String>,
}

/// A straight line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Start.
    pub from: (f64, f64),
    /// End.
    pub to: (f64, f64),
    /// How it is painted.
    pub paint: Paint,
}

/// A bar of running colours.
#[derive(Debug, Clone, PartialEq)]
pub struct Ramp {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Colours at places from 0 (left or top) to 1 (right or bottom).
    pub stops: Vec<(f64, Color)>,
    /// Whether colours run downwards rather than to the right.
    pub vertical: bool,
}

/// Which point of a text its x is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// The start.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Place of the anchor.
    pub x: f64,
    /// Foot of the letters.
    pub y: f64,
    /// The words.
    pub text: String,
    /// Font size in pixels.
    pub size: f64,
    /// Whether the letters are bold.
    pub bold: bool,
    /// Whether the letters are slanted.
    pub italic: bool,
    /// Colour.
    pub color: Color,
    /// Which point of the text stands at x.
    pub anchor: Anchor,
    /// Rotation about the anchor in degrees, clockwise.
    pub angle: f64,
    /// Opacity, 0 to 1.
    pub opacity: Option<f64>,
    /// The whole text where `text` was cut.
    pub hint: Option<String>,
}

impl Text {
    /// Empty upright text of a colour, to be filled in.
    pub fn plain(color: Color) -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            text: String::new(),
            size: 11.0,
            bold: false,
            italic: false,
            color,
            anchor: Anchor::Start,
            angle: 0.0,
            opacity: None,
            hint: None,
        }
    }
}

impl Scene {
    /// Every item of the scene with the place of its group, depth first.
    pub fn walk(&self, visit: &mut impl FnMut(&Item, f64, f64)) {
        walk(&self.items, 0.0, 0.0, visit);
    }

    /// All words of the scene in drawing order.
    pub fn texts(&self) -> Vec<&str> {
        let mut found = Vec::new();
        collect_texts(&self.items, &mut found);
        found
    }

    /// Number of items that are no groups.
    pub fn len(&self) -> usize {
        let mut count = 0;
        self.walk(&mut |item, _, _| count += usize::from(!matches!(item, Item::Group(_))));
        count
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of shapes that marks of a kind drew, e.g. `mark-bar`.
    pub fn shapes(&self, role: &str) -> usize {
        let mut count = 0;
        self.walk(&mut |item, _, _| {
            if let Item::Group(group) = item {
                count += if group.role == role { group.items.len() } else { 0 };
            }
        });
        count
    }
}

fn walk(items: &[Item], x: f64, y: f64, visit: &mut impl FnMut(&Item, f64, f64)) {
    for item in items {
        visit(item, x, y);
        if let Item::Group(group) = item {
            walk(&group.items, x + group.x, y + group.y, visit);
        }
    }
}

fn collect_texts<'s>(items: &'s [Item], found: &mut Vec<&'s str>) {
    for item in items {
        match item {
            Item::Text(text) => found.push(&text.text),
            Item::Group(group) => collect_texts(&group.items, found),
            _ => {}
        }
    }
}
