//! The tree of steps that leads from the sources to the rows of each unit view.
//!
//! Vega-Lite rearranges such a tree before it runs: facets move behind what can be computed for
//! all parts at once, readings of fields move towards the source, bins in front of facets. Which
//! rows come out depends on it, so the same passes run here, after `compile/data/optimizers.ts`
//! and `subtree.ts`.

use std::collections::BTreeMap;

use marey_core::{
    FieldName,
    spec::{FieldTest, Literal, Transform},
};

use crate::execute::reading::Reading;

/// Rounds of rearranging after which Vega-Lite gives up.
const MAX_ROUNDS: usize = 5;

/// Position of a step in the tree.
pub(crate) type StepId = usize;

/// One step.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Where rows come from, by position in the list of sources.
    Source(usize),
    /// Fields read as a type.
    Read(Readings),
    /// A transform.
    Transform(Box<Transform>),
    /// Missing pieces of a stack filled with zero: the one filling that knows of facets.
    StackImpute(Box<Transform>),
    /// The place of each value in an explicit order.
    SortIndex(SortIndex),
    /// The range of a bin as text.
    BinRange {
        /// Lower end.
        start: FieldName,
        /// Upper end.
        end: FieldName,
        /// The new column.
        output: FieldName,
    },
    /// The rows are split into parts; what follows happens in each part.
    Facet(Vec<FieldName>),
    /// The rows of a unit view.
    Output(usize),
}

/// Which fields are read as what, in order of first mention.
pub(crate) type Readings = BTreeMap<FieldName, Reading>;

/// The place of each value in an explicit order.
#[derive(Debug, Clone)]
pub(crate) struct SortIndex {
    /// One test per value.
    pub tests: Vec<FieldTest>,
    /// The field and, where the values are times, the unit it is truncated to.
    pub field: marey_core::spec::FieldPredicate,
    /// The new column.
    pub output: FieldName,
}

/// A step with its place in the tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// What happens.
    pub step: Step,
    /// What happens after, each on its own.
    pub children: Vec<StepId>,
    /// Fields of the facets within whose parts the step happens; empty for all rows at once.
    pub within: Vec<FieldName>,
    parent: Option<StepId>,
}

/// The tree of steps; its first nodes are not necessarily sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dataflow {
    nodes: Vec<Node>,
}

impl Dataflow {
    /// Adds a step after another.
    pub fn add(&mut self, parent: Option<StepId>, step: Step) -> StepId {
        let id = self.nodes.len();
        self.nodes.push(Node {
            step,
            children: Vec::new(),
            within: Vec::new(),
            parent,
        });
        if let Some(parent) = parent {
            self.nodes[parent].children.push(id);
        }
        id
    }

    /// A step by its position.
    pub fn node(&self, id: StepId) -> &Node {
        &self.nodes[id]
    }

