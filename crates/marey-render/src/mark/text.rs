//! Text marks: labels with data in them.

use marey_core::{
    Channel,
    spec::{Align, Baseline, ChannelDef, ConditionalValue, Literal},
};

use super::{Drawing, arc::Polar};
use crate::{
    RenderError,
    datum::Datum,
    scene::{Anchor, Item, Text},
    text::{Font, Weight},
    warnings::Warnings,
    words::ValueFormat,
};

/// Most characters of one label.
const MAX_CHARACTERS: usize = 300;

/// The texts of a layer.
pub fn texts(drawing: &Drawing<'_, '_>, warnings: &mut Warnings) -> Result<Vec<Item>, RenderError> {
    let words = Words::of(drawing, warnings);
    let mark = drawing.layer.mark;
    let polar = drawing
        .layer
        .encoding
        .get(Channel::Theta)
        .is_some()
        .then(|| Polar::of(drawing));
    let weight = match &mark.font_weight {
        Some(Literal::Number(weight)) => Weight::nearest(*weight),
        Some(Literal::Text(word)) if word == "bold" || word == "bolder" => Weight::Semibold,
        _ => Weight::Regular,
    };
    let shift = (finite(mark.dx), finite(mark.dy));
    let mut items = Vec::new();
    for (at, row) in drawing.rows.iter().enumerate() {
        drawing.context.stop.check_at(at)?;
        let Some(text) = words.text(*row).filter(|text| !text.is_empty()) else {
            continue;
        };
        let Some((x, y)) = place(drawing, polar.as_ref(), *row) else {
            continue;
        };
        let size = drawing
            .style
            .size(*row)
            .or(mark.font_size)
            .filter(|s| s.is_finite())
            .unwrap_or(drawing.context.theme.sizes.mark_text);
        let font = Font {
            size: size.clamp(1.0, 400.0),
            weight,
        };
        let limit = mark.limit.filter(|limit| *limit > 0.0);
        let shown = limit.map_or_else(|| text.clone(), |limit| font.truncate(&text, limit).into_owned());
        let paint = drawing.style.paint(*row);
        let Some(color) = paint.fill.or(paint.stroke) else {
            continue;
        };
        items.push(Item::Text(Text {
            x: x + shift.0,
            y: y + shift.1 + drop_of(mark.baseline, font),
            hint: (shown != text).then_some(text),
            text: shown,
            size: font.size,
            bold: weight == Weight::Semibold,
            italic: mark.font_style.as_deref() == Some("italic"),
            color,
            anchor: match mark.align {
                Some(Align::Left) => Anchor::Start,
                Some(Align::Right) => Anchor::End,
                _ => Anchor::Middle,
            },
            angle: drawing.style.angle(*row),
            opacity: paint.opacity,
        }));
    }
    Ok(items)
}

fn finite(value: Option<f64>) -> f64 {
    value
        .filter(|value| value.is_finite())
        .unwrap_or(0.0)
        .clamp(-1e5, 1e5)
}

fn place(drawing: &Drawing<'_, '_>, polar: Option<&Polar<'_, '_>>, row: u32) -> Option<(f64, f64)> {
    match polar {
        Some(polar) => {
            let (angle, radius) = polar.middle(row, finite(drawing.layer.mark.radius_offset))?;
            Some((
                polar.center.0 + radius * angle.sin(),
                polar.center.1 - radius * angle.cos(),
            ))
        }
        None => Some((drawing.x.at(row)?, drawing.y.at(row)?)),
    }
}

/// Distance from the wanted line of a text to the foot of its letters.
fn drop_of(baseline: Option<Baseline>, font: Font) -> f64 {
    match baseline {
        Some(Baseline::Alphabetic) => 0.0,
        Some(Baseline::Top | Baseline::LineTop) => font.ascent(),
        Some(Baseline::Bottom | Baseline::LineBottom) => -font.descent(),
        Some(Baseline::Middle) | None => font.cap_height() / 2.0,
    }
}

/// Where the words of a layer come from.
enum Source<'d, 'a> {
    Fixed(String),
    Column(&'d [Datum<'a>], ValueFormat),
}

struct Words<'d, 'a> {
    base: Option<Source<'d, 'a>>,
    conditions: Vec<(Vec<bool>, Source<'d, 'a>)>,
}

impl<'d, 'a> Words<'d, 'a> {
    fn of(drawing: &'d Drawing<'_, 'a>, warnings: &mut Warnings) -> Self {
        let layer = drawing.layer;
        let own = layer
            .mark
            .text
            .as_ref()
            .map(|lines| Source::Fixed(lines.joined()));
        let mut words = Words {
            base: own,
            conditions: Vec::new(),
        };
        let Some(def) = layer.encoding.get(Channel::Text) else {
            return words;
        };
        words.base = source(drawing, def).or(words.base);
        let conditions = match def {
            ChannelDef::Field(def) => &def.condition,
            ChannelDef::Value(def) => &def.condition,
            ChannelDef::Datum(_) => return words,
        };
        for condition in conditions {
            let then = match &condition.then {
                ConditionalValue::Value(literal) => fixed(literal),
                ConditionalValue::Def(def) => source(drawing, def),
            };
            let mask = super::style::mask(layer, &condition.test, warnings);
            if let (Some(then), Some(mask)) = (then, mask) {
                words.conditions.push((mask, then));
            }
        }
        words
    }

    fn text(&self, row: u32) -> Option<String> {
        let at = row as usize;
        let replaced = self
            .conditions
            .iter()
            .find(|(mask, _)| mask.get(at) == Some(&true));
        let text = match replaced.map(|(_, then)| then).or(self.base.as_ref())? {
            Source::Fixed(text) => text.clone(),
            Source::Column(values, format) => {
                let value = *values.get(at)?;
                if value.is_null() {
                    return None;
                }
                format.write(value)
            }
        };
        match text.char_indices().nth(MAX_CHARACTERS) {
            Some((end, _)) => Some(format!("{}…", &text[..end])),
            None => Some(text),
        }
    }
}

fn source<'d, 'a>(drawing: &'d Drawing<'_, 'a>, def: &ChannelDef) -> Option<Source<'d, 'a>> {
    match def {
        ChannelDef::Value(def) => def.value.as_ref().and_then(fixed),
        ChannelDef::Datum(def) => def.datum.as_ref().ok().and_then(fixed),
        ChannelDef::Field(def) => {
            let values = drawing.layer.column(&def.output_name(Channel::Text))?;
            let format = ValueFormat::of(
                def,
                Channel::Text,
                def.format.as_deref(),
                def.format_type.as_deref(),
            );
            let numeric = values.iter().any(|value| matches!(value, Datum::Number(_)));
            let format = match format {
                ValueFormat::Plain if numeric && !crate::words::names_year(def) => ValueFormat::Readable,
                other => other,
            };
            Some(Source::Column(values, format))
        }
    }
}

fn fixed<'d, 'a>(literal: &Literal) -> Option<Source<'d, 'a>> {
    match literal {
        Literal::Text(text) => Some(Source::Fixed(text.clone())),
        Literal::Null => None,
        other => Some(Source::Fixed(
            ValueFormat::Readable.write(Datum::of_literal(other)),
        )),
    }
}
