//! Transforms in JSON.

use serde_json::Value;

use super::{
    Json, Members, Node, Notes, Refusal, Tier, Writer,
    node::describe,
    sort::{read_impute, write_impute},
};
use crate::{
    FieldName,
    spec::{
        AggregateOp, DensityOptions, JoinAggregate, LoessOptions, LookupSource, NewField, QuantileOptions,
        RegressionOptions, SortField, SpecWarning, Transform, WindowFunction, WindowOp,
    },
};

impl Json for Transform {
    const EXPECTED: &'static str =
        "an object with filter, calculate, aggregate, bin, timeUnit, window or another step";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        match read_step(&mut members, notes) {
            Ok(step) if !members.has_rest() => Ok(step),
            Ok(_) => {
                let carried = Transform::Carried(members.map().clone());
                let more = members.finish(notes).keys().cloned().collect::<Vec<_>>();
                notes.warn(|| SpecWarning::OtherForm {
                    path: node.path.to_string(),
                    found: format!("a step with more than it takes ({})", more.join(", ")),
                    expected: "a step with its own members only".to_owned(),
                });
                Ok(carried)
            }
            Err(Refusal::NotModelled) => {
                notes.warn(|| SpecWarning::OtherForm {
                    path: node.path.to_string(),
                    found: describe(node.value),
                    expected: Self::EXPECTED.to_owned(),
                });
                Ok(Transform::Carried(members.map().clone()))
            }
            Err(wrong) => Err(wrong),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        write_step(self, &mut writer);
        writer.finish()
    }
}

type Step = Result<Transform, Refusal>;
type StepReader = fn(&mut Members<'_>, &mut Notes) -> Step;

fn read_step(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    const READERS: &[(&str, StepReader)] = &[
        ("filter", |m, n| m.require("filter", n).map(Transform::Filter)),
        ("calculate", read_calculate),
        ("lookup", read_lookup),
        ("density", read_density),
        ("regression", read_regression),
        ("loess", read_loess),
        ("quantile", read_quantile),
        ("sample", |m, n| m.require("sample", n).map(Transform::Sample)),
        ("fold", read_fold),
        ("flatten", read_flatten),
        ("pivot", read_pivot),
        ("impute", read_impute_step),
        ("window", read_window),
        ("joinaggregate", read_joinaggregate),
        ("stack", read_stack),
        ("timeUnit", read_time_unit),
        ("bin", read_bin),
        ("aggregate", read_aggregate),
    ];
    READERS
        .iter()
        .find(|(name, _)| members.has(name))
        .map_or(Err(Refusal::NotModelled), |(_, read)| read(members, notes))
}

/// Reads `as` where it is one name.
fn output(members: &mut Members<'_>, notes: &mut Notes) -> Result<FieldName, Refusal> {
    members.require("as", notes).map(|NewField(name)| name)
}

/// Reads `as` where it is one name or a list, and whether it was a list.
fn outputs(members: &mut Members<'_>, notes: &mut Notes) -> Result<(Vec<FieldName>, bool), Refusal> {
    match members.map().get("as") {
        Some(Value::Array(_)) => Ok((names(members.require("as", notes)?), true)),
        Some(_) => output(members, notes).map(|name| (vec![name], false)),
        None => Ok((Vec::new(), false)),
    }
}

fn names(fields: Vec<NewField>) -> Vec<FieldName> {
    fields.into_iter().map(|NewField(name)| name).collect()
}

fn write_outputs(outputs: &[FieldName], listed: bool, writer: &mut Writer) {
    match outputs {
        [] if !listed => {}
        [only] if !listed => writer.set_value("as", Value::from(only.as_str())),
        _ => writer.set_value("as", outputs.iter().map(FieldName::as_str).collect()),
    }
}

fn groupby(members: &mut Members<'_>, notes: &mut Notes) -> Result<Vec<FieldName>, Refusal> {
    Ok(members.take("groupby", notes)?.unwrap_or_default())
}

fn read_calculate(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Calculate {
        calculate: members.require("calculate", notes)?,
        output: output(members, notes)?,
    })
}

fn read_aggregate(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Aggregate {
        ops: members.require("aggregate", notes)?,
        groupby: groupby(members, notes)?,
    })
}

fn read_joinaggregate(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    let groupby: Option<Vec<FieldName>> = members.take("groupby", notes)?;
    Ok(Transform::JoinAggregate(JoinAggregate {
        ops: members.require("joinaggregate", notes)?,
        writes_empty_groupby: groupby.as_ref().is_some_and(Vec::is_empty),
        groupby: groupby.unwrap_or_default(),
    }))
}

