//! The writer: elements opened, given attributes, closed.

use super::{
    escape::{safe_link, write_escaped},
    number::write_number,
};
use crate::color::Color;

/// The name of a clip path or gradient, unique within the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

/// An SVG document being written.
///
/// ```
/// use marey_render::svg::Svg;
///
/// let mut svg = Svg::new(100.0, 50.0, "demo", "A square", "");
/// svg.element("rect").number("width", 20.0).number("height", 20.0).text_attribute("fill", "#4c78a8").close();
/// svg.element("text").number("x", 30.0).number("y", 15.0).content("1 < 2");
/// assert!(svg.finish().contains("1 &lt; 2"));
/// ```
#[derive(Debug)]
pub struct Svg {
    out: String,
    open: Vec<&'static str>,
    id_prefix: String,
    ids: usize,
}

impl Svg {
    /// Begins a document of a size in pixels.
    ///
    /// `id_prefix` keeps the identifiers of several charts on one page apart (letters, digits, `-`
    /// and `_`; others are dropped). `title` and `description` are read out to those who cannot see
    /// the chart; empty ones are left out.
    pub fn new(width: f64, height: f64, id_prefix: &str, title: &str, description: &str) -> Self {
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
        let mut svg = Self {
            out: String::with_capacity(4096),
            open: Vec::new(),
            id_prefix: id_prefix.chars().filter(is_plain).collect(),
            ids: 0,
        };
        svg.out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        svg.root_size(width, height);
        svg.out.push_str(" role=\"img\"");
        for (name, text) in [("aria-label", title), ("aria-description", description)] {
            if !text.is_empty() {
                svg.write_attribute(name, text);
            }
        }
        svg.out.push('>');
        svg.open.push("svg");
        for (name, text) in [("title", title), ("desc", description)] {
            if !text.is_empty() {
                svg.element(name).content(text);
            }
        }
        svg
    }

    fn root_size(&mut self, width: f64, height: f64) {
        self.out.push_str(" width=\"");
        write_number(&mut self.out, width);
        self.out.push_str("\" height=\"");
        write_number(&mut self.out, height);
        self.out.push_str("\" viewBox=\"0 0 ");
        write_number(&mut self.out, width);
        self.out.push(' ');
        write_number(&mut self.out, height);
        self.out.push('"');
    }

    /// Begins an element; it must be finished by one of [`Element`]'s closing methods.
    pub fn element(&mut self, name: &'static str) -> Element<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Element { svg: self, name }
    }

