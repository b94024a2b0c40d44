//! Features as Arrow batches and as safetensors, for other programs.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, BooleanArray, Float32Array, Float64Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema},
    error::ArrowError,
    ipc::writer::FileWriter,
};
use safetensors::{Dtype, tensor::TensorView};

use crate::{
    FeatureError,
    column::{COLUMN_FEATURES_VERSION, ColumnFeatures},
    vizml::{
        COLUMN_FEATURES, FeatureKind, FeatureValue, NamedFeatures, PAIR_FEATURES, VIZML_VERSION,
        VizmlFeatures,
    },
};

/// The features of VizML of a table's columns as a batch: `column` (text), then one column per feature,
/// `Float64` or `Boolean`, null where there is no value.
///
/// # Errors
///
/// When Arrow refuses the batch, which a name that occurs twice does not bring about.
pub fn vizml_column_batch(features: &VizmlFeatures) -> Result<RecordBatch, FeatureError> {
    let names = features.columns.iter().map(|column| Some(column.name.as_str()));
    let rows: Vec<&NamedFeatures> = features.columns.iter().map(|column| &column.features).collect();
    batch(vec![("column", text(names))], &COLUMN_FEATURES, &rows)
}

/// The features of VizML of the pairs of a table's columns as a batch: `a` and `b` (text), then one column
/// per feature, `Float64` or `Boolean`, null where there is no value.
///
/// # Errors
///
/// As [`vizml_column_batch`].
pub fn vizml_pair_batch(features: &VizmlFeatures) -> Result<RecordBatch, FeatureError> {
    let a = text(features.pairs.iter().map(|pair| Some(pair.a.as_str())));
    let b = text(features.pairs.iter().map(|pair| Some(pair.b.as_str())));
    let rows: Vec<&NamedFeatures> = features.pairs.iter().map(|pair| &pair.features).collect();
    batch(vec![("a", a), ("b", b)], &PAIR_FEATURES, &rows)
}

/// The aggregates of VizML of a table as a batch of two columns, `feature` and `value`, truth values as 1
/// and 0, null where there is no value.
///
/// # Errors
///
/// As [`vizml_column_batch`].
pub fn vizml_table_batch(features: &VizmlFeatures) -> Result<RecordBatch, FeatureError> {
    let names = text(features.table.iter().map(|(name, _)| Some(name)));
    let values: Float64Array = features.table.iter().map(|(_, value)| value.number()).collect();
    made(vec![("feature", names), ("value", Arc::new(values))])
}

/// The model's features of a table's columns as a batch: `column` (text), then one `Float32` column per
/// feature. `names` are those of the columns.
///
/// # Errors
///
/// As [`vizml_column_batch`].
pub fn column_batch(features: &ColumnFeatures, names: &[&str]) -> Result<RecordBatch, FeatureError> {
    let mut columns = vec![("column", text(names.iter().map(|name| Some(*name))))];
    for (at, feature) in ColumnFeatures::names().enumerate() {
        let values = features
            .values
            .iter()
            .skip(at)
            .step_by(ColumnFeatures::width())
            .copied();
        let values: ArrayRef = Arc::new(Float32Array::from_iter_values(values));
        columns.push((feature.name, values));
    }
    made(columns)
}

/// A batch as an Arrow file.
///
/// # Errors
///
/// When Arrow refuses to write it.
pub fn arrow_file(batch: &RecordBatch) -> Result<Vec<u8>, FeatureError> {
    let mut bytes = Vec::new();
    FileWriter::try_new(&mut bytes, batch.schema_ref())
        .and_then(|mut writer| {
            writer.write(batch)?;
            writer.finish()
        })
        .map_err(arrow_refused)?;
    Ok(bytes)
}

/// The features of VizML as safetensors: `columns` `[columns, 81]`, `pairs` `[pairs, 30]` and `table`
/// `[907]`, all `f64`, truth values as 1 and 0, NaN where there is no value. The metadata hold under
/// `features` a JSON object with `set`, `version` and the names of the features (`column_features`,
/// `pair_features`, `table_features`, each separated by commas).
///
/// # Errors
///
/// When safetensors refuses the shapes.
pub fn vizml_safetensors(features: &VizmlFeatures) -> Result<Vec<u8>, FeatureError> {
    let names = |features: &[(&str, FeatureKind)]| joined(features.iter().map(|(name, _)| *name));
    tensors(
        Dtype::F64,
        &[
            (
                "columns",
                vec![features.columns.len(), COLUMN_FEATURES.len()],
                numbers(features.columns.iter().map(|column| &column.features)),
            ),
            (
                "pairs",
                vec![features.pairs.len(), PAIR_FEATURES.len()],
                numbers(features.pairs.iter().map(|pair| &pair.features)),
            ),
            (
                "table",
                vec![features.table.values.len()],
                numbers(std::iter::once(&features.table)),
            ),
        ],
        &[
            ("set", "vizml".into()),
            ("version", VIZML_VERSION.to_string()),
            ("column_features", names(&COLUMN_FEATURES)),
            ("pair_features", names(&PAIR_FEATURES)),
            (
                "table_features",
                joined(features.table.iter().map(|(name, _)| name)),
            ),
        ],
    )
}

