//! Rules about which data is shown at all.

use marey_core::spec::Lines;
use marey_core::{Channel, FieldType, PhysicalType, SemanticFamily, SemanticType};

use super::{Hit, Rule, each, hard, soft, weigh, when, whole};
use crate::facts::{FieldFact, Origin, UnitFacts, makes_unnamed_fields};
use crate::role::Role;

pub(super) const RULES: &[Rule] = &[
    hard(
        "known_field",
        "Every field is a column of the table or made by a transform.",
        "Marey",
        |unit| {
            let open = makes_unnamed_fields(&unit.transforms);
            each(unit, |fact| fact.origin == Origin::Missing && !open)
        },
    ),
    hard(
        "field_or_count",
        "A channel names a field, or counts rows.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                fact.def.field.is_none() && fact.origin != Origin::Rows
            })
        },
    ),
    hard(
        "quantity_is_numeric",
        "Only numbers are shown as quantities; text is counted or grouped.",
        "Draco; Mackinlay 1986",
        |unit| each(unit, quantity_of_text),
    ),
    hard(
        "time_is_temporal",
        "Only dates, times and years are shown as time.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                fact.field_type() == FieldType::Temporal && is_text(fact)
            })
        },
    ),
    hard(
        "identifier_is_no_quantity",
        "An identifier is never a quantity: its size means nothing.",
        "Voyager; Marey",
        |unit| each(unit, identifier_as_quantity),
    ),
    soft(
        "constant_field",
        "A column with one value tells nothing.",
        "Draco; Marey",
        |unit| each(unit, |fact| fact.column().is_some_and(|c| c.distinct.value <= 1)),
    ),
    soft(
        "missing_values",
        "Columns with many missing values tell little of the table.",
        "Marey",
        |unit| weigh(unit, |fact| missing_share(unit, fact)),
    ),
    soft(
        "personal_data",
        "Personal data is not put on a chart.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                fact.column().is_some_and(|c| c.pii.is_some()) && fact.aggregate.is_none()
            })
        },
    ),
    soft(
        "unnamed_column",
        "A column without a name of its own is hard to talk about.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                fact.column().is_some_and(|c| is_unnamed(c.name.as_str()))
            })
        },
    ),
    soft(
        "late_column",
        "Columns at the front of a table usually matter more.",
        "Voyager; Marey",
        |unit| {
            weigh(unit, |fact| {
                fact.column().map_or(0.0, |c| (c.index as f64 / 12.0).min(2.0))
            })
        },
    ),
    soft(
        "many_fields",
        "Each field beyond two makes a chart harder to read.",
        "Draco; Voyager",
        |unit| whole(unit, different_fields(unit).saturating_sub(2) as f64),
    ),
    soft(
        "only_counts",
        "Numbers of rows say less than the quantities a table measures.",
        "Voyager; Marey",
        only_counts,
    ),
    soft(
        "ignores_time",
        "A table with time is asked first how it changed.",
        "Few 2012; Marey",
        ignores_time,
    ),
    soft(
        "second_time",
        "A table's story is told along its first full column of time.",
        "Marey",
        |unit| each(unit, |fact| is_second_time(unit, fact)),
    ),
    soft(
        "dominated_category",
        "A category that is nearly always the same splits nothing.",
        "Draco; Marey",
        |unit| weigh(unit, |fact| dominated(unit, fact)),
    ),
    soft(
        "even_counts",
        "Counts that are the same everywhere tell how the table was made, not what it says.",
        "Marey",
        |unit| each(unit, |fact| counts_rows(unit) && has_even_counts(fact)),
    ),
    soft(
        "thin_groups",
        "Counts of groups with hardly a row each tell nothing.",
        "Marey",
        |unit| each(unit, |fact| counts_rows(unit) && has_thin_groups(unit, fact)),
    ),
    soft(
        "single_field",
        "One column alone says less than two together.",
        "Voyager; Marey",
        |unit| when(unit, different_fields(unit) <= 1 && unit.profile.is_some()),
    ),
    soft(
        "short_title",
        "A chart has a title that says what it shows.",
        "Few 2012",
        |unit| when(unit, !unit.titled),
    ),
    soft(
        "raw_axis_title",
        "Axis titles are words, not names of variables.",
        "Few 2012; Marey",
        |unit| each(unit, |fact| fact.is_on_axis() && raw_title(fact)),
    ),
    soft(
        "secondary_measure",
        "Averages, extremes and errors of something are second to the thing itself.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                fact.column().is_some_and(|c| is_secondary(c.name.as_str()))
            })
        },
    ),
];

fn is_text(fact: &FieldFact<'_>) -> bool {
    fact.column().is_some_and(|c| {
        matches!(c.physical_type, PhysicalType::Text | PhysicalType::Boolean) && c.temporal.is_none()
    })
}

fn quantity_of_text(fact: &FieldFact<'_>) -> bool {
    use marey_core::Aggregate as A;
    let counted = matches!(
        fact.aggregate,
        Some(A::Count | A::Distinct | A::Valid | A::Missing)
    );
    fact.field_type() == FieldType::Quantitative
        && !counted
        && fact
            .column()
            .is_some_and(|c| c.physical_type == PhysicalType::Text && c.numeric.is_none())
}

