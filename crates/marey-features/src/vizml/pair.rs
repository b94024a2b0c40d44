//! The 30 features of a pair of columns.

use super::{
    names::PAIR_FEATURES,
    statistic::{
        describe::pearson,
        test::{Tested, chi_squared, correlation_p, kolmogorov_smirnov, one_way_anova},
    },
    value::{FeatureValue, NullReason},
    values::{Content, NO_CODE, Values},
};

/// Most groups of a test of groups.
pub(super) const MOST_GROUPS: usize = 50;
/// Longest name that is compared, in characters.
const LONGEST_NAME: usize = 500;
/// Level below which a test is significant.
const SIGNIFICANT: f64 = 0.05;

/// The features of two columns, in the order of [`PAIR_FEATURES`].
pub(super) fn features(a: &Values, b: &Values) -> Vec<FeatureValue> {
    let mut features = Vec::with_capacity(PAIR_FEATURES.len());
    features.extend(shared(a, b));
    features.extend(numbers_and_numbers(a, b));
    features.extend(texts_and_texts(a, b));
    features.extend(texts_and_numbers(a, b));
    features.extend(names(a.name, b.name));
    debug_assert_eq!(features.len(), PAIR_FEATURES.len());
    features
}

/// What the rows and the different values of two columns have in common.
struct Common {
    /// Rows in which both have a value.
    rows: usize,
    /// Rows in which both have the same value.
    same: usize,
    /// Rows with a value, of either.
    present: [usize; 2],
    /// Values that both have.
    distinct_same: usize,
    /// Different values, of either.
    distinct: [usize; 2],
}

fn shared(a: &Values, b: &Values) -> [FeatureValue; 8] {
    let common = common(a, b);
    let most = common.distinct[0].max(common.distinct[1]);
    let unique = |value: FeatureValue| {
        if most == 0 {
            NullReason::NoValues.into()
        } else {
            value
        }
    };
    let by_rows = |value: FeatureValue| {
        if common.rows == 0 {
            NullReason::NoRowsInCommon.into()
        } else {
            value
        }
    };
    [
        by_rows((common.same > 0).into()),
        by_rows(common.same.into()),
        by_rows((common.same as f64 / common.rows as f64).into()),
        by_rows((common.same == common.rows && common.present == [common.rows; 2]).into()),
        unique((common.distinct_same > 0).into()),
        unique(common.distinct_same.into()),
        unique((common.distinct_same as f64 / most as f64).into()),
        unique((common.distinct == [common.distinct_same; 2]).into()),
    ]
}

fn common(a: &Values, b: &Values) -> Common {
    match (&a.content, &b.content) {
        (Content::Numbers { by_row: x, sorted: p }, Content::Numbers { by_row: y, sorted: q }) => {
            // A time is no number.
            let comparable = a.data_type.is_number() == b.data_type.is_number();
            let rows = x.iter().zip(y).filter(|(x, y)| x.is_finite() && y.is_finite());
            let (mut both, mut same) = (0, 0);
            for (x, y) in rows {
                both += 1;
                same += usize::from(comparable && x == y);
            }
            let (distinct_same, distinct) = merged(p, q);
            Common {
                rows: both,
                same,
                present: [p.len(), q.len()],
                distinct_same: if comparable { distinct_same } else { 0 },
                distinct,
            }
        }
        (
            Content::Texts {
                texts: p, codes: x, ..
            },
            Content::Texts {
                texts: q, codes: y, ..
            },
        ) => {
            let in_b = positions(p, q);
            let rows = x.iter().zip(y).filter(|(x, y)| **x != NO_CODE && **y != NO_CODE);
            let (mut both, mut same) = (0, 0);
            for (x, y) in rows {
                both += 1;
                same += usize::from(in_b[*x as usize] == *y);
            }
            Common {
                rows: both,
                same,
                present: [a.rows - a.missing, b.rows - b.missing],
                distinct_same: in_b.iter().filter(|code| **code != NO_CODE).count(),
                distinct: [p.len(), q.len()],
            }
        }
        (Content::Texts { texts, codes, .. }, Content::Numbers { by_row, sorted }) => {
            let rows = mixed_rows(codes, by_row);
            Common {
                rows,
                same: 0,
                present: [a.rows - a.missing, sorted.len()],
                distinct_same: 0,
                distinct: [texts.len(), distinct(sorted)],
            }
        }
        (Content::Numbers { by_row, sorted }, Content::Texts { texts, codes, .. }) => Common {
            rows: mixed_rows(codes, by_row),
            same: 0,
            present: [sorted.len(), b.rows - b.missing],
            distinct_same: 0,
            distinct: [distinct(sorted), texts.len()],
        },
    }
}

