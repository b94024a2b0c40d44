//! [`Speaker`]: a chart asked for as people do.
//!
//! A request is a body (what is shown) with tails (conditions, order, charts of their own, the mark), put
//! together from templates and written down more or less carefully. Braces in a template stand for
//! parts that are said in many ways themselves.

mod dimension;
mod mark;
mod tail;
mod templates;
mod test;
mod value;

use std::collections::BTreeMap;

use marey_core::label::capitalised;
use marey_model::Random;

use super::{
    cast::Cast,
    condition::Quoted,
    name::{Names, plural},
    plan::{Dimension, Idea, Panels, Plan},
    slip,
};

/// One request in the making.
pub(super) struct Speaker<'a, 'b> {
    plan: &'a Plan,
    cast: &'a Cast<'b>,
    names: &'a Names,
    random: &'a mut Random,
    /// What columns were called so far: people seldom change a name within a sentence.
    called: BTreeMap<usize, String>,
    /// Whether the mark has been named.
    marked: bool,
}

impl<'a, 'b> Speaker<'a, 'b> {
    pub(super) fn new(plan: &'a Plan, cast: &'a Cast<'b>, names: &'a Names, random: &'a mut Random) -> Self {
        Self {
            plan,
            cast,
            names,
            random,
            called: BTreeMap::new(),
            marked: false,
        }
    }

