//! A profile as an Arrow batch: a row per column of the table.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, BooleanArray, Float64Array, ListArray, RecordBatch, StringArray, StructArray,
        TimestampMillisecondArray, UInt64Array,
    },
    buffer::OffsetBuffer,
    datatypes::{DataType, Field, Fields, Schema, SchemaRef},
};

use crate::{ColumnProfile, Distribution, NumericSummary, TableProfile, TemporalSummary, TextSummary};

/// One statistic: its name, its type, and how it is had of all columns.
struct Statistic {
    name: &'static str,
    array: fn(&TableProfile) -> ArrayRef,
}

fn texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn counts(profile: &TableProfile, of: fn(&ColumnProfile) -> Option<u64>) -> ArrayRef {
    Arc::new(profile.columns.iter().map(of).collect::<UInt64Array>())
}

fn flags(profile: &TableProfile, of: fn(&ColumnProfile) -> bool) -> ArrayRef {
    Arc::new(BooleanArray::from_iter(
        profile.columns.iter().map(|column| Some(of(column))),
    ))
}

fn shares(profile: &TableProfile, of: impl Fn(&ColumnProfile) -> Option<f64>) -> ArrayRef {
    Arc::new(profile.columns.iter().map(of).collect::<Float64Array>())
}

fn numbers(profile: &TableProfile, of: fn(&NumericSummary) -> f64) -> ArrayRef {
    shares(profile, |column| column.numeric.as_ref().map(of))
}

fn text_sizes(profile: &TableProfile, of: fn(&TextSummary) -> f64) -> ArrayRef {
    shares(profile, |column| column.text.as_ref().map(of))
}

fn instants(profile: &TableProfile, of: fn(&TemporalSummary) -> i64) -> ArrayRef {
    let values = profile
        .columns
        .iter()
        .map(|column| column.temporal.as_ref().map(of));
    Arc::new(values.collect::<TimestampMillisecondArray>())
}

macro_rules! statistics {
    ($($name:ident: $array:expr;)*) => {
        &[$(Statistic { name: stringify!($name), array: $array },)*]
    };
}

/// The statistics in their order; names and types stay, others may follow.
const STATISTICS: &[Statistic] = statistics! {
    table: |profile| texts(profile.columns.iter().map(|_| Some(profile.table.as_str())));
    rows: |profile| Arc::new(UInt64Array::from(vec![profile.rows; profile.columns.len()]));
    name: |profile| texts(profile.columns.iter().map(|column| Some(column.name.as_str())));
    index: |profile| counts(profile, |column| Some(column.index as u64));
    physical_type: |profile| texts(profile.columns.iter().map(|column| Some(column.physical_type.as_str())));
    field_type: |profile| texts(profile.columns.iter().map(|column| Some(column.field_type.as_str())));
    semantic_type: |profile| texts(profile.columns.iter().map(|column| Some(column.semantic_type?.as_str())));
    semantic_confidence: |profile| shares(profile, |column| Some(column.semantic_confidence));
    pii: |profile| texts(profile.columns.iter().map(|column| column.pii.as_deref()));
    masked: |profile| flags(profile, |column| column.privacy.masked);
    unit: |profile| texts(profile.columns.iter().map(|column| column.unit.as_deref()));
    nulls: |profile| counts(profile, |column| Some(column.nulls));
    distinct: |profile| counts(profile, |column| Some(column.distinct.value));
    distinct_exact: |profile| flags(profile, |column| column.distinct.exact);
    unique: |profile| flags(profile, |column| column.unique);
    min: |profile| numbers(profile, |numeric| numeric.min);
    p01: |profile| numbers(profile, |numeric| numeric.quantiles.p01);
    p05: |profile| numbers(profile, |numeric| numeric.quantiles.p05);
    q1: |profile| numbers(profile, |numeric| numeric.quantiles.q1);
    median: |profile| numbers(profile, |numeric| numeric.quantiles.median);
    q3: |profile| numbers(profile, |numeric| numeric.quantiles.q3);
    p95: |profile| numbers(profile, |numeric| numeric.quantiles.p95);
    p99: |profile| numbers(profile, |numeric| numeric.quantiles.p99);
    max: |profile| numbers(profile, |numeric| numeric.max);
    mean: |profile| numbers(profile, |numeric| numeric.mean);
    stdev: |profile| numbers(profile, |numeric| numeric.stdev);
    sum: |profile| numbers(profile, |numeric| numeric.sum);
    skewness: |profile| numbers(profile, |numeric| numeric.skewness);
    kurtosis: |profile| numbers(profile, |numeric| numeric.kurtosis);
    mad: |profile| numbers(profile, |numeric| numeric.mad);
    outlier_share: |profile| numbers(profile, |numeric| numeric.outliers.share);
    zeros: |profile| counts(profile, |column| column.numeric.as_ref().map(|numeric| numeric.zeros));
    negatives: |profile| counts(profile, |column| column.numeric.as_ref().map(|numeric| numeric.negatives));
    earliest: |profile| instants(profile, |time| time.min_ms);
    latest: |profile| instants(profile, |time| time.max_ms);
    min_chars: |profile| text_sizes(profile, |text| text.min_chars as f64);
    max_chars: |profile| text_sizes(profile, |text| text.max_chars as f64);
    mean_chars: |profile| text_sizes(profile, |text| text.mean_chars);
    mean_words: |profile| text_sizes(profile, |text| text.mean_words);
    bin_start: |profile| shares(profile, |column| Some(histogram(column)?.start));
    bin_width: |profile| shares(profile, |column| Some(histogram(column)?.width));
    bins: bins;
    top: top;
    findings: findings;
};

