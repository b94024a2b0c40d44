//! Tables without the personal values of others.

use std::sync::Arc;

use arrow::{
    array::{
        Array, ArrayRef, Date32Array, RecordBatch, StringArray, StringBuilder, TimestampMicrosecondArray,
    },
    datatypes::{DataType, Field, Schema, SchemaRef},
    util::display::{ArrayFormatter, FormatOptions},
};
use chrono::{DateTime, Datelike, NaiveDate};
use hashbrown::HashMap;
use marey_core::FieldName;
use marey_table::{ColumnNote, Table};

use super::{PersonalKind, PrivacyLevel, anonymity::places, mask, redact};
use crate::{ColumnProfile, ProfileError, TableProfile, TimeGranularity, TimeStep};

/// Texts of so many words on average are prose, in which pieces of personal data are looked for.
const PROSE: f64 = 1.5;

/// What stands in the place of a personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hiding {
    /// A name of its own for each value, by kind and order of appearance: `e-mail 1`, `e-mail 2`. Equal
    /// values stay equal, also in other columns of the same kind, so that counts and joins hold.
    #[default]
    Pseudonym,
    /// The value's shape: `j***@***.com` (see [`mask`]). Different values may become the same.
    Mask,
    /// Nothing: the cell is missing.
    Blank,
}

/// Which columns of a table are redacted, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RedactOptions {
    /// What stands in the place of values.
    pub hiding: Hiding,
    /// Columns that are redacted beside those that were found, such as indirect identifiers.
    pub also: Vec<FieldName>,
    /// Columns that stay as they are, whatever was found in them.
    pub keep: Vec<FieldName>,
}

/// A column that was redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedColumn {
    /// The column.
    pub name: FieldName,
    /// What it held; none where it was asked for without a suspicion.
    pub kind: Option<PersonalKind>,
    /// Whether whole values were hidden, rather than pieces of texts.
    pub whole: bool,
}

/// The table without what its profile says is personal, and the columns that changed.
///
/// Columns of direct identifiers, and those that profiles mask, are hidden whole; in texts of
/// several words, pieces of personal data are replaced by their kinds in brackets (`[e-mail]`). Days
/// of birth become the first day of their year, unless they are blanked. Numbers that are hidden
/// become texts. Columns that identify indirectly stay (see [`k_anonymity`](super::k_anonymity)), as
/// does what no detector knows: a redacted table is not an anonymous one.
///
/// ```
/// use marey_profile::{ProfileOptions, privacy::{RedactOptions, redact_table}, profile};
/// use marey_table::read::{ReadOptions, read};
/// let csv = b"mail,n\nann@example.com,1\nbob@example.org,2\nann@example.com,3\n".to_vec();
/// let table = read("t.csv", csv, &ReadOptions::default())?.value;
/// let profile = profile(&table, &ProfileOptions::default());
/// let (redacted, columns) = redact_table(&table, &profile, &RedactOptions::default()).unwrap();
/// assert_eq!((redacted.rows(), columns.len()), (3, 1));
/// # Ok::<(), marey_table::TableError>(())
/// ```
///
/// # Errors
///
/// When the options name a column that the table does not have, or Arrow refuses.
pub fn redact_table(
    table: &Table,
    profile: &TableProfile,
    options: &RedactOptions,
) -> Result<(Table, Vec<RedactedColumn>), ProfileError> {
    places(table, &options.keep)?;
    let also = places(table, &options.also)?;
    let mut plan = Vec::new();
    for column in &profile.columns {
        let at = column.index;
        if options.keep.contains(&column.name) {
            continue;
        }
        let privacy = &column.privacy;
        let found = privacy.masked || privacy.level == PrivacyLevel::Direct;
        let prose = column.text.as_ref().is_some_and(|text| text.mean_words >= PROSE);
        if also.contains(&at) || (found && !privacy.is_in_texts()) {
            plan.push((at, Treatment::Whole(privacy.kind)));
        } else if found || prose {
            plan.push((at, Treatment::Pieces));
        }
    }
    let mut redactor = Redactor::new(options.hiding);
    let redacted = redactor.table(table, &plan)?;
    let columns = plan
        .iter()
        .filter(|(at, treatment)| matches!(treatment, Treatment::Whole(_)) || redactor.changed.contains(at))
        .map(|(at, treatment)| RedactedColumn {
            name: profile
                .columns
                .get(*at)
                .map_or_else(|| table.column_name(*at), |column| column.name.clone()),
            kind: match treatment {
                Treatment::Whole(kind) => *kind,
                Treatment::Pieces => profile.columns.get(*at).and_then(|column| column.privacy.kind),
            },
            whole: matches!(treatment, Treatment::Whole(_)),
        })
        .collect();
    Ok((redacted, columns))
}