    /// A request for the chart.
    pub(super) fn request(mut self) -> String {
        self.marked = mark::must_be_said(self.plan) || self.chance(38);
        let template = self.template();
        let body = self.fill(template);
        let asks = body.ends_with('?');
        let body = body.trim_end_matches('?').to_owned();
        let text = self.with_tails(body);
        self.written(text, asks)
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.random.below(choices.len())]
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.random.below(100) < percent
    }

    /// A template for the body.
    fn template(&mut self) -> &'static str {
        let lists = templates::of(self.plan, self.marked);
        // Who names axes has bars stand.
        let fits = |template: &&&'static str| !self.plan.lying || !names_axes(template);
        let templates: Vec<&'static str> = lists
            .iter()
            .flat_map(|list| list.iter())
            .filter(fits)
            .copied()
            .collect();
        let of = |kind: fn(&str) -> bool| -> Vec<&'static str> {
            templates
                .iter()
                .filter(|template| kind(template))
                .copied()
                .collect()
        };
        let some = match self.random.below(100) {
            0..TERSE => of(is_short),
            TERSE..NO_KIND => of(|template| template.ends_with('?')),
            _ => Vec::new(),
        };
        self.pick(if some.is_empty() { &templates } else { &some })
    }

    /// A template with its braces filled.
    fn fill(&mut self, template: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let part = self.part(name);
            text.push_str(&part);
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn part(&mut self, name: &str) -> String {
        match name {
            "V" => self.value(self.plan.value),
            "W" => self
                .plan
                .second
                .map_or_else(String::new, |second| self.value(second)),
            "Z" => self.plan.size.map_or_else(String::new, |size| self.value(size)),
            "m" => self.measure(),
            "by" => self.plan.group.map_or_else(String::new, |group| self.by(group)),
            "D" => self
                .plan
                .group
                .map_or_else(String::new, |group| self.one_of(group)),
            "Ds" => self
                .plan
                .group
                .map_or_else(String::new, |group| plural(&self.one_of(group))),
            "S" => self
                .plan
                .series
                .map_or_else(String::new, |series| self.one_of(series)),
            "Ss" => self
                .plan
                .series
                .map_or_else(String::new, |series| plural(&self.one_of(series))),
            "P" => self.plan.panels.map_or_else(String::new, |(_, at)| self.call(at)),
            "often" => self.often(),
            "rows" => self.names.rows(self.random),
            "open" => self.pick(templates::OPENERS).to_owned(),
            "want" => self.pick(templates::WISHES).to_owned(),
            "mark" => self.mark(),
            "a mark" => with_article(&self.mark()),
            "n" => self.number_of_groups(),
            "best" => self.best(),
            "most" => self.most(),
            "bins" => self.bins(),
            _ => String::new(),
        }
    }

    /// A name of a column, as it was called before or anew.
    pub(super) fn call(&mut self, at: usize) -> String {
        if let Some(called) = self.called.get(&at)
            && self.random.below(10) > 0
        {
            return self.called.get(&at).unwrap_or(called).clone();
        }
        let name = self.names.say(at, self.random);
        self.called.insert(at, name.clone());
        name
    }

    fn one_of(&mut self, group: Dimension) -> String {
        self.call(group.column())
    }

    fn measure(&mut self) -> String {
        let column = match (self.plan.idea, self.plan.group) {
            (Idea::Histogram, Some(group)) => Some(group.column()),
            _ => self.plan.value.column(),
        };
        column.map_or_else(String::new, |at| self.call(at))
    }

    /// Written down more or less carefully.
    fn written(&mut self, text: String, asks: bool) -> String {
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text = text.replace(" ,", ",");
        let careless = self.random.below(100);
        if careless < 45 {
            text = text.to_lowercase();
        }
        let kept = self.kept_words();
        if careless < 45 && self.chance(30) || careless >= 45 && self.chance(5) {
            text = slip::slipped(&text, &kept, self.random);
            if self.chance(20) {
                text = slip::slipped(&text, &kept, self.random);
            }
        }
        let polite = !asks && self.chance(7);
        if polite {
            text = match self.random.below(4) {
                0 => format!("please {text}"),
                1 => format!("{text} pls"),
                2 => format!("{text}, thanks"),
                _ => format!("{text} please"),
            };
        }
        if careless >= 55 {
            text = capitalised(&text);
        }
        let sign = match (asks, careless) {
            (true, 0..35) => "",
            (true, _) => "?",
            (false, 70..) => ".",
            _ => "",
        };
        format!("{text}{sign}")
    }

    /// Words that a slip would make useless.
    fn kept_words(&self) -> Vec<String> {
        let values = self.plan.tests.iter().flat_map(|test| &test.values);
        let texts = values.filter_map(|value| match value {
            Quoted::Text(text) => Some(text.to_lowercase()),
            _ => None,
        });
        texts
            .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    fn number_of_groups(&mut self) -> String {
        let count = self.plan.limit.map_or(10, |limit| limit.count);
        const WORDS: [&str; 11] = [
            "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ];
        match WORDS.get(count as usize) {
            Some(word) if self.chance(15) => (*word).to_owned(),
            _ => count.to_string(),
        }
    }

    fn best(&mut self) -> String {
        let largest = self.plan.limit.is_none_or(|limit| limit.largest);
        let words: &[&str] = match largest {
            true => &["top", "top", "top", "biggest", "highest", "largest", "leading"],
            false => &["bottom", "lowest", "smallest", "bottom"],
        };
        self.pick(words).to_owned()
    }

    fn most(&mut self) -> String {
        let largest = self
            .plan
            .limit
            .map(|limit| limit.largest)
            .or_else(|| tail::goes_down(self.plan))
            .unwrap_or(true);
        let counts = matches!(self.plan.value, super::plan::Value::Count);
        let words: &[&str] = match (largest, counts) {
            (true, true) => &["most", "most", "highest number of", "greatest number of"],
            (false, true) => &["fewest", "least", "lowest number of", "smallest number of"],
            (true, false) => &["highest", "largest", "biggest", "greatest", "highest"],
            (false, false) => &["lowest", "smallest", "least", "lowest"],
        };
        self.pick(words).to_owned()
    }
}

/// Requests of a hundred that are made of few words whatever the number of longer templates.
const TERSE: usize = 32;
/// Where the lot of those of few words and of questions ends.
const NO_KIND: usize = 48;

/// Whether a template is of few words and begins without ado.
fn is_short(template: &str) -> bool {
    template.split(' ').count() <= 3
        && !template.contains(['?', ','])
        && !template.starts_with("{open}")
        && !template.starts_with("{want}")
}

/// Whether a phrase says what stands on x or y.
fn names_axes(phrase: &str) -> bool {
    [" on x", " x {", "x axis", "y axis"]
        .iter()
        .any(|axis| phrase.contains(axis))
}

/// A noun with `a` or `an`.
fn with_article(noun: &str) -> String {
    let many = noun.ends_with('s') && !noun.ends_with("ss");
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    match (many, vowel) {
        (true, _) => noun.to_owned(),
        (_, true) => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

/// The words for charts of their own.
fn panel_phrases(panels: Panels) -> &'static [&'static str] {
    match panels {
        Panels::Wrapped => &[
            "one chart per {P}",
            "a separate chart for each {P}",
            "small multiples by {P}",
            "faceted by {P}",
            "one panel per {P}",
            "a panel for each {P}",
            "in separate panels for each {P}",
            "split into panels by {P}",
            "with one small chart per {P}",
        ],
        Panels::Rows => &[
            "one row per {P}",
            "with a row for each {P}",
            "in rows by {P}",
            "{P} in rows",
            "rows by {P}",
        ],
        Panels::Columns => &[
            "one column per {P}",
            "side by side for each {P}",
            "with a column for each {P}",
            "in columns by {P}",
            "panels next to each other by {P}",
        ],
    }
}
