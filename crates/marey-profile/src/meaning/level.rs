//! The level of measurement that a chart should use by default.

use marey_core::{FieldType, PhysicalType, SemanticFamily, SemanticType};

/// The level that follows from what values stand for, else from how they are stored.
pub(crate) fn level(physical: PhysicalType, semantic: Option<SemanticType>) -> FieldType {
    use SemanticType as S;
    if matches!(physical, PhysicalType::Date | PhysicalType::Timestamp) {
        return FieldType::Temporal;
    }
    let number = matches!(
        physical,
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
    );
    let by_storage = match physical {
        PhysicalType::Time => FieldType::Ordinal,
        _ if number => FieldType::Quantitative,
        _ => FieldType::Nominal,
    };
    let Some(semantic) = semantic else {
        return by_storage;
    };
    match (semantic, semantic.family()) {
        (S::Duration | S::Age, _) => by_storage,
        (S::Latitude | S::Longitude | S::Easting | S::Northing, _) => by_storage,
        (S::OrderedCategory | S::AgeRange | S::Rank, _) => FieldType::Ordinal,
        // Stars can be averaged, words cannot.
        (S::Rating, _) if number => FieldType::Quantitative,
        (S::Rating, _) => FieldType::Ordinal,
        // Vega-Lite would read the number 1995 as milliseconds: an ordered axis shows years right.
        (_, SemanticFamily::Time) => FieldType::Ordinal,
        (_, SemanticFamily::Quantity) => by_storage,
        _ => FieldType::Nominal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_outweighs_storage() {
        use PhysicalType as P;
        use SemanticType as S;
        let check = |physical, semantic, expected| {
            assert_eq!(level(physical, semantic), expected, "{physical} {semantic:?}");
        };
        check(P::Int, Some(S::Year), FieldType::Ordinal);
        check(P::Date, Some(S::Year), FieldType::Temporal);
        check(P::Int, Some(S::PostalCode), FieldType::Nominal);
        check(P::Int, Some(S::Boolean), FieldType::Nominal);
        check(P::Float, Some(S::Latitude), FieldType::Quantitative);
        check(P::Text, Some(S::Rating), FieldType::Ordinal);
        check(P::Float, Some(S::Rating), FieldType::Quantitative);
        check(P::Text, Some(S::AgeRange), FieldType::Ordinal);
        check(P::Time, None, FieldType::Ordinal);
        check(P::Float, None, FieldType::Quantitative);
        check(P::Text, None, FieldType::Nominal);
    }
}
