//! [`Query`]: a VQL query as a tree.

/// A VQL query.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The mark asked for.
    pub mark: VqlMark,
    /// What is drawn.
    pub select: Select,
    /// The column that is cut into units of time, and the unit.
    pub bin: Option<(ColumnRef, BinUnit)>,
}

impl Query {
    /// The tables that the query names, each once, in the order in which they are named.
    pub fn tables(&self) -> Vec<String> {
        let mut tables = Vec::new();
        self.select.name_tables(&mut tables);
        tables
    }
}

/// The word after `Visualize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VqlMark {
    /// Bars.
    Bar,
    /// A pie.
    Pie,
    /// Lines.
    Line,
    /// Points.
    Scatter,
}

/// The unit after `BIN … BY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinUnit {
    /// Calendar years.
    Year,
    /// Months of the year.
    Month,
    /// Days of the week.
    Weekday,
    /// Dates.
    Day,
    /// `ZERO`: as it is.
    Zero,
}

/// A SQL SELECT.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Select {
    /// Whether equal rows are one.
    pub distinct: bool,
    /// The columns.
    pub items: Vec<Expr>,
    /// The first table.
    pub from: TableRef,
    /// The tables joined to it.
    pub joins: Vec<Join>,
    /// WHERE.
    pub filter: Option<Condition>,
    /// GROUP BY.
    pub group: Vec<ColumnRef>,
    /// HAVING.
    pub having: Option<Condition>,
    /// ORDER BY.
    pub order: Vec<OrderKey>,
    /// LIMIT.
    pub limit: Option<u64>,
    /// UNION, INTERSECT or EXCEPT with another SELECT.
    pub combined: Option<(SetOp, Box<Select>)>,
}

impl Select {
    /// Its tables: its own, then those of its sub-selects, then those that it is combined with.
    fn name_tables(&self, tables: &mut Vec<String>) {
        let own = [&self.from]
            .into_iter()
            .chain(self.joins.iter().map(|join| &join.table));
        for table in own {
            if !tables.iter().any(|known| known.eq_ignore_ascii_case(&table.name)) {
                tables.push(table.name.clone());
            }
        }
        for condition in [&self.filter, &self.having].into_iter().flatten() {
            condition.visit_selects(&mut |select| select.name_tables(tables));
        }
        if let Some((_, other)) = &self.combined {
            other.name_tables(tables);
        }
    }
}

impl Condition {
    /// Shows every SELECT that the condition compares with, not those inside them.
    fn visit_selects(&self, visit: &mut dyn FnMut(&Select)) {
        let mut operand = |operand: &Operand| {
            if let Operand::Select(select) = operand {
                visit(select);
            }
        };
        match self {
            Condition::And(all) | Condition::Or(all) => {
                for condition in all {
                    condition.visit_selects(visit);
                }
            }
            Condition::Compare(_, _, other) => operand(other),
            Condition::Between(_, low, high) => {
                operand(low);
                operand(high);
            }
            Condition::In { among, .. } => among.iter().for_each(operand),
            Condition::Like { .. } | Condition::Null { .. } => {}
        }
    }
}

/// How two SELECTs are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOp {
    /// Rows of either.
    Union,
    /// Rows of both.
    Intersect,
    /// Rows of the first that are not in the second.
    Except,
}

/// A table with its alias.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRef {
    /// Its name.
    pub name: String,
    /// Its alias.
    pub alias: Option<String>,
}

/// A table joined by equal columns; a join without ON pairs all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The table.
    pub table: TableRef,
    /// The columns that have to be equal.
    pub on: Vec<(ColumnRef, ColumnRef)>,
}

/// A column, perhaps with the table or alias that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRef {
    /// The table or alias.
    pub table: Option<String>,
    /// The column.
    pub column: String,
}

impl ColumnRef {
    /// Whether both may be the same column; names are told apart without regard to case.
    pub fn same(&self, other: &Self) -> bool {
        let tables = match (&self.table, &other.table) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => true,
        };
        tables && self.column.eq_ignore_ascii_case(&other.column)
    }
}

/// Something selected or compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A column.
    Column(ColumnRef),
    /// Two columns and `+`, `-` or `/` between them.
    Arithmetic(ColumnRef, char, ColumnRef),
    /// An aggregate.
    Aggregate {
        /// The function.
        function: Aggregation,
        /// Whether equal values count once.
        distinct: bool,
        /// What of.
        of: Subject,
    },
}

/// What an aggregate is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// Rows.
    Rows,
    /// A column.
    Column(ColumnRef),
    /// Another aggregate (`SUM(COUNT(*))`), which is no SQL but occurs.
    Nested(Box<Expr>),
}

/// A function of many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    /// COUNT.
    Count,
    /// SUM.
    Sum,
    /// AVG.
    Mean,
    /// MIN.
    Min,
    /// MAX.
    Max,
}

/// A condition on rows or groups.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// One holds.
    Or(Vec<Condition>),
    /// Two values compare so.
    Compare(Expr, Comparison, Operand),
    /// A value lies between two, ends included.
    Between(Expr, Operand, Operand),
    /// A text is like a pattern with `%` and `_`.
    Like {
        /// The text.
        of: Expr,
        /// The pattern.
        pattern: String,
        /// Whether it must not be.
        negated: bool,
    },
    /// A value is among others.
    In {
        /// The value.
        of: Expr,
        /// The others.
        among: Vec<Operand>,
        /// Whether it must not be.
        negated: bool,
    },
    /// A value is missing.
    Null {
        /// The value.
        of: Expr,
        /// Whether it must not be.
        negated: bool,
    },
}

/// How values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// =
    Equal,
    /// != or <>
    NotEqual,
    /// <
    Less,
    /// <=
    LessOrEqual,
    /// >
    Greater,
    /// >=
    GreaterOrEqual,
}

/// The other side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A number.
    Number(f64),
    /// Text in quotation marks.
    Text(String),
    /// A column, or a word that was meant as text.
    Column(ColumnRef),
    /// The rows of another SELECT.
    Select(Box<Select>),
}

/// One key of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    /// What is ordered by.
    pub by: Expr,
    /// Whether the largest comes first.
    pub descending: bool,
}
