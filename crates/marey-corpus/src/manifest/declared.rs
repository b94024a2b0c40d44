//! What a manifest says of the columns of a table.

use marey_core::PhysicalType;
use marey_table::{ColumnNote, Table};
use serde_json::Map;

use super::{FieldSource, RecordField};

/// Markers of missing values that every reader of CSV knows which the standard's reference reader builds on (pandas,
/// `read_csv`, `na_values`).
const KNOWN_MARKERS: [&str; 17] = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "null",
];

impl RecordField {
    /// A column of a table, for a manifest. It has a type only where every reader gets that type from its cells as they
    /// are written; numbers with signs (`79.02%`, `$1,200`), dates as people write them and words for yes and no are text to
    /// whoever does not know how Marey reads them.
    pub fn of_table(id: &str, table: &Table, index: usize, file: &str) -> Self {
        let name = table.column_name(index);
        let declared = declared(table.physical_type(index), table.note(index));
        Self::of_column(id, name.as_str(), declared, file)
    }

    /// A column of values that are written plainly, for a manifest.
    pub fn of_column(table: &str, column: &str, physical: PhysicalType, file: &str) -> Self {
        Self {
            id: format!("{table}/{column}"),
            name: column.to_owned(),
            data_types: vec![data_type(physical).to_owned()],
            source: Some(FieldSource {
                file: file.to_owned(),
                column: column.to_owned(),
            }),
            rest: Map::new(),
        }
    }
}

/// The type of the standard.
fn data_type(physical: PhysicalType) -> &'static str {
    match physical {
        PhysicalType::Boolean => "sc:Boolean",
        PhysicalType::Int => "sc:Integer",
        PhysicalType::Float | PhysicalType::Decimal => "sc:Float",
        PhysicalType::Date => "sc:Date",
        PhysicalType::Timestamp => "sc:DateTime",
        PhysicalType::Time | PhysicalType::Text | PhysicalType::Empty => "sc:Text",
    }
}

/// The type that every reader gets from the cells of a column as they are written.
fn declared(physical: PhysicalType, note: &ColumnNote) -> PhysicalType {
    let markers = note
        .null_markers
        .iter()
        .all(|marker| KNOWN_MARKERS.contains(&marker.as_str()));
    let plain = markers && note.exceptions == 0 && note.unit.is_none() && note.number_format.is_none();
    let as_read = match physical {
        PhysicalType::Boolean => note.boolean_words.as_ref().is_none_or(is_true_and_false),
        PhysicalType::Date | PhysicalType::Timestamp => is_iso(note),
        _ => true,
    };
    if plain && as_read {
        physical
    } else {
        PhysicalType::Text
    }
}

fn is_true_and_false(words: &[String; 2]) -> bool {
    ["true", "false"]
        .iter()
        .zip(words)
        .all(|(word, own)| word.eq_ignore_ascii_case(own))
}

/// Whether all times are written as ISO 8601 has them, or were times before they were written.
fn is_iso(note: &ColumnNote) -> bool {
    note.time_formats
        .iter()
        .all(|format| format.starts_with("%Y-%m-%d"))
}

#[cfg(test)]
mod tests {
    use marey_table::read::{ReadOptions, read};

    use super::*;

    #[test]
    fn a_type_is_declared_where_cells_are_written_plainly() {
        let csv = "i,f,p,m,d,u,t,b,y,x\n\
                   1,1.5,79%,\"1,200\",2024-01-02,13/02/2024,2024-01-02 03:04:05,true,yes,1\n\
                   2,,80%,\"3,400\",2024-02-03,14/02/2024,2024-02-03 04:05:06,false,no,none so far\n\
                   3,2.5,81%,\"5,600\",2024-03-04,15/02/2024,2024-03-04 05:06:07,true,yes,3\n";
        let table = read("t.csv", csv.into(), &ReadOptions::default()).unwrap().value;
        let types: Vec<String> = (0..table.columns())
            .map(|index| RecordField::of_table("t", &table, index, "t").data_types[0].clone())
            .collect();
        assert_eq!(
            types,
            [
                "sc:Integer",
                "sc:Float",
                "sc:Text",
                "sc:Text",
                "sc:Date",
                "sc:Text",
                "sc:DateTime",
                "sc:Boolean",
                "sc:Text",
                "sc:Text"
            ]
        );
    }
}
