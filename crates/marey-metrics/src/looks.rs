//! What of a chart no task asks for: its looks.

use marey_core::{
    Channel, ChartSpec,
    spec::{ChannelDef, Composition, Encoding, FieldDef, TopLevel, View},
};

/// Channels that are read, not seen.
const READ: [Channel; 3] = [Channel::Tooltip, Channel::Href, Channel::Description];

/// Takes out titles, sizes, configuration, guides, formats, tooltips and links, in every view. Scales stay:
/// whether an axis begins at zero is no matter of looks.
pub(crate) fn drop_looks(spec: &mut ChartSpec) {
    spec.top = TopLevel::default();
    in_view(&mut spec.view);
}

fn in_view(view: &mut View) {
    view.title = None;
    (view.width, view.height) = (None, None);
    view.background = None;
    match &mut view.composition {
        Composition::Unit(unit) => {
            unit.mark.tooltip = None;
            in_encoding(&mut unit.encoding);
        }
        Composition::Layer { layers, encoding } => {
            in_encoding(encoding);
            layers.iter_mut().for_each(in_view);
        }
        Composition::Facet(facet) => {
            for def in [&mut facet.wrap, &mut facet.row, &mut facet.column]
                .into_iter()
                .flatten()
            {
                in_field(def);
            }
            in_view(&mut facet.spec);
        }
        Composition::Concat { views, .. } => views.iter_mut().for_each(in_view),
        Composition::Repeat(repeat) => in_view(&mut repeat.spec),
    }
}

fn in_encoding(encoding: &mut Encoding) {
    encoding.entries.retain(|entry| !READ.contains(&entry.channel));
    for def in encoding.entries.iter_mut().flat_map(|entry| &mut entry.defs) {
        match def {
            ChannelDef::Field(def) => in_field(def),
            ChannelDef::Datum(def) => {
                (def.title, def.axis, def.legend) = (None, None, None);
                (def.format, def.format_type) = (None, None);
            }
            ChannelDef::Value(_) => {}
        }
    }
}

fn in_field(def: &mut FieldDef) {
    (def.title, def.axis, def.legend, def.header) = (None, None, None, None);
    (def.format, def.format_type) = (None, None);
}
