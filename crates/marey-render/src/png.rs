//! SVG as PNG, drawn with the shipped font and nothing from outside.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use crate::{
    RenderError,
    text::{REGULAR_FONT, SEMIBOLD_FONT},
};

/// How pixels are made of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngOptions {
    /// Pixels per pixel of the SVG; 2 suits screens of high density.
    pub scale: f64,
    /// Most pixels (width times height) that are made.
    pub max_pixels: u64,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self {
            scale: 1.0,
            max_pixels: 50_000_000,
        }
    }
}

/// Draws an SVG document as PNG.
///
/// Only the shipped font is used, whatever family is asked for; references to files and addresses
/// are not followed. The same SVG gives the same bytes.
///
/// # Errors
///
/// When the text is no SVG, has no size, or is larger than `max_pixels` at the given scale.
pub fn svg_to_png(svg: &str, options: &PngOptions) -> Result<Vec<u8>, RenderError> {
    let tree = usvg::Tree::from_str(svg, &parse_options()).map_err(|source| RenderError::Svg {
        source: source.into(),
    })?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let [pixels_wide, pixels_high] = [width, height].map(|side| (side * options.scale).round().max(1.0));
    let too_large = RenderError::TooManyPixels {
        width: pixels_wide,
        height: pixels_high,
        limit: options.max_pixels,
    };
    let is_possible = pixels_wide <= f64::from(u16::MAX)
        && pixels_high <= f64::from(u16::MAX)
        && pixels_wide * pixels_high <= options.max_pixels as f64;
    if !is_possible {
        return Err(too_large);
    }
    let mut pixmap = tiny_skia::Pixmap::new(pixels_wide as u32, pixels_high as u32).ok_or(too_large)?;
    let transform =
        tiny_skia::Transform::from_scale((pixels_wide / width) as f32, (pixels_high / height) as f32);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|source| RenderError::Png {
        source: source.into(),
    })
}

fn parse_options() -> usvg::Options<'static> {
    usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        // Pictures are not drawn, so no file, address or embedded data is ever opened.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

/// Name that the shipped font gives itself.
const FAMILY: &str = "Inter";

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(REGULAR_FONT)));
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(SEMIBOLD_FONT)));
        fonts.set_sans_serif_family(FAMILY);
        fonts.set_serif_family(FAMILY);
        fonts.set_monospace_family(FAMILY);
        fonts.set_cursive_family(FAMILY);
        fonts.set_fantasy_family(FAMILY);
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::Svg;

    fn drawing(family: &str) -> String {
        let mut svg = Svg::new(120.0, 40.0, "t", "", "");
        svg.element("rect")
            .number("width", 20.0)
            .number("height", 20.0)
            .close();
        let text = svg.element("text").number("x", 30.0).number("y", 20.0);
        text.text_attribute("font-family", family)
            .content("Marey 1878 Ω Я");
        svg.finish()
    }

    fn pixels(png: &[u8]) -> tiny_skia::Pixmap {
        tiny_skia::Pixmap::decode_png(png).expect("a PNG")
    }

    #[test]
    fn text_is_drawn_with_the_shipped_font_whatever_is_asked_for() {
        let options = PngOptions::default();
        let inter = svg_to_png(&drawing("Inter"), &options).expect("drawn");
        assert_eq!(inter, svg_to_png(&drawing("Inter"), &options).expect("drawn"));
        assert_eq!(
            inter,
            svg_to_png(&drawing("No Such Font, sans-serif"), &options).expect("drawn")
        );
        assert_eq!(
            inter,
            svg_to_png(&drawing("No Such Font"), &options).expect("drawn")
        );
        let inked = pixels(&inter).pixels().iter().filter(|p| p.alpha() > 0).count();
        assert!(inked > 20 * 20 + 200, "{inked} pixels: the text is missing");
    }

    #[test]
    fn the_scale_multiplies_the_size() {
        let png = svg_to_png(
            &drawing("Inter"),
            &PngOptions {
                scale: 2.0,
                ..PngOptions::default()
            },
        )
        .expect("drawn");
        assert_eq!((pixels(&png).width(), pixels(&png).height()), (240, 80));
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        let small = PngOptions {
            max_pixels: 100,
            ..PngOptions::default()
        };
        assert!(matches!(
            svg_to_png(&drawing("Inter"), &small),
            Err(RenderError::TooManyPixels {
                width: 120.0,
                height: 40.0,
                limit: 100
            })
        ));
        for scale in [f64::NAN, f64::INFINITY, 1e9] {
            let options = PngOptions {
                scale,
                ..PngOptions::default()
            };
            let drawn = svg_to_png(&drawing("Inter"), &options);
            assert!(drawn.is_ok() == scale.is_nan(), "{scale}");
        }
        assert!(matches!(
            svg_to_png("<html/>", &PngOptions::default()),
            Err(RenderError::Svg { .. })
        ));
    }

    #[test]
    fn nothing_outside_is_opened() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>\
                   <image href='file:///etc/hostname' width='10' height='10'/>\
                   <image href='data:image/png;base64,AAAA' width='10' height='10'/></svg>";
        let png = svg_to_png(svg, &PngOptions::default()).expect("drawn");
        assert!(pixels(&png).pixels().iter().all(|p| p.alpha() == 0));
    }
}
