//! From counts to types: one decision per column, over all its cells.
//!
//! A column takes the type that most of its cells fit, if at least [`MAJORITY`] of the cells with a
//! value do. What does not fit becomes null and is reported. Below that share the column stays text
//! and loses nothing.

use marey_core::FieldName;

use super::{
    boolean,
    evidence::{Evidence, LayoutCount},
    hint,
    number::{Decimal, Shape},
    plan::{NumberPlan, Orders, Plan, PlanKind, TimePlan},
    time::{DateLayout, DayOrder, Layout, ZoneLayout},
    word::{Meaning, WORDS},
};
use crate::{NumberFormat, Unit};

/// Share of the cells with a value that must fit a type, in percent.
pub(crate) const MAJORITY: u64 = 85;

/// Share of truth values that a boolean column must have, in percent. It is higher than
/// [`MAJORITY`], because what does not fit is likely a third category (`don't know`).
const BOOLEAN_MAJORITY: u64 = 93;

/// Plans for all columns of a table; columns without evidence of their own follow their neighbours.
pub(crate) fn decide(names: &[&FieldName], columns: &[Evidence]) -> Vec<Plan> {
    let habits = Habits::of(columns);
    names
        .iter()
        .zip(columns)
        .map(|(name, evidence)| decide_column(name.as_str(), evidence, &habits))
        .collect()
}

/// How the columns that leave no doubt are written.
#[derive(Debug, Default)]
struct Habits {
    decimal: Option<Decimal>,
    order: Option<DayOrder>,
}

impl Habits {
    fn of(columns: &[Evidence]) -> Self {
        let (mut point, mut comma, mut day, mut month) = (0u32, 0u32, 0u32, 0u32);
        for evidence in columns {
            match sure_decimal(evidence) {
                Some(Decimal::Point) => point += 1,
                Some(Decimal::Comma) => comma += 1,
                None => {}
            }
            match sure_order(evidence, None) {
                Some(DayOrder::DayFirst) => day += 1,
                Some(DayOrder::MonthFirst) => month += 1,
                None => {}
            }
        }
        Self {
            decimal: more(comma, point, Decimal::Comma, Decimal::Point),
            order: more(day, month, DayOrder::DayFirst, DayOrder::MonthFirst),
        }
    }
}

fn more<T, N: Ord>(a: N, b: N, of_a: T, of_b: T) -> Option<T> {
    match a.cmp(&b) {
        std::cmp::Ordering::Greater => Some(of_a),
        std::cmp::Ordering::Less => Some(of_b),
        std::cmp::Ordering::Equal => None,
    }
}

/// A type that a column may take.
struct Candidate {
    fits: u64,
    kind: PlanKind,
}

fn decide_column(name: &str, evidence: &Evidence, habits: &Habits) -> Plan {
    let nonempty = evidence.rows - evidence.empty;
    let missing = words_meaning(evidence, is_missing);
    let values = nonempty.saturating_sub(missing);
    if values == 0 {
        return without_values(evidence);
    }
    let enough = |fits: u64| is_share(fits, values, MAJORITY);
    // The order breaks ties: it is the order of how sure a fit is.
    let candidates = [
        boolean_candidate(evidence, values),
        time_candidate(evidence, habits),
        number_candidate(name, evidence, habits),
    ];
    let best = candidates
        .into_iter()
        .filter(|c| c.fits > 0 && enough(c.fits))
        .reduce(|best, next| if next.fits > best.fits { next } else { best });
    match best {
        Some(Candidate {
            kind: PlanKind::Text { code },
            ..
        }) => text_plan(evidence, code),
        Some(Candidate { kind, .. }) => Plan {
            kind,
            missing: mask(is_missing),
        },
        None => text_plan(evidence, false),
    }
}

fn is_missing(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Missing | Meaning::PerhapsMissing | Meaning::MissingUnlessText
    )
}

fn words_meaning(evidence: &Evidence, is: impl Fn(Meaning) -> bool) -> u64 {
    WORDS
        .iter()
        .zip(evidence.words)
        .filter(|((_, meaning), _)| is(*meaning))
        .map(|(_, count)| count)
        .sum()
}

