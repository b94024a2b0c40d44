//! [`chart`]: a query on one flat table as a chart.

use marey_core::{ChartSpec, FieldName, PhysicalType};
use serde_json::{Map, Value, json};

use super::{
    Aggregation, BinUnit, ColumnRef, Expr, OrderKey, Query, Subject, VqlError,
    source::ChartSource,
    transforms::{Steps, vega_name},
};

/// The kinds of charts of nvBench. The query alone does not tell a bar from a stacked bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// `Bar`
    Bar,
    /// `Pie`
    Pie,
    /// `Line`
    Line,
    /// `Scatter`
    Scatter,
    /// `Stacked Bar`
    StackedBar,
    /// `Grouping Line`
    GroupingLine,
    /// `Grouping Scatter`
    GroupingScatter,
}

impl ChartKind {
    /// The kind by the name that nvBench gives it.
    pub fn of_name(name: &str) -> Option<Self> {
        let kinds = [
            ("Bar", ChartKind::Bar),
            ("Pie", ChartKind::Pie),
            ("Line", ChartKind::Line),
            ("Scatter", ChartKind::Scatter),
            ("Stacked Bar", ChartKind::StackedBar),
            ("Grouping Line", ChartKind::GroupingLine),
            ("Grouping Scatter", ChartKind::GroupingScatter),
        ];
        kinds
            .into_iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, kind)| kind)
    }

    fn is_grouped(self) -> bool {
        matches!(
            self,
            ChartKind::StackedBar | ChartKind::GroupingLine | ChartKind::GroupingScatter
        )
    }

    fn mark(self) -> &'static str {
        match self {
            ChartKind::Bar | ChartKind::StackedBar => "bar",
            ChartKind::Pie => "arc",
            ChartKind::Line | ChartKind::GroupingLine => "line",
            ChartKind::Scatter | ChartKind::GroupingScatter => "point",
        }
    }
}

/// The chart of a query on one flat table.
///
/// WHERE becomes filters, aggregates and BIN stand in the encoding, ORDER BY becomes a sort, and
/// GROUP BY the grouping that the encoding implies: what is grouped by and not drawn goes to `detail`.
/// HAVING, LIMIT and sub-selects need steps of their own.
///
/// # Errors
///
/// When the table lacks a column, or the query needs another table.
pub fn chart(query: &Query, kind: ChartKind, source: &ChartSource) -> Result<ChartSpec, VqlError> {
    let builder = Builder::of(query, kind, source)?;
    let json = builder.spec()?;
    let read = ChartSpec::from_json(&json).map_err(|error| VqlError::NotFlat {
        what: format!("be: {error}"),
    })?;
    Ok(read.value)
}

struct Builder<'a> {
    query: &'a Query,
    kind: ChartKind,
    source: &'a ChartSource,
    x: &'a Expr,
    y: &'a Expr,
    color: Option<&'a ColumnRef>,
    detail: Vec<&'a ColumnRef>,
}

/// What a position shows: a field of the rows, perhaps summarised.
struct Shown {
    field: Option<String>,
    aggregate: Option<&'static str>,
    time_unit: Option<&'static str>,
    kind: &'static str,
}

impl Shown {
    fn json(&self) -> Map<String, Value> {
        let mut def = Map::new();
        let mut put = |member: &str, value: Option<&str>| {
            if let Some(value) = value {
                def.insert(member.into(), json!(value));
            }
        };
        put("aggregate", self.aggregate);
        put("timeUnit", self.time_unit);
        let path = self
            .field
            .as_ref()
            .map(|field| FieldName::new(field.as_str()).to_path().into_owned());
        put("field", path.as_deref());
        put("type", Some(self.kind));
        def
    }
}

impl<'a> Builder<'a> {
    fn of(query: &'a Query, kind: ChartKind, source: &'a ChartSource) -> Result<Self, VqlError> {
        let select = &query.select;
        if let Some(join) = select.joins.first() {
            return Err(VqlError::NotFlat {
                what: format!("join the table `{}`", join.table.name),
            });
        }
        if select.combined.is_some() {
            return Err(VqlError::NotFlat {
                what: "combine two SELECTs".into(),
            });
        }
        let [x, y] = select.items.as_slice() else {
            return Err(VqlError::NotFlat {
                what: format!("show {} columns", select.items.len()),
            });
        };
        let drawn = |column: &ColumnRef| matches!(x, Expr::Column(x) if x.same(column));
        let mut rest: Vec<&ColumnRef> = select.group.iter().filter(|column| !drawn(column)).collect();
        let color = (kind.is_grouped() && !rest.is_empty()).then(|| rest.remove(0));
        let summarised = is_aggregate(x) || is_aggregate(y);
        let detail = if summarised { rest } else { Vec::new() };
        Ok(Self {
            query,
            kind,
            source,
            x,
            y,
            color,
            detail,
        })
    }

