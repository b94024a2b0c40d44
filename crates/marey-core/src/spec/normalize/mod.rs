//! Normal form: a spec with only unit, layer, facet and concat views left.
//!
//! Repeats are expanded, encodings shared by layers pushed into the units, row, column and facet
//! channels lifted into facets, points and lines over paths made layers, composite marks (box
//! plot, error bar, error band) taken apart, and every unit's encoding completed as Vega-Lite
//! completes it: types inferred, bins given their number, channels the mark does not know
//! dropped. Data and transforms stay where they stand in the tree. The rules are those of
//! Vega-Lite's `normalize/` and `compositemark/`.

mod boxplot;
mod composite;
mod config;
mod error_mark;
mod extract;
pub(crate) mod inherit;
mod overlay;
mod repeat;
mod title;
mod unit;

pub use config::MarkConfig;

use super::{ByDirection, ChartSpec, Composition, Encoding, Facet, Unit, View};
use crate::{Channel, Warned};
use repeat::Repeater;

/// Deepest nesting of views that is accepted.
const MAX_DEPTH: usize = 20;
/// Largest number of views that a spec may expand to.
const MAX_VIEWS: usize = 10_000;

/// Why a spec has no normal form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NormalizeError {
    /// Views are nested too deeply.
    #[error("views are nested more than {limit} deep")]
    TooDeep {
        /// How deep they may be.
        limit: usize,
    },
    /// Repeats and layers expand to too many views.
    #[error("the spec expands to more than {limit} views")]
    TooManyViews {
        /// How many there may be.
        limit: usize,
    },
    /// A composite mark has no axis along which to summarise.
    #[error("{mark} needs a quantitative or temporal field on x or y")]
    NoContinuousAxis {
        /// The mark.
        mark: crate::Mark,
    },
    /// Channels of an error bar or band contradict each other.
    #[error("{mark} cannot be drawn: {found}")]
    ContradictingErrors {
        /// The mark.
        mark: crate::Mark,
        /// What stands in the spec.
        found: &'static str,
    },
}

/// Brings a spec to normal form and names what had to be left out.
///
/// A spec in normal form is its own normal form.
///
/// # Errors
///
/// When the spec is nested too deeply, expands to too many views, or holds a composite mark that
/// cannot be taken apart.
pub fn normalize(spec: &ChartSpec) -> Result<Warned<ChartSpec, String>, NormalizeError> {
    let mut normalizer = Normalizer {
        config: MarkConfig::new(spec.top.config.as_ref()),
        notes: Vec::new(),
        views: 0,
    };
    let view = normalizer.view(&spec.view, &Scope::default())?;
    Ok(Warned {
        value: ChartSpec {
            top: spec.top.clone(),
            view,
        },
        warnings: normalizer.notes,
    })
}

/// The walk over the tree: what it reads and what it gathers.
struct Normalizer<'a> {
    config: MarkConfig<'a>,
    notes: Vec<String>,
    views: usize,
}

/// What a view inherits from the views around it.
#[derive(Debug, Clone, Default)]
struct Scope {
    depth: usize,
    repeater: Repeater,
    encoding: Option<Encoding>,
    in_layer: bool,
    /// Set inside what an overlay was taken apart into, where config must not add another.
    overlaid: bool,
}

impl Scope {
    /// The scope of a view that shares no encoding with its siblings.
    fn inside(&self) -> Self {
        Self {
            depth: self.depth + 1,
            repeater: self.repeater.clone(),
            ..Self::default()
        }
    }

    /// The scope of the layers of a view with a shared encoding.
    fn layered(&self, encoding: Option<Encoding>) -> Self {
        Self {
            encoding,
            in_layer: true,
            overlaid: self.overlaid,
            ..self.inside()
        }
    }
}

