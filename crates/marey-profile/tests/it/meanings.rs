//! What columns mean, told from few values and a name.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
use marey_core::SemanticType::{self, *};
use marey_profile::ColumnProfile;

use crate::built::profiled;

fn of(name: &str, array: ArrayRef) -> ColumnProfile {
    profiled(vec![(name, array)]).columns.remove(0)
}

/// A column in which the texts are repeated.
fn texts(name: &str, texts: &[&str]) -> ColumnProfile {
    let repeated = texts.iter().cycle().take(texts.len() * 10);
    of(name, Arc::new(StringArray::from_iter_values(repeated)))
}

fn check(column: &ColumnProfile, expected: SemanticType) {
    assert_eq!(
        column.semantic_type,
        Some(expected),
        "{}: {:?}",
        column.name,
        column.top
    );
}

#[test]
fn texts_are_known_by_their_form() {
    for (expected, values) in [
        (Email, &["a@x.org", "b.c@y.co.uk", "d@z.de"][..]),
        (Url, &["http://x.org", "https://y.de/a?b", "https://z.fr"]),
        (Phone, &["(212) 555-0199", "212-555-0142", "(718) 555-0100"]),
        (PostalCode, &["K1A 0B1", "M5V 2T6", "V6B 1A1"]),
        (
            Uuid,
            &[
                "550e8400-e29b-41d4-a716-446655440000",
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            ],
        ),
        (Month, &["Jan", "Feb", "Mar"]),
        (Weekday, &["Monday", "Tuesday"]),
        (Boolean, &["Yes", "No"]),
        (Country, &["France", "Côte d'Ivoire", "Korea, Rep."]),
        (Region, &["NY", "CA", "TX", "WA", "IL"]),
        (OrderedCategory, &["low", "high", "medium"]),
        (OrderedCategory, &["18-24", "25-34", "65+", "35-64"]),
        (Color, &["red", "green", "blue"]),
        (Category, &["north", "by foot", "empty"]),
    ] {
        check(&texts("v", values), expected);
    }
    assert_eq!(texts("v", &["a@x.org", "b@y.de"]).pii.as_deref(), Some("email"));
}

#[test]
fn names_decide_where_values_cannot() {
    check(&texts("supplier_city", &["Oslo", "Bergen"]), City);
    check(&texts("country", &["DE", "FR"]), Country);
    check(&texts("state", &["DE", "CA"]), Region);
    check(&texts("zip code", &["10475", "10001"]), PostalCode);
    check(&texts("customer_id", &["A1", "B2", "C3"]), Identifier);
    assert_eq!(
        texts("Last Name", &["Ada", "Bob"]).pii.as_deref(),
        Some("person_name")
    );
}

#[test]
fn prose_is_free_text_and_names_of_rows_are_identifiers() {
    let prose: Vec<String> = (0..40)
        .map(|i| format!("the committee met for the {i}th time and decided nothing of note"))
        .collect();
    check(&of("minutes", Arc::new(StringArray::from(prose))), FreeText);
    let names: Vec<String> = (0..40).map(|i| format!("part-{:03}", i * 37 % 1000)).collect();
    check(&of("part", Arc::new(StringArray::from(names))), Identifier);
}

#[test]
fn numbers_are_known_by_name_and_range() {
    let ints = |name: &str, values: Vec<i64>| of(name, Arc::new(Int64Array::from(values)));
    let floats = |name: &str, values: Vec<f64>| of(name, Arc::new(Float64Array::from(values)));
    check(
        &ints(
            "model_year",
            vec![
                0, 1999, 2003, 2010, 2011, 2010, 2009, 2001, 2002, 2003, 1998, 1999, 2000, 2001, 2004, 2005,
                2006, 2007, 2008, 2009, 2012, 2013,
            ],
        ),
        Year,
    );
    check(&ints("x", (1990..2020).collect()), Year);
    check(&ints("month", vec![1, 12, 3]), Month);
    check(&ints("row", (1..50).collect()), Identifier);
    check(&ints("OBJECTID", vec![17, 4, 93]), Identifier);
    check(&ints("Zip", vec![10475, 601, 90210]), PostalCode);
    check(&ints("injured", vec![0, 1, 0, 1]), Boolean);
    check(&ints("number of visits", vec![0, 5, 17]), Count);
    check(&ints("fips_code", vec![36_005, 36_005, 36_061]), Category);
    check(&floats("latitude", vec![40.7, -33.9]), Latitude);
    check(&floats("lng", vec![-73.9, 151.2]), Longitude);
    check(&floats("latitude", vec![4000.0, 1.0]), Measure);
    check(&floats("percent_voted", vec![45.5, 10.0]), Percentage);
    check(&floats("unemployment rate", vec![4.5, 3.9]), Rate);
    check(&floats("median price", vec![4.5, 3.9]), Rate);
    check(&floats("unit_price", vec![4.5, 3.9]), Currency);
    check(&floats("weight", vec![4.5, 3.9]), Measure);
}

#[test]
fn units_written_at_the_numbers_outweigh_names() {
    use marey_profile::{ProfileOptions, profile};
    use marey_table::{ColumnNote, Unit};
    let note = |unit| ColumnNote {
        unit: Some(unit),
        ..ColumnNote::default()
    };
    let values: ArrayRef = Arc::new(Float64Array::from(vec![4.5, 3.9]));
    let table = crate::built::table(vec![("rate", values.clone()), ("latitude", values)])
        .with_notes(vec![note(Unit::Currency("EUR".into())), note(Unit::Percent)]);
    let profile = profile(&table, &ProfileOptions::default());
    check(&profile.columns[0], Currency);
    check(&profile.columns[1], Percentage);
    assert_eq!(profile.columns[0].unit.as_deref(), Some("EUR"));
}
