//! Releases turned into corpora.

use std::{fs, path::Path};

use marey_corpus::{
    Split,
    folder::{Corpus, Example},
    import::{ImportKind, ImportOptions, ImportReport, import},
};
use tempfile::TempDir;

/// A release in a folder of its own.
struct Release {
    folder: TempDir,
}

impl Release {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join("from").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self { folder }
    }

    fn options(&self) -> ImportOptions {
        ImportOptions {
            from: self.folder.path().join("from"),
            to: self.folder.path().join("to"),
            ..ImportOptions::default()
        }
    }

    fn import(&self, kind: ImportKind) -> (Corpus, Vec<Example>, ImportReport) {
        let options = self.options();
        let report = import(kind, &options)
            .unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
        let corpus = Corpus::open(&options.to).unwrap();
        let examples: Vec<Example> = corpus.examples().unwrap().map(Result::unwrap).collect();
        assert_eq!(examples.len(), report.examples);
        for path in examples.iter().flat_map(|example| &example.tables) {
            assert!(corpus.table(path).unwrap().value.columns() > 0, "{path}");
        }
        (corpus, examples, report)
    }
}

fn licences(corpus: &Corpus, file: &str) -> Vec<String> {
    let found = corpus.manifest().files.iter().find(|object| object.name == file);
    found.unwrap_or_else(|| panic!("no {file}")).licences.clone()
}

const FILM: &str = "Film_ID,Title,Year\n1,A,2001\n2,B,2003\n3,C,2003\n";

#[test]
fn pairs_of_nvbench_become_examples() {
    let pairs = r#"{"id":"1","vis":1,"db":"cinema","main_table":"film","tables":["FILM"],"chart":"Bar","hardness":"Easy","vql":"Visualize BAR SELECT Year , COUNT(*) FROM film GROUP BY Year","nl":["Films per year","How many films?"],"result":[{"x":2001,"y":1},{"x":2003,"y":2}],"result_n":3,"suspect_label":true,"reexecution":"exact","split":"dev","unseen_db":"train"}
{"id":"2","vis":2,"db":"cinema","main_table":"film","tables":["film","gone"],"chart":"Pie","hardness":"Hard","vql":"Visualize PIE SELECT T1.Title , COUNT(*) FROM film AS T1 JOIN gone AS T2 ON T1.Film_ID = T2.Film_ID GROUP BY T1.Title","nl":["Pie"],"result":[{"x":"A","y":1,"color":null}],"result_n":1}
"#;
    let release = Release::of(&[("pairs.jsonl", pairs), ("tables/cinema/film.csv", FILM)]);
    let (corpus, examples, report) = release.import(ImportKind::Nvbench);
    let [first, second] = examples.as_slice() else {
        panic!("{examples:?}")
    };
    assert_eq!(
        (first.id.as_str(), first.group.as_str(), first.split),
        ("1", "cinema", Split::Dev)
    );
    assert_eq!(first.part("unseen_db"), Some(Split::Train));
    assert_eq!(first.tables[0].as_str(), "tables/cinema/film.csv");
    assert_eq!(first.requests, ["Films per year", "How many films?"]);
    assert_eq!(first.charts.len(), 1);
    assert_eq!(first.result.as_ref().unwrap()[1]["y"], 2);
    assert_eq!(first.tag_value("chart"), Some("Bar"));
    assert_eq!(first.tag_value("result-cut"), Some("3"));
    assert!(first.has_tag("suspect-label") && !second.has_tag("suspect-label"));
    assert_eq!(second.split, Split::Train);
    assert_eq!(second.tag_value("missing-table"), Some("gone"));
    assert!(second.charts.is_empty());
    assert_eq!(
        (report.groups, report.tables, report.requests, report.with_charts),
        (1, 1, 3, 1)
    );
    assert_eq!(report.left_out[0].id, "2");
    assert_eq!(licences(&corpus, "tables/cinema/film.csv"), ["CC-BY-SA-4.0"]);
    assert_eq!(licences(&corpus, "examples.jsonl"), ["CC-BY-SA-4.0", "MIT"]);
}

#[test]
fn views_of_one_table_or_repository_stay_together() {
    let pair = |id: &str, table: &str, repo: &str, licence: &str| {
        format!(
            r#"{{"id":"{id}","source":"made","licence":"{licence}","table":"tables/{table}.csv","spec":{{"mark":"bar"}},"upstream":{{"repo":"{repo}","level":"easy"}}}}"#
        )
    };
    let broken =
        r#"{"id":"bad","source":"made","licence":"mit","table":"tables/a.csv","spec":{"mark":"baar"}}"#;
    let pairs = [
        pair("1", "a", "x/one", "mit"),
        pair("2", "a", "x/two", "mit"),
        pair("3", "b", "x/two", "bsd-3-clause"),
        pair("4", "c", "x/three", "MIT (specs); data elsewhere"),
        broken.to_owned(),
    ];
    let release = Release::of(&[
        ("pairs.jsonl", &pairs.join("\n")),
        ("tables/a.csv", FILM),
        ("tables/b.csv", FILM),
        ("tables/c.csv", FILM),
    ]);
    let (corpus, examples, report) = release.import(ImportKind::Specs);
    let groups: Vec<&str> = examples.iter().map(|example| example.group.as_str()).collect();
    assert_eq!(groups[0], groups[1]);
    assert_eq!(groups[1], groups[2]);
    assert_ne!(groups[2], groups[3]);
    assert_eq!(examples[0].split, examples[2].split);
    assert_eq!(examples[2].licence.as_deref(), Some("BSD-3-Clause"));
    assert_eq!(licences(&corpus, "tables/a.csv"), ["MIT"]);
    assert_eq!(licences(&corpus, "tables/c.csv"), Vec::<String>::new());
    assert_eq!(report.left_out[0].id, "bad");
    assert!(corpus.manifest().licences.is_empty(), "one table has none");
}

