//! Texts that are damaged, cut off, or something else than text.

use std::collections::BTreeMap;

use marey_core::{PhysicalType, SemanticFamily, SemanticType};

use super::{Material, share};
use crate::{
    QualityFinding, QualityKind as Kind, Severity,
    value::Value,
    value_table::{Entry, ValueTable},
};

/// Errors that spreadsheets write in place of a value.
const SPREADSHEET_ERRORS: &[&str] = &[
    "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#n/a", "#error!", "#spill!",
];
/// Words that stand for "no value".
const PLACEHOLDERS: &[&str] = &[
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "nil",
    "nan",
    "-",
    "--",
    "---",
    "?",
    "??",
    "???",
    ".",
    "..",
    "...",
    "tbd",
    "tba",
    "unknown",
    "unk",
    "undefined",
    "unspecified",
    "not available",
    "not applicable",
    "not specified",
    "not known",
    "not provided",
    "no data",
    "missing",
    "(blank)",
    "(null)",
    "(none)",
    "[null]",
    "<null>",
];

pub(super) fn findings(material: &Material<'_>) -> Vec<QualityFinding> {
    if material.column.physical_type != PhysicalType::Text {
        return Vec::new();
    }
    [padded, placeholders, damaged, numbers, units, truncated]
        .into_iter()
        .filter_map(|look| look(material))
        .collect()
}

fn texts(table: &ValueTable) -> impl Iterator<Item = (&str, Entry)> {
    let mut entries = table.by_hash();
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.count), entry.hash));
    entries.into_iter().filter_map(|entry| match table.value(&entry) {
        Value::Text(text) => Some((text, entry)),
        _ => None,
    })
}

fn padded(material: &Material<'_>) -> Option<QualityFinding> {
    let count = material.column.text.as_ref()?.padded;
    let name = material.name();
    (count > 0).then(|| {
        material.finding(
            Severity::Info,
            Kind::PaddedText,
            count,
            format!("{count} texts of column `{name}` begin or end with white space"),
        )
    })
}

fn placeholders(material: &Material<'_>) -> Option<QualityFinding> {
    let lower = |text: &str| text.trim().to_lowercase();
    let found = |list: &[&str]| -> Vec<(&str, u64)> {
        texts(material.counted)
            .filter(|(text, _)| text.len() <= 20 && list.contains(&lower(text).as_str()))
            .map(|(text, entry)| (text, entry.count))
            .collect()
    };
    let (errors, words) = (found(SPREADSHEET_ERRORS), found(PLACEHOLDERS));
    let name = material.name();
    let (severity, list, what) = if errors.is_empty() {
        (Severity::Info, words, "stand for \"no value\"")
    } else {
        (Severity::Warning, errors, "are errors of a spreadsheet")
    };
    let count: u64 = list.iter().map(|(_, count)| count).sum();
    // Two-letter codes such as NA are a value among others of their kind.
    if count == 0
        || material.column.distinct.value < 3
        || material.column.semantic_type == Some(SemanticType::Country)
    {
        return None;
    }
    let finding = material.finding(
        severity,
        Kind::Placeholder,
        count,
        format!("{count} texts of column `{name}` {what}"),
    );
    Some(material.shown(finding, list.into_iter().map(|(text, _)| text)))
}

/// Texts decoded with the wrong character set, and characters that could not be decoded.
fn damaged(material: &Material<'_>) -> Option<QualityFinding> {
    let found: Vec<&str> = texts(material.sample)
        .map(|(text, _)| text)
        .filter(|text| is_damaged(text))
        .collect();
    let (count, of, name) = (found.len() as u64, material.sample.len() as u64, material.name());
    let finding = || QualityFinding {
        share: share(count, of),
        ..material.finding(
            Severity::Error,
            Kind::EncodingDamage,
            count,
            format!(
                "{count} of {of} different texts of column `{name}` were decoded with the wrong character set"
            ),
        )
    };
    (count > 0).then(|| material.shown(finding(), found))
}

/// UTF-8 read as Latin-1 or Windows-1252 (`Ã©` for `é`, `â€™` for `’`), or U+FFFD.
fn is_damaged(text: &str) -> bool {
    // What Windows-1252 has where Latin-1 has controls: second bytes of UTF-8 may look like these.
    const SECOND: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    let second = |c: char| ('\u{80}'..='\u{bf}').contains(&c) || SECOND.contains(c);
    text.chars().zip(text.chars().skip(1)).any(|(a, b)| match a {
        '\u{fffd}' => true,
        'Â' | 'Ã' | 'Å' => second(b) && !b.is_alphabetic() || (a == 'Ã' && "ª".contains(b)),
        'â' => b == '€' || ('\u{80}'..='\u{9f}').contains(&b),
        'ï' => b == '»',
        _ => false,
    }) || text.ends_with('\u{fffd}')
}