fn identifier_as_quantity(fact: &FieldFact<'_>) -> bool {
    use marey_core::Aggregate as A;
    let counted = matches!(
        fact.aggregate,
        Some(A::Count | A::Distinct | A::Valid | A::Missing)
    );
    let names = |semantic: Option<SemanticType>| {
        semantic.is_some_and(|semantic| {
            matches!(semantic, SemanticType::PostalCode | SemanticType::Phone)
                || semantic.family() == SemanticFamily::Identity
        })
    };
    fact.field_type() == FieldType::Quantitative
        && !counted
        && fact.column().is_some_and(|c| names(c.semantic_type))
}

fn missing_share(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> f64 {
    let nulls = fact.column().map_or(0, |column| column.nulls) as f64;
    let share = nulls / unit.rows().unwrap_or(1).max(1) as f64;
    if share > 0.05 { share } else { 0.0 }
}

fn is_second_time(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    let times = || {
        unit.roles
            .iter()
            .filter(|field| matches!(field.role, Role::Time | Role::Year) && field.distinct() >= 5)
    };
    let full = times().find(|field| field.column.nulls * 5 <= field.rows);
    let first = full.or_else(|| times().next());
    let shown = times().any(|field| Some(field.name()) == fact.def.name());
    shown && first.is_some_and(|first| Some(first.name()) != fact.def.name())
}

fn counts_rows(unit: &UnitFacts<'_>) -> bool {
    let counted = unit.seen().any(|fact| fact.origin == Origin::Rows);
    counted && different_fields(unit) == 1
}

fn has_thin_groups(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    let rows = unit.rows().unwrap_or(0);
    fact.is_discrete()
        && fact.def.time_unit.is_none()
        && fact
            .column()
            .is_some_and(|c| c.distinct.value.saturating_mul(2) > rows.saturating_sub(c.nulls))
}

/// Whether every value of a column has about as many rows as every other.
fn has_even_counts(fact: &FieldFact<'_>) -> bool {
    let Some(column) = fact.column().filter(|c| c.top.len() >= 2) else {
        return false;
    };
    let counts = || column.top.iter().map(|top| top.count.value);
    let (most, least) = (counts().max().unwrap_or(0), counts().min().unwrap_or(0));
    !fact.is_binned() && least * 100 >= most * 95
}

fn is_unnamed(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let numbered = ["column", "unnamed:", "field", "col", "var", "v", "x"]
        .iter()
        .any(|prefix| {
            lower.strip_prefix(prefix).is_some_and(|rest| {
                let rest = rest.trim_start_matches(['_', ' ', '.']);
                !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit())
            })
        });
    lower.is_empty() || numbered
}

/// Number of different things shown; counts of rows are none.
fn different_fields(unit: &UnitFacts<'_>) -> usize {
    let mut names: Vec<_> = unit.seen().filter_map(|fact| fact.def.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn only_counts(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let measures = unit.roles.iter().any(|field| field.role == Role::Measure);
    let counts = unit.seen().any(|fact| fact.origin == Origin::Rows);
    let measured = |fact: &FieldFact<'_>| {
        unit.roles
            .iter()
            .any(|field| Some(field.name()) == fact.def.name() && field.role == Role::Measure)
    };
    let quantity = unit.seen().any(measured);
    when(unit, measures && counts && !quantity)
}

fn ignores_time(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let has_time = unit
        .roles
        .iter()
        .any(|field| matches!(field.role, Role::Time | Role::Year) && field.distinct() >= 5);
    let shows = unit.seen().any(|fact| {
        fact.field_type() == FieldType::Temporal
            || fact.def.time_unit.is_some()
            || fact
                .column()
                .is_some_and(|c| c.semantic_type == Some(SemanticType::Year))
    });
    when(unit, has_time && !shows)
}

fn dominated(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> f64 {
    let groups = fact.is_discrete() && fact.def.time_unit.is_none();
    let Some(column) = fact.column().filter(|_| groups) else {
        return 0.0;
    };
    let most = column.top.first().map_or(0, |top| top.count.value) as f64;
    let filled = unit.rows().unwrap_or(0).saturating_sub(column.nulls);
    let share = most / filled.max(1) as f64;
    if share > 0.85 { (share - 0.85) / 0.15 } else { 0.0 }
}

fn raw_title(fact: &FieldFact<'_>) -> bool {
    use marey_core::spec::Setting;
    let own = fact.def.title.as_ref().and_then(Setting::on).map(Lines::joined);
    let axis = fact
        .def
        .axis
        .as_ref()
        .and_then(Setting::on)
        .and_then(|axis| axis.title.as_ref());
    let off = fact.def.title.as_ref().is_some_and(Setting::is_off)
        || axis.is_some_and(Setting::is_off)
        || fact.def.axis.as_ref().is_some_and(Setting::is_off);
    let title = own.or_else(|| axis.and_then(Setting::on).map(Lines::joined));
    let shown = title
        .or_else(|| fact.def.name().map(|name| name.as_str().to_owned()))
        .unwrap_or_default();
    !off && fact.channel != Channel::Tooltip && shown.contains('_')
}

fn is_secondary(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "min", "max", "std", "stdev", "error", "lower", "upper", "rank", "margin", "ci", "moe", "se",
    ];
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(crate::words::split_identifier)
        .any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}
