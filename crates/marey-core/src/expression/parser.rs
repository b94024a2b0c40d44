//! Tokens to a tree: a Pratt parser with bounded depth.

use super::{
    BinaryOp, Expr, ExpressionError, Function, LogicalOp, UnaryOp, constant,
    lexer::{Token, tokens},
};

/// Deepest nesting of an expression, chains of operators included.
pub const MAX_DEPTH: usize = 200;

/// Longest expression in bytes.
const MAX_LENGTH: usize = 100_000;

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// With the position of the first thing that is not of the language, or when the expression is
    /// too long or nested deeper than [`MAX_DEPTH`].
    pub fn parse(text: &str) -> Result<Expr, ExpressionError> {
        if text.len() > MAX_LENGTH {
            return Err(ExpressionError::TooLong {
                found: text.len(),
                limit: MAX_LENGTH,
            });
        }
        let mut parser = Parser {
            tokens: tokens(text)?,
            next: 0,
        };
        let parsed = parser.conditional(0)?;
        match parser.peek() {
            Token::End => Ok(parsed.expr),
            _ => Err(parser.unexpected("an operator or the end")),
        }
    }
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    next: usize,
}

/// An expression with its own depth, so that chains built in a loop are bounded too.
struct Parsed {
    expr: Expr,
    depth: usize,
}

impl Parsed {
    fn leaf(expr: Expr) -> Self {
        Self { expr, depth: 1 }
    }
}

/// An operator between operands with how strongly it binds.
enum Infix {
    Binary(BinaryOp, u8),
    Logical(LogicalOp, u8),
}

fn infix(sign: &str) -> Option<Infix> {
    if let Ok(op) = sign.parse::<LogicalOp>() {
        return Some(Infix::Logical(op, if op == LogicalOp::Or { 1 } else { 2 }));
    }
    let op: BinaryOp = sign.parse().ok()?;
    let strength = match op {
        BinaryOp::BitOr => 3,
        BinaryOp::BitXor => 4,
        BinaryOp::BitAnd => 5,
        BinaryOp::Equal | BinaryOp::Unequal | BinaryOp::StrictEqual | BinaryOp::StrictUnequal => 6,
        BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => 7,
        BinaryOp::ShiftLeft | BinaryOp::ShiftRight | BinaryOp::ShiftRightUnsigned => 8,
        BinaryOp::Add | BinaryOp::Subtract => 9,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => 11,
    };
    Some(Infix::Binary(op, strength))
}

impl Infix {
    fn strength(&self) -> u8 {
        match self {
            Infix::Binary(_, strength) | Infix::Logical(_, strength) => *strength,
        }
    }

    fn joined(&self, left: Expr, right: Expr) -> Expr {
        match self {
            Infix::Binary(op, _) => Expr::Binary(*op, Box::new(left), Box::new(right)),
            Infix::Logical(op, _) => Expr::Logical(*op, Box::new(left), Box::new(right)),
        }
    }
}

impl Parser {
    fn peek(&self) -> &Token {
        // The last token is the end, and nothing moves past it.
        self.tokens.get(self.next).map_or(&Token::End, |(token, _)| token)
    }

    fn position(&self) -> usize {
        self.tokens
            .get(self.next)
            .or(self.tokens.last())
            .map_or(1, |(_, position)| *position)
    }

    fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        if token != Token::End {
            self.next += 1;
        }
        token
    }

    fn takes(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        if found {
            self.next += 1;
        }
        found
    }

    fn expects(&mut self, sign: &str, expected: &'static str) -> Result<(), ExpressionError> {
        if self.takes(sign) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    fn unexpected(&self, expected: &'static str) -> ExpressionError {
        ExpressionError::Unexpected {
            found: self.peek().described(),
            position: self.position(),
            expected,
        }
    }

    /// Refuses a depth beyond the limit; `outer` levels lie around `inner` ones.
    fn bounded(&self, outer: usize, inner: usize) -> Result<usize, ExpressionError> {
        if outer + inner > MAX_DEPTH {
            return Err(ExpressionError::TooDeep {
                position: self.position(),
                limit: MAX_DEPTH,
            });
        }
        Ok(inner)
    }

    fn conditional(&mut self, outer: usize) -> Result<Parsed, ExpressionError> {
        self.bounded(outer, 1)?;
        let test = self.operation(0, outer + 1)?;
        if !self.takes("?") {
            return Ok(test);
        }
        let then = self.conditional(outer + 1)?;
        self.expects(":", "`:` and what applies otherwise")?;
        let otherwise = self.conditional(outer + 1)?;
        let inner = 1 + test.depth.max(then.depth).max(otherwise.depth);
        Ok(Parsed {
            depth: self.bounded(outer, inner)?,
            expr: Expr::Conditional(Box::new(test.expr), Box::new(then.expr), Box::new(otherwise.expr)),
        })
    }

    /// Operands joined by operators that bind more strongly than `weaker`.
    fn operation(&mut self, weaker: u8, outer: usize) -> Result<Parsed, ExpressionError> {
        let mut left = self.prefixed(outer)?;
        while let Token::Sign(sign) = self.peek() {
            let Some(infix) = infix(sign).filter(|infix| infix.strength() > weaker) else {
                break;
            };
            self.advance();
            let right = self.operation(infix.strength(), outer + 1)?;
            left = Parsed {
                depth: self.bounded(outer, 1 + left.depth.max(right.depth))?,
                expr: infix.joined(left.expr, right.expr),
            };
        }
        Ok(left)
    }

    fn prefixed(&mut self, outer: usize) -> Result<Parsed, ExpressionError> {
        self.bounded(outer, 1)?;
        let op = match self.peek() {
            Token::Sign(sign) => sign.parse::<UnaryOp>().ok(),
            _ => None,
        };
        let Some(op) = op else {
            return self.member(outer);
        };
        self.advance();
        let operand = self.prefixed(outer + 1)?;
        Ok(Parsed {
            depth: self.bounded(outer, 1 + operand.depth)?,
            expr: Expr::Unary(op, Box::new(operand.expr)),
        })
    }

    /// A value and the members taken of it.
    fn member(&mut self, outer: usize) -> Result<Parsed, ExpressionError> {
        let mut object = self.value(outer)?;
        loop {
            let key = if self.takes(".") {
                let Token::Name(name) = self.peek().clone() else {
                    return Err(self.unexpected("the name of a member"));
                };
                self.leaf(Expr::Text(name))
            } else if self.takes("[") {
                let key = self.conditional(outer + 1)?;
                self.expects("]", "`]`")?;
                key
            } else {
                return Ok(object);
            };
            object = Parsed {
                depth: self.bounded(outer, 1 + object.depth.max(key.depth))?,
                expr: Expr::Member(Box::new(object.expr), Box::new(key.expr)),
            };
        }
    }

    fn value(&mut self, outer: usize) -> Result<Parsed, ExpressionError> {
        let position = self.position();
        if self.takes("(") {
            let inner = self.conditional(outer + 1)?;
            self.expects(")", "`)`")?;
            return Ok(inner);
        }
        if self.takes("[") {
            let (items, depth) = self.items("]", outer)?;
            return Ok(Parsed {
                expr: Expr::List(items),
                depth,
            });
        }
        if self.takes("{") {
            return self.object(outer);
        }
        match self.peek().clone() {
            Token::Number(number) => Ok(self.leaf(Expr::Number(number))),
            Token::Text(text) => Ok(self.leaf(Expr::Text(text))),
            Token::Name(name) => {
                self.advance();
                if self.takes("(") {
                    self.call(&name, position, outer)
                } else {
                    Ok(Parsed::leaf(named(name)))
                }
            }
            Token::Sign(_) | Token::End => Err(self.unexpected("a value")),
        }
    }

    fn leaf(&mut self, expr: Expr) -> Parsed {
        self.advance();
        Parsed::leaf(expr)
    }

    /// Expressions between commas up to a closing bracket, and the depth of a node around them.
    fn items(&mut self, close: &str, outer: usize) -> Result<(Vec<Expr>, usize), ExpressionError> {
        let mut items = Vec::new();
        let mut depth = 0;
        if self.takes(close) {
            return Ok((items, 1));
        }
        loop {
            let item = self.conditional(outer + 1)?;
            depth = depth.max(item.depth);
            items.push(item.expr);
            if self.takes(close) {
                return Ok((items, self.bounded(outer, depth + 1)?));
            }
            self.expects(",", "`,` or a closing bracket")?;
        }
    }

    fn call(&mut self, name: &str, position: usize, outer: usize) -> Result<Parsed, ExpressionError> {
        let function: Function = name.parse().map_err(|_| match Function::refusal(name) {
            Some(reason) => ExpressionError::Refused {
                name: name.to_owned(),
                position,
                reason,
            },
            None => ExpressionError::Function {
                name: name.to_owned(),
                position,
                closest: Function::closest(name),
            },
        })?;
        let (arguments, depth) = self.items(")", outer)?;
        if arguments.len() < function.arguments() {
            return Err(ExpressionError::Arguments {
                name: function.as_str(),
                position,
                found: arguments.len(),
                expected: function.arguments(),
            });
        }
        Ok(Parsed {
            expr: Expr::Call(function, arguments),
            depth,
        })
    }

    fn object(&mut self, outer: usize) -> Result<Parsed, ExpressionError> {
        let mut members = Vec::new();
        let mut depth = 0;
        if self.takes("}") {
            return Ok(Parsed::leaf(Expr::Object(members)));
        }
        loop {
            let name = match self.peek().clone() {
                Token::Name(name) | Token::Text(name) => name,
                Token::Number(number) => number.to_string(),
                Token::Sign(_) | Token::End => return Err(self.unexpected("the name of a member")),
            };
            self.advance();
            self.expects(":", "`:` and the member's value")?;
            let value = self.conditional(outer + 1)?;
            depth = depth.max(value.depth);
            members.push((name, value.expr));
            if self.takes("}") {
                return Ok(Parsed {
                    depth: self.bounded(outer, depth + 1)?,
                    expr: Expr::Object(members),
                });
            }
            self.expects(",", "`,` or `}`")?;
        }
    }
}

