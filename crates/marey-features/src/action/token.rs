//! [`Token`]: the grammar's vocabulary, and [`Action`]: a token or a pointer.

use std::{collections::HashMap, fmt, sync::LazyLock};

use marey_core::{Aggregate, Channel, FieldType, Mark, TimeUnit, TimeUnitPart, spec::StackOffset};

/// One step of writing a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// A word of the grammar.
    Token(Token),
    /// A column of the table, by its place in the [`Scope`](super::Scope).
    Column(usize),
    /// The word of the request at which a span begins.
    Word(usize),
    /// A cell that the request may mean, by its place in the scope.
    Value(usize),
}

/// A summary of a group of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as in `marey_core::Aggregate`")]
pub enum Summary {
    Valid,
    Missing,
    Distinct,
    Sum,
    Mean,
    Median,
    Min,
    Max,
    Stdev,
    Variance,
    Q1,
    Q3,
}

impl Summary {
    /// Every summary.
    pub const ALL: [Summary; 12] = [
        Summary::Valid,
        Summary::Missing,
        Summary::Distinct,
        Summary::Sum,
        Summary::Mean,
        Summary::Median,
        Summary::Min,
        Summary::Max,
        Summary::Stdev,
        Summary::Variance,
        Summary::Q1,
        Summary::Q3,
    ];

    /// The same in the vocabulary of charts.
    pub fn aggregate(self) -> Aggregate {
        match self {
            Summary::Valid => Aggregate::Valid,
            Summary::Missing => Aggregate::Missing,
            Summary::Distinct => Aggregate::Distinct,
            Summary::Sum => Aggregate::Sum,
            Summary::Mean => Aggregate::Mean,
            Summary::Median => Aggregate::Median,
            Summary::Min => Aggregate::Min,
            Summary::Max => Aggregate::Max,
            Summary::Stdev => Aggregate::Stdev,
            Summary::Variance => Aggregate::Variance,
            Summary::Q1 => Aggregate::Q1,
            Summary::Q3 => Aggregate::Q3,
        }
    }

    /// The summary that an aggregate of a chart is; none for counts and what the tier leaves out.
    pub fn of(aggregate: &Aggregate) -> Option<Self> {
        let wanted = match aggregate {
            Aggregate::Average => Aggregate::Mean,
            other => other.clone(),
        };
        Self::ALL
            .into_iter()
            .find(|summary| summary.aggregate() == wanted)
    }

    /// Whether only numbers can be summarised so.
    pub fn needs_numbers(self) -> bool {
        !matches!(self, Summary::Valid | Summary::Missing | Summary::Distinct)
    }

    /// Whether the summaries of parts add up to that of the whole.
    pub fn is_total(self) -> bool {
        matches!(
            self,
            Summary::Valid | Summary::Missing | Summary::Sum | Summary::Distinct
        )
    }
}

/// A truncation of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as Vega-Lite names them")]
pub enum UnitOfTime {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Date,
    Hours,
    Minutes,
    YearQuarter,
    YearMonth,
    YearWeek,
    YearMonthDate,
    YearMonthDateHours,
    MonthDate,
    DayHours,
    HoursMinutes,
}

impl UnitOfTime {
    /// Every unit.
    pub const ALL: [UnitOfTime; 16] = [
        UnitOfTime::Year,
        UnitOfTime::Quarter,
        UnitOfTime::Month,
        UnitOfTime::Week,
        UnitOfTime::Day,
        UnitOfTime::Date,
        UnitOfTime::Hours,
        UnitOfTime::Minutes,
        UnitOfTime::YearQuarter,
        UnitOfTime::YearMonth,
        UnitOfTime::YearWeek,
        UnitOfTime::YearMonthDate,
        UnitOfTime::YearMonthDateHours,
        UnitOfTime::MonthDate,
        UnitOfTime::DayHours,
        UnitOfTime::HoursMinutes,
    ];

