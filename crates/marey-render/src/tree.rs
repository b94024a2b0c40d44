//! The tree of plots: a normalised spec with its rows, facets unrolled into cells.

use std::{cell::OnceCell, collections::HashSet, rc::Rc};

use marey_core::{
    Channel, FieldName, Mark,
    spec::{
        ByDirection, Composition, ConcatFlow, Encoding, Facet, FieldDef, Layout, MarkDef, MarkOrient,
        Predicate, ResolveMode, StackOffset, Unit, View, orientation, stacking,
    },
};
use marey_table::{
    Table, TableError,
    execute::{Execution, rows_where},
};

use crate::{
    RenderError,
    column::group_column,
    datum::{Datum, read_column},
    sort::sorted_domain,
    stop::Stop,
    warnings::Warnings,
};

/// Most cells of one facet in one direction; more are cut with a warning.
const MAX_FACETS: usize = 48;

/// The rows of a unit view, columns read on first use.
#[derive(Debug)]
pub struct UnitRows<'a> {
    table: &'a Table,
    parameters: &'a [(String, serde_json::Value)],
    columns: Vec<OnceCell<Vec<Datum<'a>>>>,
}

impl<'a> UnitRows<'a> {
    /// The rows of a table, and what the parameters of their spec stand for.
    pub fn new(table: &'a Table, parameters: &'a [(String, serde_json::Value)]) -> Self {
        Self {
            table,
            parameters,
            columns: (0..table.columns()).map(|_| OnceCell::new()).collect(),
        }
    }

    /// A column's values in row order, if the table has the column.
    pub fn column(&self, name: &FieldName) -> Option<&[Datum<'a>]> {
        let cell = self.columns.get(self.table.column_index(name)?)?;
        Some(cell.get_or_init(|| read_column(self.table, name).unwrap_or_default()))
    }

    /// For each row whether a predicate holds.
    pub fn rows_where(&self, predicate: &Predicate) -> Result<Vec<bool>, TableError> {
        rows_where(predicate, self.table, self.parameters)
    }
}

/// A mark with its channels and the rows it draws.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// The unit view.
    pub view: &'a View,
    /// The mark.
    pub mark: &'a MarkDef,
    /// The channels.
    pub encoding: &'a Encoding,
    /// All rows of the unit.
    pub data: Rc<UnitRows<'a>>,
    /// The rows that belong to this cell.
    pub rows: Rc<[u32]>,
    /// Direction of the mark.
    pub orient: Option<MarkOrient>,
    /// The stacked channel and how its stacks are set.
    pub stack: Option<(Channel, StackOffset)>,
    /// Resolved scales by channel.
    pub scales: Vec<(Channel, usize)>,
}

impl<'a> Layer<'a> {
    fn new(view: &'a View, unit: &'a Unit, data: Rc<UnitRows<'a>>, rows: Rc<[u32]>) -> Self {
        let mark = unit.mark.mark.unwrap_or(Mark::Point);
        let orient = orientation(mark, &unit.encoding, unit.mark.orient);
        Self {
            view,
            mark: &unit.mark,
            encoding: &unit.encoding,
            data,
            rows,
            orient,
            stack: stacking(mark, orient, &unit.encoding).map(|stack| (stack.channel, stack.offset)),
            scales: Vec::new(),
        }
    }

    /// A column's values, indexed by row number of the unit.
    pub fn column(&self, name: &FieldName) -> Option<&[Datum<'a>]> {
        self.data.column(name)
    }

    /// The scale a channel was resolved to.
    pub fn scale_id(&self, channel: Channel) -> Option<usize> {
        self.scales
            .iter()
            .find(|(of, _)| *of == channel)
            .map(|(_, id)| *id)
    }
}

/// Layers that share one plotting area.
#[derive(Debug)]
pub struct Plot<'a> {
    /// The view that the layers belong to.
    pub view: &'a View,
    /// The layers, back to front.
    pub layers: Vec<Layer<'a>>,
    /// How many of the outer layers each view spans, for nested resolution: `(from, to, view)`.
    pub groups: Vec<(usize, usize, &'a View)>,
}

/// What a grid of nodes stands for.
#[derive(Debug)]
pub enum GridKind<'a> {
    /// Views put beside each other.
    Concat,
    /// The same view for parts of the data.
    Facet(FacetHeads<'a>),
}

/// The values that head the rows and columns of a facet.
#[derive(Debug, Default)]
pub struct FacetHeads<'a> {
    /// Field and values of the rows.
    pub row: Option<(&'a FieldDef, Vec<Datum<'a>>)>,
    /// Field and values of the columns.
    pub column: Option<(&'a FieldDef, Vec<Datum<'a>>)>,
    /// Field and values of a wrapped grid.
    pub wrap: Option<(&'a FieldDef, Vec<Datum<'a>>)>,
}

/// Nodes in rows and columns.
#[derive(Debug)]
pub struct Grid<'a> {
    /// The view that is made of them.
    pub view: &'a View,
    /// What the grid stands for.
    pub kind: GridKind<'a>,
    /// The nodes, row by row.
    pub cells: Vec<Node<'a>>,
    /// Number of columns.
    pub columns: usize,
    /// Space between nodes, where the spec says.
    pub spacing: Option<f64>,
}

