//! [`Expr`]: an expression as a tree.

use crate::spec::closed_set;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `null` and `undefined`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, also by name (`PI`, `NaN`).
    Number(f64),
    /// Text in either kind of quotes.
    Text(String),
    /// The row.
    Datum,
    /// A free name: a parameter of the spec.
    Parameter(String),
    /// A member of a value: `object.name`, `object[key]`.
    Member(Box<Expr>, Box<Expr>),
    /// An operator before its operand.
    Unary(UnaryOp, Box<Expr>),
    /// An operator between two operands that are both evaluated.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// An operator that may leave its right operand alone.
    Logical(LogicalOp, Box<Expr>, Box<Expr>),
    /// `test ? then : otherwise`.
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A function with its arguments.
    Call(Function, Vec<Expr>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{a: b}`.
    Object(Vec<(String, Expr)>),
}

use super::Function;

closed_set! {
    /// An operator before its operand.
    pub enum UnaryOp {
        /// Turns the sign.
        Minus = "-",
        /// Reads as a number.
        Plus = "+",
        /// Negates a truth.
        Not = "!",
        /// Negates bits.
        BitNot = "~",
    }
}

closed_set! {
    /// An operator between two operands.
    pub enum BinaryOp {
        /// Sum, or text put together.
        Add = "+",
        /// Difference.
        Subtract = "-",
        /// Product.
        Multiply = "*",
        /// Quotient.
        Divide = "/",
        /// Rest of a division, with the sign of the dividend.
        Remainder = "%",
        /// Equal after conversion.
        Equal = "==",
        /// Unequal after conversion.
        Unequal = "!=",
        /// Equal in type and value.
        StrictEqual = "===",
        /// Unequal in type or value.
        StrictUnequal = "!==",
        /// Less.
        Less = "<",
        /// Less or equal.
        LessEqual = "<=",
        /// Greater.
        Greater = ">",
        /// Greater or equal.
        GreaterEqual = ">=",
        /// Bits of both.
        BitAnd = "&",
        /// Bits of either.
        BitOr = "|",
        /// Bits of one but not the other.
        BitXor = "^",
        /// Bits moved left.
        ShiftLeft = "<<",
        /// Bits moved right, keeping the sign.
        ShiftRight = ">>",
        /// Bits moved right, filling with zeros.
        ShiftRightUnsigned = ">>>",
    }
}

closed_set! {
    /// An operator that may leave its right operand alone.
    pub enum LogicalOp {
        /// The first operand that is not truthy, else the last.
        And = "&&",
        /// The first operand that is truthy, else the last.
        Or = "||",
    }
}

impl Expr {
    /// The expressions directly within this one.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Null
            | Expr::Bool(_)
            | Expr::Number(_)
            | Expr::Text(_)
            | Expr::Datum
            | Expr::Parameter(_) => Vec::new(),
            Expr::Unary(_, operand) => vec![operand],
            Expr::Member(left, right) | Expr::Binary(_, left, right) | Expr::Logical(_, left, right) => {
                vec![left, right]
            }
            Expr::Conditional(test, then, otherwise) => vec![test, then, otherwise],
            Expr::Call(_, items) | Expr::List(items) => items.iter().collect(),
            Expr::Object(members) => members.iter().map(|(_, value)| value).collect(),
        }
    }

    /// The paths of members of `datum` with constant names, such as `["a", "b"]` for `datum.a.b`,
    /// in order of appearance; the longest only.
    pub fn fields(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        self.collect_fields(&mut found);
        found
    }

    fn collect_fields(&self, found: &mut Vec<Vec<String>>) {
        match self.path() {
            Some(path) => {
                if !found.contains(&path) {
                    found.push(path);
                }
            }
            None => self
                .children()
                .into_iter()
                .for_each(|child| child.collect_fields(found)),
        }
    }

    /// The path of a member of `datum` with constant names, when this is one.
    pub fn path(&self) -> Option<Vec<String>> {
        let Expr::Member(object, key) = self else {
            return None;
        };
        let key = match key.as_ref() {
            Expr::Text(name) => name.clone(),
            Expr::Number(index) => index.to_string(),
            _ => return None,
        };
        let mut path = match object.as_ref() {
            Expr::Datum => Vec::new(),
            inner => inner.path()?,
        };
        path.push(key);
        Some(path)
    }
}
