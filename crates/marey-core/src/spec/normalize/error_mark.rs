//! Error bars and error bands taken apart, after Vega-Lite's `compositemark/errorbar.ts` and
//! `errorband.ts`.

use serde_json::Value;

use super::{
    NormalizeError, Normalizer,
    composite::{ContinuousAxis, Part, continuous_axis, datum, is_continuous, layered, summary},
    extract::extract,
    title::capitalized,
};
use crate::{
    Aggregate, Channel, FieldName, Mark,
    spec::{
        AggregateOp, Encoding, Expression, ExtentKind, FieldDef, FieldRef, MarkDef, MarkOrient, Transform,
        Unit, View,
    },
};

/// What the data of an error mark already are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    /// Single values, to be summarised.
    Raw,
    /// Lower and upper ends.
    Ends,
    /// A value and its error.
    Error,
}

/// The summaries of an error mark.
struct Summaries {
    aggregate: Vec<AggregateOp>,
    calculate: Vec<(String, FieldName)>,
    tooltip: Vec<(String, String)>,
    titled_by_field: bool,
}

impl Normalizer<'_> {
    pub(super) fn error_mark(&self, outer: View, unit: &Unit, mark: Mark) -> Result<View, NormalizeError> {
        let input = input_of(&unit.encoding, mark)?;
        let axis = axis_of(unit, mark, input)?;
        let summaries = self.summaries(unit, &axis, input)?;
        let mut others = unit.encoding.clone();
        for channel in around(axis.channel) {
            others.remove(channel);
        }
        let mut extracted = extract(&others);
        let tooltip = axis.tooltip(&summaries.tooltip, &extracted.encoding, summaries.titled_by_field);
        if mark == Mark::Errorbar {
            extracted.encoding.remove(Channel::Size);
        }
        let mut view = outer;
        view.transform.append(&mut extracted.derived);
        let ops = [extracted.aggregate, summaries.aggregate].concat();
        if !ops.is_empty() {
            let groupby = if input == Input::Raw {
                extracted.groupby
            } else {
                Vec::new()
            };
            view.transform.push(Transform::Aggregate { ops, groupby });
        }
        view.transform
            .extend(summaries.calculate.into_iter().map(|(expression, output)| {
                let calculate = Expression(expression);
                Transform::Calculate { calculate, output }
            }));
        let is_flat = unit.encoding.get(Channel::X).is_some() && unit.encoding.get(Channel::Y).is_some();
        let parts = match mark {
            Mark::Errorbar => bar_parts(&unit.mark, axis.orient),
            _ => band_parts(&unit.mark, is_flat),
        };
        let mut layers: Vec<View> = parts
            .into_iter()
            .filter_map(|(part, from, to)| {
                self.part(
                    &unit.mark,
                    part,
                    axis.span(from, to, &extracted.encoding, &tooltip),
                )
            })
            .collect();
        view.composition = match (mark, layers.pop()) {
            (Mark::Errorbar, Some(only)) if layers.is_empty() => only.composition,
            (_, last) => {
                layers.extend(last);
                layered(layers).composition
            }
        };
        Ok(view)
    }

    fn summaries(
        &self,
        unit: &Unit,
        axis: &ContinuousAxis,
        input: Input,
    ) -> Result<Summaries, NormalizeError> {
        match input {
            Input::Raw => Ok(self.raw_summaries(unit, axis)),
            _ => given_summaries(unit, axis, input),
        }
    }

    /// Center and extent computed from single values.
    fn raw_summaries(&self, unit: &Unit, axis: &ContinuousAxis) -> Summaries {
        let field = &axis.field;
        let op = |op: Aggregate, prefix: &str| AggregateOp {
            op,
            field: Some(FieldRef::Name(FieldName::new(field.as_str()))),
            output: FieldName::new(format!("{prefix}{field}")),
        };
        let configured = || self.config.get("errorbar", "center").and_then(Value::as_str);
        let center = match unit.mark.rest.get("center").and_then(Value::as_str) {
            Some(center) => center,
            None => match &unit.mark.extent {
                Some(ExtentKind::IqrBand) => "median",
                Some(_) => "mean",
                None => configured().unwrap_or("mean"),
            },
        };
        let by_default = if center == "median" {
            ExtentKind::IqrBand
        } else {
            ExtentKind::Stderr
        };
        let ends = match unit.mark.extent.as_ref().unwrap_or(&by_default) {
            ExtentKind::Ci => [Aggregate::Ci0, Aggregate::Ci1, Aggregate::Mean],
            ExtentKind::IqrBand => [Aggregate::Q1, Aggregate::Q3, Aggregate::Median],
            extent => {
                let spread = if *extent == ExtentKind::Stdev {
                    Aggregate::Stdev
                } else {
                    Aggregate::Stderr
                };
                return spread_summaries(axis, spread, center, op);
            }
        };
        let [low, high, middle] = ends;
        let titled = |op: &Aggregate| {
            let def = FieldDef {
                field: Some(FieldRef::Name(FieldName::new(field.as_str()))),
                aggregate: Some(op.clone()),
                ..FieldDef::default()
            };
            def.default_title()
        };
        Summaries {
            tooltip: vec![
                summary("upper_", titled(&high)),
                summary("lower_", titled(&low)),
                summary("center_", titled(&middle)),
            ],
            aggregate: vec![op(low, "lower_"), op(high, "upper_"), op(middle, "center_")],
            calculate: Vec::new(),
            titled_by_field: false,
        }
    }
}

