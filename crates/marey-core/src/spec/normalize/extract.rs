//! Inline functions of an encoding turned into transforms, as composite marks need them.

use crate::{
    Aggregate, Channel, FieldName, FieldType,
    spec::{
        AggregateOp, Axis, Bin, BinParams, ChannelDef, Encoding, EncodingEntry, FieldDef, FieldRef, NamePart,
        Setting, Transform,
    },
};

/// An encoding without inline functions, and what computes its fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Extracted {
    /// Bins, then time units.
    pub(super) derived: Vec<Transform>,
    /// Summaries.
    pub(super) aggregate: Vec<AggregateOp>,
    /// The fields that are no summaries.
    pub(super) groupby: Vec<FieldName>,
    /// The encoding with references to the computed fields.
    pub(super) encoding: Encoding,
}

/// Takes the inline functions out of an encoding.
pub(super) fn extract(encoding: &Encoding) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.encoding.rest = encoding.rest.clone();
    let mut time_units = Vec::new();
    for entry in &encoding.entries {
        let mut defs = Vec::with_capacity(entry.defs.len());
        for def in &entry.defs {
            let replaced = match def {
                ChannelDef::Field(def) if def.refers_to_data() => {
                    extracted.field(def, entry.channel, &mut time_units).into()
                }
                other => other.clone(),
            };
            defs.push(replaced);
        }
        let position = extracted
            .encoding
            .entries
            .iter()
            .position(|e| e.channel == entry.channel);
        let entry = EncodingEntry {
            defs,
            ..entry.clone()
        };
        match position {
            Some(at) => extracted.encoding.entries[at] = entry,
            None => extracted.encoding.entries.push(entry),
        }
    }
    extracted.derived.append(&mut time_units);
    extracted
}

impl Extracted {
    fn field(&mut self, def: &FieldDef, channel: Channel, time_units: &mut Vec<Transform>) -> FieldDef {
        let name = def.output_name(channel);
        let mut plain = FieldDef {
            field: Some(FieldRef::Name(name.clone())),
            aggregate: None,
            bin: None,
            time_unit: None,
            ..def.clone()
        };
        let field = def.name().cloned().unwrap_or_else(|| FieldName::new(""));
        let is_bin = def.bin.as_ref().is_some_and(|bin| !matches!(bin, Bin::Off));
        if def.aggregate.is_none() && !is_bin && def.time_unit.is_none() {
            self.groupby.push(field);
            return def.clone();
        }
        if plain.title.is_none() {
            plain.title = Some(Setting::On(def.default_title().into()));
        }
        if let Some(op) = &def.aggregate {
            self.aggregate.push(summary(op, def, &name));
        } else {
            self.groupby.push(name.clone());
            if let Some(bin) = def.binning(channel) {
                self.bin(&mut plain, def, channel, &name, bin);
            } else if let Some(unit) = def.time_unit.as_ref().filter(|unit| !unit.binned) {
                time_units.push(Transform::TimeUnit {
                    unit: unit.clone(),
                    field,
                    output: name,
                });
                mark_as_time(&mut plain, def, channel);
            }
        }
        plain
    }

    fn bin(
        &mut self,
        plain: &mut FieldDef,
        def: &FieldDef,
        channel: Channel,
        name: &FieldName,
        bin: BinParams,
    ) {
        let end = def.output_name_of(channel, NamePart::End);
        // Vega-Lite groups by the range of an ordinal bin too, a field that nothing makes: the start
        // and the end tell bins apart.
        self.groupby.push(end.clone());
        if let (Channel::X | Channel::Y, Some(second)) = (channel, channel.secondary()) {
            let end_def = FieldDef {
                field: Some(FieldRef::Name(end.clone())),
                ..FieldDef::default()
            };
            self.encoding.set(second, end_def);
        }
        self.derived.push(Transform::Bin {
            bin: Bin::On(bin),
            field: def.name().cloned().unwrap_or_else(|| FieldName::new("")),
            output: vec![name.clone(), end],
            listed: true,
        });
        plain.bin = Some(Bin::Binned(BinParams::default()));
        if channel.primary().is_none() {
            plain.field_type = Some(FieldType::Quantitative);
        }
    }
}

fn summary(op: &Aggregate, def: &FieldDef, name: &FieldName) -> AggregateOp {
    // The whole row is summarised; the field itself is one of its members.
    let (op, field, output) = match op {
        Aggregate::Argmax(Some(by)) => (
            Aggregate::Argmax(None),
            Some(by.clone().into()),
            format!("argmax_{by}").into(),
        ),
        Aggregate::Argmin(Some(by)) => (
            Aggregate::Argmin(None),
            Some(by.clone().into()),
            format!("argmin_{by}").into(),
        ),
        op => (op.clone(), def.field.clone(), name.clone()),
    };
    AggregateOp { op, field, output }
}

/// A truncated time that is no longer recognised by its unit keeps its format.
fn mark_as_time(plain: &mut FieldDef, def: &FieldDef, channel: Channel) {
    if def.field_type.is_none_or(|given| given == FieldType::Temporal) {
        return;
    }
    match channel {
        Channel::Text | Channel::Tooltip => plain.format_type = Some("time".into()),
        Channel::X | Channel::Y => {
            let mut axis = match plain.axis.take() {
                Some(Setting::On(axis)) => axis,
                Some(Setting::Off) | None => Axis::default(),
            };
            axis.format_type.get_or_insert_with(|| "time".into());
            plain.axis = Some(Setting::On(axis));
        }
        _ => {}
    }
}
