//! Expressions bound to a frame: names become columns, constant parts become values.

use marey_core::expression::{BinaryOp, Expr, Function, LogicalOp, UnaryOp};
use regex::{Regex, RegexBuilder};

use super::super::{
    RunContext,
    cells::Cells,
    frame::{Column, Frame},
    value::Value,
};
use super::number_format::NumberFormat;
use crate::{TableError, TableWarning};

/// An expression whose names are resolved.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A constant.
    Constant(Value),
    /// The cell of a column of the program.
    Cell(usize),
    /// An object of columns whose names begin alike, null where all its members are.
    Record(Vec<(String, usize)>),
    /// The whole row.
    Row,
    /// A member of a value.
    Member(Box<Node>, Box<Node>),
    Unary(UnaryOp, Box<Node>),
    Binary(BinaryOp, Box<Node>, Box<Node>),
    Logical(LogicalOp, Box<Node>, Box<Node>),
    Conditional(Box<Node>, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    /// `test(pattern, text)`.
    Test(Regex, Box<Node>),
    /// `replace(text, pattern, replacement)` with a regular expression; whether all matches.
    Replace(Box<Node>, Regex, Box<Node>, bool),
    /// `format(number, specifier)`.
    Format(Box<Node>, NumberFormat),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// A bound expression with the columns it reads.
pub(super) struct Program<'a> {
    /// The expression.
    pub root: Node,
    /// The columns, as [`Node::Cell`] numbers them.
    pub columns: Vec<&'a Column>,
    /// Their names.
    pub names: Vec<String>,
}

impl Program<'_> {
    /// The columns ready to be read.
    pub fn cells(&self) -> Result<Vec<Cells<'_>>, TableError> {
        self.columns
            .iter()
            .map(|column| Ok(Cells::of(column.array()?)))
            .collect()
    }
}

/// Binds an expression to a frame.
///
/// A field that does not exist is null, with a warning: in Vega it is undefined.
pub(super) fn compile<'a>(
    expr: &Expr,
    frame: &'a Frame,
    text: &str,
    transform: &'static str,
    context: &mut RunContext<'_>,
) -> Result<Program<'a>, TableError> {
    let mut compiler = Compiler {
        frame,
        text,
        transform,
        context,
        columns: Vec::new(),
    };
    let root = compiler.node(expr)?;
    let columns = compiler.columns;
    Ok(Program {
        root,
        names: columns.iter().map(|column| column.name().to_string()).collect(),
        columns,
    })
}

struct Compiler<'a, 'c, 'o> {
    frame: &'a Frame,
    text: &'c str,
    transform: &'static str,
    context: &'c mut RunContext<'o>,
    columns: Vec<&'a Column>,
}

