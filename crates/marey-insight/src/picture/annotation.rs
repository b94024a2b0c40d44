//! [`Annotation`]: what is written and marked on a chart, as data apart from the marks, so that a designer can move
//! or drop each one.

use serde::Serialize;

/// What an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationKind {
    /// A line at a value, or from one point to another.
    Rule,
    /// A shaded stretch.
    Band,
    /// Words at a point.
    Label,
    /// A mark set off from the others.
    Highlight,
    /// A stretch embraced.
    Bracket,
}

/// A place on an axis, in data coordinates.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Place {
    /// A number.
    Number(f64),
    /// A category, or an instant in ISO 8601.
    Text(String),
}

/// Where an annotation is; an axis without a place means its whole length.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Anchor {
    /// Place, or start, on the horizontal axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<Place>,
    /// End on the horizontal axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x2: Option<Place>,
    /// Place, or start, on the vertical axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<Place>,
    /// End on the vertical axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y2: Option<Place>,
}

/// Something written or marked on a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Annotation {
    /// What it is.
    pub kind: AnnotationKind,
    /// Where it is.
    pub anchor: Anchor,
    /// Its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// 1 for what must stay; higher numbers go first where there is no room.
    pub priority: u8,
}

impl From<f64> for Place {
    fn from(number: f64) -> Self {
        Place::Number(super::rounded(number))
    }
}

impl From<String> for Place {
    fn from(text: String) -> Self {
        Place::Text(text)
    }
}

impl Annotation {
    fn new(kind: AnnotationKind, anchor: Anchor) -> Self {
        Self {
            kind,
            anchor,
            text: None,
            priority: 1,
        }
    }

    /// A vertical line.
    pub(super) fn at_x(x: impl Into<Place>) -> Self {
        let x = Some(x.into());
        Self::new(
            AnnotationKind::Rule,
            Anchor {
                x,
                ..Anchor::default()
            },
        )
    }

    /// A horizontal line.
    pub(super) fn at_y(y: impl Into<Place>) -> Self {
        let y = Some(y.into());
        Self::new(
            AnnotationKind::Rule,
            Anchor {
                y,
                ..Anchor::default()
            },
        )
    }

    /// A straight line between two points.
    pub(super) fn line<X: Into<Place>, Y: Into<Place>>(from: (X, Y), to: (X, Y)) -> Self {
        let anchor = Anchor {
            x: Some(from.0.into()),
            y: Some(from.1.into()),
            x2: Some(to.0.into()),
            y2: Some(to.1.into()),
        };
        Self::new(AnnotationKind::Rule, anchor)
    }

    /// A shaded stretch of the horizontal axis.
    pub(super) fn band(from: impl Into<Place>, to: impl Into<Place>) -> Self {
        let anchor = Anchor {
            x: Some(from.into()),
            x2: Some(to.into()),
            ..Anchor::default()
        };
        Self::new(AnnotationKind::Band, anchor)
    }

    /// Words at a point.
    pub(super) fn label(x: impl Into<Place>, y: impl Into<Place>, text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::highlight(Some(x.into()), Some(y.into())).of_kind(AnnotationKind::Label)
        }
    }

    /// A mark set off from the others.
    pub(super) fn highlight(x: Option<Place>, y: Option<Place>) -> Self {
        Self::new(
            AnnotationKind::Highlight,
            Anchor {
                x,
                y,
                ..Anchor::default()
            },
        )
    }

    fn of_kind(self, kind: AnnotationKind) -> Self {
        Self { kind, ..self }
    }

    /// The same with words.
    pub(super) fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The same with another priority.
    pub(super) fn priority(mut self, priority: u8) -> Self {
        self.priority = priority;
        self
    }
}
