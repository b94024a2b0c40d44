//! Facts of a chart: what each unit of a spec shows of a table, ready for rules to ask.

use std::collections::BTreeMap;

use marey_core::spec::{
    Bin, ChannelDef, Composition, Encoding, Facet, FieldDef, FieldTest, MarkDef, Predicate, Scale, ScaleType,
    Setting, Sort, Stack, StackOffset, Transform, View,
};
use marey_core::{Aggregate, Channel, ChartSpec, FieldName, FieldType, Mark};
use marey_profile::{ColumnProfile, TableProfile};

use crate::role::Field;

/// One unit view with everything it inherits.
pub(crate) struct UnitFacts<'a> {
    /// Where the unit stands, as a JSON path.
    pub path: String,
    pub mark: Option<Mark>,
    pub mark_def: &'a MarkDef,
    /// Channels with a datum or a value.
    pub fixed: Vec<Channel>,
    /// All channels with a field, its own and inherited.
    pub fields: Vec<FieldFact<'a>>,
    pub transforms: Vec<&'a Transform>,
    pub profile: Option<&'a TableProfile>,
    /// Whether the whole chart has a title.
    pub titled: bool,
    /// Parts that the table's columns play.
    pub roles: &'a [Field<'a>],
}

/// Where the values of an encoded field come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Origin<'a> {
    /// A column of the table, perhaps summarised by a transform.
    Column(&'a ColumnProfile),
    /// Columns turned into rows: the values.
    Folded(usize),
    /// Made by a transform.
    Made,
    /// A count of rows.
    Rows,
    /// Neither a column nor made by a transform.
    Missing,
    /// Nothing is known of the table, or the name is a repeat's.
    Unknown,
}

/// A channel with its field.
pub(crate) struct FieldFact<'a> {
    pub channel: Channel,
    pub def: &'a FieldDef,
    /// Where the definition stands, as a JSON path.
    pub path: String,
    pub origin: Origin<'a>,
    /// The aggregate, of the channel or of the transform that made the field.
    pub aggregate: Option<Aggregate>,
    /// Number of categories that a transform keeps.
    pub limit: Option<u64>,
}

impl<'a> FieldFact<'a> {
    /// The column behind the field.
    pub(crate) fn column(&self) -> Option<&'a ColumnProfile> {
        match self.origin {
            Origin::Column(column) => Some(column),
            _ => None,
        }
    }

    /// The level of measurement: written, or what Vega-Lite takes by default.
    pub(crate) fn field_type(&self) -> FieldType {
        let def = self.def;
        if let Some(written) = def.field_type {
            return written;
        }
        if def.time_unit.is_some() {
            FieldType::Temporal
        } else if def.aggregate.is_some() || def.bin.is_some() {
            FieldType::Quantitative
        } else if matches!(def.sort, Some(Sort::Values(_))) {
            FieldType::Ordinal
        } else {
            FieldType::Nominal
        }
    }

    pub(crate) fn is_binned(&self) -> bool {
        matches!(self.def.bin, Some(Bin::On(_) | Bin::Binned(_)))
    }

    /// Whether the field has separate positions or colours rather than a continuous range.
    pub(crate) fn is_discrete(&self) -> bool {
        matches!(self.field_type(), FieldType::Nominal | FieldType::Ordinal)
    }

    /// Whether the field is a plain quantity: neither aggregated nor binned.
    pub(crate) fn is_raw_quantity(&self) -> bool {
        self.field_type() == FieldType::Quantitative && self.aggregate.is_none() && !self.is_binned()
    }

    /// Whether the field measures something: a quantity that is not cut into bins.
    pub(crate) fn is_quantity(&self) -> bool {
        self.field_type() == FieldType::Quantitative && !self.is_binned()
    }

    /// Whether the field stands on an axis.
    pub(crate) fn is_on_axis(&self) -> bool {
        matches!(self.channel, Channel::X | Channel::Y)
    }

    /// Whether the field is told by colour.
    pub(crate) fn is_color(&self) -> bool {
        matches!(self.channel, Channel::Color | Channel::Fill | Channel::Stroke)
    }

    /// Number of groups the field makes, where that is known.
    pub(crate) fn groups(&self) -> Option<u64> {
        let all = match self.origin {
            Origin::Folded(columns) => columns as u64,
            Origin::Column(column) if self.def.time_unit.is_none() && !self.is_binned() => {
                column.distinct.value
            }
            _ => return None,
        };
        Some(self.limit.map_or(all, |limit| all.min(limit)))
    }

    pub(crate) fn scale(&self) -> Option<&'a Scale> {
        self.def.scale.as_ref().and_then(Setting::on)
    }

    pub(crate) fn scale_type(&self) -> Option<ScaleType> {
        self.scale().and_then(|scale| scale.scale_type)
    }
}

