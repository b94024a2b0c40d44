//! Lexicon as the words name them: labels, units, and what their average is called.

use marey_core::{FieldName, PhysicalType, label};
use marey_profile::{ColumnProfile, TableProfile};

use super::{Role, Slots, Unit, Words};
use crate::{DerivedColumn, Formula};

/// Longest value of a column taken over into words, in characters.
const LONGEST_VALUE: usize = 40;

/// The columns of a table for one reader.
pub(crate) struct Lexicon<'a> {
    pub(crate) words: &'a Words,
    pub(crate) profile: &'a TableProfile,
    pub(crate) derived: &'a [DerivedColumn],
}

impl<'a> Lexicon<'a> {
    pub(crate) fn profile_of(&self, name: &FieldName) -> Option<&'a ColumnProfile> {
        self.profile.column(name)
    }

    pub(crate) fn formula(&self, name: &FieldName) -> Option<&'a Formula> {
        self.derived
            .iter()
            .find(|column| &column.name == name)
            .map(|column| &column.formula)
    }

    /// The column's name inside a sentence.
    pub(crate) fn inside(&self, name: &FieldName) -> String {
        match self.formula(name) {
            Some(formula) => self.of_formula(formula),
            None if self.is_truth(name) => self.group(name, "true"),
            None => label::inside(&label::label(name)),
        }
    }

    /// The column's name as a heading.
    pub(crate) fn heading(&self, name: &FieldName) -> String {
        label::capitalised(&self.inside(name))
    }

    fn of_formula(&self, formula: &Formula) -> String {
        match formula {
            Formula::DaysBetween(from, to) => self.words.term(
                "derived-days",
                &[("a", &self.inside(from)), ("b", &self.inside(to))],
            ),
            Formula::Ratio(part, whole) => self.words.term(
                "derived-ratio",
                &[("a", &self.inside(part)), ("b", &self.inside(whole))],
            ),
            Formula::Rate(truth) => self.group(truth, "true"),
        }
    }

    /// Whether the column's average is a share of rows: it holds yes and no.
    pub(crate) fn is_share(&self, name: &FieldName) -> bool {
        matches!(self.formula(name), Some(Formula::Rate(_))) || self.is_truth(name)
    }

    fn is_truth(&self, name: &FieldName) -> bool {
        self.profile_of(name)
            .is_some_and(|column| column.physical_type == PhysicalType::Boolean)
    }

    /// The unit of the column's numbers.
    pub(crate) fn unit(&self, name: &FieldName) -> Unit {
        if self.is_share(name) {
            return Unit::Share;
        }
        match self.formula(name) {
            Some(Formula::DaysBetween(..)) => Unit::Named(self.words.term("days", &[])),
            Some(Formula::Ratio(..) | Formula::Rate(_)) => Unit::None,
            None => self
                .profile_of(name)
                .and_then(|column| column.unit.as_deref())
                .map_or(Unit::None, Unit::new),
        }
    }

    /// A category with the name of its column, "region North"; alone where it names the column itself.
    pub(crate) fn group(&self, dimension: &FieldName, value: &str) -> String {
        let label = label::inside(&label::label(dimension));
        let value = self.value(value);
        match value.to_lowercase().contains(&label.to_lowercase()) {
            true => value,
            false => self
                .words
                .term("group", &[("dimension", &label), ("value", &value)]),
        }
    }

    /// A value from the data, made fit for a line of text.
    pub(crate) fn value(&self, value: &str) -> String {
        let words: Vec<&str> = value
            .split(|c: char| c.is_control() || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .collect();
        match words.is_empty() {
            true => self.words.term("empty", &[]),
            false => label::shorten(&words.join(" "), LONGEST_VALUE),
        }
    }

    /// "average revenue", "share of rows with returned true".
    pub(crate) fn mean_of(&self, name: &FieldName) -> String {
        let id = match self.is_share(name) {
            true => "share-of",
            false => "mean-of",
        };
        const SAID: &[&str] = &["average", "avg", "mean", "median", "share", "rate"];
        self.summarised(id, &self.inside(name), SAID)
    }

    /// "total revenue".
    pub(crate) fn total_of(&self, name: &FieldName) -> String {
        const SAID: &[&str] = &["total", "sum", "number", "share", "rate"];
        self.summarised("total-of", &self.inside(name), SAID)
    }

    /// A summary of a column, unless the column's name says itself that it is one ("total total cost").
    fn summarised(&self, id: &str, inside: &str, said: &[&str]) -> String {
        let first = inside.split(' ').next().unwrap_or_default().to_lowercase();
        match said.contains(&first.as_str()) && id != "share-of" {
            true => inside.to_owned(),
            false => self.words.term(id, &[("measure", inside)]),
        }
    }

    /// The unit as it stands behind a heading, " (kg)"; empty where there is none.
    pub(crate) fn unit_note(&self, name: &FieldName) -> String {
        match self.unit(name) {
            Unit::None | Unit::Share => String::new(),
            Unit::Percent => " (%)".to_owned(),
            Unit::Currency(unit) | Unit::Named(unit) => format!(" ({unit})"),
        }
    }

    /// The categories that a finding is limited to, "channel Web, region North".
    pub(crate) fn subspace(&self, subspace: &[(FieldName, String)]) -> String {
        let groups: Vec<String> = subspace
            .iter()
            .map(|(column, value)| self.group(column, value))
            .collect();
        groups.join(", ")
    }

    /// Puts a column's name, average and unit into slots.
    pub(crate) fn measure_slots(&self, name: &FieldName, slots: &mut Slots, into: MeasureSlots) {
        slots.words(into.measure, Role::Subject, self.inside(name));
        slots.words(into.mean_of, Role::Subject, self.mean_of(name));
        slots.words(into.total_of, Role::Subject, self.total_of(name));
        slots.words(into.unit, Role::Text, self.unit_note(name));
    }
}

/// Names of the slots of a measure.
pub(crate) struct MeasureSlots {
    measure: &'static str,
    mean_of: &'static str,
    total_of: &'static str,
    unit: &'static str,
}

impl MeasureSlots {
    pub(crate) const FIRST: Self = Self {
        measure: "measure",
        mean_of: "mean_of",
        total_of: "total_of",
        unit: "unit",
    };
    pub(crate) const SECOND: Self = Self {
        measure: "measure2",
        mean_of: "mean_of2",
        total_of: "total_of2",
        unit: "unit2",
    };
}
