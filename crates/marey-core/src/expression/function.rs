//! The functions of the expression language, a closed list.

use crate::spec::closed_set;

closed_set! {
    /// A function an expression may call, as Vega spells it.
    pub enum Function {
        /// Whether a value is a list.
        IsArray = "isArray",
        /// Whether a value is a boolean.
        IsBoolean = "isBoolean",
        /// Whether a value is a date.
        IsDate = "isDate",
        /// Whether a value is there at all.
        IsDefined = "isDefined",
        /// Whether a number is finite.
        IsFinite = "isFinite",
        /// Whether a value is NaN.
        IsNaN = "isNaN",
        /// Whether a value is a number.
        IsNumber = "isNumber",
        /// Whether a value is an object or a list.
        IsObject = "isObject",
        /// Whether a value is a text.
        IsString = "isString",
        /// Whether a value is neither null nor NaN.
        IsValid = "isValid",
        /// Reads as a boolean.
        ToBoolean = "toBoolean",
        /// Reads as a date.
        ToDate = "toDate",
        /// Reads as a number.
        ToNumber = "toNumber",
        /// Writes as text.
        ToString = "toString",
        /// The second argument if the first is truthy, else the third.
        If = "if",

        /// Size without sign.
        Abs = "abs",
        /// Arc cosine.
        Acos = "acos",
        /// Arc sine.
        Asin = "asin",
        /// Arc tangent.
        Atan = "atan",
        /// Angle of a point (y, x).
        Atan2 = "atan2",
        /// Next whole number.
        Ceil = "ceil",
        /// A number brought into a range (value, low, high).
        Clamp = "clamp",
        /// Cosine.
        Cos = "cos",
        /// Power of e.
        Exp = "exp",
        /// Whole number below.
        Floor = "floor",
        /// Length of a vector.
        Hypot = "hypot",
        /// Natural logarithm.
        Log = "log",
        /// Largest argument.
        Max = "max",
        /// Smallest argument.
        Min = "min",
        /// Power.
        Pow = "pow",
        /// A number from 0 to 1 out of the seed of the execution.
        Random = "random",
        /// Nearest whole number, halves up.
        Round = "round",
        /// Sine.
        Sin = "sin",
        /// Square root.
        Sqrt = "sqrt",
        /// Tangent.
        Tan = "tan",

        /// Share of a normal distribution below a value (value, mean, deviation).
        CumulativeNormal = "cumulativeNormal",
        /// Density of a normal distribution.
        DensityNormal = "densityNormal",
        /// Quantile of a normal distribution.
        QuantileNormal = "quantileNormal",
        /// Share of a log-normal distribution below a value.
        CumulativeLogNormal = "cumulativeLogNormal",
        /// Density of a log-normal distribution.
        DensityLogNormal = "densityLogNormal",
        /// Quantile of a log-normal distribution.
        QuantileLogNormal = "quantileLogNormal",
        /// Share of a uniform distribution below a value (value, low, high).
        CumulativeUniform = "cumulativeUniform",
        /// Density of a uniform distribution.
        DensityUniform = "densityUniform",
        /// Quantile of a uniform distribution.
        QuantileUniform = "quantileUniform",

        /// A date from a text, a time, or its parts (months from 0).
        Datetime = "datetime",
        /// A time in UTC from its parts (months from 0).
        Utc = "utc",
        /// Milliseconds since 1970.
        Time = "time",
        /// Year.
        Year = "year",
        /// Quarter from 1.
        Quarter = "quarter",
        /// Month from 0.
        Month = "month",
        /// Week of the year, Sunday first.
        Week = "week",
        /// Day of the month.
        Date = "date",
        /// Day of the week from Sunday, 0.
        Day = "day",
        /// Day of the year from 1.
        DayOfYear = "dayofyear",
        /// Hour.
        Hours = "hours",
        /// Minute.
        Minutes = "minutes",
        /// Second.
        Seconds = "seconds",
        /// Millisecond.
        Milliseconds = "milliseconds",
        /// Minutes from UTC; always 0.
        TimezoneOffset = "timezoneoffset",
        /// A date moved by units (unit, date, steps).
        TimeOffset = "timeOffset",
        /// Year in UTC.
        UtcYear = "utcyear",
        /// Quarter in UTC from 1.
        UtcQuarter = "utcquarter",
        /// Month in UTC from 0.
        UtcMonth = "utcmonth",
        /// Week of the year in UTC.
        UtcWeek = "utcweek",
        /// Day of the month in UTC.
        UtcDate = "utcdate",
        /// Day of the week in UTC.
        UtcDay = "utcday",
        /// Day of the year in UTC.
        UtcDayOfYear = "utcdayofyear",
        /// Hour in UTC.
        UtcHours = "utchours",
        /// Minute in UTC.
        UtcMinutes = "utcminutes",
        /// Second in UTC.
        UtcSeconds = "utcseconds",
        /// Millisecond in UTC.
        UtcMilliseconds = "utcmilliseconds",
        /// A date moved by units in UTC.
        UtcOffset = "utcOffset",
        /// English name of a month from 0.
        MonthFormat = "monthFormat",
        /// English short name of a month from 0.
        MonthAbbrevFormat = "monthAbbrevFormat",
        /// English name of a weekday from Sunday, 0.
        DayFormat = "dayFormat",
        /// English short name of a weekday from Sunday, 0.
        DayAbbrevFormat = "dayAbbrevFormat",

        /// Smallest and largest item.
        Extent = "extent",
        /// Whether a number lies in a range (value, [low, high], low included, high included).
        InRange = "inrange",
        /// Position of an item or a part, -1 where there is none.
        IndexOf = "indexof",
        /// Items as one text.
        Join = "join",
        /// Last position of an item or a part.
        LastIndexOf = "lastindexof",
        /// Number of items or UTF-16 units.
        Length = "length",
        /// A number between two ([low, high], share).
        Lerp = "lerp",
        /// Last item.
        Peek = "peek",
        /// Items in the other direction.
        Reverse = "reverse",
        /// Numbers from (start,) stop, not included(, step).
        Sequence = "sequence",
        /// A part of a list or a text, negative ends count from behind.
        Slice = "slice",
        /// Items in ascending order.
        Sort = "sort",
        /// Last item less the first.
        Span = "span",

        /// A number in a format of D3's (number, specifier); executors know a part of these.
        Format = "format",
        /// Small letters.
        Lower = "lower",
        /// A text filled up (text, length, character, align).
        Pad = "pad",
        /// The number a text begins with.
        ParseFloat = "parseFloat",
        /// The whole number a text begins with.
        ParseInt = "parseInt",
        /// A text with the first match (all with a `g` flag) replaced.
        Replace = "replace",
        /// Parts of a text.
        Split = "split",
        /// A part of a text; ends in either order.
        Substring = "substring",
        /// A text without space at its ends.
        Trim = "trim",
        /// A text cut to a length (text, length, align, ellipsis).
        Truncate = "truncate",
        /// Capital letters.
        Upper = "upper",
        /// A regular expression (pattern, flags).
        Regexp = "regexp",
        /// Whether a regular expression matches (pattern, text).
        Test = "test",
    }
}