/// The table with pseudonyms in the columns that its profile masks, and the profile of that, for
/// charts and sentences that anybody may see. Both are as they were where nothing is masked.
///
/// # Errors
///
/// When Arrow refuses.
pub fn pseudonymised(table: &Table, profile: &TableProfile) -> Result<(Table, TableProfile), ProfileError> {
    let mut plan = Vec::new();
    for column in profile.columns.iter().filter(|column| column.privacy.masked) {
        let at = column.index;
        let treatment = match column.privacy.is_in_texts() {
            true => Treatment::Pieces,
            false => Treatment::Whole(column.privacy.kind),
        };
        plan.push((at, treatment));
    }
    let mut redactor = Redactor::new(Hiding::Pseudonym);
    let shown = redactor.table(table, &plan)?;
    let mut profile = profile.shown_by(|column, value| redactor.known(column, value));
    for column in profile.columns.iter_mut().filter(|column| column.privacy.masked) {
        if let Some(time) = &mut column.temporal {
            time.granularity = TimeGranularity::Year;
            time.weekdays.clear();
            time.hours.clear();
            column.advice.time_step = column.advice.time_step.map(|_| TimeStep::Year);
            column.advice.format = column.advice.format.take().map(|_| "%Y".to_owned());
        }
    }
    Ok((shown, profile))
}

/// What is done with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    /// Values are hidden whole.
    Whole(Option<PersonalKind>),
    /// Pieces inside texts are replaced.
    Pieces,
}

/// Hides values and remembers their pseudonyms.
struct Redactor {
    hiding: Hiding,
    /// Numbers of the values of each kind, in order of appearance.
    known: HashMap<Option<PersonalKind>, HashMap<String, usize>>,
    /// Positions of columns in which a piece was replaced.
    changed: Vec<usize>,
}

impl Redactor {
    fn new(hiding: Hiding) -> Self {
        Self {
            hiding,
            known: HashMap::new(),
            changed: Vec::new(),
        }
    }

    fn table(&mut self, table: &Table, plan: &[(usize, Treatment)]) -> Result<Table, ProfileError> {
        if plan.is_empty() {
            return Ok(table.clone());
        }
        let mut pieces: Vec<Vec<ArrayRef>> = table
            .batches()
            .iter()
            .map(|batch| batch.columns().to_vec())
            .collect();
        for (at, treatment) in plan {
            for batch in &mut pieces {
                if let Some(array) = batch.get_mut(*at) {
                    *array = self.array(*at, array, *treatment)?;
                }
            }
        }
        let schema = schema(table, plan);
        let refused = |source| ProfileError::Arrow {
            what: "could not put the redacted columns together",
            source,
        };
        let batches = pieces
            .into_iter()
            .map(|columns| RecordBatch::try_new(schema.clone(), columns).map_err(refused))
            .collect::<Result<Vec<_>, _>>()?;
        let notes = (0..table.columns())
            .map(|at| match plan.iter().any(|(redacted, _)| *redacted == at) {
                true => ColumnNote::default(),
                false => table.note(at).clone(),
            })
            .collect();
        Ok(Table::new(table.name(), &schema, batches)?.with_notes(notes))
    }

