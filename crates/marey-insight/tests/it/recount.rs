//! Numbers counted again, row by row, by the plainest code: an independent path to every fact.

use std::collections::{BTreeMap, BTreeSet};

use arrow::{
    array::AsArray,
    compute::cast,
    datatypes::{DataType, Float64Type, Int64Type, TimeUnit},
};
use marey_core::FieldName;
use marey_insight::{Bucket, Condition, Query, Summary, Test};
use marey_table::Table;

/// A cell in its three readings.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: Option<String>,
    number: Option<f64>,
    ms: Option<i64>,
}

/// A table as rows of cells.
pub struct Rows(Vec<BTreeMap<String, Cell>>);

impl Rows {
    pub fn new(table: &Table) -> Self {
        let mut rows = vec![BTreeMap::new(); table.rows()];
        for index in 0..table.columns() {
            let mut at = 0;
            for piece in table.column(index) {
                // Instants with a zone have no text without a table of zones; their number says as much.
                let text = cast(piece, &DataType::Utf8)
                    .or_else(|_| cast(&cast(piece, &DataType::Int64)?, &DataType::Utf8))
                    .unwrap();
                let number = cast(piece, &DataType::Float64).ok();
                // Whole numbers in the place of a date are years.
                let is_year = piece.data_type() == &DataType::Int64;
                let ms = cast(piece, &DataType::Timestamp(TimeUnit::Millisecond, None))
                    .and_then(|ms| cast(&ms, &DataType::Int64))
                    .ok();
                for row in 0..piece.len() {
                    let cell = Cell {
                        text: text
                            .as_string::<i32>()
                            .iter()
                            .nth(row)
                            .flatten()
                            .map(str::to_owned),
                        number: number
                            .as_ref()
                            .and_then(|column| column.as_primitive::<Float64Type>().iter().nth(row).flatten())
                            .filter(|number| number.is_finite()),
                        ms: match is_year {
                            true => number.as_ref().and_then(|column| {
                                let year = column.as_primitive::<Float64Type>().iter().nth(row).flatten()?;
                                let day = chrono::NaiveDate::from_ymd_opt(year as i32, 1, 1)?;
                                Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
                            }),
                            false => ms.as_ref().and_then(|column| {
                                column.as_primitive::<Int64Type>().iter().nth(row).flatten()
                            }),
                        },
                    };
                    rows[at + row].insert(table.column_name(index).as_str().to_owned(), cell);
                }
                at += piece.len();
            }
        }
        Self(rows)
    }

    fn has(&self, column: &FieldName) -> bool {
        self.0
            .first()
            .is_some_and(|row| row.contains_key(column.as_str()))
    }

    /// The number a query asks for; none where it has none.
    pub fn answer(&self, query: &Query) -> Option<f64> {
        self.number(query).filter(|number| number.is_finite())
    }

    fn number(&self, query: &Query) -> Option<f64> {
        match query {
            Query::Difference(a, b) => Some(self.answer(a)? - self.answer(b)?),
            Query::Ratio(a, b) => Some(self.answer(a)? / self.answer(b)?),
            Query::Product(a, b) => Some(self.answer(a)? * self.answer(b)?),
            Query::Sum(parts) => Some(parts.iter().map(|part| self.answer(part).unwrap_or(0.0)).sum()),
            Query::Number(number) => Some(*number),
            Query::Summary { summary, rows } => {
                let mut columns = rows.iter().map(|condition| &condition.column);
                assert!(columns.all(|column| self.has(column)), "{rows:?}");
                let kept: Vec<&BTreeMap<String, Cell>> = self
                    .0
                    .iter()
                    .filter(|row| rows.iter().all(|condition| holds(row, condition)))
                    .collect();
                summarised(summary, &kept)
            }
        }
    }
}

