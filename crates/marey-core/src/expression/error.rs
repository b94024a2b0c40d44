//! Why an expression could not be read.

/// Why an expression could not be read. Positions count characters from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExpressionError {
    /// A character that begins nothing.
    #[error("expression has `{found}` at position {position}, which begins nothing")]
    Character {
        /// The character.
        found: char,
        /// Where.
        position: usize,
    },
    /// A quote without its end, or a broken escape.
    #[error("expression has text at position {position} that does not end")]
    Text {
        /// Where it begins.
        position: usize,
    },
    /// A number that is none.
    #[error("expression has `{found}` at position {position}, which is no number")]
    Number {
        /// The number as written.
        found: String,
        /// Where.
        position: usize,
    },
    /// Something in the wrong place.
    #[error("expression has {found} at position {position}; expected {expected}")]
    Unexpected {
        /// What stands there.
        found: String,
        /// Where.
        position: usize,
        /// What would be right.
        expected: &'static str,
    },
    /// A function outside the closed list.
    #[error("expression calls `{name}` at position {position}, which is no function of Marey's{}", hint(.closest))]
    Function {
        /// Its name.
        name: String,
        /// Where.
        position: usize,
        /// The allowed function with the most similar name, where one is similar.
        closest: Option<&'static str>,
    },
    /// A function of Vega's that is left out on purpose.
    #[error("expression calls `{name}` at position {position}, which is left out: {reason}")]
    Refused {
        /// Its name.
        name: String,
        /// Where.
        position: usize,
        /// Why.
        reason: &'static str,
    },
    /// A call with too few arguments.
    #[error(
        "expression calls `{name}` at position {position} with {found} arguments; expected at least {expected}"
    )]
    Arguments {
        /// The function.
        name: &'static str,
        /// Where.
        position: usize,
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// Too much nesting.
    #[error("expression is nested deeper than {limit} levels at position {position}")]
    TooDeep {
        /// Where.
        position: usize,
        /// The limit.
        limit: usize,
    },
    /// Too much text.
    #[error("expression has {found} bytes; at most {limit} are read")]
    TooLong {
        /// Its length.
        found: usize,
        /// The limit.
        limit: usize,
    },
}

fn hint(closest: &Option<&'static str>) -> String {
    closest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
