//! Themes: colours, fonts, sizes and distances of a chart.

use crate::color::Color;

/// How charts look.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Name.
    pub name: String,
    /// Colours.
    pub colors: Palette,
    /// Font sizes.
    pub sizes: Sizes,
    /// Space between the chart and its edge in pixels.
    pub margin: f64,
    /// Width of lines in pixels.
    pub line_width: f64,
    /// Radius of the corners of bars in pixels.
    pub bar_radius: f64,
    /// Share of a step left free between bars, 0 to 1.
    pub bar_gap: f64,
}

/// The colours of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub background: Color,
    /// Titles.
    pub title: Color,
    /// Axis labels, legend labels.
    pub text: Color,
    /// Axis titles, subtitles, notes.
    pub muted: Color,
    /// Grid lines.
    pub grid: Color,
    /// Axis lines and ticks.
    pub axis: Color,
    /// Marks without a colour of their own.
    pub mark: Color,
    /// Rules and other lines that annotate.
    pub rule: Color,
    /// Categories, in the order in which they are given out.
    pub category: Vec<Color>,
    /// Colour of what is missing.
    pub missing: Color,
    /// Name of the scheme for quantities.
    pub sequential: &'static str,
    /// Name of the scheme for heat maps.
    pub heat: &'static str,
    /// Name of the scheme for quantities with a middle.
    pub diverging: &'static str,
}

/// Font sizes in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// Chart title.
    pub title: f64,
    /// Subtitle.
    pub subtitle: f64,
    /// Axis, legend and header titles.
    pub guide_title: f64,
    /// Axis and legend labels.
    pub label: f64,
    /// Text marks.
    pub mark_text: f64,
    /// Source line.
    pub note: f64,
}

impl Theme {
    /// Dark letters on white.
    pub fn light() -> Self {
        Self {
            name: "light".into(),
            colors: Palette {
                background: Color::from_u32(0xff_ff_ff),
                title: Color::from_u32(0x1b_1f_27),
                text: Color::from_u32(0x45_4c_59),
                muted: Color::from_u32(0x69_71_7f),
                grid: Color::from_u32(0xe6_e8_ec),
                axis: Color::from_u32(0x9a_a1_ad),
                mark: Color::from_u32(0x2f_6f_b2),
                rule: Color::from_u32(0x4a_51_5e),
                category: CATEGORY_LIGHT.iter().copied().map(Color::from_u32).collect(),
                missing: Color::from_u32(0xc4_c9_d1),
                sequential: "blues",
                heat: "yellowgreenblue",
                diverging: "blueorange",
            },
            ..Self::plain()
        }
    }

    /// Light letters on near-black.
    pub fn dark() -> Self {
        Self {
            name: "dark".into(),
            colors: Palette {
                background: Color::from_u32(0x14_18_1f),
                title: Color::from_u32(0xf2_f4_f7),
                text: Color::from_u32(0xc3_c9_d3),
                muted: Color::from_u32(0x96_9e_ab),
                grid: Color::from_u32(0x2a_30_3a),
                axis: Color::from_u32(0x5b_63_70),
                mark: Color::from_u32(0x6c_a8_e8),
                rule: Color::from_u32(0xb4_bb_c7),
                category: CATEGORY_DARK.iter().copied().map(Color::from_u32).collect(),
                missing: Color::from_u32(0x4a_51_5e),
                sequential: "viridis",
                heat: "viridis",
                diverging: "blueorange",
            },
            ..Self::plain()
        }
    }

    /// A theme by name, if there is one of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::light()),
            "dark" => Some(Self::dark()),
            _ => None,
        }
    }

    fn plain() -> Self {
        let black = Color::from_u32(0);
        Self {
            name: String::new(),
            colors: Palette {
                background: black,
                title: black,
                text: black,
                muted: black,
                grid: black,
                axis: black,
                mark: black,
                rule: black,
                category: Vec::new(),
                missing: black,
                sequential: "blues",
                heat: "yellowgreenblue",
                diverging: "blueorange",
            },
            sizes: Sizes {
                title: 17.0,
                subtitle: 13.0,
                guide_title: 11.5,
                label: 11.5,
                mark_text: 11.5,
                note: 10.5,
            },
            margin: 14.0,
            line_width: 2.0,
            bar_radius: 1.5,
            bar_gap: 0.22,
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::light()
    }
}

/// Ten hues of similar weight, neighbours far apart in hue and told apart without red and green:
/// blue, orange, teal, red, purple, gold, green, pink, brown, grey.
const CATEGORY_LIGHT: [u32; 10] = [
    0x2f_6f_b2, 0xe6_84_2a, 0x2f_9e_94, 0xc8_4a_4a, 0x7d_62_b5, 0xd9_ad_2b, 0x5a_9e_4b, 0xd6_7f_a8,
    0x8f_6b_52, 0x7f_87_93,
];

const CATEGORY_DARK: [u32; 10] = [
    0x6c_a8_e8, 0xf2_a1_5a, 0x5c_c7_bb, 0xea_7a_78, 0xa8_8f_e0, 0xe8_c8_5c, 0x8c_cb_7a, 0xee_a6_c8,
    0xbd_97_7c, 0xa3_ab_b8,
];
