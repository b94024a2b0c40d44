//! What stands behind or before the body: colours, sizes, conditions, order, charts of their own.

use super::{
    super::plan::{Idea, Order, Plan},
    Speaker, names_axes, panel_phrases, templates,
};

/// Whether the order asked for goes down.
pub(super) fn goes_down(plan: &Plan) -> Option<bool> {
    match plan.order? {
        Order::ByValue(down) | Order::ByGroup(down) => Some(down),
    }
}

/// Whether a question for the most or the least may stand for the order: in half of the charts.
pub(super) fn says_superlative(plan: &Plan) -> bool {
    plan.columns().iter().sum::<usize>() % 2 == 0
}

const DOWN: &[&str] = &[
    "sorted from high to low",
    "sorted from highest to lowest",
    "in descending order",
    "sorted descending",
    "largest first",
    "highest first",
    "biggest first",
    "from most to least",
    "from largest to smallest",
    "sorted by {V} descending",
    "sort descending",
    "order by {V} desc",
    "sorted by {V}, highest first",
    "ranked",
    "ordered from high to low",
    "and sort by {V} from high to low",
    "and rank them from highest to lowest",
    "sort the y axis in descending order",
    "desc",
    "in decreasing order",
];
const UP: &[&str] = &[
    "sorted from low to high",
    "sorted from lowest to highest",
    "in ascending order",
    "sorted ascending",
    "smallest first",
    "lowest first",
    "from least to most",
    "from smallest to largest",
    "sorted by {V} ascending",
    "order by {V} asc",
    "sort ascending",
    "in increasing order",
    "and sort by {V} from low to high",
    "sort the y axis in ascending order",
];
const FORWARDS: &[&str] = &[
    "in alphabetical order",
    "sorted alphabetically",
    "sorted by {D}",
    "alphabetically",
    "a to z",
    "from a to z",
    "order by {D}",
    "sorted by {D} name",
    "sort the x axis ascending",
];
const FORWARDS_NUMBERS: &[&str] = &[
    "sorted by {D}",
    "order by {D}",
    "in order of {D}",
    "sort the x axis ascending",
];
const BACKWARDS: &[&str] = &[
    "in reverse alphabetical order",
    "from z to a",
    "z to a",
    "sorted by {D} descending",
    "reverse alphabetically",
    "order by {D} desc",
    "sort the x axis in descending order",
];
const BACKWARDS_NUMBERS: &[&str] = &[
    "sorted by {D} descending",
    "order by {D} desc",
    "in descending order of {D}",
    "sort the x axis in descending order",
];

const SIZES: &[&str] = &[
    "sized by {Z}",
    "with {Z} as size",
    "size by {Z}",
    "with bubble size showing {Z}",
    "bubble size = {Z}",
    "and {Z} as the size of the points",
];

const GROUPS_AS_POINTS: &[&str] = &[
    "for each {D}",
    "by {D}",
    "per {D}",
    "one point per {D}",
    "with a point for each {D}",
];

impl Speaker<'_, '_> {
    /// The body with everything that stands around it.
    pub(super) fn with_tails(&mut self, body: String) -> String {
        let mut text = body;
        if self.plan.idea == Idea::Relationship && self.plan.group.is_some() {
            let tail = self.pick(GROUPS_AS_POINTS);
            text = self.joined(text, tail, false);
        }
        if let Some(tails) = templates::series_tails(self.plan) {
            let tail = self.pick(tails);
            let comma = self.chance(35);
            text = self.joined(text, tail, comma);
        }
        if self.plan.size.is_some() {
            let tail = self.pick(SIZES);
            let comma = self.chance(40);
            text = self.joined(text, tail, comma);
        }
        if self.plan.idea == Idea::Histogram {
            let bins = self.bins();
            if !bins.is_empty() {
                text = format!("{text} {bins}");
            }
        }
        text = self.with_tests(text);
        text = self.with_order(text);
        if let Some((kind, _)) = self.plan.panels {
            let tail = self.pick(panel_phrases(kind));
            let comma = self.chance(70);
            text = self.joined(text, tail, comma);
        }
        text
    }

    fn joined(&mut self, text: String, tail: &str, comma: bool) -> String {
        let tail = self.fill(tail);
        let sign = if comma { "," } else { "" };
        format!("{text}{sign} {tail}")
    }

    fn with_order(&mut self, text: String) -> String {
        let numbers = self
            .plan
            .group
            .is_some_and(|group| self.cast.is_number(group.column()));
        let asked = ["which ", "what ", "rank", "most common", "who "]
            .iter()
            .any(|start| text.starts_with(start));
        let told = asked && (text.contains("most ") || text.contains("est ") || text.contains("rank"))
            || text.contains("ranked by");
        // That the first are wanted tells their order.
        let implied = self.plan.limit.is_some() && !self.chance(14);
        let phrases = match self.plan.order {
            None => return text,
            Some(_) if implied => return text,
            Some(Order::ByValue(true)) if told => return text,
            Some(Order::ByValue(true)) => DOWN,
            Some(Order::ByValue(false)) => UP,
            Some(Order::ByGroup(false)) if numbers => FORWARDS_NUMBERS,
            Some(Order::ByGroup(false)) => FORWARDS,
            Some(Order::ByGroup(true)) if numbers => BACKWARDS_NUMBERS,
            Some(Order::ByGroup(true)) => BACKWARDS,
        };
        let fits = |phrase: &&&'static str| !self.plan.lying || !names_axes(phrase);
        let phrases: Vec<&'static str> = phrases.iter().filter(fits).copied().collect();
        let tail = self.pick(&phrases);
        let comma = !tail.starts_with("and ") && self.chance(65);
        self.joined(text, tail, comma)
    }
}
