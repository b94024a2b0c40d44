//! What may stand on which channel of which mark.
//!
//! Two kinds of rules: what a chart needs to be drawn at all, which always holds, and the hard
//! design rules of `marey-rules` that can be told from the chart so far, which hold where they are
//! asked for ([`Design::Ruled`]): a request outranks taste, a proposal does not.

use marey_core::{Channel, FieldType, Mark, PhysicalType};

use super::{
    Design, Function, Scope, ScopeColumn, Shown, Slot, Summary, UnitOfTime,
    token::{BINS, LEVELS},
};

/// Most columns on `detail`.
pub(super) const MAX_DETAIL: usize = 3;

/// Most categories on an axis, by the rule `readable_number_of_categories`.
const MAX_AXIS: u64 = 60;
/// Most panels, by the rule `readable_number_of_panels`.
const MAX_PANELS: u64 = 30;
/// Most colours, by the rule `tellable_colors`.
const MAX_COLORS: u64 = 20;
/// Most shapes, by the rule `tellable_shapes`.
const MAX_SHAPES: u64 = 8;
/// Most parts of a pie, by the rule `pie_of_few_parts`.
const MAX_PARTS: u64 = 8;

/// What something shown is to a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A quantity that is not cut into bins.
    Measure,
    /// Categories, or bins.
    Category,
    /// Time on a continuous axis.
    Time,
}

/// Whether a mark uses a channel, and whether it must.
pub(super) fn need(mark: Mark, channel: Channel) -> Option<bool> {
    use Channel as C;
    use Mark as M;
    match (mark, channel) {
        (M::Arc, C::X | C::Y) => None,
        (M::Arc, C::Color | C::Theta) => Some(true),
        (_, C::Theta) => None,
        (M::Tick | M::Boxplot, C::Y) => Some(false),
        (_, C::X | C::Y) => Some(true),
        (M::Rect, C::Color) => Some(true),
        (_, C::Color) => Some(false),
        (M::Bar, C::XOffset | C::YOffset) => Some(false),
        (_, C::XOffset | C::YOffset) => None,
        (M::Point | M::Circle, C::Size) => Some(false),
        (_, C::Size) => None,
        (M::Point, C::Shape) => Some(false),
        (_, C::Shape) => None,
        (_, C::Detail | C::Row | C::Column | C::Facet) => Some(false),
        _ => None,
    }
}

/// The level of measurement that is not said, after the usage of nvBench and Vega-Lite's defaults.
pub(super) fn usual_level(
    mark: Mark,
    channel: Channel,
    shown: &Shown,
    column: Option<&ScopeColumn>,
) -> FieldType {
    match (shown.function, column) {
        (Function::Count | Function::Summary(_) | Function::Bin(_), _) | (_, None) => FieldType::Quantitative,
        (Function::Unit(unit), _) if unit.is_absolute() && !is_panel(channel) => FieldType::Temporal,
        (Function::Unit(_), _) => FieldType::Ordinal,
        (Function::Raw, Some(column)) => raw_level(mark, channel, column),
    }
}

fn raw_level(mark: Mark, channel: Channel, column: &ScopeColumn) -> FieldType {
    let on_axis = matches!(channel, Channel::X | Channel::Y | Channel::Theta | Channel::Size);
    let measured = on_axis && !(mark == Mark::Bar && channel == Channel::X);
    match (column.is_number(), column.is_time()) {
        (true, _) if measured => FieldType::Quantitative,
        (_, true) if on_axis => FieldType::Temporal,
        (true, _) | (_, true) => FieldType::Ordinal,
        _ if column.physical == PhysicalType::Time => FieldType::Ordinal,
        _ => FieldType::Nominal,
    }
}

pub(super) fn is_panel(channel: Channel) -> bool {
    channel.is_facet()
}

/// The chart so far, as far as what follows depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) scope: &'a Scope,
    pub(super) design: Design,
    /// Whether some columns must be shown: what finds no other place goes to `detail`.
    pub(super) locked: bool,
    pub(super) mark: Mark,
    pub(super) slots: &'a [Slot],
}

impl<'a> Place<'a> {
    pub(super) fn level(&self, channel: Channel, shown: &Shown) -> FieldType {
        let column = shown.column.map(|at| &self.scope.columns()[at]);
        shown
            .level
            .unwrap_or_else(|| usual_level(self.mark, channel, shown, column))
    }

    pub(super) fn class(&self, channel: Channel, shown: &Shown) -> Class {
        match (self.level(channel, shown), shown.function) {
            (FieldType::Quantitative, Function::Bin(_)) => Class::Category,
            (FieldType::Quantitative, _) => Class::Measure,
            (FieldType::Temporal, _) => Class::Time,
            _ => Class::Category,
        }
    }

    /// What a channel shows, with its class.
    pub(super) fn on(&self, channel: Channel) -> Option<(&'a Shown, Class)> {
        let slot = self.slots.iter().find(|slot| slot.channel == channel)?;
        Some((&slot.shown, self.class(channel, &slot.shown)))
    }

