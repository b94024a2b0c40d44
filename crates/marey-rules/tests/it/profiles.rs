//! Profiles made by hand.

use marey_core::{FieldName, FieldType, PhysicalType, SemanticType};
use marey_profile::{
    Association, AssociationMeasure, ColumnProfile, Count, Distribution, Monotonicity, NumericSummary,
    Quantiles, TableProfile, TemporalSummary, TextSummary, TimeGranularity, TopValue, advise,
};

/// A table of the given columns.
pub fn table(rows: u64, columns: Vec<ColumnProfile>) -> TableProfile {
    let columns = columns
        .into_iter()
        .enumerate()
        .map(|(index, column)| ColumnProfile {
            index,
            advice: advise(&column, rows),
            ..column
        })
        .collect();
    TableProfile {
        table: "table".to_owned(),
        rows,
        distinct_rows: exact(rows),
        columns,
        ..TableProfile::default()
    }
}

/// Says how strongly two columns go together.
pub fn associated(
    mut profile: TableProfile,
    a: &str,
    b: &str,
    measure: AssociationMeasure,
    value: f64,
) -> TableProfile {
    profile.pairs.push(Association {
        a: FieldName::new(a),
        b: FieldName::new(b),
        measure,
        value,
        n: profile.rows,
        exact: true,
        standard_error: None,
    });
    profile
}

fn exact(value: u64) -> Count {
    Count::exact(value)
}

fn column(name: &str, physical_type: PhysicalType, field_type: FieldType, distinct: u64) -> ColumnProfile {
    ColumnProfile {
        semantic_confidence: 0.9,
        distinct: exact(distinct),
        ..ColumnProfile::new(name, physical_type, field_type)
    }
}

/// Numbers evenly spread between two ends.
pub fn numbers(name: &str, semantic: SemanticType, min: f64, max: f64) -> ColumnProfile {
    let middle = f64::midpoint(min, max);
    let integers = min.fract() == 0.0 && max.fract() == 0.0;
    let physical = if integers {
        PhysicalType::Int
    } else {
        PhysicalType::Float
    };
    ColumnProfile {
        semantic_type: Some(semantic),
        numeric: Some(NumericSummary {
            min,
            max,
            mean: middle,
            stdev: (max - min) / 3.5,
            sum: middle * 100.0,
            skewness: 0.1,
            kurtosis: -1.0,
            quantiles: Quantiles {
                p05: min + 0.05 * (max - min),
                q1: min + 0.25 * (max - min),
                median: middle,
                q3: min + 0.75 * (max - min),
                p95: min + 0.95 * (max - min),
                exact: true,
                ..Quantiles::default()
            },
            zeros: u64::from(min <= 0.0),
            negatives: u64::from(min < 0.0),
            integers,
            histogram: Distribution {
                start: min,
                width: (max - min) / 10.0,
                counts: vec![10; 10],
            },
            ..NumericSummary::default()
        }),
        ..column(name, physical, FieldType::Quantitative, 100)
    }
}

/// Gives numbers a tail.
pub fn skewed(mut column: ColumnProfile, skewness: f64) -> ColumnProfile {
    if let Some(numeric) = &mut column.numeric {
        numeric.skewness = skewness;
    }
    column
}

/// Gives categories an order of their own, lowest first.
pub fn ordered(column: ColumnProfile, order: &[&str]) -> ColumnProfile {
    ColumnProfile {
        order: order.iter().map(|value| (*value).to_owned()).collect(),
        ..column
    }
}

/// Categories with even frequencies.
pub fn categories(name: &str, values: &[&str], rows: u64) -> ColumnProfile {
    let longest = values
        .iter()
        .map(|value| value.chars().count() as u64)
        .max()
        .unwrap_or(0);
    let share = rows / (values.len().max(1) as u64);
    ColumnProfile {
        semantic_type: Some(SemanticType::Category),
        text: Some(TextSummary {
            min_chars: 1,
            max_chars: longest,
            mean_chars: longest as f64 * 0.8,
            mean_words: 1.0,
            ..TextSummary::default()
        }),
        top: values
            .iter()
            .map(|value| TopValue {
                value: (*value).to_owned(),
                count: exact(share),
            })
            .collect(),
        ..column(name, PhysicalType::Text, FieldType::Nominal, values.len() as u64)
    }
}

/// Text with so many different values of about so many characters.
pub fn texts(name: &str, semantic: SemanticType, distinct: u64, chars: f64) -> ColumnProfile {
    ColumnProfile {
        semantic_type: Some(semantic),
        text: Some(TextSummary {
            min_chars: 2,
            max_chars: (chars * 1.5) as u64,
            mean_chars: chars,
            mean_words: (chars / 6.0).max(1.0),
            ..TextSummary::default()
        }),
        top: vec![TopValue {
            value: "first".to_owned(),
            count: exact(2),
        }],
        ..column(name, PhysicalType::Text, FieldType::Nominal, distinct)
    }
}

/// Dates from 2015 on.
pub fn dates(name: &str, days: i64, granularity: TimeGranularity, distinct: u64) -> ColumnProfile {
    let start = 1_420_070_400_000;
    ColumnProfile {
        semantic_type: Some(SemanticType::Date),
        temporal: Some(TemporalSummary {
            min_ms: start,
            max_ms: start + days * 86_400_000,
            granularity,
            points: exact(distinct),
            histogram: Distribution {
                start: start as f64,
                width: 86_400_000.0,
                counts: vec![1; 10],
            },
            ..TemporalSummary::default()
        }),
        ..column(name, PhysicalType::Date, FieldType::Temporal, distinct)
    }
}

