//! A table of what the policy beside this file says, licence by licence and rule by rule.

use chrono::NaiveDate;
use marey_corpus::{Asset, Context, LicenceTable, Policy, Purpose, decide};
use serde_json::{Value, json};

pub(crate) const POLICY: &str = include_str!("policy.toml");
pub(crate) const DIGEST: &str = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// An asset of which all is known and nothing stands against it, with some members replaced.
pub(crate) fn asset(licence: &str, replaced: &Value) -> Asset {
    let mut rights = json!({
        "licence": { "expression": licence, "verified": [{ "by": "legal", "on": "2026-06-01", "evidence": "mail 7" }] },
        "mining": { "reserved": "no" },
        "personal": {},
        "residency": ["EU"],
    });
    for (member, value) in replaced.as_object().into_iter().flatten() {
        match value {
            Value::Null => rights.as_object_mut().unwrap().remove(member),
            value => rights
                .as_object_mut()
                .unwrap()
                .insert(member.clone(), value.clone()),
        };
    }
    serde_json::from_value(json!({ "name": "a", "digest": DIGEST, "rights": rights })).unwrap()
}

pub(crate) fn today() -> Context {
    Context {
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        withdrawn: None,
    }
}

fn check(asset: &Asset, purpose: &str, expected: &str, case: &str) {
    let own = "[[licence]]\nid = [\"LicenseRef-contract-7\"]\ncommercial = \"yes\"\nderivatives = \"yes\"\nresearch = \"no\"\n\
               source = \"contract 7\"";
    let table = LicenceTable::shipped().unwrap().extend(own).unwrap();
    let policy: Policy = POLICY.parse().unwrap();
    let decision = decide(&policy, &table, asset, purpose.parse().unwrap(), &today());
    let text = decision.to_string();
    match expected {
        "allow" => assert!(decision.allowed, "{case}: {text}"),
        because => {
            assert!(!decision.allowed, "{case}: {text}");
            assert!(text.contains(because), "{case}: {text} does not say `{because}`");
        }
    }
}