fn mixed_rows(codes: &[u32], numbers: &[f64]) -> usize {
    let both = |(code, number): &(&u32, &f64)| **code != NO_CODE && number.is_finite();
    codes.iter().zip(numbers).filter(both).count()
}

fn distinct(sorted: &[f64]) -> usize {
    let repeated = sorted.windows(2).filter(|pair| pair[0] == pair[1]).count();
    sorted.len() - repeated
}

/// Different numbers of two sorted rows: in both, and in either.
fn merged(a: &[f64], b: &[f64]) -> (usize, [usize; 2]) {
    let (mut i, mut j) = (0, 0);
    let (mut same, mut only) = (0, [0, 0]);
    while i < a.len() || j < b.len() {
        let next = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => x.min(*y),
            (x, y) => *x.or(y).unwrap_or(&f64::NAN),
        };
        let (from_i, from_j) = (i, j);
        while a.get(i) == Some(&next) {
            i += 1;
        }
        while b.get(j) == Some(&next) {
            j += 1;
        }
        only[0] += usize::from(i > from_i);
        only[1] += usize::from(j > from_j);
        same += usize::from(i > from_i && j > from_j);
    }
    (same, only)
}

/// For each of some sorted texts its position among others, [`NO_CODE`] where it is not there.
fn positions(texts: &[std::borrow::Cow<str>], others: &[std::borrow::Cow<str>]) -> Vec<u32> {
    let mut at = 0;
    texts
        .iter()
        .map(|text| {
            while others.get(at).is_some_and(|other| other < text) {
                at += 1;
            }
            if others.get(at) == Some(text) {
                at as u32
            } else {
                NO_CODE
            }
        })
        .collect()
}

/// Correlation, Kolmogorov-Smirnov test and overlap of ranges.
fn numbers_and_numbers(a: &Values, b: &Values) -> [FeatureValue; 8] {
    let (Content::Numbers { by_row: x, sorted: p }, Content::Numbers { by_row: y, sorted: q }) =
        (&a.content, &b.content)
    else {
        return [NullReason::OtherType.into(); 8];
    };
    if !a.data_type.is_number() || !b.data_type.is_number() {
        return [NullReason::OtherType.into(); 8];
    }
    let [value, p_value, significant] = correlation(x, y, p.len() == x.len() && q.len() == y.len());
    let test = tested(kolmogorov_smirnov(p, q), NullReason::NoValues);
    let [percent, overlaps] = overlap(p, q);
    [
        value,
        p_value,
        significant,
        test[0],
        test[1],
        test[2],
        percent,
        overlaps,
    ]
}

fn correlation(x: &[f64], y: &[f64], are_complete: bool) -> [FeatureValue; 3] {
    let pairs: (Vec<f64>, Vec<f64>);
    let (x, y) = if are_complete {
        (x, y)
    } else {
        let both = x.iter().zip(y).filter(|(x, y)| x.is_finite() && y.is_finite());
        pairs = both.map(|(x, y)| (*x, *y)).unzip();
        (pairs.0.as_slice(), pairs.1.as_slice())
    };
    match x.len() {
        0 => return [NullReason::NoRowsInCommon.into(); 3],
        1 => return [NullReason::TooFewValues.into(); 3],
        _ => {}
    }
    match pearson(x, y) {
        Some(r) => {
            let p = correlation_p(r, x.len());
            [r.into(), p.into(), (p < SIGNIFICANT).into()]
        }
        None => [NullReason::Constant.into(); 3],
    }
}

/// How much of the smaller range both share (0 to 1; a range of one number counts as whole), and
/// whether they share any, as 1 and 0.
fn overlap(a: &[f64], b: &[f64]) -> [FeatureValue; 2] {
    let (Some(a), Some(b)) = (ends(a), ends(b)) else {
        return [NullReason::NoValues.into(); 2];
    };
    let length = a.1.min(b.1) - a.0.max(b.0);
    if length < 0.0 {
        return [0_usize.into(), 0_usize.into()];
    }
    let smaller = (a.1 - a.0).min(b.1 - b.0);
    let share = if smaller == 0.0 { 1.0 } else { length / smaller };
    [share.into(), 1_usize.into()]
}

fn ends(sorted: &[f64]) -> Option<(f64, f64)> {
    Some((*sorted.first()?, *sorted.last()?))
}

/// Statistic, p-value and significance of a test, or the reason why there is none.
fn tested(test: Option<Tested>, reason: NullReason) -> [FeatureValue; 3] {
    match test {
        Some(test) => [
            test.statistic.into(),
            test.p.into(),
            (test.p < SIGNIFICANT).into(),
        ],
        None => [reason.into(); 3],
    }
}

