//! # A folder of tables as a corpus
//!
//! We will: turn a folder of CSV files into a corpus, look at what it holds, cut it into folds that keep
//! together what belongs together, and pin its contents in a lock.

use std::{fs, path::Path};

use marey_corpus::{
    folder::{Corpus, Example},
    grouped_folds,
    import::{ImportKind, ImportOptions, import},
    lock::Lock,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let place = std::env::temp_dir().join(format!("marey-import-a-folder-{}", std::process::id()));
    let done = walk_through(&place);
    drop(fs::remove_dir_all(&place));
    done
}

fn walk_through(place: &Path) -> Result<(), Box<dyn std::error::Error>> {
    // Three tables of two departments.
    let from = place.join("from");
    for (name, csv) in [
        ("sales/2024.csv", "city,amount\nRome,10\nPisa,7\n"),
        ("sales/2025.csv", "city,amount\nRome,12\nPisa,9\n"),
        ("staff/people.csv", "team,people\nRed,4\nBlue,6\n"),
    ] {
        let path = from.join(name);
        fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        fs::write(path, csv)?;
    }

    // Nobody but us knows under which licence they are; without one no policy would admit them.
    let options = ImportOptions {
        from,
        to: place.join("corpus"),
        licence: Some("CC0-1.0".into()),
        table_licence: Some("CC0-1.0".into()),
    };
    let report = import(ImportKind::Tables, &options)?;
    println!("{} tables in {} groups", report.tables, report.groups);

    // Examples stream one line after the other; tables are read when asked for.
    let corpus = Corpus::open(&options.to)?;
    let examples: Vec<Example> = corpus.examples()?.collect::<Result<_, _>>()?;
    for example in &examples {
        let table = corpus.table(&example.tables[0])?.value;
        println!("{} ({}): {} rows", example.id, example.group, table.rows());
    }

    // Both tables of sales go into one fold.
    let folds = grouped_folds(examples.iter().map(|example| example.group.as_str()), 2, 7);
    assert_ne!(folds["sales"], folds["staff"]);

    // Tomorrow's run can check that it reads what today's did.
    let lock = || Lock::of([("departments".to_owned(), corpus.folder())]);
    let pinned = lock()?;
    fs::write(
        corpus.folder().join("tables/staff/people.csv"),
        "team,people\nRed,5\n",
    )?;
    for fault in pinned.faults(&lock()?) {
        println!("{fault}");
    }
    Ok(())
}
