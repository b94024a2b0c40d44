//! A chart of the model's tier in words, so that a person sees how a request was understood.

use marey_core::{
    Channel, ChartSpec, FieldType, Mark,
    spec::{JsonMap, Literal, Title, TitleAnchor, ViewTitle},
};
use marey_features::action::{
    Comparison, Condition, Function, LiteralRef, Order, Scope, Shown, StackKind, Summary, Test, TierChart,
    UnitOfTime,
};

use super::understood::quoted;

/// A spec with a title that says what the chart shows, and below it which rows: a condition that a reader does not
/// see would mislead.
pub(super) fn titled(spec: ChartSpec, chart: &TierChart, scope: &Scope) -> ChartSpec {
    let words = Words { chart, scope };
    let mut title = Title {
        text: Some(capitalised(&words.subject().replace('_', " ")).into()),
        anchor: Some(TitleAnchor::Start),
        ..Title::default()
    };
    let below: Vec<String> = [words.condition(), words.limit()].into_iter().flatten().collect();
    if !below.is_empty() {
        title.subtitle = Some(capitalised(&below.join(", ")).into());
    }
    let mut spec = spec;
    spec.view.title = Some(ViewTitle::Styled(Box::new(title)));
    spec
}

fn capitalised(text: &str) -> String {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A chart as a sentence: its mark, what its channels show, conditions, order and how many are kept.
pub(super) fn sentence(chart: &TierChart, scope: &Scope) -> String {
    let words = Words { chart, scope };
    let mut text = format!("{} of {}", noun(chart.mark), words.subject());
    for (channel, how) in [
        (Channel::Color, "coloured by"),
        (Channel::XOffset, "side by side by"),
        (Channel::YOffset, "side by side by"),
        (Channel::Size, "sized by"),
        (Channel::Shape, "with shapes by"),
        (Channel::Detail, "one for each"),
        (Channel::Row, "in panels by"),
        (Channel::Column, "in panels by"),
        (Channel::Facet, "in panels by"),
    ] {
        let told = matches!((chart.mark, channel), (Mark::Arc | Mark::Rect, Channel::Color));
        if let Some(shown) = chart.on(channel).filter(|_| !told) {
            text.push_str(&format!(", {how} {}", words.shown(shown)));
        }
    }
    let rest = [words.stack(), words.order(), words.condition(), words.limit()];
    for part in rest.into_iter().flatten() {
        text.push_str(", ");
        text.push_str(&part);
    }
    text.push('.');
    text
}

struct Words<'a> {
    chart: &'a TierChart,
    scope: &'a Scope,
}

