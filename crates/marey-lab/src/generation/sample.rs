//! Charts that make sense for a table, by lot.
//!
//! Bounds follow the design rules of `marey-rules`: a pie has few parts, colours can be told apart, what
//! is stacked adds up, a column that follows from another is not crossed with it.

use marey_core::{Mark, PhysicalType};
use marey_features::action::{StackKind, Summary, UnitOfTime};
use marey_model::Random;

use super::{
    cast::Cast,
    condition,
    plan::{Dimension, Idea, Limit, Order, Panels, Plan, Value},
};

/// Most parts of a pie.
const MOST_PARTS: u64 = 7;
/// Most colours.
const MOST_COLORS: u64 = 8;
/// Most bars where all groups are shown.
const MOST_BARS: u64 = 25;
/// Most charts of their own.
const MOST_PANELS: u64 = 9;
/// Draws before an idea is given up for a table.
const TRIES: usize = 40;

/// Ideas with how often each is tried, in parts of their sum.
const IDEAS: &[(Idea, usize)] = &[
    (Idea::Comparison, 30),
    (Idea::Ranking, 9),
    (Idea::Trend, 20),
    (Idea::Cycle, 7),
    (Idea::Share, 9),
    (Idea::Histogram, 8),
    (Idea::Spread, 8),
    (Idea::Relationship, 12),
    (Idea::Grouped, 7),
    (Idea::Stacked, 8),
    (Idea::Composition, 5),
    (Idea::Heat, 4),
];

/// A chart for a table; none where no idea suits it.
pub(super) fn plan(cast: &Cast<'_>, random: &mut Random) -> Option<Plan> {
    for _ in 0..TRIES {
        let idea = weighted(IDEAS, random);
        let lot = Lot { cast, random };
        if let Some(plan) = lot.of(idea) {
            return Some(plan);
        }
    }
    None
}

fn weighted<T: Copy>(choices: &[(T, usize)], random: &mut Random) -> T {
    let mut left = random.below(choices.iter().map(|(_, weight)| weight).sum());
    for (choice, weight) in choices {
        if left < *weight {
            return *choice;
        }
        left -= weight;
    }
    choices[0].0
}

/// One draw.
struct Lot<'a, 'b> {
    cast: &'a Cast<'b>,
    random: &'a mut Random,
}

impl Lot<'_, '_> {
    fn of(mut self, idea: Idea) -> Option<Plan> {
        let mut plan = match idea {
            Idea::Comparison => self.comparison()?,
            Idea::Ranking => self.ranking()?,
            Idea::Trend => self.trend()?,
            Idea::Cycle => self.cycle()?,
            Idea::Share => self.share()?,
            Idea::Histogram => self.histogram()?,
            Idea::Spread => self.spread()?,
            Idea::Relationship => self.relationship()?,
            Idea::Grouped => self.pair(Idea::Grouped)?,
            Idea::Stacked => self.pair(Idea::Stacked)?,
            Idea::Composition => self.pair(Idea::Composition)?,
            Idea::Heat => self.heat()?,
        };
        self.put_in_panels(&mut plan);
        self.put_conditions(&mut plan);
        Some(plan)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.random.below(100) < percent
    }

    fn one(&mut self, columns: &[usize]) -> Option<usize> {
        (!columns.is_empty()).then(|| columns[self.random.below(columns.len())])
    }

    /// A column that groups rows into at most so many.
    fn category(&mut self, most: u64, but: &[usize]) -> Option<usize> {
        let cast = self.cast;
        let own: Vec<usize> = cast
            .categories
            .iter()
            .copied()
            .filter(|at| cast.distinct(*at) <= most && !but.contains(at))
            .filter(|at| but.iter().all(|other| !cast.is_crossed_in_vain(*at, *other)))
            .collect();
        self.one(&own)
    }

