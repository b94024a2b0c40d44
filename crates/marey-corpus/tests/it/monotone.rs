//! Taking a permission away never turns a denial into an allowance.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use marey_corpus::{
    Asset, Axis, ColumnEffect, ColumnRule, Context, Digest, Exception, Known, LicenceClaim,
    LicenceExpression, LicenceTable, MiningReservation, MiningRule, PersonalLevel, Policy, Purpose,
    PurposeRules, Rights, Verification, decide,
};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
    sample::{select, subsequence},
};

const IDS: [&str; 7] = [
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "MIT",
    "LicenseRef-other-open",
    "LicenseRef-contract-1",
];
const LEVELS: [PersonalLevel; 5] = [
    PersonalLevel::None,
    PersonalLevel::Pseudonymous,
    PersonalLevel::Indirect,
    PersonalLevel::Direct,
    PersonalLevel::Sensitive,
];
const TERMS: [&str; 3] = ["model-output:acme", "no-redistribution", "be-nice"];
const REGIONS: [&str; 3] = ["EU", "UK", "US"];

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number)
}

fn names(from: &'static [&'static str]) -> impl Strategy<Value = BTreeSet<String>> {
    subsequence(from.to_vec(), 0..=from.len())
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn expression() -> impl Strategy<Value = LicenceExpression> {
    let leaf = select(IDS.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 2, |inner| {
        (inner.clone(), select(vec!["AND", "OR"]), inner).prop_map(|(a, op, b)| format!("({a}) {op} ({b})"))
    })
    .prop_map(LicenceExpression::new)
}

fn rights() -> impl Strategy<Value = Rights> {
    let verified = vec(
        (0..400_u64).prop_map(|on| Verification {
            by: "b".into(),
            on: day(on),
            evidence: "e".into(),
        }),
        0..2,
    );
    let licence = option::weighted(0.9, (expression(), verified))
        .prop_map(|claim| claim.map(|(expression, verified)| LicenceClaim { expression, verified }));
    let personal = option::weighted(0.9, vec(select(LEVELS.to_vec()), 0..3)).prop_map(|levels| {
        levels.map(|levels| {
            levels
                .into_iter()
                .enumerate()
                .map(|(at, level)| (format!("c{at}"), level))
                .collect::<BTreeMap<_, _>>()
        })
    });
    let reserved = select(vec![Known::No, Known::No, Known::Yes, Known::Unknown]);
    (
        licence,
        names(&TERMS),
        reserved,
        personal,
        option::of(names(&REGIONS)),
    )
        .prop_map(|(licence, terms, reserved, personal, residency)| Rights {
            licence,
            terms,
            mining: MiningReservation {
                reserved,
                ..Default::default()
            },
            personal,
            residency,
        })
}

fn rules() -> impl Strategy<Value = PurposeRules> {
    (
        option::of(names(&IDS)),
        btree_set(select(vec![Axis::Commercial, Axis::Derivatives]), 0..2),
        btree_set(select(vec![Axis::ShareAlike, Axis::Research]), 0..2),
        names(&TERMS),
        select(LEVELS.to_vec()),
        select(vec![
            MiningRule::NotReserved,
            MiningRule::NotKnownReserved,
            MiningRule::Any,
        ]),
        option::of(names(&REGIONS)),
        option::of(1..500_u32),
    )
        .prop_map(
            |(licences, require, forbid, terms_deny, personal_max, mining, residency, verified_within)| {
                PurposeRules {
                    licences,
                    require,
                    forbid,
                    terms_deny,
                    personal_max,
                    mining,
                    residency,
                    verified_within,
                }
            },
        )
}

fn exception() -> impl Strategy<Value = Exception> {
    (0..400_u64).prop_map(|until| Exception {
        asset: Digest::of(b"a"),
        purpose: Purpose::Train,
        until: day(until),
        approved_by: "b".into(),
        reason: "c".into(),
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let effect = select(vec![
        ColumnEffect::Drop,
        ColumnEffect::Hash,
        ColumnEffect::Bucket,
        ColumnEffect::Mask,
    ]);
    let column = (select(LEVELS.to_vec()), effect).prop_map(|(personal, effect)| ColumnRule {
        personal,
        purpose: None,
        effect,
    });
    (rules(), vec(column, 0..3), vec(exception(), 0..2)).prop_map(|(rules, columns, exceptions)| Policy {
        purposes: BTreeMap::from([(Purpose::Train, rules)]),
        columns,
        exceptions,
        digest: Digest::of(b"policy"),
    })
}

/// Every policy that is this one with one permission less.
fn with_less(policy: &Policy) -> Vec<Policy> {
    let mut all = Vec::new();
    let mut vary = |change: &mut dyn FnMut(&mut Policy)| {
        let mut less = policy.clone();
        change(&mut less);
        all.push(less);
    };
    vary(&mut |less| less.purposes.clear());
    vary(&mut |less| less.exceptions.clear());
    let Some(rules) = policy.purposes.get(&Purpose::Train) else {
        return all;
    };
    for listed in rules.licences.iter().flatten() {
        vary(&mut |less| {
            change(less, |rules| {
                rules.licences.as_mut().map(|own| own.remove(listed));
            })
        });
    }
    vary(&mut |less| change(less, |rules| rules.licences = Some(BTreeSet::new())));
    for axis in Axis::ALL {
        vary(&mut |less| {
            change(less, |rules| {
                let _ = rules.require.insert(axis);
            })
        });
        vary(&mut |less| {
            change(less, |rules| {
                let _ = rules.forbid.insert(axis);
            })
        });
    }
    for term in TERMS {
        vary(&mut |less| {
            change(less, |rules| {
                let _ = rules.terms_deny.insert(term.into());
            })
        });
    }
    for level in LEVELS.into_iter().filter(|level| *level < rules.personal_max) {
        vary(&mut |less| change(less, |rules| rules.personal_max = level));
    }
    for region in rules.residency.iter().flatten() {
        vary(&mut |less| {
            change(less, |rules| {
                rules.residency.as_mut().map(|own| own.remove(region));
            })
        });
    }
    vary(&mut |less| change(less, |rules| rules.residency = Some(BTreeSet::new())));
    vary(&mut |less| {
        change(less, |rules| {
            rules.verified_within = Some(rules.verified_within.unwrap_or(300) / 2)
        })
    });
    vary(&mut |less| change(less, |rules| rules.mining = MiningRule::NotReserved));
    all
}

fn change(policy: &mut Policy, change: impl FnOnce(&mut PurposeRules)) {
    if let Some(rules) = policy.purposes.get_mut(&Purpose::Train) {
        change(rules);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn less_permission_never_allows_more(policy in policy(), rights in rights(), today in 0..400_u64) {
        let asset = Asset { name: "a".into(), digest: Some(Digest::of(b"a")), rights };
        let context = Context { today: day(today), withdrawn: None };
        let table = LicenceTable::shipped().unwrap();
        let before = decide(&policy, &table, &asset, Purpose::Train, &context);
        for less in with_less(&policy) {
            let after = decide(&less, &table, &asset, Purpose::Train, &context);
            prop_assert!(before.allowed || !after.allowed, "{before}\n{after}");
        }
        let withdrawn = Context { withdrawn: Some("w".into()), ..context };
        prop_assert!(!decide(&policy, &table, &asset, Purpose::Train, &withdrawn).allowed);
    }

    /// What is made of two assets is never allowed where one of them is denied by the rules.
    #[test]
    fn nothing_is_laundered_by_deriving(policy in policy(), a in rights(), b in rights(), today in 0..400_u64) {
        let policy = Policy { exceptions: Vec::new(), ..policy };
        let asset = |rights| Asset { name: "a".into(), digest: Some(Digest::of(b"a")), rights };
        let (a, b) = (asset(a), asset(b));
        let context = Context { today: day(today), withdrawn: None };
        let table = LicenceTable::shipped().unwrap();
        let allowed = |asset: &Asset| decide(&policy, &table, asset, Purpose::Train, &context).allowed;
        let derived = Asset::derived("d", Digest::of(b"d"), [&a, &b]);
        prop_assert!(!allowed(&derived) || (allowed(&a) && allowed(&b)));
    }
}
