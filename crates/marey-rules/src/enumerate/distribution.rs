//! How values are spread: histograms, strips and box plots.

use marey_core::spec::{
    Bin, BinParams, Encoding, FieldPredicate, FieldRef, FieldTest, MarkDef, Predicate, Size, Transform,
};
use marey_core::{Channel, Mark};

use super::Cast;
use super::comparison::{explained, keep_bars};
use crate::draft::{self, Draft, Idea, KeepBy};
use crate::role::Field;
use crate::words;

/// Most categories by which distributions are split.
const CATEGORIES: usize = 5;
/// Most measures whose distributions are split.
const MEASURES: usize = 5;
/// Most rows that a strip can hold.
const MOST_STROKES: u64 = 300;

/// Every draft of a distribution.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for measure in &cast.measures {
        drafts.push(histogram(measure));
        if measure.filled() <= MOST_STROKES {
            drafts.push(strip(measure));
        }
    }
    for category in cast.categories.iter().take(CATEGORIES) {
        for measure in cast.measures.iter().take(MEASURES) {
            if measure.filled() >= category.bars().saturating_mul(5) {
                drafts.push(boxes(cast, category, measure));
            }
        }
    }
    drafts
}

fn bins(measure: &Field<'_>) -> Bin {
    let whole = measure.numeric().is_some_and(|n| n.integers);
    let wanted = match measure.filled() {
        0..=50 => 10.0,
        51..=500 => 20.0,
        _ => 30.0,
    };
    Bin::On(BinParams {
        maxbins: Some(wanted),
        minstep: whole.then_some(1.0),
        ..BinParams::default()
    })
}

fn histogram(measure: &Field<'_>) -> Draft {
    let mut axis = draft::quantity(measure, None);
    axis.bin = Some(bins(measure));
    let encoding = Encoding::new()
        .with(Channel::X, axis)
        .with(Channel::Y, draft::row_count());
    let draft = Draft::new(Idea::Distribution, draft::mark(Mark::Bar), encoding, &[measure])
        .titled(format!("Distribution of {}", measure.inside()))
        .because_perhaps(shape(measure))
        .sized(Size::Pixels(420.0), Size::Pixels(260.0));
    without_tail(draft, measure)
}

/// What the spread looks like, in words.
fn shape(measure: &Field<'_>) -> Option<String> {
    let n = measure.numeric()?;
    let range = format!("from {} to {}", compact(n.min), compact(n.max));
    let name = measure.quoted();
    Some(if n.skewness > 1.0 {
        format!(
            "{name} runs {range} with a tail of high values (skewness {:.1}).",
            n.skewness
        )
    } else if n.skewness < -1.0 {
        format!(
            "{name} runs {range} with a tail of low values (skewness {:.1}).",
            n.skewness
        )
    } else {
        format!(
            "{name} runs {range}; half of the values lie between {} and {}.",
            compact(n.quantiles.q1),
            compact(n.quantiles.q3)
        )
    })
}

/// A number with the digits a sentence needs.
fn compact(value: f64) -> String {
    let size = value.abs();
    if size >= 1e15 || (size > 0.0 && size < 1e-3) {
        format!("{value:.2e}")
    } else if size >= 1000.0 {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}{}", words::thousands(size.round() as u64))
    } else {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// Leaves out the longest tail where it would press all other values into one bar.
fn without_tail(draft: Draft, measure: &Field<'_>) -> Draft {
    let Some(n) = measure.numeric() else {
        return draft;
    };
    let bulk = n.quantiles.p95 - n.min;
    if bulk <= 0.0 || n.max - n.min <= 12.0 * bulk || measure.filled() < 100 {
        return draft;
    }
    let cut = n.quantiles.p95;
    let keep = Transform::Filter(Predicate::Field(FieldPredicate {
        field: FieldRef::Name(measure.name().clone()),
        time_unit: None,
        test: FieldTest::Lte(draft::number(cut)),
    }));
    draft
        .subtitled(format!(
            "the highest 5 % of values, above {}, are left out",
            compact(cut)
        ))
        .warned(format!(
            "Values of {} above {} (up to {}) are not shown.",
            measure.quoted(),
            compact(cut),
            compact(n.max)
        ))
        .with_transforms([keep])
}

fn strip(measure: &Field<'_>) -> Draft {
    let encoding = Encoding::new().with(Channel::X, draft::free_quantity(measure));
    let mark = MarkDef {
        opacity: Some(0.6),
        ..draft::mark(Mark::Tick)
    };
    Draft::new(Idea::Distribution, mark, encoding, &[measure])
        .titled(format!("Values of {}", measure.inside()))
        .because(format!(
            "{} has only {} values, so each is shown.",
            measure.quoted(),
            measure.filled()
        ))
        .sized(Size::Pixels(420.0), Size::Pixels(60.0))
}

fn boxes(cast: &Cast<'_>, category: &Field<'_>, measure: &Field<'_>) -> Draft {
    let upright = category.distinct() <= 6 && !category.has_long_values();
    let (across, along) = match upright {
        true => (Channel::X, Channel::Y),
        false => (Channel::Y, Channel::X),
    };
    let encoding = Encoding::new()
        .with(across, draft::categories(category))
        .with(along, draft::free_quantity(measure));
    let (width, height) = match upright {
        true => (draft::per_category(56.0), Size::Pixels(280.0)),
        false => (Size::Pixels(420.0), draft::per_category(26.0)),
    };
    let draft = Draft::new(
        Idea::DistributionByGroup,
        draft::mark(Mark::Boxplot),
        encoding,
        &[category, measure],
    )
    .titled(format!("Spread of {} by {}", measure.inside(), category.inside()))
    .because_perhaps(explained(cast, category, measure))
    .because(format!(
        "Boxes show how {} is spread in each {}, not only its middle.",
        measure.quoted(),
        category.inside()
    ))
    .sized(width, height);
    keep_bars(cast, draft, category, &KeepBy::Rows)
}
