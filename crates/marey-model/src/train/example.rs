//! [`Example`]: a request about a table with the actions of the chart that answers it.

use std::sync::Arc;

use marey_core::ChartSpec;
use marey_features::action::{ActionError, Design, GrammarOptions, Prefix, lift};

use crate::{Input, Reading, network::choice_of};

/// A request about a table with the choices that lead to its chart, and what was legal at each.
#[derive(Debug, Clone)]
pub struct Example {
    pub(crate) asked: Written,
    /// The same chart without the request, where it can be written so.
    pub(crate) unasked: Option<Written>,
    pub(crate) weight: f32,
}

/// An input with the choices that lead to a chart.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) input: Arc<Input>,
    pub(crate) choices: Vec<usize>,
    /// The legal choices of each step.
    pub(crate) legal: Vec<Vec<u16>>,
}

impl Example {
    /// An example of a request, which counts `weight` times; `unasked` is the table read without one.
    ///
    /// What a person asked for is written even where it breaks a design rule.
    ///
    /// # Errors
    ///
    /// When the chart is outside of what actions can say about this request.
    pub fn new(
        reading: &Reading,
        unasked: Option<&Reading>,
        chart: &ChartSpec,
        weight: f32,
    ) -> Result<Self, ActionError> {
        Ok(Self {
            asked: Written::new(reading, chart)?,
            unasked: unasked.and_then(|reading| Written::new(reading, chart).ok()),
            weight,
        })
    }

    /// Number of actions of the chart.
    pub fn actions(&self) -> usize {
        self.asked.choices.len()
    }

    /// How much the example counts.
    pub fn weight(&self) -> f32 {
        self.weight
    }

    /// Number of words, columns and cells.
    pub fn items(&self) -> usize {
        self.asked.input.len()
    }
}

impl Written {
    fn new(reading: &Reading, chart: &ChartSpec) -> Result<Self, ActionError> {
        let options = GrammarOptions {
            design: Design::Free,
            ..GrammarOptions::default()
        };
        let mut prefix = Prefix::new(&reading.scope, &options)?;
        let (mut choices, mut legal) = (Vec::new(), Vec::new());
        for action in lift(chart, &reading.scope)? {
            let place = |action| choice_of(action, &reading.input);
            legal.push(
                prefix
                    .legal()
                    .iter()
                    .filter_map(place)
                    .map(|at| at as u16)
                    .collect(),
            );
            choices.push(place(action).ok_or_else(|| ActionError::OutsideTier {
                what: format!("`{action}`"),
            })?);
            prefix.push(action)?;
        }
        Ok(Self {
            input: Arc::clone(&reading.input),
            choices,
            legal,
        })
    }
}
