//! From a spec in normal form to the steps that compute the rows of each unit view.
//!
//! The order of steps is that of Vega-Lite's `compile/data/parse.ts`: the readings the user asks
//! for, the transforms of the view, the readings its encoding implies, inline bins and time units,
//! explicit orders, the grouping, the filling of gaps, stacks, and last the removal of values that
//! cannot be placed.

mod dataflow;
mod encoding;
mod implicit;

use std::collections::BTreeMap;

use marey_core::{
    Aggregate, Channel, ChartSpec, FieldName,
    spec::{
        AggregateOp, Composition, DataFormat, DataSource, Facet, FieldDef, FieldRef, JoinAggregate,
        MarkConfig, NamePart, Setting, Sort, Transform, View,
    },
};

pub(crate) use dataflow::{Dataflow, SortIndex, Step, StepId};
use encoding::UnitView;
use implicit::KnownFields;

use super::reading::Reading;

/// What leads to the rows of all unit views of a spec.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Where rows come from; none for the table given.
    pub sources: Vec<Option<DataSource>>,
    /// The steps.
    pub flow: Dataflow,
    /// Number of unit views.
    pub units: usize,
}

/// Plans a spec that is in normal form.
pub(crate) fn plan(spec: &ChartSpec) -> Plan {
    let mut planner = Planner {
        config: MarkConfig::new(spec.top.config.as_ref()),
        plan: Plan {
            sources: Vec::new(),
            flow: Dataflow::default(),
            units: 0,
        },
        roots: Vec::new(),
    };
    planner.view(&spec.view, None);
    planner.plan.flow.arrange();
    planner.plan
}

struct Planner<'a> {
    config: MarkConfig<'a>,
    plan: Plan,
    /// The step of each source.
    roots: Vec<StepId>,
}

/// The place in the tree where a view's children go on.
#[derive(Debug, Clone)]
struct Place {
    head: StepId,
    known: KnownFields,
    in_layer: bool,
}

impl<'a> Planner<'a> {
    fn view(&mut self, view: &'a View, parent: Option<&Place>) {
        let mut place = self.start(view, parent);
        let in_layer = parent.is_some_and(|parent| parent.in_layer);
        match &view.composition {
            Composition::Unit(unit) => {
                let unit = UnitView {
                    mark: &unit.mark,
                    encoding: &unit.encoding,
                    config: self.config,
                };
                self.unit(view, unit, place, in_layer);
            }
            Composition::Facet(facet) => {
                self.facet(view, facet, &mut place, in_layer);
                self.view(&facet.spec, Some(&place));
            }
            composition => {
                self.transforms(&view.transform, &mut place);
                place.in_layer = matches!(composition, Composition::Layer { .. });
                for child in view.children() {
                    self.view(child, Some(&place));
                }
            }
        }
    }

    /// The source of a view's own data, or the place where its parent's rows are.
    fn start(&mut self, view: &View, parent: Option<&Place>) -> Place {
        let data = view.data.as_ref();
        let inherits = matches!(data, None | Some(DataSource::Named { .. } | DataSource::None));
        let mut known = match parent {
            Some(parent) if inherits => parent.known.clone(),
            _ => KnownFields::default(),
        };
        let head = match (data, parent) {
            (None, Some(parent)) => parent.head,
            (data, _) => self.source(data),
        };
        let mut place = Place {
            head,
            known: KnownFields::default(),
            in_layer: false,
        };
        match data.and_then(format_of).and_then(|format| format.parse.as_ref()) {
            Some(Setting::Off) => known.parse_nothing = true,
            Some(Setting::On(parsing)) => {
                let readings = known.explicit(parsing);
                self.push(&mut place, (!readings.is_empty()).then_some(Step::Read(readings)));
            }
            None => {}
        }
        if matches!(
            data,
            Some(DataSource::Sequence { .. } | DataSource::Graticule(_) | DataSource::Sphere)
        ) {
            known.parse_nothing = true;
        }
        place.known = known;
        place
    }

    /// The step of a source; the same data are one source.
    fn source(&mut self, data: Option<&DataSource>) -> StepId {
        let same = |known: &Option<DataSource>| match (known, data) {
            (None, None) => true,
            (Some(known), Some(data)) => is_same_source(known, data),
            _ => false,
        };
        if let Some(at) = self.plan.sources.iter().position(same) {
            return self.roots[at];
        }
        let id = self.plan.flow.add(None, Step::Source(self.plan.sources.len()));
        self.plan.sources.push(data.cloned());
        self.roots.push(id);
        id
    }

    fn push(&mut self, place: &mut Place, steps: impl IntoIterator<Item = Step>) {
        for step in steps {
            place.head = self.plan.flow.add(Some(place.head), step);
        }
    }

    fn transforms(&mut self, transforms: &[Transform], place: &mut Place) {
        for transform in transforms {
            let transform = normal_names(transform.clone());
            match &transform {
                Transform::Filter(predicate) => {
                    let mut implied = BTreeMap::new();
                    implicit::of_filter(predicate, &mut implied);
                    self.read(place, implied);
                }
                Transform::TimeUnit { field, .. } if !place.known.knows(field) => {
                    self.read(place, BTreeMap::from([(field.clone(), Reading::Date)]));
                }
                _ => {}
            }
            if let Some(made) = dataflow::made_fields(&transform) {
                place.known.derive(&transform, made);
            }
            self.push(place, [encoding::transform(transform)]);
        }
    }