/// The histogram of a column, over numbers or milliseconds.
fn histogram(column: &ColumnProfile) -> Option<&Distribution> {
    let histogram = match (&column.numeric, &column.temporal) {
        (_, Some(time)) => &time.histogram,
        (Some(numeric), None) => &numeric.histogram,
        (None, None) => return None,
    };
    (!histogram.counts.is_empty()).then_some(histogram)
}

fn bins(profile: &TableProfile) -> ArrayRef {
    let lists: Vec<Option<&[u64]>> = profile
        .columns
        .iter()
        .map(|column| Some(histogram(column)?.counts.as_slice()))
        .collect();
    let values: UInt64Array = lists
        .iter()
        .flatten()
        .flat_map(|list| list.iter().copied())
        .collect();
    let lengths = lists.iter().map(|list| list.map_or(0, <[u64]>::len));
    Arc::new(ListArray::new(
        Arc::new(Field::new("item", DataType::UInt64, true)),
        OffsetBuffer::from_lengths(lengths),
        Arc::new(values),
        Some(lists.iter().map(Option::is_some).collect()),
    ))
}

fn top(profile: &TableProfile) -> ArrayRef {
    let all = || profile.columns.iter().flat_map(|column| &column.top);
    let fields = Fields::from(vec![
        Field::new("value", DataType::Utf8, false),
        Field::new("count", DataType::UInt64, false),
    ]);
    let values = StructArray::new(
        fields.clone(),
        vec![
            Arc::new(StringArray::from(
                all().map(|top| top.value.as_str()).collect::<Vec<_>>(),
            )),
            Arc::new(UInt64Array::from(
                all().map(|top| top.count.value).collect::<Vec<_>>(),
            )),
        ],
        None,
    );
    Arc::new(ListArray::new(
        Arc::new(Field::new("item", DataType::Struct(fields), false)),
        OffsetBuffer::from_lengths(profile.columns.iter().map(|column| column.top.len())),
        Arc::new(values),
        None,
    ))
}

/// What is wrong with each column, in sentences.
fn findings(profile: &TableProfile) -> ArrayRef {
    let of = |column: &ColumnProfile| -> Vec<&str> {
        let about = profile
            .quality
            .iter()
            .filter(|finding| finding.columns.contains(&column.name));
        about.map(|finding| finding.message.as_str()).collect()
    };
    let lists: Vec<Vec<&str>> = profile.columns.iter().map(of).collect();
    Arc::new(ListArray::new(
        Arc::new(Field::new("item", DataType::Utf8, false)),
        OffsetBuffer::from_lengths(lists.iter().map(Vec::len)),
        Arc::new(StringArray::from(lists.concat())),
        None,
    ))
}

