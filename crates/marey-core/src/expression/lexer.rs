//! Text to tokens.

use super::ExpressionError;

/// A piece of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number.
    Number(f64),
    /// Text, without its quotes.
    Text(String),
    /// A name.
    Name(String),
    /// An operator or a bracket.
    Sign(&'static str),
    /// Nothing more.
    End,
}

impl Token {
    /// The token in a message.
    pub fn described(&self) -> String {
        match self {
            Token::Number(number) => format!("the number {number}"),
            Token::Text(text) => format!("the text '{text}'"),
            Token::Name(name) => format!("`{name}`"),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "its end".into(),
        }
    }
}

/// Longer signs stand before those they begin with.
const SIGNS: &[&str] = &[
    ">>>", "===", "!==", "<<", ">>", "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<", ">",
    "!", "~", "&", "|", "^", "?", ":", ",", ".", "(", ")", "[", "]", "{", "}",
];

/// Tokens with the position (in characters from 1) where each begins, ended by [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>, ExpressionError> {
    let mut reader = Reader {
        rest: text,
        position: 1,
    };
    let mut tokens = Vec::new();
    loop {
        reader.skip(|character| character.is_whitespace());
        let position = reader.position;
        let token = reader.token()?;
        let end = token == Token::End;
        tokens.push((token, position));
        if end {
            return Ok(tokens);
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        self.position += 1;
        Some(character)
    }

    /// Moves past characters and returns them.
    fn skip(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self
            .rest
            .find(|character| !wanted(character))
            .unwrap_or(self.rest.len());
        let (skipped, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.position += skipped.chars().count();
        skipped
    }

    fn token(&mut self) -> Result<Token, ExpressionError> {
        let Some(character) = self.peek() else {
            return Ok(Token::End);
        };
        let mut following = self.rest.chars().skip(1);
        let digit_follows = following.next().is_some_and(|next| next.is_ascii_digit());
        if character.is_ascii_digit() || (character == '.' && digit_follows) {
            return self.number();
        }
        if character == '"' || character == '\'' {
            return self.text();
        }
        if begins_name(character) {
            let name = self.skip(|character| begins_name(character) || character.is_numeric());
            return Ok(Token::Name(name.to_owned()));
        }
        match SIGNS.iter().find(|sign| self.rest.starts_with(**sign)) {
            Some(sign) => {
                sign.chars().for_each(|_| {
                    self.next();
                });
                Ok(Token::Sign(sign))
            }
            None => Err(ExpressionError::Character {
                found: character,
                position: self.position,
            }),
        }
    }

    fn number(&mut self) -> Result<Token, ExpressionError> {
        let position = self.position;
        let start = self.rest;
        let hexadecimal = start.starts_with("0x") || start.starts_with("0X");
        if hexadecimal {
            self.skip(|character| character.is_ascii_alphanumeric());
        } else {
            self.skip(|character| character.is_ascii_digit());
            self.skip_fraction_and_power();
        }
        let written = &start[..start.len() - self.rest.len()];
        let number = match written.get(2..) {
            Some(digits) if hexadecimal => u64::from_str_radix(digits, 16).ok().map(|number| number as f64),
            _ => written.parse().ok(),
        };
        let runs_into_name = self.peek().is_some_and(begins_name);
        number
            .filter(|_| !runs_into_name)
            .map(Token::Number)
            .ok_or_else(|| ExpressionError::Number {
                found: written.to_owned(),
                position,
            })
    }

    fn skip_fraction_and_power(&mut self) {
        if self.peek() == Some('.') {
            self.next();
            self.skip(|character| character.is_ascii_digit());
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.next();
            if matches!(self.peek(), Some('+' | '-')) {
                self.next();
            }
            self.skip(|character| character.is_ascii_digit());
        }
    }

    fn text(&mut self) -> Result<Token, ExpressionError> {
        let position = self.position;
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(ExpressionError::Text { position }),
                end if end == quote => return Ok(Token::Text(text)),
                Some('\\') => text.extend(self.escape().ok_or(ExpressionError::Text { position })?),
                Some(character) => text.push(character),
            }
        }
    }

    /// The character an escape stands for; a broken one is none, an escaped line end nothing.
    fn escape(&mut self) -> Option<Option<char>> {
        Some(Some(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' => '\0',
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' => self.unicode()?,
            '\n' => return Some(None),
            other => other,
        }))
    }

    fn unicode(&mut self) -> Option<char> {
        let unit = self.hexadecimal(4)?;
        if !(0xD800..0xDC00).contains(&unit) {
            return char::from_u32(unit);
        }
        let second = self.next() == Some('\\') && self.next() == Some('u');
        let low = self
            .hexadecimal(4)
            .filter(|low| second && (0xDC00..0xE000).contains(low))?;
        char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |number, _| Some(number * 16 + self.next()?.to_digit(16)?))
    }
}

fn begins_name(character: char) -> bool {
    character.is_alphabetic() || character == '_' || character == '$'
}
