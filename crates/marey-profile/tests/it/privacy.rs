//! What the columns of a table say together of personal data.

use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::read::{ReadOptions, read};

/// The profile of thirty rows under a header; `row` writes one.
fn table(header: &str, row: impl Fn(usize) -> String) -> TableProfile {
    let rows: Vec<String> = (0..30).map(row).collect();
    let csv = format!("{header}\n{}\n", rows.join("\n"));
    let table = read("t.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
    profile(&table.value, &ProfileOptions::default())
}

/// The kinds that are named, in the order of the columns.
fn named(profile: &TableProfile) -> Vec<Option<&str>> {
    profile
        .columns
        .iter()
        .map(|column| column.pii.as_deref())
        .collect()
}

fn letters(row: usize) -> String {
    let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
    format!("Q{}{}anna", letter(row), letter(row * 7 + 3))
}

#[test]
fn addresses_are_personal_only_where_something_leads_to_persons() {
    let street = |row: usize| format!("{} Main Street", 10 + row);
    let stations = table("station,address,trains", |row| {
        format!("stop {row},{},{}", street(row), row * 3)
    });
    assert_eq!(named(&stations), [None, None, None]);
    let customers = table("address,e-mail", |row| {
        format!("{},c{row}@example.com", street(row))
    });
    assert_eq!(named(&customers), [Some("street_address"), Some("email")]);
    let homes = table("home address,rooms", |row| format!("{},{}", street(row), row % 5));
    assert_eq!(named(&homes), [Some("street_address"), None]);
}

#[test]
fn pets_are_no_persons_but_their_owners_are() {
    let born = |row: usize| format!("20{:02}-05-{:02}", row % 20, 1 + row % 28);
    let shelter = table("name,breed,date of birth", |row| {
        format!("{},Beagle,{}", letters(row), born(row))
    });
    assert_eq!(named(&shelter), [None, None, None]);
    let owners = table("name,pet,date of birth,e-mail", |row| {
        format!("{},cat,{},o{row}@example.com", letters(row), born(row))
    });
    assert_eq!(
        named(&owners),
        [Some("person_name"), None, Some("birth_date"), Some("email")]
    );
    assert!(owners.columns[0].privacy.masked && owners.columns[2].privacy.masked);
}

#[test]
fn a_column_called_name_is_one_of_persons_beside_what_only_persons_have() {
    let people = table("name,date of birth", |row| {
        format!("{},19{:02}-03-{:02}", letters(row), 40 + row, 1 + row % 28)
    });
    assert_eq!(named(&people), [Some("person_name"), Some("birth_date")]);
    let shops = table("name,phone", |row| {
        format!("{},(212) 555-01{row:02}", letters(row))
    });
    assert_eq!(named(&shops), [None, Some("phone")]);
}

#[test]
fn machines_and_cards_in_rare_texts_are_found() {
    let words = "nothing to see here but words";
    let check = |piece: &str, kind: &str| {
        let texts = table("id,note", |row| {
            let note = if row == 17 {
                format!("{words} {piece} at all")
            } else {
                format!("{words} {row}")
            };
            format!("{row},{note}")
        });
        assert_eq!(named(&texts), [None, Some(kind)], "{piece}");
        assert!(texts.columns[1].privacy.masked);
    };
    check("192.0.2.44", "ip_address");
    check("4111 1111 1111 1111", "card_number");
    check("ann@example.com", "email");
}