#[test]
fn ranked_charts_get_tables_to_their_facts() {
    let pair = |id: &str, task: &str, entropy: f64| {
        format!(
            r#"{{"id":"{id}","source":"kim2018","licence":"BSD-3-Clause (uwdata/draco)","task":"{task}","num_rows":60,"fields":[{{"name":"n","type":"string","entropy":1,"cardinality":20,"interesting":true}},{{"name":"q1","type":"number","entropy":{entropy},"cardinality":60}}],"positive":{{"mark":"point","encoding":{{"x":{{"field":"q1","type":"quantitative"}}}}}},"negative":{{"mark":"bar"}},"pvalue":0.25}}"#
        )
    };
    let pairs = [
        pair("1", "value", 3.9),
        pair("2", "value", 1.2),
        pair("3", "summary", 3.8),
    ];
    let release = Release::of(&[("pairs.jsonl", &pairs.join("\n"))]);
    let (corpus, examples, report) = release.import(ImportKind::Kim2018);
    assert_eq!((report.groups, report.tables, report.with_charts), (3, 2, 3));
    assert_eq!(examples[0].tables, examples[2].tables);
    assert_eq!(examples[0].tag_value("task"), Some("value"));
    assert_eq!(examples[0].rest["p_value"], 0.25);
    let spread = |example: &Example| {
        let table = corpus.table(&example.tables[0]).unwrap().value;
        assert_eq!(table.rows(), 60);
        let numbers =
            arrow::compute::concat(&table.column(1).map(|array| array.as_ref()).collect::<Vec<_>>()).unwrap();
        let numbers = arrow::array::AsArray::as_primitive::<arrow::datatypes::Float64Type>(&numbers).clone();
        let mut values: Vec<f64> = numbers.values().to_vec();
        values.sort_by(f64::total_cmp);
        values.dedup();
        assert_eq!(values.len(), 60);
        values[45] - values[15]
    };
    assert!(
        spread(&examples[0]) > 40.0,
        "half of even values covers about half"
    );
    assert!(
        spread(&examples[1]) < 15.0,
        "half of skewed values lies close together"
    );
}

#[test]
fn labelled_columns_keep_their_portal_together() {
    let labels = "File,FieldOffset,Locale,RecordCount,FieldName,BaseType,SemanticType,Notes\n\
        tables/a.org/f.csv,0,en-US,3,Film_ID,Long,,\n\
        tables/a.org/f.csv,1,en-US,3,Title,String,NAME,\n\
        tables/a.org/g.csv,2,en-US,3,Year,Long,YEAR,\n";
    let release = Release::of(&[
        ("labels.csv", labels),
        ("tables/a.org/f.csv", FILM),
        ("tables/a.org/g.csv", FILM),
    ]);
    let mut options = release.options();
    options.licence = Some("Apache-2.0".into());
    options.table_licence = Some("LicenseRef-public-domain".into());
    import(ImportKind::ColumnTypes, &options).unwrap();
    let corpus = Corpus::open(&options.to).unwrap();
    let examples: Vec<Example> = corpus.examples().unwrap().map(Result::unwrap).collect();
    assert_eq!(examples.len(), 2);
    assert_eq!(examples[0].group, "a.org");
    assert_eq!(examples[0].columns[1].semantic.as_deref(), Some("NAME"));
    assert_eq!(examples[0].columns[0].semantic, None);
    assert_eq!(examples[1].columns[0].index, 2);
    assert_eq!(licences(&corpus, "labels.csv"), ["Apache-2.0"]);
    assert_eq!(
        licences(&corpus, "tables/a.org/f.csv"),
        ["LicenseRef-public-domain"]
    );
}

#[test]
fn folders_of_something_else_are_refused_and_leave_nothing() {
    let release = Release::of(&[("readme.txt", "hello")]);
    for (kind, says) in [
        (
            ImportKind::Nvbench,
            "is no release of nvBench: expected `pairs.jsonl`",
        ),
        (ImportKind::Specs, "is no list of specs"),
        (ImportKind::Kim2018, "is no list of ranked charts"),
        (ImportKind::ColumnTypes, "is no list of labelled columns"),
    ] {
        let error = import(kind, &release.options()).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let release = Release::of(&[("pairs.jsonl", "{\"id\":\"1\"}\n")]);
    for kind in [ImportKind::Nvbench, ImportKind::Specs, ImportKind::Kim2018] {
        let error = import(kind, &release.options()).unwrap_err().to_string();
        assert!(error.contains("pairs.jsonl`, line 1"), "{error}");
    }
    let left: Vec<_> = fs::read_dir(release.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["from"]);
    assert!(!Path::new(&release.options().to).exists());
}
