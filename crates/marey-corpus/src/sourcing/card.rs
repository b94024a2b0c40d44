//! [`DatasetCard`]: the YAML at the head of a data card as the Hugging Face hub has it.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{SourcingError, error::check_size};
use crate::{LicenceClaim, LicenceNames, Rights};

/// What the YAML at the head of a data card says of rights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatasetCard {
    /// Its name for people.
    pub name: Option<String>,
    /// The licence, as a claim that nobody has looked at; of several, all have to be met.
    pub licence: Option<LicenceClaim>,
    /// Where the text of the licence is.
    pub licence_link: Option<String>,
    /// Languages, as written.
    pub languages: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Data sets that it was made from.
    pub sources: Vec<String>,
    /// Whether access has to be asked for, and terms agreed to.
    pub gated: bool,
}

/// A member of the card: one text, several, or something else that is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Member {
    Texts(Vec<String>),
    Other,
}

impl FromStr for DatasetCard {
    type Err = SourcingError;

    /// Reads a `README.md` with YAML between two lines `---`.
    fn from_str(text: &str) -> Result<Self, SourcingError> {
        check_size("data card", text.len())?;
        let mut members = members(front_matter(text)?)?;
        let is_given = |name: &str, members: &BTreeMap<String, Member>| match members.get(name) {
            Some(Member::Texts(texts)) => texts.iter().any(|text| !matches!(text.as_str(), "false" | "no")),
            Some(Member::Other) => true,
            None => false,
        };
        let gated = ["gated", "extra_gated_prompt", "extra_gated_fields"]
            .iter()
            .any(|name| is_given(name, &members));
        let mut take = |name: &'static str| match members.remove(name) {
            None => Ok(Vec::new()),
            Some(Member::Texts(texts)) => Ok(texts),
            Some(Member::Other) => Err(SourcingError::Yaml {
                problem: format!(
                    "`{name}` is a mapping or a list of lists; expected text or a list of texts"
                ),
            }),
        };
        let mut first = |name: &'static str| take(name).map(|texts| texts.into_iter().next());
        let (name, own_name, licence_link) = (
            first("pretty_name")?,
            first("license_name")?,
            first("license_link")?,
        );
        Ok(Self {
            name,
            licence: claim(&take("license")?, own_name.as_deref()),
            licence_link,
            languages: take("language")?,
            tags: take("tags")?,
            sources: take("source_datasets")?,
            gated,
        })
    }
}

/// The members of the outermost mapping. Aliases are passed over: nothing in a card is unfolded.
fn members(yaml: &str) -> Result<BTreeMap<String, Member>, SourcingError> {
    let mut members = BTreeMap::new();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    let mut listed: Option<Vec<String>> = None;
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.map_err(|error| SourcingError::Yaml {
            problem: error.to_string(),
        })?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                depth += 1;
                let is_list = matches!(event, Event::SequenceStart(..));
                match depth {
                    1 if is_list => {
                        return Err(SourcingError::Yaml {
                            problem: "it is a list; expected a mapping".into(),
                        });
                    }
                    2 if is_list && key.is_some() => listed = Some(Vec::new()),
                    2 => other(&mut members, &mut key),
                    3 if listed.take().is_some() => other(&mut members, &mut key),
                    _ => {}
                }
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if let (1, Some(texts), Some(name)) = (depth, listed.take(), key.clone()) {
                    members.insert(name, Member::Texts(texts));
                    key = None;
                }
            }
            Event::Scalar(text, style, ..) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                match (depth, &mut listed, key.take()) {
                    (2, Some(texts), name) => {
                        if !is_null {
                            texts.push(text.into_owned());
                        }
                        key = name;
                    }
                    (1, _, None) => key = Some(text.into_owned()),
                    (1, _, Some(_)) if is_null => {}
                    (1, _, Some(name)) => drop(members.insert(name, Member::Texts(vec![text.into_owned()]))),
                    (_, _, name) => key = name,
                }
            }
            Event::Alias(_) if depth <= 2 => other(&mut members, &mut key),
            _ => {}
        }
    }
    Ok(members)
}

