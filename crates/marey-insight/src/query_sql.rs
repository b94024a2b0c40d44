//! Queries as SQL that people can paste (DuckDB and PostgreSQL understand it).

use crate::{Bucket, Condition, Query, Summary, Test};

impl Query {
    /// The query as one SQL expression or statement over a table of this name.
    pub fn sql(&self, table: &str) -> String {
        match self {
            Self::Summary { summary, rows } => statement(summary, rows, table),
            Self::Difference(a, b) => format!("SELECT ({}) - ({})", a.sql(table), b.sql(table)),
            Self::Product(a, b) => format!("SELECT ({}) * ({})", a.sql(table), b.sql(table)),
            Self::Sum(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| format!("coalesce(({}), 0)", part.sql(table)))
                    .collect();
                format!("SELECT {}", parts.join(" + "))
            }
            Self::Number(number) => format!("SELECT {number}"),
            Self::Ratio(a, b) => format!("SELECT 1.0 * ({}) / ({})", a.sql(table), b.sql(table)),
        }
    }
}

fn statement(summary: &Summary, rows: &[Condition], table: &str) -> String {
    let table = quoted(table);
    let source = format!("{table}{}", clause(rows));
    match summary {
        Summary::Rows => format!("SELECT count(*) FROM {source}"),
        Summary::Values(x) => format!("SELECT count({}) FROM {source}", quoted(x.as_str())),
        Summary::Missing(x) => format!("SELECT count(*) - count({}) FROM {source}", quoted(x.as_str())),
        Summary::Distinct(x) => format!("SELECT count(DISTINCT {}) FROM {source}", quoted(x.as_str())),
        Summary::RepeatedRows => format!(
            "SELECT (SELECT count(*) FROM {source}) - (SELECT count(*) FROM (SELECT DISTINCT * FROM {source}))"
        ),
        Summary::Sum(x) => format!("SELECT sum({}) FROM {source}", quoted(x.as_str())),
        Summary::Mean(x) => format!("SELECT avg({}) FROM {source}", quoted(x.as_str())),
        Summary::Median(x) => format!(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {}) FROM {source}",
            quoted(x.as_str())
        ),
        Summary::Deviation(x) => format!("SELECT stddev_samp({}) FROM {source}", quoted(x.as_str())),
        Summary::Least(x) => format!("SELECT min({}) FROM {source}", quoted(x.as_str())),
        Summary::Greatest(x) => format!("SELECT max({}) FROM {source}", quoted(x.as_str())),
        Summary::Correlation(x, y) => {
            format!(
                "SELECT corr({}, {}) FROM {source}",
                quoted(x.as_str()),
                quoted(y.as_str())
            )
        }
        Summary::SlopePerDay(y, time) => format!(
            "SELECT regr_slope({}, {} / 86400000.0) FROM {source}",
            quoted(y.as_str()),
            instant(&quoted(time.as_str()))
        ),
        Summary::SlopeError(y, time) => {
            let sides = format!(
                "{}, {} / 86400000.0",
                quoted(y.as_str()),
                instant(&quoted(time.as_str()))
            );
            format!(
                "SELECT sqrt((regr_syy({sides}) - regr_slope({sides}) * regr_sxy({sides})) \
                 / (regr_count({sides}) - 2) / regr_sxx({sides})) FROM {source}"
            )
        }
        Summary::BucketCorrelation(x, y, time, bucket) => of_buckets(
            "corr(a, b)",
            [x, y, time].map(|column| quoted(column.as_str())),
            *bucket,
            &source,
        ),
        Summary::Buckets(x, y, time, bucket) => of_buckets(
            "count(*)",
            [x, y, time].map(|column| quoted(column.as_str())),
            *bucket,
            &source,
        ),
        Summary::RankCorrelation(x, y) => {
            let (x, y) = (quoted(x.as_str()), quoted(y.as_str()));
            let both = both_present(rows, &x, &y);
            format!(
                "SELECT corr(a, b) FROM (SELECT {} AS a, {} AS b FROM {table}{both})",
                mean_rank(&x),
                mean_rank(&y)
            )
        }
        Summary::WithinCorrelation(x, y, by) => {
            let (x, y, by) = (quoted(x.as_str()), quoted(y.as_str()), quoted(by.as_str()));
            let both = both_present(rows, &x, &y);
            format!(
                "SELECT corr(a, b) FROM (SELECT {x} - avg({x}) OVER (PARTITION BY {by}) AS a, \
                 {y} - avg({y}) OVER (PARTITION BY {by}) AS b FROM {table}{both} AND {by} IS NOT NULL)"
            )
        }
        Summary::Multiples(x, step) => {
            let x = quoted(x.as_str());
            format!(
                "SELECT sum(CASE WHEN abs({x} / {step} - round({x} / {step})) < 1e-5 AND {x} <> 0 THEN 1 ELSE 0 END) FROM {source}"
            )
        }
    }
}

fn instant(column: &str) -> String {
    format!("epoch_ms(CAST({column} AS TIMESTAMP))")
}

fn of_buckets(what: &str, [x, y, time]: [String; 3], bucket: Bucket, source: &str) -> String {
    let unit = match bucket {
        Bucket::Hour => "hour",
        Bucket::Day => "day",
        Bucket::Week => "week",
        Bucket::Month => "month",
        Bucket::Quarter => "quarter",
        Bucket::Year => "year",
    };
    format!(
        "SELECT {what} FROM (SELECT avg({x}) AS a, avg({y}) AS b FROM {source} \
         GROUP BY date_trunc('{unit}', {time}) HAVING count({x}) >= 3 AND count({y}) >= 3)"
    )
}

fn mean_rank(column: &str) -> String {
    format!("rank() OVER (ORDER BY {column}) + (count(*) OVER (PARTITION BY {column}) - 1) / 2.0")
}

fn both_present(rows: &[Condition], x: &str, y: &str) -> String {
    let present = format!("{x} IS NOT NULL AND {y} IS NOT NULL");
    match clause(rows) {
        none if none.is_empty() => format!(" WHERE {present}"),
        some => format!("{some} AND {present}"),
    }
}

fn clause(rows: &[Condition]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let tests: Vec<String> = rows.iter().map(condition).collect();
    format!(" WHERE {}", tests.join(" AND "))
}

fn condition(condition: &Condition) -> String {
    let column = quoted(condition.column.as_str());
    match &condition.test {
        Test::Is(text) => format!("CAST({column} AS VARCHAR) = {}", literal(text)),
        Test::IsNot(text) => format!("CAST({column} AS VARCHAR) IS DISTINCT FROM {}", literal(text)),
        Test::Other(text) => format!("CAST({column} AS VARCHAR) <> {}", literal(text)),
        Test::OneOf(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
            format!("CAST({column} AS VARCHAR) IN ({})", texts.join(", "))
        }
        Test::Equals(number) => format!("{column} = {number}"),
        Test::Within(low, high) => format!("{column} >= {low} AND {column} < {high}"),
        Test::During(low, high) => {
            format!("{0} >= {low} AND {0} < {high}", instant(&column))
        }
        Test::NotDuring(low, high) => format!("({0} < {low} OR {0} >= {high})", instant(&column)),
        Test::Outside(low, high) => format!("({column} < {low} OR {column} >= {high})"),
        Test::Phase(phase) => {
            let shifted = phase.origin_ms as f64 + phase.from * phase.period_ms;
            let at = format!("({} - {shifted}) / {}", instant(&column), phase.period_ms);
            format!("{at} - floor({at}) < {}", phase.length)
        }
        Test::Missing => format!("{column} IS NULL"),
        Test::Present => format!("{column} IS NOT NULL"),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
