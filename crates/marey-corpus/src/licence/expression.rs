//! [`LicenceExpression`]: an SPDX licence expression, as written and as understood.

use std::fmt;

use serde::{Deserialize, Serialize};
use spdx::{
    Expression, LicenseItem, ParseMode,
    expression::{ExprNode, Operator},
};

/// Deprecated identifiers are still found beside data; everything else is as the specification has it.
const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// Bytes of an expression that are looked at; a longer one is no licence but an attack.
const LONGEST: usize = 4096;

/// An SPDX licence expression (SPDX specification 3.0, annex B) with the text as it was found.
///
/// Text that is no expression is kept, and no question to it is ever answered with yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LicenceExpression {
    text: String,
}

/// What an expression comes to under a judgement of single licences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceVerdict {
    /// Whether the terms that have to be met can be.
    pub allowed: bool,
    /// The identifiers of the licences that are relied on, where it is allowed: of alternatives, the
    /// first that is allowed.
    pub relied_on: Vec<String>,
    /// Why not, where it is not allowed.
    pub refusals: Vec<String>,
}

impl LicenceVerdict {
    fn refused(reason: String) -> Self {
        Self {
            allowed: false,
            relied_on: Vec::new(),
            refusals: vec![reason],
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.allowed &= other.allowed;
        self.relied_on.extend(other.relied_on);
        self.refusals.extend(other.refusals);
        if !self.allowed {
            self.relied_on.clear();
        }
        self
    }

    fn or(self, other: Self) -> Self {
        match (self.allowed, other.allowed) {
            (true, _) => self,
            (false, true) => other,
            (false, false) => self.and(other),
        }
    }
}

impl LicenceExpression {
    /// An expression as it was found.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// The text as it was found.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Why the text cannot be read as an expression, if it cannot.
    pub fn problem(&self) -> Option<String> {
        self.parsed().err()
    }

    /// The expression that asks for this one and the other. Where one of them cannot be read, neither can the
    /// whole: put between brackets, `ISC) OR (MIT` would become an expression that asks for less.
    pub fn and(&self, other: &Self) -> Self {
        if self == other || self.problem().is_some() {
            return self.clone();
        }
        if other.problem().is_some() {
            return other.clone();
        }
        Self::new(format!("({}) AND ({})", self.text, other.text))
    }

    /// Whether a licence is named anywhere in the expression, by its identifier in any case. Text that is no
    /// expression names what it says.
    pub fn names(&self, id: &str) -> bool {
        let mut found = self.text.trim().eq_ignore_ascii_case(id);
        self.judge(|own| {
            found |= own.eq_ignore_ascii_case(id);
            Ok(())
        });
        found
    }

    /// Judges the expression: every side of AND has to be allowed, one side of OR is enough. `judge`
    /// gets the identifier of each licence and says why it is refused, if it is. An exception
    /// (`WITH …`) only ever adds permissions, so its licence is judged without it; `+` allows any
    /// later version too, so the version that is named is judged.
    pub fn judge(&self, mut judge: impl FnMut(&str) -> Result<(), String>) -> LicenceVerdict {
        let parsed = match self.parsed() {
            Ok(parsed) => parsed,
            Err(problem) => return LicenceVerdict::refused(problem),
        };
        let mut stack: Vec<LicenceVerdict> = Vec::new();
        for node in parsed.iter() {
            let verdict = match node {
                ExprNode::Req(requirement) => {
                    let id = identifier(&requirement.req.license);
                    match judge(&id) {
                        Ok(()) => LicenceVerdict {
                            allowed: true,
                            relied_on: vec![id],
                            refusals: Vec::new(),
                        },
                        Err(reason) => LicenceVerdict::refused(reason),
                    }
                }
                ExprNode::Op(operator) => {
                    let (Some(right), Some(left)) = (stack.pop(), stack.pop()) else {
                        return LicenceVerdict::refused(format!("`{self}` is no licence expression"));
                    };
                    match operator {
                        Operator::And => left.and(right),
                        Operator::Or => left.or(right),
                    }
                }
            };
            stack.push(verdict);
        }
        stack
            .pop()
            .unwrap_or_else(|| LicenceVerdict::refused(format!("`{self}` is no licence expression")))
    }

    fn parsed(&self) -> Result<Expression, String> {
        let shown: String = self.text.chars().take(80).collect();
        if self.text.len() > LONGEST {
            return Err(format!(
                "`{shown}…` is too long for a licence expression (over {LONGEST} bytes)"
            ));
        }
        Expression::parse_mode(&self.text, MODE)
            .map_err(|error| format!("`{shown}` is no SPDX licence expression: {}", error.reason))
    }
}

impl fmt::Display for LicenceExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn identifier(item: &LicenseItem) -> String {
    match item {
        LicenseItem::Spdx { id, .. } => id.name.to_owned(),
        LicenseItem::Other(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str) -> bool {
        let mit_or_own = |id: &str| match id {
            "MIT" | "CC0-1.0" | "GPL-2.0-only" | "LicenseRef-own" => Ok(()),
            other => Err(format!("{other} is not listed")),
        };
        LicenceExpression::new(text).judge(mit_or_own).allowed
    }

    #[test]
    fn and_needs_both_sides_and_or_needs_one() {
        for (text, expected) in [
            ("MIT", true),
            ("ISC", false),
            ("MIT AND CC0-1.0", true),
            ("MIT AND ISC", false),
            ("ISC OR MIT", true),
            ("ISC OR Zlib", false),
            ("(ISC OR MIT) AND CC0-1.0", true),
            ("ISC OR MIT AND Zlib", false),
            ("GPL-2.0-only WITH Classpath-exception-2.0", true),
            ("LicenseRef-own", true),
            ("LicenseRef-theirs", false),
            ("DocumentRef-other:LicenseRef-own", false),
            ("", false),
            ("Public Domain", false),
            ("MIT AND", false),
            ("((MIT)", false),
            ("NOASSERTION", false),
            ("NONE", false),
        ] {
            assert_eq!(allowed(text), expected, "{text}");
        }
        assert!(!allowed(&"(".repeat(5000)));
    }

    #[test]
    fn text_that_is_no_expression_does_not_become_one_by_brackets() {
        let own = LicenceExpression::new("MIT) OR (CC0-1.0");
        let other = LicenceExpression::new("ISC");
        for joined in [own.and(&other), other.and(&own)] {
            assert!(joined.problem().is_some(), "{joined}");
        }
        let judged = LicenceExpression::new("MIT").and(&other).judge(|_| Ok(()));
        assert_eq!(judged.relied_on, ["MIT", "ISC"]);
    }

    #[test]
    fn the_verdict_names_what_is_relied_on_or_every_refusal() {
        let judge = |id: &str| {
            if id == "MIT" {
                Ok(())
            } else {
                Err(format!("no {id}"))
            }
        };
        let verdict = LicenceExpression::new("ISC OR MIT").judge(judge);
        assert_eq!(
            (verdict.relied_on, verdict.refusals.len()),
            (vec!["MIT".to_owned()], 0)
        );
        let verdict = LicenceExpression::new("ISC AND (Zlib OR 0BSD)").judge(judge);
        assert_eq!(verdict.refusals, ["no ISC", "no Zlib", "no 0BSD"]);
    }
}
