//! Discrete domains: the order of categories, and what each is given.

use std::{collections::HashMap, hash::Hash};

/// A domain of distinct items in their order, with values handed out in turn.
#[derive(Debug, Clone)]
pub struct Ordinal<K, V> {
    items: Vec<K>,
    places: HashMap<K, usize>,
    values: Vec<V>,
}

impl<K: Eq + Hash + Clone, V> Ordinal<K, V> {
    /// A domain (later duplicates are dropped) and the values to hand out, reused when they run out.
    pub fn new(items: impl IntoIterator<Item = K>, values: Vec<V>) -> Self {
        let mut scale = Self {
            items: Vec::new(),
            places: HashMap::new(),
            values,
        };
        for item in items {
            if !scale.places.contains_key(&item) {
                scale.places.insert(item.clone(), scale.items.len());
                scale.items.push(item);
            }
        }
        scale
    }

    /// The items in order.
    pub fn items(&self) -> &[K] {
        &self.items
    }

    /// Place of an item in the domain.
    pub fn index(&self, item: &K) -> Option<usize> {
        self.places.get(item).copied()
    }

    /// The value given to an item; none for an item outside the domain or without values.
    pub fn map(&self, item: &K) -> Option<&V> {
        let index = self.index(item)?;
        self.values.get(index % self.values.len().max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_handed_out_in_turn() {
        let scale = Ordinal::new(["a", "b", "a", "c"], vec![1, 2]);
        assert_eq!(scale.items(), ["a", "b", "c"]);
        assert_eq!(scale.map(&"b"), Some(&2));
        assert_eq!(scale.map(&"c"), Some(&1));
        assert_eq!(scale.map(&"d"), None);
        assert_eq!(Ordinal::<_, u8>::new(["a"], vec![]).map(&"a"), None);
    }
}
