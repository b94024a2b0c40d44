//! Words that have an order: scales of judgement, sizes, grades, numbered levels, bands.
//!
//! A column is on a scale when all its texts are, but for those that name no class; two different
//! texts on the same step would leave their order open, so such a column has none. A scale of
//! letters asks for a name that says so.

use marey_core::fold_name;

use super::{header::Header, lexicon};

/// What kind of scale it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScaleKind {
    /// A judgement: agreement, satisfaction, quality, likelihood, frequency.
    Judgement,
    /// Ages of life.
    Age,
    /// Anything else.
    Other,
}

/// A scale from low to high; `needs` lists words of which the column's name must have one.
struct Scale {
    kind: ScaleKind,
    steps: &'static str,
    needs: &'static [&'static str],
}

const fn open(kind: ScaleKind, steps: &'static str) -> Scale {
    Scale {
        kind,
        steps,
        needs: &[],
    }
}

/// Steps are cut at `<`, spellings of one step at `/`.
const SCALES: [Scale; 26] = [
    open(
        ScaleKind::Other,
        "none < negligible < very low < low < medium low/moderately low < medium/moderate/med/mid < \
         medium high/moderately high < high < very high < extreme/critical",
    ),
    open(
        ScaleKind::Other,
        "minimal < minor < moderate < major < severe < critical < catastrophic",
    ),
    open(
        ScaleKind::Other,
        "no injury < minor/slight < serious < severe < critical < fatal",
    ),
    open(
        ScaleKind::Other,
        "trivial < minor < normal < major < critical < blocker",
    ),
    open(
        ScaleKind::Other,
        "debug < info < notice < warning/warn < error < critical < fatal",
    ),
    open(
        ScaleKind::Judgement,
        "strongly disagree < disagree < somewhat disagree/slightly disagree < \
         neutral/neither agree nor disagree/undecided < somewhat agree/slightly agree < agree < strongly agree",
    ),
    open(
        ScaleKind::Judgement,
        "strongly oppose < oppose < neutral < support < strongly support",
    ),
    open(
        ScaleKind::Judgement,
        "very dissatisfied < dissatisfied < somewhat dissatisfied < neutral/neither satisfied nor dissatisfied < \
         somewhat satisfied < satisfied < very satisfied",
    ),
    open(
        ScaleKind::Judgement,
        "very unlikely < unlikely < neutral/possible < likely < very likely",
    ),
    open(
        ScaleKind::Judgement,
        "very negative < negative < neutral < positive < very positive",
    ),
    open(
        ScaleKind::Judgement,
        "very poor < poor < fair < average < good < very good < excellent < outstanding",
    ),
    open(
        ScaleKind::Judgement,
        "very bad < bad < ok/okay < good < very good < great",
    ),
    open(
        ScaleKind::Judgement,
        "unacceptable < acceptable < good < excellent",
    ),
    open(
        ScaleKind::Judgement,
        "never < rarely < occasionally < sometimes < often < usually < very often < always",
    ),
    open(
        ScaleKind::Judgement,
        "not at all < a little/slightly < somewhat < very < extremely",
    ),
    open(
        ScaleKind::Judgement,
        "much worse < worse < same/about the same < better < much better",
    ),
    open(
        ScaleKind::Judgement,
        "muy malo < malo < regular < bueno < muy bueno < excelente",
    ),
    open(
        ScaleKind::Other,
        "muy bajo/muy baja < bajo/baja < medio/media < alto/alta < muy alto/muy alta",
    ),
    open(
        ScaleKind::Other,
        "sehr niedrig < niedrig < mittel < hoch < sehr hoch",
    ),
    open(
        ScaleKind::Other,
        "tres faible < faible < moyen/moyenne < eleve/elevee < tres eleve/tres elevee",
    ),
    open(
        ScaleKind::Other,
        "tiny < very small/extra small/x small < small < medium/midsize < large < very large/extra large/x large < huge",
    ),
    open(
        ScaleKind::Other,
        "beginner/novice < intermediate < advanced < expert",
    ),
    open(ScaleKind::Other, "freshman < sophomore < junior < senior"),
    open(ScaleKind::Other, "bronze < silver < gold < platinum < diamond"),
    open(
        ScaleKind::Other,
        "first < second < third < fourth < fifth < sixth < seventh < eighth < ninth < tenth",
    ),
    open(
        ScaleKind::Age,
        "infant/baby < toddler < child/children < adolescent/teen/teenager/youth < young adult < adult/adults < \
         middle aged < senior/seniors/elderly/older adult",
    ),
];

