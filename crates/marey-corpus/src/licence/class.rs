//! [`LicenceClass`]: what a licence claim comes to, in one word.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Known, LicenceAxes, LicenceExpression, LicenceTable, names::UNSPECIFIED};
use crate::LicenceClaim;

/// What a licence claim comes to, in one word, for lists that people read; policies decide on the axes.
///
/// Ordered: of parts that all have to be met the later class counts, of alternatives the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceClass {
    /// Use and adaptation for any purpose, under the licence of a work that is in copyright, or waived by CC0.
    Permissive,
    /// Somebody says that the work is free of copyright.
    PublicDomainClaim,
    /// The source says in its own words that everybody may use it.
    OtherOpen,
    /// Adapted material that is passed on has to stay under the same terms.
    Copyleft,
    /// Use or adaptation is limited.
    Restricted,
    /// Something stands where a licence should, and it names none that is known.
    NotSpecified,
    /// Nobody says anything.
    NoLicence,
}

impl LicenceClass {
    /// What a claim comes to.
    pub fn of(claim: Option<&LicenceClaim>, table: &LicenceTable) -> Self {
        match claim {
            None => LicenceClass::NoLicence,
            Some(claim) => of_expression(&claim.expression, table),
        }
    }

    /// The name for lists.
    pub fn as_str(self) -> &'static str {
        match self {
            LicenceClass::Permissive => "permissive",
            LicenceClass::PublicDomainClaim => "public-domain-claim",
            LicenceClass::OtherOpen => "other-open",
            LicenceClass::Copyleft => "copyleft",
            LicenceClass::Restricted => "restricted",
            LicenceClass::NotSpecified => "not-specified",
            LicenceClass::NoLicence => "no-licence",
        }
    }
}

impl fmt::Display for LicenceClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn of_expression(expression: &LicenceExpression, table: &LicenceTable) -> LicenceClass {
    // The first class under which every part that has to be met can be met.
    [
        LicenceClass::Permissive,
        LicenceClass::PublicDomainClaim,
        LicenceClass::OtherOpen,
        LicenceClass::Copyleft,
        LicenceClass::Restricted,
    ]
    .into_iter()
    .find(|class| {
        let judge = |id: &str| {
            if of_identifier(id, &table.axes(id)) <= *class {
                Ok(())
            } else {
                Err(String::new())
            }
        };
        expression.judge(judge).allowed
    })
    .unwrap_or(LicenceClass::NotSpecified)
}

fn of_identifier(id: &str, axes: &LicenceAxes) -> LicenceClass {
    match id {
        "LicenseRef-public-domain" => LicenceClass::PublicDomainClaim,
        "LicenseRef-other-open" => LicenceClass::OtherOpen,
        UNSPECIFIED => LicenceClass::NotSpecified,
        _ if *axes == LicenceAxes::default() => LicenceClass::NotSpecified,
        _ if axes.commercial != Known::Yes
            || axes.derivatives != Known::Yes
            || axes.research != Known::No =>
        {
            LicenceClass::Restricted
        }
        _ if axes.share_alike != Known::No => LicenceClass::Copyleft,
        _ => LicenceClass::Permissive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_have_the_class_of_their_worst_part_and_of_their_best_choice() {
        let table = LicenceTable::shipped().unwrap();
        for (text, expected) in [
            ("MIT", LicenceClass::Permissive),
            ("CC0-1.0", LicenceClass::Permissive),
            (
                "ISC AND LicenseRef-public-domain",
                LicenceClass::PublicDomainClaim,
            ),
            ("LicenseRef-other-open", LicenceClass::OtherOpen),
            ("ODbL-1.0", LicenceClass::Copyleft),
            ("ODbL-1.0 OR MIT", LicenceClass::Permissive),
            ("ODbL-1.0 AND CC-BY-NC-4.0", LicenceClass::Restricted),
            ("CC-BY-ND-4.0", LicenceClass::Restricted),
            ("MIT AND LicenseRef-unspecified", LicenceClass::NotSpecified),
            ("LicenseRef-theirs", LicenceClass::NotSpecified),
            ("see the website", LicenceClass::NotSpecified),
        ] {
            let claim = LicenceClaim {
                expression: LicenceExpression::new(text),
                verified: Vec::new(),
            };
            assert_eq!(LicenceClass::of(Some(&claim), &table), expected, "{text}");
        }
        assert_eq!(LicenceClass::of(None, &table), LicenceClass::NoLicence);
    }
}
