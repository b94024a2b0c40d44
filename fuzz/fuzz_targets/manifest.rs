//! Any text as a Croissant manifest, a data package or a data card: refused, or read, and a manifest is written so
//! that it is read alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_corpus::{
    manifest::Manifest,
    sourcing::{DataPackage, DatasetCard, MiningCarrier, MiningSignal, reservation},
};

fuzz_target!(|text: &str| {
    if let Ok(manifest) = text.parse::<Manifest>() {
        manifest.assets();
        let written = manifest.to_json();
        let again: Manifest = written.to_string().parse().expect("what was written is a manifest");
        assert_eq!(again.to_json(), written);
    }
    if let Ok(package) = text.parse::<DataPackage>() {
        package.manifest(false).to_json();
    }
    if let Ok(card) = text.parse::<DatasetCard>() {
        card.rights();
    }
    for carrier in [
        MiningCarrier::TdmrepJson,
        MiningCarrier::HttpHeaders,
        MiningCarrier::Html,
        MiningCarrier::RobotsTxt,
    ] {
        let signal = MiningSignal {
            carrier,
            text: text.to_owned(),
            fetched: Default::default(),
        };
        reservation("/data/rain.csv", &[signal]);
    }
});