    fn array(&mut self, at: usize, array: &ArrayRef, treatment: Treatment) -> Result<ArrayRef, ProfileError> {
        match treatment {
            Treatment::Whole(_) if array.data_type() == &DataType::Null => Ok(array.clone()),
            Treatment::Whole(_) if self.hiding == Hiding::Blank => Ok(arrow::array::new_null_array(
                &hidden_type(array.data_type()),
                array.len(),
            )),
            Treatment::Whole(kind) => match array.data_type() {
                DataType::Date32 => Ok(days_by_year(array)),
                DataType::Timestamp(..) => Ok(instants_by_year(array)),
                _ => self.texts(array, |redactor, value| redactor.hidden(kind, value)),
            },
            Treatment::Pieces => self.texts(array, |redactor, value| {
                let redacted = redact(value);
                if redacted != value && !redactor.changed.contains(&at) {
                    redactor.changed.push(at);
                }
                redacted
            }),
        }
    }

    /// An array as texts that a function hides.
    fn texts(
        &mut self,
        array: &ArrayRef,
        hide: impl Fn(&mut Self, &str) -> String,
    ) -> Result<ArrayRef, ProfileError> {
        if let Some(texts) = array.as_any().downcast_ref::<StringArray>() {
            let hidden: StringArray = texts.iter().map(|text| Some(hide(self, text?))).collect();
            return Ok(Arc::new(hidden));
        }
        let options = FormatOptions::default();
        let values =
            ArrayFormatter::try_new(array.as_ref(), &options).map_err(|source| ProfileError::Arrow {
                what: "could not write the values of a column as text",
                source,
            })?;
        let mut hidden = StringBuilder::new();
        for row in 0..array.len() {
            match array.is_null(row) {
                true => hidden.append_null(),
                false => hidden.append_value(hide(self, &values.value(row).to_string())),
            }
        }
        Ok(Arc::new(hidden.finish()))
    }

    fn hidden(&mut self, kind: Option<PersonalKind>, value: &str) -> String {
        match (self.hiding, kind) {
            // A year keeps its meaning where a number of a day would not.
            (Hiding::Mask, Some(kind)) | (_, Some(kind @ PersonalKind::BirthDate)) => mask(value, kind),
            (Hiding::Mask, None) => mask(value, PersonalKind::UserName),
            _ => {
                let known = self.known.entry(kind).or_default();
                let next = known.len() + 1;
                let number = *known.entry_ref(value.trim()).or_insert(next);
                pseudonym(kind, number)
            }
        }
    }

    /// How a value that was met is shown.
    fn known(&self, column: &ColumnProfile, value: &str) -> String {
        if column.privacy.is_in_texts() {
            return redact(value);
        }
        let kind = column.privacy.kind;
        let number = self.known.get(&kind).and_then(|known| known.get(value.trim()));
        number.map_or_else(|| column.privacy.mask(value), |number| pseudonym(kind, *number))
    }
}

fn pseudonym(kind: Option<PersonalKind>, number: usize) -> String {
    format!("{} {number}", kind.map_or("value", PersonalKind::label))
}

/// The type of a column whose values are hidden whole.
fn hidden_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Date32 | DataType::Timestamp(..) | DataType::Null => data_type.clone(),
        _ => DataType::Utf8,
    }
}

