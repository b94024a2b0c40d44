//! What the cells of a column could be, counted. Mergeable: chunks may be read in any order.

use super::{
    calendar::is_date,
    number::{Number, PlainNumber, SHAPES, Shape},
    read_cell::{CellKind, cell_kind, trim},
    time::{DateLayout, DayOrder, Layout, TimeCell},
    unit::CellUnit,
    word::WORDS,
};
use crate::Unit;

/// Longest run of digits told apart by its length.
pub(crate) const MAX_WIDTH: usize = 20;

/// Most different units or layouts that a column of one kind can have.
const MAX_VARIANTS: usize = 48;

/// Counts of what the cells of a column could be.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// Cells.
    pub rows: u64,
    /// Cells with nothing in them.
    pub empty: u64,
    /// Numbers by shape.
    pub shapes: [u64; SHAPES],
    /// Cells that are words with a meaning.
    pub words: [u64; WORDS.len()],
    /// Numbers of digits only, without sign and unit.
    pub digits: DigitCounts,
    /// Numbers by unit.
    pub units: Variants<Unit, u64>,
    /// Dates and times by layout.
    pub layouts: Variants<Layout, LayoutCount>,
    /// Cells that are nothing but text.
    pub text: TextCounts,
}

/// Counts over numbers of digits only.
#[derive(Debug, Clone, Default)]
pub(crate) struct DigitCounts {
    /// How many.
    pub count: u64,
    /// By number of digits; the last holds all longer ones.
    pub widths: [u64; MAX_WIDTH + 1],
    /// Exactly `0`.
    pub zeros: u64,
    /// Exactly `1`.
    pub ones: u64,
    /// `20200131`: dates of 1800 to 2199.
    pub dates: u64,
    /// `202001`.
    pub months: u64,
    /// `20200131235959`.
    pub stamps: u64,
    /// `0930`.
    pub clocks: u64,
    /// Smallest and largest value, of those that fit an `i64`.
    pub range: Option<(i64, i64)>,
}

/// Counts over the cells of one layout.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LayoutCount {
    /// Cells of the layout.
    pub count: u64,
    /// Those that are dates with the day first.
    pub day_first: u64,
    /// Those that are dates with the month first.
    pub month_first: u64,
    /// Values of the first number, as bits.
    pub firsts: u32,
    /// Values of the second number, as bits.
    pub seconds: u32,
    /// Months that are the year after (`2010-11`), as school and fiscal years are written.
    pub year_ranges: u64,
}

/// Counts over text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextCounts {
    /// Cells that are nothing but text.
    pub count: u64,
    /// Those without letter and digit: `+`, `***`.
    pub symbols: u64,
    /// Those of one to three capitals: `US`, `DEU`.
    pub codes: u64,
    /// Lists with commas: `1,2,3`, `B,D`.
    pub lists: u64,
}

/// Counts by variant; only few variants are kept apart.
#[derive(Debug, Clone)]
pub(crate) struct Variants<K, C> {
    /// The variants met, in no order that means anything.
    pub known: Vec<(K, C)>,
    /// Whether there were more than are kept apart.
    pub overflow: bool,
}

impl<K, C> Default for Variants<K, C> {
    fn default() -> Self {
        Self {
            known: Vec::new(),
            overflow: false,
        }
    }
}

impl<K, C: Default> Variants<K, C> {
    /// The counts of a variant; nothing once there are too many variants.
    fn entry(&mut self, is: impl Fn(&K) -> bool, make: impl FnOnce() -> Option<K>) -> Option<&mut C> {
        if let Some(at) = self.known.iter().position(|(key, _)| is(key)) {
            return self.known.get_mut(at).map(|(_, count)| count);
        }
        if self.known.len() >= MAX_VARIANTS {
            self.overflow = true;
            return None;
        }
        self.known.push((make()?, C::default()));
        self.known.last_mut().map(|(_, count)| count)
    }
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            rows: 0,
            empty: 0,
            shapes: [0; SHAPES],
            words: [0; WORDS.len()],
            digits: DigitCounts::default(),
            units: Variants::default(),
            layouts: Variants::default(),
            text: TextCounts::default(),
        }
    }
}

impl Evidence {
    /// Counts a cell.
    #[inline]
    pub fn add(&mut self, cell: &str) {
        match PlainNumber::read(cell) {
            Some(number) => self.add_plain(&number),
            None => self.add_kind(cell, &cell_kind(cell)),
        }
    }

    /// Counts a cell that is a plain number.
    #[inline]
    pub fn add_plain(&mut self, number: &PlainNumber<'_>) {
        self.rows += 1;
        self.shapes[number.shape as usize] += 1;
        if let Some(value) = number.whole() {
            self.digits.add(number.length, Some(value), number.negative);
        }
    }

    /// Counts a cell that is a date or time.
    #[inline]
    pub fn add_iso(&mut self, time: &TimeCell) {
        self.rows += 1;
        self.add_time(time);
    }

    /// Counts a cell that has been read.
    #[inline]
    pub fn add_kind(&mut self, cell: &str, kind: &CellKind<'_>) {
        self.rows += 1;
        match kind {
            CellKind::Empty => self.empty += 1,
            CellKind::Number(number) => self.add_number(number),
            CellKind::Time(time) => self.add_time(time),
            CellKind::Word(word) => self.words[usize::from(*word)] += 1,
            CellKind::Text => self.text.add(trim(cell)),
        }
    }

