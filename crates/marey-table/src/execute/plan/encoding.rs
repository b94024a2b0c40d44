//! The steps that a view's encoding implies: bins, time units, explicit orders, the grouping, the
//! filling of gaps, stacks and the removal of what cannot be placed.

use marey_core::{
    Aggregate, Channel, FieldName, FieldType, Mark, TimeUnit, TimeUnitPart,
    spec::{
        AggregateOp, Bin, ChannelDef, Domain, Encoding, Expression, FieldDef, FieldPredicate, FieldRef,
        FieldTest, Impute, ImputeMethod, JsonMap, Literal, MarkConfig, MarkDef, NamePart, Predicate, Range,
        Setting, Sort, SortField, SortOrder, Transform, bin_name, path_grouping, stacking,
    },
};
use serde_json::Value;

use super::dataflow::{SortIndex, Step};

/// A unit view as the steps see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitView<'a> {
    /// The mark with its orientation.
    pub mark: &'a MarkDef,
    /// The completed encoding.
    pub encoding: &'a Encoding,
    /// The configuration of the document.
    pub config: MarkConfig<'a>,
}

/// Bins that the fields ask for, each once.
pub(crate) fn bins<'a>(fields: impl Iterator<Item = (Channel, &'a FieldDef)>) -> Vec<Step> {
    let mut known: Vec<String> = Vec::new();
    let mut ranged: Vec<String> = Vec::new();
    let mut steps = Vec::new();
    let mut ranges = Vec::new();
    for (channel, def) in fields {
        let (Some(bin), Some(field)) = (def.binning(channel), def.name()) else {
            continue;
        };
        let key = format!("{}_{field}", bin_name(&bin));
        let [start, end] = [NamePart::Value, NamePart::End].map(|part| def.output_name_of(channel, part));
        if needs_range(channel, def) && !ranged.contains(&key) {
            ranges.push(range_text(channel, def, &start, &end));
            ranged.push(key.clone());
        }
        if !known.contains(&key) {
            steps.push(transform(Transform::Bin {
                bin: Bin::On(bin),
                field: field.clone(),
                output: vec![start, end],
                listed: true,
            }));
            known.push(key);
        }
    }
    steps.append(&mut ranges);
    steps
}

/// Whether the range of a bin is needed as text, for the labels of a discrete scale.
fn needs_range(channel: Channel, def: &FieldDef) -> bool {
    channel.has_scale() && matches!(def.measured_as(channel), FieldType::Ordinal | FieldType::Nominal)
}

fn range_text(channel: Channel, def: &FieldDef, start: &FieldName, end: &FieldName) -> Step {
    Step::BinRange {
        start: start.clone(),
        end: end.clone(),
        output: def.output_name_of(channel, NamePart::Range),
    }
}

/// Time units that the fields ask for; `unit` is the view, unless it is a facet.
pub(crate) fn time_units<'a>(
    fields: impl Iterator<Item = (Channel, &'a FieldDef)>,
    unit: Option<UnitView<'_>>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut known: Vec<(FieldName, TimeUnit)> = Vec::new();
    for (channel, def) in fields {
        let (Some(time_unit), Some(field)) = (&def.time_unit, def.name()) else {
            continue;
        };
        let (start, end) = (
            def.output_name(channel),
            def.output_name_of(channel, NamePart::End),
        );
        let band = unit.and_then(|unit| unit.band_position(channel, def, false));
        let is_rect = unit.is_some_and(|unit| is_rect(unit.mark.mark));
        if !known.contains(&(start.clone(), time_unit.clone())) {
            if !time_unit.binned {
                steps.push(transform(Transform::TimeUnit {
                    unit: time_unit.clone(),
                    field: field.clone(),
                    output: start.clone(),
                }));
            } else if is_rect || band.is_some_and(|band| band != 0.0) {
                steps.push(calculate(offset(time_unit, &start, false), end.clone()));
            }
            known.push((start.clone(), time_unit.clone()));
        }
        let shifted = band.filter(|band| *band != 0.5);
        if let (true, Channel::X | Channel::Y, Some(band)) = (is_rect, channel, shifted) {
            steps.extend(shifted_rect(channel, def, time_unit, [&start, &end], band));
        }
    }
    steps
}

/// The rectangle of a time unit, shifted within its band.
fn shifted_rect(
    channel: Channel,
    def: &FieldDef,
    unit: &TimeUnit,
    [start, end]: [&FieldName; 2],
    band: f64,
) -> [Step; 2] {
    let after = band + 0.5;
    let before = 1.0 - after;
    let earlier = offset(unit, start, true);
    let [start, end] = [start, end].map(datum);
    [
        calculate(
            format!("{before} * {earlier} + {after} * {start}"),
            def.output_name_of(channel, NamePart::RectStart),
        ),
        calculate(
            format!("{before} * {start} + {after} * {end}"),
            def.output_name_of(channel, NamePart::RectEnd),
        ),
    ]
}

