//! The words of requests that hint at parts of a chart. Written by hand; English.

use std::{collections::HashMap, sync::OnceLock};

use super::WordFlags;

/// Words with the flag they set, blank between.
const WORDS: &[(WordFlags, &str)] = &[
    (
        WordFlags::CHART,
        "chart charts graph graphs plot plots plotted plotting diagram histogram histograms bar bars barchart column \
         columns pie pies donut doughnut line lines area scatter scatterplot scatterplots bubble heatmap heat boxplot \
         box violin dot dots strip point points treemap map lollipop sparkline",
    ),
    (
        WordFlags::AGGREGATE,
        "average avg mean means sum sums total totals count counts counting number numbers amount amounts minimum min \
         maximum max maximal minimal median frequency overall aggregate tally deviation stdev std variance",
    ),
    (
        WordFlags::SORT,
        "sort sorted sorting order ordered ordering orderly rank ranked ranking ranks arrange arranged ascending asc \
         descending desc increasing decreasing alphabetical alphabetically alphabetic reverse",
    ),
    (
        WordFlags::DESCENDING,
        "descending desc decreasing highest largest biggest greatest most top oldest longest reverse max maximum latest",
    ),
    (
        WordFlags::ASCENDING,
        "ascending asc increasing lowest smallest fewest least bottom youngest shortest alphabetical alphabetically \
         alphabetic min minimum earliest",
    ),
    (
        WordFlags::TIME_UNIT,
        "year years yearly annual annually month months monthly quarter quarters quarterly week weeks weekly weekday \
         weekdays day days daily hour hours hourly minute minutes second seconds decade decades date dates time weekend",
    ),
    (
        WordFlags::DATE,
        "january february march april june july august september october november december jan feb mar apr jun jul aug \
         sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday",
    ),
    (
        WordFlags::COMPARATIVE,
        "more less greater larger smaller bigger higher lower fewer older younger above below under exceeds exceeding \
         exceed beyond than least equal equals before after earlier later longer shorter better worse",
    ),
    (
        WordFlags::SUPERLATIVE,
        "most least top bottom best worst first last maximum minimum maximal minimal max min peak",
    ),
    (
        WordFlags::NEGATION,
        "not no non without except excluding exclude excludes neither nor never dont doesnt isnt arent wasnt werent \
         hasnt havent didnt cannot cant other",
    ),
    (
        WordFlags::GROUP,
        "by per each every across among group grouped grouping groups according different respective break breakdown \
         broken split categorized",
    ),
    (
        WordFlags::RANGE,
        "between from to since until till through during within",
    ),
    (WordFlags::CONJUNCTION, "and or but also both either"),
    (
        WordFlags::CHANNEL,
        "x y axis axes xaxis yaxis color colour colored coloured colors size sized shape label labels legend facet \
         facets horizontal vertical",
    ),
    (
        WordFlags::RELATIONSHIP,
        "correlation correlate correlated correlations relationship relationships relation relate related versus vs \
         against association compare compared comparing comparison dependence depend depends",
    ),
    (
        WordFlags::DISTRIBUTION,
        "distribution distributions distributed spread histogram bin bins binned binning bucket buckets interval range \
         density quartile quartiles outlier outliers",
    ),
    (
        WordFlags::PROPORTION,
        "proportion proportions percent percentage percentages share shares ratio fraction portion part composition \
         makeup pie",
    ),
    (
        WordFlags::TREND,
        "trend trends trending change changes changed changing growth grow grew evolve evolution evolved tendency \
         develop development time history progress timeline",
    ),
    (
        WordFlags::STACK,
        "stack stacked stacking stacks grouped clustered",
    ),
    (
        WordFlags::MISSING,
        "null nulls missing empty blank unknown nan none",
    ),
    (
        WordFlags::STOPWORD,
        "a an the of in on for with and or to from by at as is are was were be been do does did have has had i you me \
         my we us our it its they them their that this these those there what which who whose where when how can could \
         would should will want please show shows showing display displaying displays list listing give gives draw \
         drawing return returns returning tell let lets make create find finding get see using use visualize visualizing \
         visualization plot chart graph about into than then so if all any some one each both just also know need",
    ),
];

/// Words for the whole numbers from zero to twenty.
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words that end in `est` and are no superlatives.
const NOT_SUPERLATIVE: &str = "request requests interest interests test tests forest west northwest southwest midwest \
    guest rest harvest honest invest contest protest suggest priest chest nest modest arrest digest conquest manifest \
    everest quest budapest bucharest lest pest vest attest detest ingest infest bequest behest inquest crest zest \
    jest fest";

/// The flags of a folded word.
pub(super) fn flags(folded: &str) -> WordFlags {
    static FLAGS: OnceLock<HashMap<&str, WordFlags>> = OnceLock::new();
    let flags = FLAGS.get_or_init(|| {
        let mut flags: HashMap<&str, WordFlags> = HashMap::new();
        for (flag, words) in WORDS {
            for word in words.split_whitespace() {
                *flags.entry(word).or_default() |= *flag;
            }
        }
        flags
    });
    flags.get(folded).copied().unwrap_or_default()
}

/// Whether a folded word is a superlative by its ending.
pub(super) fn is_superlative(folded: &str) -> bool {
    folded.len() > 4
        && folded.ends_with("est")
        && !NOT_SUPERLATIVE.split_whitespace().any(|word| word == folded)
}

/// The value of a word for a number.
pub(super) fn number_word(folded: &str) -> Option<f64> {
    let small = NUMBERS.iter().position(|word| *word == folded);
    small.map(|value| value as f64).or(match folded {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        _ => None,
    })
}

/// Whether a run of signs compares.
pub(super) fn is_operator(signs: &str) -> bool {
    matches!(
        signs,
        "<" | ">" | "=" | "==" | "<=" | ">=" | "!=" | "<>" | "≤" | "≥" | "≠" | "=>" | "=<"
    )
}
