//! Personal data inside text: where it stands.
//!
//! Only what can be told by its form is found: addresses of mail and machines, telephone numbers,
//! cards, accounts, national numbers, secrets. Names and streets in prose are not.

use super::PersonalKind;
use crate::detect::{
    Signs,
    account::{is_card_number, is_iban},
    national::NATIONAL_IDS,
    network::{is_email, is_host_address, is_mac_address},
    phone::{has_fraction, is_written_phone},
    secret::is_secret,
};

/// Longest run of signs that is looked at as one number or code, in bytes.
const LONGEST_CODE: usize = 48;
/// Longest part of an e-mail address on either side of the `@`.
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 253;
/// Schemes that more numbers pass by chance are not told from a bare number in a text.
const CHANCE: f64 = 0.005;

/// A piece of personal data in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonalSpan {
    /// First byte; a boundary of characters.
    pub start: usize,
    /// First byte behind it, likewise.
    pub end: usize,
    /// What it is.
    pub kind: PersonalKind,
}

/// The personal data that the form of its writing gives away, in order, without overlaps.
///
/// ```
/// use marey_profile::privacy::{PersonalKind, personal_spans};
/// let spans = personal_spans("write to ann@example.com today");
/// assert_eq!(spans.len(), 1);
/// assert_eq!((spans[0].start, spans[0].end, spans[0].kind), (9, 24, PersonalKind::Email));
/// ```
pub fn personal_spans(text: &str) -> Vec<PersonalSpan> {
    let mut spans = Vec::new();
    scan(text, |span| spans.push(span));
    spans
}

/// Calls a function with each piece of personal data, in order.
pub(super) fn scan(text: &str, mut found: impl FnMut(PersonalSpan)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Nothing before this byte may be taken again.
    let mut floor = 0;
    while let Some(byte) = bytes.get(at) {
        let span = match byte {
            b'@' => email_around(text, floor, at),
            _ if !is_start(bytes, at) => None,
            b'+' | b'(' | b'0'..=b'9' => number_from(text, at).or_else(|| code_from(text, at)),
            byte if byte.is_ascii_alphabetic() || b"$-{:".contains(byte) => code_from(text, at),
            _ => None,
        };
        match span {
            // A token that leads to an `@` is an address of mail, whatever its start looks like.
            Some(span) if bytes.get(span.end) != Some(&b'@') => {
                found(span);
                floor = span.end;
                at = span.end;
            }
            _ => at += 1,
        }
    }
}

/// Whether a number or code may start here: no letter or digit stands before it.
fn is_start(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_none_or(|before| !before.is_ascii_alphanumeric() && *before < 0x80 && !b"_+$".contains(before))
}

/// Whether a number or code may end before this byte.
fn is_end(bytes: &[u8], end: usize) -> bool {
    bytes
        .get(end)
        .is_none_or(|next| !next.is_ascii_alphanumeric() && *next < 0x80 && *next != b'_')
}

fn email_around(text: &str, floor: usize, at: usize) -> Option<PersonalSpan> {
    let before = text.get(floor..at)?;
    let start = before
        .char_indices()
        .rev()
        .take(LONGEST_LOCAL)
        .take_while(|(_, c)| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(*c))
        .last()
        .map(|(place, _)| floor + place)?;
    let after = text.get(at + 1..)?;
    let end = after
        .char_indices()
        .take(LONGEST_DOMAIN)
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '.'))
        .last()
        .map(|(place, c)| at + 1 + place + c.len_utf8())?;
    let mut domain = text.get(at + 1..end)?.trim_end_matches(['.', '-']);
    let mut local = text.get(start..at)?;
    // Quotes and the like around an address are no part of it.
    local = local.trim_start_matches(['\'', '`', '.', '/', '=', '{', '|', '*']);
    // What follows a domain without a blank may be the next sentence: labels are given up from the end.
    loop {
        let (start, end) = (at - local.len(), at + 1 + domain.len());
        if is_email(text.get(start..end)?) {
            return Some(PersonalSpan {
                start,
                end,
                kind: PersonalKind::Email,
            });
        }
        (domain, _) = domain.rsplit_once('.')?;
    }
}

