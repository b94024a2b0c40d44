//! Manifests: written and read, in every spelling, and stricter than the reference validator.

use marey_core::PhysicalType;
use marey_corpus::{
    Digest, LicenceTable, Purpose, decide,
    manifest::{FileObject, Manifest, RecordField, RecordSet},
};
use serde_json::{Value, json};

use crate::decisions::{POLICY, asset, today};

const RAIN: &[u8] = b"year,rain\n2023,790.5\n2024,812.25\n";

fn rain() -> Manifest {
    Manifest {
        name: "rain".into(),
        description: "Rain by year".into(),
        url: Some("https://example.com/rain".into()),
        version: Some("1.0.0".into()),
        date_published: Some("2026-11-23".into()),
        creators: vec!["The weather office".into()],
        licences: vec!["https://creativecommons.org/publicdomain/zero/1.0/".into()],
        files: vec![FileObject {
            id: "rain.csv".into(),
            name: "rain.csv".into(),
            content_url: "tables/rain.csv".into(),
            encoding_format: "text/csv".into(),
            digest: Some(Digest::of(RAIN)),
            rights: Some(asset("CC0-1.0", &json!({})).rights),
            ..FileObject::default()
        }],
        record_sets: vec![RecordSet {
            id: "rain".into(),
            name: "rain".into(),
            fields: vec![
                RecordField::of_column("rain", "year", PhysicalType::Int, "rain.csv"),
                RecordField::of_column("rain", "rain", PhysicalType::Float, "rain.csv"),
            ],
            ..RecordSet::default()
        }],
        ..Manifest::default()
    }
}

fn read(json: &Value) -> Manifest {
    json.to_string()
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{json}"))
}

fn decision(manifest: &Manifest) -> String {
    let (policy, table) = (POLICY.parse().unwrap(), LicenceTable::shipped().unwrap());
    decide(&policy, &table, &manifest.assets()[0], Purpose::Train, &today()).to_string()
}

#[test]
fn what_is_written_is_read() {
    let json = rain().to_json();
    assert_eq!(read(&json), rain());
    assert_eq!(json["distribution"][0]["sha256"], Digest::of(RAIN).hex());
    assert_eq!(decision(&rain()), "rain.csv allowed for train");
}

#[test]
fn members_that_are_not_known_come_back_where_they_stood() {
    let mut json = rain().to_json();
    json["rai:dataBiases"] = json!("wet years only");
    json["prov:wasDerivedFrom"] = json!([{ "@id": "https://example.com/raw" }]);
    json["usageInfo"] = json!({ "@type": "odrl:Offer", "odrl:permission": [] });
    json["distribution"][0]["md5"] = json!("x");
    json["recordSet"][0]["key"] = json!({ "@id": "rain/year" });
    json["recordSet"][0]["field"][1]["source"]["transform"] = json!({ "regex": "(.*)" });
    let written = read(&json).to_json();
    assert_eq!(written, read(&written).to_json());
    for pointer in [
        "/rai:dataBiases",
        "/prov:wasDerivedFrom",
        "/usageInfo",
        "/distribution/0/md5",
        "/recordSet/0/key",
        "/recordSet/0/field/1/source",
    ] {
        assert_eq!(written.pointer(pointer), json.pointer(pointer), "{pointer}");
    }
}

#[test]
fn every_spelling_of_a_term_is_the_same_manifest() {
    let plain = rain().to_json().to_string();
    let prefixed = plain
        .replace("\"name\":", "\"sc:name\":")
        .replace("\"distribution\":", "\"https://schema.org/distribution\":")
        .replace("\"recordSet\":", "\"cr:recordSet\":")
        .replace("\"field\":", "\"http://mlcommons.org/croissant/field\":")
        .replace("\"conformsTo\":", "\"dct:conformsTo\":")
        .replace("\"license\":", "\"http://schema.org/license\":")
        .replace("\"sc:Dataset\"", "\"https://schema.org/Dataset\"");
    assert_ne!(plain, prefixed);
    assert_eq!(prefixed.parse::<Manifest>().unwrap(), rain());
}

