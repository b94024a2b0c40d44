//! The JSON Schema of profiles.

use serde_json::{Value, json};

use crate::TableProfile;

/// The JSON Schema (draft 2020-12) of a [`TableProfile`] as it is written.
///
/// Fields may be added in later versions; those that are there keep their names and meanings.
///
/// ```
/// let schema = marey_profile::json_schema();
/// assert_eq!(schema["title"], "Profile of a table");
/// ```
pub fn json_schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<TableProfile>();
    schema.insert("title".to_owned(), json!("Profile of a table"));
    schema.to_value()
}
