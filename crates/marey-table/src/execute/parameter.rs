//! Values of the parameters of a spec before anybody touches them.

use marey_core::spec::InitialValue;
use serde_json::Value as Json;

use super::{ExecuteOptions, RunContext, evaluate};

/// The values of parameters in their order; an expression may name those before it. One that cannot
/// be evaluated is left out: whoever names it learns that its value is not known.
pub(super) fn values(initial: Vec<(String, InitialValue)>, options: &ExecuteOptions) -> Vec<(String, Json)> {
    let mut known: Vec<(String, Json)> = Vec::with_capacity(initial.len());
    for (name, value) in initial {
        let value = match value {
            InitialValue::Value(value) => Some(value),
            InitialValue::Expression(expression) => {
                let mut context = RunContext::new(options);
                context.parameters = &known;
                evaluate::constant(&expression, &mut context).map(|value| value.to_json())
            }
        };
        known.extend(value.map(|value| (name, value)));
    }
    known
}