impl<'a> Compiler<'a, '_, '_> {
    fn node(&mut self, expr: &Expr) -> Result<Node, TableError> {
        if let Some(path) = expr.path() {
            return Ok(self.field(&path));
        }
        Ok(match expr {
            Expr::Null => Node::Constant(Value::Null),
            Expr::Bool(flag) => Node::Constant(Value::Bool(*flag)),
            Expr::Number(number) => Node::Constant(Value::Number(*number)),
            Expr::Text(text) => Node::Constant(Value::Text(text.clone())),
            Expr::Datum => self.row(),
            Expr::Parameter(name) => self.parameter(name)?,
            Expr::Member(object, key) => Node::Member(self.boxed(object)?, self.boxed(key)?),
            Expr::Unary(op, operand) => Node::Unary(*op, self.boxed(operand)?),
            Expr::Binary(op, left, right) => Node::Binary(*op, self.boxed(left)?, self.boxed(right)?),
            Expr::Logical(op, left, right) => Node::Logical(*op, self.boxed(left)?, self.boxed(right)?),
            Expr::Conditional(test, then, otherwise) => {
                Node::Conditional(self.boxed(test)?, self.boxed(then)?, self.boxed(otherwise)?)
            }
            Expr::Call(function, arguments) => self.call(*function, arguments)?,
            Expr::List(items) => Node::List(self.nodes(items)?),
            Expr::Object(members) => Node::Object(
                members
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), self.node(value)?)))
                    .collect::<Result<_, TableError>>()?,
            ),
        })
    }

    fn boxed(&mut self, expr: &Expr) -> Result<Box<Node>, TableError> {
        self.node(expr).map(Box::new)
    }

    fn nodes(&mut self, exprs: &[Expr]) -> Result<Vec<Node>, TableError> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    /// A path from the row: the column of its longest beginning, then members of that.
    fn field(&mut self, path: &[String]) -> Node {
        for length in (1..=path.len()).rev() {
            let (head, rest) = path.split_at(length);
            let name = head.join(".");
            if let Some(index) = self.column(&name) {
                return rest.iter().fold(Node::Cell(index), |object, key| {
                    let key = Value::Text(key.clone());
                    Node::Member(Box::new(object), Box::new(Node::Constant(key)))
                });
            }
        }
        let prefix = format!("{}.", path.join("."));
        let members = self.record(&prefix);
        if members.is_empty() {
            self.warn_unknown(&path.join("."));
            Node::Constant(Value::Null)
        } else {
            Node::Record(members)
        }
    }

    fn record(&mut self, prefix: &str) -> Vec<(String, usize)> {
        let frame = self.frame;
        frame
            .columns()
            .iter()
            .filter_map(|column| {
                let rest = column.name().as_str().strip_prefix(prefix)?;
                Some((rest.to_owned(), self.number(column)))
            })
            .collect()
    }

    /// The whole row reads every column.
    fn row(&mut self) -> Node {
        let frame = self.frame;
        for column in frame.columns() {
            self.number(column);
        }
        Node::Row
    }

    fn column(&mut self, name: &str) -> Option<usize> {
        let frame = self.frame;
        let exact = frame
            .columns()
            .iter()
            .find(|column| column.name().as_str() == name)?;
        Some(self.number(exact))
    }

    fn number(&mut self, column: &'a Column) -> usize {
        let known = self
            .columns
            .iter()
            .position(|other| other.name() == column.name());
        known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        })
    }

    fn warn_unknown(&mut self, field: &str) {
        let meant = self.frame.nearest(field);
        let meant = meant
            .map(|name| format!("; did you mean `{name}`?"))
            .unwrap_or_default();
        self.context.warnings.push(TableWarning {
            code: "unknown_field",
            column: Some(field.into()),
            row: None,
            count: 1,
            message: format!(
                "the expression `{}` reads the field `{field}`, which does not exist: it counts as null{meant}",
                self.text
            ),
        });
    }

    fn parameter(&self, name: &str) -> Result<Node, TableError> {
        let known = self.context.parameters.iter().find(|(known, _)| known == name);
        match known {
            Some((_, value)) => Ok(Node::Constant(Value::of_json(value))),
            None => Err(TableError::UnknownParameter {
                transform: self.transform,
                expression: self.text.to_owned(),
                name: name.to_owned(),
            }),
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<Node, TableError> {
        match (function, arguments) {
            (Function::Test, [pattern, text, ..]) => {
                let (regex, _) = self.regex(pattern)?;
                Ok(Node::Test(regex, self.boxed(text)?))
            }
            (Function::Replace, [text, pattern @ Expr::Call(Function::Regexp, _), replacement, ..]) => {
                let (regex, all) = self.regex(pattern)?;
                Ok(Node::Replace(
                    self.boxed(text)?,
                    regex,
                    self.boxed(replacement)?,
                    all,
                ))
            }
            (Function::Format, [number, specifier, ..]) => {
                let format = match self.node(specifier)? {
                    Node::Constant(specifier) => NumberFormat::of(&specifier.to_text()),
                    _ => None,
                };
                let format = format.ok_or_else(|| TableError::Transform {
                    transform: self.transform,
                    found: format!("in `{}`: a format outside the known part", self.text),
                    expected: "a constant `[,][.precision][~][f|d|%]` or an empty text",
                })?;
                Ok(Node::Format(self.boxed(number)?, format))
            }
            (Function::Regexp, _) => Err(self.pattern_error("a pattern outside `test` and `replace`")),
            _ => Ok(Node::Call(function, self.nodes(arguments)?)),
        }
    }

    /// A constant regular expression, and whether its flags ask for all matches.
    fn regex(&mut self, pattern: &Expr) -> Result<(Regex, bool), TableError> {
        let parts = match pattern {
            Expr::Call(Function::Regexp, parts) => parts.as_slice(),
            text => std::slice::from_ref(text),
        };
        let mut texts = Vec::new();
        for part in parts {
            match self.node(part)? {
                Node::Constant(value) => texts.push(value.to_text()),
                _ => return Err(self.pattern_error("a pattern that changes from row to row")),
            }
        }
        let (pattern, flags) = (
            texts.first(),
            texts.get(1).map(String::as_str).unwrap_or_default(),
        );
        let pattern = pattern.map(String::as_str).unwrap_or_default();
        RegexBuilder::new(pattern)
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .size_limit(1 << 20)
            .build()
            .map(|regex| (regex, flags.contains('g')))
            .map_err(|error| self.pattern_error(&error.to_string()))
    }

    fn pattern_error(&self, found: &str) -> TableError {
        TableError::Transform {
            transform: self.transform,
            found: format!("in `{}`: {found}", self.text),
            expected: "a constant regular expression without look-around and back references",
        }
    }
}
