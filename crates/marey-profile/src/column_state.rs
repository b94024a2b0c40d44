//! [`ColumnState`]: all that is remembered of a column while its values pass.

use crate::{
    Monotonicity,
    beyond::Beyond,
    hash::hash_bits,
    order::Order,
    value::{Kind, Value},
    value_table::ValueTable,
};

/// Bytes of text that exact counting may hold per column.
const TEXT_BYTES: usize = 4 << 20;
/// Whole numbers within so short a span are counted by place before they are looked up.
const SPAN: usize = 1024;

/// Stands for "no value" among the cells of a row.
pub(crate) const NO_VALUE: u64 = 0x7ff8_6d61_7265_7900;

/// The state of a column.
///
/// As long as a column has at most `bound` different values, each is counted, and everything that
/// the profile says follows exactly from these counts. Beyond that [`Beyond`] takes every value in.
#[derive(Debug, Clone)]
pub(crate) struct ColumnState {
    pub(crate) kind: Kind,
    pub(crate) bound: usize,
    pub(crate) nulls: u64,
    pub(crate) values: u64,
    /// Every value with its count; beyond exact counting nothing until [`Self::settle`], then the
    /// frequent values.
    pub(crate) counted: ValueTable,
    /// Most by which a count in `counted` may be too low; 0 where counting is exact.
    pub(crate) shortfall: u64,
    pub(crate) beyond: Option<Box<Beyond>>,
    pub(crate) float_order: Order<f64>,
    pub(crate) integer_order: Order<i128>,
    pub(crate) text_order: Order<String>,
}

impl ColumnState {
    pub(crate) fn new(kind: Kind, bound: usize) -> Self {
        Self {
            kind,
            bound,
            nulls: 0,
            values: 0,
            counted: ValueTable::new(kind),
            shortfall: 0,
            beyond: None,
            float_order: Order::default(),
            integer_order: Order::default(),
            text_order: Order::default(),
        }
    }

    /// The state of a column of which rows that follow these are appended later: where counting has
    /// ended here, it does not begin anew.
    pub(crate) fn following(&self) -> Self {
        let beyond = self.beyond.as_ref().map(|beyond| Box::new(beyond.following()));
        Self {
            beyond,
            ..Self::new(self.kind, self.bound)
        }
    }

    /// Takes values of 64 bits with their hashes.
    pub(crate) fn take_bits(&mut self, hashes: &[u64], bits: &[u64]) {
        self.values += hashes.len() as u64;
        if self.kind == Kind::Float {
            self.float_order.extend(bits, |bits| f64::from_bits(*bits));
        } else {
            self.integer_order.extend(bits, |bits| *bits as i64);
        }
        if self.beyond.is_none() && self.count_span(bits) {
            return;
        }
        let mut values = hashes.iter().zip(bits).enumerate();
        let taken = self.count(|counted| {
            let (at, (hash, bits)) = values.next()?;
            Some((at, counted.add(*hash, Value::Bits(*bits), 1)))
        });
        if let (Some(beyond), Some(hashes), Some(bits)) =
            (&mut self.beyond, hashes.get(taken..), bits.get(taken..))
        {
            beyond.extend_bits(hashes, bits);
        }
    }

    /// Counts whole numbers that lie close together, and says whether they do.
    fn count_span(&mut self, bits: &[u64]) -> bool {
        if self.kind == Kind::Float || self.counted.len() + SPAN > self.bound {
            return false;
        }
        let (low, high) = bits.iter().fold((i64::MAX, i64::MIN), |(low, high), bits| {
            (low.min(*bits as i64), high.max(*bits as i64))
        });
        if bits.is_empty() || high.abs_diff(low) >= SPAN as u64 {
            return bits.is_empty();
        }
        // Two counters in turn: one would wait for itself where values repeat.
        let mut counts = [[0_u32; 2]; SPAN];
        for (at, bits) in bits.iter().enumerate() {
            counts[bits.wrapping_sub(low as u64) as usize % SPAN][at % 2] += 1;
        }
        for (at, counts) in counts.iter().enumerate() {
            let count = u64::from(counts[0]) + u64::from(counts[1]);
            if count > 0 {
                let bits = (low as u64).wrapping_add(at as u64);
                self.counted.add(hash_bits(bits), Value::Bits(bits), count);
            }
        }
        true
    }

    /// Takes decimals with their hashes.
    pub(crate) fn take_wide(&mut self, hashes: &[u64], values: &[i128]) {
        self.values += hashes.len() as u64;
        self.integer_order.extend(values, |value| *value);
        let mut both = hashes.iter().zip(values).enumerate();
        let taken = self.count(|counted| {
            let (at, (hash, value)) = both.next()?;
            Some((at, counted.add(*hash, Value::Wide(*value), 1)))
        });
        if let Some(beyond) = &mut self.beyond {
            for (hash, value) in hashes.iter().zip(values).skip(taken) {
                beyond.add_wide(*hash, *value);
            }
        }
    }