/// A number with its separators: telephone, card, national number, address of a machine.
fn number_from(text: &str, start: usize) -> Option<PersonalSpan> {
    let bytes = text.as_bytes();
    // The rest of a number, a date or a fraction is none by itself.
    let before = start.checked_sub(2).and_then(|before| bytes.get(before..start));
    if before.is_some_and(|before| before[0].is_ascii_digit() && b".-/".contains(&before[1])) {
        return None;
    }
    let run = run_of(bytes, start, |byte| {
        byte.is_ascii_digit() || b" -./()+".contains(&byte)
    });
    // From the longest reading to shorter ones, cut behind groups of digits.
    let mut end = start + run;
    let mut cuts = 0;
    while end > start + 6 && cuts < 12 {
        let last = bytes.get(end - 1)?;
        if last.is_ascii_digit() && is_end(bytes, end) && !goes_on(bytes, end) || *last == b')' {
            cuts += 1;
            if let Some(kind) = text.get(start..end).and_then(kind_of_number) {
                return Some(PersonalSpan { start, end, kind });
            }
        }
        end -= 1;
        while end > start
            && bytes.get(end - 1).is_some_and(u8::is_ascii_digit)
            && bytes.get(end).is_some_and(u8::is_ascii_digit)
        {
            end -= 1;
        }
    }
    None
}

/// Whether a number goes on behind a point, so that what stands before it is only a part.
fn goes_on(bytes: &[u8], end: usize) -> bool {
    bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
}

fn kind_of_number(text: &str) -> Option<PersonalKind> {
    if has_fraction(text) {
        return None;
    }
    if is_card_number(text) {
        return Some(PersonalKind::CardNumber);
    }
    if is_national_number(text) {
        return Some(PersonalKind::NationalId);
    }
    if is_written_phone(text) {
        return Some(PersonalKind::Phone);
    }
    is_host_address(text).then_some(PersonalKind::IpAddress)
}

/// Whether a text is a national number that its form, its separators or its checks set apart from
/// other numbers.
pub(super) fn is_national_number(text: &str) -> bool {
    let signs = Signs::of(text);
    signs.is_some()
        && NATIONAL_IDS
            .iter()
            .any(|scheme| scheme.chance <= CHANCE && scheme.holds_signs(text, signs.as_ref()))
}

