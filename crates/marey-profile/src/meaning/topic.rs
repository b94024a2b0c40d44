//! Words in names of columns that announce a meaning, in English, Spanish, Portuguese, French,
//! German, Italian and Dutch.
//!
//! A name is folded first, so accents and case do not count. A phrase behind `=` must be the whole
//! name but for digits. `pa s`, `a o` and `g nero` are what is left of `país`, `año` and `género`
//! where a portal drops what is not ASCII.

use marey_core::SemanticType::{self, *};

use super::header::Header;

const TOPICS: &[(SemanticType, &str)] = &[
    (Email, "email|e mail|mail|correo|courriel|correio"),
    (
        Url,
        "url|uri|website|web site|web|link|homepage|sitio web|enlace|hyperlink|href|page",
    ),
    (
        Phone,
        "phone|telephone|tel|fax|mobile|cell|cellphone|telefono|tel fono|telefon|telefone|telephone number|celular|movil|handy|telefoon|rufnummer",
    ),
    (
        IpAddress,
        "ip|ip address|ipaddress|ipv4|ipv6|client ip|remote addr",
    ),
    (MacAddress, "mac|mac address|bssid"),
    (Uuid, "uuid|guid"),
    (Hash, "hash|md5|sha1|sha256|checksum|digest"),
    (Iban, "iban"),
    (
        CardNumber,
        "card number|credit card|cardnumber|kreditkarte|tarjeta",
    ),
    (
        NationalId,
        "ssn|social security|national id|dni|curp|cpf|bsn|pesel|nino",
    ),
    (Isbn, "isbn"),
    (ProductCode, "ean|upc|gtin|barcode|ean13|jan code"),
    (
        Latitude,
        "lat|latitude|latitud|ycoord|breitengrad|latitudine|y coord",
    ),
    (
        Longitude,
        "lon|lng|long|longitude|longitud|xcoord|langengrad|longitudine|x coord",
    ),
    (
        CoordinatePair,
        "location|coordinates|coordinate|geo|geom|geopoint|geolocation|ubicacion|ubicaci n|localizacion|georeference|georeferencia|latlng|lat long|geocoded column|point",
    ),
    (
        Geometry,
        "geometry|geom|the geom|shape|wkt|polygon|geojson|boundary",
    ),
    (
        Easting,
        "easting|eastings|x coordinate|coordenada x|utm x|rechtswert",
    ),
    (
        Northing,
        "northing|northings|y coordinate|coordenada y|utm y|hochwert",
    ),
    (
        Country,
        "country|countries|nation|nationality|pais|pa s|land|pays|paese|citizenship|nacionalidad|guarantor|borrower|origin country|iso|iso2|iso3|country code|landescode",
    ),
    (
        Region,
        "state|states|province|st|region|estado|provincia|departamento|dpto|depto|bundesland|kanton|canton|regione|prefecture|prov|state code|uf|departement|autonomous community|comunidad autonoma|territory|landkreis",
    ),
    (
        County,
        "county|counties|parish|borough|boro|county name|condado|shire|landkreis|comarca|kreis|oblast",
    ),
    (
        City,
        "city|cities|town|municipality|suburb|ciudad|municipio|mpio|ville|commune|stadt|gemeinde|=ort|wohnort|comune|cidade|village|locality|place name|municipality name|plaats|gemeente|birthplace|hometown",
    ),
    (
        PostalCode,
        "zip|zipcode|zip code|postal|postal code|postcode|postalcode|post code|plz|postleitzahl|codigo postal|cod postal|code postal|cep|cap|postnummer",
    ),
    (
        StreetAddress,
        "address|addr|street address|direccion|direcci n|adresse|indirizzo|endereco|anschrift|street|domicilio|location address|adres",
    ),
    (
        StreetType,
        "street type|suffix|st type|street suffix|road type|tipo de via",
    ),
    (
        AirportCode,
        "airport|iata|icao|origin|dest|destination|departure|arrival|airport code|aeropuerto|flughafen|orig|from|to",
    ),
    (
        FirstName,
        "first name|firstname|fname|given name|givenname|forename|vorname|prenom|primer nombre|=nombre|=nombres|nome proprio|voornaam|christian name|middle name|babyname|child s first name",
    ),
    (
        LastName,
        "last name|lastname|lname|surname|family name|familyname|maiden name|nachname|familienname|nom de famille|apellido|apellidos|cognome|sobrenome|apelido|achternaam",
    ),
    (
        FullName,
        "full name|fullname|name|employee name|contact name|owner name|person|author|officer|contact|manager|student|teacher|candidate|player|director|artist|nombre completo|nombre y apellidos|nom complet|inspector|sponsor|principal|supervisor|registrant",
    ),
    (
        Company,
        "company|business name|firm|vendor|vendor name|supplier|employer|organization|organisation|corporation|empresa|razon social|firma|unternehmen|societe|entreprise|azienda|contractor|merchant|manufacturer|brand|legal name|dba name|doing business as|bedrijf|payee|grantee|provider name",
    ),
    (
        JobTitle,
        "job title|title|position|occupation|job|position title|jobtitle|profession|puesto|cargo|beruf|ocupacion|profesion|metier|poste|professione|class title|job classification|role|working title|titulo|funktion|beroep",
    ),
    (
        Gender,
        "gender|sex|gndr|sexo|genero|g nero|geschlecht|sexe|genre|sesso|genere|geslacht|sex at birth",
    ),
    (
        Language,
        "language|languages|lang|idioma|lengua|langue|sprache|lingua|taal|home language|locale|tongue",
    ),
    (Color, "color|colour|farbe|couleur|colore|cor|kleur|hex"),
    (
        CurrencyCode,
        "currency|currency code|curr|moneda|divisa|wahrung|devise|valuta|moeda|ccy|currency of commitment",
    ),
    (
        UnitOfMeasure,
        "unit|units|uom|unit of measure|unidad|unidad de medida|einheit|unite|unita|eenheid|measure unit",
    ),
    (
        Quarter,
        "quarter|qtr|quarters|trimestre|quartal|kwartaal|fiscal quarter|q",
    ),
    (
        Month,
        "month|months|mes|mois|monat|mese|maand|mnth|month name|monthname|m s",
    ),
    (
        Weekday,
        "weekday|day of week|dayofweek|dow|day|dia|d a|dia de la semana|jour|tag|wochentag|giorno|dag|day name|dayname",
    ),
    (DayOfMonth, "day|day of month|dia|d a|jour|tag|giorno|dag|dd"),
    (
        Week,
        "week|semana|semaine|woche|settimana|week number|isoweek|epi week|mmwr week|kw|week of year",
    ),
    (
        Year,
        "year|yr|yyyy|fy|ano|a o|annee|jahr|anno|vintage|vigencia|jaar|school year|model year|year built|modelo",
    ),
    (
        FiscalYear,
        "fiscal year|fiscal|fy|financial year|budget year|school year|academic year|ejercicio|exercice|geschaftsjahr|season|grant year",
    ),
    (
        YearRange,
        "year|years|period|ano|a o|range|school year|periodo|time period",
    ),
    (
        Duration,
        "duration|elapsed|runtime|length of stay|travel time|time taken|duracion|dauer|duree|durata|duur|trip seconds|response time|wait time|downtime",
    ),
    (Age, "age|edad|alter|idade|eta|leeftijd|age years|age at death"),
    (
        AgeRange,
        "age|age group|age range|edad|altersgruppe|age band|age category|rango de edad|tranche d age|ages|grupo de edad|grupo etario",
    ),
    (
        Rating,
        "rating|ratings|stars|satisfaction|likert|review score|calificacion|bewertung|note|nps|score|agree|quality",
    ),
    (
        Rank,
        "rank|ranking|rang|ranked|puesto|classement|posicion|placing|seed",
    ),
];

