//! Canonical views.

use super::{
    CanonicalOptions,
    field::{self, drop_usual_titles, rewrite_encoding},
    mark, predicate, transform,
};
use crate::{
    Channel,
    spec::{
        ByDirection, ChartSpec, Composition, Encoding, Facet, JsonMap, Layout, MarkDef, Resolve,
        ResolveByChannel, ResolveMode, Setting, Title, Transform, Unit, View, ViewTitle,
        json::{Json, Tier},
        normalize::inherit,
    },
};

pub(super) fn rewrite_top(spec: &mut ChartSpec, options: &CanonicalOptions) {
    spec.top.usermeta = None;
    for map in [&mut spec.top.config, &mut spec.top.datasets] {
        if map.as_ref().is_some_and(JsonMap::is_empty) {
            *map = None;
        }
    }
    rewrite(&mut spec.view, false, options);
}

/// Brings a view and everything inside it to canonical form.
fn rewrite(view: &mut View, in_layer: bool, options: &CanonicalOptions) {
    view.name = None;
    view.description = None;
    view.title = view.title.take().and_then(canonical_title);
    drop_empty(&mut view.background);
    drop_empty(&mut view.projection);
    rewrite_transforms(&mut view.transform, options);
    rewrite_composition(&mut view.composition, in_layer, options);
    unwrap_single_layer(view);
    facet_to_channels(view);
    rewrite_resolve(view);
}

fn drop_empty<T: Default + PartialEq>(bag: &mut Option<T>) {
    if bag.as_ref().is_some_and(|bag| *bag == T::default()) {
        *bag = None;
    }
}

/// Plain text where nothing but text is given; nothing for no title.
fn canonical_title(title: ViewTitle) -> Option<ViewTitle> {
    match title {
        ViewTitle::Off => None,
        ViewTitle::Styled(styled) => {
            let only_text = Title {
                text: styled.text.clone(),
                ..Title::default()
            };
            match &styled.text {
                Some(text) if *styled == only_text => Some(ViewTitle::Text(text.clone())),
                _ => Some(ViewTitle::Styled(styled)),
            }
        }
        text => Some(text),
    }
}

fn rewrite_transforms(steps: &mut Vec<Transform>, options: &CanonicalOptions) {
    for step in steps.iter_mut() {
        transform::rewrite(step, options);
    }
    predicate::merge_filters(steps);
}

fn rewrite_composition(composition: &mut Composition, in_layer: bool, options: &CanonicalOptions) {
    match composition {
        Composition::Unit(unit) => rewrite_unit(unit, in_layer, options),
        Composition::Layer { layers, encoding } => {
            let shared = take_shared(encoding, layers.len());
            for layer in layers.iter_mut() {
                push_down(&shared, layer);
                rewrite(layer, true, options);
            }
            splice_layers(layers);
        }
        Composition::Facet(facet) => rewrite_facet(facet, options),
        Composition::Concat { views, .. } => {
            views.iter_mut().for_each(|view| rewrite(view, false, options));
        }
        Composition::Repeat(repeat) => {
            for list in [
                &mut repeat.wrap,
                &mut repeat.row,
                &mut repeat.column,
                &mut repeat.layer,
            ] {
                for name in list.iter_mut().flatten() {
                    field::rewrite_name(name, options);
                }
            }
            rewrite(&mut repeat.spec, repeat.layer.is_some(), options);
        }
    }
}

/// Most bytes of JSON that giving every layer its shared channels may add.
const MAX_SHARED_BYTES: usize = 8 << 20;

/// Takes out the channels to be given to every layer, unless the copies would be too large.
fn take_shared(encoding: &mut Encoding, layers: usize) -> Encoding {
    let bytes = encoding.write(Tier::Whole).to_string().len();
    if bytes.saturating_mul(layers) > MAX_SHARED_BYTES {
        return Encoding::new();
    }
    std::mem::take(encoding)
}

/// Gives a layer the channels it shares with the others, as Vega-Lite does.
fn push_down(shared: &Encoding, layer: &mut View) {
    if *shared == Encoding::new() {
        return;
    }
    match &mut layer.composition {
        Composition::Unit(unit) => {
            unit.encoding = inherit::encoding(std::mem::take(&mut unit.encoding), shared, false);
        }
        Composition::Layer { encoding, .. } => {
            *encoding = inherit::encoding(std::mem::take(encoding), shared, true);
        }
        _ => {}
    }
}

fn rewrite_unit(unit: &mut Unit, in_layer: bool, options: &CanonicalOptions) {
    rewrite_encoding(&mut unit.encoding, &unit.mark, options);
    if !in_layer {
        drop_usual_titles(&mut unit.encoding);
    }
    mark::rewrite(&mut unit.mark, &unit.encoding);
    let only_kind = MarkDef {
        mark: unit.mark.mark,
        ..MarkDef::default()
    };
    unit.plain_mark = unit.mark == only_kind;
}

