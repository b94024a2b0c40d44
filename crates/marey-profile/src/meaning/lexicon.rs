//! Short lists of words that tell a meaning; all are folded ([`marey_core::fold_name`]).

use std::sync::LazyLock;

use hashbrown::HashSet;

/// A list of words and phrases, cut at `|` when first asked.
type Words = LazyLock<HashSet<&'static str>>;

fn cut(list: &'static str) -> HashSet<&'static str> {
    list.split('|').filter(|word| !word.is_empty()).collect()
}

/// Answers that name no class: they neither speak for a meaning nor against it.
static RESIDUAL: Words = LazyLock::new(|| {
    cut(
        "|unknown|unkown|other|others|not stated|not specified|unspecified|undefined|none|n a|na|nil|\
null|all|total|any|missing|blank|no data|not available|not applicable|not known|not reported|not provided|no answer|\
prefer not to say|i prefer not to answer|prefer not to answer|declined|refused|other specify|dont know|don t know|\
do not know|various|multiple|mixed|citywide|statewide|unk|tbd|other unknown|unknown inconnu|inconnu|autre|autres|\
sin informacion|sin dato|sin datos|no informa|no aplica|no reporta|no registra|desconocido|desconocida|otro|otros|\
otra|ninguno|ninguna|todos|indeterminado|no definido|unbekannt|sonstige|andere|keine angabe|alle|gesamt|\
insgesamt|altro|sconosciuto|tutti|outro|outros|desconhecido|onbekend|overig|",
    )
});

/// Words for genders of people and animals.
static GENDERS: Words = LazyLock::new(|| {
    cut(
        "|male|female|m|f|man|woman|men|women|males|females|boy|girl|boys|girls|non binary|nonbinary|\
transgender|trans|trans male|trans female|intersex|x|u|neutered|spayed|neutered male|spayed female|intact male|\
intact female|genderqueer|gender diverse|two spirit|masculino|femenino|hombre|mujer|hombres|mujeres|varon|varones|\
intersexual|i|lgbti|lgbtiq|nino|nina|feminino|homem|mulher|masculin|feminin|homme|femme|hommes|femmes|garcon|fille|\
mannlich|weiblich|mann|frau|manner|frauen|divers|d|w|maschio|femmina|uomo|donna|maschi|femmine|maschile|\
femminile|vrouw|v|vrouwen|mannen|mannelijk|vrouwelijk|both|both sexes|male and female|ambos|h|",
    )
});

/// Genders that are words of their own rather than letters.
static SHORT_GENDERS: Words = LazyLock::new(|| cut("|m|f|x|u|d|w|i|v|h|"));

/// Colours: the basic ones in some languages, the usual ones of cars, and abbreviations.
static COLORS: Words = LazyLock::new(|| {
    cut(
        "|black|white|red|green|blue|yellow|orange|purple|violet|pink|brown|gray|grey|silver|gold|golden|\
beige|tan|cream|ivory|maroon|burgundy|navy|teal|turquoise|cyan|magenta|lime|olive|indigo|lavender|salmon|coral|khaki|\
bronze|copper|charcoal|chocolate|crimson|aqua|plum|peach|rose|mint|amber|mauve|champagne|light|dark|bright|pale|deep|\
blk|wht|sil|gry|gra|blu|grn|brn|gld|mar|tur|bge|ong|pnk|ple|multicolor|multi|cinnamon|\
negro|negra|blanco|blanca|rojo|roja|verde|azul|amarillo|amarilla|naranja|morado|rosado|cafe|marron|gris|plateado|\
dorado|noir|blanc|rouge|vert|bleu|jaune|schwarz|weiss|rot|grun|blau|gelb|grau|braun|rosa|nero|bianco|rosso|giallo|\
grigio|preto|branco|vermelho|amarelo|cinza|metallic|",
    )
});

/// Kinds of streets, long and short.
static STREETS: Words = LazyLock::new(|| {
    cut(
        "|street|st|avenue|ave|av|road|rd|boulevard|blvd|bvd|drive|dr|lane|ln|court|ct|place|pl|plaza|plz|\
square|sq|terrace|ter|terr|way|wy|circle|cir|crescent|cres|cr|parkway|pkwy|pky|highway|hwy|expressway|expy|freeway|\
fwy|turnpike|tpke|trail|trl|loop|alley|aly|close|cl|grove|gr|gardens|gdns|row|walk|mews|esplanade|esp|parade|pde|\
circuit|cct|concourse|crossing|xing|cove|cv|point|pt|pass|path|ridge|rdg|view|vw|run|bend|bnd|quay|rise|chase|ramp|\
plaisance|tunnel|bridge|broadway|calle|cl|carrera|cra|cr|kr|kra|avenida|avda|diagonal|dg|diag|transversal|tv|trv|\
autopista|camino|paseo|rue|chemin|allee|impasse|quai|route|strasse|str|weg|platz|gasse|ring|damm|ufer|via|viale|\
piazza|corso|vicolo|rua|travessa|praca|alameda|straat|laan|plein|gracht|dijk|ulica|ul|gata|vej|",
    )
});

/// Words of what people do.
static JOBS: Words = LazyLock::new(|| {
    cut(
        "|officer|engineer|manager|director|assistant|clerk|supervisor|analyst|technician|specialist|\
coordinator|administrator|teacher|nurse|doctor|physician|attorney|lawyer|accountant|auditor|inspector|firefighter|\
fire fighter|sergeant|lieutenant|captain|commander|chief|deputy|commissioner|superintendent|president|secretary|\
treasurer|laborer|labourer|worker|driver|operator|mechanic|electrician|plumber|carpenter|painter|welder|machinist|\
custodian|janitor|guard|lifeguard|librarian|planner|architect|designer|developer|programmer|scientist|researcher|\
professor|instructor|lecturer|trainer|coach|counselor|counsellor|therapist|psychologist|psychiatrist|pharmacist|\
dentist|surgeon|paramedic|dispatcher|detective|investigator|patrol|trooper|constable|sheriff|warden|ranger|judge|\
magistrate|clerical|aide|helper|attendant|cashier|cook|chef|waiter|waitress|bartender|barista|buyer|agent|broker|\
representative|consultant|advisor|adviser|associate|apprentice|intern|trainee|foreman|crew|leader|lead|head|\
executive|ceo|cfo|cto|vp|principal|dean|provost|editor|writer|journalist|reporter|photographer|artist|musician|actor|\
pilot|steward|sailor|soldier|farmer|gardener|fisherman|miner|builder|roofer|mason|tailor|baker|butcher|barber|\
hairdresser|receptionist|typist|stenographer|paralegal|negotiator|examiner|assessor|appraiser|surveyor|estimator|\
lineworker|lineman|serviceworker|repairer|installer|tech|spec|asst|mgr|admin|supv|eng|dir|coord|\
chemist|biologist|geologist|economist|statistician|epidemiologist|hygienist|dietitian|nutritionist|veterinarian|\
phlebotomist|sonographer|radiographer|caseworker|housekeeper|groundskeeper|storekeeper|bookkeeper|timekeeper|gatekeeper|\
recruit|cadet|marshal|bailiff|interpreter|translator|curator|archivist|conductor|porter|messenger|courier|\
ingeniero|gerente|auxiliar|asistente|profesor|docente|medico|enfermera|enfermero|abogado|contador|tecnico|secretario|\
profesional|conductor|operario|asesor|coordinador|jefe|ingenieur|arzt|lehrer|lehrerin|verkaufer|\
sachbearbeiter|leiter|mechaniker|directeur|infirmier|professeur|medecin|avocat|avvocato|insegnante|infermiere|",
    )
});

/// What stands behind or in names of firms and offices.
static COMPANIES: Words = LazyLock::new(|| {
    cut(
        "|inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|companies|plc|gmbh|ag|kg|\
sarl|sas|sa|srl|spa|bv|nv|ab|oy|aps|as|pty|pvt|group|holdings|holding|partners|partnership|associates|enterprises|\
enterprise|industries|international|services|service|solutions|systems|technologies|technology|consulting|\
construction|contractors|contracting|bank|insurance|university|college|institute|foundation|association|society|\
hospital|restaurant|cafe|pizza|grill|bar|deli|bakery|market|store|shop|salon|studio|hotel|inn|motel|church|school|\
center|centre|clinic|pharmacy|management|properties|realty|investments|ventures|labs|cab|taxi|airlines|airways|\
ltda|cia|cooperativa|fundacion|universidad|asociacion|ministerio|agency|department|authority|board|council|club|",
    )
});

/// Legal forms of firms.
static FIRMS: Words = LazyLock::new(|| {
    cut(
        "|inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|plc|gmbh|ag|kg|sarl|sas|sa|srl|spa|bv|nv|ab|oy|aps|pty|pvt|ltda|cia|",
    )
});

/// Units by sign or name.
static UNITS: Words = LazyLock::new(|| {
    cut(
        "|kg|g|mg|ug|mcg|lb|lbs|oz|ton|tons|tonne|tonnes|t|kilogram|kilograms|gram|grams|pound|pounds|\
ounce|ounces|m|km|cm|mm|um|nm|mi|mile|miles|ft|feet|foot|in|inch|inches|yd|yard|yards|meter|meters|metre|metres|\
kilometer|kilometers|kilometre|kilometres|m2|m3|km2|ha|hectare|hectares|acre|acres|sq ft|sqft|square feet|l|ml|dl|\
liter|liters|litre|litres|gal|gallon|gallons|bbl|barrel|barrels|s|sec|seconds|min|minutes|h|hr|hrs|hours|day|days|\
week|weeks|month|months|year|years|c|f|k|celsius|fahrenheit|kelvin|deg|degrees|deg c|deg f|w|kw|mw|gw|kwh|mwh|gwh|\
v|volts|amps|hz|khz|mhz|ghz|pa|kpa|bar|psi|hpa|mbar|j|kj|cal|kcal|mph|kph|km h|m s|knots|mol|mmol|ppm|ppb|mg l|\
ug l|mg dl|mg kg|ug m3|g l|percent|pct|each|ea|piece|pieces|pcs|pair|pairs|dozen|dz|box|boxes|unit|units|case|cases|\
cfu|mpn|ntu|us cm|cfu 100 ml|mpn 100 ml|bushel|bushels|tb|gb|mb|kb|bytes|bits|persons|people|count|number|",
    )
});

/// An answer that names no class.
pub(super) fn is_residual(folded: &str) -> bool {
    RESIDUAL.contains(folded)
}

pub(super) fn is_gender(folded: &str) -> bool {
    GENDERS.contains(folded)
}

/// A gender written as a word.
pub(super) fn is_gender_word(folded: &str) -> bool {
    GENDERS.contains(folded) && !SHORT_GENDERS.contains(folded)
}

/// One colour or several, `light blue`, `red-green`.
pub(super) fn is_color(folded: &str) -> bool {
    !folded.is_empty()
        && folded
            .split(' ')
            .all(|word| COLORS.contains(word) || word == "and")
}

pub(super) fn is_street_type(folded: &str) -> bool {
    STREETS.contains(folded)
}

/// A phrase in which a word names an occupation.
pub(super) fn is_job(folded: &str) -> bool {
    let words = folded.split(' ').count();
    words <= 10 && folded.split(' ').any(|word| JOBS.contains(word))
}

/// A phrase of two words and more in which one stands in names of firms.
pub(super) fn is_company(folded: &str) -> bool {
    let words = folded.split(' ').count();
    (2..=10).contains(&words) && folded.split(' ').skip(1).any(|word| COMPANIES.contains(word))
}

/// A phrase of two words and more in which one is a legal form of firms.
pub(super) fn is_firm(folded: &str) -> bool {
    let words = folded.split(' ').count();
    (2..=10).contains(&words) && folded.split(' ').skip(1).any(|word| FIRMS.contains(word))
}

pub(super) fn is_unit(folded: &str) -> bool {
    UNITS.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_folded() {
        for list in [
            &RESIDUAL,
            &GENDERS,
            &SHORT_GENDERS,
            &COLORS,
            &STREETS,
            &JOBS,
            &COMPANIES,
            &UNITS,
        ] {
            for word in list.iter() {
                assert_eq!(marey_core::fold_name(word), *word);
            }
        }
    }

    #[test]
    fn whole_words_are_found() {
        assert!(is_gender("female") && !is_gender("emale") && !is_gender(""));
        assert!(is_color("light blue") && is_color("red green") && !is_color("light bulb"));
        assert!(is_job("police officer 2") && !is_job("police station"));
        assert!(is_company("acme inc") && !is_company("inc"));
        assert!(is_residual("prefer not to answer") && !is_residual("prefer"));
    }
}