impl<'a> UnitFacts<'a> {
    /// The field on a channel.
    pub(crate) fn on(&self, channel: Channel) -> Option<&FieldFact<'a>> {
        self.fields.iter().find(|fact| fact.channel == channel)
    }

    /// The fields that change what is seen: all but tooltips, links and descriptions.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &FieldFact<'a>> {
        self.fields.iter().filter(|fact| {
            !matches!(
                fact.channel,
                Channel::Tooltip | Channel::Href | Channel::Url | Channel::Description | Channel::Key
            )
        })
    }

    /// Number of rows of the table.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.profile.map(|profile| profile.rows)
    }

    /// Whether rows are summarised before they are drawn.
    pub(crate) fn is_summarised(&self) -> bool {
        self.mark.is_some_and(Mark::is_composite) || self.fields.iter().any(|fact| fact.aggregate.is_some())
    }

    /// How bars or areas are stacked, if they are.
    pub(crate) fn stacking(&self) -> Option<(&FieldFact<'a>, StackOffset)> {
        let written = self.seen().find_map(|fact| match &fact.def.stack {
            Some(Stack::Offset(offset)) => Some((fact, *offset)),
            Some(Stack::On) => Some((fact, StackOffset::Zero)),
            _ => None,
        });
        let off = self.seen().any(|fact| fact.def.stack == Some(Stack::Off));
        if written.is_some() || off || !matches!(self.mark, Some(Mark::Bar | Mark::Area)) {
            return written;
        }
        let parted = self.seen().any(|fact| {
            (fact.is_color() || matches!(fact.channel, Channel::Detail | Channel::Opacity))
                && fact.aggregate.is_none()
                && (fact.is_discrete() || fact.is_binned())
        });
        let beside = self.on(Channel::XOffset).is_some() || self.on(Channel::YOffset).is_some();
        let length = self.length()?;
        (parted && !beside).then_some((length, StackOffset::Zero))
    }

    /// The axis along which bars and areas have their length.
    pub(crate) fn length(&self) -> Option<&FieldFact<'a>> {
        let (x, y) = (self.on(Channel::X), self.on(Channel::Y));
        [y, x]
            .into_iter()
            .flatten()
            .find(|fact| fact.is_quantity() && fact.aggregate.is_some())
            .or_else(|| [y, x].into_iter().flatten().find(|fact| fact.is_quantity()))
    }
}

/// Collects the facts of every unit of a spec, in the order of the document.
pub(crate) fn facts_of<'a>(
    spec: &'a ChartSpec,
    profile: Option<&'a TableProfile>,
    roles: &'a [Field<'a>],
) -> Vec<UnitFacts<'a>> {
    let mut collector = Collector {
        profile,
        roles,
        titled: is_titled(&spec.view),
        units: Vec::new(),
    };
    collector.view(&spec.view, "$", &Inherited::default());
    collector.units
}

fn is_titled(view: &View) -> bool {
    match &view.title {
        Some(marey_core::spec::ViewTitle::Text(text)) => !text.joined().trim().is_empty(),
        Some(marey_core::spec::ViewTitle::Styled(title)) => title
            .text
            .as_ref()
            .is_some_and(|text| !text.joined().trim().is_empty()),
        _ => false,
    }
}

/// What a view takes over from the views around it.
#[derive(Clone, Default)]
struct Inherited<'a> {
    fields: Vec<(Channel, &'a FieldDef, String)>,
    fixed: Vec<Channel>,
    transforms: Vec<&'a Transform>,
}

struct Collector<'a> {
    profile: Option<&'a TableProfile>,
    roles: &'a [Field<'a>],
    titled: bool,
    units: Vec<UnitFacts<'a>>,
}

