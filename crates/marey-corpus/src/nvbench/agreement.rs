//! [`agreement`]: whether the rows behind a chart are those that nvBench's own program drew.
//!
//! That program has habits of its own. They belong here, in the comparison, not in the executor:
//! each is tried in turn, and what agrees only under a habit is counted under its name.

use std::{collections::BTreeMap, fmt};

use marey_core::{ChartSpec, Warned};
use marey_table::{
    Table, TableError, TableWarning,
    execute::{ExecuteOptions, Execution, execute},
};

use super::{
    DrawnRow,
    altered::{counting_distinct, with_whole_numbers, without_gaps},
    drawn::{Labelling, MISSING, Row, labellings},
};

/// How the rows behind a chart and the rows that were drawn compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same rows, in any order, numbers to four significant digits (seven from 10,000 on). Units of
    /// a BIN in which nothing falls are drawn as zero there and are no rows here.
    Exact,
    /// The same but for a habit.
    Quirk(Quirk),
    /// Other rows.
    Different,
}

/// A habit of nvBench's own program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quirk {
    /// Groups without rows and measures without values are drawn as zero.
    ZeroFill,
    /// Times are cut to their date and grouped anew; a year is its first of January.
    DatePart,
    /// Decimals are cut to whole numbers before or after they are summarised.
    Truncated,
    /// A leading or trailing `u` of a label is lost.
    LabelNoise,
    /// BIN by year over a long span becomes ranges of years: the totals agree.
    YearRanges,
    /// Rows that are equal are drawn once, or rows without a label are left out.
    Duplicates,
    /// Numbers that are missing, or written as a marker such as `N/A`, count as zero; such texts as texts.
    MissingAsZero,
    /// A BIN counts the different values in a unit, not its rows.
    DistinctBins,
}

impl Quirk {
    /// Every habit, in the order in which they are tried.
    pub const ALL: [Quirk; 8] = [
        Quirk::ZeroFill,
        Quirk::DatePart,
        Quirk::LabelNoise,
        Quirk::Truncated,
        Quirk::YearRanges,
        Quirk::Duplicates,
        Quirk::MissingAsZero,
        Quirk::DistinctBins,
    ];
}

impl fmt::Display for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Quirk::ZeroFill => "zero-fill",
            Quirk::DatePart => "date-part",
            Quirk::Truncated => "truncated",
            Quirk::LabelNoise => "label-noise",
            Quirk::YearRanges => "year-ranges",
            Quirk::Duplicates => "duplicates",
            Quirk::MissingAsZero => "missing-as-zero",
            Quirk::DistinctBins => "distinct-bins",
        })
    }
}

/// Rows with their number of occurrences.
type Counted = BTreeMap<Row, usize>;

/// Compares the rows behind a chart with those that were drawn. `binned` says whether the query has
/// a BIN.
///
/// # Errors
///
/// When the chart cannot be run on the table.
pub fn agreement(
    spec: &ChartSpec,
    table: &Table,
    drawn: &[DrawnRow],
    binned: bool,
) -> Result<Agreement, TableError> {
    let Some((own, theirs)) = rows(spec, table, drawn)? else {
        return Ok(Agreement::Different);
    };
    let plain = compare(&own, &theirs, binned);
    if plain != Agreement::Different {
        return Ok(plain);
    }
    if filled(&cut(&own)) == filled(&theirs) {
        return Ok(Agreement::Quirk(Quirk::Truncated));
    }
    // What the program did to the table before it drew is done to it here.
    let agrees = |spec: &ChartSpec, table: &Table| -> Result<bool, TableError> {
        let rows = rows(spec, table, drawn)?;
        Ok(rows.is_some_and(|(own, theirs)| compare(&own, &theirs, binned) != Agreement::Different))
    };
    let (cut, complete) = (with_whole_numbers(table), without_gaps(table));
    if let Some(cut) = &cut
        && agrees(spec, cut)?
    {
        return Ok(Agreement::Quirk(Quirk::Truncated));
    }
    if let Some(complete) = &complete
        && agrees(spec, complete)?
    {
        return Ok(Agreement::Quirk(Quirk::MissingAsZero));
    }
    if binned
        && let Some(spec) = counting_distinct(spec)
        && agrees(&spec, table)?
    {
        return Ok(Agreement::Quirk(Quirk::DistinctBins));
    }
    Ok(Agreement::Different)
}

/// The rows behind a chart, and those that were drawn.
type BothRows = (Vec<Row>, Vec<Row>);