/// A plot or a grid of nodes.
#[derive(Debug)]
pub enum Node<'a> {
    /// One plotting area.
    Plot(Plot<'a>),
    /// Several.
    Grid(Grid<'a>),
}

impl<'a> Node<'a> {
    /// The view the node draws.
    pub fn view(&self) -> &'a View {
        match self {
            Node::Plot(plot) => plot.view,
            Node::Grid(grid) => grid.view,
        }
    }

    /// All plots below the node, depth first.
    pub fn plots<'n>(&'n self, found: &mut Vec<&'n Plot<'a>>) {
        match self {
            Node::Plot(plot) => found.push(plot),
            Node::Grid(grid) => grid.cells.iter().for_each(|cell| cell.plots(found)),
        }
    }
}

/// Builds the tree of a spec in normal form over the rows of its unit views.
pub struct TreeBuilder<'a, 's> {
    units: Vec<Rc<UnitRows<'a>>>,
    stop: &'s Stop,
    max_cells: usize,
    cells: usize,
}

impl<'a, 's> TreeBuilder<'a, 's> {
    /// A builder over the unit tables of an execution.
    pub fn new(execution: &'a Execution, max_cells: usize, stop: &'s Stop) -> Self {
        let rows = |table| Rc::new(UnitRows::new(table, &execution.parameters));
        Self {
            units: execution.units.iter().map(rows).collect(),
            stop,
            max_cells,
            cells: 0,
        }
    }

    /// The tree of the whole spec.
    pub fn build(mut self, view: &'a View, warnings: &mut Warnings) -> Result<Node<'a>, RenderError> {
        let expected = count_units(view);
        if expected != self.units.len() {
            return Err(RenderError::UnitCount {
                expected,
                found: self.units.len(),
            });
        }
        let rows: Vec<Rc<[u32]>> = self
            .units
            .iter()
            .map(|unit| (0..u32::try_from(unit.table.rows()).unwrap_or(u32::MAX)).collect())
            .collect();
        self.node(view, 0, &rows, warnings)
    }

    fn node(
        &mut self,
        view: &'a View,
        first: usize,
        rows: &[Rc<[u32]>],
        warnings: &mut Warnings,
    ) -> Result<Node<'a>, RenderError> {
        self.stop.check()?;
        match &view.composition {
            Composition::Unit(_) | Composition::Layer { .. } => {
                let mut plot = Plot {
                    view,
                    layers: Vec::new(),
                    groups: Vec::new(),
                };
                self.layers(view, first, rows, &mut plot)?;
                Ok(Node::Plot(plot))
            }
            Composition::Facet(facet) => self.facet(view, facet, first, rows, warnings),
            Composition::Concat { flow, views } => {
                let columns = match flow {
                    ConcatFlow::Horizontal => views.len(),
                    ConcatFlow::Vertical => 1,
                    ConcatFlow::Wrap => view
                        .layout
                        .columns
                        .map_or(2.min(views.len()), |n| n.max(1.0) as usize),
                };
                self.concat(view, views, columns, (first, rows), warnings)
            }
            Composition::Repeat(_) => Err(RenderError::NotNormal { what: "repeat" }),
        }
    }

