//! The command as its users run it: arguments in, files and exit codes out.

mod corpus;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

const SALES: &str =
    "day,city,amount\n2024-01-01,Rome,10\n2024-01-02,Pisa,20\n2024-01-03,Rome,15\n2024-01-04,Pisa,5\n";

/// Runs `marey` in a folder of its own.
struct Session {
    folder: tempfile::TempDir,
}

impl Session {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("a file in the temporary folder");
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marey"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("RUST_BACKTRACE", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("marey starts")
    }

    fn run_with_stdin(&self, arguments: &[&str], stdin: &[u8]) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("marey starts");
        child
            .stdin
            .take()
            .expect("stdin is piped")
            .write_all(stdin)
            .expect("marey reads stdin");
        child.wait_with_output().expect("marey ends")
    }
}

fn succeeded(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("stdout is text")
}

fn check_failure(output: &Output, code: i32, expected: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    assert!(
        errors.contains(expected),
        "`{errors}` does not contain `{expected}`"
    );
    assert!(
        !errors.contains("backtrace") && !errors.contains("panicked"),
        "{errors}"
    );
}

#[test]
fn a_report_is_one_page_without_script_and_the_same_every_time() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    succeeded(&session.run(&["report", "sales.csv", "--json", "report.json"]));
    let page = fs::read_to_string(session.path("report.html")).expect("the default output");
    assert!(page.contains("<article class=\"chart\"") && page.contains("<svg"));
    assert!(!page.to_lowercase().contains("<script"));
    for fetched in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!page.contains(fetched), "the page fetches something: {fetched}");
    }
    let data: Value =
        serde_json::from_slice(&fs::read(session.path("report.json")).expect("the JSON")).expect("JSON");
    assert_eq!(data["profile"]["rows"], 4);
    assert!(data["charts"][0]["spec"]["mark"].is_string() || data["charts"][0]["spec"]["mark"].is_object());

    let again = succeeded(&session.run(&["report", "sales.csv", "-o", "-"]));
    assert_eq!(again, page);
}

#[test]
fn markup_in_cells_and_headers_stays_text() {
    let session = Session::new();
    let hostile = "<script>alert(1)</script>,\"\"\" onload=\"\"x\"\n\"<img src=x onerror=alert(1)>\",1\n\"</style><b>\",2\n\"]]>\",3\n";
    session.write("<b>.csv", hostile);
    let page = succeeded(&session.run(&["report", "<b>.csv", "-o", "-"]));
    for markup in ["<script", "<img", "</style><b", "onload=\"x"] {
        assert!(!page.contains(markup), "{markup} got through");
    }
}

#[test]
fn profiles_are_one_json_line_per_table() {
    let session = Session::new();
    fs::create_dir(session.path("tables")).expect("a folder");
    session.write("tables/a.csv", SALES);
    session.write("tables/b.json", r#"[{"x":1},{"x":2}]"#);
    let text = succeeded(&session.run(&["profile", "tables"]));
    let profiles: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    let names: Vec<&str> = profiles
        .iter()
        .filter_map(|profile| profile["table"].as_str())
        .collect();
    assert_eq!(names, ["a", "b"]);
    let column = &profiles[0]["columns"][2];
    assert_eq!(
        (
            column["name"].as_str(),
            column["physical_type"].as_str(),
            column["distinct"]["value"].as_u64()
        ),
        (Some("amount"), Some("int"), Some(4))
    );
    let people = succeeded(&session.run(&["profile", "tables/a.csv", "--format", "text"]));
    assert!(people.contains("4 rows") && people.contains("amount"), "{people}");
}

#[test]
fn features_are_json_lines_or_files() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    let vizml: Value =
        serde_json::from_str(&succeeded(&session.run(&["features", "sales.csv"]))).expect("a JSON line");
    let amount = &vizml["columns"][2];
    assert_eq!(
        (amount["name"].as_str(), amount["features"]["median"].as_f64()),
        (Some("amount"), Some(12.5))
    );
    assert_eq!(amount["features"]["list_entropy"], Value::Null);
    assert_eq!(
        amount["reasons"]["list_entropy"],
        "not defined for this type of column"
    );
    assert_eq!(
        (vizml["pairs"][2]["a"].as_str(), vizml["pairs"][2]["b"].as_str()),
        (Some("city"), Some("amount"))
    );
    assert_eq!(vizml["table"]["exists-agg-num"], 3);
    let model: Value = serde_json::from_str(&succeeded(&session.run(&["features", ".", "--set", "model"])))
        .expect("a JSON line");
    assert_eq!(model["columns"][2]["features"]["is_quantitative"], 1.0);
    for (file, start) in [("f.arrow", &b"ARROW1"[..]), ("f.json", b"{")] {
        succeeded(&session.run(&["features", "sales.csv", "-o", file, "--part", "pairs"]));
        let bytes = fs::read(session.path(file)).expect("the file");
        assert!(bytes.starts_with(start), "{file}");
    }
    succeeded(&session.run(&["features", "sales.csv", "-o", "f.safetensors"]));
    let bytes = fs::read(session.path("f.safetensors")).expect("the file");
    assert_eq!(bytes[8], b'{');
    let people = succeeded(&session.run(&["features", "sales.csv", "--format", "text"]));
    assert!(
        people.contains("city\tmean\t- (not defined for this type of column)"),
        "{people}"
    );
    check_failure(
        &session.run(&["features", "sales.csv", "-o", "f.png"]),
        2,
        ".json, .arrow or .safetensors",
    );
    check_failure(&session.run(&["features", "none.csv"]), 1, "none.csv");
}

