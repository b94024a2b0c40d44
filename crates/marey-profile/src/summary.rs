//! From a column's state to its profile.

use std::cmp::Ordering;

use hashbrown::HashMap;
use marey_core::{FieldName, SemanticType};
use marey_table::{ColumnNote, Unit};

use crate::{
    Advice, ColumnProfile, Count, Monotonicity, ProfileOptions, QualityFinding, SketchBounds, TextShape,
    TextSummary, TopValue,
    advice::advise,
    characters,
    column_state::ColumnState,
    distinct::STANDARD_ERROR,
    meaning::{self, Evidence},
    number_line::NumberLine,
    privacy::{self, Privacy, Subject},
    quality::{self, Material},
    quantile::RANK_ERROR,
    text::{TextTotals, shape},
    value::{Kind, Value},
    value_sample::ValueSample,
    value_table::{Entry, ValueTable},
};

const SHAPES: usize = 5;

/// What else is known when a column is finished.
pub(crate) struct Context<'a> {
    pub(crate) name: &'a FieldName,
    pub(crate) index: usize,
    pub(crate) note: &'a ColumnNote,
    /// Whether a second look at all values has shown that none occurs twice.
    pub(crate) proven_unique: bool,
    pub(crate) options: &'a ProfileOptions,
}

/// The profile of a column, and what is wrong with its values.
pub(crate) fn column(mut state: ColumnState, context: &Context<'_>) -> (ColumnProfile, Vec<QualityFinding>) {
    state.settle();
    let kind = state.kind;
    let (distinct, unique) = distinct(&state, context.proven_unique);
    let monotonicity = state.monotonicity();
    let line = NumberLine::of(&state);
    let numeric = if kind.is_number() {
        line.numeric(&state)
    } else {
        None
    };
    let mut temporal = if kind.is_time_line() {
        line.temporal(&state, distinct)
    } else {
        None
    };
    let top = top_values(&state, context.options.top_values);
    let texts = text_totals(&state);
    let (nulls, values) = (state.nulls, state.values);
    let bounds = state.beyond.as_ref().map(|_| SketchBounds {
        distinct_error: if distinct.exact { 0.0 } else { STANDARD_ERROR },
        rank_error: RANK_ERROR,
        top_shortfall: state.shortfall,
    });
    let sample = match state.beyond {
        Some(beyond) if kind == Kind::Text => beyond.sample.finish(),
        Some(_) => ValueTable::new(kind),
        None => ValueSample::of(&state.counted, kind),
    };
    let meaning = meaning::of(&Evidence {
        name: context.name.as_str(),
        physical: kind.physical(),
        note: context.note,
        values,
        distinct,
        unique,
        monotonicity,
        numeric: numeric.as_ref(),
        texts: texts.summary().as_ref(),
        sample: &sample,
        counted: &state.counted,
    });
    if meaning.semantic == Some(SemanticType::Year) && kind == Kind::Int {
        temporal = line.years(distinct);
    }
    let profile = ColumnProfile {
        name: context.name.clone(),
        index: context.index,
        physical_type: kind.physical(),
        field_type: meaning::level(kind.physical(), meaning.semantic),
        semantic_type: meaning.semantic,
        semantic_confidence: meaning.confidence,
        semantic_evidence: meaning.evidence,
        order: meaning.order,
        pii: None,
        privacy: Privacy::default(),
        format: written_format(context.note),
        unit: context.note.unit.as_ref().map(unit_text),
        nulls,
        distinct,
        unique,
        numeric,
        temporal,
        text: texts.summary().map(|summary| TextSummary {
            shapes: shapes(&sample),
            characters: characters::of(&sample),
            ..summary
        }),
        top,
        monotonicity,
        advice: Advice::default(),
        bounds,
    };
    let privacy = privacy::column(&Subject {
        profile: &profile,
        values,
        sample: if kind == Kind::Text {
            &sample
        } else {
            &state.counted
        },
        tally: &texts.personal,
    });
    let profile = ColumnProfile {
        advice: advise(&profile, nulls + values),
        pii: privacy.pii(),
        privacy,
        ..profile
    };
    let quality = quality::of_column(&Material {
        column: &profile,
        rows: nulls + values,
        note: context.note,
        counted: &state.counted,
        sample: &sample,
        line: &line,
    });
    (profile, quality)
}

