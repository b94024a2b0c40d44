//! Conditions, in words.

use marey_core::SemanticFamily;
use marey_features::action::Comparison;
use marey_profile::ChartRole;

use super::{
    super::condition::{Quoted, Test},
    Speaker,
};

impl Speaker<'_, '_> {
    /// The body with its conditions, behind it or before it.
    pub(super) fn with_tests(&mut self, text: String) -> String {
        let mut text = text;
        for (at, test) in self.plan.tests.clone().iter().enumerate() {
            let phrase = self.test(test);
            let begins = [
                "for ",
                "in ",
                "since ",
                "before ",
                "between ",
                "excluding ",
                "without ",
                "only ",
            ];
            let movable = begins.iter().any(|begin| phrase.starts_with(begin));
            let front = at == 0 && movable && self.chance(14);
            let joins = at > 0 && !phrase.starts_with("but ") && self.chance(50);
            let joint = if joins { " and" } else { "" };
            text = match front {
                true => format!("{phrase}, {text}"),
                false if self.chance(18) => format!("{text},{joint} {phrase}"),
                false => format!("{text}{joint} {phrase}"),
            };
        }
        text
    }

    fn test(&mut self, test: &Test) -> String {
        let values: Vec<String> = test.values.iter().map(|value| self.quoted(value)).collect();
        let patterns = self.patterns(test);
        let pattern = self.pick(patterns);
        let name = self.call(test.column);
        let (and, or) = (listed(&values, "and"), listed(&values, "or"));
        let value = |at: usize| values.get(at).map_or("", String::as_str);
        pattern
            .replace("{c}", &name)
            .replace("{and}", &and)
            .replace("{or}", &or)
            .replace("{a}", value(0))
            .replace("{b}", value(1))
    }

    /// A value as people write it.
    fn quoted(&mut self, value: &Quoted) -> String {
        match value {
            Quoted::Text(text) => match self.random.below(10) {
                0 => format!("\"{text}\""),
                1..4 => text.to_lowercase(),
                4..6 if text.chars().all(|letter| !letter.is_lowercase()) && text.chars().count() > 4 => {
                    marey_core::label::capitalised(&text.to_lowercase())
                }
                _ => text.clone(),
            },
            Quoted::Number(number) => self.number(*number),
            Quoted::Day(day) => day.clone(),
            Quoted::Truth(truth) => truth.to_string(),
        }
    }

    fn number(&mut self, number: f64) -> String {
        let whole = number.fract() == 0.0;
        let year = whole && (1500.0..2200.0).contains(&number);
        let thousands = whole && number.abs() >= 1000.0 && !year;
        if thousands && number % 1000.0 == 0.0 && number.abs() < 1e6 && self.chance(22) {
            return format!("{}k", number / 1000.0);
        }
        if whole && number.abs() >= 1e6 && number % 1e5 == 0.0 && self.chance(35) {
            return format!("{}M", number / 1e6);
        }
        match thousands && self.chance(40) {
            true => grouped(number as i64),
            false => number.to_string(),
        }
    }