    /// Whether something may be shown on a channel, given what is shown already.
    pub(super) fn fits(&self, channel: Channel, shown: &Shown) -> bool {
        let column = shown.column.map(|at| &self.scope.columns()[at]);
        let class = self.class(channel, shown);
        computes(shown, column)
            && self.is_unusual(channel, shown, column)
            && self.stands(channel, shown, class)
            && self.differs(channel, shown)
            && (self.design == Design::Free || self.is_designed(channel, shown, class, column))
    }

    /// A level is said only where it is not the usual one.
    fn is_unusual(&self, channel: Channel, shown: &Shown, column: Option<&ScopeColumn>) -> bool {
        shown
            .level
            .is_none_or(|level| level != usual_level(self.mark, channel, shown, column))
    }

    /// What the channel of the mark can carry.
    fn stands(&self, channel: Channel, shown: &Shown, class: Class) -> bool {
        use Channel as C;
        let discrete = matches!(
            self.level(channel, shown),
            FieldType::Nominal | FieldType::Ordinal
        );
        let groups = discrete && !shown.function.is_summary();
        match channel {
            C::X => self.stands_across(shown, class),
            C::Y => self.stands_up(shown, class),
            C::Theta | C::Size => class == Class::Measure,
            C::Color => match self.mark {
                Mark::Boxplot | Mark::Arc => groups,
                Mark::Rect => class == Class::Measure,
                _ => class == Class::Measure || groups,
            },
            C::XOffset => groups && self.is_band(C::X),
            C::YOffset => groups && self.is_band(C::Y) && self.on(C::XOffset).is_none(),
            C::Row | C::Column => groups && matches!(shown.function, Function::Raw | Function::Unit(_)),
            C::Facet => {
                groups
                    && matches!(shown.function, Function::Raw | Function::Unit(_))
                    && self.on(C::Row).is_none()
                    && self.on(C::Column).is_none()
            }
            _ => groups,
        }
    }

    fn stands_across(&self, shown: &Shown, class: Class) -> bool {
        let summary = shown.function.is_summary();
        let raw = class == Class::Measure && !summary;
        match self.mark {
            Mark::Line | Mark::Area => !summary,
            Mark::Tick => raw || class == Class::Time,
            Mark::Rect => class == Class::Category,
            Mark::Boxplot => raw || class == Class::Category,
            _ => true,
        }
    }

    fn stands_up(&self, shown: &Shown, class: Class) -> bool {
        let Some((x, across)) = self.on(Channel::X) else {
            return true;
        };
        let measure = class == Class::Measure;
        match self.mark {
            Mark::Bar => measure != (across == Class::Measure),
            Mark::Line | Mark::Area => measure,
            Mark::Tick => class == Class::Category && !shown.function.is_summary(),
            Mark::Rect => class == Class::Category,
            Mark::Boxplot if across == Class::Measure => class == Class::Category,
            Mark::Boxplot => measure && !shown.function.is_summary(),
            _ => !(x.function == Function::Count && shown.function == Function::Count),
        }
    }

    /// Whether the axis of a bar is one of bands.
    fn is_band(&self, channel: Channel) -> bool {
        self.slots
            .iter()
            .find(|slot| slot.channel == channel)
            .is_some_and(|slot| {
                matches!(
                    self.level(channel, &slot.shown),
                    FieldType::Nominal | FieldType::Ordinal
                )
            })
    }

    /// The axes show different things, no column stands in three places, and `detail` repeats none.
    fn differs(&self, channel: Channel, shown: &Shown) -> bool {
        let same = |other: &Shown| other.function == shown.function && other.column == shown.column;
        let axes = channel == Channel::Y
            && self
                .on(Channel::X)
                .is_some_and(|(x, _)| shown.column.is_some() && same(x));
        let uses = |slot: &&Slot| shown.column.is_some() && slot.shown.column == shown.column;
        let used = self.slots.iter().filter(uses).count();
        let repeated = channel == Channel::Detail && used > 0;
        !axes && used < 2 && !repeated
    }

    /// The hard rules of design that can be told here, by their names in `marey-rules`.
    fn is_designed(
        &self,
        channel: Channel,
        shown: &Shown,
        class: Class,
        column: Option<&ScopeColumn>,
    ) -> bool {
        let Some(column) = column else {
            return true;
        };
        let level = self.level(channel, shown);
        let discrete = matches!(level, FieldType::Nominal | FieldType::Ordinal);
        let groups = (discrete && shown.function == Function::Raw).then_some(column.distinct);
        let on_axis = matches!(channel, Channel::X | Channel::Y);
        let most = match channel {
            Channel::X | Channel::Y => MAX_AXIS,
            Channel::Row | Channel::Column | Channel::Facet => MAX_PANELS,
            Channel::Color if self.mark == Mark::Arc => MAX_PARTS,
            Channel::Color => MAX_COLORS,
            Channel::Shape => MAX_SHAPES,
            _ => u64::MAX,
        };
        // readable_number_of_categories, readable_number_of_panels, tellable_colors,
        // tellable_shapes, pie_of_few_parts
        let few = groups.is_none_or(|groups| groups <= most);
        // pie_of_positive_parts, size_of_positive
        let values = !matches!(shown.function, Function::Summary(summary) if !summary.needs_numbers());
        let positive = !matches!(channel, Channel::Theta | Channel::Size) || !values || !column.negatives;
        // line_over_order
        let path = matches!(self.mark, Mark::Line | Mark::Area);
        let ordered = !(path && on_axis && level == FieldType::Nominal);
        // sum_of_additive, identifier_as_quantity, time_unit_of_time
        let summed = shown.function != Function::Summary(Summary::Sum) || column.summable;
        let measured = !(column.identifier && class == Class::Measure && values);
        let timed = !matches!(shown.function, Function::Unit(_)) || !column.is_number();
        let sound = few && positive && ordered && summed && measured && timed;
        sound && self.adds_up(channel, discrete) && self.axes_differ(channel, shown)
    }

