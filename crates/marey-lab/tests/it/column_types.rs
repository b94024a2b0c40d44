//! The task `column-types` on a corpus of a few columns.

use std::{fs, path::Path};

use marey_lab::{
    LabError, Split,
    column_types::{Gold, Options, Outcome, evaluate},
};

/// Two portals, the second of which is kept back.
fn corpus(folder: &Path, labels: &str) {
    for (portal, table) in [
        (
            "data.cityofchicago.org",
            "day,site\n2024-01-31,http://a.org\n2024-02-29,http://b.org\n",
        ),
        (
            "data.winnipeg.ca",
            "latitude,n,nothing\n49.9,1,\n49.8,2,\n49.7,3,\n",
        ),
    ] {
        let folder = folder.join("tables").join(portal);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("t.csv"), table).unwrap();
    }
    let head = "File,FieldOffset,Locale,RecordCount,FieldName,BaseType,SemanticType,Notes\n";
    fs::write(folder.join("labels.csv"), format!("{head}{labels}")).unwrap();
}

const LABELS: &str = "\
tables/data.cityofchicago.org/t.csv,0,en-US,2,day,LocalDate,yyyy-MM-dd,
tables/data.cityofchicago.org/t.csv,1,en-US,2,site,String,URI.URL,
tables/data.winnipeg.ca/t.csv,0,en-CA,3,latitude,Double,COORDINATE.LATITUDE_DECIMAL,
tables/data.winnipeg.ca/t.csv,1,en-CA,3,n,String,,a label that is wrong on purpose
tables/data.winnipeg.ca/t.csv,2,en-CA,3,nothing,String,BLANK,
";

fn run(labels: &str, split: Option<Split>) -> Result<Outcome, LabError> {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path(), labels);
    evaluate(&Options {
        corpus: folder.path().to_owned(),
        split,
    })
}

#[test]
fn right_and_wrong_answers_are_counted() {
    let outcome = run(LABELS, None).unwrap();
    let results = &outcome.results;
    assert_eq!((results.n, results.groups, results.failures), (4, 2, 0));
    let accuracy = results.metrics["physical_accuracy"];
    assert_eq!(
        (accuracy.value, accuracy.low, accuracy.high),
        (0.75, Some(0.5), Some(1.0))
    );
    let wrong: Vec<&str> = outcome
        .items
        .iter()
        .filter(|item| !item.physical_is_right(Gold::Labels))
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(wrong, ["tables/data.winnipeg.ca/t.csv#1"]);
    let latitude = &results.by["semantic"]["latitude"];
    assert_eq!(latitude["f1"], 1.0);
    assert_eq!(latitude["f1_nameless"], 0.0);
}

#[test]
fn a_part_is_scored_alone() {
    let outcome = run(LABELS, Some(Split::Train)).unwrap();
    assert_eq!((outcome.results.n, outcome.results.groups), (2, 1));
    assert_eq!(outcome.results.metrics["physical_accuracy"].low, None);
}

#[test]
fn results_are_written_with_the_names_that_stay() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(LABELS, None).unwrap();
    outcome.results.write(&outcome.items, folder.path()).unwrap();
    let text = fs::read_to_string(folder.path().join("results.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for name in [
        "task", "corpus", "split", "system", "n", "groups", "failures", "metrics", "by", "cost",
    ] {
        assert!(json.get(name).is_some(), "{name}");
    }
    let lines = fs::read_to_string(folder.path().join("items.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 4);
    assert!(!lines.contains("49.9"), "items hold no values");
}

#[test]
fn what_is_wrong_with_a_corpus_is_said() {
    let check = |labels: &str, split, expected: &str| {
        let error = run(labels, split).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let odd = "tables/data.winnipeg.ca/t.csv,0,en,3,x,String,NEVER_SEEN,\n";
    check(odd, None, "the label `NEVER_SEEN` over `String`");
    let position = "tables/data.winnipeg.ca/t.csv,first,en,3,x,String,,\n";
    check(position, None, "row 1: the position `first` is no whole number");
    let winnipeg = "tables/data.winnipeg.ca/t.csv,1,en,3,n,Long,,\n";
    check(
        winnipeg,
        Some(Split::Train),
        "nothing for this task in the split `train`",
    );
}
