//! [`data_card`]: a data card in Markdown.

use std::{collections::BTreeMap, fmt::Write};

use super::card::plain;
use crate::{LicenceClass, LicenceTable, PersonalLevel, Rights, manifest::Manifest};

/// A data card in Markdown, told from a manifest: what is in a corpus, and by which right.
pub fn data_card(manifest: &Manifest, table: &LicenceTable) -> String {
    let mut text = format!(
        "# {}\n\n{}\n\n",
        plain(&manifest.name),
        plain(&manifest.description)
    );
    for (name, value) in [
        ("version", manifest.version.as_deref()),
        ("published", manifest.date_published.as_deref()),
        ("described at", manifest.url.as_deref()),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "- {name}: {}", plain(value));
        }
    }
    if !manifest.creators.is_empty() {
        let _ = writeln!(text, "- made by: {}", plain(&manifest.creators.join(", ")));
    }
    let assets = manifest.assets();
    let mut classes: BTreeMap<LicenceClass, usize> = BTreeMap::new();
    for asset in &assets {
        *classes
            .entry(LicenceClass::of(asset.rights.licence.as_ref(), table))
            .or_default() += 1;
    }
    text.push_str("\n## Licences\n\n| kind | files |\n|---|---|\n");
    for (class, files) in classes {
        let _ = writeln!(text, "| {class} | {files} |");
    }
    text.push_str("\n## Files\n\n| file | licence claimed | looked at by | personal data | pinned |\n|---|---|---|---|---|\n");
    for (file, asset) in manifest.files.iter().zip(&assets) {
        let claim = asset.rights.licence.as_ref();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            plain(&file.content_url),
            claim.map_or("none stated".into(), |claim| plain(claim.expression.as_str())),
            claim
                .and_then(|claim| claim.verified.last())
                .map_or("nobody".into(), |look| plain(&format!(
                    "{}, {}",
                    look.by, look.on
                ))),
            personal(&asset.rights),
            if asset.digest.is_some() { "yes" } else { "no" },
        );
    }
    text.push_str("\nLicences are claims. What may be done with a file is for a policy to decide.\n");
    text
}

fn personal(rights: &Rights) -> String {
    match &rights.personal {
        None => "nobody has looked".into(),
        Some(levels) => {
            let most = levels.values().max().copied().unwrap_or(PersonalLevel::None);
            most.as_str().into()
        }
    }
}