    fn patterns(&self, test: &Test) -> &'static [&'static str] {
        use Comparison as C;
        let column = self.cast.column(test.column);
        let (role, meaning) = (column.advice.role, column.semantic_type);
        let year = role == ChartRole::Year;
        let time = role == ChartRole::Time;
        let place = meaning.is_some_and(|meaning| meaning.family() == SemanticFamily::Place);
        match (test.comparison, test.values.first()) {
            (C::Equal, Some(Quoted::Truth(_))) => &[
                "where {c} is {a}",
                "with {c} = {a}",
                "if {c} is {a}",
                "for {c} {a}",
            ],
            (C::Equal, _) if year => &[
                "in {a}",
                "in {a}",
                "for {a}",
                "for the year {a}",
                "in the year {a}",
                "where {c} is {a}",
                "{a} only",
            ],
            (C::Equal, _) if place => &[
                "in {a}",
                "in {a}",
                "for {a}",
                "only {a}",
                "in {c} {a}",
                "where {c} is {a}",
                "just {a}",
                "within {a}",
            ],
            (C::Equal, _) => &[
                "for {a}",
                "for {a}",
                "where {c} is {a}",
                "where {c} is {a}",
                "with {c} {a}",
                "only {a}",
                "only for {a}",
                "for {c} {a}",
                "when {c} is {a}",
                "where {c} = {a}",
                "just for {a}",
                "if {c} is {a}",
                "for {c} = {a}",
                "whose {c} is {a}",
                "limited to {a}",
            ],
            (C::NotEqual, _) => &[
                "excluding {a}",
                "without {a}",
                "except {a}",
                "except for {a}",
                "where {c} is not {a}",
                "but not {a}",
                "other than {a}",
                "ignoring {a}",
                "leaving out {a}",
                "where {c} isn't {a}",
                "not counting {a}",
                "where {c} != {a}",
            ],
            (C::In, _) => &[
                "for {and}",
                "for {and} only",
                "only {and}",
                "where {c} is {or}",
                "for {c} {and}",
                "with {c} {or}",
                "just {and}",
                "in {and}",
                "limited to {and}",
            ],
            (C::Contains, _) => &[
                "where {c} contains {a}",
                "with {a} in the {c}",
                "whose {c} includes {a}",
                "where {c} has {a} in it",
                "with {c} containing {a}",
            ],
            (C::StartsWith, _) => &[
                "where {c} starts with {a}",
                "with {c} starting with {a}",
                "whose {c} begins with {a}",
                "where the {c} begins with {a}",
            ],
            (C::IsNull, _) => &[
                "where {c} is missing",
                "with no {c}",
                "where {c} is empty",
                "without a {c}",
                "with missing {c}",
                "where {c} is null",
            ],
            (C::NotNull, _) => &[
                "where {c} is known",
                "with a known {c}",
                "where {c} is not missing",
                "ignoring missing {c}",
                "where {c} is not null",
                "without missing {c}",
                "where {c} is given",
            ],
            (C::GreaterOrEqual, _) if year || time => &[
                "since {a}",
                "since {a}",
                "from {a} on",
                "from {a} onwards",
                "starting in {a}",
                "where {c} is {a} or later",
            ],
            (C::Greater, _) if year || time => &[
                "after {a}",
                "after {a}",
                "later than {a}",
                "with {c} after {a}",
                "where {c} is after {a}",
            ],
            (C::Less, _) if year || time => &[
                "before {a}",
                "before {a}",
                "earlier than {a}",
                "with {c} before {a}",
                "prior to {a}",
            ],
            (C::Between, _) if year || time => &[
                "between {a} and {b}",
                "between {a} and {b}",
                "from {a} to {b}",
                "{a} to {b}",
                "with {c} between {a} and {b}",
                "from {a} until {b}",
            ],
            (C::Greater, _) => &[
                "with {c} over {a}",
                "with {c} above {a}",
                "where {c} is greater than {a}",
                "with more than {a} {c}",
                "with {c} > {a}",
                "where {c} > {a}",
                "where {c} exceeds {a}",
                "with {c} more than {a}",
                "with {c} higher than {a}",
                "where {c} is over {a}",
            ],
            (C::GreaterOrEqual, _) => &[
                "with at least {a} {c}",
                "with {c} of at least {a}",
                "where {c} is at least {a}",
                "with {c} >= {a}",
                "where {c} is {a} or more",
                "with {c} of {a} or more",
            ],
            (C::Less, _) => &[
                "with {c} under {a}",
                "with {c} below {a}",
                "where {c} is less than {a}",
                "with less than {a} {c}",
                "with {c} < {a}",
                "where {c} < {a}",
                "with {c} smaller than {a}",
                "where {c} is lower than {a}",
                "where {c} is under {a}",
            ],
            (C::LessOrEqual, _) => &[
                "with at most {a} {c}",
                "with {c} up to {a}",
                "where {c} is at most {a}",
                "with {c} <= {a}",
                "where {c} is {a} or less",
                "with {c} no more than {a}",
            ],
            (C::Between, _) => &[
                "with {c} between {a} and {b}",
                "where {c} is between {a} and {b}",
                "with {c} from {a} to {b}",
                "for {c} between {a} and {b}",
                "where {c} ranges from {a} to {b}",
            ],
            _ => &["where {c} is {a}"],
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(values: &[String], word: &str) -> String {
    match values {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} {word} {last}", start.join(", ")),
    }
}

/// A whole number with commas between groups of three digits.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match number < 0 {
        true => format!("-{text}"),
        false => text,
    }
}
