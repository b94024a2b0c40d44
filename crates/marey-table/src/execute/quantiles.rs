//! Quantiles and bootstrapped intervals of numbers.

use marey_core::{
    FieldName,
    spec::{NewField, QuantileOptions},
};

use super::{
    RunContext, aggregate::sorted_numbers, cells::Numbers, density::Points, frame::Frame, keys::Groups,
    random::Random,
};
use crate::TableError;

/// Quantiles per group, one row per probability.
pub(crate) fn quantile(
    frame: &Frame,
    field: &FieldName,
    options: &QuantileOptions,
    context: &RunContext<'_>,
) -> Result<Frame, TableError> {
    let numbers = Numbers::of(frame.column(field, "quantile")?.array()?);
    let keys = frame.select(options.groupby.as_deref().unwrap_or_default(), "quantile")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let step = options.step.filter(|step| *step > 0.0).unwrap_or(0.01);
    let count = options.probs.as_ref().map_or_else(
        || ((1.0 - 1e-14 - step / 2.0) / step).ceil().max(0.0) as usize,
        Vec::len,
    );
    context.allow_rows("quantile", count.saturating_mul(groups.len()))?;
    let shares = match &options.probs {
        Some(shares) => shares.clone(),
        None => (0..count).map(|index| step / 2.0 + index as f64 * step).collect(),
    };
    let mut points = Points::default();
    for (group, rows) in groups.rows().iter().enumerate() {
        let sorted = sorted_numbers(&numbers, rows);
        let quantiles = shares
            .iter()
            .map(|share| (*share, of_sorted(&sorted, *share).unwrap_or(f64::NAN)))
            .collect();
        points.extend(groups.first[group], quantiles, 1.0);
    }
    let names = options
        .output
        .clone()
        .unwrap_or_else(|| ["prob", "value"].map(|name| NewField(FieldName::new(name))));
    points.into_frame(frame, &keys, names)
}

/// The quantile of sorted numbers by linear interpolation (R's type 7), as d3 and Vega take it.
pub(crate) fn of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let (first, last) = (sorted.first()?, sorted.last()?);
    if share <= 0.0 || sorted.len() < 2 {
        return Some(*first);
    }
    if share >= 1.0 {
        return Some(*last);
    }
    let place = (sorted.len() - 1) as f64 * share;
    let low = place.floor();
    let below = *sorted.get(low as usize)?;
    let above = *sorted.get(low as usize + 1).unwrap_or(last);
    Some(below + (above - below) * (place - low))
}

/// Number of bootstrap samples, as in Vega.
const SAMPLES: usize = 1000;

/// Beyond this many values the bootstrap is replaced by the normal interval it converges to.
const BOOTSTRAP_LIMIT: usize = 10_000;

/// The 95 % interval of the mean by percentile bootstrap.
///
/// Vega draws its samples from an unseeded generator, so its ends differ from run to run and from
/// these; ours depend on the seed alone.
pub(crate) fn mean_interval(values: &[f64], random: &mut Random) -> Option<[f64; 2]> {
    if values.is_empty() {
        return None;
    }
    if values.len() > BOOTSTRAP_LIMIT {
        return Some(normal_interval(values));
    }
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let sum: f64 = (0..values.len())
                .filter_map(|_| values.get(random.below(values.len())))
                .sum();
            sum / values.len() as f64
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    Some([of_sorted(&means, 0.025)?, of_sorted(&means, 0.975)?])
}

fn normal_interval(values: &[f64]) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let half = Z * (variance / count).sqrt();
    [mean - half, mean + half]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        for (sorted, share, expected) in [
            (&[][..], 0.5, None),
            (&[3.0][..], 0.9, Some(3.0)),
            (&[1.0, 2.0, 3.0, 4.0][..], 0.25, Some(1.75)),
            (&[1.0, 2.0, 3.0, 4.0][..], 0.5, Some(2.5)),
            (&[1.0, 2.0][..], 1.0, Some(2.0)),
        ] {
            assert_eq!(of_sorted(sorted, share), expected);
        }
    }

    #[test]
    fn intervals_hold_the_mean_and_narrow_with_more_values() {
        let width = |count: usize| {
            let values: Vec<f64> = (0..count).map(|value| (value % 10) as f64).collect();
            let [low, high] = mean_interval(&values, &mut Random::new(7)).unwrap();
            assert!(low < 4.5 && 4.5 < high, "{count}: {low} to {high}");
            high - low
        };
        assert!(width(100) > width(1000) && width(1000) > width(20_000));
    }
}
