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

const PAGE: &str = r#"<html><body><table><tbody>
<tr><td>1</td><td><h4>NL Queries: </h4><ol><li><p>Films per year</p></li><li><p>How many films?</p></li></ol><h4>VIS Query: </h4><p>Visualize BAR SELECT Year , COUNT(*) FROM film GROUP BY Year</p></td><td><div id="vis1"></div></td><td><p><b>(NL, VIS) ID: </b>1</p><p><b>Hardness: </b>Easy</p><p><b>Chart: </b>Bar</p><p><b>DB: </b>cinema</p></td></tr></tbody></table><h4 style='margin-left:5%'>Database: cinema&nbsp; The main table: film</h4><table><tr><th>Film_ID</th><th>Title</th><th>Year</th></tr><tr><td>1</td><td>CafÃ©</td><td>2001</td></tr><tr><td>2</td><td>None</td><td>nan</td></tr></table><script>var vlSpec1  = {'data': {'values': [{'x_data': 2001, 'y_data': 1, 'classify': "it's"}, {'x_data': None, 'y_data': 2}]}, 'mark': 'bar'};
</script></body></html>"#;

#[test]
fn pages_of_nvbench_say_what_extracted_pairs_say() {
    let pairs = r#"{"id":"1","vis":1,"db":"cinema","main_table":"film","tables":["film"],"chart":"Bar","hardness":"Easy","vql":"Visualize BAR SELECT Year , COUNT(*) FROM film GROUP BY Year","nl":["Films per year","How many films?"],"result":[{"x":2001,"y":1,"color":"it's"},{"x":null,"y":2}],"result_n":2,"split":"dev"}"#;
    let table = "Film_ID,Title,Year\r\n1,Café,2001\r\n2,,\r\n";
    let pages = Release::of(&[
        ("nvBench_VegaLite/VIS_1.html", PAGE),
        ("nvBench_VegaLite/index.html", ""),
    ]);
    let extracted = Release::of(&[("pairs.jsonl", pairs), ("tables/cinema/film.csv", table)]);
    let open = |release: &Release| marey_corpus::nvbench::Release::open(&release.options().from).unwrap();
    let found = marey_corpus::nvbench::differences(&open(&extracted), &open(&pages));
    assert_eq!((found.compared, found.tables_compared), (1, 1));
    assert!(found.items.is_empty() && found.tables.is_empty(), "{found:?}");

    let (_, examples, _) = pages.import(ImportKind::Nvbench);
    assert_eq!(examples[0].split, Split::Train, "pages do not say");
    assert_eq!(examples[0].charts.len(), 1);
    let broken = Release::of(&[("VIS_1.html", "<html>")]);
    let error = import(ImportKind::Nvbench, &broken.options())
        .unwrap_err()
        .to_string();
    assert!(error.contains("VIS_1.html` lacks the requests"), "{error}");
}

#[test]
fn joined_tables_become_a_table_of_the_corpus() {
    let pair = |id: &str, of: &str| {
        format!(
            r#"{{"id":"{id}","db":"cinema","main_table":"film","tables":["film","showing"],"chart":"Bar","hardness":"Easy","vql":"Visualize BAR SELECT T1.Title , {of} FROM film AS T1 JOIN showing AS T2 ON T1.Film_ID = T2.Film_ID GROUP BY T1.Title","nl":[],"result":[],"result_n":0}}"#
        )
    };
    let pairs = [pair("1", "COUNT(*)"), pair("2", "SUM(T2.Price)")];
    let release = Release::of(&[
        ("pairs.jsonl", &pairs.join("\n")),
        ("tables/cinema/film.csv", FILM),
        ("tables/cinema/showing.csv", "Film_ID,Price\n1,5\n1,6\n3,7\n"),
    ]);
    let (corpus, examples, report) = release.import(ImportKind::Nvbench);
    assert_eq!(report.tables, 3, "both queries draw one view");
    assert_eq!(examples[0].tables[0], examples[1].tables[0]);
    assert!(
        examples[0].tables[0]
            .as_str()
            .starts_with("tables/cinema/views/film-showing-")
    );
    assert_eq!(examples[0].tables.len(), 3);
    assert!(examples[0].has_tag("joined-view"));
    assert_eq!(corpus.table(&examples[0].tables[0]).unwrap().value.rows(), 3);
}

