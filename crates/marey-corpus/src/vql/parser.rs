//! From tokens to a [`Query`], by recursive descent.

use std::str::FromStr;

use super::{
    VqlError,
    lexer::{Token, TokenKind, tokens},
    query::{
        Aggregation, BinUnit, ColumnRef, Comparison, Condition, Expr, Join, Operand, OrderKey, Query, Select,
        SetOp, Subject, TableRef, VqlMark,
    },
};

/// SELECTs and parentheses in each other; people's queries nest three deep.
const DEEPEST: usize = 32;

/// Words that end a list of names.
const KEYWORDS: [&str; 20] = [
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "BIN",
    "JOIN",
    "ON",
    "AS",
    "AND",
    "OR",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "ASC",
    "DESC",
    "BY",
    "NOT",
];

impl FromStr for Query {
    type Err = VqlError;

    fn from_str(text: &str) -> Result<Self, VqlError> {
        let mut parser = Parser {
            tokens: tokens(text)?,
            next: 0,
            depth: 0,
            end: text.chars().count(),
        };
        let query = parser.query()?;
        parser.sign(";");
        match parser.peek() {
            None => Ok(query),
            Some(_) => Err(parser.unexpected("the end of the query")),
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn query(&mut self) -> Result<Query, VqlError> {
        self.expect_word("VISUALIZE", "`Visualize`")?;
        let mark = self.one_of(
            &[
                ("BAR", VqlMark::Bar),
                ("PIE", VqlMark::Pie),
                ("LINE", VqlMark::Line),
                ("SCATTER", VqlMark::Scatter),
            ],
            "BAR, PIE, LINE or SCATTER",
        )?;
        let mut bin = None;
        let select = self.select(&mut bin)?;
        Ok(Query { mark, select, bin })
    }

    /// A SELECT. `BIN` may stand before or after `ORDER BY`; only the outermost one has a place for it.
    fn select(&mut self, bin: &mut Option<(ColumnRef, BinUnit)>) -> Result<Select, VqlError> {
        self.deeper()?;
        self.expect_word("SELECT", "SELECT")?;
        let mut select = Select {
            distinct: self.word("DISTINCT"),
            ..Select::default()
        };
        select.items.push(self.expr()?);
        while self.sign(",") {
            select.items.push(self.expr()?);
        }
        self.expect_word("FROM", "FROM")?;
        select.from = self.table()?;
        loop {
            if self.word("JOIN") || self.sign(",") {
                select.joins.push(self.join()?);
            } else if self.word("WHERE") {
                select.filter = Some(self.condition()?);
            } else if self.words("GROUP", "BY") {
                select.group = self.grouping()?;
            } else if self.word("HAVING") {
                select.having = Some(self.condition()?);
            } else if self.words("ORDER", "BY") {
                select.order = self.order()?;
            } else if self.word("LIMIT") {
                select.limit = Some(self.whole_number()?);
            } else if self.word("BIN") {
                *bin = Some(self.bin()?);
            } else if let Some(op) = self.set_op() {
                select.combined = Some((op, Box::new(self.select(bin)?)));
            } else {
                break;
            }
        }
        self.depth -= 1;
        Ok(select)
    }

    fn set_op(&mut self) -> Option<SetOp> {
        let ops = [
            ("UNION", SetOp::Union),
            ("INTERSECT", SetOp::Intersect),
            ("EXCEPT", SetOp::Except),
        ];
        ops.into_iter()
            .find(|(word, _)| self.word(word))
            .map(|(_, op)| op)
    }

    fn bin(&mut self) -> Result<(ColumnRef, BinUnit), VqlError> {
        let column = self.column()?;
        self.expect_word("BY", "BY")?;
        let unit = self.one_of(
            &[
                ("YEAR", BinUnit::Year),
                ("MONTH", BinUnit::Month),
                ("WEEKDAY", BinUnit::Weekday),
                ("DAY", BinUnit::Day),
                ("ZERO", BinUnit::Zero),
            ],
            "YEAR, MONTH, WEEKDAY, DAY or ZERO",
        )?;
        Ok((column, unit))
    }

    fn table(&mut self) -> Result<TableRef, VqlError> {
        let name = self.name("a table")?;
        let alias = if self.word("AS") {
            Some(self.name("an alias")?)
        } else {
            None
        };
        Ok(TableRef { name, alias })
    }

    fn join(&mut self) -> Result<Join, VqlError> {
        let table = self.table()?;
        let mut on = Vec::new();
        if self.word("ON") {
            loop {
                let left = self.column()?;
                self.expect_sign("=", "`=`")?;
                on.push((left, self.column()?));
                if !self.word("AND") {
                    break;
                }
            }
        }
        Ok(Join { table, on })
    }

    /// Columns with commas between them; some queries leave the commas out. Some group by the very
    /// aggregate that they show, which is no SQL: nothing is grouped by that.
    fn grouping(&mut self) -> Result<Vec<ColumnRef>, VqlError> {
        let mut columns = Vec::new();
        loop {
            if let Expr::Column(column) = self.expr()? {
                columns.push(column);
            }
            if !self.sign(",") && !self.at_name() {
                return Ok(columns);
            }
        }
    }

    fn order(&mut self) -> Result<Vec<OrderKey>, VqlError> {
        let mut keys = Vec::new();
        loop {
            let by = self.expr()?;
            let descending = self.word("DESC");
            if !descending {
                self.word("ASC");
            }
            keys.push(OrderKey { by, descending });
            if !self.sign(",") && !self.at_name() {
                return Ok(keys);
            }
        }
    }

    /// A condition, OR binding less than AND.
    fn condition(&mut self) -> Result<Condition, VqlError> {
        let mut any = vec![self.all()?];
        while self.word("OR") {
            any.push(self.all()?);
        }
        Ok(single_or(any, Condition::Or))
    }

    fn all(&mut self) -> Result<Condition, VqlError> {
        let mut all = vec![self.test()?];
        while self.word("AND") {
            all.push(self.test()?);
        }
        Ok(single_or(all, Condition::And))
    }

    fn test(&mut self) -> Result<Condition, VqlError> {
        if self.sign("(") {
            self.deeper()?;
            let inner = self.condition()?;
            self.expect_sign(")", "`)`")?;
            self.depth -= 1;
            return Ok(inner);
        }
        let of = self.expr()?;
        if self.word("IS") {
            let negated = self.word("NOT");
            self.expect_word("NULL", "NULL")?;
            return Ok(Condition::Null { of, negated });
        }
        let negated = self.word("NOT");
        if self.word("LIKE") {
            return self.like(of, negated);
        }
        if self.word("IN") {
            return Ok(Condition::In {
                of,
                among: self.set()?,
                negated,
            });
        }
        if negated {
            return Err(self.unexpected("LIKE or IN"));
        }
        if self.word("BETWEEN") {
            let low = self.operand()?;
            self.expect_word("AND", "AND")?;
            return Ok(Condition::Between(of, low, self.operand()?));
        }
        let comparison = self.comparison()?;
        Ok(Condition::Compare(of, comparison, self.operand()?))
    }

    fn like(&mut self, of: Expr, negated: bool) -> Result<Condition, VqlError> {
        let pattern = match self.operand()? {
            Operand::Text(text) => text,
            Operand::Column(column) => column.column,
            Operand::Number(number) => number.to_string(),
            Operand::Select(_) => return Err(self.unexpected("a pattern")),
        };
        Ok(Condition::Like { of, pattern, negated })
    }

    fn set(&mut self) -> Result<Vec<Operand>, VqlError> {
        self.expect_sign("(", "`(`")?;
        if self.at_word("SELECT") {
            let select = self.select(&mut None)?;
            self.expect_sign(")", "`)`")?;
            return Ok(vec![Operand::Select(Box::new(select))]);
        }
        let mut among = vec![self.operand()?];
        while self.sign(",") {
            among.push(self.operand()?);
        }
        self.expect_sign(")", "`)`")?;
        Ok(among)
    }

    fn comparison(&mut self) -> Result<Comparison, VqlError> {
        let signs = [
            ("=", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<>", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            ("<", Comparison::Less),
            (">=", Comparison::GreaterOrEqual),
            (">", Comparison::Greater),
        ];
        let found = signs.into_iter().find(|(sign, _)| self.sign(sign));
        found
            .map(|(_, comparison)| comparison)
            .ok_or_else(|| self.unexpected("a comparison"))
    }

    fn operand(&mut self) -> Result<Operand, VqlError> {
        if self.sign("(") {
            let select = self.select(&mut None)?;
            self.expect_sign(")", "`)`")?;
            return Ok(Operand::Select(Box::new(select)));
        }
        match self.tokens.get(self.next).map(|token| token.kind.clone()) {
            Some(TokenKind::Number(number)) => {
                self.next += 1;
                Ok(Operand::Number(number))
            }
            Some(TokenKind::Text(text)) => {
                self.next += 1;
                Ok(Operand::Text(text))
            }
            _ => Ok(Operand::Column(self.column()?)),
        }
    }

    fn expr(&mut self) -> Result<Expr, VqlError> {
        let functions = [
            ("COUNT", Aggregation::Count),
            ("SUM", Aggregation::Sum),
            ("AVG", Aggregation::Mean),
            ("MIN", Aggregation::Min),
            ("MAX", Aggregation::Max),
        ];
        let called = functions
            .into_iter()
            .find(|(word, _)| self.at_word(word) && self.calls());
        let Some((_, function)) = called else {
            let column = self.column()?;
            return match self.arithmetic() {
                Some(sign) => Ok(Expr::Arithmetic(column, sign, self.column()?)),
                None => Ok(Expr::Column(column)),
            };
        };
        self.next += 2;
        self.deeper()?;
        let distinct = self.word("DISTINCT");
        let of = if self.sign("*") {
            Subject::Rows
        } else {
            match self.expr()? {
                Expr::Column(column) => Subject::Column(column),
                Expr::Arithmetic(..) => return Err(self.unexpected("one column")),
                nested => Subject::Nested(Box::new(nested)),
            }
        };
        self.expect_sign(")", "`)`")?;
        self.depth -= 1;
        Ok(Expr::Aggregate {
            function,
            distinct,
            of,
        })
    }

    fn arithmetic(&mut self) -> Option<char> {
        let signs = [("+", '+'), ("-", '-'), ("/", '/')];
        signs
            .into_iter()
            .find(|(word, _)| self.word(word))
            .map(|(_, sign)| sign)
    }

    /// Whether a parenthesis follows the next token.
    fn calls(&self) -> bool {
        matches!(
            self.tokens.get(self.next + 1),
            Some(Token {
                kind: TokenKind::Sign("("),
                ..
            })
        )
    }

    fn column(&mut self) -> Result<ColumnRef, VqlError> {
        let name = self.name("a column")?;
        Ok(match name.split_once('.') {
            Some((table, column)) => ColumnRef {
                table: Some(table.into()),
                column: column.into(),
            },
            None => ColumnRef {
                table: None,
                column: name,
            },
        })
    }

    fn name(&mut self, expected: &'static str) -> Result<String, VqlError> {
        if !self.at_name() {
            return Err(self.unexpected(expected));
        }
        match self.tokens.get(self.next) {
            Some(Token {
                kind: TokenKind::Word(word),
                ..
            }) => {
                self.next += 1;
                Ok(word.clone())
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn whole_number(&mut self) -> Result<u64, VqlError> {
        match self.peek() {
            Some(TokenKind::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => {
                let number = *number as u64;
                self.next += 1;
                Ok(number)
            }
            _ => Err(self.unexpected("a whole number")),
        }
    }

    fn one_of<T: Copy>(&mut self, words: &[(&str, T)], expected: &'static str) -> Result<T, VqlError> {
        let found = words.iter().find(|(word, _)| self.word(word));
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| self.unexpected(expected))
    }

    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(TokenKind::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    fn at_name(&self) -> bool {
        matches!(self.peek(), Some(TokenKind::Word(word))
            if !KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word)))
    }

    /// Takes a word if it is next.
    fn word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        self.next += usize::from(found);
        found
    }

    /// Takes two words if they are next.
    fn words(&mut self, first: &str, second: &str) -> bool {
        let start = self.next;
        let found = self.word(first) && self.word(second);
        if !found {
            self.next = start;
        }
        found
    }

    /// Takes a sign if it is next.
    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenKind::Sign(found)) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str, expected: &'static str) -> Result<(), VqlError> {
        if self.word(word) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    fn expect_sign(&mut self, sign: &str, expected: &'static str) -> Result<(), VqlError> {
        if self.sign(sign) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    fn deeper(&mut self) -> Result<(), VqlError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(VqlError::TooDeep { limit: DEEPEST })
        } else {
            Ok(())
        }
    }

    fn unexpected(&self, expected: &'static str) -> VqlError {
        let (found, at) = match self.tokens.get(self.next) {
            None => ("the end".to_owned(), self.end),
            Some(token) => {
                let text = match &token.kind {
                    TokenKind::Word(word) => format!("`{word}`"),
                    TokenKind::Number(number) => format!("`{number}`"),
                    TokenKind::Text(text) => format!("\"{text}\""),
                    TokenKind::Sign(sign) => format!("`{sign}`"),
                };
                (text, token.at)
            }
        };
        VqlError::Unexpected { expected, found, at }
    }
}

fn single_or(mut conditions: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            join(conditions)
        }
    }
}
