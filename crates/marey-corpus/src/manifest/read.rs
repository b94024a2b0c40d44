//! Reading a [`Manifest`] from JSON-LD.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::{FieldSource, FileObject, Manifest, ManifestError, RecordField, RecordSet, context::term};

/// A manifest is a description, not the data: this is far more than the largest known.
const MOST_BYTES: usize = 64 << 20;

impl FromStr for Manifest {
    type Err = ManifestError;

    fn from_str(text: &str) -> Result<Self, ManifestError> {
        if text.len() > MOST_BYTES {
            return Err(ManifestError::TooLarge {
                found: text.len(),
                limit: MOST_BYTES,
            });
        }
        let document: Value = serde_json::from_str(text)?;
        let mut members = Members::of(&document, "$")?;
        members.expect_type("Dataset", "a data set (`@type` `sc:Dataset`)")?;
        members.take("@context");
        let conforms = members.texts("conformsTo")?;
        if !conforms
            .iter()
            .any(|version| version.starts_with("http://mlcommons.org/croissant/1."))
        {
            return Err(ManifestError::Unexpected {
                path: "$.conformsTo".into(),
                found: conforms
                    .first()
                    .map_or("missing".into(), |found| format!("`{found}`")),
                expected: "`http://mlcommons.org/croissant/1.0` or `…/1.1`",
            });
        }
        Ok(Self {
            name: members.required_text("name")?,
            description: members.text("description")?.unwrap_or_default(),
            url: members.text("url")?,
            version: members.text("version")?,
            date_published: members.text("datePublished")?,
            creators: members.names("creator"),
            licences: members.addresses("license"),
            files: members.objects("distribution", file)?,
            record_sets: members.objects("recordSet", record_set)?,
            rest: members.rest(),
        })
    }
}

/// The members of an object by their terms, taken one by one; what is left over is kept.
struct Members {
    path: String,
    members: Map<String, Value>,
}

impl Members {
    fn of(value: &Value, path: &str) -> Result<Self, ManifestError> {
        let Some(object) = value.as_object() else {
            return Err(ManifestError::Unexpected {
                path: path.to_owned(),
                found: kind(value).to_owned(),
                expected: "an object",
            });
        };
        let members = object
            .iter()
            .map(|(name, value)| (term(name), value.clone()))
            .collect();
        Ok(Self {
            path: path.to_owned(),
            members,
        })
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.shift_remove(name).filter(|value| !value.is_null())
    }

    fn expect_type(&mut self, wanted: &str, expected: &'static str) -> Result<(), ManifestError> {
        let types = self.texts("@type")?;
        if types.iter().any(|found| term(found) == wanted) {
            return Ok(());
        }
        let found = types
            .first()
            .map_or("missing".into(), |found| format!("`{found}`"));
        Err(ManifestError::Unexpected {
            path: format!("{}.@type", self.path),
            found,
            expected,
        })
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ManifestError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            // A text with its language, or one text for each language: the languages come back where they stood.
            Some(Value::Object(object)) if !object.is_empty() && object.values().all(Value::is_string) => {
                let text = ["@value", "en"].iter().find_map(|key| object.get(*key));
                let text = text
                    .or_else(|| object.values().next())
                    .and_then(Value::as_str)
                    .map(str::to_owned);
                self.members.insert(name.to_owned(), Value::Object(object));
                Ok(text)
            }
            Some(other) => Err(self.unexpected(name, &other, "text")),
        }
    }

    fn required_text(&mut self, name: &'static str) -> Result<String, ManifestError> {
        self.text(name)?.ok_or_else(|| ManifestError::Unexpected {
            path: format!("{}.{name}", self.path),
            found: "missing".into(),
            expected: "text",
        })
    }

    /// One text or several.
    fn texts(&mut self, name: &str) -> Result<Vec<String>, ManifestError> {
        let listed = match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(values)) => values,
            Some(one) => vec![one],
        };
        listed
            .iter()
            .map(|value| match value {
                Value::String(text) => Ok(text.clone()),
                other => match other.get("@id").and_then(Value::as_str) {
                    Some(id) => Ok(id.to_owned()),
                    None => Err(self.unexpected(name, other, "text")),
                },
            })
            .collect()
    }

    /// Names of persons or bodies, or their identifiers where they have no name.
    fn names(&mut self, name: &str) -> Vec<String> {
        self.listed(name, &["name", "@id", "url"])
    }

    /// Texts, or the addresses of works described in place.
    fn addresses(&mut self, name: &str) -> Vec<String> {
        self.listed(name, &["url", "@id", "identifier", "name"])
    }

    fn listed(&mut self, name: &str, members: &[&str]) -> Vec<String> {
        let listed = match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(values)) => values,
            Some(one) => vec![one],
        };
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Object(object) => {
                let own: Map<String, Value> = object
                    .iter()
                    .map(|(name, value)| (term(name), value.clone()))
                    .collect();
                members
                    .iter()
                    .find_map(|member| own.get(*member)?.as_str().map(str::to_owned))
            }
            _ => None,
        };
        // What cannot be understood is kept in words that allow nothing.
        listed
            .iter()
            .map(|value| text(value).unwrap_or_else(|| value.to_string()))
            .collect()
    }

    fn objects<T>(
        &mut self,
        name: &str,
        read: fn(Members) -> Result<T, ManifestError>,
    ) -> Result<Vec<T>, ManifestError> {
        let listed = match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(values)) => values,
            Some(one) => vec![one],
        };
        let path = |index: usize| format!("{}.{name}[{index}]", self.path);
        listed
            .iter()
            .enumerate()
            .map(|(index, value)| read(Members::of(value, &path(index))?))
            .collect()
    }

    fn rest(self) -> Map<String, Value> {
        self.members
    }

    fn unexpected(&self, name: &str, found: &Value, expected: &'static str) -> ManifestError {
        ManifestError::Unexpected {
            path: format!("{}.{name}", self.path),
            found: kind(found).to_owned(),
            expected,
        }
    }
}