    /// All steps, to change them.
    pub fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        self.nodes.iter_mut().map(|node| &mut node.step)
    }

    /// The sources.
    pub fn roots(&self) -> impl Iterator<Item = StepId> + '_ {
        (0..self.nodes.len()).filter(|id| matches!(self.nodes[*id].step, Step::Source(_)))
    }

    /// Rearranges the tree as Vega-Lite does.
    pub fn arrange(&mut self) {
        for facet in self.facets() {
            self.move_facet_down(facet);
        }
        for _ in 0..MAX_ROUNDS {
            let moved = self.move_readings_up();
            let hoisted = self.hoist_bins_over_facets();
            if !(moved | hoisted | self.merge_readings()) {
                break;
            }
        }
        for facet in self.facets() {
            if let Step::Facet(fields) = self.nodes[facet].step.clone() {
                self.mark_within(facet, &fields);
            }
        }
    }

    fn facets(&self) -> Vec<StepId> {
        let is_facet = |id: &StepId| matches!(self.nodes[*id].step, Step::Facet(_));
        (0..self.nodes.len()).filter(is_facet).collect()
    }

    /// Moves a facet behind the steps of its only branch; grouping steps then group by its fields.
    fn move_facet_down(&mut self, facet: StepId) {
        let Step::Facet(fields) = self.nodes[facet].step.clone() else {
            return;
        };
        while let [child] = self.nodes[facet].children.as_slice() {
            let child = *child;
            if matches!(self.nodes[child].step, Step::Output(_)) {
                break;
            }
            add_dimensions(&mut self.nodes[child].step, &fields);
            self.swap_with_parent(child);
        }
    }

    /// Puts a step before its parent. The step's children become the parent's.
    fn swap_with_parent(&mut self, id: StepId) {
        let Some(parent) = self.nodes[id].parent else {
            return;
        };
        let Some(above) = self.nodes[parent].parent else {
            return;
        };
        let children = std::mem::take(&mut self.nodes[id].children);
        for child in &children {
            self.nodes[*child].parent = Some(parent);
        }
        self.nodes[parent].children.retain(|child| *child != id);
        self.nodes[parent].children.extend(children);
        if let Some(place) = self.nodes[above]
            .children
            .iter_mut()
            .find(|child| **child == parent)
        {
            *place = id;
        }
        self.nodes[id].parent = Some(above);
        self.nodes[id].children = vec![parent];
        self.nodes[parent].parent = Some(id);
    }

    /// Takes a step out; its children take its place.
    fn remove(&mut self, id: StepId) {
        let Some(parent) = self.nodes[id].parent else {
            return;
        };
        let children = std::mem::take(&mut self.nodes[id].children);
        for child in &children {
            self.nodes[*child].parent = Some(parent);
        }
        let siblings = &mut self.nodes[parent].children;
        if let Some(at) = siblings.iter().position(|child| *child == id) {
            siblings.splice(at..=at, children);
        }
        self.nodes[id].parent = None;
    }

    /// All steps, deepest first.
    fn bottom_up(&self) -> Vec<StepId> {
        let mut found: Vec<(usize, StepId)> = Vec::new();
        let mut open: Vec<(usize, StepId)> = self.roots().map(|id| (0, id)).collect();
        open.reverse();
        while let Some((depth, id)) = open.pop() {
            found.push((depth, id));
            open.extend(
                self.nodes[id]
                    .children
                    .iter()
                    .rev()
                    .map(|child| (depth + 1, *child)),
            );
        }
        found.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Reads fields as early as possible: readings move up to the last fork or to the step that
    /// makes a field they read.
    fn move_readings_up(&mut self) -> bool {
        let mut changed = false;
        for id in self.bottom_up() {
            let is_source = matches!(self.nodes[id].step, Step::Source(_));
            let [child] = self.nodes[id].children.as_slice() else {
                continue;
            };
            let child = *child;
            let Step::Read(below) = self.nodes[child].step.clone() else {
                continue;
            };
            if is_source {
                continue;
            }
            if let Step::Read(readings) = &mut self.nodes[id].step {
                readings.extend(below);
                self.remove(child);
                changed = true;
            } else if !makes_any_of(&self.nodes[id].step, below.keys()) {
                self.swap_with_parent(child);
                changed = true;
            }
        }
        changed
    }

    /// What one branch of a fork reads is read for all, unless the branches disagree.
    fn merge_readings(&mut self) -> bool {
        let mut changed = false;
        for id in self.bottom_up() {
            if self.nodes[id].children.len() > 1 {
                changed |= self.merge_readings_at(id);
            }
        }
        changed
    }

    fn merge_readings_at(&mut self, id: StepId) -> bool {
        let children = self.nodes[id].children.clone();
        let mut shared = Readings::new();
        let mut disagreed = Vec::new();
        for child in &children {
            let Step::Read(readings) = &self.nodes[*child].step else {
                continue;
            };
            for (field, reading) in readings {
                match shared.get(field) {
                    None => {
                        shared.insert(field.clone(), reading.clone());
                    }
                    Some(known) if known != reading => disagreed.push(field.clone()),
                    Some(_) => {}
                }
            }
        }
        shared.retain(|field, _| !disagreed.contains(field));
        if shared.is_empty() {
            return false;
        }
        let merged = self.nodes.len();
        self.nodes.push(Node {
            step: Step::Read(shared.clone()),
            children: children.clone(),
            within: Vec::new(),
            parent: Some(id),
        });
        self.nodes[id].children = vec![merged];
        for child in children {
            self.nodes[child].parent = Some(merged);
            if let Step::Read(readings) = &mut self.nodes[child].step {
                readings.retain(|field, _| !shared.contains_key(field));
                if readings.is_empty() {
                    self.remove(child);
                }
            }
        }
        true
    }

    /// Bins whose ends come from the data are the same in all parts of a facet: they move before
    /// it, over steps that neither drop rows nor make the field.
    fn hoist_bins_over_facets(&mut self) -> bool {
        let mut changed = false;
        for id in self.bottom_up() {
            let passable = match &self.nodes[id].step {
                Step::Facet(_) => true,
                Step::Transform(transform) => {
                    self.nodes[id].children.len() == 1 && keeps_rows(transform) && self.is_below_facet(id)
                }
                _ => false,
            };
            if !passable {
                continue;
            }
            for child in self.nodes[id].children.clone() {
                let Step::Transform(transform) = &self.nodes[child].step else {
                    continue;
                };
                let Transform::Bin { field, .. } = transform.as_ref() else {
                    continue;
                };
                if !makes_any_of(&self.nodes[id].step, std::iter::once(field)) {
                    self.swap_with_parent(child);
                    changed = true;
                    break;
                }
            }
        }
        changed
    }

    fn is_below_facet(&self, id: StepId) -> bool {
        let mut above = self.nodes[id].parent;
        while let Some(parent) = above {
            if matches!(self.nodes[parent].step, Step::Facet(_)) {
                return true;
            }
            above = self.nodes[parent].parent;
        }
        false
    }

    /// Steps below a facet group by its fields or, where that says something else, happen part by
    /// part.
    fn mark_within(&mut self, facet: StepId, fields: &[FieldName]) {
        let mut open = self.nodes[facet].children.clone();
        while let Some(id) = open.pop() {
            open.extend(self.nodes[id].children.iter().copied());
            let node = &mut self.nodes[id];
            if add_dimensions(&mut node.step, fields) {
                continue;
            }
            let depends_on_all_rows = match &node.step {
                Step::StackImpute(_) => true,
                Step::Transform(transform) => !is_row_by_row(transform),
                _ => false,
            };
            if depends_on_all_rows {
                node.within.extend(fields.iter().cloned());
            }
        }
    }
}