    fn concat(
        &mut self,
        view: &'a View,
        views: &'a [View],
        columns: usize,
        (first, rows): (usize, &[Rc<[u32]>]),
        warnings: &mut Warnings,
    ) -> Result<Node<'a>, RenderError> {
        let mut at = first;
        let mut cells = Vec::with_capacity(views.len());
        for child in views {
            cells.push(self.node(child, at, rows, warnings)?);
            at += count_units(child);
        }
        Ok(Node::Grid(Grid {
            view,
            kind: GridKind::Concat,
            cells,
            columns: columns.max(1),
            spacing: spacing(&view.layout),
        }))
    }

    fn layers(
        &self,
        view: &'a View,
        first: usize,
        rows: &[Rc<[u32]>],
        plot: &mut Plot<'a>,
    ) -> Result<usize, RenderError> {
        match &view.composition {
            Composition::Unit(unit) => {
                let data = self.units.get(first).cloned();
                if let (Some(data), Some(rows)) = (data, rows.get(first)) {
                    plot.layers.push(Layer::new(view, unit, data, rows.clone()));
                }
                Ok(first + 1)
            }
            Composition::Layer { layers, .. } => {
                let from = plot.layers.len();
                let mut at = first;
                for layer in layers {
                    at = self.layers(layer, at, rows, plot)?;
                }
                plot.groups.push((from, plot.layers.len(), view));
                Ok(at)
            }
            _ => Err(RenderError::NotNormal {
                what: "a facet or concat inside a layer",
            }),
        }
    }

    fn facet(
        &mut self,
        view: &'a View,
        facet: &'a Facet,
        first: usize,
        rows: &[Rc<[u32]>],
        warnings: &mut Warnings,
    ) -> Result<Node<'a>, RenderError> {
        let units = first..first + count_units(&facet.spec);
        let mut head = |def: &'a Option<FieldDef>, what: &str| {
            def.as_ref().map(|def| {
                let mut values = self.facet_values(def, units.clone(), rows);
                warnings.cut(&mut values, MAX_FACETS, what);
                (def, values)
            })
        };
        let heads = FacetHeads {
            row: head(&facet.row, "facet rows"),
            column: head(&facet.column, "facet columns"),
            wrap: head(&facet.wrap, "facets"),
        };
        let mut cells = Vec::new();
        for conditions in cell_conditions(&heads) {
            self.cells += 1;
            if self.cells > self.max_cells {
                warnings.once(format!(
                    "more than {} facet cells: the rest is not drawn",
                    self.max_cells
                ));
                break;
            }
            let mut cell_rows = rows.to_vec();
            for unit in units.clone() {
                if let (Some(rows), Some(data)) = (cell_rows.get_mut(unit), self.units.get(unit)) {
                    *rows = matching(data, rows, &conditions);
                }
            }
            cells.push(self.node(&facet.spec, first, &cell_rows, warnings)?);
        }
        let columns = match (&heads.wrap, &heads.column) {
            (Some((def, values)), _) => wrap_columns(values.len(), view.layout.columns.or(def.columns)),
            (None, Some((_, values))) => values.len(),
            (None, None) => 1,
        };
        Ok(Node::Grid(Grid {
            view,
            kind: GridKind::Facet(heads),
            cells,
            columns: columns.max(1),
            spacing: spacing(&view.layout),
        }))
    }

    /// The distinct values of a facet's field over all units below it, in the facet's order.
    fn facet_values(
        &self,
        def: &FieldDef,
        units: std::ops::Range<usize>,
        rows: &[Rc<[u32]>],
    ) -> Vec<Datum<'a>> {
        let name = group_column(def);
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for unit in units {
            let (Some(data), Some(rows)) = (self.units.get(unit), rows.get(unit)) else {
                continue;
            };
            let Some(column) = data.column(&name) else {
                continue;
            };
            for row in rows.iter() {
                let value = column.get(*row as usize).copied().unwrap_or(Datum::Null);
                if seen.insert(value) {
                    values.push(value);
                }
            }
        }
        sorted_domain(values, def.sort.as_ref(), |_| None)
    }
}

/// The rows whose facet columns hold the cell's values; a unit without such a column keeps all.
fn matching<'a>(data: &UnitRows<'a>, rows: &Rc<[u32]>, conditions: &[(FieldName, Datum<'a>)]) -> Rc<[u32]> {
    let tests: Vec<_> = conditions
        .iter()
        .filter_map(|(name, value)| data.column(name).map(|column| (column, *value)))
        .collect();
    if tests.is_empty() {
        return rows.clone();
    }
    rows.iter()
        .copied()
        .filter(|row| {
            tests
                .iter()
                .all(|(column, value)| column.get(*row as usize) == Some(value))
        })
        .collect()
}

/// For each cell, row by row, the columns that decide what it shows and their values.
fn cell_conditions<'a>(heads: &FacetHeads<'a>) -> Vec<Vec<(FieldName, Datum<'a>)>> {
    let along = |head: &Option<(&'a FieldDef, Vec<Datum<'a>>)>| -> Vec<Option<(FieldName, Datum<'a>)>> {
        match head {
            Some((def, values)) => values
                .iter()
                .map(|value| Some((group_column(def), *value)))
                .collect(),
            None => vec![None],
        }
    };
    if heads.wrap.is_some() {
        return along(&heads.wrap)
            .into_iter()
            .map(|cell| cell.into_iter().collect())
            .collect();
    }
    let columns = along(&heads.column);
    along(&heads.row)
        .iter()
        .flat_map(|row| {
            columns
                .iter()
                .map(|column| row.iter().chain(column.iter()).cloned().collect())
        })
        .collect()
}

/// Number of columns of a wrapped grid: as asked, else what looks even.
fn wrap_columns(cells: usize, wanted: Option<f64>) -> usize {
    match wanted {
        Some(wanted) if wanted >= 1.0 => (wanted as usize).min(cells.max(1)),
        _ => match cells {
            0..=3 => cells,
            4 => 2,
            5..=9 => 3,
            _ => 4,
        },
    }
}

fn count_units(view: &View) -> usize {
    match &view.composition {
        Composition::Unit(_) => 1,
        _ => view.children().into_iter().map(count_units).sum(),
    }
}

fn spacing(layout: &Layout) -> Option<f64> {
    match layout.spacing.as_ref()? {
        ByDirection::Both(space) => Some(*space),
        ByDirection::Each { row, column } => row.or(*column),
    }
}

/// What a view says about sharing a channel's scale among its parts.
pub fn scale_resolution(view: &View, channel: Channel) -> Option<ResolveMode> {
    let by_channel = view.resolve.as_ref()?.scale.as_ref()?;
    by_channel
        .0
        .iter()
        .find(|(of, _)| *of == channel)
        .map(|(_, mode)| *mode)
}
