//! [`LicenceAxes`]: what a licence allows and asks, one answer per axis.

use serde::{Deserialize, Serialize};

/// An answer that may be missing. Missing is never taken for the answer that suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody knows.
    #[default]
    Unknown,
}

/// A question to a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// May it be used for commercial purposes?
    Commercial,
    /// May adapted material be made and passed on?
    Derivatives,
    /// Has credit to be given?
    Attribution,
    /// Has adapted material that is passed on to stay under the same terms?
    ShareAlike,
    /// Is use limited to research?
    Research,
}

impl Axis {
    /// Every axis.
    pub const ALL: [Axis; 5] = [
        Axis::Commercial,
        Axis::Derivatives,
        Axis::Attribution,
        Axis::ShareAlike,
        Axis::Research,
    ];

    /// The name that tables and policies use.
    pub fn as_str(self) -> &'static str {
        match self {
            Axis::Commercial => "commercial",
            Axis::Derivatives => "derivatives",
            Axis::Attribution => "attribution",
            Axis::ShareAlike => "share_alike",
            Axis::Research => "research",
        }
    }
}

/// What a licence allows and asks. The default knows nothing.
///
/// Source of the axes: Longpre et al., *The Data Provenance Initiative* (arXiv 2310.16787), section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceAxes {
    /// Whether commercial use is allowed.
    pub commercial: Known,
    /// Whether adapted material may be made and passed on.
    pub derivatives: Known,
    /// Whether credit has to be given.
    pub attribution: Known,
    /// Whether adapted material has to stay under the same terms.
    pub share_alike: Known,
    /// Whether use is limited to research.
    pub research: Known,
}

impl LicenceAxes {
    /// The answer on one axis.
    pub fn get(&self, axis: Axis) -> Known {
        match axis {
            Axis::Commercial => self.commercial,
            Axis::Derivatives => self.derivatives,
            Axis::Attribution => self.attribution,
            Axis::ShareAlike => self.share_alike,
            Axis::Research => self.research,
        }
    }
}
