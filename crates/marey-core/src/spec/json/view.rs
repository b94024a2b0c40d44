//! Views in JSON.

use serde_json::Value;

use super::{
    Json, Members, Node, Notes, Refusal, Tier, Writer,
    mark_def::{read_mark, write_mark},
    scalar::number,
};
use crate::{
    Channel,
    spec::{
        ByDirection, Composition, ConcatFlow, Encoding, Facet, FieldDef, JsonMap, Layout, Padding,
        PaddingSides, Repeat, ResolveByChannel, ResolveMode, Size, SpecError, Unit, View, ViewTitle,
        nearest::nearest,
    },
};

impl Json for View {
    const EXPECTED: &'static str = "a view: an object with mark, layer, facet, repeat or concat";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let mut view = read_view(&mut members, notes)?;
        view.rest = members.finish(notes);
        Ok(view)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        write_view(self, &mut writer);
        writer.finish()
    }
}

/// Takes a view out of an object that may hold more; `rest` is left to the caller.
pub(super) fn read_view(members: &mut Members<'_>, notes: &mut Notes) -> Result<View, Refusal> {
    let node = members.node();
    notes.nested(node, |notes| {
        Ok(View {
            composition: read_composition(members, notes)?,
            name: members.take("name", notes)?,
            title: members.property("title", notes),
            description: members.property("description", notes),
            data: members.take("data", notes)?,
            transform: members.take("transform", notes)?.unwrap_or_default(),
            width: members.property("width", notes),
            height: members.property("height", notes),
            resolve: members.property("resolve", notes),
            projection: members.property("projection", notes),
            background: members.property("view", notes),
            layout: Layout::read_from(members, notes),
            rest: JsonMap::new(),
        })
    })
}

/// Writes a view into an object that may hold more.
pub(super) fn write_view(view: &View, writer: &mut Writer) {
    writer.put("name", &view.name);
    writer.put("description", &view.description);
    writer.put("title", &view.title);
    writer.put("data", &view.data);
    writer.put_list("transform", &view.transform);
    writer.put("width", &view.width);
    writer.put("height", &view.height);
    writer.put("view", &view.background);
    writer.put("projection", &view.projection);
    view.layout.write_to(writer);
    write_composition(&view.composition, writer);
    writer.put("resolve", &view.resolve);
    writer.rest(&view.rest);
}

fn read_composition(members: &mut Members<'_>, notes: &mut Notes) -> Result<Composition, Refusal> {
    if members.has("facet") {
        let facet = read_facet(members, notes)?;
        return Ok(Composition::Facet(Box::new(facet)));
    }
    if members.has("repeat") {
        let repeat = read_repeat(members, notes)?;
        return Ok(Composition::Repeat(Box::new(repeat)));
    }
    for (name, flow) in [
        ("hconcat", ConcatFlow::Horizontal),
        ("vconcat", ConcatFlow::Vertical),
        ("concat", ConcatFlow::Wrap),
    ] {
        if members.has(name) {
            let views = members.require(name, notes)?;
            return Ok(Composition::Concat { flow, views });
        }
    }
    if members.has("layer") {
        return Ok(Composition::Layer {
            layers: members.require("layer", notes)?,
            encoding: read_encoding(members, notes)?,
        });
    }
    if members.has("mark") {
        return read_unit(members, notes).map(Composition::Unit);
    }
    Err(no_view(members).into())
}

fn no_view(members: &Members<'_>) -> SpecError {
    const NAMES: [&str; 7] = ["mark", "layer", "facet", "repeat", "concat", "hconcat", "vconcat"];
    SpecError::NoView {
        path: members.node().path.to_string(),
        suggestion: members
            .map()
            .keys()
            .find_map(|key| nearest(key, NAMES).map(|name| (key.clone(), name.to_owned()))),
    }
}

