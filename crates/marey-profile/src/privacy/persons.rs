//! Whether a table is about single persons, and what follows for its columns.

use super::{
    PersonalKind, Privacy, PrivacyEvidence, PrivacyLevel, PrivacySource, TablePrivacy,
    column_name::ColumnName,
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

/// Looks at the columns of a table together: what identifies only indirectly, or is sensitive, is
/// kept where rows are about single persons and dropped elsewhere; names of persons are masked
/// where they stand beside what leads to private persons.
pub(crate) fn table(columns: &mut [ColumnProfile], rows: u64) -> TablePrivacy {
    let about_persons = is_about_persons(columns, rows);
    let private = columns
        .iter()
        .any(|column| column.privacy.kind.is_some_and(is_private));
    let named = columns
        .iter()
        .any(|column| column.privacy.kind == Some(PersonalKind::PersonName));
    for column in columns.iter_mut() {
        let privacy = &mut column.privacy;
        let Some(kind) = privacy.kind else { continue };
        let remote = matches!(privacy.level, PrivacyLevel::Indirect | PrivacyLevel::Sensitive);
        if remote && !about_persons && kind != PersonalKind::BirthDate {
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
        if strong && (kind == PersonalKind::PersonName || kind == PersonalKind::BirthDate || is_private(kind))
        {
            return true;
        }
        if is_attribute(kind) && !attributes.contains(&kind) {
            attributes.push(kind);
        }
    }
    attributes.len() >= 3
}