#[test]
fn the_licence_of_a_file_comes_before_that_of_the_whole_and_its_rights_before_both() {
    let mut manifest = rain();
    let expression = |manifest: &Manifest| {
        manifest.assets()[0]
            .rights
            .licence
            .as_ref()
            .map(|claim| claim.expression.as_str().to_owned())
    };
    manifest.files[0].rights = None;
    assert_eq!(expression(&manifest).as_deref(), Some("CC0-1.0"));
    manifest.files[0].licences = vec!["MIT".into(), "http://creativecommons.org/licenses/by/4.0/".into()];
    assert_eq!(expression(&manifest).as_deref(), Some("(MIT) AND (CC-BY-4.0)"));
    manifest.files[0].rights = rain().files[0].rights.clone();
    assert_eq!(expression(&manifest).as_deref(), Some("CC0-1.0"));
}

/// The reference validator passes a data set without licence with a warning, and one with a wrong
/// sha256 without reading a byte.
#[test]
fn what_the_reference_validator_lets_pass_is_denied() {
    let mut manifest = rain();
    (manifest.licences, manifest.files[0].rights) = (Vec::new(), None);
    assert!(decision(&manifest).contains("nobody says which licence it is under"));
    let mut manifest = rain();
    manifest.files[0].digest = None;
    assert!(decision(&manifest).contains("its contents are not pinned by a sha256"));
    let mut manifest = rain();
    manifest.licences = vec!["see the website".into()];
    manifest.files[0].rights = None;
    assert!(decision(&manifest).contains("`see the website` is no SPDX licence expression"));
}

#[test]
fn what_is_no_manifest_is_refused_with_its_place() {
    let change = |pointer: &str, value: Value| {
        let mut json = rain().to_json();
        *json.pointer_mut(pointer).unwrap() = value;
        json.to_string()
    };
    for (text, says) in [
        ("{".to_owned(), "is no JSON"),
        ("[]".to_owned(), "$ is a list; expected an object"),
        (
            change("/@type", json!("sc:Movie")),
            "$.@type is `sc:Movie`; expected a data set",
        ),
        (
            change("/conformsTo", json!("http://mlcommons.org/croissant/2.0")),
            "$.conformsTo is `http://mlcommons.org/croissant/2.0`",
        ),
        (change("/conformsTo", Value::Null), "$.conformsTo is missing"),
        (change("/name", json!([1])), "$.name is a list; expected text"),
        (change("/name", Value::Null), "$.name is missing; expected text"),
        (
            change("/distribution/0", json!("rain.csv")),
            "$.distribution[0] is text; expected an object",
        ),
        (
            change("/distribution/0/marey:rights", json!({ "licens": 1 })),
            "$.distribution[0].marey:rights cannot be read",
        ),
        (
            change("/recordSet/0/field/0", json!(3)),
            "$.recordSet[0].field[0] is a number",
        ),
    ] {
        let error = text.parse::<Manifest>().unwrap_err().to_string();
        assert!(error.contains(says), "{error} does not say `{says}`");
    }
}

/// mlcroissant refuses white space in identifiers, and takes two things with one identifier for one.
#[test]
fn identifiers_are_those_that_the_reference_reader_takes() {
    let mut manifest = rain();
    manifest.record_sets[0].id = "rain.csv".into();
    manifest.record_sets[0].fields = ["a b", "a%b", "a_b", "a^b"]
        .map(|column| RecordField::of_column("rain", column, PhysicalType::Int, "rain.csv"))
        .into();
    let json = manifest.to_json();
    assert_eq!(json["recordSet"][0]["@id"], "rain.csv/records");
    let ids: Vec<&str> = (0..4)
        .map(|field| json["recordSet"][0]["field"][field]["@id"].as_str().unwrap())
        .collect();
    let different: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(different.len(), 4);
    assert!(ids.iter().all(|id| !id.contains([' ', '%', '^'])), "{ids:?}");
    assert_eq!(
        json["recordSet"][0]["field"][0]["source"]["extract"]["column"],
        "a b"
    );
    assert_eq!(read(&json).to_json(), json);
}