fn holds(row: &BTreeMap<String, Cell>, condition: &Condition) -> bool {
    let cell = &row[condition.column.as_str()];
    match &condition.test {
        Test::Is(wanted) => cell.text.as_ref() == Some(wanted),
        Test::IsNot(other) => cell.text.as_ref() != Some(other),
        Test::Other(other) => cell.text.as_ref().is_some_and(|text| text != other),
        Test::OneOf(wanted) => cell.text.as_ref().is_some_and(|text| wanted.contains(text)),
        Test::Equals(number) => cell.number == Some(*number),
        Test::Within(low, high) => cell.number.is_some_and(|x| x >= *low && x < *high),
        Test::Outside(low, high) => cell.number.is_some_and(|x| x < *low || x >= *high),
        Test::During(low, high) => cell.ms.is_some_and(|ms| ms >= *low && ms < *high),
        Test::NotDuring(low, high) => cell.ms.is_some_and(|ms| ms < *low || ms >= *high),
        Test::Phase(phase) => cell.ms.is_some_and(|ms| {
            let turns = (ms as f64 - phase.origin_ms as f64) / phase.period_ms - phase.from;
            turns.rem_euclid(1.0) < phase.length
        }),
        Test::Missing => cell.text.is_none(),
        Test::Present => cell.text.is_some(),
    }
}

fn summarised(summary: &Summary, rows: &[&BTreeMap<String, Cell>]) -> Option<f64> {
    let numbers =
        |name: &FieldName| -> Vec<f64> { rows.iter().filter_map(|row| row[name.as_str()].number).collect() };
    let present = |name: &FieldName| {
        rows.iter()
            .filter(|row| row[name.as_str()].text.is_some())
            .count() as f64
    };
    let pairs = |x: &FieldName, y: &FieldName| -> Vec<(f64, f64)> {
        let both = rows
            .iter()
            .filter_map(|row| row[x.as_str()].number.zip(row[y.as_str()].number));
        both.collect()
    };
    match summary {
        Summary::Rows => Some(rows.len() as f64),
        Summary::Values(name) => Some(present(name)),
        Summary::Missing(name) => Some(rows.len() as f64 - present(name)),
        Summary::Distinct(name) => Some(
            rows.iter()
                .filter_map(|row| row[name.as_str()].text.clone())
                .collect::<BTreeSet<_>>()
                .len() as f64,
        ),
        Summary::Sum(name) => Some(numbers(name).iter().sum()),
        Summary::Mean(name) => Some(mean(&numbers(name))),
        Summary::Median(name) => {
            let mut x = numbers(name);
            x.sort_by(f64::total_cmp);
            Some((x[(x.len() - 1) / 2] + x[x.len() / 2]) / 2.0)
        }
        Summary::Deviation(name) => {
            let x = numbers(name);
            let middle = mean(&x);
            Some((x.iter().map(|x| (x - middle).powi(2)).sum::<f64>() / (x.len() as f64 - 1.0)).sqrt())
        }
        Summary::Least(name) => numbers(name).into_iter().reduce(f64::min),
        Summary::Greatest(name) => numbers(name).into_iter().reduce(f64::max),
        Summary::Correlation(x, y) => Some(pearson(&pairs(x, y))),
        Summary::RankCorrelation(x, y) => {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs(x, y).into_iter().unzip();
            Some(pearson(&ranks(&x).into_iter().zip(ranks(&y)).collect::<Vec<_>>()))
        }
        Summary::SlopePerDay(y, time) => Some(line(rows, y, time).0),
        Summary::SlopeError(y, time) => Some(line(rows, y, time).1),
        Summary::Multiples(name, step) => {
            let is_multiple = |x: &f64| (x / step - (x / step).round()).abs() < 1e-5 && *x != 0.0;
            Some(numbers(name).iter().filter(|x| is_multiple(x)).count() as f64)
        }
        Summary::RepeatedRows => {
            let cells = |row: &BTreeMap<String, Cell>| -> Vec<Option<String>> {
                row.values().map(|cell| cell.text.clone()).collect()
            };
            let different: BTreeSet<_> = rows.iter().map(|row| cells(row)).collect();
            Some((rows.len() - different.len()) as f64)
        }
        Summary::WithinCorrelation(x, y, by) => {
            let mut groups: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
            for row in rows {
                let both = row[x.as_str()].number.zip(row[y.as_str()].number);
                if let (Some(both), Some(group)) = (both, &row[by.as_str()].text) {
                    groups.entry(group.clone()).or_default().push(both);
                }
            }
            let deviations = groups.values().flat_map(|points| {
                let (mx, my) = means(points);
                points.iter().map(move |(x, y)| (x - mx, y - my))
            });
            Some(pearson(&deviations.collect::<Vec<_>>()))
        }
        Summary::BucketCorrelation(x, y, time, bucket) => {
            Some(pearson(&bucket_means(rows, [x, y, time], *bucket)))
        }
        Summary::Buckets(x, y, time, bucket) => Some(bucket_means(rows, [x, y, time], *bucket).len() as f64),
    }
}

