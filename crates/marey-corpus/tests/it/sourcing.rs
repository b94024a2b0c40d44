//! What publishers say of rights, and what it comes to.

use std::collections::BTreeMap;

use marey_corpus::{
    Digest, LicenceClass, LicenceTable, Policy, Purpose, decide,
    sourcing::{DataPackage, DeclaredHash, SourcingError},
};

use crate::decisions::today;

/// `datapackage.json` of the npm package vega-datasets 3.2.1 (BSD-3-Clause), without the schemas and
/// descriptions of its resources.
const VEGA_DATASETS: &str = include_str!("vega-datasets.datapackage.json");

/// All that can be allowed of a licence, and nothing asked beside: what is denied is denied for its licence.
const POLICY: &str =
    "[purpose.train]\nrequire = [\"commercial\"]\nmining = \"any\"\npersonal_max = \"sensitive\"\n";

fn vega_datasets() -> DataPackage {
    VEGA_DATASETS.parse().unwrap()
}

#[test]
fn the_licences_of_vega_datasets_are_counted() {
    let table = LicenceTable::shipped().unwrap();
    let mut counts: BTreeMap<LicenceClass, usize> = BTreeMap::new();
    for resource in &vega_datasets().resources {
        *counts
            .entry(LicenceClass::of(resource.licence.as_ref(), &table))
            .or_default() += 1;
    }
    let expected = [
        (LicenceClass::Permissive, 17),
        (LicenceClass::PublicDomainClaim, 21),
        (LicenceClass::OtherOpen, 9),
        (LicenceClass::Copyleft, 2),
        (LicenceClass::NotSpecified, 9),
        (LicenceClass::NoLicence, 15),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

/// The package is under BSD-3-Clause, which covers its code; the files that name no licence have none.
#[test]
fn the_licence_of_a_package_is_not_that_of_its_files() {
    let package = vega_datasets();
    let licence = package.licence.as_ref().unwrap();
    assert_eq!(licence.expression.as_str(), "BSD-3-Clause");
    let (policy, table): (Policy, _) = (POLICY.parse().unwrap(), LicenceTable::shipped().unwrap());
    let allowed = |covers: bool, pinned: bool| {
        let assets = package.manifest(covers).assets();
        let decided = assets.into_iter().map(|mut asset| {
            asset.rights.personal.get_or_insert_default();
            // As if the files had been fetched and hashed.
            asset.digest = pinned.then(|| Digest::of(asset.name.as_bytes()));
            decide(&policy, &table, &asset, Purpose::Train, &today())
        });
        decided.filter(|decision| decision.allowed).count()
    };
    // Permissive, public domain and copyleft; with the package's licence for those that have none.
    assert_eq!(
        (allowed(false, true), allowed(true, true)),
        (17 + 21 + 2, 17 + 21 + 2 + 15)
    );
    assert_eq!(allowed(true, false), 0);
    let unlicensed: Vec<_> = package.manifest(false).assets();
    let denied = unlicensed.iter().filter(|asset| asset.rights.licence.is_none());
    assert_eq!(denied.count(), 15);
}

#[test]
fn a_package_becomes_a_manifest_that_is_read_as_it_was_written() {
    let package = vega_datasets();
    assert_eq!(package.resources.len(), 73);
    let sourced = package
        .resources
        .iter()
        .filter(|resource| !resource.sources.is_empty());
    assert_eq!(sourced.count(), 65);
    // A SHA-1 is kept as the publisher's word, and pins nothing.
    assert!(package.resources.iter().all(
        |resource| matches!(&resource.hash, Some(DeclaredHash::Other(hash)) if hash.starts_with("sha1:"))
    ));
    let manifest = package.manifest(false);
    assert!(manifest.files.iter().all(|file| file.digest.is_none()));
    let read: marey_corpus::manifest::Manifest = manifest.to_json().to_string().parse().unwrap();
    assert_eq!(read, manifest);
}

#[test]
fn parts_and_hashes_of_resources_are_read() {
    let digest = Digest::of(b"x");
    let text = format!(
        r#"{{"name":"p","resources":[
            {{"name":"one","path":"a.csv","hash":"{digest}","licenses":[{{"name":"CC-BY-4.0"}},{{"name":"MIT"}}]}},
            {{"name":"two","path":["b.csv","c.csv"],"hash":"d41d8cd98f00b204e9800998ecf8427e"}}]}}"#
    );
    let package: DataPackage = text.parse().unwrap();
    assert_eq!(package.resources[0].hash, Some(DeclaredHash::Sha256(digest)));
    let claim = package.resources[0].licence.as_ref().unwrap();
    assert_eq!(claim.expression.as_str(), "(CC-BY-4.0) AND (MIT)");
    let manifest = package.manifest(false);
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["one", "b.csv", "c.csv"]);
    assert_eq!(manifest.files[0].digest, Some(digest));
}

#[test]
fn what_is_no_package_is_refused() {
    for text in [
        "",
        "[]",
        r#"{"resources":3}"#,
        r#"{"resources":[{"licenses":"MIT"}]}"#,
    ] {
        let error = text.parse::<DataPackage>().unwrap_err();
        assert!(matches!(error, SourcingError::Json { .. }), "{text}: {error}");
    }
}
