//! [`ValueTable`]: counted values, found by their hash.

use hashbrown::HashTable;

use crate::{
    text::TextMeasure,
    value::{Kind, Value},
};

/// Bytes of a text that are kept for showing; texts are told apart by their hash, not by these.
pub(crate) const TEXT_KEPT: usize = 240;

/// A value with the number of its occurrences.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) hash: u64,
    pub(crate) count: u64,
    /// The value's bits, or its place in the store of wide values or of texts.
    payload: u64,
}

#[derive(Debug, Clone, Copy)]
struct StoredText {
    start: usize,
    len: usize,
    measure: TextMeasure,
}

/// Different values with counts.
///
/// Fixed-size values have collision-free hashes; two texts would be taken for one if their 64-bit
/// hashes agreed, which for 32,768 different texts has a chance of 3 in 10^11.
#[derive(Debug, Clone)]
pub(crate) struct ValueTable {
    kind: Kind,
    entries: HashTable<Entry>,
    wide: Vec<i128>,
    texts: Vec<StoredText>,
    letters: String,
}

impl ValueTable {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            entries: HashTable::new(),
            wide: Vec::new(),
            texts: Vec::new(),
            letters: String::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Bytes of text held.
    pub(crate) fn text_bytes(&self) -> usize {
        self.letters.len()
    }

    /// Counts a value and says whether it is new.
    #[inline]
    pub(crate) fn add(&mut self, hash: u64, value: Value<'_>, count: u64) -> bool {
        if let Some(entry) = self.entries.find_mut(hash, |entry| entry.hash == hash) {
            entry.count += count;
            return false;
        }
        let payload = match value {
            Value::Bits(bits) => bits,
            Value::Wide(wide) => {
                self.wide.push(wide);
                self.wide.len() as u64 - 1
            }
            Value::Text(text) => {
                let measure = TextMeasure::of(text);
                store_text(&mut self.texts, &mut self.letters, text, measure)
            }
        };
        let entry = Entry { hash, count, payload };
        self.entries.insert_unique(hash, entry, |entry| entry.hash);
        true
    }

    /// Counts a new value; a text that was cut comes with its measure.
    pub(crate) fn add_measured(
        &mut self,
        hash: u64,
        value: Value<'_>,
        count: u64,
        measure: Option<TextMeasure>,
    ) {
        let new = self.add(hash, value, count);
        if let (true, Some(measure), Some(text)) = (new, measure, self.texts.last_mut()) {
            text.measure = measure;
        }
    }

    /// Takes over an entry of another table, the text's measure included.
    pub(crate) fn adopt(&mut self, other: &Self, entry: &Entry, count: u64) {
        // A text longer than what is kept was measured when it was whole.
        let measure = other.measure(entry);
        self.add_measured(entry.hash, other.value(entry), count, measure);
    }

    pub(crate) fn find(&self, hash: u64) -> Option<Entry> {
        self.entries.find(hash, |entry| entry.hash == hash).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub(crate) fn value(&self, entry: &Entry) -> Value<'_> {
        let place = entry.payload as usize;
        match self.kind {
            Kind::Decimal(_) => Value::Wide(self.wide.get(place).copied().unwrap_or_default()),
            Kind::Text => Value::Text(
                self.texts
                    .get(place)
                    .and_then(|text| self.letters.get(text.start..text.start + text.len))
                    .unwrap_or_default(),
            ),
            _ => Value::Bits(entry.payload),
        }
    }

    /// Length and words of a text value.
    pub(crate) fn measure(&self, entry: &Entry) -> Option<TextMeasure> {
        self.texts.get(entry.payload as usize).map(|text| text.measure)
    }

    /// The value as people read it; a cut text ends in an ellipsis.
    pub(crate) fn write(&self, entry: &Entry) -> String {
        let mut written = self.kind.write(self.value(entry));
        if self
            .texts
            .get(entry.payload as usize)
            .is_some_and(|text| self.kind == Kind::Text && text.measure.bytes > text.len as u64)
        {
            written.push('…');
        }
        written
    }

    /// The table with only those entries that the function leaves a count above zero.
    pub(crate) fn kept(&self, count: impl Fn(&Entry) -> u64) -> Self {
        let mut kept = Self::new(self.kind);
        // Whoever drops entries does so to make room for as many.
        kept.entries.reserve(self.entries.len(), |entry| entry.hash);
        for entry in &self.entries {
            let left = count(entry);
            if left > 0 {
                kept.adopt(self, entry, left);
            }
        }
        kept
    }

    /// Entries in order of hash: the same for equal contents, whatever the history.
    pub(crate) fn by_hash(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.entries.iter().copied().collect();
        entries.sort_unstable_by_key(|entry| entry.hash);
        entries
    }
}

fn store_text(texts: &mut Vec<StoredText>, letters: &mut String, text: &str, measure: TextMeasure) -> u64 {
    let mut len = text.len().min(TEXT_KEPT);
    while !text.is_char_boundary(len) {
        len -= 1;
    }
    texts.push(StoredText {
        start: letters.len(),
        len,
        measure,
    });
    letters.push_str(text.get(..len).unwrap_or_default());
    texts.len() as u64 - 1
}
