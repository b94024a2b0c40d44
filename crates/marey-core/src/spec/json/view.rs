//! Views in JSON.

use serde_json::Value;

use super::{
    Json, Members, Node, Notes, Refusal, Tier, Writer,
    mark_def::{read_mark, write_mark},
    scalar::number,
};
use crate::{
    Channel, nearest_name,
    spec::{
        ByDirection, Composition, ConcatFlow, Encoding, Facet, FieldDef, JsonMap, Layout, Padding,
        PaddingSides, Repeat, ResolveByChannel, ResolveMode, Size, SpecError, Unit, View, ViewTitle,
    },
};

/// What a view looks like, for messages.
pub(super) const VIEW: &str = "a view: an object with mark, layer, facet, repeat or concat";

/// Views in a list. Boxes keep the frames small while views are read within views.
struct Views(Vec<View>);

impl Json for Views {
    const EXPECTED: &'static str = "a list of views";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let items = node.value.as_array().ok_or_else(|| node.wrong(Self::EXPECTED))?;
        let mut views = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            views.push(*read_inner(node.item(index, value), notes)?);
        }
        Ok(Views(views))
    }

    fn write(&self, tier: Tier) -> Value {
        write_views(&self.0, tier)
    }
}

fn write_views(views: &[View], tier: Tier) -> Value {
    views.iter().map(|view| write_inner(view, tier)).collect()
}

fn read_inner(node: Node<'_>, notes: &mut Notes) -> Result<Box<View>, Refusal> {
    let mut members = Members::open(node, VIEW)?;
    let mut view = read_view(&mut members, notes)?;
    view.rest = members.finish(notes);
    Ok(view)
}

fn write_inner(view: &View, tier: Tier) -> Value {
    let mut writer = Writer::new(tier);
    write_view(view, &mut writer);
    writer.finish()
}

/// Writes what a view says beside its parts.
pub(in crate::spec) fn own_members(view: &View) -> Value {
    let mut writer = Writer::new(Tier::Whole);
    write_own(view, &mut writer);
    writer.put("resolve", &view.resolve);
    writer.rest(&view.rest);
    writer.finish()
}

