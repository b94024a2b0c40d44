//! What a chart shows in a few plain sentences, for people who do not see it.
//!
//! A lead says the kind of chart and what is set against what; a fact or two say what a glance
//! would: the highest and lowest, how a line runs, how far points spread. (After Jung et al.,
//! "Communicating Visualizations without Visuals", IEEE VIS 2021: kind, axes and trends first.)

mod fact;
mod lead;

use marey_core::{Channel, ChartSpec, Mark, spec::FieldDef};

use crate::{
    text::readable_list,
    tree::{Grid, GridKind, Layer, Node, Plot},
    words::ValueFormat,
};

/// Most parts of a composed chart that are told one by one.
const MAX_PARTS: usize = 4;

/// The sentences for a chart, from the spec as given and its tree of plots.
///
/// A description in the spec stands in their place.
pub fn alt_text(spec: &ChartSpec, root: &Node<'_>) -> String {
    match spec.view.description.as_deref().map(str::trim) {
        Some(given) if !given.is_empty() => given.to_owned(),
        _ => of_node(root),
    }
}

/// Box plots come as layers whose fields carry the names of their parts.
fn is_box_plot(layer: &Layer<'_>) -> bool {
    let is_median = |channel| {
        let name = layer.encoding.field(channel).and_then(FieldDef::name);
        name.is_some_and(|name| name.as_str().starts_with("mid_box_"))
    };
    is_median(Channel::X) || is_median(Channel::Y)
}

fn of_node(node: &Node<'_>) -> String {
    match node {
        Node::Plot(plot) => of_plot(plot),
        Node::Grid(grid) => of_grid(grid),
    }
}

fn of_plot(plot: &Plot<'_>) -> String {
    let Some(layer) = main_layer(plot) else {
        return "Empty chart.".to_owned();
    };
    let lead = lead::lead(layer);
    match fact::fact(layer) {
        Some(fact) => format!("{lead}. {fact}."),
        None => format!("{lead}."),
    }
}

/// The layer that carries the data: the first that is no annotation.
fn main_layer<'p, 'a>(plot: &'p Plot<'a>) -> Option<&'p Layer<'a>> {
    let annotates = |layer: &&Layer<'_>| {
        matches!(layer.mark.mark, Some(Mark::Text | Mark::Rule | Mark::Tick))
            || layer.encoding.entries.is_empty()
    };
    let layers = || plot.layers.iter();
    layers()
        .find(|layer| is_box_plot(layer))
        .or_else(|| layers().find(|layer| !annotates(layer)))
        .or_else(|| layers().next())
}

fn of_grid(grid: &Grid<'_>) -> String {
    match &grid.kind {
        GridKind::Facet(heads) => {
            let Some(first) = grid.cells.first() else {
                return "Empty chart.".to_owned();
            };
            let mut plots = Vec::new();
            first.plots(&mut plots);
            let what = plots
                .first()
                .and_then(|plot| main_layer(plot))
                .map(|layer| lead::lead(layer));
            let by: Vec<String> = [&heads.row, &heads.column, &heads.wrap]
                .into_iter()
                .flatten()
                .map(|(def, values)| {
                    let format = ValueFormat::of(def, Channel::Row, None, None);
                    let names: Vec<String> = values.iter().map(|value| format.write(*value)).collect();
                    format!("{} ({})", lead::phrase(def), readable_list(&names, MAX_PARTS))
                })
                .collect();
            let what = what.unwrap_or_else(|| "Chart".to_owned());
            format!("{what}, in {} panels by {}.", grid.cells.len(), by.join(" and "))
        }
        GridKind::Concat => {
            let parts: Vec<String> = grid
                .cells
                .iter()
                .take(MAX_PARTS)
                .map(|cell| of_node(cell))
                .collect();
            let more = grid.cells.len().saturating_sub(MAX_PARTS);
            let rest = if more > 0 {
                format!(" And {more} more.")
            } else {
                String::new()
            };
            format!("{} charts. {}{rest}", grid.cells.len(), parts.join(" "))
        }
    }
}
