//! From Arrow arrays to slices of values with their hashes, the same slices for every kind of array.

use arrow::{
    array::{
        Array, ArrayAccessor, ArrowPrimitiveType, AsArray, BooleanArray, DictionaryArray, PrimitiveArray,
    },
    buffer::NullBuffer,
    datatypes::{
        Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};

use crate::{
    column_state::{ColumnState, NO_VALUE},
    hash::{hash_bits, hash_text, hash_wide},
    value::{Kind, Value, float_bits},
};

/// Values that are taken at a time: with their hashes they stay in the nearest cache.
const SLICE: usize = 2048;

/// A column's part in the hashes of rows: the hash of each cell, times the column's factor, is
/// added to the sum of its row.
pub(crate) struct RowSums<'a> {
    pub(crate) sums: &'a mut [u64],
    pub(crate) factor: u64,
}

impl RowSums<'_> {
    fn add_everywhere(&mut self, hash: u64) {
        let part = hash.wrapping_mul(self.factor);
        self.sums.iter_mut().for_each(|sum| *sum = sum.wrapping_add(part));
    }
}

/// Takes a piece of a column in, and adds its cells to the sums of their rows.
pub(crate) fn update(state: &mut ColumnState, array: &dyn Array, rows: &mut RowSums<'_>) {
    state.nulls += array.logical_null_count() as u64;
    let whole = |value: i64| value as u64;
    match state.kind {
        Kind::Empty => rows.add_everywhere(hash_bits(NO_VALUE)),
        Kind::Boolean => {
            if let Some(array) = array.as_boolean_opt() {
                take_booleans(state, array, rows);
            }
        }
        Kind::Int => take_bits::<Int64Type>(state, array, rows, whole),
        Kind::Date => take_bits::<Date32Type>(state, array, rows, |days| i64::from(days) as u64),
        Kind::Time => take_bits::<Time64MicrosecondType>(state, array, rows, whole),
        Kind::Timestamp(_) => take_bits::<TimestampMicrosecondType>(state, array, rows, whole),
        Kind::Float => take_bits::<Float64Type>(state, array, rows, float_bits),
        Kind::Decimal(_) => {
            if let Some(array) = array.as_primitive_opt::<Decimal128Type>() {
                take_decimals(state, array, rows);
            }
        }
        Kind::Text => {
            if let Some(texts) = array.as_string_opt::<i32>() {
                take_texts(state, texts, rows);
            } else if let Some(texts) = array.as_string_view_opt() {
                take_texts(state, texts, rows);
            } else if let Some(texts) = array.as_dictionary_opt::<Int32Type>() {
                take_dictionary(state, texts, rows);
            }
        }
    }
}

fn take_bits<T: ArrowPrimitiveType>(
    state: &mut ColumnState,
    array: &dyn Array,
    rows: &mut RowSums<'_>,
    bits: impl Fn(T::Native) -> u64 + Copy,
) {
    let Some(array) = array.as_primitive_opt::<T>() else {
        return;
    };
    let mut slice = Slice::new(rows.factor);
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
    let mut start = 0;
    for (values, sums) in array.values().chunks(SLICE).zip(rows.sums.chunks_mut(SLICE)) {
        match nulls {
            None => slice.fill(values.iter().map(|value| bits(*value)), sums),
            Some(nulls) => {
                let present = nulls.slice(start, values.len());
                slice.fill_present(values.iter().map(|value| bits(*value)), &present, sums);
            }
        }
        state.take_bits(&slice.hashes, &slice.bits);
        start += values.len();
    }
}

/// Values of 64 bits with their hashes.
struct Slice {
    hashes: Vec<u64>,
    bits: Vec<u64>,
    factor: u64,
}

impl Slice {
    fn new(factor: u64) -> Self {
        Self {
            hashes: Vec::with_capacity(SLICE),
            bits: Vec::with_capacity(SLICE),
            factor,
        }
    }

    fn fill(&mut self, bits: impl ExactSizeIterator<Item = u64>, sums: &mut [u64]) {
        self.bits.clear();
        self.bits.extend(bits);
        self.hashes.clear();
        self.hashes.extend(self.bits.iter().map(|bits| hash_bits(*bits)));
        for (sum, hash) in sums.iter_mut().zip(&self.hashes) {
            *sum = sum.wrapping_add(hash.wrapping_mul(self.factor));
        }
    }

