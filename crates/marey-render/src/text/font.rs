//! The shipped font and its metrics.

use std::sync::OnceLock;

use ttf_parser::Face;

/// The CSS font family of all text: the shipped font, then what looks and measures alike.
pub const FONT_FAMILY: &str = "Inter, \"Helvetica Neue\", Helvetica, Arial, sans-serif";

pub(crate) static REGULAR_FONT: &[u8] = include_bytes!("../../fonts/Inter-Regular.ttf");
pub(crate) static SEMIBOLD_FONT: &[u8] = include_bytes!("../../fonts/Inter-SemiBold.ttf");

/// A weight the shipped font has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 600.
    Semibold,
}

impl Weight {
    /// The CSS number.
    pub fn css(self) -> u16 {
        match self {
            Weight::Regular => 400,
            Weight::Semibold => 600,
        }
    }

    /// The shipped weight nearest to a CSS number.
    pub fn nearest(css: f64) -> Self {
        if css >= 550.0 {
            Weight::Semibold
        } else {
            Weight::Regular
        }
    }
}

/// The shipped font at a size and weight: measures text in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// Size in pixels.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
}

impl Font {
    /// The regular weight at a size in pixels.
    pub fn regular(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
        }
    }

    /// The semibold weight at a size in pixels.
    pub fn semibold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Semibold,
        }
    }

    /// Width of a text in one line. Characters that the font lacks count as one em where they are
    /// East Asian or pictures, as nothing where they combine or control, else as 0.6 em.
    pub fn width(self, text: &str) -> f64 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// Width of one character.
    pub fn advance(self, c: char) -> f64 {
        metrics(self.weight).advance(c) * self.size
    }

    /// Height of an x-height-free capital, what a line of labels visibly occupies.
    pub fn cap_height(self) -> f64 {
        metrics(self.weight).cap_height * self.size
    }

    /// Height above the baseline.
    pub fn ascent(self) -> f64 {
        metrics(self.weight).ascent * self.size
    }

    /// Depth below the baseline, positive.
    pub fn descent(self) -> f64 {
        metrics(self.weight).descent * self.size
    }

    /// Distance between the baselines of a paragraph.
    pub fn line_height(self) -> f64 {
        self.ascent() + self.descent()
    }
}

struct Metrics {
    face: Face<'static>,
    em: f64,
    ascii: [f64; 128],
    cap_height: f64,
    ascent: f64,
    descent: f64,
}

impl Metrics {
    fn of(bytes: &'static [u8]) -> Self {
        let face = Face::parse(bytes, 0).expect("the shipped font is well-formed, tested below");
        let em = f64::from(face.units_per_em());
        let mut metrics = Self {
            em,
            ascii: [0.0; 128],
            cap_height: face.capital_height().map_or(0.7, |h| f64::from(h) / em),
            ascent: f64::from(face.ascender()) / em,
            descent: -f64::from(face.descender()) / em,
            face,
        };
        let ascii = std::array::from_fn(|code| metrics.look_up(char::from(code as u8)));
        metrics.ascii = ascii;
        metrics
    }

    fn advance(&self, c: char) -> f64 {
        self.ascii
            .get(c as usize)
            .copied()
            .unwrap_or_else(|| self.look_up(c))
    }

    fn look_up(&self, c: char) -> f64 {
        let units = self
            .face
            .glyph_index(c)
            .and_then(|glyph| self.face.glyph_hor_advance(glyph));
        units.map_or_else(|| unknown_advance(c), |units| f64::from(units) / self.em)
    }
}

fn metrics(weight: Weight) -> &'static Metrics {
    static REGULAR: OnceLock<Metrics> = OnceLock::new();
    static SEMIBOLD: OnceLock<Metrics> = OnceLock::new();
    match weight {
        Weight::Regular => REGULAR.get_or_init(|| Metrics::of(REGULAR_FONT)),
        Weight::Semibold => SEMIBOLD.get_or_init(|| Metrics::of(SEMIBOLD_FONT)),
    }
}

/// Width in em of a character that the font lacks, by its block in Unicode.
fn unknown_advance(c: char) -> f64 {
    if takes_no_space(c) {
        return 0.0;
    }
    match c as u32 {
        // Hangul, CJK, kana, full-width forms, emoji.
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F000..=0x1FAFF
        | 0x20000..=0x3FFFD => 1.0,
        _ => 0.6,
    }
}

/// Whether a character belongs to the one before it: combining marks, joiners, selectors, controls.
pub(super) fn takes_no_space(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x093C
            | 0x0941..=0x0948 | 0x094D | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E
            | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x202A..=0x202E
            | 0x2060..=0x206F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF
            | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_tabular_in_both_weights() {
        for font in [Font::regular(10.0), Font::semibold(10.0)] {
            let widths: Vec<f64> = ('0'..='9').map(|c| font.advance(c)).collect();
            assert!(widths.iter().all(|w| *w == widths[0] && *w > 5.0), "{widths:?}");
        }
    }

    #[test]
    fn widths_add_up() {
        let font = Font::regular(12.0);
        assert!((font.width("abc") - font.width("a") - font.width("bc")).abs() < 1e-9);
        assert_eq!(font.width(""), 0.0);
        assert!(Font::semibold(12.0).width("Marey") > font.width("Marey"));
        assert_eq!(font.width("日本"), 24.0);
        assert_eq!(font.width("e\u{301}"), font.width("e"));
        assert_eq!(font.width("\u{0}\u{200d}"), 0.0);
    }

    #[test]
    fn the_font_covers_the_scripts_of_europe() {
        let face = Face::parse(REGULAR_FONT, 0).expect("well-formed");
        for c in "ÅßŁőșΩλЖѓЇ€£¥−–…·×≤≥→▲●½²µ".chars() {
            assert!(face.glyph_index(c).is_some(), "no glyph for {c}");
        }
    }
}
