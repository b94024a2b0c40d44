//! How quantities go together: scatter plots and heat maps of bins.

use marey_core::spec::{Encoding, EncodingEntry, FieldDef, Size};
use marey_core::{Channel, FieldType, Mark};

use super::Cast;
use crate::draft::{self, Draft, Idea};
use crate::role::{Field, MOST_COLORS};

/// Most rows drawn as single points.
pub(super) const MOST_POINTS: u64 = 3000;
/// Most pairs split by a category.
const GROUPED_PAIRS: usize = 5;
/// Most categories that split a pair.
const GROUPS: usize = 3;

/// Every draft of two quantities.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut pairs = pairs(cast);
    let mut drafts: Vec<Draft> = pairs.iter().map(|(x, y, _)| plain(cast, x, y)).collect();
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
    if cast.rows() <= MOST_POINTS {
        for (x, y, _) in pairs.iter().take(GROUPED_PAIRS) {
            let groups = cast
                .categories
                .iter()
                .filter(|group| (2..=MOST_COLORS).contains(&group.distinct()));
            drafts.extend(groups.take(GROUPS).map(|group| grouped(cast, x, y, group)));
        }
    }
    drafts
}

type Pair<'a> = (&'a Field<'a>, &'a Field<'a>, f64);

/// Pairs of measures with the strength of their correlation, in the order of the table.
fn pairs<'a>(cast: &Cast<'a>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (at, first) in cast.measures.iter().enumerate() {
        for second in cast.measures.iter().skip(at + 1) {
            let (x, y) = match first.column.index <= second.column.index {
                true => (*first, *second),
                false => (*second, *first),
            };
            let strength = cast.correlation(x, y).map_or(0.0, |(r, _)| r.abs());
            pairs.push((x, y, strength));
        }
    }
    pairs
}

fn plain(cast: &Cast<'_>, x: &Field<'_>, y: &Field<'_>) -> Draft {
    let draft = match cast.rows() <= MOST_POINTS {
        true => scatter(cast, x, y),
        false => heat_map(x, y),
    };
    draft
        .titled(format!("{} against {}", y.label, x.inside()))
        .because_perhaps(strength(cast, x, y))
        .because_perhaps(log_reason(x))
        .because_perhaps(log_reason(y))
        .sized(Size::Pixels(420.0), Size::Pixels(320.0))
}

fn scatter(cast: &Cast<'_>, x: &Field<'_>, y: &Field<'_>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::free_quantity(x))
        .with(Channel::Y, draft::free_quantity(y));
    let encoding = named_points(cast, encoding, &[x, y]);
    Draft::new(Idea::Relationship, draft::circles(cast.rows()), encoding, &[x, y])
}

/// Shows the row's label in the tooltip, where rows have one.
fn named_points(cast: &Cast<'_>, mut encoding: Encoding, shown: &[&Field<'_>]) -> Encoding {
    let Some(label) = cast.labels.first() else {
        return encoding;
    };
    let mut defs = vec![
        FieldDef::new(draft::column(label), FieldType::Nominal)
            .titled(label.label.clone())
            .into(),
    ];
    defs.extend(shown.iter().map(|field| {
        let title = draft::axis_title(field, None);
        FieldDef::new(draft::column(field), field.field_type())
            .titled(title)
            .into()
    }));
    encoding.entries.push(EncodingEntry {
        channel: Channel::Tooltip,
        defs,
        listed: true,
    });
    encoding
}

fn heat_map(x: &Field<'_>, y: &Field<'_>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::binned(x, 30))
        .with(Channel::Y, draft::binned(y, 20))
        .with(Channel::Color, draft::row_count());
    Draft::new(Idea::Relationship, draft::mark(Mark::Rect), encoding, &[x, y])
        .because("There are too many rows for single points, so rows are counted in squares.")
}

fn grouped(cast: &Cast<'_>, x: &Field<'_>, y: &Field<'_>, group: &Field<'_>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::free_quantity(x))
        .with(Channel::Y, draft::free_quantity(y))
        .with(Channel::Color, draft::categories(group));
    let encoding = named_points(cast, encoding, &[x, y, group]);
    Draft::new(
        Idea::RelationshipByGroup,
        draft::circles(cast.rows()),
        encoding,
        &[x, y, group],
    )
    .titled(format!(
        "{} against {} by {}",
        y.label,
        x.inside(),
        group.inside()
    ))
    .because_perhaps(strength(cast, x, y))
    .because(format!(
        "{} has {} values, few enough for a colour each.",
        group.quoted(),
        group.distinct()
    ))
    .because_perhaps(log_reason(x))
    .because_perhaps(log_reason(y))
    .sized(Size::Pixels(420.0), Size::Pixels(320.0))
}

/// How strongly two quantities go together, in words.
fn strength(cast: &Cast<'_>, x: &Field<'_>, y: &Field<'_>) -> Option<String> {
    let Some((r, name)) = cast.correlation(x, y) else {
        return Some(format!(
            "{} and {} are both quantities, so each row is a point.",
            x.quoted(),
            y.quoted()
        ));
    };
    let how = match (r.abs(), r > 0.0) {
        (s, true) if s >= 0.7 => "rise together closely",
        (s, false) if s >= 0.7 => "move against each other closely",
        (s, true) if s >= 0.3 => "tend to rise together",
        (s, false) if s >= 0.3 => "tend to move against each other",
        _ => "hardly go together",
    };
    Some(format!(
        "{} and {} {how} ({name} {r:.2}).",
        x.quoted(),
        y.quoted()
    ))
}

fn log_reason(field: &Field<'_>) -> Option<String> {
    field.wants_log().then(|| {
        format!(
            "{} is positive and spans magnitudes, so its axis is logarithmic.",
            field.quoted()
        )
    })
}
