//! The task `insights`: planted facts are found, false claims are counted, and programs can answer.

use std::{fmt::Write, fs, path::Path};

use marey_lab::{LabError, Model, insights};
use serde_json::{Value, json};

/// A table of a city and two measures, of which the first is higher in Rome where that is planted, in a fixed scatter.
fn table(planted: bool) -> String {
    let cities = ["Rome", "Oslo", "Bern", "Riga"];
    let mut csv = String::from("record_id,city,sales,age\n");
    let mut state = 7_u64;
    let mut scatter = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24)
    };
    for row in 0..600 {
        let city = cities[(scatter() * 4.0) as usize % 4];
        let more = if planted && city == "Rome" { 4.0 } else { 0.0 };
        let sales: f64 = (0..6).map(|_| scatter()).sum::<f64>() + more;
        let age: f64 = (0..6).map(|_| scatter()).sum::<f64>() * 10.0;
        let _ = writeln!(csv, "{row},{city},{sales:.4},{age:.3}");
    }
    csv
}

fn corpus(folder: &Path) {
    fs::create_dir_all(folder.join("tables")).unwrap();
    fs::write(folder.join("tables/one_outstanding_first_g4_0.csv"), table(true)).unwrap();
    fs::write(folder.join("tables/null_iid_0.csv"), table(false)).unwrap();
    let schema = |table: &str, groups: Value, noise: bool| json!({ "table": table, "id": "record_id", "groups": groups, "marginal": [], "null": noise });
    let lines = [
        schema("one_outstanding_first_g4_0", json!([["city", "sales"]]), false),
        schema("null_iid_0", json!([]), true),
    ];
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(folder.join("schema.jsonl"), lines).unwrap();
    let truth = json!({
        "table": "one_outstanding_first_g4_0", "type": "outstanding_first", "grade": 4,
        "columns": ["city", "sales"], "focus": ["Rome"], "direction": "high",
    });
    fs::write(folder.join("truth.jsonl"), format!("{truth}\n")).unwrap();
}

fn evaluated(model: Model) -> insights::Outcome {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    insights::evaluate(&insights::Options {
        corpus: folder.path().to_owned(),
        model,
        k: insights::K,
        limit: None,
    })
    .unwrap()
}

#[test]
fn the_miner_finds_what_was_planted_and_is_quiet_on_noise() {
    let outcome = evaluated(Model::Rules);
    let figure = |name: &str| outcome.results.metrics[name].value;
    assert_eq!((outcome.results.n, outcome.results.failures), (2, 0));
    assert_eq!((figure("recall"), figure("recall_grade_4")), (1.0, 1.0));
    assert_eq!(figure("noise_with_claim"), 0.0);
    assert_eq!(outcome.results.by["fact"]["outstanding_first"]["n"], 1);
}

#[test]
fn a_program_is_asked_and_its_false_claims_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("miner.sh");
    let right = r#"{"type":"group_difference","columns":["city","sales"],"focus":["Rome"],"direction":"up","score":1}"#;
    let wrong = r#"{"type":"correlation","columns":["age","sales"],"direction":"pos","score":2}"#;
    let script = r#"echo '{"name":"p"}'
while read -r line; do
  id=$(echo "$line" | sed 's/.*"id":"\([^"]*\)".*/\1/')
  printf '{"id":"%s","claims":[%s]}\n' "$id" "$(cat claims)"
done
"#;
    fs::write(&path, script).unwrap();
    fs::write(folder.path().join("claims"), format!("{right},{wrong}")).unwrap();
    let command = format!("cd {} && sh miner.sh", folder.path().display());
    let outcome = evaluated(Model::Command(command));
    let figure = |name: &str| outcome.results.metrics[name].value;
    assert_eq!(outcome.results.failures, 0, "{:?}", outcome.items);
    assert_eq!((figure("recall"), figure("false_share")), (1.0, 0.5));
    assert_eq!(figure("noise_with_claim"), 1.0);
    assert_eq!(outcome.items[0].false_claims, 2, "nothing is connected in noise");
}

#[test]
fn other_systems_and_broken_lists_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    let mut options = insights::Options {
        corpus: folder.path().to_owned(),
        model: Model::Majority,
        k: insights::K,
        limit: None,
    };
    assert!(matches!(
        insights::evaluate(&options),
        Err(LabError::NoMiner { .. })
    ));
    options.model = Model::Rules;
    fs::write(folder.path().join("truth.jsonl"), "{\"table\": 1}\n").unwrap();
    let error = insights::evaluate(&options).unwrap_err().to_string();
    assert!(error.contains("truth.jsonl`, line 1"), "{error}");
}