/// Scales whose steps are letters, or words that mean much else.
const NAMED_SCALES: [Scale; 5] = [
    Scale {
        kind: ScaleKind::Other,
        steps: "xxs < xs < s < m < l < xl < xxl/2xl < xxxl/3xl < 4xl",
        needs: &["size", "sizes", "talla", "grosse", "taille", "taglia"],
    },
    Scale {
        kind: ScaleKind::Other,
        steps: "f < e < d- < d < d+ < c- < c < c+ < b- < b < b+ < a- < a < a+",
        needs: &["grade", "grades", "mark", "marks", "calificacion"],
    },
    Scale {
        kind: ScaleKind::Other,
        steps: "vl < l < m < h < vh",
        needs: &["level", "risk", "priority", "severity", "impact", "intensity"],
    },
    Scale {
        kind: ScaleKind::Other,
        steps: "pk/pre k/prek < k/kg/0k/kindergarten < 1/01 < 2/02 < 3/03 < 4/04 < 5/05 < 6/06 < 7/07 < 8/08 < 9/09 < \
                10 < 11 < 12",
        needs: &["grade", "grades"],
    },
    Scale {
        kind: ScaleKind::Other,
        steps: "morning < afternoon < evening < night",
        needs: &["time", "daypart", "shift", "period"],
    },
];

/// Words before a number that count steps, in the spelling of names.
const LEVELS: [&str; 16] = [
    "grade", "level", "stage", "tier", "phase", "step", "year", "class", "week", "day", "month", "round",
    "grado", "nivel", "stufe", "semester",
];

/// Different texts in their order, with the kind of their scale; texts that name no class come last.
pub(super) fn order(texts: &[&str], header: &Header) -> Option<(ScaleKind, Vec<String>)> {
    // "None" is a step of some scales.
    by_words(texts, header).or_else(|| {
        residual_last(texts, |proper| {
            by_words(proper, header)
                .or_else(|| levels(proper).map(|order| (ScaleKind::Other, order)))
                .or_else(|| bands(proper))
        })
    })
}

/// Puts those texts in order that name a class, and the others (`unknown`, `total`) behind them.
fn residual_last(
    texts: &[&str],
    order: impl FnOnce(&[&str]) -> Option<(ScaleKind, Vec<String>)>,
) -> Option<(ScaleKind, Vec<String>)> {
    let (mut residual, proper): (Vec<&str>, Vec<&str>) = texts
        .iter()
        .copied()
        .partition(|text| lexicon::is_residual(&fold_name(text)));
    let (kind, mut ordered) = order(&proper)?;
    residual.sort_unstable();
    ordered.extend(residual.into_iter().map(str::to_owned));
    Some((kind, ordered))
}

/// Texts in the order of their keys, those that name no class last.
pub(super) fn by_key<K: Ord>(texts: &[&str], key: impl Fn(&str) -> Option<K>) -> Option<Vec<String>> {
    residual_last(texts, |proper| Some((ScaleKind::Other, keyed(proper, 1, key)?))).map(|(_, order)| order)
}

