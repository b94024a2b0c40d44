//! What words mean beyond their spelling: groups of synonyms, and cues of what values stand for.
//! Written by hand; English.

use std::{collections::HashMap, sync::OnceLock};

use marey_core::{PhysicalType, SemanticFamily, SemanticType};
use marey_profile::ColumnProfile;

use crate::word::{WordForms, stem};

/// Words of like meaning, and what columns with such values stand for. Abbreviations count as words.
const GROUPS: &[(Cue, &str)] = &[
    (Cue::Time, "date day time when timestamp datetime dt dob birthday"),
    (Cue::Year, "year yr annual yearly annually"),
    (Cue::Month, "month monthly mo"),
    (Cue::Weekday, "weekday dow"),
    (
        Cue::Place,
        "where place location loc site venue address addr area",
    ),
    (Cue::Country, "country nation national nationality homeland"),
    (Cue::Region, "state province region district county territory"),
    (Cue::City, "city town municipality hometown"),
    (
        Cue::Person,
        "who person people name surname fname lname firstname lastname",
    ),
    (
        Cue::Money,
        "price cost fee charge fare rate expense expensive cheap amount amt payment pay paid spend spending money",
    ),
    (Cue::Money, "salary wage earnings earn income compensation"),
    (Cue::Money, "revenue sales sale turnover gross proceeds sell sold"),
    (Cue::Money, "budget fund funding"),
    (Cue::Percent, "percent percentage pct share proportion ratio"),
    (Cue::Age, "age old older oldest young younger youngest"),
    (Cue::Gender, "gender sex male female men women"),
    (Cue::Rating, "rating score grade stars review rated"),
    (Cue::Count, "quantity qty count number num cnt amount many units"),
    (Cue::Latitude, "latitude lat"),
    (Cue::Longitude, "longitude lon lng long"),
    (Cue::Email, "email mail"),
    (Cue::Phone, "phone telephone tel mobile"),
    (
        Cue::Company,
        "company firm organisation organization business employer manufacturer maker brand vendor supplier",
    ),
    (Cue::Job, "job occupation profession position role title"),
    (Cue::Identifier, "id identifier key"),
    (Cue::Words, "employee emp staff worker personnel"),
    (Cue::Words, "department dept division unit"),
    (Cue::Words, "customer client cust buyer shopper"),
    (Cue::Words, "product prod item goods article merchandise"),
    (Cue::Words, "category cat type kind class genre group"),
    (Cue::Words, "description desc detail text comment note"),
    (Cue::Words, "population pop inhabitants residents people"),
    (Cue::Words, "temperature temp heat"),
    (Cue::Words, "weight mass heavy heaviest kg"),
    (Cue::Words, "height tall tallest elevation altitude high"),
    (Cue::Words, "length long longest distance far"),
    (Cue::Words, "duration runtime minutes long"),
    (Cue::Words, "size area big large large"),
    (Cue::Words, "speed velocity fast fastest mph"),
    (Cue::Words, "student pupil learner"),
    (Cue::Words, "teacher instructor professor lecturer faculty"),
    (Cue::Words, "movie film picture"),
    (Cue::Words, "car vehicle automobile auto"),
    (Cue::Words, "horsepower hp power"),
    (Cue::Words, "mileage mpg miles gallon"),
    (Cue::Words, "account acct acc"),
    (Cue::Words, "average avg mean"),
    (Cue::Words, "minimum min lowest"),
    (Cue::Words, "maximum max highest peak"),
    (Cue::Words, "total sum overall"),
    (Cue::Words, "profit gain margin"),
    (Cue::Words, "order purchase transaction"),
    (Cue::Words, "death died dead fatality killed casualty"),
    (Cue::Words, "birth born"),
    (Cue::Words, "start begin began opening founded"),
    (Cue::Words, "end finish close closing"),
    (Cue::Words, "rain rainfall precipitation"),
    (Cue::Words, "team club squad"),
    (Cue::Words, "win won victory"),
    (Cue::Words, "loss lose lost defeat"),
];

