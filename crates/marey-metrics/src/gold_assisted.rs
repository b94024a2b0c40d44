//! The score of ncNet's published evaluation, which looks at the right answer before it compares.
//!
//! Luo et al., *Natural Language to Visualization by Neural Machine Translation* (IEEE TVCG 2022):
//! `postprocessing` in `model/VisAwareTranslation.py` of its program edits each answer with the right
//! query at hand. The figure is offered **for comparison with published figures only**; it is an
//! upper bound on exact match and says nothing of what a user is given.

use marey_core::{
    Channel, ChartSpec,
    spec::{Bin, CanonicalOptions, Encoding, FieldDef},
};

use crate::canonical;

/// What an answer was given beside the request, as in ncNet's two runs over each example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The request alone.
    Without,
    /// The request and the right chart's template: mark and order are taken from the right chart.
    With,
}

/// Gold-assisted match, after ncNet's protocol: canonical exact match of what is left after the
/// answer has been edited by the right chart:
///
/// - the table is the right one (charts do not name it);
/// - where both cut a position in time or into bins, the unit is the right one;
/// - what the answer groups by and the right chart does not (`detail`, or colour without an aggregate
///   in the right chart) is dropped;
/// - the count of any column is the count of rows;
/// - with a template, the mark and the orders of the positions are the right ones.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::{Template, canonical_match, gold_assisted_match};
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let gold = read(r#"{"mark": "bar", "encoding": {"x": {"field": "day", "timeUnit": "month"}, "y": {"aggregate": "count"}}}"#)?;
/// let year = read(r#"{"mark": "bar", "encoding": {"x": {"field": "day", "timeUnit": "year"}, "y": {"aggregate": "count"}}}"#)?;
/// assert!(!canonical_match(&year, &gold, &Default::default()));
/// assert!(gold_assisted_match(&year, &gold, &Default::default(), Template::Without));
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn gold_assisted_match(
    answer: &ChartSpec,
    gold: &ChartSpec,
    options: &CanonicalOptions,
    template: Template,
) -> bool {
    let gold = rows_counted(canonical(gold, options), options);
    let mut answer = rows_counted(canonical(answer, options), options);
    if answer == gold {
        return true;
    }
    let Some(right) = gold.view.as_unit() else {
        return false;
    };
    if let marey_core::spec::Composition::Unit(own) = &mut answer.view.composition {
        take_units(&mut own.encoding, &right.encoding);
        drop_groups(&mut own.encoding, &right.encoding);
        if template == Template::With {
            own.mark = right.mark.clone();
            take_orders(&mut own.encoding, &right.encoding);
        }
    }
    answer.canonical_for(options) == gold.canonical_for(options)
}

/// The count of a column's values as the count of rows.
fn rows_counted(mut spec: ChartSpec, options: &CanonicalOptions) -> ChartSpec {
    if let Some(encoding) = spec.view.encoding_mut() {
        for entry in &mut encoding.entries {
            for def in &mut entry.defs {
                if let marey_core::spec::ChannelDef::Field(def) = def
                    && def.aggregate == Some(marey_core::Aggregate::Valid)
                {
                    def.aggregate = Some(marey_core::Aggregate::Count);
                    def.field = None;
                }
            }
        }
    }
    spec.canonical_for(options)
}

const POSITIONS: [Channel; 4] = [Channel::X, Channel::Y, Channel::Color, Channel::Theta];

fn take_units(own: &mut Encoding, right: &Encoding) {
    for channel in POSITIONS {
        let Some(right) = right.field(channel) else {
            continue;
        };
        let Some(own) = own.field_mut(channel) else {
            continue;
        };
        if is_cut(own) && is_cut(right) {
            own.time_unit = right.time_unit.clone();
            own.bin = right.bin.clone();
            own.field_type = right.field_type;
        }
    }
}

fn is_cut(def: &FieldDef) -> bool {
    def.time_unit.is_some() || matches!(def.bin, Some(Bin::On(_)))
}

fn drop_groups(own: &mut Encoding, right: &Encoding) {
    for channel in [Channel::Detail, Channel::Color] {
        let is_group = own.field(channel).is_some_and(|def| def.aggregate.is_none());
        let is_pie = channel == Channel::Color && own.get(Channel::Theta).is_some();
        if is_group && !is_pie && right.get(channel).is_none() {
            own.remove(channel);
        }
    }
}

fn take_orders(own: &mut Encoding, right: &Encoding) {
    for channel in POSITIONS {
        if let (Some(own), Some(right)) = (own.field_mut(channel), right.field(channel)) {
            own.sort = right.sort.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart};

    fn check(answer: &str, template: Template, expected: bool) {
        let found = gold_assisted_match(&chart(answer), &bars(), &CanonicalOptions::default(), template);
        assert_eq!(found, expected, "{answer}");
    }

    #[test]
    fn answers_are_helped_as_published() {
        let city = r#""x":{"field":"city","type":"nominal"}"#;
        let of = |mark: &str, rest: &str| format!(r#"{{"mark":"{mark}","encoding":{{{city},{rest}}}}}"#);
        let count = r#""y":{"aggregate":"count"}"#;
        check(&of("bar", count), Template::Without, true);
        check(
            &of("bar", r#""y":{"aggregate":"valid","field":"price"}"#),
            Template::Without,
            true,
        );
        check(
            &of(
                "bar",
                &format!(r#"{count},"color":{{"field":"kind","type":"nominal"}}"#),
            ),
            Template::Without,
            true,
        );
        check(&of("line", count), Template::Without, false);
        check(&of("line", count), Template::With, true);
        let sorted = r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal","sort":"-y"},"y":{"aggregate":"count"}}}"#;
        check(sorted, Template::Without, false);
        check(sorted, Template::With, true);
        check(
            &of("bar", r#""y":{"aggregate":"sum","field":"price"}"#),
            Template::With,
            false,
        );
    }
}