    /// The same for values of which some are missing. Each value is written where the next
    /// present one belongs, so that a missing one is written over: no branch to guess.
    fn fill_present(
        &mut self,
        bits: impl ExactSizeIterator<Item = u64>,
        present: &NullBuffer,
        sums: &mut [u64],
    ) {
        let missing = hash_bits(NO_VALUE).wrapping_mul(self.factor);
        self.bits.resize(bits.len(), 0);
        self.hashes.resize(bits.len(), 0);
        let mut at = 0;
        for ((bits, present), sum) in bits.zip(present.iter()).zip(sums) {
            let hash = hash_bits(bits);
            if let (Some(bits_slot), Some(hash_slot)) = (self.bits.get_mut(at), self.hashes.get_mut(at)) {
                (*bits_slot, *hash_slot) = (bits, hash);
            }
            let part = hash.wrapping_mul(self.factor);
            *sum = sum.wrapping_add(if present { part } else { missing });
            at += usize::from(present);
        }
        self.bits.truncate(at);
        self.hashes.truncate(at);
    }
}

fn take_booleans(state: &mut ColumnState, array: &BooleanArray, rows: &mut RowSums<'_>) {
    let mut slice = Slice::new(rows.factor);
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
    let mut values = array.values().iter().map(u64::from);
    let mut start = 0;
    for sums in rows.sums.chunks_mut(SLICE) {
        let len = sums.len().min(array.len() - start.min(array.len()));
        let values: Vec<u64> = values.by_ref().take(len).collect();
        match nulls {
            None => slice.fill(values.into_iter(), sums),
            Some(nulls) => slice.fill_present(values.into_iter(), &nulls.slice(start, len), sums),
        }
        state.take_bits(&slice.hashes, &slice.bits);
        start += len;
    }
}

fn take_decimals(state: &mut ColumnState, array: &PrimitiveArray<Decimal128Type>, rows: &mut RowSums<'_>) {
    let (mut hashes, mut values) = (Vec::with_capacity(SLICE), Vec::with_capacity(SLICE));
    let mut cells = array.iter();
    for sums in rows.sums.chunks_mut(SLICE) {
        hashes.clear();
        values.clear();
        for (sum, cell) in sums.iter_mut().zip(cells.by_ref()) {
            let hash = match cell {
                Some(value) => {
                    let hash = hash_wide(value);
                    hashes.push(hash);
                    values.push(value);
                    hash
                }
                None => hash_bits(NO_VALUE),
            };
            *sum = sum.wrapping_add(hash.wrapping_mul(rows.factor));
        }
        state.take_wide(&hashes, &values);
    }
}

fn take_texts<'a>(
    state: &mut ColumnState,
    array: impl ArrayAccessor<Item = &'a str>,
    rows: &mut RowSums<'_>,
) {
    let (mut hashes, mut texts) = (Vec::with_capacity(SLICE), Vec::with_capacity(SLICE));
    let missing = hash_bits(NO_VALUE).wrapping_mul(rows.factor);
    let nulls = array.logical_nulls();
    let mut start = 0;
    for sums in rows.sums.chunks_mut(SLICE) {
        hashes.clear();
        texts.clear();
        for (at, sum) in (start..array.len()).zip(sums.iter_mut()) {
            if nulls.as_ref().is_some_and(|nulls| nulls.is_null(at)) {
                *sum = sum.wrapping_add(missing);
                continue;
            }
            let text = array.value(at);
            let hash = hash_text(text);
            *sum = sum.wrapping_add(hash.wrapping_mul(rows.factor));
            hashes.push(hash);
            texts.push(text);
        }
        state.take_texts(&hashes, &texts);
        start += sums.len();
    }
}

/// Takes texts that are told by their places in a dictionary: each different text is hashed once.
fn take_dictionary(state: &mut ColumnState, array: &DictionaryArray<Int32Type>, rows: &mut RowSums<'_>) {
    let Some(texts) = array.downcast_dict::<arrow::array::StringArray>() else {
        return;
    };
    let words = texts.values();
    // A long dictionary of which few words are used costs less word by word.
    if words.len() > array.len() {
        take_texts(state, texts, rows);
        return;
    }
    let hashes: Vec<u64> = (0..words.len()).map(|at| hash_text(words.value(at))).collect();
    let missing = hash_bits(NO_VALUE);
    let place = |cell: Option<usize>| cell.filter(|at| words.is_valid(*at));
    let mut counts = vec![0_u64; words.len()];
    for (cell, sum) in array.keys_iter().zip(rows.sums.iter_mut()) {
        let cell = place(cell);
        if let Some(count) = cell.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
        let hash = cell.and_then(|at| hashes.get(at)).copied().unwrap_or(missing);
        *sum = sum.wrapping_add(hash.wrapping_mul(rows.factor));
    }
    let used = hashes
        .iter()
        .zip(&counts)
        .enumerate()
        .filter(|(_, (_, count))| **count > 0)
        .map(|(at, (hash, count))| (*hash, words.value(at), *count));
    if state.take_counted_texts(words.len(), used) {
        return;
    }
    let present = array.keys_iter().filter_map(place);
    let (hashes, texts): (Vec<u64>, Vec<&str>) = present
        .filter_map(|at| Some((*hashes.get(at)?, words.value(at))))
        .unzip();
    for (hashes, texts) in hashes.chunks(SLICE).zip(texts.chunks(SLICE)) {
        state.take_texts(hashes, texts);
    }
}

