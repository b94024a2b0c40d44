//! What is read from outside, with bytes changed at random: refused or read, never a panic. The fuzz targets do the same
//! for longer, guided by what the code does.

use marey_corpus::{
    Asset, Context, Digest, LicenceClaim, LicenceClass, LicenceExpression, LicenceNames, LicenceTable,
    Policy, Purpose, Rights, audit, decide,
    lineage::WeightsClaim,
    lock::Lock,
    manifest::Manifest,
    sourcing::{DataPackage, DatasetCard, MiningCarrier, MiningSignal, reservation},
    vql::{ChartKind, Query, chart_of_database},
};
use marey_table::read::{ReadOptions, read};
use proptest::prelude::*;

const MANIFEST: &str = r#"{"@context":{"sc":"https://schema.org/"},"@type":"sc:Dataset","conformsTo":"http://mlcommons.org/croissant/1.1","name":"rain","license":["CC0-1.0"],"distribution":[{"@type":"cr:FileObject","@id":"a","name":"a.csv","contentUrl":"a.csv","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","marey:rights":{"licence":{"expression":"CC-BY-4.0","verified":[{"by":"x","on":"2026-01-02","evidence":"y"}]},"personal":{"year":"none"},"mining":{"reserved":"no"}}}],"recordSet":[{"@type":"cr:RecordSet","@id":"r","field":[{"@type":"cr:Field","@id":"r/y","dataType":"sc:Integer","source":{"fileObject":{"@id":"a"},"extract":{"column":"y"}}}]}]}"#;

const POLICY: &str = "default = \"deny\"\n[purpose.train]\nlicences = [\"CC0-1.0\", \"LicenseRef-x-*\"]\nrequire = [\"commercial\"]\nforbid = [\"research\"]\nterms_deny = [\"m:*\"]\npersonal_max = \"none\"\nmining = \"not-reserved\"\nresidency = [\"EU\"]\nverified_within = \"365d\"\n[[column]]\npersonal = \"direct\"\neffect = \"hash\"\npurpose = [\"train\"]\n[[exception]]\nasset = \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\npurpose = \"train\"\nuntil = \"2027-03-01\"\napproved_by = \"l\"\nreason = \"r\"\n";

const EXPRESSIONS: [&str; 4] = [
    "MIT OR (Apache-2.0 AND CC-BY-4.0)",
    "GPL-2.0-only WITH Classpath-exception-2.0",
    "LicenseRef-contract-9 AND DocumentRef-x:LicenseRef-y",
    "CC-BY-NC-SA-4.0+",
];

const PACKAGE: &str = r#"{"name":"p","licenses":[{"name":"BSD-3-Clause","path":"x"}],"resources":[{"path":["a.csv"],"hash":"sha1:00","licenses":[{"name":"cc0-1.0"}],"sources":[{"title":"t"}]}]}"#;

const CARD: &str = "---\nlicense: other\nlicense_name: x\nlicense_link: y\nextra_gated_prompt: z\nconfigs:\n- config_name: d\n  data_files: [a, b]\n---\n# Card\n";

const QUERIES: [&str; 3] = [
    "Visualize BAR SELECT a , COUNT(*) FROM t WHERE (b = \"x\" OR a BETWEEN 1 AND 3) AND b NOT LIKE '%y_' GROUP BY a ORDER BY COUNT(*) DESC",
    "Visualize LINE SELECT c , AVG(max(a)) FROM t AS T1 JOIN u AS T2 ON T1.a = T2.a GROUP BY c HAVING COUNT(*) > 1 LIMIT 3 BIN c BY MONTH",
    "Visualize PIE SELECT b , SUM(a) FROM t WHERE a NOT IN (SELECT a FROM t WHERE a != \"null\") UNION SELECT b , a FROM u",
];

/// A text with some of its characters taken out, doubled, exchanged or replaced.
fn changed(text: &'static str) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..5_u8, any::<char>());
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, kind, letter) in changes {
            if letters.is_empty() {
                break;
            }
            let at = at.index(letters.len());
            match kind {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letter),
                2 => letters[at] = letter,
                3 => letters.truncate(at),
                _ => {
                    let again: Vec<char> = letters[at..].to_vec();
                    letters.extend(again);
                }
            }
        }
        letters.into_iter().collect()
    })
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_flat_map(changed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn manifests(text in changed(MANIFEST)) {
        if let Ok(manifest) = text.parse::<Manifest>() {
            manifest.assets();
            let written = manifest.to_json();
            let again: Manifest = written.to_string().parse().expect("what was written is a manifest");
            prop_assert_eq!(again.to_json(), written);
        }
    }

    #[test]
    fn policies(text in changed(POLICY)) {
        if let Ok(policy) = text.parse::<Policy>() {
            let licences = LicenceTable::shipped().unwrap();
            let unknown = Asset { name: "a".into(), digest: Some(Digest::of(b"")), rights: Rights::default() };
            let context = Context { today: Default::default(), withdrawn: None };
            for purpose in Purpose::ALL {
                prop_assert!(!decide(&policy, &licences, &unknown, purpose, &context).allowed);
            }
        }
    }

    #[test]
    fn licences(text in one_of(&EXPRESSIONS)) {
        let expression = LicenceExpression::new(&text);
        prop_assert!(!expression.judge(|_| Err("no".into())).allowed);
        prop_assert_eq!(expression.judge(|_| Ok(())).allowed, expression.problem().is_none());
        LicenceNames::shipped().expression(&text);
        let claim = LicenceClaim { expression, verified: Vec::new() };
        LicenceClass::of(Some(&claim), &LicenceTable::shipped().unwrap());
    }

    #[test]
    fn packages_and_cards(package in changed(PACKAGE), card in changed(CARD)) {
        if let Ok(package) = package.parse::<DataPackage>() {
            package.manifest(false).to_json();
        }
        if let Ok(card) = card.parse::<DatasetCard>() {
            card.rights();
        }
        for carrier in [MiningCarrier::TdmrepJson, MiningCarrier::HttpHeaders, MiningCarrier::Html, MiningCarrier::RobotsTxt] {
            let signal = MiningSignal { carrier, text: card.clone(), fetched: Default::default() };
            reservation("/data/rain.csv", &[signal]);
        }
    }

    #[test]
    fn queries(text in one_of(&QUERIES)) {
        if let Ok(query) = text.parse::<Query>() {
            let table = |name: &str| {
                let csv = "a,b,c\n1,x,2020-01-02\n2,y,\n,x,2021-03-04\n";
                read("t.csv", csv.into(), &ReadOptions::default()).unwrap().value.renamed(name)
            };
            let tables: Vec<_> = query.tables().iter().map(|name| table(name)).collect();
            let borrowed: Vec<_> = tables.iter().collect();
            let _ = chart_of_database(&query, ChartKind::Bar, &borrowed);
        }
    }

    #[test]
    fn bytes_of_other_files(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = WeightsClaim::read(&bytes);
        let _ = audit::verify(&bytes, None);
        let _ = String::from_utf8_lossy(&bytes).parse::<Lock>();
    }
}