/// The words of some meanings as bits.
fn mask(is: impl Fn(Meaning) -> bool) -> u64 {
    WORDS
        .iter()
        .enumerate()
        .filter(|(_, (_, meaning))| is(*meaning))
        .fold(0, |mask, (at, _)| mask | 1 << at)
}

fn without_values(evidence: &Evidence) -> Plan {
    // "none" and the like are categories where nothing else stands.
    if words_meaning(evidence, |meaning| meaning == Meaning::MissingUnlessText) > 0 {
        return text_plan(evidence, false);
    }
    Plan {
        kind: PlanKind::Empty,
        missing: mask(is_missing),
    }
}

/// Text, with the words that are no values in it.
fn text_plan(evidence: &Evidence, code: bool) -> Plan {
    let text = &evidence.text;
    let mostly = |part: u64| text.count > 0 && part * 2 > text.count;
    // "NA" is Namibia among country codes, and "-" is a grade among "+" and "++".
    let keeps = |word: &str| {
        if word == "na" {
            mostly(text.codes)
        } else {
            mostly(text.symbols)
        }
    };
    let missing = WORDS
        .iter()
        .enumerate()
        .filter(|(_, (word, meaning))| match meaning {
            Meaning::Missing => true,
            Meaning::PerhapsMissing => !keeps(word),
            _ => false,
        })
        .fold(0, |mask, (at, _)| mask | 1 << at);
    Plan {
        kind: PlanKind::Text { code },
        missing,
    }
}

/// Whether a part is at least so many percent of a whole.
fn is_share(part: u64, whole: u64, percent: u64) -> bool {
    u128::from(part) * 100 >= u128::from(whole) * u128::from(percent)
}

fn boolean_candidate(evidence: &Evidence, values: u64) -> Candidate {
    let fits = boolean::fitting(evidence);
    let alone = fits >= values;
    let enough = boolean::has_both(evidence) && is_share(fits, values, BOOLEAN_MAJORITY);
    if fits > 0 && (alone || enough) {
        let words = boolean::words(evidence);
        return Candidate {
            fits,
            kind: PlanKind::Boolean { words },
        };
    }
    let fits = if boolean::is_zero_one(evidence) {
        evidence.numbers()
    } else {
        0
    };
    Candidate {
        fits,
        kind: PlanKind::ZeroOne,
    }
}

/// The decimal separator, if the shapes leave no doubt.
fn sure_decimal(evidence: &Evidence) -> Option<Decimal> {
    let fitting = |decimal| -> u64 {
        Shape::ALL
            .iter()
            .filter(|shape| shape.fits(decimal))
            .map(|shape| evidence.shape(*shape))
            .sum()
    };
    more(
        fitting(Decimal::Comma),
        fitting(Decimal::Point),
        Decimal::Comma,
        Decimal::Point,
    )
}

fn decimal_of(evidence: &Evidence, habits: &Habits) -> Decimal {
    if let Some(decimal) = sure_decimal(evidence) {
        return decimal;
    }
    let long_digits: u64 = evidence.digits.widths[4..].iter().sum();
    let groups = long_digits == 0;
    match habits.decimal {
        // "1.234" is a thousand among German columns, if no "1234" stands beside it.
        Some(Decimal::Comma) if groups || evidence.shape(Shape::DotOrGroup) == 0 => Decimal::Comma,
        _ => Decimal::Point,
    }
}

fn number_candidate(name: &str, evidence: &Evidence, habits: &Habits) -> Candidate {
    let digits = &evidence.digits;
    let numbers = evidence.numbers();
    if numbers == 0 {
        return nothing();
    }
    let values = evidence.rows - evidence.empty - words_meaning(evidence, is_missing);
    if digits.count == values
        && let Some(kind) = time_in_digits(name, evidence)
    {
        return Candidate { fits: numbers, kind };
    }
    if is_code(name, evidence, numbers) {
        return Candidate {
            fits: numbers,
            kind: PlanKind::Text { code: true },
        };
    }
    let decimal = decimal_of(evidence, habits);
    let shapes = || Shape::ALL.iter().filter(|shape| shape.fits(decimal));
    let of_decimal: u64 = shapes().map(|shape| evidence.shape(*shape)).sum();
    let (unit, other_units) = column_unit(evidence, numbers);
    if decimal == Decimal::Comma && is_list(evidence) {
        return nothing();
    }
    let whole = shapes().all(|shape| evidence.shape(*shape) == 0 || shape.is_whole(decimal));
    let plan = NumberPlan {
        decimal,
        unit,
        format: number_format(evidence, decimal),
    };
    let kind = if whole && evidence.shape(Shape::BigInt) == 0 {
        PlanKind::Int(plan)
    } else {
        PlanKind::Float(plan)
    };
    Candidate {
        fits: of_decimal.saturating_sub(other_units),
        kind,
    }
}