/// Chi-squared test and nestedness.
fn texts_and_texts(a: &Values, b: &Values) -> [FeatureValue; 6] {
    let (
        Content::Texts {
            texts: p, codes: x, ..
        },
        Content::Texts {
            texts: q, codes: y, ..
        },
    ) = (&a.content, &b.content)
    else {
        return [NullReason::OtherType.into(); 6];
    };
    if p.len() > MOST_GROUPS || q.len() > MOST_GROUPS {
        return [NullReason::TooManyGroups.into(); 6];
    }
    let mut counts = vec![0_u64; p.len() * q.len()];
    for (x, y) in x.iter().zip(y) {
        if *x != NO_CODE && *y != NO_CODE {
            counts[*x as usize * q.len() + *y as usize] += 1;
        }
    }
    let table = occupied(&counts, p.len(), q.len());
    let pairs = counts.iter().filter(|count| **count > 0).count();
    if pairs == 0 {
        return [NullReason::NoRowsInCommon.into(); 6];
    }
    let [statistic, p_value, significant] =
        tested(chi_squared(&table.counts, table.columns), NullReason::Constant);
    // A value of the one that always comes with the same of the other is nested in it.
    let nestedness = table.rows.max(table.columns) as f64 / pairs as f64;
    let significant = significant.number().map_or(significant, FeatureValue::from);
    [
        statistic,
        p_value,
        significant,
        (nestedness == 1.0).into(),
        nestedness.into(),
        (nestedness > 0.95).into(),
    ]
}

/// A table of counts without empty rows and columns.
struct Occupied {
    counts: Vec<u64>,
    rows: usize,
    columns: usize,
}

fn occupied(counts: &[u64], rows: usize, columns: usize) -> Occupied {
    let has_row = |row: &usize| (0..columns).any(|column| counts[row * columns + column] > 0);
    let has_column = |column: &usize| (0..rows).any(|row| counts[row * columns + column] > 0);
    let kept_rows: Vec<usize> = (0..rows).filter(has_row).collect();
    let kept_columns: Vec<usize> = (0..columns).filter(has_column).collect();
    let cells = kept_rows
        .iter()
        .flat_map(|row| kept_columns.iter().map(move |column| row * columns + column));
    Occupied {
        counts: cells.map(|cell| counts[cell]).collect(),
        rows: kept_rows.len(),
        columns: kept_columns.len(),
    }
}

/// Analysis of variance of the numbers in the groups of the texts.
fn texts_and_numbers(a: &Values, b: &Values) -> [FeatureValue; 3] {
    let (texts, codes, numbers) = match (&a.content, &b.content) {
        (Content::Texts { texts, codes, .. }, Content::Numbers { by_row, .. }) if b.data_type.is_number() => {
            (texts, codes, by_row)
        }
        (Content::Numbers { by_row, .. }, Content::Texts { texts, codes, .. }) if a.data_type.is_number() => {
            (texts, codes, by_row)
        }
        _ => return [NullReason::OtherType.into(); 3],
    };
    if texts.len() > MOST_GROUPS {
        return [NullReason::TooManyGroups.into(); 3];
    }
    let mut groups = vec![Vec::new(); texts.len()];
    for (code, number) in codes.iter().zip(numbers) {
        if *code != NO_CODE && number.is_finite() {
            groups[*code as usize].push(*number);
        }
    }
    let filled = groups.iter().filter(|group| !group.is_empty()).count();
    let reason = match filled {
        0 => NullReason::NoRowsInCommon,
        1 => NullReason::Constant,
        _ if groups.iter().map(Vec::len).sum::<usize>() <= filled => NullReason::TooFewValues,
        _ => NullReason::DividesByZero,
    };
    tested(one_way_anova(&groups), reason)
}

/// How alike two names are.
fn names(a: &str, b: &str) -> [FeatureValue; 5] {
    let (letters_a, letters_b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longest = letters_a.len().max(letters_b.len());
    if longest > LONGEST_NAME {
        return [NullReason::LongName.into(); 5];
    }
    let edits = edit_distance(&letters_a, &letters_b);
    let words = |name: &str| {
        name.split_whitespace()
            .map(str::to_owned)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (words_a, words_b) = (words(a), words(b));
    let most_words = words_a.len().max(words_b.len());
    let shared = words_a.intersection(&words_b).count();
    [
        edits.into(),
        if longest == 0 {
            NullReason::NoName.into()
        } else {
            (edits as f64 / longest as f64).into()
        },
        (shared > 0).into(),
        shared.into(),
        if most_words == 0 {
            NullReason::NoName.into()
        } else {
            (shared as f64 / most_words as f64).into()
        },
    ]
}

/// Levenshtein's distance in characters.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        let check = |a: &str, b: &str, expected: usize| {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(edit_distance(&letters(a), &letters(b)), expected, "{a} {b}");
        };
        check("kitten", "sitting", 3);
        check("", "abc", 3);
        check("größe", "grosse", 3);
        check("same", "same", 0);
    }
}
