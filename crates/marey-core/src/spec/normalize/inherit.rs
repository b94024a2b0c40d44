//! What layers inherit from the encoding they share.

use crate::spec::{
    ChannelDef, Condition, ConditionalValue, DatumDef, Encoding, EncodingEntry, FieldDef, ValueDef,
};

/// An encoding with what it leaves open taken from a parent's.
///
/// `between_layers` keeps whatever the parent carries; a unit inherits fields, data and values.
pub(crate) fn encoding(own: Encoding, parent: &Encoding, between_layers: bool) -> Encoding {
    let mut entries: Vec<EncodingEntry> = Vec::with_capacity(parent.entries.len());
    for inherited in &parent.entries {
        match own
            .entries
            .iter()
            .find(|entry| entry.channel == inherited.channel)
        {
            Some(entry) => entries.push(merged(entry, inherited)),
            // What the document switches off (`"tooltip": null`) stays off.
            None if own.rest.contains_key(inherited.channel.as_str()) => {}
            None if between_layers || is_inherited(inherited) => entries.push(inherited.clone()),
            None => {}
        }
    }
    for entry in own.entries {
        if !entries.iter().any(|known| known.channel == entry.channel) {
            entries.push(entry);
        }
    }
    let mut rest = parent.rest.clone();
    rest.extend(own.rest);
    Encoding { entries, rest }
}

fn is_inherited(entry: &EncodingEntry) -> bool {
    entry.listed
        || match entry.defs.first() {
            Some(ChannelDef::Value(def)) => def.value.is_some(),
            Some(_) => true,
            None => false,
        }
}

fn merged(own: &EncodingEntry, parent: &EncodingEntry) -> EncodingEntry {
    let mut entry = own.clone();
    if own.listed || parent.listed {
        return entry;
    }
    if let ([def], [inherited]) = (entry.defs.as_mut_slice(), parent.defs.as_slice()) {
        *def = merged_def(def.clone(), inherited);
    }
    entry
}

fn merged_def(own: ChannelDef, parent: &ChannelDef) -> ChannelDef {
    match (own, parent) {
        (ChannelDef::Field(own), ChannelDef::Field(parent)) => own.over(parent).into(),
        (ChannelDef::Field(own), ChannelDef::Datum(parent)) => own.over(&guides_of_datum(parent)).into(),
        (ChannelDef::Datum(own), ChannelDef::Datum(parent)) => datum_over(*own, &guides_of_datum(parent)),
        (ChannelDef::Datum(own), ChannelDef::Field(parent)) => datum_over(*own, parent),
        (ChannelDef::Value(own), parent) => ChannelDef::Value(condition_over(own, parent)),
        (own, _) => own,
    }
}

fn guides_of_datum(def: &DatumDef) -> FieldDef {
    FieldDef {
        field_type: def.field_type,
        title: def.title.clone(),
        format: def.format.clone(),
        axis: def.axis.clone(),
        scale: def.scale.clone(),
        legend: def.legend.clone(),
        band_position: def.band_position,
        ..FieldDef::default()
    }
}

fn datum_over(own: DatumDef, parent: &FieldDef) -> ChannelDef {
    let parent = parent.clone();
    ChannelDef::Datum(Box::new(DatumDef {
        field_type: own.field_type.or(parent.field_type),
        title: own.title.or(parent.title),
        format: own.format.or(parent.format),
        axis: own.axis.or(parent.axis),
        scale: own.scale.or(parent.scale),
        legend: own.legend.or(parent.legend),
        band_position: own.band_position.or(parent.band_position),
        ..own
    }))
}

/// A field within a condition inherits as a field outside would.
fn condition_over(mut own: ValueDef, parent: &ChannelDef) -> ValueDef {
    if own.condition_listed {
        return own;
    }
    if let [
        Condition {
            then: ConditionalValue::Def(def),
            ..
        },
    ] = own.condition.as_mut_slice()
        && !matches!(parent, ChannelDef::Value(_))
    {
        **def = merged_def((**def).clone(), parent);
    }
    own
}

impl FieldDef {
    /// This definition where it says something, `base` elsewhere.
    fn over(self, base: &FieldDef) -> FieldDef {
        let base = base.clone();
        let mut rest = base.rest;
        rest.extend(self.rest);
        let (condition, condition_listed) = match self.condition.is_empty() {
            true => (base.condition, base.condition_listed),
            false => (self.condition, self.condition_listed),
        };
        FieldDef {
            field: self.field.or(base.field),
            field_type: self.field_type.or(base.field_type),
            aggregate: self.aggregate.or(base.aggregate),
            bin: self.bin.or(base.bin),
            time_unit: self.time_unit.or(base.time_unit),
            sort: self.sort.or(base.sort),
            stack: self.stack.or(base.stack),
            impute: self.impute.or(base.impute),
            title: self.title.or(base.title),
            format: self.format.or(base.format),
            format_type: self.format_type.or(base.format_type),
            axis: self.axis.or(base.axis),
            scale: self.scale.or(base.scale),
            legend: self.legend.or(base.legend),
            header: self.header.or(base.header),
            band_position: self.band_position.or(base.band_position),
            spacing: self.spacing.or(base.spacing),
            columns: self.columns.or(base.columns),
            condition,
            condition_listed,
            rest,
        }
    }
}
