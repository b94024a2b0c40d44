//! [`Draft`]: a chart under consideration, and the pieces drafts are made of.

use marey_core::spec::{
    AggregateOp, Axis, Bin, BinParams, Encoding, Expression, FieldDef, FieldPredicate, FieldRef, FieldTest,
    JoinAggregate, Lines, Literal, MarkDef, Predicate, Scale, ScaleType, Setting, Size, Sort, SortField,
    SortOrder, Title, TitleAnchor, Tooltip, Transform, View, ViewTitle, WindowFunction, WindowOp,
};
use marey_core::{Aggregate, Channel, ChartSpec, FieldName, FieldType, Mark};
use marey_profile::TimeStep;

use crate::role::Field;
use crate::words;

/// What a chart is about; two charts of the same columns and the same idea say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Idea {
    /// Change over time.
    Trend,
    /// Change over time, by group.
    TrendByGroup,
    /// A season, a week, a day.
    Cycle,
    /// Sizes of categories.
    Comparison,
    /// Numbers of rows.
    Frequency,
    /// Parts of wholes.
    Composition,
    /// How values of one column are spread.
    Distribution,
    /// How values are spread, by group.
    DistributionByGroup,
    /// How two quantities go together.
    Relationship,
    /// How two quantities go together, by group.
    RelationshipByGroup,
    /// Where things are.
    Place,
    /// The rows themselves.
    Rows,
}

/// A chart under consideration.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub spec: ChartSpec,
    pub idea: Idea,
    pub mark: Mark,
    /// Columns shown, by their place in the table, sorted.
    pub columns: Vec<usize>,
    pub reasons: Vec<String>,
    pub warnings: Vec<String>,
}

impl Draft {
    /// A chart of one view over the given columns.
    pub(crate) fn new(idea: Idea, mark: MarkDef, encoding: Encoding, fields: &[&Field<'_>]) -> Self {
        let kind = mark.mark.unwrap_or(Mark::Point);
        let mut mark = mark;
        if !kind.is_composite() {
            // Vega-Lite shows tooltips of composite marks by itself and takes no setting for them.
            mark.tooltip.get_or_insert(Tooltip::On(true));
        }
        let mut view = View::unit(mark, encoding);
        view.transform = fields.iter().filter_map(|field| without_missing(field)).collect();
        let mut columns: Vec<usize> = fields.iter().map(|field| field.column.index).collect();
        columns.sort_unstable();
        columns.dedup();
        Self {
            spec: ChartSpec::new(view),
            idea,
            mark: kind,
            columns,
            reasons: Vec::new(),
            warnings: fields.iter().filter_map(|field| missing_warning(field)).collect(),
        }
    }

    /// Titles the chart.
    pub(crate) fn titled(mut self, title: impl Into<String>) -> Self {
        let title = Title {
            text: Some(Lines::from(words::shorten(
                &words::capitalised(&title.into()),
                110,
            ))),
            anchor: Some(TitleAnchor::Start),
            ..Title::default()
        };
        self.spec.view.title = Some(ViewTitle::Styled(Box::new(title)));
        self
    }

    /// Adds a line below the title.
    pub(crate) fn subtitled(mut self, subtitle: impl Into<String>) -> Self {
        if let Some(ViewTitle::Styled(title)) = &mut self.spec.view.title {
            let added: String = subtitle.into();
            let text = match title.subtitle.take() {
                Some(before) => format!("{}; {added}", before.joined()),
                None => words::capitalised(&added),
            };
            title.subtitle = Some(Lines::from(text));
        }
        self
    }

    /// Adds a reason after those already given.
    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// Adds a reason where there is one.
    pub(crate) fn because_perhaps(mut self, reason: Option<String>) -> Self {
        self.reasons.extend(reason);
        self
    }

    /// Adds a warning.
    pub(crate) fn warned(mut self, warning: impl Into<String>) -> Self {
        self.warnings.push(warning.into());
        self
    }

    /// Appends transforms.
    pub(crate) fn with_transforms(mut self, transforms: impl IntoIterator<Item = Transform>) -> Self {
        self.spec.view.transform.extend(transforms);
        self
    }

    /// Sizes the plotting area.
    pub(crate) fn sized(mut self, width: Size, height: Size) -> Self {
        self.spec.view.width = Some(width);
        self.spec.view.height = Some(height);
        self
    }
}

/// So many pixels per category.
pub(crate) fn per_category(step: f64) -> Size {
    Size::Step { step, of: None }
}

/// A mark with nothing else said.
pub(crate) fn mark(mark: Mark) -> MarkDef {
    MarkDef::new(mark)
}

/// Small translucent circles, the more translucent the more rows there are.
pub(crate) fn circles(rows: u64) -> MarkDef {
    MarkDef {
        opacity: Some(match rows {
            0..=200 => 0.8,
            201..=1000 => 0.6,
            _ => 0.35,
        }),
        size: Some(match rows {
            0..=200 => 50.0,
            201..=1000 => 30.0,
            _ => 18.0,
        }),
        ..MarkDef::new(Mark::Circle)
    }
}

/// Refers to a column in a channel.
pub(crate) fn column(field: &Field<'_>) -> FieldRef {
    FieldRef::Name(field.name().clone())
}

/// The label with the unit, for an axis.
pub(crate) fn axis_title(field: &Field<'_>, aggregate: Option<&Aggregate>) -> String {
    let name = match aggregate {
        Some(op) => words::capitalised(&words::summarised(op, &field.inside())),
        None => field.label.clone(),
    };
    match unit_to_show(field) {
        Some(unit) => format!("{name} ({unit})"),
        None => name,
    }
}

/// The unit, unless the label already says it.
fn unit_to_show<'a>(field: &Field<'a>) -> Option<&'a str> {
    let unit = field
        .column
        .unit
        .as_deref()
        .map(str::trim)
        .filter(|unit| !unit.is_empty())?;
    let label = field.label.to_lowercase();
    let said = label.contains(&format!("({})", unit.to_lowercase()))
        || (unit.chars().count() > 1 && label.split_whitespace().any(|word| word == unit.to_lowercase()))
        || (unit == "%" && (label.contains('%') || label.contains("percent")));
    (!said).then_some(unit)
}

