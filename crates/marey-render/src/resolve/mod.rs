//! Scale resolution: which channels share a scale, of what kind, over which domain.

mod domain;
mod kind;
mod share;

pub use domain::Domain;
pub use kind::{Kind, field_type, is_binned, is_color, is_place, scale_of};
pub use share::{Sharing, scale_channel, share_scales};

use std::collections::BTreeMap;

use marey_core::{
    Channel, Mark, TimeUnit,
    spec::{ChannelDef, ConditionalValue, Scale, Setting},
};

use crate::{
    RenderError,
    column::is_banded_time,
    stop::Stop,
    tree::{Layer, Node, Plot},
    warnings::Warnings,
};

/// One channel of one layer that goes through a scale.
#[derive(Debug, Clone)]
pub struct Use<'a> {
    /// The layer.
    pub layer: Layer<'a>,
    /// The channel itself; `x2` where the scale is that of `x`.
    pub channel: Channel,
    /// What is bound to it.
    pub def: &'a ChannelDef,
}

/// A scale before its range is known: kind, domain and who uses it.
#[derive(Debug, Clone)]
pub struct ScaleModel<'a> {
    /// The channel that names the scale (`x` for `x2`).
    pub channel: Channel,
    /// Kind.
    pub kind: Kind,
    /// Domain over all that share it.
    pub domain: Domain<'a>,
    /// Whether the data gave the domain nothing.
    pub empty: bool,
    /// How many categories were cut from the domain.
    pub cut: usize,
    /// Whoever goes through it, in drawing order.
    pub uses: Vec<Use<'a>>,
}

impl<'a> ScaleModel<'a> {
    /// The marks that go through the scale.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.uses.iter().filter_map(|used| used.layer.mark.mark)
    }

    /// The time unit that bars or cells on this scale fill, if they do.
    pub fn banded_unit(&self) -> Option<&'a TimeUnit> {
        if self.kind != Kind::Time {
            return None;
        }
        self.uses.iter().find_map(|used| match used.def {
            ChannelDef::Field(def) if is_banded_time(&used.layer, used.channel) => def.time_unit.as_ref(),
            _ => None,
        })
    }

    /// The first value that a use's settings give for a property.
    pub fn setting<T>(&self, get: impl Fn(&'a Scale) -> Option<T>) -> Option<T> {
        self.uses
            .iter()
            .filter_map(|used| scale_of(used.def).and_then(Setting::on))
            .find_map(get)
    }
}

/// All scales of a chart by the number that layers know them under.
pub type Scales<'a> = BTreeMap<usize, ScaleModel<'a>>;

/// Resolves every scale of a tree.
pub fn resolve_scales<'a>(
    root: &mut Node<'a>,
    stop: &Stop,
    warnings: &mut Warnings,
) -> Result<Scales<'a>, RenderError> {
    let sharing = share_scales(root);
    rename_scales(root, &sharing);
    let mut uses: BTreeMap<usize, Vec<Use<'a>>> = BTreeMap::new();
    let mut plots = Vec::new();
    root.plots(&mut plots);
    for layer in plots.iter().flat_map(|plot: &&Plot<'a>| &plot.layers) {
        collect_uses(layer, &mut uses);
    }
    uses.into_iter()
        .map(|(id, uses)| {
            stop.check()?;
            Ok((id, domain::model(uses, warnings)))
        })
        .collect()
}

fn rename_scales(node: &mut Node<'_>, sharing: &Sharing) {
    match node {
        Node::Plot(plot) => {
            for (_, id) in plot.layers.iter_mut().flat_map(|layer| &mut layer.scales) {
                *id = sharing.root(*id);
            }
        }
        Node::Grid(grid) => grid
            .cells
            .iter_mut()
            .for_each(|cell| rename_scales(cell, sharing)),
    }
}

fn collect_uses<'a>(layer: &Layer<'a>, uses: &mut BTreeMap<usize, Vec<Use<'a>>>) {
    for entry in &layer.encoding.entries {
        let Some(id) = scale_channel(entry.channel).and_then(|channel| layer.scale_id(channel)) else {
            continue;
        };
        for def in entry.defs.iter().flat_map(scaled_defs) {
            uses.entry(id).or_default().push(Use {
                layer: layer.clone(),
                channel: entry.channel,
                def,
            });
        }
    }
}

/// The fields and data of a definition that pass through a scale, those of conditions included.
fn scaled_defs(def: &ChannelDef) -> Vec<&ChannelDef> {
    let conditions = match def {
        ChannelDef::Field(field) => &field.condition,
        ChannelDef::Value(value) => &value.condition,
        ChannelDef::Datum(_) => return vec![def],
    };
    let own = matches!(def, ChannelDef::Field(field) if field.refers_to_data()).then_some(def);
    let conditional = conditions.iter().filter_map(|condition| match &condition.then {
        ConditionalValue::Def(inner) if !matches!(inner.as_ref(), ChannelDef::Value(_)) => {
            Some(inner.as_ref())
        }
        _ => None,
    });
    own.into_iter().chain(conditional).collect()
}
