//! `marey corpus run`: a program that can open what was admitted and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
};

use anyhow::{Context, bail};
use clap::Args;
use marey_corpus::{
    CorpusError, Digest,
    admission::{Display, Egress, Evaluate, Loader, PurposeType, Ship, Train},
    audit::AuditEvent,
    fence::FencePlan,
};

use super::{
    place::{PolicyArguments, WantedFor, time},
    reach::{self, WithinReach},
    trace,
};
use crate::failure::BadUsage;

/// Arguments of `marey corpus run`.
#[derive(Args)]
pub struct RunArguments {
    #[command(flatten)]
    place: PolicyArguments,
    /// Folder that the program may write to; it finds `inputs.json` there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Also let the program read this file or folder (its own code, a virtual environment)
    #[arg(long, value_name = "PATH")]
    read: Vec<PathBuf>,
    /// Do not start where the fence does not stand in full
    #[arg(long)]
    require_fence: bool,
    /// Watch with strace what is opened and refused, and write it into the audit log
    #[arg(long)]
    trace: bool,
    /// Revision of the program's code, for the lineage; by default a hash over the files that the command names
    #[arg(long, value_name = "REVISION")]
    code: Option<String>,
    /// Seed that the program was given, for the lineage
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    seed: u64,
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// Runs the program behind the fence.
pub fn run(arguments: RunArguments) -> anyhow::Result<()> {
    match arguments.place.purpose {
        WantedFor::Train => fenced::<Train>(&arguments),
        WantedFor::Evaluate => fenced::<Evaluate>(&arguments),
        WantedFor::Ship => fenced::<Ship>(&arguments),
        WantedFor::Display => fenced::<Display>(&arguments),
        WantedFor::Egress => fenced::<Egress>(&arguments),
    }
}

fn fenced<P: PurposeType>(arguments: &RunArguments) -> anyhow::Result<()> {
    if arguments.trace && !trace::is_present() {
        return Err(BadUsage("--trace needs the program strace, which cannot be started".into()).into());
    }
    let mut loader: Loader<P> = arguments.place.open("run")?;
    fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make `{}`", arguments.out.display()))?;
    let out = arguments.out.canonicalize()?;
    let code = match &arguments.code {
        Some(code) => code.clone(),
        None => reach::revision(&arguments.command)?,
    };
    let within_reach = reach::offer(&mut loader, &out)?;
    let before = reach::weights(&out)?;
    // The trace lies where the program cannot write.
    let traced = arguments
        .trace
        .then(|| {
            tempfile::NamedTempFile::new_in(arguments.place.ledger()?.root())
                .context("no trace can be written")
        })
        .transpose()?;
    let mut child = start(
        &mut loader,
        arguments,
        &out,
        &within_reach,
        traced.as_ref().map(|file| file.path()),
    )?;
    let status = child.wait()?;
    if let Some(file) = &traced {
        note_opened(&mut loader, file.path(), &within_reach)?;
    }
    loader.log(AuditEvent::Ended {
        status: status.to_string(),
    })?;
    let config = Digest::of(&serde_json::to_vec(&arguments.command)?);
    let witness = loader.witness(&code, config, arguments.seed);
    let models = reach::stamped(&out, &before, &witness)?;
    loader.record(&witness, &models)?;
    if !status.success() {
        bail!("`{}` ended with {status}", arguments.command[0]);
    }
    Ok(())
}

/// Starts the program behind its fence. How far the fence stands, and what is within reach, is in the log before.
#[cfg(unix)]
fn start<P: PurposeType>(
    loader: &mut Loader<P>,
    arguments: &RunArguments,
    out: &Path,
    within_reach: &WithinReach,
    trace: Option<&Path>,
) -> anyhow::Result<Child> {
    use super::behind::{NAME, Waiting};
    let own = std::env::current_exe().context("cannot tell where this program lies")?;
    let behind = ["corpus", NAME, "--"].map(str::to_owned);
    let words = behind.iter().chain(&arguments.command);
    let mut command = match trace {
        Some(to) => trace::traced(&own, to),
        None => Command::new(&own),
    };
    command.args(words).env("MAREY_INPUTS", out.join("inputs.json"));
    let waiting = Waiting::start(
        command,
        &plan(arguments, out, within_reach.keys().cloned().collect()),
    )?;
    loader.gate().note_fence(waiting.status.clone(), &time())?;
    if !waiting.status.is_enforced() {
        if arguments.require_fence {
            return Err(CorpusError::NoFence {
                status: waiting.status.clone(),
            }
            .into());
        }
        eprintln!("marey: the fence is {}", waiting.status);
    }
    loader.note_started(&arguments.command, &digests(within_reach), trace.is_some())?;
    Ok(waiting.go()?)
}

/// Starts the program; there is no fence here, and the log says so.
#[cfg(not(unix))]
fn start<P: PurposeType>(
    loader: &mut Loader<P>,
    arguments: &RunArguments,
    out: &Path,
    within_reach: &WithinReach,
    trace: Option<&Path>,
) -> anyhow::Result<Child> {
    let plan = plan(arguments, out, within_reach.keys().cloned().collect());
    let status = marey_corpus::fence::put_up(&plan, arguments.require_fence)?;
    eprintln!("marey: the fence is {status}");
    loader.gate().note_fence(status, &time())?;
    loader.note_started(&arguments.command, &digests(within_reach), trace.is_some())?;
    Command::new(&arguments.command[0])
        .args(&arguments.command[1..])
        .env("MAREY_INPUTS", out.join("inputs.json"))
        .spawn()
        .with_context(|| format!("cannot start `{}`", arguments.command[0]))
}

fn digests(within_reach: &WithinReach) -> BTreeSet<Digest> {
    within_reach.values().copied().collect()
}

fn plan(arguments: &RunArguments, out: &Path, readable: Vec<PathBuf>) -> FencePlan {
    let mut plan = FencePlan {
        readable,
        writable: vec![out.to_owned()],
        ..FencePlan::with_system()
    };
    plan.runnable.extend(arguments.read.iter().cloned());
    // A program that is named by its path may run; one that is looked up lies in the system's folders.
    let program = Path::new(&arguments.command[0]);
    if program.components().count() > 1 {
        plan.runnable.extend(program.canonicalize());
    }
    plan
}

/// Writes down which of the contents within reach were opened, and what was refused. Tables that were changed for the
/// program have been read by the loader, which has written that down.
fn note_opened<P: PurposeType>(
    loader: &mut Loader<P>,
    written: &Path,
    within_reach: &WithinReach,
) -> anyhow::Result<()> {
    let text = fs::read(written).context("strace wrote nothing")?;
    let found = trace::parse(&String::from_utf8_lossy(&text));
    let witnessed = loader.gate().witnessed().clone();
    let opened: BTreeMap<&Digest, &PathBuf> = within_reach
        .iter()
        .filter(|(path, digest)| found.opened.contains(*path) && !witnessed.contains_key(*digest))
        .map(|(path, digest)| (digest, path))
        .collect();
    for (digest, path) in opened {
        loader.note_opened(*digest, fs::metadata(path).map_or(0, |kind| kind.len()))?;
    }
    for path in found.refused {
        eprintln!("marey: refused: {path}");
        loader.log(AuditEvent::Refused {
            path,
            because: "Permission denied".into(),
        })?;
    }
    Ok(())
}
