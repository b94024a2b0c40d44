//! Properties as leaves of a JSON tree: what is different in two bags of them.

use std::collections::BTreeSet;

use serde_json::Value;

/// The number of leaves (path and value) that only one of two trees has.
pub(super) fn differing(a: &Value, b: &Value) -> usize {
    if a == b {
        return 0;
    }
    let (a, b) = (leaves(a), leaves(b));
    a.symmetric_difference(&b).count()
}

/// The number of leaves of a tree.
pub(super) fn count(tree: &Value) -> usize {
    leaves(tree).len()
}

fn leaves(tree: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Trees are bounded in depth when they are read; a list of open ends still needs no stack.
    let mut open = vec![(String::new(), tree)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                open.extend(map.iter().map(|(name, value)| (format!("{path}/{name}"), value)));
                if map.is_empty() && !path.is_empty() {
                    found.insert(format!("{path}={{}}"));
                }
            }
            Value::Array(items) => {
                open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, value)| (format!("{path}/{index}"), value)),
                );
                if items.is_empty() {
                    found.insert(format!("{path}=[]"));
                }
            }
            scalar => {
                found.insert(format!("{path}={scalar}"));
            }
        }
    }
    found
}
