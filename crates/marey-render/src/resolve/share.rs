//! Which channels of which layers share a scale.

use std::collections::BTreeMap;

use marey_core::{Channel, FieldName, spec::ResolveMode};

use super::is_place;

use crate::tree::{Grid, GridKind, Node, Plot, scale_resolution};

/// Sets of scale uses that grow together, by union and find.
#[derive(Debug, Default)]
pub struct Sharing {
    parents: Vec<usize>,
}

impl Sharing {
    /// A new use that shares with nobody yet.
    fn fresh(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.parents.len() - 1
    }

    /// The use that stands for all that share with this one.
    pub fn root(&self, mut id: usize) -> usize {
        while let Some(parent) = self.parents.get(id).copied() {
            if parent == id {
                break;
            }
            id = parent;
        }
        id
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The lower number is the earlier use: its title and settings lead.
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }

    fn merge_maps(&mut self, into: &mut BTreeMap<Channel, usize>, from: BTreeMap<Channel, usize>) {
        for (channel, id) in from {
            match into.get(&channel) {
                Some(first) => self.merge(*first, id),
                None => {
                    into.insert(channel, id);
                }
            }
        }
    }
}

/// Gives each layer's channels their scales, following `resolve` and Vega-Lite's defaults.
pub fn share_scales(root: &mut Node<'_>) -> Sharing {
    let mut sharing = Sharing::default();
    share_node(root, &mut sharing);
    sharing
}

fn share_node(node: &mut Node<'_>, sharing: &mut Sharing) -> BTreeMap<Channel, usize> {
    match node {
        Node::Plot(plot) => share_plot(plot, sharing),
        Node::Grid(grid) => share_grid(grid, sharing),
    }
}

fn share_plot(plot: &mut Plot<'_>, sharing: &mut Sharing) -> BTreeMap<Channel, usize> {
    let mut offered: Vec<BTreeMap<Channel, usize>> = Vec::new();
    for layer in &mut plot.layers {
        layer.scales = layer
            .encoding
            .entries
            .iter()
            .filter_map(|entry| scale_channel(entry.channel))
            .map(|channel| (channel, 0))
            .collect();
        layer.scales.sort_unstable();
        layer.scales.dedup();
        for (_, id) in &mut layer.scales {
            *id = sharing.fresh();
        }
        offered.push(layer.scales.iter().copied().collect());
    }
    for (from, to, view) in &plot.groups {
        let mut merged = BTreeMap::new();
        for slot in offered.iter_mut().take(*to).skip(*from) {
            let own = std::mem::take(slot)
                .into_iter()
                .filter(|(channel, _)| scale_resolution(view, *channel) != Some(ResolveMode::Independent))
                .collect();
            sharing.merge_maps(&mut merged, own);
        }
        if let Some(slot) = offered.get_mut(*from) {
            *slot = merged;
        }
    }
    offered.into_iter().next().unwrap_or_default()
}

fn share_grid(grid: &mut Grid<'_>, sharing: &mut Sharing) -> BTreeMap<Channel, usize> {
    let facet = matches!(grid.kind, GridKind::Facet(_));
    let view = grid.view;
    let mut merged = BTreeMap::new();
    let mut by_field: BTreeMap<(Channel, FieldName), usize> = BTreeMap::new();
    for cell in &mut grid.cells {
        let mut own = BTreeMap::new();
        for (channel, id) in share_node(cell, sharing) {
            match (scale_resolution(view, channel), facet) {
                (Some(ResolveMode::Independent), _) => {}
                (Some(ResolveMode::Shared), _) => {
                    own.insert(channel, id);
                }
                (None, true) if channel != Channel::Theta => {
                    own.insert(channel, id);
                }
                (None, true) => {}
                (None, false) => share_same_field(cell, channel, id, &mut by_field, sharing),
            }
        }
        sharing.merge_maps(&mut merged, own);
    }
    merged
}

/// Views beside each other share a look where it shows the same field; positions stay apart, and so
/// do unrelated fields, which in one legend help nobody.
fn share_same_field(
    cell: &Node<'_>,
    channel: Channel,
    id: usize,
    by_field: &mut BTreeMap<(Channel, FieldName), usize>,
    sharing: &mut Sharing,
) {
    if is_place(channel) {
        return;
    }
    let mut plots = Vec::new();
    cell.plots(&mut plots);
    let mut layers = plots.iter().flat_map(|plot| &plot.layers);
    let shown = layers.find_map(|layer| layer.encoding.get(channel)?.bound_field());
    let Some(field) = shown.map(|def| def.output_name(channel)) else {
        return;
    };
    match by_field.get(&(channel, field.clone())) {
        Some(first) => sharing.merge(*first, id),
        None => {
            by_field.insert((channel, field), id);
        }
    }
}

/// The channel whose scale a channel uses, if it uses one.
pub fn scale_channel(channel: Channel) -> Option<Channel> {
    use Channel as C;
    Some(match channel {
        C::X | C::X2 | C::Longitude | C::Longitude2 => C::X,
        C::Y | C::Y2 | C::Latitude | C::Latitude2 => C::Y,
        C::Theta | C::Theta2 => C::Theta,
        C::Radius | C::Radius2 => C::Radius,
        C::XOffset
        | C::YOffset
        | C::Color
        | C::Fill
        | C::Stroke
        | C::Opacity
        | C::FillOpacity
        | C::StrokeOpacity
        | C::StrokeWidth
        | C::StrokeDash
        | C::Size
        | C::Angle
        | C::Shape => channel,
        _ => return None,
    })
}
