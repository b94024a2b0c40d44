//! How well a text can be read on a fill, by the formula of WCAG 2.

use super::css::Color;

impl Color {
    /// Relative luminance, 0 (black) to 1 (white); opacity is ignored.
    ///
    /// WCAG 2.2, definition of "relative luminance".
    pub fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio with another colour, 1 to 21; text wants at least 4.5, large text 3.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whichever of two text colours reads better on this fill, the dark one where they tie.
    pub fn text_on(self, dark: Self, light: Self) -> Self {
        if self.contrast(light) > self.contrast(dark) {
            light
        } else {
            dark
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-9);
        assert!((Color::WHITE.contrast(Color::from_u32(0x76_76_76)) - 4.54).abs() < 0.01);
        let text_on = |fill| Color::from_u32(fill).text_on(Color::BLACK, Color::WHITE);
        assert_eq!(text_on(0x00_00_80), Color::WHITE);
        assert_eq!(text_on(0xff_e0_80), Color::BLACK);
    }
}
