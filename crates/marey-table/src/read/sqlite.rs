//! Tables of SQLite databases.

use marey_core::Warned;
use rusqlite::{Connection, types::ValueRef};

use super::{
    ReadLimits,
    gathered::{Cell, GatheredColumns},
};
use crate::{Table, TableError, TableWarning};

/// Reads a table of a database held in memory.
///
/// Views are not offered: what they compute is not bounded by the size of the file.
///
/// # Errors
///
/// When the file is damaged, has no such table, or passes a limit.
pub(super) fn read_sqlite(
    name: &str,
    bytes: &[u8],
    wanted: Option<&str>,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let failed = |source: rusqlite::Error| malformed(name, source);
    let mut connection = Connection::open_in_memory().map_err(failed)?;
    connection
        .deserialize_read_exact("main", bytes, bytes.len(), true)
        .map_err(failed)?;
    connection
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")
        .map_err(failed)?;
    let tables = tables(&connection).map_err(failed)?;
    let table = choose(name, &tables, wanted)?;
    let mut read = rows(name, &connection, table, limits)?;
    if tables.len() > 1 {
        let others: Vec<String> = tables
            .iter()
            .filter(|other| *other != table)
            .take(8)
            .map(|other| format!("`{other}`"))
            .collect();
        read.warnings.push(TableWarning {
            code: "other_tables",
            column: None,
            row: None,
            count: tables.len() as u64 - 1,
            message: format!(
                "table `{table}` was read; the database has others too: {}",
                others.join(", ")
            ),
        });
    }
    Ok(read)
}

/// Names of the database's own tables, in order of creation.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn choose<'t>(name: &str, tables: &'t [String], wanted: Option<&str>) -> Result<&'t String, TableError> {
    let Some(wanted) = wanted else {
        return tables.first().ok_or_else(|| TableError::EmptyInput {
            name: name.to_owned(),
        });
    };
    tables
        .iter()
        .find(|table| *table == wanted)
        .ok_or_else(|| TableError::NoSuchSheet {
            name: name.to_owned(),
            wanted: wanted.to_owned(),
            available: tables.to_vec(),
        })
}

fn rows(
    name: &str,
    connection: &Connection,
    table: &str,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let failed = |source: rusqlite::Error| malformed(name, source);
    let query = format!("SELECT * FROM \"{}\"", table.replace('"', "\"\""));
    let mut statement = connection.prepare(&query).map_err(failed)?;
    let mut columns = GatheredColumns::new(limits);
    let positions = statement
        .column_names()
        .into_iter()
        .map(|column| columns.new_column(column))
        .collect::<Result<Vec<_>, _>>()?;
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        for (index, &position) in positions.iter().enumerate() {
            set(&mut columns, position, row.get_ref(index).map_err(failed)?)?;
        }
        columns.end_row()?;
    }
    columns.finish(name)
}

fn set(columns: &mut GatheredColumns<'_>, position: usize, value: ValueRef<'_>) -> Result<(), TableError> {
    match value {
        ValueRef::Null => Ok(()),
        ValueRef::Integer(whole) => columns.set(position, Cell::Int(whole)),
        ValueRef::Real(number) => columns.set(position, Cell::Float(number)),
        ValueRef::Text(text) => columns.set(position, Cell::Text(&String::from_utf8_lossy(text))),
        ValueRef::Blob(bytes) => columns.set(position, Cell::Text(&format!("({} bytes)", bytes.len()))),
    }
}

fn malformed(name: &str, source: rusqlite::Error) -> TableError {
    TableError::Malformed {
        name: name.to_owned(),
        format: "SQLite",
        place: "somewhere inside".into(),
        reason: source.to_string(),
    }
}
