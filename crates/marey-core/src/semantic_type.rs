//! What the values of a column stand for in the world.

use crate::spec::closed_set;

closed_set! {
    /// What the values of a column stand for in the world.
    pub enum SemanticType {
        /// Names a row or an entity and measures nothing.
        Identifier = "identifier",
        /// A universally unique identifier (RFC 9562).
        Uuid = "uuid",
        /// A digest or other long run of base 16.
        Hash = "hash",
        /// An international standard book number, with its check digit.
        Isbn = "isbn",
        /// An article number (EAN, UPC, GTIN), with its check digit.
        ProductCode = "product_code",
        /// An international bank account number (ISO 13616), with its check digits.
        Iban = "iban",
        /// A payment card number, with Luhn's check digit.
        CardNumber = "card_number",
        /// A number that a state gives to a person.
        NationalId = "national_id",
        /// A calendar year as a number.
        Year = "year",
        /// A year of account (`FY2024`, `2023/24`).
        FiscalYear = "fiscal_year",
        /// Two years with what lies between (`2015-2019`).
        YearRange = "year_range",
        /// A quarter of a year, with or without the year.
        Quarter = "quarter",
        /// A month by name or number, without its year.
        Month = "month",
        /// A week of a year, with or without the year.
        Week = "week",
        /// A day of the week by name.
        Weekday = "weekday",
        /// A day of a month as a number, 1 to 31.
        DayOfMonth = "day_of_month",
        /// A day or an instant.
        Date = "date",
        /// A time on the clock.
        TimeOfDay = "time_of_day",
        /// A length of time.
        Duration = "duration",
        /// A two-valued answer.
        Boolean = "boolean",
        /// One of a modest number of labels.
        Category = "category",
        /// A place on an ordered scale (low < medium < high).
        OrderedCategory = "ordered_category",
        /// A band of ages (`18-24`, `65 and over`).
        AgeRange = "age_range",
        /// A judgement on a scale (stars, agreement, satisfaction).
        Rating = "rating",
        /// A gender by word or letter.
        Gender = "gender",
        /// A language by name or ISO 639 code.
        Language = "language",
        /// A colour by name or as a hexadecimal triple.
        Color = "color",
        /// A unit by name or sign (`kg`, `miles`).
        UnitOfMeasure = "unit_of_measure",
        /// A currency by ISO 4217 code or name.
        CurrencyCode = "currency_code",
        /// Prose.
        FreeText = "free_text",
        /// Degrees north, -90 to 90.
        Latitude = "latitude",
        /// Degrees east, -180 to 180.
        Longitude = "longitude",
        /// Latitude and longitude, or longitude and latitude, in one text.
        CoordinatePair = "coordinate_pair",
        /// Metres or feet east on a plane grid.
        Easting = "easting",
        /// Metres or feet north on a plane grid.
        Northing = "northing",
        /// A shape as well-known text or GeoJSON.
        Geometry = "geometry",
        /// A country by name or ISO 3166-1 code.
        Country = "country",
        /// A state, province or region by name or code.
        Region = "region",
        /// A county or the like, between a region and a city.
        County = "county",
        /// A city, town, municipality or suburb.
        City = "city",
        /// A postal code.
        PostalCode = "postal_code",
        /// A house with its street.
        StreetAddress = "street_address",
        /// What kind of street (`St`, `Avenue`).
        StreetType = "street_type",
        /// An airport by IATA or ICAO code.
        AirportCode = "airport_code",
        /// Given names of people.
        FirstName = "first_name",
        /// Family names of people.
        LastName = "last_name",
        /// Given and family names of people.
        FullName = "full_name",
        /// What people do for a living.
        JobTitle = "job_title",
        /// A firm or other organisation.
        Company = "company",
        /// Years that a person or thing has lived.
        Age = "age",
        /// A share of a whole, written 0 to 100 or 0 to 1.
        Percentage = "percentage",
        /// A ratio or rate whose sum means nothing.
        Rate = "rate",
        /// A place in an order, from 1.
        Rank = "rank",
        /// An amount of money.
        Currency = "currency",
        /// A count of things.
        Count = "count",
        /// A measured number.
        Measure = "measure",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A web address.
        Url = "url",
        /// An address of the Internet protocol, version 4 or 6.
        IpAddress = "ip_address",
        /// A hardware address of 48 or 64 bits.
        MacAddress = "mac_address",
    }
}

closed_set! {
    /// What a semantic type is about, for those who need no finer answer.
    pub enum SemanticFamily {
        /// Names single things: numbers and codes that identify.
        Identity = "identity",
        /// Points, parts and lengths of time.
        Time = "time",
        /// Where something is.
        Place = "place",
        /// People and organisations, and what they are.
        Person = "person",
        /// Labels that group rows.
        Category = "category",
        /// Numbers that measure or count.
        Quantity = "quantity",
        /// Where somebody or something can be reached.
        Contact = "contact",
        /// Prose.
        Text = "text",
    }
}

impl SemanticType {
    /// What the type is about.
    ///
    /// ```
    /// use marey_core::{SemanticFamily, SemanticType};
    /// assert_eq!(SemanticType::Country.family(), SemanticFamily::Place);
    /// ```
    pub fn family(self) -> SemanticFamily {
        use SemanticType as S;
        match self {
            S::Identifier
            | S::Uuid
            | S::Hash
            | S::Isbn
            | S::ProductCode
            | S::Iban
            | S::CardNumber
            | S::NationalId => SemanticFamily::Identity,
            S::Year
            | S::FiscalYear
            | S::YearRange
            | S::Quarter
            | S::Month
            | S::Week
            | S::Weekday
            | S::DayOfMonth
            | S::Date
            | S::TimeOfDay
            | S::Duration => SemanticFamily::Time,
            S::Latitude
            | S::Longitude
            | S::CoordinatePair
            | S::Easting
            | S::Northing
            | S::Geometry
            | S::Country
            | S::Region
            | S::County
            | S::City
            | S::PostalCode
            | S::StreetAddress
            | S::StreetType
            | S::AirportCode => SemanticFamily::Place,
            S::FirstName
            | S::LastName
            | S::FullName
            | S::Gender
            | S::JobTitle
            | S::AgeRange
            | S::Age
            | S::Company => SemanticFamily::Person,
            S::Boolean
            | S::Category
            | S::OrderedCategory
            | S::Rating
            | S::Language
            | S::Color
            | S::UnitOfMeasure
            | S::CurrencyCode => SemanticFamily::Category,
            S::Percentage | S::Rate | S::Rank | S::Currency | S::Count | S::Measure => {
                SemanticFamily::Quantity
            }
            S::Email | S::Phone | S::Url | S::IpAddress | S::MacAddress => SemanticFamily::Contact,
            S::FreeText => SemanticFamily::Text,
        }
    }
}