/// Ends at a distance from the center.
fn spread_summaries(
    axis: &ContinuousAxis,
    spread: Aggregate,
    center: &str,
    op: impl Fn(Aggregate, &str) -> AggregateOp,
) -> Summaries {
    let field = &axis.field;
    let [middle, distance] = ["center_", "extent_"].map(|prefix| datum(&format!("{prefix}{field}")));
    let end = |sign: &str, prefix: &str| {
        (
            format!("{middle} {sign} {distance}"),
            FieldName::new(format!("{prefix}{field}")),
        )
    };
    let center_op = if center == "median" {
        Aggregate::Median
    } else {
        Aggregate::Mean
    };
    let name = capitalized(center);
    Summaries {
        tooltip: vec![
            summary("center_", name.clone()),
            summary("upper_", format!("{name} + {spread}")),
            summary("lower_", format!("{name} - {spread}")),
        ],
        aggregate: vec![op(spread, "extent_"), op(center_op, "center_")],
        calculate: vec![end("+", "upper_"), end("-", "lower_")],
        titled_by_field: true,
    }
}

/// Ends that the data give, outright or as errors.
fn given_summaries(unit: &Unit, axis: &ContinuousAxis, input: Input) -> Result<Summaries, NormalizeError> {
    let field = &axis.field;
    let [_, second, error, error2] = around(axis.channel);
    let column = |channel| {
        let name = unit.encoding.own_field(channel).and_then(FieldDef::name);
        name.map(|name| datum(name.as_str()))
    };
    let missing = |found| NormalizeError::ContradictingErrors {
        mark: unit.mark.mark.unwrap_or(Mark::Errorbar),
        found,
    };
    let value = datum(field);
    let (upper, lower) = if input == Input::Ends {
        let upper = column(second).ok_or_else(|| missing("the second end carries no field"))?;
        (upper, value)
    } else {
        let above = column(error).ok_or_else(|| missing("the error carries no field"))?;
        let lower = match column(error2) {
            Some(below) => format!("{value} + {below}"),
            None => format!("{value} - {above}"),
        };
        (format!("{value} + {above}"), lower)
    };
    let mut tooltip = match input {
        Input::Error => vec![summary("", field.as_str())],
        _ => Vec::new(),
    };
    let readable = |expression: &str| expression.replace("datum['", "").replace("']", "");
    tooltip.push(summary("upper_", readable(&upper)));
    tooltip.push(summary("lower_", readable(&lower)));
    Ok(Summaries {
        aggregate: Vec::new(),
        calculate: vec![
            (upper, FieldName::new(format!("upper_{field}"))),
            (lower, FieldName::new(format!("lower_{field}"))),
        ],
        tooltip,
        titled_by_field: false,
    })
}

/// A part with the summaries it runs from and to.
type Span = (Part, &'static str, Option<&'static str>);