/// (expression, purpose, `allow` or what the denial says)
const LICENCES: &[(&str, &str, &str)] = &[
    ("CC0-1.0", "train", "allow"),
    ("cc0-1.0", "train", "is no SPDX"),
    ("PDDL-1.0", "train", "allow"),
    ("LicenseRef-public-domain", "train", "allow"),
    ("CC-BY-4.0", "train", "allow"),
    ("CC-BY-3.0", "train", "allow"),
    ("CC-BY-2.0", "train", "CC-BY-2.0 is not listed"),
    ("ODC-By-1.0", "train", "allow"),
    ("OGL-UK-3.0", "train", "allow"),
    ("MIT", "train", "allow"),
    ("BSD-3-Clause", "train", "allow"),
    ("Apache-2.0", "train", "allow"),
    ("CC-BY-SA-4.0", "train", "allow"),
    ("ODbL-1.0", "train", "ODbL-1.0 is not listed"),
    ("CC-BY-NC-4.0", "train", "CC-BY-NC-4.0 does not allow commercial"),
    ("CC-BY-ND-4.0", "train", "CC-BY-ND-4.0 is not listed"),
    ("LicenseRef-contract-7", "train", "allow"),
    (
        "LicenseRef-contract-8",
        "train",
        "what the licence LicenseRef-contract-8 says of commercial is not known",
    ),
    ("LicenseRef-other-open", "train", "is not known"),
    ("LicenseRef-research-only", "train", "is not listed"),
    ("MIT OR CC-BY-NC-4.0", "train", "allow"),
    ("CC-BY-NC-4.0 OR MIT", "train", "allow"),
    ("MIT AND CC-BY-NC-4.0", "train", "does not allow commercial"),
    ("MIT AND CC-BY-4.0", "train", "allow"),
    ("(MIT OR ODbL-1.0) AND CC0-1.0", "train", "allow"),
    ("MIT OR ODbL-1.0 AND GPL-3.0-only", "train", "allow"),
    (
        "(MIT OR ODbL-1.0) AND GPL-3.0-only",
        "train",
        "GPL-3.0-only is not listed",
    ),
    ("Apache-2.0 WITH LLVM-exception", "train", "allow"),
    ("CC-BY-4.0+", "train", "allow"),
    ("Public Domain", "train", "is no SPDX"),
    ("MIT License", "train", "is no SPDX"),
    ("NOASSERTION", "train", "NOASSERTION is not listed"),
    ("", "train", "is no SPDX"),
    ("CC0-1.0", "evaluate", "allow"),
    ("CC-BY-NC-4.0", "evaluate", "allow"),
    ("CC-BY-NC-SA-4.0", "evaluate", "allow"),
    (
        "CC-BY-ND-4.0",
        "evaluate",
        "CC-BY-ND-4.0 does not allow derivatives",
    ),
    ("CC-BY-NC-ND-4.0", "evaluate", "does not allow derivatives"),
    ("ODbL-1.0", "evaluate", "allow"),
    ("GPL-3.0-or-later", "evaluate", "allow"),
    ("LicenseRef-research-only", "evaluate", "derivatives is not known"),
    ("Zlib", "evaluate", "allow"),
    ("CC0-1.0", "ship", "allow"),
    ("CC-BY-4.0", "ship", "allow"),
    ("MIT", "ship", "allow"),
    ("CC-BY-SA-4.0", "ship", "CC-BY-SA-4.0 asks for share_alike"),
    ("ODbL-1.0", "ship", "asks for share_alike"),
    (
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "ship",
        "asks for share_alike",
    ),
    ("CC-BY-NC-4.0", "ship", "does not allow commercial"),
    ("CC-BY-SA-4.0 OR MIT", "ship", "allow"),
    ("CC-BY-SA-4.0 AND MIT", "ship", "asks for share_alike"),
    (
        "LicenseRef-contract-7",
        "ship",
        "what the licence LicenseRef-contract-7 says of share_alike is not known",
    ),
    ("CC0-1.0", "display", "allow"),
    ("CC-BY-ND-4.0", "display", "allow"),
    ("MIT", "display", "MIT is not listed"),
    ("CC-BY-NC-4.0", "display", "CC-BY-NC-4.0 is not listed"),
    ("CC0-1.0 OR MIT", "display", "allow"),
    ("CC0-1.0", "egress", "the policy allows nothing for egress"),
    ("MIT OR CC0-1.0", "egress", "the policy allows nothing for egress"),
    ("LicenseRef-unspecified", "train", "is not listed"),
    ("LicenseRef-unspecified", "evaluate", "is not known"),
    ("MIT) OR (CC0-1.0", "train", "is no SPDX"),
    ("LGPL-3.0-only", "train", "LGPL-3.0-only is not listed"),
    ("ISC AND LicenseRef-public-domain", "train", "allow"),
    ("ISC AND LicenseRef-other-open", "train", "is not known"),
    ("OGL-UK-3.0", "ship", "allow"),
    ("PDDL-1.0 OR ODbL-1.0", "ship", "allow"),
];

#[test]
fn licences_decide_as_the_table_says() {
    assert!(LICENCES.len() >= 60);
    for (licence, purpose, expected) in LICENCES {
        check(
            &asset(licence, &json!({})),
            purpose,
            expected,
            &format!("{licence} for {purpose}"),
        );
    }
}