/// A quantity on an axis.
pub(crate) fn quantity(field: &Field<'_>, aggregate: Option<Aggregate>) -> FieldDef {
    let def =
        FieldDef::new(column(field), FieldType::Quantitative).titled(axis_title(field, aggregate.as_ref()));
    match aggregate {
        Some(op) => def.aggregate(op),
        None => def,
    }
}

/// A quantity on an axis that need not hold zero, logarithmic where values span magnitudes.
pub(crate) fn free_quantity(field: &Field<'_>) -> FieldDef {
    let mut def = quantity(field, None);
    let scale = match field.wants_log() {
        true => Scale {
            scale_type: Some(ScaleType::Log),
            ..Scale::default()
        },
        false => Scale {
            zero: Some(false),
            ..Scale::default()
        },
    };
    def.scale = Some(Setting::On(scale));
    def
}

/// A quantity in bins.
pub(crate) fn binned(field: &Field<'_>, maxbins: u64) -> FieldDef {
    let mut def = quantity(field, None);
    def.bin = Some(Bin::On(BinParams {
        maxbins: Some(maxbins as f64),
        ..BinParams::default()
    }));
    def
}

/// Number of rows, on an axis.
pub(crate) fn row_count() -> FieldDef {
    FieldDef::count().titled("Number of rows")
}

/// Categories, in their own order where they have one.
pub(crate) fn categories(field: &Field<'_>) -> FieldDef {
    let def = FieldDef::new(column(field), field.field_type()).titled(field.label.clone());
    match field.order() {
        Some(order) => def.sorted(Sort::Values(order.iter().cloned().map(Literal::Text).collect())),
        None => def,
    }
}

/// Categories sorted by the length of their bars, unless they have an order of their own.
pub(crate) fn ranked_categories(field: &Field<'_>, length: Channel) -> FieldDef {
    match field.is_ordered() {
        true => categories(field),
        false => categories(field).sorted(Sort::Channel {
            channel: length,
            order: SortOrder::Descending,
            spelled_out: false,
        }),
    }
}

/// Time truncated to a step.
pub(crate) fn time(field: &Field<'_>, step: TimeStep) -> FieldDef {
    FieldDef::new(column(field), FieldType::Temporal)
        .time_unit(step.unit(field.column))
        .titled(field.label.clone())
}

/// Integer years on a straight axis, written without thousands separators.
pub(crate) fn years(field: &Field<'_>) -> FieldDef {
    let mut def = FieldDef::new(column(field), FieldType::Quantitative).titled(field.label.clone());
    def.axis = Some(Setting::On(Axis {
        format: Some("d".to_owned()),
        tick_min_step: Some(1.0),
        ..Axis::default()
    }));
    def.scale = Some(Setting::On(Scale {
        zero: Some(false),
        nice: Some(marey_core::spec::Nice::On(false)),
        ..Scale::default()
    }));
    def
}

/// A constant number.
pub(crate) fn number(value: f64) -> Literal {
    Literal::Number(value)
}

/// The value of a column in an expression.
pub(crate) fn datum(name: &FieldName) -> String {
    format!("datum[{}]", serde_json::Value::from(name.as_str()))
}

/// Leaves out rows without a value where an axis of categories would show them as "null".
fn without_missing(field: &Field<'_>) -> Option<Transform> {
    let gaps = field.column.nulls > 0 && field.field_type() != FieldType::Quantitative;
    gaps.then(|| {
        Transform::Filter(Predicate::Expression(Expression(format!(
            "isValid({})",
            datum(field.name())
        ))))
    })
}

