//! Charts of change over time.

use marey_core::spec::{Encoding, FieldDef, MarkDef, Overlay, Size, Transform};
use marey_core::{Aggregate, Channel, FieldType, Mark, TimeUnit, TimeUnitPart};
use marey_profile::{TimeGranularity, TimeStep, in_zone_of};

use super::Cast;
use crate::draft::{self, Draft, Idea, KeepBy};
use crate::period;
use crate::role::{Field, MOST_COLORS, Role};
use crate::words;

/// Most measures that are drawn over each time column.
const MEASURES: usize = 8;
/// Most measures that are drawn over time by group.
const GROUPED_MEASURES: usize = 3;
/// Most groups drawn as lines in one view.
pub(super) const MOST_LINES: u64 = 6;
/// Most measures of one unit drawn together.
const MOST_TOGETHER: usize = 6;

/// Every draft with time.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for time in &cast.times {
        if time.distinct() < 2 {
            continue;
        }
        drafts.extend(
            cast.measures
                .iter()
                .take(MEASURES)
                .map(|measure| line(cast, time, measure)),
        );
        drafts.extend(rows_per_step(cast, time));
        drafts.extend(together(cast, time));
        drafts.extend(by_group(cast, time));
        drafts.extend(cycles(cast, time));
    }
    drafts
}

/// The horizontal axis of a time column.
fn axis(time: &Field<'_>) -> FieldDef {
    match time.role {
        Role::Year => draft::years(time),
        _ => draft::time(time, time.step()),
    }
}

/// Whether each point of the line is one row, so that nothing needs to be summarised.
fn is_raw(time: &Field<'_>) -> bool {
    let points = time.temporal().map_or(0, |t| period::points_by(t, time.step()));
    let whole = match time.role {
        Role::Year => true,
        _ => points >= time.distinct() && time.step() == finest(time),
    };
    time.has_one_row_per_point() && whole
}

fn finest(time: &Field<'_>) -> TimeStep {
    match time.temporal().map(|t| t.granularity) {
        Some(TimeGranularity::Year) | None => TimeStep::Year,
        Some(TimeGranularity::Quarter) => TimeStep::Quarter,
        Some(TimeGranularity::Month) => TimeStep::Month,
        Some(TimeGranularity::Week | TimeGranularity::Day) => TimeStep::Day,
        Some(TimeGranularity::Hour) => TimeStep::Hour,
        Some(TimeGranularity::Minute) => TimeStep::Minute,
        Some(_) => TimeStep::Second,
    }
}

fn points(time: &Field<'_>) -> u64 {
    match time.role {
        Role::Year => time.distinct(),
        _ => time.temporal().map_or(0, |t| period::points_by(t, time.step())),
    }
}

fn span(time: &Field<'_>) -> String {
    time.temporal().map_or_else(String::new, |t| {
        format!(", {}", period::span_text(t, time.step()))
    })
}

pub(super) fn line_mark(points: u64) -> MarkDef {
    MarkDef {
        point: (points <= 30).then_some(Overlay::On(true)),
        ..draft::mark(Mark::Line)
    }
}

/// " of order date", where a table has several times.
fn of_which(cast: &Cast<'_>, time: &Field<'_>) -> String {
    match cast.times.len() {
        0 | 1 => String::new(),
        _ => format!(" of {}", time.inside()),
    }
}

/// The heading of a measure over time.
fn heading(time: &Field<'_>, measure: &Field<'_>, aggregate: Option<&Aggregate>) -> String {
    let step = time.step().word();
    match aggregate {
        Some(op) => format!("{} per {step}", words::summarised(op, &measure.inside())),
        None => format!("{} by {step}", measure.label),
    }
}

/// Why the chart starts with time.
fn because_of_time(time: &Field<'_>) -> String {
    let Some(t) = time.temporal() else {
        return format!("{} holds time, so the chart shows change.", time.quoted());
    };
    format!(
        "{} covers {} by {}, so the chart starts with time.",
        time.quoted(),
        period::span_text(t, time.step()),
        time.step().word()
    )
}

/// Why values are summarised as they are.
pub(super) fn because_of_aggregate(measure: &Field<'_>, aggregate: Option<&Aggregate>) -> Option<String> {
    let skewness = measure.numeric().map_or(0.0, |n| n.skewness);
    Some(match aggregate? {
        Aggregate::Median => format!(
            "{} is skewed (skewness {skewness:.1}): median instead of mean.",
            measure.quoted()
        ),
        Aggregate::Sum => format!("{} adds up, so groups show totals.", measure.quoted()),
        Aggregate::Mean => format!(
            "{} does not add up, so groups show means rather than totals.",
            measure.quoted()
        ),
        _ => return None,
    })
}