    fn measure(&mut self, but: &[usize]) -> Option<usize> {
        let own: Vec<usize> = self
            .cast
            .measures
            .iter()
            .copied()
            .filter(|at| !but.contains(at))
            .collect();
        self.one(&own)
    }

    /// A summary of a measure, or a count.
    fn value(&mut self, counts: usize, but: &[usize]) -> Option<Value> {
        if self.chance(counts) || self.cast.measures.is_empty() {
            return match self.chance(8) {
                true => self.distinct(but),
                false => Some(Value::Count),
            };
        }
        let at = self.measure(but)?;
        Some(Value::Summary(self.summary(at), at))
    }

    /// The number of different values of another column.
    fn distinct(&mut self, but: &[usize]) -> Option<Value> {
        let cast = self.cast;
        let named: Vec<usize> = cast
            .labels
            .iter()
            .chain(&cast.categories)
            .copied()
            .filter(|at| !but.contains(at) && cast.distinct(*at) > 3)
            .collect();
        self.one(&named).map(|at| Value::Summary(Summary::Distinct, at))
    }

    fn summary(&mut self, at: usize) -> Summary {
        let usual = self.cast.usual_summary(at);
        let wanted = weighted(
            &[
                (usual, 50),
                (Summary::Mean, 22),
                (Summary::Sum, 12),
                (Summary::Median, 6),
                (Summary::Max, 6),
                (Summary::Min, 4),
                (Summary::Stdev, 1),
            ],
            self.random,
        );
        match wanted {
            Summary::Sum if !self.cast.is_summable(at) => Summary::Mean,
            other => other,
        }
    }

    fn total(&mut self, counts: usize) -> Value {
        let cast = self.cast;
        let summable: Vec<usize> = cast
            .measures
            .iter()
            .copied()
            .filter(|at| cast.usual_summary(*at) == Summary::Sum && is_positive(cast, *at))
            .collect();
        match self.one(&summable) {
            Some(at) if !self.chance(counts) => Value::Summary(Summary::Sum, at),
            _ => Value::Count,
        }
    }

    fn comparison(&mut self) -> Option<Plan> {
        if self.chance(12) {
            return self.bins_compared();
        }
        let at = self.category(MOST_BARS, &[])?;
        let value = self.value(40, &[at])?;
        let mark = match self.random.below(20) {
            0 => Mark::Point,
            _ => Mark::Bar,
        };
        let mut plan = Plan::new(Idea::Comparison, mark, Some(Dimension::Category(at)), value);
        plan.lying = mark == Mark::Bar && self.chance(12);
        plan.order = self.order(34);
        Some(plan)
    }

    /// A value for each bin of a measure.
    fn bins_compared(&mut self) -> Option<Plan> {
        let at = self.measure(&[])?;
        let value = Value::Summary(Summary::Mean, self.measure(&[at])?);
        let bins = [0, 0, 0, 5, 10][self.random.below(5)];
        Some(Plan::new(
            Idea::Comparison,
            Mark::Bar,
            Some(Dimension::Bins(at, bins)),
            value,
        ))
    }

    fn order(&mut self, percent: usize) -> Option<Order> {
        if !self.chance(percent) {
            return None;
        }
        Some(weighted(
            &[
                (Order::ByValue(true), 55),
                (Order::ByValue(false), 20),
                (Order::ByGroup(false), 15),
                (Order::ByGroup(true), 10),
            ],
            self.random,
        ))
    }

    fn ranking(&mut self) -> Option<Plan> {
        let cast = self.cast;
        let many: Vec<usize> = cast
            .categories
            .iter()
            .chain(&cast.labels)
            .copied()
            .filter(|at| cast.distinct(*at) > 8 && !cast.is_number(*at))
            .collect();
        let at = self.one(&many)?;
        let unique = cast.column(at).unique;
        let value = match self.measure(&[at]) {
            Some(measure) if unique => Value::Raw(measure),
            _ if unique => return None,
            _ => self.value(35, &[at])?,
        };
        let mut plan = Plan::new(Idea::Ranking, Mark::Bar, Some(Dimension::Category(at)), value);
        let largest = !self.chance(18);
        let most = (cast.distinct(at) - 1).min(25) as usize;
        let count = [3, 5, 5, 5, 10, 10, 10, 10, 15, 20, 7, 8][self.random.below(12)].min(most as u32);
        plan.limit = Some(Limit { count, largest });
        plan.order = Some(Order::ByValue(largest));
        plan.lying = self.chance(8);
        Some(plan)
    }

