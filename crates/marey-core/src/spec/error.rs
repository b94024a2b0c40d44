//! What can be wrong with a spec, and what is merely worth saying about one.

use std::fmt;

/// Why a document is no spec.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpecError {
    /// The text is no JSON.
    #[error("the spec is no JSON: {message} (line {line}, column {column})")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the JSON reader met.
        message: String,
    },
    /// The text is longer than allowed.
    #[error("the spec has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Length of the text.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// Objects and lists are nested deeper than allowed.
    #[error("{path} is nested too deeply; at most {limit} levels are read")]
    TooDeep {
        /// Where the bound was passed.
        path: String,
        /// The bound.
        limit: usize,
    },
    /// The document says it is something else than Vega-Lite.
    #[error(
        "$.$schema names {found}, which is no Vega-Lite; expected https://vega.github.io/schema/vega-lite/v6.json"
    )]
    OtherSchema {
        /// The address found.
        found: String,
    },
    /// A value has the wrong form.
    #[error("{path} is {found}; expected {expected}")]
    WrongValue {
        /// Where.
        path: String,
        /// What was found.
        found: String,
        /// What would be right.
        expected: String,
    },
    /// A text is not among the names allowed.
    #[error("{path} says {found:?}, which is no {set}; {}", Proposal { suggestion, expected })]
    UnknownName {
        /// Where.
        path: String,
        /// What was found.
        found: String,
        /// What kind of name was meant.
        set: String,
        /// The closest right name, if one is close.
        suggestion: Option<String>,
        /// What would be right.
        expected: String,
    },
    /// A member that must be there is not.
    #[error("{path} lacks `{member}`; expected {expected}")]
    Missing {
        /// The object.
        path: String,
        /// The member.
        member: String,
        /// What would be right.
        expected: String,
    },
    /// A view draws nothing and holds no other views.
    #[error(
        "{path} is no view: it has none of mark, layer, facet, repeat, concat, hconcat, vconcat{}",
        HavingMember(suggestion)
    )]
    NoView {
        /// The object.
        path: String,
        /// A member that may have been meant, as `found` and `right`.
        suggestion: Option<(String, String)>,
    },
}

/// "did you mean …?" where a name is close, the list of names otherwise.
struct Proposal<'a> {
    suggestion: &'a Option<String>,
    expected: &'a str,
}

impl fmt::Display for Proposal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.suggestion {
            Some(name) => write!(f, "did you mean {name:?}?"),
            None => write!(f, "expected one of {}", self.expected),
        }
    }
}

struct HavingMember<'a>(&'a Option<(String, String)>);

impl fmt::Display for HavingMember<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((found, right)) => write!(f, "; it has {found:?}: did you mean {right:?}?"),
            None => Ok(()),
        }
    }
}

/// Something in a spec that is kept as it stands but not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpecWarning {
    /// A member that Marey does not model; it is carried verbatim.
    NotModelled {
        /// Where.
        path: String,
        /// A member that may have been meant, if one is close.
        suggestion: Option<String>,
    },
    /// A member that Marey models, in a form that it does not; it is carried verbatim.
    OtherForm {
        /// Where.
        path: String,
        /// What was found.
        found: String,
        /// What is understood here.
        expected: String,
    },
    /// A parameter or a condition on one, carried verbatim: the chart is drawn as it stands before
    /// anybody touches it.
    Interaction {
        /// Where.
        path: String,
    },
    /// A member that is wrong but changes looks only; it is carried verbatim.
    Wrong {
        /// Where.
        path: String,
        /// What is wrong.
        error: SpecError,
    },
    /// There are further warnings, which are not listed.
    More {
        /// How many.
        count: usize,
    },
}

impl SpecWarning {
    /// Where in the document.
    pub fn path(&self) -> &str {
        match self {
            SpecWarning::NotModelled { path, .. }
            | SpecWarning::OtherForm { path, .. }
            | SpecWarning::Interaction { path }
            | SpecWarning::Wrong { path, .. } => path,
            SpecWarning::More { .. } => "$",
        }
    }
}

impl fmt::Display for SpecWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpecWarning::NotModelled { path, suggestion } => {
                write!(f, "{path} is kept but not understood")?;
                match suggestion {
                    Some(name) => write!(f, "; did you mean `{name}`?"),
                    None => Ok(()),
                }
            }
            SpecWarning::OtherForm {
                path,
                found,
                expected,
            } => write!(
                f,
                "{path} is kept but not understood: it is {found}; understood is {expected}"
            ),
            SpecWarning::Interaction { path } => write!(
                f,
                "{path} is kept, and its initial state is drawn; interaction is not acted on"
            ),
            SpecWarning::More { count } => write!(f, "{count} more members are kept but not understood"),
            SpecWarning::Wrong { error, .. } => write!(f, "{error} (kept as it stands)"),
        }
    }
}