fn line(cast: &Cast<'_>, time: &Field<'_>, measure: &Field<'_>) -> Draft {
    let aggregate = (!is_raw(time)).then(|| measure.aggregate());
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, value_axis(measure, aggregate.clone()));
    Draft::new(Idea::Trend, line_mark(points(time)), encoding, &[time, measure])
        .titled(heading(time, measure, aggregate.as_ref()) + &span(time))
        .because(because_of_time(time))
        .because_perhaps(because_of_aggregate(measure, aggregate.as_ref()))
        .because_perhaps(strong_drift(cast, time, measure))
        .sized(Size::Pixels(560.0), Size::Pixels(260.0))
}

/// A line's value axis: from zero for totals, free otherwise.
fn value_axis(measure: &Field<'_>, aggregate: Option<Aggregate>) -> FieldDef {
    let total = aggregate == Some(Aggregate::Sum);
    let mut def = draft::quantity(measure, aggregate);
    if !total {
        def.scale = Some(marey_core::spec::Setting::On(marey_core::spec::Scale {
            zero: Some(false),
            ..Default::default()
        }));
    }
    def
}

fn strong_drift(cast: &Cast<'_>, time: &Field<'_>, measure: &Field<'_>) -> Option<String> {
    let (r, name) = cast.correlation(time, measure)?;
    (r.abs() >= 0.5).then(|| {
        let way = if r > 0.0 { "rises" } else { "falls" };
        format!(
            "{} {way} over {} ({name} {r:.2}).",
            measure.quoted(),
            time.quoted()
        )
    })
}

fn rows_per_step(cast: &Cast<'_>, time: &Field<'_>) -> Option<Draft> {
    if time.has_one_row_per_point() && points(time) >= time.distinct() {
        return None;
    }
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, draft::row_count());
    let title = format!(
        "Number of rows per {}{}{}",
        time.step().word(),
        of_which(cast, time),
        span(time)
    );
    Some(
        Draft::new(Idea::Trend, line_mark(points(time)), encoding, &[time])
            .titled(title)
            .because(because_of_time(time))
            .because("Several rows share a point in time, so their number is worth seeing.")
            .sized(Size::Pixels(560.0), Size::Pixels(260.0)),
    )
}

/// Measures of one unit and one magnitude, as lines of one chart.
fn together(cast: &Cast<'_>, time: &Field<'_>) -> Option<Draft> {
    let group = comparable(&cast.measures)?;
    let aggregate = (!is_raw(time)).then(|| group[0].aggregate());
    let key = draft::fresh_name("measure", &cast.names);
    let value = draft::fresh_name("value", &cast.names);
    let mut values = FieldDef::new(value.clone(), FieldType::Quantitative).titled(shared_title(&group));
    values.aggregate = aggregate.clone();
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, values)
        .with(
            Channel::Color,
            FieldDef::new(key.clone(), FieldType::Nominal).titled("Measure"),
        );
    let names: Vec<String> = group.iter().map(|field| field.inside()).collect();
    let mut shown: Vec<&Field<'_>> = vec![time];
    shown.extend(group.iter().copied());
    let draft = Draft::new(Idea::TrendByGroup, line_mark(points(time)), encoding, &shown)
        .titled(format!(
            "{}{}",
            words::capitalised(&words::listed(&names)),
            span(time)
        ))
        .because(because_of_time(time))
        .because(format!(
            "{} have the same kind of values, so they are compared on one axis.",
            words::listed(&group.iter().map(|field| field.quoted()).collect::<Vec<_>>())
        ))
        .sized(Size::Pixels(560.0), Size::Pixels(280.0));
    Some(draft.with_transforms([Transform::Fold {
        fields: group.iter().map(|field| field.name().clone()).collect(),
        output: Some([key, value]),
    }]))
}

/// The first measure with those that share its unit, kind and magnitude.
fn comparable<'a>(measures: &[&'a Field<'a>]) -> Option<Vec<&'a Field<'a>>> {
    measures.iter().take(4).find_map(|first| {
        let group: Vec<_> = measures
            .iter()
            .copied()
            .filter(|other| belong_together(first, other))
            .take(MOST_TOGETHER)
            .collect();
        (group.len() >= 2).then_some(group)
    })
}

