//! Colour schemes by the names Vega-Lite knows them by.

use super::{css::Color, palette::PALETTES, ramp::Ramp};

/// What a scheme is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchemeKind {
    /// Distinct colours for categories.
    Categorical,
    /// From little to much.
    Sequential,
    /// From one extreme through a neutral middle to the other.
    Diverging,
    /// Ends where it begins.
    Cyclical,
}

/// A colour scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Name in lower case.
    pub name: &'static str,
    /// What it is good for.
    pub kind: SchemeKind,
    /// Its colours: the set of a categorical scheme, the stops of a ramp.
    pub colors: Vec<Color>,
}

impl Scheme {
    /// The scheme as a continuous run of colours.
    pub fn ramp(&self) -> Ramp {
        Ramp::new(self.colors.clone())
    }

    /// Colours for `count` categories or classes: a categorical scheme's own, used again where they
    /// run out; samples of a ramp's.
    pub fn discrete(&self, count: usize) -> Vec<Color> {
        match self.kind {
            SchemeKind::Categorical => self.colors.iter().copied().cycle().take(count).collect(),
            _ => self.ramp().samples(count),
        }
    }
}

/// The scheme of a name, whatever its case.
pub fn scheme(name: &str) -> Option<Scheme> {
    let name = name.to_ascii_lowercase();
    let place = PALETTES
        .binary_search_by(|(known, ..)| (*known).cmp(name.as_str()))
        .ok()?;
    let (name, kind, digits) = PALETTES[place];
    Some(Scheme {
        name,
        kind,
        colors: colors(digits),
    })
}

/// Every scheme's name, sorted.
pub fn scheme_names() -> impl Iterator<Item = &'static str> {
    PALETTES.iter().map(|(name, ..)| *name)
}

fn colors(digits: &str) -> Vec<Color> {
    let pieces = digits.as_bytes().chunks_exact(6);
    pieces
        .filter_map(|piece| u32::from_str_radix(std::str::from_utf8(piece).ok()?, 16).ok())
        .map(Color::from_u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_is_read_whole() {
        let names: Vec<&str> = scheme_names().collect();
        assert!(names.is_sorted() && names.len() == PALETTES.len());
        for (name, _, digits) in PALETTES {
            let found = scheme(name).expect("found by its own name");
            assert_eq!(found.colors.len() * 6, digits.len(), "{name}");
            assert!(found.colors.len() >= 7, "{name}");
        }
    }

    #[test]
    fn schemes_are_those_of_vega() {
        let first = |name: &str| scheme(name).map(|s| s.colors[0].hex());
        assert_eq!(first("tableau10").as_deref(), Some("#4c78a8"));
        assert_eq!(first("yellowGreenBlue").as_deref(), Some("#eff9bd"));
        assert_eq!(first("viridis").as_deref(), Some("#440154"));
        assert_eq!(first("nonesuch"), None);
        assert_eq!(
            scheme("category10").map(|s| s.discrete(12)[10].hex()).as_deref(),
            Some("#1f77b4")
        );
        assert_eq!(scheme("blues").map(|s| s.discrete(3).len()), Some(3));
    }
}
