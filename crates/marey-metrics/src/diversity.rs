//! How much a list of charts shows, beyond its best one.

use std::collections::BTreeSet;

use marey_core::{
    ChartSpec, FieldName, Mark,
    spec::{CanonicalOptions, View},
};

use crate::{canonical, columns::columns_used};

/// What a chart is made of: (mark, column, aggregate or unit) triples of its canonical form.
fn triples(spec: &ChartSpec) -> BTreeSet<(String, String, String)> {
    let canonical = canonical(spec, &CanonicalOptions::default());
    let parts = crate::parts::Parts::of(&canonical, &CanonicalOptions::default());
    let marks: Vec<String> = marks(&spec.view).iter().map(ToString::to_string).collect();
    let mark = marks.join("+");
    parts
        .bound
        .into_iter()
        .map(|bound| (mark.clone(), bound.column, bound.function))
        .collect()
}

fn marks(view: &View) -> Vec<Mark> {
    let own = view.mark();
    own.into_iter()
        .chain(view.children().into_iter().flat_map(marks))
        .collect()
}

/// Diversity of the first k charts: 1 less the mean Jaccard similarity of their (mark, column,
/// function) triples over all pairs; 0 where all are alike, 1 where no two share anything. None of
/// fewer than two charts.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::diversity;
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let bar = read(r#"{"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "count"}}}"#)?;
/// let line = read(r#"{"mark": "line", "encoding": {"x": {"field": "b"}, "y": {"field": "c"}}}"#)?;
/// assert_eq!(diversity(&[bar.clone(), line.clone()], 5), Some(1.0));
/// assert_eq!(diversity(&[bar.clone(), bar], 5), Some(0.0));
/// assert_eq!(diversity(&[line], 5), None);
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn diversity(ranked: &[ChartSpec], k: usize) -> Option<f64> {
    let sets: Vec<_> = ranked.iter().take(k).map(triples).collect();
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (place, a) in sets.iter().enumerate() {
        for b in &sets[place + 1..] {
            let union = a.union(b).count() as f64;
            sum += if union > 0.0 {
                a.intersection(b).count() as f64 / union
            } else {
                1.0
            };
            pairs += 1.0;
        }
    }
    (pairs > 0.0).then(|| 1.0 - sum / pairs)
}

/// The number of different marks among the first k charts; the marks of a layered chart are one.
pub fn distinct_marks(ranked: &[ChartSpec], k: usize) -> usize {
    let marks: BTreeSet<Vec<Mark>> = ranked.iter().take(k).map(|spec| marks(&spec.view)).collect();
    marks.len()
}

/// The share of a table's columns that the first k charts use, 0 to 1; none of a table without
/// columns.
pub fn column_coverage(ranked: &[ChartSpec], table: &[FieldName], k: usize) -> Option<f64> {
    let used: BTreeSet<FieldName> = ranked
        .iter()
        .take(k)
        .flat_map(|spec| columns_used(spec, table, false))
        .collect();
    (!table.is_empty()).then(|| used.len() as f64 / table.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    #[test]
    fn the_figures_of_three_charts_worked_by_hand() {
        let by_kind = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"kind","type":"nominal"},"y":{"aggregate":"count"}}}"#,
        );
        let points = chart(r#"{"mark":"point","encoding":{"x":{"field":"price"},"y":{"field":"price"}}}"#);
        let ranked = [bars(), by_kind, points];
        // Bars of cities and of kinds share the count: one of three; points share nothing.
        assert!((diversity(&ranked, 3).unwrap() - (1.0 - (1.0 / 3.0) / 3.0)).abs() < 1e-12);
        assert_eq!(distinct_marks(&ranked, 3), 2);
        assert_eq!(distinct_marks(&ranked, 2), 1);
        let table: Vec<FieldName> = ["city", "kind", "price", "day"].map(FieldName::new).into();
        assert_eq!(column_coverage(&ranked, &table, 3), Some(0.75));
        assert_eq!(column_coverage(&ranked, &table, 1), Some(0.25));
        assert_eq!(column_coverage(&ranked, &[], 3), None);
    }
}
