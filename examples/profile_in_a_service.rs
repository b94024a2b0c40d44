//! # Profile uploads in a service
//!
//! We will use two crates alone, without recommender and without drawing, the way a service would
//! that shows its users what they uploaded: bytes in, JSON out, bounded memory, errors that can be
//! shown to the person who uploaded.

use marey_profile::{ProfileOptions, profile};
use marey_table::{
    TableError,
    read::{ReadLimits, ReadOptions, read},
};
use serde_json::{Value, json};

/// Answers one upload: a status as in HTTP, and a body.
fn answer(file_name: &str, upload: Vec<u8>) -> (u16, Value) {
    // A service sets its own bounds; passing one is an error that names it.
    let limits = ReadLimits {
        max_decompressed_bytes: 64 << 20,
        max_columns: 500,
        ..ReadLimits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    match read(file_name, upload, &options) {
        Ok(table) => {
            let profile = profile(&table.value, &ProfileOptions::default());
            let warnings: Vec<String> = table.warnings.iter().map(ToString::to_string).collect();
            (200, json!({ "profile": profile, "warnings": warnings }))
        }
        Err(error @ TableError::LimitPassed { .. }) => (413, json!({ "error": error.to_string() })),
        Err(error) => (422, json!({ "error": error.to_string() })),
    }
}

fn main() -> anyhow::Result<()> {
    let uploads = [
        ("budgets.json", marey_examples::sample("us-federal-budgets.json")?),
        ("holiday.csv", b"\x89PNG\r\n\x1a\n...".to_vec()),
        (
            "wide.csv",
            (0..2000)
                .map(|index| format!("c{index}"))
                .collect::<Vec<_>>()
                .join(",")
                .into_bytes(),
        ),
        ("empty.csv", Vec::new()),
    ];
    for (file_name, upload) in uploads {
        let (status, body) = answer(file_name, upload);
        let text = body.to_string();
        let shown: String = text.chars().take(160).collect();
        println!(
            "{file_name}: {status} {shown}{}",
            if shown.len() < text.len() { "…" } else { "" }
        );
    }
    Ok(())
}
