//! Whole evaluations of a small corpus.

use std::{fs, path::Path};

use marey_corpus::Split;
use marey_lab::{Disturbance, Evaluation, ItemRecord, LabError, Leaderboard, Part, Results, Task, evaluate};

use crate::corpus;

fn evaluation(folder: &Path, model: &str) -> Evaluation {
    let corpus = folder.join("small");
    if !corpus.exists() {
        fs::create_dir(&corpus).unwrap();
        corpus::write(&corpus);
    }
    Evaluation {
        task: Task::named("nl2vis").unwrap(),
        corpus,
        part: Part {
            split: Some(Split::Dev),
            ..Part::default()
        },
        folds: None,
        model: model.parse().unwrap(),
        out: folder.join(model.split([':', ' ']).next().unwrap()),
        jobs: 2,
        limit: None,
        disturbance: None,
        against: None,
        allows_egress: false,
        key: None,
    }
}

fn value(results: &Results, name: &str) -> f64 {
    results.metrics[name].value
}

fn records(folder: &Path) -> Vec<ItemRecord> {
    let text = fs::read_to_string(folder.join("items.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn what_was_learnt_of_other_tables_answers_requests_of_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let linear = evaluate(&evaluation(folder.path(), "linear")).unwrap();
    assert_eq!((linear.n, linear.groups, linear.failures), (2, 1, 0));
    assert_eq!(value(&linear, "canonical_em"), 1.0);
    assert_eq!(value(&linear, "execution_match"), 1.0);
    assert!(linear.metrics.contains_key("ece"), "its scores are probabilities");
    let nearest = evaluate(&evaluation(folder.path(), "nearest")).unwrap();
    assert_eq!(value(&nearest, "canonical_em"), 1.0);
    let majority = evaluate(&evaluation(folder.path(), "majority")).unwrap();
    assert_eq!(
        (value(&majority, "canonical_em"), value(&majority, "hit@5")),
        (0.5, 1.0)
    );
    let rules = evaluate(&evaluation(folder.path(), "rules")).unwrap();
    assert_eq!(value(&rules, "valid"), 1.0);
    assert!(rules.cost.harness_ms.is_some_and(|ms| ms >= 0.0));
    assert_eq!(records(&folder.path().join("linear")).len(), 2);
    assert!(!folder.path().join("linear/items.jsonl.part").exists());
}

#[test]
fn every_group_of_a_fold_is_new_to_its_system() {
    let folder = tempfile::tempdir().unwrap();
    let mut folded = evaluation(folder.path(), "nearest");
    (folded.part, folded.folds) = (Part::default(), Some((4, "group".into())));
    let results = evaluate(&folded).unwrap();
    assert_eq!((results.n, results.groups), (8, 4));
    assert_eq!(value(&results, "canonical_em"), 1.0);
    assert!(results.metrics["canonical_em"].low.is_some());
    folded.folds = Some((5, "group".into()));
    assert!(matches!(
        evaluate(&folded),
        Err(LabError::Folds { folds: 5, groups: 4 })
    ));
    let mut unsplit = evaluation(folder.path(), "linear");
    unsplit.part = Part::default();
    assert!(matches!(evaluate(&unsplit), Err(LabError::NothingToLearn { .. })));
}

#[test]
fn a_run_that_was_stopped_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("asked.txt");
    // Answers by rote and notes each question.
    let program = folder.path().join("p.sh");
    fs::write(
        &program,
        format!(
            "echo '{{\"name\":\"p\",\"training_data\":[\"small\"]}}'\nwhile read -r line; do echo asked >> {}\n\
             id=$(printf '%s' \"$line\" | sed 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/')\n\
             echo \"{{\\\"id\\\":\\\"$id\\\",\\\"candidates\\\":[{{\\\"spec\\\":{{\\\"mark\\\":\\\"bar\\\"}}}}]}}\"\ndone\n",
            log.display()
        ),
    )
    .unwrap();
    let mut asked = evaluation(folder.path(), &format!("cmd:sh {}", program.display()));
    asked.jobs = 1;
    let first = evaluate(&asked).unwrap();
    assert_eq!((first.n, first.failures), (2, 0));
    assert!(
        first
            .warnings
            .iter()
            .any(|warning| warning.starts_with("contaminated")),
        "{:?}",
        first.warnings
    );
    let questions = || fs::read_to_string(&log).unwrap().lines().count();
    assert_eq!(questions(), 2);
    // As it would be had the run been stopped after the first item, in the middle of the second line.
    let done = records(&asked.out);
    let part = asked.out.join("items.jsonl.part");
    let identity = identity_of(&asked, folder.path());
    let line = serde_json::to_string(&done[0]).unwrap();
    fs::write(&part, format!("{identity}\n{line}\n{{\"id\":\"fleet1#0\",\"gro")).unwrap();
    let second = evaluate(&asked).unwrap();
    assert_eq!((second.n, second.metrics == first.metrics), (2, true));
    assert_eq!(questions(), 3, "one item was asked again");
}

/// The first line of the unfinished records, as a run of the same evaluation writes it: taken from a run
/// that is stopped by a folder in the place of its results.
fn identity_of(evaluation: &Evaluation, folder: &Path) -> String {
    let mut stopped = evaluation.clone();
    stopped.out = folder.join("stopped");
    fs::create_dir_all(stopped.out.join("results.json")).unwrap();
    assert!(matches!(evaluate(&stopped), Err(LabError::Write { .. })));
    let text = fs::read_to_string(stopped.out.join("items.jsonl.part")).unwrap();
    // The run that was stopped here asked its two questions, too.
    let log = folder.join("asked.txt");
    let asked: Vec<String> = fs::read_to_string(&log)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    fs::write(&log, format!("{}\n", asked[..asked.len() - 2].join("\n"))).unwrap();
    text.lines().next().unwrap().to_owned()
}

#[test]
fn failures_count_as_wrong_and_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let failing = evaluation(folder.path(), "cmd:echo '{\"name\":\"p\"}'; read -r l; exit 1");
    let results = evaluate(&failing).unwrap();
    assert_eq!((results.n, results.failures), (2, 2));
    assert_eq!(value(&results, "canonical_em"), 0.0);
    assert!(
        records(&failing.out)
            .iter()
            .all(|record| record.failure.is_some())
    );
    assert!(
        results
            .warnings
            .iter()
            .any(|warning| warning.contains("does not declare"))
    );
}

