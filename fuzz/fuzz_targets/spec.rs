//! Any text as a spec: no panic, and what was read is read again the same from what is written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_core::ChartSpec;

fuzz_target!(|text: &str| {
    if let Ok(spec) = ChartSpec::from_json_str(text) {
        let written = spec.value.to_json();
        let again = ChartSpec::from_json(&written).expect("what Marey writes, Marey reads");
        assert_eq!(again.value.to_json(), written);
        let _ = spec.value.validate();
        let _ = spec.value.canonical();
    }
});
