//! Whatever numbers and texts come, nothing panics, nothing escapes its place, all stays bounded.

use marey_render::{
    PngOptions,
    color::Color,
    format::{NumberFormat, TickFormat, TimeFormat},
    path::{Arc, Curve, area, line},
    scale::{Band, Continuous, Steps, Transform, tick::MAX_TICKS},
    svg::Svg,
    svg_to_png,
    text::Font,
};
use proptest::prelude::*;
use resvg::usvg::roxmltree::Document;

fn transforms() -> impl Strategy<Value = Transform> {
    prop_oneof![
        Just(Transform::Linear),
        Just(Transform::Time),
        any::<f64>().prop_map(|base| Transform::Log { base }),
        Just(Transform::Log { base: 10.0 }),
        any::<f64>().prop_map(|exponent| Transform::Pow { exponent }),
        any::<f64>().prop_map(|constant| Transform::Symlog { constant }),
    ]
}

/// Numbers of all sizes, the special ones among them.
fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -1e6..1e6,
        (-1_000_000i64..1_000_000).prop_map(|n| n as f64 / 1000.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(0.0),
    ]
}

/// Texts with markup, controls and everything else.
fn texts() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "' onclick='x",
        "]]><!--",
        "--><x>",
        "<![CDATA[",
        "&#x3c;&lt;&",
        "javascript:alert(1)",
        "url(http://example.org/x)",
        "\u{0}\u{1}\u{b}\u{fffe}\u{ffff}",
        "\u{202e}reversed",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]>",
    ]);
    prop_oneof![
        any::<String>(),
        hostile.prop_map(str::to_owned),
        ".*<.*>.*&.*\"".prop_map(|s| s)
    ]
}

/// What a reader of the SVG finds of a text.
fn cleaned(text: &str) -> String {
    let noncharacter = |c: char| (c as u32) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    text.chars()
        .map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c })
        .filter(|c| !c.is_control() && !noncharacter(*c))
        .collect()
}

