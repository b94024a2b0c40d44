//! Reading and writing the members of a JSON object.

use serde_json::Value;

use super::{Json, Node, Notes, Refusal, Tier, node::describe};
use crate::{
    nearest_name,
    spec::{JsonMap, SpecError, SpecWarning},
};

/// The members of an object while they are read: what is understood is taken out, the rest is
/// carried.
pub(crate) struct Members<'a> {
    node: Node<'a>,
    map: &'a JsonMap,
    asked: Vec<&'static str>,
    carried: JsonMap,
}

impl<'a> Members<'a> {
    /// Opens an object.
    pub fn open(node: Node<'a>, expected: &str) -> Result<Self, SpecError> {
        let map = node.value.as_object().ok_or_else(|| node.wrong(expected))?;
        Ok(Self {
            node,
            map,
            asked: Vec::new(),
            carried: JsonMap::new(),
        })
    }

    /// The object itself.
    pub fn node(&self) -> Node<'a> {
        self.node
    }

    /// Whether a member is there.
    pub fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// All members as they stand.
    pub fn map(&self) -> &'a JsonMap {
        self.map
    }

    /// Reads a member; what is not modelled is carried, what is wrong is an error.
    pub fn take<T: Json>(&mut self, name: &'static str, notes: &mut Notes) -> Result<Option<T>, SpecError> {
        match self.read(name, notes) {
            Some(Err(Refusal::NotModelled)) => {
                self.carry(name, T::EXPECTED, notes);
                Ok(None)
            }
            Some(Err(Refusal::Wrong(error))) => Err(error),
            Some(Ok(value)) => Ok(Some(value)),
            None => Ok(None),
        }
    }

    /// Reads a property that changes looks only; whatever does not fit is carried.
    pub fn property<T: Json>(&mut self, name: &'static str, notes: &mut Notes) -> Option<T> {
        match self.read(name, notes)? {
            Ok(value) => Some(value),
            Err(Refusal::NotModelled) => {
                self.carry(name, T::EXPECTED, notes);
                None
            }
            Err(Refusal::Wrong(error)) => {
                self.carry_wrong(name, error, notes);
                None
            }
        }
    }

    /// Reads a member without which the object is not understood.
    pub fn require<T: Json>(&mut self, name: &'static str, notes: &mut Notes) -> Result<T, Refusal> {
        self.read(name, notes).unwrap_or_else(|| {
            Err(Refusal::Wrong(SpecError::Missing {
                path: self.node.path.to_string(),
                member: name.to_owned(),
                expected: T::EXPECTED.to_owned(),
            }))
        })
    }

    fn read<T: Json>(&mut self, name: &'static str, notes: &mut Notes) -> Option<Result<T, Refusal>> {
        self.asked.push(name);
        let value = self.map.get(name)?;
        Some(T::read(self.node.member(name, value), notes))
    }

    fn carry(&mut self, name: &str, expected: &str, notes: &mut Notes) {
        let Some(value) = self.map.get(name) else {
            return;
        };
        let path = || self.node.member(name, value).path.to_string();
        notes.warn(|| match name == "condition" && names_parameter(value) {
            true => SpecWarning::Interaction { path: path() },
            false => SpecWarning::OtherForm {
                path: path(),
                found: describe(value),
                expected: expected.to_owned(),
            },
        });
        self.carried.insert(name.to_owned(), value.clone());
    }

    fn carry_wrong(&mut self, name: &str, error: SpecError, notes: &mut Notes) {
        let Some(value) = self.map.get(name) else {
            return;
        };
        let path = self.node.member(name, value).path.to_string();
        notes.warn(|| SpecWarning::Wrong { path, error });
        self.carried.insert(name.to_owned(), value.clone());
    }

    /// Says that a member is dealt with elsewhere.
    pub fn skip(&mut self, name: &'static str) {
        self.asked.push(name);
    }

    /// Whether there are members that nobody asked for or that could not be read.
    pub fn has_rest(&self) -> bool {
        !self.carried.is_empty() || self.map.keys().any(|key| !self.asked.contains(&key.as_str()))
    }

    /// The first member that nobody asked for.
    pub fn unasked(&self) -> Option<&'a str> {
        let keys = self.map.keys().map(String::as_str);
        keys.into_iter().find(|key| !self.asked.contains(key))
    }

    /// Closes the object: what nobody asked for is carried.
    pub fn finish(mut self, notes: &mut Notes) -> JsonMap {
        for (key, value) in self.map {
            if self.asked.contains(&key.as_str()) {
                continue;
            }
            let path = || self.node.member(key, value).path.to_string();
            notes.warn(|| match key.as_str() {
                "params" => SpecWarning::Interaction { path: path() },
                _ => SpecWarning::NotModelled {
                    path: path(),
                    suggestion: nearest_name(key, self.asked.iter().copied()).map(str::to_owned),
                },
            });
            self.carried.insert(key.clone(), value.clone());
        }
        self.carried
    }
}

/// Whether a condition, or one of a list of them, is on a parameter.
pub(super) fn names_parameter(value: &Value) -> bool {
    match value {
        Value::Array(conditions) => conditions
            .iter()
            .any(|condition| condition.get("param").is_some()),
        condition => condition.get("param").is_some(),
    }
}

/// An object while it is written.
pub(crate) struct Writer {
    map: JsonMap,
    tier: Tier,
}

impl Writer {
    /// An object without members.
    pub fn new(tier: Tier) -> Self {
        Self {
            map: JsonMap::new(),
            tier,
        }
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Which members are written.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Writes a member.
    pub fn set<T: Json>(&mut self, name: &str, value: &T) {
        self.map.insert(name.to_owned(), value.write(self.tier));
    }

    /// Writes a member that is already JSON.
    pub fn set_value(&mut self, name: &str, value: Value) {
        self.map.insert(name.to_owned(), value);
    }

    /// Writes a member that is there.
    pub fn put<T: Json>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Writes a list that is not empty.
    pub fn put_list<T: Json>(&mut self, name: &str, items: &[T]) {
        if !items.is_empty() {
            self.set_value(name, items.iter().map(|item| item.write(self.tier)).collect());
        }
    }

    /// Writes what was carried, unless only the typed fields are wanted; typed members win.
    pub fn rest(&mut self, rest: &JsonMap) {
        if self.tier == Tier::Typed {
            return;
        }
        for (key, value) in rest {
            if !self.map.contains_key(key) {
                self.map.insert(key.clone(), value.clone());
            }
        }
    }

    /// The object.
    pub fn finish(self) -> Value {
        Value::Object(self.map)
    }
}
