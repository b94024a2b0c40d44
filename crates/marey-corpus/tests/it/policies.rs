//! Reading policies, effects on columns, exceptions.

use chrono::NaiveDate;
use marey_corpus::{Context, LicenceTable, Policy, Purpose, decide};
use serde_json::json;

use crate::decisions::{DIGEST, asset, today};

const OPEN: &str = "[purpose.train]\nrequire = [\"commercial\"]\n";

fn parse(text: &str) -> Policy {
    text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn policies_that_would_allow_by_accident_are_refused() {
    for (text, says) in [
        ("default = \"allow\"", "only \"deny\" is possible"),
        ("default = \"permit\"", "only \"deny\" is possible"),
        ("[purpose.train]", "asks nothing of a licence"),
        (
            "[purpose.train]\nforbid = [\"research\"]",
            "asks nothing of a licence",
        ),
        (
            "[purpose.learn]\nrequire = [\"commercial\"]",
            "`learn` is no purpose: expected one of train, evaluate",
        ),
        ("[purpose.train]\nrequire = [\"comercial\"]", "comercial"),
        (
            "[purpose.train]\nrequire = [\"commercial\"]\nforbid = [\"commercial\"]",
            "both requires and forbids commercial",
        ),
        (
            "[purpose.train]\nrequire = [\"commercial\"]\nlicense = []",
            "license",
        ),
        (
            "[purpose.train]\nrequire = [\"commercial\"]\nverified_within = \"1y\"",
            "expected for example \"365d\"",
        ),
        (
            "[purpose.train]\nrequire = [\"commercial\"]\npersonal_max = \"some\"",
            "some",
        ),
        ("[[exception]]\nasset = \"sha256:00\"", "no digest"),
        ("exeption = 1", "exeption"),
        ("purpose = 3", "purpose"),
    ] {
        let error = text.parse::<Policy>().unwrap_err().to_string();
        assert!(error.contains(says), "{text}\n{error}");
    }
    parse("");
    parse("default = \"deny\"");
}

#[test]
fn effects_on_columns_lower_what_is_left_of_a_person() {
    let people =
        json!({ "personal": { "mail": "direct", "born": "indirect", "illness": "sensitive", "n": "none" } });
    let people = asset("MIT", &people);
    let rule = |personal: &str, effect: &str| {
        format!("[[column]]\npersonal = \"{personal}\"\neffect = \"{effect}\"\n")
    };
    for (most, rules, allowed) in [
        (
            "none",
            vec![("direct", "drop"), ("indirect", "drop"), ("sensitive", "drop")],
            true,
        ),
        ("none", vec![("direct", "drop"), ("indirect", "drop")], false),
        (
            "none",
            vec![("direct", "hash"), ("indirect", "drop"), ("sensitive", "drop")],
            false,
        ),
        (
            "pseudonymous",
            vec![("direct", "hash"), ("indirect", "mask"), ("sensitive", "drop")],
            true,
        ),
        (
            "indirect",
            vec![("direct", "bucket"), ("sensitive", "drop")],
            true,
        ),
        (
            "indirect",
            vec![("direct", "bucket"), ("sensitive", "bucket")],
            false,
        ),
        ("sensitive", vec![], true),
    ] {
        let rules_text: String = rules.iter().map(|(level, effect)| rule(level, effect)).collect();
        let policy = parse(&format!("{OPEN}personal_max = \"{most}\"\n{rules_text}"));
        let decision = decide(
            &policy,
            &LicenceTable::shipped().unwrap(),
            &people,
            Purpose::Train,
            &today(),
        );
        assert_eq!(decision.allowed, allowed, "{most} {rules:?}: {decision}");
        assert_eq!(
            decision.columns.len(),
            if allowed { rules.len() } else { 0 },
            "{most} {rules:?}"
        );
    }
    let elsewhere =
        format!("{OPEN}[[column]]\npersonal = \"direct\"\neffect = \"drop\"\npurpose = [\"evaluate\"]\n");
    let direct = asset("MIT", &json!({ "personal": { "mail": "direct" } }));
    let table = LicenceTable::shipped().unwrap();
    assert!(!decide(&parse(&elsewhere), &table, &direct, Purpose::Train, &today()).allowed);
}

#[test]
fn exceptions_cover_one_content_for_one_purpose_for_a_time() {
    let exception = |asset: &str, purpose: &str| {
        format!(
            "{OPEN}[[exception]]\nasset = \"{asset}\"\npurpose = \"{purpose}\"\nuntil = \"2026-12-01\"\n\
             approved_by = \"legal\"\nreason = \"contract 9\"\n"
        )
    };
    let closed = asset("CC-BY-NC-4.0", &json!({}));
    let other = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let on = |day: u32, withdrawn: Option<&str>| Context {
        today: NaiveDate::from_ymd_opt(2026, 12, day).unwrap(),
        withdrawn: withdrawn.map(str::to_owned),
    };
    for (policy, context, says) in [
        (
            exception(DIGEST, "train"),
            on(1, None),
            "allowed for train; legal excepts it until 2026-12-01: contract 9",
        ),
        (
            exception(DIGEST, "train"),
            on(2, None),
            "the exception for it ended on 2026-12-01",
        ),
        (
            exception(DIGEST, "train"),
            on(1, Some("erasure")),
            "no exception covers what was withdrawn",
        ),
        (exception(DIGEST, "ship"), on(1, None), "denied for train"),
        (exception(other, "train"), on(1, None), "denied for train"),
    ] {
        let decision = decide(
            &parse(&policy),
            &LicenceTable::shipped().unwrap(),
            &closed,
            Purpose::Train,
            &context,
        );
        assert!(decision.to_string().contains(says), "{decision}");
    }
    let nameless = exception(DIGEST, "train").replace("\"legal\"", "\" \"");
    assert!(
        nameless
            .parse::<Policy>()
            .unwrap_err()
            .to_string()
            .contains("empty `approved_by`")
    );
}