/// Texts in the order of their keys; none where a text has no key, two have the same, or there are
/// fewer than so many.
fn keyed<K: Ord>(texts: &[&str], least: usize, key: impl Fn(&str) -> Option<K>) -> Option<Vec<String>> {
    let mut keyed: Vec<(K, &str)> = texts
        .iter()
        .map(|text| Some((key(text)?, *text)))
        .collect::<Option<_>>()?;
    keyed.sort_unstable();
    let apart = keyed
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.0 != b.0 || fold_name(a.1) == fold_name(b.1)));
    (apart && keyed.len() >= least).then(|| keyed.into_iter().map(|(_, text)| text.to_owned()).collect())
}

fn by_words(texts: &[&str], header: &Header) -> Option<(ScaleKind, Vec<String>)> {
    let named = NAMED_SCALES
        .iter()
        .filter(|scale| header.has(scale.needs) || has_signed_grades(texts, scale));
    SCALES
        .iter()
        .chain(named)
        .find_map(|scale| Some((scale.kind, keyed(texts, 2, |text| step(scale, text))?)))
}

/// `B+` and `A-` are grades whatever the column is called.
fn has_signed_grades(texts: &[&str], scale: &Scale) -> bool {
    scale.steps.contains("b+")
        && texts
            .iter()
            .any(|text| matches!(text.trim(), "A-" | "B+" | "B-" | "C+"))
}

/// The step of a scale that a text stands on.
fn step(scale: &Scale, text: &str) -> Option<usize> {
    if text.len() > 32 {
        return None;
    }
    // Grades have signs, which folding would drop.
    let spelt = text.trim().to_lowercase();
    let folded = fold_name(text);
    scale.steps.split(" < ").position(|step| {
        step.split('/')
            .any(|word| word == spelt || (word == folded && is_plain(&spelt)))
    })
}

fn is_plain(text: &str) -> bool {
    !text.ends_with(['+', '-'])
}

/// Numbered levels; numbers with gaps, or larger ones, are codes and not levels.
fn levels(texts: &[&str]) -> Option<Vec<String>> {
    let order = keyed(texts, 2, numbered)?;
    let numbers = || texts.iter().filter_map(|text| numbered(text));
    let (low, high) = (numbers().min()?, numbers().max()?);
    let filled = (high - low) as usize <= texts.len() || texts.iter().all(|text| is_named_level(text));
    (filled && low <= 2).then_some(order)
}

/// Whether the text says that it is a level.
fn is_named_level(text: &str) -> bool {
    let folded = fold_name(text);
    folded
        .split(' ')
        .next()
        .is_some_and(|word| LEVELS.contains(&word))
}

/// The number of a level: `Level 2`, `Stage IV`, `3 - Good`, `5 stars`.
fn numbered(text: &str) -> Option<u32> {
    let folded = fold_name(text);
    let mut words = folded.split(' ');
    let (first, second) = (words.next()?, words.next()?);
    let more = words.next().is_some();
    if LEVELS.contains(&first) && !more {
        return second.parse().ok().or_else(|| roman(second));
    }
    if second.starts_with("star") && !more {
        return first.parse().ok();
    }
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.trim_start().get(digits..)?.trim_start();
    let separated = rest.starts_with(['-', '–', ':', '.', ')', '=']);
    let said = rest.get(1..).unwrap_or_default().trim_start();
    let worded = said.chars().next().is_some_and(char::is_alphabetic);
    ((1..=2).contains(&digits) && separated && worded).then(|| first.parse().ok())?
}

fn roman(word: &str) -> Option<u32> {
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let place = numerals.iter().position(|numeral| *numeral == word)?;
    Some(place as u32 + 1)
}