/// A time shifted by one unit.
fn offset(unit: &TimeUnit, field: &FieldName, back: bool) -> String {
    let step = unit.step.unwrap_or(1.0) * if back { -1.0 } else { 1.0 };
    let (part, step) = match unit.parts.last() {
        Some(TimeUnitPart::Day | TimeUnitPart::DayOfYear) => ("date", step),
        Some(TimeUnitPart::Quarter) => ("month", step * 3.0),
        Some(TimeUnitPart::Week) => ("date", step * 7.0),
        Some(part) => (part.as_str(), step),
        None => ("date", step),
    };
    let function = if unit.utc { "utcOffset" } else { "timeOffset" };
    format!("{function}('{part}', {}, {step})", datum(field))
}

/// The place of each value in the explicit orders that fields ask for.
pub(crate) fn sort_indexes<'a>(fields: impl Iterator<Item = (Channel, &'a FieldDef)>) -> Vec<Step> {
    let mut steps = Vec::new();
    for (channel, def) in fields {
        let (Some(Sort::Values(values)), Some(field)) = (&def.sort, def.name()) else {
            continue;
        };
        let tests = values
            .iter()
            .map(|value| FieldTest::Equal(value.clone()))
            .collect();
        steps.push(Step::SortIndex(SortIndex {
            tests,
            field: FieldPredicate {
                field: FieldRef::Name(field.clone()),
                time_unit: def.time_unit.clone(),
                test: FieldTest::Valid(true),
            },
            output: def.sort_index_name(channel),
        }));
    }
    steps
}

