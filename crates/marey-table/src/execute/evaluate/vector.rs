//! Evaluation over whole columns, for expressions of numbers and truths.
//!
//! [`kind`] decides beforehand whether every part of an expression is covered; then chunks of rows
//! are evaluated in parallel, each part at once. Results are those of [`super::scalar`].

use std::{ops::Range, sync::Arc};

use arrow::{
    array::{ArrayRef, BooleanArray, BooleanBufferBuilder, Float64Array},
    buffer::{BooleanBuffer, NullBuffer},
};
use marey_core::expression::{BinaryOp, Function, LogicalOp, UnaryOp};
use rayon::prelude::*;

use super::{
    super::{
        calendar::{self, Parts},
        cells::{CHUNK, Cells},
        value::Value,
    },
    arithmetic,
    compile::Node,
    time_functions,
};

/// The values of an expression at all rows.
pub(super) enum Vector {
    /// Numbers.
    Numbers(Vec<Chunk>),
    /// Truths.
    Truths(Vec<Chunk>),
}

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Numbers, some of them perhaps null.
    Number,
    /// Truths.
    Truth,
}

/// Values of some rows; truths are 1 and 0. Where a value is null, its number is 0, which is what
/// arithmetic and comparisons make of it.
pub(super) struct Chunk {
    numbers: Vec<f64>,
    nulls: Option<Vec<bool>>,
}

/// Evaluates an expression, where it is one of numbers and truths.
pub(super) fn evaluate(root: &Node, cells: &[Cells<'_>], rows: usize) -> Option<Vector> {
    let kind = kind(root, cells)?;
    let chunks: Vec<Chunk> = (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let start = chunk * CHUNK;
            chunk_of(root, cells, &(start..rows.min(start + CHUNK)))
        })
        .collect();
    Some(match kind {
        Kind::Number => Vector::Numbers(chunks),
        Kind::Truth => Vector::Truths(chunks),
    })
}

impl Vector {
    /// Which values are truthy.
    pub fn truths(&self) -> BooleanBuffer {
        let (Vector::Numbers(chunks) | Vector::Truths(chunks)) = self;
        let mut truths = BooleanBufferBuilder::new(0);
        for chunk in chunks {
            truths.append_buffer(&chunk.truths());
        }
        truths.finish()
    }

    /// The values as a column.
    pub fn into_array(self) -> ArrayRef {
        match self {
            Vector::Truths(_) => Arc::new(BooleanArray::from(self.truths())),
            Vector::Numbers(chunks) => {
                let any_null = chunks.iter().any(|chunk| chunk.nulls.is_some());
                let nulls = any_null.then(|| {
                    let valid = chunks
                        .iter()
                        .flat_map(|chunk| (0..chunk.numbers.len()).map(|row| !chunk.is_null(row)));
                    NullBuffer::from_iter(valid)
                });
                let numbers: Vec<f64> = chunks.into_iter().flat_map(|chunk| chunk.numbers).collect();
                Arc::new(Float64Array::new(numbers.into(), nulls))
            }
        }
    }
}

impl Chunk {
    fn of(numbers: Vec<f64>) -> Self {
        Self { numbers, nulls: None }
    }

    fn of_truths(truths: impl Iterator<Item = bool>) -> Self {
        Self::of(truths.map(|truth| f64::from(u8::from(truth))).collect())
    }

    #[inline]
    fn is_null(&self, row: usize) -> bool {
        self.nulls
            .as_ref()
            .is_some_and(|nulls| nulls.get(row).is_some_and(|null| *null))
    }

    fn truths(&self) -> BooleanBuffer {
        self.numbers.iter().map(|number| is_truthy(*number)).collect()
    }

    /// Numbers made of these, one by one; the result has no nulls.
    fn map(mut self, change: impl Fn(f64) -> f64) -> Self {
        self.numbers
            .iter_mut()
            .for_each(|number| *number = change(*number));
        self.nulls = None;
        self
    }

    /// Numbers made of pairs; the result has no nulls.
    fn zip(mut self, other: &Chunk, join: impl Fn(f64, f64) -> f64) -> Self {
        for (left, right) in self.numbers.iter_mut().zip(&other.numbers) {
            *left = join(*left, *right);
        }
        self.nulls = None;
        self
    }
}

fn is_truthy(number: f64) -> bool {
    number != 0.0 && !number.is_nan()
}

fn is_numeric(cells: &Cells<'_>) -> bool {
    matches!(cells, Cells::Int(_) | Cells::Float(_) | Cells::Decimal(..))
}

fn is_equality(op: BinaryOp) -> bool {
    use BinaryOp::{Equal, StrictEqual, StrictUnequal, Unequal};
    matches!(op, Equal | StrictEqual | Unequal | StrictUnequal)
}

