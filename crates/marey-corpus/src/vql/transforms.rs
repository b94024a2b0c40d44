//! WHERE and HAVING as filters.
//!
//! SQL knows a third truth: a comparison with nothing is neither true nor false, and its row is left
//! out. The grammar does not, so every comparison with a column that lacks values asks for one too.

use marey_core::PhysicalType;
use serde_json::{Value, json};

use super::{
    Aggregation, Comparison, Condition, Expr, Operand, Select, Subject, VqlError,
    source::{ChartSource, SourceColumn, datum, quoted},
};

/// Steps of a chart, as Vega-Lite writes them.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) steps: Vec<Value>,
    computed: usize,
}

/// What stands on the left of a comparison.
struct Left {
    field: String,
    physical: PhysicalType,
    nulls: bool,
    boolean_words: Option<[String; 2]>,
}

impl Left {
    fn of(column: &SourceColumn) -> Self {
        Self {
            field: column.name.as_str().to_owned(),
            physical: column.physical,
            nulls: column.nulls,
            boolean_words: column.boolean_words.clone(),
        }
    }

    fn path(&self) -> String {
        marey_core::FieldName::new(self.field.as_str())
            .to_path()
            .into_owned()
    }

    fn is_number(&self) -> bool {
        matches!(
            self.physical,
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
        )
    }

    fn is_time(&self) -> bool {
        matches!(self.physical, PhysicalType::Date | PhysicalType::Timestamp)
    }

    /// A test, and that there is a value where one may be missing.
    fn where_known(&self, test: Value) -> Value {
        if self.nulls {
            json!({ "and": [self.known(), test] })
        } else {
            test
        }
    }

    fn known(&self) -> Value {
        json!({ "not": self.missing() })
    }

    fn missing(&self) -> Value {
        json!({ "field": self.path(), "equal": null })
    }
}

/// Gives a name to an aggregate that a condition asks for.
pub(super) type NameOf<'a> = &'a mut dyn FnMut(&Expr) -> Result<String, VqlError>;