/// The meanings that a name announces.
pub(super) struct Topics(Vec<(SemanticType, &'static str)>);

impl Topics {
    pub(super) fn of(header: &Header) -> Self {
        let found = TOPICS.iter().filter_map(|(semantic, phrases)| {
            let phrase = phrases.split('|').find(|phrase| match phrase.strip_prefix('=') {
                Some(whole) => header.is(whole),
                None => header.mentions(phrase),
            })?;
            Some((*semantic, phrase.trim_start_matches('=')))
        });
        Self(found.collect())
    }

    /// The phrase that announces a meaning.
    pub(super) fn phrase(&self, semantic: SemanticType) -> Option<&'static str> {
        self.0
            .iter()
            .find(|(topic, _)| *topic == semantic)
            .map(|(_, phrase)| *phrase)
    }

    pub(super) fn has(&self, semantic: SemanticType) -> bool {
        self.phrase(semantic).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_announce_meanings_in_several_languages() {
        let check = |name: &str, semantic: SemanticType, expected: bool| {
            assert_eq!(
                Topics::of(&Header::of(name)).has(semantic),
                expected,
                "{name} {semantic}"
            );
        };
        check("Código Postal", PostalCode, true);
        check("PLZ", PostalCode, true);
        check("pa_s", Country, true);
        check("Größe", Country, false);
        check("nombredepartamento", Region, true);
        check("Geschlecht", Gender, true);
        check("Wohnort", City, true);
        check("Ort der Messung", City, false);
        check("Altersgruppe", AgeRange, true);
        check("capacity", City, false);
        check("Prénom", FirstName, true);
    }

    #[test]
    fn phrases_are_folded() {
        for (semantic, phrases) in TOPICS {
            for phrase in phrases.split('|').map(|phrase| phrase.trim_start_matches('=')) {
                assert_eq!(marey_core::fold_name(phrase), phrase, "{semantic}");
            }
        }
    }
}