/// Adds fields to what a grouping step groups by; false where the step does not group.
fn add_dimensions(step: &mut Step, fields: &[FieldName]) -> bool {
    let groupby = match step {
        Step::Transform(transform) => match transform.as_mut() {
            Transform::Aggregate { groupby, .. }
            | Transform::Stack { groupby, .. }
            | Transform::Window { groupby, .. } => groupby,
            Transform::JoinAggregate(join) => &mut join.groupby,
            _ => return false,
        },
        Step::StackImpute(transform) => match transform.as_mut() {
            Transform::Impute { groupby, .. } => groupby,
            _ => return false,
        },
        _ => return false,
    };
    for field in fields {
        if !groupby.contains(field) {
            groupby.push(field.clone());
        }
    }
    true
}

/// Whether a step makes one of the fields (or a member of it, or something unknown).
fn makes_any_of<'a>(step: &Step, mut fields: impl Iterator<Item = &'a FieldName>) -> bool {
    match made_by(step) {
        None => true,
        Some(made) => fields.any(|field| made.iter().any(|name| first_step(name) == first_step(field))),
    }
}

fn first_step(field: &FieldName) -> &str {
    let name = field.as_str();
    name.split(['.', '[']).next().unwrap_or(name)
}

/// The fields a step makes; none where that depends on the data.
fn made_by(step: &Step) -> Option<Vec<FieldName>> {
    match step {
        Step::Source(_) => None,
        Step::Read(readings) => Some(readings.keys().cloned().collect()),
        Step::Facet(_) | Step::Output(_) => Some(Vec::new()),
        Step::BinRange { output, .. } => Some(vec![output.clone()]),
        Step::SortIndex(index) => Some(vec![index.output.clone()]),
        Step::StackImpute(transform) | Step::Transform(transform) => made_fields(transform),
    }
}

