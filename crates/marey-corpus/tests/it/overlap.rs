//! Tables and requests that two corpora have in common, and locks that pin what they hold.

use std::{fmt::Write, fs, path::Path};

use marey_corpus::{
    duplicate::{Likeness, TableSketch, contamination},
    folder::{Corpus, CorpusWriter, Description, Example, TablePath},
    lock::{Lock, LockError, LockFaultKind},
};
use marey_table::read::{ReadOptions, read};

fn sketch(csv: &str) -> TableSketch {
    let table = read("t.csv", csv.into(), &ReadOptions::default()).unwrap().value;
    TableSketch::of(csv.as_bytes(), &table)
}

/// A table of `rows` rows whose values begin with a word.
fn csv(header: &str, word: &str, rows: std::ops::Range<u32>, order: [usize; 3]) -> String {
    let mut csv = format!("{header}\n");
    for row in rows {
        let cells = [
            format!("{word}{row:05}"),
            format!("{}", row * 37),
            format!("{}", row % 7),
        ];
        let _ = writeln!(csv, "{},{},{}", cells[order[0]], cells[order[1]], cells[order[2]]);
    }
    csv
}

#[test]
fn tables_are_known_by_their_contents() {
    let table = csv("id,a,b", "item", 0..600, [0, 1, 2]);
    let own = sketch(&table);
    assert_eq!(own.likeness(&sketch(&table)), Some(Likeness::SameBytes));
    let renamed = csv("b,x,y", "item", 0..600, [2, 0, 1]);
    assert_eq!(own.likeness(&sketch(&renamed)), Some(Likeness::SameRows));

    let shifted = csv("id,a,b", "item", 100..700, [0, 1, 2]);
    let Some(Likeness::CommonRows(share)) = own.likeness(&sketch(&shifted)) else {
        panic!("{:?}", own.likeness(&sketch(&shifted)))
    };
    assert!((share - 500.0 / 700.0).abs() < 0.1, "{share}");

    let dropped: String = table
        .lines()
        .map(|line| format!("{}\n", line.split(',').next().unwrap()))
        .collect();
    let Some(Likeness::CommonValues(share)) = own.likeness(&sketch(&dropped)) else {
        panic!("{:?}", own.likeness(&sketch(&dropped)))
    };
    assert!(share > 0.95, "{share}");

    let other = csv("id,a,b", "thing", 0..600, [0, 1, 2]);
    assert_eq!(own.likeness(&sketch(&other)), None);
    assert_eq!(own.likeness(&sketch("a,b\n1,2\n3,4\n")), None);
}

fn corpus(folder: &Path, tables: &[(&str, &str, &str)]) -> Corpus {
    let mut writer = CorpusWriter::create(folder).unwrap();
    for (id, csv, request) in tables {
        let path = TablePath::new(format!("tables/{id}.csv")).unwrap();
        let table = read("t.csv", (*csv).into(), &ReadOptions::default())
            .unwrap()
            .value;
        writer.table(&path, csv.as_bytes(), &table, &[]).unwrap();
        let mut example = Example::new(*id, "g");
        example.tables = vec![path];
        example.requests = vec![(*request).to_owned()];
        writer.example(&example).unwrap();
    }
    writer.finish(Description::default()).unwrap();
    Corpus::open(folder).unwrap()
}

#[test]
fn corpora_are_compared_by_tables_and_requests() {
    let temporary = tempfile::tempdir().unwrap();
    let (table, other) = (
        csv("id,a,b", "item", 0..50, [0, 1, 2]),
        csv("id,a,b", "thing", 0..50, [0, 1, 2]),
    );
    let renamed = csv("x,y,z", "item", 0..50, [1, 0, 2]);
    let first = corpus(
        &temporary.path().join("a"),
        &[("one", &table, "How many items?"), ("two", &other, "Sum of A")],
    );
    let second = corpus(
        &temporary.path().join("b"),
        &[
            ("uno", &renamed, "how many ITEMS"),
            ("due", "k\n1\n2\n", "sum of a!"),
        ],
    );
    let found = contamination(&first, &second).unwrap();
    assert_eq!(found.tables, [2, 2]);
    assert_eq!(found.alike.len(), 1);
    assert_eq!(
        (found.alike[0].first.as_str(), found.alike[0].second.as_str()),
        ("tables/one.csv", "tables/uno.csv")
    );
    assert_eq!(found.alike[0].likeness, Likeness::SameRows);
    assert_eq!((found.same_requests, found.same_requests_on_alike_tables), (2, 1));
    assert_eq!(found.examples_on_alike_tables, 1);
}

#[test]
fn locks_tell_what_changed() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a");
    corpus(&folder, &[("one", "k\n1\n2\n", "x"), ("two", "k\n3\n", "y")]);
    let lock = || Lock::of([("a".to_owned(), folder.as_path())]).unwrap();
    let pinned: Lock = lock().to_json().parse().unwrap();
    assert_eq!(pinned, lock());
    assert_eq!(
        pinned.corpora["a"].files.len(),
        4,
        "every file, manifest included"
    );
    assert!(pinned.faults(&lock()).is_empty());

    fs::write(folder.join("tables/one.csv"), "k\n1\n9\n").unwrap();
    fs::remove_file(folder.join("tables/two.csv")).unwrap();
    fs::write(folder.join("tables/new.csv"), "k\n").unwrap();
    let faults = pinned.faults(&lock());
    let kinds: Vec<(&str, LockFaultKind)> = faults
        .iter()
        .map(|fault| (fault.file.as_str(), fault.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("tables/new.csv", LockFaultKind::Added),
            ("tables/one.csv", LockFaultKind::Changed),
            ("tables/two.csv", LockFaultKind::Missing),
        ]
    );
    assert_eq!(
        faults[1].to_string(),
        "`tables/one.csv` of `a` has other contents"
    );
}

#[test]
fn locks_that_were_changed_by_hand_are_refused() {
    let temporary = tempfile::tempdir().unwrap();
    fs::write(temporary.path().join("a.csv"), "k\n").unwrap();
    let text = Lock::of([("a".to_owned(), temporary.path())]).unwrap().to_json();
    let renamed: Result<Lock, LockError> = text.replace("a.csv", "b.csv").parse();
    assert!(matches!(renamed, Err(LockError::Digest { .. })));
    let later: Result<Lock, LockError> = text.replace("\"version\": 1", "\"version\": 2").parse();
    assert!(matches!(later, Err(LockError::Version { found: 2 })));
    assert!(matches!("{}".parse::<Lock>(), Err(LockError::Json(_))));
}
