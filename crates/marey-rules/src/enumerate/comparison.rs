//! Bars: sizes of categories and numbers of rows.

use marey_core::spec::{Encoding, FieldDef, MarkDef, Size};
use marey_core::{Aggregate, Channel, Mark};

use super::Cast;
use super::trend::because_of_aggregate;
use crate::draft::{self, Draft, Idea, KeepBy};
use crate::role::{Field, MOST_BARS, Role};
use crate::words;

/// Most categories combined with measures.
const CATEGORIES: usize = 6;
/// Most measures combined with categories.
const MEASURES: usize = 6;
/// Most parts of a pie.
const MOST_PARTS: u64 = 5;

/// Every draft of bars over one category, and the pies.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for category in &cast.categories {
        drafts.push(frequency(cast, category));
        drafts.extend(pie(category, None));
    }
    for category in cast.categories.iter().take(CATEGORIES) {
        for measure in cast.measures.iter().take(MEASURES) {
            drafts.push(summary(cast, category, measure));
            drafts.extend(pie(category, Some(measure)));
        }
    }
    for label in &cast.labels {
        drafts.extend(
            cast.measures
                .iter()
                .take(MEASURES)
                .map(|measure| ranking(cast, label, measure)),
        );
    }
    drafts
}

/// Bars with their categories on the better side, and the size of the view.
///
/// Ordered categories run left to right; names lie on the vertical axis, where they can be read,
/// unless they are few and short.
pub(super) fn bars(category: &Field<'_>, length: FieldDef, shown: u64) -> (Encoding, Size, Size) {
    let upright = match category.is_ordered() {
        true => !category.has_long_values() || shown <= 5,
        false => shown <= 6 && !category.has_long_values(),
    };

    if upright {
        let encoding = Encoding::new()
            .with(Channel::X, draft::ranked_categories(category, Channel::Y))
            .with(Channel::Y, length);
        (encoding, draft::per_category(44.0), Size::Pixels(260.0))
    } else {
        let encoding = Encoding::new()
            .with(Channel::Y, draft::ranked_categories(category, Channel::X))
            .with(Channel::X, length);
        (encoding, Size::Pixels(420.0), draft::per_category(24.0))
    }
}

/// "the 15 with most rows of 213 values" and the transforms that keep them.
pub(super) fn keep_bars(cast: &Cast<'_>, draft: Draft, category: &Field<'_>, by: &KeepBy<'_>) -> Draft {
    if category.distinct() <= category.bars() {
        return draft;
    }
    let total = words::thousands(category.distinct());
    let (what, why) = match by {
        KeepBy::Rows => (
            format!("the {MOST_BARS} most frequent of {total}"),
            "with most rows",
        ),
        _ => (
            format!("the {MOST_BARS} largest of {total}"),
            "with the largest values",
        ),
    };
    let transforms = draft::keep_first(category, MOST_BARS, by, &cast.names);
    draft
        .subtitled(what)
        .because(format!(
            "{} has {total} values; the {MOST_BARS} {why} are shown.",
            category.quoted()
        ))
        .with_transforms(transforms)
}

/// Why bars are sorted as they are.
fn because_of_order(category: &Field<'_>) -> String {
    match category.is_ordered() {
        true => format!(
            "{} has an order of its own, which the bars keep.",
            category.quoted()
        ),
        false => format!(
            "Lengths on a common baseline are compared most exactly, so {} is drawn as sorted bars.",
            category.quoted()
        ),
    }
}

fn frequency(cast: &Cast<'_>, category: &Field<'_>) -> Draft {
    let shown = category.bars();
    let (encoding, width, height) = bars(category, draft::row_count(), shown);
    let draft = Draft::new(Idea::Frequency, draft::mark(Mark::Bar), encoding, &[category])
        .titled(format!("Number of rows by {}", category.inside()))
        .because_perhaps(most_frequent(category))
        .because(because_of_order(category))
        .sized(width, height);
    keep_bars(cast, draft, category, &KeepBy::Rows)
}

/// "`city` has 12 values; the most frequent is Rome (31 %)."
fn most_frequent(category: &Field<'_>) -> Option<String> {
    let first = category.column.top.first()?;
    let share = first.count.value as f64 / category.filled().max(1) as f64;
    Some(format!(
        "{} has {} values; the most frequent is {} ({} of rows).",
        category.quoted(),
        words::thousands(category.distinct()),
        words::shorten(&first.value, 40),
        words::percent(share)
    ))
}

