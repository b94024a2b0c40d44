//! What is measured, in words.

use marey_features::action::Summary;

use super::{
    super::{name::plural, plan::Value},
    Speaker,
};

impl Speaker<'_, '_> {
    /// What is measured.
    pub(super) fn value(&mut self, value: Value) -> String {
        match value {
            Value::Count => {
                let pattern = self.pick(&[
                    "number of {rows}",
                    "number of {rows}",
                    "count of {rows}",
                    "{rows} count",
                    "count",
                    "# of {rows}",
                    "total number of {rows}",
                ]);
                self.fill_rows(pattern)
            }
            Value::Raw(at) => self.call(at),
            Value::Summary(summary, at) => self.summary(summary, at),
        }
    }

    fn fill_rows(&mut self, pattern: &str) -> String {
        let rows = self.names.rows(self.random);
        pattern.replace("{rows}", &rows)
    }

    fn summary(&mut self, summary: Summary, at: usize) -> String {
        let name = self.call(at);
        let usual = summary == self.cast.usual_summary(at);
        if usual
            && self.chance(match summary {
                Summary::Sum => 45,
                _ => 22,
            })
        {
            return name;
        }
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        let said = [
            "total", "average", "mean", "number", "avg", "sum", "maximum", "minimum", "median",
        ]
        .contains(&first.as_str());
        let many = plural(&name);
        let patterns: &[&str] = match (summary, said) {
            (Summary::Sum, false) => &[
                "total {m}",
                "total {m}",
                "total {m}",
                "sum of {m}",
                "overall {m}",
                "combined {m}",
                "summed {m}",
                "{m} total",
            ],
            (Summary::Sum, true) => &["sum of {m}", "summed {m}", "sum of the {m}"],
            (Summary::Mean, false) => &[
                "average {m}",
                "average {m}",
                "average {m}",
                "mean {m}",
                "avg {m}",
                "average of {m}",
                "mean of {m}",
                "typical {m}",
            ],
            (Summary::Mean, true) => &["average of {m}", "mean of {m}", "average {m}", "mean {m}"],
            (Summary::Median, _) => &["median {m}", "median {m}", "median of {m}"],
            (Summary::Min, _) => &[
                "minimum {m}",
                "lowest {m}",
                "smallest {m}",
                "min {m}",
                "min of {m}",
            ],
            (Summary::Max, _) => &[
                "maximum {m}",
                "highest {m}",
                "largest {m}",
                "max {m}",
                "max of {m}",
            ],
            (Summary::Stdev, _) => &[
                "standard deviation of {m}",
                "std of {m}",
                "standard deviation in {m}",
            ],
            (Summary::Distinct, _) => &[
                "number of different {ms}",
                "number of distinct {ms}",
                "distinct {ms}",
                "number of unique {ms}",
                "different {ms} count",
                "unique {ms}",
            ],
            _ => &["{m}"],
        };
        let pattern = self.pick(patterns);
        pattern.replace("{ms}", &many).replace("{m}", &name)
    }
}
