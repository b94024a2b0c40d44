//! Points and lines over paths, and lines that are rules.

use super::{Normalizer, config::is_truthy};
use crate::{
    Channel, Mark,
    spec::{
        Bin, ChannelDef, Composition, Encoding, MarkDef, Overlay, Stack, Unit, View, orientation, stacking,
    },
};

impl Normalizer<'_> {
    /// A line, area, rule or trail with points (an area also with a line) over it, as layers.
    pub(super) fn overlay(&self, view: &View, unit: &Unit, overlaid: bool) -> Option<View> {
        let mark = unit.mark.mark?;
        if !matches!(mark, Mark::Line | Mark::Area | Mark::Rule | Mark::Trail) {
            return None;
        }
        let has_shape = unit.encoding.get(Channel::Shape).is_some();
        let point = self.overlaid_with(&unit.mark, unit.mark.point.as_ref(), "point", has_shape, overlaid);
        let line = match mark {
            Mark::Area => self.overlaid_with(&unit.mark, unit.mark.line.as_ref(), "line", false, overlaid),
            _ => None,
        };
        if point.is_none() && line.is_none() {
            return None;
        }
        let over = overlay_encoding(unit);
        let mut layers = vec![self.base_layer(unit)];
        if let Some(line) = line {
            layers.push(View::unit(line_mark(line, &unit.mark), over.clone()));
        }
        if let Some(point) = point {
            layers.push(View::unit(point_mark(point, &unit.mark), over));
        }
        let mut outer = view.clone();
        let projection = outer.projection.take();
        layers
            .iter_mut()
            .for_each(|layer| layer.projection.clone_from(&projection));
        if let (Some(params), Some(first)) = (outer.rest.shift_remove("params"), layers.first_mut()) {
            first.rest.insert("params".to_owned(), params);
        }
        outer.name = None;
        outer.composition = Composition::Layer {
            layers,
            encoding: Encoding::new(),
        };
        Some(outer)
    }

    /// The overlay a mark asks for itself, by config or (points) by a shape channel.
    fn overlaid_with(
        &self,
        mark: &MarkDef,
        asked: Option<&Overlay>,
        member: &str,
        implied: bool,
        overlaid: bool,
    ) -> Option<MarkDef> {
        match asked {
            Some(Overlay::On(false)) => None,
            Some(Overlay::On(true)) => Some(MarkDef::default()),
            Some(Overlay::Transparent) => Some(MarkDef {
                opacity: Some(0.0),
                ..MarkDef::default()
            }),
            Some(Overlay::Styled(style)) => Some((**style).clone()),
            None => {
                let configured = self
                    .config
                    .get(mark.mark?.as_str(), member)
                    .is_some_and(is_truthy);
                (implied || (configured && !overlaid)).then(MarkDef::default)
            }
        }
    }

    fn base_layer(&self, unit: &Unit) -> View {
        let mut mark = unit.mark.clone();
        // Said explicitly, so that a shape channel or config does not ask again.
        mark.point = Some(Overlay::On(false));
        if mark.mark == Some(Mark::Area) {
            mark.line = Some(Overlay::On(false));
            let given = ["opacity", "fillOpacity"]
                .iter()
                .any(|m| self.config.of_mark(&mark, m).is_some());
            if mark.opacity.is_none() && mark.fill_opacity.is_none() && !given {
                mark.opacity = Some(0.7);
            }
        }
        let mut encoding = unit.encoding.clone();
        encoding.remove(Channel::Shape);
        View::unit(mark, encoding)
    }
}

/// The encoding of what lies over a path: on its edge and stacked as it is.
fn overlay_encoding(unit: &Unit) -> Encoding {
    let mut encoding = unit.encoding.clone();
    if let Some(mark) = unit.mark.mark {
        let orient = orientation(mark, &encoding, unit.mark.orient);
        let stacked = stacking(mark, orient, &encoding).map(|stacking| (stacking.channel, stacking.offset));
        if let Some((channel, offset)) = stacked
            && let Some(def) = encoding.field_mut(channel)
        {
            def.stack = Some(Stack::Offset(offset));
        }
    }
    encoding.remove(Channel::X2);
    encoding.remove(Channel::Y2);
    encoding
}

fn line_mark(style: MarkDef, base: &MarkDef) -> MarkDef {
    let inherited = MarkDef {
        clip: base.clip,
        interpolate: base.interpolate,
        tension: base.tension,
        tooltip: base.tooltip.clone(),
        ..MarkDef::default()
    };
    MarkDef {
        mark: Some(Mark::Line),
        ..style.over(inherited)
    }
}

fn point_mark(style: MarkDef, base: &MarkDef) -> MarkDef {
    let inherited = MarkDef {
        opacity: Some(1.0),
        filled: Some(true),
        clip: base.clip,
        tooltip: base.tooltip.clone(),
        ..MarkDef::default()
    };
    MarkDef {
        mark: Some(Mark::Point),
        ..style.over(inherited)
    }
}

/// A line with a second end on one axis is a rule, unless the data are already binned.
pub(super) fn rule_for_ranged_line(mut unit: Unit) -> Unit {
    let is_ranged = [Channel::X2, Channel::Y2].iter().any(|second| {
        let first = second.primary().and_then(|channel| unit.encoding.get(channel));
        let spans = match first {
            Some(ChannelDef::Field(def)) => !matches!(def.bin, Some(Bin::Binned(_))),
            Some(ChannelDef::Datum(_)) => true,
            _ => false,
        };
        spans && unit.encoding.get(*second).is_some()
    });
    if unit.mark.mark == Some(Mark::Line) && is_ranged {
        unit.mark.mark = Some(Mark::Rule);
    }
    unit
}