/// Bands of numbers: `18-24`, `25 to 34`, `65+`, `under 18`, `$10,000 - $19,999`.
fn bands(texts: &[&str]) -> Option<(ScaleKind, Vec<String>)> {
    if texts.len() < 3 {
        return None;
    }
    let mut bands: Vec<(f64, &str)> = texts
        .iter()
        .map(|text| Some((band_start(text)?, *text)))
        .collect::<Option<_>>()?;
    let closed = bands.iter().filter(|(_, text)| numbers(text).len() == 2).count();
    if closed < 2 || closed + 2 < bands.len() {
        return None;
    }
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Bands of one scale do not start at the same number.
    let apart = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0));
    let ages = bands
        .iter()
        .all(|(_, text)| numbers(text).iter().all(|n| *n <= 120.0))
        && texts.iter().any(|text| {
            let folded = fold_name(text);
            ["year", "yr", "age", "older", "anos", "jahre", "ans"]
                .iter()
                .any(|word| folded.contains(word))
        });
    let kind = if ages { ScaleKind::Age } else { ScaleKind::Other };
    apart.then(|| (kind, bands.into_iter().map(|(_, text)| text.to_owned()).collect()))
}

fn band_start(text: &str) -> Option<f64> {
    // Pairs of coordinates, measures in two units and much else have two numbers too.
    if text.len() > 40 || text.contains(['(', '[', '/', ':']) || !says_band(text) {
        return None;
    }
    let lower = text.trim().to_lowercase();
    let numbers = numbers(&lower);
    let below = [
        "under", "below", "less", "<", "up to", "younger", "menor", "unter", "moins",
    ];
    let open_below = below.iter().any(|word| lower.starts_with(word))
        || lower.ends_with("or less")
        || lower.ends_with("or younger")
        || lower.ends_with("and under");
    let above = [
        "over",
        "above",
        "more",
        ">",
        "or more",
        "and over",
        "and older",
        "or older",
        "plus",
        "and above",
        "mayor",
        "mas",
        "more than",
        "y mas",
        "uber",
        "und alter",
        "et plus",
    ];
    let open_above = lower.trim_end_matches([' ', 'y', 'r', 's']).ends_with('+')
        || above.iter().any(|word| {
            lower.starts_with(word) || lower.ends_with(word) || lower.ends_with(&format!("{word} years"))
        });
    match numbers.as_slice() {
        [low, high] if low < high => Some(*low),
        [only] if open_below => Some(only - 1e9),
        [only] if open_above => Some(*only),
        _ => None,
    }
}

/// Words that stand in bands of numbers.
const BAND_WORDS: [&str; 68] = [
    "a",
    "above",
    "age",
    "aged",
    "ages",
    "alter",
    "and",
    "anos",
    "ans",
    "at",
    "below",
    "between",
    "bis",
    "cm",
    "days",
    "de",
    "dollars",
    "employees",
    "entre",
    "et",
    "eur",
    "feet",
    "from",
    "ft",
    "hours",
    "income",
    "jahre",
    "k",
    "kg",
    "km",
    "least",
    "less",
    "m",
    "mas",
    "mayor",
    "mayores",
    "menor",
    "menores",
    "mi",
    "miles",
    "min",
    "minutes",
    "moins",
    "months",
    "more",
    "o",
    "old",
    "older",
    "or",
    "over",
    "people",
    "percent",
    "plus",
    "than",
    "to",
    "uber",
    "und",
    "under",
    "units",
    "unter",
    "up",
    "usd",
    "von",
    "weeks",
    "y",
    "year",
    "years",
    "younger",
];

/// Whether the words of a text are those of bands.
fn says_band(text: &str) -> bool {
    fold_name(text).split(' ').all(|word| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        let unit = word.get(digits.len()..).unwrap_or_default();
        digits.bytes().all(|b| b.is_ascii_digit())
            && (unit.is_empty()
                || BAND_WORDS.contains(&unit)
                || matches!(unit, "yr" | "yrs" | "y" | "mo" | "yo" | "lb" | "lbs"))
    })
}