fn missing_warning(field: &Field<'_>) -> Option<String> {
    let nulls = field.column.nulls;
    if nulls == 0 || field.rows == 0 {
        return None;
    }
    let rows = if nulls == 1 { "row has" } else { "rows have" };
    Some(format!(
        "{} {rows} no {} and {} left out ({} of all).",
        words::thousands(nulls),
        field.quoted(),
        if nulls == 1 { "is" } else { "are" },
        words::percent(nulls as f64 / field.rows as f64)
    ))
}

/// By what the categories that are kept are chosen.
pub(crate) enum KeepBy<'a> {
    /// By number of rows.
    Rows,
    /// By an aggregate of a measure.
    Measure(&'a Field<'a>, Aggregate),
    /// By the value itself, where each category is one row.
    Value(&'a Field<'a>),
}

/// Transforms that keep the first `limit` categories of a field.
///
/// Every row learns the size of its group, groups are numbered by size (ties in order of the
/// category), and rows of the first groups stay.
pub(crate) fn keep_first(
    field: &Field<'_>,
    limit: u64,
    by: &KeepBy<'_>,
    taken: &[FieldName],
) -> Vec<Transform> {
    let size = fresh_name("group_size", taken);
    let place = fresh_name("group_place", taken);
    let (join, sort_by) = match by {
        KeepBy::Value(measure) => (None, measure.name().clone()),
        KeepBy::Rows => (Some(group_size(field, Aggregate::Count, None, &size)), size),
        KeepBy::Measure(measure, op) => (
            Some(group_size(field, op.clone(), Some(column(measure)), &size)),
            size,
        ),
    };
    let order = |field: &FieldName, order| SortField {
        field: field.clone(),
        order: Some(Setting::On(order)),
    };
    let number_groups = Transform::Window {
        ops: vec![WindowOp {
            op: WindowFunction::DenseRank,
            field: None,
            param: None,
            output: place.clone(),
        }],
        frame: None,
        ignore_peers: None,
        groupby: Vec::new(),
        sort: vec![
            order(&sort_by, SortOrder::Descending),
            order(field.name(), SortOrder::Ascending),
        ],
    };
    let keep = Transform::Filter(Predicate::Field(FieldPredicate {
        field: FieldRef::Name(place),
        time_unit: None,
        test: FieldTest::Lte(number(limit as f64)),
    }));
    join.into_iter().chain([number_groups, keep]).collect()
}

fn group_size(field: &Field<'_>, op: Aggregate, of: Option<FieldRef>, output: &FieldName) -> Transform {
    Transform::JoinAggregate(JoinAggregate {
        ops: vec![AggregateOp {
            op,
            field: of,
            output: output.clone(),
        }],
        groupby: vec![field.name().clone()],
        writes_empty_groupby: false,
    })
}

/// A name that no column has.
pub(crate) fn fresh_name(wish: &str, taken: &[FieldName]) -> FieldName {
    let mut name = wish.to_owned();
    while taken.iter().any(|column| column.as_str() == name) {
        name.push('_');
    }
    FieldName::new(name)
}

impl Draft {
    /// The same chart with another mark, where that mark can say the same.
    pub(crate) fn drawn_as(mut self, wanted: Mark) -> Option<Self> {
        use Mark as M;
        let kept = self.mark == wanted;
        let points = [M::Circle, M::Point, M::Square];
        let swapped = points.contains(&self.mark) && points.contains(&wanted)
            || self.mark == M::Line
                && matches!(wanted, M::Area | M::Trail | M::Point | M::Circle)
                && self.idea == Idea::Trend
            || self.mark == M::Bar
                && matches!(wanted, M::Point | M::Circle | M::Square | M::Tick)
                && self.has_plain_bars();
        if !kept && !swapped {
            return None;
        }
        if let Some(mark) = self.unit_mark().filter(|_| !kept) {
            mark.mark = Some(wanted);
            mark.point = None;
        }
        if swapped && wanted == M::Area {
            self.start_at_zero();
        }
        self.mark = wanted;
        Some(self)
    }

    fn has_plain_bars(&self) -> bool {
        matches!(self.idea, Idea::Comparison | Idea::Frequency)
            && self
                .spec
                .view
                .encoding()
                .is_some_and(|encoding| encoding.field(Channel::XOffset).is_none())
    }

    fn unit_mark(&mut self) -> Option<&mut MarkDef> {
        match &mut self.spec.view.composition {
            marey_core::spec::Composition::Unit(unit) => Some(&mut unit.mark),
            _ => None,
        }
    }

    /// Lets the value axis begin at zero, as an area must.
    fn start_at_zero(&mut self) {
        if let marey_core::spec::Composition::Unit(unit) = &mut self.spec.view.composition
            && let Some(values) = unit.encoding.field_mut(Channel::Y)
        {
            values.scale = None;
        }
    }
}
