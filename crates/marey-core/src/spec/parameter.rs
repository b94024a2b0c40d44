//! Parameters: the state in which a chart stands before anybody touches it.
//!
//! Marey draws pictures: of sliders, brushes and the like only the initial values count. Conditions
//! on a selection become plain conditions on rows, as Vega-Lite's `selection/parse.ts` and
//! `selection/project.ts` say: nothing selected means all rows unless `empty` is false.

use serde_json::Value;

use super::{
    ChannelDef, ChartSpec, Composition, Encoding, Expression, FieldDef, FieldPredicate, FieldRef, FieldTest,
    JsonMap, Predicate, ScaleType, Setting, Transform, View,
    json::{carried_conditions, literal},
};
use crate::{Channel, FieldName, FieldType};

/// Most parameters that are looked at.
const MAX_PARAMETERS: usize = 1_000;

/// What a parameter stands for at first.
#[derive(Debug, Clone, PartialEq)]
pub enum InitialValue {
    /// A value; null where a parameter has none.
    Value(Value),
    /// The value of an expression over other parameters.
    Expression(Expression),
}

/// Replaces conditions on selections in a spec in normal form by conditions on rows, and names the
/// initial values of the parameters that expressions may use, in the order of `written`, the spec
/// as people wrote it.
pub fn settle_parameters(spec: &mut ChartSpec, written: &ChartSpec) -> Vec<(String, InitialValue)> {
    let mut parameters = gathered(written);
    for parameter in &mut parameters {
        parameter.project(&spec.view);
    }
    settle_view(&mut spec.view, &parameters);
    let values = parameters
        .iter()
        .filter_map(|parameter| Some((parameter.name.clone(), parameter.value()?)));
    values.collect()
}

/// One parameter.
struct Parameter {
    name: String,
    kind: Kind,
}

enum Kind {
    Variable(InitialValue),
    Selection(Selection),
}

/// A selection with what is selected at first.
struct Selection {
    definition: JsonMap,
    /// For each thing selected the tests of its fields; all must hold.
    selected: Vec<Vec<FieldPredicate>>,
}

impl Parameter {
    fn of(definition: &JsonMap) -> Option<Self> {
        let name = definition.get("name")?.as_str()?.to_owned();
        let kind = if definition.contains_key("select") {
            Kind::Selection(Selection {
                definition: definition.clone(),
                selected: Vec::new(),
            })
        } else {
            Kind::Variable(match (definition.get("value"), definition.get("expr")) {
                (Some(value), _) => InitialValue::Value(value.clone()),
                (None, Some(Value::String(text))) => InitialValue::Expression(Expression(text.clone())),
                _ => InitialValue::Value(Value::Null),
            })
        };
        Some(Self { name, kind })
    }

    /// Finds the fields that an initial selection is about: those of the view that declares it.
    fn project(&mut self, root: &View) {
        if let Kind::Selection(selection) = &mut self.kind
            && selection.definition.contains_key("value")
            && let Some(encoding) = declaring_unit(root, &self.name)
        {
            selection.selected = selection.project(encoding);
        }
    }

    /// What expressions see; none for a selection that holds something, which they see as rows.
    fn value(&self) -> Option<InitialValue> {
        match &self.kind {
            Kind::Variable(value) => Some(value.clone()),
            Kind::Selection(selection) if selection.selected.is_empty() => {
                Some(InitialValue::Value(Value::Object(JsonMap::new())))
            }
            Kind::Selection(_) => None,
        }
    }

    /// The rows for which a condition on the parameter holds.
    fn condition(&self, empty_is_all: bool) -> Predicate {
        match &self.kind {
            Kind::Variable(_) => Predicate::Expression(Expression(self.name.clone())),
            // All of no tests hold, and none of no tests does.
            Kind::Selection(selection) if selection.selected.is_empty() => match empty_is_all {
                true => Predicate::And(Vec::new()),
                false => Predicate::Or(Vec::new()),
            },
            Kind::Selection(selection) => {
                let all = |tests: &Vec<FieldPredicate>| {
                    Predicate::And(tests.iter().cloned().map(Predicate::Field).collect())
                };
                let each = selection.selected.iter().map(all).collect();
                match selection.is("resolve", "intersect") {
                    true => Predicate::And(each),
                    false => Predicate::Or(each),
                }
            }
        }
    }
}

