//! Reservations of text and data mining, as publishers signal them.
//!
//! *TDM Reservation Protocol* (W3C community group report, 2024-05-10): a file `/.well-known/tdmrep.json`, HTTP headers, and
//! `meta` elements of HTML pages; beside it what programs that fetch pages are told in `robots.txt` (RFC 9309), with
//! `Content-Usage` (IETF AI preferences, working drafts of 2025), and `noai` in robots' tags. Silence is not permission:
//! without a signal it is unknown whether mining is reserved.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::{Digest, Known, MiningEvidence, MiningReservation};

/// Where a signal stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MiningCarrier {
    /// `/.well-known/tdmrep.json`.
    TdmrepJson,
    /// Headers of an HTTP response, as lines.
    HttpHeaders,
    /// An HTML page.
    Html,
    /// `robots.txt`.
    RobotsTxt,
}

impl MiningCarrier {
    fn as_str(self) -> &'static str {
        match self {
            MiningCarrier::TdmrepJson => "tdmrep.json",
            MiningCarrier::HttpHeaders => "HTTP headers",
            MiningCarrier::Html => "HTML",
            MiningCarrier::RobotsTxt => "robots.txt",
        }
    }
}

/// A carrier as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MiningSignal {
    /// Where it stood.
    pub carrier: MiningCarrier,
    /// Its text.
    pub text: String,
    /// The day it was fetched.
    pub fetched: NaiveDate,
}

/// Programs that gather texts to train models; a `robots.txt` that shuts one of them out reserves mining.
const GATHERERS: [&str; 14] = [
    "gptbot",
    "ccbot",
    "google-extended",
    "anthropic-ai",
    "claudebot",
    "applebot-extended",
    "bytespider",
    "meta-externalagent",
    "facebookbot",
    "cohere-training-data-crawler",
    "ai2bot",
    "diffbot",
    "omgilibot",
    "img2dataset",
];

/// What the signals of all carriers come to for one file, by its path on the site (`/data/rain.csv`). One that
/// reserves outweighs all that do not.
pub fn reservation(path: &str, signals: &[MiningSignal]) -> MiningReservation {
    let mut joined = MiningReservation::default();
    for signal in signals {
        let (reserved, policy) = match signal.carrier {
            MiningCarrier::TdmrepJson => from_tdmrep(path, &signal.text),
            MiningCarrier::HttpHeaders => from_headers(&signal.text),
            MiningCarrier::Html => from_html(&signal.text),
            MiningCarrier::RobotsTxt => (from_robots(path, &signal.text), None),
        };
        joined.reserved = match (joined.reserved, reserved) {
            (Known::Yes, _) | (_, Known::Yes) => Known::Yes,
            (Known::No, _) | (_, Known::No) => Known::No,
            _ => Known::Unknown,
        };
        joined.policy = joined.policy.or(policy);
        joined.evidence.push(MiningEvidence {
            carrier: signal.carrier.as_str().to_owned(),
            fetched: signal.fetched,
            digest: Digest::of(signal.text.as_bytes()),
        });
    }
    joined
}

type Signalled = (Known, Option<String>);

#[derive(Deserialize)]
struct TdmrepRule {
    location: String,
    #[serde(rename = "tdm-reservation")]
    reservation: serde_json::Value,
    #[serde(rename = "tdm-policy")]
    policy: Option<String>,
}

/// The rule with the longest pattern counts, as in RFC 9309. A file that cannot be read is a reservation
/// that cannot be read.
fn from_tdmrep(path: &str, text: &str) -> Signalled {
    let Ok(rules) = serde_json::from_str::<Vec<TdmrepRule>>(text) else {
        return (Known::Yes, None);
    };
    let matching = rules.iter().filter(|rule| matches(&rule.location, path));
    // Of patterns of one length, one that reserves counts.
    let best = matching.max_by_key(|rule| (rule.location.len(), flag(&rule.reservation) == Known::Yes));
    best.map_or((Known::Unknown, None), |rule| {
        (flag(&rule.reservation), rule.policy.clone())
    })
}

fn flag(value: &serde_json::Value) -> Known {
    match value.as_i64().or_else(|| value.as_str()?.trim().parse().ok()) {
        Some(1) => Known::Yes,
        Some(0) => Known::No,
        _ => Known::Unknown,
    }
}

