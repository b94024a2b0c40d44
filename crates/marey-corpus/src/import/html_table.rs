//! The tables of a page of HTML, as CSV.

use marey_table::write::csv_record;

/// Most cells that one `colspan` makes.
const WIDEST: usize = 100;

/// Every table of a page that has a row, as CSV: the text of the cells, spans repeated to the right.
/// A table inside a cell is text of that cell.
pub(super) fn tables(page: &str) -> Vec<String> {
    let mut tables = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell: Option<(String, usize)> = None;
    let mut depth = 0_usize;
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => {
                if let Some((cell, _)) = &mut cell {
                    cell.push_str(text);
                }
            }
            Piece::Tag { name, closing, text } => match (name.as_str(), closing) {
                ("table", false) => depth += 1,
                ("table", true) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        end_cell(&mut cell, &mut rows);
                        tables.extend(csv(&std::mem::take(&mut rows)));
                    }
                }
                ("tr", _) if depth == 1 => {
                    end_cell(&mut cell, &mut rows);
                    if !closing {
                        rows.push(Vec::new());
                    }
                }
                ("td" | "th", _) if depth == 1 => {
                    end_cell(&mut cell, &mut rows);
                    if !closing {
                        cell = Some((String::new(), span(text)));
                    }
                }
                _ => {
                    if let Some((cell, _)) = &mut cell {
                        cell.push(' ');
                    }
                }
            },
        }
    }
    tables
}

enum Piece<'p> {
    Text(&'p str),
    Tag {
        name: String,
        closing: bool,
        text: &'p str,
    },
}

/// A page cut into tags and the text between them; comments, scripts and styles are left out.
fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some((text, after)) = rest.split_once('<') {
        pieces.push(Piece::Text(text));
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else {
            return pieces;
        };
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        rest = after;
        if !closing && matches!(name.as_str(), "script" | "style") {
            rest = after
                .split_once(&format!("</{name}"))
                .map_or("", |(_, rest)| rest);
            rest = rest.split_once('>').map_or("", |(_, rest)| rest);
            continue;
        }
        pieces.push(Piece::Tag {
            name,
            closing,
            text: tag,
        });
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn end_cell(cell: &mut Option<(String, usize)>, rows: &mut Vec<Vec<String>>) {
    if let Some((text, span)) = cell.take() {
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            let text = plain(&text);
            row.extend(std::iter::repeat_n(text, span));
        }
    }
}

fn span(tag: &str) -> usize {
    let value = tag
        .to_ascii_lowercase()
        .split_once("colspan=")
        .map(|(_, rest)| rest.trim_start_matches(['"', '\'']).to_owned());
    let digits = value.map(|value| value.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits
        .and_then(|digits| digits.parse::<usize>().ok())
        .unwrap_or(1)
        .clamp(1, WIDEST)
}

/// Text with entities resolved and white space folded.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after
            .split_once(';')
            .filter(|(name, _)| name.len() <= 10)
            .and_then(|(name, after)| Some((entity(name)?, after)))
        {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Rows as CSV; none where there is no cell. Short rows are filled up.
fn csv(rows: &[Vec<String>]) -> Option<String> {
    let width = rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
    let mut csv = String::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let cells: Vec<Option<&str>> = (0..width)
            .map(|index| row.get(index).map(String::as_str).filter(|cell| !cell.is_empty()))
            .collect();
        csv_record(&mut csv, cells.into_iter());
    }
    Some(csv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_a_page_become_csv() {
        for (page, expected) in [
            (
                "<p>x</p><TABLE><tr><th>a<th>b</tr><tr><td>1</td><td>x, &amp; <b>y</b></td></tr></table>",
                vec!["a,b\n1,\"x, & y\"\n"],
            ),
            (
                "<table><tr><td colspan='2'>both</td></tr><tr><td>1</td><td>&#8364;&#x41;</td></tr></table>",
                vec!["both,both\n1,€A\n"],
            ),
            (
                "<table><tr><td>a</td></tr><tr><td><table><tr><td>in</td></tr></table></td></tr></table>",
                vec!["a\nin\n"],
            ),
            (
                "<script>'<table><tr><td>no</td></tr></table>'</script><!-- <table> -->",
                vec![],
            ),
            ("<table><tr><td>never closed", vec![]),
            ("a < b <table></table> &unknown; &", vec![]),
        ] {
            assert_eq!(tables(page), expected, "{page}");
        }
    }
}
