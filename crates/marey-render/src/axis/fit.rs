//! Labels made to fit: side by side, wrapped, turned, cut or thinned, in this order of preference.

use marey_core::spec::{Axis, LabelOverlap};

use super::{AxisPlan, Tick, is_ordered};
use crate::{place::Place, resolve::ScaleModel, text::Font, theme::Theme};

/// Distance of labels from the plot.
pub const LABEL_GAP: f64 = 7.0;
/// Length of tick marks.
pub const TICK_LENGTH: f64 = 4.0;
/// Space between the lines of a label, as a share of the font size.
pub const LINE_SPACING: f64 = 1.2;
/// Least space between neighbouring labels.
const APART: f64 = 6.0;
/// Widest label of a vertical axis.
const SIDE_LIMIT: f64 = 190.0;
/// Most lines of a wrapped label.
const MAX_LINES: usize = 3;
/// Longest turned label.
const TURNED_LIMIT: f64 = 150.0;

/// Fits the labels of an axis and works out how much room they take.
pub fn fit_labels(plan: &mut AxisPlan<'_>, model: &ScaleModel<'_>, place: &Place<'_>, theme: &Theme) {
    let font = label_font(plan.given, theme);
    if plan.is_horizontal() {
        fit_horizontal(plan, model, place, font);
    } else {
        fit_vertical(plan, place, font);
    }
}

/// The font of an axis' labels.
pub fn label_font(given: Option<&Axis>, theme: &Theme) -> Font {
    let size = given
        .and_then(|axis| axis.label_font_size)
        .filter(|size| size.is_finite());
    Font::regular(size.map_or(theme.sizes.label, |size| size.clamp(4.0, 60.0)))
}

/// Distance of labels from the axis line.
pub fn label_gap(plan: &AxisPlan<'_>) -> f64 {
    let padding = plan
        .given
        .and_then(|axis| axis.label_padding)
        .unwrap_or(LABEL_GAP);
    let length = plan.given.and_then(|axis| axis.tick_size).unwrap_or(TICK_LENGTH);
    if plan.marks {
        padding.max(2.0) + length.clamp(0.0, 40.0) - 2.0
    } else {
        padding.clamp(0.0, 60.0)
    }
}

fn fit_vertical(plan: &mut AxisPlan<'_>, place: &Place<'_>, font: Font) {
    let limit = plan
        .given
        .and_then(|axis| axis.label_limit)
        .filter(|l| *l > 0.0)
        .unwrap_or(SIDE_LIMIT);
    for tick in &mut plan.ticks {
        cut(tick, font, limit);
    }
    let height = font.size * LINE_SPACING;
    match place.step() {
        Some(step) => thin_by_step(&mut plan.ticks, height, step),
        None => drop_overlaps(&mut plan.ticks, overlap_off(plan.given), |_| height / 2.0),
    }
    let widest = plan
        .ticks
        .iter()
        .flat_map(|tick| &tick.label)
        .map(|line| font.width(line))
        .fold(0.0, f64::max);
    plan.thickness = if widest > 0.0 {
        widest + label_gap(plan)
    } else {
        0.0
    };
    let half = font.cap_height() / 2.0 + 1.0;
    let labelled = || {
        plan.ticks
            .iter()
            .filter(|tick| !tick.label.is_empty())
            .map(|tick| tick.at)
    };
    let top = labelled().fold(0.0f64, |over, at| over.max(half - at));
    let bottom = labelled().fold(0.0f64, |over, at| over.max(at + half - plan.length));
    plan.overhang = [top, bottom];
    if plan.more.is_some() {
        plan.overhang[1] += height + 4.0;
    }
}

fn fit_horizontal(plan: &mut AxisPlan<'_>, model: &ScaleModel<'_>, place: &Place<'_>, font: Font) {
    let limit = plan.given.and_then(|axis| axis.label_limit).filter(|l| *l > 0.0);
    if let Some(angle) = plan
        .given
        .and_then(|axis| axis.label_angle)
        .filter(|angle| angle.is_finite())
    {
        plan.angle = normal_angle(angle);
        for tick in &mut plan.ticks {
            cut(tick, font, limit.unwrap_or(TURNED_LIMIT));
        }
    } else if let Some(step) = place.step() {
        fit_in_steps(plan, is_ordered(model), step, font, limit);
    } else {
        drop_overlaps(&mut plan.ticks, overlap_off(plan.given), |tick| {
            tick.label.iter().map(|line| font.width(line)).fold(0.0, f64::max) / 2.0 + APART / 2.0
        });
    }
    measure_horizontal(plan, font);
}

fn overlap_off(given: Option<&Axis>) -> bool {
    matches!(
        given.and_then(|axis| axis.label_overlap.as_ref()),
        Some(LabelOverlap::On(false))
    )
}

