//! Alignment of two sequences at least cost, in order.

/// The least cost of turning one sequence into another by changing, adding and removing items.
///
/// Unless the comparison is to be `exact`, items are compared place by place.
pub(super) fn align<T>(
    exact: bool,
    a: &[T],
    b: &[T],
    change: impl Fn(&T, &T) -> f64,
    single: impl Fn(&T) -> f64,
) -> f64 {
    if !exact {
        return place_by_place(a, b, change, single);
    }
    // One row of the classic table of edit distances at a time.
    let mut last: Vec<f64> = std::iter::once(0.0)
        .chain(b.iter().scan(0.0, |sum, item| {
            *sum += single(item);
            Some(*sum)
        }))
        .collect();
    for from in a {
        let removed = single(from);
        let mut row = Vec::with_capacity(last.len());
        row.push(last[0] + removed);
        for (j, to) in b.iter().enumerate() {
            let changed = last[j] + change(from, to);
            row.push(changed.min(last[j + 1] + removed).min(row[j] + single(to)));
        }
        last = row;
    }
    last.last().copied().unwrap_or(0.0)
}

fn place_by_place<T>(a: &[T], b: &[T], change: impl Fn(&T, &T) -> f64, single: impl Fn(&T) -> f64) -> f64 {
    let common = a.len().min(b.len());
    let changed: f64 = a
        .iter()
        .zip(b)
        .map(|(from, to)| change(from, to).min(single(from) + single(to)))
        .sum();
    changed + a[common..].iter().chain(&b[common..]).map(single).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &[i32], b: &[i32], expected: f64) {
        let change = |x: &i32, y: &i32| if x == y { 0.0 } else { 1.5 };
        assert_eq!(align(true, a, b, change, |_| 1.0), expected);
        assert_eq!(align(true, b, a, change, |_| 1.0), expected);
        assert!(align(false, a, b, change, |_| 1.0) >= expected);
    }

    #[test]
    fn sequences_are_aligned_in_order() {
        check(&[1, 2, 3], &[1, 2, 3], 0.0);
        check(&[1, 2, 3], &[1, 3], 1.0);
        check(&[1, 2, 3], &[1, 4, 3], 1.5);
        check(&[], &[1, 2], 2.0);
        check(&[1, 2], &[2, 1], 2.0);
    }
}