impl<'a> Collector<'a> {
    fn view(&mut self, view: &'a View, path: &str, inherited: &Inherited<'a>) {
        let mut inherited = inherited.clone();
        inherited.transforms.extend(&view.transform);
        match &view.composition {
            Composition::Unit(unit) => {
                own_fields(&unit.encoding, path, &mut inherited);
                self.unit(&unit.mark, path, &inherited);
            }
            Composition::Layer { layers, encoding } => {
                own_fields(encoding, path, &mut inherited);
                self.all(layers, &format!("{path}.layer"), &inherited);
            }
            Composition::Facet(facet) => {
                facet_fields(facet, path, &mut inherited);
                self.view(&facet.spec, &format!("{path}.spec"), &inherited);
            }
            Composition::Concat { flow, views, .. } => {
                self.all(views, &format!("{path}.{flow}"), &inherited);
            }
            Composition::Repeat(repeat) => self.view(&repeat.spec, &format!("{path}.spec"), &inherited),
        }
    }

    fn all(&mut self, views: &'a [View], path: &str, inherited: &Inherited<'a>) {
        for (at, view) in views.iter().enumerate() {
            self.view(view, &format!("{path}[{at}]"), inherited);
        }
    }

    fn unit(&mut self, mark: &'a MarkDef, path: &str, inherited: &Inherited<'a>) {
        let made = made_by(&inherited.transforms);
        let limits = limits_of(&inherited.transforms);
        let fields = inherited
            .fields
            .iter()
            .map(|(channel, def, path)| self.field(*channel, def, path, &made, &limits))
            .collect();
        self.units.push(UnitFacts {
            path: path.to_owned(),
            mark: mark.mark,
            mark_def: mark,
            fixed: inherited.fixed.clone(),
            fields,
            transforms: inherited.transforms.clone(),
            profile: self.profile,
            titled: self.titled,
            roles: self.roles,
        });
    }

    fn field(
        &self,
        channel: Channel,
        def: &'a FieldDef,
        path: &str,
        made: &BTreeMap<&'a FieldName, Made<'a>>,
        limits: &[(&'a FieldName, u64)],
    ) -> FieldFact<'a> {
        let name = def.name();
        let (origin, by_transform) = self.origin(def, made);
        FieldFact {
            channel,
            def,
            path: path.to_owned(),
            origin,
            aggregate: def.aggregate.clone().or(by_transform),
            limit: name
                .and_then(|name| limits.iter().find(|(field, _)| *field == name))
                .map(|(_, k)| *k),
        }
    }

    fn origin(
        &self,
        def: &'a FieldDef,
        made: &BTreeMap<&'a FieldName, Made<'a>>,
    ) -> (Origin<'a>, Option<Aggregate>) {
        let Some(name) = def.name() else {
            return match (&def.field, &def.aggregate) {
                (None, Some(Aggregate::Count)) => (Origin::Rows, None),
                _ => (Origin::Unknown, None),
            };
        };
        match made.get(name) {
            Some(Made::Summary(op, None)) => (Origin::Rows, Some((*op).clone())),
            Some(Made::Summary(op, Some(source))) => (self.column(source), Some((*op).clone())),
            Some(Made::Copy(source)) => (self.column(source), None),
            Some(Made::Keys(columns)) => (Origin::Folded(*columns), None),
            Some(Made::Other) => (Origin::Made, None),
            None => (self.column(name), None),
        }
    }

    fn column(&self, name: &FieldName) -> Origin<'a> {
        match self.profile {
            None => Origin::Unknown,
            Some(profile) => profile.column(name).map_or(Origin::Missing, Origin::Column),
        }
    }
}

fn own_fields<'a>(encoding: &'a Encoding, path: &str, inherited: &mut Inherited<'a>) {
    let fixed = encoding
        .entries
        .iter()
        .filter(|entry| !matches!(entry.defs.first(), Some(ChannelDef::Field(_))));
    inherited.fixed.extend(fixed.map(|entry| entry.channel));
    for (channel, def) in encoding.fields() {
        let path = format!("{path}.encoding.{channel}");
        inherited
            .fields
            .retain(|(other, ..)| *other != channel || is_listed(channel));
        inherited.fields.push((channel, def, path));
    }
}

fn is_listed(channel: Channel) -> bool {
    matches!(channel, Channel::Detail | Channel::Order | Channel::Tooltip)
}

