//! Message catalogues: one Fluent file a language, read once.

use std::{collections::BTreeMap, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::LanguageIdentifier;

use super::{Part, Role, Text, Words};

/// Marks the places of slots while a message is put together; private use, so no text of a catalogue has it.
const SLOT: char = '\u{E000}';
const FIRST_SLOT: u32 = 0xE100;

/// The messages of one language.
pub(crate) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The catalogue of a language; the English one where there is none.
    pub(super) fn of(language: &str) -> &'static Self {
        static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
        static GERMAN: OnceLock<Catalogue> = OnceLock::new();
        match language {
            "de" => GERMAN.get_or_init(|| Self::read("de", include_str!("languages/de.ftl"))),
            _ => ENGLISH.get_or_init(|| Self::read("en", include_str!("languages/en.ftl"))),
        }
    }

    fn read(language: &str, source: &str) -> Self {
        let language: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Marks of direction would stand around every number; both languages run left to right.
        bundle.set_use_isolating(false);
        // What of a file cannot be read is left out; a test holds the shipped files to be whole.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
        Self { bundle }
    }

    /// The pattern of a message (`id` or `id.attribute`).
    fn pattern(&self, id: &str) -> Option<&Pattern<&str>> {
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(message)?;
        match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        }
    }

    /// Calls back with every slot that a pattern names, those of messages it refers to included.
    fn each_slot(&self, pattern: &Pattern<&str>, seen: &mut dyn FnMut(&str)) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.each_slot_of(expression, seen);
            }
        }
    }

    fn each_slot_of(&self, expression: &Expression<&str>, seen: &mut dyn FnMut(&str)) {
        match expression {
            Expression::Inline(inline) => self.each_slot_inline(inline, seen),
            Expression::Select { selector, variants } => {
                self.each_slot_inline(selector, seen);
                variants
                    .iter()
                    .for_each(|variant| self.each_slot(&variant.value, seen));
            }
        }
    }

    fn each_slot_inline(&self, inline: &InlineExpression<&str>, seen: &mut dyn FnMut(&str)) {
        match inline {
            InlineExpression::VariableReference { id } => seen(id.name),
            InlineExpression::MessageReference { id, attribute } => {
                let id = match attribute {
                    Some(attribute) => format!("{}.{}", id.name, attribute.name),
                    None => id.name.to_owned(),
                };
                if let Some(pattern) = self.pattern(&id) {
                    self.each_slot(pattern, seen);
                }
            }
            InlineExpression::FunctionReference {
                arguments: CallArguments { positional, .. },
                ..
            } => positional
                .iter()
                .for_each(|argument| self.each_slot_inline(argument, seen)),
            InlineExpression::Placeable { expression } => self.each_slot_of(expression, seen),
            _ => {}
        }
    }
}

/// What fills the slots of a message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    choices: BTreeMap<&'static str, Choice>,
    words: BTreeMap<&'static str, Vec<Part>>,
}

/// What picks a variant of a message and is not written itself.
#[derive(Debug, Clone)]
enum Choice {
    Word(&'static str),
    Number(f64),
}

impl Slots {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Parts that are written where the slot stands.
    pub(crate) fn parts(&mut self, name: &'static str, parts: Vec<Part>) {
        self.words.insert(name, parts);
    }

    /// Words with a role.
    pub(crate) fn words(&mut self, name: &'static str, role: Role, text: impl Into<String>) {
        self.parts(name, vec![Part::new(role, text)]);
    }

    /// A word that picks a variant.
    pub(crate) fn choose(&mut self, name: &'static str, choice: &'static str) {
        self.choices.insert(name, Choice::Word(choice));
    }

    /// A number that picks the plural form.
    pub(crate) fn choose_plural(&mut self, name: &'static str, number: f64) {
        self.choices.insert(name, Choice::Number(number));
    }

    /// What is written in a slot.
    pub(crate) fn written(&self, name: &str) -> Option<&[Part]> {
        self.words.get(name).map(Vec::as_slice)
    }

    /// Changes what is written in every slot.
    pub(crate) fn each_written(&mut self, mut change: impl FnMut(&mut Vec<Part>)) {
        self.words.values_mut().for_each(&mut change);
    }

    /// Whether a slot is filled.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.choices.contains_key(name) || self.words.contains_key(name)
    }

    /// The arguments of Fluent: choices as they are, written slots as the places where they go.
    fn arguments(&self) -> FluentArgs<'_> {
        let mut arguments = FluentArgs::with_capacity(self.choices.len() + self.words.len());
        for (name, choice) in &self.choices {
            match choice {
                Choice::Word(word) => arguments.set(*name, *word),
                Choice::Number(number) => arguments.set(*name, FluentValue::from(*number)),
            }
        }
        for (at, name) in self.words.keys().enumerate() {
            let place = char::from_u32(FIRST_SLOT + at as u32);
            let place: String = [Some(SLOT), place].into_iter().flatten().collect();
            arguments.set(*name, place);
        }
        arguments
    }

    /// Puts the parts where the message has their places.
    fn fill(&self, message: &str) -> Text {
        let mut text = Text::default();
        let mut pieces = message.split(SLOT);
        push_words(&mut text, pieces.next().unwrap_or_default());
        for piece in pieces {
            let mut characters = piece.chars();
            let place = characters
                .next()
                .and_then(|place| (place as u32).checked_sub(FIRST_SLOT));
            if let Some(parts) = place.and_then(|at| self.words.values().nth(at as usize)) {
                parts.iter().for_each(|part| text.push(part.clone()));
            }
            push_words(&mut text, characters.as_str());
        }
        text
    }
}

