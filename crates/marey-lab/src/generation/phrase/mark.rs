//! Marks by the names that people give them.

use marey_core::Mark;
use marey_features::action::StackKind;

use super::{
    super::plan::{Idea, Plan},
    Speaker,
};

/// Whether a person who names no mark would expect another.
pub(super) fn must_be_said(plan: &Plan) -> bool {
    match plan.idea {
        Idea::Comparison | Idea::Ranking | Idea::Cycle => plan.lying || plan.mark != Mark::Bar,
        Idea::Trend => plan.mark != Mark::Line || plan.stack.is_some(),
        Idea::Spread => plan.lying || plan.mark != Mark::Boxplot || plan.group.is_none(),
        Idea::Grouped | Idea::Stacked | Idea::Composition => plan.lying,
        Idea::Relationship => plan.size.is_some() && plan.series.is_none(),
        Idea::Heat => true,
        Idea::Share | Idea::Histogram => false,
    }
}

impl Speaker<'_, '_> {
    /// The mark as people name it.
    pub(super) fn mark(&mut self) -> String {
        let plan = self.plan;
        let lying = if plan.lying { "horizontal " } else { "" };
        let words: &[&str] = match (plan.idea, plan.mark) {
            (Idea::Grouped, _) => &[
                "grouped bar chart",
                "grouped bar chart",
                "clustered bar chart",
                "side-by-side bar chart",
                "grouped bars",
                "grouped column chart",
            ],
            (Idea::Stacked, _) => &[
                "stacked bar chart",
                "stacked bar chart",
                "stacked bars",
                "stacked column chart",
                "stacked bar graph",
            ],
            (Idea::Composition, _) => &[
                "100% stacked bar chart",
                "normalized stacked bar chart",
                "percent stacked bar chart",
                "100% stacked bars",
                "stacked percentage bar chart",
            ],
            (Idea::Histogram, _) => &["histogram"],
            (_, Mark::Bar) => &[
                "bar chart",
                "bar chart",
                "bar chart",
                "bar graph",
                "bar plot",
                "barchart",
                "bars",
                "column chart",
                "bar diagram",
            ],
            (_, Mark::Line) => &[
                "line chart",
                "line chart",
                "line graph",
                "line plot",
                "line",
                "lines",
            ],
            (_, Mark::Area) if plan.stack == Some(StackKind::Normalize) => &[
                "100% area chart",
                "normalized area chart",
                "percent stacked area chart",
            ],
            (_, Mark::Area) if plan.series.is_some() => &["area chart", "stacked area chart", "area graph"],
            (_, Mark::Area) => &[
                "area chart",
                "area chart",
                "area graph",
                "area plot",
                "filled area chart",
            ],
            (_, Mark::Arc) => &[
                "pie chart",
                "pie chart",
                "pie chart",
                "pie",
                "pie graph",
                "donut chart",
                "doughnut chart",
                "donut",
            ],
            (_, Mark::Boxplot) => &[
                "box plot",
                "boxplot",
                "box plot",
                "box-and-whisker plot",
                "box plots",
                "boxplots",
            ],
            (_, Mark::Tick) => &["strip plot", "tick plot", "strip chart"],
            (_, Mark::Rect) => &["heatmap", "heat map", "heatmap", "heat map chart"],
            (Idea::Relationship, _) if plan.size.is_some() => {
                &["bubble chart", "bubble plot", "bubble chart", "scatter plot"]
            }
            (Idea::Relationship, _) => &[
                "scatter plot",
                "scatterplot",
                "scatter plot",
                "scatter chart",
                "scatter",
                "scatter graph",
            ],
            _ => &["dot plot", "dot chart", "point chart", "dots"],
        };
        let mark = self.pick(words);
        match mark == "column chart" && plan.lying {
            true => "horizontal bar chart".to_owned(),
            false => format!("{lying}{mark}"),
        }
    }
}
