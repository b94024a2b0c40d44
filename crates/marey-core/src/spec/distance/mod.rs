//! How far two charts are apart, as the cost of turning one into the other.
//!
//! The model is GraphScape's (Kim, Wongsuphasawat, Hullman and Heer, *GraphScape: A Model for
//! Automated Reasoning about Visualization Similarity and Sequencing*, CHI 2017): changing the mark
//! is cheap, changing how a field is summarised dearer, changing what is shown dearest. Costs are
//! those its authors published with their code; see [`EditCosts`] for the table.
//!
//! Both charts are brought to canonical form first. The distance is symmetric and 0 exactly for
//! specs with the same canonical form. Views are aligned in order, channels are matched at least
//! cost, and exchanging x with y (or rows with columns) as a whole is one edit.

mod alignment;
mod assignment;
mod channel;
mod cost;
mod leaf;
mod view;

pub use cost::EditCosts;

use cost::Pricing;

use super::{ChartSpec, View};

/// Largest product of the sizes of two specs (views, definitions and steps) up to which the least
/// cost is looked for; larger specs are compared place by place, which may find a dearer way.
const MAX_WORK: usize = 1_000_000;

/// The number of views, channel definitions and steps in a tree.
fn size(view: &View) -> usize {
    let definitions = view.encoding().map_or(0, |encoding| {
        encoding.entries.iter().map(|entry| entry.defs.len()).sum()
    });
    let inside: usize = view.children().into_iter().map(size).sum();
    1 + definitions + view.transform.len() + inside
}

impl ChartSpec {
    /// The cost of the edits that turn this chart into the other; 0 if both draw the same.
    ///
    /// ```
    /// use marey_core::ChartSpec;
    ///
    /// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
    /// let bars = read(r#"{"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "count"}}}"#)?;
    /// let line = read(r#"{"mark": "line", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "count"}}}"#)?;
    /// let other = read(r#"{"mark": "bar", "encoding": {"x": {"field": "b"}, "y": {"aggregate": "count"}}}"#)?;
    /// assert_eq!(bars.distance(&bars), 0.0);
    /// assert!(bars.distance(&line) < bars.distance(&other));
    /// # Ok::<(), marey_core::spec::SpecError>(())
    /// ```
    pub fn distance(&self, other: &ChartSpec) -> f64 {
        self.distance_with(other, &EditCosts::default())
    }

    /// The cost of the edits at given prices.
    pub fn distance_with(&self, other: &ChartSpec, costs: &EditCosts) -> f64 {
        let (a, b) = (self.canonical(), other.canonical());
        if a == b {
            return 0.0;
        }
        let work = size(&a.view).saturating_mul(size(&b.view));
        let costs = &Pricing {
            costs,
            exact: work <= MAX_WORK,
        };
        let edits = view::top_cost(&a, &b, costs) + view::view_cost(&a.view, &b.view, costs);
        // Charts that differ in nothing but an order (of tooltips, say) are not the same.
        if edits > 0.0 { edits } else { costs.property }
    }
}
