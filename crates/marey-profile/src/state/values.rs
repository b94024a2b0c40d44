//! Tables of values and sums over texts as bytes.

use super::bytes::{Read, Reader, Writer};
use crate::{
    calendar::{Calendar, Shared},
    hash::{bits_of_hash, hash_text, hash_wide},
    privacy::{Found, Tally},
    text::{TextMeasure, TextTotals},
    text_length::TextLengths,
    value::{Kind, Value, float_bits},
    value_table::{TEXT_KEPT, ValueTable},
    week::Week,
};

/// Values in order of hash, each with its count; of a value of 64 bits the hash is enough.
pub(super) fn write_table(table: &ValueTable, kind: Kind, to: &mut Writer) {
    to.len(table.len());
    for entry in table.by_hash() {
        to.count(entry.count);
        match table.value(&entry) {
            Value::Bits(_) => to.word(entry.hash),
            Value::Wide(wide) => to.wide(wide),
            Value::Text(text) => {
                to.text(text);
                let measure = table.measure(&entry).unwrap_or_default();
                let cut = measure.bytes > text.len() as u64;
                to.flag(cut);
                if cut && kind == Kind::Text {
                    to.word(entry.hash);
                    write_measure(&measure, to);
                }
            }
        }
    }
}

fn write_measure(measure: &TextMeasure, to: &mut Writer) {
    let TextMeasure {
        bytes,
        chars,
        words,
        padded,
        personal,
    } = measure;
    to.count(*bytes);
    to.count(*chars);
    to.count(*words);
    to.flag(*padded);
    to.byte(personal.bits());
}

/// A table of values that were counted so often together at most, with that number.
pub(super) fn read_table(kind: Kind, most: u64, from: &mut Reader<'_>) -> Read<(ValueTable, u64)> {
    let mut table = ValueTable::new(kind);
    let mut total = 0_u64;
    let mut last = None;
    for _ in 0..from.len(3, usize::MAX)? {
        let count = from.count_to(most - total, "occurrences of a value")?;
        from.check(count > 0, "a value that never occurs")?;
        total += count;
        let (hash, value, measure) = read_value(kind, from)?;
        from.check(last < Some(hash), "values out of the order of their hashes")?;
        last = Some(hash);
        table.add_measured(hash, value, count, measure);
    }
    Ok((table, total))
}

fn read_value<'a>(kind: Kind, from: &mut Reader<'a>) -> Read<(u64, Value<'a>, Option<TextMeasure>)> {
    match kind {
        Kind::Text => read_text(from),
        Kind::Decimal(_) => {
            let wide = from.wide()?;
            Ok((hash_wide(wide), Value::Wide(wide), None))
        }
        _ => {
            let hash = from.word()?;
            check_hash(kind, hash, from)?;
            Ok((hash, Value::Bits(bits_of_hash(hash)), None))
        }
    }
}

/// Holds the value of a hash against what the kind of column can hold.
pub(super) fn check_hash(kind: Kind, hash: u64, from: &Reader<'_>) -> Read<()> {
    let bits = bits_of_hash(hash);
    let fits = match kind {
        Kind::Boolean => bits <= 1,
        Kind::Float => float_bits(f64::from_bits(bits)) == bits,
        Kind::Date => i32::try_from(bits as i64).is_ok(),
        Kind::Empty => false,
        _ => true,
    };
    from.check(fits, "a value that a column of this kind cannot hold")
}

fn read_text<'a>(from: &mut Reader<'a>) -> Read<(u64, Value<'a>, Option<TextMeasure>)> {
    let text = from.text()?;
    from.check(text.len() <= TEXT_KEPT, "a text longer than texts are kept")?;
    if !from.flag()? {
        return Ok((hash_text(text), Value::Text(text), None));
    }
    let hash = from.word()?;
    let bytes = from.count()?;
    let chars = from.count_to(bytes, "characters")?;
    let measure = TextMeasure {
        bytes,
        chars,
        words: from.count_to(chars, "words")?,
        padded: from.flag()?,
        personal: read_found(from)?,
    };
    // A character takes at most four bytes, so a cut text ends within three of what is kept.
    let cut = bytes > text.len() as u64 && text.len() + 3 >= TEXT_KEPT;
    from.check(cut, "a text that was cut where texts are not cut")?;
    Ok((hash, Value::Text(text), Some(measure)))
}

