//! "Did you mean …?": the nearest of a set of names.

/// Longest text for which a near name is looked up; longer ones are no misspelt names.
const LONGEST: usize = 40;

/// The name nearest to a text, if it is near enough to be a slip of the pen; the first of several.
///
/// ```
/// assert_eq!(marey_core::nearest_name("prise", ["city", "price"]), Some("price"));
/// ```
pub fn nearest_name<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = text.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let is_alike_long =
        |name: &&str| name.chars().take(2 * LONGEST).count().abs_diff(length) <= allowed(length);
    names
        .into_iter()
        .filter(is_alike_long)
        .map(|name| (edits(&lower, &name.to_lowercase()), name))
        .filter(|(edits, _)| *edits <= allowed(length))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// How many slips a text of a length may contain.
fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// Levenshtein's distance in characters, where exchanging two neighbours counts one.
fn edits(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                let exchanged: &Vec<usize> = &before_last;
                best = best.min(exchanged[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(
            nearest_name(text, ["mean", "median", "color", "bar", "x"]),
            expected,
            "{text}"
        );
    }

    #[test]
    fn slips_are_found() {
        check("maen", Some("mean"));
        check("medain", Some("median"));
        check("colour", Some("color"));
        check("Bar", Some("bar"));
        check("bra", Some("bar"));
        check("average", None);
        check("", None);
        check("y", None);
    }
}