impl TableProfile {
    /// The Arrow schema of [`Self::to_record_batch`]; the same for every table.
    ///
    /// | column | type | null where |
    /// |---|---|---|
    /// | `table`, `name` | text | never |
    /// | `rows`, `index`, `nulls`, `distinct` | unsigned 64-bit integer | never |
    /// | `physical_type`, `field_type` | text, as in the JSON | never |
    /// | `semantic_type`, `pii`, `unit` | text | nothing was told |
    /// | `semantic_confidence` | float, 0 to 1 | never |
    /// | `masked`, `distinct_exact`, `unique` | boolean | never |
    /// | `min`, `p01` to `p99`, `max`, `mean`, `stdev`, `sum`, `skewness`, `kurtosis`, `mad`, `outlier_share` | float | no numbers |
    /// | `zeros`, `negatives` | unsigned 64-bit integer | no numbers |
    /// | `earliest`, `latest` | timestamp in milliseconds, without zone | no points in time |
    /// | `min_chars`, `max_chars`, `mean_chars`, `mean_words` | float | no texts |
    /// | `bin_start`, `bin_width` | float (milliseconds for time) | no histogram |
    /// | `bins` | list of counts | no histogram |
    /// | `top` | list of `value` and `count` | never; may be empty |
    /// | `findings` | list of texts | never; may be empty |
    pub fn record_schema() -> SchemaRef {
        let empty = TableProfile::default();
        let fields = STATISTICS.iter().map(|statistic| {
            let data_type = (statistic.array)(&empty).data_type().clone();
            Field::new(statistic.name, data_type, true)
        });
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    /// The statistics of the columns as an Arrow batch, a row per column, for tools that read Arrow.
    ///
    /// The profile is told as it is: of [`Self::masked`], personal values are masked here too.
    ///
    /// ```
    /// use arrow::array::{AsArray, types::UInt64Type};
    /// use marey_profile::{ProfileOptions, profile};
    /// use marey_table::read::{ReadOptions, read};
    /// let table = read("t.csv", b"n,k\n1,a\n2,a\n,b\n".to_vec(), &ReadOptions::default())?.value;
    /// let batch = profile(&table, &ProfileOptions::default()).to_record_batch();
    /// let nulls = batch.column_by_name("nulls").unwrap().as_primitive::<UInt64Type>();
    /// assert_eq!(nulls.values(), &[1, 0]);
    /// # Ok::<(), marey_table::TableError>(())
    /// ```
    pub fn to_record_batch(&self) -> RecordBatch {
        let arrays = STATISTICS
            .iter()
            .map(|statistic| (statistic.array)(self))
            .collect();
        // Every array has a row per column and the type that the same function gives of nothing.
        RecordBatch::try_new(Self::record_schema(), arrays)
            .unwrap_or_else(|_| RecordBatch::new_empty(Self::record_schema()))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{Array, AsArray, types::Float64Type};
    use marey_table::read::{ReadOptions, read};

    use super::*;
    use crate::{ProfileOptions, profile};

    #[test]
    fn a_row_stands_for_each_column() {
        let csv = "day,n,city\n2024-01-01,1,Rome\n2024-01-02,3,Rome\n2024-01-03,,Pisa\n";
        let table = read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default())
            .unwrap()
            .value;
        let batch = profile(&table, &ProfileOptions::default()).to_record_batch();
        assert_eq!(batch.num_rows(), 3);
        assert_eq!(batch.schema(), TableProfile::record_schema());
        let column = |name: &str| batch.column_by_name(name).unwrap().clone();
        let max = column("max");
        let max = max.as_primitive::<Float64Type>();
        assert!(max.is_null(0) && max.value(1) == 3.0 && max.is_null(2));
        assert!(column("earliest").is_valid(0) && column("earliest").is_null(1));
        let top = column("top");
        let cities = top.as_list::<i32>().value(2);
        assert_eq!(cities.as_struct().column(0).as_string::<i32>().value(0), "Rome");
        let bins = column("bins");
        assert!(bins.is_null(2) && !bins.as_list::<i32>().value(1).is_empty());
    }

    #[test]
    fn a_table_without_columns_is_no_row() {
        assert_eq!(TableProfile::default().to_record_batch().num_rows(), 0);
    }
}