/// Takes a view out of an object that may hold more; `rest` is left to the caller.
///
/// The reading of views within views goes through functions that hold boxes only, since the frames
/// of all levels are on the stack at once.
pub(super) fn read_view(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<View>, Refusal> {
    let node = members.node();
    let composition = notes.nested(node, 1, |notes| read_composition(members, notes))?;
    read_own(composition, members, notes)
}

#[inline(never)]
fn read_own(
    composition: Box<Composition>,
    members: &mut Members<'_>,
    notes: &mut Notes,
) -> Result<Box<View>, Refusal> {
    Ok(Box::new(View {
        composition: *composition,
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
    }))
}

/// Writes a view into an object that may hold more.
pub(super) fn write_view(view: &View, writer: &mut Writer) {
    write_own(view, writer);
    writer.put("data", &view.data);
    writer.put_list("transform", &view.transform);
    write_composition(&view.composition, writer);
    writer.put("resolve", &view.resolve);
    writer.rest(&view.rest);
}

fn write_own(view: &View, writer: &mut Writer) {
    writer.put("name", &view.name);
    writer.put("description", &view.description);
    writer.put("title", &view.title);
    writer.put("width", &view.width);
    writer.put("height", &view.height);
    writer.put("view", &view.background);
    writer.put("projection", &view.projection);
    view.layout.write_to(writer);
}

fn read_composition(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<Composition>, Refusal> {
    const READERS: [(&str, CompositionReader); 7] = [
        ("facet", read_facet),
        ("repeat", read_repeat),
        ("hconcat", |m, n| {
            read_concat(ConcatFlow::Horizontal, "hconcat", m, n)
        }),
        ("vconcat", |m, n| {
            read_concat(ConcatFlow::Vertical, "vconcat", m, n)
        }),
        ("concat", |m, n| read_concat(ConcatFlow::Wrap, "concat", m, n)),
        ("layer", read_layer),
        ("mark", read_unit),
    ];
    match READERS.iter().find(|(name, _)| members.has(name)) {
        Some((_, read)) => read(members, notes),
        None => Err(no_view(members).into()),
    }
}

type CompositionReader = fn(&mut Members<'_>, &mut Notes) -> Result<Box<Composition>, Refusal>;

fn read_concat(
    flow: ConcatFlow,
    name: &'static str,
    members: &mut Members<'_>,
    notes: &mut Notes,
) -> Result<Box<Composition>, Refusal> {
    let Views(views) = members.require(name, notes)?;
    Ok(Box::new(Composition::Concat { flow, views }))
}

fn read_layer(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<Composition>, Refusal> {
    let Views(layers) = members.require("layer", notes)?;
    let encoding = read_encoding(members, notes)?;
    Ok(Box::new(Composition::Layer { layers, encoding }))
}

fn no_view(members: &Members<'_>) -> SpecError {
    const NAMES: [&str; 7] = ["mark", "layer", "facet", "repeat", "concat", "hconcat", "vconcat"];
    SpecError::NoView {
        path: members.node().path.to_string(),
        suggestion: members
            .map()
            .keys()
            .find_map(|key| nearest_name(key, NAMES).map(|name| (key.clone(), name.to_owned()))),
    }
}

#[inline(never)]
fn read_unit(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<Composition>, Refusal> {
    members.skip("mark");
    let node = members.node();
    let value = members.map().get("mark").unwrap_or(&Value::Null);
    let (mark, plain_mark) = read_mark(node.member("mark", value), notes)?;
    Ok(Box::new(Composition::Unit(Unit {
        mark,
        encoding: read_encoding(members, notes)?,
        plain_mark,
    })))
}

/// Reads the view inside a facet or repeat.
fn read_spec(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<View>, Refusal> {
    members.skip("spec");
    let node = members.node();
    let value = members.map().get("spec").ok_or_else(|| SpecError::Missing {
        path: node.path.to_string(),
        member: "spec".to_owned(),
        expected: VIEW.to_owned(),
    })?;
    read_inner(node.member("spec", value), notes)
}

fn read_encoding(members: &mut Members<'_>, notes: &mut Notes) -> Result<Encoding, SpecError> {
    Ok(members.take("encoding", notes)?.unwrap_or_default())
}

fn read_facet(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<Composition>, Refusal> {
    let spec = read_spec(members, notes)?;
    read_facet_of(spec, members, notes)
}

#[inline(never)]
fn read_facet_of(
    spec: Box<View>,
    members: &mut Members<'_>,
    notes: &mut Notes,
) -> Result<Box<Composition>, Refusal> {
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
        spec: *spec,
    };
    if by.has("row") || by.has("column") {
        facet.row = by.take("row", notes)?;
        facet.column = by.take("column", notes)?;
        if let Some(other) = by.unasked() {
            return Err(node
                .unknown_member(other, "direction of a facet", &["row", "column"])
                .into());
        }
    } else {
        facet.wrap = Some(FieldDef::read(node, notes)?);
    }
    Ok(Box::new(Composition::Facet(Box::new(facet))))
}

fn read_repeat(members: &mut Members<'_>, notes: &mut Notes) -> Result<Box<Composition>, Refusal> {
    let spec = read_spec(members, notes)?;
    let repeat = read_repeat_of(spec, members, notes)?;
    Ok(Box::new(Composition::Repeat(repeat)))
}

#[inline(never)]
fn read_repeat_of(
    spec: Box<View>,
    members: &mut Members<'_>,
    notes: &mut Notes,
) -> Result<Box<Repeat>, Refusal> {
    let mut repeat = Repeat {
        wrap: None,
        row: None,
        column: None,
        layer: None,
        spec: *spec,
    };
    if members.map().get("repeat").is_some_and(Value::is_array) {
        repeat.wrap = members.take("repeat", notes)?;
        return Ok(Box::new(repeat));
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
    if let Some(other) = over.unasked() {
        return Err(node
            .unknown_member(other, "list of a repeat", &["row", "column", "layer"])
            .into());
    }
    if over.has_rest() {
        return Err(node.wrong(EXPECTED).into());
    }
    Ok(Box::new(repeat))
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
            writer.set_value("layer", write_views(layers, tier));
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
            writer.set_value("spec", write_inner(&facet.spec, tier));
        }
        Composition::Concat { flow, views } => writer.set_value(flow.as_str(), write_views(views, tier)),
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
            writer.set_value("spec", write_inner(&repeat.spec, tier));
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
