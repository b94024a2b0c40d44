//! [`chart_of_database`]: a query on several tables as a chart of one.
//!
//! Tables that are joined become one [`View`]. A sub-select that the chart itself cannot answer, because
//! it reads another table or groups, is run first, and its values stand in the chart.

use arrow::{array::Array, datatypes::DataType, util::display::array_value_to_string};
use marey_core::ChartSpec;
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};

use super::{
    ChartKind, ChartSource, Condition, Expr, Operand, Query, Select, View, VqlError, VqlMark, chart,
};

/// Most values of a sub-select that are written into a chart.
const MOST_VALUES: usize = 1_000;

/// The chart of a query on tables of a database, and the view that it draws where tables are joined.
///
/// # Errors
///
/// When a table or column is not there, or the query asks for what a chart cannot do.
///
/// ```
/// use marey_corpus::vql::{ChartKind, Query, chart_of_database};
/// use marey_table::read::{ReadOptions, read};
///
/// let table = |name, csv: &str| read(name, csv.into(), &ReadOptions::default());
/// let film = table("film.csv", "id,title\n1,A\n2,B\n")?.value;
/// let showing = table("showing.csv", "film_id,price\n1,10\n1,12\n2,9\n")?.value;
/// let query: Query = "Visualize BAR SELECT T1.title , AVG(T2.price) FROM film AS T1 \
///     JOIN showing AS T2 ON T1.id = T2.film_id GROUP BY T1.title"
///     .parse()?;
/// let (_, view) = chart_of_database(&query, ChartKind::Bar, &[&film, &showing])?;
/// assert_eq!(view.ok_or("no view")?.table.rows(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn chart_of_database(
    query: &Query,
    kind: ChartKind,
    tables: &[&Table],
) -> Result<(ChartSpec, Option<View>), VqlError> {
    if query.select.joins.is_empty() {
        let table = named(tables, &query.select.from.name)?;
        let source = ChartSource::of(table);
        return match chart(query, kind, &source) {
            Ok(spec) => Ok((spec, None)),
            Err(VqlError::NotFlat { .. }) => {
                Ok((chart(&without_selects(query, tables)?, kind, &source)?, None))
            }
            Err(error) => Err(error),
        };
    }
    let view = View::of(&query.select, tables)?;
    let mut query = without_selects(query, tables)?;
    query.select.joins.clear();
    let spec = chart(&query, kind, &view.source())?;
    Ok((spec, Some(view)))
}

pub(super) fn named<'t>(tables: &[&'t Table], name: &str) -> Result<&'t Table, VqlError> {
    tables
        .iter()
        .find(|table| table.name().eq_ignore_ascii_case(name))
        .copied()
        .ok_or_else(|| VqlError::UnknownTable {
            table: name.to_owned(),
        })
}

/// The query with the values of its sub-selects in their places.
fn without_selects(query: &Query, tables: &[&Table]) -> Result<Query, VqlError> {
    let mut query = query.clone();
    for condition in [&mut query.select.filter, &mut query.select.having]
        .into_iter()
        .flatten()
    {
        answer(condition, tables)?;
    }
    Ok(query)
}

fn answer(condition: &mut Condition, tables: &[&Table]) -> Result<(), VqlError> {
    match condition {
        Condition::And(all) | Condition::Or(all) => {
            all.iter_mut().try_for_each(|condition| answer(condition, tables))
        }
        Condition::Compare(of, _, other) => {
            if !answer_one(other, tables)? {
                *condition = never(of);
            }
            Ok(())
        }
        Condition::Between(of, low, high) => {
            if !(answer_one(low, tables)? && answer_one(high, tables)?) {
                *condition = never(of);
            }
            Ok(())
        }
        Condition::In { of, among, negated } => {
            let [Operand::Select(select)] = among.as_slice() else {
                return Ok(());
            };
            *among = values(select, tables)?;
            if among.is_empty() {
                *condition = if *negated { always(of) } else { never(of) };
            }
            Ok(())
        }
        Condition::Like { .. } | Condition::Null { .. } => Ok(()),
    }
}

/// A sub-select where one value is wanted: SQL takes the first row. Whether there is one: compared with
/// nothing, nothing holds.
fn answer_one(operand: &mut Operand, tables: &[&Table]) -> Result<bool, VqlError> {
    if let Operand::Select(select) = operand {
        match values(select, tables)?.into_iter().next() {
            Some(value) => *operand = value,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// A condition that holds for no row: a value that is missing and is not.
fn never(of: &Expr) -> Condition {
    Condition::And(missing_or_not(of))
}

/// A condition that holds for every row: a value that is missing or is not.
fn always(of: &Expr) -> Condition {
    Condition::Or(missing_or_not(of))
}

fn missing_or_not(of: &Expr) -> Vec<Condition> {
    [false, true]
        .map(|negated| Condition::Null {
            of: of.clone(),
            negated,
        })
        .to_vec()
}

/// The values of the one column of a SELECT, nothing left out, each once.
fn values(select: &Select, tables: &[&Table]) -> Result<Vec<Operand>, VqlError> {
    let not_flat = |what: &str| VqlError::NotFlat { what: what.into() };
    let [item] = select.items.as_slice() else {
        return Err(not_flat("compare with several columns"));
    };
    // A scatter plot of the column against itself has the rows of the SELECT.
    let mut select = select.clone();
    select.items = vec![item.clone(), item.clone()];
    select.distinct = false;
    let query = Query {
        mark: VqlMark::Scatter,
        select,
        bin: None,
    };
    let (spec, view) = chart_of_database(&query, ChartKind::Scatter, tables)?;
    let table = match &view {
        Some(view) => &view.table,
        None => named(tables, &query.select.from.name)?,
    };
    let done = execute(&spec, table, &ExecuteOptions::default())
        .map_err(|error| not_flat(&format!("be run: {error}")))?
        .value;
    let rows = done.units.first().ok_or_else(|| not_flat("draw nothing"))?;
    let encoding = done.spec.view.encoding();
    let x = encoding.and_then(|encoding| encoding.field(marey_core::Channel::X));
    let index = x
        .map(|x| x.output_name(marey_core::Channel::X))
        .and_then(|name| rows.column_index(&name))
        .ok_or_else(|| not_flat("compare with what it does not show"))?;
    let values = operands(rows, index);
    if values.len() > MOST_VALUES {
        return Err(not_flat(&format!(
            "hold the {} values of a sub-select",
            values.len()
        )));
    }
    Ok(values)
}

fn operands(rows: &Table, index: usize) -> Vec<Operand> {
    let mut operands = Vec::new();
    for array in rows.column(index) {
        for row in (0..array.len()).filter(|row| array.is_valid(*row)) {
            let text = array_value_to_string(array, row).unwrap_or_default();
            let number = || {
                text.parse::<f64>()
                    .ok()
                    .filter(|_| array.data_type().is_numeric())
            };
            let operand = match (array.data_type(), number()) {
                (DataType::Boolean, _) => Operand::Text(if text == "true" { "1" } else { "0" }.into()),
                (_, Some(number)) => Operand::Number(number),
                _ => Operand::Text(text),
            };
            if !operands.contains(&operand) {
                operands.push(operand);
            }
        }
    }
    operands
}
