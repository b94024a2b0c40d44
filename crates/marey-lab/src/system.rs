//! [`System`]: whoever answers, whatever it is made of.

use marey_core::ChartSpec;
use serde::{Deserialize, Serialize};

use crate::{Candidate, Failure, Item, LabError, Question};

/// What a system says of itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Card {
    /// Name.
    pub name: String,
    /// Version.
    #[serde(default)]
    pub version: String,
    /// Licence, as an SPDX expression.
    #[serde(default)]
    pub licence: Option<String>,
    /// Number of fitted parameters.
    #[serde(default)]
    pub parameters: Option<u64>,
    /// Size of its files in bytes.
    #[serde(default)]
    pub file_bytes: Option<u64>,
    /// Names of the corpora that it was fitted to, as it declares them.
    #[serde(default)]
    pub training_data: Vec<String>,
    /// Whether its scores are probabilities of being right.
    #[serde(default)]
    pub probabilities: bool,
}

/// Whoever answers questions. Questions may come from several threads at once.
pub trait System: Sync + Send {
    /// What the system says of itself.
    fn card(&self) -> Card;

    /// Charts for a question, best first.
    ///
    /// # Errors
    ///
    /// When there is no answer, with the reason.
    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure>;

    /// A score for each of the given charts of the question's table; higher is better.
    ///
    /// # Errors
    ///
    /// When there is no answer, with the reason; [`Failure::Unsupported`] unless the system judges.
    fn judge(&self, _question: &Question<'_>, _charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        Err(Failure::Unsupported)
    }

    /// Most memory that the system held in processes of its own, in MB, where that is known.
    fn peak_memory_mb(&self) -> Option<f64> {
        None
    }
}

/// What becomes a system by looking at items with their answers.
pub trait Learner: Sync {
    /// Fits a system to items.
    ///
    /// # Errors
    ///
    /// When nothing can be learnt from them.
    fn fit(&self, items: &[&Item]) -> Result<Box<dyn System>, LabError>;
}