fn push_words(text: &mut Text, words: &str) {
    if !words.is_empty() {
        text.push(Part::new(Role::Text, words));
    }
}

impl Words {
    /// A message with its slots filled; none where the catalogue lacks it, or a slot it needs is empty.
    pub(crate) fn try_say(&self, id: &str, slots: &Slots) -> Option<Text> {
        let pattern = self.catalogue.pattern(id)?;
        let mut complete = true;
        self.catalogue
            .each_slot(pattern, &mut |name| complete &= slots.has(name));
        if !complete {
            return None;
        }
        let mut errors = Vec::new();
        let bundle = &self.catalogue.bundle;
        let arguments = slots.arguments();
        let message = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        Some(slots.fill(&message))
    }

    /// The first of several messages whose slots are all filled; the name of the last where none is.
    pub(crate) fn say(&self, ids: &[&str], slots: &Slots) -> Text {
        ids.iter()
            .find_map(|id| self.try_say(id, slots))
            .unwrap_or_else(|| Text::plain(ids.last().copied().unwrap_or_default()))
    }

    /// A short message of plain words.
    pub(crate) fn term(&self, id: &str, slots: &[(&'static str, &str)]) -> String {
        let mut filled = Slots::new();
        for (name, text) in slots {
            filled.words(name, Role::Text, *text);
        }
        self.say(&[id], &filled).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message and attribute with the slots it names.
    fn messages(source: &str, language: &str) -> BTreeMap<String, Vec<String>> {
        let resource = fluent_syntax::parser::parse(source);
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        let catalogue = Catalogue::of(language);
        let mut found = BTreeMap::new();
        for entry in resource.body {
            let fluent_syntax::ast::Entry::Message(message) = entry else {
                continue;
            };
            let ids = message
                .attributes
                .iter()
                .map(|a| format!("{}.{}", message.id.name, a.id.name));
            for id in ids.chain(message.value.iter().map(|_| message.id.name.to_owned())) {
                let mut slots = Vec::new();
                let pattern = catalogue
                    .pattern(&id)
                    .unwrap_or_else(|| panic!("{language}: {id} is lost"));
                catalogue.each_slot(pattern, &mut |slot| slots.push(slot.to_owned()));
                slots.sort();
                slots.dedup();
                assert!(found.insert(id, slots).is_none());
            }
        }
        found
    }

    /// Every catalogue by its language.
    const SOURCES: [(&str, &str); 2] = [
        ("en", include_str!("languages/en.ftl")),
        ("de", include_str!("languages/de.ftl")),
    ];

    #[test]
    fn every_language_has_a_catalogue() {
        let languages: Vec<&str> = SOURCES.iter().map(|(language, _)| *language).collect();
        assert_eq!(languages, super::super::Locale::LANGUAGES);
    }

    #[test]
    fn all_languages_have_the_same_messages_with_the_same_slots() {
        let [(_, english), others @ ..] = SOURCES;
        let expected = messages(english, "en");
        for (language, source) in others {
            let found = messages(source, language);
            let ids = |messages: &BTreeMap<String, Vec<String>>| messages.keys().cloned().collect::<Vec<_>>();
            assert_eq!(ids(&found), ids(&expected), "{language}");
            for (id, slots) in &found {
                assert_eq!(slots, &expected[id], "{language}: {id}");
            }
        }
    }

    #[test]
    fn every_kind_and_caveat_has_its_messages() {
        let messages = messages(include_str!("languages/en.ftl"), "en");
        for kind in crate::InsightKind::ALL {
            for form in ["title", "what", "verb", "sentence", "bare"] {
                assert!(messages.contains_key(&format!("{kind}.{form}")), "{kind}.{form}");
            }
        }
        let caveats = crate::Caveat::ALL.iter().map(|caveat| format!("caveat-{caveat}"));
        let guards = crate::Guard::ALL.iter().map(|guard| format!("guard-{guard}"));
        for id in caveats.chain(guards) {
            assert!(messages.contains_key(&id), "{id}");
        }
    }

    #[test]
    fn no_message_claims_a_cause() {
        for (language, source) in SOURCES {
            for line in source
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.rsplit('=').next())
            {
                assert_eq!(
                    super::super::cause::claim(language, &line.replace("$top_contribution", "")),
                    None,
                    "{language}: {line}"
                );
            }
        }
    }

    #[test]
    fn slots_keep_their_parts_and_missing_ones_are_noticed() {
        let words = Words::new(super::super::Locale::default());
        let mut slots = Slots::new();
        slots.words("low", Role::Uncertainty, "1");
        assert_eq!(words.try_say("range", &slots), None);
        slots.words("high", Role::Uncertainty, "{ $low }");
        let text = words.say(&["range"], &slots);
        assert_eq!(text.to_string(), "1–{ $low }");
        assert_eq!(text.parts.len(), 3);
        assert_eq!(
            words.say(&["no-such-message"], &slots).to_string(),
            "no-such-message"
        );
    }
}
