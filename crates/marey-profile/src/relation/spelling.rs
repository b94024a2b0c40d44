//! [`Spellings`]: texts without regard to letter case, spaces and punctuation.

use hashbrown::HashMap;

use crate::{
    column_state::{ColumnState, NO_VALUE},
    hash::hash_text,
    value::{Kind, Value},
};

/// Most different texts of all columns together that are looked at.
const MOST_TEXTS: usize = 1_000_000;

/// For each column of texts that were all counted, what each text's hash becomes.
pub(crate) struct Spellings {
    columns: Vec<Option<HashMap<u64, u64>>>,
}

impl Spellings {
    pub(crate) fn of(states: &[ColumnState]) -> Self {
        let is_text = |state: &ColumnState| state.kind == Kind::Text && state.beyond.is_none();
        // Spelling only matters where there is another text to compare with.
        let some = states.iter().filter(|state| is_text(state)).count() > 1;
        let mut room = MOST_TEXTS;
        let mut take = |state: &ColumnState| {
            let fits = some && is_text(state) && state.counted.len() <= room;
            room -= if fits { state.counted.len() } else { 0 };
            fits
        };
        Self {
            columns: states
                .iter()
                .map(|state| take(state).then(|| spelt(state)))
                .collect(),
        }
    }

    /// The cells of a column by spelling.
    pub(super) fn cells(&self, column: usize, cells: &[u64]) -> Option<Vec<u64>> {
        let spelt = self.columns.get(column)?.as_ref()?;
        cells
            .iter()
            .map(|cell| match *cell {
                NO_VALUE => Some(NO_VALUE),
                cell => spelt.get(&cell).copied(),
            })
            .collect()
    }
}

fn spelt(state: &ColumnState) -> HashMap<u64, u64> {
    let mut buffer = String::new();
    let counted = &state.counted;
    counted
        .iter()
        .map(|entry| {
            buffer.clear();
            if let Value::Text(text) = counted.value(entry) {
                let letters = text.chars().filter(|letter| letter.is_alphanumeric());
                buffer.extend(letters.flat_map(char::to_lowercase));
                // Signs alone have no spelling but their own.
                if buffer.is_empty() {
                    buffer.push_str(text);
                }
            }
            (entry.hash, hash_text(&buffer))
        })
        .collect()
}