    /// Takes texts with their hashes.
    pub(crate) fn take_texts(&mut self, hashes: &[u64], texts: &[&str]) {
        self.values += hashes.len() as u64;
        self.text_order.extend(texts, |text| *text);
        let mut both = hashes.iter().zip(texts).enumerate();
        let taken = self.count(|counted| {
            let (at, (hash, text)) = both.next()?;
            Some((at, counted.add(*hash, Value::Text(text), 1)))
        });
        if let (Some(beyond), Some(hashes), Some(texts)) =
            (&mut self.beyond, hashes.get(taken..), texts.get(taken..))
        {
            beyond.extend_texts(hashes, texts);
        }
    }

    /// Takes texts of a dictionary, each so many times, out of order; whether there was room to
    /// count them all.
    pub(crate) fn take_counted_texts<'a>(
        &mut self,
        different: usize,
        texts: impl Iterator<Item = (u64, &'a str, u64)> + Clone,
    ) -> bool {
        let bytes: usize = texts.clone().map(|(_, text, _)| text.len()).sum();
        if self.beyond.is_some()
            || !self.text_order.settled()
            || self.counted.len() + different > self.bound
            || self.counted.text_bytes() + bytes > TEXT_BYTES
        {
            return false;
        }
        for (hash, text, count) in texts {
            self.counted.add(hash, Value::Text(text), count);
            self.values += count;
        }
        true
    }

    /// Counts exactly until there is nothing more or too much, and returns how many were counted.
    /// `next` counts a value and returns its place and whether it is new.
    fn count(&mut self, mut next: impl FnMut(&mut ValueTable) -> Option<(usize, bool)>) -> usize {
        if self.beyond.is_some() {
            return 0;
        }
        while let Some((at, new)) = next(&mut self.counted) {
            if new && self.is_full() {
                self.go_beyond();
                return at + 1;
            }
        }
        usize::MAX
    }

    pub(crate) fn is_full(&self) -> bool {
        self.counted.len() > self.bound || self.counted.text_bytes() > TEXT_BYTES
    }

    /// Leaves exact counting.
    fn go_beyond(&mut self) {
        if self.beyond.is_none() {
            let mut beyond = Box::new(Beyond::new(self.kind));
            beyond.absorb(&self.counted);
            self.beyond = Some(beyond);
            self.counted = ValueTable::new(self.kind);
        }
    }

    /// Brings what is gathered into its final form: no value is taken after that.
    pub(crate) fn settle(&mut self) {
        if let Some(beyond) = &mut self.beyond {
            beyond.numbers.flush();
            self.counted = beyond.frequent.table();
            self.shortfall = beyond.frequent.shortfall();
        }
    }

    /// Whether values rise or fall from row to row.
    pub(crate) fn monotonicity(&self) -> Monotonicity {
        match self.kind {
            Kind::Float => self.float_order.monotonicity(),
            Kind::Text => self.text_order.monotonicity(),
            _ => self.integer_order.monotonicity(),
        }
    }

    /// Whether the column may turn out to hold no value twice, though that was not counted.
    pub(crate) fn may_be_unique(&self) -> bool {
        // Ten standard errors: no key is ever missed.
        let enough = 0.97 * self.values as f64;
        let kinds = matches!(
            self.kind,
            Kind::Int | Kind::Time | Kind::Timestamp(_) | Kind::Decimal(_) | Kind::Text
        );
        let strictly = matches!(
            self.monotonicity(),
            Monotonicity::StrictlyIncreasing | Monotonicity::StrictlyDecreasing
        );
        kinds
            && self.nulls == 0
            && !strictly
            && self.beyond.as_ref().is_some_and(|beyond| {
                !beyond.frequent.has_repeated()
                    && !beyond.sample.has_repeated()
                    && beyond.distinct.estimate() as f64 >= enough
            })
    }

    /// Appends the state of the rows that follow.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.nulls += other.nulls;
        self.values += other.values;
        self.float_order.merge(&other.float_order);
        self.integer_order.merge(&other.integer_order);
        self.text_order.merge(&other.text_order);
        if let Some(theirs) = &other.beyond {
            self.go_beyond();
            if let Some(own) = &mut self.beyond {
                own.merge(theirs);
            }
        } else if let Some(own) = &mut self.beyond {
            own.absorb(&other.counted);
        } else {
            for entry in other.counted.by_hash() {
                self.counted.adopt(&other.counted, &entry, entry.count);
            }
            if self.is_full() {
                self.go_beyond();
            }
        }
    }
}