    /// `different_axes`: a column is not shown against its own bins.
    fn axes_differ(&self, channel: Channel, shown: &Shown) -> bool {
        let plain = |function: Function| matches!(function, Function::Raw | Function::Bin(_));
        channel != Channel::Y
            || self
                .on(Channel::X)
                .is_none_or(|(x, _)| x.column != shown.column || !plain(x.function) || !plain(shown.function))
    }

    /// `stack_of_totals`: only totals and counts are stacked.
    fn adds_up(&self, channel: Channel, discrete: bool) -> bool {
        let detail = channel == Channel::Detail && !self.locked;
        let parts = (channel == Channel::Color || detail) && discrete;
        let stacked = matches!(self.mark, Mark::Bar | Mark::Area);
        let beside = self.on(Channel::XOffset).is_some() || self.on(Channel::YOffset).is_some();
        !parts || !stacked || beside || self.length().is_none_or(|shown| is_total(shown.function))
    }

    /// The axis along which bars and areas have their length.
    pub(super) fn length(&self) -> Option<&'a Shown> {
        [Channel::Y, Channel::X]
            .into_iter()
            .filter_map(|channel| self.on(channel))
            .find(|(_, class)| *class == Class::Measure)
            .map(|(shown, _)| shown)
    }
}

/// Whether the values of parts add up to that of the whole; plain values are taken to.
pub(super) fn is_total(function: Function) -> bool {
    match function {
        Function::Summary(summary) => summary.is_total(),
        _ => true,
    }
}

/// Whether a function can be computed of a column.
fn computes(shown: &Shown, column: Option<&ScopeColumn>) -> bool {
    let Some(column) = column else {
        return shown.function == Function::Count && shown.level.is_none();
    };
    let typed = match shown.level {
        None => true,
        Some(FieldType::Quantitative) => column.is_number() && shown.function == Function::Raw,
        Some(FieldType::Temporal) => {
            column.is_time() && shown.function == Function::Raw
                || matches!(shown.function, Function::Unit(_)) && column.is_time()
        }
        Some(_) => !shown.function.is_summary(),
    };
    typed
        && column.is_usable()
        && match shown.function {
            Function::Raw => true,
            Function::Count => false,
            Function::Summary(summary) => !summary.needs_numbers() || column.is_number(),
            Function::Bin(_) => column.is_number(),
            Function::Unit(unit) => can_truncate(unit, column),
        }
}

/// Whole numbers are taken as years, whose months and days are those of the first of January.
fn can_truncate(unit: UnitOfTime, column: &ScopeColumn) -> bool {
    match column.physical {
        PhysicalType::Timestamp => true,
        PhysicalType::Date => !unit.needs_clock(),
        PhysicalType::Time => unit.fits_time_of_day(),
        PhysicalType::Int => matches!(
            unit,
            UnitOfTime::Month | UnitOfTime::Day | UnitOfTime::YearMonthDate | UnitOfTime::Quarter
        ),
        _ => false,
    }
}

/// Everything that can be said of one column.
pub(super) fn readings(column: usize) -> impl Iterator<Item = Shown> {
    let shown = move |level, function| Shown {
        level,
        function,
        column: Some(column),
    };
    let raw = std::iter::once(None)
        .chain(LEVELS.map(Some))
        .map(move |level| shown(level, Function::Raw));
    let summaries = Summary::ALL
        .into_iter()
        .map(move |summary| shown(None, Function::Summary(summary)));
    let units = UnitOfTime::ALL.into_iter().flat_map(move |unit| {
        [None, Some(FieldType::Temporal), Some(FieldType::Ordinal)]
            .map(|level| shown(level, Function::Unit(unit)))
    });
    let bins = BINS.into_iter().flat_map(move |bins| {
        [None, Some(FieldType::Ordinal)].map(|level| shown(level, Function::Bin(bins)))
    });
    raw.chain(summaries).chain(units).chain(bins)
}

/// The number of rows.
pub(super) const COUNT: Shown = Shown {
    level: None,
    function: Function::Count,
    column: None,
};
