//! Scales: from data to visual values, with the semantics of D3's and Vega's scales.
//!
//! [`Continuous`] covers linear, log, power, symlog and time scales; [`Band`] bands and points;
//! [`Ordinal`] categories; [`Steps`] quantize, quantile and threshold scales. Values that cannot
//! be placed (NaN, a logarithm of zero) map to `None`; degenerate domains map to the middle of the
//! range. Nothing here panics on any number.

mod band;
mod continuous;
pub mod interval;
mod logarithm;
mod ordinal;
mod steps;
mod symlog;
pub mod tick;
pub mod time;

pub use band::{Band, band_space};
pub use continuous::{Continuous, Transform};
pub use interval::{Civil, Interval, TimeUnitOf};
pub(crate) use logarithm::deserves_label;
pub use logarithm::log_ticks;
pub use ordinal::Ordinal;
pub use steps::Steps;
pub use symlog::symlog_ticks;
pub use tick::{nice, tick_increment, tick_step, ticks};
pub use time::{nice_time, tick_interval, time_ticks};