fn is_comparison(op: BinaryOp) -> bool {
    use BinaryOp::{Greater, GreaterEqual, Less, LessEqual};
    is_equality(op) || matches!(op, Less | LessEqual | Greater | GreaterEqual)
}

fn kind(node: &Node, cells: &[Cells<'_>]) -> Option<Kind> {
    let number = |node: &Node| kind(node, cells).filter(|kind| *kind == Kind::Number);
    let truth = |node: &Node| kind(node, cells).filter(|kind| *kind == Kind::Truth);
    match node {
        Node::Constant(Value::Number(_)) => Some(Kind::Number),
        Node::Constant(Value::Bool(_)) => Some(Kind::Truth),
        Node::Cell(index) => cells
            .get(*index)
            .filter(|cells| is_numeric(cells))
            .map(|_| Kind::Number),
        Node::Unary(UnaryOp::Not, operand) => kind(operand, cells).map(|_| Kind::Truth),
        Node::Unary(_, operand) => number(operand),
        Node::Binary(op, left, right) => {
            if is_equality(*op) && direct_equality(left, right, cells).is_some() {
                return Some(Kind::Truth);
            }
            number(left)?;
            number(right)?;
            Some(if is_comparison(*op) {
                Kind::Truth
            } else {
                Kind::Number
            })
        }
        Node::Logical(_, left, right) => {
            truth(left)?;
            truth(right)
        }
        Node::Conditional(test, then, otherwise) => {
            kind(test, cells)?;
            kind(then, cells).filter(|then| kind(otherwise, cells) == Some(*then))
        }
        Node::Call(function, arguments) => match (function, arguments.as_slice()) {
            (Function::IsValid | Function::IsFinite | Function::IsNaN, [value, ..]) => {
                number(value).map(|_| Kind::Truth)
            }
            (function, [Node::Cell(index), ..]) if is_time_part(*function) => {
                let cells = cells.get(*index)?;
                (cells.is_temporal() || is_numeric(cells)).then_some(Kind::Number)
            }
            (function, [value, ..]) if arithmetic::unary_function(*function).is_some() => number(value),
            (function, [left, right, ..]) if arithmetic::binary_function(*function).is_some() => {
                number(left)?;
                number(right)
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_time_part(function: Function) -> bool {
    function == Function::Time || time_functions::part(function).is_some()
}

/// An equality that needs no numbers: a column and null, or a column of text and a text.
enum Direct<'n> {
    Null(usize),
    Text(usize, &'n str),
}

fn direct_equality<'n>(left: &'n Node, right: &'n Node, cells: &[Cells<'_>]) -> Option<Direct<'n>> {
    match (left, right) {
        (Node::Cell(index), Node::Constant(constant)) | (Node::Constant(constant), Node::Cell(index)) => {
            match (constant, cells.get(*index)?) {
                (Value::Null, _) => Some(Direct::Null(*index)),
                (Value::Text(text), Cells::Text(_)) => Some(Direct::Text(*index, text)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Evaluates some rows of an expression that [`kind`] has passed.
fn chunk_of(node: &Node, cells: &[Cells<'_>], rows: &Range<usize>) -> Chunk {
    let of = |node: &Node| chunk_of(node, cells, rows);
    match node {
        Node::Cell(index) => cells
            .get(*index)
            .map_or_else(|| constant(f64::NAN, rows), |cells| load(cells, rows)),
        Node::Unary(op, operand) => {
            let operand = of(operand);
            match op {
                UnaryOp::Minus => operand.map(|number| -number),
                UnaryOp::Plus => operand.map(|number| number),
                UnaryOp::Not => Chunk::of_truths(operand.numbers.iter().map(|number| !is_truthy(*number))),
                UnaryOp::BitNot => {
                    operand.map(|number| -1.0 - arithmetic::numeric(BinaryOp::BitOr, number, 0.0))
                }
            }
        }
        Node::Binary(op, left, right) => operated(*op, left, right, cells, rows),
        Node::Logical(op, left, right) => {
            let (left, right) = (of(left), of(right));
            match op {
                LogicalOp::And => left.zip(&right, f64::min),
                LogicalOp::Or => left.zip(&right, f64::max),
            }
        }
        Node::Conditional(test, then, otherwise) => chosen(&of(test), of(then), &of(otherwise)),
        Node::Call(function, arguments) => called(*function, arguments, cells, rows),
        Node::Constant(value) => constant(value.to_number(), rows),
        // `kind` passes no other node.
        _ => constant(f64::NAN, rows),
    }
}

fn constant(number: f64, rows: &Range<usize>) -> Chunk {
    Chunk::of(vec![number; rows.len()])
}

fn load(cells: &Cells<'_>, rows: &Range<usize>) -> Chunk {
    if let Cells::Float(array) = cells
        && arrow::array::Array::null_count(array) == 0
        && let Some(numbers) = array.values().get(rows.clone())
    {
        return Chunk::of(numbers.to_vec());
    }
    let read: Vec<Option<f64>> = rows.clone().map(|row| cells.number(row)).collect();
    let nulls = read
        .iter()
        .any(Option::is_none)
        .then(|| read.iter().map(Option::is_none).collect());
    Chunk {
        numbers: read.into_iter().map(|number| number.unwrap_or(0.0)).collect(),
        nulls,
    }
}

fn operated(op: BinaryOp, left: &Node, right: &Node, cells: &[Cells<'_>], rows: &Range<usize>) -> Chunk {
    let negated = matches!(op, BinaryOp::Unequal | BinaryOp::StrictUnequal);
    if is_equality(op)
        && let Some(direct) = direct_equality(left, right, cells)
    {
        return match direct {
            Direct::Null(index) => {
                Chunk::of_truths(rows.clone().map(|row| is_null(cells.get(index), row) != negated))
            }
            Direct::Text(index, text) => Chunk::of_truths(rows.clone().map(|row| {
                cells
                    .get(index)
                    .and_then(|cells| cells.text(row))
                    .is_some_and(|found| found == text)
                    != negated
            })),
        };
    }
    let left = chunk_of(left, cells, rows);
    let right = chunk_of(right, cells, rows);
    if is_equality(op) && (left.nulls.is_some() || right.nulls.is_some()) {
        let equal = |row: usize| match (left.is_null(row), right.is_null(row)) {
            (false, false) => left.numbers.get(row) == right.numbers.get(row),
            (left, right) => left == right,
        };
        return Chunk::of_truths((0..rows.len()).map(|row| equal(row) != negated));
    }
    // One loop per operator, so that each is compiled on its own.
    match op {
        BinaryOp::Add => left.zip(&right, |left, right| left + right),
        BinaryOp::Subtract => left.zip(&right, |left, right| left - right),
        BinaryOp::Multiply => left.zip(&right, |left, right| left * right),
        BinaryOp::Divide => left.zip(&right, |left, right| left / right),
        BinaryOp::Less => left.zip(&right, |left, right| f64::from(u8::from(left < right))),
        BinaryOp::Greater => left.zip(&right, |left, right| f64::from(u8::from(left > right))),
        op => left.zip(&right, |left, right| arithmetic::numeric(op, left, right)),
    }
}

fn is_null(cells: Option<&Cells<'_>>, row: usize) -> bool {
    cells.is_none_or(|cells| cells.is_null(row))
}

fn chosen(test: &Chunk, mut then: Chunk, otherwise: &Chunk) -> Chunk {
    let nulls = (then.nulls.is_some() || otherwise.nulls.is_some()).then(|| {
        (0..test.numbers.len())
            .map(|row| {
                let taken = test.numbers.get(row).is_some_and(|number| is_truthy(*number));
                if taken {
                    then.is_null(row)
                } else {
                    otherwise.is_null(row)
                }
            })
            .collect()
    });
    for ((then, otherwise), test) in then.numbers.iter_mut().zip(&otherwise.numbers).zip(&test.numbers) {
        if !is_truthy(*test) {
            *then = *otherwise;
        }
    }
    then.nulls = nulls;
    then
}

fn called(function: Function, arguments: &[Node], cells: &[Cells<'_>], rows: &Range<usize>) -> Chunk {
    let Some(first) = arguments.first() else {
        return constant(f64::NAN, rows);
    };
    if is_time_part(function)
        && let Node::Cell(index) = first
        && let Some(cells) = cells.get(*index)
    {
        return time_part(function, cells, rows);
    }
    let value = chunk_of(first, cells, rows);
    if let Some(of_one) = arithmetic::unary_function(function) {
        return value.map(of_one);
    }
    if let (Some(of_two), Some(second)) = (arithmetic::binary_function(function), arguments.get(1)) {
        return value.zip(&chunk_of(second, cells, rows), of_two);
    }
    let is_null = |row: usize| value.is_null(row);
    let numbers = value.numbers.iter();
    match function {
        Function::IsValid => Chunk::of_truths(
            numbers
                .enumerate()
                .map(|(row, number)| !number.is_nan() && !is_null(row)),
        ),
        Function::IsFinite => Chunk::of_truths(
            numbers
                .enumerate()
                .map(|(row, number)| number.is_finite() && !is_null(row)),
        ),
        _ => Chunk::of_truths(numbers.map(|number| number.is_nan())),
    }
}

fn time_part(function: Function, cells: &Cells<'_>, rows: &Range<usize>) -> Chunk {
    let times = load(cells, rows);
    match time_functions::part(function) {
        None => times.map(calendar::clipped),
        Some(part) => times.map(|time| Parts::of(time).map_or(f64::NAN, |parts| part(&parts) as f64)),
    }
}
