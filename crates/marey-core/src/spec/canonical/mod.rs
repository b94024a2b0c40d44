//! The canonical form: specs that draw the same chart from the same data become equal.
//!
//! The rules, each of which leaves the drawing as it is:
//!
//! - what is not drawn is dropped: names, descriptions, `usermeta`;
//! - ways of writing that mean the same are one: `"bar"` and `{"type": "bar"}`, lists of one,
//!   `"-y"` and `{"encoding": "y", "order": "descending"}`, a title on the axis and on the field;
//! - channels, `detail`, grouping fields, summaries and resolutions come in a fixed order;
//! - the level of measurement is said where Vega-Lite would infer it;
//! - defaults are dropped: ascending order, usual bins, stacking that happens anyway, orientation
//!   that follows from the channels, titles that would be chosen anyway;
//! - counts carry no field, `average` is `mean` (only the word in the automatic title changes),
//!   `detail` repeats nothing that groups already;
//! - channels that layers share are given to each of them;
//! - conditions are flat, sorted and without repetitions, and neighbouring filters are one;
//! - a layer of one mark is that mark, layers within layers are one stack, and a facet of a plain
//!   unit view is that view with facet channels.
//!
//! What depends on the data is told by [`CanonicalOptions`].

mod expression;
mod field;
mod mark;
mod predicate;
mod transform;
mod view;

use std::collections::BTreeSet;

use super::ChartSpec;
use crate::FieldName;

/// What is known about the data for which specs are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CanonicalOptions {
    /// Whether names of columns are the same in upper and lower case.
    pub fold_case: bool,
    /// Columns without nulls: counting their valid values is counting rows.
    pub non_null: BTreeSet<FieldName>,
}

/// Rounds after which rewriting stops; each only ever shortens or sorts.
const MAX_ROUNDS: usize = 8;

impl ChartSpec {
    /// The canonical form; equal for specs that draw the same chart from the same data.
    ///
    /// ```
    /// use marey_core::ChartSpec;
    ///
    /// let terse = r#"{"mark": "bar", "encoding": {
    ///     "x": {"field": "city", "type": "nominal"}, "y": {"aggregate": "count"}}}"#;
    /// let wordy = r#"{"mark": {"type": "bar", "orient": "vertical"}, "encoding": {
    ///     "y": {"aggregate": "count", "type": "quantitative", "stack": "zero"},
    ///     "x": {"field": "city", "type": "nominal", "sort": "ascending", "bin": false}}}"#;
    /// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
    /// assert_eq!(read(terse)?.canonical(), read(wordy)?.canonical());
    /// # Ok::<(), marey_core::spec::SpecError>(())
    /// ```
    pub fn canonical(&self) -> ChartSpec {
        self.canonical_for(&CanonicalOptions::default())
    }

    /// The canonical form given what is known about the data.
    pub fn canonical_for(&self, options: &CanonicalOptions) -> ChartSpec {
        let mut spec = self.clone();
        for _ in 0..MAX_ROUNDS {
            let before = spec.clone();
            view::rewrite_top(&mut spec, options);
            if spec == before {
                break;
            }
        }
        spec
    }
}
