//! Whether a column holds personal data: by its values first, then by its name, then by what was
//! met inside its texts.

use marey_core::{PhysicalType, SemanticType};

use super::{
    PersonalKind, Privacy, PrivacyEvidence, PrivacySource, Tally,
    column_name::ColumnName,
    span::scan,
    tally::TALLIED,
    values::{self, Values},
};
use crate::{ColumnProfile, TextSummary, value::Value, value_table::ValueTable};

/// Share of the different values of which it is said with what probability it was missed.
const RARE: f64 = 0.001;
/// Texts of so many words and more are prose, in which numbers stand for themselves.
const PROSE: f64 = 1.5;

/// A column that is judged.
pub(crate) struct Subject<'a> {
    pub(crate) profile: &'a ColumnProfile,
    /// Number of rows with a value.
    pub(crate) values: u64,
    /// Different values: all, or a sample of them.
    pub(crate) sample: &'a ValueTable,
    /// What was met in the texts while they passed.
    pub(crate) tally: &'a Tally,
}

/// What is known of personal data in a column, other columns not considered.
pub(crate) fn column(subject: &Subject<'_>) -> Privacy {
    let profile = subject.profile;
    let values = Values::of(profile.physical_type, subject.sample);
    if values.is_empty() {
        return Privacy::default();
    }
    let name = ColumnName::of(profile.name.as_str());
    let announced = name.kind();
    let found = values::kind(&values, announced.map(|(kind, _)| kind))
        .or_else(|| by_meaning(profile))
        .or_else(|| by_name(&name, announced, profile, &values))
        .or_else(|| in_texts(subject));
    let Some(found) = found else {
        return Privacy::default();
    };
    let sampled = (values.len() as u64) < profile.distinct.value;
    Privacy {
        miss_probability: if sampled {
            (1.0 - RARE).powf(values.len() as f64)
        } else {
            0.0
        },
        ..found
    }
}

/// A finding of a kind.
pub(super) fn finding(kind: PersonalKind, confidence: f64, source: PrivacySource, what: String) -> Privacy {
    Privacy {
        level: kind.level(),
        kind: Some(kind),
        confidence,
        evidence: vec![PrivacyEvidence { source, what }],
        share: 1.0,
        masked: kind.is_masked(),
        ..Privacy::default()
    }
}

/// What the semantic type of a column says of persons.
fn by_meaning(profile: &ColumnProfile) -> Option<Privacy> {
    use SemanticType as S;
    let kind = match profile.semantic_type? {
        S::Email => PersonalKind::Email,
        S::Phone => PersonalKind::Phone,
        S::Iban => PersonalKind::Iban,
        S::CardNumber => PersonalKind::CardNumber,
        S::NationalId => PersonalKind::NationalId,
        S::IpAddress => PersonalKind::IpAddress,
        S::MacAddress => PersonalKind::MacAddress,
        S::FirstName | S::LastName | S::FullName => PersonalKind::PersonName,
        S::StreetAddress => PersonalKind::StreetAddress,
        S::Gender => PersonalKind::Gender,
        S::Age | S::AgeRange => PersonalKind::Age,
        S::JobTitle => PersonalKind::Occupation,
        S::PostalCode => PersonalKind::Residence,
        S::Latitude | S::Longitude | S::CoordinatePair => PersonalKind::Coordinates,
        _ => return None,
    };
    let what = format!("meaning {}", profile.semantic_type?.as_str());
    Some(finding(
        kind,
        profile.semantic_confidence,
        PrivacySource::Values,
        what,
    ))
}

/// What the column's name announces, where its values do not speak against it.
fn by_name(
    name: &ColumnName,
    announced: Option<(PersonalKind, bool)>,
    profile: &ColumnProfile,
    values: &Values<'_>,
) -> Option<Privacy> {
    let (kind, whole) = announced?;
    let personal = !name.is_impersonal() || whole;
    if !personal || !fits(kind, profile, values) {
        return None;
    }
    let confidence = if whole { 0.7 } else { 0.6 };
    let what = format!("the name says {}", kind.label());
    Some(finding(kind, confidence, PrivacySource::ColumnName, what))
}

