//! The state of a column as bytes.

use super::{
    bytes::{Read, Reader, Writer},
    sketch, values,
};
use crate::{
    beyond::Beyond,
    column_state::ColumnState,
    order::Order,
    value::{Kind, float_bits},
    value_sample::{SAMPLE, ValueSample},
};

pub(super) fn write(state: &ColumnState, to: &mut Writer) {
    let ColumnState {
        kind,
        bound: _,
        nulls,
        values: _,
        counted,
        shortfall: _,
        beyond,
        float_order,
        integer_order,
        text_order,
    } = state;
    to.count(*nulls);
    match kind {
        Kind::Float => write_order(float_order, to, |value, to| to.word(float_bits(*value))),
        Kind::Text => write_order(text_order, to, |text, to| to.text(text)),
        _ => write_order(integer_order, to, |value, to| to.wide(*value)),
    }
    to.flag(beyond.is_some());
    match beyond {
        None => values::write_table(counted, *kind, to),
        Some(beyond) => write_beyond(beyond, to),
    }
}

/// Reads into the empty state of a column of a table of so many rows.
pub(super) fn read(state: &mut ColumnState, rows: u64, from: &mut Reader<'_>) -> Read<()> {
    state.nulls = from.count_to(rows, "missing values")?;
    state.values = rows - state.nulls;
    match state.kind {
        Kind::Float => state.float_order = read_order(state.values, from, Reader::float)?,
        Kind::Text => {
            state.text_order = read_order(state.values, from, |from| from.text().map(str::to_owned))?;
        }
        _ => state.integer_order = read_order(state.values, from, Reader::wide)?,
    }
    if from.flag()? {
        from.check(state.kind != Kind::Empty, "values of a column without values")?;
        state.beyond = Some(Box::new(read_beyond(state.kind, state.values, from)?));
        return Ok(());
    }
    let (counted, total) = values::read_table(state.kind, state.values, from)?;
    from.check(total == state.values, "counts that do not add up to the values")?;
    state.counted = counted;
    from.check(!state.is_full(), "more values than are counted exactly")
}

fn write_order<T>(order: &Order<T>, to: &mut Writer, write: impl Fn(&T, &mut Writer)) {
    let Order {
        ends,
        rose,
        fell,
        stayed,
    } = order;
    to.byte(u8::from(*rose) | u8::from(*fell) << 1 | u8::from(*stayed) << 2);
    for end in ends.iter().flat_map(|(first, last)| [first, last]) {
        write(end, to);
    }
}

fn read_order<'a, T>(
    values: u64,
    from: &mut Reader<'a>,
    read: impl Fn(&mut Reader<'a>) -> Read<T>,
) -> Read<Order<T>> {
    let flags = from.byte()?;
    let (rose, fell, stayed) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0);
    let settled = rose && fell;
    let steps = u64::from(rose) + u64::from(fell) + u64::from(stayed);
    let possible = flags < 8 && (!settled || stayed) && steps <= values + u64::from(settled);
    from.check(possible, "steps between values that so few values cannot take")?;
    let ends = if values > 0 && !settled {
        Some((read(from)?, read(from)?))
    } else {
        None
    };
    Ok(Order {
        ends,
        rose,
        fell,
        stayed,
    })
}

fn write_beyond(beyond: &Beyond, to: &mut Writer) {
    let Beyond {
        distinct,
        frequent,
        numbers,
        calendar,
        week,
        texts,
        sample,
        kind,
    } = beyond;
    sketch::write_distinct(distinct, to);
    sketch::write_frequent(frequent, *kind, to);
    if has_numbers(*kind) {
        sketch::write_numbers(numbers, to);
    }
    if kind.is_time_line() {
        values::write_calendar(calendar, to);
        values::write_week(week, to);
    }
    if *kind == Kind::Text {
        values::write_totals(texts, to);
    }
    // The sample in its final size, so that the order of rows does not show.
    let ValueSample { table, bound } = sample.clone().cut_to_size();
    to.word(bound);
    values::write_table(&table, *kind, to);
}

fn has_numbers(kind: Kind) -> bool {
    kind.is_number() || kind.is_time_line()
}

fn read_beyond(kind: Kind, values: u64, from: &mut Reader<'_>) -> Read<Beyond> {
    let mut beyond = Beyond::new(kind);
    sketch::read_distinct(&mut beyond.distinct, from)?;
    sketch::read_frequent(&mut beyond.frequent, kind, values, from)?;
    if has_numbers(kind) {
        sketch::read_numbers(&mut beyond.numbers, values, from)?;
    }
    if kind.is_time_line() {
        beyond.calendar = values::read_calendar(from)?;
        beyond.week = values::read_week(values, from)?;
    }
    if kind == Kind::Text {
        beyond.texts = values::read_totals(values, from)?;
    }
    let bound = from.word()?;
    let (table, _) = values::read_table(kind, values, from)?;
    let within = table.iter().all(|entry| entry.hash <= bound);
    let full = bound == u64::MAX || table.len() == SAMPLE;
    from.check(
        within && full && table.len() <= SAMPLE,
        "a sample of values that is none",
    )?;
    beyond.sample = ValueSample { table, bound };
    Ok(beyond)
}
