//! The catalogue as a page of documentation.

use std::fmt::Write;

use super::{CATALOGUE, Kind, Rule, weight_of};

/// The catalogue of rules as Markdown: what `docs/rules.md` holds.
pub fn catalogue_markdown() -> String {
    let mut page = String::from(INTRODUCTION);
    section(
        &mut page,
        "Hard rules",
        "A chart that breaks one of these is never proposed.",
        Kind::Hard,
    );
    section(
        &mut page,
        "Soft rules",
        "Each costs its weight, times how far it is broken where that can be told.",
        Kind::Soft,
    );
    page.push_str(SOURCES);
    page
}

const INTRODUCTION: &str = "\
# Design rules

This page is generated from the code of `marey-rules` (`cargo xtask codegen`).

A rule asks a question of a chart and the profile of its table. `marey_rules::lint` lists the rules that a
chart breaks with the place in the spec; `marey recommend` proposes only charts that break no hard
rule, cheapest first. The cost of a chart is the sum over its broken soft rules; what it repeats of
the charts before it in the list is added to its price, and its score is `10 / (10 + price)`: 1 is a
chart that nothing can be said against.

";

const SOURCES: &str = "
## Sources

- Mackinlay 1986: J. Mackinlay, *Automating the Design of Graphical Presentations of Relational Information*, ACM ToG 5(2).
- Cleveland & McGill 1984: W. S. Cleveland and R. McGill, *Graphical Perception*, JASA 79(387).
- Few 2012: S. Few, *Show Me the Numbers*, 2nd edition.
- Kim & Heer 2018: Y. Kim and J. Heer, *Assessing Effects of Task and Data Distribution on the Effectiveness of Visual Encodings*, EuroVis.
- Draco: D. Moritz et al. 2019, *Formalizing Visualization Design Knowledge as Constraints*, IEEE TVCG 25(1).
- Voyager, CompassQL: K. Wongsuphasawat et al. 2016, *Towards a General-Purpose Query Language for Visualization Recommendation*, HILDA.
- Ware 2012: C. Ware, *Information Visualization: Perception for Design*, 3rd edition.
- Wilkinson 2005: L. Wilkinson, *The Grammar of Graphics*, 2nd edition.
- Vega-Lite: A. Satyanarayan et al. 2017, *Vega-Lite: A Grammar of Interactive Graphics*, IEEE TVCG 23(1), and its documentation.
- Marey: our own, from looking at charts of many tables.
";

fn section(page: &mut String, title: &str, lead: &str, kind: Kind) {
    let weighted = kind == Kind::Soft;
    let header = match weighted {
        true => "| rule | asks | weight | source |\n|---|---|---:|---|\n",
        false => "| rule | asks | source |\n|---|---|---|\n",
    };
    // Writing into a String cannot fail.
    let _ = write!(page, "## {title}\n\n{lead}\n\n{header}");
    for rule in CATALOGUE.iter().filter(|rule| rule.kind == kind) {
        page.push_str(&row(rule, weighted));
    }
    page.push('\n');
}

fn row(rule: &Rule, weighted: bool) -> String {
    let Rule {
        name,
        sentence,
        source,
        ..
    } = rule;
    match weighted {
        true => format!("| `{name}` | {sentence} | {} | {source} |\n", weight_of(name)),
        false => format!("| `{name}` | {sentence} | {source} |\n"),
    }
}
