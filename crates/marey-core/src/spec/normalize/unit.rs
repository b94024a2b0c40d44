//! A unit's encoding completed: types inferred, bins given their number, channels that the mark
//! does not know left out, orientation and stacking order settled.

use serde_json::Value;

use super::Normalizer;
use crate::{
    Channel, FieldName, FieldType, Mark,
    spec::{
        Bin, ChannelDef, Composition, ConditionalValue, Domain, Encoding, EncodingEntry, Expression,
        FieldDef, Literal, MarkOrient, Setting, Sort, SortOrder, Transform, Unit, View,
        json::parameter_condition, orientation, stacking,
    },
};

impl Normalizer<'_> {
    pub(super) fn complete(&mut self, view: &View, mut unit: Unit) -> View {
        let mut view = view.clone();
        if let Some(mark) = unit.mark.mark {
            unit.encoding = self.completed_encoding(&unit, mark);
            unit.mark.orient = orientation(mark, &unit.encoding, self.specified_orient(&unit));
            align_stack_order(&mut view, &mut unit, mark);
        }
        view.composition = Composition::Unit(unit);
        view
    }

    fn specified_orient(&self, unit: &Unit) -> Option<MarkOrient> {
        let configured = || self.config.of_mark(&unit.mark, "orient")?.as_str()?.parse().ok();
        unit.mark.orient.or_else(configured)
    }

    /// The encoding in Vega-Lite's order of channels, with what the mark does not know left out.
    fn completed_encoding(&mut self, unit: &Unit, mark: Mark) -> Encoding {
        let mut encoding = Encoding {
            entries: Vec::with_capacity(unit.encoding.entries.len()),
            rest: unit.encoding.rest.clone(),
        };
        let mut dropped: Vec<Channel> = unit.encoding.entries.iter().map(|entry| entry.channel).collect();
        for channel in Channel::UNIT_ORDER {
            let Some(entry) = unit
                .encoding
                .entries
                .iter()
                .find(|entry| entry.channel == *channel)
            else {
                continue;
            };
            if !self.is_kept(entry, unit, &encoding, mark) {
                continue;
            }
            let target = match *channel {
                Channel::Angle if mark == Mark::Arc && unit.encoding.get(Channel::Theta).is_none() => {
                    Channel::Theta
                }
                channel => channel,
            };
            dropped.retain(|name| name != channel);
            encoding.entries.push(completed_entry(entry, target));
        }
        for channel in dropped {
            self.note(format!(
                "the channel {channel} is left out: it has no meaning for {mark} here"
            ));
        }
        encoding
    }

    fn is_kept(&self, entry: &EncodingEntry, unit: &Unit, done: &Encoding, mark: Mark) -> bool {
        let field = entry.defs.first().and_then(ChannelDef::bound_field);
        match entry.channel {
            Channel::XOffset | Channel::YOffset if is_offset_of_continuous(entry, done) => return false,
            Channel::Angle if mark == Mark::Arc => return unit.encoding.get(Channel::Theta).is_none(),
            Channel::Size if mark == Mark::Line && field.is_some_and(|def| def.aggregate.is_some()) => {
                return false;
            }
            Channel::Color => {
                let filled = unit
                    .mark
                    .filled
                    .unwrap_or(!matches!(mark, Mark::Point | Mark::Line | Mark::Rule));
                let narrower = if filled { Channel::Fill } else { Channel::Stroke };
                if unit.encoding.get(narrower).is_some() {
                    return false;
                }
            }
            _ => {}
        }
        match support(entry.channel, mark) {
            Support::Always => true,
            Support::Never => false,
            Support::Binned => {
                let first = entry
                    .channel
                    .primary()
                    .and_then(|first| unit.encoding.own_field(first));
                field.is_some() && first.is_some_and(|def| matches!(def.bin, Some(Bin::Binned(_))))
            }
        }
    }
}

/// Whether an offset stands inside a continuous position, which has no bands to be offset in.
fn is_offset_of_continuous(entry: &EncodingEntry, done: &Encoding) -> bool {
    let main = if entry.channel == Channel::XOffset {
        Channel::X
    } else {
        Channel::Y
    };
    let Some(position) = done.own_field(main) else {
        return false;
    };
    let continuous = matches!(
        position.measured_as(main),
        FieldType::Quantitative | FieldType::Temporal
    );
    let is_field = entry.defs.first().is_some_and(|def| def.own_field().is_some());
    continuous && position.time_unit.is_none() && is_field
}

fn completed_entry(entry: &EncodingEntry, channel: Channel) -> EncodingEntry {
    let lists_fields = channel == Channel::Detail || entry.listed;
    let defs = entry
        .defs
        .iter()
        .filter(|def| !lists_fields || def.own_field().is_some())
        .map(|def| completed_def(def.clone(), channel))
        .collect();
    EncodingEntry {
        channel,
        defs,
        listed: entry.listed,
    }
}