fn belong_together(a: &Field<'_>, b: &Field<'_>) -> bool {
    let same_name = a.name() == b.name();
    let kinds = a.column.semantic_type == b.column.semantic_type && a.is_additive() == b.is_additive();
    let units = a.column.unit == b.column.unit && (a.column.unit.is_some() || share_a_word(a, b));
    let (Some(x), Some(y)) = (a.numeric(), b.numeric()) else {
        return false;
    };
    let (low, high) = (x.max.abs().min(y.max.abs()), x.max.abs().max(y.max.abs()));
    same_name || (kinds && units && low > 0.0 && high / low < 8.0)
}

/// Whether two names share a telling word (`temp_min`, `temp_max`).
fn share_a_word(a: &Field<'_>, b: &Field<'_>) -> bool {
    let words = |field: &Field<'_>| -> Vec<String> {
        field
            .label
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let other = words(b);
    words(a)
        .iter()
        .any(|word| word.chars().count() > 2 && other.contains(word))
}

fn shared_title(group: &[&Field<'_>]) -> String {
    match group.first().and_then(|field| field.column.unit.as_deref()) {
        Some(unit) if !unit.trim().is_empty() => format!("Value ({})", unit.trim()),
        _ => "Value".to_owned(),
    }
}

fn by_group(cast: &Cast<'_>, time: &Field<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let groups = cast
        .categories
        .iter()
        .filter(|group| group.distinct() >= 2 && !cast.follows(time, group));
    for group in groups {
        for measure in cast.measures.iter().take(GROUPED_MEASURES) {
            drafts.push(lines_by_group(cast, time, measure, group));
            if (3..=9).contains(&group.distinct()) {
                drafts.push(small_multiples(cast, time, measure, group));
            }
        }
        if !time.has_one_row_per_point() && group.distinct() <= MOST_COLORS {
            drafts.push(rows_by_group(cast, time, group));
        }
    }
    drafts
}

/// How values are summarised when a line is one group: nothing to do where time and group
/// together name a row.
fn grouped_aggregate(
    cast: &Cast<'_>,
    time: &Field<'_>,
    measure: &Field<'_>,
    group: &Field<'_>,
) -> Option<Aggregate> {
    let cells = time.distinct().saturating_mul(group.distinct());
    let panel = cells <= cast.rows() && cast.rows() <= cells.saturating_add(cells / 50);
    (!(panel && points(time) >= time.distinct())).then(|| measure.aggregate())
}

fn lines_by_group(cast: &Cast<'_>, time: &Field<'_>, measure: &Field<'_>, group: &Field<'_>) -> Draft {
    // One row per cell still is summarised: it changes nothing, and holds when rows are added.
    let aggregate =
        Some(grouped_aggregate(cast, time, measure, group).unwrap_or_else(|| measure.aggregate()));
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, value_axis(measure, aggregate.clone()))
        .with(Channel::Color, draft::categories(group));
    let draft = Draft::new(
        Idea::TrendByGroup,
        line_mark(points(time)),
        encoding,
        &[time, measure, group],
    )
    .titled(format!(
        "{} by {}{}",
        heading(time, measure, aggregate.as_ref()),
        group.inside(),
        span(time)
    ))
    .because(because_of_time(time))
    .because_perhaps(because_of_aggregate(measure, aggregate.as_ref()))
    .sized(Size::Pixels(560.0), Size::Pixels(280.0));
    limited_lines(cast, draft, measure, group)
}

/// Keeps the lines apart that can be told apart.
fn limited_lines(cast: &Cast<'_>, draft: Draft, measure: &Field<'_>, group: &Field<'_>) -> Draft {
    if group.distinct() <= MOST_COLORS {
        return draft.because(format!(
            "{} has {} values, few enough for a line each.",
            group.quoted(),
            group.distinct()
        ));
    }
    let op = measure.aggregate();
    let keep = match op {
        Aggregate::Sum => KeepBy::Measure(measure, op),
        _ => KeepBy::Rows,
    };
    let by = match keep {
        KeepBy::Measure(..) => "largest",
        _ => "most frequent",
    };
    let total = words::thousands(group.distinct());
    let transforms = draft::keep_first(group, MOST_LINES, &keep, &cast.names);
    draft
        .subtitled(format!(
            "the {MOST_LINES} {by} of {total} values of {}",
            group.inside()
        ))
        .because(format!(
            "{} has {total} values; only the {MOST_LINES} {by} are shown.",
            group.quoted()
        ))
        .with_transforms(transforms)
}

