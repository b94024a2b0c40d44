//! Names of columns, and how Vega-Lite spells them.

use std::{borrow::Cow, cmp::Ordering, fmt, hash};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a column, exactly as the table spells it.
///
/// Vega-Lite reads a field as a path into an object: `price.eur` is the member `eur` of `price`,
/// and a column whose own name has a dot is spelt `price\.eur`. A `FieldName` is the column's name
/// in both cases, since Marey's tables flatten nested objects to dotted names; a spelling other
/// than the plain one is remembered for writing and ignored when names are compared.
#[derive(Debug, Clone)]
pub struct FieldName {
    name: String,
    /// The path as a spec spelt it, where that is not how [`FieldName::to_path`] would.
    spelling: Option<Box<str>>,
}

impl FieldName {
    /// Takes any text as a column name; tables do contain empty and odd ones.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            spelling: None,
        }
    }

    /// Reads the path by which a Vega-Lite spec names a field: `a\.b`, `a.b`, `a['b']`, `a[0]`.
    ///
    /// Path steps are joined by dots. A path with unbalanced brackets or quotes, which Vega
    /// refuses, is taken as it stands.
    pub fn from_path(path: &str) -> Self {
        let name = split_path(path).map_or_else(|| path.to_owned(), |steps| steps.join("."));
        let spelling = (escape(&name) != path).then(|| path.into());
        Self { name, spelling }
    }

    /// The path by which a Vega-Lite spec names the column.
    ///
    /// ```
    /// use marey_core::FieldName;
    ///
    /// assert_eq!(FieldName::new("price (eur.)").to_path(), r"price (eur\.)");
    /// assert_eq!(FieldName::from_path("price.eur").as_str(), "price.eur");
    /// assert_eq!(FieldName::from_path("price.eur").to_path(), "price.eur");
    /// ```
    pub fn to_path(&self) -> Cow<'_, str> {
        match &self.spelling {
            Some(spelling) => Cow::Borrowed(spelling),
            None => escape(&self.name),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

/// Puts a backslash before every character that means something in a path.
///
/// Quotes mean something at the start only.
fn escape(name: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 4] = ['\\', '.', '[', ']'];
    let quoted = name.starts_with(['"', '\'']);
    if !quoted && !name.contains(SPECIAL) {
        return Cow::Borrowed(name);
    }
    let mut path = String::with_capacity(name.len() + 2);
    if quoted {
        path.push('\\');
    }
    for character in name.chars() {
        if SPECIAL.contains(&character) {
            path.push('\\');
        }
        path.push(character);
    }
    Cow::Owned(path)
}

/// Cuts a path into its steps by the rules of Vega's field accessors; `None` if it is unbalanced.
///
/// Quotes mean something only at the start of the path or of a bracket, as in Vega.
fn split_path(path: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    let mut step = String::new();
    let mut quote = None;
    let mut in_bracket = false;
    let mut at_start = true;
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        let was_at_start = std::mem::take(&mut at_start);
        match character {
            '\\' => step.extend(characters.next()),
            _ if quote == Some(character) => {
                steps.push(std::mem::take(&mut step));
                quote = None;
            }
            _ if quote.is_some() => step.push(character),
            '"' | '\'' if was_at_start => quote = Some(character),
            '.' if !in_bracket => flush(&mut step, &mut steps),
            '[' => {
                flush(&mut step, &mut steps);
                in_bracket = true;
                at_start = true;
            }
            ']' if !in_bracket => return None,
            ']' => {
                flush(&mut step, &mut steps);
                in_bracket = false;
            }
            _ => step.push(character),
        }
    }
    flush(&mut step, &mut steps);
    (quote.is_none() && !in_bracket).then_some(steps)
}

fn flush(step: &mut String, steps: &mut Vec<String>) {
    if !step.is_empty() {
        steps.push(std::mem::take(step));
    }
}

impl PartialEq for FieldName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for FieldName {}

impl PartialOrd for FieldName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FieldName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl hash::Hash for FieldName {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl AsRef<str> for FieldName {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FieldName {
    fn schema_name() -> Cow<'static, str> {
        "FieldName".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The name of a column, exactly as the table spells it.",
        })
    }
}

impl From<&str> for FieldName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for FieldName {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// As the plain name, without Vega-Lite's escapes.
impl Serialize for FieldName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(path: &str, name: &str) {
        let field = FieldName::from_path(path);
        assert_eq!(field.as_str(), name, "{path}");
        assert_eq!(field.to_path(), path, "{path}");
    }

    #[test]
    fn paths_name_columns() {
        check("price", "price");
        check(r"price\.eur", "price.eur");
        check("price.eur", "price.eur");
        check("price['eur']", "price.eur");
        check("prices[0]", "prices.0");
        check("prices[0].eur", "prices.0.eur");
        check("it's", "it's");
        check("['a b']", "a b");
        check("", "");
        check("a[", "a[");
        check("a]b", "a]b");
        check("'a", "'a");
        check(r"\", "");
    }

    proptest! {
        #[test]
        fn any_name_has_a_path(name in ".*") {
            let field = FieldName::new(name.clone());
            let path = field.to_path().into_owned();
            let read = FieldName::from_path(&path);
            prop_assert_eq!(read.as_str(), name);
            prop_assert_eq!(read.to_path(), path);
        }

        #[test]
        fn any_path_is_written_as_it_was_read(path in r#"[ab.\\\[\]'"]*"#) {
            let field = FieldName::from_path(&path);
            prop_assert_eq!(field.to_path(), path);
        }
    }
}
