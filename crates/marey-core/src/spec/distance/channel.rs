//! Differences of encodings: what moves, what is replaced, what is summarised differently.

use serde_json::Value;

use super::{assignment::least_cost, cost::Pricing, leaf};
use crate::{
    Channel,
    spec::{
        ChannelDef, Encoding, FieldDef, FieldRef, Sort,
        json::{Json, Tier},
    },
};

/// Most definitions that are matched at least cost; beyond, channel by channel.
const MAX_MATCHED: usize = 32;

/// One definition with its channel.
#[derive(Clone)]
pub(super) struct Bound<'a> {
    channel: Channel,
    def: &'a ChannelDef,
    /// What is said about the channel beside the prices that have a name.
    other: Value,
    sort: Option<Sort>,
}

impl<'a> Bound<'a> {
    pub(super) fn new(channel: Channel, def: &'a ChannelDef) -> Self {
        let (other, sort) = match def {
            ChannelDef::Field(field) => (other_properties(field), field.sort.clone()),
            def => (def.write(Tier::Whole), None),
        };
        Self {
            channel,
            def,
            other,
            sort,
        }
    }

    /// The same definition with channels exchanged.
    fn exchanged(&self, exchange: Exchange) -> Self {
        let mut sort = self.sort.clone();
        if let Some(Sort::Channel { channel, .. }) = &mut sort {
            *channel = exchange(*channel);
        }
        Self {
            channel: exchange(self.channel),
            sort,
            ..self.clone()
        }
    }
}

/// What a definition says beside the parts that have a price of their own.
fn other_properties(def: &FieldDef) -> Value {
    FieldDef {
        field: None,
        field_type: None,
        aggregate: None,
        bin: None,
        time_unit: None,
        sort: None,
        stack: None,
        scale: None,
        ..def.clone()
    }
    .write(Tier::Whole)
}

/// All definitions of an encoding.
pub(super) fn bound(encoding: &Encoding) -> Vec<Bound<'_>> {
    encoding
        .entries
        .iter()
        .flat_map(|entry| entry.defs.iter().map(|def| Bound::new(entry.channel, def)))
        .collect()
}

/// The cost of adding everything that is bound.
pub(super) fn weight(bound: &[Bound<'_>], costs: &Pricing<'_>) -> f64 {
    bound.iter().map(|item| single(item, costs)).sum()
}

/// A renaming of channels that undoes itself.
type Exchange = fn(Channel) -> Channel;

/// The least cost of turning one encoding into another, exchanges of axes included.
pub(super) fn between(a: &[Bound<'_>], b: &[Bound<'_>], costs: &Pricing<'_>) -> f64 {
    let exchanges: [(Exchange, f64); 4] = [
        (|channel| channel, 0.0),
        (exchange_positions, costs.swap_positions),
        (exchange_facets, costs.swap_facets),
        (
            |channel| exchange_facets(exchange_positions(channel)),
            costs.swap_positions + costs.swap_facets,
        ),
    ];
    let mut least = f64::INFINITY;
    for (exchange, price) in exchanges {
        if price >= least {
            continue;
        }
        let exchanged: Vec<Bound<'_>> = a.iter().map(|item| item.exchanged(exchange)).collect();
        least = least.min(price + matched(&exchanged, b, costs));
    }
    least
}

fn exchange_positions(channel: Channel) -> Channel {
    match channel {
        Channel::X => Channel::Y,
        Channel::Y => Channel::X,
        Channel::X2 => Channel::Y2,
        Channel::Y2 => Channel::X2,
        Channel::XOffset => Channel::YOffset,
        Channel::YOffset => Channel::XOffset,
        other => other,
    }
}

fn exchange_facets(channel: Channel) -> Channel {
    match channel {
        Channel::Row => Channel::Column,
        Channel::Column => Channel::Row,
        other => other,
    }
}

fn matched(a: &[Bound<'_>], b: &[Bound<'_>], costs: &Pricing<'_>) -> f64 {
    if !costs.exact || a.len().max(b.len()) > MAX_MATCHED {
        return channel_by_channel(a, b, costs);
    }
    // Whoever is left without a partner is paired with nobody: removed or added.
    least_cost(a.len() + b.len(), |row, column| {
        match (a.get(row), b.get(column)) {
            (Some(from), Some(to)) => change(from, to, costs),
            (Some(from), None) => single(from, costs),
            (None, Some(to)) => single(to, costs),
            (None, None) => 0.0,
        }
    })
}

fn channel_by_channel(a: &[Bound<'_>], b: &[Bound<'_>], costs: &Pricing<'_>) -> f64 {
    Channel::ALL
        .iter()
        .map(|channel| {
            let (a, b) = (on_channel(a, *channel), on_channel(b, *channel));
            super::alignment::align(
                costs.exact,
                &a,
                &b,
                |x, y| change(x, y, costs),
                |item| single(item, costs),
            )
        })
        .sum()
}

fn on_channel<'a>(items: &[Bound<'a>], channel: Channel) -> Vec<Bound<'a>> {
    items
        .iter()
        .filter(|item| item.channel == channel)
        .cloned()
        .collect()
}

fn is_count(def: &ChannelDef) -> bool {
    matches!(def, ChannelDef::Field(def) if def.aggregate == Some(crate::Aggregate::Count))
}

fn single(item: &Bound<'_>, costs: &Pricing<'_>) -> f64 {
    let discount = if is_count(item.def) {
        costs.count_discount
    } else {
        0.0
    };
    costs.add(item.channel) - discount
}

fn change(a: &Bound<'_>, b: &Bound<'_>, costs: &Pricing<'_>) -> f64 {
    let both = single(a, costs) + single(b, costs);
    let moved = costs.move_between(a.channel, b.channel);
    let replaced = if is_same_binding(a.def, b.def) {
        0.0
    } else {
        costs.add(a.channel).max(costs.add(b.channel)) + costs.replace
    };
    both.min(moved + replaced + details(a, b, costs))
}

/// Whether two definitions show the same thing, however they summarise it.
fn is_same_binding(a: &ChannelDef, b: &ChannelDef) -> bool {
    let field = |def: &FieldDef| -> (Option<FieldRef>, bool) {
        (def.field.clone(), def.aggregate == Some(crate::Aggregate::Count))
    };
    match (a, b) {
        (ChannelDef::Field(a), ChannelDef::Field(b)) => field(a) == field(b),
        (ChannelDef::Datum(a), ChannelDef::Datum(b)) => a.datum == b.datum,
        (ChannelDef::Value(_), ChannelDef::Value(_)) => true,
        _ => false,
    }
}

fn details(a: &Bound<'_>, b: &Bound<'_>, costs: &Pricing<'_>) -> f64 {
    let properties = costs.property * leaf::differing(&a.other, &b.other) as f64;
    let (ChannelDef::Field(x), ChannelDef::Field(y)) = (a.def, b.def) else {
        return properties;
    };
    let price = |differs: bool, price: f64| if differs { price } else { 0.0 };
    properties
        + price(x.aggregate != y.aggregate, costs.aggregate)
        + price(x.stack != y.stack, costs.aggregate)
        + price(x.bin != y.bin, costs.bin)
        + price(x.time_unit != y.time_unit, costs.bin)
        + price(a.sort != b.sort, costs.sort)
        + price(x.scale != y.scale, costs.scale)
        + price(x.field_type != y.field_type, costs.scale)
}