fn completed_def(def: ChannelDef, channel: Channel) -> ChannelDef {
    match def {
        ChannelDef::Field(def) => completed_field(*def, channel).into(),
        ChannelDef::Datum(mut def) => {
            def.field_type = def.field_type.or(match &def.datum {
                Ok(Literal::Number(_)) => Some(FieldType::Quantitative),
                Ok(Literal::Text(_)) => Some(FieldType::Nominal),
                Ok(Literal::DateTime(_)) => Some(FieldType::Temporal),
                _ => None,
            });
            ChannelDef::Datum(def)
        }
        ChannelDef::Value(mut def) => {
            if let (true, Some(condition)) = (def.condition.is_empty(), parameter_condition(&def.rest)) {
                def.rest.shift_remove("condition");
                def.condition.push(condition);
            }
            for condition in &mut def.condition {
                if let ConditionalValue::Def(inner) = &mut condition.then {
                    **inner = completed_def((**inner).clone(), channel);
                }
            }
            ChannelDef::Value(def)
        }
    }
}

/// A field definition with its type inferred and its bin given a number.
pub(super) fn completed_field(mut def: FieldDef, channel: Channel) -> FieldDef {
    if !def.refers_to_data() {
        return def;
    }
    if let Some(bin) = def.binning(channel) {
        def.bin = Some(Bin::On(bin));
    }
    let is_second = channel.primary().is_some();
    if !is_second || def.field_type.is_some() {
        def.field_type = Some(def.measured_as(channel));
    }
    def
}

/// Whether a mark knows a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Support {
    Always,
    /// Only where the first position holds binned data.
    Binned,
    Never,
}

/// Which channels a mark knows, after Vega-Lite's `channel.ts`.
fn support(channel: Channel, mark: Mark) -> Support {
    use Channel as C;
    use Mark as M;
    let known = match channel {
        C::X | C::Y | C::XOffset | C::YOffset | C::Latitude | C::Longitude | C::Time => mark != M::Geoshape,
        C::X2 | C::Y2 | C::Latitude2 | C::Longitude2 => match mark {
            M::Area | M::Bar | M::Image | M::Rect | M::Rule => true,
            M::Circle | M::Point | M::Square | M::Tick | M::Line | M::Trail => return Support::Binned,
            _ => false,
        },
        C::Size => matches!(
            mark,
            M::Point | M::Tick | M::Rule | M::Circle | M::Square | M::Bar | M::Text | M::Line | M::Trail
        ),
        C::StrokeDash => matches!(
            mark,
            M::Line | M::Point | M::Tick | M::Rule | M::Circle | M::Square | M::Bar | M::Geoshape
        ),
        C::Shape => matches!(mark, M::Point | M::Geoshape),
        C::Text => mark == M::Text,
        C::Angle => matches!(mark, M::Point | M::Square | M::Text),
        C::Url => mark == M::Image,
        C::Theta | C::Radius => matches!(mark, M::Text | M::Arc),
        C::Theta2 | C::Radius2 => mark == M::Arc,
        _ => true,
    };
    if known { Support::Always } else { Support::Never }
}

/// Where a nominal color has an explicit domain, stacks and groups follow its order.
fn align_stack_order(view: &mut View, unit: &mut Unit, mark: Mark) {
    let Some((field, domain)) = color_domain(&unit.encoding) else {
        return;
    };
    if unit.encoding.get(Channel::Order).is_some() {
        return;
    }
    let offset = [Channel::XOffset, Channel::YOffset]
        .into_iter()
        .find(|channel| unit.encoding.get(*channel).is_some());
    if let Some(def) = offset.and_then(|channel| unit.encoding.field_mut(channel))
        && def.refers_to_data()
        && def.sort.is_none()
    {
        def.sort = Some(Sort::Values(domain));
        return;
    }
    if stacking(mark, unit.mark.orient, &unit.encoding).is_none() {
        return;
    }
    let listed = Value::Array(domain.iter().map(literal_json).collect());
    let index = FieldName::new(format!("_{field}_sort_index"));
    view.transform.push(Transform::Calculate {
        calculate: Expression(format!("indexof({listed}, datum['{field}'])")),
        output: index.clone(),
    });
    let order = match unit.mark.orient {
        Some(MarkOrient::Horizontal) => SortOrder::Ascending,
        _ => SortOrder::Descending,
    };
    let def = FieldDef::new(index, FieldType::Quantitative).sorted(Sort::Order(order));
    unit.encoding.set(Channel::Order, def);
    unit.encoding.entries.sort_by_key(|entry| {
        Channel::UNIT_ORDER
            .iter()
            .position(|channel| *channel == entry.channel)
    });
}

/// The nominal field of the color and the values listed as its domain.
fn color_domain(encoding: &Encoding) -> Option<(FieldName, Vec<Literal>)> {
    let channel = match encoding.get(Channel::Fill) {
        Some(_) => Channel::Fill,
        None => Channel::Color,
    };
    let def = encoding.own_field(channel)?;
    let scale = def.scale.as_ref().and_then(Setting::on)?;
    match &scale.domain {
        Some(Domain::Values(values)) if def.measured_as(channel) == FieldType::Nominal => {
            Some((def.name()?.clone(), values.clone()))
        }
        _ => None,
    }
}

fn literal_json(literal: &Literal) -> Value {
    match literal {
        Literal::Bool(value) => Value::from(*value),
        Literal::Number(value) => Value::from(*value),
        Literal::Text(value) => Value::from(value.as_str()),
        Literal::DateTime(value) => Value::Object(value.clone()),
        _ => Value::Null,
    }
}
