//! The prices of edits.

use std::ops::Deref;

use crate::{Channel, Mark};

/// The prices of edits; the defaults are GraphScape's where GraphScape has one.
///
/// | edit | price |
/// |---|---|
/// | another mark (bar, line, area, point, tick, text) | 0.01 (point, tick) to 0.08 (area, text) |
/// | another mark of any other kind | 0.1 |
/// | scale / sort / bin or time unit / aggregate of a field | 0.60 / 0.61 / 0.62 / 0.63 |
/// | filter changed / added or removed | 0.64 / 0.65 |
/// | level of measurement, other step of the data | 0.60, 0.65 |
/// | a field moves to another channel | 4.43 to 4.47 by the kinds of channels |
/// | x and y / rows and columns exchanged | 4.42 / 4.41 |
/// | a field added or removed | 4.59 (x, y), 4.57 (facets), 4.55 (colour), 4.53 (size), 4.51 (shape), 4.49 (others); a count 0.01 less |
/// | a field replaced | 0.12 more than adding one |
/// | layering, faceting, putting side by side | 1 |
/// | other data | 1 |
/// | any other property (colour, title, axis …), each | 0.05 |
#[derive(Debug, Clone, PartialEq)]
pub struct EditCosts {
    /// Another mark where the table has no price.
    pub mark: f64,
    /// Another scale or level of measurement.
    pub scale: f64,
    /// Another order.
    pub sort: f64,
    /// Other bins or another time unit.
    pub bin: f64,
    /// Another summary or stacking.
    pub aggregate: f64,
    /// A changed filter.
    pub modify_filter: f64,
    /// A step of the data added or removed.
    pub step: f64,
    /// What replacing a field costs more than adding one.
    pub replace: f64,
    /// What a count costs less than a field.
    pub count_discount: f64,
    /// Exchange of x and y.
    pub swap_positions: f64,
    /// Exchange of rows and columns.
    pub swap_facets: f64,
    /// Another way to put views together.
    pub composition: f64,
    /// Other data.
    pub data: f64,
    /// Any other property.
    pub property: f64,
}

impl Default for EditCosts {
    fn default() -> Self {
        Self {
            mark: 0.1,
            scale: 0.6,
            sort: 0.61,
            bin: 0.62,
            aggregate: 0.63,
            modify_filter: 0.64,
            step: 0.65,
            replace: 0.12,
            count_discount: 0.01,
            swap_positions: 4.42,
            swap_facets: 4.41,
            composition: 1.0,
            data: 1.0,
            property: 0.05,
        }
    }
}

/// The prices of one comparison, and how thorough it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pricing<'a> {
    pub costs: &'a EditCosts,
    /// Whether the least cost is looked for; otherwise parts are compared place by place.
    pub exact: bool,
}

impl Deref for Pricing<'_> {
    type Target = EditCosts;

    fn deref(&self) -> &EditCosts {
        self.costs
    }
}

/// Prices of changing one basic mark into another.
const MARKS: [(Mark, Mark, f64); 15] = [
    (Mark::Area, Mark::Bar, 0.03),
    (Mark::Area, Mark::Line, 0.02),
    (Mark::Area, Mark::Point, 0.04),
    (Mark::Area, Mark::Text, 0.08),
    (Mark::Area, Mark::Tick, 0.04),
    (Mark::Bar, Mark::Line, 0.04),
    (Mark::Bar, Mark::Point, 0.02),
    (Mark::Bar, Mark::Text, 0.06),
    (Mark::Bar, Mark::Tick, 0.02),
    (Mark::Line, Mark::Point, 0.03),
    (Mark::Line, Mark::Text, 0.07),
    (Mark::Line, Mark::Tick, 0.03),
    (Mark::Point, Mark::Text, 0.05),
    (Mark::Point, Mark::Tick, 0.01),
    (Mark::Text, Mark::Tick, 0.05),
];

impl EditCosts {
    /// Changing one mark into another.
    pub(super) fn between_marks(&self, a: Option<Mark>, b: Option<Mark>) -> f64 {
        let (Some(a), Some(b)) = (a, b) else {
            return if a == b { 0.0 } else { self.mark };
        };
        if a == b {
            return 0.0;
        }
        MARKS
            .iter()
            .find(|(x, y, _)| (*x, *y) == (a, b) || (*x, *y) == (b, a))
            .map_or(self.mark, |(_, _, cost)| *cost)
    }

    /// Adding something to a channel, or removing it.
    pub(super) fn add(&self, channel: Channel) -> f64 {
        use Channel as C;
        match channel {
            C::X | C::Y => 4.59,
            C::Row | C::Column | C::Facet => 4.57,
            C::Color | C::Fill | C::Stroke => 4.55,
            C::Size => 4.53,
            C::Shape => 4.51,
            _ => 4.49,
        }
    }

    /// Moving what a channel carries to another.
    pub(super) fn move_between(&self, a: Channel, b: Channel) -> f64 {
        if a == b {
            return 0.0;
        }
        match (Kind::of(a), Kind::of(b)) {
            (Kind::Facet, Kind::Visual) | (Kind::Visual, Kind::Facet) => 4.47,
            (Kind::Position, Kind::Visual) | (Kind::Visual, Kind::Position) => 4.46,
            (Kind::Visual, Kind::Visual) => 4.43,
            _ => 4.44,
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Position,
    Facet,
    Visual,
}

impl Kind {
    fn of(channel: Channel) -> Kind {
        if channel.is_facet() {
            Kind::Facet
        } else if channel.is_non_position() {
            Kind::Visual
        } else {
            Kind::Position
        }
    }
}
