//! What the values of a column say by themselves.

use std::borrow::Cow;

use marey_core::PhysicalType;

use super::{PersonalKind, Privacy, PrivacySource, judge::finding};
use crate::{
    detect::{
        account::{is_card_number, is_iban},
        identifier::{is_checked_vin, is_imei, is_vin},
        national::{NATIONAL_IDS, NationalId},
        network::{is_email, is_ipv4, is_ipv6, is_mac_address},
        phone::{is_phone, is_written_phone},
        secret::is_secret,
    },
    value::Value,
    value_table::ValueTable,
};

/// Different values that are looked at.
const MOST: usize = 2048;
/// Values of which one at least must fit for the others to be looked at.
const FIRST: usize = 96;
/// How unlikely it must be that numbers pass a check by chance.
const CHANCE: f64 = 1e-8;

/// Different values of a column, trimmed, empty ones left out, in an order that is as good as any.
pub(super) struct Values<'a> {
    texts: Vec<Cow<'a, str>>,
    text: bool,
}

impl<'a> Values<'a> {
    pub(super) fn of(physical: PhysicalType, sample: &'a ValueTable) -> Self {
        let text = physical == PhysicalType::Text;
        let read = matches!(
            physical,
            PhysicalType::Text
                | PhysicalType::Int
                | PhysicalType::Decimal
                | PhysicalType::Date
                | PhysicalType::Timestamp
        );
        let entries = if read { sample.by_hash() } else { Vec::new() };
        let texts = entries
            .iter()
            .take(MOST)
            .map(|entry| match sample.value(entry) {
                Value::Text(text) => Cow::Borrowed(text.trim()),
                _ => Cow::Owned(sample.write(entry)),
            })
            .filter(|text| !text.is_empty())
            .collect();
        Self { texts, text }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Share of the different values for which something holds.
    pub(super) fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        // Where none of the first fits, too few of the others do to matter.
        if self.texts.len() > FIRST && !self.texts.iter().take(FIRST).any(|text| holds(text)) {
            return 0.0;
        }
        let fitting = self.texts.iter().filter(|text| holds(text)).count();
        fitting as f64 / self.texts.len().max(1) as f64
    }
}

/// A form that values have.
struct Form {
    kind: PersonalKind,
    holds: fn(&str) -> bool,
    /// Least share of the different values where the column's name says nothing.
    least: f64,
    /// The same where the name says so.
    named: f64,
    /// Fewest different values where the name says nothing.
    fewest: usize,
    /// Whether whole numbers may have it.
    numbers: bool,
}

const fn form(
    kind: PersonalKind,
    holds: fn(&str) -> bool,
    least: f64,
    named: f64,
    fewest: usize,
    numbers: bool,
) -> Form {
    Form {
        kind,
        holds,
        least,
        named,
        fewest,
        numbers,
    }
}

/// Forms in the order in which they are tried.
const FORMS: [Form; 10] = [
    form(PersonalKind::Email, is_email, 0.75, 0.3, 1, false),
    form(PersonalKind::Secret, is_secret, 0.75, 0.3, 2, false),
    form(PersonalKind::Iban, is_iban, 0.75, 0.3, 2, false),
    form(PersonalKind::MacAddress, is_mac_address, 0.9, 0.3, 3, false),
    form(PersonalKind::IpAddress, is_likely_ip, 0.6, 0.3, 3, false),
    // One in ten numbers with an issuer's prefix passes by chance.
    form(PersonalKind::CardNumber, is_card_number, 0.9, 0.5, 8, true),
    form(PersonalKind::Imei, is_imei, 0.95, 0.5, 8, true),
    form(PersonalKind::Vin, is_checked_vin, 0.9, 0.5, 3, false),
    form(PersonalKind::Vin, is_vin, 0.95, 0.5, 20, false),
    form(PersonalKind::Phone, is_written_phone, 0.75, 0.5, 3, false),
];

/// The kind that the values have by their form.
pub(super) fn kind(values: &Values<'_>, announced: Option<PersonalKind>) -> Option<Privacy> {
    let form = FORMS.iter().find_map(|form| {
        let named = announced == Some(form.kind);
        if !(values.text || form.numbers) || !(named || values.len() >= form.fewest) {
            return None;
        }
        let share = values.share(form.holds);
        (share >= if named { form.named } else { form.least })
            .then(|| verified(form.kind, share, named, "form"))
    });
    form.or_else(|| phone(values, announced == Some(PersonalKind::Phone)))
        .or_else(|| national(values, announced))
}

fn verified(kind: PersonalKind, share: f64, named: bool, what: &str) -> Privacy {
    let confidence = if named { 0.99 } else { 0.95 };
    let what = format!("{what} of {}", kind.label());
    Privacy {
        share,
        verified: true,
        ..finding(kind, confidence, PrivacySource::Values, what)
    }
}

