//! VisEval's checks of a drawn chart that need no language model.
//!
//! Chen et al., *VisEval: A Benchmark for Data Visualization in the Era of Large Language Models*
//! (IEEE TVCG 31, 2025): legality is the kind of chart, its data and its order (`checks/chart_check.py`,
//! `data_check.py`, `order_check.py`); readability begins with the layout, nothing cut off and no text
//! over another (`readability/layout_check.py`). The inputs are plain: rows as drawn, boxes in pixels.

use serde::Serialize;

use crate::rows::{Cell, RELATIVE, same_rows};

/// A chart as it was drawn: what kind it is and the rows that can be read off it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Kind of chart, compared as it stands (`bar`, `stacked bar`, `grouping line`).
    pub kind: String,
    /// One row per mark, in the order drawn: position, value and, in charts with series, the series.
    pub rows: Vec<Vec<Cell>>,
}

/// An order that a chart has to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedOrder {
    /// Place in a row of the cell that is in order: 0 for the position, 1 for the value.
    pub cell: usize,
    /// Whether large ones come first.
    pub descending: bool,
}

/// Which of VisEval's checks of legality a drawing passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Legality {
    /// The kind of chart is the right one.
    pub kind: bool,
    /// The rows are the right ones: text trimmed and in lower case, numbers within 5e-4.
    pub data: bool,
    /// The rows are in the order asked for; true where none is.
    pub order: bool,
}

impl Legality {
    /// Whether the drawing is legal: it passes every check.
    pub fn passes(&self) -> bool {
        self.kind && self.data && self.order
    }
}

/// Checks a drawing against the right one. For bars, positions and values may be exchanged as a whole.
///
/// ```
/// use marey_metrics::{AskedOrder, Drawing, legality, rows::Cell};
///
/// let row = |city: &str, n| vec![Cell::Text(city.into()), Cell::Number(n)];
/// let gold = Drawing { kind: "bar".into(), rows: vec![row("Oslo", 2.0), row("Rome", 1.0)] };
/// let drawn = Drawing { kind: "bar".into(), rows: vec![row("Rome", 1.0), row("Oslo", 2.0)] };
/// assert!(legality(&drawn, &gold, None).passes());
/// let falling = AskedOrder { cell: 1, descending: true };
/// assert!(!legality(&drawn, &gold, Some(falling)).order);
/// ```
pub fn legality(drawn: &Drawing, gold: &Drawing, order: Option<AskedOrder>) -> Legality {
    let is_bar = gold.kind.contains("bar");
    let exchanged: Vec<Vec<Cell>> = drawn.rows.iter().map(|row| exchange(row)).collect();
    let straight = same_rows(&drawn.rows, &gold.rows, RELATIVE);
    let swapped = !straight && is_bar && same_rows(&exchanged, &gold.rows, RELATIVE);
    let rows = if swapped { &exchanged } else { &drawn.rows };
    Legality {
        kind: drawn.kind == gold.kind,
        data: straight || swapped,
        order: order.is_none_or(|order| in_order(rows, order)),
    }
}

fn exchange(row: &[Cell]) -> Vec<Cell> {
    let mut row = row.to_vec();
    if row.len() >= 2 {
        row.swap(0, 1);
    }
    row
}

fn in_order(rows: &[Vec<Cell>], order: AskedOrder) -> bool {
    let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.get(order.cell)).collect();
    cells.windows(2).all(|pair| {
        let ordering = pair[0].order(pair[1]);
        if order.descending {
            ordering.is_ge()
        } else {
            ordering.is_le()
        }
    })
}

/// A rectangle in pixels: left, top, width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    /// Left end.
    pub x: f64,
    /// Upper end.
    pub y: f64,
    /// Width, 0 or more.
    pub width: f64,
    /// Height, 0 or more.
    pub height: f64,
}

/// The extent of a text, and whether it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextExtent {
    /// The box around it.
    pub extent: Rectangle,
    /// Turned texts are not checked against others: the boxes around them overlap where they do not.
    pub rotated: bool,
}

/// What is wrong with the layout of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// Number of texts that stand out of the picture by more than a pixel.
    pub overflows: usize,
    /// Number of pairs of upright texts that cover each other by more than a pixel both ways.
    pub overlaps: usize,
}

impl Layout {
    /// Whether nothing is cut off and no text lies over another.
    pub fn is_readable(&self) -> bool {
        self.overflows == 0 && self.overlaps == 0
    }
}

/// Pixels by which texts may stand out or cover each other: less is not seen.
const SLACK: f64 = 1.0;

