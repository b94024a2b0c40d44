//! Programs that misbehave never hang or end a run.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use marey_lab::{AskedTable, Failure, LabError, Plugin, PluginOptions, Question, System};
use marey_table::read::{ReadOptions, read};

fn table() -> AskedTable {
    let table = read("t.csv", b"a,b\nx,1\ny,2\n".to_vec(), &ReadOptions::default())
        .unwrap()
        .value;
    AskedTable::new("/nowhere/t.csv", table)
}

fn options() -> PluginOptions {
    PluginOptions {
        deadline: Duration::from_millis(1500),
        start_deadline: Duration::from_secs(20),
        max_line: 1 << 20,
        max_failures: 3,
    }
}

const HELLO: &str = r#"echo '{"name":"p","version":"1","licence":"MIT","training_data":["x"]}'"#;

fn script(folder: &Path, after_hello: &str) -> String {
    let path: PathBuf = folder.join("plugin.sh");
    fs::write(&path, format!("{HELLO}\n{after_hello}\n")).unwrap();
    format!("sh {}", path.display())
}

/// Asks a program once.
fn ask(after_hello: &str) -> Result<usize, Failure> {
    ask_within(after_hello, options())
}

fn ask_within(after_hello: &str, options: PluginOptions) -> Result<usize, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin::start(&script(folder.path(), after_hello), options).unwrap();
    let begun = Instant::now();
    let answer = plugin.answer(&question(&table()));
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "a program must not hold a run up"
    );
    answer.map(|candidates| candidates.len())
}

fn question(table: &AskedTable) -> Question<'_> {
    Question {
        id: "i1",
        task: "nl2vis",
        table,
        request: Some("bars"),
        purpose: None,
        k: 2,
    }
}

const RIGHT: &str = r#"while read -r line; do echo '{"id":"i1","candidates":[{"spec":{"mark":"bar"},"score":0.5},{"spec":{}},{"spec":{}}],"error":null}'; done"#;

#[test]
fn a_program_that_behaves_is_heard() {
    assert_eq!(ask(RIGHT).unwrap(), 2);
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin::start(&script(folder.path(), RIGHT), options()).unwrap();
    let card = plugin.card();
    assert_eq!((card.name.as_str(), card.licence.as_deref()), ("p", Some("MIT")));
    for _ in 0..3 {
        assert!(plugin.answer(&question(&table())).is_ok());
    }
    assert!(plugin.peak_memory_mb().is_none_or(|mb| mb > 0.0));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_that_of_everything_that_a_program_started() {
    let folder = tempfile::tempdir().unwrap();
    let holds =
        format!("(head -c 90000000 /dev/zero; sleep 20) | tail -c 80000000 > /dev/null &\nsleep 1\n{RIGHT}");
    let plugin = Plugin::start(
        &script(folder.path(), &holds),
        PluginOptions {
            deadline: Duration::from_secs(10),
            ..options()
        },
    )
    .unwrap();
    plugin.answer(&question(&table())).unwrap();
    let peak = plugin.peak_memory_mb().unwrap();
    assert!(peak > 70.0, "{peak} MB");
}

#[test]
fn rubbish_and_answers_to_other_questions_are_refused() {
    assert!(matches!(
        ask("read -r l; echo rubbish; sleep 60").unwrap_err(),
        Failure::Malformed(_)
    ));
    assert!(matches!(
        ask(r#"read -r l; printf '\000\377\n'; sleep 60"#).unwrap_err(),
        Failure::Malformed(_)
    ));
    let other = RIGHT.replace("i1", "i2");
    assert_eq!(ask(&other).unwrap_err(), Failure::WrongId { found: "i2".into() });
    let error = r#"read -r l; echo '{"id":"i1","error":"no idea"}'; sleep 60"#;
    assert_eq!(ask(error).unwrap_err(), Failure::Refused("no idea".into()));
}

#[test]
fn a_line_of_a_gigabyte_is_cut_off() {
    // Not the deadline ends it, however busy the machine is.
    let patient = PluginOptions {
        deadline: Duration::from_secs(25),
        ..options()
    };
    let line = "read -r l; head -c 1000000000 /dev/zero | tr '\\0' x; sleep 60";
    let found = ask_within(line, patient).unwrap_err();
    assert_eq!(found, Failure::Malformed("the line is too long".into()));
}

#[test]
fn silence_and_deafness_end_at_the_deadline() {
    assert_eq!(ask("sleep 600").unwrap_err(), Failure::Late { ms: 1500 });
    assert_eq!(
        ask("read -r l; while true; do echo; sleep 0.01; done").unwrap_err(),
        Failure::Late { ms: 1500 }
    );
}

#[test]
fn an_end_is_told_with_the_last_words() {
    let found = ask("read -r l; echo 'out of luck' >&2; exit 3")
        .unwrap_err()
        .to_string();
    assert!(found.contains("out of luck") && found.contains('3'), "{found}");
    let noisy = ask("read -r l; yes noise >&2 & read -r l; exit 4");
    assert!(noisy.is_err());
}

#[test]
fn what_a_program_started_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let forks = format!("(sleep 4; touch {}) &\nread -r l; sleep 600", mark.display());
    let plugin = Plugin::start(&script(folder.path(), &forks), options()).unwrap();
    assert_eq!(
        plugin.answer(&question(&table())).unwrap_err(),
        Failure::Late { ms: 1500 }
    );
    std::thread::sleep(Duration::from_secs(5));
    assert!(
        !mark.exists(),
        "the child was ended before it could leave its mark"
    );
}

#[test]
fn a_child_that_gets_away_holds_nobody_up() {
    // It keeps the streams open after its parent has gone.
    let found = ask("setsid sleep 20 &\nread -r l; exit 5");
    assert!(found.is_err(), "{found:?}");
}

#[test]
fn after_failures_in_a_row_nobody_is_asked_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin::start(&script(folder.path(), "read -r l; exit 1"), options()).unwrap();
    let table = table();
    let failures: Vec<Failure> = (0..5)
        .map(|_| plugin.answer(&question(&table)).unwrap_err())
        .collect();
    assert!(
        failures[..3]
            .iter()
            .all(|failure| matches!(failure, Failure::Ended(_))),
        "{failures:?}"
    );
    assert_eq!(failures[3..], [Failure::GivenUp(3), Failure::GivenUp(3)]);
}

#[test]
fn who_does_not_say_hello_is_not_started() {
    let short = PluginOptions {
        start_deadline: Duration::from_millis(800),
        ..options()
    };
    let refused = |command: &str| match Plugin::start(command, short) {
        Err(LabError::Start { why, .. }) => why,
        _ => panic!("{command} was started"),
    };
    assert!(refused("sleep 60").contains("800 ms"));
    assert!(refused("echo hello; sleep 60").contains("malformed"));
    assert!(refused("no-such-program-anywhere").contains("ended"));
}

#[test]
fn pairs_need_a_score_each() {
    let folder = tempfile::tempdir().unwrap();
    let scores = r#"read -r l; echo '{"id":"i1","scores":[1.5]}'; read -r l; echo '{"id":"i1","scores":[1.5,2]}'; sleep 60"#;
    let plugin = Plugin::start(&script(folder.path(), scores), options()).unwrap();
    let chart = marey_core::ChartSpec::from_json_str(r#"{"mark":"bar"}"#)
        .unwrap()
        .value;
    let (table, pair) = (table(), [chart.clone(), chart]);
    assert!(matches!(
        plugin.judge(&question(&table), &pair),
        Err(Failure::Malformed(_))
    ));
    assert_eq!(plugin.judge(&question(&table), &pair), Ok(vec![1.5, 2.0]));
}