/// Appends the codes of the cells of some rows: equal codes for equal values. Codes of numbers and
/// points in time are their bits, codes of texts their hashes.
pub(crate) fn codes(array: &dyn Array, rows: impl Iterator<Item = usize>, codes: &mut Vec<u64>) {
    let whole = |value: i64| value as u64;
    match Kind::of(array.data_type()) {
        Some(Kind::Boolean) => codes.extend(rows.map(|row| {
            let cell = array.as_boolean_opt().filter(|array| has(*array, row));
            cell.map_or(NO_VALUE, |array| u64::from(array.value(row)))
        })),
        Some(Kind::Int) => codes_of::<Int64Type>(array, rows, codes, whole),
        Some(Kind::Date) => codes_of::<Date32Type>(array, rows, codes, |days| i64::from(days) as u64),
        Some(Kind::Time) => codes_of::<Time64MicrosecondType>(array, rows, codes, whole),
        Some(Kind::Timestamp(_)) => codes_of::<TimestampMicrosecondType>(array, rows, codes, whole),
        Some(Kind::Float) => codes_of::<Float64Type>(array, rows, codes, float_bits),
        Some(kind @ Kind::Decimal(_)) => codes_of::<Decimal128Type>(array, rows, codes, |value| {
            float_bits(kind.number(Value::Wide(value)).unwrap_or(f64::NAN))
        }),
        Some(Kind::Text) => codes.extend(rows.map(|row| {
            let text = has(array, row).then(|| text(array, row)).flatten();
            text.map_or(NO_VALUE, hash_text)
        })),
        Some(Kind::Empty) | None => codes.extend(rows.map(|_| NO_VALUE)),
    }
}

fn codes_of<T: ArrowPrimitiveType>(
    array: &dyn Array,
    rows: impl Iterator<Item = usize>,
    codes: &mut Vec<u64>,
    code: impl Fn(T::Native) -> u64,
) {
    let Some(array) = array.as_primitive_opt::<T>() else {
        codes.extend(rows.map(|_| NO_VALUE));
        return;
    };
    let of = |row: usize| array.values().get(row).map_or(NO_VALUE, |value| code(*value));
    match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => codes.extend(rows.map(of)),
        Some(_) => codes.extend(rows.map(|row| if has(array, row) { of(row) } else { NO_VALUE })),
    }
}

/// Whether there is such a row, and a value in it.
fn has(array: &dyn Array, row: usize) -> bool {
    row < array.len() && array.is_valid(row)
}

fn text(array: &dyn Array, row: usize) -> Option<&str> {
    if let Some(texts) = array.as_string_opt::<i32>() {
        return Some(texts.value(row));
    }
    if let Some(texts) = array.as_string_view_opt() {
        return Some(texts.value(row));
    }
    let texts = array.as_dictionary_opt::<Int32Type>()?;
    let words = texts.values().as_string_opt::<i32>()?;
    let at = texts.key(row).filter(|at| words.is_valid(*at))?;
    Some(words.value(at))
}

/// Calls the function with the hash of each value of a piece of a column; nulls are left out, and
/// columns that are no candidates for keys have none.
pub(crate) fn for_each_hash(array: &dyn Array, mut take: impl FnMut(u64)) {
    match Kind::of(array.data_type()) {
        Some(Kind::Int) => primitive::<Int64Type>(array).for_each(|value| take(hash_bits(value as u64))),
        Some(Kind::Time) => {
            primitive::<Time64MicrosecondType>(array).for_each(|value| take(hash_bits(value as u64)));
        }
        Some(Kind::Timestamp(_)) => {
            primitive::<TimestampMicrosecondType>(array).for_each(|value| take(hash_bits(value as u64)));
        }
        Some(Kind::Decimal(_)) => {
            primitive::<Decimal128Type>(array).for_each(|value| take(hash_wide(value)));
        }
        Some(Kind::Text) => {
            (0..array.len())
                .filter(|row| array.is_valid(*row))
                .filter_map(|row| text(array, row))
                .for_each(|text| take(hash_text(text)));
        }
        // Days and truth values have too few values to get here, and floats are no keys.
        _ => {}
    }
}

fn primitive<T: ArrowPrimitiveType>(array: &dyn Array) -> impl Iterator<Item = T::Native> {
    array.as_primitive_opt::<T>().into_iter().flatten().flatten()
}