#[test]
fn folders_of_tables_become_examples_without_charts() {
    let release = Release::of(&[
        ("a/x.csv", FILM),
        ("a/y.json", r#"[{"k":1},{"k":2}]"#),
        (
            "b/page.html",
            "<table><tr><th>k</th></tr><tr><td>1</td></tr></table><table><tr><th>m</th></tr><tr><td>2</td></tr></table>",
        ),
        ("b/notes.txt", "no table"),
        ("b/broken.parquet", "PAR1"),
    ]);
    let (corpus, examples, report) = release.import(ImportKind::Tables);
    let ids: Vec<&str> = examples.iter().map(|example| example.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "tables/a/x.csv",
            "tables/a/y.json/table.csv",
            "tables/b/page.html/1.csv",
            "tables/b/page.html/2.csv"
        ]
    );
    assert_eq!(report.left_out[0].id, "b/broken.parquet");
    assert_eq!((report.groups, examples[3].group.as_str()), (2, "b"));
    assert!(licences(&corpus, "tables/a/x.csv").is_empty(), "nothing is known");
}

/// The rows of a table of a corpus, cells joined by `|`.
fn rows(corpus: &Corpus, path: &str) -> Vec<String> {
    let path = marey_corpus::folder::TablePath::new(path).unwrap();
    let mut csv = Vec::new();
    marey_table::write::write_csv(&corpus.table(&path).unwrap().value, &mut csv).unwrap();
    String::from_utf8(csv)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of Excel with two sheets and an empty one.
fn xlsx() -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let text =
        |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let sheet =
        |rows: &str| format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    let films = sheet(&format!(
        r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><v>2001</v></c></row><row r="3">{}<c r="B3"><v>2003.5</v></c></row>"#,
        text("A1", "title"),
        text("B1", "year"),
        text("A2", "A, &amp; B"),
        text("A3", "C")
    ));
    let days = sheet(&format!(
        r#"<row r="1">{}</row><row r="2"><c r="A2" s="1"><v>45000</v></c></row><row r="3"><c r="A3" s="1"><v>45001</v></c></row>"#,
        text("A1", "day")
    ));
    let sheets: String = ["Films", "Days/2023", "Empty"]
        .iter()
        .enumerate()
        .map(|(at, name)| {
            format!(
                r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#,
                n = at + 1
            )
        })
        .collect();
    let links: String = (1..=3)
        .map(|n| {
            format!(
                r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
            )
        })
        .collect();
    archive(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}<Relationship Id="rId9" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{MAIN}"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", &films),
        ("xl/worksheets/sheet2.xml", &days),
        ("xl/worksheets/sheet3.xml", &sheet("")),
    ])
}

/// A workbook of OpenDocument with one sheet.
fn ods() -> Vec<u8> {
    const OASIS: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let text = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let number = |value: &str| {
        format!(
            r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
        )
    };
    let row = |cells: [String; 2]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row([text("city"), text("people")]),
        row([text("Rome"), number("2800000")]),
        row([text("Pisa"), number("90000")]),
    ]
    .concat();
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Cities">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            &format!(
                r#"<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#
            ),
        ),
        ("content.xml", &content),
    ])
}

#[test]
fn every_sheet_of_a_workbook_becomes_a_table() {
    let release = Release::of(&[("a/notes.csv", FILM)]);
    let from = release.options().from;
    fs::write(from.join("a/films.xlsx"), xlsx()).unwrap();
    fs::write(from.join("a/cities.ods"), ods()).unwrap();
    fs::write(
        from.join("a/broken.xlsx"),
        archive(&[("[Content_Types].xml", "")]),
    )
    .unwrap();
    let (corpus, examples, report) = release.import(ImportKind::Tables);
    let ids: Vec<&str> = examples.iter().map(|example| example.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "tables/a/cities.ods/Cities.csv",
            "tables/a/films.xlsx/Days_2023.csv",
            "tables/a/films.xlsx/Films.csv",
            "tables/a/notes.csv",
        ],
        "{:?}",
        report.left_out
    );
    assert_eq!(
        rows(&corpus, ids[0]),
        ["city,people", "Rome,2800000", "Pisa,90000"]
    );
    assert_eq!(rows(&corpus, ids[1]), ["day", "2023-03-15", "2023-03-16"]);
    assert_eq!(
        rows(&corpus, ids[2]),
        ["title,year", "\"A, & B\",2001.0", "C,2003.5"]
    );
    assert_eq!(report.left_out.len(), 1, "{:?}", report.left_out);
    assert_eq!(report.left_out[0].id, "a/broken.xlsx");
    let declared = |path: &str| {
        let sets = &corpus.manifest().record_sets;
        let set = sets.iter().find(|set| set.name == path).unwrap();
        set.fields
            .iter()
            .flat_map(|field| field.data_types.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(declared(ids[1]), ["sc:Date"]);
    assert_eq!(declared(ids[2]), ["sc:Text", "sc:Float"]);
}

#[cfg(feature = "sqlite")]
#[test]
fn every_table_of_a_database_becomes_a_table() {
    let release = Release::of(&[]);
    let from = release.options().from;
    fs::create_dir_all(&from).unwrap();
    let connection = rusqlite::Connection::open(from.join("shop.sqlite")).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL);
             INSERT INTO item VALUES (1, 'pen, red', 1.5), (2, NULL, NULL), (3, 'ink', 2);
             CREATE TABLE \"odd name/\" (at TEXT);
             INSERT INTO \"odd name/\" VALUES ('2024-01-02 03:04:05'), ('2024-01-03 00:00:00');
             CREATE TABLE blank (a TEXT);",
        )
        .unwrap();
    drop(connection);
    fs::write(from.join("broken.db"), "SQLite format 3\0 and then nothing").unwrap();
    let (corpus, examples, report) = release.import(ImportKind::Tables);
    let ids: Vec<&str> = examples.iter().map(|example| example.id.as_str()).collect();
    assert!(ids.contains(&"tables/shop.sqlite/item.csv"), "{ids:?}");
    assert!(ids.contains(&"tables/shop.sqlite/odd name_.csv"), "{ids:?}");
    assert_eq!(
        rows(&corpus, "tables/shop.sqlite/item.csv"),
        ["id,name,price", "1,\"pen, red\",1.5", "2,,", "3,ink,2.0"]
    );
    assert_eq!(
        rows(&corpus, "tables/shop.sqlite/odd name_.csv"),
        ["at", "2024-01-02T03:04:05", "2024-01-03T00:00:00"]
    );
    let left: Vec<&str> = report.left_out.iter().map(|left| left.id.as_str()).collect();
    assert_eq!(left, ["broken.db"]);
}

