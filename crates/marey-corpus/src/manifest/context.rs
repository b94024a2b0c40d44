//! Names of members: JSON-LD allows many spellings of one term.

use serde_json::{Value, json};

use super::NAMESPACE;
use crate::{LicenceClaim, LicenceExpression};

/// Vocabularies whose terms are written without a prefix here: schema.org, Croissant and Dublin Core.
const BARE: [&str; 7] = [
    "https://schema.org/",
    "http://schema.org/",
    "http://mlcommons.org/croissant/",
    "http://purl.org/dc/terms/",
    "sc:",
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

/// Addresses of licence texts and their SPDX identifiers, up to the first difference that matters.
const ADDRESSES: [(&str, &str); 17] = [
    ("creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"),
    (
        "creativecommons.org/publicdomain/mark/1.0",
        "LicenseRef-public-domain",
    ),
    ("creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
    ("creativecommons.org/licenses/by/3.0", "CC-BY-3.0"),
    ("creativecommons.org/licenses/by/2.0", "CC-BY-2.0"),
    ("creativecommons.org/licenses/by-sa/4.0", "CC-BY-SA-4.0"),
    ("creativecommons.org/licenses/by-sa/3.0", "CC-BY-SA-3.0"),
    ("creativecommons.org/licenses/by-nd/4.0", "CC-BY-ND-4.0"),
    ("creativecommons.org/licenses/by-nc/4.0", "CC-BY-NC-4.0"),
    ("creativecommons.org/licenses/by-nc-sa/4.0", "CC-BY-NC-SA-4.0"),
    ("creativecommons.org/licenses/by-nc-nd/4.0", "CC-BY-NC-ND-4.0"),
    ("opendatacommons.org/licenses/odbl/1-0", "ODbL-1.0"),
    ("opendatacommons.org/licenses/by/1-0", "ODC-By-1.0"),
    ("opendatacommons.org/licenses/pddl/1-0", "PDDL-1.0"),
    (
        "www.nationalarchives.gov.uk/doc/open-government-licence/version/3",
        "OGL-UK-3.0",
    ),
    ("www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
    ("opensource.org/license/mit", "MIT"),
];

/// The licences of a list as one claim: every one of them has to be met.
pub(super) fn claim(written: &[String]) -> Option<LicenceClaim> {
    let joined = written
        .iter()
        .map(|licence| LicenceExpression::new(identifier(licence)))
        .reduce(|joined, next| joined.and(&next))?;
    Some(LicenceClaim {
        expression: joined,
        verified: Vec::new(),
    })
}

/// The SPDX identifier of an address that is known; any other text as it is, which is no expression
/// and so is denied with its own words.
fn identifier(written: &str) -> String {
    let address = written
        .trim()
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    if let Some(id) = address.strip_prefix("spdx.org/licenses/") {
        return id.trim_end_matches('/').trim_end_matches(".html").to_owned();
    }
    let known = ADDRESSES.iter().find(|(known, _)| {
        address
            .strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', '#']))
    });
    known.map_or_else(|| written.trim().to_owned(), |(_, id)| (*id).to_owned())
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

    #[test]
    fn addresses_of_licences_are_their_identifiers() {
        for (written, expected) in [
            ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
            (
                "http://creativecommons.org/licenses/by/4.0/legalcode",
                "CC-BY-4.0",
            ),
            (
                "https://creativecommons.org/licenses/by/4.01/",
                "https://creativecommons.org/licenses/by/4.01/",
            ),
            ("https://spdx.org/licenses/BSD-3-Clause.html", "BSD-3-Clause"),
            ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
            (" MIT ", "MIT"),
            ("see website", "see website"),
        ] {
            assert_eq!(identifier(written), expected);
        }
    }
}
