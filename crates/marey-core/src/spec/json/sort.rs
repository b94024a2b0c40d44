//! What is said inline about a field, in JSON: aggregate, bin, time unit, sort, stack, impute.

use serde_json::Value;

use super::{Json, Members, Node, Notes, Refusal, Tier, Writer, scalar::text};
use crate::{
    Aggregate, Channel, TimeUnit,
    spec::{Bin, BinParams, FieldRef, Impute, RepeatRef, Sort, SortByField, SortOrder, Stack, StackOffset},
};

impl Json for FieldRef {
    const EXPECTED: &'static str = "the name of a field or an object with repeat";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::String(_) => Json::read(node, notes).map(FieldRef::Name),
            Value::Object(_) => read_repeat(node, notes).map(FieldRef::Repeat),
            _ => Err(node.wrong(Self::EXPECTED).into()),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            FieldRef::Name(name) => name.write(tier),
            FieldRef::Repeat(repeat) => write_repeat(*repeat, tier),
        }
    }
}

/// Reads `{"repeat": "column"}`.
pub(super) fn read_repeat(node: Node<'_>, notes: &mut Notes) -> Result<RepeatRef, Refusal> {
    let mut members = Members::open(node, FieldRef::EXPECTED)?;
    if !members.has("repeat") {
        return Err(Refusal::NotModelled);
    }
    let repeat = members.require("repeat", notes)?;
    if members.has_rest() {
        return Err(Refusal::NotModelled);
    }
    Ok(repeat)
}

pub(super) fn write_repeat(repeat: RepeatRef, tier: Tier) -> Value {
    let mut writer = Writer::new(tier);
    writer.set("repeat", &repeat);
    writer.finish()
}

impl Json for Aggregate {
    const EXPECTED: &'static str = "the name of an aggregate or an object with argmin or argmax";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if node.value.is_string() {
            let name = text(&node, Self::EXPECTED)?;
            return name.parse().map_err(|_| {
                let names = Aggregate::NAMED.iter().map(|(name, _)| *name);
                node.unknown_name("aggregate", names).into()
            });
        }
        if !node.value.is_object() {
            return Err(node.refuse(Self::EXPECTED));
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let (smallest, largest) = (members.take("argmin", notes)?, members.take("argmax", notes)?);
        match (smallest, largest, members.has_rest()) {
            (Some(field), None, false) => Ok(Aggregate::Argmin(Some(field))),
            (None, Some(field), false) => Ok(Aggregate::Argmax(Some(field))),
            _ => Err(Refusal::NotModelled),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let (Aggregate::Argmin(Some(field)) | Aggregate::Argmax(Some(field))) = self else {
            return Value::from(self.as_str());
        };
        let mut writer = Writer::new(tier);
        writer.set(self.as_str(), field);
        writer.finish()
    }
}

/// Time units offered when a text is none.
const TIME_UNITS: [&str; 16] = [
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "date",
    "dayofyear",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
    "yearquarter",
    "yearmonth",
    "yearmonthdate",
    "monthdate",
    "hoursminutes",
];

impl Json for TimeUnit {
    const EXPECTED: &'static str = "a time unit such as \"yearmonth\" or an object with unit, step, maxbins";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if !node.value.is_object() {
            return text(&node, Self::EXPECTED)?
                .parse()
                .map_err(|_| node.unknown_name("time unit", TIME_UNITS.into_iter()).into());
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let unit: Option<TimeUnit> = members.take("unit", notes)?;
        let mut unit = unit.unwrap_or_default();
        unit.step = members.take("step", notes)?;
        unit.maxbins = members.take("maxbins", notes)?;
        unit.utc |= members.take("utc", notes)?.unwrap_or(false);
        unit.binned |= members.take("binned", notes)?.unwrap_or(false);
        if members.has_rest() || (unit.parts.is_empty() && unit.maxbins.is_none()) {
            return Err(Refusal::NotModelled);
        }
        Ok(unit)
    }

    fn write(&self, tier: Tier) -> Value {
        if self.step.is_none() && self.maxbins.is_none() {
            return Value::from(self.to_string());
        }
        let mut writer = Writer::new(tier);
        if self.parts.is_empty() {
            writer.put("utc", &self.utc.then_some(true));
            writer.put("binned", &self.binned.then_some(true));
        } else {
            writer.set_value("unit", Value::from(self.to_string()));
        }
        writer.put("step", &self.step);
        writer.put("maxbins", &self.maxbins);
        writer.finish()
    }
}

impl Json for Bin {
    const EXPECTED: &'static str = "true, false, \"binned\" or an object with maxbins, step …";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Bool(true) => Ok(Bin::On(BinParams::default())),
            Value::Bool(false) | Value::Null => Ok(Bin::Off),
            Value::String(text) if text == "binned" => Ok(Bin::Binned(BinParams::default())),
            Value::Object(_) => {
                let mut members = Members::open(node, Self::EXPECTED)?;
                let binned = members.take("binned", notes)?.unwrap_or(false);
                let mut params = BinParams::read_from(&mut members, notes);
                params.rest = members.finish(notes);
                Ok(if binned {
                    Bin::Binned(params)
                } else {
                    Bin::On(params)
                })
            }
            _ => Err(node.wrong(Self::EXPECTED).into()),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let (params, binned) = match self {
            Bin::Off => return Value::Bool(false),
            Bin::On(params) => (params, false),
            Bin::Binned(params) => (params, true),
        };
        let mut writer = Writer::new(tier);
        params.write_to(&mut writer);
        match (writer.is_empty(), binned) {
            (true, true) => Value::from("binned"),
            (true, false) => Value::Bool(true),
            (false, _) => {
                writer.put("binned", &binned.then_some(true));
                writer.finish()
            }
        }
    }
}

