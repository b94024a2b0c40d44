//! Strategies: specs made of typed parts, and JSON that is nearly a spec.

use marey_core::{
    Aggregate, Channel, ChartSpec, FieldName, FieldType, Mark, TimeUnit, TimeUnitPart,
    spec::{
        Axis, Bin, BinParams, ChannelDef, Composition, ConcatFlow, Encoding, Expression, FieldDef,
        FieldPredicate, FieldTest, Literal, MarkDef, Predicate, Scale, ScaleType, Setting, Sort, SortOrder,
        Stack, StackOffset, Transform, Unit, ValueDef, View,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value};

fn field_name() -> impl Strategy<Value = FieldName> {
    prop_oneof![
        select(vec!["a", "b", "price", "the city"]).prop_map(FieldName::new),
        ".{0,6}".prop_map(FieldName::new)
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        (-1e6..1e6f64).prop_map(Literal::Number),
        "[a-z ]{0,5}".prop_map(Literal::Text),
    ]
}

fn time_unit() -> impl Strategy<Value = TimeUnit> {
    (
        vec(select(TimeUnitPart::ALL), 1..4),
        any::<bool>(),
        option::of(1..9u8),
    )
        .prop_map(|(parts, utc, step)| TimeUnit {
            utc,
            step: step.map(f64::from),
            ..TimeUnit::of(&parts)
        })
}

fn bin() -> impl Strategy<Value = Bin> {
    let params = (
        option::of(2..40u8),
        any::<Option<bool>>(),
        option::of(0.1..10.0f64),
    )
        .prop_map(|(maxbins, nice, step)| BinParams {
            maxbins: maxbins.map(f64::from),
            nice,
            step,
            ..BinParams::default()
        });
    prop_oneof![
        params.clone().prop_map(Bin::On),
        params.prop_map(Bin::Binned),
        Just(Bin::Off)
    ]
}

fn sort() -> impl Strategy<Value = Sort> {
    let order = select(SortOrder::ALL);
    prop_oneof![
        order.clone().prop_map(Sort::Order),
        Just(Sort::Unsorted),
        vec(literal(), 1..4).prop_map(Sort::Values),
        (
            select(vec![Channel::X, Channel::Y, Channel::Color]),
            order,
            any::<bool>()
        )
            .prop_map(|(channel, order, spelled_out)| Sort::Channel {
                channel,
                order,
                spelled_out,
            }),
    ]
}

fn stack() -> impl Strategy<Value = Stack> {
    prop_oneof![
        Just(Stack::On),
        Just(Stack::Off),
        select(StackOffset::ALL).prop_map(Stack::Offset)
    ]
}

fn aggregate() -> impl Strategy<Value = Aggregate> {
    let named: Vec<Aggregate> = Aggregate::NAMED.iter().map(|(_, op)| op.clone()).collect();
    prop_oneof![
        select(named),
        field_name().prop_map(|by| Aggregate::Argmax(Some(by)))
    ]
}

fn field_def() -> impl Strategy<Value = ChannelDef> {
    let what = (
        option::of(field_name()),
        option::of(select(FieldType::ALL)),
        option::of(aggregate()),
        option::of(bin()),
        option::of(time_unit()),
    );
    let how = (
        option::of(sort()),
        option::of(stack()),
        option::of("[a-z ]{0,6}"),
        option::of(select(ScaleType::ALL)),
        option::of(-90..90i16),
    );
    (what, how).prop_map(
        |((field, field_type, aggregate, bin, time_unit), (sort, stack, title, scale, angle))| {
            // Without a field or an aggregate, a definition is only a channel's guides.
            let field = if aggregate.is_none() {
                field.or(Some("a".into()))
            } else {
                field
            };
            let def = FieldDef {
                field: field.map(Into::into),
                field_type,
                aggregate,
                bin,
                time_unit,
                sort,
                stack,
                title: title.map(|title| Setting::On(title.into())),
                scale: scale.map(|kind| {
                    Setting::On(Scale {
                        scale_type: Some(kind),
                        ..Scale::default()
                    })
                }),
                axis: angle.map(|angle| {
                    Setting::On(Axis {
                        label_angle: Some(f64::from(angle)),
                        ..Axis::default()
                    })
                }),
                ..FieldDef::default()
            };
            def.into()
        },
    )
}

fn channel_def() -> impl Strategy<Value = ChannelDef> {
    let value = literal().prop_map(|value| {
        ChannelDef::Value(ValueDef {
            value: Some(value),
            ..ValueDef::default()
        })
    });
    prop_oneof![4 => field_def(), 1 => value]
}

/// Any encoding.
pub fn encoding() -> impl Strategy<Value = Encoding> {
    vec((select(Channel::ALL), channel_def()), 0..6).prop_map(|channels| {
        let bind = |encoding: Encoding, (channel, def)| encoding.with(channel, def);
        channels.into_iter().fold(Encoding::new(), bind)
    })
}

/// Any condition.
pub fn predicate() -> impl Strategy<Value = Predicate> {
    let test = (field_name(), option::of(time_unit()), literal(), 0..5u8).prop_map(
        |(field, time_unit, value, kind)| {
            let test = match kind {
                0 => FieldTest::Equal(value),
                1 => FieldTest::Gte(value),
                2 => FieldTest::OneOf(vec![value, Literal::Number(3.0)]),
                3 => FieldTest::Range(Literal::Null, value),
                _ => FieldTest::Valid(true),
            };
            Predicate::Field(FieldPredicate {
                field: field.into(),
                time_unit,
                test,
            })
        },
    );
    let leaf = prop_oneof![
        3 => test,
        1 => "datum\\.[a-z]{1,3} [<>] [0-9]".prop_map(|text| Predicate::Expression(Expression(text))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(Predicate::And),
            vec(inner.clone(), 1..4).prop_map(Predicate::Or),
            inner.prop_map(|part| Predicate::Not(Box::new(part))),
        ]
    })
}