#[test]
fn text_tables_of_other_dialects_become_plain_csv() {
    let release = Release::of(&[
        ("plain.csv", "name,\"a, b\"\r\nx,1\r\n"),
        ("semi.csv", "name;share\nx;1,5\ny;2,5\n"),
        ("ragged.csv", "a,b\n1,2\n3\n"),
        ("twice.csv", "a,a\n1,2\n"),
        ("share.csv", "a,b\n1,79%\n2,81%\n"),
    ]);
    release.import(ImportKind::Tables);
    let now = |name: &str| {
        let path = release.options().to.join("tables").join(name);
        fs::read_to_string(path).unwrap()
    };
    assert_eq!(now("plain.csv"), "name,\"a, b\"\r\nx,1\r\n", "it is as it was");
    assert_eq!(now("share.csv"), "a,b\n1,79%\n2,81%\n", "so are signs");
    assert_eq!(now("semi.csv"), "name,share\nx,\"1,5\"\ny,\"2,5\"\n");
    assert_eq!(now("ragged.csv"), "a,b\n1,2\n3,\n");
    let header = now("twice.csv");
    let names: Vec<&str> = header.lines().next().unwrap().split(',').collect();
    assert!(names.len() == 2 && names[0] != names[1], "{names:?}");
}

#[test]
fn reasons_for_leaving_out_are_told_once_each() {
    let files: Vec<(String, &str)> = (0..7)
        .map(|number| (format!("t{number}.parquet"), "PAR1"))
        .collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    files.push(("good.csv", FILM));
    let (.., report) = Release::of(&files).import(ImportKind::Tables);
    assert_eq!(report.left_out.len(), 7);
    let reasons = report.reasons();
    assert_eq!((reasons.len(), reasons[0].count), (1, 7), "{reasons:?}");
    assert_eq!(reasons[0].first, ["t0.parquet", "t1.parquet", "t2.parquet"]);
    assert!(reasons[0].why.contains("`…`"), "{}", reasons[0].why);
    let printed = serde_json::to_value(&report).unwrap();
    assert_eq!(printed["left_out"].as_array().map(Vec::len), Some(1));
}

#[test]
fn packages_give_the_tables_and_licences_that_they_list() {
    let package = r#"{"name":"films","licenses":[{"name":"BSD-3-Clause"}],"resources":[
        {"path":"x.csv","licenses":[{"name":"cc0-1.0"}]},{"path":"y.csv"},{"path":"gone.csv"},{"path":"../z.csv"},{"path":"map.png"}]}"#;
    let release = Release::of(&[
        ("datapackage.json", package),
        ("x.csv", FILM),
        ("y.csv", FILM),
        ("more.csv", FILM),
    ]);
    let (corpus, examples, report) = release.import(ImportKind::Datapackage);
    let ids: Vec<&str> = examples.iter().map(|example| example.id.as_str()).collect();
    assert_eq!(ids, ["tables/x.csv", "tables/y.csv"]);
    assert_eq!(licences(&corpus, "tables/x.csv"), ["CC0-1.0"]);
    assert!(
        licences(&corpus, "tables/y.csv").is_empty(),
        "the package's licence is not inherited"
    );
    let left: Vec<&str> = report.left_out.iter().map(|left| left.id.as_str()).collect();
    assert_eq!(left, ["gone.csv", "../z.csv"]);
    assert_eq!(corpus.manifest().name, "films");
}