#[test]
fn a_board_ranks_systems_on_the_same_items() {
    let folder = tempfile::tempdir().unwrap();
    let runs: Vec<_> = ["majority", "linear", "rules"]
        .into_iter()
        .map(|model| {
            let evaluation = evaluation(folder.path(), model);
            evaluate(&evaluation).unwrap();
            evaluation.out
        })
        .collect();
    let boards = Leaderboard::of(&runs).unwrap();
    assert_eq!(boards.len(), 1);
    let entries = &boards[0].entries;
    assert_eq!(entries[0].results.system.name, "linear");
    assert!(entries[0].behind_first.is_none() && entries[1].behind_first.is_some());
    let out = folder.path().join("board");
    Leaderboard::write(&boards, &out).unwrap();
    let page = fs::read_to_string(out.join("leaderboard.html")).unwrap();
    assert!(
        page.matches("<svg").count() >= 3,
        "intervals, cost and a division are drawn"
    );
    assert!(!page.contains("<script"));
    let markdown = fs::read_to_string(out.join("leaderboard.md")).unwrap();
    assert!(markdown.contains("| linear"), "{markdown}");
    assert!(matches!(Leaderboard::of(&[out]), Err(LabError::Read { .. })));
}

#[test]
fn disturbed_items_keep_what_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let calm = evaluation(folder.path(), "nearest");
    evaluate(&calm).unwrap();
    let disturbed = |disturbance| {
        let mut evaluation = calm.clone();
        evaluation.out = folder.path().join("disturbed");
        (evaluation.disturbance, evaluation.against) = (Some(disturbance), Some(calm.out.clone()));
        evaluate(&evaluation).unwrap()
    };
    for disturbance in Disturbance::ALL {
        let results = disturbed(disturbance);
        assert_eq!(
            value(&results, "flip_rate"),
            value(&results, "accuracy_drop"),
            "{disturbance:?}"
        );
        assert!(results.split.ends_with(disturbance.as_str()), "{}", results.split);
        let records = records(&folder.path().join("disturbed"));
        let gold = records[0].gold[0].to_string();
        // `ship` and `length` lose their vowels in the table and in the right charts alike.
        assert_eq!(
            gold.contains("\"shp\""),
            disturbance == Disturbance::Renamed,
            "{gold}"
        );
    }
    assert_eq!(value(&disturbed(Disturbance::Shuffled), "flip_rate"), 0.0);
    assert_eq!(value(&disturbed(Disturbance::Distractors), "flip_rate"), 0.0);
}