impl Function {
    /// The smallest number of arguments that makes sense; more than needed are ignored, as in
    /// JavaScript.
    pub fn arguments(self) -> usize {
        use Function::{
            Atan2, Clamp, Format, Hypot, If, InRange, IndexOf, LastIndexOf, Lerp, Max, Min, Pad, Pow, Random,
            Replace, Split, Substring, Test, TimeOffset, Truncate, UtcOffset,
        };
        match self {
            Random | Max | Min | Hypot => 0,
            Clamp | If | Replace => 3,
            Atan2 | Format | Pow | InRange | IndexOf | LastIndexOf | Lerp | Pad | Split | Substring
            | Test | TimeOffset | Truncate | UtcOffset => 2,
            _ => 1,
        }
    }

    /// The allowed function whose name is most similar, where one is similar at all.
    pub fn closest(name: &str) -> Option<&'static str> {
        let wanted = name.to_lowercase();
        Function::ALL
            .iter()
            .map(|function| {
                (
                    distance(&wanted, &function.as_str().to_lowercase()),
                    function.as_str(),
                )
            })
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, found)| *distance * 2 <= found.len().max(2))
            .map(|(_, found)| found)
    }

    /// Why a function of Vega's is left out on purpose.
    pub(super) fn refusal(name: &str) -> Option<&'static str> {
        Some(match name {
            "now" => "it reads a clock, and a chart depends on its data alone",
            "timeFormat" | "utcFormat" | "timeUnitSpecifier" | "timeParse" | "utcParse" => {
                "formatting belongs to the drawing; set `format` on the channel or the axis"
            }
            "data" | "indata" | "scale" | "invert" | "domain" | "range" | "bandwidth" | "bandspace"
            | "copy" | "gradient" | "vlSelectionTest" | "vlSelectionIdTest" | "modify" | "event" | "item"
            | "group" | "view" | "xy" | "x" | "y" | "screen" | "windowSize" | "containerSize" => {
                "it looks outside the row, at scales, selections or the page"
            }
            "sampleNormal" | "sampleLogNormal" | "sampleUniform" => {
                "it draws from a hidden generator; `random` and the quantile functions do the same with a seed"
            }
            "warn" | "info" | "debug" => "it writes to a console",
            _ => return None,
        })
    }
}

/// Number of letters to change, put in or leave out (Levenshtein); names beyond 64 letters are far
/// from everything.
fn distance(left: &str, right: &str) -> usize {
    if left.len() > 64 {
        return left.len();
    }
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = index;
        let mut last = index + 1;
        for (to, cell) in right.chars().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let changed = diagonal + usize::from(from != to);
            last = changed.min(above + 1).min(last + 1);
            diagonal = above;
            *cell = last;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_found() {
        for (name, closest) in [
            ("uper", Some("upper")),
            ("toLower", Some("lower")),
            ("isvalid", Some("isValid")),
            ("zzzzzzzzzz", None),
            ("", None),
        ] {
            assert_eq!(Function::closest(name), closest, "{name}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
