//! Words, numbers and small histograms for a terminal.

use console::{measure_text_width, pad_str, truncate_str};
use marey::{
    profile::Distribution,
    render::format::{NumberFormat, TimeFormat},
};

/// Heights of bars, from the lowest; nothing is a blank.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Widest histogram, in characters.
pub const SPARK: usize = 16;

/// A histogram as one line of bars; neighbouring bins are summed up where there are too many.
pub fn spark(counts: &[u64]) -> String {
    let together = counts.len().div_ceil(SPARK).max(1);
    let sums: Vec<u64> = counts.chunks(together).map(|bins| bins.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    sums.iter()
        .map(|sum| {
            // A lone value among millions must still be seen.
            let step = (*sum as f64 / most as f64 * 8.0).ceil() as usize;
            step.checked_sub(1)
                .and_then(|step| BARS.get(step))
                .copied()
                .unwrap_or(' ')
        })
        .collect()
}

/// The same of a distribution; empty where there is none.
pub fn spark_of(distribution: &Distribution) -> String {
    spark(&distribution.counts)
}

/// A number with four digits, or a whole number in full, grouped by thousands.
pub fn number(value: f64) -> String {
    let specifier = if value == value.trunc() && value.abs() < 1e15 {
        ",d"
    } else if value.abs() < 1e-4 || value.abs() >= 1e15 {
        ".3~e"
    } else {
        ",.4~r"
    };
    NumberFormat::parse(specifier).map_or_else(|_| value.to_string(), |format| format.format(value))
}

/// A count, grouped by thousands.
pub fn count(value: u64) -> String {
    number(value as f64)
}

/// A share as a percentage.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        0.0 => "0 %".into(),
        small if small < 0.1 => "<0.1 %".into(),
        small if small < 10.0 => format!("{small:.1} %"),
        _ => format!("{percent:.0} %"),
    }
}

/// An instant as ISO date, with the time of day unless it is midnight.
pub fn instant(milliseconds: i64) -> String {
    let day = milliseconds.rem_euclid(86_400_000) == 0;
    let format = if day { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    TimeFormat::new(format).format(milliseconds as f64)
}

/// Text from data made fit for a terminal: no controls, no signs that turn the direction of writing.
pub fn plain(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars()
        .map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect()
}

/// Rows of cells as lines with columns of equal width, no wider than `width`; the last column takes
/// what is left. Columns named in `right` stand to the right.
pub fn aligned(rows: &[Vec<String>], right: &[usize], most: &[usize], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            let widest = cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0);
            widest.min(most.get(at).copied().unwrap_or(usize::MAX))
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (at, cell) in row.iter().enumerate() {
            line.push(' ');
            let left = width.saturating_sub(measure_text_width(&line) + 1);
            let wide = if at + 1 == columns {
                left
            } else {
                widths[at].min(left)
            };
            let cell = truncate_str(cell, wide, "…");
            let alignment = match right.contains(&at) {
                true => console::Alignment::Right,
                false => console::Alignment::Left,
            };
            match at + 1 == columns {
                true => line.push_str(&cell),
                false => line.push_str(&pad_str(&cell, wide, alignment, None)),
            }
            line.push(' ');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_every_bin() {
        assert_eq!(spark(&[0, 1, 500, 1000]), " ▁▄█");
        assert_eq!(spark(&[]), "");
        assert_eq!(spark(&[0, 0]), "  ");
        assert_eq!(spark(&[7; 100]).chars().count(), 15);
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (1_234_567.0, "1,234,567"),
            (0.123_456, "0.1235"),
            (12.5, "12.5"),
            (1e-7, "1e-7"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(percent(0.0004), "<0.1 %");
        assert_eq!(percent(0.034), "3.4 %");
        assert_eq!(instant(86_400_000), "1970-01-02");
    }

    #[test]
    fn lines_keep_their_columns_and_their_width() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = [row(&["a", "10", "x"]), row(&["寿司", "9", "a long last cell"])];
        let text = aligned(&rows, &[1], &[], 20);
        assert_eq!(text, "  a     10  x\n  寿司   9  a long…\n");
    }

    #[test]
    fn nothing_from_data_steers_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a[31mb cd");
    }
}
