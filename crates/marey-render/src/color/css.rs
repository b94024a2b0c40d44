//! A colour in sRGB, read from CSS and written as hexadecimal.

use std::f64::consts::PI;

use super::names::NAMED;

/// A colour in sRGB with opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
    /// Opacity, 0 to 1.
    pub alpha: f64,
}

impl Color {
    /// White.
    pub const WHITE: Color = Color::rgb(255, 255, 255);
    /// Black.
    pub const BLACK: Color = Color::rgb(0, 0, 0);

    /// An opaque colour.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self {
            red,
            green,
            blue,
            alpha: 1.0,
        }
    }

    /// An opaque colour from `0xRRGGBB`.
    pub const fn from_u32(code: u32) -> Self {
        Self::rgb((code >> 16) as u8, (code >> 8) as u8, code as u8)
    }

    /// The colour with another opacity, clamped to 0 to 1.
    pub fn with_alpha(self, alpha: f64) -> Self {
        let alpha = if alpha.is_nan() {
            1.0
        } else {
            alpha.clamp(0.0, 1.0)
        };
        Self { alpha, ..self }
    }

    /// Reads a CSS colour: hexadecimal, a name, `rgb()`, `rgba()`, `hsl()`, `hsla()` or `transparent`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(digits) = text.strip_prefix('#') {
            return parse_hex(digits);
        }
        if text == "transparent" {
            return Some(Self::BLACK.with_alpha(0.0));
        }
        if let Some((function, rest)) = text.split_once('(') {
            return parse_function(function.trim(), rest.strip_suffix(')')?);
        }
        let place = NAMED
            .binary_search_by(|(name, _)| (*name).cmp(text.as_str()))
            .ok()?;
        Some(Self::from_u32(NAMED[place].1))
    }

    /// `#rrggbb`, opacity left out.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// A colour from hue in degrees, saturation and lightness from 0 to 1.
    pub fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let (s, l) = (saturation.clamp(0.0, 1.0), lightness.clamp(0.0, 1.0));
        let hue = if hue.is_finite() {
            hue.rem_euclid(360.0)
        } else {
            0.0
        };
        let channel = |n: f64| {
            let k = (n + hue / 30.0) % 12.0;
            let a = s * l.min(1.0 - l);
            to_byte((l - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0)
        };
        Self::rgb(channel(0.0), channel(8.0), channel(4.0))
    }

    /// The mixture at `t` (0 is `self`, 1 is `other`), straight in sRGB.
    pub fn mix(self, other: Self, t: f64) -> Self {
        let t = if t.is_nan() { 0.5 } else { t.clamp(0.0, 1.0) };
        let blend = |a: u8, b: u8| to_byte(f64::from(a) * (1.0 - t) + f64::from(b) * t);
        Self {
            red: blend(self.red, other.red),
            green: blend(self.green, other.green),
            blue: blend(self.blue, other.blue),
            alpha: self.alpha * (1.0 - t) + other.alpha * t,
        }
    }

    /// The colour as seen on an opaque background.
    pub fn over(self, background: Self) -> Self {
        background.mix(
            Self {
                alpha: background.alpha,
                ..self
            },
            self.alpha,
        )
    }
}

pub(super) fn to_byte(x: f64) -> u8 {
    x.round().clamp(0.0, 255.0) as u8
}

fn parse_hex(digits: &str) -> Option<Color> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(digits, 16).ok()?;
    let doubled = |shift: u32| ((code >> shift & 0xF) * 17) as u8;
    match digits.len() {
        3 => Some(Color::rgb(doubled(8), doubled(4), doubled(0))),
        4 => Some(Color::rgb(doubled(12), doubled(8), doubled(4)).with_alpha(f64::from(doubled(0)) / 255.0)),
        6 => Some(Color::from_u32(code)),
        8 => Some(Color::from_u32(code >> 8).with_alpha(f64::from(code as u8) / 255.0)),
        _ => None,
    }
}

fn parse_function(function: &str, arguments: &str) -> Option<Color> {
    let parts: Vec<&str> = arguments
        .split([',', '/', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (channels, alpha) = match parts.as_slice() {
        [a, b, c] => ([*a, *b, *c], 1.0),
        [a, b, c, alpha] => ([*a, *b, *c], number(alpha, 1.0)?),
        _ => return None,
    };
    let color = match function {
        "rgb" | "rgba" => {
            let [r, g, b] = channels;
            Color::rgb(
                to_byte(number(r, 255.0)?),
                to_byte(number(g, 255.0)?),
                to_byte(number(b, 255.0)?),
            )
        }
        "hsl" | "hsla" => {
            let [h, s, l] = channels;
            Color::from_hsl(angle(h)?, number(s, 1.0)?, number(l, 1.0)?)
        }
        _ => return None,
    };
    Some(color.with_alpha(alpha))
}

/// A finite number, or a percentage of `whole`.
fn number(text: &str, whole: f64) -> Option<f64> {
    let value = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0 * whole,
        None => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

fn angle(text: &str) -> Option<f64> {
    let factors = [("deg", 1.0), ("grad", 0.9), ("rad", 180.0 / PI), ("turn", 360.0)];
    for (unit, factor) in factors {
        if let Some(value) = text.strip_suffix(unit) {
            return Some(number(value, 1.0)? * factor);
        }
    }
    number(text, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, f64)>) {
        let found = Color::parse(text).map(|c| (c.hex(), (c.alpha * 100.0).round() / 100.0));
        let found = found.as_ref().map(|(hex, alpha)| (hex.as_str(), *alpha));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn css_colours_are_read() {
        check("#4c78a8", Some(("#4c78a8", 1.0)));
        check("#FFF", Some(("#ffffff", 1.0)));
        check("#f008", Some(("#ff0000", 0.53)));
        check("#4c78a880", Some(("#4c78a8", 0.5)));
        check("SteelBlue", Some(("#4682b4", 1.0)));
        check("rebeccapurple", Some(("#663399", 1.0)));
        check("aliceblue", Some(("#f0f8ff", 1.0)));
        check("yellowgreen", Some(("#9acd32", 1.0)));
        check("transparent", Some(("#000000", 0.0)));
        check("rgb(255, 128.4, 0)", Some(("#ff8000", 1.0)));
        check("rgba(10%,20%,30%,.5)", Some(("#1a334d", 0.5)));
        check("rgb(1 2 3 / 40%)", Some(("#010203", 0.4)));
        check("hsl(120, 100%, 25%)", Some(("#008000", 1.0)));
        check("hsl(0.5turn 100% 50%)", Some(("#00ffff", 1.0)));
        check("hsla(-30deg, 50%, 50%, 0.2)", Some(("#bf4080", 0.2)));
    }

    #[test]
    fn anything_else_is_no_colour() {
        for text in [
            "",
            "#",
            "#12",
            "#12345",
            "#+12345",
            "blurple",
            "rgb(1,2)",
            "rgb(nan,1,1)",
            "rgb(1,2,3",
            "url(#x)",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn mixing() {
        assert_eq!(Color::BLACK.mix(Color::WHITE, 0.5).hex(), "#808080");
        assert_eq!(Color::BLACK.mix(Color::WHITE, 7.0), Color::WHITE);
        assert_eq!(Color::BLACK.with_alpha(0.25).over(Color::WHITE).hex(), "#bfbfbf");
    }
}
