//! Small distributions for the table of columns.

use std::fmt::Write;

use marey_profile::{ColumnProfile, Distribution, TopValue};

use super::html::{Escaped, counted, grouped, shortened};

const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 36.0;
/// Most bars of a small histogram; finer ones are summed up.
const MAX_BARS: usize = 32;
/// Most categories shown of a column.
const MAX_CATEGORIES: usize = 3;

/// A small picture of how a column's values are distributed, as HTML; empty where there is none.
pub fn distribution(column: &ColumnProfile, rows: u64) -> String {
    if let Some(temporal) = &column.temporal {
        return histogram(&temporal.histogram);
    }
    match &column.numeric {
        Some(numeric) if shows_numbers(column) => histogram(&numeric.histogram),
        _ => categories(&column.top, rows),
    }
}

/// Whether numbers are shown as a histogram: two-valued columns say more as categories.
fn shows_numbers(column: &ColumnProfile) -> bool {
    column.physical_type != marey_core::PhysicalType::Boolean
}

fn histogram(distribution: &Distribution) -> String {
    let counts = merged(&distribution.counts);
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let step = WIDTH / counts.len() as f64;
    let mut svg = format!(
        r#"<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">"#
    );
    for (index, &count) in counts.iter().enumerate() {
        if count == 0 {
            continue;
        }
        // A lone value among millions must still be seen: at least one pixel.
        let height = (count as f64 / most as f64 * (HEIGHT - 1.0)).max(1.0);
        let _ = write!(
            svg,
            r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{height:.1}"/>"#,
            index as f64 * step,
            HEIGHT - height,
            (step - 1.0).max(0.5),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Neighbouring bins summed up until at most [`MAX_BARS`] are left.
fn merged(counts: &[u64]) -> Vec<u64> {
    let together = counts.len().div_ceil(MAX_BARS).max(1);
    counts.chunks(together).map(|chunk| chunk.iter().sum()).collect()
}

fn categories(top: &[TopValue], rows: u64) -> String {
    let mut html = String::new();
    for value in top.iter().take(MAX_CATEGORIES) {
        let share = if rows == 0 {
            0.0
        } else {
            value.count.value as f64 / rows as f64 * 100.0
        };
        let _ = write!(
            html,
            r#"<div class="category" title="{}: {}"><span class="share" style="width:{share:.1}%"></span><span class="label">{}</span><span class="count">{}</span></div>"#,
            Escaped(&shortened(&value.value, 200)),
            counted(value.count.value, "row"),
            Escaped(&shortened(&value.value, 24)),
            grouped(value.count.value),
        );
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fine_histograms_keep_every_row() {
        let counts: Vec<u64> = (0..100).collect();
        let merged = merged(&counts);
        assert!(merged.len() <= MAX_BARS);
        assert_eq!(merged.iter().sum::<u64>(), counts.iter().sum::<u64>());
    }

    #[test]
    fn an_empty_histogram_draws_nothing() {
        let empty = Distribution {
            start: 0.0,
            width: 1.0,
            counts: vec![0, 0],
        };
        assert_eq!(histogram(&empty), "");
    }
}
