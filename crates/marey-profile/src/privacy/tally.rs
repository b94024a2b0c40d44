//! Personal data met in the texts of a column while they pass, so that rare rows are not missed.

use super::{
    PersonalKind,
    span::{is_national_number, scan},
};
use crate::detect::{
    account::{is_card_number, is_card_shaped, is_iban},
    network::is_email,
    phone::is_written_phone,
};

/// Kinds that are looked for in every text.
pub(crate) const TALLIED: [PersonalKind; 5] = [
    PersonalKind::Email,
    PersonalKind::Phone,
    PersonalKind::CardNumber,
    PersonalKind::Iban,
    PersonalKind::NationalId,
];
/// Counters: one per kind, and one for numbers that would be cards but for the check digit.
const COUNTERS: usize = TALLIED.len() + 1;
const FAILED_CARD: usize = TALLIED.len();

/// No telephone number, card or account has fewer digits, no address of mail fewer bytes.
const FEWEST_DIGITS: u32 = 7;
const FEWEST_BYTES: usize = 6;
/// Of a longer text, only so many bytes are looked at.
const LONGEST: usize = 1 << 16;

/// Kinds found in one text, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Found(u8);

impl Found {
    /// What a text holds. Texts without `@` and with few digits cost one look at each byte.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        let (mut digits, mut at_signs) = (0_u32, 0_u32);
        for byte in text.as_bytes() {
            digits += u32::from(byte.wrapping_sub(b'0') < 10);
            at_signs += u32::from(*byte == b'@');
        }
        Self::suspected_by(text, digits, at_signs)
    }

    /// The same, where digits and `@` were counted already.
    #[inline]
    pub(crate) fn suspected_by(text: &str, digits: u32, at_signs: u32) -> Self {
        if text.len() < FEWEST_BYTES || at_signs == 0 && digits < FEWEST_DIGITS {
            return Self::default();
        }
        Self::suspected(text, at_signs > 0)
    }

    fn suspected(text: &str, at_sign: bool) -> Self {
        let mut found = Self::default();
        let blank = text.bytes().any(|byte| byte == b' ');
        let lettered = text
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80);
        if blank && lettered {
            let mut end = text.len().min(LONGEST);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            scan(text.get(..end).unwrap_or_default(), |span| found.note(span.kind));
        } else if at_sign {
            found.note_if(is_email(text), PersonalKind::Email);
        } else if lettered {
            found.note_if(is_iban(text), PersonalKind::Iban);
        } else if is_card_shaped(text) {
            match is_card_number(text) {
                true => found.note(PersonalKind::CardNumber),
                false => found.0 |= 1 << FAILED_CARD,
            }
        } else if text.starts_with(['+', '(']) {
            found.note_if(is_written_phone(text), PersonalKind::Phone);
        } else {
            found.note_if(is_national_number(text), PersonalKind::NationalId);
        }
        found
    }

    /// The kinds as bits, in the order of [`Tally::counts`].
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// Kinds from bits; none where a bit has no meaning.
    pub(crate) fn of_bits(bits: u8) -> Option<Self> {
        (bits >> COUNTERS == 0).then_some(Self(bits))
    }

    fn note_if(&mut self, holds: bool, kind: PersonalKind) {
        if holds {
            self.note(kind);
        }
    }

    fn note(&mut self, kind: PersonalKind) {
        if let Some(place) = TALLIED.iter().position(|tallied| *tallied == kind) {
            self.0 |= 1 << place;
        }
    }
}

/// Numbers of texts that hold each kind; integers, so that merging is exact in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// In the order of [`TALLIED`], then numbers that would be cards but for the check digit.
    pub(crate) counts: [u64; COUNTERS],
}

impl Tally {
    #[inline]
    pub(crate) fn add(&mut self, found: Found, count: u64) {
        if found.0 == 0 {
            return;
        }
        for (place, total) in self.counts.iter_mut().enumerate() {
            if found.0 >> place & 1 == 1 {
                *total = total.saturating_add(count);
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.counts.iter_mut().zip(other.counts) {
            *own = own.saturating_add(theirs);
        }
    }

    /// Number of texts that hold a kind. Cards count only where the check digit is right in most of
    /// the numbers of that shape, for one in ten of any numbers has it right.
    pub(crate) fn count(&self, kind: PersonalKind) -> u64 {
        let place = TALLIED.iter().position(|tallied| *tallied == kind);
        let count = place
            .and_then(|place| self.counts.get(place))
            .copied()
            .unwrap_or(0);
        let failed = self.counts.last().copied().unwrap_or(0);
        if kind == PersonalKind::CardNumber && failed >= count {
            0
        } else {
            count
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(texts: &[&str]) -> Tally {
        let mut tally = Tally::default();
        texts.iter().for_each(|text| tally.add(Found::of(text), 1));
        tally
    }

    #[test]
    fn texts_are_counted_by_what_they_hold() {
        let tally = tally(&[
            "ask ann@example.com or bob@example.org",
            "ann@example.com",
            "call (212) 555-0199",
            "+49 30 1234567",
            "pay DE89 3704 0044 0532 0130 00 please",
            "DE89370400440532013000",
            "4111 1111 1111 1111",
            "123-45-6789",
            "nothing",
            "2024-01-31 10:00:00",
            "550e8400-e29b-41d4-a716-446655440000",
        ]);
        let counts: Vec<u64> = TALLIED.iter().map(|kind| tally.count(*kind)).collect();
        assert_eq!(counts, [2, 2, 1, 2, 1]);
    }

    #[test]
    fn numbers_that_fail_the_check_as_often_are_no_cards() {
        let tally = tally(&["4111111111111111", "4111111111111112", "4111111111111113"]);
        assert_eq!(tally.count(PersonalKind::CardNumber), 0);
    }

    #[test]
    fn parts_add_up() {
        let mut left = tally(&["a@example.com", "x"]);
        left.merge(&tally(&["b@example.com"]));
        assert_eq!(left, tally(&["a@example.com", "x", "b@example.com"]));
    }
}