/// Whether a pattern with `*` for anything and `$` for the end matches the beginning of a path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    let mut open = false;
    while let Some(part) = parts.next() {
        open = part.is_empty();
        let at = if to_the_end && parts.peek().is_none() {
            rest.ends_with(part).then(|| rest.len() - part.len())
        } else {
            rest.find(part)
        };
        let Some(at) = at else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    !to_the_end || rest.is_empty() || open
}

fn from_headers(text: &str) -> Signalled {
    let mut found = (Known::Unknown, None);
    for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
        take_named(&name.trim().to_ascii_lowercase(), value.trim(), &mut found);
    }
    found
}

/// Takes a header or a `meta` element by its name; one that reserves outweighs all that do not.
fn take_named(name: &str, value: &str, found: &mut Signalled) {
    let says = match name {
        "tdm-reservation" => flag(&serde_json::Value::String(value.to_owned())),
        "content-usage" => usage(value),
        "x-robots-tag" | "robots" if has_noai(value) => Known::Yes,
        "tdm-policy" => {
            found.1 = Some(value.to_owned());
            return;
        }
        _ => return,
    };
    if says == Known::Yes || found.0 == Known::Unknown {
        found.0 = says;
    }
}

/// `train-ai=n`, `tdm=n`, or `ai=n` among comma-separated preferences.
fn usage(value: &str) -> Known {
    let mut found = Known::Unknown;
    for (name, says) in value.split(',').filter_map(|one| one.trim().split_once('=')) {
        if matches!(name.trim(), "train-ai" | "genai" | "ai" | "tdm" | "bots") {
            match says.trim() {
                "n" => return Known::Yes,
                "y" => found = Known::No,
                _ => {}
            }
        }
    }
    found
}

fn has_noai(value: &str) -> bool {
    value.split([',', ':', ' ']).any(|word| {
        matches!(
            word.trim().to_ascii_lowercase().as_str(),
            "noai" | "notdm" | "noml"
        )
    })
}

/// The `meta` elements of a page.
fn from_html(text: &str) -> Signalled {
    let mut found = (Known::Unknown, None);
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(start) = lower.get(at..).and_then(|rest| rest.find("<meta")) {
        let start = at + start;
        let end = lower
            .get(start..)
            .and_then(|rest| rest.find('>'))
            .map_or(lower.len(), |end| start + end);
        let element = text.get(start..end).unwrap_or_default();
        if let (Some(name), Some(content)) = (attribute(element, "name"), attribute(element, "content")) {
            take_named(&name.to_ascii_lowercase(), content, &mut found);
        }
        at = end;
    }
    found
}

/// An attribute of an element, in double or single quotes or bare.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let lower = element.to_ascii_lowercase();
    let mut at = 0;
    loop {
        let start = at + lower.get(at..)?.find(name)?;
        at = start + name.len();
        let before = lower.get(..start)?.chars().last();
        let rest = element.get(at..)?.trim_start();
        let Some(rest) = rest.strip_prefix('=') else {
            continue;
        };
        if !before.is_some_and(|sign| sign.is_whitespace() || sign == '"' || sign == '\'') {
            continue;
        }
        let rest = rest.trim_start();
        return match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
            _ => rest.split([' ', '>', '/', '\t', '\n']).next(),
        };
    }
}