/// A code of letters and digits: bank account, national number, secret, address of a device.
fn code_from(text: &str, start: usize) -> Option<PersonalSpan> {
    let bytes = text.as_bytes();
    let span = |end: usize, kind: PersonalKind| Some(PersonalSpan { start, end, kind });
    let first = bytes.get(start..start + 4);
    if first.is_some_and(|first| {
        first[..2].iter().all(u8::is_ascii_uppercase) && first[2..].iter().all(u8::is_ascii_digit)
    }) {
        let run = run_of(bytes, start, |byte| {
            byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' '
        });
        let ends = (start + 15..=start + run).rev().filter(|end| is_end(bytes, *end));
        for end in ends {
            if text.get(start..end).is_some_and(is_iban) {
                return span(end, PersonalKind::Iban);
            }
        }
    }
    let token = start
        + bytes
            .iter()
            .skip(start)
            .take(4096)
            .take_while(|byte| !byte.is_ascii_whitespace() && !b",;\"'<>".contains(byte))
            .count();
    let mut end = token;
    while end > start && bytes.get(end - 1).is_some_and(|last| b".:!?)]}".contains(last)) {
        end -= 1;
    }
    let token = text.get(start..end)?;
    if is_secret(token) {
        return span(end, PersonalKind::Secret);
    }
    if token.len() > LONGEST_CODE || !token.bytes().any(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    if is_mac_address(token) {
        return span(end, PersonalKind::MacAddress);
    }
    if token.contains(':') && is_host_address(token) {
        return span(end, PersonalKind::IpAddress);
    }
    let upper = token.bytes().all(|byte| !byte.is_ascii_lowercase());
    let lettered = token.bytes().any(|byte| byte.is_ascii_alphabetic())
        && token.len() >= 9
        && upper
        && is_national_number(token);
    lettered.then(|| span(end, PersonalKind::NationalId))?
}

/// Length of the run of fitting bytes from a place on, within the longest code; separators never
/// stand twice in a row but for a blank beside a bracket.
fn run_of(bytes: &[u8], start: usize, fits: impl Fn(u8) -> bool) -> usize {
    let mut len = 0;
    let mut blanks = 0;
    for byte in bytes.iter().skip(start).take(LONGEST_CODE) {
        blanks = if *byte == b' ' { blanks + 1 } else { 0 };
        if !fits(*byte) || blanks > 1 {
            break;
        }
        len += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spans as `kind:text`.
    fn found(text: &str) -> Vec<String> {
        personal_spans(text)
            .iter()
            .map(|span| format!("{}:{}", span.kind.as_str(), &text[span.start..span.end]))
            .collect()
    }

    #[test]
    fn pieces_are_found_where_they_stand() {
        let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
        check(
            "Mail ann.lee@example.com, or <bob@example.org>.",
            &["email:ann.lee@example.com", "email:bob@example.org"],
        );
        check("jörg@straße.example: ok", &["email:jörg@straße.example"]);
        check(
            "call +1 212-555-0199 or (212) 555-0198 now",
            &["phone:+1 212-555-0199", "phone:(212) 555-0198"],
        );
        check("tel. 212-555-0199.", &["phone:212-555-0199"]);
        check(
            "card 4111 1111 1111 1111 exp 12/27",
            &["card_number:4111 1111 1111 1111"],
        );
        check("paid with 4111111111111111.", &["card_number:4111111111111111"]);
        check(
            "IBAN DE89 3704 0044 0532 0130 00 BIC X",
            &["iban:DE89 3704 0044 0532 0130 00"],
        );
        check("SSN 123-45-6789", &["national_id:123-45-6789"]);
        check("CF RSSMRA01A01H501D!", &["national_id:RSSMRA01A01H501D"]);
        check(
            "from 192.0.2.7 to [2001:db8::1]",
            &["ip_address:192.0.2.7", "ip_address:2001:db8::1"],
        );
        check("key AKIAIOSFODNN7EXAMPLE,", &["secret:AKIAIOSFODNN7EXAMPLE"]);
        check("dev 00:1a:2b:3c:4d:5e", &["mac_address:00:1a:2b:3c:4d:5e"]);
        check("0123456789@example.com", &["email:0123456789@example.com"]);
    }

    #[test]
    fn other_numbers_and_words_are_left_alone() {
        for text in [
            "",
            "@",
            "a@b",
            "2020-01-31 12:00:00",
            "01.02.2020 14:00",
            "12,345,678.90 USD",
            "order 1234567890123456",
            "ISBN 978-3-16-148410-0",
            "version 1.2.3",
            "550e8400-e29b-41d4-a716-446655440000",
            "d41d8cd98f00b204e9800998ecf8427e",
            "48.8584, 2.2945",
            "part 123-456-789",
            "10:30 - 12:45",
            "@handle says é@",
            "x_4111111111111111",
            "POINT (-73.827095 40.852928)",
            "POINT (148.9503829141029 -35.3230653915673)",
            "(050010209202) Clinica",
            "POINT (-87.6763559892 41.90120699410001)",
            "BILLING PERIOD 01/01/15 - 01/31/15",
            "Works (1910-1993), rector (26072016)",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