fn small_multiples(cast: &Cast<'_>, time: &Field<'_>, measure: &Field<'_>, group: &Field<'_>) -> Draft {
    let aggregate =
        Some(grouped_aggregate(cast, time, measure, group).unwrap_or_else(|| measure.aggregate()));
    let mut panels = draft::categories(group);
    panels.columns = Some(3.0);
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, value_axis(measure, aggregate.clone()))
        .with(Channel::Facet, panels);
    Draft::new(
        Idea::TrendByGroup,
        draft::mark(Mark::Line),
        encoding,
        &[time, measure, group],
    )
    .titled(format!(
        "{} for each {}{}",
        heading(time, measure, aggregate.as_ref()),
        group.inside(),
        span(time)
    ))
    .because(because_of_time(time))
    .because(format!(
        "Each value of {} has a panel of its own, so lines do not cross.",
        group.quoted()
    ))
    .because_perhaps(because_of_aggregate(measure, aggregate.as_ref()))
    .sized(Size::Pixels(180.0), Size::Pixels(120.0))
}

fn rows_by_group(cast: &Cast<'_>, time: &Field<'_>, group: &Field<'_>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, axis(time))
        .with(Channel::Y, draft::row_count())
        .with(Channel::Color, draft::categories(group));
    let step = format!("{}{}", time.step().word(), of_which(cast, time));
    let title = format!("Number of rows per {step} by {}{}", group.inside(), span(time));
    Draft::new(
        Idea::TrendByGroup,
        line_mark(points(time)),
        encoding,
        &[time, group],
    )
    .titled(title)
    .because(because_of_time(time))
    .because(format!(
        "{} has {} values, few enough for a line each.",
        group.quoted(),
        group.distinct()
    ))
    .sized(Size::Pixels(560.0), Size::Pixels(280.0))
}

/// A part of time that comes round again, with the days that a column must cover to show it.
struct Turn {
    part: TimeUnitPart,
    word: &'static str,
    days: f64,
    finest: TimeGranularity,
}

const TURNS: [Turn; 3] = [
    Turn {
        part: TimeUnitPart::Month,
        word: "month of the year",
        days: 3.0 * 365.0,
        finest: TimeGranularity::Month,
    },
    Turn {
        part: TimeUnitPart::Day,
        word: "day of the week",
        days: 28.0,
        finest: TimeGranularity::Day,
    },
    Turn {
        part: TimeUnitPart::Hours,
        word: "hour of the day",
        days: 3.0,
        finest: TimeGranularity::Hour,
    },
];

/// Seasons: a measure by the part of time that comes round again.
fn cycles(cast: &Cast<'_>, time: &Field<'_>) -> Vec<Draft> {
    let (Role::Time, Some(t)) = (&time.role, time.temporal()) else {
        return Vec::new();
    };
    TURNS
        .iter()
        .filter(|turn| period::covers_days(t, turn.days) && t.granularity >= turn.finest)
        .filter(|turn| turn.part == TimeUnitPart::Hours || t.points.value >= 24)
        .map(|turn| cycle(cast, time, turn))
        .collect()
}

fn cycle(cast: &Cast<'_>, time: &Field<'_>, turn: &Turn) -> Draft {
    let unit = in_zone_of(time.column, TimeUnit::of(&[turn.part]));
    let axis = FieldDef::new(draft::column(time), FieldType::Ordinal)
        .time_unit(unit)
        .titled(words::capitalised(turn.word));
    let (values, head, mut shown) = match cast.measures.first().copied() {
        // A typical value rather than a total: some months occur once more than others.
        Some(measure) => {
            let op = measure.typical();
            let head = words::summarised(&op, &measure.inside());
            (draft::quantity(measure, Some(op)), head, vec![measure])
        }
        None => (draft::row_count(), "Number of rows".to_owned(), Vec::new()),
    };
    shown.insert(0, time);
    let encoding = Encoding::new().with(Channel::X, axis).with(Channel::Y, values);
    Draft::new(Idea::Cycle, draft::mark(Mark::Bar), encoding, &shown)
        .titled(format!("{head} by {}{}", turn.word, of_which(cast, time)))
        .because(format!(
            "{} is long enough to show what returns with the {}.",
            time.quoted(),
            turn.word
        ))
        .sized(draft::per_category(28.0), Size::Pixels(240.0))
}