/// Whether `robots.txt` shuts out programs that gather texts for training, or says so by `Content-Usage`. That
/// everybody may come in says nothing of mining.
fn from_robots(path: &str, text: &str) -> Known {
    let mut found = Known::Unknown;
    let mut agents: Vec<String> = Vec::new();
    let mut rules_began = false;
    // For each gatherer that is named, the longest pattern that matches and whether it shuts out.
    let mut named: Vec<(String, usize, bool)> = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "user-agent" => {
                if std::mem::take(&mut rules_began) {
                    agents.clear();
                }
                agents.push(value.to_ascii_lowercase());
            }
            rule @ ("disallow" | "allow") => {
                rules_began = true;
                if !value.is_empty() && matches(value, path) {
                    let own = agents.iter().filter(|agent| GATHERERS.contains(&agent.as_str()));
                    named.extend(own.map(|agent| (agent.clone(), value.len(), rule == "disallow")));
                }
            }
            "content-usage" => {
                rules_began = true;
                // A path may stand before the preferences.
                let (own, says) = value.split_once(' ').unwrap_or(("", value));
                if own.is_empty() || !own.starts_with('/') || matches(own, path) {
                    let says = usage(if own.starts_with('/') { says } else { value });
                    if says == Known::Yes || found == Known::Unknown {
                        found = says;
                    }
                }
            }
            _ => {}
        }
    }
    let shut_out = GATHERERS.iter().any(|agent| {
        let own = named.iter().filter(|(name, ..)| name == agent);
        // Where an allowing rule is as long, it counts (RFC 9309, section 2.2.2).
        own.max_by_key(|(_, len, shut)| (*len, !*shut))
            .is_some_and(|(.., shut)| *shut)
    });
    if shut_out { Known::Yes } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(carrier: MiningCarrier, text: &str) -> MiningSignal {
        MiningSignal {
            carrier,
            text: text.to_owned(),
            fetched: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        }
    }

    #[test]
    fn each_carrier_is_read() {
        use MiningCarrier as C;
        let tdmrep = r#"[{"location":"/data/*","tdm-reservation":1,"tdm-policy":"https://example.com/p.json"},
                         {"location":"/data/open/","tdm-reservation":0},{"location":"*.svg$","tdm-reservation":1}]"#;
        for (carrier, text, path, expected) in [
            (C::TdmrepJson, tdmrep, "/data/rain.csv", Known::Yes),
            (C::TdmrepJson, tdmrep, "/data/open/rain.csv", Known::No),
            (C::TdmrepJson, tdmrep, "/other.csv", Known::Unknown),
            (C::TdmrepJson, tdmrep, "/a.svg", Known::Yes),
            (C::TdmrepJson, tdmrep, "/a.svg.gz", Known::Unknown),
            (C::TdmrepJson, "not json", "/a", Known::Yes),
            (
                C::HttpHeaders,
                "content-type: text/csv\r\nTDM-Reservation: 1",
                "/a",
                Known::Yes,
            ),
            (C::HttpHeaders, "tdm-reservation: 0", "/a", Known::No),
            (
                C::HttpHeaders,
                "tdm-reservation: 0\nX-Robots-Tag: noai, noimageai",
                "/a",
                Known::Yes,
            ),
            (
                C::HttpHeaders,
                "content-usage: search=y, train-ai=n",
                "/a",
                Known::Yes,
            ),
            (C::HttpHeaders, "server: x", "/a", Known::Unknown),
            (
                C::Html,
                "<META content='1' name=\"tdm-reservation\">",
                "/a",
                Known::Yes,
            ),
            (C::Html, "<meta name=robots content=noai>", "/a", Known::Yes),
            (
                C::Html,
                "<meta name=\"tdm-reservation\" content=\"0\"/>",
                "/a",
                Known::No,
            ),
            (
                C::Html,
                "<meta charset=utf-8><p>tdm-reservation",
                "/a",
                Known::Unknown,
            ),
            (
                C::RobotsTxt,
                "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /",
                "/a",
                Known::Yes,
            ),
            (
                C::RobotsTxt,
                "User-agent: GPTBot\nDisallow: /\nAllow: /data/",
                "/data/a",
                Known::Unknown,
            ),
            (
                C::RobotsTxt,
                "User-agent: *\nDisallow: /private\n",
                "/private/a",
                Known::Unknown,
            ),
            (
                C::RobotsTxt,
                "User-agent: *\nContent-Usage: /data/ train-ai=n\nAllow: /",
                "/data/a",
                Known::Yes,
            ),
            (
                C::RobotsTxt,
                "User-agent: *\nContent-Usage: train-ai=y\nAllow: /",
                "/a",
                Known::No,
            ),
            (C::RobotsTxt, "", "/a", Known::Unknown),
        ] {
            let found = reservation(path, &[signal(carrier, text)]);
            assert_eq!(found.reserved, expected, "{carrier:?} {text} for {path}");
        }
    }

    #[test]
    fn one_that_reserves_outweighs_the_others_and_all_are_kept_as_evidence() {
        let signals = [
            signal(MiningCarrier::HttpHeaders, "tdm-reservation: 0"),
            signal(
                MiningCarrier::TdmrepJson,
                r#"[{"location":"/","tdm-reservation":1,"tdm-policy":"p"}]"#,
            ),
            signal(MiningCarrier::RobotsTxt, ""),
        ];
        let found = reservation("/a", &signals);
        assert_eq!((found.reserved, found.policy.as_deref()), (Known::Yes, Some("p")));
        assert_eq!(found.evidence.len(), 3);
        assert_eq!(found.evidence[2].digest, Digest::of(b""));
        assert_eq!(reservation("/a", &[]).reserved, Known::Unknown);
    }
}