/// Most texts are numbers.
fn numbers(material: &Material<'_>) -> Option<QualityFinding> {
    let named = material.column.semantic_type.is_some_and(|semantic| {
        matches!(
            semantic.family(),
            SemanticFamily::Identity | SemanticFamily::Contact | SemanticFamily::Place | SemanticFamily::Time
        )
    });
    if named || material.note.code || material.sample.len() < 10 {
        return None;
    }
    let is_code = |text: &str| text.len() > 1 && text.starts_with('0') && !text.contains(['.', ',']);
    let all: Vec<&str> = texts(material.sample)
        .map(|(text, _)| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let (numbers, others): (Vec<&str>, Vec<&str>) = all.iter().partition(|text| plain_number(text));
    if numbers.iter().any(|text| is_code(text)) || (numbers.len() as f64) < 0.8 * all.len() as f64 {
        return None;
    }
    let name = material.name();
    let count = numbers.len() as u64;
    let finding = QualityFinding {
        share: share(count, all.len() as u64),
        ..material.finding(
            Severity::Warning,
            Kind::NumbersAsText,
            count,
            format!(
                "{count} of {} different texts of column `{name}` are numbers; the others keep it from being one",
                all.len()
            ),
        )
    };
    Some(material.shown(finding, others))
}

fn plain_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.replace(',', "").parse::<f64>().is_ok_and(f64::is_finite)
}

/// Numbers with several units behind or currencies before them.
fn units(material: &Material<'_>) -> Option<QualityFinding> {
    let mut units: BTreeMap<&str, u64> = BTreeMap::new();
    let mut measured = 0;
    let mut all = 0;
    for (text, _) in texts(material.sample) {
        all += 1;
        if let Some(unit) = unit_of(text.trim()) {
            measured += 1;
            *units.entry(unit).or_default() += 1;
        }
    }
    let usual: Vec<&str> = units
        .iter()
        .filter(|(_, count)| **count >= 2 && **count as f64 >= 0.02 * measured as f64)
        .map(|(unit, _)| *unit)
        .collect();
    if measured < 10 || (measured as f64) < 0.9 * all as f64 || !(2..=6).contains(&usual.len()) {
        return None;
    }
    let name = material.name();
    let finding = QualityFinding {
        share: share(measured, all),
        ..material.finding(
            Severity::Error,
            Kind::MixedUnits,
            measured,
            format!("column `{name}` mixes units: {}", usual.join(", ")),
        )
    };
    Some(material.shown(finding, usual))
}

/// The letters or sign behind or before a number.
fn unit_of(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let behind = text.trim_start_matches(is_part);
    let before = text.trim_end_matches(is_part);
    let unit = match (behind.len() < text.len(), before.len() < text.len()) {
        (true, false) => behind.trim(),
        (false, true) => before.trim(),
        _ => return None,
    };
    let short = (1..=5).contains(&unit.chars().count());
    (short
        && unit
            .chars()
            .all(|c| c.is_alphabetic() || "°%²³/$€£¥µ".contains(c)))
    .then_some(unit)
}

/// Different texts as long as the longest, three times as many as of any other length above half
/// of it.
fn truncated(material: &Material<'_>) -> Option<QualityFinding> {
    let text = material.column.text.as_ref()?;
    let longest = text.max_chars;
    // Codes of one length are as long as they should be.
    if longest < 20 || text.lengths.q1 > 0.8 * longest as f64 {
        return None;
    }
    let mut lengths: BTreeMap<u64, u64> = BTreeMap::new();
    for (_, entry) in texts(material.sample) {
        let chars = material.sample.measure(&entry).map_or(0, |measure| measure.chars);
        *lengths.entry(chars).or_default() += 1;
    }
    let of = material.sample.len() as u64;
    let at_longest = lengths.get(&longest).copied().unwrap_or(0);
    let beside = lengths
        .range(longest / 2..longest)
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    if at_longest < 5 || at_longest * 50 < of || at_longest < 3 * beside {
        return None;
    }
    let name = material.name();
    Some(QualityFinding {
        share: share(at_longest, of),
        ..material.finding(
            Severity::Warning,
            Kind::TruncatedText,
            at_longest,
            format!(
                "{at_longest} of {of} different texts of column `{name}` have {longest} characters, the most of \
                 all: they may be cut off"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_from_accents() {
        for (text, expected) in [
            ("CafÃ©", true),
            ("MÃ¼nchen", true),
            ("itâ€™s", true),
            ("na\u{fffd}ve", true),
            ("end\u{fffd}", true),
            ("Â£5", true),
            ("São Paulo", false),
            ("PÂRIS", false),
            ("SÃO", false),
            ("Åre", false),
            ("mâche", false),
            ("naïve", false),
        ] {
            assert_eq!(is_damaged(text), expected, "{text}");
        }
    }

    #[test]
    fn units_stand_at_one_side() {
        for (text, expected) in [
            ("5 km", Some("km")),
            ("$1,234.50", Some("$")),
            ("12.5%", Some("%")),
            ("km", None),
            ("5 km 3", None),
            ("Route 66", Some("Route")),
            ("12", None),
        ] {
            assert_eq!(unit_of(text), expected, "{text}");
        }
    }
}