/// The numbers in a text, thousands separators skipped.
fn numbers(text: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || (c == '.' && !digits.is_empty()) {
            digits.push(c);
        } else if c != ',' {
            numbers.extend(digits.trim_end_matches('.').parse::<f64>().ok());
            digits.clear();
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, texts: &[&str], expected: Option<&[&str]>) {
        let found = order(texts, &Header::of(name)).map(|(_, order)| order);
        let found = found
            .as_ref()
            .map(|order| order.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "{name}: {texts:?}");
    }

    #[test]
    fn scales_run_from_low_to_high() {
        check("v", &["High", "Low", "Medium"], Some(&["Low", "Medium", "High"]));
        check("v", &["High", "N/A", "Low"], Some(&["Low", "High", "N/A"]));
        check("v", &["None", "High", "Low"], Some(&["None", "Low", "High"]));
        check("v", &["A", "C+", "B"], Some(&["C+", "B", "A"]));
        check("size", &["L", "S", "M"], Some(&["S", "M", "L"]));
        check("risk", &["L", "H", "M"], Some(&["L", "M", "H"]));
        check(
            "x",
            &["Agree", "Strongly agree", "Neutral"],
            Some(&["Neutral", "Agree", "Strongly agree"]),
        );
        check(
            "nivel",
            &["Alto", "Bajo", "Medio"],
            Some(&["Bajo", "Medio", "Alto"]),
        );
        check("grade", &["K", "10", "PK", "2"], Some(&["PK", "K", "2", "10"]));
        check("x", &["Stage IV", "Stage II"], Some(&["Stage II", "Stage IV"]));
        check(
            "x",
            &["2 - Fair", "1 - Poor", "3 - Good"],
            Some(&["1 - Poor", "2 - Fair", "3 - Good"]),
        );
    }

    #[test]
    fn bands_run_from_low_to_high() {
        check(
            "v",
            &["65+", "25 to 34", "18-24", "Under 18"],
            Some(&["Under 18", "18-24", "25 to 34", "65+"]),
        );
        check(
            "v",
            &["$10,000 - $19,999", "$0 - $9,999", "$20,000+"],
            Some(&["$0 - $9,999", "$10,000 - $19,999", "$20,000+"]),
        );
        check(
            "v",
            &["65 years and over", "5-17 years", "18-64 years", "Unknown"],
            Some(&["5-17 years", "18-64 years", "65 years and over", "Unknown"]),
        );
    }

    #[test]
    fn bands_are_read_in_other_words() {
        check(
            "v",
            &["Mayor de 60 años", "Entre 41 y 60 años", "Entre 26 y 40 años"],
            Some(&["Entre 26 y 40 años", "Entre 41 y 60 años", "Mayor de 60 años"]),
        );
        check(
            "v",
            &["18yrs-24yrs", "Less than 18yrs", "25yrs-34yrs"],
            Some(&["Less than 18yrs", "18yrs-24yrs", "25yrs-34yrs"]),
        );
    }

    #[test]
    fn what_has_no_order_gets_none() {
        check("v", &["red", "green"], None);
        check("type", &["A", "B", "C"], None);
        check("v", &["L", "S", "M"], None);
        check("v", &["2019-2020", "2019-2021", "2018-2019"], None);
        check("v", &["555-0199", "555-0100", "555-0101"], None);
        check("v", &["(40.8, 73.8)", "(41.8, 74.8)", "(42.1, 73.0)"], None);
        check("v", &["12 Main St", "14 Oak Ave"], None);
        check("v", &["District 5", "District 12"], None);
        check("v", &["05-ANTIOQUIA", "13-BOLIVAR", "15-BOYACA"], None);
        check("v", &["2.6 lb (14 kg)", "3.7 lb (18 kg)", "8.8 lb (43 kg)"], None);
        check("v", &["[3.2, 4.7]", "[21, 23]", "[100, 320]"], None);
        check("v", &["636 of 5008", "936 of 5008", "1442 of 5008"], None);
        check("v", &["Bronx 10-12", "Queens 12-14", "Bronx 16-18"], None);
        // Two words for one step leave their order open.
        check("v", &["medium", "moderate", "low"], None);
    }

    #[test]
    fn spellings_of_one_step_stand_together() {
        check("v", &["LOW", "High", "Low"], Some(&["LOW", "Low", "High"]));
    }
}
