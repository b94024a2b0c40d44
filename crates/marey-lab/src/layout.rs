//! Whether a chart, as Marey draws it, can be read: no text cut off, none over another.

use std::time::Duration;

use marey_core::ChartSpec;
use marey_metrics::{Layout, Rectangle, TextExtent, layout_check};
use marey_render::{
    RenderOptions, Scene, render_scene,
    scene::{Anchor, Item, Text},
    text::Font,
};
use marey_table::Table;

/// Longest time for one drawing.
const DEADLINE: Duration = Duration::from_secs(2);

/// Most rows that are drawn only to look at words.
const MOST_ROWS: usize = 20_000;

/// The layout of a chart; none where it cannot be drawn.
pub(crate) fn layout(spec: &ChartSpec, table: &Table) -> Option<Layout> {
    let mut options = RenderOptions {
        deadline: Some(DEADLINE),
        ..RenderOptions::default()
    };
    options.execute.max_rows = MOST_ROWS;
    let scene = render_scene(spec, table, &options).ok()?.value;
    let picture = Rectangle {
        x: 0.0,
        y: 0.0,
        width: scene.width,
        height: scene.height,
    };
    Some(layout_check(picture, &texts(&scene)))
}

fn texts(scene: &Scene) -> Vec<TextExtent> {
    let mut texts = Vec::new();
    scene.walk(&mut |item, x, y| {
        if let Item::Text(text) = item {
            texts.push(extent(text, x, y));
        }
    });
    texts
}

/// The box around a text in a group that stands at a place; around a turned one, that of its corners.
fn extent(text: &Text, x: f64, y: f64) -> TextExtent {
    let font = if text.bold {
        Font::semibold(text.size)
    } else {
        Font::regular(text.size)
    };
    let width = font.width(&text.text);
    let left = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let (sin, cos) = text.angle.to_radians().sin_cos();
    let corners = [
        (left, -font.ascent()),
        (left + width, -font.ascent()),
        (left, font.descent()),
        (left + width, font.descent()),
    ]
    .map(|(x, y)| (x * cos - y * sin, x * sin + y * cos));
    let range = |of: fn(&(f64, f64)) -> f64| {
        let values = corners.iter().map(of);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let ((low_x, high_x), (low_y, high_y)) = (range(|corner| corner.0), range(|corner| corner.1));
    TextExtent {
        extent: Rectangle {
            x: x + text.x + low_x,
            y: y + text.y + low_y,
            width: high_x - low_x,
            height: high_y - low_y,
        },
        rotated: text.angle != 0.0,
    }
}

#[cfg(test)]
mod tests {
    use marey_render::scene::Group;
    use marey_table::read::{ReadOptions, read};

    use super::*;

    fn drawn(csv: String) -> Layout {
        let table = read("t.csv", csv.into_bytes(), &ReadOptions::default())
            .unwrap()
            .value;
        let spec = r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"field":"n","type":"quantitative"}}}"#;
        layout(&ChartSpec::from_json_str(spec).unwrap().value, &table).unwrap()
    }

    #[test]
    fn charts_of_ours_can_be_read() {
        assert!(drawn("city,n\nRome,1\nOslo,2\n".into()).is_readable());
        let many: String = (0..40)
            .map(|index| format!("a rather long name {index},{index}\n"))
            .collect();
        assert!(drawn(format!("city,n\n{many}")).is_readable());
    }

    #[test]
    fn words_over_each_other_and_out_of_the_picture_are_seen() {
        let text = |x: f64, angle: f64| {
            Item::Text(Text {
                x,
                y: 20.0,
                text: "eight letters".into(),
                angle,
                ..Text::plain(marey_render::color::Color::BLACK)
            })
        };
        let check = |items: Vec<Item>| {
            let scene = Scene {
                width: 200.0,
                height: 40.0,
                background: None,
                font: String::new(),
                title: String::new(),
                description: String::new(),
                items: vec![Item::Group(Group {
                    x: 5.0,
                    items,
                    ..Group::default()
                })],
            };
            let picture = Rectangle {
                x: 0.0,
                y: 0.0,
                width: scene.width,
                height: scene.height,
            };
            layout_check(picture, &texts(&scene))
        };
        assert!(check(vec![text(0.0, 0.0), text(100.0, 0.0)]).is_readable());
        assert_eq!(check(vec![text(0.0, 0.0), text(20.0, 0.0)]).overlaps, 1);
        assert_eq!(check(vec![text(180.0, 0.0)]).overflows, 1);
        assert_eq!(check(vec![text(100.0, 90.0)]).overflows, 1);
    }
}
