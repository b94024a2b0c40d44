//! [`training_summary`]: a draft in the shape of the EU's public summary of training content.

use std::fmt::Write;

use super::{ModelRecord, card::plain};

const BLANK: &str = "_[for the provider to fill in]_";

/// A draft in the shape of the template for the public summary of training content (European Commission, explanatory
/// notice and template of 24 July 2025, article 53(1)(d) of Regulation (EU) 2024/1689), filled in where the ledger
/// knows.
///
/// It is a draft for people to go on with. Whether a model has to have such a summary at all is not decided here.
pub fn training_summary(record: &ModelRecord) -> String {
    let mut text = String::from(
        "# Public summary of training content: DRAFT\n\n\
         > Draft in the shape of the Commission's template, made from an audit log. Not a legal filing, and no statement \
         that a law is complied with. What the log does not know is left open.\n\n",
    );
    let _ = writeln!(text, "## 1. General information\n\n### 1.1 Provider\n\n{BLANK}\n");
    let _ = writeln!(text, "### 1.2 Model\n\n- Model: {}", plain(&record.node.id));
    for parent in &record.weights {
        let _ = writeln!(text, "- Made from: {}", plain(&parent.id));
    }
    let _ = writeln!(text, "- Date of placement on the market: {BLANK}\n");
    let _ = writeln!(
        text,
        "### 1.3 Modalities, size and other characteristics\n\n- Modality: tables, text of requests and chart specifications\n\
         - Size: {} files, {} rows\n- Latest date of acquisition: {BLANK}\n- Languages: {BLANK}\n",
        record.assets.len(),
        record.rows()
    );
    sources(record, &mut text);
    processing(record, &mut text);
    text
}

fn sources(record: &ModelRecord, text: &mut String) {
    text.push_str("## 2. List of data sources\n\n### 2.1 Data sets, as read by the loader\n\n");
    let _ = writeln!(
        text,
        "Whether each is publicly available (2.1), licensed by rightsholders (2.2.1), from other third parties (2.2.2), crawled (2.3), \
         of users (2.4) or synthetic (2.5): {BLANK}\n"
    );
    for dataset in &record.datasets {
        let licence = dataset.licence.as_deref().unwrap_or("none stated for the whole");
        let name = dataset.name.as_deref().unwrap_or(&dataset.id);
        let _ = writeln!(text, "- {}: licence {}", plain(name), plain(licence));
    }
    text.push_str("\n| data | rows | licence claimed |\n|---|---|---|\n");
    for asset in &record.assets {
        let rows = if asset.rows == 0 {
            "not counted".into()
        } else {
            asset.rows.to_string()
        };
        let _ = writeln!(
            text,
            "| {} | {rows} | {} |",
            plain(asset.name()),
            plain(asset.licence())
        );
    }
    for (number, title) in [
        ("2.2", "Private data sets obtained from third parties"),
        ("2.3", "Data crawled and scraped from online sources"),
        ("2.4", "User data"),
        ("2.5", "Synthetic data"),
        ("2.6", "Other sources"),
    ] {
        let _ = write!(text, "\n### {number} {title}\n\n{BLANK}\n");
    }
}

fn processing(record: &ModelRecord, text: &mut String) {
    text.push_str("\n## 3. Relevant data processing aspects\n\n### 3.1 Reservations of rights from text and data mining\n\n");
    let answers = record.assets.iter().map(|asset| {
        let reasons = asset.decision.iter().flat_map(|decision| &decision.reasons);
        reasons
            .filter(|reason| reason.rule == crate::Rule::Mining)
            .map(|reason| reason.because.as_str())
            .next()
            .unwrap_or("not recorded")
    });
    let mut counted: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    answers.for_each(|answer| *counted.entry(answer).or_default() += 1);
    for (answer, files) in counted {
        let _ = writeln!(text, "- {files} files: {}", plain(answer));
    }
    let denied: u64 = record.runs.iter().map(|run| run.denied).sum();
    let changed: usize = record
        .assets
        .iter()
        .filter_map(|asset| asset.decision.as_ref())
        .map(|decision| decision.columns.len())
        .sum();
    let _ = writeln!(
        text,
        "\nThe policy denied {denied} files and had {changed} columns with personal data changed before they were read.\n\n\
         ### 3.2 Removal of illegal content\n\n{BLANK}\n\n### 3.3 Other information\n\n- Fence around the run: {}",
        plain(&record.fence().to_string())
    );
    for (digest, reason) in &record.withdrawn {
        let _ = writeln!(text, "- Withdrawn since: `{digest}`: {}", plain(reason));
    }
}
