//! A continuous run of colours.

use super::css::Color;

/// Colours at equal distances, mixed in sRGB between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ramp {
    stops: Vec<Color>,
}

impl Ramp {
    /// A ramp through the given colours; a ramp of none is black.
    pub fn new(stops: Vec<Color>) -> Self {
        Self { stops }
    }

    /// The colours it passes through.
    pub fn stops(&self) -> &[Color] {
        &self.stops
    }

    /// The colour at a place from 0 to 1; places beyond are cut off, NaN gives the middle.
    pub fn at(&self, t: f64) -> Color {
        let (Some(first), pieces) = (self.stops.first(), self.stops.len().saturating_sub(1)) else {
            return Color::BLACK;
        };
        if pieces == 0 {
            return *first;
        }
        let t = if t.is_nan() { 0.5 } else { t.clamp(0.0, 1.0) };
        let place = t * pieces as f64;
        let piece = (place.floor() as usize).min(pieces - 1);
        self.stops[piece].mix(self.stops[piece + 1], place - piece as f64)
    }

    /// `count` colours for classes, as Vega samples them: evenly spaced and away from the ends.
    pub fn samples(&self, count: usize) -> Vec<Color> {
        let n = count as f64 + 1.0;
        (1..=count).map(|i| self.at(i as f64 / n)).collect()
    }

    /// The ramp from `from` to `to` of this one; `[1, 0]` reverses it.
    pub fn part(&self, [from, to]: [f64; 2]) -> Self {
        let pieces = (self.stops.len().max(2) - 1) * 4;
        let at = |i: usize| self.at(from + (to - from) * i as f64 / pieces as f64);
        Self::new((0..=pieces).map(at).collect())
    }

    /// The ramp backwards.
    pub fn reversed(&self) -> Self {
        Self::new(self.stops.iter().rev().copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_mixed_between_stops() {
        let ramp = Ramp::new(vec![Color::BLACK, Color::rgb(100, 0, 0), Color::WHITE]);
        assert_eq!(ramp.at(0.25), Color::rgb(50, 0, 0));
        assert_eq!(ramp.at(0.5), Color::rgb(100, 0, 0));
        assert_eq!(ramp.at(-1.0), Color::BLACK);
        assert_eq!(ramp.at(2.0), Color::WHITE);
        assert_eq!(ramp.at(f64::NAN), Color::rgb(100, 0, 0));
        assert_eq!(ramp.reversed().at(0.75), Color::rgb(50, 0, 0));
        assert_eq!(ramp.part([0.5, 0.0]).at(0.5), Color::rgb(50, 0, 0));
        assert_eq!(ramp.samples(3), [ramp.at(0.25), ramp.at(0.5), ramp.at(0.75)]);
    }

    #[test]
    fn short_ramps_are_harmless() {
        assert_eq!(Ramp::new(vec![]).at(0.3), Color::BLACK);
        assert_eq!(Ramp::new(vec![Color::WHITE]).at(0.3), Color::WHITE);
        assert_eq!(Ramp::new(vec![]).part([0.0, 1.0]).at(0.3), Color::BLACK);
    }
}