fn read_unit(members: &mut Members<'_>, notes: &mut Notes) -> Result<Unit, Refusal> {
    members.skip("mark");
    let node = members.node();
    let value = members.map().get("mark").unwrap_or(&Value::Null);
    let (mark, plain_mark) = read_mark(node.member("mark", value), notes)?;
    Ok(Unit {
        mark,
        encoding: read_encoding(members, notes)?,
        plain_mark,
    })
}

fn read_encoding(members: &mut Members<'_>, notes: &mut Notes) -> Result<Encoding, SpecError> {
    Ok(members.take("encoding", notes)?.unwrap_or_default())
}

fn read_facet(members: &mut Members<'_>, notes: &mut Notes) -> Result<Facet, Refusal> {
    members.skip("facet");
    let node = members.node();
    let value = members.map().get("facet").unwrap_or(&Value::Null);
    let node = node.member("facet", value);
    let mut by = Members::open(node, "an object with field, row or column")?;
    let mut facet = Facet {
        wrap: None,
        row: None,
        column: None,
        column_first: value
            .as_object()
            .and_then(|by| by.keys().next())
            .is_some_and(|key| key == "column"),
        spec: members.require("spec", notes)?,
    };
    if by.has("row") || by.has("column") {
        facet.row = by.take("row", notes)?;
        facet.column = by.take("column", notes)?;
        if by.has_rest() {
            return Err(node.wrong("an object with row and column only").into());
        }
    } else {
        facet.wrap = Some(FieldDef::read(node, notes)?);
    }
    Ok(facet)
}

fn read_repeat(members: &mut Members<'_>, notes: &mut Notes) -> Result<Repeat, Refusal> {
    let mut repeat = Repeat {
        wrap: None,
        row: None,
        column: None,
        layer: None,
        spec: members.require("spec", notes)?,
    };
    if members.map().get("repeat").is_some_and(Value::is_array) {
        repeat.wrap = members.take("repeat", notes)?;
        return Ok(repeat);
    }
    members.skip("repeat");
    let node = members.node();
    let value = members.map().get("repeat").unwrap_or(&Value::Null);
    let node = node.member("repeat", value);
    const EXPECTED: &str = "a list of fields or an object with row, column or layer";
    let mut over = Members::open(node, EXPECTED)?;
    repeat.row = over.take("row", notes)?;
    repeat.column = over.take("column", notes)?;
    repeat.layer = over.take("layer", notes)?;
    if over.has_rest() {
        return Err(node.wrong(EXPECTED).into());
    }
    Ok(repeat)
}

fn write_composition(composition: &Composition, writer: &mut Writer) {
    let tier = writer.tier();
    match composition {
        Composition::Unit(unit) => {
            writer.set_value("mark", write_mark(&unit.mark, unit.plain_mark, tier));
            // Even when it is empty: the official compiler stumbles over some marks without it.
            writer.set("encoding", &unit.encoding);
        }
        Composition::Layer { layers, encoding } => {
            write_encoding(encoding, writer);
            writer.set("layer", layers);
        }
        Composition::Facet(facet) => {
            let by = match &facet.wrap {
                Some(def) => def.write(tier),
                None => {
                    let mut by = Writer::new(tier);
                    if facet.column_first {
                        by.put("column", &facet.column);
                    }
                    by.put("row", &facet.row);
                    by.put("column", &facet.column);
                    by.finish()
                }
            };
            writer.set_value("facet", by);
            writer.set("spec", &facet.spec);
        }
        Composition::Concat { flow, views } => writer.set(flow.as_str(), views),
        Composition::Repeat(repeat) => {
            let over = match &repeat.wrap {
                Some(fields) => fields.write(tier),
                None => {
                    let mut over = Writer::new(tier);
                    over.put("row", &repeat.row);
                    over.put("column", &repeat.column);
                    over.put("layer", &repeat.layer);
                    over.finish()
                }
            };
            writer.set_value("repeat", over);
            writer.set("spec", &repeat.spec);
        }
    }
}

