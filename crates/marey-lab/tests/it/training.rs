//! Training runs: what cannot be begun leaves nothing behind.

use std::path::Path;

use marey_corpus::Split;
use marey_lab::{
    Evaluation, LabError, Part, Task, evaluate,
    training::{TrainingConfig, TrainingError, gather, train},
};

use crate::corpus;

#[test]
fn a_run_without_a_corpus_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (out, corpus) = (folder.path().join("run"), folder.path().join("corpus"));
    let config = TrainingConfig::default();
    let failed = train(&config, std::slice::from_ref(&corpus), &out, false, |_| {}).unwrap_err();
    assert!(failed.to_string().contains("is no corpus"), "{failed}");
    assert!(!out.exists());
    let failed = train(&config, &[corpus], &out, true, |_| {}).unwrap_err();
    assert!(matches!(failed, TrainingError::NoCheckpoint { .. }), "{failed}");
}

fn evaluation(corpus: &Path, model: &Path, split: Option<Split>) -> Evaluation {
    Evaluation {
        task: Task::named("nl2vis").unwrap(),
        corpus: corpus.to_owned(),
        part: Part {
            split,
            ..Part::default()
        },
        folds: None,
        model: model.display().to_string().parse().unwrap(),
        out: corpus.with_file_name("results"),
        jobs: 1,
        limit: None,
        disturbance: None,
        against: None,
        allows_egress: false,
        key: None,
    }
}

#[test]
fn what_was_trained_is_evaluated_by_its_folder_or_file() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, run) = (folder.path().join("small"), folder.path().join("run"));
    corpus::write(&corpus);
    let set = ["training.epochs=12".into(), "training.batch=3".into()];
    let config = TrainingConfig::from_toml("model = \"tiny\"", &set).unwrap();
    let report = train(&config, std::slice::from_ref(&corpus), &run, false, |_| {}).unwrap();
    assert_eq!((report.examples, report.finished), (6, true));

    let dev = evaluate(&evaluation(&corpus, &run, Some(Split::Dev))).unwrap();
    assert_eq!((dev.n, dev.failures, dev.metrics["valid"].value), (2, 0, 1.0));
    assert_eq!(dev.system.parameters, Some(report.parameters as u64));
    assert!(dev.metrics.contains_key("ece"), "its scores are probabilities");
    assert_eq!(dev.warnings, [""; 0], "another part was learnt from");
    let file = run.join("weights.safetensors");
    let all = evaluate(&evaluation(&corpus, &file, None)).unwrap();
    assert!(
        all.warnings
            .iter()
            .any(|warning| warning.starts_with("contaminated"))
    );

    std::fs::write(&file, "no weights").unwrap();
    let refused = evaluate(&evaluation(&corpus, &run, None)).unwrap_err();
    assert!(matches!(refused, LabError::Weights { .. }), "{refused}");
}

#[test]
fn charts_without_a_request_are_learnt_and_corpora_limited() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("small");
    corpus::write(&corpus);
    let chart = |mark: &str| {
        format!(
            r#"{{"mark":"{mark}","encoding":{{"x":{{"field":"city","type":"nominal"}},"y":{{"aggregate":"count"}}}}}}"#
        )
    };
    let line = format!(
        r#"{{"id":"unasked","group":"shop","split":"train","tables":["tables/shop.csv"],"requests":[],"charts":[{},{}],"weights":[0.9,0.1]}}"#,
        chart("point"),
        chart("bar")
    );
    let file = corpus.join("examples.jsonl");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{text}{line}\n")).unwrap();
    let gathered = |set: &[&str]| {
        let set: Vec<String> = set.iter().map(|set| (*set).to_owned()).collect();
        let config = TrainingConfig::from_toml("", &set).unwrap();
        gather(std::slice::from_ref(&corpus), &config).unwrap()
    };
    let all = gathered(&[]);
    assert_eq!(
        (all.requests, all.train.len(), all.dev.len()),
        (6, 8, 2),
        "{:?}",
        all.left_out
    );
    let weights: Vec<f32> = all.train[6..].iter().map(|example| example.weight()).collect();
    assert!(
        (weights[0] - 1.8).abs() < 1e-5 && (weights[1] - 0.2).abs() < 1e-5,
        "{weights:?}"
    );
    assert_eq!(gathered(&["unasked_charts=1"]).train.len(), 7);
    assert_eq!(gathered(&["limits.small=3"]).train.len(), 3);
}