    /// Begins a group.
    pub fn group(&mut self) -> Element<'_> {
        self.element("g")
    }

    /// Ends the innermost element begun with [`Element::begin`].
    pub fn end(&mut self) {
        // The root stays open until the document is finished.
        if self.open.len() > 1
            && let Some(name) = self.open.pop()
        {
            self.close_tag(name);
        }
    }

    /// Number of elements begun and not yet ended, the root included.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Defines a rectangle to clip by.
    pub fn clip_rect(&mut self, [x, y, width, height]: [f64; 4]) -> Id {
        let id = self.next_id();
        self.element("clipPath").text_attribute("id", &id.0).begin();
        self.element("rect")
            .number("x", x)
            .number("y", y)
            .number("width", width.max(0.0))
            .number("height", height.max(0.0))
            .close();
        self.end();
        id
    }

    /// Defines a gradient along a direction (`[x1, y1, x2, y2]`, 0 to 1 of the filled shape) with
    /// colours at offsets from 0 to 1.
    pub fn linear_gradient(
        &mut self,
        direction: [f64; 4],
        stops: impl IntoIterator<Item = (f64, Color)>,
    ) -> Id {
        let id = self.next_id();
        let [x1, y1, x2, y2] = direction;
        self.element("linearGradient")
            .text_attribute("id", &id.0)
            .number("x1", x1)
            .number("y1", y1)
            .number("x2", x2)
            .number("y2", y2)
            .begin();
        for (offset, color) in stops {
            let stop = self.element("stop").number("offset", offset);
            let stop = stop.text_attribute("stop-color", &color.hex());
            if color.alpha < 1.0 {
                stop.number("stop-opacity", color.alpha).close();
            } else {
                stop.close();
            }
        }
        self.end();
        id
    }

    /// Closes what is open and gives the document.
    pub fn finish(mut self) -> String {
        while let Some(name) = self.open.pop() {
            self.close_tag(name);
        }
        self.out
    }

    /// Bytes written so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written; never the case.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn next_id(&mut self) -> Id {
        self.ids += 1;
        // A letter first, so that any prefix gives a valid XML name.
        Id(format!("m{}-{}", self.id_prefix, self.ids))
    }

    fn write_attribute(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        write_escaped(&mut self.out, value);
        self.out.push('"');
    }

    fn close_tag(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// An element whose attributes are being written.
#[derive(Debug)]
#[must_use = "finish the element with close, begin or content"]
pub struct Element<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Element<'_> {
    /// A numeric attribute.
    pub fn number(self, name: &'static str, value: f64) -> Self {
        self.svg.out.push(' ');
        self.svg.out.push_str(name);
        self.svg.out.push_str("=\"");
        write_number(&mut self.svg.out, value);
        self.svg.out.push('"');
        self
    }

    /// A list of numbers, such as a dash pattern.
    pub fn numbers(self, name: &'static str, values: &[f64]) -> Self {
        self.svg.out.push(' ');
        self.svg.out.push_str(name);
        self.svg.out.push_str("=\"");
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                self.svg.out.push(' ');
            }
            write_number(&mut self.svg.out, *value);
        }
        self.svg.out.push('"');
        self
    }

    /// A text attribute, escaped.
    pub fn text_attribute(self, name: &'static str, value: &str) -> Self {
        self.svg.write_attribute(name, value);
        self
    }

    /// A colour, with its opacity in the attribute beside it where it is not opaque.
    ///
    /// `name` is `fill` or `stroke`; no colour is written as `none`.
    pub fn paint(self, name: &'static str, color: Option<Color>) -> Self {
        let Some(color) = color else {
            return self.text_attribute(name, "none");
        };
        let opacity = if name == "stroke" {
            "stroke-opacity"
        } else {
            "fill-opacity"
        };
        let element = self.text_attribute(name, &color.hex());
        if color.alpha < 1.0 {
            element.number(opacity, color.alpha)
        } else {
            element
        }
    }

    /// Fills with a gradient defined before.
    pub fn fill_gradient(self, id: &Id) -> Self {
        let reference = format!("url(#{})", id.0);
        self.text_attribute("fill", &reference)
    }

    /// Clips to a shape defined before.
    pub fn clip(self, id: &Id) -> Self {
        let reference = format!("url(#{})", id.0);
        self.text_attribute("clip-path", &reference)
    }

    /// Moves the element and what it contains.
    pub fn translate(self, x: f64, y: f64) -> Self {
        if x == 0.0 && y == 0.0 {
            return self;
        }
        self.transform(x, y, 0.0)
    }

    /// Moves and then turns (degrees, clockwise) the element and what it contains.
    pub fn transform(self, x: f64, y: f64, degrees: f64) -> Self {
        self.svg.out.push_str(" transform=\"translate(");
        write_number(&mut self.svg.out, x);
        self.svg.out.push(',');
        write_number(&mut self.svg.out, y);
        self.svg.out.push(')');
        if degrees != 0.0 {
            self.svg.out.push_str(" rotate(");
            write_number(&mut self.svg.out, degrees);
            self.svg.out.push(')');
        }
        self.svg.out.push('"');
        self
    }

    /// A hyperlink's target, left out unless it is [safe](safe_link).
    pub fn link(self, address: &str) -> Self {
        match safe_link(address) {
            Some(address) => self.text_attribute("href", address),
            None => self,
        }
    }

    /// Finishes an element without content.
    pub fn close(self) {
        self.svg.out.push_str("/>");
    }

    /// Finishes the attributes; what follows is inside, until [`Svg::end`].
    pub fn begin(self) {
        self.svg.out.push('>');
        self.svg.open.push(self.name);
    }

    /// Finishes the element with text inside, escaped.
    pub fn content(self, text: &str) {
        self.svg.out.push('>');
        write_escaped(&mut self.svg.out, text);
        self.svg.close_tag(self.name);
    }

    /// Finishes the element with a title inside, which browsers show on hovering.
    pub fn titled(self, title: &str) {
        let Self { svg, name } = self;
        svg.out.push('>');
        svg.element("title").content(title);
        svg.close_tag(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_balanced() {
        let mut svg = Svg::new(10.0, 20.5, "a b\"", "T <1>", "");
        let clip = svg.clip_rect([0.0, 0.0, -1.0, 5.0]);
        svg.group().clip(&clip).translate(1.0, -0.001).begin();
        svg.element("path").paint("fill", None).titled("x & y");
        svg.element("a").link("javascript:x").begin();
        assert_eq!(svg.depth(), 3);
        assert_eq!(
            svg.finish(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20.5\" viewBox=\"0 0 10 20.5\" \
             role=\"img\" aria-label=\"T &lt;1&gt;\"><title>T &lt;1&gt;</title>\
             <clipPath id=\"mab-1\"><rect x=\"0\" y=\"0\" width=\"0\" height=\"5\"/></clipPath>\
             <g clip-path=\"url(#mab-1)\" transform=\"translate(1,0)\"><path fill=\"none\"><title>x &amp; y</title>\
             </path><a></a></g></svg>"
        );
    }

    #[test]
    fn ending_more_than_was_begun_keeps_the_root() {
        let mut svg = Svg::new(1.0, 1.0, "", "", "");
        svg.end();
        svg.group().begin();
        svg.end();
        svg.end();
        assert_eq!(svg.depth(), 1);
        assert!(svg.finish().ends_with("<g></g></svg>"));
    }
}
