//! How a failure is told: one message, its causes in line, an exit code that says whose fault.

use std::{fmt, io, process::ExitCode};

/// The request itself does not make sense (exit code 2), as opposed to bad input (exit code 1).
#[derive(Debug)]
pub struct BadUsage(pub String);

impl fmt::Display for BadUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadUsage {}

/// Prints the error with its causes and returns the exit code.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        // Whoever reads us has seen enough (`marey profile … | head`): nothing to complain about.
        return ExitCode::SUCCESS;
    }
    eprintln!("marey: {}", in_one_line(error));
    ExitCode::from(if error.is::<BadUsage>() { 2 } else { 1 })
}

/// The error's messages from the outermost to the cause, without repeating one.
pub fn in_one_line(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let message = cause.to_string();
        if text.ends_with(&message) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&message);
    }
    text
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once_each() {
        let error = anyhow::anyhow!("no such column").context("the chart cannot be drawn");
        assert_eq!(in_one_line(&error), "the chart cannot be drawn: no such column");
    }
}
