//! The fence, and whether a run opens what its audit log says. A program of its own: it starts itself as the training
//! process, with `strace` around it where there is one.

#[path = "../it/company.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod company;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use marey_corpus::{
    Digest,
    audit::{AuditEvent, OutcomeStatus},
    fence::FencePlan,
    ledger::Ledger,
    lineage::WeightsClaim,
};

use company::{FILES, open, train, weights, write_corpus};

const CHILD: &str = "MAREY_FENCE_TEST_CHILD";

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() {
    if let Some(corpus) = std::env::var_os(CHILD) {
        return child(Path::new(&corpus));
    }
    // As the test harness does, so that one can ask for a test by name.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|own| !own.starts_with('-'))
        .collect();
    let tests: [(&str, fn()); 2] = [
        ("fence_keeps_a_training_process_to_what_was_admitted", fenced),
        ("what_a_run_opens_is_what_its_log_says", traced),
    ];
    for (name, test) in tests {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())) {
            test();
            println!("test fence::{name} ... ok");
        }
    }
}

/// Whether the kernel says that Landlock is in use: then the fence has to stand.
fn has_landlock() -> bool {
    let modules = fs::read_to_string("/sys/kernel/security/lsm");
    modules.is_ok_and(|list| list.split(',').any(|module| module.trim() == "landlock"))
}

/// The training process: reads two of three admitted tables behind the fence, tries to open what it may not,
/// and writes weights.
fn child(corpus: &Path) {
    let ledger = Ledger::open(corpus.join(".marey")).unwrap();
    let mut loader = open(corpus, &ledger, "run-1");
    let out = corpus.join("out");
    let plan = FencePlan {
        writable: vec![out.clone()],
        ..FencePlan::with_system()
    };
    // A file that was opened before the fence stays open; through /proc it is opened anew, and refused.
    let before = fs::File::open(corpus.join("tables/secret.csv")).unwrap();
    let status = loader.put_up_fence(plan, false).unwrap();
    println!("fence {status}");
    let values = train(&mut loader, &["tables/sales.csv", "tables/staff.csv"]);
    let secret = Digest::of(FILES[3].3.as_bytes());
    let descriptor = std::os::fd::AsRawFd::as_raw_fd(&before);
    let tricks = [
        ("denied", corpus.join("tables/secret.csv")),
        (
            "stored",
            ledger
                .store()
                .map_or_else(|_| corpus.join(".marey/store"), |store| store.path(&secret)),
        ),
        ("never admitted", PathBuf::from("/etc/hostname")),
        ("symlink", out.join("symlink")),
        ("hard link", out.join("hard")),
        ("descriptor", PathBuf::from(format!("/proc/self/fd/{descriptor}"))),
        (
            "root",
            PathBuf::from("/proc/self/root")
                .join(corpus.strip_prefix("/").unwrap())
                .join("tables/secret.csv"),
        ),
        ("log", corpus.join(".marey/audit.jsonl")),
    ];
    for (name, path) in tricks {
        let opened = loader.gate().open_beside(&path, "t");
        println!(
            "{name}: {}",
            opened.err().map_or("opened".into(), |error| error.to_string())
        );
    }
    // Another thread, and another program, are behind it too.
    let path = corpus.join("tables/secret.csv");
    let elsewhere = path.clone();
    let thread = std::thread::spawn(move || fs::read(elsewhere).map(drop))
        .join()
        .unwrap();
    println!(
        "thread: {}",
        thread.err().map_or("opened".into(), |error| error.to_string())
    );
    let other = Command::new("/bin/cat").arg(&path).output().unwrap();
    println!("program: {}", String::from_utf8_lossy(&other.stderr).trim());
    println!(
        "linked: {:?}",
        fs::hard_link(&path, out.join("linked")).map_err(|error| error.kind())
    );
    println!(
        "made: {:?}",
        fs::write(corpus.join("tables/new.csv"), "x").map_err(|error| error.kind())
    );
    let witness = loader.witness("1f3a", Digest::of(b"config"), 7);
    let bytes = weights(&values, Some(&witness));
    fs::write(out.join("model.safetensors"), &bytes).unwrap();
    loader
        .record(&witness, &[("model".into(), Digest::of(&bytes))])
        .unwrap();
}