/// What values of a column stand for, as far as words can ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Time,
    Year,
    Month,
    Weekday,
    Place,
    Country,
    Region,
    City,
    Person,
    Money,
    Percent,
    Age,
    Gender,
    Rating,
    Count,
    Latitude,
    Longitude,
    Email,
    Phone,
    Company,
    Job,
    Identifier,
    /// No more than the words.
    Words,
}

impl Cue {
    /// Whether the values of a column are such.
    fn fits(self, column: &ColumnProfile) -> bool {
        use SemanticType as S;
        let meaning = column.semantic_type;
        let is = |types: &[SemanticType]| meaning.is_some_and(|meaning| types.contains(&meaning));
        let is_of = |family: SemanticFamily| meaning.is_some_and(|meaning| meaning.family() == family);
        let is_time = matches!(
            column.physical_type,
            PhysicalType::Date | PhysicalType::Time | PhysicalType::Timestamp
        );
        match self {
            Cue::Time => is_time || is(&[S::Date, S::TimeOfDay]),
            Cue::Year => is(&[S::Year, S::FiscalYear]) || column.physical_type == PhysicalType::Date,
            Cue::Month => is(&[S::Month]) || column.physical_type == PhysicalType::Date,
            Cue::Weekday => is(&[S::Weekday]) || column.physical_type == PhysicalType::Date,
            Cue::Place => is_of(SemanticFamily::Place),
            Cue::Country => is(&[S::Country]),
            Cue::Region => is(&[S::Region, S::County]),
            Cue::City => is(&[S::City]),
            Cue::Person => is(&[S::FullName, S::FirstName, S::LastName]),
            Cue::Money => is(&[S::Currency]),
            Cue::Percent => is(&[S::Percentage, S::Rate]),
            Cue::Age => is(&[S::Age, S::AgeRange]),
            Cue::Gender => is(&[S::Gender]),
            Cue::Rating => is(&[S::Rating]),
            Cue::Count => is(&[S::Count]),
            Cue::Latitude => is(&[S::Latitude]),
            Cue::Longitude => is(&[S::Longitude]),
            Cue::Email => is(&[S::Email]),
            Cue::Phone => is(&[S::Phone]),
            Cue::Company => is(&[S::Company]),
            Cue::Job => is(&[S::JobTitle]),
            Cue::Identifier => is(&[S::Identifier]),
            Cue::Words => false,
        }
    }
}

/// Groups of meaning, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meanings(u64);

const _: () = assert!(GROUPS.len() <= 64);

impl Meanings {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether both have a meaning in common.
    pub(super) fn meet(self, other: &Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The meanings of a word.
pub(super) fn word_meanings(word: &WordForms) -> Meanings {
    static BY_STEM: OnceLock<HashMap<String, u64>> = OnceLock::new();
    let by_stem = BY_STEM.get_or_init(|| {
        let mut by_stem = HashMap::new();
        for (bit, (_, words)) in GROUPS.iter().enumerate() {
            for word in words.split_whitespace() {
                *by_stem.entry(stem(word)).or_default() |= 1 << bit;
            }
        }
        by_stem
    });
    Meanings(by_stem.get(&word.stem).copied().unwrap_or_default())
}

/// The meanings of a column, by the words of its name and by what its values stand for.
pub(super) fn column_meanings(column: &ColumnProfile, name: &[WordForms]) -> Meanings {
    let by_name = name.iter().fold(0, |all, word| all | word_meanings(word).0);
    let by_values = GROUPS
        .iter()
        .enumerate()
        .filter(|(_, (cue, _))| cue.fits(column))
        .fold(0, |all, (bit, _)| all | 1 << bit);
    Meanings(by_name | by_values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_meanings_meet() {
        let check = |a: &str, b: &str, expected: bool| {
            let meanings = |word: &str| word_meanings(&WordForms::of(word));
            assert_eq!(meanings(a).meet(&meanings(b)), expected, "{a} {b}");
        };
        check("wages", "salary", true);
        check("clients", "Customer", true);
        check("dept", "departments", true);
        check("wages", "city", false);
        check("banana", "banana", false);
    }
}
