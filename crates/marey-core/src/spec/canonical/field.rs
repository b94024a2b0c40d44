//! Canonical encodings and the fields in them.

use std::collections::BTreeSet;

use super::{CanonicalOptions, predicate, view::drop_empty_setting};
use crate::{
    Aggregate, Channel, FieldName, FieldType, TimeUnit,
    spec::{
        Bin, BinParams, ChannelDef, Condition, ConditionalValue, Encoding, EncodingEntry, FieldDef, FieldRef,
        Lines, MarkDef, Nice, Scale, ScaleType, Setting, Sort, SortOrder, Stack,
        json::{Json, Tier},
        orientation, stacking,
    },
};

/// Brings an encoding to canonical form.
pub(super) fn rewrite_encoding(encoding: &mut Encoding, mark: &MarkDef, options: &CanonicalOptions) {
    let siblings = encoding.clone();
    for entry in &mut encoding.entries {
        for def in &mut entry.defs {
            rewrite_def(entry.channel, def, &siblings, options);
        }
    }
    drop_repeated_detail(encoding);
    encoding.entries.retain(|entry| !entry.defs.is_empty());
    for entry in &mut encoding.entries {
        if entry.channel == Channel::Detail {
            entry
                .defs
                .sort_by_cached_key(|def| def.write(Tier::Whole).to_string());
            entry.defs.dedup();
        }
        entry.listed = entry.defs.len() > 1;
    }
    encoding.entries.sort_by_key(|entry| entry.channel);
    drop_usual_stacking(encoding, mark);
}

/// Drops titles that would be chosen anyway; in layers they are joined with those of the others.
pub(super) fn drop_usual_titles(encoding: &mut Encoding) {
    for def in encoding.entries.iter_mut().flat_map(|entry| &mut entry.defs) {
        if let ChannelDef::Field(def) = def {
            drop_usual_title(def);
        }
    }
}

pub(super) fn drop_usual_title(def: &mut FieldDef) {
    // Vega-Lite titles a column by its path, with the escapes of odd names.
    let is_plain = def.name().is_none_or(|name| name.to_path() == name.as_str());
    if is_plain && def.title == Some(Setting::On(Lines::from(def.default_title()))) {
        def.title = None;
    }
}

/// `detail` groups; what another channel groups by already needs no repetition.
fn drop_repeated_detail(encoding: &mut Encoding) {
    let groups: BTreeSet<String> = encoding
        .fields()
        .filter(|(channel, def)| *channel != Channel::Detail && groups_rows(*channel, def))
        .map(|(_, def)| group_key(def))
        .collect();
    if let Some(detail) = entry_mut(encoding, Channel::Detail) {
        detail.defs.retain(|def| match def {
            ChannelDef::Field(def) => def.aggregate.is_some() || !groups.contains(&group_key(def)),
            _ => true,
        });
    }
}

/// What a field groups by, as a text.
fn group_key(def: &FieldDef) -> String {
    let group = FieldDef {
        field: def.field.clone(),
        bin: def.bin.clone(),
        time_unit: def.time_unit.clone(),
        ..FieldDef::default()
    };
    group.write(Tier::Whole).to_string()
}

/// Whether a channel splits marks into groups by its field, as `detail` would.
fn groups_rows(channel: Channel, def: &FieldDef) -> bool {
    use Channel as C;
    let splits = channel.is_facet()
        || matches!(
            channel,
            C::Color
                | C::Fill
                | C::Stroke
                | C::Shape
                | C::StrokeDash
                | C::Opacity
                | C::FillOpacity
                | C::StrokeOpacity
        );
    let is_discrete = matches!(def.measured_as(channel), FieldType::Nominal | FieldType::Ordinal);
    splits && is_discrete && def.aggregate.is_none()
}

fn entry_mut(encoding: &mut Encoding, channel: Channel) -> Option<&mut EncodingEntry> {
    encoding.entries.iter_mut().find(|entry| entry.channel == channel)
}

/// Drops stacking that happens anyway and names the offset of stacking that does not.
fn drop_usual_stacking(encoding: &mut Encoding, def: &MarkDef) {
    let Some(mark) = def.mark.filter(|mark| !mark.is_composite()) else {
        return;
    };
    let usual = |encoding: &Encoding| {
        let orient = orientation(mark, encoding, def.orient);
        stacking(mark, orient, encoding).map(|stacking| (stacking.channel, stacking.offset))
    };
    for channel in [Channel::X, Channel::Y, Channel::Theta, Channel::Radius] {
        let said = encoding.field(channel).and_then(|def| def.stack.clone());
        let Some(said) = said else {
            continue;
        };
        let happens = usual(encoding);
        set_stack(encoding, channel, None);
        if usual(encoding) != happens {
            let named = match (&said, happens) {
                (Stack::On, Some((_, offset))) => Stack::Offset(offset),
                _ => said,
            };
            set_stack(encoding, channel, Some(named));
        }
    }
}

