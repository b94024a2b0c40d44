//! The steps of a plan performed, shared ones once.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, StringArray};
use marey_core::{
    ChartSpec, FieldName,
    spec::{FieldPredicate, Predicate, Transform},
};

use super::{
    DataTables, ExecuteOptions, RunContext,
    cells::Numbers,
    frame::{Column, Frame},
    partition::part_by_part,
    plan::{Plan, SortIndex, Step, StepId},
    predicate, reading, run, sources,
};
use crate::{Table, TableError, TableWarning};

/// Performs a plan: the rows of each unit view and what was noticed on the way.
///
/// # Errors
///
/// When a step fails or a bound is passed.
pub(crate) fn perform(
    mut plan: Plan,
    spec: &ChartSpec,
    data: &DataTables<'_>,
    parameters: &[(String, serde_json::Value)],
    options: &ExecuteOptions,
) -> Result<(Vec<Table>, Vec<TableWarning>), TableError> {
    let mut tables = data.named.to_vec();
    let mut context = RunContext::new(options);
    for transform in plan.flow.transforms_mut() {
        let warnings = sources::name_lookup_tables(transform, spec, &mut tables, options)?;
        context.warnings.extend(warnings);
    }
    context.tables = &tables;
    context.parameters = parameters;
    let mut performance = Performance {
        plan: &plan,
        context,
        units: vec![None; plan.units],
    };
    for root in plan.flow.roots() {
        if let Step::Source(at) = plan.flow.node(root).step {
            let source = plan.sources.get(at).and_then(Option::as_ref);
            let rows = data.rows(source, spec, options)?;
            performance.context.warnings.extend(rows.warnings);
            performance.context.allow_rows("reading", rows.value.rows())?;
            performance.after(root, Frame::of_table(&rows.value))?;
        }
    }
    let units = performance.units.into_iter().flatten().collect();
    Ok((units, performance.context.warnings))
}

struct Performance<'a> {
    plan: &'a Plan,
    context: RunContext<'a>,
    units: Vec<Option<Table>>,
}

impl Performance<'_> {
    /// Performs all that comes after a step, whose rows these are.
    fn after(&mut self, step: StepId, frame: Frame) -> Result<(), TableError> {
        // A chain is as long as the spec's transforms: it is walked, not recursed into.
        let mut open = vec![(step, frame)];
        while let Some((step, frame)) = open.pop() {
            for child in self.plan.flow.node(step).children.iter().rev() {
                let rows = self.step(*child, &frame)?;
                open.push((*child, rows));
            }
        }
        Ok(())
    }

    fn step(&mut self, id: StepId, frame: &Frame) -> Result<Frame, TableError> {
        let node = self.plan.flow.node(id);
        if node.within.is_empty() {
            return self.perform_step(&node.step, frame);
        }
        part_by_part(frame, &node.within, |part| self.perform_step(&node.step, part))
    }

    fn perform_step(&mut self, step: &Step, frame: &Frame) -> Result<Frame, TableError> {
        match step {
            Step::Source(_) | Step::Facet(_) => Ok(frame.clone()),
            Step::Read(readings) => {
                let mut frame = frame.clone();
                for (field, reading) in readings {
                    frame = reading::read(frame, field, reading, &mut self.context)?;
                }
                Ok(frame)
            }
            Step::Transform(transform) | Step::StackImpute(transform) => {
                run::step(transform, frame, &mut self.context)
            }
            Step::BinRange { start, end, output } => bin_range(frame, start, end, output),
            Step::SortIndex(index) => self.sort_index(index, frame),
            Step::Output(unit) => {
                let table = frame.clone().into_table()?;
                if let Some(place) = self.units.get_mut(*unit) {
                    *place = Some(table);
                }
                Ok(frame.clone())
            }
        }
    }

    /// The position of each row's value in an explicit order; behind all where it is not listed.
    fn sort_index(&mut self, index: &SortIndex, frame: &Frame) -> Result<Frame, TableError> {
        let mut places = vec![index.tests.len() as i64; frame.rows()];
        for (at, test) in index.tests.iter().enumerate().rev() {
            let test = Predicate::Field(FieldPredicate {
                test: test.clone(),
                ..index.field.clone()
            });
            let holds = predicate::holds(frame, &test, &mut self.context)?;
            for row in holds.set_indices() {
                if let Some(place) = places.get_mut(row) {
                    *place = at as i64;
                }
            }
        }
        let array: ArrayRef = Arc::new(Int64Array::from(places));
        let mut frame = frame.clone();
        frame.put(Column::new(index.output.clone(), array));
        Ok(frame)
    }
}

/// The range of a bin as text, with numbers of up to twelve digits: `10 – 20`, or `null` for what
/// is in no bin.
fn bin_range(
    frame: &Frame,
    start: &FieldName,
    end: &FieldName,
    output: &FieldName,
) -> Result<Frame, TableError> {
    let [low, high] = [start, end].map(|name| {
        let column = frame.column(name, "bin")?;
        Ok::<_, TableError>(Numbers::of(column.array()?))
    });
    let (low, high) = (low?, high?);
    let texts: StringArray = (0..frame.rows())
        .map(|row| match (low.get(row), high.get(row)) {
            (Some(low), Some(high)) if low.is_finite() => {
                Some(format!("{} \u{2013} {}", short(low), short(high)))
            }
            _ => Some("null".into()),
        })
        .collect();
    let array: ArrayRef = Arc::new(texts);
    let mut frame = frame.clone();
    frame.put(Column::new(output.clone(), array));
    Ok(frame)
}

/// A number with up to twelve significant digits, with the minus sign of typesetting.
fn short(number: f64) -> String {
    let rounded: f64 = format!("{number:.11e}").parse().unwrap_or(number);
    format!("{rounded}").replace('-', "\u{2212}")
}

impl super::plan::Dataflow {
    /// The transforms of all steps, to change them.
    fn transforms_mut(&mut self) -> impl Iterator<Item = &mut Transform> {
        self.steps_mut().filter_map(|step| match step {
            Step::Transform(transform) => Some(transform.as_mut()),
            _ => None,
        })
    }
}
