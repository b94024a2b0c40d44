//! How fields are read because of how they are used, after Vega-Lite's `formatparse.ts`.

use std::collections::BTreeMap;

use marey_core::{
    Aggregate, Channel, FieldName, FieldType, Mark,
    spec::{Encoding, FieldDef, FieldParsing, Literal, MarkDef, MarkOrient, Predicate, Setting, Transform},
};

use super::dataflow::{Readings, first_literal};
use crate::execute::reading::Reading;

/// What is known of a field from the steps before.
#[derive(Debug, Clone, PartialEq)]
enum Known {
    /// Read by the user's wish; nothing for "leave as it is".
    Explicit(Option<Reading>),
    /// Read because of its use.
    Implicit(Reading),
    /// Made by a transform, of whatever type.
    Derived,
}

/// What is known of the fields at a place in the tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownFields {
    fields: BTreeMap<FieldName, Known>,
    /// The user wants nothing to be read.
    pub parse_nothing: bool,
}

impl KnownFields {
    /// The readings the user asks for.
    pub fn explicit(&mut self, parsing: &FieldParsing) -> Readings {
        let mut readings = Readings::new();
        for (field, wish) in &parsing.0 {
            let field = FieldName::from_path(field);
            let reading = wish.on().and_then(|wish| Reading::of(wish));
            if let Some(reading) = &reading {
                readings.insert(field.clone(), reading.clone());
            }
            self.fields.insert(field, Known::Explicit(reading));
        }
        if self.parse_nothing {
            Readings::new()
        } else {
            readings
        }
    }

    /// Which of the implied readings are needed: not what is read so already, nor what the user or
    /// a transform has settled.
    pub fn implicit(&mut self, implied: Readings) -> Readings {
        let mut readings = Readings::new();
        for (field, reading) in implied {
            let settled = match self.fields.get(&field) {
                None => false,
                Some(Known::Explicit(_) | Known::Derived) => true,
                Some(Known::Implicit(known)) => *known == reading || reading == Reading::Member,
            };
            if !settled {
                self.fields
                    .insert(field.clone(), Known::Implicit(reading.clone()));
                readings.insert(field, reading);
            }
        }
        if self.parse_nothing {
            Readings::new()
        } else {
            readings
        }
    }

    /// Whether anything is known of a field.
    pub fn knows(&self, field: &FieldName) -> bool {
        self.fields.contains_key(field)
    }

    /// Notes what a transform makes.
    pub fn derive(&mut self, transform: &Transform, made: Vec<FieldName>) {
        let known = match transform {
            Transform::Bin { .. }
            | Transform::Aggregate { .. }
            | Transform::Window { .. }
            | Transform::JoinAggregate(_) => Known::Implicit(Reading::Number),
            Transform::TimeUnit { .. } => Known::Implicit(Reading::Date),
            _ => Known::Derived,
        };
        for field in made {
            self.fields.insert(field, known.clone());
        }
    }
}

/// What the tests of a filter imply about the fields they test.
pub(crate) fn of_filter(predicate: &Predicate, implied: &mut Readings) {
    match predicate {
        Predicate::Field(test) => {
            let Some(field) = test.field.name().cloned() else {
                return;
            };
            let reading = match first_literal(&test.test) {
                Some(Literal::DateTime(_)) => Some(Reading::Date),
                Some(Literal::Number(number)) if *number != 0.0 => Some(Reading::Number),
                Some(Literal::Text(text)) if !text.is_empty() => Some(Reading::Text),
                _ => None,
            };
            if let Some(reading) = test.time_unit.is_some().then_some(Reading::Date).or(reading) {
                implied.insert(field, reading);
            }
        }
        Predicate::And(all) | Predicate::Or(all) => all.iter().for_each(|one| of_filter(one, implied)),
        Predicate::Not(one) => of_filter(one, implied),
        Predicate::Expression(_) | Predicate::Carried(_) => {}
    }
}

/// What an encoding implies about its fields.
pub(crate) fn of_fields<'a>(
    fields: impl Iterator<Item = (Channel, &'a FieldDef)>,
    encoding: Option<&Encoding>,
) -> Readings {
    let mut implied = Readings::new();
    for (channel, def) in fields {
        let Some(field) = def.name().cloned() else {
            continue;
        };
        // A second end is measured as the first.
        let first = channel
            .primary()
            .and_then(|first| encoding?.get(first)?.bound_field());
        let field_type = match (channel.primary(), first) {
            (Some(main), Some(first)) => Some(first.measured_as(main)),
            (Some(_), None) => def.field_type,
            (None, _) => Some(def.measured_as(channel)),
        };
        if is_time(def, field_type) {
            implied.insert(field, Reading::Date);
        } else if field_type == Some(FieldType::Quantitative)
            && matches!(def.aggregate, Some(Aggregate::Min | Aggregate::Max))
        {
            implied.insert(field, Reading::Number);
        } else if field.as_str().contains('.') {
            implied.entry(field).or_insert(Reading::Member);
        }
    }
    implied
}

/// Paths are drawn along their dimension in numeric order.
pub(crate) fn of_path(mark: &MarkDef, encoding: &Encoding, implied: &mut Readings) {
    if !mark.mark.is_some_and(Mark::is_path) || encoding.get(Channel::Order).is_some() {
        return;
    }
    let along = match mark.orient {
        Some(MarkOrient::Horizontal) => Channel::Y,
        _ => Channel::X,
    };
    let Some(def) = encoding.own_field(along) else {
        return;
    };
    if def.measured_as(along) == FieldType::Quantitative
        && let Some(name) = def.name()
    {
        implied.entry(name.clone()).or_insert(Reading::Number);
    }
}

/// Whether a field is shown as a time: it has a format for times, or it is one and has none for
/// numbers.
fn is_time(def: &FieldDef, field_type: Option<FieldType>) -> bool {
    let format_type = match (&def.format_type, &def.format) {
        (Some(format_type), _) => Some(format_type.as_str()),
        (None, Some(_)) => None,
        (None, None) => guide_format_type(def),
    };
    match format_type {
        Some(format_type) => format_type == "time",
        None => field_type == Some(FieldType::Temporal) || def.time_unit.is_some(),
    }
}

fn guide_format_type(def: &FieldDef) -> Option<&str> {
    let axis = def
        .axis
        .as_ref()
        .and_then(Setting::on)
        .map(|axis| axis.format_type.as_deref());
    let legend = def
        .legend
        .as_ref()
        .and_then(Setting::on)
        .map(|legend| legend.format_type.as_deref());
    let header = def
        .header
        .as_ref()
        .and_then(Setting::on)
        .map(|header| header.format_type.as_deref());
    axis.or(legend).or(header).flatten()
}