fn read_bin(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    let (output, listed) = outputs(members, notes)?;
    Ok(Transform::Bin {
        bin: members.require("bin", notes)?,
        field: members.require("field", notes)?,
        output,
        listed,
    })
}

fn read_time_unit(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::TimeUnit {
        unit: members.require("timeUnit", notes)?,
        field: members.require("field", notes)?,
        output: output(members, notes)?,
    })
}

fn read_window(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Window {
        ops: members.require("window", notes)?,
        frame: members.take("frame", notes)?,
        ignore_peers: members.take("ignorePeers", notes)?,
        groupby: groupby(members, notes)?,
        sort: members.take("sort", notes)?.unwrap_or_default(),
    })
}

fn read_stack(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    let (output, listed) = outputs(members, notes)?;
    Ok(Transform::Stack {
        stack: members.require("stack", notes)?,
        groupby: groupby(members, notes)?,
        offset: members.take("offset", notes)?,
        sort: members.take("sort", notes)?.unwrap_or_default(),
        output,
        listed,
    })
}

fn read_fold(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    let output: Option<[NewField; 2]> = members.take("as", notes)?;
    Ok(Transform::Fold {
        fields: members.require("fold", notes)?,
        output: output.map(|pair| pair.map(|NewField(name)| name)),
    })
}

fn read_flatten(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Flatten {
        fields: members.require("flatten", notes)?,
        output: members.take("as", notes)?.map(names),
    })
}

fn read_pivot(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Pivot {
        pivot: members.require("pivot", notes)?,
        value: members.require("value", notes)?,
        groupby: groupby(members, notes)?,
        limit: members.take("limit", notes)?,
        op: members.take("op", notes)?,
    })
}

fn read_impute_step(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Impute {
        impute: members.require("impute", notes)?,
        key: members.require("key", notes)?,
        groupby: groupby(members, notes)?,
        how: read_impute(members, notes)?,
    })
}

fn read_lookup(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    let (output, listed) = outputs(members, notes)?;
    Ok(Transform::Lookup {
        lookup: members.require("lookup", notes)?,
        from: members.require("from", notes)?,
        output,
        listed,
        default: members.take("default", notes)?,
    })
}

fn read_density(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Density {
        density: members.require("density", notes)?,
        options: DensityOptions::read_from(members, notes),
    })
}

fn read_regression(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Regression {
        regression: members.require("regression", notes)?,
        on: members.require("on", notes)?,
        options: RegressionOptions::read_from(members, notes),
    })
}

fn read_loess(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Loess {
        loess: members.require("loess", notes)?,
        on: members.require("on", notes)?,
        options: LoessOptions::read_from(members, notes),
    })
}

fn read_quantile(members: &mut Members<'_>, notes: &mut Notes) -> Step {
    Ok(Transform::Quantile {
        quantile: members.require("quantile", notes)?,
        options: QuantileOptions::read_from(members, notes),
    })
}

fn write_step(step: &Transform, writer: &mut Writer) {
    match step {
        Transform::Filter(predicate) => writer.set("filter", predicate),
        Transform::Calculate { calculate, output } => {
            writer.set("calculate", calculate);
            write_outputs(std::slice::from_ref(output), false, writer);
        }
        Transform::Aggregate { ops, groupby } => {
            writer.set("aggregate", ops);
            writer.put_list("groupby", groupby);
        }
        Transform::JoinAggregate(join) => {
            writer.set("joinaggregate", &join.ops);
            writer.put_list("groupby", &join.groupby);
            if join.writes_empty_groupby && join.groupby.is_empty() {
                writer.set("groupby", &join.groupby);
            }
        }
        Transform::Bin {
            bin,
            field,
            output,
            listed,
        } => {
            writer.set("bin", bin);
            writer.set("field", field);
            write_outputs(output, *listed, writer);
        }
        Transform::TimeUnit { unit, field, output } => {
            writer.set("timeUnit", unit);
            writer.set("field", field);
            write_outputs(std::slice::from_ref(output), false, writer);
        }
        Transform::Window {
            ops,
            frame,
            ignore_peers,
            groupby,
            sort,
        } => {
            writer.set("window", ops);
            writer.put("frame", frame);
            writer.put("ignorePeers", ignore_peers);
            writer.put_list("groupby", groupby);
            writer.put_list("sort", sort);
        }
        Transform::Stack {
            stack,
            groupby,
            offset,
            sort,
            output,
            listed,
        } => {
            writer.set("stack", stack);
            writer.set("groupby", groupby);
            writer.put("offset", offset);
            writer.put_list("sort", sort);
            write_outputs(output, *listed, writer);
        }
        _ => write_reshaping(step, writer),
    }
}