    fn parts(self) -> &'static [TimeUnitPart] {
        use TimeUnitPart as P;
        match self {
            UnitOfTime::Year => &[P::Year],
            UnitOfTime::Quarter => &[P::Quarter],
            UnitOfTime::Month => &[P::Month],
            UnitOfTime::Week => &[P::Week],
            UnitOfTime::Day => &[P::Day],
            UnitOfTime::Date => &[P::Date],
            UnitOfTime::Hours => &[P::Hours],
            UnitOfTime::Minutes => &[P::Minutes],
            UnitOfTime::YearQuarter => &[P::Year, P::Quarter],
            UnitOfTime::YearMonth => &[P::Year, P::Month],
            UnitOfTime::YearWeek => &[P::Year, P::Week],
            UnitOfTime::YearMonthDate => &[P::Year, P::Month, P::Date],
            UnitOfTime::YearMonthDateHours => &[P::Year, P::Month, P::Date, P::Hours],
            UnitOfTime::MonthDate => &[P::Month, P::Date],
            UnitOfTime::DayHours => &[P::Day, P::Hours],
            UnitOfTime::HoursMinutes => &[P::Hours, P::Minutes],
        }
    }

    /// The same in the vocabulary of charts.
    pub fn time_unit(self) -> TimeUnit {
        TimeUnit::of(self.parts())
    }

    /// The unit that a chart's time unit is; none for what the tier leaves out.
    pub fn of(unit: &TimeUnit) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.time_unit() == *unit)
    }

    /// Whether the unit keeps the year, so that its values lie on one axis of time.
    pub fn is_absolute(self) -> bool {
        self.parts().first() == Some(&TimeUnitPart::Year)
    }

    /// Whether the unit can be taken of a time of day without a date.
    pub fn fits_time_of_day(self) -> bool {
        matches!(
            self,
            UnitOfTime::Hours | UnitOfTime::Minutes | UnitOfTime::HoursMinutes
        )
    }

    /// Whether the unit keeps parts of a day.
    pub fn needs_clock(self) -> bool {
        self.parts().iter().any(|part| *part >= TimeUnitPart::Hours)
    }
}

/// How a column is compared in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named in `Comparison::as_str`")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,
    In,
    NotIn,
    Contains,
    StartsWith,
    EndsWith,
    NotContains,
    NotStartsWith,
    NotEndsWith,
    IsNull,
    NotNull,
}

impl Comparison {
    /// Every comparison.
    pub const ALL: [Comparison; 17] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Between,
        Comparison::In,
        Comparison::NotIn,
        Comparison::Contains,
        Comparison::StartsWith,
        Comparison::EndsWith,
        Comparison::NotContains,
        Comparison::NotStartsWith,
        Comparison::NotEndsWith,
        Comparison::IsNull,
        Comparison::NotNull,
    ];

    /// Name of the token.
    pub fn as_str(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Between => "between",
            Comparison::In => "in",
            Comparison::NotIn => "not_in",
            Comparison::Contains => "contains",
            Comparison::StartsWith => "starts_with",
            Comparison::EndsWith => "ends_with",
            Comparison::NotContains => "not_contains",
            Comparison::NotStartsWith => "not_starts_with",
            Comparison::NotEndsWith => "not_ends_with",
            Comparison::IsNull => "is_null",
            Comparison::NotNull => "not_null",
        }
    }

    /// Fewest and most literals that follow.
    pub fn literals(self) -> (usize, usize) {
        match self {
            Comparison::IsNull | Comparison::NotNull => (0, 0),
            Comparison::Between => (2, 2),
            Comparison::In | Comparison::NotIn => (2, super::condition_state::MAX_LISTED),
            _ => (1, 1),
        }
    }

    /// Whether parts of texts are compared.
    pub fn is_pattern(self) -> bool {
        matches!(
            self,
            Comparison::Contains
                | Comparison::StartsWith
                | Comparison::EndsWith
                | Comparison::NotContains
                | Comparison::NotStartsWith
                | Comparison::NotEndsWith
        )
    }

    /// Whether values are compared by their order.
    pub fn is_ordering(self) -> bool {
        matches!(
            self,
            Comparison::Less
                | Comparison::LessOrEqual
                | Comparison::Greater
                | Comparison::GreaterOrEqual
                | Comparison::Between
        )
    }
}

