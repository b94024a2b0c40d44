//! [`decide`]: a pure, total function from asset, purpose and context to a decision.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    ColumnDecision, ColumnEffect, Decision, Exception, MiningRule, Obligation, Policy, PurposeRules, Reason,
    Rule, Ruling,
};
use crate::{Asset, Known, LicenceTable, LicenceVerdict, PersonalLevel, Purpose, Rights};

/// What a decision depends on beside the policy, the asset and the purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The day of the decision.
    pub today: NaiveDate,
    /// Why the asset was withdrawn, if it was: nothing allows it then.
    pub withdrawn: Option<String>,
}

/// Decides whether an asset may be used for a purpose.
///
/// Pure and total: the same arguments give the same decision, and there is one for all arguments.
/// Everything that a rule asks about and that is not known denies. An exception allows what the rules
/// deny, but never contents that are not pinned and never what was withdrawn.
pub fn decide(
    policy: &Policy,
    licences: &LicenceTable,
    asset: &Asset,
    purpose: Purpose,
    context: &Context,
) -> Decision {
    let mut reasons = vec![withdrawn(context), contents(asset)];
    let mut obligations = Vec::new();
    let mut columns = Vec::new();
    match policy.purposes.get(&purpose) {
        None => reasons.push(deny(
            Rule::Purpose,
            format!("the policy allows nothing for {purpose}"),
        )),
        Some(rules) => {
            let verdict = licence(rules, licences, &asset.rights);
            obligations = obligations_of(licences, &verdict);
            columns = effects(policy, &asset.rights, purpose);
            reasons.extend([
                licence_reason(&verdict),
                verification(rules, &asset.rights, context.today),
                terms(rules, &asset.rights),
                mining(rules, &asset.rights),
                personal(rules, &asset.rights, &columns),
                residency(rules, &asset.rights),
            ]);
        }
    }
    let by_rules = reasons.iter().all(|reason| reason.ruling == Ruling::Allow);
    let exception = if by_rules {
        None
    } else {
        exception(policy, asset, purpose, &mut reasons, context)
    };
    let allowed = by_rules || exception.is_some();
    if !allowed {
        obligations.clear();
        columns.clear();
    }
    Decision {
        asset: asset.name.clone(),
        digest: asset.digest,
        licence: asset.rights.licence.clone(),
        purpose,
        policy: policy.digest,
        allowed,
        reasons,
        obligations,
        columns,
        exception,
    }
}

fn reason(rule: Rule, ruling: Ruling, because: impl Into<String>) -> Reason {
    Reason {
        rule,
        ruling,
        because: because.into(),
    }
}

fn allow(rule: Rule, because: impl Into<String>) -> Reason {
    reason(rule, Ruling::Allow, because)
}

fn deny(rule: Rule, because: impl Into<String>) -> Reason {
    reason(rule, Ruling::Deny, because)
}

fn unknown(rule: Rule, because: impl Into<String>) -> Reason {
    reason(rule, Ruling::Unknown, because)
}

fn withdrawn(context: &Context) -> Reason {
    match &context.withdrawn {
        None => allow(Rule::Withdrawn, "it was not withdrawn"),
        Some(why) => deny(Rule::Withdrawn, format!("it was withdrawn: {why}")),
    }
}

fn contents(asset: &Asset) -> Reason {
    match asset.digest {
        Some(digest) => allow(Rule::Contents, format!("its contents are pinned by {digest}")),
        None => unknown(Rule::Contents, "its contents are not pinned by a sha256"),
    }
}

/// What the licence comes to; none where there is no claim.
fn licence(rules: &PurposeRules, licences: &LicenceTable, rights: &Rights) -> Option<LicenceVerdict> {
    let claim = rights.licence.as_ref()?;
    Some(claim.expression.judge(|id| judge(rules, licences, id)))
}