/// Checks the layout of a picture with the given texts in it. Empty boxes are passed over.
///
/// ```
/// use marey_metrics::{Rectangle, TextExtent, layout_check};
///
/// let text = |x, width| TextExtent { extent: Rectangle { x, y: 5.0, width, height: 10.0 }, rotated: false };
/// let picture = Rectangle { x: 0.0, y: 0.0, width: 100.0, height: 50.0 };
/// let layout = layout_check(picture, &[text(0.0, 40.0), text(30.0, 40.0), text(80.0, 40.0)]);
/// assert_eq!((layout.overflows, layout.overlaps), (1, 1));
/// ```
pub fn layout_check(picture: Rectangle, texts: &[TextExtent]) -> Layout {
    let texts: Vec<&TextExtent> = texts
        .iter()
        .filter(|text| text.extent.width > 0.0 && text.extent.height > 0.0)
        .collect();
    let overflows = texts
        .iter()
        .filter(|text| stands_out(picture, text.extent))
        .count();
    let mut upright: Vec<Rectangle> = texts
        .iter()
        .filter(|text| !text.rotated)
        .map(|text| text.extent)
        .collect();
    upright.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut overlaps = 0;
    for (place, own) in upright.iter().enumerate() {
        let near = upright[place + 1..]
            .iter()
            .take_while(|other| other.x < own.x + own.width);
        overlaps += near.filter(|other| cover(*own, **other)).count();
    }
    Layout { overflows, overlaps }
}

fn stands_out(picture: Rectangle, text: Rectangle) -> bool {
    text.x < picture.x - SLACK
        || text.y < picture.y - SLACK
        || text.x + text.width > picture.x + picture.width + SLACK
        || text.y + text.height > picture.y + picture.height + SLACK
}

fn cover(a: Rectangle, b: Rectangle) -> bool {
    let shared = |a: f64, a_length: f64, b: f64, b_length: f64| (a + a_length).min(b + b_length) - a.max(b);
    shared(a.x, a.width, b.x, b.width) > SLACK && shared(a.y, a.height, b.y, b.height) > SLACK
}

/// VisEval's score of a drawing: 0 unless it is legal, else its readability (1 to 5, by whoever judges
/// it); the pass rate is the share of legal drawings, the quality the mean of this.
pub fn quality(legality: Legality, readability: f64) -> f64 {
    if legality.passes() { readability } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(kind: &str, rows: &[(&str, f64)]) -> Drawing {
        let row = |(word, number): &(&str, f64)| vec![Cell::Text((*word).into()), Cell::Number(*number)];
        Drawing {
            kind: kind.into(),
            rows: rows.iter().map(row).collect(),
        }
    }

    #[test]
    fn each_check_of_legality_can_fail_alone() {
        let gold = drawing("bar", &[("a", 1.0), ("b", 2.0)]);
        let rising = Some(AskedOrder {
            cell: 1,
            descending: false,
        });
        let check = |drawn: Drawing, expected: (bool, bool, bool)| {
            let found = legality(&drawn, &gold, rising);
            assert_eq!((found.kind, found.data, found.order), expected, "{drawn:?}");
        };
        check(gold.clone(), (true, true, true));
        check(drawing("line", &[("a", 1.0), ("b", 2.0)]), (false, true, true));
        check(drawing("bar", &[("a", 1.0), ("b", 2.1)]), (true, false, true));
        check(drawing("bar", &[("b", 2.0), ("a", 1.0)]), (true, true, false));
        let lying = Drawing {
            kind: "bar".into(),
            rows: gold.rows.iter().map(|row| exchange(row)).collect(),
        };
        check(lying.clone(), (true, true, true));
        let points = Drawing {
            kind: "scatter".into(),
            ..gold.clone()
        };
        let lying = Drawing {
            kind: "scatter".into(),
            ..lying
        };
        assert!(!legality(&lying, &points, None).data);
    }

    #[test]
    fn turned_texts_overlap_no_other_but_may_stand_out() {
        let text = |x, rotated| TextExtent {
            extent: Rectangle {
                x,
                y: 0.0,
                width: 20.0,
                height: 10.0,
            },
            rotated,
        };
        let picture = Rectangle {
            x: 0.0,
            y: 0.0,
            width: 50.0,
            height: 10.0,
        };
        let layout = layout_check(picture, &[text(0.0, true), text(5.0, false), text(40.0, true)]);
        assert_eq!(
            layout,
            Layout {
                overflows: 1,
                overlaps: 0
            }
        );
        assert!(layout_check(picture, &[text(0.0, false), text(19.5, false)]).is_readable());
        assert!(!layout_check(picture, &[text(0.0, false), text(10.0, false)]).is_readable());
    }

    #[test]
    fn what_is_not_legal_is_worth_nothing() {
        let legal = Legality {
            kind: true,
            data: true,
            order: true,
        };
        assert_eq!(quality(legal, 4.0), 4.0);
        assert_eq!(
            quality(
                Legality {
                    order: false,
                    ..legal
                },
                4.0
            ),
            0.0
        );
    }
}
