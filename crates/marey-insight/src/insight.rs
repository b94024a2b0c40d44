//! [`Insight`]: one finding, with everything needed to say it, to draw it and to check it.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use crate::{Direction, Fact, InsightKind, Quantity};

/// One finding about a table that passed its gate.
///
/// Facts and estimate are in the units of the table; `effect` is standardised, so that findings of
/// different kinds can be ranked together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    /// Kind, columns and focus in one text; stable between runs on the same data.
    pub id: String,
    /// What kind of finding it is.
    pub kind: InsightKind,
    /// The columns it is about, by role.
    pub roles: Roles,
    /// The rows it is about: each named column has this value; empty for all rows.
    pub subspace: Vec<(FieldName, String)>,
    /// What is singled out (category, start of a week, value), most important first. Categories as
    /// they stand in the table, numbers in shortest form, times in ISO 8601.
    pub focus: Vec<String>,
    /// Which way it points, for kinds that point.
    pub direction: Option<Direction>,
    /// Where it is.
    pub locator: Locator,
    /// The number that the finding is about, in natural units, with its 95 % interval.
    pub estimate: Option<Estimate>,
    /// Size on a common scale: about the number of standard deviations, 0 for none.
    pub effect: Effect,
    /// Chance of data at least as telling if there were nothing, its own search corrected inside.
    pub p: f64,
    /// `p` adjusted for all hypotheses of the family (weighted Benjamini and Hochberg 1995).
    pub q: f64,
    /// Whether it holds by Benjamini and Yekutieli (2001) too, under any dependence between tests.
    pub robust: bool,
    /// Share of the rows or of the total that it is about, 0 to 1.
    pub impact: f64,
    /// How little the rest of what is known makes it expected, 0 to 1.
    pub surprise: f64,
    /// What it is ranked by: lower bound of the effect, times impact, times surprise.
    pub score: f64,
    /// The numbers that it rests on.
    pub facts: Vec<Fact>,
    /// What the reader should know before believing it.
    pub caveats: Vec<Caveat>,
    /// How the test guarded against rows that are not independent.
    pub guard: Guard,
    /// How many rows count for one independent row, 1 at least: variances behind the interval are enlarged
    /// by it.
    pub inflation: f64,
    /// Findings that this one explains, or other ways to say it.
    pub folded: Vec<Insight>,
}

impl Insight {
    /// All columns: those in roles, then those of the subspace.
    pub fn columns(&self) -> Vec<FieldName> {
        let mut columns = self.roles.columns();
        for (column, _) in &self.subspace {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        columns
    }

    /// A number by what it says.
    pub fn fact(&self, quantity: Quantity) -> Option<f64> {
        self.facts
            .iter()
            .find(|fact| fact.quantity == quantity)
            .map(|fact| fact.value)
    }
}

/// The columns of an insight by the part they play.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// The measure.
    pub measure: Option<FieldName>,
    /// The second measure of a pair.
    pub measure2: Option<FieldName>,
    /// The category.
    pub dimension: Option<FieldName>,
    /// The second category of a pair.
    pub dimension2: Option<FieldName>,
    /// The date or instant.
    pub time: Option<FieldName>,
}

impl Roles {
    /// All columns that play a part, measures first.
    pub fn columns(&self) -> Vec<FieldName> {
        [
            &self.measure,
            &self.measure2,
            &self.dimension,
            &self.dimension2,
            &self.time,
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
    }
}

/// Where a finding is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Locator {
    /// Start of the change, of the week that stands out, or of the last period: milliseconds since
    /// 1970 as the table stores time.
    pub at_ms: Option<i64>,
    /// End (not included) of what starts at `at_ms`, where it is a period.
    pub until_ms: Option<i64>,
    /// Length of a season.
    pub period_days: Option<f64>,
    /// Row, from 0.
    pub row: Option<u64>,
    /// The value singled out.
    pub value: Option<f64>,
    /// The threshold below which values pile up, or the step at whose multiples they do.
    pub threshold: Option<f64>,
    /// What time is cut into.
    pub bucket: Option<Bucket>,
    /// Centres of clusters, in units of the two measures.
    pub centres: Vec<(f64, f64)>,
}

/// A stretch of time into which rows are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter.
    Quarter,
    /// A calendar year.
    Year,
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// What the number says; the fact of the same quantity holds the same value.
    pub quantity: Quantity,
    /// The number.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// Size of a finding on a scale of its own kind, brought to standard deviations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Name of the measure of size.
    pub name: EffectName,
    /// The size, signed where the measure is.
    pub value: f64,
    /// Lower 95 % bound of the size without sign, not below 0.
    pub low: f64,
}

crate::kind::named! {
    /// Name of a measure of size.
    EffectName {
        /// Difference of means in standard deviations (of the normal scores).
        CohenD = "cohen_d",
        /// Correlation (of normal scores).
        Correlation = "correlation",
        /// Share of variance.
        VarianceShare = "variance_share",
        /// Natural logarithm of a ratio of standard deviations.
        LogDeviationRatio = "log_deviation_ratio",
        /// Difference of shares, in standard deviations of one row.
        ShareDifference = "share_difference",
        /// Share of rows.
        Fraction = "fraction",
        /// Distance from the centre in standard deviations.
        Distance = "distance",
        /// Hartigan's dip.
        Dip = "dip",
        /// Coefficient of variation.
        Variation = "variation",
    }
}

crate::kind::named! {
    /// What a reader should know before believing a finding.
    Caveat {
        /// Holds at the family's rate, but not under every dependence between tests.
        NotRobust = "not_robust",
        /// Rows near each other in time resemble each other; the test allows for it.
        Autocorrelated = "autocorrelated",
        /// Rows of one entity resemble each other; the test allows for it.
        Clustered = "clustered",
        /// Part of it goes with a third column; what is said holds within that column too.
        Adjusted = "adjusted",
        /// Rows in focus are few.
        FewRows = "few_rows",
        /// Missing values were left out.
        MissingValues = "missing_values",
        /// Computed from a sample of the rows.
        Sampled = "sampled",
        /// The mean is moved by a few large values; the test works on ranks.
        HeavyTail = "heavy_tail",
    }
}

crate::kind::named! {
    /// How a test guarded against rows that are not independent.
    Guard {
        /// Rows were taken as independent: no sign against it was found.
        Independent = "independent",
        /// Variances were enlarged by the spectrum of the series at the frequencies tested.
        Spectrum = "spectrum",
        /// Both series were prewhitened.
        Prewhitened = "prewhitened",
        /// Blocks of neighbouring rows, or entities, were the units.
        Blocks = "blocks",
        /// The test was repeated within the categories of a third column, and the weaker result
        /// counts.
        Conditioned = "conditioned",
    }
}