impl UnitView<'_> {
    /// Where in the band of its time unit or bin a field's value is drawn.
    fn band_position(&self, channel: Channel, def: &FieldDef, with_second: bool) -> Option<f64> {
        if def.band_position.is_some() {
            return def.band_position;
        }
        let has_second = with_second
            && channel
                .secondary()
                .is_some_and(|second| self.encoding.get(second).is_some());
        if def.time_unit.is_some() && !has_second {
            return self.config.time_unit_band_position(self.mark);
        }
        def.binning(channel).is_some().then_some(0.5)
    }

    /// The grouping that the encoding's summaries ask for.
    pub fn aggregate(&self) -> Option<Step> {
        if !self.encoding.is_aggregated() {
            return None;
        }
        let mut ops: Vec<AggregateOp> = Vec::new();
        let mut groupby: Vec<FieldName> = Vec::new();
        for (channel, def) in self.encoding.bound_fields() {
            if def.aggregate.is_some() {
                for op in summaries(channel, def) {
                    if !ops.iter().any(|known| known.output == op.output) {
                        ops.push(op);
                    }
                }
            } else {
                for name in self.dimensions(channel, def) {
                    if !groupby.contains(&name) {
                        groupby.push(name);
                    }
                }
            }
        }
        Some(transform(Transform::Aggregate { ops, groupby }))
    }

    /// The columns that a field groups by.
    fn dimensions(&self, channel: Channel, def: &FieldDef) -> Vec<FieldName> {
        let mut names = vec![def.output_name(channel)];
        let is_binned = def.binning(channel).is_some();
        let is_time = def.time_unit.is_some() && def.measured_as(channel) == FieldType::Temporal;
        let is_first = channel.primary().is_none();
        if is_first && (is_binned || is_time) && self.band_position(channel, def, true).is_some() {
            names.push(def.output_name_of(channel, NamePart::End));
            let shifted = self.band_position(channel, def, false) != Some(0.5);
            if is_rect(self.mark.mark) && shifted && matches!(channel, Channel::X | Channel::Y) {
                names.push(def.output_name_of(channel, NamePart::RectStart));
                names.push(def.output_name_of(channel, NamePart::RectEnd));
            }
            if is_binned && needs_range(channel, def) {
                names.push(def.output_name_of(channel, NamePart::Range));
            }
        }
        let range = def
            .scale
            .as_ref()
            .and_then(Setting::on)
            .and_then(|scale| scale.range.as_ref());
        if let Some(Range::Field(name)) = range {
            names.push(name.clone());
        }
        names
    }

    /// The filling of gaps along a path.
    pub fn impute(&self) -> Option<Step> {
        let [x, y] = [Channel::X, Channel::Y].map(|channel| self.encoding.own_field(channel));
        let (x, y) = (x?, y?);
        let (filled, key) = match (&x.impute, &y.impute) {
            (Some(_), _) => (x, y),
            (None, Some(_)) => (y, x),
            (None, None) => return None,
        };
        Some(transform(Transform::Impute {
            impute: filled.name()?.clone(),
            key: key.name()?.clone(),
            groupby: path_grouping(self.mark.mark?, self.encoding),
            how: filled.impute.clone()?,
        }))
    }

    /// The stack, with what fills its gaps.
    pub fn stack(&self) -> Vec<Step> {
        let Some(stacking) = self
            .mark
            .mark
            .and_then(|mark| stacking(mark, self.mark.orient, self.encoding))
        else {
            return Vec::new();
        };
        let Some(stacked) = self.encoding.own_field(stacking.channel) else {
            return Vec::new();
        };
        let mut pieces: Vec<FieldName> = Vec::new();
        for (channel, def) in &stacking.stack_by {
            let name = def.output_name(*channel);
            if !pieces.contains(&name) {
                pieces.push(name);
            }
        }
        let field = stacked.output_name(stacking.channel);
        let mut steps = Vec::new();
        let mut groupby = Vec::new();
        for channel in &stacking.groupby {
            let Some(def) = self.encoding.own_field(*channel) else {
                continue;
            };
            let is_binned = def.binning(*channel).is_some();
            let key = match is_binned {
                true => def.output_name_of(*channel, NamePart::Mid),
                false => def.output_name(*channel),
            };
            if stacking.impute {
                if is_binned {
                    steps.push(middle(*channel, def, &key));
                }
                steps.push(fill_with_zero(&field, &key, &pieces));
                groupby.push(key);
            } else {
                groupby.push(def.output_name(*channel));
                if is_binned {
                    groupby.push(def.output_name_of(*channel, NamePart::End));
                }
            }
        }
        let output = [NamePart::StackStart, NamePart::StackEnd]
            .map(|part| stacked.output_name_of(stacking.channel, part));
        steps.push(transform(Transform::Stack {
            stack: field,
            groupby,
            offset: Some(stacking.offset),
            sort: self.stack_order(stacking.channel, &pieces),
            output: output.to_vec(),
            listed: true,
        }));
        steps
    }

    /// The order within a stack: as the order channel says, else by what tells the pieces apart,
    /// from above where stacks grow upwards.
    fn stack_order(&self, channel: Channel, pieces: &[FieldName]) -> Vec<SortField> {
        let order = self.encoding.all(Channel::Order);
        let direction = |def: &FieldDef| match &def.sort {
            Some(Sort::Order(order)) => Some(*order),
            _ => None,
        };
        let by_field: Vec<SortField> = order
            .iter()
            .filter_map(ChannelDef::own_field)
            .map(|def| sort_field(def.output_name(Channel::Order), direction(def)))
            .collect();
        if !by_field.is_empty() {
            return by_field;
        }
        let said = match order.first() {
            Some(ChannelDef::Field(def)) => direction(def),
            _ => None,
        };
        let by_default = match channel {
            Channel::Y => SortOrder::Descending,
            _ => SortOrder::Ascending,
        };
        let order = said.unwrap_or(by_default);
        pieces
            .iter()
            .map(|name| sort_field(name.clone(), Some(order)))
            .collect()
    }

    /// The tests that drop rows whose values a continuous scale cannot place.
    pub fn drop_invalid(&self) -> Option<Step> {
        if !self.drops_invalid() {
            return None;
        }
        // As in Vega-Lite, of several uses of a field the last one decides what is tested.
        let mut tested: Vec<(FieldName, Option<FieldName>)> = Vec::new();
        for (channel, def) in self.encoding.bound_fields() {
            if !self.can_be_invalid(channel, def) {
                continue;
            }
            let Some(field) = def.name() else { continue };
            let measured = matches!(
                def.measured_as(channel),
                FieldType::Quantitative | FieldType::Temporal
            );
            let output = measured.then(|| def.output_name(channel));
            match tested.iter_mut().find(|(name, _)| name == field) {
                Some(entry) => entry.1 = output,
                None => tested.push((field.clone(), output)),
            }
        }
        let tests: Vec<Predicate> = tested
            .into_iter()
            .filter_map(|(_, output)| output)
            .map(|name| {
                Predicate::Field(FieldPredicate {
                    field: FieldRef::Name(name),
                    time_unit: None,
                    test: FieldTest::Valid(true),
                })
            })
            .collect();
        (!tests.is_empty()).then(|| transform(Transform::Filter(Predicate::And(tests))))
    }

    /// Whether marks of invalid values are left out; paths are broken at them instead.
    fn drops_invalid(&self) -> bool {
        let configured = self.config.of_mark(self.mark, "invalid");
        let mode = match (&self.mark.invalid, configured) {
            (Some(Setting::Off), _) | (None, Some(Value::Null)) => return false,
            (Some(Setting::On(mode)), _) => Some(mode.as_str()),
            (None, configured) => configured.and_then(Value::as_str),
        };
        match mode {
            Some("filter") => true,
            Some("show") => false,
            _ => !self.mark.mark.is_some_and(Mark::is_path),
        }
    }

    /// Whether a channel's scale is continuous and has no place for invalid values.
    fn can_be_invalid(&self, channel: Channel, def: &FieldDef) -> bool {
        let switched_off = matches!(def.scale, Some(Setting::Off));
        let counts = def.aggregate.as_ref().is_some_and(Aggregate::counts);
        let is_discrete = match channel {
            Channel::Color | Channel::Fill | Channel::Stroke => {
                def.binning(channel).is_some()
                    && def.measured_as(channel) == FieldType::Quantitative
                    && def.scale_type().is_none()
            }
            Channel::Shape | Channel::StrokeDash => def.scale_type().is_none(),
            Channel::Time => true,
            _ => false,
        };
        let shown = || {
            let scales = self.config.get("scale", "invalid")?;
            scales.get(channel.as_str())
        };
        channel.has_scale() && !switched_off && !counts && !is_discrete && shown().is_none()
    }
}