fn set_stack(encoding: &mut Encoding, channel: Channel, stack: Option<Stack>) {
    if let Some(def) = encoding.field_mut(channel) {
        def.stack = stack;
    }
}

fn rewrite_def(channel: Channel, def: &mut ChannelDef, siblings: &Encoding, options: &CanonicalOptions) {
    match def {
        ChannelDef::Field(field) => {
            rewrite(channel, field, siblings, options);
            rewrite_conditions(
                channel,
                &mut field.condition,
                &mut field.condition_listed,
                options,
            );
        }
        ChannelDef::Datum(datum) => {
            rewrite_conditions(
                channel,
                &mut datum.condition,
                &mut datum.condition_listed,
                options,
            );
            drop_empty_setting(&mut datum.axis);
            drop_empty_setting(&mut datum.scale);
            drop_empty_setting(&mut datum.legend);
        }
        ChannelDef::Value(value) => {
            rewrite_conditions(
                channel,
                &mut value.condition,
                &mut value.condition_listed,
                options,
            );
        }
    }
}

fn rewrite_conditions(
    channel: Channel,
    conditions: &mut [Condition],
    listed: &mut bool,
    options: &CanonicalOptions,
) {
    *listed = conditions.len() > 1;
    for condition in conditions {
        predicate::rewrite(&mut condition.test, options);
        if let ConditionalValue::Def(def) = &mut condition.then {
            rewrite_def(channel, def, &Encoding::new(), options);
        }
    }
}

/// Brings a field on a channel to canonical form.
pub(super) fn rewrite(channel: Channel, def: &mut FieldDef, siblings: &Encoding, options: &CanonicalOptions) {
    if let Some(field) = &mut def.field {
        rewrite_ref(field, options);
    }
    rewrite_aggregate(def, options);
    rewrite_bin(channel, def);
    if let Some(unit) = &mut def.time_unit {
        rewrite_unit(unit);
    }
    rewrite_type(channel, def);
    rewrite_sort(channel, def, siblings, options);
    rewrite_title(def);
    rewrite_scale(channel, def);
    drop_empty_setting(&mut def.axis);
    drop_empty_setting(&mut def.legend);
    drop_empty_setting(&mut def.header);
}

/// The column in lower case where the data knows no case.
pub(super) fn rewrite_name(name: &mut FieldName, options: &CanonicalOptions) {
    if options.fold_case {
        *name = FieldName::from_path(&name.to_path().to_lowercase());
    }
}

pub(super) fn rewrite_ref(field: &mut FieldRef, options: &CanonicalOptions) {
    if let FieldRef::Name(name) = field {
        rewrite_name(name, options);
    }
}

pub(super) fn mean_for_average(op: &mut Aggregate) {
    if *op == Aggregate::Average {
        *op = Aggregate::Mean;
    }
}

fn rewrite_aggregate(def: &mut FieldDef, options: &CanonicalOptions) {
    let Some(op) = &mut def.aggregate else {
        return;
    };
    mean_for_average(op);
    if let Aggregate::Argmin(Some(by)) | Aggregate::Argmax(Some(by)) = op {
        rewrite_name(by, options);
    }
    let name = def.field.as_ref().and_then(FieldRef::name);
    if *op == Aggregate::Valid && name.is_some_and(|name| options.non_null.contains(name)) {
        *op = Aggregate::Count;
    }
    if *op == Aggregate::Count {
        def.field = None;
        def.bin = None;
    }
}

/// Drops binning that is switched off and parameters that are Vega-Lite's own.
fn rewrite_bin(channel: Channel, def: &mut FieldDef) {
    match &mut def.bin {
        Some(Bin::Off) => def.bin = None,
        Some(Bin::On(params)) => {
            let plain = FieldDef {
                bin: Some(Bin::On(BinParams::default())),
                ..FieldDef::default()
            };
            let usual = plain.binning(channel).and_then(|params| params.maxbins);
            rewrite_bin_defaults(params, usual.unwrap_or(10.0));
        }
        _ => {}
    }
}

/// Drops parameters of bins that are Vega-Lite's own.
pub(super) fn rewrite_bin_defaults(params: &mut BinParams, usual_bins: f64) {
    let BinParams {
        maxbins,
        step,
        nice,
        base,
        divide,
        ..
    } = params;
    if step.is_some() || *maxbins == Some(usual_bins) {
        *maxbins = None;
    }
    if *nice == Some(true) {
        *nice = None;
    }
    if *base == Some(10.0) {
        *base = None;
    }
    if divide.as_deref() == Some(&[5.0, 2.0]) {
        *divide = None;
    }
}

pub(super) fn rewrite_unit(unit: &mut TimeUnit) {
    if unit.step == Some(1.0) {
        unit.step = None;
    }
}