/// The rows behind a chart and those that were drawn, as labels; none where the chart has no positions.
fn rows(spec: &ChartSpec, table: &Table, drawn: &[DrawnRow]) -> Result<Option<BothRows>, TableError> {
    let Warned { value: done, .. }: Warned<Execution, TableWarning> =
        execute(spec, table, &ExecuteOptions::default())?;
    let Some(rows) = done.units.first() else {
        return Ok(None);
    };
    let Some([Some(x), Some(y), color]) = labellings(&done.spec, rows, table) else {
        return Ok(None);
    };
    let own = own_rows(rows, &x, &y, color.as_ref());
    Ok(Some((own, drawn_rows(drawn, &x, &y, color.as_ref()))))
}

fn own_rows(rows: &Table, x: &Labelling, y: &Labelling, color: Option<&Labelling>) -> Vec<Row> {
    let (xs, ys) = (x.labels(rows), y.labels(rows));
    let groups = color.map_or_else(|| vec![String::new(); xs.len()], |color| color.labels(rows));
    xs.into_iter()
        .zip(ys)
        .zip(groups)
        .map(|((x, y), group)| (x, y, group))
        .collect()
}

fn drawn_rows(drawn: &[DrawnRow], x: &Labelling, y: &Labelling, color: Option<&Labelling>) -> Vec<Row> {
    drawn
        .iter()
        .map(|row| {
            let group = color
                .zip(row.color.as_ref())
                .map(|(color, value)| color.drawn(value));
            (x.drawn(&row.x), y.drawn(&row.y), group.unwrap_or_default())
        })
        .collect()
}

fn compare(own: &[Row], theirs: &[Row], binned: bool) -> Agreement {
    let same = |change: &dyn Fn(&[Row]) -> Counted| change(own) == change(theirs);
    if same(&counted) || binned && same(&|rows| counted(&filled(rows))) {
        return Agreement::Exact;
    }
    let quirk = Quirk::ALL.into_iter().find(|quirk| match quirk {
        Quirk::ZeroFill => same(&|rows| counted(&filled(rows))),
        Quirk::DatePart => same(&|rows| counted(&filled(&by_date(rows)))),
        Quirk::LabelNoise => same(&|rows| counted(&filled(&without_u(rows)))),
        Quirk::YearRanges => binned && ranges_agree(own, theirs),
        Quirk::Duplicates => same(&|rows| once(&filled(rows))),
        // These change the table or the chart, not the rows.
        Quirk::Truncated | Quirk::MissingAsZero | Quirk::DistinctBins => false,
    });
    quirk.map_or(Agreement::Different, Agreement::Quirk)
}

fn counted(rows: &[Row]) -> Counted {
    let mut counted = Counted::new();
    for row in rows {
        *counted.entry(row.clone()).or_default() += 1;
    }
    counted
}

/// Each row once, rows without a label left out.
fn once(rows: &[Row]) -> Counted {
    rows.iter()
        .filter(|row| row.0 != MISSING)
        .map(|row| (row.clone(), 1))
        .collect()
}

/// The rows that draw something.
fn filled(rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .filter(|(_, y, _)| y != "0" && y != MISSING)
        .cloned()
        .collect()
}

/// Times cut to dates, years to their first of January, measures of one date added up.
fn by_date(rows: &[Row]) -> Vec<Row> {
    let mut sums: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for (x, y, group) in rows {
        let Ok(y) = y.parse::<f64>() else {
            return rows.to_vec();
        };
        sums.entry((date_of(x), group.clone())).or_default().push(y);
    }
    sums.into_iter()
        .map(|((x, group), ys)| (x, super::drawn::number(ys.iter().sum()), group))
        .collect()
}

fn date_of(label: &str) -> String {
    let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(label, 4) {
        return format!("{label}-01-01");
    }
    match label.split_once([' ', 'T']) {
        Some((date, _)) if date.split('-').map(str::len).eq([4, 2, 2]) => date.to_owned(),
        _ => label.to_owned(),
    }
}

fn without_u(rows: &[Row]) -> Vec<Row> {
    let strip = |label: &String| label.trim_matches('u').to_owned();
    rows.iter()
        .map(|(x, y, group)| (strip(x), y.clone(), strip(group)))
        .collect()
}

/// Measures without their decimals.
fn cut(rows: &[Row]) -> Vec<Row> {
    let cut = |y: &String| match y.parse::<f64>() {
        Ok(value) => super::drawn::number(value.trunc()),
        Err(_) => y.clone(),
    };
    rows.iter()
        .map(|(x, y, group)| (x.clone(), cut(y), group.clone()))
        .collect()
}

fn ranges_agree(own: &[Row], theirs: &[Row]) -> bool {
    let ranged = theirs.iter().any(|(x, ..)| x.contains('~'));
    let total = |rows: &[Row]| {
        rows.iter()
            .filter_map(|(_, y, _)| y.parse::<f64>().ok())
            .sum::<f64>()
    };
    let (own, theirs) = (total(own), total(theirs));
    ranged && (own - theirs).abs() <= 1e-3 * own.abs().max(1.0)
}
