//! Writing a [`Manifest`] as JSON-LD.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{CONFORMS_TO, FileObject, Manifest, RecordField, RecordSet, context::context};
use crate::Digest;

impl Manifest {
    /// The manifest as Croissant 1.1.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        members.insert("@context".into(), context());
        members.insert("@type".into(), json!("sc:Dataset"));
        members.insert("conformsTo".into(), json!(CONFORMS_TO));
        members.insert("name".into(), json!(self.name));
        members.insert("description".into(), json!(self.description));
        put(&mut members, "url", self.url.as_deref());
        put(&mut members, "version", self.version.as_deref());
        put(&mut members, "datePublished", self.date_published.as_deref());
        let creators: Vec<Value> = self
            .creators
            .iter()
            .map(|name| json!({ "@type": "sc:Organization", "name": name }))
            .collect();
        put_list(&mut members, "creator", creators);
        put_list(
            &mut members,
            "license",
            self.licences.iter().map(|licence| json!(licence)).collect(),
        );
        members.insert("distribution".into(), self.files.iter().map(file).collect());
        members.insert(
            "recordSet".into(),
            self.record_sets
                .iter()
                .map(|set| record_set(set, self.files.iter().any(|file| file.id == set.id)))
                .collect(),
        );
        members.extend(self.rest.clone());
        Value::Object(members)
    }
}

/// An identifier as the standard's reference reader takes it: without white space and signs that no address has (RFC
/// 3987, section 2.2), which become `_`, with a few digits of a hash so that no two become one.
fn identifier(id: &str) -> Cow<'_, str> {
    let is_foreign = |sign: char| {
        sign.is_whitespace()
            || sign.is_control()
            || matches!(sign, '%' | '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    if !id.contains(is_foreign) {
        return Cow::Borrowed(id);
    }
    let clean = id.replace(is_foreign, "_");
    let hex = Digest::of(id.as_bytes()).hex();
    Cow::Owned(format!("{clean}-{}", hex.get(..6).unwrap_or(&hex)))
}

fn put(members: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        members.insert(name.into(), json!(value));
    }
}

/// One value as it is, several as a list.
fn put_list(members: &mut Map<String, Value>, name: &str, mut values: Vec<Value>) {
    match values.len() {
        0 => {}
        1 => drop(members.insert(name.into(), values.remove(0))),
        _ => drop(members.insert(name.into(), Value::Array(values))),
    }
}

fn file(file: &FileObject) -> Value {
    let mut members = Map::new();
    // A file set keeps the type that it was read with.
    if !file.rest.contains_key("@type") {
        members.insert("@type".into(), json!("cr:FileObject"));
    }
    members.insert("@id".into(), json!(identifier(&file.id)));
    members.insert("name".into(), json!(file.name));
    if !file.content_url.is_empty() {
        members.insert("contentUrl".into(), json!(file.content_url));
    }
    members.insert("encodingFormat".into(), json!(file.encoding_format));
    if let Some(digest) = &file.digest {
        members.insert("sha256".into(), json!(digest.hex()));
    }
    put_list(
        &mut members,
        "license",
        file.licences.iter().map(|licence| json!(licence)).collect(),
    );
    if let Some(rights) = &file.rights {
        members.insert("marey:rights".into(), json!(rights));
    }
    members.extend(file.rest.clone());
    Value::Object(members)
}

/// A table; `taken` where a file has its identifier, which the reference reader takes for one and the same thing.
fn record_set(set: &RecordSet, taken: bool) -> Value {
    let mut members = Map::new();
    members.insert("@type".into(), json!("cr:RecordSet"));
    let id = identifier(&set.id);
    members.insert(
        "@id".into(),
        if taken {
            json!(format!("{id}/records"))
        } else {
            json!(id)
        },
    );
    members.insert("name".into(), json!(set.name));
    members.insert("field".into(), set.fields.iter().map(field).collect());
    members.extend(set.rest.clone());
    Value::Object(members)
}

fn field(field: &RecordField) -> Value {
    let mut members = Map::new();
    members.insert("@type".into(), json!("cr:Field"));
    members.insert("@id".into(), json!(identifier(&field.id)));
    members.insert("name".into(), json!(field.name));
    put_list(
        &mut members,
        "dataType",
        field.data_types.iter().map(|own| json!(own)).collect(),
    );
    if let Some(source) = &field.source {
        members.insert(
            "source".into(),
            json!({ "fileObject": { "@id": identifier(&source.file) }, "extract": { "column": source.column } }),
        );
    }
    members.extend(field.rest.clone());
    Value::Object(members)
}
