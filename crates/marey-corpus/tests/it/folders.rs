//! Corpora as folders: written, read back, and refused where they are no corpora.

use std::{fs, path::Path};

use marey_core::ChartSpec;
use marey_corpus::{
    Digest, Split,
    folder::{
        Corpus, CorpusWriter, Description, Example, ExampleLines, FolderError, LabelledColumn, Preference,
        TablePath,
    },
};
use marey_table::{
    Table,
    read::{ReadOptions, read},
};
use serde_json::{Value, json};

const FILMS: &str = "title,year\nA,2001\nB,2003\n";

fn chart(json: Value) -> ChartSpec {
    ChartSpec::from_json(&json).unwrap().value
}

fn table(name: &str, csv: &str) -> Table {
    read(name, csv.into(), &ReadOptions::default()).unwrap().value
}

fn path(text: &str) -> TablePath {
    TablePath::new(text).unwrap()
}

fn full_example() -> Example {
    let bar = json!({ "mark": "bar", "encoding": { "x": { "field": "year", "type": "ordinal" }, "y": { "aggregate": "count" } } });
    let line = json!({ "mark": "line", "encoding": { "x": { "field": "year" } } });
    let row = json!({ "x": 2001, "y": 1 });
    let mut example = Example::new("7", "cinema");
    example.split = Split::Dev;
    example.other_splits.insert("unseen_db".into(), Split::Test);
    example.tables = vec![path("tables/cinema/film.csv")];
    example.requests = vec!["films per year".into()];
    example.charts = vec![chart(bar.clone())];
    example.query = Some("Visualize BAR SELECT year , COUNT(*) FROM film".into());
    example.result = Some(vec![row.as_object().unwrap().clone()]);
    example.preference = Some(Preference {
        better: chart(bar),
        worse: chart(line),
    });
    example.columns = vec![LabelledColumn {
        index: 1,
        name: "year".into(),
        base: "Long".into(),
        semantic: Some("YEAR".into()),
    }];
    example.tags = vec!["chart:Bar".into()];
    example.licence = Some("MIT".into());
    example.rest.insert("p_value".into(), json!(0.25));
    example
}

fn write(folder: &Path, examples: &[Example]) -> Result<(), FolderError> {
    let mut writer = CorpusWriter::create(folder)?;
    let licence = ["CC0-1.0".to_owned()];
    writer.table(
        &path("tables/cinema/film.csv"),
        FILMS.as_bytes(),
        &table("film.csv", FILMS),
        &licence,
    )?;
    for example in examples {
        writer.example(example)?;
    }
    writer.finish(Description {
        name: "films".into(),
        description: "Films.".into(),
        licences: vec!["MIT".into()],
        ..Description::default()
    })?;
    Ok(())
}

#[test]
fn what_is_written_is_read_back() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("films");
    let examples = [full_example(), Example::new("8", "cinema")];
    write(&folder, &examples).unwrap();

    let corpus = Corpus::open(&folder).unwrap();
    let read: Vec<Example> = corpus.examples().unwrap().map(Result::unwrap).collect();
    assert_eq!(read, examples);
    assert_eq!(read[0].part("split"), Some(Split::Dev));
    assert_eq!(read[0].part("unseen_db"), Some(Split::Test));
    assert_eq!(read[1].part("unseen_db"), None);
    let films = corpus.table(&read[0].tables[0]).unwrap().value;
    assert_eq!((films.name(), films.rows()), ("film", 2));

    let manifest = corpus.manifest();
    assert_eq!(manifest.licences, ["CC0-1.0", "MIT"]);
    for file in &manifest.files {
        let bytes = fs::read(folder.join(&file.content_url)).unwrap();
        assert_eq!(file.digest, Some(Digest::of(&bytes)), "{}", file.name);
    }
    let columns: Vec<&str> = manifest.record_sets[0]
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(columns, ["title", "year"]);
    assert_eq!(
        fs::read_dir(temporary.path()).unwrap().count(),
        1,
        "nothing unfinished stays"
    );
}

#[test]
fn a_file_without_a_licence_leaves_the_whole_without() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("films");
    let mut writer = CorpusWriter::create(&folder).unwrap();
    writer.file(&path("tables/a.csv"), b"a\n1\n", &[]).unwrap();
    let manifest = writer
        .finish(Description {
            licences: vec!["MIT".into()],
            ..Description::default()
        })
        .unwrap();
    assert_eq!(manifest.licences, Vec::<String>::new());
    assert!(
        manifest
            .assets()
            .iter()
            .any(|asset| asset.rights.licence.is_none())
    );
}

#[test]
fn nothing_is_written_over_and_nothing_half() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("films");
    write(&folder, &[]).unwrap();
    assert!(matches!(
        CorpusWriter::create(&folder),
        Err(FolderError::Occupied { .. })
    ));

    let other = temporary.path().join("other");
    let twice = [Example::new("1", "a"), Example::new("1", "a")];
    assert!(matches!(
        write(&other, &twice),
        Err(FolderError::RepeatedId { .. })
    ));
    let mut lost = Example::new("1", "a");
    lost.tables = vec![path("tables/none.csv")];
    assert!(matches!(
        write(&other, &[lost]),
        Err(FolderError::UnknownTable { .. })
    ));
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);

    let mut writer = CorpusWriter::create(&other).unwrap();
    writer.file(&path("tables/a.csv"), b"a\n1\n", &[]).unwrap();
    writer.file(&path("tables/a.csv"), b"a\n1\n", &[]).unwrap();
    let again = writer.file(&path("tables/a.csv"), b"a\n2\n", &[]);
    assert!(matches!(again, Err(FolderError::RepeatedFile { .. })));
}

