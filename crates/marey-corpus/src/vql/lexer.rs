//! From text to tokens.

use super::VqlError;

/// A token and where it begins, in characters from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A keyword or name, dots included (`T1.name`).
    Word(String),
    Number(f64),
    /// Text in quotation marks.
    Text(String),
    /// `,` `(` `)` `*` `=` `!=` `<>` `<` `<=` `>` `>=`
    Sign(&'static str),
}

const SIGNS: [&str; 12] = ["!=", "<>", "<=", ">=", ",", "(", ")", "*", "=", "<", ">", ";"];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, VqlError> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        if letter.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, next) = match letter {
            '"' | '\'' | '`' => quoted(&letters, at, letter)?,
            _ => sign(&letters, at).map_or_else(|| word(&letters, at), Ok)?,
        };
        tokens.push(Token { at, kind });
        at = next;
    }
    Ok(tokens)
}

fn quoted(letters: &[char], at: usize, quote: char) -> Result<(TokenKind, usize), VqlError> {
    let rest = letters.get(at + 1..).unwrap_or_default();
    let len = rest
        .iter()
        .position(|letter| *letter == quote)
        .ok_or(VqlError::Unclosed { quote, at })?;
    let text: String = rest.iter().take(len).collect();
    let kind = if quote == '`' {
        TokenKind::Word(text)
    } else {
        TokenKind::Text(text)
    };
    Ok((kind, at + len + 2))
}

fn sign(letters: &[char], at: usize) -> Option<(TokenKind, usize)> {
    let rest = letters.get(at..)?;
    let sign = SIGNS.into_iter().find(|sign| {
        sign.chars()
            .zip(rest)
            .filter(|(own, found)| own == *found)
            .count()
            == sign.len()
    })?;
    Some((TokenKind::Sign(sign), at + sign.len()))
}

/// A run of letters up to white space, a sign or a quotation mark; a number if it reads as one.
fn word(letters: &[char], at: usize) -> Result<(TokenKind, usize), VqlError> {
    let rest = letters.get(at..).unwrap_or_default();
    let ends = |letter: &char| letter.is_whitespace() || "\"'`,()*=!<>;".contains(*letter);
    let len = rest.iter().position(ends).unwrap_or(rest.len());
    let text: String = rest.iter().take(len).collect();
    if text.is_empty() {
        let found = rest.first().map(char::to_string).unwrap_or_default();
        return Err(VqlError::Unexpected {
            expected: "a word",
            found: format!("`{found}`"),
            at,
        });
    }
    let kind = match text.parse::<f64>() {
        Ok(number) if text.chars().any(|letter| letter.is_ascii_digit()) => TokenKind::Number(number),
        _ => TokenKind::Word(text),
    };
    Ok((kind, at + len))
}