proptest! {
    #[test]
    fn ticks_lie_inside_the_domain(
        transform in transforms(), start in numbers(), stop in numbers(), count in numbers(), x in numbers()
    ) {
        let scale = Continuous::new(transform, [start, stop], [0.0, 500.0]);
        let ticks = scale.ticks(count);
        prop_assert!(ticks.len() <= MAX_TICKS * 2);
        // Ends are met up to rounding of the multiplication that makes a tick.
        let slack = 1e-12 * start.abs().max(stop.abs());
        for tick in &ticks {
            prop_assert!(start.min(stop) - slack <= *tick && *tick <= start.max(stop) + slack, "{tick}");
        }
        let ascending = ticks.is_sorted();
        prop_assert!(ascending || ticks.iter().rev().is_sorted());
        let format = TickFormat::of(&scale, count, None).expect("the default format is valid");
        for tick in ticks.iter().take(20) {
            format.format(*tick);
        }
        prop_assert!(scale.map(x).is_none_or(f64::is_finite));
        prop_assert!(scale.invert(x).is_none_or(f64::is_finite));
    }

    #[test]
    fn a_nice_domain_holds_the_domain(
        transform in transforms(), start in numbers(), stop in numbers(), count in 1f64..50.0
    ) {
        let scale = Continuous::new(transform, [start, stop], [0.0, 1.0]).nice(count);
        let [low, high] = scale.domain_ends();
        if start.is_finite() && stop.is_finite() {
            let slack = 1e-12 * start.abs().max(stop.abs());
            prop_assert!(low.min(high) <= start.min(stop) + slack);
            prop_assert!(low.max(high) >= start.max(stop) - slack);
        }
    }

    #[test]
    fn placing_and_reading_back_agree(start in -1e6..1e6f64, width in 1e-3..1e6f64, t in 0f64..1.0) {
        let scale = Continuous::linear([start, start + width], [0.0, 640.0]);
        let x = start + width * t;
        let back = scale.invert(scale.map(x).expect("placed")).expect("read back");
        prop_assert!((back - x).abs() <= 1e-9 * (start.abs() + width));
    }

    #[test]
    fn bands_stay_in_the_range(
        count in 0usize..200, low in -1e4..1e4f64, width in 0f64..1e4, inner in 0f64..1.0, outer in 0f64..3.0
    ) {
        for range in [[low, low + width], [low + width, low]] {
            let band = Band::new(count, range).padding(inner, outer);
            for i in 0..count {
                let start = band.start(i).expect("inside the domain");
                prop_assert!(start >= low - 1e-6 && start + band.bandwidth() <= low + width + 1e-6);
            }
        }
    }

    #[test]
    fn classes_are_in_order(values in prop::collection::vec(numbers(), 0..40), classes in 0usize..12, x in numbers()) {
        for steps in [
            Steps::quantile(values.clone(), classes),
            Steps::threshold(values.clone()),
            Steps::quantize([values.first().copied().unwrap_or(0.0), 1.0], classes),
        ] {
            prop_assert!(steps.thresholds().is_sorted());
            prop_assert!(steps.class(x).is_none_or(|class| class < steps.classes()));
        }
    }

    #[test]
    fn numbers_are_written_whatever_the_format(specifier in ".{0,12}", value in any::<f64>()) {
        if let Ok(format) = NumberFormat::parse(&specifier) {
            prop_assert!(!format.format(value).is_empty());
        }
    }

    #[test]
    fn numbers_fill_the_width(
        before in "([*x0 ]?[<>^=])?[-+( ]?[$#]?0?",
        width in 1usize..60,
        after in "(\\.[0-9]{1,2})?~?[efgrs%pbodxXcn]?",
        value in any::<f64>(),
    ) {
        let format = NumberFormat::parse(&format!("{before}{width}{after}")).expect("a valid specifier");
        let written = format.format(value);
        prop_assert!(written.chars().count() >= width, "`{written}`");
    }

    #[test]
    fn times_are_written_whatever_the_format(specifier in ".{0,20}", instant in numbers()) {
        TimeFormat::new(&specifier).format(instant);
        TickFormat::MultiTime.format(instant);
    }

    #[test]
    fn colours_are_read_or_not(text in ".{0,24}", channels in "(rgb|hsl)a?\\([-0-9.%, ]{0,20}\\)") {
        Color::parse(&text);
        if let Some(color) = Color::parse(&channels) {
            prop_assert!((0.0..=1.0).contains(&color.alpha));
            prop_assert_eq!(Color::parse(&color.hex()), Some(color.with_alpha(1.0)));
        }
    }

    #[test]
    fn svg_stays_well_formed_and_keeps_text_in_its_place(title in texts(), body in texts(), value in texts()) {
        let mut svg = Svg::new(100.0, 50.0, &value, &title, &body);
        svg.group().text_attribute("class", &value).begin();
        svg.element("text").text_attribute("font-family", &value).content(&body);
        svg.element("a").link(&value).begin();
        svg.element("rect").titled(&title);
        let written = svg.finish();
        let document = Document::parse(&written).expect("well-formed");
        let text = document.descendants().find(|n| n.has_tag_name("text")).expect("the text");
        prop_assert_eq!(text.text().unwrap_or_default(), cleaned(&body));
        prop_assert_eq!(text.attribute("font-family").unwrap_or_default(), cleaned(&value));
        for node in document.descendants().filter(|n| n.is_element()) {
            let known = ["svg", "title", "desc", "g", "text", "a", "rect"];
            prop_assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
            for attribute in node.attributes() {
                prop_assert!(!attribute.name().starts_with("on"));
                prop_assert!(attribute.name() != "href" || !attribute.value().contains("script:"));
            }
        }
    }

    #[test]
    fn text_fits(text in any::<String>(), limit in 0f64..300.0, lines in 0usize..6) {
        let font = Font::regular(11.0);
        prop_assert!(font.width(&font.truncate(&text, limit)) <= limit);
        let wrapped = font.wrap(&text, limit, lines);
        prop_assert!(wrapped.len() <= lines);
        for line in &wrapped {
            // A line holds at least one character, however wide.
            prop_assert!(font.width(line) <= limit || line.chars().filter(|c| font.advance(*c) > 0.0).count() <= 1);
        }
    }

    #[test]
    fn shapes_have_finite_places(
        points in prop::collection::vec(prop::option::of((numbers(), numbers())), 0..12),
        numbers in prop::array::uniform6(numbers()),
        tension in prop::option::of(numbers()),
    ) {
        let points: Vec<_> = points.into_iter().map(|p| p.map(|(x, y)| [x, y])).collect();
        for name in ["linear", "step", "monotone", "natural", "basis-closed", "cardinal", "catmull-rom", "bundle"] {
            let curve = Curve::parse(name, tension, false).expect("a known name");
            for path in [line(curve, &points), area(curve, &points, &points)] {
                prop_assert!(path.is_empty() || path.as_str().starts_with('M'), "{}", path.as_str());
                prop_assert!(!path.as_str().contains("NaN") && !path.as_str().contains("inf"));
            }
        }
        let [inner, outer, start, end, pad, corner] = numbers;
        let path = Arc { inner, outer, start, end, pad, corner }.path();
        prop_assert!(!path.as_str().contains("NaN") && !path.as_str().contains("inf"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pixels_are_made_of_any_text(title in texts(), body in texts()) {
        let mut svg = Svg::new(60.0, 20.0, "p", &title, "");
        svg.element("text").number("y", 15.0).content(&body);
        let written = svg.finish();
        let png = svg_to_png(&written, &PngOptions::default()).expect("drawn");
        prop_assert_eq!(png, svg_to_png(&written, &PngOptions::default()).expect("drawn"));
    }
}
