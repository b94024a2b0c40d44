//! Scenes as SVG.

use crate::{
    scene::{Anchor, Group, Item, Paint, Scene, Text},
    svg::{Element, Svg},
};

/// Writes a scene as an SVG document.
///
/// `id_prefix` keeps the identifiers of several charts on one page apart.
pub fn scene_svg(scene: &Scene, id_prefix: &str) -> String {
    let mut svg = Svg::new(
        scene.width,
        scene.height,
        id_prefix,
        &scene.title,
        &scene.description,
    );
    if let Some(background) = scene.background {
        svg.element("rect")
            .number("width", scene.width)
            .number("height", scene.height)
            .paint("fill", Some(background))
            .close();
    }
    svg.group().text_attribute("font-family", &scene.font).begin();
    scene.items.iter().for_each(|item| write_item(&mut svg, item));
    svg.end();
    svg.finish()
}

fn write_item(svg: &mut Svg, item: &Item) {
    match item {
        Item::Group(group) => write_group(svg, group),
        Item::Rect(rect) => {
            let mut element = svg
                .element("rect")
                .number("x", rect.x)
                .number("y", rect.y)
                .number("width", rect.width.max(0.0))
                .number("height", rect.height.max(0.0));
            if rect.radius > 0.0 {
                element = element.number("rx", rect.radius);
            }
            finish(painted(element, &rect.paint), rect.hint.as_deref());
        }
        Item::Path(path) => {
            let element = svg
                .element("path")
                .translate(path.x, path.y)
                .text_attribute("d", &path.data);
            finish(painted(element, &path.paint), path.hint.as_deref());
        }
        Item::Circle(circle) => {
            let element = svg
                .element("circle")
                .number("cx", circle.x)
                .number("cy", circle.y)
                .number("r", circle.radius.max(0.0));
            finish(painted(element, &circle.paint), circle.hint.as_deref());
        }
        Item::Line(line) => {
            let element = svg
                .element("line")
                .number("x1", line.from.0)
                .number("y1", line.from.1)
                .number("x2", line.to.0)
                .number("y2", line.to.1);
            painted_line(element, &line.paint).close();
        }
        Item::Text(text) => write_text(svg, text),
        Item::Ramp(ramp) => {
            let direction = if ramp.vertical {
                [0.0, 0.0, 0.0, 1.0]
            } else {
                [0.0, 0.0, 1.0, 0.0]
            };
            let gradient = svg.linear_gradient(direction, ramp.stops.iter().copied());
            svg.element("rect")
                .number("x", ramp.x)
                .number("y", ramp.y)
                .number("width", ramp.width)
                .number("height", ramp.height)
                .number("rx", 1.5)
                .fill_gradient(&gradient)
                .close();
        }
    }
}

fn write_group(svg: &mut Svg, group: &Group) {
    if group.items.is_empty() {
        return;
    }
    let clip = group
        .clip
        .map(|(width, height)| svg.clip_rect([0.0, 0.0, width, height]));
    let mut element = svg.group();
    if !group.role.is_empty() {
        element = element.text_attribute("class", group.role);
    }
    element = element.translate(group.x, group.y);
    match &clip {
        Some(id) => element.clip(id).begin(),
        None => element.begin(),
    }
    group.items.iter().for_each(|item| write_item(svg, item));
    svg.end();
}

fn painted<'s>(element: Element<'s>, paint: &Paint) -> Element<'s> {
    let element = element.paint("fill", paint.fill);
    if paint.stroke.is_some() {
        painted_line(element, paint)
    } else {
        faded(element, paint)
    }
}

fn painted_line<'s>(mut element: Element<'s>, paint: &Paint) -> Element<'s> {
    element = element.paint("stroke", paint.stroke);
    if paint.stroke_width != 1.0 {
        element = element.number("stroke-width", paint.stroke_width);
    }
    if !paint.dash.is_empty() {
        element = element.numbers("stroke-dasharray", &paint.dash);
    }
    if paint.round {
        element = element.text_attribute("stroke-linejoin", "round");
        if paint.dash.is_empty() {
            element = element.text_attribute("stroke-linecap", "round");
        }
    }
    faded(element, paint)
}

fn faded<'s>(element: Element<'s>, paint: &Paint) -> Element<'s> {
    match paint.opacity {
        Some(opacity) if opacity < 1.0 => element.number("opacity", opacity),
        _ => element,
    }
}

fn finish(element: Element<'_>, hint: Option<&str>) {
    match hint {
        Some(hint) => element.titled(hint),
        None => element.close(),
    }
}

fn write_text(svg: &mut Svg, text: &Text) {
    let Some(whole) = &text.hint else {
        write_plain_text(svg, text);
        return;
    };
    // What was cut is shown in full on hovering.
    svg.group().begin();
    svg.element("title").content(whole);
    write_plain_text(svg, text);
    svg.end();
}

fn write_plain_text(svg: &mut Svg, text: &Text) {
    let mut element = svg.element("text");
    element = if text.angle == 0.0 {
        element.number("x", text.x).number("y", text.y)
    } else {
        element.transform(text.x, text.y, text.angle)
    };
    element = element
        .number("font-size", text.size)
        .paint("fill", Some(text.color));
    if text.bold {
        element = element.text_attribute("font-weight", "600");
    }
    if text.italic {
        element = element.text_attribute("font-style", "italic");
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => element = element.text_attribute("text-anchor", "middle"),
        Anchor::End => element = element.text_attribute("text-anchor", "end"),
    }
    if let Some(opacity) = text.opacity.filter(|opacity| *opacity < 1.0) {
        element = element.number("opacity", opacity);
    }
    element.content(&text.text);
}