impl Normalizer<'_> {
    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    fn view(&mut self, view: &View, scope: &Scope) -> Result<View, NormalizeError> {
        if scope.depth > MAX_DEPTH {
            return Err(NormalizeError::TooDeep { limit: MAX_DEPTH });
        }
        self.views += 1;
        if self.views > MAX_VIEWS {
            return Err(NormalizeError::TooManyViews { limit: MAX_VIEWS });
        }
        match &view.composition {
            Composition::Unit(unit) => self.unit(view, unit, scope),
            Composition::Layer { layers, encoding } => self.layer(view, layers, encoding, scope),
            Composition::Facet(facet) => self.facet(view, facet, scope),
            Composition::Concat { views, .. } => self.concat(view, views, scope),
            Composition::Repeat(repeat) => self.repeat(view, repeat, scope),
        }
    }

    fn unit(&mut self, view: &View, unit: &Unit, scope: &Scope) -> Result<View, NormalizeError> {
        let encoding = self.repeated_encoding(&unit.encoding, &scope.repeater);
        let encoding = match &scope.encoding {
            Some(parent) => inherit::encoding(encoding, parent, false),
            None => encoding,
        };
        let unit = Unit {
            encoding,
            ..unit.clone()
        };
        let is_faceted = [Channel::Row, Channel::Column, Channel::Facet]
            .iter()
            .any(|channel| unit.encoding.own_field(*channel).is_some());
        if is_faceted && !scope.in_layer {
            return self.faceted_unit(view, unit, scope);
        }
        self.single_unit(view, unit, scope)
    }

    /// A unit without facet channels: taken apart if it is composite or overlaid, else completed.
    fn single_unit(&mut self, view: &View, unit: Unit, scope: &Scope) -> Result<View, NormalizeError> {
        let inner = scope.layered(None);
        if let Some(parts) = self.composite(view, &unit)? {
            return self.view(&parts, &inner);
        }
        if let Some(layers) = self.overlay(view, &unit, scope.overlaid) {
            let overlaid = Scope {
                overlaid: true,
                ..inner
            };
            return self.view(&layers, &overlaid);
        }
        Ok(self.complete(view, overlay::rule_for_ranged_line(unit)))
    }

    fn layer(
        &mut self,
        view: &View,
        layers: &[View],
        encoding: &Encoding,
        scope: &Scope,
    ) -> Result<View, NormalizeError> {
        let own = self.repeated_encoding(encoding, &scope.repeater);
        let shared = match &scope.encoding {
            Some(parent) => inherit::encoding(own, parent, true),
            None => own,
        };
        let shared = (!shared.entries.is_empty()).then_some(shared);
        let inner = scope.layered(shared);
        let layers = layers
            .iter()
            .map(|layer| self.view(&with_projection_of(layer, view), &inner))
            .collect::<Result<Vec<_>, _>>()?;
        let encoding = Encoding::new();
        Ok(recomposed(view, Composition::Layer { layers, encoding }))
    }

    fn facet(&mut self, view: &View, facet: &Facet, scope: &Scope) -> Result<View, NormalizeError> {
        let (mut outer, mut lifted) = (view.clone(), facet.clone());
        for (channel, def) in [
            (Channel::Facet, &mut lifted.wrap),
            (Channel::Row, &mut lifted.row),
            (Channel::Column, &mut lifted.column),
        ] {
            let replaced = def
                .take()
                .and_then(|def| self.repeated_field(def, &scope.repeater));
            *def = replaced.map(|def| unit::completed_field(def, channel));
        }
        if lifted.row.is_some() || lifted.column.is_some() {
            outer.layout.columns = None;
        }
        lifted.spec = self.view(&facet.spec, &scope.inside())?;
        outer.composition = Composition::Facet(Box::new(lifted));
        Ok(outer)
    }

    fn concat(&mut self, view: &View, views: &[View], scope: &Scope) -> Result<View, NormalizeError> {
        let inner = scope.inside();
        let done = views
            .iter()
            .map(|child| self.view(child, &inner))
            .collect::<Result<Vec<_>, _>>()?;
        let mut composition = view.composition.clone();
        if let Composition::Concat { views, .. } = &mut composition {
            *views = done;
        }
        Ok(recomposed(view, composition))
    }

    /// Lifts row, column and facet channels of a unit into a facet view around it.
    fn faceted_unit(&mut self, view: &View, mut unit: Unit, scope: &Scope) -> Result<View, NormalizeError> {
        let mut take = |channel| {
            let entry = unit.encoding.remove(channel)?;
            entry.defs.first().and_then(|def| def.own_field().cloned())
        };
        let [row, column, mut wrap] = [Channel::Row, Channel::Column, Channel::Facet].map(&mut take);
        if row.is_some() || column.is_some() {
            if wrap.is_some() {
                self.note("the facet channel is left out: row and column take its place");
            }
            wrap = None;
        }
        let (mut outer, mut inner) = (view.clone(), View::new(Composition::Unit(unit)));
        (inner.width, inner.height) = (outer.width.take(), outer.height.take());
        (inner.projection, inner.background) = (outer.projection.take(), outer.background.take());
        if let Some(params) = outer.rest.shift_remove("params") {
            inner.rest.insert("params".to_owned(), params);
        }
        if let Some(def) = &mut wrap {
            outer.layout.columns = def.columns.take().or(outer.layout.columns);
            let spacing = def.spacing.take().map(ByDirection::Both);
            outer.layout.spacing = spacing.or(outer.layout.spacing);
        }
        let facet = Facet {
            wrap,
            row,
            column,
            column_first: false,
            spec: inner,
        };
        self.facet(&outer, &facet, scope)
    }
}

/// The view with another composition.
fn recomposed(view: &View, composition: Composition) -> View {
    View {
        name: view.name.clone(),
        title: view.title.clone(),
        description: view.description.clone(),
        data: view.data.clone(),
        transform: view.transform.clone(),
        width: view.width.clone(),
        height: view.height.clone(),
        composition,
        resolve: view.resolve.clone(),
        projection: view.projection.clone(),
        background: view.background.clone(),
        layout: view.layout.clone(),
        rest: view.rest.clone(),
    }
}

/// A layer with the projection of its parent, unless it has its own.
fn with_projection_of(layer: &View, parent: &View) -> View {
    let mut layer = layer.clone();
    layer.projection = layer.projection.or_else(|| parent.projection.clone());
    layer
}

#[cfg(test)]
mod tests;