/// Slope of a line over time in days, and its standard error.
fn line(rows: &[&BTreeMap<String, Cell>], y: &FieldName, time: &FieldName) -> (f64, f64) {
    let point = |row: &&BTreeMap<String, Cell>| {
        Some((
            row[time.as_str()].ms? as f64 / 86_400_000.0,
            row[y.as_str()].number?,
        ))
    };
    let points: Vec<(f64, f64)> = rows.iter().filter_map(point).collect();
    let (mx, my) = means(&points);
    let square: f64 = points.iter().map(|(x, _)| (x - mx).powi(2)).sum();
    let slope = points.iter().map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / square;
    let left: f64 = points
        .iter()
        .map(|(x, y)| (y - my - slope * (x - mx)).powi(2))
        .sum();
    (slope, (left / (points.len() as f64 - 2.0) / square).sqrt())
}

/// Means of two columns over buckets of time that hold three values of each.
fn bucket_means(
    rows: &[&BTreeMap<String, Cell>],
    [x, y, time]: [&FieldName; 3],
    bucket: Bucket,
) -> Vec<(f64, f64)> {
    use chrono::Datelike;
    let mut buckets: BTreeMap<(i32, u32, u32), [Vec<f64>; 2]> = BTreeMap::new();
    for row in rows {
        let Some(ms) = row[time.as_str()].ms else { continue };
        let at = chrono::DateTime::from_timestamp_millis(ms).unwrap().date_naive();
        let key = match bucket {
            Bucket::Week => (at.iso_week().year(), at.iso_week().week(), 0),
            Bucket::Month => (at.year(), at.month(), 0),
            Bucket::Quarter => (at.year(), at.month0() / 3, 0),
            Bucket::Year => (at.year(), 0, 0),
            Bucket::Day => (at.year(), at.month(), at.day()),
            Bucket::Hour => panic!("no sample is cut into hours"),
        };
        let sides = buckets.entry(key).or_default();
        for (side, name) in sides.iter_mut().zip([x, y]) {
            side.extend(row[name.as_str()].number);
        }
    }
    let full = buckets
        .into_values()
        .filter(|[x, y]| x.len() >= 3 && y.len() >= 3);
    full.map(|[x, y]| (mean(&x), mean(&y))).collect()
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn means(points: &[(f64, f64)]) -> (f64, f64) {
    let n = points.len() as f64;
    (
        points.iter().map(|p| p.0).sum::<f64>() / n,
        points.iter().map(|p| p.1).sum::<f64>() / n,
    )
}

fn pearson(points: &[(f64, f64)]) -> f64 {
    let (mx, my) = means(points);
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
    sum(&|p| (p.0 - mx) * (p.1 - my)) / (sum(&|p| (p.0 - mx).powi(2)) * sum(&|p| (p.1 - my).powi(2))).sqrt()
}

/// Ranks by counting what is below and what is equal.
fn ranks(x: &[f64]) -> Vec<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let upto = sorted.partition_point(|other| other <= value);
        (below + upto + 1) as f64 / 2.0
    };
    x.iter().map(rank).collect()
}
