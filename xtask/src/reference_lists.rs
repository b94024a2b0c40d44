//! `cargo xtask reference-lists`: the lists of known names and codes that marey-profile ships.
//!
//! From released packages, unpacked into one folder in any way, two maps are written: `names.fst`
//! from folded names and `codes.fst` from codes, each to the lists that hold the key, one bit per
//! list. The bits are those of `crates/marey-profile/src/reference.rs`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use fst::MapBuilder;
use marey_core::fold_name;
use serde_json::Value;

// Names.
const CITY: u64 = 1;
const US_COUNTY: u64 = 2;
const SUBDIVISION: u64 = 4;
const FIRST_NAME: u64 = 8;
const LAST_NAME: u64 = 16;
const LANGUAGE: u64 = 32;
const CURRENCY_NAME: u64 = 64;

// Codes.
const CURRENCY: u64 = 1;
const AIRPORT: u64 = 2;
const LANGUAGE_CODE: u64 = 4;
const ZIP: u64 = 8;

/// Most frequent family names that are taken; rarer ones are too many other words.
const LAST_NAMES: usize = 20_000;
/// Cities of so many people are taken with their other names in Latin script.
const LARGE_CITY: u64 = 200_000;

type Lists = BTreeMap<String, u64>;

/// Reads the packages below a folder and writes both maps.
pub fn run(root: &Path, from: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(from, &mut files)?;
    let read = |ending: &str| -> Result<String> {
        let file = files
            .iter()
            .find(|file| file.to_string_lossy().ends_with(ending))
            .with_context(|| format!("no file below {} ends in {ending}", from.display()))?;
        fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
    };
    let mut names = Lists::new();
    cities(&read("data/cities5000.json")?, &mut names)?;
    counties(&read("data/us_counties.json")?, &mut names)?;
    quoted(&read("iso3166_2.rs")?, "    name: \"", SUBDIVISION, &mut names);
    people(&read("dist.male.first")?, FIRST_NAME, usize::MAX, &mut names);
    people(&read("dist.female.first")?, FIRST_NAME, usize::MAX, &mut names);
    people(&read("dist.all.last")?, LAST_NAME, LAST_NAMES, &mut names);
    let languages = read("src/data.js")?;
    quoted_by(&languages, "name: '", '\'', LANGUAGE, &mut names);
    quoted_by(&languages, "nativeName: '", '\'', LANGUAGE, &mut names);
    let currencies = read("iso-4217-list-one.xml")?;
    quoted_by(&currencies, "<CcyNm>", '<', CURRENCY_NAME, &mut names);

    let mut codes = Lists::new();
    between(&currencies, "<Ccy>", '<', |code| add(code, CURRENCY, &mut codes));
    airports(&read("airportsdata/airports.csv")?, &mut codes);
    language_codes(&languages, &mut codes);
    between(&read("package/array.js")?, "\"zipCode\":\"", '"', |code| {
        add(code, ZIP, &mut codes);
    });
    let folder = root.join("crates/marey-profile/reference");
    write(&names, &folder.join("names.fst"))?;
    write(&codes, &folder.join("codes.fst"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn add(key: &str, list: u64, lists: &mut Lists) {
    if !key.is_empty() {
        *lists.entry(key.to_owned()).or_default() |= list;
    }
}

fn add_name(name: &str, list: u64, lists: &mut Lists) {
    let folded = fold_name(name);
    // Single letters and numbers are no names.
    if folded.chars().nth(1).is_some() && folded.chars().any(char::is_alphabetic) {
        add(&folded, list, lists);
    }
}

fn cities(json: &str, names: &mut Lists) -> Result<()> {
    let cities: Value = serde_json::from_str(json).context("parsing the cities")?;
    let cities = cities.as_object().context("the cities are no object")?;
    for city in cities.values() {
        add_name(city["name"].as_str().unwrap_or_default(), CITY, names);
        if city["population"].as_u64().unwrap_or_default() < LARGE_CITY {
            continue;
        }
        for other in city["alternatenames"].as_array().into_iter().flatten() {
            let other = other.as_str().unwrap_or_default();
            let folded = fold_name(other);
            let latin = folded.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
            // Codes and names in transcription alphabets are left out.
            let proper = other.chars().next().is_some_and(char::is_uppercase)
                && other.chars().skip(1).any(char::is_lowercase)
                && !other.contains(['\'', '-']);
            if latin && proper && folded.len() >= 4 {
                add(&folded, CITY, names);
            }
        }
    }
    Ok(())
}

fn counties(json: &str, names: &mut Lists) -> Result<()> {
    let counties: Value = serde_json::from_str(json).context("parsing the counties")?;
    for county in counties.as_array().context("the counties are no list")? {
        let name = fold_name(county["name"].as_str().unwrap_or_default());
        let short = [
            "county",
            "parish",
            "borough",
            "census area",
            "municipality",
            "municipio",
        ]
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .unwrap_or(&name);
        add(short.trim(), US_COUNTY, names);
    }
    // The five counties of New York City under the names of its boroughs.
    for borough in ["brooklyn", "manhattan", "staten island", "the bronx"] {
        add(borough, US_COUNTY, names);
    }
    Ok(())
}

/// The names in a list of the census: the first word of each line.
fn people(text: &str, list: u64, most: usize, names: &mut Lists) {
    for line in text.lines().take(most) {
        add_name(line.split_whitespace().next().unwrap_or_default(), list, names);
    }
}

fn quoted(text: &str, before: &str, list: u64, names: &mut Lists) {
    quoted_by(text, before, '"', list, names);
}

fn quoted_by(text: &str, before: &str, end: char, list: u64, names: &mut Lists) {
    between(text, before, end, |name| {
        // "Edinburgh, City of", "Français, langue française": the part before the comma is the name.
        add_name(name, list, names);
        for part in name.split([',', ';', '(', '/']) {
            add_name(part.trim_end_matches('*'), list, names);
        }
    });
}

/// Every text between a beginning and an end.
fn between(text: &str, before: &str, end: char, mut found: impl FnMut(&str)) {
    for rest in text.split(before).skip(1) {
        if let Some((inside, _)) = rest.split_once(end) {
            found(inside);
        }
    }
}

fn airports(csv: &str, codes: &mut Lists) {
    for line in csv.lines().skip(1) {
        let mut cells = line.split(',').map(|cell| cell.trim_matches('"'));
        let icao = cells.next().unwrap_or_default();
        let iata = cells.next().unwrap_or_default();
        let letters = |code: &str| code.bytes().all(|b| b.is_ascii_uppercase());
        if iata.len() == 3 && letters(iata) {
            add(iata, AIRPORT, codes);
            if icao.len() == 4 && letters(icao) {
                add(icao, AIRPORT, codes);
            }
        }
    }
}

/// Two-letter codes stand alone on a line before a brace.
fn language_codes(text: &str, codes: &mut Lists) {
    for line in text.lines() {
        if let Some(code) = line.trim().strip_suffix(": {")
            && code.len() == 2
        {
            add(&code.to_uppercase(), LANGUAGE_CODE, codes);
        }
    }
}

fn write(lists: &Lists, path: &Path) -> Result<()> {
    let mut builder = MapBuilder::memory();
    for (key, bits) in lists {
        builder.insert(key, *bits)?;
    }
    let bytes = builder.into_inner()?;
    println!("{}: {} keys, {} bytes", path.display(), lists.len(), bytes.len());
    for bit in 0..8 {
        let n = lists.values().filter(|bits| **bits & (1 << bit) != 0).count();
        if n > 0 {
            println!("  list {}: {n}", 1 << bit);
        }
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_from_their_formats() {
        let mut names = Lists::new();
        counties(
            r#"[{"name": "Orleans Parish"}, {"name": "St. Louis city"}]"#,
            &mut names,
        )
        .unwrap();
        assert_eq!(names.get("orleans"), Some(&US_COUNTY));
        quoted(
            r#"name: "Edinburgh, City of", code"#,
            "name: \"",
            SUBDIVISION,
            &mut names,
        );
        assert_eq!(names.get("edinburgh"), Some(&SUBDIVISION));
        people("SMITH 1.006 1.006 1\n", LAST_NAME, 1, &mut names);
        assert_eq!(names.get("smith"), Some(&LAST_NAME));
        let mut codes = Lists::new();
        airports("icao,iata\n\"KJFK\",\"JFK\",\"x\"\n\"00AA\",\"\"\n", &mut codes);
        assert_eq!(codes.keys().collect::<Vec<_>>(), ["JFK", "KJFK"]);
        language_codes("  en: {\n    name: 'English',\n", &mut codes);
        assert_eq!(codes.get("EN"), Some(&LANGUAGE_CODE));
    }
}