impl Words<'_> {
    /// What the axes show, the measure first.
    fn subject(&self) -> String {
        let on = |channel| self.chart.on(channel).map(|shown| self.shown(shown));
        let shown = |channel| on(channel).unwrap_or_default();
        match (self.chart.mark, on(Channel::X), on(Channel::Y)) {
            (Mark::Arc, ..) => format!("{} by {}", shown(Channel::Theta), shown(Channel::Color)),
            (Mark::Rect, Some(x), Some(y)) => format!("{} by {x} and {y}", shown(Channel::Color)),
            (Mark::Point | Mark::Circle, Some(x), Some(y)) => format!("{y} against {x}"),
            (_, Some(x), Some(y)) if self.is_measure(Channel::X) && !self.is_measure(Channel::Y) => {
                format!("{x} by {y}")
            }
            (_, Some(x), Some(y)) => format!("{y} by {x}"),
            (_, Some(one), None) | (_, None, Some(one)) => one,
            (_, None, None) => "nothing".to_owned(),
        }
    }

    /// Whether a channel shows a summary, or the bare numbers of a column.
    fn is_measure(&self, channel: Channel) -> bool {
        self.chart.on(channel).is_some_and(|shown| {
            let column = shown.column.and_then(|at| self.scope.columns().get(at));
            shown.function.is_summary()
                || shown.function == Function::Raw
                    && shown.level.is_none()
                    && column.is_some_and(|column| column.is_number())
        })
    }

    fn name(&self, column: usize) -> &str {
        let own = self.scope.columns().get(column);
        own.map_or("", |column| column.name.as_str())
    }

    fn shown(&self, shown: &Shown) -> String {
        let name = shown.column.map_or("", |column| self.name(column));
        match shown.function {
            Function::Raw => match shown.level {
                None => name.to_owned(),
                Some(FieldType::Quantitative) => format!("{name} as numbers"),
                Some(FieldType::Temporal) => format!("{name} as times"),
                Some(_) => format!("{name} as categories"),
            },
            Function::Count => "the number of rows".to_owned(),
            Function::Summary(summary) => format!("{} {name}", summary_words(summary)),
            Function::Unit(unit) => format!("the {} of {name}", unit_words(unit)),
            Function::Bin(_) => format!("{name} in bins"),
        }
    }

    fn stack(&self) -> Option<String> {
        Some(match self.chart.stack? {
            StackKind::Zero => "stacked".to_owned(),
            StackKind::Normalize => "as shares of a whole".to_owned(),
            StackKind::Center => "stacked around the middle".to_owned(),
            StackKind::Off => "not stacked".to_owned(),
        })
    }

    fn order(&self) -> Option<String> {
        let (channel, order) = self.chart.sort?;
        let own = self.chart.on(channel).map(|shown| self.shown(shown))?;
        let direction = |descending: bool| if descending { "largest" } else { "smallest" };
        Some(match order {
            Order::SelfDescending => format!("{own} in descending order"),
            Order::Unsorted => format!("{own} in the order of the rows"),
            Order::By(by, descending) => {
                let by = self.chart.on(by).map(|shown| self.shown(shown))?;
                format!("sorted by {by}, {} first", direction(descending))
            }
            Order::BySummary(descending, shown) => {
                format!(
                    "sorted by {}, {} first",
                    self.shown(&shown),
                    direction(descending)
                )
            }
        })
    }

    fn condition(&self) -> Option<String> {
        let condition = self.chart.filter.as_ref()?;
        Some(format!("only rows where {}", self.conditions(condition, true)))
    }

    fn conditions(&self, condition: &Condition, outermost: bool) -> String {
        let (parts, joint) = match condition {
            Condition::Test(test) => return self.test(test),
            Condition::All(parts) => (parts, " and "),
            Condition::Any(parts) => (parts, " or "),
        };
        let parts: Vec<String> = parts.iter().map(|part| self.conditions(part, false)).collect();
        let joined = parts.join(joint);
        match outermost {
            true => joined,
            false => format!("({joined})"),
        }
    }

    fn test(&self, test: &Test) -> String {
        let literals: Vec<String> = test
            .literals
            .iter()
            .map(|of| self.literal(test.column, *of))
            .collect();
        let one = literals.first().map_or("", String::as_str);
        let told = match test.comparison {
            Comparison::Equal => format!("is {one}"),
            Comparison::NotEqual => format!("is not {one}"),
            Comparison::Less => format!("is below {one}"),
            Comparison::LessOrEqual => format!("is at most {one}"),
            Comparison::Greater => format!("is above {one}"),
            Comparison::GreaterOrEqual => format!("is at least {one}"),
            Comparison::Between => format!("is between {}", literals.join(" and ")),
            Comparison::In => format!("is {}", literals.join(" or ")),
            Comparison::NotIn => format!("is neither {}", literals.join(" nor ")),
            Comparison::Contains => format!("contains {one}"),
            Comparison::StartsWith => format!("begins with {one}"),
            Comparison::EndsWith => format!("ends with {one}"),
            Comparison::NotContains => format!("does not contain {one}"),
            Comparison::NotStartsWith => format!("does not begin with {one}"),
            Comparison::NotEndsWith => format!("does not end with {one}"),
            Comparison::IsNull => "has no value".to_owned(),
            Comparison::NotNull => "has a value".to_owned(),
        };
        format!("{} {told}", self.name(test.column))
    }

    fn literal(&self, column: usize, of: LiteralRef) -> String {
        match self.scope.literal(column, of) {
            Some(Literal::Text(text)) => quoted(&text),
            Some(Literal::Number(number)) => number.to_string(),
            Some(Literal::Bool(truth)) => truth.to_string(),
            Some(Literal::DateTime(date)) => date_words(&date),
            _ => "?".to_owned(),
        }
    }

    fn limit(&self) -> Option<String> {
        let limit = self.chart.limit?;
        let count = match limit.count {
            LiteralRef::Number(number) => number.to_string(),
            LiteralRef::Span(start, _) => {
                let span = self.scope.words().get(start)?.clone();
                self.scope.text().get(span)?.chars().take(12).collect()
            }
            _ => return None,
        };
        let by = limit.key.map(|key| match key.descending {
            true => "largest",
            false => "smallest",
        });
        Some(format!("only the {} {count}", by.unwrap_or("first")))
    }
}

fn noun(mark: Mark) -> &'static str {
    match mark {
        Mark::Line => "Line chart",
        Mark::Area => "Area chart",
        Mark::Point | Mark::Circle => "Scatter plot",
        Mark::Tick => "Strip plot",
        Mark::Arc => "Pie chart",
        Mark::Rect => "Heat map",
        Mark::Boxplot => "Box plot",
        _ => "Bar chart",
    }
}

fn summary_words(summary: Summary) -> &'static str {
    match summary {
        Summary::Valid => "the number of known",
        Summary::Missing => "the number of missing",
        Summary::Distinct => "the number of different",
        Summary::Sum => "the total of",
        Summary::Mean => "the mean of",
        Summary::Median => "the median of",
        Summary::Min => "the smallest",
        Summary::Max => "the largest",
        Summary::Stdev => "the standard deviation of",
        Summary::Variance => "the variance of",
        Summary::Q1 => "the lower quartile of",
        Summary::Q3 => "the upper quartile of",
    }
}

fn unit_words(unit: UnitOfTime) -> String {
    let unit = unit.time_unit();
    let parts: Vec<&str> = unit
        .parts
        .iter()
        .map(|part| match part.as_str() {
            "date" => "day",
            "day" => "weekday",
            "dayofyear" => "day of the year",
            "hours" => "hour",
            "minutes" => "minute",
            "seconds" => "second",
            other => other,
        })
        .collect();
    parts.join(" and ")
}

fn date_words(date: &JsonMap) -> String {
    let part = |key: &str| date.get(key).map(|value| value.to_string());
    let days: Vec<String> = ["year", "month", "date"].into_iter().filter_map(part).collect();
    let padded: Vec<String> = days.iter().map(|part| format!("{part:0>2}")).collect();
    let times: Vec<String> = ["hours", "minutes", "seconds"]
        .into_iter()
        .filter_map(part)
        .map(|part| format!("{part:0>2}"))
        .collect();
    match times.is_empty() {
        true => padded.join("-"),
        false => format!("{} {}", padded.join("-"), times.join(":")),
    }
}
