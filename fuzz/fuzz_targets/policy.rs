//! Any text as a policy: refused, or it decides on an asset of which nothing is known, and allows nothing.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use marey_corpus::{Asset, Context, Digest, LicenceTable, Policy, Purpose, Rights, decide};

static LICENCES: LazyLock<LicenceTable> = LazyLock::new(|| LicenceTable::shipped().expect("the shipped table is whole"));

fuzz_target!(|text: &str| {
    let _ = LICENCES.clone().extend(text);
    let Ok(policy) = text.parse::<Policy>() else {
        return;
    };
    let unknown = Asset {
        name: "a".into(),
        digest: Some(Digest::of(b"")),
        rights: Rights::default(),
    };
    let context = Context {
        today: Default::default(),
        withdrawn: None,
    };
    for purpose in Purpose::ALL {
        let decision = decide(&policy, &LICENCES, &unknown, purpose, &context);
        assert!(!decision.allowed || decision.exception.is_some(), "{decision}");
        decision.to_string();
    }
});
