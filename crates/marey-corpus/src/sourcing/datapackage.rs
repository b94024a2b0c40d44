//! [`DataPackage`]: Frictionless `datapackage.json`.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{SourcingError, error::check_size};
use crate::{
    Digest, LicenceClaim, LicenceNames, Rights,
    licence::UNSPECIFIED,
    manifest::{FileObject, Manifest},
};

/// A data package of the Frictionless standard (versions 1 and 2), as far as rights go.
#[derive(Debug, Clone, PartialEq)]
pub struct DataPackage {
    /// Name, or what stands for one.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where it is described.
    pub homepage: Option<String>,
    /// Version.
    pub version: Option<String>,
    /// The moment of its making, as written.
    pub created: Option<String>,
    /// Who made it.
    pub contributors: Vec<String>,
    /// The licence of the package, which may cover nothing but the code in it.
    pub licence: Option<LicenceClaim>,
    /// Its files.
    pub resources: Vec<PackageResource>,
}

/// A file of a data package.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageResource {
    /// Its name.
    pub name: String,
    /// Where it is, from the package or as an address; several where it comes in parts.
    pub paths: Vec<String>,
    /// What it is.
    pub description: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Its hash as the publisher states it.
    pub hash: Option<DeclaredHash>,
    /// Number of bytes as the publisher states it.
    pub bytes: Option<u64>,
    /// Its own licence, as a claim that nobody has looked at. None where it states none: the licence of
    /// the package is not taken for it.
    pub licence: Option<LicenceClaim>,
    /// The licence in the publisher's words.
    pub licence_words: Vec<String>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// A hash as a publisher states it. Only SHA-256 pins contents here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredHash {
    /// SHA-256.
    Sha256(Digest),
    /// Another, as written (`sha1:…`, MD5 without a name).
    Other(String),
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct PackageFile {
    name: Option<String>,
    title: Option<String>,
    description: Option<String>,
    homepage: Option<String>,
    version: Option<String>,
    created: Option<String>,
    contributors: Vec<Value>,
    licenses: Vec<LicenceFile>,
    resources: Vec<ResourceFile>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct ResourceFile {
    name: Option<String>,
    path: Value,
    description: Option<String>,
    mediatype: Option<String>,
    hash: Option<String>,
    bytes: Option<u64>,
    licenses: Vec<LicenceFile>,
    sources: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct LicenceFile {
    name: Option<String>,
    title: Option<String>,
    path: Option<String>,
}

impl FromStr for DataPackage {
    type Err = SourcingError;

    fn from_str(text: &str) -> Result<Self, SourcingError> {
        check_size("data package", text.len())?;
        // A list would be taken for the members of an object in order.
        let object: Map<String, Value> =
            serde_json::from_str(text).map_err(|source| SourcingError::Json {
                what: "data package",
                source,
            })?;
        let file: PackageFile =
            serde_json::from_value(Value::Object(object)).map_err(|source| SourcingError::Json {
                what: "data package",
                source,
            })?;
        Ok(Self {
            name: file.name.or(file.title).unwrap_or_else(|| "data package".into()),
            description: file.description.unwrap_or_default(),
            homepage: file.homepage,
            version: file.version,
            created: file.created,
            contributors: file.contributors.iter().filter_map(words_of).collect(),
            licence: claim(&file.licenses),
            resources: file.resources.into_iter().map(resource).collect(),
        })
    }
}

fn resource(file: ResourceFile) -> PackageResource {
    let paths: Vec<String> = match file.path {
        Value::String(path) => vec![path],
        Value::Array(paths) => paths
            .iter()
            .filter_map(|path| path.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    };
    PackageResource {
        name: file
            .name
            .or_else(|| paths.first().cloned())
            .unwrap_or_else(|| "resource".into()),
        paths,
        description: file.description,
        media_type: file.mediatype,
        hash: file.hash.map(declared),
        bytes: file.bytes,
        licence: claim(&file.licenses),
        licence_words: file.licenses.iter().map(LicenceFile::words).collect(),
        sources: file.sources.iter().filter_map(words_of).collect(),
    }
}

fn declared(hash: String) -> DeclaredHash {
    let sha256 = hash
        .strip_prefix("sha256:")
        .and_then(|digits| digits.parse().ok());
    sha256.map_or(DeclaredHash::Other(hash), DeclaredHash::Sha256)
}

/// The licences of a list as one claim: every one of them has to be met.
fn claim(licences: &[LicenceFile]) -> Option<LicenceClaim> {
    let expression = licences
        .iter()
        .map(|licence| LicenceNames::shipped().expression(&licence.identifier()))
        .reduce(|joined, next| joined.and(&next))?;
    Some(LicenceClaim {
        expression,
        verified: Vec::new(),
    })
}

impl LicenceFile {
    /// What the licence says of itself, name before title before address, as the first of them that means a
    /// licence; something that means none allows nothing.
    fn identifier(&self) -> String {
        let names = LicenceNames::shipped();
        let found: Vec<String> = self
            .members()
            .filter_map(|written| names.identifier(written))
            .collect();
        // A name like `other-open` says less than a title or an address that is known.
        let telling = found.iter().find(|id| !is_vague(id)).or(found.first());
        telling.cloned().unwrap_or_else(|| UNSPECIFIED.to_owned())
    }

    fn words(&self) -> String {
        self.members().collect::<Vec<_>>().join(", ")
    }

    fn members(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.title, &self.path]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

fn is_vague(id: &str) -> bool {
    id == UNSPECIFIED || id == "LicenseRef-other-open"
}

/// A person or a source in words: its title, or where it is.
fn words_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => ["title", "name", "path", "email"]
            .iter()
            .find_map(|member| object.get(*member)?.as_str().map(str::to_owned)),
        _ => None,
    }
}

impl DataPackage {
    /// The package as a Croissant manifest.
    ///
    /// Each resource keeps its own licence or has none. The package's licence stands beside as
    /// `marey:packageLicence`, because it often covers nothing but code; `licence_covers_resources` says that
    /// somebody has looked and it covers those resources that state none.
    pub fn manifest(&self, licence_covers_resources: bool) -> Manifest {
        let inherited = self.licence.as_ref().filter(|_| licence_covers_resources);
        let mut rest = Map::new();
        if let Some(licence) = &self.licence {
            rest.insert("marey:packageLicence".into(), json!(licence.expression));
        }
        Manifest {
            name: self.name.clone(),
            description: self.description.trim().to_owned(),
            url: self.homepage.clone(),
            version: self.version.clone(),
            date_published: self
                .created
                .as_ref()
                .map(|moment| moment.chars().take(10).collect()),
            creators: self.contributors.clone(),
            licences: inherited
                .map(|claim| claim.expression.as_str().to_owned())
                .into_iter()
                .collect(),
            files: self
                .resources
                .iter()
                .flat_map(|resource| resource.files(inherited))
                .collect(),
            record_sets: Vec::new(),
            rest,
        }
    }
}

impl PackageResource {
    fn files(&self, inherited: Option<&LicenceClaim>) -> Vec<FileObject> {
        let rights = Rights {
            licence: self.licence.as_ref().or(inherited).cloned(),
            ..Rights::default()
        };
        let one = self.paths.len() == 1;
        self.paths
            .iter()
            .map(|path| {
                let mut rest = Map::new();
                if let Some(description) = &self.description {
                    rest.insert("description".into(), json!(description));
                }
                if let (Some(bytes), true) = (self.bytes, one) {
                    rest.insert("contentSize".into(), json!(format!("{bytes} B")));
                }
                if let Some(DeclaredHash::Other(hash)) = &self.hash {
                    rest.insert("marey:declaredHash".into(), json!(hash));
                }
                if !self.sources.is_empty() {
                    rest.insert("marey:sources".into(), json!(self.sources));
                }
                if !self.licence_words.is_empty() {
                    rest.insert("marey:licenceWords".into(), json!(self.licence_words));
                }
                FileObject {
                    id: path.clone(),
                    name: if one { self.name.clone() } else { path.clone() },
                    content_url: path.clone(),
                    encoding_format: self
                        .media_type
                        .clone()
                        .unwrap_or_else(|| "application/octet-stream".into()),
                    digest: match &self.hash {
                        Some(DeclaredHash::Sha256(digest)) if one => Some(*digest),
                        _ => None,
                    },
                    licences: Vec::new(),
                    rights: Some(rights.clone()),
                    rest,
                }
            })
            .collect()
    }
}