    fn spec(&self) -> Result<Value, VqlError> {
        let mut steps = Steps::default();
        if let Some(filter) = &self.query.select.filter {
            let mut none = |_: &Expr| {
                Err(VqlError::NotFlat {
                    what: "aggregate inside WHERE".into(),
                })
            };
            steps.filter(filter, self.source, &mut none)?;
        }
        self.compute(&mut steps)?;
        let mut x = self.shown(self.x)?;
        let mut y = match self.nested(&mut steps)? {
            Some(nested) => nested,
            None => self.shown(self.y)?,
        };
        self.bin(&mut x, &mut steps)?;
        let summarised_first = self.query.select.having.is_some()
            || self.query.select.limit.is_some()
            || self.query.select.distinct && !is_aggregate(self.y);
        if summarised_first {
            self.summarise(&mut x, &mut y, &mut steps)?;
        }
        let encoding = self.encoding(&x, &y)?;
        let mut spec = json!({ "mark": self.kind.mark(), "encoding": encoding });
        if !steps.steps.is_empty() {
            spec["transform"] = Value::Array(steps.steps);
        }
        Ok(spec)
    }

    fn encoding(&self, x: &Shown, y: &Shown) -> Result<Value, VqlError> {
        let (across, up) = if self.kind == ChartKind::Pie {
            ("color", "theta")
        } else {
            ("x", "y")
        };
        let mut across_def = x.json();
        if let Some(sort) = self.sort(x)? {
            across_def.insert("sort".into(), sort);
        }
        let mut encoding = Map::new();
        encoding.insert(across.into(), Value::Object(across_def));
        encoding.insert(up.into(), Value::Object(y.json()));
        if let Some(color) = self.color {
            encoding.insert("color".into(), Value::Object(self.category(color)?));
        }
        let detail: Result<Vec<Value>, VqlError> = self
            .detail
            .iter()
            .map(|column| Ok(Value::Object(self.category(column)?)))
            .collect();
        let mut detail = detail?;
        match detail.len() {
            0 => {}
            1 => drop(encoding.insert("detail".into(), detail.remove(0))),
            _ => drop(encoding.insert("detail".into(), Value::Array(detail))),
        }
        Ok(Value::Object(encoding))
    }

    fn category(&self, column: &ColumnRef) -> Result<Map<String, Value>, VqlError> {
        let column = self.source.column(column)?;
        Ok(Shown {
            field: Some(column.name.as_str().to_owned()),
            aggregate: None,
            time_unit: None,
            kind: discrete(column.physical),
        }
        .json())
    }

    fn shown(&self, expr: &Expr) -> Result<Shown, VqlError> {
        match expr {
            Expr::Column(column) => {
                let column = self.source.column(column)?;
                let is_x = std::ptr::eq(expr, self.x);
                Ok(Shown {
                    field: Some(column.name.as_str().to_owned()),
                    aggregate: None,
                    time_unit: None,
                    kind: if is_x {
                        self.axis(column.physical)
                    } else {
                        measured(column.physical)
                    },
                })
            }
            Expr::Aggregate {
                function,
                distinct,
                of,
            } => self.aggregate(*function, *distinct, of),
            Expr::Arithmetic(a, sign, b) => Ok(Shown {
                field: Some(computed_name(a, *sign, b)),
                aggregate: None,
                time_unit: None,
                kind: "quantitative",
            }),
        }
    }

    /// The fields that are computed from columns before anything else.
    fn compute(&self, steps: &mut Steps) -> Result<(), VqlError> {
        for expr in [self.x, self.y] {
            if let Expr::Arithmetic(a, sign, b) = expr {
                let (left, right) = (self.source.column(a)?, self.source.column(b)?);
                steps.steps.push(json!({
                    "calculate": format!("{} {sign} {}", left.datum(), right.datum()),
                    "as": computed_name(a, *sign, b),
                }));
            }
        }
        Ok(())
    }

    /// An aggregate of an aggregate (`AVG(max(price))` of units of a BIN) is no SQL. What it means is that
    /// the inner one is of the groups of what is shown, and the outer one of the groups in a unit.
    fn nested(&self, steps: &mut Steps) -> Result<Option<Shown>, VqlError> {
        let Expr::Aggregate {
            function,
            of: Subject::Nested(inner),
            ..
        } = self.y
        else {
            return Ok(None);
        };
        let mut inner = self.shown(inner)?;
        if *function == Aggregation::Sum && inner.aggregate == Some("count") {
            // The sum of the counts of groups is the count.
            return Ok(None);
        }
        let mut ops = Vec::new();
        inner.field = Some(operation(&inner, &mut ops));
        let mut groupby = Vec::new();
        if let Expr::Column(column) = self.x {
            groupby.push(self.source.column(column)?.name.to_path().into_owned());
        }
        for column in self.color.iter().chain(&self.detail) {
            groupby.push(self.source.column(column)?.name.to_path().into_owned());
        }
        steps.steps.push(json!({ "aggregate": ops, "groupby": groupby }));
        inner.aggregate = Some(vega_name(*function));
        Ok(Some(inner))
    }

