//! What the learning baselines share: linked training items and their sketches.

use marey_core::ChartSpec;
use marey_metrics::canonical;
use rayon::prelude::*;

use super::{
    link::{Linked, Linker},
    sketch::{chart_of, sketch_of},
};
use crate::{AskedTable, Candidate, Item, LabError, Question};

/// Linked requests with the sketch of the right chart; an item with several right charts gives one for
/// each. `ignores_requests` links no words.
pub(super) fn training(
    linker: &Linker,
    items: &[&Item],
    ignores_requests: bool,
) -> Vec<(Vec<String>, String)> {
    let of_item = |item: &&Item| {
        let table = linker.table(&item.table);
        let linked = if ignores_requests {
            Linked::of_table(table)
        } else {
            Linked::new(item.request.as_deref(), table)
        };
        let sketch = |gold: &std::sync::Arc<crate::Gold>| {
            let sketch = sketch_of(&canonical(&gold.spec, &item.canonical), &linked);
            (linked.words.clone(), sketch)
        };
        item.golds.iter().map(sketch).collect::<Vec<_>>()
    };
    items.par_iter().flat_map_iter(of_item).collect()
}

/// Charts of the first `k` sketches whose pointers point at something, each with its score.
pub(super) fn proposals<'a>(
    ranked: impl IntoIterator<Item = (&'a str, f64)>,
    linked: &Linked,
    k: usize,
) -> Vec<Candidate> {
    let charts = ranked
        .into_iter()
        .filter_map(|(sketch, score)| Some((chart_of(sketch, linked)?, score)));
    charts
        .take(k)
        .map(|(chart, score)| Candidate::new(&chart, score))
        .collect()
}

/// Links the request of a question.
pub(super) fn linked(linker: &Linker, question: &Question<'_>) -> Linked {
    Linked::new(question.request, linker.table(question.table))
}

/// Refuses to learn from nothing.
pub(super) fn some<T>(model: &'static str, examples: Vec<T>) -> Result<Vec<T>, LabError> {
    if examples.is_empty() {
        let why = "the training part has none with a right chart".to_owned();
        return Err(LabError::NothingToLearn { model, why });
    }
    Ok(examples)
}

/// A chart of a table as a chart of the same table with other names in the same order; the chart as it is where it
/// cannot be renamed.
pub(crate) fn renamed(chart: &ChartSpec, from: &AskedTable, to: &AskedTable) -> ChartSpec {
    let linker = Linker::default();
    let own = Linked::of_table(linker.table(from));
    // Both tables are of one file: each needs links of its own.
    let other = Linked::of_table(Linker::default().table(to));
    chart_of(&sketch_of(chart, &own), &other).unwrap_or_else(|| chart.clone())
}