impl Selection {
    fn option(&self, name: &str) -> Option<&Value> {
        self.definition.get("select")?.get(name)
    }

    fn is(&self, option: &str, text: &str) -> bool {
        self.option(option).and_then(Value::as_str) == Some(text)
    }

    fn is_interval(&self) -> bool {
        let kind = self.definition.get("select").and_then(Value::as_str);
        kind == Some("interval") || self.is("type", "interval")
    }

    /// The tests of everything that is selected at first.
    fn project(&self, encoding: &Encoding) -> Vec<Vec<FieldPredicate>> {
        let values = match self.definition.get("value") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
        };
        let fields = self.fields(values, encoding);
        let is_interval = self.is_interval();
        let tests = |value| -> Option<Vec<_>> {
            fields
                .iter()
                .map(|field| field.test(value, is_interval))
                .collect()
        };
        // What tells nothing of one of the fields selects no row.
        values.iter().filter_map(tests).collect()
    }

    fn fields(&self, values: &[Value], encoding: &Encoding) -> Vec<SelectedField> {
        let names = |option: &str| -> Option<Vec<String>> {
            let listed = self.option(option)?.as_array()?;
            Some(
                listed
                    .iter()
                    .filter_map(|name| Some(name.as_str()?.to_owned()))
                    .collect(),
            )
        };
        let (mut channels, mut plain) = (names("encodings"), names("fields"));
        if channels.is_none() && plain.is_none() {
            let told = values.iter().filter_map(Value::as_object).flat_map(JsonMap::keys);
            let (on_channels, on_fields): (Vec<_>, Vec<_>) =
                told.cloned().partition(|name| name.parse::<Channel>().is_ok());
            (channels, plain) = (Some(on_channels), Some(on_fields));
        }
        let channels = channels.unwrap_or_default().into_iter();
        let mut fields: Vec<SelectedField> = channels
            .filter_map(|name| {
                let channel = name.parse().ok()?;
                SelectedField::of_channel(channel, encoding.field(channel)?)
            })
            .collect();
        for name in plain.unwrap_or_default() {
            let name = FieldName::new(name);
            if fields.iter().all(|known| known.field.name() != Some(&name)) {
                fields.push(SelectedField::plain(name));
            }
        }
        fields
    }
}

/// A field that a selection is about.
struct SelectedField {
    channel: Option<Channel>,
    field: FieldRef,
    time_unit: Option<crate::TimeUnit>,
    is_continuous: bool,
    is_binned: bool,
}

impl SelectedField {
    fn plain(name: FieldName) -> Self {
        Self {
            channel: None,
            field: FieldRef::Name(name),
            time_unit: None,
            is_continuous: false,
            is_binned: false,
        }
    }

    fn of_channel(channel: Channel, def: &FieldDef) -> Option<Self> {
        if def.aggregate.is_some() {
            return None;
        }
        let scale = def.scale.as_ref().and_then(Setting::on);
        let is_discrete = scale
            .and_then(|scale| scale.scale_type.as_ref())
            .is_some_and(|kind| matches!(kind, ScaleType::Band | ScaleType::Point | ScaleType::Ordinal));
        let is_measured = matches!(
            def.field_type,
            Some(FieldType::Quantitative | FieldType::Temporal)
        );
        Some(Self {
            channel: Some(channel),
            field: def.field.clone()?,
            time_unit: def.time_unit.clone(),
            is_continuous: is_measured && !is_discrete,
            is_binned: def.bin.is_some(),
        })
    }

    /// The test of what a value says of the field; none where it says nothing.
    fn test(&self, value: &Value, is_interval: bool) -> Option<FieldPredicate> {
        let own = match value {
            Value::Object(members) => {
                let by_channel = self.channel.and_then(|channel| members.get(channel.as_str()));
                by_channel.or_else(|| members.get(self.field.name()?.as_str()))?
            }
            scalar => scalar,
        };
        let test = match own.as_array() {
            None => FieldTest::Equal(literal(own)?),
            Some(ends) if is_interval && self.is_continuous || self.is_binned => {
                FieldTest::Range(literal(ends.first()?)?, literal(ends.last()?)?)
            }
            Some(values) => FieldTest::OneOf(values.iter().map(literal).collect::<Option<_>>()?),
        };
        Some(FieldPredicate {
            field: self.field.clone(),
            time_unit: self.time_unit.clone(),
            test,
        })
    }
}