    fn aggregate(&self, function: Aggregation, distinct: bool, of: &Subject) -> Result<Shown, VqlError> {
        let shown = |aggregate, field| Shown {
            field,
            aggregate: Some(aggregate),
            time_unit: None,
            kind: "quantitative",
        };
        match of {
            // The sum of the counts of groups is the count.
            Subject::Nested(inner) => self.shown(inner),
            Subject::Rows => Ok(shown("count", None)),
            Subject::Column(column) => {
                let column = self.source.column(column)?;
                let field = Some(column.name.as_str().to_owned());
                match function {
                    Aggregation::Count if distinct => Ok(shown("distinct", field)),
                    // Where every row has a value, counting values is counting rows.
                    Aggregation::Count if !column.nulls => Ok(shown("count", None)),
                    function => Ok(shown(vega_name(function), field)),
                }
            }
        }
    }

    /// The type of the column that things are compared across.
    fn axis(&self, physical: PhysicalType) -> &'static str {
        match (self.kind, physical) {
            (ChartKind::Pie, _) => discrete(physical),
            (_, PhysicalType::Date | PhysicalType::Timestamp) => "temporal",
            (ChartKind::Bar | ChartKind::StackedBar, _) => discrete(physical),
            _ => measured(physical),
        }
    }

    /// BIN: a unit of time. Whole numbers are years: a year is its own unit, and its months and days
    /// are those of its first of January.
    fn bin(&self, x: &mut Shown, steps: &mut Steps) -> Result<(), VqlError> {
        let Some((column, unit)) = &self.query.bin else {
            return Ok(());
        };
        let column = self.source.column(column)?;
        let name = column.name.as_str();
        if x.field.as_deref() != Some(name) {
            return Err(VqlError::NotFlat {
                what: format!("bin `{name}`, which it does not show"),
            });
        }
        let (time_unit, kind) = match unit {
            BinUnit::Zero => return Ok(()),
            BinUnit::Year => ("year", "temporal"),
            BinUnit::Month => ("month", "ordinal"),
            BinUnit::Weekday => ("day", "ordinal"),
            BinUnit::Day => ("date", "ordinal"),
        };
        if matches!(
            column.physical,
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
        ) {
            if *unit == BinUnit::Year {
                x.kind = "ordinal";
                return Ok(());
            }
            let output = format!("{name}_date");
            steps
                .steps
                .push(json!({ "calculate": format!("datetime({}, 0, 1)", column.datum()), "as": output }));
            x.field = Some(output);
        }
        (x.time_unit, x.kind) = (Some(time_unit), kind);
        Ok(())
    }

    /// Summarises in steps instead of in the encoding, so that HAVING and LIMIT can follow.
    fn summarise(&self, x: &mut Shown, y: &mut Shown, steps: &mut Steps) -> Result<(), VqlError> {
        let select = &self.query.select;
        if let (Some(unit), Some(field)) = (x.time_unit.take(), x.field.clone()) {
            let output = format!("{unit}_{field}");
            let path = FieldName::new(field.as_str()).to_path().into_owned();
            steps
                .steps
                .push(json!({ "timeUnit": unit, "field": path, "as": output }));
            x.field = Some(output);
        }
        let ordered_by: Vec<&Expr> = self.ordered_by_aggregates();
        let summarised =
            x.aggregate.is_some() || y.aggregate.is_some() || select.distinct || !ordered_by.is_empty();
        let mut ops: Vec<Value> = Vec::new();
        if summarised {
            let mut groupby: Vec<String> = Vec::new();
            for shown in [&mut *x, &mut *y] {
                match shown.aggregate {
                    Some(_) => shown.field = Some(operation(shown, &mut ops)),
                    None => groupby.extend(shown.field.clone()),
                }
                shown.aggregate = None;
            }
            for column in self.color.iter().chain(&self.detail) {
                groupby.push(self.source.column(column)?.name.as_str().to_owned());
            }
            if !ordered_by.is_empty() {
                for column in &select.group {
                    let field = self.source.column(column)?.name.as_str().to_owned();
                    if !groupby.contains(&field) {
                        groupby.push(field);
                    }
                }
            }
            for by in ordered_by {
                operation(&self.shown(by)?, &mut ops);
            }
            // HAVING may ask for aggregates that are not shown: they are summarised too, before it.
            let mut having = Steps::default();
            if let Some(condition) = &select.having {
                let mut name = |expr: &Expr| Ok(operation(&self.shown(expr)?, &mut ops));
                having.filter(condition, self.source, &mut name)?;
            }
            let groupby: Vec<String> = groupby
                .iter()
                .map(|field| FieldName::new(field.as_str()).to_path().into_owned())
                .collect();
            steps.steps.push(json!({ "aggregate": ops, "groupby": groupby }));
            steps.steps.extend(having.steps);
        }
        self.limit(x, y, steps)
    }

    /// The aggregates by which LIMIT orders and which are not shown.
    fn ordered_by_aggregates(&self) -> Vec<&'a Expr> {
        let select = &self.query.select;
        let keys = select.order.iter().map(|key| &key.by);
        let unseen = |by: &&Expr| is_aggregate(by) && !same(by, self.x) && !same(by, self.y);
        keys.filter(|by| select.limit.is_some() && unseen(by)).collect()
    }

    fn limit(&self, x: &Shown, y: &Shown, steps: &mut Steps) -> Result<(), VqlError> {
        let select = &self.query.select;
        let Some(limit) = select.limit else { return Ok(()) };
        let mut sort = Vec::new();
        for OrderKey { by, descending } in &select.order {
            let field = match by {
                by if same(by, self.x) => x.field.clone(),
                by if same(by, self.y) => y.field.clone(),
                by if is_aggregate(by) => Some(operation(&self.shown(by)?, &mut Vec::new())),
                by => self.shown(by)?.field,
            };
            let Some(field) = field else {
                return Err(VqlError::NotFlat {
                    what: "order by a count that it does not show".into(),
                });
            };
            let path = FieldName::new(field.as_str()).to_path().into_owned();
            sort.push(
                json!({ "field": path, "order": if *descending { "descending" } else { "ascending" } }),
            );
        }
        let mut window = json!({ "window": [{ "op": "row_number", "as": "__row" }] });
        if !sort.is_empty() {
            window["sort"] = Value::Array(sort);
        }
        steps.steps.push(window);
        steps
            .steps
            .push(json!({ "filter": { "field": "__row", "lte": limit } }));
        Ok(())
    }

    /// The order of what is compared, by the first key of ORDER BY.
    fn sort(&self, x: &Shown) -> Result<Option<Value>, VqlError> {
        let Some(OrderKey { by, descending }) = self.query.select.order.first() else {
            return Ok(None);
        };
        if x.kind == "quantitative" {
            // The axis of a number is ordered by itself.
            return Ok(None);
        }
        let order = if *descending { "descending" } else { "ascending" };
        if same(by, self.x) {
            return Ok(Some(json!(order)));
        }
        if same(by, self.y) && self.kind != ChartKind::Pie {
            return Ok(Some(json!(if *descending { "-y" } else { "y" })));
        }
        let shown = self.shown(by)?;
        let mut sort = Map::new();
        sort.insert("op".into(), json!(shown.aggregate.unwrap_or("min")));
        if let Some(field) = &shown.field {
            sort.insert("field".into(), json!(FieldName::new(field.as_str()).to_path()));
        }
        sort.insert("order".into(), json!(order));
        Ok(Some(Value::Object(sort)))
    }
}