fn facet_fields<'a>(facet: &'a Facet, path: &str, inherited: &mut Inherited<'a>) {
    let parts = [
        (Channel::Facet, &facet.wrap),
        (Channel::Row, &facet.row),
        (Channel::Column, &facet.column),
    ];
    for (channel, def) in parts {
        if let Some(def) = def {
            let place = match channel {
                Channel::Facet => format!("{path}.facet"),
                other => format!("{path}.facet.{other}"),
            };
            inherited.fields.push((channel, def, place));
        }
    }
}

/// What a transform makes.
enum Made<'a> {
    Summary(&'a Aggregate, Option<&'a FieldName>),
    Copy(&'a FieldName),
    Keys(usize),
    Other,
}

/// The fields that transforms make, with what they are made of; the last maker counts.
fn made_by<'a>(transforms: &[&'a Transform]) -> BTreeMap<&'a FieldName, Made<'a>> {
    let mut made = BTreeMap::new();
    for transform in transforms {
        match transform {
            Transform::Aggregate { ops, .. } => {
                made.extend(ops.iter().map(|op| {
                    (
                        &op.output,
                        Made::Summary(&op.op, op.field.as_ref().and_then(|field| field.name())),
                    )
                }));
            }
            Transform::JoinAggregate(join) => {
                made.extend(join.ops.iter().map(|op| (&op.output, Made::Other)));
            }
            Transform::Calculate { output, .. } => {
                made.insert(output, Made::Other);
            }
            Transform::Bin { output, .. }
            | Transform::Stack { output, .. }
            | Transform::Lookup { output, .. } => {
                made.extend(output.iter().map(|name| (name, Made::Other)));
            }
            Transform::TimeUnit { field, output, .. } => {
                made.insert(output, Made::Copy(field));
            }
            Transform::Window { ops, .. } => {
                made.extend(ops.iter().map(|op| (&op.output, Made::Other)));
            }
            Transform::Fold {
                fields,
                output: Some([key, value]),
            } => {
                made.insert(key, Made::Keys(fields.len()));
                made.insert(value, fields.first().map_or(Made::Other, Made::Copy));
            }
            Transform::Flatten {
                output: Some(output), ..
            } => {
                made.extend(output.iter().map(|name| (name, Made::Other)));
            }
            Transform::Impute { .. } | Transform::Filter(_) | Transform::Sample(_) => {}
            _ => {}
        }
    }
    made
}

/// Whether some transform makes fields whose names the spec does not say.
pub(crate) fn makes_unnamed_fields(transforms: &[&Transform]) -> bool {
    transforms.iter().any(|transform| {
        matches!(
            transform,
            Transform::Carried(_)
                | Transform::Density { .. }
                | Transform::Regression { .. }
                | Transform::Loess { .. }
                | Transform::Quantile { .. }
                | Transform::Pivot { .. }
                | Transform::Lookup { .. }
                | Transform::Fold { output: None, .. }
                | Transform::Flatten { output: None, .. }
        )
    })
}

/// The fields of which a rank and a filter keep only the first groups.
fn limits_of<'a>(transforms: &[&'a Transform]) -> Vec<(&'a FieldName, u64)> {
    let mut limits = Vec::new();
    for (at, transform) in transforms.iter().enumerate() {
        let Transform::Filter(Predicate::Field(test)) = transform else {
            continue;
        };
        let kept = match &test.test {
            FieldTest::Lte(marey_core::spec::Literal::Number(k)) => k.floor(),
            FieldTest::Lt(marey_core::spec::Literal::Number(k)) => (k - 1.0).ceil(),
            FieldTest::OneOf(values) => {
                limits.extend(test.field.name().map(|name| (name, values.len() as u64)));
                continue;
            }
            _ => continue,
        };
        let ranked = transforms.iter().take(at).any(|earlier| {
            matches!(earlier, Transform::Window { ops, .. }
                if ops.iter().any(|op| Some(&op.output) == test.field.name()))
        });
        if ranked && kept >= 0.0 {
            let sorted = transforms.iter().take(at).flat_map(|earlier| match earlier {
                Transform::Window { sort, .. } => sort.iter().map(|key| &key.field).collect::<Vec<_>>(),
                _ => Vec::new(),
            });
            limits.extend(sorted.map(|field| (field, kept as u64)));
        }
    }
    limits
}
