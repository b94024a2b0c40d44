//! What a chart draws: the rows behind each of its marks, by channel, and the order on its axes.

use std::collections::{BTreeMap, BTreeSet};

use marey_core::{
    Channel, ChartSpec, FieldType, Mark,
    spec::{FieldDef, Setting, Sort, SortOrder, Unit, View},
};
use marey_table::{
    Table, TableError,
    execute::{ExecuteOptions, execute},
};

use crate::{cells::cells, rows::Cell, tokens::without_data};

/// Kinds of marks that look alike and are compared as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkClass {
    Points,
    Lines,
    Other(Mark),
}

impl MarkClass {
    fn of(mark: Mark) -> Self {
        match mark {
            Mark::Point | Mark::Circle | Mark::Square => MarkClass::Points,
            Mark::Line | Mark::Trail => MarkClass::Lines,
            other => MarkClass::Other(other),
        }
    }
}

/// One mark with the cells behind it.
#[derive(Debug, Clone)]
pub(crate) struct DrawnUnit {
    pub(crate) class: Option<MarkClass>,
    /// Cells by channel, all of the same length, in the order of the rows.
    pub(crate) channels: BTreeMap<Channel, Vec<Cell>>,
    /// Channels whose domain is a list of categories in an order that was asked for or is usual.
    pub(crate) orders: BTreeMap<Channel, AxisOrder>,
    pub(crate) rows: usize,
}

/// The order of the categories on an axis.
#[derive(Debug, Clone)]
pub(crate) struct AxisOrder {
    /// Whether the chart asks for it.
    pub(crate) asked: bool,
    /// The categories from first to last, with the value that decides; none where all places are told.
    pub(crate) categories: Vec<(Cell, Option<Cell>)>,
}

/// Channels that show nothing by themselves.
const UNSEEN: [Channel; 7] = [
    Channel::Tooltip,
    Channel::Href,
    Channel::Url,
    Channel::Description,
    Channel::Key,
    Channel::Order,
    Channel::Detail,
];

/// Runs a chart on a table.
///
/// # Errors
///
/// When a field does not exist, a step cannot be run, or a bound is passed.
pub(crate) fn draw(
    spec: &ChartSpec,
    table: &Table,
    options: &ExecuteOptions,
) -> Result<Vec<DrawnUnit>, TableError> {
    let done = execute(&without_data(spec), table, options)?.value;
    let mut units = Vec::new();
    gather(&done.spec.view, &mut Vec::new(), &mut units);
    let drawn = units.iter().zip(&done.units);
    Ok(drawn
        .map(|((unit, facets), rows)| drawn_unit(unit, facets, rows))
        .collect())
}

/// The unit views in depth-first order, each with the fields of the facets around it.
fn gather<'a>(
    view: &'a View,
    facets: &mut Vec<(Channel, &'a FieldDef)>,
    found: &mut Vec<(&'a Unit, Vec<(Channel, &'a FieldDef)>)>,
) {
    if let Some(unit) = view.as_unit() {
        found.push((unit, facets.clone()));
    }
    let before = facets.len();
    if let marey_core::spec::Composition::Facet(facet) = &view.composition {
        let fields = [
            (Channel::Facet, &facet.wrap),
            (Channel::Row, &facet.row),
            (Channel::Column, &facet.column),
        ];
        facets.extend(
            fields
                .into_iter()
                .filter_map(|(channel, def)| Some((channel, def.as_ref()?))),
        );
    }
    for child in view.children() {
        gather(child, facets, found);
    }
    facets.truncate(before);
}

fn drawn_unit(unit: &Unit, facets: &[(Channel, &FieldDef)], rows: &Table) -> DrawnUnit {
    let mut channels = BTreeMap::new();
    let mut sorted = Vec::new();
    for (channel, def) in unit.encoding.fields().chain(facets.iter().copied()) {
        if UNSEEN.contains(&channel) || channels.contains_key(&channel) {
            continue;
        }
        if let Some(cells) = cells(rows, &def.output_name(channel)) {
            channels.insert(channel, cells);
            sorted.push((channel, def));
        }
    }
    let orders = sorted
        .into_iter()
        .filter_map(|(channel, def)| Some((channel, axis_order(channel, def, &channels, rows)?)))
        .collect();
    DrawnUnit {
        class: unit.mark.mark.map(MarkClass::of),
        rows: channels.values().next().map_or(0, Vec::len),
        channels,
        orders,
    }
}

