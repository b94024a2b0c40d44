//! What was noticed while drawing, each thing once.

use crate::datum::Datum;

/// Warnings in order of occurrence, without repetition.
#[derive(Debug, Default)]
pub struct Warnings {
    messages: Vec<String>,
}

impl Warnings {
    /// Notes something unless it was noted before.
    pub fn once(&mut self, message: String) {
        if !self.messages.contains(&message) {
            self.messages.push(message);
        }
    }

    /// Cuts a list of categories to a limit and says so; returns how many were cut.
    pub fn cut(&mut self, values: &mut Vec<Datum<'_>>, limit: usize, what: &str) -> usize {
        let more = values.len().saturating_sub(limit);
        if more > 0 {
            self.once(format!(
                "{} {what}: the first {limit} are drawn, +{more} more are not",
                values.len()
            ));
            values.truncate(limit);
        }
        more
    }

    /// The messages.
    pub fn into_messages(self) -> Vec<String> {
        self.messages
    }
}
