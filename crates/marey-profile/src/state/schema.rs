//! Options, kinds and notes of columns as bytes.

use marey_table::{ColumnNote, NumberFormat, Unit};

use super::bytes::{Read, Reader, Writer};
use crate::{ProfileOptions, value::Kind};

pub(super) fn write_options(options: &ProfileOptions, to: &mut Writer) {
    let ProfileOptions {
        exact_distinct,
        exact_cells,
        top_values,
        sample_rows,
        sample_cells,
        max_correlated,
        max_pairs,
    } = options;
    for option in [
        exact_distinct,
        exact_cells,
        top_values,
        sample_rows,
        sample_cells,
        max_correlated,
        max_pairs,
    ] {
        to.len(*option);
    }
}

pub(super) fn read_options(from: &mut Reader<'_>) -> Read<ProfileOptions> {
    let mut option = || {
        let count = from.count()?;
        usize::try_from(count).map_err(|_| from.wrong("an option beyond what this machine can count to"))
    };
    Ok(ProfileOptions {
        exact_distinct: option()?,
        exact_cells: option()?,
        top_values: option()?,
        sample_rows: option()?,
        sample_cells: option()?,
        max_correlated: option()?,
        max_pairs: option()?,
    })
}

pub(super) fn write_kind(kind: Kind, to: &mut Writer) {
    let (tag, detail) = match kind {
        Kind::Boolean => (0, 0),
        Kind::Int => (1, 0),
        Kind::Float => (2, 0),
        Kind::Decimal(scale) => (3, scale as u8),
        Kind::Date => (4, 0),
        Kind::Time => (5, 0),
        Kind::Timestamp(utc) => (6, u8::from(utc)),
        Kind::Text => (7, 0),
        Kind::Empty => (8, 0),
    };
    to.byte(tag);
    to.byte(detail);
}

pub(super) fn read_kind(from: &mut Reader<'_>) -> Read<Kind> {
    Ok(match (from.byte()?, from.byte()?) {
        (0, 0) => Kind::Boolean,
        (1, 0) => Kind::Int,
        (2, 0) => Kind::Float,
        (3, scale) => Kind::Decimal(scale as i8),
        (4, 0) => Kind::Date,
        (5, 0) => Kind::Time,
        (6, utc @ (0 | 1)) => Kind::Timestamp(utc == 1),
        (7, 0) => Kind::Text,
        (8, 0) => Kind::Empty,
        _ => return Err(from.wrong("an unknown kind of column")),
    })
}

pub(super) fn write_note(note: Option<&ColumnNote>, to: &mut Writer) {
    let empty = ColumnNote::default();
    let ColumnNote {
        unit,
        number_format,
        time_formats,
        null_markers,
        boolean_words,
        code,
        exceptions,
    } = note.unwrap_or(&empty);
    match unit {
        None => to.byte(0),
        Some(Unit::Percent) => to.byte(1),
        Some(Unit::Currency(sign)) => {
            to.byte(2);
            to.text(sign);
        }
        Some(Unit::Other(text)) => {
            to.byte(3);
            to.text(text);
        }
    }
    to.flag(number_format.is_some());
    if let Some(NumberFormat { decimal, group }) = number_format {
        to.count((*decimal).into());
        // 0 is no separator of thousands.
        to.count(group.map_or(0, u64::from));
    }
    for texts in [time_formats, null_markers] {
        to.len(texts.len());
        texts.iter().for_each(|text| to.text(text));
    }
    to.flag(boolean_words.is_some());
    for word in boolean_words.iter().flatten() {
        to.text(word);
    }
    to.flag(*code);
    to.count(*exceptions);
}

pub(super) fn read_note(from: &mut Reader<'_>) -> Read<ColumnNote> {
    let unit = match from.byte()? {
        0 => None,
        1 => Some(Unit::Percent),
        2 => Some(Unit::Currency(from.text()?.to_owned())),
        3 => Some(Unit::Other(from.text()?.to_owned())),
        _ => return Err(from.wrong("an unknown unit")),
    };
    let number_format = match from.flag()? {
        false => None,
        true => Some(NumberFormat {
            decimal: letter(from)?,
            group: Some(letter(from)?).filter(|group| *group != '\0'),
        }),
    };
    let time_formats = from.texts()?;
    let null_markers = from.texts()?;
    let boolean_words = match from.flag()? {
        false => None,
        true => Some([from.text()?.to_owned(), from.text()?.to_owned()]),
    };
    Ok(ColumnNote {
        unit,
        number_format,
        time_formats,
        null_markers,
        boolean_words,
        code: from.flag()?,
        exceptions: from.count()?,
    })
}

fn letter(from: &mut Reader<'_>) -> Read<char> {
    let number = from.count()?;
    u32::try_from(number)
        .ok()
        .and_then(char::from_u32)
        .ok_or_else(|| from.wrong("a separator that is no letter or sign"))
}
