//! [`model_card`]: a model card in Markdown.

use std::fmt::Write;

use super::ModelRecord;
use crate::lineage::LineageNode;

/// A model card in Markdown: what the weights were made from and under what.
///
/// Only what the ledger knows; what the model is for and how good it is, people write beside it.
pub fn model_card(record: &ModelRecord) -> String {
    let mut text = format!("# {}\n\n", plain(&record.node.id));
    let _ = writeln!(
        text,
        "{} of {} rows.",
        capital(record.node.kind.as_str()),
        record.rows()
    );
    weights(record, &mut text);
    data(record, &mut text);
    runs(record, &mut text);
    withdrawn(record, &mut text);
    text.push_str(
        "\n## What this card does not say\n\n\
         The data is what the loader read, not what somebody listed. Licences are claims, with who looked at them where \
         somebody did. Nothing here is a statement that a law is complied with, and a withdrawal does not take back \
         what weights have learned.\n",
    );
    text
}

fn weights(record: &ModelRecord, text: &mut String) {
    text.push_str("\n## Weights\n\n| | |\n|---|---|\n");
    if let Some(digest) = &record.node.digest {
        let _ = writeln!(text, "| contents | `{digest}` |");
    }
    if let Some(claim) = &record.claim {
        let _ = writeln!(text, "| lineage root | `{}` |", claim.root);
        let _ = writeln!(text, "| code | `{}` |", plain(&claim.inputs.code));
        let _ = writeln!(text, "| configuration | `{}` |", claim.inputs.config);
        let _ = writeln!(text, "| seed | {} |", claim.inputs.seed);
    } else {
        text.push_str("| lineage root | not in the file; told from the ledger |\n");
    }
    let _ = writeln!(text, "| fence | {} |", plain(&record.fence().to_string()));
    for parent in &record.weights {
        let _ = writeln!(text, "| made from | {} |", named(parent));
    }
}

fn data(record: &ModelRecord, text: &mut String) {
    text.push_str("\n## Data\n\n");
    for dataset in &record.datasets {
        let _ = writeln!(text, "- {}", named(dataset));
    }
    text.push_str("\n| read | rows | licence | looked at by | in return | columns changed |\n|---|---|---|---|---|---|\n");
    for asset in &record.assets {
        let decision = asset.decision.as_ref();
        let verified = decision
            .and_then(|decision| decision.licence.as_ref())
            .map(|claim| {
                let looks = claim
                    .verified
                    .iter()
                    .map(|look| format!("{}, {}", look.by, look.on));
                looks.collect::<Vec<_>>().join("; ")
            })
            .filter(|looks| !looks.is_empty())
            .unwrap_or_else(|| "nobody".into());
        let changed = decision.map_or(0, |decision| decision.columns.len());
        let rows = if asset.rows == 0 {
            "not counted".into()
        } else {
            asset.rows.to_string()
        };
        let _ = writeln!(
            text,
            "| {} | {rows} | {} | {} | {} | {changed} |",
            plain(asset.name()),
            plain(asset.licence()),
            plain(&verified),
            if asset.wants_credit() { "credit" } else { "nothing" },
        );
    }
}

fn runs(record: &ModelRecord, text: &mut String) {
    text.push_str("\n## Runs\n\n| run | first and last record | fence | files denied | policy |\n|---|---|---|---|---|\n");
    for run in &record.runs {
        let between = run
            .between
            .as_ref()
            .map_or("none".into(), |(a, b)| format!("{a} to {b}"));
        let policies: Vec<String> = run.policies.iter().map(|policy| format!("`{policy}`")).collect();
        let _ = writeln!(
            text,
            "| {} | {between} | {} | {} | {} |",
            plain(&run.name),
            plain(&run.fence.to_string()),
            run.denied,
            policies.join(", "),
        );
    }
}

fn withdrawn(record: &ModelRecord, text: &mut String) {
    if record.withdrawn.is_empty() {
        return;
    }
    text.push_str("\n## Withdrawn since\n\nThese contents were read and may no longer be used:\n\n");
    for (digest, reason) in &record.withdrawn {
        let _ = writeln!(text, "- `{digest}`: {}", plain(reason));
    }
}

fn named(node: &LineageNode) -> String {
    let name = plain(node.name.as_deref().unwrap_or(&node.id));
    match &node.digest {
        Some(digest) => format!("{name} (`{digest}`)"),
        None => name,
    }
}

/// Text that Markdown takes for nothing but text.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' | '\r' | '\t' => out.push(' '),
            sign if sign.is_control() => {}
            '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '\\' | '#' => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(signs).collect())
}
