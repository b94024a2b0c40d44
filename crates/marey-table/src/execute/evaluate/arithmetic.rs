//! Operators and functions of numbers.

use marey_core::expression::{BinaryOp, Function, UnaryOp};

use super::{super::value::Value, text_functions};

/// An operator before its operand.
pub(super) fn unary(op: UnaryOp, value: &Value) -> Value {
    match op {
        UnaryOp::Minus => Value::Number(-value.to_number()),
        UnaryOp::Plus => Value::Number(value.to_number()),
        UnaryOp::Not => Value::Bool(!value.is_truthy()),
        UnaryOp::BitNot => Value::Number(f64::from(!to_i32(value.to_number()))),
    }
}

/// An operator between two operands.
pub(super) fn binary(op: BinaryOp, left: &Value, right: &Value) -> Value {
    let relation =
        |holds: fn(std::cmp::Ordering) -> bool| Value::Bool(left.relation(right).is_some_and(holds));
    match op {
        BinaryOp::Add => add(left, right),
        BinaryOp::Equal => Value::Bool(left.loosely_equals(right)),
        BinaryOp::Unequal => Value::Bool(!left.loosely_equals(right)),
        BinaryOp::StrictEqual => Value::Bool(left.strictly_equals(right)),
        BinaryOp::StrictUnequal => Value::Bool(!left.strictly_equals(right)),
        BinaryOp::Less => relation(std::cmp::Ordering::is_lt),
        BinaryOp::LessEqual => relation(std::cmp::Ordering::is_le),
        BinaryOp::Greater => relation(std::cmp::Ordering::is_gt),
        BinaryOp::GreaterEqual => relation(std::cmp::Ordering::is_ge),
        _ => Value::Number(numeric(op, left.to_number(), right.to_number())),
    }
}

/// JavaScript's `+`: text as soon as one side is no number. Times count as numbers, which is how
/// Vega holds them when it has read them from data.
fn add(left: &Value, right: &Value) -> Value {
    let text = |value: &Value| matches!(value, Value::Text(_) | Value::List(_) | Value::Object(_));
    if !text(left) && !text(right) {
        Value::Number(left.to_number() + right.to_number())
    } else {
        text_functions::bounded(left.to_text() + &right.to_text())
    }
}

/// An operator between numbers; comparisons give 1 and 0.
pub(super) fn numeric(op: BinaryOp, left: f64, right: f64) -> f64 {
    let truth = |flag: bool| f64::from(u8::from(flag));
    match op {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => left * right,
        BinaryOp::Divide => left / right,
        BinaryOp::Remainder => left % right,
        BinaryOp::Equal | BinaryOp::StrictEqual => truth(left == right),
        BinaryOp::Unequal | BinaryOp::StrictUnequal => truth(left != right),
        BinaryOp::Less => truth(left < right),
        BinaryOp::LessEqual => truth(left <= right),
        BinaryOp::Greater => truth(left > right),
        BinaryOp::GreaterEqual => truth(left >= right),
        BinaryOp::BitAnd => f64::from(to_i32(left) & to_i32(right)),
        BinaryOp::BitOr => f64::from(to_i32(left) | to_i32(right)),
        BinaryOp::BitXor => f64::from(to_i32(left) ^ to_i32(right)),
        BinaryOp::ShiftLeft => f64::from(to_i32(left).wrapping_shl(to_i32(right) as u32)),
        BinaryOp::ShiftRight => f64::from(to_i32(left).wrapping_shr(to_i32(right) as u32)),
        BinaryOp::ShiftRightUnsigned => f64::from((to_i32(left) as u32).wrapping_shr(to_i32(right) as u32)),
    }
}

/// ECMA-262's ToInt32.
fn to_i32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    let wrapped = number.trunc().rem_euclid(4_294_967_296.0);
    // Wrapped into 32 bits by the line above.
    wrapped as u32 as i32
}

/// A function of one number.
pub(super) fn unary_function(function: Function) -> Option<fn(f64) -> f64> {
    Some(match function {
        Function::Abs => f64::abs,
        Function::Acos => f64::acos,
        Function::Asin => f64::asin,
        Function::Atan => f64::atan,
        Function::Ceil => f64::ceil,
        Function::Cos => f64::cos,
        Function::Exp => f64::exp,
        Function::Floor => f64::floor,
        Function::Log => f64::ln,
        Function::Round => round,
        Function::Sin => f64::sin,
        Function::Sqrt => f64::sqrt,
        Function::Tan => f64::tan,
        _ => return None,
    })
}

/// A function of two numbers.
pub(super) fn binary_function(function: Function) -> Option<fn(f64, f64) -> f64> {
    Some(match function {
        Function::Atan2 => f64::atan2,
        Function::Pow => power,
        _ => return None,
    })
}

/// JavaScript's `Math.round`: halves go up.
fn round(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// JavaScript's `Math.pow`, which knows no answer where IEEE 754 says 1.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

/// JavaScript's `Math.max` and `Math.min`: NaN wins.
pub(super) fn larger(left: f64, right: f64) -> f64 {
    if left.is_nan() || right.is_nan() {
        f64::NAN
    } else {
        left.max(right)
    }
}

/// See [`larger`].
pub(super) fn smaller(left: f64, right: f64) -> f64 {
    if left.is_nan() || right.is_nan() {
        f64::NAN
    } else {
        left.min(right)
    }
}

/// Functions of numbers.
pub(super) fn function(function: Function, values: &[Value]) -> Option<Value> {
    let numbers = || values.iter().map(Value::to_number);
    let first = || values.first().map(Value::to_number);
    if let Some(of_one) = unary_function(function) {
        return first().map(of_one).map(Value::Number);
    }
    if let (Some(of_two), [left, right, ..]) = (binary_function(function), values) {
        return Some(Value::Number(of_two(left.to_number(), right.to_number())));
    }
    let number = match (function, values) {
        (Function::Max, _) => numbers().fold(f64::NEG_INFINITY, larger),
        (Function::Min, _) => numbers().fold(f64::INFINITY, smaller),
        (Function::Hypot, _) => numbers().fold(0.0, f64::hypot),
        (Function::Clamp, [value, low, high, ..]) => {
            larger(low.to_number(), smaller(high.to_number(), value.to_number()))
        }
        _ => return None,
    };
    Some(Value::Number(number))
}
