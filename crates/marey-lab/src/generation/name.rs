//! [`Names`]: what people call columns.

use marey_core::label::split_identifier;
use marey_model::Random;
use marey_profile::{ChartRole, TableProfile};

use super::words::{ABBREVIATIONS, LEFT_OUT, ROWS, SHORT_FORMS, SYNONYMS};

/// What people call the columns of a table, and its rows.
pub(super) struct Names {
    columns: Vec<Spoken>,
    rows: Vec<String>,
}

/// What people call a column.
struct Spoken {
    /// As it stands in the table.
    raw: String,
    /// In words.
    words: Vec<String>,
    /// Fewer words that name no other column.
    short: Vec<String>,
}

impl Names {
    pub(super) fn of(profile: &TableProfile) -> Self {
        let words: Vec<Vec<String>> = profile
            .columns
            .iter()
            .map(|column| words_of(column.name.as_str()))
            .collect();
        let columns = profile
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| Spoken {
                raw: column.name.as_str().trim().to_owned(),
                words: words[at].clone(),
                short: shortened(at, &words),
            })
            .collect();
        Self {
            columns,
            rows: rows_of(profile, &words),
        }
    }

    /// A name of a column in the singular.
    pub(super) fn say(&self, at: usize, random: &mut Random) -> String {
        let spoken = &self.columns[at];
        let full = || spoken.words.join(" ");
        match random.below(100) {
            0..7 => spoken.raw.clone(),
            7..30 if !spoken.short.is_empty() => spoken.short[random.below(spoken.short.len())].clone(),
            30..42 => replaced(&spoken.words, SYNONYMS, random).unwrap_or_else(full),
            42..45 => replaced(&spoken.words, SHORT_FORMS, random).unwrap_or_else(full),
            45..49 => spoken.words.concat(),
            _ => full(),
        }
    }

    /// What the table has a row of, in the plural.
    pub(super) fn rows(&self, random: &mut Random) -> String {
        match self.rows.is_empty() || random.below(3) == 0 {
            true => ROWS[random.below(ROWS.len())].to_owned(),
            false => self.rows[random.below(self.rows.len())].clone(),
        }
    }
}

/// The words of a name, in small letters but for initials, with abbreviations written out.
fn words_of(name: &str) -> Vec<String> {
    let parts = split_identifier(name.trim());
    let shouting = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let mut words = Vec::new();
    for part in parts {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '#');
        if bare.is_empty() {
            continue;
        }
        let lower = bare.to_lowercase();
        let written = ABBREVIATIONS.iter().find(|(short, _)| *short == lower);
        let initials = bare.chars().count() <= 4 && bare.chars().all(char::is_uppercase) && !shouting;
        match written {
            Some((_, long)) => words.extend(long.split(' ').map(str::to_owned)),
            None if initials => words.push(bare.to_owned()),
            None => words.push(lower),
        }
    }
    words
}

/// Fewer words for a column, where no other column has all of them.
fn shortened(at: usize, all: &[Vec<String>]) -> Vec<String> {
    let own = &all[at];
    let mut found = Vec::new();
    let mut put = |words: &[String]| {
        let spoken: usize = words.iter().map(|word| word.chars().count()).sum();
        let told = |other: &Vec<String>| words.iter().all(|word| other.contains(word));
        let alone = all
            .iter()
            .enumerate()
            .all(|(place, other)| place == at || !told(other));
        let text = words.join(" ");
        if spoken > 2 && alone && !found.contains(&text) {
            found.push(text);
        }
    };
    if own.len() < 2 {
        return found;
    }
    let last = own.len() - 1;
    if LEFT_OUT.contains(&own[last].as_str()) {
        put(&own[..last]);
    }
    if own.len() > 2 {
        put(&own[1..]);
        put(&own[..last]);
    }
    if let Some(longest) = own
        .iter()
        .filter(|word| !LEFT_OUT.contains(&word.as_str()))
        .max_by_key(|word| word.len())
        && own.len() > 1
        && longest.chars().count() > 3
    {
        put(std::slice::from_ref(longest));
    }
    found
}

/// A name with one of its words replaced.
fn replaced(words: &[String], by: &[(&str, &str)], random: &mut Random) -> Option<String> {
    let found: Vec<(usize, &str)> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, by.iter().find(|(own, _)| own == word)?.1)))
        .collect();
    if found.is_empty() {
        return None;
    }
    let (at, others) = found[random.below(found.len())];
    let others: Vec<&str> = others.split(' ').collect();
    let mut words = words.to_vec();
    words[at] = others[random.below(others.len())].to_owned();
    Some(words.join(" "))
}

/// What a table has a row of: told by a column whose values name rows.
fn rows_of(profile: &TableProfile, words: &[Vec<String>]) -> Vec<String> {
    let mut rows = Vec::new();
    for (column, words) in profile.columns.iter().zip(words) {
        let role = column.advice.role;
        let names = matches!(role, ChartRole::Label | ChartRole::Identifier | ChartRole::Text);
        let most = 10 * column.distinct.value > 8 * profile.rows;
        let Some((last, rest)) = words.split_last() else {
            continue;
        };
        let ending = ["name", "id", "number", "key", "title"].contains(&last.as_str());
        let plain = rest
            .iter()
            .all(|word| word.chars().all(char::is_alphabetic) && word.chars().count() > 3);
        if names && most && ending && plain && (1..=2).contains(&rest.len()) {
            let many = plural(&rest.join(" "));
            if !rows.contains(&many) {
                rows.push(many);
            }
        }
    }
    rows
}

/// The plural of a noun or of the noun before `of`.
pub(super) fn plural(noun: &str) -> String {
    if let Some((head, tail)) = noun.split_once(" of ") {
        return format!("{} of {tail}", plural(head));
    }
    let lower = noun.to_lowercase();
    let ends = |ending: &str| lower.ends_with(ending);
    let before_y = lower.chars().rev().nth(1);
    if ends("s") && !ends("ss") && !ends("us") || ends("people") || ends("staff") || ends("data") {
        noun.to_owned()
    } else if ends("y") && before_y.is_some_and(|letter| !"aeiou".contains(letter)) {
        format!("{}ies", &noun[..noun.len() - 1])
    } else if ["s", "x", "ch", "sh", "z"].iter().any(|ending| ends(ending)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, words) in [
            ("unit_price", "unit price"),
            ("unitPrice", "unit price"),
            ("brth_yr", "birth year"),
            ("GDPPerCapita", "GDP per capita"),
            ("TOTAL FARE", "total fare"),
        ] {
            assert_eq!(words_of(name).join(" "), words);
        }
    }

    #[test]
    fn short_names_name_no_other_column() {
        let all: Vec<Vec<String>> = ["permit type", "permit number", "facility name"]
            .iter()
            .map(|name| words_of(name))
            .collect();
        assert_eq!(shortened(2, &all), ["facility"]);
        assert!(shortened(0, &all).iter().all(|name| name != "permit"));
    }

    #[test]
    fn plurals() {
        for (one, many) in [
            ("city", "cities"),
            ("day", "days"),
            ("class", "classes"),
            ("type of work", "types of work"),
            ("status", "statuses"),
            ("sales", "sales"),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
