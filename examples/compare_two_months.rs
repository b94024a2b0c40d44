//! # What has changed since last month?
//!
//! We will profile two deliveries of the same table, hide what is personal in both, and compare the
//! profiles: what has drifted, which categories are new, what changed its type. Only the profiles
//! are needed; a saved one will do.

use marey_profile::{Drift, ProfileOptions, TableProfile, compare, profile};
use marey_table::read::{ReadOptions, read};

/// A delivery: prices of three shops, and who bought.
fn delivery(shops: [&str; 3], price: u32) -> String {
    let mut csv = String::from("customer e-mail,shop,price\n");
    for row in 0..600 {
        let price = price + row * 7919 % 97;
        let shop = shops[row as usize % 3];
        csv.push_str(&format!("c{}@example.com,{shop},{price}\n", row % 211));
    }
    csv
}

/// The profile without personal values. Categories are told only where all are listed, so we ask
/// for more frequent values than a page would show.
fn profiled(csv: String) -> anyhow::Result<TableProfile> {
    let options = ProfileOptions {
        top_values: 1000,
        ..ProfileOptions::default()
    };
    let table = read("deliveries.csv", csv.into_bytes(), &ReadOptions::default())?.value;
    Ok(profile(&table, &options).masked())
}

fn main() -> anyhow::Result<()> {
    let april = profiled(delivery(["Rome", "Pisa", "Bari"], 20))?;
    let may = profiled(delivery(["Rome", "Pisa", "Lecce"], 45))?;
    let comparison = compare(&april, &may);
    for column in &comparison.columns {
        println!("{}: drift {}", column.name, column.drift.as_str());
        if let (Some(psi), Some(chance)) = (column.psi, column.psi_by_chance) {
            println!("  stability index {psi:.3}; chance alone passes {chance:.3} once in a thousand times");
        }
        for new in &column.new_categories {
            println!("  new: {} ({} rows)", new.value, new.count.value);
        }
        for lost in &column.lost_categories {
            println!("  gone: {} ({} rows)", lost.value, lost.count.value);
        }
    }
    assert_eq!(comparison.drift, Drift::Large);
    Ok(())
}