fn file(mut members: Members) -> Result<FileObject, ManifestError> {
    let path = members.path.clone();
    // A set of files keeps its type; a plain file has it by being one.
    if members
        .members
        .get("@type")
        .and_then(Value::as_str)
        .is_some_and(|own| term(own) == "FileObject")
    {
        members.take("@type");
    }
    let id = members.text("@id")?.unwrap_or_default();
    // What is no SHA-256 (the hub's own manifests have an address there) pins nothing, and is kept as it stands.
    let digest = members
        .members
        .get("sha256")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok());
    if digest.is_some() {
        members.take("sha256");
    }
    let rights = match members.take("marey:rights") {
        None => None,
        Some(value) => Some(
            serde_json::from_value(value).map_err(|error| ManifestError::Rights {
                path: format!("{path}.marey:rights"),
                problem: error.to_string(),
            })?,
        ),
    };
    Ok(FileObject {
        name: members.text("name")?.unwrap_or_else(|| id.clone()),
        content_url: members.text("contentUrl")?.unwrap_or_default(),
        encoding_format: members
            .texts("encodingFormat")?
            .into_iter()
            .next()
            .unwrap_or_default(),
        licences: members.addresses("license"),
        id,
        digest,
        rights,
        rest: members.rest(),
    })
}

fn record_set(mut members: Members) -> Result<RecordSet, ManifestError> {
    members.take("@type");
    let id = members.text("@id")?.unwrap_or_default();
    Ok(RecordSet {
        name: members.text("name")?.unwrap_or_else(|| id.clone()),
        fields: members.objects("field", field)?,
        id,
        rest: members.rest(),
    })
}

fn field(mut members: Members) -> Result<RecordField, ManifestError> {
    members.take("@type");
    let id = members.text("@id")?.unwrap_or_default();
    let source = members.members.get("source").and_then(source);
    if source.is_some() {
        members.take("source");
    }
    Ok(RecordField {
        name: members.text("name")?.unwrap_or_else(|| id.clone()),
        data_types: members.texts("dataType")?,
        source,
        id,
        rest: members.rest(),
    })
}

/// A column of a file; other sources are kept as they are.
fn source(value: &Value) -> Option<FieldSource> {
    let own = |value: &Value, name: &str| -> Option<Value> {
        value
            .as_object()?
            .iter()
            .find(|(own, _)| term(own) == name)
            .map(|(_, value)| value.clone())
    };
    if value.as_object()?.len() != 2 {
        return None;
    }
    let file = own(&own(value, "fileObject")?, "@id")?.as_str()?.to_owned();
    let extract = own(value, "extract")?;
    let column = own(&extract, "column")?.as_str()?.to_owned();
    (extract.as_object()?.len() == 1).then_some(FieldSource { file, column })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