fn transform() -> impl Strategy<Value = Transform> {
    prop_oneof![
        predicate().prop_map(Transform::Filter),
        (field_name(), time_unit()).prop_map(|(field, unit)| Transform::TimeUnit {
            unit,
            field,
            output: "u".into(),
        }),
        (vec(field_name(), 1..3), vec(field_name(), 0..3)).prop_map(|(fields, groupby)| {
            Transform::Aggregate {
                ops: fields
                    .into_iter()
                    .map(|field| marey_core::spec::AggregateOp {
                        op: Aggregate::Mean,
                        field: Some(field.into()),
                        output: "m".into(),
                    })
                    .collect(),
                groupby,
            }
        }),
    ]
}

fn mark_def() -> impl Strategy<Value = (MarkDef, bool)> {
    (select(Mark::ALL), option::of(0.0..1.0f64), any::<Option<bool>>()).prop_map(|(mark, opacity, clip)| {
        let def = MarkDef {
            opacity,
            clip,
            ..MarkDef::new(mark)
        };
        let is_plain = opacity.is_none() && clip.is_none();
        (def, is_plain)
    })
}

fn unit_view() -> impl Strategy<Value = View> {
    (
        mark_def(),
        encoding(),
        vec(transform(), 0..3),
        option::of(20.0..900.0f64),
    )
        .prop_map(|((mark, plain_mark), encoding, transform, width)| View {
            transform,
            width: width.map(marey_core::spec::Size::Pixels),
            ..View::new(Composition::Unit(Unit {
                mark,
                encoding,
                plain_mark,
            }))
        })
}

/// Any spec of units, layers and concatenations.
pub fn chart_spec() -> impl Strategy<Value = ChartSpec> {
    let view = unit_view().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            (vec(inner.clone(), 0..3), encoding())
                .prop_map(|(layers, encoding)| View::new(Composition::Layer { layers, encoding })),
            (select(ConcatFlow::ALL), vec(inner, 1..3))
                .prop_map(|(flow, views)| View::new(Composition::Concat { flow, views })),
        ]
    });
    view.prop_map(ChartSpec::new)
}

/// JSON of the words that specs are made of, in places right and wrong.
pub fn nearly_a_spec() -> impl Strategy<Value = Value> {
    const WORDS: &[&str] = &[
        "mark",
        "encoding",
        "x",
        "y",
        "color",
        "field",
        "type",
        "aggregate",
        "bin",
        "timeUnit",
        "sort",
        "stack",
        "axis",
        "scale",
        "domain",
        "title",
        "layer",
        "facet",
        "spec",
        "repeat",
        "hconcat",
        "transform",
        "filter",
        "and",
        "or",
        "not",
        "test",
        "value",
        "condition",
        "data",
        "values",
        "url",
        "sequence",
        "resolve",
        "datum",
        "calculate",
        "as",
        "window",
        "op",
        "impute",
        "keyvals",
        "lookup",
        "from",
        "point",
        "row",
        "step",
        "unit",
        "config",
        "params",
        "expr",
        "range",
        "oneOf",
        "order",
        "density",
        "fold",
        "projection",
        "sphere",
    ];
    const TEXTS: &[&str] = &[
        "bar",
        "line",
        "boxplot",
        "quantitative",
        "nominal",
        "mean",
        "count",
        "binned",
        "yearmonth",
        "-y",
        "ascending",
        "normalize",
        "a",
        "column",
        "container",
        "datum.a > 1",
        "",
        "as",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-5..50i32).prop_map(Value::from),
        select(TEXTS).prop_map(Value::from),
    ];
    let any_value = leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((select(WORDS), inner), 0..5).prop_map(object),
        ]
    });
    let body = vec((select(WORDS), any_value), 0..6);
    (body, select(Mark::ALL)).prop_map(|(members, mark)| {
        let mut value = object(members);
        if let Some(map) = value.as_object_mut() {
            map.insert("mark".to_owned(), Value::from(mark.as_str()));
        }
        value
    })
}

fn object(members: Vec<(&'static str, Value)>) -> Value {
    let map: Map<String, Value> = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(map)
}
