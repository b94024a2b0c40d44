//! The charts of a board, drawn by Marey.

use marey_core::ChartSpec;
use marey_render::{RenderOptions, render_svg};
use marey_table::Table;
use serde_json::{Value, json};

use super::Leaderboard;

/// A drawing as SVG; none where there is nothing to draw.
fn drawn(spec: &Value, id: &str) -> Option<String> {
    let spec = ChartSpec::from_json(spec).ok()?.value;
    let options = RenderOptions {
        id_prefix: id.to_owned(),
        ..RenderOptions::default()
    };
    render_svg(&spec, &Table::empty("results"), &options)
        .ok()
        .map(|drawing| drawing.value)
}

fn height(board: &Leaderboard) -> usize {
    28 * board.entries.len().max(2)
}

/// Every system with its interval.
pub(super) fn intervals(board: &Leaderboard, id: &str) -> Option<String> {
    let values: Vec<Value> = board
        .entries
        .iter()
        .filter_map(|entry| {
            let metric = entry.results.metrics.get(&board.headline)?;
            Some(json!({
                "system": entry.results.system.name,
                "value": metric.value,
                "low": metric.low.unwrap_or(metric.value),
                "high": metric.high.unwrap_or(metric.value),
            }))
        })
        .collect();
    let names: Vec<&str> = board
        .entries
        .iter()
        .map(|entry| entry.results.system.name.as_str())
        .collect();
    let y = json!({ "field": "system", "type": "nominal", "sort": names, "title": null });
    drawn(
        &json!({
            "title": format!("{} with 95 % intervals", board.headline),
            "width": 420, "height": height(board),
            "data": { "values": values },
            "layer": [
                { "mark": "rule", "encoding": {
                    "x": { "field": "low", "type": "quantitative", "title": board.headline, "scale": { "zero": true } },
                    "x2": { "field": "high" }, "y": y } },
                { "mark": { "type": "point", "filled": true, "size": 60 }, "encoding": {
                    "x": { "field": "value", "type": "quantitative", "title": board.headline }, "y": y } },
            ],
        }),
        id,
    )
}

/// Quality against time; the front is filled.
pub(super) fn cost(board: &Leaderboard, id: &str) -> Option<String> {
    let values: Vec<Value> = board
        .entries
        .iter()
        .filter_map(|entry| {
            let metric = entry.results.metrics.get(&board.headline)?;
            Some(json!({
                "system": entry.results.system.name,
                "value": metric.value,
                // A logarithm needs more than nothing.
                "ms": entry.results.cost.ms_p50.max(0.001),
                "front": if entry.is_on_front { "no other is better and faster" } else { "another is better and faster" },
            }))
        })
        .collect();
    drawn(
        &json!({
            "title": "Quality and time per answer",
            "width": 420, "height": 240,
            "data": { "values": values },
            "layer": [
                { "mark": { "type": "point", "filled": true, "size": 70 }, "encoding": {
                    "x": { "field": "ms", "type": "quantitative", "scale": { "type": "log" }, "title": "milliseconds per answer, median" },
                    "y": { "field": "value", "type": "quantitative", "title": board.headline },
                    "color": { "field": "front", "type": "nominal", "title": null } } },
                { "mark": { "type": "text", "align": "left", "dx": 7 }, "encoding": {
                    "x": { "field": "ms", "type": "quantitative", "scale": { "type": "log" } },
                    "y": { "field": "value", "type": "quantitative" },
                    "text": { "field": "system", "type": "nominal" } } },
            ],
        }),
        id,
    )
}

/// The headline by the parts of a division.
pub(super) fn by(board: &Leaderboard, division: &str, id: &str) -> Option<String> {
    let mut values = Vec::new();
    for entry in &board.entries {
        for (part, figures) in entry.results.by.get(division)? {
            let (Some(value), Some(n)) = (figures.get(&board.headline), figures.get("n")) else {
                continue;
            };
            let name = format!("{part} (n = {n})");
            values.push(json!({ "system": entry.results.system.name, "part": name, "value": value }));
        }
    }
    if values.is_empty() {
        return None;
    }
    let names: Vec<&str> = board
        .entries
        .iter()
        .map(|entry| entry.results.system.name.as_str())
        .collect();
    drawn(
        &json!({
            "title": format!("{} by {division}", board.headline),
            "width": 480,
            "data": { "values": values },
            "mark": "rect",
            "encoding": {
                "x": { "field": "part", "type": "nominal", "title": null },
                "y": { "field": "system", "type": "nominal", "sort": names, "title": null },
                "color": { "field": "value", "type": "quantitative", "title": board.headline, "scale": { "domain": [0, 1] } },
            },
        }),
        id,
    )
}
