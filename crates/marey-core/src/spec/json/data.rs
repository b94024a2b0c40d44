//! Data sources in JSON.

use serde_json::Value;

use super::{Json, Members, Node, Notes, Refusal, Tier, Writer, node::describe};
use crate::spec::{DataSource, FieldParsing, InlineData, JsonMap, Setting, SpecWarning};

impl Json for DataSource {
    const EXPECTED: &'static str = "null or an object with url, values, name, sequence, sphere or graticule";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let map = match node.value {
            Value::Null => return Ok(DataSource::None),
            Value::Object(map) => map,
            _ => return Err(node.wrong(Self::EXPECTED).into()),
        };
        let mut members = Members::open(node, Self::EXPECTED)?;
        match read_source(&mut members, notes) {
            Ok(mut source) => match source.rest_mut() {
                Some(rest) => {
                    *rest = members.finish(notes);
                    Ok(source)
                }
                None if !members.has_rest() => Ok(source),
                None => Ok(carried(node, map, notes)),
            },
            Err(Refusal::NotModelled) => Ok(carried(node, map, notes)),
            Err(wrong) => Err(wrong),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        match self {
            DataSource::None => return Value::Null,
            DataSource::Url {
                url,
                format,
                name,
                rest,
            } => {
                writer.put("name", name);
                writer.set("url", url);
                writer.put("format", format);
                writer.rest(rest);
            }
            DataSource::Inline {
                values,
                format,
                name,
                rest,
            } => {
                writer.put("name", name);
                writer.set("values", values);
                writer.put("format", format);
                writer.rest(rest);
            }
            DataSource::Named { name, rest } => {
                writer.set("name", name);
                writer.rest(rest);
            }
            DataSource::Sequence {
                start,
                stop,
                step,
                output,
                name,
            } => {
                writer.put("name", name);
                let mut sequence = Writer::new(tier);
                sequence.set("start", start);
                sequence.set("stop", stop);
                sequence.put("step", step);
                sequence.put("as", output);
                writer.set_value("sequence", sequence.finish());
            }
            DataSource::Sphere => writer.set("sphere", &true),
            DataSource::Graticule(graticule) => match graticule.write(tier) {
                Value::Object(members) if members.is_empty() => writer.set("graticule", &true),
                members => writer.set_value("graticule", members),
            },
            DataSource::Carried(map) => writer.rest(map),
        }
        writer.finish()
    }
}

fn carried(node: Node<'_>, map: &JsonMap, notes: &mut Notes) -> DataSource {
    notes.warn(|| SpecWarning::OtherForm {
        path: node.path.to_string(),
        found: describe(node.value),
        expected: DataSource::EXPECTED.to_owned(),
    });
    DataSource::Carried(map.clone())
}

fn read_source(members: &mut Members<'_>, notes: &mut Notes) -> Result<DataSource, Refusal> {
    let rest = JsonMap::new();
    let name = members.take("name", notes)?;
    if members.has("url") {
        Ok(DataSource::Url {
            url: members.require("url", notes)?,
            format: members.property("format", notes),
            name,
            rest,
        })
    } else if members.has("values") {
        Ok(DataSource::Inline {
            values: members.require("values", notes)?,
            format: members.property("format", notes),
            name,
            rest,
        })
    } else if members.has("sequence") {
        read_sequence(members, name, notes)
    } else if members.has("sphere") && name.is_none() {
        match members.take("sphere", notes)? {
            Some(true) => Ok(DataSource::Sphere),
            _ => Err(Refusal::NotModelled),
        }
    } else if members.has("graticule") && name.is_none() {
        if members.map().get("graticule") == Some(&Value::Bool(true)) {
            members.skip("graticule");
            return Ok(DataSource::Graticule(Default::default()));
        }
        Ok(DataSource::Graticule(members.require("graticule", notes)?))
    } else {
        let name = name.ok_or(Refusal::NotModelled)?;
        Ok(DataSource::Named { name, rest })
    }
}

fn read_sequence(
    members: &mut Members<'_>,
    name: Option<String>,
    notes: &mut Notes,
) -> Result<DataSource, Refusal> {
    members.skip("sequence");
    let node = members.node();
    let value = members.map().get("sequence").unwrap_or(&Value::Null);
    let mut sequence = Members::open(node.member("sequence", value), "an object with start and stop")?;
    let source = DataSource::Sequence {
        start: sequence.require("start", notes)?,
        stop: sequence.require("stop", notes)?,
        step: sequence.take("step", notes)?,
        output: sequence.take("as", notes)?,
        name,
    };
    if sequence.has_rest() {
        return Err(Refusal::NotModelled);
    }
    Ok(source)
}

impl Json for InlineData {
    const EXPECTED: &'static str = "a list of rows, a text or an object";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Array(rows) => Ok(InlineData::Rows(rows.clone())),
            Value::String(text) => Ok(InlineData::Text(text.clone())),
            Value::Object(map) => Ok(InlineData::Object(map.clone())),
            _ => Err(node.wrong(Self::EXPECTED).into()),
        }
    }

    fn write(&self, _: Tier) -> Value {
        match self {
            InlineData::Rows(rows) => Value::Array(rows.clone()),
            InlineData::Text(text) => Value::from(text.as_str()),
            InlineData::Object(map) => Value::Object(map.clone()),
        }
    }
}

impl Json for FieldParsing {
    const EXPECTED: &'static str = "an object of field names with number, boolean, date or null";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let map = node
            .value
            .as_object()
            .ok_or_else(|| node.refuse(Self::EXPECTED))?;
        map.iter()
            .map(|(field, value)| {
                let how = Setting::read(node.member(field, value), notes)?;
                Ok((field.clone(), how))
            })
            .collect::<Result<_, _>>()
            .map(FieldParsing)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        for (field, how) in &self.0 {
            writer.set(field, how);
        }
        writer.finish()
    }
}