    /// A column of times or years.
    fn time(&mut self) -> Option<usize> {
        let cast = self.cast;
        let all: Vec<usize> = cast.times.iter().chain(&cast.years).copied().collect();
        self.one(&all)
    }

    fn trend(&mut self) -> Option<Plan> {
        let at = self.time()?;
        let along = self.along(at)?;
        let column = self.cast.column(at);
        let one_row = column.unique || column.distinct.value * 100 > self.cast.profile.rows * 97;
        let raw = matches!(along, Dimension::Moment(_)) && one_row;
        let value = match self.measure(&[at]) {
            Some(measure) if raw => Value::Raw(measure),
            _ if raw => return None,
            _ => self.value(38, &[at])?,
        };
        let mark = weighted(&[(Mark::Line, 84), (Mark::Area, 9), (Mark::Bar, 7)], self.random);
        let mark = match (mark, along, value) {
            (Mark::Bar, Dimension::Moment(at), _) if !self.cast.is_number(at) => Mark::Line,
            (Mark::Area, _, Value::Summary(summary, _)) if summary != Summary::Sum => Mark::Line,
            (mark, ..) => mark,
        };
        let mut plan = Plan::new(Idea::Trend, mark, Some(along), value);
        let parted = mark == Mark::Line || value.is_total();
        if !raw && parted && self.chance(38) {
            plan.series = self.category(MOST_COLORS, &[at]).map(Dimension::Category);
        }
        if plan.series.is_some() && mark == Mark::Area && self.chance(25) {
            plan.stack = Some(StackKind::Normalize);
        }
        Some(plan)
    }

    /// How a time lies along an axis.
    fn along(&mut self, at: usize) -> Option<Dimension> {
        let column = self.cast.column(at);
        if self.cast.is_number(at) {
            return (column.distinct.value > 2).then_some(Dimension::Moment(at));
        }
        if column.physical_type == PhysicalType::Time {
            return None;
        }
        let temporal = column.temporal.as_ref()?;
        let days = (temporal.max_ms - temporal.min_ms) / 86_400_000;
        use UnitOfTime as U;
        let clock = column.physical_type == PhysicalType::Timestamp && !temporal.hours.is_empty();
        let choices: &[(Option<U>, usize)] = match days {
            0..4 if clock => &[(Some(U::YearMonthDateHours), 3), (None, 1)],
            0..15 => &[(Some(U::YearMonthDate), 3), (None, 2)],
            15..120 => &[(Some(U::YearMonthDate), 4), (Some(U::YearWeek), 2), (None, 3)],
            120..800 => &[
                (Some(U::YearMonth), 6),
                (Some(U::YearWeek), 1),
                (Some(U::YearQuarter), 1),
                (Some(U::YearMonthDate), 1),
                (None, 2),
            ],
            800..4_000 => &[
                (Some(U::Year), 5),
                (Some(U::YearMonth), 4),
                (Some(U::YearQuarter), 2),
                (None, 2),
            ],
            _ => &[(Some(U::Year), 8), (Some(U::YearMonth), 1), (None, 1)],
        };
        let sparse = column.distinct.value < 40;
        Some(match weighted(choices, self.random) {
            Some(unit) => Dimension::Time(at, unit),
            None if sparse || column.unique => Dimension::Moment(at),
            None => Dimension::Time(at, choices[0].0?),
        })
    }

