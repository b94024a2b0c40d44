//! [`Groups`]: things that belong together, directly or through others.

use std::collections::BTreeMap;

/// Names that belong together, directly or through others: a union-find over names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    parents: BTreeMap<String, String>,
}

impl Groups {
    /// Puts two names into one group.
    pub(crate) fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (self.name_of(a), self.name_of(b));
        // The smallest name stands for the group, whatever the order of joining.
        let (root, other) = if a <= b { (a, b) } else { (b, a) };
        self.parents.insert(other, root.clone());
        self.parents.insert(root.clone(), root);
    }

    /// The smallest name of the group that a name is in; its own where it was never joined.
    pub(crate) fn name_of(&mut self, name: &str) -> String {
        let mut at = name.to_owned();
        while let Some(parent) = self.parents.get(&at) {
            if *parent == at {
                break;
            }
            at = parent.clone();
        }
        if at != name {
            self.parents.insert(name.to_owned(), at.clone());
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_reach_through_others_in_any_order() {
        let pairs = [("b", "x"), ("c", "y"), ("d", "z"), ("x", "y")];
        for turn in 0..pairs.len() {
            let mut groups = Groups::default();
            for (a, b) in pairs.iter().cycle().skip(turn).take(pairs.len()) {
                groups.join(b, a);
            }
            let names = ["b", "x", "c", "y", "d", "z", "e"].map(|name| groups.name_of(name));
            assert_eq!(names, ["b", "b", "b", "b", "d", "d", "e"]);
        }
    }
}