/// Shapes of the standard's own examples of version 1.1 (github.com/mlcommons/croissant, datasets/1.1): an address or 63
/// digits where a sha256 should be, sets of files, splits with their data in place, nested and repeated fields, terms
/// without prefix under a context of the document's own, one text for each language.
#[test]
fn shapes_of_the_standards_own_examples_are_read() {
    let hub = json!({
        "@context": { "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/" },
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": { "en": "chats", "de": "Gespräche" },
        "description": { "@value": "Chats", "@language": "en" },
        "license": ["https://choosealicense.com/licenses/odc-by/", { "@type": "sc:CreativeWork", "name": "ODC-By" }],
        "creator": [{ "@type": "Person", "name": "A" }, "B"],
        "distribution": [
            { "@type": "cr:FileObject", "@id": "repo", "contentUrl": "https://example.com/tree", "encodingFormat": "git+https",
              "sha256": "https://github.com/mlcommons/croissant/issues/80" },
            { "@type": "cr:FileSet", "@id": "parquet", "containedIn": { "@id": "repo" }, "includes": ["a/*.parquet"],
              "encodingFormat": ["application/x-parquet", "application/vnd.apache.parquet"] },
            { "@type": "cr:FileSet", "@id": "warc", "containedIn": { "fileObject": { "@id": "repo" },
              "transform": { "unArchive": true, "readLines": true } }, "contentSize": "97.73 TiB" },
            { "@type": "FileObject", "@id": "paths", "contentUrl": "s3://bucket/paths.gz",
              "sha256": "97441dcd9ffe73099b4238cc4c327b0adffc72137b712a886b7f913e7a68ebf" },
        ],
        "recordSet": [
            { "@type": "cr:RecordSet", "@id": "splits", "dataType": "cr:Split", "key": { "@id": "splits/name" },
              "field": { "@type": "cr:Field", "@id": "splits/name", "dataType": "sc:Text" },
              "data": [{ "splits/name": "train" }] },
            { "@type": "RecordSet", "@id": "default", "field": [
                { "@type": "cr:Field", "@id": "default/turns", "repeated": true, "isArray": true, "arrayShape": "-1", "subField": [
                    { "@type": "cr:Field", "@id": "default/turns/text", "dataType": ["sc:Text", "wd:Q11028"], "source": {
                        "fileSet": { "@id": "parquet" }, "extract": { "column": "turns" },
                        "transform": [{ "jsonPath": "header" }, { "jsonPath": "text" }] } },
                ] },
                { "@type": "cr:Field", "@id": "default/split", "source": { "fileSet": { "@id": "parquet" },
                  "extract": { "fileProperty": "fullpath" }, "transform": { "regex": "(train)/.+" } },
                  "references": { "field": { "@id": "splits/name" } } },
            ] },
        ],
    });
    let manifest = read(&hub);
    assert_eq!(
        (manifest.name.as_str(), manifest.description.as_str()),
        ("chats", "Chats")
    );
    assert_eq!(
        (
            manifest.files.len(),
            manifest.record_sets.len(),
            manifest.creators.len()
        ),
        (4, 2, 2)
    );
    assert!(manifest.files.iter().all(|file| file.digest.is_none()));
    assert!(decision(&manifest).contains("its contents are not pinned by a sha256"));
    let written = manifest.to_json();
    assert_eq!(written, read(&written).to_json());
    for pointer in [
        "/name",
        "/description",
        "/distribution/0/sha256",
        "/distribution/1/includes",
        "/recordSet/0/data",
        "/recordSet/1/field/0/subField",
        "/recordSet/1/field/1/source",
    ] {
        assert_eq!(written.pointer(pointer), hub.pointer(pointer), "{pointer}");
    }
}
