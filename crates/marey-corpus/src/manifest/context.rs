//! Names of members: JSON-LD allows many spellings of one term.

use serde_json::{Value, json};

use super::NAMESPACE;
use crate::{LicenceClaim, LicenceNames};

/// Vocabularies whose terms are written without a prefix here: schema.org, Croissant and Dublin Core.
const BARE: [&str; 8] = [
    "https://schema.org/",
    "http://schema.org/",
    "http://mlcommons.org/croissant/",
    "http://purl.org/dc/terms/",
    "sc:",
    "schema:",
    "cr:",
    "dct:",
];

/// Vocabularies whose terms keep a prefix.
const PREFIXED: [(&str, &str); 2] = [
    (NAMESPACE, "marey:"),
    ("http://mlcommons.org/croissant/RAI/", "rai:"),
];

/// The name of a member without the prefixes that all manifests may leave out.
pub(super) fn term(name: &str) -> String {
    for (full, prefix) in PREFIXED {
        if let Some(own) = name.strip_prefix(full) {
            return format!("{prefix}{own}");
        }
    }
    BARE.iter()
        .find_map(|vocabulary| name.strip_prefix(vocabulary))
        .unwrap_or(name)
        .to_owned()
}

/// The context that is written: that of the standard, and our own namespace.
pub(super) fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "dct": "http://purl.org/dc/terms/",
        "equivalentProperty": "cr:equivalentProperty",
        "examples": { "@id": "cr:examples", "@type": "@json" },
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "marey": NAMESPACE,
        "marey:rights": { "@id": "marey:rights", "@type": "@json" },
        "md5": "cr:md5",
        "odrl": "http://www.w3.org/ns/odrl/2/",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "prov": "http://www.w3.org/ns/prov#",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    })
}

/// The licences of a list as one claim: every one of them has to be met.
pub(crate) fn claim(written: &[String]) -> Option<LicenceClaim> {
    let joined = written
        .iter()
        .map(|licence| LicenceNames::shipped().expression(licence))
        .reduce(|joined, next| joined.and(&next))?;
    Some(LicenceClaim {
        expression: joined,
        verified: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_known_in_every_spelling() {
        for name in [
            "name",
            "sc:name",
            "https://schema.org/name",
            "http://schema.org/name",
        ] {
            assert_eq!(term(name), "name");
        }
        assert_eq!(term("cr:recordSet"), "recordSet");
        assert_eq!(term("http://mlcommons.org/croissant/recordSet"), "recordSet");
        assert_eq!(term("dct:conformsTo"), "conformsTo");
        assert_eq!(
            term("http://mlcommons.org/croissant/RAI/dataBiases"),
            "rai:dataBiases"
        );
        assert_eq!(term(&format!("{NAMESPACE}rights")), "marey:rights");
        assert_eq!(term("prov:wasDerivedFrom"), "prov:wasDerivedFrom");
    }
}