fn nothing() -> Candidate {
    Candidate {
        fits: 0,
        kind: PlanKind::Empty,
    }
}

/// Whether commas separate the members of lists (`2,5` beside `2,5,7` or `B,D`), not decimals.
fn is_list(evidence: &Evidence) -> bool {
    let commas = evidence.shape(Shape::Comma) + evidence.shape(Shape::CommaOrGroup);
    evidence.text.lists * 20 > commas
}

/// Whether numbers are codes: leading zeros that mean something, or more digits than numbers hold.
fn is_code(name: &str, evidence: &Evidence, numbers: u64) -> bool {
    let digits = &evidence.digits;
    let others = numbers - digits.count.min(numbers);
    if others * 100 > digits.count {
        return false;
    }
    if evidence.shape(Shape::BigInt) > 0 {
        return true;
    }
    let zeros = evidence.shape(Shape::ZeroInt);
    if zeros == 0 {
        return false;
    }
    let widest = digits.widths.iter().rposition(|count| *count > 0).unwrap_or(0);
    if widest <= 2 && hint::names_calendar_part(name) {
        return false;
    }
    let commonest = digits.widths.iter().max().copied().unwrap_or(0);
    commonest * 100 >= digits.count * 99 || zeros * 20 >= digits.count
}

/// Dates and instants written as digits, where all cells agree.
fn time_in_digits(name: &str, evidence: &Evidence) -> Option<PlanKind> {
    let digits = &evidence.digits;
    let all = |count: u64| count == digits.count;
    let named = hint::names_time(name);
    let several = digits.count >= 3;
    if all(digits.dates) && (named || several) {
        return Some(PlanKind::DigitDate);
    }
    if all(digits.stamps) && (named || several) {
        return Some(PlanKind::DigitStamp);
    }
    if all(digits.months) && named {
        return Some(PlanKind::DigitMonth);
    }
    // Without a leading zero they would be years.
    let zeros = evidence.shape(Shape::ZeroInt) > 0;
    if all(digits.clocks) && zeros && hint::names_clock(name) && several {
        return Some(PlanKind::DigitClock);
    }
    let (low, high) = digits.range?;
    // 1990 to 2100, so that durations and counts are not taken for instants.
    let between = |scale: i64| low >= 631_152_000 * scale && high <= 4_102_444_800 * scale;
    match named {
        true if between(1) => Some(PlanKind::Epoch { micros: 1_000_000 }),
        true if between(1_000) => Some(PlanKind::Epoch { micros: 1_000 }),
        true if between(1_000_000) => Some(PlanKind::Epoch { micros: 1 }),
        _ => None,
    }
}

/// The unit of a column, and how many numbers have another one.
fn column_unit(evidence: &Evidence, numbers: u64) -> (Option<Unit>, u64) {
    let with_unit: u64 = evidence.units.known.iter().map(|(_, count)| count).sum();
    let most = evidence
        .units
        .known
        .iter()
        .max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| unit_key(b).cmp(&unit_key(a))));
    match most {
        Some((unit, count)) if count * 2 >= numbers && !evidence.units.overflow => {
            (Some(unit.clone()), with_unit - count)
        }
        _ => (None, with_unit),
    }
}

/// An order of units, for ties.
fn unit_key(unit: &Unit) -> (u8, &str) {
    match unit {
        Unit::Percent => (0, ""),
        Unit::Currency(code) => (1, code),
        Unit::Other(word) => (2, word),
    }
}

fn number_format(evidence: &Evidence, decimal: Decimal) -> Option<NumberFormat> {
    const GROUPS: [char; 4] = [',', '.', ' ', '\''];
    let count = |group: char| -> u64 {
        Shape::ALL
            .iter()
            .filter(|s| s.group(decimal) == Some(group))
            .map(|s| evidence.shape(*s))
            .sum()
    };
    let group = GROUPS
        .into_iter()
        .filter(|group| count(*group) > 0)
        .max_by_key(|group| count(*group));
    let plain = decimal == Decimal::Point && group.is_none();
    (!plain).then(|| NumberFormat {
        decimal: decimal.as_char(),
        group,
    })
}

