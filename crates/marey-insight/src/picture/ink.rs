//! What pictures are drawn with: axes, colours, and rows written into the spec.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{
        Align, Axis, Baseline, DataSource, Domain, Encoding, FieldDef, InlineData, JsonMap, LabelOverlap,
        Lines, Literal, MarkDef, Nice, Overlay, Scale, ScaleType, Setting, Tooltip, View,
    },
};
use serde_json::Value;

/// The colour of what a chart is about: the first hue of the themes, legible on light and dark.
pub(super) const ACCENT: &str = "#d4622a";
/// The colour of what it stands out from.
pub(super) const QUIET: &str = "#9aa7b5";
/// The colour of fitted and reference lines.
pub(super) const GUIDE: &str = "#5d6b7a";

/// A row written into a spec.
pub(super) type Row = JsonMap;

/// Builds a row.
pub(super) fn row<const N: usize>(members: [(&str, Value); N]) -> Row {
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A number with six significant digits: enough to draw.
pub(super) fn number(value: f64) -> Value {
    Value::from(super::rounded(value))
}

/// Rows as the data of a view.
pub(super) fn rows(rows: Vec<Row>) -> DataSource {
    DataSource::Inline {
        values: InlineData::Rows(rows.into_iter().map(Value::Object).collect()),
        format: None,
        name: None,
        rest: JsonMap::new(),
    }
}

/// A view of one mark over rows of its own.
pub(super) fn layer(mark: MarkDef, encoding: Encoding, data: Vec<Row>) -> View {
    let mut view = View::unit(mark, encoding);
    view.data = Some(rows(data));
    view
}

/// A mark in a colour.
pub(super) fn mark(kind: Mark, color: &str) -> MarkDef {
    MarkDef {
        color: Some(color.to_owned()),
        tooltip: Some(Tooltip::On(true)),
        ..MarkDef::new(kind)
    }
}

/// Dots on a line, in its colour.
pub(super) fn dotted(color: &str) -> Option<Overlay> {
    Some(Overlay::Styled(Box::new(MarkDef {
        color: Some(color.to_owned()),
        ..MarkDef::default()
    })))
}

/// A quantity, with zero or where the data lies.
pub(super) fn quantity(field: &str, title: &str, zero: bool) -> FieldDef {
    let mut def = FieldDef::new(field, FieldType::Quantitative).titled(title.to_owned());
    def.scale = Some(Setting::On(Scale {
        zero: Some(zero),
        nice: Some(Nice::On(true)),
        ..Scale::default()
    }));
    def
}

/// A share, written in per cent.
pub(super) fn share(field: &str, title: &str) -> FieldDef {
    let mut def = quantity(field, title, true);
    def.axis = Some(Setting::On(Axis {
        format: Some("~%".to_owned()),
        ..Axis::default()
    }));
    def
}

/// Time in UTC, so that it reads the same everywhere.
pub(super) fn time(field: &str) -> FieldDef {
    let mut def = FieldDef::new(field, FieldType::Temporal);
    def.title = Some(Setting::Off);
    def.scale = Some(Setting::On(Scale {
        scale_type: Some(ScaleType::Utc),
        ..Scale::default()
    }));
    def
}

/// Categories in a given order.
pub(super) fn categories(field: &str, title: Option<&str>, domain: &[String]) -> FieldDef {
    let mut def = FieldDef::new(field, FieldType::Nominal);
    def.title = Some(match title {
        Some(title) => Setting::On(Lines::from(title)),
        None => Setting::Off,
    });
    def.sort = Some(marey_core::spec::Sort::Unsorted);
    def.scale = Some(Setting::On(Scale {
        domain: Some(Domain::Values(
            domain.iter().cloned().map(Literal::Text).collect(),
        )),
        ..Scale::default()
    }));
    def
}

/// Categories along the bottom, their names level.
pub(super) fn level_categories(field: &str, title: Option<&str>, domain: &[String]) -> FieldDef {
    let mut def = categories(field, title, domain);
    def.axis = Some(Setting::On(Axis {
        label_angle: Some(0.0),
        label_overlap: Some(LabelOverlap::On(true)),
        ..Axis::default()
    }));
    def
}

/// A field that is only the end of another, and has no title of its own to add to the axis.
pub(super) fn end(field: &str) -> FieldDef {
    FieldDef {
        field: Some(field.into()),
        title: Some(Setting::Off),
        ..FieldDef::default()
    }
}

/// Words at a point.
pub(super) fn words(align: Align, dx: f64, dy: f64) -> MarkDef {
    MarkDef {
        align: Some(align),
        baseline: Some(Baseline::Middle),
        dx: Some(dx),
        dy: Some(dy),
        font_size: Some(11.5),
        font_weight: Some(Literal::Number(600.0)),
        ..MarkDef::new(Mark::Text)
    }
}

/// The encoding of two positions.
pub(super) fn at(x: FieldDef, y: FieldDef) -> Encoding {
    Encoding::new().with(Channel::X, x).with(Channel::Y, y)
}
