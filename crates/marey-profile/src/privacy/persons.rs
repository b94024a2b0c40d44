//! Whether a table is about single persons, and what follows for its columns.

use super::{
    PersonalKind, Privacy, PrivacyEvidence, PrivacyLevel, PrivacySource, TablePrivacy,
    column_name::ColumnName, judge::finding,
};
use crate::ColumnProfile;

/// Words of columns that number persons.
const PERSONS: &[&str] = &[
    "person",
    "patient",
    "employee",
    "student",
    "customer",
    "client",
    "member",
    "respondent",
    "participant",
    "passenger",
    "applicant",
    "tenant",
    "inmate",
    "victim",
    "voter",
    "donor",
    "subscriber",
    "guest",
    "cardholder",
    "resident",
    "teacher",
    "paciente",
    "empleado",
    "cliente",
    "alumno",
    "estudiante",
    "usuario",
    "kunde",
    "mitarbeiter",
    "patientin",
    "eleve",
    "salarie",
    "dipendente",
    "paziente",
    "klant",
    "pacjent",
    "klient",
    "anstalld",
    "musteri",
    "hasta",
];

/// Kinds of which three different ones make rows of persons.
fn is_attribute(kind: PersonalKind) -> bool {
    !matches!(
        kind,
        PersonalKind::Residence | PersonalKind::Coordinates | PersonalKind::Income | PersonalKind::Occupation
    ) && kind.level() != PrivacyLevel::Direct
}

/// Kinds whose rows are about persons. Street addresses alone are not: places have them too.
fn leads_to_persons(kind: PersonalKind) -> bool {
    use PersonalKind as K;
    kind != K::StreetAddress && (is_private(kind) || matches!(kind, K::PersonName | K::BirthDate))
}

/// Kinds by which a private person is reached or known to offices and banks.
fn is_private(kind: PersonalKind) -> bool {
    use PersonalKind as K;
    matches!(
        kind,
        K::Email
            | K::Phone
            | K::NationalId
            | K::TaxId
            | K::Passport
            | K::DrivingLicence
            | K::HealthNumber
            | K::Iban
            | K::BankAccount
            | K::CardNumber
            | K::StreetAddress
    )
}

/// Words that say that an address is that of a person.
const HOMES: &[&str] = &[
    "home",
    "residential",
    "residence",
    "billing",
    "shipping",
    "mailing",
    "domicilio",
    "wohnadresse",
    "domicile",
    "woonadres",
    "zamieszkania",
    "hemadress",
];

/// Words of columns that tell of animals, which have names and birth dates too.
const ANIMALS: &[&str] = &[
    "animal", "animals", "breed", "kennel", "pet", "raza", "rasse", "mascota", "especie", "tierart",
];

/// Looks at the columns of a table together: what identifies only indirectly, or is sensitive, is
/// kept where rows are about single persons and dropped elsewhere, as are street addresses, which
/// otherwise are those of shops and crossings; names of persons are masked where they stand beside
/// what leads to private persons.
pub(crate) fn table(columns: &mut [ColumnProfile], rows: u64) -> TablePrivacy {
    let animals = columns
        .iter()
        .any(|column| ColumnName::of(column.name.as_str()).has(ANIMALS));
    let reached = columns.iter().any(|column| {
        column
            .privacy
            .kind
            .is_some_and(|kind| leads_to_persons(kind) && kind != PersonalKind::BirthDate)
    });
    if animals && !reached {
        no_birth_dates(columns);
    } else {
        name_persons(columns);
    }
    let about_persons = is_about_persons(columns, rows);
    let led = columns
        .iter()
        .any(|column| column.privacy.kind.is_some_and(leads_to_persons));
    let private = columns
        .iter()
        .any(|column| column.privacy.kind.is_some_and(is_private));
    let named = columns
        .iter()
        .any(|column| column.privacy.kind == Some(PersonalKind::PersonName));
    for column in columns.iter_mut() {
        let name = ColumnName::of(column.name.as_str());
        let privacy = &mut column.privacy;
        let Some(kind) = privacy.kind else { continue };
        let remote = matches!(privacy.level, PrivacyLevel::Indirect | PrivacyLevel::Sensitive);
        let place = kind == PersonalKind::StreetAddress && !led && !name.has(HOMES) && !name.has(PERSONS);
        if !about_persons && (place || remote && kind != PersonalKind::BirthDate) {
            column.pii = None;
            *privacy = Privacy {
                miss_probability: privacy.miss_probability,
                ..Privacy::default()
            };
            continue;
        }
        if private && named && matches!(kind, PersonalKind::PersonName | PersonalKind::BirthDate) {
            privacy.masked = true;
            privacy.evidence.push(PrivacyEvidence {
                source: PrivacySource::Table,
                what: "other columns lead to private persons".to_owned(),
            });
        }
    }
    let of = |level: PrivacyLevel| {
        let columns = columns.iter().filter(|column| column.privacy.level == level);
        columns.map(|column| column.name.clone()).collect()
    };
    TablePrivacy {
        about_persons,
        direct: of(PrivacyLevel::Direct),
        indirect: of(PrivacyLevel::Indirect),
        sensitive: of(PrivacyLevel::Sensitive),
        ..TablePrivacy::default()
    }
}

/// Takes birth dates for those of animals.
fn no_birth_dates(columns: &mut [ColumnProfile]) {
    for column in columns {
        if column.privacy.kind == Some(PersonalKind::BirthDate) {
            column.privacy = Privacy::default();
            column.pii = None;
        }
    }
}

/// Names of persons in a column that is called nothing but `name`: products and firms have names too,
/// but no birth dates and no national numbers.
fn name_persons(columns: &mut [ColumnProfile]) {
    use PersonalKind as K;
    let of_persons = |kind: K| {
        matches!(
            kind,
            K::BirthDate | K::NationalId | K::Passport | K::DrivingLicence | K::HealthNumber
        )
    };
    if !columns
        .iter()
        .any(|column| column.privacy.kind.is_some_and(of_persons))
    {
        return;
    }
    for column in columns {
        let wordy = column
            .text
            .as_ref()
            .is_some_and(|text| (1.0..=4.0).contains(&text.mean_words) && text.characters.digits < 0.02);
        let called = column.name.as_str().trim().eq_ignore_ascii_case("name");
        if called && wordy && column.privacy.kind.is_none() {
            let what = "a name beside what only persons have".to_owned();
            column.privacy = Privacy {
                miss_probability: column.privacy.miss_probability,
                ..finding(K::PersonName, 0.6, PrivacySource::Table, what)
            };
            column.pii = column.privacy.pii();
        }
    }
}

fn is_about_persons(columns: &[ColumnProfile], rows: u64) -> bool {
    let mut attributes: Vec<PersonalKind> = Vec::new();
    for column in columns {
        // Few different values for many rows are groups, not persons.
        let single = column.distinct.value.saturating_mul(2) >= rows.saturating_sub(column.nulls);
        let name = ColumnName::of(column.name.as_str());
        if single && name.has(PERSONS) && column.distinct.value > 2 {
            return true;
        }
        let Some(kind) = column.privacy.kind else { continue };
        let strong = column.privacy.confidence >= 0.6 && column.privacy.share >= 0.5 && single;
        if strong && leads_to_persons(kind) {
            return true;
        }
        if is_attribute(kind) && !attributes.contains(&kind) {
            attributes.push(kind);
        }
    }
    attributes.len() >= 3
}
