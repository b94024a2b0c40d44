//! Python's literals, in which the pages hold their specs, as JSON.

/// A literal of Python as JSON: quotation marks of either kind, `None`, `True`, `False` and `nan`.
/// What is no literal comes out as no JSON.
pub(super) fn json_of_literal(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = match letter {
            '\'' | '"' => quoted(rest, letter, &mut json),
            letter if letter.is_ascii_alphabetic() => word(rest, &mut json),
            letter => {
                json.push(letter);
                letter.len_utf8()
            }
        };
        rest = rest.get(after..).unwrap_or_default();
    }
    json
}

fn word(text: &str, json: &mut String) -> usize {
    let len = text
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    let word = text.get(..len).unwrap_or_default();
    json.push_str(match word {
        "None" | "nan" => "null",
        "True" => "true",
        "False" => "false",
        other => other,
    });
    len
}

/// A text in quotation marks; returns the number of bytes that it takes.
fn quoted(text: &str, quote: char, json: &mut String) -> usize {
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    let mut end = text.len();
    while let Some((at, letter)) = letters.next() {
        match letter {
            letter if letter == quote => {
                end = at + 1;
                break;
            }
            '\\' => match letters.next() {
                Some((_, kind @ ('x' | 'u'))) => {
                    let digits: String = letters
                        .by_ref()
                        .take(if kind == 'x' { 2 } else { 4 })
                        .map(|(_, digit)| digit)
                        .collect();
                    let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    value.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((_, 'r')) => value.push('\r'),
                Some((_, other)) => value.push(other),
                None => {}
            },
            other => value.push(other),
        }
    }
    // A text always can be written as JSON.
    json.push_str(&serde_json::to_string(&value).unwrap_or_default());
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_become_json() {
        for (literal, json) in [
            (
                "{'a': [1, -2.5e3, None, True]}",
                r#"{"a": [1, -2.5e3, null, true]}"#,
            ),
            (
                r#"["it's", 'say "x"', 'b\\c\n']"#,
                r#"["it's", "say \"x\"", "b\\c\n"]"#,
            ),
            (r"['\xe9\u2013']", "[\"é–\"]"),
            ("[nan, 'None']", r#"[null, "None"]"#),
            ("'open", r#""open""#),
            ("", ""),
        ] {
            assert_eq!(json_of_literal(literal), json, "{literal}");
        }
    }
}
