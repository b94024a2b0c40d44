//! Two categories together: stacked, normalised and grouped bars, and heat maps.

use marey_core::spec::{Encoding, FieldDef, Size, Stack, StackOffset};
use marey_core::{Aggregate, Channel, Mark};
use marey_profile::AssociationMeasure;

use super::Cast;
use super::comparison::{bars, keep_bars};
use super::trend::because_of_aggregate;
use crate::draft::{self, Draft, Idea, KeepBy};
use crate::role::{Field, MOST_COLORS};
use crate::words;

/// Most categories that are crossed.
const CATEGORIES: usize = 5;
/// Most measures summarised in crossed categories.
const MEASURES: usize = 2;
/// Most bars side by side in one group.
const MOST_BESIDE: u64 = 4;
/// Most rows or columns of a heat map.
const MOST_CELLS: u64 = 20;

/// Every draft of two categories.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, first) in cast.categories.iter().take(CATEGORIES).enumerate() {
        for second in cast.categories.iter().take(CATEGORIES).skip(at + 1) {
            if cast.follows(first, second) {
                continue;
            }
            // The category with more values runs along the axis, the other has the colours.
            let (along, parts) = match first.distinct() >= second.distinct() {
                true => (*first, *second),
                false => (*second, *first),
            };
            drafts.extend(counts(cast, along, parts));
            drafts.extend(
                cast.measures
                    .iter()
                    .take(MEASURES)
                    .flat_map(|m| measured(cast, along, parts, m)),
            );
        }
    }
    drafts
}

fn together(cast: &Cast<'_>, a: &Field<'_>, b: &Field<'_>) -> Option<String> {
    let v = cast.association(a, b, AssociationMeasure::CramersV)?;
    (v >= 0.1).then(|| {
        format!(
            "{} and {} depend on each other (Cramér's V {v:.2}).",
            a.quoted(),
            b.quoted()
        )
    })
}

fn counts(cast: &Cast<'_>, along: &Field<'_>, parts: &Field<'_>) -> Vec<Draft> {
    let title = format!("Number of rows by {} and {}", along.inside(), parts.inside());
    let mut drafts = Vec::new();
    if parts.distinct() <= MOST_COLORS {
        drafts.push(stacked(cast, along, parts, draft::row_count(), None).titled(title.clone()));
        drafts.push(normalised(cast, along, parts));
    }
    if beside(along, parts) {
        drafts.push(grouped(along, parts, draft::row_count(), None).titled(title.clone()));
    }
    if along.distinct() <= MOST_CELLS && parts.distinct() <= MOST_CELLS {
        drafts.push(heat_map(along, parts, draft::row_count(), None).titled(title));
    }
    let because = together(cast, along, parts);
    drafts
        .into_iter()
        .map(|mut draft| {
            draft.reasons.splice(0..0, because.clone());
            if draft.mark == Mark::Bar {
                keep_bars(cast, draft, along, &KeepBy::Rows)
            } else {
                draft
            }
        })
        .collect()
}

fn measured(cast: &Cast<'_>, along: &Field<'_>, parts: &Field<'_>, measure: &Field<'_>) -> Vec<Draft> {
    let op = cast.aggregate_over_time(measure);
    let title = format!(
        "{} by {} and {}",
        words::summarised(&op, &measure.inside()),
        along.inside(),
        parts.inside()
    );
    let values = || draft::quantity(measure, Some(op.clone()));
    let positive = measure.numeric().is_some_and(|n| n.negatives == 0);
    let mut drafts = Vec::new();
    if op == Aggregate::Sum && positive && parts.distinct() <= MOST_COLORS {
        let draft = stacked(cast, along, parts, values(), Some(measure)).titled(title.clone());
        drafts.push(keep_bars(
            cast,
            draft,
            along,
            &KeepBy::Measure(measure, Aggregate::Sum),
        ));
    }
    if beside(along, parts) {
        drafts.push(grouped(along, parts, values(), Some(measure)).titled(title.clone()));
    }
    if along.distinct() <= MOST_CELLS && parts.distinct() <= MOST_CELLS && along.distinct() > 2 {
        drafts.push(heat_map(along, parts, values(), Some(measure)).titled(title));
    }
    drafts
        .into_iter()
        .map(|draft| draft.because_perhaps(because_of_aggregate(measure, Some(&op))))
        .collect()
}