fn summary(cast: &Cast<'_>, category: &Field<'_>, measure: &Field<'_>) -> Draft {
    let op = cast.aggregate_over_time(measure);
    let shown = category.bars();
    let (encoding, width, height) = bars(category, draft::quantity(measure, Some(op.clone())), shown);
    let draft = Draft::new(
        Idea::Comparison,
        draft::mark(Mark::Bar),
        encoding,
        &[category, measure],
    )
    .titled(format!(
        "{} {} by {}",
        words::aggregate_word(&op),
        measure.inside(),
        category.inside()
    ))
    .because_perhaps(explained(cast, category, measure))
    .because_perhaps(because_of_aggregate(measure, Some(&op)))
    .because(because_of_order(category))
    .sized(width, height);
    // Means of small groups are extreme by chance: the groups with most rows are shown instead.
    let keep = match op {
        Aggregate::Sum => KeepBy::Measure(measure, op),
        op if has_even_rows(category) => KeepBy::Measure(measure, op),
        _ => KeepBy::Rows,
    };
    keep_bars(cast, draft, category, &keep)
}

/// Whether the most frequent categories have equally many rows, so that number chooses none.
fn has_even_rows(category: &Field<'_>) -> bool {
    let counts = || category.column.top.iter().map(|top| top.count.value);
    counts().max() == counts().min()
}

/// "Groups of `city` differ in `price` (they explain 40 % of its variance)."
pub(super) fn explained(cast: &Cast<'_>, category: &Field<'_>, measure: &Field<'_>) -> Option<String> {
    let eta = cast.association(
        category,
        measure,
        marey_profile::AssociationMeasure::CorrelationRatio,
    )?;
    (eta * eta >= 0.05).then(|| {
        format!(
            "Groups of {} differ in {} (they explain {} of its variance).",
            category.quoted(),
            measure.quoted(),
            words::percent(eta * eta)
        )
    })
}

/// One bar per row, named by a label.
fn ranking(cast: &Cast<'_>, label: &Field<'_>, measure: &Field<'_>) -> Draft {
    let shown = label.distinct().min(MOST_BARS);
    let encoding = Encoding::new()
        .with(Channel::Y, draft::ranked_categories(label, Channel::X))
        .with(Channel::X, draft::quantity(measure, None));
    let unique = label.distinct() >= label.filled();
    let encoding = match unique {
        true => encoding,
        false => encoding.with(
            Channel::X,
            draft::quantity(measure, Some(cast.aggregate_over_time(measure))),
        ),
    };
    let draft = Draft::new(
        Idea::Comparison,
        draft::mark(Mark::Bar),
        encoding,
        &[label, measure],
    )
    .titled(format!("{} by {}", measure.label, label.inside()))
    .because(format!(
        "{} names the rows, so each has a bar of its own.",
        label.quoted()
    ))
    .because(because_of_order(label))
    .sized(
        Size::Pixels(420.0),
        draft::per_category(if shown > 10 { 20.0 } else { 24.0 }),
    );
    let keep = match unique {
        true => KeepBy::Value(measure),
        false => KeepBy::Measure(measure, cast.aggregate_over_time(measure)),
    };
    keep_bars(cast, draft, label, &keep)
}

/// A pie of few parts of a positive whole.
fn pie(category: &Field<'_>, measure: Option<&Field<'_>>) -> Option<Draft> {
    let parts = (2..=MOST_PARTS).contains(&category.distinct());
    let whole = measure.is_none_or(|m| m.is_additive() && m.numeric().is_some_and(|n| n.negatives == 0));
    if !parts || !whole || !matches!(category.role, Role::Category { .. }) {
        return None;
    }
    let (angle, what, mut shown) = match measure {
        Some(measure) => {
            let title = format!("total {}", measure.inside());
            (
                draft::quantity(measure, Some(Aggregate::Sum)),
                title,
                vec![measure],
            )
        }
        None => (draft::row_count(), "rows".to_owned(), Vec::new()),
    };
    shown.insert(0, category);
    let encoding = Encoding::new()
        .with(Channel::Theta, angle)
        .with(Channel::Color, draft::categories(category));
    let mark = MarkDef {
        inner_radius: Some(60.0),
        ..draft::mark(Mark::Arc)
    };
    Some(
        Draft::new(Idea::Composition, mark, encoding, &shown)
            .titled(format!("Shares of {what} by {}", category.inside()))
            .because(format!(
                "{} has only {} parts of one whole.",
                category.quoted(),
                category.distinct()
            ))
            .sized(Size::Pixels(260.0), Size::Pixels(260.0)),
    )
}
