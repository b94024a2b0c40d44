//! One process of a program that answers.

use std::{
    io::{Read, Write},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};

use super::{
    PluginOptions,
    lines::{Line, lines},
    message,
};
use crate::{Card, Failure, cost::peak_kilobytes_of_group};

/// Time between two looks at how much memory a program holds.
const MEASURED_EVERY: Duration = Duration::from_millis(250);

/// Bytes of the last words of a process that are kept.
const LAST_WORDS: usize = 2000;

/// A process with threads that read and write for it, so that it can never block the laboratory.
pub(super) struct Process {
    child: Child,
    answers: Receiver<Line>,
    questions: SyncSender<String>,
    last_words: Arc<Mutex<Vec<u8>>>,
    measured: Option<Instant>,
    peak: u64,
}

impl Process {
    /// Starts a process in a group of its own and reads who it is.
    pub(super) fn start(command: &str, options: &PluginOptions) -> Result<(Self, Card), Failure> {
        let mut process =
            Self::spawn(command, options).map_err(|error| Failure::Unreachable(error.to_string()))?;
        let until = Instant::now() + options.start_deadline;
        let line = process.line(until, options.start_deadline)?;
        Ok((process, message::hello(&line)?))
    }

    fn spawn(command: &str, options: &PluginOptions) -> std::io::Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", command])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let missing = || std::io::Error::other("a stream of the program could not be opened");
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(missing());
        };
        let last_words = Arc::new(Mutex::new(Vec::new()));
        Ok(Self {
            answers: lines(stdout, options.max_line)?,
            questions: writer(stdin)?,
            last_words: listen(stderr, last_words)?,
            child,
            measured: None,
            peak: 0,
        })
    }

    /// Hands a line over to be written; never waits.
    pub(super) fn say(&mut self, line: &str) -> Result<(), Failure> {
        match self.questions.try_send(format!("{line}\n")) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(Failure::Unreachable("it does not read its questions".into())),
            Err(TrySendError::Disconnected(_)) => Err(Failure::Ended(self.why())),
        }
    }

    /// The next line that is not empty.
    pub(super) fn line(&mut self, until: Instant, deadline: Duration) -> Result<Vec<u8>, Failure> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(Line::Text(text)) if text.trim_ascii().is_empty() && !left.is_zero() => {}
                Ok(Line::Text(text)) => return Ok(text),
                Ok(Line::TooLong) => return Err(Failure::Malformed("the line is too long".into())),
                Ok(Line::End) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::Ended(self.why()));
                }
                Err(RecvTimeoutError::Timeout) => {
                    let ms = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
                    return Err(Failure::Late { ms });
                }
            }
        }
    }

    /// How the process ended and what it said last.
    fn why(&mut self) -> String {
        // What it said last may still be on its way.
        for _ in 0..20 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        let status = match self.child.try_wait() {
            Ok(Some(status)) => format!(" ({status})"),
            _ => String::new(),
        };
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = String::from_utf8_lossy(&words);
        match words.trim().lines().last() {
            Some(last) => format!("{status}: {}", last.chars().take(300).collect::<String>()),
            None => status,
        }
    }

    /// Most memory that the process and those that it started held, in kB; looked up now and then, as it means to look at
    /// every process of the machine. 0 where the system does not tell.
    pub(super) fn peak_kilobytes(&mut self) -> u64 {
        if self.measured.is_none_or(|at| at.elapsed() >= MEASURED_EVERY) {
            self.measured = Some(Instant::now());
            self.peak = self
                .peak
                .max(peak_kilobytes_of_group(self.child.id()).unwrap_or(0));
        }
        self.peak
    }
}

impl Drop for Process {
    /// Ends the process and all of its group.
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.kill();
        for _ in 0..200 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn writer(mut stdin: impl Write + Send + 'static) -> std::io::Result<SyncSender<String>> {
    let (sender, receiver) = sync_channel::<String>(1);
    thread::Builder::new().name("questions".into()).spawn(move || {
        for line in receiver {
            if stdin
                .write_all(line.as_bytes())
                .and_then(|()| stdin.flush())
                .is_err()
            {
                return;
            }
        }
    })?;
    Ok(sender)
}

/// Takes in what a process says beside its answers and keeps the end of it.
fn listen(
    mut stderr: impl Read + Send + 'static,
    words: Arc<Mutex<Vec<u8>>>,
) -> std::io::Result<Arc<Mutex<Vec<u8>>>> {
    let kept = words.clone();
    thread::Builder::new().name("last words".into()).spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(read @ 1..) = stderr.read(&mut chunk) {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend_from_slice(&chunk[..read]);
            let surplus = kept.len().saturating_sub(LAST_WORDS);
            kept.drain(..surplus);
        }
    })?;
    Ok(words)
}
