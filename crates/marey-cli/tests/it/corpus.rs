//! `marey corpus`: a corpus under a policy, from its manifest to the weights that saw it.

use std::{fs, process::Command};

use marey_corpus::{
    Digest, LicenceTable,
    admission::{Loader, LoaderOptions, Train},
    ledger::Ledger,
};
use safetensors::{Dtype, tensor::TensorView};
use serde_json::{Value, json};

use crate::Session;

const POLICY: &str = "[purpose.train]\nlicences = [\"CC0-1.0\", \"CC-BY-4.0\"]\nrequire = [\"commercial\"]\nmining = \"any\"\n";

/// A corpus of two tables that may be used and one that may not.
fn corpus() -> Session {
    let session = Session::new();
    fs::create_dir_all(session.path("corpus/tables")).unwrap();
    let files = [
        ("rain", "CC0-1.0"),
        ("sales", "CC-BY-4.0"),
        ("secret", "CC-BY-NC-4.0"),
    ]
    .map(|(name, licence)| {
        let text = format!("year,{name}\n2023,790\n2024,812\n");
        session.write(&format!("corpus/tables/{name}.csv"), &text);
        json!({
            "@type": "cr:FileObject",
            "@id": name,
            "name": format!("{name}.csv"),
            "contentUrl": format!("tables/{name}.csv"),
            "encodingFormat": "text/csv",
            "sha256": Digest::of(text.as_bytes()).hex(),
            "license": licence,
        })
    });
    let manifest = json!({
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "company",
        "version": "1.0.0",
        "distribution": files,
    });
    session.write("corpus/croissant.json", manifest.to_string());
    session.write("corpus/policy.toml", POLICY);
    session
}

