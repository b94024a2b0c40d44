//! Canonical marks.

use crate::{
    Mark,
    spec::{
        Encoding, ExtentKind, Interpolate, Lines, MarkDef, MarkPart, Overlay, Setting, Tooltip, orientation,
    },
};

/// Drops the properties of a mark that say what holds anyway.
pub(super) fn rewrite(def: &mut MarkDef, encoding: &Encoding) {
    let Some(mark) = def.mark else {
        return;
    };
    drop_if(&mut def.clip, |clip| !clip);
    drop_if(&mut def.style, |Lines(names)| names.is_empty());
    drop_if(&mut def.point, |point| *point == Overlay::On(false));
    drop_if(&mut def.line, |line| *line == Overlay::On(false));
    drop_if(&mut def.tooltip, |tooltip| {
        matches!(tooltip, Tooltip::Off | Tooltip::On(false))
    });
    drop_if(&mut def.aria, |aria| *aria);
    if mark.is_path() {
        drop_if(&mut def.interpolate, |interpolate| {
            *interpolate == Interpolate::Linear
        });
    }
    if !mark.is_composite() && def.orient.is_some() && def.orient == orientation(mark, encoding, None) {
        def.orient = None;
    }
    drop_if(&mut def.filled, |filled| Some(*filled) == filled_by_default(mark));
    drop_if(&mut def.extent, |extent| match mark {
        Mark::Boxplot => *extent == ExtentKind::Iqr(1.5),
        Mark::Errorbar | Mark::Errorband => *extent == ExtentKind::Stderr && aggregates_nothing(encoding),
        _ => false,
    });
    drop_if(&mut def.box_part, |part| *part == MarkPart::On(true));
    drop_if(&mut def.median, |part| *part == MarkPart::On(true));
    drop_if(&mut def.outliers, |part| *part == MarkPart::On(true));
    for colour in [&mut def.fill, &mut def.stroke] {
        if let Some(Setting::On(text)) = colour {
            text.make_ascii_lowercase();
        }
    }
    if let Some(colour) = &mut def.color {
        colour.make_ascii_lowercase();
    }
}

fn drop_if<T>(property: &mut Option<T>, is_default: impl FnOnce(&T) -> bool) {
    if property.as_ref().is_some_and(is_default) {
        *property = None;
    }
}

/// Whether error bars start from raw values, of which the standard error is taken by default.
fn aggregates_nothing(encoding: &Encoding) -> bool {
    !encoding.is_aggregated()
        && encoding
            .entries
            .iter()
            .all(|entry| entry.channel.primary().is_none())
}

/// Whether a mark is filled when nothing is said; none where that depends.
fn filled_by_default(mark: Mark) -> Option<bool> {
    match mark {
        Mark::Point | Mark::Line | Mark::Rule => Some(false),
        Mark::Bar | Mark::Area | Mark::Circle | Mark::Square | Mark::Rect | Mark::Arc | Mark::Text => {
            Some(true)
        }
        _ => None,
    }
}
