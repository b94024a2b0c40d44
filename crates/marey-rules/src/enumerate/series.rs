//! Tables with a column per year or month, drawn along time.

use marey_core::spec::{Encoding, FieldDef, Literal, Size, Sort, Transform};
use marey_core::{Aggregate, Channel, FieldName, FieldType};

use super::Cast;
use super::trend::{MOST_LINES, line_mark};
use crate::draft::{self, Draft, Idea, KeepBy};
use crate::role::{Field, MOST_COLORS};
use crate::words;

/// A table with a column per year or month, drawn along them.
pub(super) fn drafts(cast: &Cast<'_>) -> Option<Draft> {
    let columns = &cast.year_columns;
    let (first, last) = (columns.first()?, columns.last()?);
    let step = if super::year_of(first).is_some() {
        "year"
    } else {
        "month"
    };
    let key = draft::fresh_name(step, &cast.names);
    let value = draft::fresh_name("value", &cast.names);
    let group = cast
        .categories
        .iter()
        .chain(&cast.labels)
        .find(|group| group.distinct() >= 2)
        .copied();
    let op = first.aggregate();
    let order = columns
        .iter()
        .map(|field| Literal::Text(field.name().as_str().to_owned()))
        .collect();
    let axis = FieldDef::new(key.clone(), FieldType::Ordinal)
        .sorted(Sort::Values(order))
        .titled(words::capitalised(step));
    let values = FieldDef::new(value.clone(), FieldType::Quantitative)
        .aggregate(op.clone())
        .titled(words::capitalised(&format!(
            "{} value",
            words::aggregate_word(&op)
        )));
    let mut encoding = Encoding::new().with(Channel::X, axis).with(Channel::Y, values);
    let mut shown: Vec<&Field<'_>> = columns.clone();
    if let Some(group) = group {
        encoding = encoding.with(Channel::Color, draft::categories(group));
        shown.push(group);
    }
    let by = group.map_or_else(String::new, |group| format!(" by {}", group.inside()));
    let fold = Transform::Fold {
        fields: columns
            .iter()
            .map(|field| field.name().clone())
            .collect::<Vec<FieldName>>(),
        output: Some([key, value]),
    };
    let draft = Draft::new(
        Idea::TrendByGroup,
        line_mark(columns.len() as u64),
        encoding,
        &shown,
    )
    .titled(format!(
        "Values per {step}{by}, {} to {}",
        first.name(),
        last.name()
    ))
    .because(format!(
        "{} columns are named by {step}s, so they are drawn along time.",
        columns.len()
    ))
    .sized(Size::Pixels(560.0), Size::Pixels(280.0));
    let draft = match group {
        Some(group) if group.distinct() > MOST_COLORS => highest_lines(cast, draft, group, last),
        _ => draft,
    };
    Some(draft.with_transforms([fold]))
}

/// Keeps the groups with the highest values in the last column of a series.
fn highest_lines(cast: &Cast<'_>, draft: Draft, group: &Field<'_>, last: &Field<'_>) -> Draft {
    let keep = draft::keep_first(
        group,
        MOST_LINES,
        &KeepBy::Measure(last, Aggregate::Max),
        &cast.names,
    );
    draft.with_transforms(keep).subtitled(format!(
        "the {MOST_LINES} with the highest values in {} of {}",
        last.name(),
        words::thousands(group.distinct())
    ))
}
