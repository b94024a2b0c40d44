//! A small corpus of requests about two tables.

use std::{fs, path::Path};

/// Writes a corpus of eight examples from four databases into a folder.
pub(crate) fn write(folder: &Path) {
    fs::create_dir_all(folder.join("tables")).unwrap();
    let mut lines = String::new();
    for (n, (database, word, number)) in [
        ("shop", "city", "price"),
        ("zoo", "animal", "weight"),
        ("club", "member", "age"),
        ("fleet", "ship", "length"),
    ]
    .into_iter()
    .enumerate()
    {
        let csv = format!("{word},{number}\na,1\nb,2\na,4\nc,8\n");
        fs::write(folder.join(format!("tables/{database}.csv")), csv).unwrap();
        let split = if n == 3 { "dev" } else { "train" };
        let charts = [
            (
                format!("average {number} by {word} as a bar chart"),
                format!(
                    r#"{{"mark":"bar","encoding":{{"x":{{"field":"{word}","type":"nominal"}},"y":{{"aggregate":"mean","field":"{number}","type":"quantitative"}}}}}}"#
                ),
            ),
            (
                format!("how many rows are there of each {word}"),
                format!(
                    r#"{{"mark":"bar","encoding":{{"x":{{"field":"{word}","type":"nominal"}},"y":{{"aggregate":"count","type":"quantitative"}}}}}}"#
                ),
            ),
        ];
        for (i, (request, chart)) in charts.into_iter().enumerate() {
            lines.push_str(&format!(
                r#"{{"id":"{database}{i}","group":"{database}","split":"{split}","tables":["tables/{database}.csv"],"requests":["{request}"],"charts":[{chart}],"tags":["chart:Bar","hardness:Easy"]}}"#
            ));
            lines.push('\n');
        }
    }
    fs::write(folder.join("examples.jsonl"), lines).unwrap();
    fs::write(folder.join("croissant.json"), MANIFEST).unwrap();
}

const MANIFEST: &str = r#"{
  "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "sc": "https://schema.org/"},
  "@type": "sc:Dataset", "name": "small", "description": "made by a test", "license": "https://spdx.org/licenses/CC0-1.0",
  "url": "https://example.org/small", "datePublished": "2026-01-01", "conformsTo": "http://mlcommons.org/croissant/1.1",
  "creator": {"@type": "sc:Person", "name": "A test"}, "distribution": [], "recordSet": []
}"#;
