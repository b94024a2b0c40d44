//! `marey corpus behind-fence`: the process that puts the fence around itself and then becomes the program.
//!
//! It is started by `marey corpus run`, which stays outside and keeps the log and the lineage out of the program's reach. They
//! speak over the standard input of this process: the plan of the fence comes in, how far it stands goes out, and `go` lets the
//! program start when that is in the log.

use std::{
    io::{self, BufRead, BufReader, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::{net::UnixStream, process::CommandExt},
    },
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};
use clap::Args;
use marey_corpus::fence::{FencePlan, FenceStatus, put_up};

const GO: &str = "go";

/// Name of the command.
pub const NAME: &str = "behind-fence";

/// Arguments of `marey corpus behind-fence`.
#[derive(Args)]
pub struct BehindArguments {
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// Puts up the fence that comes in, and becomes the program.
pub fn run(arguments: &BehindArguments) -> anyhow::Result<()> {
    let mut outside = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut lines = BufReader::new(outside.try_clone()?);
    let plan: FencePlan = serde_json::from_str(&line(&mut lines)?)
        .context("no plan of a fence comes in; this command is started by `marey corpus run`")?;
    let status = put_up(&plan, false)?;
    writeln!(outside, "{}", serde_json::to_string(&status)?)?;
    if line(&mut lines)?.trim() != GO {
        bail!("the program was not let go");
    }
    // What is open before the fence passes it: the program gets none of it.
    let error = Command::new(&arguments.command[0])
        .args(&arguments.command[1..])
        .stdin(Stdio::null())
        .exec();
    Err(error).with_context(|| format!("cannot start `{}`", arguments.command[0]))
}

fn line(lines: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    lines.read_line(&mut line)?;
    Ok(line)
}

/// A program that waits behind its fence until it is let go. If it is dropped before, it never starts.
pub struct Waiting {
    child: Child,
    inside: UnixStream,
    /// How far its fence stands.
    pub status: FenceStatus,
}

impl Waiting {
    /// Starts the process that becomes the program; `command` runs this very program with [`NAME`].
    pub fn start(mut command: Command, plan: &FencePlan) -> anyhow::Result<Self> {
        let (mut inside, theirs) = UnixStream::pair()?;
        command.stdin(Stdio::from(OwnedFd::from(theirs)));
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start `{}`", command.get_program().display()))?;
        // The end that was handed over has to be closed here, or its end is never seen.
        drop(command);
        let spoken = writeln!(inside, "{}", serde_json::to_string(plan)?)
            .and_then(|()| line(&mut BufReader::new(&inside)));
        match spoken.map(|line| serde_json::from_str(&line)) {
            Ok(Ok(status)) => Ok(Self {
                child,
                inside,
                status,
            }),
            _ => {
                drop(inside);
                let ended = child.wait()?;
                bail!("the fence could not be put up: its process ended with {ended}")
            }
        }
    }

    /// Lets the program go.
    pub fn go(mut self) -> io::Result<Child> {
        writeln!(self.inside, "{GO}")?;
        Ok(self.child)
    }
}
