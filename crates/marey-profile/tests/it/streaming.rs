//! A profile made while reading is the profile of the table that was read.

use std::io::Cursor;

use marey_profile::{ProfileOptions, profile, profile_stream};
use marey_table::read::{ReadOptions, read};

/// Profiles the bytes in both ways and holds the results against each other.
pub(crate) fn check(name: &str, bytes: &[u8]) {
    let (read_options, options) = (ReadOptions::default(), ProfileOptions::default());
    let streamed = profile_stream(name, Cursor::new(bytes.to_vec()), &read_options, &options);
    let table = read(name, bytes.to_vec(), &read_options);
    match (streamed, table) {
        (Ok(streamed), Ok(table)) => {
            let whole = serde_json::to_string(&profile(&table.value, &options)).expect("JSON");
            let streamed_profile = serde_json::to_string(&streamed.value).expect("JSON");
            assert_eq!(streamed_profile, whole, "{name}");
            assert_eq!(streamed.warnings, table.warnings, "{name}");
        }
        (Err(ours), Err(theirs)) => assert_eq!(ours.to_string(), theirs.to_string(), "{name}"),
        (ours, theirs) => panic!("{name}: {ours:?} against {theirs:?}"),
    }
}

#[test]
fn sample_tables_give_the_same_profile_in_pieces() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the sample tables") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        check(&name, &std::fs::read(&path).expect("a file"));
        seen += 1;
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn what_is_no_table_fails_alike() {
    check("a.csv", b"");
    check("a.parquet", b"PAR1 and nothing more");
    check("a.png", b"\x89PNG\r\n");
}