#[test]
fn a_poisoned_file_in_a_directory_is_told_in_its_place() {
    let session = Session::new();
    fs::create_dir_all(session.path("tables/below/.hidden")).expect("folders");
    session.write("tables/a.csv", SALES);
    session.write("tables/b.parquet", "PAR1 and nothing more");
    session.write("tables/below/c.csv", SALES);
    session.write("tables/.d.csv", SALES);
    session.write("tables/below/.hidden/e.csv", SALES);
    session.write("tables/readme.md", "no table");
    let output = session.run(&["profile", "tables"]);
    check_failure(&output, 1, "1 of 3 tables could not be read");
    let text = String::from_utf8(output.stdout).expect("stdout is text");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    let of = |key: &str| -> Vec<&str> {
        lines
            .iter()
            .map(|line| line[key].as_str().unwrap_or("-"))
            .collect()
    };
    assert_eq!(
        of("path"),
        ["tables/a.csv", "tables/b.parquet", "tables/below/c.csv"]
    );
    assert_eq!(of("table"), ["a", "-", "c"]);
    assert!(
        lines[1]["error"]
            .as_str()
            .is_some_and(|error| error.contains("Parquet")),
        "{text}"
    );
}

#[test]
fn a_directory_without_tables_says_so() {
    let session = Session::new();
    fs::create_dir(session.path("empty")).expect("a folder");
    check_failure(
        &session.run(&["profile", "empty"]),
        1,
        "directory `empty` holds no file that looks like a table",
    );
}

#[test]
fn stdin_is_a_table_too() {
    let session = Session::new();
    let text = succeeded(&session.run_with_stdin(&["profile", "-"], SALES.as_bytes()));
    assert!(text.starts_with("{\"table\":\"stdin\",\"rows\":4"), "{text}");
}

#[test]
fn recommendations_have_rank_spec_reasons_and_source() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    let text = succeeded(&session.run(&["recommend", "sales.csv", "--top", "3"]));
    let charts: Vec<Value> = serde_json::from_str(&text).expect("a JSON array");
    assert!((1..=3).contains(&charts.len()));
    for (index, chart) in charts.iter().enumerate() {
        assert_eq!(chart["rank"], index + 1);
        assert!(
            chart["reasons"]
                .as_array()
                .is_some_and(|reasons| !reasons.is_empty())
        );
        assert!(["rules", "fallback"].contains(&chart["source"].as_str().unwrap_or_default()));
        assert!(chart["spec"]["data"]["name"] == "sales", "{chart}");
    }
    let text = succeeded(&session.run(&["recommend", "sales.csv", "--top", "1", "--with-rows", "2"]));
    let charts: Vec<Value> = serde_json::from_str(&text).expect("a JSON array");
    assert_eq!(
        charts[0]["spec"]["data"]["values"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn specs_are_drawn_as_svg_png_and_html() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    session.write(
        "bar.vl.json",
        r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"sum","field":"amount","type":"quantitative"}}}"#,
    );
    let starts: [(&str, &[u8]); 3] = [
        ("a.svg", b"<svg"),
        ("a.png", b"\x89PNG"),
        ("a.html", b"<!DOCTYPE html>"),
    ];
    for (output, start) in starts {
        succeeded(&session.run(&["render", "bar.vl.json", "--data", "sales.csv", "-o", output]));
        let bytes = fs::read(session.path(output)).expect("the drawing");
        assert!(bytes.starts_with(start), "{output}");
    }
}