#[test]
fn mistakes_are_told_with_line_and_place() {
    let good = r#"{"id":"1","group":"g","split":"train","tables":[]}"#;
    for (line, says) in [
        (
            "{",
            "line 2 of the examples is no JSON: EOF while parsing an object at character 1",
        ),
        ("[]", "line 2 of the examples: it is a list; expected an object"),
        ("{}", "line 2 of the examples: `id` is missing; expected text"),
        (r#"{"id":1}"#, "line 2 of the examples: `id` is 1; expected text"),
        (
            r#"{"id":"1","group":"g","split":"half"}"#,
            "`split` is \"half\"; expected train, dev or test",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","tables":["tables/a.csv","../b.csv"]}"#,
            "`tables[1]` is \"../b.csv\"; expected a relative path",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","requests":["a",7]}"#,
            "`requests[1]` is 7; expected text",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","charts":[{"mark":"bar"},{"mark":"baar"}]}"#,
            "charts[1] is no chart",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","preference":{"better":{"mark":"bar"}}}"#,
            "preference.worse is no chart",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","result":[[1]]}"#,
            "`result[0]` is a list; expected an object",
        ),
        (
            r#"{"id":"1","group":"g","split":"dev","columns":[{"index":-1,"name":"a","base":"Long"}]}"#,
            "`columns[0].index` is -1; expected a whole number from 0",
        ),
    ] {
        let text = format!("{good}\n{line}\n\n{good}\n");
        let read: Vec<Result<Example, FolderError>> = ExampleLines::new(text.as_bytes()).collect();
        assert_eq!(read.len(), 3, "{line}");
        let error = read[1].as_ref().unwrap_err().to_string();
        assert!(error.contains(says), "{line}: {error}");
        assert!(read[0].is_ok() && read[2].is_ok());
    }
}

#[test]
fn bytes_that_are_no_text_and_endless_lines_are_refused() {
    let read: Vec<_> = ExampleLines::new(&b"\xff\xfe\n{}"[..]).collect();
    assert!(read[0].as_ref().unwrap_err().to_string().contains("no UTF-8"));
    assert_eq!(read.len(), 2);
    let endless = std::io::repeat(b'x');
    let mut lines = ExampleLines::new(std::io::BufReader::new(endless));
    assert!(matches!(
        lines.next(),
        Some(Err(FolderError::LongLine { line: 1, .. }))
    ));
    assert!(lines.next().is_none());
}

#[test]
fn folders_that_are_no_corpora_say_so() {
    let temporary = tempfile::tempdir().unwrap();
    let error = Corpus::open(temporary.path()).unwrap_err().to_string();
    assert!(error.contains("has no `croissant.json`"), "{error}");
    fs::write(temporary.path().join("croissant.json"), "{}").unwrap();
    fs::write(temporary.path().join("examples.jsonl"), "").unwrap();
    assert!(matches!(
        Corpus::open(temporary.path()),
        Err(FolderError::Manifest { .. })
    ));
}

#[cfg(unix)]
#[test]
fn links_out_of_a_corpus_are_not_followed() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("films");
    write(&folder, &[]).unwrap();
    fs::write(temporary.path().join("secret.csv"), FILMS).unwrap();
    std::os::unix::fs::symlink("../../secret.csv", folder.join("tables/secret.csv")).unwrap();
    let corpus = Corpus::open(&folder).unwrap();
    assert!(matches!(
        corpus.table(&path("tables/secret.csv")),
        Err(FolderError::File { .. })
    ));
}

#[test]
fn tables_survive_as_csv() {
    for csv in [
        "a,b\n1,x\n2,\"y, \"\"z\"\"\"\n3,\n",
        "day,at,time\n2024-01-02,2024-01-02T03:04:05,03:04:05\n2024-02-03,2024-02-03T23:00:00,04:00:00\n",
        "price,share,ok\n1.5,10%,yes\n-2.25,20%,no\n,30%,yes\n",
        "only\n1\n\"\"\n3\n",
        "code,n\n007,1\n010,2\n",
        "text\n\" padded \"\nnext\n",
    ] {
        let first = table("t.csv", csv);
        let mut written = Vec::new();
        marey_table::write::write_csv(&first, &mut written).unwrap();
        let again = table("t.csv", &String::from_utf8(written).unwrap());
        assert_eq!(first.rows(), again.rows(), "{csv}");
        for index in 0..first.columns() {
            assert_eq!(
                first.physical_type(index),
                again.physical_type(index),
                "{csv} {index}"
            );
            let values = |table: &Table| -> Vec<_> { table.column(index).cloned().collect() };
            assert_eq!(values(&first), values(&again), "{csv} {index}");
        }
    }
}