fn read_found(from: &mut Reader<'_>) -> Read<Found> {
    let bits = from.byte()?;
    Found::of_bits(bits).ok_or_else(|| from.wrong("kinds of personal data that are not known"))
}

pub(super) fn write_totals(totals: &TextTotals, to: &mut Writer) {
    let TextTotals {
        texts: _,
        empty,
        padded,
        chars,
        words,
        min_chars,
        lengths,
        personal,
    } = totals;
    for sum in [empty, padded, chars, words, min_chars]
        .into_iter()
        .chain(&personal.counts)
    {
        to.count(*sum);
    }
    let TextLengths {
        counts,
        longest,
        at_longest,
    } = lengths;
    let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    to.len(used.clone().count());
    for (length, count) in used {
        to.len(length);
        to.count(*count);
    }
    to.count(*longest);
    to.count(*at_longest);
}

fn read_tally(texts: u64, from: &mut Reader<'_>) -> Read<Tally> {
    let mut tally = Tally::default();
    for count in &mut tally.counts {
        *count = from.count_to(texts, "texts with personal data")?;
    }
    Ok(tally)
}

/// Sums over so many texts.
pub(super) fn read_totals(texts: u64, from: &mut Reader<'_>) -> Read<TextTotals> {
    let mut totals = TextTotals {
        texts,
        empty: from.count_to(texts, "empty texts")?,
        padded: from.count_to(texts, "padded texts")?,
        chars: from.count()?,
        words: from.count()?,
        min_chars: from.count()?,
        personal: read_tally(texts, from)?,
        lengths: TextLengths::default(),
    };
    let lengths = &mut totals.lengths;
    let mut counted = 0;
    let mut next = 0;
    for _ in 0..from.len(2, lengths.counts.len())? {
        let length = from.count()? as usize;
        let count = from.count_to(texts - counted, "texts of a length")?;
        from.check(length >= next && count > 0, "lengths of texts out of order")?;
        match lengths.counts.get_mut(length) {
            Some(slot) => *slot = count,
            None => return Err(from.wrong("a length beyond all lengths")),
        }
        next = length + 1;
        counted += count;
    }
    lengths.longest = from.count()?;
    lengths.at_longest = from.count_to(texts, "longest texts")?;
    let ends = texts == 0 || totals.min_chars <= lengths.longest;
    from.check(
        counted == texts && ends,
        "lengths that are not those of the texts",
    )?;
    Ok(totals)
}

pub(super) fn write_calendar(calendar: &Calendar, to: &mut Writer) {
    let Calendar {
        years,
        quarters,
        months,
        weekday,
        midnights,
        hours,
        minutes,
        seconds,
    } = calendar;
    for agrees in [years, quarters, months, midnights, hours, minutes, seconds] {
        to.flag(*agrees);
    }
    to.byte(match weekday {
        Some(Shared::One(day)) => *day as u8,
        Some(Shared::Several) => 7,
        None => 8,
    });
}

pub(super) fn read_calendar(from: &mut Reader<'_>) -> Read<Calendar> {
    Ok(Calendar {
        years: from.flag()?,
        quarters: from.flag()?,
        months: from.flag()?,
        midnights: from.flag()?,
        hours: from.flag()?,
        minutes: from.flag()?,
        seconds: from.flag()?,
        weekday: match from.byte()? {
            day @ 0..7 => Some(Shared::One(day.into())),
            7 => Some(Shared::Several),
            8 => None,
            _ => return Err(from.wrong("a day beyond the week")),
        },
    })
}

pub(super) fn write_week(week: &Week, to: &mut Writer) {
    let Week { hours } = week;
    hours.iter().for_each(|count| to.count(*count));
}

/// A week of so many values.
pub(super) fn read_week(values: u64, from: &mut Reader<'_>) -> Read<Week> {
    let mut week = Week::default();
    let mut left = values;
    for slot in &mut week.hours {
        *slot = from.count_to(left, "values of an hour")?;
        left -= *slot;
    }
    from.check(left == 0, "hours that do not hold all values")?;
    Ok(week)
}
