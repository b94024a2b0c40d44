//! The order of a discrete domain, after Vega-Lite's rules.

use std::{cmp::Ordering, collections::HashMap};

use marey_core::{
    Aggregate,
    spec::{Literal, Setting, Sort, SortOrder},
};

use crate::datum::Datum;

/// Puts the distinct values of a domain, given in order of appearance, in the order asked for.
///
/// `key` is what a sort by another channel or field goes by; values without a key come last.
pub fn sorted_domain<'a>(
    mut values: Vec<Datum<'a>>,
    sort: Option<&Sort>,
    key: impl Fn(Datum<'a>) -> Option<f64>,
) -> Vec<Datum<'a>> {
    match sort {
        None | Some(Sort::Order(SortOrder::Ascending)) => sort_naturally(&mut values),
        Some(Sort::Order(SortOrder::Descending)) => {
            sort_naturally(&mut values);
            values.reverse();
        }
        Some(Sort::Unsorted) => {}
        Some(Sort::Channel { order, .. }) => sort_by_key(&mut values, *order, key),
        Some(Sort::Field(by)) => match &by.order {
            Some(Setting::Off) => {}
            Some(Setting::On(order)) => sort_by_key(&mut values, *order, key),
            None => sort_by_key(&mut values, SortOrder::Ascending, key),
        },
        Some(Sort::Values(listed)) => {
            sort_naturally(&mut values);
            let place: HashMap<Datum<'_>, usize> = listed
                .iter()
                .map(Datum::of_literal)
                .enumerate()
                .map(|(at, value)| (value, at))
                .rev()
                .collect();
            values.sort_by_key(|value| listed_place(&place, listed, *value));
        }
    }
    values
}

/// The place of a value in a list; a list of names may also mean times and numbers by their text.
fn listed_place(place: &HashMap<Datum<'_>, usize>, listed: &[Literal], value: Datum<'_>) -> usize {
    place
        .get(&value)
        .copied()
        .or_else(|| month_or_weekday_place(listed, value))
        .unwrap_or(usize::MAX)
}

/// `["jan", "feb"]` and `["mon", "tue"]` order values that are times truncated to month or day.
fn month_or_weekday_place(listed: &[Literal], value: Datum<'_>) -> Option<usize> {
    let Datum::Time(ms) = value else { return None };
    let at = chrono::DateTime::from_timestamp_millis(ms as i64)?;
    let names = [at.format("%B").to_string(), at.format("%A").to_string()];
    listed.iter().position(|literal| match literal {
        Literal::Text(text) => {
            text.len() >= 3
                && names
                    .iter()
                    .any(|name| name.to_lowercase().starts_with(&text.to_lowercase()))
        }
        _ => false,
    })
}

/// Ascending; texts that all end or begin in numbers are not treated apart, as in Vega.
fn sort_naturally(values: &mut [Datum<'_>]) {
    values.sort();
}

fn sort_by_key<'a>(values: &mut [Datum<'a>], order: SortOrder, key: impl Fn(Datum<'a>) -> Option<f64>) {
    let keys: HashMap<Datum<'a>, f64> = values.iter().filter_map(|v| key(*v).map(|k| (*v, k))).collect();
    // Vega breaks ties by the value itself.
    values.sort_by(|a, b| {
        let by_key = match (keys.get(a), keys.get(b)) {
            (Some(a), Some(b)) if order == SortOrder::Descending => b.total_cmp(a),
            (Some(a), Some(b)) => a.total_cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_key.then_with(|| a.cmp(b))
    });
}

/// Summarises the sort keys of one domain value.
pub fn summarise(values: &[f64], op: Option<&Aggregate>) -> Option<f64> {
    let count = values.len() as f64;
    if matches!(op, Some(Aggregate::Count | Aggregate::Valid)) {
        return Some(count);
    }
    if values.is_empty() {
        return None;
    }
    let sum: f64 = values.iter().sum();
    Some(match op {
        Some(Aggregate::Sum) => sum,
        Some(Aggregate::Mean | Aggregate::Average) => sum / count,
        Some(Aggregate::Max) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Some(Aggregate::Median) => {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            let middle = sorted.len() / 2;
            if sorted.len() % 2 == 1 {
                sorted[middle]
            } else {
                f64::midpoint(sorted[middle - 1], sorted[middle])
            }
        }
        _ => values.iter().copied().fold(f64::INFINITY, f64::min),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use marey_core::{Channel, spec::SortByField};

    fn check(sort: Option<&Sort>, expected: &str) {
        let values = ["b", "d", "a", "c"].map(Datum::Text).to_vec();
        let key = |value: Datum<'_>| match value {
            Datum::Text("a") => Some(2.0),
            Datum::Text("b") => Some(1.0),
            Datum::Text("c") => Some(2.0),
            _ => None,
        };
        let sorted = sorted_domain(values, sort, key);
        let text: String = sorted
            .iter()
            .map(|v| if let Datum::Text(t) = v { t } else { "?" })
            .collect();
        assert_eq!(text, expected, "{sort:?}");
    }

    #[test]
    fn domains_follow_the_sort() {
        check(None, "abcd");
        check(Some(&Sort::Order(SortOrder::Descending)), "dcba");
        check(Some(&Sort::Unsorted), "bdac");
        check(
            Some(&Sort::Channel {
                channel: Channel::Y,
                order: SortOrder::Descending,
                spelled_out: false,
            }),
            "acbd",
        );
        check(Some(&Sort::Field(SortByField::default())), "bacd");
        check(
            Some(&Sort::Values(vec![
                Literal::Text("c".into()),
                Literal::Text("a".into()),
            ])),
            "cabd",
        );
    }

    #[test]
    fn weekdays_by_name_order_times() {
        let sunday = Datum::Time(1_325_376_000_000.0);
        let monday = Datum::Time(1_325_376_000_000.0 + 86_400_000.0);
        let sort = Sort::Values(vec![Literal::Text("mon".into()), Literal::Text("Sunday".into())]);
        assert_eq!(
            sorted_domain(vec![sunday, monday], Some(&sort), |_| None),
            [monday, sunday]
        );
    }

    #[test]
    fn keys_are_summarised_by_their_operation() {
        for (op, expected) in [
            (None, 1.0),
            (Some(Aggregate::Max), 4.0),
            (Some(Aggregate::Sum), 7.0),
            (Some(Aggregate::Median), 2.0),
            (Some(Aggregate::Count), 3.0),
        ] {
            assert_eq!(summarise(&[1.0, 4.0, 2.0], op.as_ref()), Some(expected), "{op:?}");
        }
        assert_eq!(summarise(&[], None), None);
    }
}