/// Notes that the member whose name was read last is neither a text nor a list of texts.
fn other(members: &mut BTreeMap<String, Member>, key: &mut Option<String>) {
    if let Some(name) = key.take() {
        members.insert(name, Member::Other);
    }
}

/// The text between the first two lines `---`.
fn front_matter(text: &str) -> Result<&str, SourcingError> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text
        .strip_prefix("---")
        .and_then(|rest| rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')))
        .ok_or(SourcingError::NoFrontMatter)?;
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(rest.get(..end).unwrap_or_default());
        }
        end += line.len();
    }
    Err(SourcingError::NoFrontMatter)
}

fn claim(licences: &[String], own_name: Option<&str>) -> Option<LicenceClaim> {
    let names = LicenceNames::shipped();
    let expression = licences
        .iter()
        .map(|written| match (written.as_str(), own_name) {
            // `other` points to a name of its own, which is a licence only where it is known.
            ("other", Some(own)) => names.expression(own),
            (written, _) => names.expression(written),
        })
        .reduce(|joined, next| joined.and(&next))?;
    Some(LicenceClaim {
        expression,
        verified: Vec::new(),
    })
}

impl DatasetCard {
    /// The rights that it claims: a licence, and terms where access has to be asked for.
    pub fn rights(&self) -> Rights {
        let terms: BTreeSet<String> = self.gated.then(|| "gated".to_owned()).into_iter().collect();
        Rights {
            licence: self.licence.clone(),
            terms,
            ..Rights::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licence(yaml: &str) -> Option<String> {
        let card: DatasetCard = format!("---\n{yaml}\n---\n# Rain\n").parse().unwrap();
        card.licence.map(|claim| claim.expression.as_str().to_owned())
    }

    #[test]
    fn licences_of_cards_become_claims() {
        for (yaml, expected) in [
            ("license: cc-by-4.0", Some("CC-BY-4.0")),
            ("license: [mit, cc0-1.0]", Some("(MIT) AND (CC0-1.0)")),
            ("license:\n- odbl", Some("ODbL-1.0")),
            ("license: unknown", Some("LicenseRef-unspecified")),
            (
                "license: other\nlicense_name: our-own\nlicense_link: LICENSE",
                Some("our-own"),
            ),
            ("license: other\nlicense_name: cc-by-4.0", Some("CC-BY-4.0")),
            ("license: other", Some("LicenseRef-unspecified")),
            ("license: openrail", Some("openrail")),
            ("pretty_name: Rain", None),
            ("license: null", None),
        ] {
            assert_eq!(licence(yaml).as_deref(), expected, "{yaml}");
        }
    }

    #[test]
    fn the_rest_of_a_card_is_read_beside() {
        let card: DatasetCard = "---\r\npretty_name: Rain\r\nlanguage: en\r\ntags: [weather]\r\nextra_gated_prompt: \"Agree\"\r\n\
                                 configs:\r\n- config_name: default\r\n---\r\n"
            .parse()
            .unwrap();
        assert_eq!((card.name.as_deref(), card.gated), (Some("Rain"), true));
        assert_eq!(card.languages, ["en"]);
        assert!(card.rights().terms.contains("gated"));
        assert_eq!(card.rights().licence, None);
    }

    #[test]
    fn what_is_no_card_is_refused() {
        for (text, says) in [
            ("# Rain", "does not begin with YAML"),
            ("---\nlicense: mit\n", "does not begin with YAML"),
            ("---\nlicense: {a: 1}\n---\n", "YAML cannot be read"),
            ("---\nlicense: [mit\n---\n", "YAML cannot be read"),
        ] {
            let error = text.parse::<DatasetCard>().unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
        // Anchors that would unfold to billions of nodes.
        let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let below = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!(
                "a{level}: &a{level} [{}]\n",
                below.trim_end_matches(", ")
            ));
        }
        bomb.push_str("---\n");
        assert_eq!(bomb.parse::<DatasetCard>().unwrap(), DatasetCard::default());
        assert!(
            format!("---\n{}\n---\n", "[".repeat(100_000))
                .parse::<DatasetCard>()
                .is_err()
        );
    }
}
