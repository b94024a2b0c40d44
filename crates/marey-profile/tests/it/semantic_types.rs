//! Every semantic type of texts and numbers on a column made by hand, and columns that come near.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
use marey_core::SemanticType::{self, *};
use marey_profile::{ColumnProfile, EvidenceSource};

use crate::built::profiled;

fn of(name: &str, array: ArrayRef) -> ColumnProfile {
    profiled(vec![(name, array)]).columns.remove(0)
}

/// A column in which the texts are repeated, written with `|` between them.
fn texts(name: &str, texts: &str) -> ColumnProfile {
    let different: Vec<&str> = texts.split('|').collect();
    let repeated = different.iter().cycle().take(different.len() * 10).copied();
    of(name, Arc::new(StringArray::from_iter_values(repeated)))
}

fn check(column: &ColumnProfile, expected: SemanticType) {
    let found = column.semantic_type;
    assert_eq!(
        found,
        Some(expected),
        "{}: {:?}",
        column.name,
        column.semantic_evidence
    );
    assert!(column.semantic_confidence > 0.0 && column.semantic_confidence <= 1.0);
    assert!(
        !column.semantic_evidence.is_empty(),
        "{}: nothing told",
        column.name
    );
}

#[test]
fn values_tell_their_type_without_a_name() {
    for (expected, values) in [
        (Email, "a@x.org|b.c@y.co.uk|d@z.de"),
        (Url, "http://x.org|https://y.de/a?b|www.z.fr/q"),
        (Phone, "(212) 555-0199|+49 30 1234567|718-555-0100"),
        (IpAddress, "10.0.0.1|192.168.1.254|2001:db8::1"),
        (MacAddress, "00:1a:2b:3c:4d:5e|00:1a:2b:3c:4d:5f"),
        (
            Uuid,
            "550e8400-e29b-41d4-a716-446655440000|6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        ),
        (
            Hash,
            "da39a3ee5e6b4b0d3255bfef95601890afd80709|2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        ),
        (
            Iban,
            "DE89 3704 0044 0532 0130 00|GB82WEST12345698765432|FR1420041010050500013M02606",
        ),
        (
            CardNumber,
            "4111 1111 1111 1111|5500-0000-0000-0004|3400 0000 0000 009",
        ),
        (Isbn, "978-3-16-148410-0|0-306-40615-2|978-0-306-40615-7"),
        (NationalId, "123-45-6789|001-01-0001|899-12-3456"),
        (
            CoordinatePair,
            "(41.8781, -87.6298)|(40.7128, -74.0060)|(34.0522, -118.2437)",
        ),
        (
            Geometry,
            "POINT (-87.6 41.9)|POLYGON ((1 2, 3 4, 1 2))|LINESTRING (1 2, 3 4)",
        ),
        (PostalCode, "K1A 0B1|M5V 2T6|V6B 1A1"),
        (Quarter, "Q1|Q2|Q4"),
        (Quarter, "2019-Q3|2019-Q4|2020-Q1"),
        (Week, "2019-W05|2019-W06|2020-W01"),
        (FiscalYear, "FY2019|FY2020|FY2021"),
        (YearRange, "2015-2019|2016-2020|2017 to 2021"),
        (Duration, "2h 30m|45 min|1 hour"),
        (Month, "Enero|Febrero|Marzo"),
        (Weekday, "Montag|Dienstag|Freitag"),
        (Gender, "Male|Female|Unknown"),
        (Gender, "M|F|X"),
        (Country, "France|Côte d'Ivoire|Korea, Rep.|Deutschland"),
        (Country, "DE|FR|IT|ES|NL|BE|PL|SE|NO|FI|PT|GR"),
        (Region, "NY|CA|TX|WA|IL"),
        (Color, "red|green|dark blue"),
        (Color, "#ff0000|#00ff00|#0f0"),
        (StreetType, "St|Ave|Blvd|Drive"),
        (
            StreetAddress,
            "12 Main St|4 Oak Avenue|Hauptstraße 5|Calle 12 # 3-45|9 Elm Rd",
        ),
        (
            JobTitle,
            "Police Officer|Nurse|Senior Engineer|Clerk II|Truck Driver|Teacher|Accountant|Chef|Plumber|Judge",
        ),
        (OrderedCategory, "low|high|medium"),
        (OrderedCategory, "$10,000 - $19,999|$0 - $9,999|$20,000+"),
        (AgeRange, "18-24 years|25-34 years|65 years and over"),
        (Rating, "Agree|Strongly agree|Neutral|Disagree"),
        (Boolean, "Yes|No"),
    ] {
        check(&texts("v", values), expected);
    }
}

#[cfg(feature = "reference-lists")]
#[test]
fn lists_tell_names_and_codes() {
    for (expected, values) in [
        (
            City,
            "Berlin|Lima|Oslo|Bergen|Lyon|Porto|Seattle|Osaka|Nairobi|Gdańsk|Medellín",
        ),
        (County, "Kings|Queens|Bronx|Manhattan|Staten Island|Brooklyn"),
        (
            Region,
            "Antioquia|Boyacá|Nariño|Cundinamarca|Risaralda|Quindío|Caquetá|Guainía|Vichada",
        ),
        (
            FirstName,
            "Mary|Patricia|Linda|Barbara|Jennifer|Susan|Margaret|Dorothy|Lisa|Nancy",
        ),
        (
            FullName,
            "Mary Smith|John Johnson|Linda Brown|James Davis|Robert Miller|Susan Moore|Paul Taylor|Mark Hall",
        ),
        (Language, "English|Spanish|Tagalog|Korean|French"),
        (CurrencyCode, "EUR|USD|GBP|CHF|JPY"),
        (CurrencyCode, "Zloty|Baht|Naira"),
    ] {
        check(&texts("v", values), expected);
    }
    let zips =
        "10001 10002 10003 10451 10452 10453 60601 60602 60603 94102 94103 94107 73301 33101 98101 98102";
    let zips: Vec<i64> = zips.split(' ').map(|zip| zip.parse().unwrap()).collect();
    check(&of("v", Arc::new(Int64Array::from(zips))), PostalCode);
}

#[test]
fn what_comes_near_is_something_else() {
    let not = |name: &str, values: &str, wrong: SemanticType| {
        let column = texts(name, values);
        assert_ne!(column.semantic_type, Some(wrong), "{name}: {values}");
    };
    not("v", "a@|@b|c at d.org", Email);
    not("v", "x.org|see www.x.org|file.txt", Url);
    not("v", "2020-01-31|2020-02-28|31/01/2020 x", Phone);
    not("v", "1.2.3|1.2.4|256.1.1.1", IpAddress);
    not(
        "v",
        "DE88370400440532013000|GB81WEST12345698765432|FR1520041010050500013M02606",
        Iban,
    );
    not(
        "v",
        "4111111111111112|5500000000000005|340000000000008",
        CardNumber,
    );
    not("v", "978-3-16-148410-1|0-306-40615-3|978-0-306-40615-8", Isbn);
    not("v", "(1, 2)|(3, 4)|(5, 6)", CoordinatePair);
    not("v", "Point of sale|Line of business", Geometry);
    not("v", "Q5|Q6|Q7", Quarter);
    not("v", "2019-12|2020-01|2020-02", YearRange);
    not("v", "10M|1M|100M", Duration);
    not("v", "Mayor|Marshal|Junior", Month);
    not("v", "A|B|C", OrderedCategory);
    not("v", "S|M|L", OrderedCategory);
    not("v", "PA|PU|TR|CM|VN|TK", Country);
    not("v", "Plan A|Plan B|Plan C", JobTitle);
    not("v", "North|South|East", City);
    not("v", "Gold|Silver|Bronze", Color);
    not("dataset", "Police station|Fire station|School", JobTitle);
    not("company_type", "Supplier|Maintenance", Company);
    not("hours per week", "1|2|3|x", Week);
}

#[test]
fn names_in_several_languages_help() {
    for (name, values, expected) in [
        ("país", "Alemania|Francia|Ruritania", Country),
        ("pa_s", "Colombia|Perú|otro", Country),
        ("Geschlecht", "m|w|d", Gender),
        ("sexo", "H|M", Gender),
        ("PLZ", "10115|A-1010|8001", PostalCode),
        ("talla", "S|XL|M", OrderedCategory),
        ("Vorname", "Jürgen|Heike|Torben", FirstName),
        ("nom de famille", "Dupont|Lefèvre|Guérin", LastName),
        ("ciudad", "Tunja|Sogamoso|Paipa", City),
        ("Wohnort", "Buxtehude|Kleve|Berlin", City),
        ("departamento", "Boyacá|Meta|Huila", Region),
        ("idioma", "Español|Inglés|English", Language),
        ("puesto", "Director|Auxiliar|Ingeniero", JobTitle),
        ("empresa", "Acme Ltda|Bolívar SA|Café SAS", Company),
        ("unidad de medida", "kg|ml|caja", UnitOfMeasure),
        ("Farbe", "rot|grün|sonstige", Color),
        ("fiscal_year", "2018/19|2019/20|2020/21", FiscalYear),
        ("Altersgruppe", "0-17|18-64|65+", AgeRange),
    ] {
        check(&texts(name, values), expected);
    }
}

#[test]
fn numbers_are_told_by_name_and_range() {
    let ints = |name: &str, values: Vec<i64>| of(name, Arc::new(Int64Array::from(values)));
    let floats = |name: &str, values: Vec<f64>| of(name, Arc::new(Float64Array::from(values)));
    check(&ints("rank", vec![1, 2, 3, 4]), Rank);
    check(&ints("stars", vec![5, 4, 3, 5]), Rating);
    check(&ints("edad", vec![33, 4, 71]), Age);
    check(&ints("qtr", vec![1, 2, 4, 2]), Quarter);
    check(&ints("day", vec![1, 31, 15]), DayOfMonth);
    check(&ints("semana", vec![1, 52, 15]), Week);
    check(&ints("upc", vec![36_000_291_452, 12_345_678_905]), ProductCode);
    check(&ints("trip_seconds duration", vec![360, 20, 77]), Duration);
    check(&floats("x_coordinate", vec![1_176_514.5, 1_189_259.8]), Easting);
    check(&floats("latitudcabecera", vec![4.5, 6.1, 1.3]), Latitude);
    check(&ints("months", vec![3, 12, 7]), Measure);
    check(&ints("postage", vec![3, 12, 7]), Measure);
}

#[test]
fn degrees_side_by_side_are_told_without_names() {
    let north: Vec<f64> = (0..50).map(|i| 41.8 + f64::from(i) * 0.003_217).collect();
    let west: Vec<f64> = (0..50).map(|i| -87.7 + f64::from(i) * 0.002_713).collect();
    let floats = |values: &Vec<f64>| -> ArrayRef { Arc::new(Float64Array::from(values.clone())) };
    let pair = profiled(vec![("a", floats(&west)), ("b", floats(&north))]);
    check(&pair.columns[0], Longitude);
    check(&pair.columns[1], Latitude);
    let prices: Vec<f64> = (0..50).map(|i| 40.0 + f64::from(i) * 0.25).collect();
    let apart = profiled(vec![("a", floats(&north)), ("b", floats(&prices))]);
    check(&apart.columns[0], Measure);
    check(&apart.columns[1], Measure);
}

#[test]
fn order_is_that_of_the_meaning() {
    let order = |name: &str, values: &str, expected: &str| {
        let column = texts(name, values);
        let expected: Vec<&str> = expected.split('|').filter(|value| !value.is_empty()).collect();
        assert_eq!(column.order, expected, "{name}: {values}");
    };
    order("v", "Mar|Jan|Feb", "Jan|Feb|Mar");
    order("v", "Sunday|Monday|Thursday", "Monday|Thursday|Sunday");
    order("mes", "marzo|enero|Total", "enero|marzo|Total");
    order("v", "Q1 2020|Q4 2019|Q2 2020", "Q4 2019|Q1 2020|Q2 2020");
    // With and without a year: no order is right.
    order("v", "Q1 2020|Q4|Q2 2020", "");
    order("v", "high|N/A|low|medium", "low|medium|high|N/A");
    order("v", "65+|18-24|25-64", "18-24|25-64|65+");
    order("v", "gold|bronze|silver", "bronze|silver|gold");
    order("v", "red|green|blue", "");
    order("type", "A|B|C", "");
}

#[test]
fn evidence_says_where_it_was_seen() {
    let column = texts("Wohnort", "Berlin|Kleve|Atlantis");
    let sources: Vec<EvidenceSource> = column.semantic_evidence.iter().map(|told| told.source).collect();
    assert!(
        sources.contains(&EvidenceSource::Header),
        "{:?}",
        column.semantic_evidence
    );
    let json = serde_json::to_string(&column.semantic_evidence).unwrap();
    assert!(!json.contains("Kleve"), "evidence holds no value: {json}");
}
