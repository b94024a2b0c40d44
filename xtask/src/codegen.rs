//! `cargo xtask codegen`: pages of documentation that are written from the code.

use std::{fs, path::Path};

use anyhow::{Context, bail};

/// Writes a page from the code.
type WritePage = fn() -> String;

/// Each page with the function that writes it.
const PAGES: &[(&str, WritePage)] = &[
    ("docs/rules.md", marey_rules::catalogue_markdown),
    ("docs/schema/profile.json", profile_schema),
];

/// The JSON Schema of profiles, readable.
fn profile_schema() -> String {
    format!("{:#}\n", marey_profile::json_schema())
}

/// Writes the pages, or with `check` fails where one is not what the code says.
pub fn run(root: &Path, check: bool) -> anyhow::Result<()> {
    for (page, written) in PAGES {
        let path = root.join(page);
        let wanted = written();
        if check {
            let found = fs::read_to_string(&path).with_context(|| format!("{page} is missing"))?;
            if found != wanted {
                bail!("{page} is not what the code says; run `cargo xtask codegen`");
            }
        } else {
            fs::write(&path, wanted).with_context(|| format!("cannot write {page}"))?;
        }
    }
    Ok(())
}
