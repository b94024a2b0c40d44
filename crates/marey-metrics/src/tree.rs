//! Charts as trees: equality up to an order that means nothing, and how similar trees are.
//!
//! A node is a member of the chart's JSON or a scalar. Members have no order; the items of lists do,
//! but for the parts of AND and OR and for channels that take several fields.

use marey_core::ChartSpec;
use serde_json::Value;

use crate::tokens::dataless_json;

/// Members whose lists have no order.
const UNORDERED: [&str; 5] = ["and", "or", "oneOf", "detail", "groupby"];

/// Most nodes of a tree whose similarity is computed; the time grows with the square of both.
const MAX_NODES: usize = 600;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    label: String,
    children: Vec<Node>,
}

impl Node {
    fn of(label: &str, value: &Value) -> Self {
        let mut children: Vec<Node> = match value {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| Node::of(name, value))
                .collect(),
            Value::Array(items) => items.iter().map(|item| Node::of("item", item)).collect(),
            // A mark is a word or an object with a type: the same tree.
            Value::String(mark) if label == "mark" => vec![Node::of("type", &Value::String(mark.clone()))],
            scalar => vec![Node {
                label: scalar.to_string(),
                children: Vec::new(),
            }],
        };
        if value.is_object() || UNORDERED.contains(&label) {
            children.sort();
        }
        Node {
            label: label.to_owned(),
            children,
        }
    }
}

fn tree(spec: &ChartSpec) -> Node {
    Node::of("view", &dataless_json(spec))
}

/// Tree match: both charts are the same tree. Give canonical forms to leave out what draws the same.
pub fn tree_match(a: &ChartSpec, b: &ChartSpec) -> bool {
    tree(a) == tree(b)
}

