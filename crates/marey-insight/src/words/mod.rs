//! Words: numbers, dates and sentences in the language of the reader.
//!
//! Text lives in message catalogues ([Fluent](https://projectfluent.org), one file a language), numbers and
//! dates follow the Unicode CLDR through ICU4X. A [`Text`] is a list of [`Part`]s, so that every number in a
//! sentence stays tied to the quantity it writes.

mod alt;
mod calendar;
mod catalogue;
pub mod cause;
mod lexicon;
mod locale;
mod narration;
mod number;
mod part;
mod quantity;
mod slots;

pub use locale::Locale;
pub use number::Unit;
pub use part::{Number, Part, Role, Source, Text};

use calendar::CalendarWriter;
pub(crate) use catalogue::{Catalogue, Slots};
pub(crate) use lexicon::Lexicon;
pub(crate) use narration::{Narration, narrate};
use number::NumberWriter;

/// Writes for readers of one language and region.
pub struct Words {
    locale: Locale,
    catalogue: &'static Catalogue,
    numbers: NumberWriter,
    calendar: CalendarWriter,
}

impl Words {
    /// Words in a language.
    pub fn new(locale: Locale) -> Self {
        Self {
            catalogue: locale.catalogue(),
            numbers: NumberWriter::new(&locale),
            calendar: CalendarWriter::new(&locale),
            locale,
        }
    }

    /// The language and region.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }
}
