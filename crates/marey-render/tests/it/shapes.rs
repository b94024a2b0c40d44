//! Lines, areas and arcs have the geometry of d3-shape.
//!
//! The files in `vectors/` were computed with d3-shape 3 and the curve names of vega-scenegraph 5.

use marey_render::path::{Arc, Curve, Path, area, line};

use crate::vectors::{number, rows};

/// Letters and numbers of path data.
fn tokens(path: &str) -> Vec<Result<char, f64>> {
    let mut found = Vec::new();
    let mut text = String::new();
    for c in path.chars().chain([',']) {
        if (c == '-' || c == ',' || c == ' ' || c.is_ascii_alphabetic()) && !text.is_empty() {
            found.push(Err(number(&text)));
            text.clear();
        }
        match c {
            c if c.is_ascii_alphabetic() => found.push(Ok(c)),
            ',' | ' ' => {}
            c => text.push(c),
        }
    }
    found
}

fn alike(found: &Path, expected: &str) -> bool {
    let (found, expected) = (tokens(found.as_str()), tokens(expected));
    let near = |(a, b): (&Result<char, f64>, &Result<char, f64>)| match (a, b) {
        (Err(a), Err(b)) => (a - b).abs() < 0.011,
        (a, b) => a == b,
    };
    found.len() == expected.len() && found.iter().zip(&expected).all(near)
}

#[test]
fn curves_are_those_of_d3() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("vectors/curves.tsv")).skip(1) {
        let [kind, name, tension, orient, points, expected] = row[..] else {
            panic!("six columns in {row:?}")
        };
        let curve = Curve::parse(name, tension.parse().ok(), orient == "horizontal").expect("a known name");
        let points: Vec<Option<[f64; 2]>> = points
            .split(' ')
            .map(|p| p.split_once(',').map(|(x, y)| [number(x), number(y)]))
            .collect();
        let lower: Vec<_> = points
            .iter()
            .map(|p| p.map(|[x, _]| [x, 100.0 + x / 10.0]))
            .collect();
        let found = if kind == "line" {
            line(curve, &points)
        } else {
            area(curve, &points, &lower)
        };
        // D3 draws nothing for a bundle of one point; we draw a dot.
        if !expected.is_empty() && !alike(&found, expected) {
            wrong.push(format!("{row:?}\n  {}", found.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn arcs_are_those_of_d3() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("vectors/arcs.tsv")).skip(1) {
        let [inner, outer, start, end, pad, corner] = [0, 1, 2, 3, 4, 5].map(|i| number(row[i]));
        let arc = Arc {
            inner,
            outer,
            start,
            end,
            pad,
            corner,
        };
        let centroid = arc.centroid().map(|c| (c * 100.0).round() / 100.0);
        let expected: Vec<f64> = row[7].split(' ').map(number).collect();
        let centred = centroid.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.011);
        if !alike(&arc.path(), row[6]) || !centred {
            wrong.push(format!("{row:?}\n  {} {centroid:?}", arc.path().as_str()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
