//! Column names as people read them: headings, and the same words inside a sentence.

use crate::FieldName;

/// Longest label taken over from a column name, in characters.
pub const LONGEST_LABEL: usize = 60;

/// A column name as a label: `unit_price` and `unitPrice` become "Unit price".
pub fn label(name: &FieldName) -> String {
    let trimmed = name.as_str().trim();
    let words: Vec<String> = if trimmed.contains(char::is_whitespace) {
        trimmed.split_whitespace().map(str::to_owned).collect()
    } else {
        identifier_words(trimmed)
    };
    let text = words.join(" ");
    match text.is_empty() {
        true => "Unnamed column".to_owned(),
        false => shorten(&capitalised(&text), LONGEST_LABEL),
    }
}

/// The words of an identifier in snake, kebab, dotted or camel case, acronyms kept.
fn identifier_words(name: &str) -> Vec<String> {
    let words = split_identifier(name);
    let shouting = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    words
        .into_iter()
        .map(|word| match word.to_lowercase().as_str() {
            "id" => "ID".to_owned(),
            lower if is_acronym(&word) && !(shouting && word.chars().count() > 4) => {
                let _ = lower;
                word
            }
            lower => lower.to_owned(),
        })
        .collect()
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=5).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

/// Splits an identifier at `_`, `-`, `.` and changes of case.
pub fn split_identifier(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if matches!(c, '_' | '-' | '.') || c.is_whitespace() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        let after = chars.get(at + 1);
        let starts = c.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase() || (b.is_uppercase() && after.is_some_and(|a| a.is_lowercase()))
            });
        if starts {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A label as it stands inside a sentence: "Unit price" becomes "unit price", "GDP" and
/// "Total Population" stay.
pub fn inside(label: &str) -> String {
    let mut words = label.split(' ');
    let first = words.next().unwrap_or_default();
    let rest_is_lower = words.all(|word| word.chars().next().is_none_or(|c| !c.is_uppercase()));
    let first_is_plain = first.chars().skip(1).all(|c| !c.is_uppercase()) && first.chars().count() > 1;
    if !rest_is_lower || !first_is_plain {
        return label.to_owned();
    }
    let mut chars = label.chars();
    match chars.next() {
        Some(c) => c.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// At most `limit` characters, with an ellipsis where something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_labels() {
        for (name, expected) in [
            ("unit_price", "Unit price"),
            ("unitPrice", "Unit price"),
            ("OrderDate", "Order date"),
            ("GDPPerCapita", "GDP per capita"),
            ("customer_id", "Customer ID"),
            ("Total Population", "Total Population"),
            ("  odd\n  spacing ", "Odd spacing"),
            ("", "Unnamed column"),
            ("address.city", "Address city"),
            ("TEMPERATURE", "Temperature"),
            ("US", "US"),
        ] {
            assert_eq!(label(&FieldName::new(name)), expected, "{name:?}");
        }
    }

    #[test]
    fn labels_are_lowered_inside_sentences() {
        for (label, expected) in [
            ("Unit price", "unit price"),
            ("GDP", "GDP"),
            ("Total Population", "Total Population"),
            ("X", "X"),
        ] {
            assert_eq!(inside(label), expected);
        }
    }
}
