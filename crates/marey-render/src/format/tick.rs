//! The labels that Vega writes beside the ticks of a scale.

use super::{
    number::{NumberFormat, exponent},
    specifier::{FormatError, Specifier},
    time::{TimeFormat, multi_time},
};
use crate::scale::deserves_label;
use crate::scale::{Continuous, Transform, log_ticks, tick_step};

/// How the ticks of a scale are written.
#[derive(Debug, Clone, PartialEq)]
pub enum TickFormat {
    /// Numbers, all with the same decimals.
    Number(NumberFormat),
    /// Numbers on a logarithmic scale; ticks late in each power go without a label.
    Logarithmic {
        /// How those are written that are.
        format: NumberFormat,
        /// Base of the logarithm.
        base: f64,
        /// Labels wanted.
        count: f64,
        /// Ticks there are.
        ticks: usize,
    },
    /// Instants by a specifier.
    Time(TimeFormat),
    /// Instants, each by the largest unit it begins.
    MultiTime,
}

impl TickFormat {
    /// The format for about `count` ticks of a scale: `specifier` completed with the precision that the
    /// ticks' distance needs, or Vega's default where there is none.
    ///
    /// # Errors
    ///
    /// When the specifier of a scale of numbers is no number format.
    pub fn of(scale: &Continuous, count: f64, specifier: Option<&str>) -> Result<Self, FormatError> {
        let [start, stop] = scale.domain_ends();
        match scale.transform() {
            Transform::Time => {
                Ok(specifier.map_or(TickFormat::MultiTime, |s| TickFormat::Time(TimeFormat::new(s))))
            }
            Transform::Log { base } => Ok(TickFormat::Logarithmic {
                format: exact(specifier)?,
                base,
                count,
                ticks: log_ticks(start, stop, base, count).len(),
            }),
            // Powers of ten on either side of zero, each with the decimals it needs.
            Transform::Symlog { .. } => Ok(TickFormat::Number(exact(specifier)?)),
            Transform::Linear | Transform::Pow { .. } => Self::span(start, stop, count, specifier),
        }
    }

    /// The format for numbers between two ends at about `count` ticks.
    ///
    /// # Errors
    ///
    /// When the specifier is no number format.
    pub fn span(start: f64, stop: f64, count: f64, specifier: Option<&str>) -> Result<Self, FormatError> {
        let mut specifier = Specifier::parse(specifier.unwrap_or(",f"))?;
        let step = tick_step(start, stop, count);
        let largest = start.abs().max(stop.abs());
        if specifier.precision.is_none() {
            match specifier.kind {
                Some('s') => {
                    specifier.precision = precision_prefix(step, largest);
                    return Ok(TickFormat::Number(NumberFormat::with_si_prefix_of(
                        specifier, largest,
                    )));
                }
                None | Some('e' | 'g' | 'p' | 'r') => {
                    let lost = usize::from(specifier.kind == Some('e'));
                    specifier.precision = precision_round(step, largest).map(|p| p.saturating_sub(lost));
                }
                Some('f') => specifier.precision = precision_fixed(step),
                Some('%') => specifier.precision = precision_fixed(step).map(|p| p.saturating_sub(2)),
                Some(_) => {}
            }
        }
        Ok(TickFormat::Number(NumberFormat::new(specifier)))
    }

    /// The label of a tick; empty where it has none.
    pub fn format(&self, tick: f64) -> String {
        match self {
            TickFormat::Number(format) => format.format(tick),
            TickFormat::Logarithmic {
                format,
                base,
                count,
                ticks,
            } => {
                if deserves_label(tick, *base, *count, *ticks) {
                    format.format(tick)
                } else {
                    String::new()
                }
            }
            TickFormat::Time(format) => format.format(tick),
            TickFormat::MultiTime => multi_time(tick),
        }
    }
}

/// Twelve digits with zeros trimmed, unless the specifier says how many.
fn exact(specifier: Option<&str>) -> Result<NumberFormat, FormatError> {
    let mut specifier = Specifier::parse(specifier.unwrap_or(","))?;
    if specifier.precision.is_none() {
        specifier.precision = Some(match specifier.kind {
            Some('%') => 10,
            Some('e') => 11,
            _ => 12,
        });
        specifier.trim = true;
    }
    Ok(NumberFormat::new(specifier))
}

/// Decimals that tell multiples of `step` apart.
pub(super) fn precision_fixed(step: f64) -> Option<usize> {
    Some((-exponent(step)?).max(0) as usize)
}

/// Decimals that tell multiples of `step` apart when written with the SI prefix of `value`.
pub(super) fn precision_prefix(step: f64, value: f64) -> Option<usize> {
    let thousands = exponent(value)?.div_euclid(3).clamp(-8, 8);
    Some((thousands * 3 - exponent(step)?).max(0) as usize)
}

/// Significant digits that tell multiples of `step` up to `largest` apart.
pub(super) fn precision_round(step: f64, largest: f64) -> Option<usize> {
    let step = step.abs();
    let digits = exponent(largest.abs() - step)? - exponent(step)?;
    Some(digits.max(0) as usize + 1)
}
