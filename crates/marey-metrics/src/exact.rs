//! Exact matches: the same text, the same chart, the same tree.

use marey_core::{ChartSpec, spec::CanonicalOptions};

use crate::{
    looks::drop_looks,
    tokens::{tokens, without_data},
};

/// Strict exact match: the token sequences of both charts are equal. Nothing of the answer is
/// repaired and the order of members counts; data and `$schema` are no part of an answer.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::{canonical_match, strict_match};
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let terse = read(r#"{"mark": "bar", "encoding": {"y": {"aggregate": "count"}}}"#)?;
/// let wordy = read(r#"{"mark": {"type": "bar"}, "encoding": {"y": {"aggregate": "count", "type": "quantitative"}}}"#)?;
/// assert!(!strict_match(&terse, &wordy));
/// assert!(canonical_match(&terse, &wordy, &Default::default()));
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn strict_match(answer: &ChartSpec, gold: &ChartSpec) -> bool {
    tokens(answer) == tokens(gold)
}

/// Canonical exact match, the headline: both charts have the same canonical form, that is, draw the
/// same from the same data (see [`ChartSpec::canonical_for`]) up to [looks](canonical); `options` tell what
/// is known of the data.
pub fn canonical_match(answer: &ChartSpec, gold: &ChartSpec, options: &CanonicalOptions) -> bool {
    canonical(answer, options) == canonical(gold, options)
}

/// The canonical form without data and without looks: titles, sizes, configuration, guides, formats, tooltips
/// and links, which no task asks for. Scales stay.
pub fn canonical(spec: &ChartSpec, options: &CanonicalOptions) -> ChartSpec {
    let mut spec = without_data(spec);
    drop_looks(&mut spec);
    spec.canonical_for(options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    #[test]
    fn what_draws_the_same_is_the_same_chart_but_not_the_same_text() {
        let upper = chart(
            r#"{"mark":"bar","encoding":{"y":{"aggregate":"count"},"x":{"field":"CITY","type":"nominal"}}}"#,
        );
        let folding = CanonicalOptions {
            fold_case: true,
            ..CanonicalOptions::default()
        };
        assert!(!strict_match(&upper, &bars()));
        assert!(!canonical_match(&upper, &bars(), &CanonicalOptions::default()));
        assert!(canonical_match(&upper, &bars(), &folding));
    }

    #[test]
    fn counting_values_is_counting_rows_where_none_is_missing() {
        let values = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"valid","field":"price"}}}"#,
        );
        let known = CanonicalOptions {
            non_null: ["price".into()].into(),
            ..CanonicalOptions::default()
        };
        assert!(canonical_match(&values, &bars(), &known));
        assert!(!canonical_match(&values, &bars(), &CanonicalOptions::default()));
    }

    #[test]
    fn looks_do_not_matter_but_scales_do() {
        let dressed = chart(
            r#"{"title":"Cities","width":300,"config":{"view":{"stroke":null}},"mark":{"type":"bar","tooltip":true},"encoding":{"x":{"field":"city","type":"nominal","title":"City","axis":{"labelAngle":0}},"y":{"aggregate":"count","format":"d"},"tooltip":{"field":"city"}}}"#,
        );
        assert!(canonical_match(&dressed, &bars(), &CanonicalOptions::default()));
        let bent = chart(
            r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count","scale":{"type":"log"}}}}"#,
        );
        assert!(!canonical_match(&bent, &bars(), &CanonicalOptions::default()));
    }

    #[test]
    fn another_chart_is_no_match() {
        let line = chart(
            r#"{"mark":"line","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count"}}}"#,
        );
        assert!(!canonical_match(&line, &bars(), &CanonicalOptions::default()));
    }
}
