//! Quantiles of numbers in order.

/// The quantile of sorted numbers, between neighbours by straight lines (type 7 of Hyndman and Fan,
/// *Sample Quantiles in Statistical Packages*, 1996; numpy's default); none of nothing.
///
/// `share` is cut to 0 to 1. NaN sorts last (`f64::total_cmp`) and is not looked for.
///
/// ```
/// use marey_metrics::statistics::quantile;
///
/// assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// assert_eq!(quantile(&[], 0.5), None);
/// ```
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let part = place - below as f64;
    Some(if part == 0.0 {
        low
    } else {
        low + (high - low) * part
    })
}
