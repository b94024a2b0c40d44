//! Boards as one page without script and without network.

use std::fmt::{self, Write};

use super::{Entry, Leaderboard, chart, markdown::interval};

/// Text that is safe inside of HTML.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem;color:#1f2933}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d9e2ec}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.note{color:#52606d}.warn{color:#9b2c2c}svg{max-width:100%;height:auto}";

/// The page.
pub(super) fn page(boards: &[Leaderboard]) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Leaderboard</title><style>{STYLE}</style><h1>Leaderboard</h1>"
    );
    for (place, board) in boards.iter().enumerate() {
        section(board, place, &mut html);
    }
    html.push_str("</html>\n");
    html
}

fn section(board: &Leaderboard, place: usize, html: &mut String) {
    let _ = write!(
        html,
        "<section><h2>{} on {}</h2><p class=\"note\">Part: {}. Sorted by {}, in percent with 95 % intervals over whole groups. \
         Ranks with the interval of the ranks when groups are drawn anew; differences to the first with p-values corrected by Holm. \
         Items without an answer count as wrong. * No other system is both better and faster.</p>",
        Escaped(&board.task),
        Escaped(&board.corpus),
        Escaped(&board.split),
        Escaped(&board.headline),
    );
    table(board, html);
    let mut drawings = vec![
        chart::intervals(board, &format!("b{place}i")),
        chart::cost(board, &format!("b{place}c")),
    ];
    let divisions = board
        .entries
        .first()
        .map(|entry| entry.results.by.keys().cloned().collect::<Vec<_>>());
    for (n, division) in divisions.unwrap_or_default().iter().enumerate() {
        // Groups are too many to be looked at.
        if division != "group" {
            drawings.push(chart::by(board, division, &format!("b{place}d{n}")));
        }
    }
    for drawing in drawings.into_iter().flatten() {
        let _ = write!(html, "<figure>{drawing}</figure>");
    }
    html.push_str("</section>");
}

fn table(board: &Leaderboard, html: &mut String) {
    let _ = write!(
        html,
        "<table><tr><th>rank<th>system<th>{}<th class=n>n<th class=n>groups<th class=n>failures<th>behind the first\
         <th class=n>ms p50<th class=n>ms p99<th class=n>MB</tr>",
        Escaped(&board.headline)
    );
    for entry in &board.entries {
        row(board, entry, html);
    }
    html.push_str("</table>");
    for entry in &board.entries {
        for warning in &entry.results.warnings {
            let name = &entry.results.system.name;
            let _ = write!(
                html,
                "<p class=\"warn\">{}: {}</p>",
                Escaped(name),
                Escaped(warning)
            );
        }
    }
}

fn row(board: &Leaderboard, entry: &Entry, html: &mut String) {
    let (results, cost) = (&entry.results, &entry.results.cost);
    let behind = match (&entry.behind_first, entry.p_corrected) {
        (Some(comparison), Some(p)) => format!("{:+.1} points, p = {p:.3}", comparison.difference * 100.0),
        _ => String::new(),
    };
    let system = format!("{} {}", results.system.name, results.system.version);
    let licence = results.system.licence.as_deref().unwrap_or("licence not stated");
    let _ = write!(
        html,
        "<tr><td>{} ({} to {})<td>{}{}<br><span class=note>{}</span><td>{}<td class=n>{}<td class=n>{}<td class=n>{}<td>{behind}\
         <td class=n>{:.2}<td class=n>{:.2}<td class=n>{}</tr>",
        entry.rank.rank,
        entry.rank.low,
        entry.rank.high,
        Escaped(&system),
        if entry.is_on_front { " *" } else { "" },
        Escaped(licence),
        results
            .metrics
            .get(&board.headline)
            .map(interval)
            .unwrap_or_default(),
        results.n,
        results.groups,
        results.failures,
        cost.ms_p50,
        cost.ms_p99,
        cost.peak_rss_mb.map(|mb| format!("{mb:.0}")).unwrap_or_default(),
    );
}
