//! Canonical expressions: spaces between words do not matter.

use crate::spec::Expression;

/// Takes out the spaces of an expression that separate nothing; text in quotes stays.
pub(super) fn rewrite(expression: &mut Expression) {
    let mut written = String::with_capacity(expression.0.len());
    let mut quote: Option<char> = None;
    let mut pending_space = false;
    let mut characters = expression.0.chars();
    while let Some(character) = characters.next() {
        if let Some(open) = quote {
            written.push(character);
            match character {
                '\\' => written.extend(characters.next()),
                _ if character == open => quote = None,
                _ => {}
            }
            continue;
        }
        if character.is_whitespace() {
            pending_space = true;
            continue;
        }
        if pending_space
            && written
                .chars()
                .next_back()
                .is_some_and(|last| separates(last, character))
        {
            written.push(' ');
        }
        pending_space = false;
        if matches!(character, '"' | '\'' | '`') {
            quote = Some(character);
        }
        written.push(character);
    }
    expression.0 = written;
}

/// Whether a space between two characters keeps words or signs apart (`a b`, `1 - -1`, `a in b`).
fn separates(left: char, right: char) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '.');
    let is_sign = |character: char| "+-*/%=<>!&|^~?:".contains(character);
    (is_word(left) && is_word(right)) || (is_sign(left) && is_sign(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut expression = Expression(text.to_owned());
        rewrite(&mut expression);
        assert_eq!(expression.0, expected);
    }

    #[test]
    fn only_idle_spaces_go() {
        check(" datum.a  >  1 ", "datum.a>1");
        check("datum['a  b'] == \"x y\"", "datum['a  b']==\"x y\"");
        check("1 - -1", "1- -1");
        check("a in b", "a in b");
        check(r"datum.a == 'it\'s  so'", r"datum.a=='it\'s  so'");
    }
}