fn rewrite_facet(facet: &mut Facet, options: &CanonicalOptions) {
    facet.column_first = false;
    for (channel, def) in [
        (Channel::Facet, &mut facet.wrap),
        (Channel::Row, &mut facet.row),
        (Channel::Column, &mut facet.column),
    ] {
        if let Some(def) = def {
            field::rewrite(channel, def, &Encoding::new(), options);
            field::drop_usual_title(def);
        }
    }
    rewrite(&mut facet.spec, false, options);
}

/// Whether a view says nothing but what it is made of, so that another can take its place.
fn is_bare(view: &View) -> bool {
    view.title.is_none()
        && view.data.is_none()
        && view.transform.is_empty()
        && view.width.is_none()
        && view.height.is_none()
        && view.resolve.is_none()
        && view.projection.is_none()
        && view.background.is_none()
        && view.layout == Layout::default()
        && view.rest.is_empty()
}

/// Layers within a layer that add nothing of their own become layers of the outer one.
fn splice_layers(layers: &mut Vec<View>) {
    let can_splice = |view: &View| {
        is_bare(view)
            && matches!(&view.composition, Composition::Layer { encoding, layers }
                if *encoding == Encoding::new() && !layers.is_empty())
    };
    if !layers.iter().any(can_splice) {
        return;
    }
    let mut flat = Vec::with_capacity(layers.len());
    for layer in std::mem::take(layers) {
        if !can_splice(&layer) {
            flat.push(layer);
            continue;
        }
        if let Composition::Layer { layers, .. } = layer.composition {
            flat.extend(layers);
        }
    }
    *layers = flat;
}

/// A layer of one unit view that shares no channels is that view.
fn unwrap_single_layer(view: &mut View) {
    let Composition::Layer { layers, encoding } = &mut view.composition else {
        return;
    };
    let [only] = layers.as_mut_slice() else {
        return;
    };
    let is_plain = only.data.is_none()
        && only.title.is_none()
        && (only.width.is_none() && only.height.is_none())
        && only.resolve.is_none()
        && only.projection.is_none()
        && only.background.is_none()
        && only.layout == Layout::default()
        && only.rest.is_empty();
    if !is_plain || *encoding != Encoding::new() || !matches!(only.composition, Composition::Unit(_)) {
        return;
    }
    view.transform.append(&mut only.transform);
    let inner = only.composition.clone();
    view.composition = inner;
    view.resolve = None;
}

/// A facet of a unit view without a step of its own is that view with facet channels.
fn facet_to_channels(view: &mut View) {
    let Composition::Facet(facet) = &mut view.composition else {
        return;
    };
    let inner = &mut facet.spec;
    let sized = View {
        width: None,
        height: None,
        ..inner.clone()
    };
    let Composition::Unit(unit) = &mut inner.composition else {
        return;
    };
    let has_facets = unit.encoding.entries.iter().any(|entry| entry.channel.is_facet());
    if !is_bare(&sized)
        || has_facets
        || view.width.is_some()
        || view.height.is_some()
        || view.resolve.is_some()
    {
        return;
    }
    let mut unit = unit.clone();
    (view.width, view.height) = (inner.width.take(), inner.height.take());
    if let Some(mut def) = facet.wrap.take() {
        def.columns = def.columns.or(view.layout.columns.take());
        if let Some(ByDirection::Both(spacing)) = view.layout.spacing {
            def.spacing = def.spacing.or(Some(spacing));
            view.layout.spacing = None;
        }
        unit.encoding.set(Channel::Facet, def);
    }
    for (channel, def) in [
        (Channel::Row, facet.row.take()),
        (Channel::Column, facet.column.take()),
    ] {
        if let Some(def) = def {
            unit.encoding.set(channel, def);
        }
    }
    unit.encoding.entries.sort_by_key(|entry| entry.channel);
    view.composition = Composition::Unit(unit);
}

/// Sorts what is resolved by channel and drops scales that are resolved as by default.
fn rewrite_resolve(view: &mut View) {
    let is_concat = matches!(
        view.composition,
        Composition::Concat { .. } | Composition::Repeat(_)
    );
    let Some(resolve) = &mut view.resolve else {
        return;
    };
    let all = [&mut resolve.scale, &mut resolve.axis, &mut resolve.legend];
    for ResolveByChannel(by) in all.into_iter().flatten() {
        by.sort_by_key(|(channel, _)| *channel);
    }
    if let Some(ResolveByChannel(by)) = &mut resolve.scale {
        by.retain(|(channel, mode)| is_concat || *channel == Channel::Theta || *mode != ResolveMode::Shared);
    }
    for by in [&mut resolve.scale, &mut resolve.axis, &mut resolve.legend] {
        drop_empty(by);
    }
    if *resolve == Resolve::default() {
        view.resolve = None;
    }
}

/// Nothing to say where a setting holds an empty bag.
pub(super) fn drop_empty_setting<T: Default + PartialEq>(setting: &mut Option<Setting<T>>) {
    if let Some(Setting::On(bag)) = setting
        && *bag == T::default()
    {
        *setting = None;
    }
}