#[test]
fn specs_with_rows_inside_need_no_table_and_fetch_nothing() {
    let session = Session::new();
    session.write(
        "inline.vl.json",
        r#"{"data":{"values":[{"a":1},{"a":2}]},"mark":"tick","encoding":{"x":{"field":"a","type":"quantitative"}}}"#,
    );
    let svg = succeeded(&session.run(&["render", "inline.vl.json", "-o", "-"]));
    assert!(svg.starts_with("<svg"));
    session.write(
        "url.vl.json",
        r#"{"data":{"url":"https://example.com/a.csv"},"mark":"tick","encoding":{"x":{"field":"a","type":"quantitative"}}}"#,
    );
    check_failure(
        &session.run(&["render", "url.vl.json", "-o", "-"]),
        1,
        "example.com",
    );
}

#[test]
fn bad_input_is_one_message_and_exit_code_1() {
    let session = Session::new();
    let check = |name: &str, content: &[u8], expected: &str| {
        session.write(name, content);
        check_failure(&session.run(&["report", name]), 1, expected);
        assert!(
            !Path::new(&session.path("report.html")).exists(),
            "{name}: a page was left behind"
        );
    };
    check("empty.csv", b"", "empty");
    check("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG");
    check("cut.parquet", b"PAR1\x15\x04", "Parquet");
    check("deep.json", "[".repeat(200_000).as_bytes(), "recursion limit");
    check_failure(&session.run(&["report", "absent.csv"]), 1, "absent.csv");
    session.write("bad.vl.json", r#"{"mark":"bra","encoding":{}}"#);
    check_failure(
        &session.run(&["render", "bad.vl.json", "-o", "a.svg"]),
        1,
        "$.mark",
    );
}

#[test]
fn bad_usage_is_exit_code_2() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    check_failure(&session.run(&["report"]), 2, "TABLE");
    check_failure(&session.run(&["frobnicate"]), 2, "frobnicate");
    check_failure(
        &session.run(&["recommend", "sales.csv", "--mark", "bra"]),
        2,
        "bra",
    );
    check_failure(
        &session.run(&["report", "sales.csv", "--theme", "neon"]),
        2,
        "neon",
    );
    check_failure(
        &session.run(&["render", "sales.csv", "-o", "a.gif"]),
        2,
        ".svg, .png or .html",
    );
}

#[test]
fn nearly_empty_tables_still_get_a_page() {
    let session = Session::new();
    for (name, content) in [
        ("header.csv", "a,b,c\n".to_owned()),
        ("cell.csv", "a\n1\n".to_owned()),
        ("nulls.csv", "a,b\n,\n,\n".to_owned()),
        (
            "wide.csv",
            format!(
                "{}\n{}\n",
                (0..5000).map(|i| format!("c{i}")).collect::<Vec<_>>().join(","),
                vec!["1"; 5000].join(",")
            ),
        ),
    ] {
        session.write(name, content);
        let page = succeeded(&session.run(&["report", name, "-o", "-"]));
        assert!(page.ends_with("</html>\n"), "{name}");
    }
}

/// A table of persons, of which every value is known.
fn people() -> String {
    let mut csv = String::from("Name,E-Mail,Phone,Date of birth,Note,City,Spent\n");
    for row in 0..60 {
        csv.push_str(&format!(
            "Q{}anna Secretly,s{row}@example.com,(212) 555-01{row:02},19{:02}-03-{:02},call (212) 555-01{row:02} soon,{},{}\n",
            ["a", "e", "i", "o", "u", "y"][row / 10].repeat(1 + row % 10),
            40 + row % 50,
            1 + row % 28,
            ["Rome", "Pisa", "Bari"][row % 3],
            row * row % 97 + 100 * (row % 3)
        ));
    }
    csv
}

/// What must not be seen of [`people`].
fn check_nothing_personal(text: &str) {
    for secret in ["@example", "Secretly", "555-01"] {
        assert!(!text.contains(secret), "`{secret}` is shown");
    }
    for row in 0..60 {
        let born = format!("19{:02}-03-{:02}", 40 + row % 50, 1 + row % 28);
        assert!(!text.contains(&born), "{born} is shown");
    }
}

#[test]
fn nothing_that_prints_values_shows_personal_ones() {
    let session = Session::new();
    session.write("people.csv", people());
    for arguments in [
        &["profile", "people.csv"][..],
        &["profile", "people.csv", "--format", "text"],
        &["insights", "people.csv"],
        &[
            "insights",
            "people.csv",
            "--format",
            "markdown",
            "--claims",
            "claims.jsonl",
        ],
        &["recommend", "people.csv", "--with-rows", "100"],
        &["recommend", "people.csv", "--with-rows", "100", "--use", "E-Mail"],
        &[
            "recommend",
            "people.csv",
            "--with-rows",
            "100",
            "--use",
            "Date of birth",
        ],
        &[
            "report",
            "people.csv",
            "-o",
            "-",
            "--json",
            "report.json",
            "--use",
            "Name",
        ],
        &["redact", "people.csv", "-o", "-"],
    ] {
        let output = session.run(arguments);
        check_nothing_personal(&succeeded(&output));
        check_nothing_personal(&String::from_utf8_lossy(&output.stderr));
    }
    for written in ["claims.jsonl", "report.json"] {
        check_nothing_personal(&fs::read_to_string(session.path(written)).expect("the file"));
    }
    let shown = succeeded(&session.run(&["profile", "people.csv", "--show-personal"]));
    assert!(shown.contains("@example") && shown.contains("Secretly"));
}