/// The name of a summary in the list of a step, which it is added to if it is new.
fn operation(shown: &Shown, ops: &mut Vec<Value>) -> String {
    let op = shown.aggregate.unwrap_or("min");
    let output = match &shown.field {
        Some(field) => format!("{op}_{field}"),
        None => op.to_owned(),
    };
    let mut entry = json!({ "op": op, "as": output });
    if let Some(field) = &shown.field {
        entry["field"] = json!(FieldName::new(field.as_str()).to_path());
    }
    if !ops.contains(&entry) {
        ops.push(entry);
    }
    output
}

fn computed_name(a: &ColumnRef, sign: char, b: &ColumnRef) -> String {
    format!("{} {sign} {}", a.column, b.column)
}

fn is_aggregate(expr: &Expr) -> bool {
    matches!(expr, Expr::Aggregate { .. })
}

/// Whether two expressions are the same; the tables of columns may be left out.
fn same(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Column(a), Expr::Column(b)) => a.same(b),
        (
            Expr::Aggregate {
                function: f,
                distinct: d,
                of: Subject::Column(a),
            },
            Expr::Aggregate {
                function: g,
                distinct: e,
                of: Subject::Column(b),
            },
        ) => f == g && d == e && a.same(b),
        (a, b) => a == b,
    }
}

fn discrete(physical: PhysicalType) -> &'static str {
    match physical {
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => "ordinal",
        PhysicalType::Date | PhysicalType::Timestamp | PhysicalType::Time => "ordinal",
        _ => "nominal",
    }
}

fn measured(physical: PhysicalType) -> &'static str {
    match physical {
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => "quantitative",
        PhysicalType::Date | PhysicalType::Timestamp => "temporal",
        _ => "nominal",
    }
}