/// Why one licence is refused, if it is.
fn judge(rules: &PurposeRules, licences: &LicenceTable, id: &str) -> Result<(), String> {
    if let Some(listed) = &rules.licences
        && !matches_any(listed, id)
    {
        return Err(format!("the licence {id} is not listed"));
    }
    let axes = licences.axes(id);
    let wanted = rules
        .require
        .iter()
        .map(|axis| (*axis, Known::Yes, "does not allow"));
    let unwanted = rules.forbid.iter().map(|axis| (*axis, Known::No, "asks for"));
    for (axis, needed, verb) in wanted.chain(unwanted) {
        match axes.get(axis) {
            answer if answer == needed => {}
            Known::Unknown => {
                return Err(format!(
                    "what the licence {id} says of {} is not known",
                    axis.as_str()
                ));
            }
            _ => return Err(format!("the licence {id} {verb} {}", axis.as_str())),
        }
    }
    Ok(())
}

/// Whether a name is one of some patterns; a `*` at the end of a pattern stands for anything.
fn matches_any(patterns: &BTreeSet<String>, name: &str) -> bool {
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(start) => name
            .get(..start.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(start)),
        None => pattern.eq_ignore_ascii_case(name),
    })
}

fn licence_reason(verdict: &Option<LicenceVerdict>) -> Reason {
    match verdict {
        None => unknown(Rule::Licence, "nobody says which licence it is under"),
        Some(verdict) if verdict.allowed => allow(
            Rule::Licence,
            format!("relied on: {}", verdict.relied_on.join(", ")),
        ),
        Some(verdict) => {
            let because = verdict.refusals.join("; ");
            let unsure = verdict
                .refusals
                .iter()
                .all(|refusal| refusal.ends_with("is not known"));
            if unsure {
                unknown(Rule::Licence, because)
            } else {
                deny(Rule::Licence, because)
            }
        }
    }
}

fn obligations_of(licences: &LicenceTable, verdict: &Option<LicenceVerdict>) -> Vec<Obligation> {
    let relied_on = verdict.iter().flat_map(|verdict| &verdict.relied_on);
    let mut obligations = BTreeSet::new();
    for axes in relied_on.map(|id| licences.axes(id)) {
        // An obligation that may be there is taken on.
        if axes.attribution != Known::No {
            obligations.insert(Obligation::Attribute);
        }
        if axes.share_alike != Known::No {
            obligations.insert(Obligation::ShareAlike);
        }
    }
    obligations.into_iter().collect()
}

fn verification(rules: &PurposeRules, rights: &Rights, today: NaiveDate) -> Reason {
    let Some(days) = rules.verified_within else {
        return allow(
            Rule::Verification,
            "the licence claim need not have been looked at",
        );
    };
    let looks = rights
        .licence
        .as_ref()
        .map(|claim| claim.verified.as_slice())
        .unwrap_or_default();
    if looks.is_empty() {
        return unknown(
            Rule::Verification,
            "nobody has looked whether the licence claim is so",
        );
    }
    let mut seen = Vec::new();
    for look in looks {
        let who = format!("{} looked at the licence claim on {}", look.by, look.on);
        let last = look.on.checked_add_days(Days::new(u64::from(days)));
        if look.on > today {
            return deny(
                Rule::Verification,
                format!("{who}, which is after today, {today}"),
            );
        }
        if last.is_some_and(|last| last < today) {
            return deny(Rule::Verification, format!("{who}, more than {days} days ago"));
        }
        seen.push(who);
    }
    allow(Rule::Verification, seen.join("; "))
}

fn terms(rules: &PurposeRules, rights: &Rights) -> Reason {
    match rights
        .terms
        .iter()
        .find(|term| matches_any(&rules.terms_deny, term))
    {
        Some(term) => deny(Rule::Terms, format!("it is under the terms {term}")),
        None => allow(Rule::Terms, "no terms of use rule it out"),
    }
}