/// Runs a command and returns its exit code, output and errors.
fn ran(session: &Session, arguments: &[&str]) -> (i32, String, String) {
    let output = session.run(arguments);
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn json_of(session: &Session, arguments: &[&str]) -> Value {
    let (code, text, errors) = ran(session, arguments);
    assert_eq!(code, 0, "{errors}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Weights that have read a table, and the ledger that knows of it.
fn model(session: &Session, number: u8, tables: &[&str]) -> String {
    let options = LoaderOptions {
        policy: POLICY.parse().unwrap(),
        licences: LicenceTable::shipped().unwrap(),
        key: None,
        run: format!("run-{number}"),
        clock: || std::time::SystemTime::now().into(),
        most_bytes: 1 << 20,
    };
    let ledger = Ledger::open(session.path("corpus/.marey")).unwrap();
    let mut loader: Loader<Train> = Loader::open(&session.path("corpus"), &ledger, options).unwrap();
    for table in tables {
        loader.table(&format!("tables/{table}.csv")).unwrap();
    }
    let witness = loader.witness("1f3a", Digest::of(b"config"), u64::from(number));
    let bytes = [number];
    let tensor = TensorView::new(Dtype::U8, vec![1], &bytes).unwrap();
    let bytes = safetensors::serialize([("w", tensor)], Some(witness.metadata())).unwrap();
    let name = format!("model-{number}");
    loader
        .record(&witness, &[(name.clone(), Digest::of(&bytes))])
        .unwrap();
    session.write(&format!("{name}.safetensors"), &bytes);
    format!("{name}.safetensors")
}

const LEDGER: [&str; 2] = ["--ledger", "corpus/.marey"];

#[test]
fn admission_looks_for_personal_data_first_and_says_what_is_denied() {
    let session = corpus();
    let (code, text, errors) = ran(&session, &["corpus", "admit", "corpus", "--format", "text"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("denied   tables/rain.csv: nobody has looked for personal data"),
        "{text}"
    );
    assert_eq!(errors, "marey: 3 of 3 files are denied for train\n");

    let arguments = [
        "corpus",
        "admit",
        "corpus",
        "--record-personal",
        "--format",
        "text",
    ];
    let (code, text, errors) = ran(&session, &arguments);
    assert_eq!(
        (code, errors.as_str()),
        (1, "marey: 1 of 3 files are denied for train\n")
    );
    assert!(text.contains("allowed  tables/rain.csv (permissive)\n"), "{text}");
    assert!(
        text.contains("allowed  tables/sales.csv (permissive), credit has to be given"),
        "{text}"
    );
    assert!(
        text.contains("denied   tables/secret.csv: the licence CC-BY-NC-4.0 is not listed"),
        "{text}"
    );
    let manifest = fs::read_to_string(session.path("corpus/croissant.json")).unwrap();
    assert!(manifest.contains("\"year\": \"none\""), "{manifest}");

    let (code, _, errors) = ran(&session, &["corpus", "admit", "corpus", "--purpose", "ship"]);
    assert_eq!(
        (code, errors.as_str()),
        (1, "marey: 3 of 3 files are denied for ship\n")
    );
    let (code, ..) = ran(&session, &["corpus", "admit", "corpus", "--purpose", "sell"]);
    assert_eq!(code, 2);
    let (code, _, errors) = ran(&session, &["corpus", "admit", "none"]);
    assert!(
        code == 1 && errors.contains("cannot read `none/policy.toml`"),
        "{errors}"
    );
    session.write("open.toml", "default = \"allow\"\n");
    let (code, _, errors) = ran(&session, &["corpus", "admit", "corpus", "--policy", "open.toml"]);
    assert!(
        code == 1 && errors.contains("only \"deny\" is possible"),
        "{errors}"
    );
}

#[test]
fn a_corpus_that_drifted_is_found() {
    let session = corpus();
    let (code, _, errors) = ran(&session, &["corpus", "verify", "corpus"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    session.write("corpus/tables/rain.csv", "year,rain\n2023,1\n");
    let (code, text, errors) = ran(&session, &["corpus", "verify", "corpus", "--format", "text"]);
    assert_eq!(code, 1);
    assert!(text.contains("FAULT  tables/rain.csv: it has sha256:"), "{text}");
    assert!(errors.contains("1 of 3 files are not as"), "{errors}");
}

#[test]
fn weights_are_verified_described_and_their_data_withdrawn() {
    let session = corpus();
    ran(&session, &["corpus", "admit", "corpus", "--record-personal"]);
    let models = [
        model(&session, 1, &["rain"]),
        model(&session, 2, &["rain", "sales"]),
        model(&session, 3, &["sales"]),
    ];
    session.write("child.safetensors", b"\x02\0\0\0\0\0\0\0{}");
    let add = [
        "corpus",
        "lineage",
        "--add",
        "child.safetensors",
        "--kind",
        "quantised",
        "--from",
        &models[1],
        "--name",
        "child",
    ];
    let (code, _, errors) = ran(&session, &[&add[..], &LEDGER].concat());
    assert_eq!((code, errors.as_str()), (0, ""));

    let report = json_of(
        &session,
        &[&["corpus", "verify", models[1].as_str()][..], &LEDGER].concat(),
    );
    assert_eq!(
        (report["faults"].as_array().map(Vec::len), &report["recomputed"]),
        (Some(0), &report["root"])
    );
    let (code, card, _) = ran(
        &session,
        &[&["corpus", "card", "child.safetensors"][..], &LEDGER].concat(),
    );
    assert!(
        code == 0 && card.contains("| sales.csv | 2 | CC-BY-4.0 | nobody | credit | 0 |"),
        "{card}"
    );
    let bom = json_of(
        &session,
        &[
            &["corpus", "card", models[1].as_str(), "--as", "cyclonedx"][..],
            &LEDGER,
        ]
        .concat(),
    );
    assert_eq!(bom["components"].as_array().map(Vec::len), Some(2));
    let (_, events, _) = ran(
        &session,
        &[
            &["corpus", "card", models[1].as_str(), "--as", "openlineage"][..],
            &LEDGER,
        ]
        .concat(),
    );
    assert_eq!(events.lines().count(), 2);
    let (_, draft, _) = ran(
        &session,
        &[
            &["corpus", "card", models[1].as_str(), "--as", "training-summary"][..],
            &LEDGER,
        ]
        .concat(),
    );
    assert!(draft.contains("DRAFT"));

    let rain = [
        "corpus",
        "withdraw",
        "--asset",
        "corpus/tables/rain.csv",
        "--reason",
        "asked",
    ];
    let dry = json_of(&session, &[&rain[..], &["--dry-run"], &LEDGER].concat());
    let report = json_of(&session, &[&rain[..], &LEDGER].concat());
    assert_eq!(dry["affected"], report["affected"]);
    let weights: Vec<&str> = report["affected"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|node| node["kind"] == "model" || node["kind"] == "quantised")
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    assert_eq!(weights, ["model-1", "model-2", "child"]);
    let (_, text, _) = ran(&session, &["corpus", "admit", "corpus", "--format", "text"]);
    assert!(
        text.contains("denied   tables/rain.csv: it was withdrawn: asked"),
        "{text}"
    );
    let (code, _, errors) = ran(
        &session,
        &[&["corpus", "verify", models[0].as_str()][..], &LEDGER].concat(),
    );
    assert!(
        code == 1 && errors.contains("was made from what was withdrawn since"),
        "{errors}"
    );
    let (code, ..) = ran(
        &session,
        &[&["corpus", "verify", models[2].as_str()][..], &LEDGER].concat(),
    );
    assert_eq!(code, 0);

    let audit = json_of(&session, &[&["corpus", "audit", "--list"][..], &LEDGER].concat());
    assert_eq!(
        audit["list"].as_array().map(Vec::len),
        audit["records"].as_u64().map(|records| records as usize)
    );
    let log = session.path("corpus/.marey/audit.jsonl");
    let whole = fs::read_to_string(&log).unwrap();
    fs::write(&log, whole.replacen("rain.csv", "Rain.csv", 1)).unwrap();
    let (code, _, errors) = ran(&session, &[&["corpus", "audit"][..], &LEDGER].concat());
    assert!(
        code == 1 && errors.contains("was changed after it was written"),
        "{errors}"
    );
}

#[test]
fn bad_usage_is_told() {
    let session = corpus();
    for (arguments, code, says) in [
        (&["corpus", "audit"][..], 2, "there is no ledger in `.marey`"),
        (&["corpus", "withdraw", "--reason", "x"], 2, "--asset"),
        (
            &["corpus", "verify", "corpus/policy.toml"],
            1,
            "expected a safetensors file",
        ),
        (
            &["corpus", "card", "corpus", "--as", "cyclonedx"],
            2,
            "a card in Markdown only",
        ),
        (
            &["corpus", "card", "none.safetensors"],
            1,
            "cannot read `none.safetensors`",
        ),
    ] {
        let (found, _, errors) = ran(&session, arguments);
        assert!(
            found == code && errors.contains(says),
            "{arguments:?}: {found} {errors}"
        );
    }
    let (code, card, _) = ran(&session, &["corpus", "card", "corpus"]);
    assert!(
        code == 0 && card.contains("| permissive | 2 |") && card.contains("| restricted | 1 |"),
        "{card}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_behind_the_fence_opens_what_was_admitted() {
    let session = corpus();
    ran(&session, &["corpus", "admit", "corpus", "--record-personal"]);
    let script = "set -e; f=$(sed -n 's/.*\"tables.rain.csv\": \"\\(.*\\)\".*/\\1/p' $MAREY_INPUTS); cat \"$f\" > out/copy; \
                  if cat corpus/tables/secret.csv; then exit 9; fi";
    let strace = Command::new("strace")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    let mut arguments = vec!["corpus", "run", "corpus", "--out", "out", "--run", "r"];
    if strace {
        arguments.push("--trace");
    }
    arguments.extend(["--", "sh", "-c", script]);
    let (code, _, errors) = ran(&session, &arguments);
    if errors.contains("the fence is") || errors.contains("ptrace") {
        println!("skipped: {errors}");
        return;
    }
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("Permission denied"), "{errors}");
    assert_eq!(
        fs::read_to_string(session.path("out/copy"))
            .unwrap()
            .lines()
            .count(),
        3
    );
    let audit = json_of(
        &session,
        &[&["corpus", "audit", "--list", "--run", "r"][..], &LEDGER].concat(),
    );
    let of = |event: &str| -> Vec<&Value> {
        let list = audit["list"].as_array().unwrap().iter();
        list.filter(|record| record["event"] == event).collect()
    };
    assert_eq!(of("fence")[0]["fence"], "enforced");
    assert_eq!(of("started")[0]["assets"].as_array().map(Vec::len), Some(2));
    if strace {
        // One of the two that were within reach was opened, and the denied one was refused.
        let rain = fs::read(session.path("corpus/tables/rain.csv")).unwrap();
        let read: Vec<&Value> = of("outcome").iter().map(|record| &record["asset"]).collect();
        assert_eq!(read, [&json!(Digest::of(&rain))]);
        assert!(
            of("refused")
                .iter()
                .any(|record| record["path"] == "corpus/tables/secret.csv"),
            "{audit}"
        );
    }
}

/// A corpus of which one table has a column to be masked first, and weights without a lineage.
#[cfg(target_os = "linux")]
fn corpus_with_persons() -> Session {
    let session = corpus();
    let path = session.path("corpus/croissant.json");
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for (place, level) in ["none", "direct", "none"].iter().enumerate() {
        let name = ["rain", "sales", "secret"][place];
        manifest["distribution"][place]["marey:rights"] =
            json!({ "personal": { "year": "none", name: level } });
    }
    fs::write(&path, manifest.to_string()).unwrap();
    let rule = "personal_max = \"pseudonymous\"\n[[column]]\npersonal = \"direct\"\neffect = \"mask\"\n";
    session.write("corpus/policy.toml", format!("{POLICY}{rule}"));
    let tensor = TensorView::new(Dtype::U8, vec![2], &[7, 8]).unwrap();
    session.write(
        "start.safetensors",
        safetensors::serialize([("w", tensor)], None).unwrap(),
    );
    session
}

#[cfg(target_os = "linux")]
#[test]
fn weights_that_a_program_leaves_carry_what_it_read() {
    let strace = Command::new("strace").arg("--version").output();
    let strace = strace.is_ok_and(|output| output.status.success());
    for traced in [false, true] {
        if traced && !strace {
            println!("skipped: there is no strace");
            continue;
        }
        let session = corpus_with_persons();
        let script = "set -e; f=$(sed -n 's/.*\"tables.sales.csv\": \"\\(.*\\)\".*/\\1/p' $MAREY_INPUTS); cat \"$f\" > out/seen; \
                      cp start.safetensors out/model.safetensors; echo no > out/notes.safetensors; cat";
        let mut arguments = vec![
            "corpus",
            "run",
            "corpus",
            "--out",
            "out",
            "--run",
            "r",
            "--seed",
            "3",
            "--read",
            "start.safetensors",
        ];
        if traced {
            arguments.push("--trace");
        }
        arguments.extend(["--", "sh", "-c", script]);
        let (code, _, errors) = ran(&session, &arguments);
        if traced && errors.contains("ptrace") {
            println!("skipped: {errors}");
            continue;
        }
        assert_eq!(code, 0, "{errors}");
        assert!(errors.contains("notes.safetensors is not recorded"), "{errors}");
        assert_eq!(
            fs::read_to_string(session.path("out/seen")).unwrap(),
            "year,sales\n2023,999\n2024,999\n"
        );

        let weights = fs::read(session.path("out/model.safetensors")).unwrap();
        let read = safetensors::SafeTensors::deserialize(&weights).unwrap();
        assert_eq!(read.tensor("w").unwrap().data(), [7, 8]);
        let report = json_of(
            &session,
            &[&["corpus", "verify", "out/model.safetensors"][..], &LEDGER].concat(),
        );
        assert_eq!(report["faults"], json!([]), "{report}");
        assert_eq!(report["inputs"]["seed"], 3);
        let digest = |name: &str| {
            json!(Digest::of(
                &fs::read(session.path(&format!("corpus/tables/{name}.csv"))).unwrap()
            ))
        };
        let assets = report["inputs"]["assets"].as_array().unwrap();
        // Unwatched, the program may have read what it was given; watched, it read what it opened.
        assert_eq!(assets.contains(&digest("rain")), !traced, "{report}");
        assert!(
            assets.contains(&digest("sales")) && !assets.contains(&digest("secret")),
            "{report}"
        );

        let arguments = [
            "corpus",
            "withdraw",
            "--asset",
            "corpus/tables/sales.csv",
            "--reason",
            "x",
            "--dry-run",
        ];
        let (_, impact, errors) = ran(&session, &[&arguments[..], &LEDGER].concat());
        assert!(impact.contains("model:r/model.safetensors"), "{impact} {errors}");

        // Changed afterwards, they are not what was recorded.
        let mut changed = weights.clone();
        *changed.last_mut().unwrap() = 9;
        fs::write(session.path("out/model.safetensors"), changed).unwrap();
        let (code, report, _) = ran(
            &session,
            &[&["corpus", "verify", "out/model.safetensors"][..], &LEDGER].concat(),
        );
        assert!(code == 1 && report.contains("were they changed?"), "{report}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_behind_the_fence_reaches_neither_the_ledger_nor_what_was_open() {
    let session = corpus();
    ran(&session, &["corpus", "admit", "corpus", "--record-personal"]);
    let script = "cat; cat corpus/.marey/audit.jsonl; echo x > corpus/.marey/lineage/graph.json; echo x >> corpus/.marey/audit.jsonl; exit 4";
    let output = session
        .command(&[
            "corpus", "run", "corpus", "--out", "out", "--run", "r", "--", "sh", "-c", script,
        ])
        .stdin(fs::File::open(session.path("corpus/tables/secret.csv")).unwrap())
        .output()
        .unwrap();
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    if errors.contains("the fence is") {
        println!("skipped: {errors}");
        return;
    }
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("ended with exit status: 4"), "{errors}");
    assert_eq!(
        said, "",
        "nothing came out of what was open before, nor of the ledger"
    );
    assert_eq!(errors.matches("ermission denied").count(), 3, "{errors}");
    let (code, ..) = ran(&session, &[&["corpus", "audit"][..], &LEDGER].concat());
    assert_eq!(code, 0);
    let (_, lineage, _) = ran(&session, &[&["corpus", "lineage"][..], &LEDGER].concat());
    assert!(lineage.contains("run:r"), "{lineage}");
}
