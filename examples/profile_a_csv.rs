//! # Profile a CSV
//!
//! We will read a file as a spreadsheet user exported it, see what had to be repaired, and ask
//! what each column is.

use marey::{
    profile::{ProfileOptions, profile},
    table::read::{ReadOptions, read},
};
use marey_examples::sample;

fn main() -> anyhow::Result<()> {
    // The file has a title line, semicolons, three date formats, currency signs, null markers and
    // ragged rows. Reading it is one call.
    let table = read(
        "orders-messy.csv",
        sample("orders-messy.csv")?,
        &ReadOptions::default(),
    )?;

    // Nothing was repaired silently, and no row was lost.
    println!("{} rows. What was noticed while reading:", table.value.rows());
    for warning in &table.warnings {
        println!("  - {warning}");
    }

    // The profile is one pass over the table. Everything in it is plain data that serialises.
    let profile = profile(&table.value, &ProfileOptions::default());
    println!(
        "\n{:<12} {:<10} {:<14} {:>8} {:>8}",
        "column", "stored as", "meaning", "distinct", "missing"
    );
    for column in &profile.columns {
        println!(
            "{:<12} {:<10} {:<14} {:>8} {:>8}",
            column.name.as_str(),
            column.physical_type.as_str(),
            column.semantic_type.map_or("-", |meaning| meaning.as_str()),
            column.distinct.value,
            column.nulls,
        );
    }

    // Columns that go together.
    for pair in profile.pairs.iter().filter(|pair| pair.value.abs() > 0.5) {
        println!(
            "{} and {}: {:?} {:.2} over {} rows",
            pair.a, pair.b, pair.measure, pair.value, pair.n
        );
    }
    Ok(())
}
