//! Texts that can be told by their form: addresses of mail and web, telephone numbers, codes.

pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let mut labels = domain.split('.').peekable();
    let domain_fits = domain.contains('.')
        && labels.all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
        })
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.len() >= 2 && !top.chars().any(char::is_numeric));
    local_fits && domain_fits
}

pub(super) fn is_url(text: &str) -> bool {
    let lower = text
        .get(..8.min(text.len()))
        .map(str::to_ascii_lowercase)
        .unwrap_or_default();
    let scheme = ["http://", "https://", "ftp://"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    let host = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.contains(char::is_whitespace) && host.len() > 3
    };
    if scheme {
        return text.split_once("//").is_some_and(|(_, rest)| host(rest)) && !text.trim().contains(' ');
    }
    lower.starts_with("www.") && host(text) && !text.contains(' ')
}

/// A telephone number as written for people: 7 to 15 digits with the usual signs between.
pub(super) fn is_phone(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    // An extension may follow.
    let number = ["ext", "x", "#"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min()
        .and_then(|at| lower.get(..at))
        .unwrap_or(&lower)
        .trim();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && number.len() <= digits + 8
        && number
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.()/ ".contains(&b))
        && number.matches('+').count() <= 1
        && !looks_like_date_or_number(number, digits)
}

/// Written with signs between its digits, as telephone numbers and few other things are.
pub(super) fn is_punctuated_phone(text: &str) -> bool {
    let groups: Vec<usize> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .map(str::len)
        .collect();
    let north_american = matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4] | [3, 3, 4, ..]);
    is_phone(text) && (north_american || text.starts_with('+') || text.starts_with('('))
}

fn looks_like_date_or_number(text: &str, digits: usize) -> bool {
    let groups: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
    let date = matches!(groups.as_slice(), [a, b, c] if (a.len() == 4 && b.len() <= 2 && c.len() <= 2)
        || (c.len() == 4 && a.len() <= 2 && b.len() <= 2));
    let decimal = groups.len() == 2 && text.contains('.') && digits < 10;
    date || decimal
}

/// A postal code with letters or signs (Canada, United Kingdom, Netherlands, ZIP+4, Brazil, ...), or
/// five digits.
pub(super) fn is_postal_code(text: &str) -> bool {
    let shape: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '0'..='9' => '9',
            'A'..='Z' | 'a'..='z' => 'A',
            c => c,
        })
        .collect();
    matches!(
        shape.as_str(),
        "99999"
            | "99999-9999"
            | "A9A 9A9"
            | "A9A9A9"
            | "A9 9AA"
            | "A99 9AA"
            | "AA9 9AA"
            | "AA99 9AA"
            | "A9A 9AA"
            | "AA9A 9AA"
            | "9999 AA"
            | "9999AA"
            | "99999-999"
            | "999-9999"
            | "99-999"
    )
}

/// Five digits prove little: many other numbers have them.
pub(super) fn is_lettered_postal_code(text: &str) -> bool {
    is_postal_code(text) && text.chars().any(|c| !c.is_ascii_digit())
}

/// Universally unique identifiers, hashes in base 16 and the like.
pub(super) fn is_machine_code(text: &str) -> bool {
    let hex = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let dashes = text.bytes().filter(|b| *b == b'-').count();
    hex + dashes == text.len() && ((hex == 32 && matches!(dashes, 0 | 4)) || matches!(hex, 40 | 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn forms_are_told_apart() {
        check(
            is_email,
            &["a.b+c@d-e.org", "jörg@straße.de"],
            &["", "@", "a@b", "a b@c.de", "a@b.1", "a@.de"],
        );
        check(
            is_url,
            &["http://a.bc", "HTTPS://x.org/y?z=1", "www.x.org/a"],
            &["", "http://", "x.org", "http://a b.c", "see www.x.org"],
        );
        check(
            is_phone,
            &[
                "(212) 555-0199",
                "+49 30 1234567",
                "5550199",
                "212-555-0199 x12",
                "1-800-555-0199",
            ],
            &[
                "",
                "123",
                "2020-01-31",
                "31/01/2020",
                "1234.5678",
                "12345678901234567890",
                "abc",
            ],
        );
        check(
            is_punctuated_phone,
            &["212-555-0199", "+49 30 1234567"],
            &["5550199", "12345-67890"],
        );
        check(
            is_postal_code,
            &["10475", "K1A 0B1", "SW1A 1AA", "12345-6789", "1234 AB"],
            &["", "1234", "ABCDE"],
        );
        check(
            is_machine_code,
            &[
                "550e8400-e29b-41d4-a716-446655440000",
                "d41d8cd98f00b204e9800998ecf8427e",
            ],
            &["", "abc", "d41d8cd9"],
        );
    }
}
