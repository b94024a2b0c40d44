//! What the name of a column announces.

use super::{PersonalKind, hints::HINTS};

/// Longest name of a column that is looked at, in characters.
const LONGEST: usize = 200;
/// Words joined without a blank are told apart only in names of so many letters.
const JOINED: usize = 6;

/// Words that say that a name, number or address is not a person's.
const IMPERSONAL: &[&str] = &[
    "agency",
    "airport",
    "app",
    "asset",
    "bank",
    "brand",
    "building",
    "business",
    "campaign",
    "cargo",
    "chain",
    "channel",
    "city",
    "class",
    "club",
    "college",
    "column",
    "common",
    "company",
    "country",
    "county",
    "course",
    "department",
    "dept",
    "device",
    "district",
    "document",
    "domain",
    "drug",
    "entidad",
    "entity",
    "establishment",
    "event",
    "facility",
    "field",
    "file",
    "firm",
    "food",
    "host",
    "hotel",
    "institution",
    "item",
    "league",
    "legal",
    "library",
    "license",
    "map",
    "menu",
    "model",
    "module",
    "neighborhood",
    "office",
    "org",
    "organisation",
    "organization",
    "park",
    "plan",
    "plant",
    "product",
    "program",
    "project",
    "property",
    "proyecto",
    "resource",
    "restaurant",
    "road",
    "route",
    "school",
    "sede",
    "server",
    "service",
    "ship",
    "shop",
    "site",
    "species",
    "sponsor",
    "state",
    "station",
    "store",
    "street",
    "supplier",
    "table",
    "team",
    "theme",
    "town",
    "trade",
    "university",
    "variable",
    "vendor",
    "venue",
    "vessel",
    "web",
    "website",
    "institucion",
    "empresa",
    "razon",
    "producto",
    "municipio",
    "departamento",
    "colegio",
    "razao",
];

/// A column's name as words without accents, in lower case.
#[derive(Debug, Clone)]
pub(super) struct ColumnName {
    words: Vec<String>,
    joined: String,
}

impl ColumnName {
    pub(super) fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut last = None;
        let signs: Vec<char> = name.chars().take(LONGEST).collect();
        for (at, &c) in signs.iter().enumerate() {
            let next_is_lower = signs.get(at + 1).is_some_and(|next| next.is_lowercase());
            let starts = last.is_some_and(|last: char| {
                (c.is_uppercase() && (last.is_lowercase() || (last.is_uppercase() && next_is_lower)))
                    || (c.is_numeric() != last.is_numeric())
            });
            if !c.is_alphanumeric() || starts {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            }
            if c.is_alphanumeric() {
                c.to_lowercase().for_each(|c| unaccented(c, &mut word));
                last = Some(c);
            } else {
                last = None;
            }
        }
        words.extend((!word.is_empty()).then_some(word));
        // A number at the end counts columns.
        while words.len() > 1
            && words
                .last()
                .is_some_and(|word| word.chars().all(char::is_numeric))
        {
            words.pop();
        }
        let joined = words.concat();
        Self { words, joined }
    }

    /// The kind of personal data that the name announces, the most telling first; and whether the
    /// name is nothing but that.
    pub(super) fn kind(&self) -> Option<(PersonalKind, bool)> {
        HINTS.iter().find_map(|(kind, phrases)| {
            let fitting = phrases.split('|').filter(|phrase| self.says(phrase));
            let longest = fitting.max_by_key(|phrase| phrase.len())?;
            let whole = longest
                .trim_start_matches('=')
                .chars()
                .filter(|c| *c != ' ')
                .eq(self.joined.chars());
            Some((*kind, whole))
        })
    }

    /// Whether a word says that the name of a person or the address of a home is not meant.
    pub(super) fn is_impersonal(&self) -> bool {
        self.words.iter().any(|word| IMPERSONAL.contains(&word.as_str()))
    }

    /// Whether the name is one of these words.
    pub(super) fn has(&self, any: &[&str]) -> bool {
        self.words.iter().any(|word| any.contains(&word.as_str()))
    }

    fn says(&self, phrase: &str) -> bool {
        if let Some(phrase) = phrase.strip_prefix('=') {
            return self.joined.chars().eq(phrase.chars().filter(|c| *c != ' '));
        }
        if phrase.chars().any(|c| !has_blanks(c)) {
            return self.joined.contains(phrase) || self.joined.contains(&phrase.replace(' ', ""));
        }
        let length = phrase.split(' ').count();
        let in_words = self
            .words
            .windows(length)
            .any(|words| words.iter().map(String::as_str).eq(phrase.split(' ')));
        let letters = || phrase.chars().filter(|c| *c != ' ');
        in_words || (letters().count() >= JOINED && self.words.iter().any(|word| word.chars().eq(letters())))
    }
}

/// Whether a letter is of a script that writes blanks between words.
fn has_blanks(c: char) -> bool {
    !matches!(c, '\u{0600}'..='\u{06ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// A lower-case letter without its accent, as many as it takes.
fn unaccented(c: char, word: &mut String) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' | 'į' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ß' => {
            word.push_str("ss");
            return;
        }
        'æ' => {
            word.push_str("ae");
            return;
        }
        // The point that lower case leaves on the Turkish capital.
        '\u{307}' => return,
        'ё' => 'е',
        other => other,
    };
    word.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_announce_kinds_in_many_languages() {
        use PersonalKind as K;
        let check = |name: &str, expected: Option<K>| {
            assert_eq!(
                ColumnName::of(name).kind().map(|(kind, _)| kind),
                expected,
                "{name}"
            );
        };
        for name in [
            "email",
            "E-Mail",
            "customerEmail",
            "e_mail_2",
            "Correo electrónico",
            "メールアドレス",
            "邮箱",
        ] {
            check(name, Some(K::Email));
        }
        for name in ["Straße", "home_address", "Dirección", "адрес", "住所", "endereço"] {
            check(name, Some(K::StreetAddress));
        }
        for name in [
            "firstName",
            "LASTNAME",
            "Prénom",
            "Имя",
            "姓名",
            "İsim",
            "Nazwisko",
        ] {
            check(name, Some(K::PersonName));
        }
        for name in ["DOB", "date_of_birth", "Geburtsdatum", "doğum tarihi"] {
            check(name, Some(K::BirthDate));
        }
        check("IP Address", Some(K::IpAddress));
        check("ssn", Some(K::NationalId));
        check("Telefonnummer", Some(K::Phone));
        for name in [
            "",
            "col_1",
            "amount",
            "nombre_del_proyecto",
            "商品名",
            "page",
            "vintage",
            "emailing",
            "species",
        ] {
            check(name, None);
        }
    }

    #[test]
    fn what_belongs_to_firms_is_known() {
        assert!(ColumnName::of("business_name").is_impersonal());
        assert!(!ColumnName::of("last name").is_impersonal());
    }
}
