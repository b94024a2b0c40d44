//! Bands and points: evenly spaced places for the items of a discrete domain.

/// The number of steps that `count` items need, paddings included; never negative.
///
/// A chart of a fixed step width is `step * band_space(…)` wide.
pub fn band_space(count: usize, padding_inner: f64, padding_outer: f64) -> f64 {
    if count == 0 {
        return 0.0;
    }
    let space = count as f64 - padding_inner + 2.0 * padding_outer;
    if space > 0.0 { space } else { 1.0 }
}

/// Places for `count` items along a range, by the item's position in the domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    count: usize,
    range: [f64; 2],
    padding_inner: f64,
    padding_outer: f64,
    align: f64,
    round: bool,
}

impl Band {
    /// Bands without padding.
    pub fn new(count: usize, range: [f64; 2]) -> Self {
        Self {
            count,
            range,
            padding_inner: 0.0,
            padding_outer: 0.0,
            align: 0.5,
            round: false,
        }
    }

    /// Points: bands without width, `padding` steps away from the ends of the range.
    pub fn point(count: usize, range: [f64; 2], padding: f64) -> Self {
        Self::new(count, range).padding(1.0, padding)
    }

    /// Shares of a step left free between bands (0 to 1) and steps left free at either end.
    pub fn padding(mut self, inner: f64, outer: f64) -> Self {
        self.padding_inner = if inner.is_nan() { 0.0 } else { inner.min(1.0) };
        self.padding_outer = if outer.is_finite() { outer } else { 0.0 };
        self
    }

    /// How space left over is shared between the ends, 0 to 1.
    pub fn align(mut self, align: f64) -> Self {
        self.align = if align.is_nan() {
            0.5
        } else {
            align.clamp(0.0, 1.0)
        };
        self
    }

    /// Rounds starts and widths to whole pixels.
    pub fn rounded(mut self, round: bool) -> Self {
        self.round = round;
        self
    }

    /// Number of items.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The range as given.
    pub fn range(&self) -> [f64; 2] {
        self.range
    }

    /// Distance between the starts of neighbouring bands.
    pub fn step(&self) -> f64 {
        let [low, high] = self.sorted_range();
        let space = (self.count as f64 - self.padding_inner + 2.0 * self.padding_outer).max(1.0);
        let step = (high - low) / space;
        if self.round { step.floor() } else { step }
    }

    /// Width of a band; zero for points.
    pub fn bandwidth(&self) -> f64 {
        let width = self.step() * (1.0 - self.padding_inner);
        if self.round {
            super::tick::round_half_up(width)
        } else {
            width
        }
    }

    /// Low edge of the item's band, or none beyond the domain.
    pub fn start(&self, index: usize) -> Option<f64> {
        if index >= self.count {
            return None;
        }
        let [low, high] = self.sorted_range();
        let step = self.step();
        let spare = high - low - step * (self.count as f64 - self.padding_inner);
        let mut start = low + spare * self.align;
        if self.round {
            start = super::tick::round_half_up(start);
        }
        let place = if self.range[1] < self.range[0] {
            self.count - 1 - index
        } else {
            index
        };
        Some(start + step * place as f64)
    }

    /// Middle of the item's band, or none beyond the domain.
    pub fn center(&self, index: usize) -> Option<f64> {
        Some(self.start(index)? + self.bandwidth() / 2.0)
    }

    /// The item whose band (with half the inner padding around it) holds a position.
    pub fn invert(&self, position: f64) -> Option<usize> {
        let nearest = (0..self.count).min_by(|a, b| {
            let distance = |i: usize| (self.center(i).unwrap_or(f64::NAN) - position).abs();
            distance(*a).total_cmp(&distance(*b))
        })?;
        let distance = (self.center(nearest)? - position).abs();
        (distance <= self.step() / 2.0).then_some(nearest)
    }

    fn sorted_range(&self) -> [f64; 2] {
        let [a, b] = self.range;
        if b < a { [b, a] } else { [a, b] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(band: &Band, starts: &[f64], bandwidth: f64) {
        let found: Vec<f64> = (0..band.count()).filter_map(|i| band.start(i)).collect();
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(
            found.len() == starts.len() && found.iter().zip(starts).all(|(a, b)| close(*a, *b)),
            "{found:?} is not {starts:?}"
        );
        assert!(
            close(band.bandwidth(), bandwidth),
            "{} is not {bandwidth}",
            band.bandwidth()
        );
    }

    #[test]
    fn bands_are_those_of_d3() {
        check(&Band::new(3, [0.0, 120.0]), &[0.0, 40.0, 80.0], 40.0);
        check(&Band::new(3, [120.0, 0.0]), &[80.0, 40.0, 0.0], 40.0);
        check(
            &Band::new(3, [0.0, 120.0]).padding(0.2, 0.2),
            &[7.5, 45.0, 82.5],
            30.0,
        );
        check(
            &Band::new(3, [0.0, 100.0]).rounded(true),
            &[1.0, 34.0, 67.0],
            33.0,
        );
        check(&Band::point(3, [0.0, 120.0], 0.0), &[0.0, 60.0, 120.0], 0.0);
        check(&Band::point(3, [0.0, 120.0], 0.5), &[20.0, 60.0, 100.0], 0.0);
        check(&Band::point(1, [0.0, 120.0], 0.0), &[60.0], 0.0);
        check(&Band::new(0, [0.0, 120.0]), &[], 120.0);
        assert_eq!(Band::new(3, [0.0, 120.0]).start(3), None);
    }

    #[test]
    fn positions_are_inverted() {
        let band = Band::new(3, [0.0, 120.0]).padding(0.2, 0.2);
        assert_eq!(band.invert(10.0), Some(0));
        assert_eq!(band.invert(115.0), Some(2));
        assert_eq!(band.invert(500.0), None);
        assert_eq!(Band::new(0, [0.0, 1.0]).invert(0.5), None);
    }
}
