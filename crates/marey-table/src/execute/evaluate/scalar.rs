//! Evaluation of one row, with JavaScript's coercions.

use marey_core::expression::{Function, LogicalOp};

use super::{
    super::{cells::Cells, random::Random, value::Value},
    arithmetic,
    compile::Node,
    distribution, sequence_functions, text_functions, time_functions,
};

/// A row under evaluation.
pub(super) struct Row<'a> {
    /// The columns of the program.
    pub cells: &'a [Cells<'a>],
    /// Their names.
    pub names: &'a [String],
    /// Which row.
    pub row: usize,
    /// Seed of `random`.
    pub seed: u64,
}

impl Row<'_> {
    fn cell(&self, index: usize) -> Value {
        self.cells
            .get(index)
            .map_or(Value::Null, |cells| cells.value(self.row))
    }

    fn member(&self, name: &str) -> Value {
        let index = self.names.iter().position(|known| known == name);
        index.map_or(Value::Null, |index| self.cell(index))
    }

    fn object(&self) -> Value {
        let members = self.names.iter().enumerate();
        Value::Object(
            members
                .map(|(index, name)| (name.clone(), self.cell(index)))
                .collect(),
        )
    }

    fn record(&self, members: &[(String, usize)]) -> Value {
        let members: Vec<(String, Value)> = members
            .iter()
            .map(|(name, index)| (name.clone(), self.cell(*index)))
            .collect();
        if members.iter().all(|(_, value)| *value == Value::Null) {
            Value::Null
        } else {
            Value::Object(members)
        }
    }
}

/// The value of an expression at a row.
pub(super) fn evaluate(node: &Node, row: &Row<'_>) -> Value {
    match node {
        Node::Constant(value) => value.clone(),
        Node::Cell(index) => row.cell(*index),
        Node::Record(members) => row.record(members),
        Node::Row => row.object(),
        Node::Member(object, key) => member(object, key, row),
        Node::Unary(op, operand) => arithmetic::unary(*op, &evaluate(operand, row)),
        Node::Binary(op, left, right) => arithmetic::binary(*op, &evaluate(left, row), &evaluate(right, row)),
        Node::Logical(op, left, right) => {
            let left = evaluate(left, row);
            if left.is_truthy() == (*op == LogicalOp::Or) {
                left
            } else {
                evaluate(right, row)
            }
        }
        Node::Conditional(test, then, otherwise) => evaluate(
            if evaluate(test, row).is_truthy() {
                then
            } else {
                otherwise
            },
            row,
        ),
        Node::Call(function, arguments) => call(*function, arguments, row),
        Node::Test(regex, text) => Value::Bool(regex.is_match(&evaluate(text, row).to_text())),
        Node::Replace(text, regex, replacement, all) => text_functions::replace_regex(
            &evaluate(text, row).to_text(),
            regex,
            &evaluate(replacement, row).to_text(),
            *all,
        ),
        Node::Format(number, format) => match evaluate(number, row) {
            Value::Null => Value::Null,
            number => Value::Text(format.write(number.to_number())),
        },
        Node::List(items) => Value::List(items.iter().map(|item| evaluate(item, row)).collect()),
        Node::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), evaluate(value, row)))
                .collect(),
        ),
    }
}

fn member(object: &Node, key: &Node, row: &Row<'_>) -> Value {
    let key = evaluate(key, row);
    if let Node::Row = object {
        return row.member(&key.to_text());
    }
    sequence_functions::member(&evaluate(object, row), &key)
}

fn call(function: Function, arguments: &[Node], row: &Row<'_>) -> Value {
    use Function::{If, Random as RandomNumber};
    match (function, arguments) {
        // Only the branch taken is evaluated.
        (If, [test, then, otherwise, ..]) => {
            return evaluate(
                if evaluate(test, row).is_truthy() {
                    then
                } else {
                    otherwise
                },
                row,
            );
        }
        (RandomNumber, _) => {
            let random = Random::part(row.seed, row.row as u64).below(1 << 53);
            return Value::Number(random as f64 / (1_u64 << 53) as f64);
        }
        _ => {}
    }
    let values: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, row)).collect();
    tested(function, &values)
        .or_else(|| arithmetic::function(function, &values))
        .or_else(|| distribution::function(function, &values))
        .or_else(|| time_functions::function(function, &values))
        .or_else(|| text_functions::function(function, &values))
        .or_else(|| sequence_functions::function(function, &values))
        .unwrap_or(Value::Null)
}

/// Functions that ask for a value's type or change it.
fn tested(function: Function, values: &[Value]) -> Option<Value> {
    let value = values.first()?;
    let empty = matches!(value, Value::Null) || *value == Value::Text(String::new());
    let is = |flag: bool| Some(Value::Bool(flag));
    match function {
        Function::IsArray => is(matches!(value, Value::List(_))),
        Function::IsBoolean => is(matches!(value, Value::Bool(_))),
        Function::IsDate => is(matches!(value, Value::Date(_))),
        Function::IsDefined => is(*value != Value::Null),
        Function::IsFinite => is(matches!(value, Value::Number(number) if number.is_finite())),
        Function::IsNaN => is(matches!(value, Value::Number(number) if number.is_nan())),
        Function::IsNumber => is(matches!(value, Value::Number(_))),
        Function::IsObject => is(matches!(
            value,
            Value::Object(_) | Value::List(_) | Value::Date(_)
        )),
        Function::IsString => is(matches!(value, Value::Text(_))),
        Function::IsValid => {
            is(*value != Value::Null && !matches!(value, Value::Number(number) if number.is_nan()))
        }
        Function::ToBoolean if empty => Some(Value::Null),
        Function::ToBoolean => {
            let no = matches!(value, Value::Text(text) if text == "false" || text == "0");
            is(value.is_truthy() && !no)
        }
        Function::ToNumber if empty => Some(Value::Null),
        Function::ToNumber => Some(Value::Number(value.to_number())),
        Function::ToString if empty => Some(Value::Null),
        Function::ToString => Some(Value::Text(value.to_text())),
        _ => None,
    }
}
