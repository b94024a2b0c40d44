//! In how large a crowd persons hide: k-anonymity of chosen columns.

use arrow::row::{RowConverter, SortField};
use hashbrown::HashMap;
use marey_core::FieldName;
use marey_table::Table;
use serde::{Deserialize, Serialize};

use crate::ProfileError;

/// Groups below this size are counted as small; five is what statistical offices commonly ask for.
const SMALL: u64 = 5;
/// Sizes of groups that are listed.
const LISTED: usize = 10;

/// How well columns that identify together hide persons in a crowd (Sweeney, *k-anonymity: a model
/// for protecting privacy*, 2002). It never holds a value of the table.
///
/// It says nothing of what a member of a group gives away by the other columns, and nothing of
/// columns that were not chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KAnonymity {
    /// The columns that were chosen.
    pub quasi_identifiers: Vec<FieldName>,
    /// Size of the smallest group of rows that are alike in these columns; 0 for a table without rows.
    pub k: u64,
    /// Number of rows.
    pub rows: u64,
    /// Number of groups.
    pub groups: u64,
    /// Number of rows in groups of fewer than five.
    pub rows_below_5: u64,
    /// Their share of the rows, 0 to 1.
    pub share_below_5: f64,
    /// Number of rows that are alone.
    pub unique_rows: u64,
    /// The smallest sizes of groups, smallest first, at most ten.
    pub smallest: Vec<GroupSize>,
}

/// How many groups have a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupSize {
    /// Rows of each.
    pub size: u64,
    /// How many there are.
    pub groups: u64,
}

/// Counts the groups of rows that are alike in some columns. A missing value is a value like any
/// other: rows that lack it are alike. Numbers are alike bit by bit, texts byte by byte.
///
/// Takes memory in proportion to the number of groups.
///
/// ```
/// use marey_profile::privacy::k_anonymity;
/// use marey_table::read::{ReadOptions, read};
/// let csv = b"zip,born\n10115,1980\n10115,1980\n10117,1981\n".to_vec();
/// let table = read("t.csv", csv, &ReadOptions::default())?.value;
/// let anonymity = k_anonymity(&table, &["zip".into(), "born".into()]).unwrap();
/// assert_eq!((anonymity.k, anonymity.groups, anonymity.rows_below_5), (1, 2, 3));
/// # Ok::<(), marey_table::TableError>(())
/// ```
///
/// # Errors
///
/// When a column is not there, or Arrow cannot compare its values.
pub fn k_anonymity(table: &Table, columns: &[FieldName]) -> Result<KAnonymity, ProfileError> {
    let places = places(table, columns)?;
    let sizes = group_sizes(table, &places)?;
    let rows = table.rows() as u64;
    let mut by_size: Vec<GroupSize> = sizes
        .into_iter()
        .map(|(size, groups)| GroupSize { size, groups })
        .collect();
    by_size.sort_unstable_by_key(|group| group.size);
    let rows_in = |holds: fn(u64) -> bool| -> u64 {
        let fitting = by_size.iter().filter(|group| holds(group.size));
        fitting.map(|group| group.size * group.groups).sum()
    };
    let rows_below_5 = rows_in(|size| size < SMALL);
    Ok(KAnonymity {
        quasi_identifiers: columns.to_vec(),
        k: by_size.first().map_or(0, |group| group.size),
        rows,
        groups: by_size.iter().map(|group| group.groups).sum(),
        rows_below_5,
        share_below_5: if rows == 0 {
            0.0
        } else {
            rows_below_5 as f64 / rows as f64
        },
        unique_rows: rows_in(|size| size == 1),
        smallest: by_size.into_iter().take(LISTED).collect(),
    })
}

/// Positions of columns by name.
pub(super) fn places(table: &Table, columns: &[FieldName]) -> Result<Vec<usize>, ProfileError> {
    let available = || {
        (0..table.columns())
            .map(|at| table.column_name(at).to_string())
            .collect()
    };
    columns
        .iter()
        .map(|name| {
            table.column_index(name).ok_or_else(|| {
                ProfileError::unknown_column("the list of columns", name.as_str(), available())
            })
        })
        .collect()
}

/// How many groups have each size.
fn group_sizes(table: &Table, places: &[usize]) -> Result<HashMap<u64, u64>, ProfileError> {
    let refused = |source| ProfileError::Arrow {
        what: "could not compare the values of the chosen columns",
        source,
    };
    let mut sizes = HashMap::new();
    if places.is_empty() {
        // Nothing tells rows apart.
        let rows = table.rows() as u64;
        sizes.extend((rows > 0).then_some((rows, 1)));
        return Ok(sizes);
    }
    let fields = places
        .iter()
        .map(|at| SortField::new(table.schema().field(*at).data_type().clone()))
        .collect();
    let converter = RowConverter::new(fields).map_err(refused)?;
    let mut groups: HashMap<Box<[u8]>, u64> = HashMap::new();
    for batch in table.batches() {
        let arrays: Vec<_> = places.iter().map(|at| batch.column(*at).clone()).collect();
        for row in &converter.convert_columns(&arrays).map_err(refused)? {
            let row = row.as_ref();
            match groups.get_mut(row) {
                Some(count) => *count += 1,
                None => drop(groups.insert(row.into(), 1)),
            }
        }
    }
    for size in groups.into_values() {
        *sizes.entry(size).or_default() += 1;
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use marey_table::read::{ReadOptions, read};

    use super::*;

    const PEOPLE: &str = "zip,sex,born\n1,f,1980-01-01\n1,f,1980-01-01\n1,f,1981-01-01\n1,,1980-01-01\n1,,1980-01-01\n2,m,1990-05-05\n";

    fn of(columns: &[&str]) -> KAnonymity {
        let table = read("t.csv", PEOPLE.as_bytes().to_vec(), &ReadOptions::default())
            .unwrap()
            .value;
        let columns: Vec<FieldName> = columns.iter().map(|name| (*name).into()).collect();
        k_anonymity(&table, &columns).unwrap()
    }

    #[test]
    fn groups_are_counted_and_missing_values_are_alike() {
        let all = of(&["zip", "sex", "born"]);
        assert_eq!(
            (all.k, all.groups, all.unique_rows, all.rows_below_5),
            (1, 4, 2, 6)
        );
        let sizes: Vec<(u64, u64)> = all
            .smallest
            .iter()
            .map(|group| (group.size, group.groups))
            .collect();
        assert_eq!(sizes, [(1, 2), (2, 2)]);
        let zip = of(&["zip"]);
        assert_eq!((zip.k, zip.groups, zip.rows_below_5), (1, 2, 1));
        assert!((zip.share_below_5 - 1.0 / 6.0).abs() < 1e-12);
        let none = of(&[]);
        assert_eq!((none.k, none.groups, none.rows_below_5), (6, 1, 0));
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let table = read("t.csv", PEOPLE.as_bytes().to_vec(), &ReadOptions::default())
            .unwrap()
            .value;
        let error = k_anonymity(&table, &["zipp".into()]).unwrap_err().to_string();
        assert_eq!(
            error,
            "the list of columns names the column `zipp`, which the table does not have (did you mean `zip`?); it has `zip`, `sex`, `born`"
        );
    }
}