fn summaries(channel: Channel, def: &FieldDef) -> Vec<AggregateOp> {
    let field = |name: &FieldName| Some(FieldRef::Name(name.clone()));
    match &def.aggregate {
        None => Vec::new(),
        Some(op @ (Aggregate::Argmin(Some(by)) | Aggregate::Argmax(Some(by)))) => {
            // The whole row is kept; the field itself is one of its members.
            let whole = match op {
                Aggregate::Argmin(_) => Aggregate::Argmin(None),
                _ => Aggregate::Argmax(None),
            };
            vec![AggregateOp {
                op: whole,
                field: field(by),
                output: FieldName::new(format!("{op}_{by}")),
            }]
        }
        Some(op) => {
            let mut ops = vec![AggregateOp {
                op: op.clone(),
                field: def.name().and_then(field).filter(|_| *op != Aggregate::Count),
                output: def.output_name(channel),
            }];
            let domain = def
                .scale
                .as_ref()
                .and_then(Setting::on)
                .and_then(|scale| scale.domain.as_ref());
            if matches!(domain, Some(Domain::Unaggregated)) && channel.has_scale() {
                for end in [Aggregate::Min, Aggregate::Max] {
                    let def = FieldDef {
                        aggregate: Some(end.clone()),
                        bin: None,
                        time_unit: None,
                        ..def.clone()
                    };
                    ops.push(AggregateOp {
                        op: end,
                        field: def.name().and_then(field),
                        output: def.output_name(channel),
                    });
                }
            }
            ops
        }
    }
}

/// Whether a mark fills a rectangle (or a sector).
fn is_rect(mark: Option<Mark>) -> bool {
    matches!(
        mark,
        Some(Mark::Rect | Mark::Bar | Mark::Image | Mark::Arc | Mark::Tick)
    )
}

fn middle(channel: Channel, def: &FieldDef, output: &FieldName) -> Step {
    let low = def.band_position.unwrap_or(0.5);
    let high = 1.0 - low;
    let [start, end] = [NamePart::Value, NamePart::End].map(|part| datum(&def.output_name_of(channel, part)));
    calculate(
        format!("isValid({start}) && isFinite(+{start}) ? {low}*{start}+{high}*{end} : {start}"),
        output.clone(),
    )
}

fn fill_with_zero(field: &FieldName, key: &FieldName, groupby: &[FieldName]) -> Step {
    Step::StackImpute(Box::new(Transform::Impute {
        impute: field.clone(),
        key: key.clone(),
        groupby: groupby.to_vec(),
        how: Impute {
            method: Some(ImputeMethod::Value),
            value: Some(Literal::Number(0.0)),
            rest: JsonMap::new(),
            ..Impute::default()
        },
    }))
}

fn sort_field(field: FieldName, order: Option<SortOrder>) -> SortField {
    SortField {
        field,
        order: order.map(Setting::On),
    }
}

/// A step that computes a column.
pub(super) fn calculate(expression: String, output: FieldName) -> Step {
    transform(Transform::Calculate {
        calculate: Expression(expression),
        output,
    })
}

/// A transform as a step.
pub(super) fn transform(transform: Transform) -> Step {
    Step::Transform(Box::new(transform))
}

/// A column of the row at hand, in an expression.
fn datum(name: &FieldName) -> String {
    format!("datum[{}]", quoted(name.as_str()))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