/// The model's features as safetensors: `columns` `[columns, features]` and `table` `[features]`, both
/// `f32`; metadata as those of [`vizml_safetensors`].
///
/// # Errors
///
/// When safetensors refuses the shapes.
pub fn column_safetensors(features: &ColumnFeatures) -> Result<Vec<u8>, FeatureError> {
    let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect();
    tensors(
        Dtype::F32,
        &[
            (
                "columns",
                vec![features.columns, ColumnFeatures::width()],
                bytes(&features.values),
            ),
            (
                "table",
                vec![ColumnFeatures::table_width()],
                bytes(&features.table),
            ),
        ],
        &[
            ("set", "model".into()),
            ("version", COLUMN_FEATURES_VERSION.to_string()),
            (
                "column_features",
                joined(ColumnFeatures::names().map(|feature| feature.name)),
            ),
            (
                "table_features",
                joined(ColumnFeatures::table_names().map(|feature| feature.name)),
            ),
        ],
    )
}

fn numbers<'a>(rows: impl Iterator<Item = &'a NamedFeatures>) -> Vec<u8> {
    let values = rows.flat_map(|row| &row.values);
    values
        .flat_map(|value| value.number().unwrap_or(f64::NAN).to_le_bytes())
        .collect()
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<&str>>().join(",")
}

fn tensors(
    dtype: Dtype,
    parts: &[(&str, Vec<usize>, Vec<u8>)],
    metadata: &[(&str, String)],
) -> Result<Vec<u8>, FeatureError> {
    let refused = |source: safetensors::SafeTensorError| FeatureError::Export {
        format: "safetensors",
        message: source.to_string(),
    };
    let views = parts
        .iter()
        .map(|(name, shape, bytes)| Ok((*name, TensorView::new(dtype, shape.clone(), bytes)?)))
        .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()
        .map_err(refused)?;
    // The header holds the metadata in the order of a hash map; one entry has none.
    let metadata: serde_json::Map<String, serde_json::Value> = metadata
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
        .collect();
    let metadata = HashMap::from([(
        "features".to_owned(),
        serde_json::Value::Object(metadata).to_string(),
    )]);
    safetensors::serialize(views, Some(metadata)).map_err(refused)
}

fn text<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

fn batch(
    mut columns: Vec<(&'static str, ArrayRef)>,
    features: &'static [(&'static str, FeatureKind)],
    rows: &[&NamedFeatures],
) -> Result<RecordBatch, FeatureError> {
    for (at, (name, kind)) in features.iter().enumerate() {
        let values = rows.iter().map(|row| row.values[at]);
        let array: ArrayRef = match kind {
            FeatureKind::Number => Arc::new(values.map(FeatureValue::number).collect::<Float64Array>()),
            FeatureKind::Truth => {
                let truths = values.map(|value| value.number().map(|number| number == 1.0));
                Arc::new(truths.collect::<BooleanArray>())
            }
        };
        columns.push((*name, array));
    }
    made(columns)
}

fn made(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, FeatureError> {
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, array)| {
            Field::new(
                *name,
                array.data_type().clone(),
                *array.data_type() != DataType::Utf8,
            )
        })
        .collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(arrow_refused)
}

fn arrow_refused(source: ArrowError) -> FeatureError {
    FeatureError::Export {
        format: "Arrow",
        message: source.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use arrow::ipc::reader::FileReader;
    use marey_profile::{ProfileOptions, TableProfile, profile};
    use marey_table::{
        Table,
        read::{ReadOptions, read},
    };
    use safetensors::SafeTensors;

    use super::*;
    use crate::{column::column_features, vizml::vizml_features};

    fn prices() -> (Table, TableProfile) {
        let csv = b"city,price\nOslo,3\nRome,5\nBonn,\n".to_vec();
        let table = read("prices.csv", csv, &ReadOptions::default()).unwrap().value;
        let profile = profile(&table, &ProfileOptions::default());
        (table, profile)
    }

    #[test]
    fn arrow_files_read_back() {
        let (table, profile) = prices();
        let vizml = vizml_features(&table, &profile);
        let check = |batch: RecordBatch, rows: usize, columns: usize| {
            let bytes = arrow_file(&batch).unwrap();
            let read: Vec<RecordBatch> = FileReader::try_new(std::io::Cursor::new(bytes), None)
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            assert_eq!(read, [batch]);
            assert_eq!((read[0].num_rows(), read[0].num_columns()), (rows, columns));
        };
        check(vizml_column_batch(&vizml).unwrap(), 2, 82);
        check(vizml_pair_batch(&vizml).unwrap(), 1, 32);
        check(vizml_table_batch(&vizml).unwrap(), 907, 2);
        let model = column_features(&profile);
        check(
            column_batch(&model, &["city", "price"]).unwrap(),
            2,
            1 + ColumnFeatures::width(),
        );
    }

    #[test]
    fn safetensors_read_back() {
        let (table, profile) = prices();
        let bytes = vizml_safetensors(&vizml_features(&table, &profile)).unwrap();
        let read = SafeTensors::deserialize(&bytes).unwrap();
        let columns = read.tensor("columns").unwrap();
        assert_eq!(columns.shape(), [2, 81]);
        // `length` of the first column is 3.
        assert_eq!(columns.data()[8..16], 3.0_f64.to_le_bytes());
        assert_eq!(read.tensor("table").unwrap().shape(), [907]);
        let bytes = column_safetensors(&column_features(&profile)).unwrap();
        let read = SafeTensors::deserialize(&bytes).unwrap();
        assert_eq!(
            read.tensor("columns").unwrap().shape(),
            [2, ColumnFeatures::width()]
        );
    }
}