    fn cycle(&mut self) -> Option<Plan> {
        let cast = self.cast;
        let at = self.one(&cast.times)?;
        let column = cast.column(at);
        let temporal = column.temporal.as_ref()?;
        let days = (temporal.max_ms - temporal.min_ms) / 86_400_000;
        use UnitOfTime as U;
        let mut units = Vec::new();
        if days > 20 && !temporal.weekdays.is_empty() {
            units.extend([U::Day, U::Day]);
        }
        if days > 200 {
            units.extend([U::Month, U::Month]);
        }
        if days > 300 {
            units.push(U::Quarter);
        }
        if column.physical_type == PhysicalType::Timestamp && !temporal.hours.is_empty() {
            units.extend([U::Hours, U::Hours]);
        }
        if units.is_empty() {
            return None;
        }
        let unit = units[self.random.below(units.len())];
        let value = self.value(60, &[at])?;
        let mark = match self.random.below(6) {
            0 => Mark::Line,
            _ => Mark::Bar,
        };
        let mut plan = Plan::new(Idea::Cycle, mark, Some(Dimension::Time(at, unit)), value);
        if self.chance(14) && (value.is_total() || mark == Mark::Line) {
            plan.series = self.category(6, &[at]).map(Dimension::Category);
        } else if mark == Mark::Bar && self.chance(15) {
            plan.order = Some(Order::ByValue(!self.chance(25)));
        }
        Some(plan)
    }

    fn share(&mut self) -> Option<Plan> {
        let at = self.category(MOST_PARTS, &[])?;
        let value = self.total(55);
        Some(Plan::new(
            Idea::Share,
            Mark::Arc,
            Some(Dimension::Category(at)),
            value,
        ))
    }

    fn histogram(&mut self) -> Option<Plan> {
        let at = self.measure(&[])?;
        if self.cast.distinct(at) < 8 {
            return None;
        }
        let bins = [0, 0, 0, 0, 0, 0, 5, 10, 20, 20, 40][self.random.below(11)];
        let mut plan = Plan::new(
            Idea::Histogram,
            Mark::Bar,
            Some(Dimension::Bins(at, bins)),
            Value::Count,
        );
        if self.chance(14) {
            plan.series = self.category(5, &[at]).map(Dimension::Category);
        }
        Some(plan)
    }

    fn spread(&mut self) -> Option<Plan> {
        let measure = self.measure(&[])?;
        if self.cast.distinct(measure) < 8 {
            return None;
        }
        let group = match self.chance(85) {
            true => Some(Dimension::Category(self.category(12, &[measure])?)),
            false => None,
        };
        let mark = match self.random.below(12) {
            0 => Mark::Tick,
            _ => Mark::Boxplot,
        };
        let mut plan = Plan::new(Idea::Spread, mark, group, Value::Raw(measure));
        plan.lying = mark == Mark::Boxplot && group.is_some() && self.chance(12);
        Some(plan)
    }

    fn relationship(&mut self) -> Option<Plan> {
        let x = self.measure(&[])?;
        let y = self.measure(&[x])?;
        if self.cast.distinct(x) < 6 || self.cast.distinct(y) < 6 {
            return None;
        }
        if self.chance(14) {
            return self.summaries_related(x, y);
        }
        let mut plan = Plan::new(Idea::Relationship, Mark::Point, None, Value::Raw(x));
        plan.second = Some(Value::Raw(y));
        if self.chance(34) {
            plan.series = self.category(MOST_COLORS, &[x, y]).map(Dimension::Category);
        }
        if self.chance(13) {
            plan.size = self
                .measure(&[x, y])
                .filter(|at| is_positive(self.cast, *at))
                .map(Value::Raw);
        }
        Some(plan)
    }

