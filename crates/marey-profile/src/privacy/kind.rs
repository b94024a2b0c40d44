//! [`PersonalKind`]: what kind of personal data a column or a piece of text holds, and how close it
//! comes to a person.

use serde::{Deserialize, Serialize};

/// How close data comes to a person; later levels ask for more care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrivacyLevel {
    /// Nothing personal was found.
    None,
    /// Names nobody alone, but may together with other columns (a quasi-identifier).
    Indirect,
    /// What people have a right to keep to themselves: health, belief, origin and the like
    /// (special categories of article 9 and 10 of the General Data Protection Regulation).
    Sensitive,
    /// Names a person, or leads to one.
    Direct,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $label:literal, $level:ident;)*) => {
        /// A kind of personal data.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum PersonalKind {
            $($(#[$doc])* $kind,)*
        }

        impl PersonalKind {
            /// Every kind, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The name in profiles (`national_id`).
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The name for people (`national id`), as [`redact`](super::redact) writes it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label),* }
            }

            /// How close it comes to a person.
            pub fn level(self) -> PrivacyLevel {
                match self { $(Self::$kind => PrivacyLevel::$level),* }
            }
        }
    };
}

kinds! {
    /// An e-mail address.
    Email = "email", "e-mail", Direct;
    /// A telephone number.
    Phone = "phone", "phone", Direct;
    /// The name of a person, or a part of it.
    PersonName = "person_name", "name", Direct;
    /// A name by which somebody is known to a system or on a site.
    UserName = "user_name", "user name", Direct;
    /// A house with its street.
    StreetAddress = "street_address", "address", Direct;
    /// A number that a state gives to a person.
    NationalId = "national_id", "national id", Direct;
    /// A taxpayer's number.
    TaxId = "tax_id", "tax id", Direct;
    /// A passport's number.
    Passport = "passport", "passport", Direct;
    /// A driving licence's number.
    DrivingLicence = "driving_licence", "driving licence", Direct;
    /// A number under which somebody is insured or treated.
    HealthNumber = "health_number", "health number", Direct;
    /// An international bank account number.
    Iban = "iban", "IBAN", Direct;
    /// Another number of a bank account.
    BankAccount = "bank_account", "bank account", Direct;
    /// A payment card's number.
    CardNumber = "card_number", "card number", Direct;
    /// An address of the Internet protocol.
    IpAddress = "ip_address", "IP address", Direct;
    /// An address of a network device.
    MacAddress = "mac_address", "MAC address", Direct;
    /// A number of a mobile device.
    Imei = "imei", "IMEI", Direct;
    /// A vehicle's plate.
    LicencePlate = "licence_plate", "licence plate", Direct;
    /// A vehicle's identification number.
    Vin = "vin", "VIN", Direct;
    /// A password, a key or a token.
    Secret = "secret", "secret", Direct;
    /// The day on which somebody was born.
    BirthDate = "birth_date", "birth date", Indirect;
    /// The age of a person.
    Age = "age", "age", Indirect;
    /// The sex or gender of a person.
    Gender = "gender", "gender", Indirect;
    /// Where somebody lives, by postal code or place.
    Residence = "residence", "residence", Indirect;
    /// Where somebody was, to the metre.
    Coordinates = "coordinates", "coordinates", Indirect;
    /// A nationality, or where somebody was born.
    Nationality = "nationality", "nationality", Indirect;
    /// Married or not, and with whom.
    MaritalStatus = "marital_status", "marital status", Indirect;
    /// What somebody does for a living, or has learnt.
    Occupation = "occupation", "occupation", Indirect;
    /// What somebody earns or owns.
    Income = "income", "income", Indirect;
    /// Illness, disability, treatment, blood group.
    Health = "health", "health", Sensitive;
    /// Religion or belief.
    Religion = "religion", "religion", Sensitive;
    /// Political opinion or party.
    Politics = "politics", "politics", Sensitive;
    /// Sexual orientation or life.
    SexualOrientation = "sexual_orientation", "sexual orientation", Sensitive;
    /// Ethnic origin.
    Ethnicity = "ethnicity", "ethnicity", Sensitive;
    /// Membership in a trade union.
    UnionMembership = "union_membership", "union membership", Sensitive;
    /// Fingerprints, faces, voices, genes.
    Biometrics = "biometrics", "biometrics", Sensitive;
    /// Offences, arrests, sentences.
    CriminalRecord = "criminal_record", "criminal record", Sensitive;
}

impl PersonalKind {
    /// Whether `pii` of a column's profile names it: everything direct, and days of birth.
    pub fn is_named(self) -> bool {
        self.level() == PrivacyLevel::Direct || self == Self::BirthDate
    }

    /// Whether who shows values of it should hide them.
    ///
    /// Names of persons are not, by themselves: those of authors, directors and senators cannot be
    /// told from those of customers. They are where the table leads to private persons by another
    /// column (see [`Privacy::masked`](super::Privacy::masked)).
    pub fn is_masked(self) -> bool {
        self.level() == PrivacyLevel::Direct && self != Self::PersonName
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_profiles_are_those_of_serde() {
        for kind in PersonalKind::ALL {
            let written = serde_json::to_string(kind).unwrap();
            assert_eq!(written, format!("\"{}\"", kind.as_str()));
        }
    }

    #[test]
    fn levels_rise_with_care() {
        assert!(PrivacyLevel::None < PrivacyLevel::Indirect);
        assert!(PrivacyLevel::Sensitive < PrivacyLevel::Direct);
        assert!(PersonalKind::Email.is_masked() && !PersonalKind::PersonName.is_masked());
        assert!(PersonalKind::BirthDate.is_named() && !PersonalKind::Gender.is_named());
    }
}
