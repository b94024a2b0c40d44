//! Telephone numbers.

/// Country calling codes of one, two and three digits (ITU-T E.164, list of assigned codes).
const CALLING_CODES: &str = "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 \
    62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 \
    231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 \
    260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 \
    373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 \
    591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 \
    691 692 800 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 \
    972 973 974 975 976 977 979 992 993 994 995 996 998";

/// A telephone number as written for people: 7 to 15 digits with the usual signs between, perhaps
/// with an extension; a `+` is followed by a country's calling code. Dates and decimal numbers are
/// left out, plain runs of digits are not.
pub fn is_phone(text: &str) -> bool {
    let number = without_extension(text);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && number.len() <= digits + 9
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.()/ ".contains(&byte))
        && brackets_fit(number)
        && code_fits(number)
        && !is_date_or_decimal(number, digits)
}

/// A telephone number whose writing says so: with a calling code after `+`, an area code in
/// brackets, or in the groups of North America or of trunk numbers that start with 0.
pub fn is_written_phone(text: &str) -> bool {
    if !is_phone(text) {
        return false;
    }
    let number = without_extension(text);
    if number.starts_with('+') || starts_with_area(number) {
        return true;
    }
    let mut groups = [0_usize; 8];
    let mut count = 0;
    for group in number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
    {
        let Some(slot) = groups.get_mut(count) else {
            return false;
        };
        *slot = group.len();
        count += 1;
    }
    match groups.get(..count).unwrap_or_default() {
        [3, 3, 4] => is_north_american(number),
        [1, 3, 3, 4] | [3, 3, 4, _] => true,
        [first, _, ..] => {
            let digits: usize = groups.iter().sum();
            // Several slashes part dates.
            let slashes = number.bytes().filter(|byte| *byte == b'/').count();
            number.starts_with('0') && digits >= 9 && (2..=6).contains(first) && count <= 6 && slashes <= 1
        }
        _ => false,
    }
}

/// Whether a number begins with an area code in brackets: at most five digits, the rest behind them.
fn starts_with_area(number: &str) -> bool {
    number
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .is_some_and(|(area, rest)| {
            let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
            !area.contains(['.', '-', '/']) && (1..=5).contains(&digits(area)) && digits(rest) >= 4
        })
}

/// The number without an extension.
fn without_extension(text: &str) -> &str {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(_, c)| matches!(c, 'x' | 'X' | '#' | 'e' | 'E'))
        .filter(|(at, _)| {
            let mark = text.get(*at..).unwrap_or_default();
            let rest = mark.trim_start_matches(|c: char| !c.is_ascii_digit());
            let words = mark
                .get(..mark.len() - rest.len())
                .unwrap_or_default()
                .trim_end_matches([' ', '.', ':']);
            let known = ["x", "#", "ext", "extension"]
                .iter()
                .any(|word| words.eq_ignore_ascii_case(word));
            known && (1..=6).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
        })
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().trim_end()
}

fn brackets_fit(number: &str) -> bool {
    let count = |sign: u8| number.bytes().filter(|byte| *byte == sign).count();
    count(b'(') == count(b')') && count(b'(') <= 1 && count(b'+') <= 1
}

/// Whether what follows a `+` is a country's calling code and enough digits; true without `+`.
fn code_fits(number: &str) -> bool {
    let Some(at) = number.find('+') else {
        return true;
    };
    let mut digits = [0_u8; 3];
    let all = number
        .get(at..)
        .unwrap_or_default()
        .bytes()
        .filter(u8::is_ascii_digit);
    digits.iter_mut().zip(all).for_each(|(digit, byte)| *digit = byte);
    let known = (1..=3).any(|len| {
        let code = digits.get(..len).unwrap_or_default();
        CALLING_CODES
            .split_ascii_whitespace()
            .any(|known| known.as_bytes() == code)
    });
    // The plus sign stands first, at most behind a bracket.
    at <= 1 && known
}

/// Whether area and exchange are ones of North America: they start with 2 to 9.
fn is_north_american(number: &str) -> bool {
    let mut digits = number.bytes().filter(u8::is_ascii_digit);
    let area = digits.next();
    let exchange = digits.nth(2);
    [area, exchange]
        .iter()
        .all(|digit| matches!(digit, Some(b'2'..=b'9')))
}

/// Whether five digits or more stand behind a point: a decimal number, such as a degree of a place.
pub(crate) fn has_fraction(text: &str) -> bool {
    text.split('.').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        digits >= 5
    })
}

/// A date, perhaps with a time behind it, or a decimal number.
fn is_date_or_decimal(text: &str, digits: usize) -> bool {
    if has_fraction(text) {
        return true;
    }
    let mut parts = text.split(['-', '/', '.', ' ']).map(str::len);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(4), Some(1..=2), Some(1..=2), None) | (Some(1..=2), Some(1..=2), Some(4), None) => true,
        // The fourth group of a telephone number in pairs has two digits, too, but its third never four.
        (Some(4), Some(2), Some(2), Some(1..=2)) => text.starts_with(['1', '2']),
        (Some(2), Some(2), Some(4), Some(1..=2)) => true,
        (Some(_), Some(_), None, None) => text.contains('.') && digits < 10,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn numbers_are_told_from_dates_and_decimals() {
        check(
            is_phone,
            &[
                "(212) 555-0199",
                "+49 30 1234567",
                "5550199",
                "212-555-0199 x12",
                "212-555-0199 ext. 12",
                "1-800-555-0199",
                "(0)30 1234567",
            ],
            &[
                "",
                "123",
                "2020-01-31",
                "31/01/2020",
                "1234.5678",
                "12345678901234567890",
                "abc",
                "+999 123 4567",
                "555-0199 x",
                "éx1",
            ],
        );
        check(
            is_written_phone,
            &[
                "212-555-0199",
                "+49 30 1234567",
                "(030) 1234567",
                "030 1234567",
                "01 23 45 67 89",
                "1.800.555.0199",
            ],
            &[
                "5550199",
                "12345-67890",
                "112-555-0199",
                "212-155-0199",
                "123-45-6789",
            ],
        );
    }
}
