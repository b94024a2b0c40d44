//! Columns that are sums, differences, products or quotients of others.

use rayon::prelude::*;

use super::{
    field::Sheet,
    quantity::{Quantity, Verdict, judge},
};

/// Most numeric columns among which formulas are looked for.
pub(super) const MOST_COLUMNS: usize = 128;
/// How many tolerances a column must span for its own rounding to be allowed for.
const SPAN: f64 = 50.0;
/// The same for each term of a sum.
const TERM_SPAN: f64 = 10.0;
/// Most neighbouring columns that are tried as terms of a sum.
const LONGEST_RUN: usize = 32;
/// Factors of quotients: shares, percentages, and rates per thousand to per million.
const FACTORS: [f64; 6] = [1.0, 100.0, 1e3, 1e4, 1e5, 1e6];

/// A formula among places of the sheet; the first is the one that follows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arithmetic {
    Sum(usize, Vec<usize>),
    Difference(usize, [usize; 2]),
    Product(usize, [usize; 2]),
    Quotient(usize, [usize; 2], f64),
}

/// A formula with the share and number of rows in which it holds.
pub(super) struct Finding {
    pub(super) formula: Arithmetic,
    pub(super) share: f64,
    pub(super) rows: u64,
}

pub(super) fn find(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<Finding> {
    let all = quantities.get(..MOST_COLUMNS).unwrap_or(quantities);
    let questions = all.len().pow(3);
    let mut found: Vec<Finding> = (0..all.len())
        .into_par_iter()
        .flat_map_iter(|target| {
            let a = all.get(target).copied();
            a.into_iter()
                .flat_map(move |a| of_target(sheet, all, target, a, questions))
        })
        .collect();
    one_per_product(&mut found);
    found.sort_by_key(|finding| finding.formula.place());
    found
}

impl Arithmetic {
    fn place(&self) -> usize {
        match self {
            Self::Sum(place, _)
            | Self::Difference(place, _)
            | Self::Product(place, _)
            | Self::Quotient(place, ..) => *place,
        }
    }
}

/// All formulas that a column follows from.
fn of_target(
    sheet: &Sheet<'_>,
    all: &[Quantity<'_>],
    target: usize,
    a: Quantity<'_>,
    questions: usize,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |formula, judged: Option<(f64, u64)>| {
        found.extend(judged.map(|(share, rows)| Finding { formula, share, rows }));
    };
    for (at, c) in all.iter().enumerate().filter(|(at, _)| *at != target) {
        for b in all.iter().take(at).filter(|b| b.place != a.place) {
            add(sum_or_difference(a, *b, *c), sum(sheet, a, &[*b, *c], questions));
            let product = Arithmetic::Product(a.place, [b.place, c.place]);
            add(product, self::product(sheet, a, *b, *c, questions));
            for (over, under) in [(b, c), (c, b)] {
                if let Some((factor, judged)) = quotient(sheet, a, *over, *under, questions) {
                    let formula = Arithmetic::Quotient(a.place, [over.place, under.place], factor);
                    add(formula, Some(judged));
                }
            }
        }
    }
    let is_sum =
        |finding: &Finding| matches!(&finding.formula, Arithmetic::Sum(..) | Arithmetic::Difference(..));
    // What is the sum of two columns is also that of the terms of each: the shortest is told.
    if !found.iter().any(is_sum) {
        found.extend(sum_of_run(sheet, all, target, a, questions));
    }
    found
}

/// The shortest run of three and more neighbouring columns that a column is the sum of.
fn sum_of_run(
    sheet: &Sheet<'_>,
    all: &[Quantity<'_>],
    target: usize,
    a: Quantity<'_>,
    questions: usize,
) -> Option<Finding> {
    (3..=LONGEST_RUN.min(all.len())).find_map(|len| {
        (0..).zip(all.windows(len)).find_map(|(start, run)| {
            if (start..start + len).contains(&target) {
                return None;
            }
            let (share, rows) = sum(sheet, a, run, questions)?;
            let formula = Arithmetic::Sum(a.place, run.iter().map(|term| term.place).collect());
            Some(Finding { formula, share, rows })
        })
    })
}

/// `a = b + c` as people would say it: what may be negative, or comes after the other two, was
/// computed.
fn sum_or_difference(a: Quantity<'_>, b: Quantity<'_>, c: Quantity<'_>) -> Arithmetic {
    let negative = |term: &Quantity<'_>| term.min < 0.0;
    let rest = match (negative(&a), negative(&b), negative(&c)) {
        (false, true, false) => Some((b, c)),
        (false, false, true) => Some((c, b)),
        _ if b.place < a.place && a.place < c.place => Some((c, b)),
        _ => None,
    };
    match rest {
        Some((rest, other)) => Arithmetic::Difference(rest.place, [a.place, other.place]),
        None => Arithmetic::Sum(a.place, vec![b.place, c.place]),
    }
}

fn sum(sheet: &Sheet<'_>, a: Quantity<'_>, terms: &[Quantity<'_>], questions: usize) -> Option<(f64, u64)> {
    // A sum has the sign and about the size of its terms: most are refuted by their ends.
    let (low, high) = terms
        .iter()
        .fold((0.0, 0.0), |(low, high), term| (low + term.min, high + term.max));
    let rounding = a.half_unit + terms.iter().map(|term| term.half_unit).sum::<f64>();
    if a.max > high + rounding + a.noise() || a.min < low - rounding - a.noise() {
        return None;
    }
    let told_apart =
        a.spread() >= SPAN * rounding && terms.iter().all(|term| term.spread() >= TERM_SPAN * rounding);
    let rounding = if told_apart { rounding } else { 0.0 };
    let tolerance = rounding * 1.000_001 + a.noise() + terms.iter().map(Quantity::noise).sum::<f64>();
    judge(sheet, a.chance(tolerance), questions, |row| {
        let value = a.at(row);
        let mut total = 0.0;
        let mut zeros = 0;
        for term in terms {
            let number = term.at(row);
            total += number;
            zeros += usize::from(number == 0.0);
        }
        if value.is_nan() || total.is_nan() {
            return Verdict::Nothing;
        }
        // With one term left, it would be the column itself.
        Verdict::of((value - total).abs() <= tolerance, zeros + 1 < terms.len())
    })
}

fn product(
    sheet: &Sheet<'_>,
    a: Quantity<'_>,
    b: Quantity<'_>,
    c: Quantity<'_>,
    questions: usize,
) -> Option<(f64, u64)> {
    let whole = b.is_whole() && c.is_whole();
    let tolerance = a.noise() + if whole { 0.0 } else { a.half_unit * 1.000_001 };
    if a.spread() < SPAN * tolerance {
        return None;
    }
    judge(sheet, a.chance(tolerance), questions, |row| {
        let (value, x, y) = (a.at(row), b.at(row), c.at(row));
        let product = x * y;
        if value.is_nan() || product.is_nan() {
            return Verdict::Nothing;
        }
        let tells = ![0.0, 1.0].contains(&x) && ![0.0, 1.0].contains(&y);
        Verdict::of((value - product).abs() <= tolerance, tells)
    })
}

/// `a = factor * b / c`, with the factor that the first telling row suggests.
fn quotient(
    sheet: &Sheet<'_>,
    a: Quantity<'_>,
    b: Quantity<'_>,
    c: Quantity<'_>,
    questions: usize,
) -> Option<(f64, (f64, u64))> {
    let tells = |row: usize| a.at(row) != 0.0 && b.at(row) != 0.0 && c.at(row) != 0.0;
    let ratio = (0..sheet.len())
        .filter(|row| tells(*row))
        .map(|row| a.at(row) * c.at(row) / b.at(row))
        .find(|ratio| ratio.is_finite())?;
    let factor = FACTORS
        .into_iter()
        .find(|factor| (ratio / factor - 1.0).abs() < 0.2)?;
    let tolerance = a.half_unit * 1.000_001 + a.noise();
    if a.spread() < SPAN * tolerance {
        return None;
    }
    let judged = judge(sheet, a.chance(tolerance), questions, |row| {
        let (value, over, under) = (a.at(row), b.at(row), c.at(row));
        let quotient = factor * over / under;
        if value.is_nan() || !quotient.is_finite() {
            return Verdict::Nothing;
        }
        let tells = over != 0.0 && under != 1.0;
        Verdict::of((value - quotient).abs() <= tolerance, tells)
    })?;
    Some((factor, judged))
}

/// Of three columns that multiply, one formula: the product where it holds, else the first quotient.
fn one_per_product(found: &mut Vec<Finding>) {
    let terms = |formula: &Arithmetic| -> Option<([usize; 3], bool)> {
        let (mut places, product) = match formula {
            Arithmetic::Product(a, [b, c]) => ([*a, *b, *c], true),
            Arithmetic::Quotient(a, [b, c], _) => ([*a, *b, *c], false),
            _ => return None,
        };
        places.sort_unstable();
        Some((places, product))
    };
    let all: Vec<_> = found.iter().map(|finding| terms(&finding.formula)).collect();
    let mut at = 0;
    found.retain(|_| {
        let own = all.get(at).copied().flatten();
        let before = all.get(..at).unwrap_or(&[]).iter().flatten();
        at += 1;
        let Some((places, product)) = own else { return true };
        let same = |other: &&([usize; 3], bool)| other.0 == places;
        let better = all.iter().flatten().filter(same).any(|other| other.1);
        if product {
            return !before.filter(same).any(|other| other.1);
        }
        !better && !before.clone().any(|other| same(&other))
    });
}