    /// Two summaries against each other, a point for each group.
    fn summaries_related(&mut self, x: usize, y: usize) -> Option<Plan> {
        let at = self.category(30, &[x, y])?;
        let summary = |own: &mut Self, at| match own.chance(70) {
            true => own.cast.usual_summary(at),
            false => Summary::Mean,
        };
        let (of_x, of_y) = (summary(self, x), summary(self, y));
        let mut plan = Plan::new(Idea::Relationship, Mark::Point, None, Value::Summary(of_x, x));
        plan.second = Some(Value::Summary(of_y, y));
        match self.cast.distinct(at) <= MOST_COLORS {
            true => plan.series = Some(Dimension::Category(at)),
            false => plan.group = Some(Dimension::Category(at)),
        }
        Some(plan)
    }

    /// A value for each pair of groups.
    fn pair(&mut self, idea: Idea) -> Option<Plan> {
        let at = self.category(15, &[])?;
        let series = self.category(6, &[at])?;
        let value = match idea {
            Idea::Grouped => self.value(35, &[at, series])?,
            _ => self.total(60),
        };
        let mut plan = Plan::new(idea, Mark::Bar, Some(Dimension::Category(at)), value);
        plan.series = Some(Dimension::Category(series));
        plan.lying = self.chance(8);
        if idea == Idea::Composition {
            plan.stack = Some(StackKind::Normalize);
        } else if idea == Idea::Stacked && self.chance(15) {
            plan.order = Some(Order::ByValue(true));
        }
        Some(plan)
    }

    fn heat(&mut self) -> Option<Plan> {
        let value = self.value(50, &[])?;
        let own: Vec<usize> = value.column().into_iter().collect();
        let at = self.category(30, &own)?;
        let mut but = own;
        but.push(at);
        let group = match self.chance(25) {
            true => self.heat_time().unwrap_or(Dimension::Category(at)),
            false => Dimension::Category(at),
        };
        let series = self.category(20, &but)?;
        let mut plan = Plan::new(Idea::Heat, Mark::Rect, Some(group), value);
        plan.series = Some(Dimension::Category(series));
        Some(plan)
    }

    fn heat_time(&mut self) -> Option<Dimension> {
        let cast = self.cast;
        let at = self.one(&cast.times)?;
        let temporal = cast.column(at).temporal.as_ref()?;
        let weekly = !temporal.weekdays.is_empty();
        weekly.then_some(Dimension::Time(at, UnitOfTime::Day))
    }

    fn put_in_panels(&mut self, plan: &mut Plan) {
        let fits = matches!(
            plan.idea,
            Idea::Comparison | Idea::Trend | Idea::Cycle | Idea::Histogram | Idea::Relationship
        );
        if !fits
            || plan.series.is_some()
            || plan.group.is_none() && plan.idea != Idea::Relationship
            || !self.chance(9)
        {
            return;
        }
        let kind = weighted(
            &[(Panels::Wrapped, 6), (Panels::Columns, 2), (Panels::Rows, 2)],
            self.random,
        );
        let used = plan.columns();
        if let Some(at) = self.category(MOST_PANELS, &used) {
            plan.panels = Some((kind, at));
            plan.order = None;
        }
    }

    fn put_conditions(&mut self, plan: &mut Plan) {
        let wanted = match self.random.below(100) {
            0..66 => 0,
            66..94 => 1,
            _ => 2,
        };
        for _ in 0..wanted {
            let cast = self.cast;
            let Some(at) = self.one(&cast.tested) else {
                return;
            };
            // A group that is shown may be cut to a few, not to one; a measure to a range.
            let shown = plan.columns().contains(&at);
            if plan.tests.iter().any(|test| test.column == at) {
                continue;
            }
            let Some(test) = condition::test(cast, at, self.random) else {
                continue;
            };
            use marey_features::action::Comparison as C;
            let cuts_to_one = matches!(test.comparison, C::Equal | C::IsNull);
            if !(shown && cuts_to_one) {
                plan.tests.push(test);
            }
        }
    }
}

fn is_positive(cast: &Cast<'_>, at: usize) -> bool {
    cast.column(at)
        .numeric
        .as_ref()
        .is_some_and(|numeric| numeric.negatives == 0)
}
