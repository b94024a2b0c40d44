//! Marks in JSON.

use serde_json::Value;

use super::{Json, Members, Node, Notes, OVERLAY_LEVELS, Refusal, Tier, Writer, scalar::number};
use crate::spec::{BandSize, ExtentKind, MarkDef, MarkPart, Overlay, Tooltip};

impl Json for BandSize {
    const EXPECTED: &'static str = "a number of pixels or an object with a band";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if node.value.is_number() {
            return f64::read(node, notes).map(BandSize::Pixels);
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let band = members.take("band", notes)?.ok_or(Refusal::NotModelled)?;
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(BandSize::Band(band))
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            BandSize::Pixels(pixels) => number(*pixels),
            BandSize::Band(band) => {
                let mut writer = Writer::new(tier);
                writer.set("band", band);
                writer.finish()
            }
        }
    }
}

impl Json for ExtentKind {
    const EXPECTED: &'static str = "a number, \"min-max\", \"ci\", \"iqr\", \"stderr\" or \"stdev\"";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let Some(text) = node.value.as_str() else {
            return f64::read(node, notes).map(ExtentKind::Iqr);
        };
        Ok(match text {
            "min-max" => ExtentKind::MinMax,
            "ci" => ExtentKind::Ci,
            "iqr" => ExtentKind::IqrBand,
            "stderr" => ExtentKind::Stderr,
            "stdev" => ExtentKind::Stdev,
            _ => {
                let names = ["min-max", "ci", "iqr", "stderr", "stdev"].into_iter();
                return Err(node.unknown_name("extent", names).into());
            }
        })
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(match self {
            ExtentKind::Iqr(ranges) => return number(*ranges),
            ExtentKind::MinMax => "min-max",
            ExtentKind::Ci => "ci",
            ExtentKind::IqrBand => "iqr",
            ExtentKind::Stderr => "stderr",
            ExtentKind::Stdev => "stdev",
        })
    }
}

impl Json for Overlay {
    const EXPECTED: &'static str = "true, false, \"transparent\" or an object";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Bool(on) => Ok(Overlay::On(*on)),
            Value::String(text) if text == "transparent" => Ok(Overlay::Transparent),
            Value::Object(_) => read_part(node, notes).map(Overlay::Styled),
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Overlay::On(on) => Value::Bool(*on),
            Overlay::Transparent => Value::from("transparent"),
            Overlay::Styled(def) => def.write(tier),
        }
    }
}

impl Json for MarkPart {
    const EXPECTED: &'static str = "true, false or an object";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Bool(on) => Ok(MarkPart::On(*on)),
            Value::Object(_) => read_part(node, notes).map(MarkPart::Styled),
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            MarkPart::On(on) => Value::Bool(*on),
            MarkPart::Styled(def) => def.write(tier),
        }
    }
}

fn read_part(node: Node<'_>, notes: &mut Notes) -> Result<Box<MarkDef>, Refusal> {
    notes.nested(node, OVERLAY_LEVELS, |notes| {
        MarkDef::read(node, notes).map(Box::new)
    })
}

impl Json for Tooltip {
    const EXPECTED: &'static str = "a text, true, false, null or an object with content";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null => Ok(Tooltip::Off),
            Value::Bool(on) => Ok(Tooltip::On(*on)),
            Value::String(text) => Ok(Tooltip::Text(text.clone())),
            Value::Object(map) if map.len() == 1 && map.contains_key("content") => {
                let mut members = Members::open(node, Self::EXPECTED)?;
                Ok(Tooltip::Content(members.require("content", notes)?))
            }
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Tooltip::Off => Value::Null,
            Tooltip::On(on) => Value::Bool(*on),
            Tooltip::Text(text) => Value::from(text.as_str()),
            Tooltip::Content(content) => {
                let mut writer = Writer::new(tier);
                writer.set("content", content);
                writer.finish()
            }
        }
    }
}

/// Reads the mark of a unit view and whether it was plain text.
pub(super) fn read_mark(node: Node<'_>, notes: &mut Notes) -> Result<(MarkDef, bool), Refusal> {
    if node.value.is_string() {
        return Ok((MarkDef::new(crate::Mark::read(node, notes)?), true));
    }
    // The kind of mark decides what is drawn: unlike the other properties, a wrong one is an error.
    let mut members = Members::open(node, "the name of a mark or an object with a type")?;
    let mark = members.require("type", notes)?;
    let def = MarkDef::read(node, notes)?;
    Ok((
        MarkDef {
            mark: Some(mark),
            ..def
        },
        false,
    ))
}

/// Writes the mark of a unit view.
pub(super) fn write_mark(def: &MarkDef, plain: bool, tier: Tier) -> Value {
    let object = def.write(tier);
    match (plain, def.mark, object.as_object()) {
        (true, Some(mark), Some(members)) if members.len() == 1 => mark.write(tier),
        _ => object,
    }
}
