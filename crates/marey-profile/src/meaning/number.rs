//! The meaning of numeric columns.

use marey_core::{PhysicalType, SemanticType};
use marey_table::Unit;

use super::{Evidence, Meaning, header::Header, reference, topic::Topics};
use crate::{EvidenceSource, Monotonicity, NumericSummary, value::Value};

/// Most different numbers that are looked up in lists.
const LOOKED_UP: usize = 512;

/// Decides the meaning of a numeric column: by unit, by name and range together, and at last by
/// range alone.
pub(super) fn meaning(evidence: &Evidence<'_>) -> Meaning {
    let Some(numeric) = evidence.numeric else {
        return Meaning::default();
    };
    let written =
        |semantic, what: &str| Meaning::of(semantic, 1.0).because(EvidenceSource::Written, what, Some(1.0));
    match &evidence.note.unit {
        Some(Unit::Percent) => return written(SemanticType::Percentage, "%"),
        Some(Unit::Currency(sign)) => return written(SemanticType::Currency, sign),
        _ => {}
    }
    let header = Header::of(evidence.name);
    let column = Column {
        numeric,
        evidence,
        topics: Topics::of(&header),
        header,
    };
    let whole = numeric.integers && numeric.non_finite == 0;
    column
        .place()
        .or_else(|| whole.then(|| column.calendar()).flatten())
        .or_else(|| whole.then(|| column.code()).flatten())
        .or_else(|| column.amount())
        .unwrap_or_else(|| column.plain(whole))
}

/// A numeric column with its name.
struct Column<'a> {
    numeric: &'a NumericSummary,
    evidence: &'a Evidence<'a>,
    header: Header,
    topics: Topics,
}

/// Words at the end of names of columns that number rows or things.
const IDS: [&str; 15] = [
    "id",
    "ids",
    "identifier",
    "key",
    "objectid",
    "fid",
    "oid",
    "uid",
    "gid",
    "pk",
    "isbn",
    "issn",
    "npi",
    "rownum",
    "guid",
];

/// Words at the end of names of columns whose numbers name places, parts or papers.
const CODES: [&str; 38] = [
    "apn",
    "authority",
    "bbl",
    "beat",
    "bin",
    "block",
    "board",
    "boro",
    "borough",
    "category",
    "cd",
    "class",
    "cluster",
    "codes",
    "council",
    "cuenta",
    "district",
    "documento",
    "ein",
    "folio",
    "group",
    "license",
    "licence",
    "lot",
    "nit",
    "parcel",
    "permit",
    "pin",
    "plate",
    "precinct",
    "route",
    "section",
    "serial",
    "sku",
    "tract",
    "type",
    "ward",
    "zone",
];

const MONEY: [&str; 38] = [
    "price", "cost", "costs", "amount", "amt", "salary", "wage", "wages", "revenue", "income", "budget",
    "sales", "fee", "fees", "payment", "payments", "usd", "eur", "gbp", "dollars", "spend", "spending",
    "profit", "expense", "expenses", "earnings", "gross", "paid", "debt", "balance", "fare", "tax", "taxes",
    "precio", "preis", "prix", "prezzo", "salario",
];

const COUNTS: [&str; 22] = [
    "count",
    "counts",
    "total",
    "population",
    "quantity",
    "qty",
    "votes",
    "visits",
    "cases",
    "deaths",
    "births",
    "enrollment",
    "cantidad",
    "poblacion",
    "anzahl",
    "nombre",
    "casos",
    "muertes",
    "menge",
    "quantite",
    "aantal",
    "quantidade",
];

