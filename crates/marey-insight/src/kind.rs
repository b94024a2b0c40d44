//! What kinds of things are worth saying, and which way they point.

use serde::{Deserialize, Serialize};

/// Declares an enum of names that are written and read as snake case text.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $text:literal, )+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $( $(#[$vmeta])* #[serde(rename = $text)] $variant, )+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )+ ];

            /// The member's name.
            pub fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::InsightError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|member| member.as_str() == text)
                    .ok_or_else(|| crate::InsightError::UnknownName {
                        set: stringify!($name),
                        found: text.to_owned(),
                    })
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The kind of an insight.
    InsightKind {
        /// One category's typical value stands above all others'.
        OutstandingFirst = "outstanding_first",
        /// One category's typical value stands below all others'.
        OutstandingLast = "outstanding_last",
        /// One category holds more than half of a total, and not because it has the most rows.
        Dominance = "dominance",
        /// The categories are about equally frequent.
        Evenness = "evenness",
        /// A measure differs between categories.
        GroupDifference = "group_difference",
        /// One row's value lies far beyond what the tail of the column explains.
        OutlierRow = "outlier_row",
        /// One week (or day, or month) stands out in time.
        OutlierTime = "outlier_time",
        /// A measure rises or falls over time.
        Trend = "trend",
        /// A measure rises or falls over time within one category, and not elsewhere.
        SubspaceTrend = "subspace_trend",
        /// A measure's level changes at one point in time.
        ChangePoint = "change_point",
        /// A measure repeats with the calendar.
        Seasonality = "seasonality",
        /// Two measures rise together, or one rises as the other falls.
        Correlation = "correlation",
        /// One measure is highest or lowest in the middle of another.
        Nonlinear = "nonlinear",
        /// Rows form separate clusters in two measures.
        Clusters = "clusters",
        /// Two measures go one way overall and the other way within every category.
        Simpson = "simpson",
        /// Two measures move together from week to week.
        Comovement = "comovement",
        /// A measure has more than one peak.
        Multimodal = "multimodal",
        /// Values are missing more often in one category.
        Missingness = "missingness",
        /// A measure varies more, or less, in one category.
        VarianceDifference = "variance_diff",
        /// Two categories occur together more often than by chance.
        Association = "association",
        /// A category's share of rows changes over time.
        CompositionShift = "composition_shift",
        /// The effect of one category on a measure depends on another.
        Interaction = "interaction",
        /// Values pile up at round numbers.
        RoundHeaping = "round_heaping",
        /// Values pile up just below a threshold.
        ThresholdBunching = "threshold_bunching",
        /// One impossible-looking value stands for "unknown".
        Sentinel = "sentinel",
        /// Rows repeat exactly.
        Duplicates = "duplicates",
        /// A total or mean of the last complete period against the one before, with contributors.
        PeriodChange = "period_change",
        /// A few categories hold most of a total.
        Pareto = "pareto",
        /// A category's share of a total differs between the last complete period and the one before.
        ShareChange = "share_change",
        /// A category appears that was never seen before.
        NewCategory = "new_category",
        /// A category that was frequent is no longer seen.
        LostCategory = "lost_category",
        /// The last complete period is the highest so far.
        RecordHigh = "record_high",
        /// The last complete period is the lowest so far.
        RecordLow = "record_low",
        /// One measure follows another after some periods.
        LeadLag = "lead_lag",
        /// The last complete period lies outside what the periods before explain.
        UnusualLatest = "unusual_latest",
    }
}

named! {
    /// Which way an insight points.
    Direction {
        /// Rises over time.
        Up = "up",
        /// Falls over time.
        Down = "down",
        /// Above the comparator.
        High = "high",
        /// Below the comparator.
        Low = "low",
        /// Rise together.
        Positive = "pos",
        /// One rises as the other falls.
        Negative = "neg",
        /// Lowest in the middle.
        U = "u",
        /// Highest in the middle.
        InvertedU = "inverted_u",
    }
}

impl Direction {
    /// [`Direction::Up`] for a positive number, [`Direction::Down`] otherwise.
    pub fn over_time(change: f64) -> Self {
        if change > 0.0 { Self::Up } else { Self::Down }
    }

    /// [`Direction::High`] for a positive number, [`Direction::Low`] otherwise.
    pub fn against(difference: f64) -> Self {
        if difference > 0.0 { Self::High } else { Self::Low }
    }

    /// [`Direction::Positive`] for a positive number, [`Direction::Negative`] otherwise.
    pub fn together(correlation: f64) -> Self {
        if correlation > 0.0 {
            Self::Positive
        } else {
            Self::Negative
        }
    }
}