/// The order of the categories of a field; none on an axis that is a number line.
fn axis_order(
    channel: Channel,
    def: &FieldDef,
    channels: &BTreeMap<Channel, Vec<Cell>>,
    rows: &Table,
) -> Option<AxisOrder> {
    let is_discrete = matches!(def.measured_as(channel), FieldType::Nominal | FieldType::Ordinal);
    let own = channels.get(&channel)?;
    if !is_discrete || def.bin.is_some() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let in_rows: Vec<Cell> = own
        .iter()
        .filter(|cell| seen.insert(format!("{cell:?}")))
        .cloned()
        .collect();
    let asked = def.sort.is_some();
    let by = |keys: Vec<Cell>, order: SortOrder| {
        let keys: Vec<Option<Cell>> = in_rows
            .iter()
            .map(|category| summed(category, own, &keys))
            .collect();
        ordered(in_rows.iter().cloned().zip(keys).collect(), order)
    };
    let categories = match &def.sort {
        None => ordered(
            in_rows
                .iter()
                .map(|cell| (cell.clone(), Some(cell.clone())))
                .collect(),
            SortOrder::Ascending,
        ),
        Some(Sort::Order(order)) => ordered(
            in_rows
                .iter()
                .map(|cell| (cell.clone(), Some(cell.clone())))
                .collect(),
            *order,
        ),
        Some(Sort::Channel { channel, order, .. }) => match channels.get(channel) {
            Some(keys) => by(keys.clone(), *order),
            None => in_rows.into_iter().map(|cell| (cell, None)).collect(),
        },
        Some(Sort::Field(field)) => {
            let order = match field.order {
                Some(Setting::On(order)) => order,
                _ => SortOrder::Ascending,
            };
            let name = field.field.as_ref().and_then(|field| field.name());
            match name.and_then(|name| cells(rows, name)) {
                Some(keys) => by(keys, order),
                None => in_rows.into_iter().map(|cell| (cell, None)).collect(),
            }
        }
        Some(Sort::Values(values)) => {
            let place = |cell: &Cell| {
                let same = |value: &marey_core::spec::Literal| same_literal(value, cell);
                values.iter().position(same).unwrap_or(values.len())
            };
            let mut listed = in_rows;
            listed.sort_by_key(place);
            listed.into_iter().map(|cell| (cell, None)).collect()
        }
        Some(Sort::Unsorted) => in_rows.into_iter().map(|cell| (cell, None)).collect(),
    };
    Some(AxisOrder { asked, categories })
}

fn same_literal(literal: &marey_core::spec::Literal, cell: &Cell) -> bool {
    use marey_core::spec::Literal;
    match (literal, cell) {
        (Literal::Null, Cell::Null) => true,
        (Literal::Bool(a), Cell::Bool(b)) => a == b,
        (Literal::Number(a), Cell::Number(b)) => a == b,
        (Literal::Text(a), Cell::Text(b)) => a == b,
        _ => false,
    }
}

/// What decides the place of a category: the sum of its numbers, or its first cell.
fn summed(category: &Cell, own: &[Cell], keys: &[Cell]) -> Option<Cell> {
    let mut of_category = own
        .iter()
        .zip(keys)
        .filter(|(cell, _)| *cell == category)
        .map(|(_, key)| key);
    let first = of_category.next()?.clone();
    Some(of_category.fold(first, |sum, key| match (sum, key) {
        (Cell::Number(sum), Cell::Number(key)) => Cell::Number(sum + key),
        (sum, _) => sum,
    }))
}

fn ordered(mut categories: Vec<(Cell, Option<Cell>)>, order: SortOrder) -> Vec<(Cell, Option<Cell>)> {
    categories.sort_by(|(_, a), (_, b)| {
        let ascending = match (a, b) {
            (Some(a), Some(b)) => a.order(b),
            _ => std::cmp::Ordering::Equal,
        };
        if order == SortOrder::Descending {
            ascending.reverse()
        } else {
            ascending
        }
    });
    categories
}

impl AxisOrder {
    /// Whether another chart's order keeps to this one; categories whose deciding values are equal
    /// may change places.
    pub(crate) fn is_kept_by(&self, other: &AxisOrder) -> bool {
        let key = |cell: &Cell| format!("{cell:?}").trim().to_lowercase();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut place = 0;
        for (index, (category, decides)) in self.categories.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &self.categories[before].1);
            let is_tie = decides.is_some() && before.is_some_and(|before| before == decides);
            place += usize::from(!is_tie);
            places.insert(key(category), place);
        }
        let theirs: Option<Vec<usize>> = other
            .categories
            .iter()
            .map(|(category, _)| places.get(&key(category)).copied())
            .collect();
        theirs.is_some_and(|theirs| theirs.is_sorted())
    }
}