impl Steps {
    /// Keeps the rows for which a condition holds. `aggregates` names the aggregates of HAVING.
    pub(super) fn filter(
        &mut self,
        condition: &Condition,
        source: &ChartSource,
        aggregates: NameOf<'_>,
    ) -> Result<(), VqlError> {
        // Conditions that all have to hold are filters one after the other: the same, and easier to read.
        let all = match condition {
            Condition::And(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        // What sub-selects need is computed before any row is left out: they read the whole table.
        let mut filters = Vec::new();
        for condition in all {
            filters.push(json!({ "filter": self.predicate(condition, source, aggregates)? }));
        }
        self.steps.extend(filters);
        Ok(())
    }

    fn predicate(
        &mut self,
        condition: &Condition,
        source: &ChartSource,
        aggregates: NameOf<'_>,
    ) -> Result<Value, VqlError> {
        let mut list = |conditions: &[Condition], steps: &mut Self| -> Result<Vec<Value>, VqlError> {
            conditions
                .iter()
                .map(|condition| steps.predicate(condition, source, aggregates))
                .collect()
        };
        match condition {
            Condition::And(all) => Ok(json!({ "and": list(all, self)? })),
            Condition::Or(any) => Ok(json!({ "or": list(any, self)? })),
            Condition::Compare(of, comparison, operand) => {
                let left = left(of, source, aggregates)?;
                self.compare(&left, *comparison, operand, source)
            }
            Condition::Between(of, low, high) => {
                let left = left(of, source, aggregates)?;
                let low = self.compare(&left, Comparison::GreaterOrEqual, low, source)?;
                let high = self.compare(&left, Comparison::LessOrEqual, high, source)?;
                Ok(range(&low, &high).unwrap_or_else(|| json!({ "and": [low, high] })))
            }
            Condition::Like { of, pattern, negated } => {
                let left = left(of, source, aggregates)?;
                let not = if *negated { "!" } else { "" };
                let test = format!(
                    "{not}test(regexp({}, 'i'), {})",
                    quoted(&regex(pattern)),
                    datum(&left.field)
                );
                Ok(left.where_known(json!(test)))
            }
            Condition::In { of, among, negated } => {
                let left = left(of, source, aggregates)?;
                self.among(&left, among, *negated, source)
            }
            Condition::Null { of, negated } => {
                let left = left(of, source, aggregates)?;
                Ok(if *negated { left.known() } else { left.missing() })
            }
        }
    }

    fn compare(
        &mut self,
        left: &Left,
        comparison: Comparison,
        operand: &Operand,
        source: &ChartSource,
    ) -> Result<Value, VqlError> {
        match operand {
            Operand::Select(select) => {
                let other = self.single_value(select, source)?;
                Ok(left.where_known(json!(expression(&datum(&left.field), comparison, &datum(&other)))))
            }
            Operand::Column(column) => match source.column(column) {
                Ok(other) => {
                    let test = json!(expression(&datum(&left.field), comparison, &other.datum()));
                    let known = if other.nulls {
                        json!({ "and": [Left::of(other).known(), test] })
                    } else {
                        test
                    };
                    Ok(left.where_known(known))
                }
                // A word without quotation marks that is no column was meant as text.
                Err(_) => compare_text(left, comparison, &column.column),
            },
            Operand::Text(text) => compare_text(left, comparison, text),
            Operand::Number(number) if left.is_number() => {
                Ok(compare_literal(left, comparison, &number_json(*number)))
            }
            Operand::Number(number) => compare_text(left, comparison, &number_text(*number)),
        }
    }

    fn among(
        &mut self,
        left: &Left,
        among: &[Operand],
        negated: bool,
        source: &ChartSource,
    ) -> Result<Value, VqlError> {
        if let [Operand::Select(select)] = among {
            let flag = self.membership(left, select, source)?;
            let sign = if negated { "<=" } else { ">" };
            return Ok(left.where_known(json!(format!("{} {sign} 0", datum(&flag)))));
        }
        let mut any = Vec::new();
        for operand in among {
            any.push(self.compare(left, Comparison::Equal, operand, source)?);
        }
        let any = json!({ "or": any });
        Ok(left.where_known(if negated { json!({ "not": any }) } else { any }))
    }

    /// A new field that holds, in every row, the one value of a SELECT from the same table.
    fn single_value(&mut self, select: &Select, source: &ChartSource) -> Result<String, VqlError> {
        check_same_table(select, source)?;
        let [item] = select.items.as_slice() else {
            return Err(VqlError::NotFlat {
                what: "compare with several columns".into(),
            });
        };
        let output = self.name("compared");
        let (op, column) = match item {
            Expr::Aggregate {
                function: Aggregation::Count,
                of: Subject::Rows,
                distinct: false,
            } => ("count", None),
            Expr::Aggregate {
                function,
                of: Subject::Column(column),
                distinct: false,
            } => (vega_name(*function), Some(column)),
            Expr::Aggregate { .. } | Expr::Arithmetic(..) => {
                return Err(VqlError::NotFlat {
                    what: "compare with what is computed from aggregates or columns".into(),
                });
            }
            // SQL takes the first row.
            Expr::Column(column) if select.filter.is_none() => {
                let field = source.column(column)?.name.to_path();
                self.steps.push(json!({
                    "window": [{ "op": "first_value", "field": field, "as": output }],
                    "frame": [null, null],
                }));
                return Ok(output);
            }
            // The first of those that a condition leaves has to be taken by value.
            Expr::Column(column) => ("min", Some(column)),
        };
        let mut op = json!({ "op": op, "as": output });
        if let Some(column) = column {
            let column = source.column(column)?;
            let field = self.selected(column, select, source)?;
            op["field"] = json!(marey_core::FieldName::new(field).to_path());
        }
        self.steps.push(json!({ "joinaggregate": [op] }));
        Ok(output)
    }

    /// The field of a column, nothing in the rows that a SELECT leaves out.
    fn selected(
        &mut self,
        column: &SourceColumn,
        select: &Select,
        source: &ChartSource,
    ) -> Result<String, VqlError> {
        let Some(filter) = &select.filter else {
            return Ok(column.name.as_str().to_owned());
        };
        let test = self.test(filter, source)?;
        let output = self.name("selected");
        self.steps
            .push(json!({ "calculate": format!("{test} ? {} : null", column.datum()), "as": output }));
        Ok(output)
    }

    /// A new field that is above 0 where a row's value is among those that a SELECT from the same
    /// table gives.
    fn membership(&mut self, left: &Left, select: &Select, source: &ChartSource) -> Result<String, VqlError> {
        check_same_table(select, source)?;
        let [Expr::Column(column)] = select.items.as_slice() else {
            return Err(VqlError::NotFlat {
                what: "look a value up in an aggregate".into(),
            });
        };
        if source.column(column)?.name.as_str() != left.field {
            return Err(VqlError::NotFlat {
                what: "look a value up in another column".into(),
            });
        }
        let test = match &select.filter {
            Some(filter) => self.test(filter, source)?,
            None => "true".to_owned(),
        };
        let (flag, output) = (self.name("listed"), self.name("among"));
        self.steps
            .push(json!({ "calculate": format!("{test} ? 1 : 0"), "as": flag }));
        self.steps.push(json!({
            "joinaggregate": [{ "op": "max", "field": flag, "as": output }],
            "groupby": [left.path()],
        }));
        Ok(output)
    }

    /// A condition of a sub-select as an expression; only what such conditions are made of.
    fn test(&mut self, condition: &Condition, source: &ChartSource) -> Result<String, VqlError> {
        let mut none = |_: &Expr| {
            Err(VqlError::NotFlat {
                what: "aggregate inside a sub-select's WHERE".into(),
            })
        };
        match condition {
            Condition::And(all) => self.tests(all, " && ", source),
            Condition::Or(any) => self.tests(any, " || ", source),
            Condition::Compare(of, comparison, operand) => {
                let left = left(of, source, &mut none)?;
                let other =
                    match operand {
                        Operand::Number(number) if left.is_number() => number_text(*number),
                        Operand::Number(number) => quoted(&number_text(*number)),
                        Operand::Text(text) if left.is_number() => number_of(text)
                            .map(number_text)
                            .ok_or_else(|| VqlError::NotFlat {
                                what: format!("compare a number with `{text}`"),
                            })?,
                        Operand::Text(text) => quoted(text),
                        _ => {
                            return Err(VqlError::NotFlat {
                                what: "nest sub-selects".into(),
                            });
                        }
                    };
                let known = format!("{} !== null", datum(&left.field));
                Ok(format!(
                    "({known} && {})",
                    expression(&datum(&left.field), *comparison, &other)
                ))
            }
            Condition::Like {
                of,
                pattern,
                negated: false,
            } => {
                let left = left(of, source, &mut none)?;
                Ok(format!(
                    "test(regexp({}, 'i'), {})",
                    quoted(&regex(pattern)),
                    datum(&left.field)
                ))
            }
            _ => Err(VqlError::NotFlat {
                what: "use this condition inside a sub-select".into(),
            }),
        }
    }

    fn tests(&mut self, all: &[Condition], sign: &str, source: &ChartSource) -> Result<String, VqlError> {
        let tests: Result<Vec<String>, VqlError> = all.iter().map(|one| self.test(one, source)).collect();
        Ok(format!("({})", tests?.join(sign)))
    }

    /// A name for a computed field, as no table has it.
    fn name(&mut self, what: &str) -> String {
        self.computed += 1;
        format!("__{what}_{}", self.computed)
    }
}

fn left(of: &Expr, source: &ChartSource, aggregates: NameOf<'_>) -> Result<Left, VqlError> {
    match of {
        Expr::Column(column) => Ok(Left::of(source.column(column)?)),
        Expr::Arithmetic(..) => Err(VqlError::NotFlat {
            what: "compare what is computed from columns".into(),
        }),
        aggregate => Ok(Left {
            field: aggregates(aggregate)?,
            physical: PhysicalType::Float,
            // A group may hold no value at all.
            nulls: true,
            boolean_words: None,
        }),
    }
}

fn check_same_table(select: &Select, source: &ChartSource) -> Result<(), VqlError> {
    if !source.is_named(&select.from.name) {
        return Err(VqlError::NotFlat {
            what: format!("read another table, `{}`", select.from.name),
        });
    }
    let plain = select.joins.is_empty()
        && select.group.is_empty()
        && select.having.is_none()
        && select.order.is_empty()
        && select.limit.is_none()
        && select.combined.is_none();
    if plain {
        Ok(())
    } else {
        Err(VqlError::NotFlat {
            what: "group, order or join inside a sub-select".into(),
        })
    }
}

fn compare_text(left: &Left, comparison: Comparison, text: &str) -> Result<Value, VqlError> {
    // `!= "null"` is how these queries say that there is a value.
    if text.eq_ignore_ascii_case("null") {
        let equal = comparison == Comparison::Equal;
        return Ok(if equal { left.missing() } else { left.known() });
    }
    if left.is_number() {
        return Ok(match number_of(text) {
            Some(number) => compare_literal(left, comparison, &number_json(number)),
            // In SQL every text comes after every number.
            None => {
                let holds = matches!(
                    comparison,
                    Comparison::NotEqual | Comparison::Less | Comparison::LessOrEqual
                );
                left.where_known(json!(if holds { "true" } else { "false" }))
            }
        });
    }
    if left.is_time() {
        let date = date(text).ok_or_else(|| VqlError::NotFlat {
            what: format!("compare a date with `{text}`"),
        })?;
        return Ok(compare_literal(left, comparison, &date));
    }
    if left.physical == PhysicalType::Boolean {
        return Ok(compare_literal(left, comparison, &truth(left, text)));
    }
    Ok(compare_literal(left, comparison, &json!(text)))
}

/// What a word means in a column of truth values; a text that is neither word, and so equals none.
fn truth(left: &Left, text: &str) -> Value {
    let words = left
        .boolean_words
        .clone()
        .unwrap_or_else(|| ["1".into(), "0".into()]);
    let index = words.iter().position(|word| word.eq_ignore_ascii_case(text));
    let plain = || ["1", "0"].iter().position(|digit| *digit == text);
    match index.or_else(plain) {
        Some(0) => json!(true),
        Some(_) => json!(false),
        None => json!(text),
    }
}

fn compare_literal(left: &Left, comparison: Comparison, literal: &Value) -> Value {
    let test = |op: &str| json!({ "field": left.path(), op: literal });
    match comparison {
        // Nothing equals nothing but nothing.
        Comparison::Equal => test("equal"),
        Comparison::NotEqual => left.where_known(json!({ "not": test("equal") })),
        Comparison::Less => left.where_known(test("lt")),
        Comparison::LessOrEqual => left.where_known(test("lte")),
        Comparison::Greater => left.where_known(test("gt")),
        Comparison::GreaterOrEqual => left.where_known(test("gte")),
    }
}

/// Two bounds of one field as a range.
fn range(low: &Value, high: &Value) -> Option<Value> {
    let (field, other) = (low.get("field")?, high.get("field")?);
    (field == other).then(|| json!({ "field": field, "range": [low.get("gte"), high.get("lte")] }))
}

fn expression(left: &str, comparison: Comparison, right: &str) -> String {
    let sign = match comparison {
        Comparison::Equal => "===",
        Comparison::NotEqual => "!==",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    };
    format!("{left} {sign} {right}")
}

/// The name of an aggregate in the grammar.
pub(super) fn vega_name(function: Aggregation) -> &'static str {
    match function {
        Aggregation::Count => "valid",
        Aggregation::Sum => "sum",
        Aggregation::Mean => "mean",
        Aggregation::Min => "min",
        Aggregation::Max => "max",
    }
}

/// A pattern of LIKE as a regular expression over the whole text.
fn regex(pattern: &str) -> String {
    let mut regex = String::from("^");
    for letter in pattern.chars() {
        match letter {
            '%' => regex.push_str("[\\s\\S]*"),
            '_' => regex.push_str("[\\s\\S]"),
            letter if letter.is_alphanumeric() || letter.is_whitespace() => regex.push(letter),
            sign => regex.extend(['\\', sign]),
        }
    }
    regex.push('$');
    regex
}

fn number_of(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn number_text(number: f64) -> String {
    format!("{number}")
}

/// Whole numbers without a decimal point.
fn number_json(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

/// `2018-03-17`, perhaps with a time of day, as the grammar's date.
fn date(text: &str) -> Option<Value> {
    let mut parts = text.trim().splitn(2, [' ', 'T']);
    let mut numbers = parts.next()?.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let mut date = json!({ "year": year, "month": month, "date": day });
    let mut times = parts
        .next()
        .unwrap_or_default()
        .split(':')
        .map(|part| part.parse::<f64>().ok());
    for unit in ["hours", "minutes", "seconds"] {
        match times.next().flatten() {
            Some(value) if value != 0.0 => date[unit] = number_json(value),
            _ => {}
        }
    }
    Some(date)
}
