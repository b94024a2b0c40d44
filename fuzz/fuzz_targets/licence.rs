//! Any text as a licence expression: judged without a panic, the same each time, and never allowed where every licence
//! is refused.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use marey_corpus::{LicenceClaim, LicenceClass, LicenceExpression, LicenceNames, LicenceTable};

static LICENCES: LazyLock<LicenceTable> = LazyLock::new(|| LicenceTable::shipped().expect("the shipped table is whole"));

fuzz_target!(|text: &str| {
    let expression = LicenceExpression::new(text);
    let refused = expression.judge(|_| Err("no".into()));
    assert!(!refused.allowed);
    let allowed = expression.judge(|_| Ok(()));
    assert_eq!(allowed.allowed, expression.problem().is_none());
    // What is asked beside can only be asked more of.
    let both = expression.and(&LicenceExpression::new("MIT"));
    assert!(!both.judge(|id| if id == "MIT" { Err("no".into()) } else { Ok(()) }).allowed || text == "MIT");
    LicenceNames::shipped().expression(text);
    let claim = LicenceClaim {
        expression,
        verified: Vec::new(),
    };
    LicenceClass::of(Some(&claim), &LICENCES);
});