fn mining(rules: &PurposeRules, rights: &Rights) -> Reason {
    match (rules.mining, rights.mining.reserved) {
        (MiningRule::Any, _) => allow(Rule::Mining, "a reservation of data mining does not matter"),
        (_, Known::Yes) => deny(Rule::Mining, "text and data mining is reserved"),
        (_, Known::No) => allow(Rule::Mining, "text and data mining is not reserved"),
        (MiningRule::NotKnownReserved, Known::Unknown) => {
            allow(Rule::Mining, "text and data mining is not known to be reserved")
        }
        (MiningRule::NotReserved, Known::Unknown) => unknown(
            Rule::Mining,
            "nobody has looked whether text and data mining is reserved",
        ),
    }
}

/// What the policy does to the columns of an asset, by column name. Of several rules for a level, the
/// first counts.
fn effects(policy: &Policy, rights: &Rights, purpose: Purpose) -> Vec<ColumnDecision> {
    let levels = rights.personal.iter().flatten();
    levels
        .filter_map(|(column, level)| {
            let rule = policy.columns.iter().find(|rule| {
                rule.personal == *level
                    && rule
                        .purpose
                        .as_ref()
                        .is_none_or(|purposes| purposes.contains(&purpose))
            })?;
            Some(ColumnDecision {
                column: column.clone(),
                personal: *level,
                effect: rule.effect,
            })
        })
        .collect()
}

fn personal(rules: &PurposeRules, rights: &Rights, effects: &[ColumnDecision]) -> Reason {
    let Some(levels) = &rights.personal else {
        return unknown(Rule::Personal, "nobody has looked for personal data");
    };
    for (column, level) in levels {
        let effect: Option<ColumnEffect> = effects
            .iter()
            .find(|decision| &decision.column == column)
            .map(|decision| decision.effect);
        let left = match effect {
            Some(effect) => effect.leaves(*level),
            None => Some(*level),
        };
        if let Some(left) = left.filter(|left| *left > rules.personal_max) {
            return deny(
                Rule::Personal,
                format!(
                    "column `{column}` holds {} personal data, allowed is {}",
                    left.as_str(),
                    rules.personal_max.as_str()
                ),
            );
        }
    }
    let most = levels.values().max().copied().unwrap_or(PersonalLevel::None);
    allow(
        Rule::Personal,
        format!("the most personal column is {}", most.as_str()),
    )
}

fn residency(rules: &PurposeRules, rights: &Rights) -> Reason {
    let Some(regions) = &rules.residency else {
        return allow(Rule::Residency, "it may lie anywhere");
    };
    match &rights.residency {
        None => unknown(Rule::Residency, "nobody says where it may lie"),
        Some(own) if own.intersection(regions).next().is_some() => {
            allow(Rule::Residency, "it may lie where the policy wants it")
        }
        Some(own) => {
            let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
            deny(
                Rule::Residency,
                format!(
                    "it may lie in {{{}}} only, the policy wants {{{}}}",
                    list(own),
                    list(regions)
                ),
            )
        }
    }
}

/// The exception that covers an asset, if one does; says of an expired one that it is.
fn exception(
    policy: &Policy,
    asset: &Asset,
    purpose: Purpose,
    reasons: &mut Vec<Reason>,
    context: &Context,
) -> Option<Exception> {
    let mut own: Vec<&Exception> = policy
        .exceptions
        .iter()
        .filter(|exception| Some(exception.asset) == asset.digest && exception.purpose == purpose)
        .collect();
    own.sort_by_key(|exception| std::cmp::Reverse(exception.until));
    let latest = own.first()?;
    if latest.until < context.today {
        reasons.push(deny(
            Rule::Exception,
            format!("the exception for it ended on {}", latest.until),
        ));
        return None;
    }
    if context.withdrawn.is_some() {
        reasons.push(deny(Rule::Exception, "no exception covers what was withdrawn"));
        return None;
    }
    reasons.push(allow(
        Rule::Exception,
        format!(
            "{} excepts it until {}: {}",
            latest.approved_by, latest.until, latest.reason
        ),
    ));
    Some((*latest).clone())
}
