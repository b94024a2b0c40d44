//! Systems that are programs of their own: JSON lines over stdin and stdout.
//!
//! The protocol is described in `docs/evaluation.md`. A program is never trusted: each line is bounded,
//! each answer has a deadline, and a program that sends rubbish, too much, the wrong answer or nothing
//! is ended with everything that it started, counted as having failed, and started anew. After five
//! failures in a row it is not asked any more.

mod lines;
mod message;
mod process;

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use marey_core::ChartSpec;
use serde_json::Value;

use crate::{Candidate, Card, Failure, LabError, Question, System};

use self::{message::Reply, process::Process};

pub(crate) use message::schema;

/// Bounds on a program that answers.
#[derive(Debug, Clone, Copy)]
pub struct PluginOptions {
    /// Longest time for one answer.
    pub deadline: Duration,
    /// Longest time until the program says who it is.
    pub start_deadline: Duration,
    /// Longest line that is read, in bytes.
    pub max_line: usize,
    /// Failures in a row after which the program is not asked any more.
    pub max_failures: usize,
}

impl Default for PluginOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(30),
            start_deadline: Duration::from_secs(120),
            max_line: 4 << 20,
            max_failures: 5,
        }
    }
}

/// A system that is a program of its own. Each question goes to a process that has none at the moment;
/// more are started where there is none.
pub struct Plugin {
    command: String,
    options: PluginOptions,
    card: Card,
    idle: Mutex<Vec<Process>>,
    failures: AtomicUsize,
    peak_kilobytes: AtomicU64,
}

impl Plugin {
    /// Starts a program by a shell command and reads who it is.
    ///
    /// # Errors
    ///
    /// When the program cannot be started or does not say who it is in time.
    pub fn start(command: &str, options: PluginOptions) -> Result<Self, LabError> {
        let failed = |why: String| LabError::Start {
            command: command.to_owned(),
            why,
        };
        let (process, card) =
            Process::start(command, &options).map_err(|failure| failed(failure.to_string()))?;
        Ok(Self {
            command: command.to_owned(),
            options,
            card,
            idle: Mutex::new(vec![process]),
            failures: AtomicUsize::new(0),
            peak_kilobytes: AtomicU64::new(0),
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks a process; ends it unless it answered as it should.
    fn ask(&self, question: &Question<'_>, charts: Option<&[ChartSpec]>) -> Result<Reply, Failure> {
        let failed = self.failures.load(Ordering::Relaxed);
        if failed >= self.options.max_failures {
            return Err(Failure::GivenUp(failed));
        }
        let outcome = self.process().and_then(|mut process| {
            let until = Instant::now() + self.options.deadline;
            let reply = process
                .say(&message::question(question, charts))
                .and_then(|()| process.line(until, self.options.deadline))
                .and_then(|line| message::reply(&line, question.id));
            self.peak_kilobytes
                .fetch_max(process.peak_kilobytes(), Ordering::Relaxed);
            if reply.is_ok() {
                self.idle().push(process);
            }
            reply
        });
        match &outcome {
            Ok(_) => self.failures.store(0, Ordering::Relaxed),
            Err(_) => drop(self.failures.fetch_add(1, Ordering::Relaxed)),
        }
        let reply = outcome?;
        match reply.error {
            Some(error) => Err(Failure::Refused(error)),
            None => Ok(reply),
        }
    }

    /// Claims about the question's table, each an object; docs/evaluation.md has their members.
    ///
    /// # Errors
    ///
    /// When there is no answer, with the reason.
    pub fn claims(&self, question: &Question<'_>) -> Result<Vec<Value>, Failure> {
        Ok(self.ask(question, None)?.claims)
    }

    fn process(&self) -> Result<Process, Failure> {
        if let Some(process) = self.idle().pop() {
            return Ok(process);
        }
        Process::start(&self.command, &self.options).map(|(process, _)| process)
    }
}

impl System for Plugin {
    fn card(&self) -> Card {
        self.card.clone()
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let mut candidates = self.ask(question, None)?.candidates;
        candidates.truncate(question.k);
        Ok(candidates)
    }

    fn judge(&self, question: &Question<'_>, charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        let scores = self.ask(question, Some(charts))?.scores;
        if scores.len() == charts.len() {
            Ok(scores)
        } else {
            Err(Failure::Malformed(format!(
                "{} scores for {} charts",
                scores.len(),
                charts.len()
            )))
        }
    }

    fn peak_memory_mb(&self) -> Option<f64> {
        let peak = self.peak_kilobytes.load(Ordering::Relaxed);
        (peak > 0).then(|| peak as f64 / 1024.0)
    }
}