/// Integer years.
pub fn years(name: &str, from: i64, to: i64) -> ColumnProfile {
    let ms = |year: i64| (year - 1970) * 31_556_952_000;
    ColumnProfile {
        temporal: Some(TemporalSummary {
            min_ms: ms(from) + 86_400_000,
            max_ms: ms(to) + 86_400_000,
            granularity: TimeGranularity::Year,
            points: exact((to - from + 1) as u64),
            histogram: Distribution {
                start: 0.0,
                width: 1.0,
                counts: vec![1],
            },
            ..TemporalSummary::default()
        }),
        distinct: exact((to - from + 1) as u64),
        ..numbers(name, SemanticType::Year, from as f64, to as f64)
    }
}

/// A column that names each row.
pub fn identifiers(name: &str, rows: u64) -> ColumnProfile {
    ColumnProfile {
        distinct: exact(rows),
        unique: true,
        monotonicity: Monotonicity::StrictlyIncreasing,
        ..numbers(name, SemanticType::Identifier, 1.0, rows as f64)
    }
}

/// Sales by day.
pub fn sales() -> TableProfile {
    let columns = vec![
        identifiers("order_id", 5000),
        dates("order_date", 3000, TimeGranularity::Day, 2100),
        categories("region", &["North", "South", "East", "West"], 5000),
        texts("city", SemanticType::City, 213, 9.0),
        numbers("quantity", SemanticType::Count, 1.0, 40.0),
        skewed(numbers("unit_price", SemanticType::Currency, 0.5, 900.5), 3.2),
        numbers("revenue", SemanticType::Currency, 1.5, 9000.0),
    ];
    let profile = table(5000, columns);
    let profile = associated(profile, "quantity", "revenue", AssociationMeasure::Pearson, 0.6);
    associated(
        profile,
        "region",
        "unit_price",
        AssociationMeasure::CorrelationRatio,
        0.4,
    )
}

/// Answers to a questionnaire.
pub fn survey() -> TableProfile {
    let scale = [
        "Strongly disagree",
        "Disagree",
        "Neutral",
        "Agree",
        "Strongly agree",
    ];
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri"];
    let ages = ["18-24", "25-34", "35-49", "50-64", "65+"];
    let columns = vec![
        identifiers("respondent", 400),
        ordered(categories("age_group", &ages, 400), &ages),
        categories("gender", &["female", "male"], 400),
        ordered(categories("I trust charts", &scale, 400), &scale),
        ordered(categories("weekday", &days, 400), &days),
        texts("comment", SemanticType::FreeText, 300, 90.0),
    ];
    table(400, columns)
}

/// Stations with places.
pub fn geography() -> TableProfile {
    let rows = 250;
    let columns = vec![
        texts("station", SemanticType::Category, rows, 12.0),
        numbers("lat", SemanticType::Latitude, -33.5, 64.25),
        numbers("lon", SemanticType::Longitude, -120.5, 151.25),
        numbers("elevation_m", SemanticType::Measure, -3.0, 3100.0),
        categories("climate", &["arid", "polar", "temperate", "tropical"], rows),
    ];
    table(rows, columns)
}

/// Many numbers and nothing else.
pub fn wide(columns: usize) -> TableProfile {
    let numbers = (0..columns).map(|at| {
        numbers(
            &format!("sensor_{at}"),
            SemanticType::Measure,
            0.5,
            10.0 + at as f64,
        )
    });
    table(800, numbers.collect())
}

/// Prose only.
pub fn prose() -> TableProfile {
    let columns = vec![
        texts("title", SemanticType::FreeText, 90, 70.0),
        texts("body", SemanticType::FreeText, 90, 700.0),
    ];
    table(90, columns)
}

/// Identifiers only.
pub fn ids() -> TableProfile {
    table(50, vec![identifiers("a_id", 50), identifiers("b_id", 50)])
}

/// Countries by year.
pub fn panel() -> TableProfile {
    let columns = vec![
        texts("country", SemanticType::Country, 180, 9.0),
        years("year", 1960, 2020),
        skewed(numbers("population", SemanticType::Count, 9000.0, 1.4e9), 9.0),
        numbers("life_expectancy", SemanticType::Measure, 28.5, 85.0),
    ];
    table(180 * 61, columns)
}

/// Leaves a column with one value.
pub fn constant(mut column: ColumnProfile) -> ColumnProfile {
    column.distinct = exact(1);
    column
}

/// Gives the first value nearly all rows.
pub fn dominated(mut column: ColumnProfile, rows: u64) -> ColumnProfile {
    if let Some(first) = column.top.first_mut() {
        first.count = exact(rows);
    }
    column
}

/// Takes values away.
pub fn with_gaps(mut column: ColumnProfile, nulls: u64) -> ColumnProfile {
    column.nulls = nulls;
    column
}

/// Marks a column as personal data.
pub fn personal(mut column: ColumnProfile) -> ColumnProfile {
    column.pii = Some("email".to_owned());
    column
}