/// Labels of categories: as they are, wrapped, turned by 45 degrees or upright; thinned if ordered.
fn fit_in_steps(plan: &mut AxisPlan<'_>, ordered: bool, step: f64, font: Font, limit: Option<f64>) {
    if let Some(limit) = limit {
        plan.ticks.iter_mut().for_each(|tick| cut(tick, font, limit));
    }
    let widest = widest(&plan.ticks, font);
    if widest + APART <= step || plan.ticks.len() < 2 && widest <= 240.0 {
        return;
    }
    if wrap_all(&mut plan.ticks, font, step - APART) {
        return;
    }
    let short = widest <= 60.0;
    if ordered && short && plan.ticks.len() > 6 {
        let every = ((widest + APART) / step).ceil().max(1.0) as usize;
        keep_every(&mut plan.ticks, every);
        return;
    }
    let height = font.size * LINE_SPACING;
    plan.angle = if step >= height * 1.4 { -45.0 } else { -90.0 };
    for tick in &mut plan.ticks {
        cut(tick, font, limit.unwrap_or(TURNED_LIMIT));
    }
    if step < height {
        keep_every(&mut plan.ticks, (height / step.max(0.1)).ceil() as usize);
    }
}

/// Wraps every label into a few lines of whole words; leaves all as they are where one does not fit.
fn wrap_all(ticks: &mut [Tick], font: Font, width: f64) -> bool {
    if width < 36.0 {
        return false;
    }
    let mut wrapped = Vec::with_capacity(ticks.len());
    for tick in ticks.iter() {
        let text = tick.label.join(" ");
        if text.split_whitespace().any(|word| font.width(word) > width) {
            return false;
        }
        let lines = font.wrap(&text, width, MAX_LINES + 1);
        if lines.len() > MAX_LINES {
            return false;
        }
        wrapped.push(lines);
    }
    for (tick, lines) in ticks.iter_mut().zip(wrapped) {
        tick.label = lines;
    }
    true
}

fn measure_horizontal(plan: &mut AxisPlan<'_>, font: Font) {
    let gap = label_gap(plan);
    let lines = plan.ticks.iter().map(|tick| tick.label.len()).max().unwrap_or(0);
    if lines == 0 {
        plan.thickness = if plan.marks { TICK_LENGTH } else { 0.0 };
        return;
    }
    let radians = plan.angle.to_radians();
    let (sin, cos) = (radians.sin().abs(), radians.cos().abs());
    let mut reach: f64 = 0.0;
    let mut overhang = [0.0f64; 2];
    for tick in plan.ticks.iter().filter(|tick| !tick.label.is_empty()) {
        let width = tick.label.iter().map(|line| font.width(line)).fold(0.0, f64::max);
        reach = reach.max(width * sin);
        let (before, after) = match plan.angle {
            0.0 => (width / 2.0, width / 2.0),
            angle if angle < 0.0 => (width * cos, font.size / 2.0),
            _ => (font.size / 2.0, width * cos),
        };
        overhang[0] = overhang[0].max(before - tick.at);
        overhang[1] = overhang[1].max(tick.at + after - plan.length);
    }
    let height = if plan.angle == 0.0 {
        font.cap_height() + (lines - 1) as f64 * font.size * LINE_SPACING + font.descent()
    } else {
        reach + font.size * cos
    };
    plan.thickness = gap + height;
    plan.overhang = overhang;
    if let Some(more) = &plan.more {
        plan.overhang[1] = plan.overhang[1].max(font.width(more) + 8.0);
    }
}

/// An angle between -180 and 180.
fn normal_angle(angle: f64) -> f64 {
    (angle + 180.0).rem_euclid(360.0) - 180.0
}

fn widest(ticks: &[Tick], font: Font) -> f64 {
    ticks
        .iter()
        .flat_map(|tick| &tick.label)
        .map(|line| font.width(line))
        .fold(0.0, f64::max)
}

fn cut(tick: &mut Tick, font: Font, limit: f64) {
    let whole = tick.label.join(" ");
    for line in &mut tick.label {
        let short = font.truncate(line, limit);
        if short != line.as_str() {
            tick.whole = Some(whole.clone());
            *line = short.into_owned();
        }
    }
}

fn thin_by_step(ticks: &mut [Tick], height: f64, step: f64) {
    if step < height && step > 0.0 {
        keep_every(ticks, (height / step).ceil() as usize);
    }
}

fn keep_every(ticks: &mut [Tick], every: usize) {
    for (at, tick) in ticks.iter_mut().enumerate() {
        if at % every.max(1) != 0 {
            tick.label.clear();
        }
    }
}

/// Drops every other label until none overlap, as Vega's `parity` does.
fn drop_overlaps(ticks: &mut [Tick], off: bool, half: impl Fn(&Tick) -> f64) {
    if off {
        return;
    }
    loop {
        let labelled: Vec<usize> = (0..ticks.len())
            .filter(|at| !ticks[*at].label.is_empty())
            .collect();
        let overlap = labelled.windows(2).any(|pair| {
            let (a, b) = (&ticks[pair[0]], &ticks[pair[1]]);
            (a.at - b.at).abs() < half(a) + half(b)
        });
        if !overlap || labelled.len() < 2 {
            return;
        }
        for at in labelled.iter().skip(1).step_by(2) {
            carry_context(ticks, *at, &labelled);
            ticks[*at].label.clear();
        }
    }
}

/// The second line of a dropped label (a year that began there) moves to the next one that stays.
fn carry_context(ticks: &mut [Tick], at: usize, labelled: &[usize]) {
    let Some(context) = ticks[at].label.get(1).cloned() else {
        return;
    };
    if let Some(next) = labelled.iter().copied().find(|place| *place > at)
        && ticks[next].label.len() == 1
    {
        ticks[next].label.push(context);
    }
}