/// How similar the trees of two charts are: 1 less the tree edit distance over the size of the
/// larger; 1 exactly for [`tree_match`], 0 at least. None for trees of more than 600 nodes.
///
/// The distance is that of Zhang and Shasha (*Simple Fast Algorithms for the Editing Distance
/// between Trees and Related Problems*, SIAM J. Comput. 18, 1989) at a price of 1 for each node
/// changed, added or removed.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::tree_similarity;
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let bar = read(r#"{"mark": "bar", "encoding": {"y": {"aggregate": "count"}}}"#)?;
/// let line = read(r#"{"mark": "line", "encoding": {"y": {"aggregate": "count"}}}"#)?;
/// // view, mark, type, "bar", encoding, y, aggregate, "count": one of eight nodes differs.
/// assert_eq!(tree_similarity(&bar, &line), Some(0.875));
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn tree_similarity(a: &ChartSpec, b: &ChartSpec) -> Option<f64> {
    let (a, b) = (Postorder::of(&tree(a)), Postorder::of(&tree(b)));
    let largest = a.labels.len().max(b.labels.len());
    if largest > MAX_NODES {
        return None;
    }
    Some((1.0 - distance(&a, &b) as f64 / largest as f64).max(0.0))
}

/// A tree as its nodes in postorder.
#[derive(Debug, Default)]
struct Postorder {
    labels: Vec<String>,
    /// Position of the leftmost leaf below each node.
    leftmost: Vec<usize>,
}

impl Postorder {
    fn of(root: &Node) -> Self {
        let mut order = Self::default();
        order.visit(root);
        order
    }

    /// Specs are bounded in depth when they are read.
    fn visit(&mut self, node: &Node) -> usize {
        let mut first = None;
        for child in &node.children {
            let leftmost = self.visit(child);
            first.get_or_insert(leftmost);
        }
        let leftmost = first.unwrap_or(self.labels.len());
        self.labels.push(node.label.clone());
        self.leftmost.push(leftmost);
        leftmost
    }

    /// The root and every node with a sibling to its left, from the left.
    fn key_roots(&self) -> Vec<usize> {
        let is_last = |node: usize| !self.leftmost[node + 1..].contains(&self.leftmost[node]);
        (0..self.labels.len()).filter(|&node| is_last(node)).collect()
    }
}

fn distance(a: &Postorder, b: &Postorder) -> usize {
    let mut between = vec![vec![0; b.labels.len()]; a.labels.len()];
    for &i in &a.key_roots() {
        for &j in &b.key_roots() {
            subtrees(a, b, i, j, &mut between);
        }
    }
    between.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

/// Distances of the forests left of two key roots, which fill in those of the trees below them.
fn subtrees(a: &Postorder, b: &Postorder, i: usize, j: usize, between: &mut [Vec<usize>]) {
    let (first_a, first_b) = (a.leftmost[i], b.leftmost[j]);
    let (rows, columns) = (i - first_a + 2, j - first_b + 2);
    let mut forest = vec![vec![0; columns]; rows];
    for (row, cells) in forest.iter_mut().enumerate() {
        cells[0] = row;
    }
    forest[0] = (0..columns).collect();
    for row in 1..rows {
        for column in 1..columns {
            let (m, n) = (first_a + row - 1, first_b + column - 1);
            let single = forest[row - 1][column].min(forest[row][column - 1]) + 1;
            let are_trees = a.leftmost[m] == first_a && b.leftmost[n] == first_b;
            let change = if are_trees {
                forest[row - 1][column - 1] + usize::from(a.labels[m] != b.labels[n])
            } else {
                forest[a.leftmost[m] - first_a][b.leftmost[n] - first_b] + between[m][n]
            };
            forest[row][column] = single.min(change);
            if are_trees {
                between[m][n] = forest[row][column];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    fn node(label: &str, children: Vec<Node>) -> Node {
        Node {
            label: label.into(),
            children,
        }
    }

    #[test]
    fn the_distance_is_that_of_the_papers_example() {
        let leaf = |label: &str| node(label, vec![]);
        // Zhang and Shasha, figure 4: f(d(a, c(b)), e) and f(c(d(a, b)), e).
        let first = node(
            "f",
            vec![node("d", vec![leaf("a"), node("c", vec![leaf("b")])]), leaf("e")],
        );
        let second = node(
            "f",
            vec![node("c", vec![node("d", vec![leaf("a"), leaf("b")])]), leaf("e")],
        );
        assert_eq!(distance(&Postorder::of(&first), &Postorder::of(&second)), 2);
        assert_eq!(distance(&Postorder::of(&second), &Postorder::of(&first)), 2);
        assert_eq!(distance(&Postorder::of(&first), &Postorder::of(&first)), 0);
        // Removing a node lifts its children: one edit.
        let flat = node("f", vec![leaf("a"), node("c", vec![leaf("b")]), leaf("e")]);
        assert_eq!(distance(&Postorder::of(&first), &Postorder::of(&flat)), 1);
    }

    #[test]
    fn an_order_that_means_nothing_is_none() {
        let filtered = |conditions: &str| {
            chart(&format!(
                r#"{{"transform":[{{"filter":{{"and":[{conditions}]}}}}],"mark":"bar","encoding":{{"y":{{"aggregate":"count"}},"x":{{"field":"a"}}}}}}"#
            ))
        };
        let (low, high) = (r#"{"field":"a","gt":1}"#, r#"{"field":"a","lt":9}"#);
        let forth = filtered(&format!("{low},{high}"));
        let back = filtered(&format!("{high},{low}"));
        assert!(tree_match(&forth, &back));
        assert_eq!(tree_similarity(&forth, &back), Some(1.0));
        let sorted = |values: &str| {
            chart(&format!(
                r#"{{"mark":"bar","encoding":{{"x":{{"field":"a","sort":[{values}]}}}}}}"#
            ))
        };
        assert!(!tree_match(&sorted("1,2"), &sorted("2,1")));
    }

    #[test]
    fn channels_may_come_in_any_order() {
        let other = chart(
            r#"{"mark":{"type":"bar"},"encoding":{"y":{"aggregate":"count"},"x":{"type":"nominal","field":"city"}}}"#,
        );
        assert!(tree_match(&other, &bars()));
    }
}