fn beside(along: &Field<'_>, parts: &Field<'_>) -> bool {
    parts.distinct() <= MOST_BESIDE && along.distinct() <= 8
}

fn fields<'a>(
    along: &'a Field<'a>,
    parts: &'a Field<'a>,
    measure: Option<&'a Field<'a>>,
) -> Vec<&'a Field<'a>> {
    [along, parts].into_iter().chain(measure).collect()
}

fn stacked(
    _cast: &Cast<'_>,
    along: &Field<'_>,
    parts: &Field<'_>,
    values: FieldDef,
    measure: Option<&Field<'_>>,
) -> Draft {
    let (encoding, width, height) = bars(along, values, along.bars());
    let encoding = encoding.with(Channel::Color, draft::categories(parts));
    Draft::new(
        Idea::Composition,
        draft::mark(Mark::Bar),
        encoding,
        &fields(along, parts, measure),
    )
    .because(format!(
        "Stacks show how each {} is made up of {}.",
        along.inside(),
        parts.inside()
    ))
    .sized(width, height)
}

fn normalised(_cast: &Cast<'_>, along: &Field<'_>, parts: &Field<'_>) -> Draft {
    let mut values = draft::row_count().titled("Share of rows");
    values.stack = Some(Stack::Offset(StackOffset::Normalize));
    values.axis = Some(marey_core::spec::Setting::On(marey_core::spec::Axis {
        format: Some(".0%".to_owned()),
        ..Default::default()
    }));
    // All bars are equally long, so there is no length to sort by.
    let upright = along.distinct() <= 6 && !along.has_long_values();
    let (across, length) = if upright {
        (Channel::X, Channel::Y)
    } else {
        (Channel::Y, Channel::X)
    };
    let encoding = Encoding::new()
        .with(across, draft::categories(along))
        .with(length, values)
        .with(Channel::Color, draft::categories(parts));
    let (width, height) = match upright {
        true => (draft::per_category(44.0), Size::Pixels(260.0)),
        false => (Size::Pixels(420.0), draft::per_category(24.0)),
    };
    Draft::new(
        Idea::Composition,
        draft::mark(Mark::Bar),
        encoding,
        &[along, parts],
    )
    .titled(format!("Share of {} by {}", parts.inside(), along.inside()))
    .because(format!(
        "Bars of equal length compare shares of {} across {}.",
        parts.inside(),
        along.inside()
    ))
    .sized(width, height)
}

fn grouped(along: &Field<'_>, parts: &Field<'_>, values: FieldDef, measure: Option<&Field<'_>>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::categories(along))
        .with(Channel::Y, values)
        .with(Channel::XOffset, draft::categories(parts))
        .with(Channel::Color, draft::categories(parts));
    Draft::new(
        Idea::Comparison,
        draft::mark(Mark::Bar),
        encoding,
        &fields(along, parts, measure),
    )
    .because(format!(
        "Bars side by side compare {} within each {}.",
        parts.inside(),
        along.inside()
    ))
    .sized(
        draft::per_category(16.0 * parts.distinct() as f64 + 16.0),
        Size::Pixels(260.0),
    )
}

fn heat_map(along: &Field<'_>, parts: &Field<'_>, values: FieldDef, measure: Option<&Field<'_>>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::categories(parts))
        .with(Channel::Y, draft::categories(along))
        .with(Channel::Color, values);
    Draft::new(
        Idea::Composition,
        draft::mark(Mark::Rect),
        encoding,
        &fields(along, parts, measure),
    )
    .because(format!(
        "{} × {} cells are read as colours more easily than as bars.",
        along.distinct(),
        parts.distinct()
    ))
    .sized(draft::per_category(36.0), draft::per_category(24.0))
}