/// All parameters of a spec by their definitions; the first of a name counts.
fn gathered(spec: &ChartSpec) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let mut add = |rest: &JsonMap| {
        for definition in definitions(rest) {
            let known = |parameter: &Parameter| found.iter().any(|other| other.name == parameter.name);
            match Parameter::of(definition) {
                Some(parameter) if found.len() < MAX_PARAMETERS && !known(&parameter) => {
                    found.push(parameter)
                }
                _ => {}
            }
        }
    };
    add(&spec.top.rest);
    let mut open = vec![&spec.view];
    while let Some(view) = open.pop() {
        add(&view.rest);
        open.extend(view.children().into_iter().rev());
    }
    found
}

fn definitions(rest: &JsonMap) -> impl Iterator<Item = &JsonMap> {
    let listed = rest.get("params").and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(Value::as_object)
}

/// The encoding of the first unit in or below the view that declares a parameter, or of the first
/// unit of all where the document declares it.
fn declaring_unit<'a>(root: &'a View, name: &str) -> Option<&'a Encoding> {
    let declares = |view: &View| {
        definitions(&view.rest).any(|definition| definition.get("name").and_then(Value::as_str) == Some(name))
    };
    let mut open = vec![root];
    while let Some(view) = open.pop() {
        if declares(view) {
            return first_unit(view);
        }
        open.extend(view.children().into_iter().rev());
    }
    first_unit(root)
}

fn first_unit(view: &View) -> Option<&Encoding> {
    let mut open = vec![view];
    while let Some(view) = open.pop() {
        if let Some(unit) = view.as_unit() {
            return Some(&unit.encoding);
        }
        open.extend(view.children().into_iter().rev());
    }
    None
}

/// Walks a tree whose depth its normal form bounds.
fn settle_view(view: &mut View, parameters: &[Parameter]) {
    for transform in &mut view.transform {
        if let Transform::Filter(predicate) = transform {
            settle(predicate, parameters);
        }
    }
    match &mut view.composition {
        Composition::Unit(unit) => settle_encoding(&mut unit.encoding, parameters),
        Composition::Layer { layers, encoding } => {
            settle_encoding(encoding, parameters);
            layers.iter_mut().for_each(|layer| settle_view(layer, parameters));
        }
        Composition::Concat { views, .. } => views.iter_mut().for_each(|view| settle_view(view, parameters)),
        Composition::Facet(facet) => settle_view(&mut facet.spec, parameters),
        Composition::Repeat(repeat) => settle_view(&mut repeat.spec, parameters),
    }
}

fn settle_encoding(encoding: &mut Encoding, parameters: &[Parameter]) {
    let defs = encoding.entries.iter_mut().flat_map(|entry| &mut entry.defs);
    for def in defs {
        let (conditions, rest) = match def {
            ChannelDef::Field(def) => (&mut def.condition, &mut def.rest),
            ChannelDef::Datum(def) => (&mut def.condition, &mut def.rest),
            ChannelDef::Value(def) => (&mut def.condition, &mut def.rest),
        };
        if let (true, Some(carried)) = (conditions.is_empty(), carried_conditions(rest)) {
            rest.shift_remove("condition");
            *conditions = carried;
        }
        for condition in conditions {
            settle(&mut condition.test, parameters);
        }
    }
}

/// Replaces conditions on parameters; one that is not declared stays as it stands.
fn settle(predicate: &mut Predicate, parameters: &[Parameter]) {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => {
            parts.iter_mut().for_each(|part| settle(part, parameters));
        }
        Predicate::Not(part) => settle(part, parameters),
        Predicate::Carried(members) => {
            let name = members.get("param").and_then(Value::as_str);
            let known = name.and_then(|name| parameters.iter().find(|parameter| parameter.name == name));
            if let Some(parameter) = known {
                let empty_is_all = members.get("empty") != Some(&Value::Bool(false));
                *predicate = parameter.condition(empty_is_all);
            }
        }
        Predicate::Expression(_) | Predicate::Field(_) => {}
    }
}