impl Column<'_> {
    fn within(&self, low: f64, high: f64) -> bool {
        self.numeric.min >= low && self.numeric.max <= high
    }

    /// Whether nearly all values are, so that a few odd ones (0 for unknown) do not matter.
    fn mostly_within(&self, low: f64, high: f64) -> bool {
        self.numeric.quantiles.p05 >= low && self.numeric.quantiles.p95 <= high
    }

    /// The meaning, if the name announces it.
    fn named(&self, semantic: SemanticType, confidence: f64) -> Option<Meaning> {
        let phrase = self.topics.phrase(semantic)?;
        Some(Meaning::of(semantic, confidence).because(EvidenceSource::Header, phrase, None))
    }

    /// The meaning, if the name announces it and the range of the numbers fits.
    fn in_range(&self, semantic: SemanticType, confidence: f64, low: f64, high: f64) -> Option<Meaning> {
        let named = self.named(semantic, confidence)?;
        let range = format!("{low}..{high}");
        self.mostly_within(low, high)
            .then(|| named.because(EvidenceSource::Range, &range, None))
    }

    fn place(&self) -> Option<Meaning> {
        let plane = |semantic: SemanticType| {
            let named = self.named(semantic, 0.85)?;
            let far = self.numeric.quantiles.median.abs() >= 1000.0;
            far.then(|| named.because(EvidenceSource::Range, "beyond 1000", None))
        };
        let whole_degrees = self.numeric.integers && self.evidence.distinct.value > 20;
        let degrees = |semantic, most: f64| {
            (!whole_degrees)
                .then(|| self.in_range(semantic, 0.98, -most, most))
                .flatten()
        };
        degrees(SemanticType::Latitude, 90.0)
            .or_else(|| degrees(SemanticType::Longitude, 180.0))
            .or_else(|| plane(SemanticType::Easting))
            .or_else(|| plane(SemanticType::Northing))
    }

    fn calendar(&self) -> Option<Meaning> {
        self.year()
            .or_else(|| self.part_of_year())
            .or_else(|| self.unnamed_year())
            .or_else(|| self.unnamed_part())
    }

    /// Whole numbers that are all of 1 to 12, or of 1 to 31, and repeat.
    fn unnamed_part(&self) -> Option<Meaning> {
        let distinct = self.evidence.distinct.value;
        let whole_range =
            |most: u64| distinct == most && self.within(1.0, most as f64) && self.evidence.values >= 4 * most;
        let told = |semantic, what: &str| {
            Some(Meaning::of(semantic, 0.55).because(EvidenceSource::Range, what, None))
        };
        let sized = self.header.has(&[
            "count", "total", "number", "amount", "price", "id", "score", "grade", "hour", "age",
        ]);
        match (whole_range(12), whole_range(31)) {
            (true, _) if !sized => told(SemanticType::Month, "1..12"),
            (_, true) if !sized => told(SemanticType::DayOfMonth, "1..31"),
            _ => None,
        }
    }

    fn year(&self) -> Option<Meaning> {
        if !self.within(0.0, 9999.0) {
            return None;
        }
        let dated = self.header.has(&["date", "fecha", "datum"]) && self.mostly_within(1800.0, 2100.0);
        self.in_range(SemanticType::Year, 0.98, 1000.0, 2300.0)
            .or_else(|| {
                dated.then(|| {
                    Meaning::of(SemanticType::Year, 0.9).because(EvidenceSource::Range, "1800..2100", None)
                })
            })
    }

    /// Months, quarters, weeks and days by number.
    fn part_of_year(&self) -> Option<Meaning> {
        let part = |semantic, most: f64| {
            self.within(0.0, most)
                .then(|| self.in_range(semantic, 0.95, 1.0, most))
                .flatten()
        };
        // `months` counts them, `month` names one.
        let counted = self.header.has(&[
            "months", "quarters", "weeks", "days", "semanas", "meses", "total", "avg", "average", "per",
            "hours",
        ]) || self.header.says(&["number", "of"]);
        if counted {
            return None;
        }
        part(SemanticType::Quarter, 4.0)
            .or_else(|| part(SemanticType::Month, 12.0))
            .or_else(|| part(SemanticType::DayOfMonth, 31.0).filter(|_| !self.header.has(&["week"])))
            .or_else(|| part(SemanticType::Week, 53.0))
    }

    /// Whole numbers of this size that fill their range are years, whatever they are called.
    fn unnamed_year(&self) -> Option<Meaning> {
        let quantiles = &self.numeric.quantiles;
        let distinct = self.evidence.distinct.value;
        let sized = self
            .header
            .has(&["count", "total", "number", "amount", "price", "id"]);
        let years = self.mostly_within(1850.0, 2100.0) && self.within(0.0, 9999.0);
        let filled = distinct as f64 >= 0.6 * (quantiles.p95 - quantiles.p05 + 1.0);
        // Few different years say little, unless they are of our time.
        let recent = match distinct {
            1 => self.within(2000.0, 2030.0) && self.evidence.values >= 5,
            _ => self.within(1990.0, 2035.0),
        };
        let confidence = if distinct >= 3 { 0.75 } else { 0.6 };
        (years && filled && !sized && (distinct >= 3 || recent)).then(|| {
            Meaning::of(SemanticType::Year, confidence).because(EvidenceSource::Range, "1850..2100", None)
        })
    }

    /// Numbers that name rather than count.
    fn code(&self) -> Option<Meaning> {
        let (numeric, header) = (self.numeric, &self.header);
        let distinct = self.evidence.distinct.value;
        if let Some(postal) = self.postal_code() {
            return Some(postal);
        }
        if let Some(phone) = self.named(SemanticType::Phone, 0.9)
            && self.within(1e6, 1e15)
        {
            return Some(phone);
        }
        for semantic in [SemanticType::Isbn, SemanticType::ProductCode] {
            if let Some(named) = self.named(semantic, 0.9)
                && self.within(1e7, 1e14)
            {
                return Some(named);
            }
        }
        if header.ends_in(&IDS) || header.has(&["objectid"]) {
            return Some(Meaning::of(SemanticType::Identifier, 0.95).because(
                EvidenceSource::Header,
                "id",
                None,
            ));
        }
        if self.evidence.physical == PhysicalType::Int && self.within(0.0, 1.0) && distinct == 2 {
            let meaning = Meaning::of(SemanticType::Boolean, 0.8);
            return Some(meaning.because(EvidenceSource::Range, "0, 1", Some(1.0)));
        }
        let counted = header.has(&["count", "counts", "total", "number", "population", "num"]);
        let named_code = header.ends_in(&CODES) || header.has(&["code", "codigo", "cod", "fips", "geoid"]);
        if named_code && !counted && numeric.negatives == 0 {
            return Some(self.code_or_name());
        }
        let numbered = header.ends_in(&["no", "number", "nbr", "num", "nr", "index", "#"])
            && !header.says(&["number", "of"]);
        if numbered && self.is_nearly_unique() && numeric.negatives == 0 {
            return Some(Meaning::of(SemanticType::Identifier, 0.85).because(
                EvidenceSource::Header,
                "number",
                None,
            ));
        }
        self.counts_rows().then(|| {
            Meaning::of(SemanticType::Identifier, 0.85).because(EvidenceSource::Counts, "counts_rows", None)
        })
    }

    fn is_nearly_unique(&self) -> bool {
        self.evidence.distinct.value as f64 >= 0.9 * self.evidence.values as f64
    }

    fn code_or_name(&self) -> Meaning {
        let semantic = if self.is_nearly_unique() {
            SemanticType::Identifier
        } else {
            SemanticType::Category
        };
        Meaning::of(semantic, 0.8).because(EvidenceSource::Header, "code", None)
    }

    /// A row counter: 1, 2, 3, ... or 0, 1, 2, ...
    fn counts_rows(&self) -> bool {
        self.evidence.unique
            && self.evidence.monotonicity == Monotonicity::StrictlyIncreasing
            && self.numeric.max - self.numeric.min + 1.0 == self.evidence.values as f64
            && (0.0..=1.0).contains(&self.numeric.min)
            && self.evidence.values >= 10
    }

    /// ZIP codes of the United States by their list; other postal codes by name and size.
    fn postal_code(&self) -> Option<Meaning> {
        let share = self.zip_share();
        let known = |meaning: Meaning| match share {
            Some(share) => meaning.because(EvidenceSource::List, "us_zcta", Some(share)),
            None => meaning,
        };
        let zip_named = self.header.has(&["zip", "zipcode"]);
        if let Some(named) = self.named(SemanticType::PostalCode, 0.95)
            && self.within(0.0, 999_999_999.0)
            // Numbers of areas are called after ZIP codes too; of those few are any.
            && !(zip_named && self.evidence.distinct.value >= 8 && share.is_some_and(|share| share < 0.5))
        {
            return Some(known(named));
        }
        // Every third number of five digits is a ZIP code.
        let distinct = self.evidence.distinct.value;
        let share_found = share?;
        let sure = (share_found >= 0.85 && distinct >= 15) || (share_found >= 1.0 && distinct >= 10);
        let counted = self
            .header
            .has(&["count", "total", "number", "population", "amount", "value"]);
        sure.then(|| known(Meaning::of(SemanticType::PostalCode, 0.8)))
            .filter(|_| !counted)
    }

    /// Share of the different numbers that are ZIP codes; none without the lists, or where they are
    /// too large.
    fn zip_share(&self) -> Option<f64> {
        if !cfg!(feature = "reference-lists") || !self.mostly_within(501.0, 99_950.0) {
            return None;
        }
        let (mut held, mut all) = (0_u32, 0_u32);
        for entry in self.evidence.counted.by_hash().iter().take(LOOKED_UP) {
            if let Value::Bits(bits) = self.evidence.counted.value(entry) {
                all += 1;
                let code = format!("{:05}", bits as i64);
                held += u32::from(reference::of_code(&code) & reference::codes::ZIP != 0);
            }
        }
        (all > 0).then(|| f64::from(held) / f64::from(all))
    }

    fn amount(&self) -> Option<Meaning> {
        let header = &self.header;
        let by_word = |semantic, confidence, what: &str| {
            Some(Meaning::of(semantic, confidence).because(EvidenceSource::Header, what, None))
        };
        if header.has(&[
            "%",
            "percent",
            "percentage",
            "pct",
            "porcentaje",
            "prozent",
            "pourcentage",
            "percentuale",
        ]) {
            return by_word(SemanticType::Percentage, 0.9, "percent");
        }
        if header.has(&["share", "proportion", "fraction"]) && self.within(0.0, 100.0) {
            return by_word(SemanticType::Percentage, 0.7, "share");
        }
        let whole = self.numeric.integers;
        if whole
            && self.within(0.0, 1e7)
            && let Some(rank) = self.named(SemanticType::Rank, 0.8)
        {
            return Some(rank);
        }
        let rated =
            header.has(&["rating", "ratings", "stars", "likert", "satisfaction"]) && self.within(0.0, 10.0);
        if rated && let Some(rating) = self.named(SemanticType::Rating, 0.8) {
            return Some(rating);
        }
        let rates = [
            "rate",
            "ratio",
            "average",
            "avg",
            "mean",
            "median",
            "per",
            "score",
            "rating",
            "density",
            "index",
            "tasa",
            "promedio",
            "taux",
            "moyenne",
            "durchschnitt",
        ];
        if header.has(&rates) {
            return by_word(SemanticType::Rate, 0.75, "rate");
        }
        let aged = header.has(&["age", "edad", "alter", "idade", "eta", "leeftijd"])
            && self.within(0.0, 130.0)
            && !header.has(&["group", "code", "range"]);
        if aged && let Some(age) = self.named(SemanticType::Age, 0.85) {
            return Some(age);
        }
        if header.has(&MONEY) {
            return by_word(SemanticType::Currency, 0.8, "money");
        }
        if self.numeric.negatives == 0
            && let Some(duration) = self.named(SemanticType::Duration, 0.8)
        {
            return Some(duration);
        }
        let counted = header.has(&COUNTS) || header.says(&["number", "of"]) || header.says(&["num"]);
        (counted && whole && self.numeric.negatives == 0)
            .then(|| by_word(SemanticType::Count, 0.85, "count"))
            .flatten()
    }

    fn plain(&self, whole: bool) -> Meaning {
        // Long whole numbers that hardly repeat name things.
        let long = whole && self.numeric.min >= 1e7 && self.evidence.unique;
        if long && self.evidence.values >= 10 {
            return Meaning::of(SemanticType::Identifier, 0.6).because(
                EvidenceSource::Counts,
                "long_and_never_repeats",
                None,
            );
        }
        Meaning::of(SemanticType::Measure, 0.5).because(EvidenceSource::Storage, "number", None)
    }
}
