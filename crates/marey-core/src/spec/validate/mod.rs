//! Checks that go beyond reading: does the chart make sense to Vega-Lite?
//!
//! What the official compiler accepts without a warning is never a problem here. Questions of
//! taste are not asked; a linter of design rules may build on these checks.

mod field;
mod mark;
mod problem;
mod transform;

pub use problem::{ProblemKind, Severity, SpecProblem};

use std::rc::Rc;

use super::{
    ChannelDef, ChartSpec, Composition, ConditionalValue, Encoding, FieldDef, Repeat, RepeatRef, View,
};
use crate::Channel;

impl ChartSpec {
    /// Everything that is wrong with the chart, in the order of the document; empty when nothing is.
    ///
    /// ```
    /// use marey_core::{Channel, ChartSpec, FieldType, Mark, spec::{Encoding, FieldDef}};
    ///
    /// let only_an_end = Encoding::new().with(Channel::Y2, FieldDef::new("low", FieldType::Quantitative));
    /// let problems = ChartSpec::unit(Mark::Bar, only_an_end).validate();
    /// assert_eq!(problems[0].path, "$.encoding.y2");
    /// assert_eq!(problems[0].kind.as_str(), "second_without_first");
    /// ```
    pub fn validate(&self) -> Vec<SpecProblem> {
        let mut problems = Vec::new();
        check_view(&self.view, &Place::root(), &mut problems);
        problems
    }
}

/// Where in the tree a check stands and what it inherits.
#[derive(Debug, Clone)]
struct Place {
    path: String,
    /// Channels of enclosing layers.
    inherited: Rc<Encoding>,
    /// Lists of the enclosing repeats.
    repeats: Vec<RepeatRef>,
    in_layer: bool,
}

impl Place {
    fn root() -> Self {
        Self {
            path: "$".to_owned(),
            inherited: Rc::default(),
            repeats: Vec::new(),
            in_layer: false,
        }
    }

    fn at(&self, step: &str) -> Self {
        Self {
            path: format!("{}{step}", self.path),
            ..self.clone()
        }
    }

    /// Notes a problem at a step below this place.
    fn report(&self, problems: &mut Vec<SpecProblem>, step: &str, kind: ProblemKind, message: String) {
        problems.push(SpecProblem {
            path: format!("{}{step}", self.path),
            kind,
            message,
        });
    }
}

fn check_view(view: &View, place: &Place, problems: &mut Vec<SpecProblem>) {
    for (index, step) in view.transform.iter().enumerate() {
        transform::check(step, &place.at(&format!(".transform[{index}]")), problems);
    }
    match &view.composition {
        Composition::Unit(unit) => {
            let own = place.at("");
            check_encoding(&unit.encoding, &own, problems);
            mark::check(unit, &own, problems);
        }
        Composition::Layer { layers, encoding } => {
            check_encoding(encoding, place, problems);
            check_layers(layers, encoding, place, problems);
        }
        Composition::Facet(facet) => {
            refuse_in_layer("facet", place, problems);
            for (name, def) in [
                ("", &facet.wrap),
                (".row", &facet.row),
                (".column", &facet.column),
            ] {
                if let Some(def) = def {
                    check_facet_field(def, &place.at(&format!(".facet{name}")), problems);
                }
            }
            check_view(&facet.spec, &place.at(".spec"), problems);
        }
        Composition::Concat { flow, views } => {
            refuse_in_layer(flow.as_str(), place, problems);
            check_not_empty(views.len(), flow.as_str(), place, problems);
            for (index, inner) in views.iter().enumerate() {
                check_view(inner, &place.at(&format!(".{flow}[{index}]")), problems);
            }
        }
        Composition::Repeat(repeat) => check_repeat(repeat, place, problems),
    }
}

fn check_layers(layers: &[View], shared: &Encoding, place: &Place, problems: &mut Vec<SpecProblem>) {
    check_not_empty(layers.len(), "layer", place, problems);
    let mut inherited = Encoding::clone(&place.inherited);
    for entry in &shared.entries {
        inherited.remove(entry.channel);
        inherited.entries.push(entry.clone());
    }
    let inherited = Rc::new(inherited);
    for (index, layer) in layers.iter().enumerate() {
        let mut inner = place.at(&format!(".layer[{index}]"));
        inner.in_layer = true;
        inner.inherited = Rc::clone(&inherited);
        check_view(layer, &inner, problems);
    }
}

fn check_repeat(repeat: &Repeat, place: &Place, problems: &mut Vec<SpecProblem>) {
    refuse_in_layer("repeat", place, problems);
    let mut inner = place.at(".spec");
    for (list, meaning) in [
        (&repeat.wrap, RepeatRef::Repeat),
        (&repeat.row, RepeatRef::Row),
        (&repeat.column, RepeatRef::Column),
        (&repeat.layer, RepeatRef::Layer),
    ] {
        if let Some(fields) = list {
            check_not_empty(fields.len(), "repeat", place, problems);
            inner.repeats.push(meaning);
        }
    }
    check_view(&repeat.spec, &inner, problems);
}

fn refuse_in_layer(what: &str, place: &Place, problems: &mut Vec<SpecProblem>) {
    if place.in_layer {
        let message =
            format!("a layer holds {what}; only marks and further layers can be laid on top of each other");
        place.report(problems, "", ProblemKind::CompositionInLayer, message);
    }
}

fn check_not_empty(length: usize, what: &str, place: &Place, problems: &mut Vec<SpecProblem>) {
    if length == 0 {
        let message = format!("`{what}` is empty; nothing is drawn");
        place.report(
            problems,
            &format!(".{what}"),
            ProblemKind::EmptyComposition,
            message,
        );
    }
}

fn check_facet_field(def: &FieldDef, place: &Place, problems: &mut Vec<SpecProblem>) {
    field::check(Channel::Facet, def, &Encoding::new(), place, problems);
}

fn check_encoding(encoding: &Encoding, place: &Place, problems: &mut Vec<SpecProblem>) {
    for entry in &encoding.entries {
        let at = place.at(&format!(".encoding.{}", entry.channel));
        for (index, def) in entry.defs.iter().enumerate() {
            let at = if entry.listed {
                at.at(&format!("[{index}]"))
            } else {
                at.clone()
            };
            for def in fields_of(def) {
                field::check(entry.channel, def, encoding, &at, problems);
            }
        }
    }
}

/// The field of a definition and those of its conditions.
fn fields_of(def: &ChannelDef) -> Vec<&FieldDef> {
    let (own, conditions) = match def {
        ChannelDef::Field(field) => (Some(field.as_ref()), &field.condition),
        ChannelDef::Datum(datum) => (None, &datum.condition),
        ChannelDef::Value(value) => (None, &value.condition),
    };
    let inside = conditions.iter().filter_map(|condition| match &condition.then {
        ConditionalValue::Def(def) => match def.as_ref() {
            ChannelDef::Field(field) => Some(field.as_ref()),
            _ => None,
        },
        ConditionalValue::Value(_) => None,
    });
    own.into_iter().chain(inside).collect()
}