#[test]
fn tables_are_redacted_and_say_what_was() {
    let session = Session::new();
    session.write("people.csv", people());
    let output = session.run(&[
        "redact",
        "people.csv",
        "-o",
        "out.csv",
        "--keep",
        "Phone",
        "--also",
        "City",
    ]);
    succeeded(&output);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("`E-Mail` (e-mail)") && told.contains("`Note` (phone in texts)"),
        "{told}"
    );
    let csv = fs::read_to_string(session.path("out.csv")).expect("the table");
    let first = csv.lines().nth(1).expect("a row");
    assert_eq!(
        first,
        "name 1,e-mail 1,(212) 555-0100,1940-01-01,call [phone] soon,value 1,0"
    );
    for form in ["out.parquet", "out.arrow"] {
        succeeded(&session.run(&["redact", "people.csv", "-o", form, "--hiding", "mask"]));
        let profile = succeeded(&session.run(&["profile", form, "--show-personal"]));
        assert!(profile.contains("s***@***.com"), "{form}");
    }
    check_failure(
        &session.run(&["redact", "people.csv", "-o", "out.csv", "--keep", "Phon"]),
        2,
        "did you mean `Phone`?",
    );
    check_failure(
        &session.run(&["redact", "people.csv", "-o", "out.docx"]),
        2,
        "expected a file ending in .csv",
    );
}

#[test]
fn crowds_are_counted_without_a_value() {
    let session = Session::new();
    session.write("people.csv", people());
    let arguments = [
        "profile",
        "people.csv",
        "--quasi-identifiers",
        "City,Date of birth",
    ];
    let text = succeeded(&session.run(&arguments));
    check_nothing_personal(&text);
    let profile: Value = serde_json::from_str(&text).expect("JSON");
    let crowds = &profile["privacy"]["k_anonymity"];
    assert_eq!((&crowds["k"], &crowds["rows_below_5"]), (&1.into(), &60.into()));
    check_failure(
        &session.run(&["profile", "people.csv", "--quasi-identifiers", "Town"]),
        2,
        "`Town`",
    );
}

#[test]
fn two_tables_are_compared() {
    let session = Session::new();
    let table = |shift: usize, kinds: &[&str]| {
        let mut csv = String::from("n,kind\n");
        for row in 0..600 {
            csv.push_str(&format!(
                "{},{}\n",
                row * 7919 % 601 + shift,
                kinds[row % kinds.len()]
            ));
        }
        csv
    };
    session.write("old.csv", table(0, &["a", "b"]));
    session.write("new.csv", table(300, &["a", "c"]));
    succeeded(&session.run(&["profile", "old.csv", "-o", "old.json"]));
    for against in ["old.csv", "old.json"] {
        let text = succeeded(&session.run(&["profile", "new.csv", "--against", against]));
        let comparison: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(comparison["drift"], "large");
        assert_eq!(comparison["columns"][0]["drift"], "large");
        assert_eq!(comparison["columns"][1]["new_categories"][0]["value"], "c");
    }
    let text = succeeded(&session.run(&["profile", "new.csv", "--against", "old.csv", "--format", "text"]));
    assert!(
        text.contains("LARGE") && text.contains("new: c; lost: b"),
        "{text}"
    );
    let same = succeeded(&session.run(&["profile", "old.csv", "--against", "old.csv"]));
    assert!(same.contains("\"drift\":\"none\""));
    check_failure(
        &session.run(&["profile", "old.csv", "new.csv", "--against", "old.csv"]),
        2,
        "name one",
    );
}

#[test]
fn statistics_are_written_as_arrow() {
    let session = Session::new();
    session.write("sales.csv", SALES);
    session.write("people.csv", people());
    let arguments = [
        "profile",
        "sales.csv",
        "people.csv",
        "--format",
        "arrow",
        "-o",
        "statistics.arrow",
    ];
    succeeded(&session.run(&arguments));
    let profile = succeeded(&session.run(&["profile", "statistics.arrow"]));
    let profile: Value = serde_json::from_str(&profile).expect("JSON");
    assert_eq!(profile["rows"], 10);
    let bytes = fs::read(session.path("statistics.arrow")).expect("the file");
    check_nothing_personal(&String::from_utf8_lossy(&bytes));
}
