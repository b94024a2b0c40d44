//! Training runs: what cannot be begun leaves nothing behind.

use marey_lab::training::{TrainingConfig, TrainingError, train};

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
