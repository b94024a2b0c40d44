//! [`agreement`]: whether the rows behind a chart are those that nvBench's own program drew.
//!
//! That program has habits of its own. They belong here, in the comparison, not in the executor:
//! each is tried in turn, and what agrees only under a habit is counted under its name.

use std::{collections::BTreeMap, fmt, ops::RangeInclusive};

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
    /// BIN by year over a long span becomes ranges of years: in each range the years add up, or average, to what was drawn.
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
    let Some(rows) = rows(spec, table, drawn)? else {
        return Ok(Agreement::Different);
    };
    let plain = compare(&rows.own, &rows.theirs, binned);
    if plain != Agreement::Different {
        return Ok(plain);
    }
    if counted(&filled(&rows.cut)) == counted(&filled(&rows.theirs)) {
        return Ok(Agreement::Quirk(Quirk::Truncated));
    }
    if binned && ranges_agree(&rows.cut, &rows.theirs) {
        return Ok(Agreement::Quirk(Quirk::YearRanges));
    }
    // What the program did to the table before it drew is done to it here.
    let agrees = |spec: &ChartSpec, table: &Table| -> Result<bool, TableError> {
        let rows = self::rows(spec, table, drawn)?;
        Ok(rows.is_some_and(|rows| compare(&rows.own, &rows.theirs, binned) != Agreement::Different))
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

/// The rows behind a chart and those that were drawn, as labels.
struct Rows {
    own: Vec<Row>,
    /// The own rows with measures without their decimals.
    cut: Vec<Row>,
    theirs: Vec<Row>,
}

/// The rows behind a chart and those that were drawn; none where the chart has no positions.
fn rows(spec: &ChartSpec, table: &Table, drawn: &[DrawnRow]) -> Result<Option<Rows>, TableError> {
    let Warned { value: done, .. }: Warned<Execution, TableWarning> =
        execute(spec, table, &ExecuteOptions::default())?;
    let Some(rows) = done.units.first() else {
        return Ok(None);
    };
    let Some([Some(x), Some(y), color]) = labellings(&done.spec, rows, table) else {
        return Ok(None);
    };
    let whole = with_whole_numbers(rows);
    Ok(Some(Rows {
        own: own_rows(rows, rows, &x, &y, color.as_ref()),
        cut: own_rows(rows, whole.as_ref().unwrap_or(rows), &x, &y, color.as_ref()),
        theirs: drawn_rows(drawn, &x, &y, color.as_ref()),
    }))
}

/// The rows behind a chart, with measures from another table of the same rows.
fn own_rows(
    rows: &Table,
    measures: &Table,
    x: &Labelling,
    y: &Labelling,
    color: Option<&Labelling>,
) -> Vec<Row> {
    let (xs, ys) = (x.labels(rows), y.labels(measures));
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

/// A range of years as it was drawn.
struct DrawnRange<'a> {
    years: RangeInclusive<i32>,
    measure: &'a str,
    group: &'a str,
}

/// Whether the own years of each range that was drawn add up, or average, to its measure, and all own years are in one.
fn ranges_agree(own: &[Row], theirs: &[Row]) -> bool {
    let years: Option<Vec<(i32, f64, &str)>> = own
        .iter()
        .filter(|(_, y, _)| y != MISSING)
        .map(|(x, y, group)| Some((year_of(x)?, y.parse().ok()?, group.as_str())))
        .collect();
    let ranges: Option<Vec<DrawnRange<'_>>> = theirs
        .iter()
        .map(|(x, measure, group)| {
            Some(DrawnRange {
                years: range_of(x)?,
                measure,
                group,
            })
        })
        .collect();
    let (Some(years), Some(ranges)) = (years, ranges) else {
        return false;
    };
    let holds =
        |range: &DrawnRange<'_>, year: i32, group: &str| range.years.contains(&year) && range.group == group;
    let agrees = |range: &DrawnRange<'_>| {
        let within = years.iter().filter(|(year, _, group)| holds(range, *year, group));
        let measures: Vec<f64> = within.map(|(_, y, _)| *y).collect();
        let sum: f64 = measures.iter().sum();
        let mean = sum / measures.len().max(1) as f64;
        [sum, mean]
            .into_iter()
            .any(|value| super::drawn::number(value) == range.measure)
    };
    theirs.iter().any(|(x, ..)| x.contains('~'))
        && ranges.iter().all(agrees)
        && years
            .iter()
            .all(|(year, _, group)| ranges.iter().any(|range| holds(range, *year, group)))
}

/// The year of a label: the label itself, or the year of a date.
fn year_of(label: &str) -> Option<i32> {
    let year = label.split_once('-').map_or(label, |(year, _)| year);
    (year.len() == 4).then(|| year.parse().ok())?
}

/// The years of a label such as `1971~1975` or `2004`.
fn range_of(label: &str) -> Option<RangeInclusive<i32>> {
    let (low, high) = label.split_once('~').unwrap_or((label, label));
    Some(low.trim().parse().ok()?..=high.trim().parse().ok()?)
}