fn write_encoding(encoding: &Encoding, writer: &mut Writer) {
    let value = encoding.write(writer.tier());
    if value.as_object().is_some_and(|channels| !channels.is_empty()) {
        writer.set_value("encoding", value);
    }
}

impl Json for ViewTitle {
    const EXPECTED: &'static str = "a text, a list of texts, an object with text or null";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null => Ok(ViewTitle::Off),
            Value::Object(_) => Json::read(node, notes).map(|title| ViewTitle::Styled(Box::new(title))),
            _ => Json::read(node, notes).map(ViewTitle::Text),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            ViewTitle::Off => Value::Null,
            ViewTitle::Text(lines) => lines.write(tier),
            ViewTitle::Styled(title) => title.write(tier),
        }
    }
}

impl Json for Size {
    const EXPECTED: &'static str = "a number of pixels, \"container\" or an object with step";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::String(text) if text == "container" => return Ok(Size::Container),
            Value::Object(_) => {}
            _ => return f64::read(node, notes).map(Size::Pixels),
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let size = Size::Step {
            step: members.take("step", notes)?.ok_or(Refusal::NotModelled)?,
            of: members.take("for", notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(size)
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Size::Pixels(pixels) => number(*pixels),
            Size::Container => Value::from("container"),
            Size::Step { step, of } => {
                let mut writer = Writer::new(tier);
                writer.set("step", step);
                writer.put("for", of);
                writer.finish()
            }
        }
    }
}

impl Json for Padding {
    const EXPECTED: &'static str = "a number or an object with left, top, right, bottom";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Object(map)
                if map
                    .keys()
                    .all(|key| PaddingSides::MEMBERS.contains(&key.as_str())) =>
            {
                PaddingSides::read(node, notes).map(Padding::Sides)
            }
            _ => f64::read(node, notes).map(Padding::All),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Padding::All(pixels) => number(*pixels),
            Padding::Sides(sides) => sides.write(tier),
        }
    }
}

impl Json for ResolveByChannel {
    const EXPECTED: &'static str = "an object of channels with \"shared\" or \"independent\"";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let map = node
            .value
            .as_object()
            .ok_or_else(|| node.refuse(Self::EXPECTED))?;
        let mut by = Vec::with_capacity(map.len());
        for (name, value) in map {
            let channel: Channel = name.parse().map_err(|_| Refusal::NotModelled)?;
            by.push((channel, ResolveMode::read(node.member(name, value), notes)?));
        }
        Ok(ResolveByChannel(by))
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        for (channel, mode) in &self.0 {
            writer.set_value(channel.as_str(), mode.write(tier));
        }
        writer.finish()
    }
}

impl<T: Json> Json for ByDirection<T> {
    const EXPECTED: &'static str = "one value or an object with row and column";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if !node.value.is_object() {
            return T::read(node, notes).map(ByDirection::Both);
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let each = ByDirection::Each {
            row: members.take("row", notes)?,
            column: members.take("column", notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(each)
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            ByDirection::Both(value) => value.write(tier),
            ByDirection::Each { row, column } => {
                let mut writer = Writer::new(tier);
                writer.put("row", row);
                writer.put("column", column);
                writer.finish()
            }
        }
    }
}

impl Json for crate::spec::Autosize {
    const EXPECTED: &'static str = "\"pad\", \"fit\", \"none\" or an object with type";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if node.value.is_string() {
            return Ok(Self {
                autosize_type: Some(Json::read(node, notes)?),
                ..Self::default()
            });
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let mut autosize = Self::read_from(&mut members, notes);
        autosize.rest = members.finish(notes);
        Ok(autosize)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        self.write_to(&mut writer);
        let object = writer.finish();
        match (&self.autosize_type, object.as_object().map(JsonMap::len)) {
            (Some(kind), Some(1)) => kind.write(tier),
            _ => object,
        }
    }
}