fn time_candidate(evidence: &Evidence, habits: &Habits) -> Candidate {
    let nothing = Candidate {
        fits: 0,
        kind: PlanKind::Empty,
    };
    if evidence.layouts.known.is_empty() || evidence.layouts.overflow {
        return nothing;
    }
    let orders = day_orders(evidence, habits);
    let mut layouts: Vec<(Layout, u64)> = evidence
        .layouts
        .known
        .iter()
        .filter(|(layout, count)| !is_year_range(*layout, count))
        .map(|(layout, count)| (*layout, fitting(*layout, count, &orders)))
        .collect();
    layouts.sort_by(|(a, m), (b, n)| n.cmp(m).then(a.cmp(b)));
    let sum =
        |is: &dyn Fn(&Layout) -> bool| -> u64 { layouts.iter().filter(|(l, _)| is(l)).map(|(_, n)| n).sum() };
    let clock = sum(&|layout| layout.is_time_only());
    let dates = sum(&|layout| !layout.is_time_only());
    let of_clock = clock > dates;
    layouts.retain(|(layout, count)| *count > 0 && layout.is_time_only() == of_clock);
    let plan = |layouts: Vec<(Layout, u64)>| TimePlan {
        layouts: layouts.into_iter().map(|(l, _)| l).collect(),
        orders,
    };
    if of_clock {
        return Candidate {
            fits: clock,
            kind: PlanKind::Time(plan(layouts)),
        };
    }
    let kind = if layouts.iter().all(|(layout, _)| layout.is_date_only()) {
        PlanKind::Date(plan(layouts))
    } else {
        let utc = layouts.iter().any(|(layout, _)| layout.zone != ZoneLayout::None);
        PlanKind::Timestamp {
            plan: plan(layouts),
            utc,
        }
    };
    Candidate { fits: dates, kind }
}

fn fitting(layout: Layout, count: &LayoutCount, orders: &Orders) -> u64 {
    if !layout.date.is_numeric() {
        return count.count;
    }
    match orders.of(layout.separator) {
        DayOrder::DayFirst => count.day_first,
        DayOrder::MonthFirst => count.month_first,
    }
}

/// `2009-10`, `2010-11`: years of schools and budgets, not months.
fn is_year_range(layout: Layout, count: &LayoutCount) -> bool {
    layout.date == DateLayout::YearMonth && count.count > 1 && count.year_ranges == count.count
}

/// The order of day and month for each separator.
fn day_orders(evidence: &Evidence, habits: &Habits) -> Orders {
    let mut orders = Orders::default();
    for separator in Orders::SEPARATORS {
        let order = sure_order(evidence, Some(separator))
            .or_else(|| monthly_order(evidence, separator))
            .or(habits.order)
            .or_else(|| sure_order(evidence, None));
        if let Some(order) = order {
            orders.set(separator, order);
        }
        orders.set_sure(separator, order.is_some());
    }
    orders
}

/// The order in which more cells are dates.
fn sure_order(evidence: &Evidence, separator: Option<u8>) -> Option<DayOrder> {
    let (day, month) = evidence
        .layouts
        .known
        .iter()
        .filter(|(layout, _)| layout.date.is_numeric() && separator.is_none_or(|s| s == layout.separator))
        .fold((0, 0), |(day, month), (_, count)| {
            (day + count.day_first, month + count.month_first)
        });
    more(day, month, DayOrder::DayFirst, DayOrder::MonthFirst)
}

/// Where one number is always 1 and the other is not, the days are the firsts of months.
fn monthly_order(evidence: &Evidence, separator: u8) -> Option<DayOrder> {
    let (firsts, seconds) = evidence
        .layouts
        .known
        .iter()
        .filter(|(layout, _)| layout.date.is_numeric() && layout.separator == separator)
        .fold((0u32, 0u32), |(firsts, seconds), (_, count)| {
            (firsts | count.firsts, seconds | count.seconds)
        });
    const ONE: u32 = 1 << 1;
    match (firsts == ONE, seconds == ONE) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}