/// Writes the steps that change the shape of the table or estimate a curve.
fn write_reshaping(step: &Transform, writer: &mut Writer) {
    match step {
        Transform::Fold { fields, output } => {
            writer.set("fold", fields);
            if let Some(output) = output {
                write_outputs(output, true, writer);
            }
        }
        Transform::Flatten { fields, output } => {
            writer.set("flatten", fields);
            if let Some(output) = output {
                write_outputs(output, true, writer);
            }
        }
        Transform::Pivot {
            pivot,
            value,
            groupby,
            limit,
            op,
        } => {
            writer.set("pivot", pivot);
            writer.set("value", value);
            writer.put_list("groupby", groupby);
            writer.put("limit", limit);
            writer.put("op", op);
        }
        Transform::Impute {
            impute,
            key,
            groupby,
            how,
        } => {
            writer.set("impute", impute);
            writer.set("key", key);
            writer.put_list("groupby", groupby);
            write_impute(how, writer);
        }
        Transform::Lookup {
            lookup,
            from,
            output,
            listed,
            default,
        } => {
            writer.set("lookup", lookup);
            writer.set("from", from);
            write_outputs(output, *listed, writer);
            writer.put("default", default);
        }
        Transform::Density { density, options } => {
            writer.set("density", density);
            options.write_to(writer);
        }
        Transform::Regression {
            regression,
            on,
            options,
        } => {
            writer.set("regression", regression);
            writer.set("on", on);
            options.write_to(writer);
        }
        Transform::Loess { loess, on, options } => {
            writer.set("loess", loess);
            writer.set("on", on);
            options.write_to(writer);
        }
        Transform::Quantile { quantile, options } => {
            writer.set("quantile", quantile);
            options.write_to(writer);
        }
        Transform::Sample(rows) => writer.set("sample", rows),
        Transform::Carried(map) => writer.rest(map),
        _ => {}
    }
}

impl Json for AggregateOp {
    const EXPECTED: &'static str = "an object with op, field and as";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let op = AggregateOp {
            op: members.require("op", notes)?,
            field: members.take("field", notes)?,
            output: output(&mut members, notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(op)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.set("op", &self.op);
        writer.put("field", &self.field);
        write_outputs(std::slice::from_ref(&self.output), false, &mut writer);
        writer.finish()
    }
}

impl Json for WindowOp {
    const EXPECTED: &'static str = "an object with op, field, param and as";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let op = WindowOp {
            op: members.require("op", notes)?,
            field: members.take("field", notes)?,
            param: members.take("param", notes)?,
            output: output(&mut members, notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(op)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.set("op", &self.op);
        writer.put("field", &self.field);
        writer.put("param", &self.param);
        write_outputs(std::slice::from_ref(&self.output), false, &mut writer);
        writer.finish()
    }
}

impl Json for WindowFunction {
    const EXPECTED: &'static str = "the name of a window function or aggregate";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let found = super::scalar::text(&node, Self::EXPECTED)?;
        if let Some((_, function)) = WindowFunction::NAMED.iter().find(|(name, _)| *name == found) {
            return Ok(function.clone());
        }
        let aggregates = crate::Aggregate::NAMED.iter().map(|(name, _)| *name);
        if aggregates.clone().any(|name| name == found) {
            return Json::read(node, notes).map(WindowFunction::Aggregate);
        }
        let functions = WindowFunction::NAMED.iter().map(|(name, _)| *name);
        Err(node
            .unknown_name("window function", functions.chain(aggregates))
            .into())
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(self.as_str())
    }
}

impl Json for SortField {
    const EXPECTED: &'static str = "an object with field and order";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let key = SortField {
            field: members.require("field", notes)?,
            order: members.take("order", notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(key)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.set("field", &self.field);
        writer.put("order", &self.order);
        writer.finish()
    }
}

impl Json for LookupSource {
    const EXPECTED: &'static str = "an object with data, key and fields";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        if members.has("param") || members.has("selection") {
            return Err(Refusal::NotModelled);
        }
        Ok(LookupSource {
            data: members.require("data", notes)?,
            key: members.require("key", notes)?,
            fields: members.take("fields", notes)?,
            rest: members.finish(notes),
        })
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.set("data", &self.data);
        writer.set("key", &self.key);
        writer.put("fields", &self.fields);
        writer.rest(&self.rest);
        writer.finish()
    }
}
