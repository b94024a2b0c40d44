//! Stopping long work: a deadline and a token that others may set.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crate::RenderError;

/// When to stop: after a time, or when somebody says so. Cheap enough to ask in inner loops.
#[derive(Debug, Clone)]
pub struct Stop {
    begun: Instant,
    limit: Option<Duration>,
    token: Option<Arc<AtomicBool>>,
}

impl Stop {
    /// Starts the clock.
    pub fn new(limit: Option<Duration>, token: Option<Arc<AtomicBool>>) -> Self {
        Self {
            begun: Instant::now(),
            limit,
            token,
        }
    }

    /// Never stops.
    pub fn never() -> Self {
        Self::new(None, None)
    }

    /// Goes on, or fails because the time is up or the token is set.
    ///
    /// # Errors
    ///
    /// [`RenderError::Stopped`].
    pub fn check(&self) -> Result<(), RenderError> {
        let asked = self
            .token
            .as_ref()
            .is_some_and(|token| token.load(Ordering::Relaxed));
        if asked || self.limit.is_some_and(|limit| self.begun.elapsed() > limit) {
            let after_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            return Err(RenderError::Stopped { after_ms });
        }
        Ok(())
    }

    /// [`check`](Self::check) at every 1,024th item, for loops over rows.
    ///
    /// # Errors
    ///
    /// [`RenderError::Stopped`].
    pub fn check_at(&self, item: usize) -> Result<(), RenderError> {
        if item.is_multiple_of(1024) {
            self.check()
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stops_by_token_and_by_time() {
        assert!(Stop::never().check().is_ok());
        let token = Arc::new(AtomicBool::new(false));
        let stop = Stop::new(Some(Duration::from_secs(3600)), Some(token.clone()));
        assert!(stop.check().is_ok());
        token.store(true, Ordering::Relaxed);
        assert!(matches!(stop.check(), Err(RenderError::Stopped { .. })));
        assert!(stop.check_at(1).is_ok());
        assert!(stop.check_at(2048).is_err());
        let late = Stop::new(Some(Duration::ZERO), None);
        while late.begun.elapsed().is_zero() {}
        assert!(late.check().is_err());
    }
}