/// What a name without a call stands for.
fn named(name: String) -> Expr {
    match name.as_str() {
        "datum" => Expr::Datum,
        "true" => Expr::Bool(true),
        "false" => Expr::Bool(false),
        "null" | "undefined" => Expr::Null,
        _ => constant::number(&name).map_or(Expr::Parameter(name), Expr::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree as text, every operation in brackets.
    fn shown(expr: &Expr) -> String {
        let list = |items: &[Expr]| items.iter().map(shown).collect::<Vec<_>>().join(" ");
        match expr {
            Expr::Null => "null".into(),
            Expr::Bool(flag) => flag.to_string(),
            Expr::Number(number) => number.to_string(),
            Expr::Text(text) => format!("'{text}'"),
            Expr::Datum => "datum".into(),
            Expr::Parameter(name) => format!("${name}"),
            Expr::Member(object, key) => format!("{}[{}]", shown(object), shown(key)),
            Expr::Unary(op, operand) => format!("({op}{})", shown(operand)),
            Expr::Binary(op, left, right) => format!("({} {op} {})", shown(left), shown(right)),
            Expr::Logical(op, left, right) => format!("({} {op} {})", shown(left), shown(right)),
            Expr::Conditional(test, then, otherwise) => {
                format!("({} ? {} : {})", shown(test), shown(then), shown(otherwise))
            }
            Expr::Call(function, items) => format!("{function}<{}>", list(items)),
            Expr::List(items) => format!("<{}>", list(items)),
            Expr::Object(members) => members
                .iter()
                .map(|(name, value)| format!("{name}:{}", shown(value)))
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    #[test]
    fn operators_bind_as_in_javascript() {
        for (text, tree) in [
            ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
            ("a || b && c == d < e", "($a || ($b && ($c == ($d < $e))))"),
            ("-a % -b", "((-$a) % (-$b))"),
            ("!datum.x === true", "((!datum['x']) === true)"),
            ("a ? b : c ? d : e", "($a ? $b : ($c ? $d : $e))"),
            ("1 | 2 ^ 3 & 4 >>> 5", "(1 | (2 ^ (3 & (4 >>> 5))))"),
            ("datum['x y'][0].z", "datum['x y'][0]['z']"),
            (
                "if(datum.a, [1, 'x'], {b: null})",
                "if<datum['a'] <1 'x'> b:null>",
            ),
            (
                "+datum.start + (+datum.end)",
                "((+datum['start']) + (+datum['end']))",
            ),
            ("PI", "3.141592653589793"),
            (".5e1 + 0x1F", "(5 + 31)"),
            (r#"'it\'s' + "\u00e9\ud83d\ude00""#, "('it's' + 'é😀')"),
            ("ceil (datum.id/10)", "ceil<(datum['id'] / 10)>"),
        ] {
            assert_eq!(
                Expr::parse(text).as_ref().map(shown).as_deref(),
                Ok(tree),
                "{text}"
            );
        }
    }

    #[test]
    fn errors_say_where_and_what_would_be_right() {
        for (text, message) in [
            ("", "expression has its end at position 1; expected a value"),
            ("1 +", "expression has its end at position 4; expected a value"),
            (
                "datum.",
                "expression has its end at position 7; expected the name of a member",
            ),
            ("(1", "expression has its end at position 3; expected `)`"),
            (
                "1 2",
                "expression has the number 2 at position 3; expected an operator or the end",
            ),
            ("a = 1", "expression has `=` at position 3, which begins nothing"),
            ("'abc", "expression has text at position 1 that does not end"),
            ("3px", "expression has `3` at position 1, which is no number"),
            (
                "now()",
                "expression calls `now` at position 1, which is left out: it reads a clock, and a chart depends on its data alone",
            ),
            (
                "1 + uper(x)",
                "expression calls `uper` at position 5, which is no function of Marey's; did you mean `upper`?",
            ),
            (
                "eval('x')",
                "expression calls `eval` at position 1, which is no function of Marey's",
            ),
            (
                "datum.x.toFixed(2)",
                "expression has `(` at position 16; expected an operator or the end",
            ),
            (
                "clamp(1)",
                "expression calls `clamp` at position 1 with 1 arguments; expected at least 3",
            ),
        ] {
            let found = Expr::parse(text).map_err(|error| error.to_string());
            assert_eq!(found.err().as_deref(), Some(message), "{text}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let deep = |text: String| matches!(Expr::parse(&text), Err(ExpressionError::TooDeep { .. }));
        assert!(deep("(".repeat(10_000)));
        assert!(deep("-".repeat(10_000)));
        assert!(deep(format!("1{}", "+1".repeat(10_000))));
        assert!(deep(format!("datum{}", ".a".repeat(10_000))));
        assert!(deep(format!("{}1", "1?1:".repeat(10_000))));
        assert!(Expr::parse(&format!("1{}", "+1".repeat(100))).is_ok());
        assert!(matches!(
            Expr::parse(&" ".repeat(MAX_LENGTH + 1)),
            Err(ExpressionError::TooLong { .. })
        ));
    }

    #[test]
    fn fields_are_listed_as_paths() {
        let fields = Expr::parse("datum.a.b + datum['c d'] * datum[datum.e] - datum.a.b")
            .unwrap()
            .fields();
        assert_eq!(fields, [vec!["a", "b"], vec!["c d"], vec!["e"]]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,60}") {
            let _ = Expr::parse(&text);
        }

        #[test]
        fn no_tokens_make_the_parser_panic(pieces in proptest::collection::vec(
            proptest::sample::select(vec!["(", ")", "[", "]", "{", "}", "datum", ".", "a", "1", "'x'", "+", "?", ":", ",", "if", "!"]),
            0..40,
        )) {
            let _ = Expr::parse(&pieces.join(" "));
        }
    }
}