/// The fields a transform makes; none where that depends on the data.
pub(crate) fn made_fields(transform: &Transform) -> Option<Vec<FieldName>> {
    let made = match transform {
        Transform::Filter(_) | Transform::Sample(_) => Vec::new(),
        Transform::Calculate { output, .. } => vec![output.clone()],
        Transform::Aggregate { ops, .. } => ops.iter().map(|op| op.output.clone()).collect(),
        Transform::JoinAggregate(join) => join.ops.iter().map(|op| op.output.clone()).collect(),
        Transform::Bin { output, .. } => output.clone(),
        Transform::TimeUnit { output, .. } => vec![output.clone()],
        Transform::Window { ops, .. } => ops.iter().map(|op| op.output.clone()).collect(),
        Transform::Stack { output, .. } => output.clone(),
        Transform::Fold { output, .. } => match output {
            Some(names) => names.to_vec(),
            None => vec!["key".into(), "value".into()],
        },
        Transform::Flatten { fields, output } => output.as_ref().unwrap_or(fields).clone(),
        Transform::Impute { impute, .. } => vec![impute.clone()],
        Transform::Lookup { from, output, .. } => match output.is_empty() {
            true => from.fields.clone().unwrap_or_default(),
            false => output.clone(),
        },
        Transform::Density { options, .. } => two(options.output.as_ref(), "value".into(), "density".into()),
        Transform::Quantile { options, .. } => two(options.output.as_ref(), "prob".into(), "value".into()),
        Transform::Regression {
            regression,
            on,
            options,
        } => two(options.output.as_ref(), on.clone(), regression.clone()),
        Transform::Loess { loess, on, options } => two(options.output.as_ref(), on.clone(), loess.clone()),
        Transform::Pivot { .. } | Transform::Carried(_) => return None,
    };
    Some(made)
}

fn two(
    named: Option<&[marey_core::spec::NewField; 2]>,
    first: FieldName,
    second: FieldName,
) -> Vec<FieldName> {
    match named {
        Some(names) => names.iter().map(|name| name.0.clone()).collect(),
        None => vec![first, second],
    }
}

/// Whether a transform treats each row without regard to the others.
fn is_row_by_row(transform: &Transform) -> bool {
    match transform {
        Transform::Bin { bin, .. } => {
            matches!(bin, marey_core::spec::Bin::On(params) if params.extent.is_some())
        }
        Transform::Filter(_)
        | Transform::Calculate { .. }
        | Transform::TimeUnit { .. }
        | Transform::Fold { .. }
        | Transform::Flatten { .. }
        | Transform::Lookup { .. } => true,
        _ => false,
    }
}

/// Whether a transform only adds columns.
fn keeps_rows(transform: &Transform) -> bool {
    matches!(
        transform,
        Transform::Calculate { .. }
            | Transform::TimeUnit { .. }
            | Transform::JoinAggregate(_)
            | Transform::Window { .. }
            | Transform::Stack { .. }
            | Transform::Lookup { .. }
            | Transform::Bin { .. }
    )
}

/// A literal that a field is compared with.
pub(crate) fn first_literal(test: &FieldTest) -> Option<&Literal> {
    match test {
        FieldTest::Equal(value)
        | FieldTest::Lt(value)
        | FieldTest::Lte(value)
        | FieldTest::Gt(value)
        | FieldTest::Gte(value)
        | FieldTest::Range(value, _) => Some(value),
        FieldTest::OneOf(values) => values.first(),
        FieldTest::Valid(_) => None,
    }
}