    fn read(&mut self, place: &mut Place, implied: dataflow::Readings) {
        let readings = place.known.implicit(implied);
        self.push(place, (!readings.is_empty()).then_some(Step::Read(readings)));
    }

    fn unit(&mut self, view: &View, unit: UnitView<'_>, mut place: Place, in_layer: bool) {
        let fields = || unit.encoding.bound_fields();
        if in_layer {
            // Layers share the bins of their scales, whatever rows each of them keeps.
            self.push(&mut place, encoding::bins(fields()));
        }
        self.transforms(&view.transform, &mut place);
        let mut implied = implicit::of_fields(fields(), Some(unit.encoding));
        implicit::of_path(unit.mark, unit.encoding, &mut implied);
        self.read(&mut place, implied);
        if !in_layer {
            self.push(&mut place, encoding::bins(fields()));
        }
        self.push(&mut place, encoding::time_units(fields(), Some(unit)));
        self.push(&mut place, encoding::sort_indexes(fields()));
        self.push(&mut place, unit.aggregate());
        self.push(&mut place, unit.impute());
        self.push(&mut place, unit.stack());
        self.push(&mut place, unit.drop_invalid());
        self.push(&mut place, [Step::Output(self.plan.units)]);
        self.plan.units += 1;
    }

    fn facet(&mut self, view: &View, facet: &Facet, place: &mut Place, in_layer: bool) {
        let fields: Vec<(Channel, &FieldDef)> = [
            (Channel::Facet, &facet.wrap),
            (Channel::Row, &facet.row),
            (Channel::Column, &facet.column),
        ]
        .into_iter()
        .filter_map(|(channel, def)| Some((channel, def.as_ref()?)))
        .filter(|(_, def)| def.refers_to_data())
        .collect();
        if in_layer {
            self.push(place, encoding::bins(fields.iter().copied()));
        }
        self.transforms(&view.transform, place);
        self.read(place, implicit::of_fields(fields.iter().copied(), None));
        if !in_layer {
            self.push(place, encoding::bins(fields.iter().copied()));
        }
        self.push(place, encoding::time_units(fields.iter().copied(), None));
        self.push(place, encoding::sort_indexes(fields.iter().copied()));
        if facet.row.is_some() && facet.column.is_some() {
            self.push(
                place,
                fields
                    .iter()
                    .filter_map(|(channel, def)| crossed_order(*channel, def)),
            );
        }
        let mut names = Vec::new();
        for (channel, def) in &fields {
            names.push(def.output_name(*channel));
            if def.binning(*channel).is_some() {
                names.push(def.output_name_of(*channel, NamePart::End));
            }
        }
        self.push(place, [Step::Facet(names)]);
    }
}

/// Rows and columns that are ordered by a summary need it at every row.
fn crossed_order(channel: Channel, def: &FieldDef) -> Option<Step> {
    let Some(Sort::Field(sort)) = &def.sort else {
        return None;
    };
    let op = sort.op.clone().unwrap_or(Aggregate::Min);
    let summary = FieldDef {
        field: sort.field.clone(),
        aggregate: Some(op.clone()),
        ..FieldDef::default()
    };
    let name = def.output_name(channel);
    let output = FieldName::new(format!("{}_by_{name}", summary.output_name(channel)));
    let field = sort.field.as_ref().and_then(FieldRef::name).cloned();
    Some(encoding::transform(Transform::JoinAggregate(JoinAggregate {
        writes_empty_groupby: false,
        ops: vec![AggregateOp {
            op,
            field: field.map(FieldRef::Name),
            output,
        }],
        groupby: vec![name],
    })))
}

fn format_of(data: &DataSource) -> Option<&DataFormat> {
    match data {
        DataSource::Url { format, .. } | DataSource::Inline { format, .. } => format.as_ref(),
        _ => None,
    }
}

/// Whether two sources deliver the same rows.
fn is_same_source(known: &DataSource, data: &DataSource) -> bool {
    let shape = |source| format_of(source).map(|format| (&format.feature, &format.mesh, &format.property));
    let same_shape = match (shape(known), shape(data)) {
        (Some(known), Some(data)) => known == data,
        (Some(only), None) | (None, Some(only)) => only == (&None, &None, &None),
        (None, None) => true,
    };
    match (known, data) {
        (DataSource::Url { url: left, .. }, DataSource::Url { url: right, .. }) => {
            left == right && same_shape
        }
        (DataSource::Inline { values: left, .. }, DataSource::Inline { values: right, .. }) => {
            left == right && same_shape
        }
        (
            DataSource::Url { name: Some(left), .. } | DataSource::Inline { name: Some(left), .. },
            DataSource::Named { name: right, .. },
        )
        | (DataSource::Named { name: left, .. }, DataSource::Named { name: right, .. }) => left == right,
        _ => false,
    }
}

/// A transform with the names of its results spelled out.
fn normal_names(mut transform: Transform) -> Transform {
    match &mut transform {
        Transform::Bin { output, .. } => spell_out(output, "", "_end", ""),
        Transform::Stack { stack, output, .. } => spell_out(output, "_start", "_end", stack.as_str()),
        _ => {}
    }
    transform
}

/// Completes the names of a start and an end: of one name the end is made, of none both are.
fn spell_out(output: &mut Vec<FieldName>, start: &str, end: &str, stem: &str) {
    if output.is_empty() && !stem.is_empty() {
        output.push(FieldName::new(format!("{stem}{start}")));
        output.push(FieldName::new(format!("{stem}{end}")));
    } else if let [only] = output.as_slice() {
        let second = FieldName::new(format!("{only}{end}"));
        output.push(second);
    }
}
