//! Values hidden so that their shape still shows.

use super::{PersonalKind, span::scan};

/// Signs of an e-mail address, a number or a word that stay readable are never more than this.
const DIGITS_SHOWN: usize = 4;

/// The value with its personal part hidden; the same value always gives the same mask.
///
/// | kind | what stays |
/// |---|---|
/// | e-mail | the first letter, and the domain behind its last point: `j***@***.com` |
/// | card, bank account | the last four signs, and separators: `**** **** **** 1111` |
/// | phone, other numbers | the last two digits where there are seven or more, and separators |
/// | name, street address, user name | the first letter of each word: `J*** S***` |
/// | birth date | the year, where four digits stand at an end: `1980-**-**` |
/// | secrets | nothing: `***` |
/// | anything else | separators: `***-**` |
///
/// A mask hides a value from readers of a report. It is no anonymisation: shape and ends remain.
///
/// ```
/// use marey_profile::privacy::{PersonalKind, mask};
/// assert_eq!(mask("jo@example.com", PersonalKind::Email), "j***@***.com");
/// assert_eq!(mask("4111 1111 1111 1111", PersonalKind::CardNumber), "**** **** **** 1111");
/// assert_eq!(mask("Ann Lee", PersonalKind::PersonName), "A*** L***");
/// ```
pub fn mask(value: &str, kind: PersonalKind) -> String {
    use PersonalKind as K;
    match kind {
        K::Email => mask_email(value),
        K::CardNumber | K::Iban | K::BankAccount => keep_last(value, DIGITS_SHOWN),
        K::PersonName | K::StreetAddress | K::UserName => keep_initials(value),
        K::BirthDate => keep_year(value),
        K::Secret => "***".to_owned(),
        _ => keep_last(value, 2),
    }
}

/// The text with each piece of personal data in it masked after its kind; the rest stays.
pub fn mask_text(text: &str) -> String {
    replace(text, mask).unwrap_or_else(|| text.to_owned())
}

/// The text with each piece of personal data replaced by its kind in brackets: `[e-mail]`.
///
/// What is found is what [`personal_spans`](super::personal_spans) finds. Doing it again changes
/// nothing.
///
/// ```
/// use marey_profile::privacy::redact;
/// assert_eq!(redact("Ask ann@example.com or 212-555-0199."), "Ask [e-mail] or [phone].");
/// ```
pub fn redact(text: &str) -> String {
    let mut redacted = text.to_owned();
    // Pieces that were glued to each other are set free one by one; labels hold nothing to find, so
    // that this ends.
    while let Some(next) = replace(&redacted, |_, kind| format!("[{}]", kind.label())) {
        redacted = next;
    }
    redacted
}

/// The text with its pieces replaced; none where there are none.
fn replace(text: &str, with: impl Fn(&str, PersonalKind) -> String) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    scan(text, |span| {
        out.push_str(text.get(done..span.start).unwrap_or_default());
        out.push_str(&with(
            text.get(span.start..span.end).unwrap_or_default(),
            span.kind,
        ));
        done = span.end;
    });
    out.push_str(text.get(done..).unwrap_or_default());
    (done > 0).then_some(out)
}

fn mask_email(value: &str) -> String {
    let value = value.trim();
    let Some((local, domain)) = value.split_once('@') else {
        return keep_initials(value);
    };
    // The last part of a domain is kept where many share it.
    let top = domain
        .rsplit_once('.')
        .map(|(_, top)| top)
        .filter(|top| top.len() <= 6);
    let first: String = local
        .chars()
        .take(usize::from(local.chars().nth(1).is_some()))
        .collect();
    format!("{first}***@***.{}", top.unwrap_or("***"))
}