/// Whether values could be what the name announces.
fn fits(kind: PersonalKind, profile: &ColumnProfile, values: &Values<'_>) -> bool {
    use PersonalKind as K;
    let text = profile.physical_type == PhysicalType::Text;
    let time = matches!(
        profile.physical_type,
        PhysicalType::Date | PhysicalType::Timestamp
    );
    let int = profile.physical_type == PhysicalType::Int;
    let words = profile.text.as_ref().map_or(1.0, |text| text.mean_words);
    let code = |least: usize| (text || int) && values.share(|value| values::is_code(value, least)) >= 0.6;
    match kind {
        // These have a form of their own that was looked for already.
        K::Email | K::Phone | K::IpAddress | K::MacAddress | K::Iban | K::CardNumber | K::Imei | K::Vin => {
            false
        }
        K::NationalId | K::TaxId | K::Passport | K::DrivingLicence | K::BankAccount | K::HealthNumber => {
            code(5) && profile.distinct.value >= 3
        }
        K::LicencePlate => text && code(4) && profile.distinct.value >= 3,
        K::PersonName => text && words <= 5.0 && values.share(values::is_wordy) >= 0.8,
        K::StreetAddress => {
            text && words <= 15.0 && profile.distinct.value >= 3 && values.share(values::is_lettered) >= 0.8
        }
        K::UserName => text && words <= 1.2 && profile.distinct.value >= 3,
        K::Secret => {
            text && words <= 1.2 && profile.distinct.value >= 3 && mean_chars(profile.text.as_ref()) >= 4.0
        }
        K::BirthDate => time || ((text || int) && values.share(values::is_dated) >= 0.6),
        K::Age | K::Income => !time && profile.physical_type != PhysicalType::Boolean,
        K::Coordinates => !time,
        _ => true,
    }
}

fn mean_chars(text: Option<&TextSummary>) -> f64 {
    text.map_or(0.0, |text| text.mean_chars)
}

/// Whether texts have several words, also in scripts that write no blanks between them.
fn is_prose(text: &TextSummary) -> bool {
    const UNSPACED: &[&str] = &["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"];
    let first = text.characters.scripts.first();
    let unspaced = first.is_some_and(|first| UNSPACED.contains(&first.script.as_str()));
    text.mean_words >= PROSE || (unspaced && text.characters.words >= 3.0 * PROSE)
}

/// Addresses of machines and secrets inside the different texts that were kept: the first kind in
/// order of declaration, and in how many texts it is.
fn in_sample(subject: &Subject<'_>) -> Option<(PersonalKind, u64)> {
    const LOOKED_FOR: [PersonalKind; 3] = [
        PersonalKind::IpAddress,
        PersonalKind::MacAddress,
        PersonalKind::Secret,
    ];
    let mut counts = [0_u64; LOOKED_FOR.len()];
    for entry in subject.sample.iter() {
        let Value::Text(text) = subject.sample.value(entry) else {
            continue;
        };
        // Each of them has three points, two colons, or a long run without a blank.
        let marks = text.bytes().filter(|byte| b".:-_".contains(byte)).count();
        if marks < 2 && !text.split(' ').any(|word| word.len() >= 20) {
            continue;
        }
        let mut held = [false; LOOKED_FOR.len()];
        scan(text, |span| {
            if let Some(place) = LOOKED_FOR.iter().position(|kind| *kind == span.kind) {
                held[place] = true;
            }
        });
        for (count, held) in counts.iter_mut().zip(held) {
            *count += u64::from(held);
        }
    }
    let found = counts.iter().position(|count| *count > 0)?;
    Some((*LOOKED_FOR.get(found)?, *counts.get(found)?))
}

/// What was met inside the texts, in however few rows.
fn in_texts(subject: &Subject<'_>) -> Option<Privacy> {
    let (tally, text) = (subject.tally, subject.profile.text.as_ref()?);
    let mut evidence = Vec::new();
    let mut first = None;
    for kind in TALLIED {
        let count = tally.count(kind);
        // Among codes, numbers that look like telephones are other codes.
        let formed = matches!(kind, PersonalKind::Email | PersonalKind::Iban);
        if count == 0 || (!formed && !is_prose(text)) {
            continue;
        }
        first = first.or(Some((kind, count)));
        evidence.push(PrivacyEvidence {
            source: PrivacySource::FreeText,
            what: format!("{} in {count} rows", kind.label()),
        });
    }
    let looked_at = subject.sample.len() as u64;
    if is_prose(text)
        && let Some((kind, count)) = in_sample(subject)
    {
        // Told of the different texts that were kept; the share of the rows is about the same.
        let rows = count * subject.values / looked_at.max(1);
        first = first.or(Some((kind, rows.max(1))));
        evidence.push(PrivacyEvidence {
            source: PrivacySource::FreeText,
            what: format!("{} in {count} of {looked_at} different texts", kind.label()),
        });
    }
    let (kind, count) = first?;
    Some(Privacy {
        evidence,
        share: (count as f64 / subject.values.max(1) as f64).min(1.0),
        verified: true,
        masked: true,
        ..finding(kind, 0.9, PrivacySource::FreeText, String::new())
    })
}