impl Json for Sort {
    const EXPECTED: &'static str = "\"ascending\", \"descending\", a channel such as \"-y\", a list of values, null \
         or an object with field or encoding";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null => Ok(Sort::Unsorted),
            Value::Array(_) => Vec::read(node, notes).map(Sort::Values),
            Value::String(text) => read_sort_text(node, text),
            Value::Object(map) if map.contains_key("encoding") => read_sort_by_channel(node, notes),
            Value::Object(_) => read_sort_by_field(node, notes).map(Sort::Field),
            _ => Err(node.wrong(Self::EXPECTED).into()),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        match self {
            Sort::Unsorted => return Value::Null,
            Sort::Order(order) => return order.write(tier),
            Sort::Values(values) => return values.write(tier),
            Sort::Channel {
                channel,
                order,
                spelled_out: false,
            } => {
                let sign = if *order == SortOrder::Descending { "-" } else { "" };
                return Value::from(format!("{sign}{channel}"));
            }
            Sort::Channel { channel, order, .. } => {
                writer.set("encoding", channel);
                writer.set("order", order);
            }
            Sort::Field(by) => {
                writer.put("field", &by.field);
                writer.put("op", &by.op);
                writer.put("order", &by.order);
            }
        }
        writer.finish()
    }
}

fn read_sort_text(node: Node<'_>, text: &str) -> Result<Sort, Refusal> {
    if let Ok(order) = text.parse() {
        return Ok(Sort::Order(order));
    }
    let (name, order) = match text.strip_prefix('-') {
        Some(name) => (name, SortOrder::Descending),
        None => (text, SortOrder::Ascending),
    };
    let channel = name.parse().map_err(|_| {
        let names = Channel::ALL.iter().map(|channel| channel.as_str());
        node.unknown_name("sort order", ["ascending", "descending"].into_iter().chain(names))
    })?;
    Ok(Sort::Channel {
        channel,
        order,
        spelled_out: false,
    })
}

fn read_sort_by_channel(node: Node<'_>, notes: &mut Notes) -> Result<Sort, Refusal> {
    let mut members = Members::open(node, Sort::EXPECTED)?;
    let channel = members.require("encoding", notes)?;
    let order: Option<SortOrder> = members.take("order", notes)?;
    if members.has_rest() {
        return Err(Refusal::NotModelled);
    }
    Ok(Sort::Channel {
        channel,
        order: order.unwrap_or(SortOrder::Ascending),
        spelled_out: true,
    })
}

fn read_sort_by_field(node: Node<'_>, notes: &mut Notes) -> Result<SortByField, Refusal> {
    let mut members = Members::open(node, Sort::EXPECTED)?;
    let by = SortByField {
        field: members.take("field", notes)?,
        op: members.take("op", notes)?,
        order: members.take("order", notes)?,
    };
    if members.has_rest() || by == SortByField::default() {
        return Err(Refusal::NotModelled);
    }
    Ok(by)
}

impl Json for Stack {
    const EXPECTED: &'static str = "true, false, null, \"zero\", \"normalize\" or \"center\"";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null | Value::Bool(false) => Ok(Stack::Off),
            Value::Bool(true) => Ok(Stack::On),
            Value::String(_) => StackOffset::read(node, notes).map(Stack::Offset),
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Stack::Off => Value::Null,
            Stack::On => Value::Bool(true),
            Stack::Offset(offset) => offset.write(tier),
        }
    }
}

impl Json for Impute {
    const EXPECTED: &'static str = "an object with method, value, keyvals, frame";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let mut impute = read_impute(&mut members, notes)?;
        impute.rest = members.finish(notes);
        Ok(impute)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        write_impute(self, &mut writer);
        writer.finish()
    }
}

/// Takes the members of an impute out of an object that holds others too.
pub(super) fn read_impute(members: &mut Members<'_>, notes: &mut Notes) -> Result<Impute, Refusal> {
    let mut impute = Impute {
        method: members.take("method", notes)?,
        value: members.take("value", notes)?,
        frame: members.take("frame", notes)?,
        ..Impute::default()
    };
    let node = members.node();
    match members.map().get("keyvals") {
        Some(value @ Value::Object(_)) => {
            members.skip("keyvals");
            impute.keyvals_sequence = Some(read_sequence(node.member("keyvals", value), notes)?);
        }
        _ => impute.keyvals = members.take("keyvals", notes)?,
    }
    Ok(impute)
}

type Sequence = (Option<f64>, f64, Option<f64>);

fn read_sequence(node: Node<'_>, notes: &mut Notes) -> Result<Sequence, Refusal> {
    let mut members = Members::open(node, "a list or an object with start, stop, step")?;
    let sequence = (
        members.take("start", notes)?,
        members.require("stop", notes)?,
        members.take("step", notes)?,
    );
    if members.has_rest() {
        return Err(Refusal::NotModelled);
    }
    Ok(sequence)
}

/// Writes the members of an impute into an object that holds others too.
pub(super) fn write_impute(impute: &Impute, writer: &mut Writer) {
    writer.put("frame", &impute.frame);
    writer.put("keyvals", &impute.keyvals);
    if let Some((start, stop, step)) = &impute.keyvals_sequence {
        let mut sequence = Writer::new(writer.tier());
        sequence.put("start", start);
        sequence.set("stop", stop);
        sequence.put("step", step);
        writer.set_value("keyvals", sequence.finish());
    }
    writer.put("method", &impute.method);
    writer.put("value", &impute.value);
    writer.rest(&impute.rest);
}
