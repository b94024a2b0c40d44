//! Progress on a terminal, silence elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on stderr that says what is going on; nothing when stderr is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts with a first stage.
    pub fn start(stage: impl Into<String>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(stage.into());
        // Short work ends before the first tick and shows nothing.
        bar.enable_steady_tick(Duration::from_millis(150));
        Self(bar)
    }

    /// Moves to the next stage.
    pub fn stage(&self, stage: impl Into<String>) {
        self.0.set_message(stage.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
