//! Whose reader is written for: a language with its region.

use icu_locale_core::Locale as Identifier;

use super::catalogue::Catalogue;
use crate::InsightError;

/// A language and perhaps a region, for which there is a catalogue of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale(Identifier);

impl Locale {
    /// Languages that have a catalogue, as BCP 47 tags; every region of theirs is understood.
    pub const LANGUAGES: &[&str] = &["en", "de"];

    /// Reads a BCP 47 tag such as `en`, `en-GB` or `de-CH`.
    ///
    /// # Errors
    ///
    /// When the tag is none, or its language has no catalogue.
    pub fn new(tag: &str) -> Result<Self, InsightError> {
        let unknown = || InsightError::UnknownLanguage {
            asked: tag.to_owned(),
            known: Self::LANGUAGES,
        };
        let identifier = Identifier::try_from_str(&tag.replace('_', "-")).map_err(|_| unknown())?;
        match Self::LANGUAGES.contains(&identifier.id.language.as_str()) {
            true => Ok(Self(identifier)),
            false => Err(unknown()),
        }
    }

    /// The language without its region, e.g. `en`.
    pub fn language(&self) -> &str {
        self.0.id.language.as_str()
    }

    /// The whole tag, e.g. `en-GB`.
    pub fn tag(&self) -> String {
        self.0.to_string()
    }

    pub(super) fn identifier(&self) -> &Identifier {
        &self.0
    }

    pub(super) fn catalogue(&self) -> &'static Catalogue {
        Catalogue::of(self.language())
    }
}

impl Default for Locale {
    /// English as written in the United States.
    fn default() -> Self {
        Self(icu_locale_core::locale!("en"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_known_languages_are_read_and_others_refused() {
        for (tag, language) in [
            ("en", "en"),
            ("en-GB", "en"),
            ("en_IN", "en"),
            ("EN", "en"),
            ("de-CH", "de"),
        ] {
            let read = Locale::new(tag).map(|locale| locale.language().to_owned());
            assert_eq!(read.ok().as_deref(), Some(language));
        }
        for tag in ["fr", "it", "", "english please", "x"] {
            let refused = Locale::new(tag).map(|locale| locale.tag());
            assert!(
                refused.is_err_and(|error| error.to_string().contains("languages are en, de")),
                "{tag}"
            );
        }
    }
}