/// Number of different values, and whether they are proven to be as many as rows.
fn distinct(state: &ColumnState, proven_unique: bool) -> (Count, bool) {
    let complete = state.nulls == 0 && state.values > 0;
    let Some(beyond) = &state.beyond else {
        let value = state.counted.len() as u64;
        return (Count { value, exact: true }, complete && value == state.values);
    };
    let strictly = matches!(
        state.monotonicity(),
        Monotonicity::StrictlyIncreasing | Monotonicity::StrictlyDecreasing
    );
    if proven_unique || strictly {
        let value = state.values;
        return (Count { value, exact: true }, complete);
    }
    let value = beyond.distinct.estimate().min(state.values);
    (Count { value, exact: false }, false)
}

fn top_values(state: &ColumnState, wanted: usize) -> Vec<TopValue> {
    let table = &state.counted;
    let exact = state.shortfall == 0;
    // A lower bound below what may be missing says nothing about being frequent.
    let mut entries: Vec<Entry> = table
        .iter()
        .filter(|entry| exact || entry.count >= state.shortfall.max(2))
        .copied()
        .collect();
    let order = |a: &Entry, b: &Entry| {
        b.count
            .cmp(&a.count)
            .then_with(|| compare(state.kind, table.value(a), table.value(b)))
            .then(a.hash.cmp(&b.hash))
    };
    if entries.len() > wanted && wanted > 0 {
        entries.select_nth_unstable_by(wanted - 1, order);
    }
    entries.truncate(wanted);
    entries.sort_unstable_by(order);
    entries
        .iter()
        .map(|entry| TopValue {
            value: table.write(entry),
            count: Count {
                value: entry.count,
                exact,
            },
        })
        .collect()
}

fn compare(kind: Kind, a: Value<'_>, b: Value<'_>) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Wide(a), Value::Wide(b)) => a.cmp(&b),
        (Value::Bits(a), Value::Bits(b)) if kind == Kind::Float => {
            f64::from_bits(a).total_cmp(&f64::from_bits(b))
        }
        (Value::Bits(a), Value::Bits(b)) => (a as i64).cmp(&(b as i64)),
        // One column holds values of one form only.
        _ => Ordering::Equal,
    }
}

fn text_totals(state: &ColumnState) -> TextTotals {
    if let Some(beyond) = &state.beyond {
        return beyond.texts.clone();
    }
    let mut totals = TextTotals::default();
    if state.kind == Kind::Text {
        for entry in state.counted.iter() {
            totals.add(state.counted.measure(entry).unwrap_or_default(), entry.count);
        }
    }
    totals
}

fn shapes(sample: &ValueTable) -> Vec<TextShape> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for entry in sample.iter() {
        if let Value::Text(text) = sample.value(entry) {
            *counts.entry(shape(text)).or_default() += 1;
        }
    }
    let mut shapes: Vec<(String, u64)> = counts.into_iter().collect();
    shapes.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    shapes
        .into_iter()
        .take(SHAPES)
        .map(|(shape, count)| TextShape {
            shape,
            share: count as f64 / sample.len() as f64,
        })
        .collect()
}

fn unit_text(unit: &Unit) -> String {
    match unit {
        Unit::Percent => "%".into(),
        Unit::Currency(sign) => sign.clone(),
        Unit::Other(text) => text.clone(),
    }
}

/// How the cells were written, in words for people.
fn written_format(note: &ColumnNote) -> Option<String> {
    let mut parts: Vec<String> = note.time_formats.iter().take(3).cloned().collect();
    if let Some(format) = &note.number_format {
        let group = format.group.map(String::from).unwrap_or_default();
        parts.push(format!("1{group}234{}5", format.decimal));
    }
    if let Some([yes, no]) = &note.boolean_words {
        parts.push(format!("{yes}/{no}"));
    }
    if note.code {
        parts.push("code with leading zeros or fixed width".into());
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
