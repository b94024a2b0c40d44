//! The expression language: a closed part of Vega's, parsed and never run as code.
//!
//! [`Expr::parse`] reads what stands in a `calculate` or a `filter`: literals, `datum` and its
//! members, operators with JavaScript's precedence, the ternary, lists, objects, constants and the
//! functions of [`Function`]. Anything else (assignments, calls of methods, other functions) is an
//! [`ExpressionError`] with its position. Nesting and length are bounded.
//!
//! ```
//! use marey_core::expression::Expr;
//!
//! let parsed = Expr::parse("datum.price > 10 && lower(datum['the city']) == 'rome'");
//! assert!(parsed.is_ok());
//! let error = Expr::parse("uper(datum.city)").unwrap_err();
//! assert!(error.to_string().contains("`upper`"));
//! ```

mod constant;
mod error;
mod expr;
mod function;
mod lexer;
mod parser;

pub use error::ExpressionError;
pub use expr::{BinaryOp, Expr, LogicalOp, UnaryOp};
pub use function::Function;
pub use parser::MAX_DEPTH;
