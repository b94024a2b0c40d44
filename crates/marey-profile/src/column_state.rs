//! [`ColumnState`]: all that is remembered of a column while its values pass.

use arrow::{
    array::{Array, ArrayRef, AsArray},
    datatypes::{
        ArrowPrimitiveType, Date32Type, Decimal128Type, Float64Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};

use crate::{
    Monotonicity,
    beyond::Beyond,
    hash::{hash_bits, hash_text, hash_wide},
    order::Order,
    value::{Kind, Value, float_bits},
    value_table::ValueTable,
};

/// Bytes of text that exact counting may hold per column.
const TEXT_BYTES: usize = 4 << 20;
/// Entries that are kept of the most frequent values once counting is no longer exact.
const FREQUENT: usize = 2048;

/// Stands for "no value" among the cells of a row.
pub(crate) const NO_VALUE: u64 = 0x7ff8_6d61_7265_7900;

/// The state of a column.
///
/// As long as a column has at most `bound` different values, each is counted, and everything that
/// the profile says follows exactly from these counts. Beyond that the counts become lower bounds
/// of frequent values (Misra and Gries 1982; merged after Agarwal et al., *Mergeable summaries*,
/// 2013) and [`Beyond`] takes every value in.
#[derive(Debug, Clone)]
pub(crate) struct ColumnState {
    pub(crate) kind: Kind,
    bound: usize,
    pub(crate) nulls: u64,
    pub(crate) values: u64,
    pub(crate) counted: ValueTable,
    /// Most by which a count in `counted` may be too low; 0 while counting is exact.
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

    /// Takes in a piece of the column and returns one code per row: equal codes for equal values.
    /// Codes of numbers and points in time are their bits, others are hashes.
    pub(crate) fn update(&mut self, array: &ArrayRef) -> Vec<u64> {
        self.nulls += array.logical_null_count() as u64;
        self.values += (array.len() - array.logical_null_count()) as u64;
        match self.kind {
            Kind::Empty => vec![NO_VALUE; array.len()],
            Kind::Boolean => {
                let cells = array.as_boolean_opt().into_iter().flat_map(|array| array.iter());
                self.take_bits(cells.map(|cell| cell.map(i64::from)))
            }
            Kind::Int => self.take_bits(array.as_primitive_opt::<Int64Type>().into_iter().flatten()),
            Kind::Date => {
                let cells = array.as_primitive_opt::<Date32Type>().into_iter().flatten();
                self.take_bits(cells.map(|cell| cell.map(i64::from)))
            }
            Kind::Time => self.take_bits(
                array
                    .as_primitive_opt::<Time64MicrosecondType>()
                    .into_iter()
                    .flatten(),
            ),
            Kind::Timestamp(_) => self.take_bits(
                array
                    .as_primitive_opt::<TimestampMicrosecondType>()
                    .into_iter()
                    .flatten(),
            ),
            Kind::Float => self.take_floats(array.as_primitive_opt::<Float64Type>().into_iter().flatten()),
            Kind::Decimal(_) => {
                self.take_decimals(array.as_primitive_opt::<Decimal128Type>().into_iter().flatten())
            }
            Kind::Text => self.take_texts(array.as_string_opt::<i32>().into_iter().flatten()),
        }
    }

    fn take_bits(&mut self, cells: impl Iterator<Item = Option<i64>>) -> Vec<u64> {
        cells
            .map(|cell| {
                let Some(value) = cell else { return NO_VALUE };
                self.integer_order.push(&i128::from(value));
                self.add(hash_bits(value as u64), Value::Bits(value as u64));
                value as u64
            })
            .collect()
    }

    fn take_floats(&mut self, cells: impl Iterator<Item = Option<f64>>) -> Vec<u64> {
        cells
            .map(|cell| {
                let Some(value) = cell else { return NO_VALUE };
                self.float_order.push(&value);
                let bits = float_bits(value);
                self.add(hash_bits(bits), Value::Bits(bits));
                bits
            })
            .collect()
    }

    fn take_decimals(&mut self, cells: impl Iterator<Item = Option<i128>>) -> Vec<u64> {
        let kind = self.kind;
        cells
            .map(|cell| {
                let Some(value) = cell else { return NO_VALUE };
                let number = kind.number(Value::Wide(value)).unwrap_or(f64::NAN);
                self.integer_order.push(&value);
                self.add(hash_wide(value), Value::Wide(value));
                float_bits(number)
            })
            .collect()
    }

    fn take_texts<'a>(&mut self, cells: impl Iterator<Item = Option<&'a str>>) -> Vec<u64> {
        cells
            .map(|cell| {
                let Some(text) = cell else { return NO_VALUE };
                self.text_order.push(text);
                let hash = hash_text(text);
                self.add(hash, Value::Text(text));
                hash
            })
            .collect()
    }

    #[inline]
    fn add(&mut self, hash: u64, value: Value<'_>) {
        self.counted.add(hash, value, 1);
        if let Some(beyond) = &mut self.beyond {
            beyond.add(hash, value);
        }
        self.bound_counted();
    }

    /// Keeps the counts within their bound.
    #[inline]
    fn bound_counted(&mut self) {
        if self.beyond.is_some() {
            if self.counted.len() > 2 * FREQUENT {
                self.purge();
            }
        } else if self.counted.len() > self.bound || self.counted.text_bytes() > TEXT_BYTES {
            self.go_beyond();
            self.purge();
        }
    }

    /// Leaves exact counting.
    fn go_beyond(&mut self) {
        if self.beyond.is_none() {
            let mut beyond = Box::new(Beyond::new(self.kind));
            beyond.absorb(&self.counted);
            self.beyond = Some(beyond);
        }
    }

    /// Takes from every count what the count at place [`FREQUENT`] is, so that at most that many stay.
    fn purge(&mut self) {
        let mut counts: Vec<u64> = self.counted.iter().map(|entry| entry.count).collect();
        if counts.len() <= FREQUENT {
            return;
        }
        let (_, taken, _) = counts.select_nth_unstable_by(FREQUENT, |a, b| b.cmp(a));
        let taken = *taken;
        self.shortfall += taken;
        self.counted.reduce(taken);
    }

    /// Whether each value is larger than the one before, or each smaller.
    fn strictly_ordered(&self) -> bool {
        let orders = [self.integer_order.monotonicity(), self.text_order.monotonicity()];
        orders.iter().any(|order| {
            matches!(
                order,
                Monotonicity::StrictlyIncreasing | Monotonicity::StrictlyDecreasing
            )
        })
    }

    /// Whether the column may turn out to hold no value twice, though that was not counted.
    pub(crate) fn may_be_unique(&self) -> bool {
        // Five standard errors: a key is missed once in millions.
        let enough = 0.97 * self.values as f64;
        self.nulls == 0
            && matches!(
                self.kind,
                Kind::Int | Kind::Time | Kind::Timestamp(_) | Kind::Decimal(_) | Kind::Text
            )
            && !self.strictly_ordered()
            && self.counted.iter().all(|entry| entry.count < 2)
            && self
                .beyond
                .as_ref()
                .is_some_and(|beyond| beyond.distinct.estimate() as f64 >= enough)
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
        }
        self.shortfall += other.shortfall;
        for entry in other.counted.by_hash() {
            self.counted.adopt(&other.counted, &entry, entry.count);
        }
        self.bound_counted();
    }
}

/// Calls the function with the hash of each value of a piece of a column; nulls are left out, and
/// columns that are no candidates for keys have none.
pub(crate) fn for_each_hash(array: &dyn Array, mut take: impl FnMut(u64)) {
    let mut bits = |value: i64| take(hash_bits(value as u64));
    match Kind::of(array.data_type()) {
        Some(Kind::Int) => primitive::<Int64Type>(array).for_each(bits),
        Some(Kind::Time) => primitive::<Time64MicrosecondType>(array).for_each(bits),
        Some(Kind::Timestamp(_)) => primitive::<TimestampMicrosecondType>(array).for_each(&mut bits),
        Some(Kind::Decimal(_)) => {
            primitive::<Decimal128Type>(array).for_each(|value| take(hash_wide(value)));
        }
        Some(Kind::Text) => {
            let texts = array.as_string_opt::<i32>().into_iter().flatten().flatten();
            texts.for_each(|text| take(hash_text(text)));
        }
        // Days and truth values have too few values to get here, and floats are no keys.
        _ => {}
    }
}

fn primitive<T: ArrowPrimitiveType>(array: &dyn Array) -> impl Iterator<Item = T::Native> {
    array.as_primitive_opt::<T>().into_iter().flatten().flatten()
}
