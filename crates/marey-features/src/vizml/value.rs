//! [`FeatureValue`]: a feature, or the reason why there is none.

use std::fmt;

use serde::{Serialize, Serializer};

/// The value of a feature: a finite number, yes or no, or none with its reason.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FeatureValue {
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// None, and why.
    None(NullReason),
}

/// Why a feature has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NullReason {
    /// The feature is not defined for columns of this type.
    OtherType,
    /// The column has no values.
    NoValues,
    /// There are too few values.
    TooFewValues,
    /// All values are the same.
    Constant,
    /// A divisor is zero.
    DividesByZero,
    /// There are values below zero.
    NegativeValues,
    /// The result is too large for a number.
    Overflow,
    /// There are more than 50 groups.
    TooManyGroups,
    /// No row has a value in both columns.
    NoRowsInCommon,
    /// The column's name is empty.
    NoName,
    /// A name is longer than 500 characters.
    LongName,
    /// There are no columns, or no pairs of columns, with this feature.
    NothingToAggregate,
}

impl NullReason {
    /// The reason in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherType => "not defined for this type of column",
            Self::NoValues => "the column has no values",
            Self::TooFewValues => "too few values",
            Self::Constant => "all values are the same",
            Self::DividesByZero => "would divide by zero",
            Self::NegativeValues => "not defined for values below zero",
            Self::Overflow => "too large for a number",
            Self::TooManyGroups => "more than 50 groups",
            Self::NoRowsInCommon => "no row has a value in both columns",
            Self::NoName => "the column has no name",
            Self::LongName => "a name has more than 500 characters",
            Self::NothingToAggregate => "no column or pair has this feature",
        }
    }
}

impl fmt::Display for NullReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FeatureValue {
    /// The number; 1 and 0 for yes and no; none where there is no value.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Truth(truth) => Some(if truth { 1.0 } else { 0.0 }),
            Self::None(_) => None,
        }
    }

    /// Why there is no value; none where there is one.
    pub fn reason(self) -> Option<NullReason> {
        match self {
            Self::None(reason) => Some(reason),
            _ => None,
        }
    }

    /// `a / b`, or none by zero.
    pub(super) fn ratio(a: f64, b: f64) -> Self {
        if b == 0.0 {
            Self::None(NullReason::DividesByZero)
        } else {
            (a / b).into()
        }
    }
}

/// A number that is not finite is none: what is computed of finite values and is no number any more
/// was too large.
impl From<f64> for FeatureValue {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::None(NullReason::Overflow)
        }
    }
}

impl From<usize> for FeatureValue {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<bool> for FeatureValue {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<NullReason> for FeatureValue {
    fn from(reason: NullReason) -> Self {
        Self::None(reason)
    }
}

impl<T: Into<FeatureValue>> From<Result<T, NullReason>> for FeatureValue {
    fn from(result: Result<T, NullReason>) -> Self {
        match result {
            Ok(value) => value.into(),
            Err(reason) => Self::None(reason),
        }
    }
}

/// As a number, `true` or `false`, or null; whole numbers without a decimal point.
impl Serialize for FeatureValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::None(_) => serializer.serialize_none(),
        }
    }
}