/// Says the level of measurement, except on second ends, which take the first's.
fn rewrite_type(channel: Channel, def: &mut FieldDef) {
    def.field_type = if channel.primary().is_some() || !def.refers_to_data() {
        None
    } else {
        Some(def.measured_as(channel))
    };
}

fn rewrite_sort(channel: Channel, def: &mut FieldDef, siblings: &Encoding, options: &CanonicalOptions) {
    // On the order channel, no order at all is the default.
    if channel != Channel::Order && def.sort == Some(Sort::Order(SortOrder::Ascending)) {
        def.sort = None;
    }
    match &mut def.sort {
        Some(Sort::Channel { spelled_out, .. }) => *spelled_out = false,
        Some(Sort::Field(by)) => {
            by.field.iter_mut().for_each(|field| rewrite_ref(field, options));
            by.op.iter_mut().for_each(mean_for_average);
            if by.op == Some(Aggregate::Count) {
                by.field = None;
            }
            if by.order == Some(Setting::On(SortOrder::Ascending)) {
                by.order = None;
            }
            let order = match by.order {
                None => SortOrder::Ascending,
                Some(Setting::On(order)) => order,
                Some(Setting::Off) => return,
            };
            let like = |other: &FieldDef| {
                let mut op = other.aggregate.clone();
                op.iter_mut().for_each(mean_for_average);
                let field = if op == Some(Aggregate::Count) {
                    None
                } else {
                    other.field.clone()
                };
                op.is_some() && op == by.op && field == by.field
            };
            let sorted_by = [Channel::X, Channel::Y]
                .into_iter()
                .find(|by| !channel.is_facet() && siblings.field(*by).is_some_and(like));
            if let Some(channel) = sorted_by {
                def.sort = Some(Sort::Channel {
                    channel,
                    order,
                    spelled_out: false,
                });
            }
        }
        _ => {}
    }
}

/// One place for the title of an axis, legend or header.
fn rewrite_title(def: &mut FieldDef) {
    let guide_titles = [
        def.axis
            .as_mut()
            .and_then(|axis| on(axis))
            .map(|axis| &mut axis.title),
        def.legend
            .as_mut()
            .and_then(|legend| on(legend))
            .map(|legend| &mut legend.title),
        def.header
            .as_mut()
            .and_then(|header| on(header))
            .map(|header| &mut header.title),
    ];
    for title in guide_titles.into_iter().flatten() {
        if def.title.is_none() {
            def.title = title.take();
        } else if *title == def.title {
            *title = None;
        }
    }
}

fn on<T>(setting: &mut Setting<T>) -> Option<&mut T> {
    match setting {
        Setting::On(value) => Some(value),
        Setting::Off => None,
    }
}

/// Drops the properties of a scale that hold anyway.
fn rewrite_scale(channel: Channel, def: &mut FieldDef) {
    let is_cut = def.bin.is_some();
    let measured = def.measured_as(channel);
    if let Some(Setting::On(scale)) = &mut def.scale {
        let is_position = matches!(channel, Channel::X | Channel::Y);
        drop_scale_defaults(scale, measured, is_position && !is_cut);
    }
    drop_empty_setting(&mut def.scale);
}

fn drop_scale_defaults(scale: &mut Scale, measured: FieldType, is_plain_position: bool) {
    let usual = match measured {
        FieldType::Quantitative if is_plain_position => Some(ScaleType::Linear),
        FieldType::Temporal if is_plain_position => Some(ScaleType::Time),
        _ => None,
    };
    if scale.scale_type.is_some() && scale.scale_type == usual {
        scale.scale_type = None;
    }
    for (flag, default) in [(&mut scale.reverse, false), (&mut scale.clamp, false)] {
        if *flag == Some(default) {
            *flag = None;
        }
    }
    let has_domain = scale.domain.is_some() || scale.domain_min.is_some() || scale.domain_max.is_some();
    if is_plain_position && !has_domain && scale.nice == Some(Nice::On(true)) {
        scale.nice = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChartSpec, Mark, spec::StackOffset};

    fn check(stack: Stack, expected: Option<Stack>) {
        let y = FieldDef {
            stack: Some(stack),
            ..FieldDef::new("v", FieldType::Quantitative).aggregate(Aggregate::Sum)
        };
        let encoding = Encoding::new()
            .with(Channel::X, FieldDef::new("a", FieldType::Nominal))
            .with(Channel::Y, y)
            .with(Channel::Color, FieldDef::new("c", FieldType::Nominal));
        let spec = ChartSpec::unit(Mark::Bar, encoding).canonical();
        assert_eq!(
            spec.view.field(Channel::Y).and_then(|def| def.stack.clone()),
            expected
        );
    }

    #[test]
    fn usual_stacking_is_not_said() {
        check(Stack::On, None);
        check(Stack::Offset(StackOffset::Zero), None);
        check(
            Stack::Offset(StackOffset::Normalize),
            Some(Stack::Offset(StackOffset::Normalize)),
        );
        check(Stack::Off, Some(Stack::Off));
    }
}
