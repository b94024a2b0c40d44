//! `marey corpus run`: a program that can open what was admitted and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use clap::Args;
use marey_corpus::{
    Digest,
    admission::{Display, Egress, Evaluate, Loader, PurposeType, Ship, Train},
    audit::{AuditEvent, OutcomeStatus},
    fence::FencePlan,
};
use serde_json::json;

use super::{
    place::{PolicyArguments, WantedFor, time},
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
    let within_reach = offer(&mut loader, &out)?;
    let plan = plan(arguments, &out, within_reach.keys().cloned().collect());
    let status = loader
        .gate()
        .put_up_fence(&plan, arguments.require_fence, &time())?;
    if !status.is_enforced() {
        eprintln!("marey: the fence is {status}");
    }
    loader.log(AuditEvent::Started {
        command: arguments.command.clone(),
        assets: within_reach.values().copied().collect(),
        traced: arguments.trace,
    })?;
    let written = out.join(".trace");
    let mut command = if arguments.trace {
        trace::traced(&arguments.command, &written)
    } else {
        let mut command = Command::new(&arguments.command[0]);
        command.args(&arguments.command[1..]);
        command
    };
    command.env("MAREY_INPUTS", out.join("inputs.json"));
    let ended = command.status();
    if arguments.trace {
        note_opened(&mut loader, &written, &within_reach)?;
    }
    let shown = match &ended {
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    loader.log(AuditEvent::Ended {
        status: shown.clone(),
    })?;
    let ended = ended.with_context(|| format!("cannot start `{}`", arguments.command[0]))?;
    if !ended.success() {
        bail!("`{}` ended with {shown}", arguments.command[0]);
    }
    Ok(())
}

/// Checks the contents of everything that is admitted, tells the program where it lies, and returns the digests by
/// path. Tables with columns to be changed first are left out: only the loader changes them.
fn offer<P: PurposeType>(loader: &mut Loader<P>, out: &Path) -> anyhow::Result<BTreeMap<PathBuf, Digest>> {
    let stored = loader.stored();
    let offered: Vec<(String, Digest)> = loader
        .admitted()
        .filter(|(_, admitted)| admitted.columns().is_empty())
        .map(|(path, admitted)| (path.to_owned(), *admitted.digest()))
        .collect();
    let mut inputs = BTreeMap::new();
    let mut within_reach = BTreeMap::new();
    for (path, digest) in offered {
        let Some(place) = stored.get(&path) else { continue };
        // Whatever is swapped later was swapped by somebody with more rights than the program has.
        loader.gate().store().read(&digest, u64::MAX)?;
        let place = place.canonicalize()?;
        within_reach.insert(place.clone(), digest);
        inputs.insert(path, place);
    }
    let text = serde_json::to_string_pretty(&json!(inputs))?;
    fs::write(out.join("inputs.json"), text + "\n").context("cannot write inputs.json")?;
    Ok(within_reach)
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

/// Writes down which of the admitted contents were opened, and what was refused.
fn note_opened<P: PurposeType>(
    loader: &mut Loader<P>,
    written: &Path,
    within_reach: &BTreeMap<PathBuf, Digest>,
) -> anyhow::Result<()> {
    let text = fs::read(written).context("strace wrote nothing")?;
    let found = trace::parse(&String::from_utf8_lossy(&text));
    let opened: BTreeSet<(&PathBuf, &Digest)> = within_reach
        .iter()
        .filter(|(path, _)| found.opened.contains(*path))
        .collect();
    for (path, digest) in opened {
        loader.log(AuditEvent::Outcome {
            asset: *digest,
            status: OutcomeStatus::Read,
            bytes: fs::metadata(path).map_or(0, |kind| kind.len()),
            rows: None,
        })?;
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