#[test]
fn everything_else_decides_as_the_table_says() {
    let verified = |on: &str| json!({ "licence": { "expression": "MIT", "verified": [{ "by": "b", "on": on, "evidence": "e" }] } });
    let cases = [
        ("train", json!({ "licence": null }), "nobody says which licence"),
        (
            "train",
            json!({ "terms": ["model-output:acme"] }),
            "under the terms model-output:acme",
        ),
        ("train", json!({ "terms": ["be-nice"] }), "allow"),
        (
            "ship",
            json!({ "terms": ["no-redistribution"] }),
            "under the terms no-redistribution",
        ),
        (
            "train",
            json!({ "mining": { "reserved": "yes" } }),
            "mining is reserved",
        ),
        (
            "train",
            json!({ "mining": { "reserved": "unknown" } }),
            "nobody has looked whether text and data mining",
        ),
        (
            "evaluate",
            json!({ "mining": { "reserved": "unknown" } }),
            "allow",
        ),
        (
            "evaluate",
            json!({ "mining": { "reserved": "yes" } }),
            "mining is reserved",
        ),
        (
            "train",
            json!({ "personal": null }),
            "nobody has looked for personal data",
        ),
        (
            "train",
            json!({ "personal": { "town": "indirect", "n": "none" } }),
            "`town` holds indirect",
        ),
        (
            "evaluate",
            json!({ "personal": { "key": "pseudonymous" } }),
            "allow",
        ),
        (
            "evaluate",
            json!({ "personal": { "key": "indirect" } }),
            "`key` holds indirect",
        ),
        (
            "ship",
            json!({ "residency": null }),
            "nobody says where it may lie",
        ),
        (
            "ship",
            json!({ "residency": ["US"] }),
            "{US} only, the policy wants {EU, UK}",
        ),
        ("ship", json!({ "residency": ["US", "UK"] }), "allow"),
        ("train", json!({ "residency": ["US"] }), "allow"),
        (
            "ship",
            json!({ "licence": { "expression": "MIT" } }),
            "nobody has looked whether the licence claim",
        ),
        ("train", json!({ "licence": { "expression": "MIT" } }), "allow"),
        ("ship", verified("2025-11-23"), "allow"),
        ("ship", verified("2025-11-22"), "more than 365 days ago"),
        ("ship", verified("2026-11-24"), "after today"),
    ];
    for (purpose, replaced, expected) in cases {
        check(
            &asset("MIT", &replaced),
            purpose,
            expected,
            &format!("{replaced} for {purpose}"),
        );
    }
}

#[test]
fn contents_that_are_not_pinned_are_denied_whatever_else_is_said() {
    let mut asset = asset("CC0-1.0", &json!({}));
    asset.digest = None;
    for purpose in Purpose::ALL {
        check(
            &asset,
            purpose.as_str(),
            "not pinned by a sha256",
            purpose.as_str(),
        );
    }
}

#[test]
fn the_licence_relied_on_decides_what_to_do_in_return() {
    let policy: Policy = POLICY.parse().unwrap();
    let table = LicenceTable::shipped().unwrap();
    for (licence, expected) in [
        ("CC0-1.0", "[]"),
        ("CC-BY-4.0", "[Attribute]"),
        ("CC-BY-SA-4.0", "[Attribute, ShareAlike]"),
        ("CC-BY-SA-4.0 OR CC0-1.0", "[Attribute, ShareAlike]"),
        ("ODbL-1.0 OR CC0-1.0", "[]"),
        ("CC0-1.0 AND MIT", "[Attribute]"),
        ("ODbL-1.0", "[]"),
    ] {
        let decision = decide(
            &policy,
            &table,
            &asset(licence, &json!({})),
            Purpose::Train,
            &today(),
        );
        assert_eq!(format!("{:?}", decision.obligations), expected, "{licence}");
    }
}

#[test]
fn what_is_made_of_two_assets_has_the_strictest_rights_of_both() {
    let clean = asset("CC0-1.0", &json!({}));
    let others = [
        json!({ "licence": null }),
        json!({ "licence": { "expression": "CC-BY-NC-4.0" } }),
        json!({ "terms": ["model-output:acme"] }),
        json!({ "mining": { "reserved": "unknown" } }),
        json!({ "personal": { "name": "direct" } }),
        json!({ "personal": null }),
    ];
    let digest = DIGEST.parse().unwrap();
    check(
        &Asset::derived("both", digest, [&clean, &clean]),
        "train",
        "allow",
        "clean twice",
    );
    check(
        &Asset::derived("nothing", digest, []),
        "train",
        "nobody says",
        "no parent",
    );
    for other in others {
        let other_asset = asset("MIT", &other);
        for parents in [[&clean, &other_asset], [&other_asset, &clean]] {
            let derived = Asset::derived("both", digest, parents);
            let decision = decide(
                &POLICY.parse().unwrap(),
                &LicenceTable::shipped().unwrap(),
                &derived,
                Purpose::Train,
                &today(),
            );
            assert!(!decision.allowed, "{other}: {decision}");
        }
    }
}