fn schema(table: &Table, plan: &[(usize, Treatment)]) -> SchemaRef {
    let fields = table.schema().fields().iter().enumerate().map(|(at, field)| {
        match plan.iter().any(|(redacted, _)| *redacted == at) {
            true => Arc::new(Field::new(field.name(), hidden_type(field.data_type()), true)),
            false => field.clone(),
        }
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn days_by_year(array: &ArrayRef) -> ArrayRef {
    let Some(days) = array.as_any().downcast_ref::<Date32Array>() else {
        return array.clone();
    };
    let first = |day: i32| {
        let date = NaiveDate::from_epoch_days(day)?;
        Some(NaiveDate::from_ymd_opt(date.year(), 1, 1)?.to_epoch_days())
    };
    Arc::new(days.iter().map(|day| first(day?)).collect::<Date32Array>())
}

fn instants_by_year(array: &ArrayRef) -> ArrayRef {
    let Some(instants) = array.as_any().downcast_ref::<TimestampMicrosecondArray>() else {
        return array.clone();
    };
    let first = |micros: i64| {
        let date = DateTime::from_timestamp_micros(micros)?;
        let first = NaiveDate::from_ymd_opt(date.year(), 1, 1)?.and_hms_opt(0, 0, 0)?;
        Some(first.and_utc().timestamp_micros())
    };
    let years: TimestampMicrosecondArray = instants.iter().map(|micros| first(micros?)).collect();
    Arc::new(years.with_timezone_opt(instants.timezone().map(Arc::from)))
}

#[cfg(test)]
mod tests {
    use marey_table::read::{ReadOptions, read};

    use super::*;
    use crate::{ProfileOptions, profile};

    fn people() -> Table {
        let mut csv = String::from("Full name,From,To,Phone,Born,Note,City\n");
        for row in 0..40 {
            csv.push_str(&format!(
                "Ann {}anna,p{}@example.com,p{}@example.com,21255501{row:02},19{:02}-03-{:02},call +1 212-555-01{row:02} about it,Rome\n",
                ["Q", "X", "Zw", "Vl"][row % 4],
                row % 7,
                (row + 1) % 7,
                50 + row,
                1 + row % 28
            ));
        }
        let csv = csv.replace("From,To", "From Email,To Email");
        read("people.csv", csv.into_bytes(), &ReadOptions::default())
            .unwrap()
            .value
    }

    fn cells(table: &Table, column: usize) -> Vec<String> {
        let options = FormatOptions::default();
        table
            .column(column)
            .flat_map(|array| {
                let formatter = ArrayFormatter::try_new(array.as_ref(), &options).unwrap();
                (0..array.len())
                    .map(|row| formatter.value(row).to_string())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn redacted(hiding: Hiding) -> (Table, Vec<RedactedColumn>) {
        let table = people();
        let profile = profile(&table, &ProfileOptions::default());
        let options = RedactOptions {
            hiding,
            ..RedactOptions::default()
        };
        redact_table(&table, &profile, &options).unwrap()
    }

    #[test]
    fn pseudonyms_keep_what_is_equal() {
        let (table, columns) = redacted(Hiding::Pseudonym);
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(
            names,
            ["Full name", "From Email", "To Email", "Phone", "Born", "Note"]
        );
        let (from, to) = (cells(&table, 1), cells(&table, 2));
        assert_eq!(from[0], "e-mail 1");
        assert_eq!(from[7], "e-mail 1");
        assert_eq!(to[0], from[1], "one person has one pseudonym in both columns");
        assert_eq!(cells(&table, 3)[1], "phone 2");
        assert_eq!(cells(&table, 4)[3], "1953-01-01");
        assert_eq!(cells(&table, 5)[0], "call [phone] about it");
        assert_eq!(cells(&table, 6)[0], "Rome");
    }

    #[test]
    fn masks_show_shapes_and_blanks_show_nothing() {
        assert_eq!(cells(&redacted(Hiding::Mask).0, 1)[0], "p***@***.com");
        let (blank, _) = redacted(Hiding::Blank);
        for column in 0..5 {
            assert!(cells(&blank, column).iter().all(String::is_empty), "{column}");
        }
    }

    #[test]
    fn columns_are_added_and_kept_by_name() {
        let table = people();
        let profile = profile(&table, &ProfileOptions::default());
        let options = RedactOptions {
            also: vec!["City".into()],
            keep: vec!["Phone".into()],
            ..RedactOptions::default()
        };
        let (redacted, _) = redact_table(&table, &profile, &options).unwrap();
        assert_eq!(cells(&redacted, 6)[0], "value 1");
        assert_eq!(cells(&redacted, 3)[0], "2125550100");
        let wrong = RedactOptions {
            keep: vec!["Fone".into()],
            ..RedactOptions::default()
        };
        assert!(redact_table(&table, &profile, &wrong).is_err());
    }

    #[test]
    fn the_profile_for_charts_speaks_of_the_same_pseudonyms() {
        let table = people();
        let profile = profile(&table, &ProfileOptions::default());
        let (shown, shown_profile) = pseudonymised(&table, &profile).unwrap();
        let known = cells(&shown, 1);
        for top in &shown_profile.columns[1].top {
            assert!(known.contains(&top.value), "{}", top.value);
        }
        let text = serde_json::to_string(&shown_profile).unwrap();
        assert!(!text.contains("@example"));
    }
}