fn bar_parts(mark: &MarkDef, orient: MarkOrient) -> Vec<Span> {
    let across = match orient {
        MarkOrient::Vertical => MarkOrient::Horizontal,
        MarkOrient::Horizontal => MarkOrient::Vertical,
    };
    let tick = Part {
        name: "ticks",
        on_by_default: false,
        mark: MarkDef {
            orient: Some(across),
            aria: Some(false),
            thickness: mark.thickness,
            size: mark.size,
            ..MarkDef::new(Mark::Tick)
        },
        ..Part::default()
    };
    let rule = Part {
        name: "rule",
        on_by_default: true,
        mark: MarkDef {
            aria_role_description: Some("errorbar".into()),
            size: mark.thickness,
            ..MarkDef::new(Mark::Rule)
        },
        ..Part::default()
    };
    vec![
        (tick.clone(), "lower", None),
        (tick, "upper", None),
        (rule, "lower", Some("upper")),
    ]
}

fn band_parts(mark: &MarkDef, is_flat: bool) -> Vec<Span> {
    let curve = MarkDef {
        interpolate: mark.interpolate.filter(|_| is_flat),
        tension: mark.tension.filter(|_| is_flat && mark.interpolate.is_some()),
        ..MarkDef::default()
    };
    let (band, border) = match is_flat {
        true => (Mark::Area, Mark::Line),
        false => (Mark::Rect, Mark::Rule),
    };
    let band = Part {
        name: "band",
        on_by_default: true,
        mark: MarkDef {
            aria_role_description: is_flat.then(|| "errorband".into()),
            ..MarkDef::new(band).over(curve.clone())
        },
        default_style: MarkDef {
            opacity: Some(0.3),
            ..MarkDef::default()
        },
    };
    let border = Part {
        name: "borders",
        on_by_default: false,
        mark: MarkDef {
            aria: is_flat.then_some(false),
            ..MarkDef::new(border).over(curve)
        },
        ..Part::default()
    };
    vec![
        (band, "lower", Some("upper")),
        (border.clone(), "lower", None),
        (border, "upper", None),
    ]
}

/// The channels of an axis: the position, its second end and its errors.
fn around(axis: Channel) -> [Channel; 4] {
    match axis {
        Channel::X => [Channel::X, Channel::X2, Channel::XError, Channel::XError2],
        _ => [Channel::Y, Channel::Y2, Channel::YError, Channel::YError2],
    }
}

fn input_of(encoding: &Encoding, mark: Mark) -> Result<Input, NormalizeError> {
    let has = |channel| encoding.has_field_or_datum(channel);
    let ends = has(Channel::X2) || has(Channel::Y2);
    let errors = [
        Channel::XError,
        Channel::XError2,
        Channel::YError,
        Channel::YError2,
    ]
    .into_iter()
    .any(has);
    match (ends, errors) {
        (true, true) => Err(NormalizeError::ContradictingErrors {
            mark,
            found: "both second ends and errors are given",
        }),
        (true, false) => Ok(Input::Ends),
        (false, true) => Ok(Input::Error),
        (false, false) => Ok(Input::Raw),
    }
}

/// The axis that the given ends or errors belong to.
fn axis_of(unit: &Unit, mark: Mark, input: Input) -> Result<ContinuousAxis, NormalizeError> {
    let (on_x, on_y) = match input {
        Input::Raw => return continuous_axis(unit, mark),
        Input::Ends => (Channel::X2, Channel::Y2),
        Input::Error => (Channel::XError, Channel::YError),
    };
    let has = |channel| unit.encoding.has_field_or_datum(channel);
    let contradiction = |found| NormalizeError::ContradictingErrors { mark, found };
    let (channel, orient) = match (has(on_x), has(on_y)) {
        (true, true) => return Err(contradiction("ends or errors are given on both axes")),
        (true, false) => (Channel::X, MarkOrient::Horizontal),
        (false, true) => (Channel::Y, MarkOrient::Vertical),
        (false, false) => return Err(contradiction("a second error is given without a first")),
    };
    if !is_continuous(&unit.encoding, channel) {
        return Err(NormalizeError::NoContinuousAxis { mark });
    }
    let mut oriented = unit.clone();
    oriented.mark.orient = Some(orient);
    continuous_axis(&oriented, mark)
}