/// Letters and digits become stars but for the last few; fewer are shown of short values, so that
/// at least two in three stay hidden.
fn keep_last(value: &str, shown: usize) -> String {
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    let shown = shown.min(signs / 3);
    let mut place = 0;
    value
        .chars()
        .map(|c| {
            if !c.is_alphanumeric() {
                return if c.is_ascii() || c.is_whitespace() { c } else { '*' };
            }
            place += 1;
            if place > signs - shown { c } else { '*' }
        })
        .collect()
}

/// The first letter of each word and three stars, however long the word; digits never.
fn keep_initials(value: &str) -> String {
    let masked: Vec<String> = value
        .split_whitespace()
        .map(|word| {
            let initial = word.chars().find(|c| c.is_alphanumeric());
            // One letter is the whole of a short word.
            let long = word.chars().filter(|c| c.is_alphanumeric()).count() > 1;
            match initial {
                Some(initial) if long && initial.is_alphabetic() => format!("{initial}***"),
                _ => "***".to_owned(),
            }
        })
        .collect();
    masked.join(" ")
}

fn keep_year(value: &str) -> String {
    let value = value.trim();
    let (first, last) = (year_at(value.chars()), year_at(value.chars().rev()));
    let count = value.chars().count();
    value
        .chars()
        .enumerate()
        .map(|(place, c)| {
            let in_year = (first && place < 4) || (!first && last && place + 4 >= count);
            if in_year || !c.is_alphanumeric() { c } else { '*' }
        })
        .collect()
}

/// Whether four digits and no more stand at the start.
fn year_at(chars: impl Iterator<Item = char>) -> bool {
    chars.take_while(char::is_ascii_digit).count() == 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shapes_stay_and_values_go() {
        use PersonalKind as K;
        let check = |value: &str, kind: K, expected: &str| assert_eq!(mask(value, kind), expected);
        check("john.smith@mail.example.com", K::Email, "j***@***.com");
        check("j@example.photography", K::Email, "***@***.***");
        check("not an address", K::Email, "n*** a*** a***");
        check("4111-1111-1111-1111", K::CardNumber, "****-****-****-1111");
        check(
            "DE89 3704 0044 0532 0130 00",
            K::Iban,
            "**** **** **** **** **30 00",
        );
        check("(212) 555-0199", K::Phone, "(***) ***-**99");
        check("12345", K::Phone, "****5");
        check("123-45-6789", K::NationalId, "***-**-**89");
        check("Ann B. Lee", K::PersonName, "A*** *** L***");
        check("12 Elm Street", K::StreetAddress, "*** E*** S***");
        check("王小明", K::PersonName, "王***");
        check("1980-05-17", K::BirthDate, "1980-**-**");
        check("17.05.1980", K::BirthDate, "**.**.1980");
        check("5 May 80", K::BirthDate, "* *** **");
        check("hunter2", K::Secret, "***");
        check("192.0.2.17", K::IpAddress, "***.*.*.17");
        check("", K::Phone, "");
    }

    #[test]
    fn pieces_of_text_are_replaced() {
        assert_eq!(
            redact("Ask ann@example.com or +49 30 1234567!"),
            "Ask [e-mail] or [phone]!"
        );
        assert_eq!(mask_text("Ask ann@example.com!"), "Ask a***@***.com!");
        assert_eq!(redact("nothing here"), "nothing here");
    }

    proptest! {
        #[test]
        fn masks_never_show_a_value(value in "\\PC{0,40}", index in 0..PersonalKind::ALL.len()) {
            let masked = mask(&value, PersonalKind::ALL[index]);
            let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
            if signs > 0 {
                prop_assert_ne!(&masked, value.trim());
                prop_assert!(masked.contains('*'));
            }
            prop_assert_eq!(masked.clone(), mask(&value, PersonalKind::ALL[index]));
        }

        #[test]
        fn redacting_twice_changes_nothing(text in "(\\PC{0,12}|[0-9+() .@a-z-]{0,30}|ann@example.com|\\+1 212-555-0199|4111 1111 1111 1111){0,6}") {
            let once = redact(&text);
            prop_assert_eq!(redact(&once), once);
        }
    }
}