    #[inline]
    fn add_number(&mut self, number: &Number<'_>) {
        self.shapes[number.shape as usize] += 1;
        if number.unit != CellUnit::None {
            let unit = number.unit;
            if let Some(count) = self.units.entry(|known| unit.is(known), || unit.to_unit()) {
                *count += 1;
            }
        } else if number.plain && matches!(number.shape, Shape::Int | Shape::ZeroInt | Shape::BigInt) {
            let value = number.as_int(super::number::Decimal::Point);
            self.digits.add(number.body.len(), value, number.negative);
        }
    }

    fn add_time(&mut self, time: &TimeCell) {
        let layout = time.layout;
        if let Some(count) = self.layouts.entry(|known| *known == layout, || Some(layout)) {
            count.add(time);
        }
    }

    /// Adds the counts of other cells of the same column.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.empty += other.empty;
        add_all(&mut self.shapes, &other.shapes);
        add_all(&mut self.words, &other.words);
        self.digits.merge(&other.digits);
        for (unit, more) in &other.units.known {
            if let Some(count) = self.units.entry(|known| known == unit, || Some(unit.clone())) {
                *count += more;
            }
        }
        self.units.overflow |= other.units.overflow;
        for (layout, more) in &other.layouts.known {
            if let Some(count) = self.layouts.entry(|known| known == layout, || Some(*layout)) {
                count.merge(more);
            }
        }
        self.layouts.overflow |= other.layouts.overflow;
        self.text.count += other.text.count;
        self.text.symbols += other.text.symbols;
        self.text.codes += other.text.codes;
        self.text.lists += other.text.lists;
    }

    /// Number of numbers, whatever their shape and unit.
    pub fn numbers(&self) -> u64 {
        self.shapes.iter().sum()
    }

    /// Number of numbers of a shape.
    pub fn shape(&self, shape: Shape) -> u64 {
        self.shapes[shape as usize]
    }
}

impl DigitCounts {
    #[inline]
    /// Counts digits by their number and value.
    fn add(&mut self, length: usize, value: Option<i64>, negative: bool) {
        if let Some(value) = value {
            self.range = Some(
                self.range
                    .map_or((value, value), |(low, high)| (low.min(value), high.max(value))),
            );
        }
        if negative {
            return;
        }
        self.count += 1;
        self.widths[length.min(MAX_WIDTH)] += 1;
        match (length, value) {
            (1, Some(value)) => {
                self.zeros += u64::from(value == 0);
                self.ones += u64::from(value == 1);
            }
            (4, Some(value)) => self.clocks += u64::from(is_compact_clock(value)),
            (8, Some(value)) => self.dates += u64::from(is_compact_date(value)),
            (6, Some(value)) => self.months += u64::from(is_compact_month(value)),
            (14, Some(value)) => self.stamps += u64::from(is_compact_stamp(value)),
            _ => {}
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        add_all(&mut self.widths, &other.widths);
        self.zeros += other.zeros;
        self.ones += other.ones;
        self.dates += other.dates;
        self.months += other.months;
        self.stamps += other.stamps;
        self.clocks += other.clocks;
        self.range = match (self.range, other.range) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (range, None) | (None, range) => range,
        };
    }
}

/// `20200131` as a date of 1800 to 2199.
fn is_compact_date(value: i64) -> bool {
    let Ok(value) = i32::try_from(value) else {
        return false;
    };
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    (1800..2200).contains(&year) && is_date(year, month as u8, day as u8)
}

/// `0930` as a time of day.
fn is_compact_clock(value: i64) -> bool {
    value / 100 < 24 && value % 100 < 60
}

/// `202001` as a month of 1900 to 2099.
fn is_compact_month(value: i64) -> bool {
    (1900..2100).contains(&(value / 100)) && (1..=12).contains(&(value % 100))
}

/// `20200131235959` as an instant of 1800 to 2199.
fn is_compact_stamp(value: i64) -> bool {
    let (date, time) = (value / 1_000_000, value % 1_000_000);
    is_compact_date(date) && time / 10_000 < 24 && time / 100 % 100 < 60 && time % 100 < 60
}

impl LayoutCount {
    fn add(&mut self, time: &TimeCell) {
        self.count += 1;
        if time.layout.date.is_numeric() {
            self.day_first += u64::from(time.fits(DayOrder::DayFirst));
            self.month_first += u64::from(time.fits(DayOrder::MonthFirst));
            self.firsts |= 1 << time.first.min(31);
            self.seconds |= 1 << time.second.min(31);
        } else if time.layout.date == DateLayout::YearMonth {
            self.year_ranges += u64::from((time.year + 1) % 100 == i32::from(time.first));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.firsts |= other.firsts;
        self.seconds |= other.seconds;
        self.year_ranges += other.year_ranges;
    }
}

impl TextCounts {
    #[inline]
    fn add(&mut self, cell: &str) {
        self.count += 1;
        if cell.len() > 16 {
            return;
        }
        let has = |mark| cell.bytes().any(|byte| byte == mark);
        self.lists += u64::from(has(b',') && !has(b' '));
        let begins_plain = cell.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        self.symbols += u64::from(!begins_plain && !cell.contains(char::is_alphanumeric));
        self.codes += u64::from(cell.len() <= 3 && cell.bytes().all(|b| b.is_ascii_uppercase()));
    }
}

fn add_all(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}