/// Whether and how bars and areas are stacked, where that is not as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as Vega-Lite names them")]
pub enum StackKind {
    Zero,
    Normalize,
    Center,
    Off,
}

impl StackKind {
    /// Every kind.
    pub const ALL: [StackKind; 4] = [
        StackKind::Zero,
        StackKind::Normalize,
        StackKind::Center,
        StackKind::Off,
    ];

    /// The same in the vocabulary of charts.
    pub fn stack(self) -> marey_core::spec::Stack {
        use marey_core::spec::Stack;
        match self {
            StackKind::Zero => Stack::Offset(StackOffset::Zero),
            StackKind::Normalize => Stack::Offset(StackOffset::Normalize),
            StackKind::Center => Stack::Offset(StackOffset::Center),
            StackKind::Off => Stack::Off,
        }
    }
}

/// A word of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// The chart is complete.
    End,
    /// The chart's mark; always the first token.
    Mark(Mark),
    /// Begins what a channel shows.
    Channel(Channel),
    /// The level of measurement, where it is not the usual one of the place.
    Type(FieldType),
    /// The number of rows.
    Count,
    /// A summary of the column that follows.
    Summary(Summary),
    /// The column that follows, truncated in time.
    Unit(UnitOfTime),
    /// The column that follows, in at most so many bins; 0 for the usual number.
    Bin(u8),
    /// Stacking other than usual.
    Stack(StackKind),
    /// Begins the order of what a channel shows.
    Sort(Channel),
    /// By the channel's own values, largest first.
    SelfDescending,
    /// In the order of the rows.
    Unsorted,
    /// By what another channel shows; the flag says whether largest first.
    By(Channel, bool),
    /// By a summary that follows; the flag says whether largest first.
    BySummary(bool),
    /// Begins the condition that rows must meet.
    Filter,
    /// Begins a list of conditions that all must hold.
    All,
    /// Begins a list of conditions of which one must hold.
    Any,
    /// Ends a list of conditions or literals.
    Close,
    /// How the column before is compared with what follows.
    Compare(Comparison),
    /// Number of words of the span that has begun, from 1.
    Length(u8),
    /// A small whole number that the request need not spell.
    Number(u8),
    /// A truth value.
    Truth(bool),
    /// Begins the number of rows or groups that are kept.
    Limit,
}

/// Marks of the tier.
pub(super) const MARKS: [Mark; 9] = [
    Mark::Bar,
    Mark::Line,
    Mark::Area,
    Mark::Point,
    Mark::Circle,
    Mark::Tick,
    Mark::Arc,
    Mark::Rect,
    Mark::Boxplot,
];

/// Channels of the tier, in the order in which they are written.
pub(super) const CHANNELS: [Channel; 12] = [
    Channel::X,
    Channel::Y,
    Channel::XOffset,
    Channel::YOffset,
    Channel::Color,
    Channel::Theta,
    Channel::Size,
    Channel::Shape,
    Channel::Detail,
    Channel::Row,
    Channel::Column,
    Channel::Facet,
];

/// Channels whose values can be put in an order of their own.
pub(super) const SORTED: [Channel; 6] = [
    Channel::X,
    Channel::Y,
    Channel::Color,
    Channel::Row,
    Channel::Column,
    Channel::Facet,
];

/// Numbers that need not be spelt.
pub(super) const NUMBERS: [u8; 8] = [0, 1, 2, 3, 4, 5, 10, 20];

/// Numbers of bins that can be asked for; 0 is Vega-Lite's choice.
pub(super) const BINS: [u8; 5] = [0, 5, 10, 20, 40];

/// Levels of measurement that can be told.
pub(super) const LEVELS: [FieldType; 4] = [
    FieldType::Quantitative,
    FieldType::Temporal,
    FieldType::Ordinal,
    FieldType::Nominal,
];