fn start(corpus: &Path, program: Option<&Path>) -> Output {
    write_corpus(corpus);
    let out = corpus.join("out");
    fs::create_dir_all(&out).unwrap();
    std::os::unix::fs::symlink(corpus.join("tables/secret.csv"), out.join("symlink")).unwrap();
    // A hard link inside the folder of the run is a name that the run may open: it was made before the fence, by somebody
    // who could read the file, so it is made in a folder that the run cannot open.
    fs::create_dir_all(corpus.join("links")).unwrap();
    let _ = fs::hard_link(corpus.join("tables/secret.csv"), corpus.join("links/hard"));
    std::os::unix::fs::symlink(corpus.join("links/hard"), out.join("hard")).unwrap();
    let own = std::env::current_exe().unwrap();
    let mut command = match program {
        None => Command::new(own),
        Some(trace) => {
            let mut strace = Command::new("strace");
            strace
                .args(["-f", "-qq", "-y", "-e", "trace=open,openat,openat2", "-o"])
                .arg(trace)
                .arg(own);
            strace
        }
    };
    command.env(CHILD, corpus).output().unwrap()
}

fn fenced() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().canonicalize().unwrap();
    let output = start(&corpus, None);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let ledger = Ledger::open(corpus.join(".marey")).unwrap();
    let records = ledger.records().unwrap();
    let fences: Vec<_> = records
        .iter()
        .filter_map(|record| match &record.event {
            AuditEvent::Fence { status } => Some(status.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(fences.len(), 1);
    let bytes = fs::read(corpus.join("out/model.safetensors")).unwrap();
    let report = WeightsClaim::read(&bytes)
        .unwrap()
        .unwrap()
        .check(Some(&ledger))
        .unwrap();
    assert_eq!(
        (report.faults.as_slice(), &report.claim.fence),
        (&[][..], &fences[0])
    );
    if !fences[0].is_enforced() {
        assert!(
            !has_landlock(),
            "this kernel has Landlock, and the fence is {}",
            fences[0]
        );
        println!(
            "skipped: the fence is {}; the log and the weights say so",
            fences[0]
        );
        return;
    }
    for name in [
        "denied",
        "stored",
        "never admitted",
        "symlink",
        "hard link",
        "descriptor",
        "root",
        "log",
        "thread",
    ] {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("{name}: ")))
            .unwrap();
        assert!(line.contains("Permission denied (os error 13)"), "{line}");
    }
    assert!(
        text.contains("program: /bin/cat:") && text.contains("Permission denied"),
        "{text}"
    );
    assert!(
        text.contains("made: Err(PermissionDenied)") && text.contains("linked: Err("),
        "{text}"
    );
    let refused: BTreeSet<&str> = records
        .iter()
        .filter_map(|record| match &record.event {
            AuditEvent::Refused { path, .. } => Some(path.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(refused.len(), 8, "{refused:?}");
    assert!(refused.contains(corpus.join("tables/secret.csv").to_str().unwrap()));
}

fn traced() {
    if !Command::new("strace")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        println!("skipped: there is no strace");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().canonicalize().unwrap();
    let trace = folder.path().join("trace");
    let output = start(&corpus, Some(&trace));
    if !output.status.success() && !corpus.join("out/model.safetensors").exists() {
        // Some containers forbid tracing.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("ptrace"), "{said}");
        println!("skipped: strace may not trace here");
        return;
    }
    let ledger = Ledger::open(corpus.join(".marey")).unwrap();
    let text = fs::read_to_string(&trace).unwrap();
    let store = corpus.join(".marey/store/objects");
    // Contents are opened by their names in the store, for reading only; when a corpus is taken in, files are written there.
    let opened: BTreeSet<String> = opened(&text)
        .into_iter()
        .filter_map(|path| {
            let own = path.strip_prefix(&store).ok()?;
            Some(own.to_string_lossy().replace('/', ""))
        })
        .collect();
    let audited: BTreeSet<String> = ledger
        .records()
        .unwrap()
        .iter()
        .filter_map(|record| match &record.event {
            AuditEvent::Outcome {
                asset,
                status: OutcomeStatus::Read,
                ..
            } => Some(asset.hex()),
            _ => None,
        })
        .collect();
    assert_eq!(opened, audited);
    assert_eq!(audited.len(), 2);
}

/// Real paths of what was opened for reading, as `strace -y` shows them.
fn opened(text: &str) -> BTreeSet<PathBuf> {
    let lines = text
        .lines()
        .filter(|line| !line.contains("O_WRONLY") && !line.contains("O_PATH"));
    lines
        .filter_map(|line| {
            let (_, outcome) = line.rsplit_once(" = ")?;
            let (_, path) = outcome.split_once('<')?;
            path.strip_suffix('>').map(PathBuf::from)
        })
        .collect()
}
