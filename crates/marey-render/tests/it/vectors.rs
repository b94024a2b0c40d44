//! Scales and formats give what d3-scale, d3-format, d3-time-format and vega-scale give.
//!
//! The files in `vectors/` were computed with d3-array 3, d3-format 3.1, d3-scale 4, d3-time 3, d3-time-format 4 and
//! vega-scale 8 of the npm registry, in the en-US locale and UTC.

use marey_render::{
    format::{NumberFormat, TickFormat, TimeFormat},
    scale::{Continuous, Transform},
};

pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().map(|line| line.split('\t').collect())
}

pub fn number(text: &str) -> f64 {
    text.parse().expect("a number in the vectors")
}

/// A table of one specifier a row and one value a column.
#[track_caller]
fn check_matrix(text: &'static str, format: impl Fn(&str, f64) -> String) {
    let mut rows = rows(text);
    let values = rows.next().expect("a header");
    let mut wrong = Vec::new();
    for row in rows {
        assert_eq!(row.len(), values.len(), "row of {}", row[0]);
        for (value, expected) in values.iter().zip(&row).skip(1) {
            let found = format(row[0], number(value));
            if found != *expected {
                wrong.push(format!("`{}` of {value}: `{found}`, not `{expected}`", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_are_written_as_by_d3() {
    check_matrix(include_str!("vectors/number_format.tsv"), |specifier, value| {
        NumberFormat::parse(specifier)
            .expect("a valid specifier")
            .format(value)
    });
}

#[test]
fn times_are_written_as_by_d3() {
    check_matrix(include_str!("vectors/time_format.tsv"), |specifier, value| {
        TimeFormat::new(specifier).format(value)
    });
}

fn transform(kind: &str) -> Transform {
    match kind {
        "linear" => Transform::Linear,
        "time" => Transform::Time,
        log => Transform::Log {
            base: number(log.trim_start_matches("log")),
        },
    }
}

fn close(found: &[f64], expected: &str) -> bool {
    let expected: Vec<f64> = expected.split_whitespace().map(number).collect();
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
    found.len() == expected.len() && found.iter().zip(&expected).all(near)
}

#[test]
fn ticks_and_their_labels_are_those_of_d3_and_vega() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("vectors/ticks.tsv")).skip(1) {
        let [kind, start, stop, count, ticks, nice, labels] = row[..] else {
            panic!("seven columns in {row:?}")
        };
        let count = number(count);
        let scale = Continuous::new(transform(kind), [number(start), number(stop)], [0.0, 1.0]);
        let found = scale.ticks(count);
        let format = TickFormat::of(&scale, count, None).expect("the default format");
        let written: Vec<String> = found.iter().map(|tick| format.format(*tick)).collect();
        let widened = scale.clone().nice(count);
        let separator = if kind == "time" { '|' } else { ' ' };
        let expected: Vec<&str> = labels
            .split(separator)
            .map(|l| if l == "_" { "" } else { l })
            .filter(|_| !labels.is_empty())
            .collect();
        // Vega writes no label at all on a logarithmic scale of negative numbers; we do.
        let comparable = !(kind.starts_with("log") && start.starts_with('-'));
        let labelled = written == expected || !comparable;
        // D3 leaves descending time domains at some lengths as they are; we widen them all.
        let descending = kind == "time" && number(start) > number(stop);
        let widened_alike = close(widened.domain(), nice) || descending;
        if !close(&found, ticks) || !widened_alike || !labelled {
            wrong.push(format!(
                "{kind} {start} {stop} {count}:\n  {found:?}\n  {ticks}\n  {:?}\n  {nice}\n  {written:?}\n  {labels}",
                widened.domain()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn formats_are_completed_for_a_span_as_by_vega() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("vectors/span_format.tsv")).skip(1) {
        let [start, stop, count, specifier, labels] = row[..] else {
            panic!("five columns in {row:?}")
        };
        let (start, stop) = (number(start), number(stop));
        let format = TickFormat::span(start, stop, number(count), Some(specifier)).expect("valid");
        let found = [start, stop, (start + stop) / 2.0]
            .map(|x| format.format(x))
            .join("|");
        if found != labels {
            wrong.push(format!(
                "{start} {stop} {count} `{specifier}`: {found}, not {labels}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