/// Every token, in the order that weights are trained for: appended to, never reordered.
pub static VOCABULARY: LazyLock<Vec<Token>> = LazyLock::new(|| {
    let mut all = vec![Token::End];
    all.extend(MARKS.map(Token::Mark));
    all.extend(CHANNELS.map(Token::Channel));
    all.extend(LEVELS.map(Token::Type));
    all.push(Token::Count);
    all.extend(Summary::ALL.map(Token::Summary));
    all.extend(UnitOfTime::ALL.map(Token::Unit));
    all.extend(BINS.map(Token::Bin));
    all.extend(StackKind::ALL.map(Token::Stack));
    all.extend(SORTED.map(Token::Sort));
    all.extend([Token::SelfDescending, Token::Unsorted]);
    for channel in [Channel::X, Channel::Y] {
        all.extend([Token::By(channel, false), Token::By(channel, true)]);
    }
    all.extend([Token::BySummary(false), Token::BySummary(true)]);
    all.extend([Token::Filter, Token::All, Token::Any, Token::Close]);
    all.extend(Comparison::ALL.map(Token::Compare));
    all.extend((1..=super::scope::MAX_SPAN as u8).map(Token::Length));
    all.extend(NUMBERS.map(Token::Number));
    all.extend([Token::Truth(true), Token::Truth(false), Token::Limit]);
    all
});

static INDEX: LazyLock<HashMap<Token, usize>> = LazyLock::new(|| {
    VOCABULARY
        .iter()
        .enumerate()
        .map(|(at, token)| (*token, at))
        .collect()
});

impl Token {
    /// The token's place in [`VOCABULARY`]; none for a token that no chart of the tier has.
    pub fn index(self) -> Option<usize> {
        INDEX.get(&self).copied()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = |descending: bool| if descending { "desc" } else { "asc" };
        match self {
            Token::End => f.write_str("end"),
            Token::Mark(mark) => write!(f, "{mark}"),
            Token::Channel(channel) => write!(f, "{channel}:"),
            Token::Type(kind) => write!(f, "as_{kind}"),
            Token::Count => f.write_str("count"),
            Token::Summary(summary) => write!(f, "{}", summary.aggregate()),
            Token::Unit(unit) => write!(f, "{}", unit.time_unit()),
            Token::Bin(0) => f.write_str("bin"),
            Token::Bin(bins) => write!(f, "bin{bins}"),
            Token::Stack(kind) => write!(f, "stack_{}", format!("{kind:?}").to_lowercase()),
            Token::Sort(channel) => write!(f, "sort_{channel}"),
            Token::SelfDescending => f.write_str("by_self_desc"),
            Token::Unsorted => f.write_str("unsorted"),
            Token::By(channel, descending) => write!(f, "by_{channel}_{}", direction(*descending)),
            Token::BySummary(descending) => write!(f, "by_summary_{}", direction(*descending)),
            Token::Filter => f.write_str("filter"),
            Token::All => f.write_str("all("),
            Token::Any => f.write_str("any("),
            Token::Close => f.write_str(")"),
            Token::Compare(comparison) => f.write_str(comparison.as_str()),
            Token::Length(words) => write!(f, "words{words}"),
            Token::Number(number) => write!(f, "{number}"),
            Token::Truth(truth) => write!(f, "{truth}"),
            Token::Limit => f.write_str("limit"),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Token(token) => token.fmt(f),
            Action::Column(at) => write!(f, "column{at}"),
            Action::Word(at) => write!(f, "word{at}"),
            Action::Value(at) => write!(f, "value{at}"),
        }
    }
}

impl From<Token> for Action {
    fn from(token: Token) -> Self {
        Action::Token(token)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_token_has_one_place_and_one_name() {
        let names: BTreeSet<String> = VOCABULARY.iter().map(Token::to_string).collect();
        assert_eq!(names.len(), VOCABULARY.len());
        for (at, token) in VOCABULARY.iter().enumerate() {
            assert_eq!(token.index(), Some(at), "{token}");
        }
        assert_eq!(Token::Mark(Mark::Geoshape).index(), None);
    }
}
