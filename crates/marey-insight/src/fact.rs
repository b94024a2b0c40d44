//! [`Fact`]: a number that an insight rests on, with the query that computes it again.

use serde::{Deserialize, Serialize};

use crate::{Query, kind::named};

named! {
    /// What a number of an insight says.
    ///
    /// "Focus" is what the insight singles out (a category, a week, the rows of a subspace) and
    /// "rest" everything else; "before" and "after" lie on the two sides of a change.
    Quantity {
        /// Rows that the insight is about.
        Rows = "rows",
        /// Rows in focus.
        FocusRows = "focus_rows",
        /// All other rows.
        RestRows = "rest_rows",
        /// Number of categories.
        Categories = "categories",
        /// Mean of the measure in focus.
        FocusMean = "focus_mean",
        /// Mean of the measure elsewhere.
        RestMean = "rest_mean",
        /// Median of the measure in focus.
        FocusMedian = "focus_median",
        /// Median of the measure elsewhere.
        RestMedian = "rest_median",
        /// Mean of the measure over all rows.
        Mean = "mean",
        /// Median of the measure over all rows.
        Median = "median",
        /// Focus mean less rest mean.
        MeanDifference = "mean_difference",
        /// Sum of the measure in focus.
        FocusSum = "focus_sum",
        /// Sum of the measure over all rows.
        Sum = "sum",
        /// Sum of the last period less that of the one before.
        SumChange = "sum_change",
        /// Share of the sum (or of rows, where there is no measure) in focus, 0 to 1.
        FocusShare = "focus_share",
        /// Share of rows in focus, 0 to 1.
        RowShare = "row_share",
        /// Largest mean of a category.
        HighestMean = "highest_mean",
        /// Smallest mean of a category.
        LowestMean = "lowest_mean",
        /// Rows of the largest category.
        LargestRows = "largest_rows",
        /// Rows of the smallest category.
        SmallestRows = "smallest_rows",
        /// Standard deviation in focus.
        FocusDeviation = "focus_deviation",
        /// Standard deviation elsewhere.
        RestDeviation = "rest_deviation",
        /// Share of rows without a value, in focus, 0 to 1.
        FocusMissing = "focus_missing",
        /// Share of rows without a value elsewhere, 0 to 1.
        RestMissing = "rest_missing",
        /// Mean (or share of rows) before the change.
        Before = "before",
        /// Mean (or share of rows) from the change on.
        After = "after",
        /// Rows before the change.
        BeforeRows = "before_rows",
        /// Rows from the change on.
        AfterRows = "after_rows",
        /// After less before.
        Change = "change",
        /// Slope of the least-squares line, in units of the measure per day.
        SlopePerDay = "slope_per_day",
        /// The same outside the subspace.
        RestSlopePerDay = "rest_slope_per_day",
        /// Pearson's correlation.
        Correlation = "correlation",
        /// Spearman's correlation.
        RankCorrelation = "rank_correlation",
        /// Pooled correlation within categories.
        WithinCorrelation = "within_correlation",
        /// Mean of the second measure in the middle third of the first.
        MiddleMean = "middle_mean",
        /// Mean of the second measure in the outer thirds of the first.
        OuterMean = "outer_mean",
        /// The value in question.
        Value = "value",
        /// The most extreme of the other values on the same side.
        NextValue = "next_value",
        /// How many rows hold the value, or lie where values pile up.
        Count = "count",
        /// How many rows lie in the comparison window.
        ExpectedCount = "expected_count",
        /// Highest mean over the phases of a season.
        PeakMean = "peak_mean",
        /// Lowest mean over the phases of a season.
        TroughMean = "trough_mean",
        /// Rows in focus with the second focus too.
        JointRows = "joint_rows",
        /// Share of the second focus within the first, 0 to 1.
        ShareWithin = "share_within",
        /// Share of the second focus elsewhere, 0 to 1.
        ShareElsewhere = "share_elsewhere",
        /// Rows that repeat an earlier row.
        RepeatedRows = "repeated_rows",
        /// Mean of the joint cell of an interaction that deviates most.
        CellMean = "cell_mean",
        /// Part of a change that comes from a changed mix of categories.
        MixEffect = "mix_effect",
        /// Part of a change that comes from changed values within categories.
        RateEffect = "rate_effect",
        /// Change within the category that contributes most.
        TopContribution = "top_contribution",
        /// Periods by which one measure follows another.
        Lag = "lag",
        /// Periods compared.
        Periods = "periods",
    }
}

/// A number of an insight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// What it says.
    pub quantity: Quantity,
    /// The number, in the units of the measure or as the quantity says.
    pub value: f64,
    /// How to compute it again; `None` for numbers that are no summary of rows.
    pub query: Option<Query>,
}
