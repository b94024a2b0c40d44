//! Words of cause, which a table alone never earns.
//!
//! The lists follow the causal-language guidance of Haber et al. 2022 ("Causal and associational language in
//! observational health research", Am. J. Epidemiol. 191:2084): linking words that readers take as strongly or
//! moderately causal. They guard the catalogues; words that come from the data are left as they are.

/// Beginnings of words that claim a cause, by language; matched at the start of a word, in lower case.
const CLAIMS: &[(&str, &[&str])] = &[("en", ENGLISH), ("de", GERMAN)];

const GERMAN: &[&str] = &[
    "weil",
    "denn ",
    "wegen",
    "aufgrund",
    "auf grund",
    "infolge",
    "ursach",
    "verursach",
    "bewirk",
    "auswirk",
    "wirkung",
    "effekt von",
    "führt zu",
    "führte zu",
    "führen zu",
    "bedingt",
    "beeinfluss",
    "einfluss",
    "treib",
    "trieb",
    "löst aus",
    "auslös",
    "hervorruf",
    "erklär",
    "begründ",
    "bestimm",
    "erhöht den",
    "erhöht die",
    "senkt den",
    "senkt die",
    "verringer",
    "verhinder",
    "verbesser",
    "verschlechter",
    "schütz",
    "daher",
    "deshalb",
    "deswegen",
    "folglich",
    "somit",
    "sodass",
    "dank",
    "hängt von",
    "abhängt",
    "macht",
    "ergibt",
    "zurückzuführen",
    "verantwort",
    "ergebnis",
];

const ENGLISH: &[&str] = &[
    "because",
    "caus",
    "driv",
    "drove",
    "due to",
    "thanks to",
    "leads to",
    "led to",
    "leading to",
    "result",
    "impact",
    "influenc",
    "affect",
    "effect of",
    "contribut",
    "determin",
    "explain",
    "produc",
    "trigger",
    "induc",
    "boost",
    "improv",
    "worsen",
    "reduc",
    "prevent",
    "protect",
    "increases the",
    "decreases the",
    "raises",
    "lowers",
    "responsib",
    "therefore",
    "thus",
    "hence",
    "so that",
    "owing to",
    "consequen",
    "depends on",
    "attribut",
    "makes",
    "made",
    "yield",
    "thereby",
    "accounts for",
    "reason",
];

/// The first word of cause in a text of a language; none where there is none, or the language is unknown.
pub fn claim(language: &str, text: &str) -> Option<&'static str> {
    let (_, claims) = CLAIMS.iter().find(|(known, _)| *known == language)?;
    let text = text.to_lowercase();
    claims.iter().copied().find(|claim| starts_a_word(&text, claim))
}

fn starts_a_word(text: &str, claim: &str) -> bool {
    text.match_indices(claim).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_of_cause_are_found_at_the_start_of_words_only() {
        for (language, text, found) in [
            ("en", "Price drives sales", Some("driv")),
            ("en", "Sales fell Because of rain", Some("because")),
            ("en", "Sales rose while prices fell", None),
            ("en", "The overdrive column", None),
            ("de", "Der Umsatz fiel wegen des Regens", Some("wegen")),
            ("de", "Der Preis beeinflusst den Umsatz", Some("beeinfluss")),
            ("de", "Der Umsatz stieg, der Preis fiel", None),
        ] {
            assert_eq!(claim(language, text), found, "{text}");
        }
    }
}