/// Numbers that are written in many ways, some of them telling; mobile numbers of China as digits.
fn phone(values: &Values<'_>, named: bool) -> Option<Privacy> {
    let share = values.share(is_phone);
    let telling = values.text && share >= 0.9 && values.len() >= 8 && values.share(is_written_phone) >= 0.3;
    let mobile = values.len() >= 20 && values.share(is_chinese_mobile) >= 0.98 && prefixes(values) >= 4;
    (telling || mobile || (named && share >= 0.5)).then(|| Privacy {
        verified: telling || mobile,
        ..verified(PersonalKind::Phone, share, named, "form")
    })
}

/// Eleven digits, the first three of a mobile network (Ministry of Industry and Information
/// Technology, numbering plan: 13x to 19x).
fn is_chinese_mobile(text: &str) -> bool {
    text.len() == 11
        && text.starts_with('1')
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(text.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// Number of different starts of three signs: running numbers have few.
fn prefixes(values: &Values<'_>) -> usize {
    let mut starts: Vec<&str> = values.texts.iter().filter_map(|text| text.get(..3)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.len()
}

/// The scheme of national numbers that the values pass, if it is too much to be chance.
fn national(values: &Values<'_>, announced: Option<PersonalKind>) -> Option<Privacy> {
    use PersonalKind as K;
    let named = matches!(announced, Some(K::NationalId | K::TaxId | K::HealthNumber));
    let least = if named { 0.6 } else { 0.95 };
    let passing = |scheme: &&NationalId| {
        // How many values must pass for chance to be out of the question.
        let unlikely = scheme.chance.powf(values.len() as f64) <= CHANCE;
        (named || (unlikely && !scheme.needs_name)) && values.share(|text| scheme.holds(text)) >= least
    };
    let scheme = NATIONAL_IDS
        .iter()
        .filter(passing)
        .min_by(|a, b| a.chance.total_cmp(&b.chance))?;
    let share = values.share(|text| scheme.holds(text));
    let kind = announced.filter(|_| named).unwrap_or(K::NationalId);
    let checked = scheme.chance.powf(values.len() as f64 * share) <= CHANCE.sqrt();
    Some(Privacy {
        verified: checked,
        ..verified(
            kind,
            share,
            named,
            &format!("{} ({})", scheme.name, scheme.country),
        )
    })
}

/// An address of the Internet protocol, but no number of a section or a version.
fn is_likely_ip(text: &str) -> bool {
    let first = || text.split('.').next().and_then(|first| first.parse::<u8>().ok());
    is_ipv6(text) || (is_ipv4(text) && first().is_some_and(|first| first >= 10))
}

/// A code: no blanks but between groups, a digit, and so many signs at least.
pub(super) fn is_code(text: &str, least: usize) -> bool {
    let signs = text.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    signs >= least && digits * 3 >= signs && text.chars().count() <= 40 && !text.contains(':')
}

/// Words without digits.
pub(super) fn is_wordy(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit() || "@/:;\\".contains(c))
}

/// Something with letters.
pub(super) fn is_lettered(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// Something like a date: digits in groups, or eight of them.
pub(super) fn is_dated(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (3..=14).contains(&digits) && text.len() <= 40 && text.len() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{hash::hash_text, value::Kind};

    fn table(texts: &[&str]) -> ValueTable {
        let mut table = ValueTable::new(Kind::Text);
        texts.iter().for_each(|text| {
            table.add(hash_text(text), Value::Text(text), 1);
        });
        table
    }

    #[test]
    fn forms_are_checked_not_guessed() {
        use PersonalKind as K;
        let check = |texts: &[&str], announced: Option<K>, expected: Option<K>| {
            let table = table(texts);
            let found = kind(&Values::of(PhysicalType::Text, &table), announced);
            assert_eq!(found.and_then(|found| found.kind), expected, "{texts:?}");
        };
        check(
            &["123-45-6789", "001-01-0001", "899-12-3456"],
            None,
            Some(K::NationalId),
        );
        check(&["000-45-6789", "666-01-0001", "900-12-3456"], None, None);
        let cards = ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009"];
        check(&cards, Some(K::CardNumber), Some(K::CardNumber));
        check(&cards, None, None);
        check(
            &["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"],
            None,
            Some(K::Iban),
        );
        check(&["10.0.0.1", "192.168.1.254", "::1"], None, Some(K::IpAddress));
        check(&["1.2.3.4", "2.4.1.1", "3.1.1.12"], None, None);
        check(&["ann@example.com", "x"], Some(K::Email), Some(K::Email));
        check(&["ann@example.com", "x"], None, None);
        check(
            &["(212) 555-0199", "+49 30 1234567", "212-555-0100"],
            None,
            Some(K::Phone),
        );
        check(&["2120000", "5550199"], Some(K::Phone), Some(K::Phone));
        // Numbers of books pass the check of the National Health Service.
        check(&["0306406152", "0131103628", "0201633612"], None, None);
    }
}
