//! Box plots taken apart, after Vega-Lite's `compositemark/boxplot.ts`.

use super::{
    MarkConfig, NormalizeError, Normalizer,
    composite::{ContinuousAxis, Part, Tooltips, continuous_axis, datum, layered, summary},
    extract::{Extracted, extract},
};
use crate::{
    Aggregate, Channel, FieldName, Mark,
    spec::{
        AggregateOp, ChannelDef, Condition, ConditionalValue, Encoding, EncodingEntry, Expression,
        ExtentKind, FieldDef, FieldRef, JoinAggregate, Literal, MarkDef, MarkOrient, Predicate, Transform,
        Unit, ValueDef, View,
    },
};

/// A box plot before it is put together.
struct BoxPlot<'a> {
    mark: &'a MarkDef,
    axis: ContinuousAxis,
    extracted: Extracted,
    /// How many interquartile ranges the whiskers reach; none for smallest to largest.
    reach: Option<f64>,
    size: Option<f64>,
    color: Option<EncodingEntry>,
    /// The encoding without the axis, and without size and color.
    bare: Encoding,
    /// The tooltips that summarise nothing, which the outliers get.
    own_tooltip: Option<EncodingEntry>,
    summaries: Tooltips,
}

impl Normalizer<'_> {
    pub(super) fn boxplot(&self, outer: View, unit: &Unit) -> Result<View, NormalizeError> {
        let plot = BoxPlot::new(unit, &self.config)?;
        let whiskers = self.whiskers(&plot);
        let boxes = self.boxes(&plot);
        let mut aggregated = plot.extracted.derived.clone();
        aggregated.push(plot.summaries_of_groups());
        let mut view = outer;
        match plot.reach {
            None => {
                view.transform.append(&mut aggregated);
                view.composition = layered(whiskers.into_iter().chain(boxes).collect()).composition;
            }
            Some(reach) => {
                let mut boxes = layered(boxes);
                boxes.transform = aggregated;
                let rest = self.whiskers_and_outliers(&plot, reach, whiskers);
                view.composition = layered(vec![rest, boxes]).composition;
            }
        }
        Ok(view)
    }

    fn whiskers(&self, plot: &BoxPlot<'_>) -> Vec<View> {
        let tooltip = match plot.reach {
            None => plot.summaries.clone(),
            Some(_) => plot.axis.tooltip(
                &[
                    summary("upper_whisker_", "Upper Whisker"),
                    summary("lower_whisker_", "Lower Whisker"),
                ],
                &plot.extracted.encoding,
                true,
            ),
        };
        let invalid = plot.mark.invalid.clone();
        let rule = Part {
            name: "rule",
            on_by_default: true,
            mark: MarkDef {
                invalid: invalid.clone(),
                aria: Some(false),
                ..MarkDef::new(Mark::Rule)
            },
            ..Part::default()
        };
        let tick = Part {
            name: "ticks",
            on_by_default: false,
            mark: MarkDef {
                color: Some("black".into()),
                opacity: Some(1.0),
                orient: Some(plot.tick_orient()),
                invalid,
                aria: Some(false),
                ..MarkDef::new(Mark::Tick)
            },
            ..Part::default()
        };
        [
            (&rule, "lower_whisker", Some("lower_box")),
            (&rule, "upper_box", Some("upper_whisker")),
            (&tick, "lower_whisker", None),
            (&tick, "upper_whisker", None),
        ]
        .into_iter()
        .filter_map(|(part, from, to)| {
            self.part(
                plot.mark,
                part.clone(),
                plot.axis.span(from, to, &plot.bare, &tooltip),
            )
        })
        .collect()
    }

    fn boxes(&self, plot: &BoxPlot<'_>) -> Vec<View> {
        let invalid = plot.mark.invalid.clone();
        let bar = Part {
            name: "box",
            on_by_default: true,
            mark: MarkDef {
                size: plot.size,
                orient: Some(plot.axis.orient),
                invalid: invalid.clone(),
                aria_role_description: Some("box".into()),
                ..MarkDef::new(Mark::Bar)
            },
            ..Part::default()
        };
        let median = Part {
            name: "median",
            on_by_default: true,
            mark: MarkDef {
                invalid,
                color: Some("white".into()),
                size: plot.size,
                orient: Some(plot.tick_orient()),
                aria: Some(false),
                ..MarkDef::new(Mark::Tick)
            },
            ..Part::default()
        };
        let box_encoding = plot.axis.span(
            "lower_box",
            Some("upper_box"),
            &plot.extracted.encoding,
            &plot.summaries,
        );
        let median_encoding = plot
            .axis
            .span("mid_box", None, &plot.median_encoding(), &plot.summaries);
        [(bar, box_encoding), (median, median_encoding)]
            .into_iter()
            .filter_map(|(part, encoding)| self.part(plot.mark, part, encoding))
            .collect()
    }

    fn whiskers_and_outliers(&self, plot: &BoxPlot<'_>, reach: f64, whiskers: Vec<View>) -> View {
        let (low, high) = plot.fences(reach);
        let value = datum(&plot.axis.field);
        let mut quartiles = plot.extracted.derived.clone();
        quartiles.push(Transform::JoinAggregate(JoinAggregate {
            ops: plot.quartiles(),
            groupby: plot.extracted.groupby.clone(),
            ..JoinAggregate::default()
        }));
        let mut inside = layered(whiskers);
        inside.transform = vec![
            filter(format!("({low} <= {value}) && ({value} <= {high})")),
            plot.whisker_ends(),
        ];
        let outliers = Part {
            name: "outliers",
            on_by_default: true,
            mark: MarkDef::new(Mark::Point),
            ..Part::default()
        };
        match self.part(plot.mark, outliers, plot.outlier_encoding()) {
            Some(mut points) => {
                points.transform = vec![filter(format!("({value} < {low}) || ({value} > {high})"))];
                let mut both = layered(vec![points, inside]);
                both.transform = quartiles;
                both
            }
            None => {
                quartiles.append(&mut inside.transform);
                inside.transform = quartiles;
                inside
            }
        }
    }
}

impl<'a> BoxPlot<'a> {
    fn new(unit: &'a Unit, config: &MarkConfig<'_>) -> Result<Self, NormalizeError> {
        let axis = continuous_axis(unit, Mark::Boxplot)?;
        let mut others = unit.encoding.clone();
        others.remove(axis.channel);
        let own_tooltip = split_tooltip(&mut others);
        let extracted = extract(&others);
        let mut bare = extracted.encoding.clone();
        bare.remove(Channel::Size);
        let color = bare.remove(Channel::Color);
        let reach = match &unit.mark.extent {
            Some(ExtentKind::MinMax) => None,
            Some(ExtentKind::Iqr(reach)) => Some(*reach),
            Some(_) => Some(1.5),
            None => match config.get("boxplot", "extent") {
                Some(configured) if configured.is_string() => None,
                Some(configured) => Some(configured.as_f64().unwrap_or(1.5)),
                None => Some(1.5),
            },
        };
        let size = config
            .of_mark(&unit.mark, "size")
            .map_or(Some(14.0), serde_json::Value::as_f64);
        let (low, high) = match reach {
            None => ("lower_whisker_", "upper_whisker_"),
            Some(_) => ("min_", "max_"),
        };
        let listed = [
            summary(high, "Max"),
            summary("upper_box_", "Q3"),
            summary("mid_box_", "Median"),
            summary("lower_box_", "Q1"),
            summary(low, "Min"),
        ];
        let summaries = axis.tooltip(&listed, &extracted.encoding, true);
        Ok(Self {
            mark: &unit.mark,
            axis,
            extracted,
            reach,
            size: unit.mark.size.or(size).filter(|size| *size != 0.0),
            color,
            bare,
            own_tooltip,
            summaries,
        })
    }

    fn tick_orient(&self) -> MarkOrient {
        match self.axis.orient {
            MarkOrient::Vertical => MarkOrient::Horizontal,
            MarkOrient::Horizontal => MarkOrient::Vertical,
        }
    }

    fn op(&self, op: Aggregate, of: &str, prefix: &str) -> AggregateOp {
        AggregateOp {
            op,
            field: Some(FieldRef::Name(FieldName::new(format!("{of}{}", self.axis.field)))),
            output: FieldName::new(format!("{prefix}{}", self.axis.field)),
        }
    }

    fn quartiles(&self) -> Vec<AggregateOp> {
        vec![
            self.op(Aggregate::Q1, "", "lower_box_"),
            self.op(Aggregate::Q3, "", "upper_box_"),
        ]
    }

    fn summaries_of_groups(&self) -> Transform {
        let (low, high) = match self.reach {
            None => ("lower_whisker_", "upper_whisker_"),
            Some(_) => ("min_", "max_"),
        };
        let mut ops = self.extracted.aggregate.clone();
        ops.append(&mut self.quartiles());
        ops.push(self.op(Aggregate::Median, "", "mid_box_"));
        ops.push(self.op(Aggregate::Min, "", low));
        ops.push(self.op(Aggregate::Max, "", high));
        self.aggregate(ops)
    }

    fn whisker_ends(&self) -> Transform {
        let mut ops = vec![
            self.op(Aggregate::Min, "", "lower_whisker_"),
            self.op(Aggregate::Max, "", "upper_whisker_"),
            self.op(Aggregate::Min, "lower_box_", "lower_box_"),
            self.op(Aggregate::Max, "upper_box_", "upper_box_"),
        ];
        ops.extend(self.extracted.aggregate.iter().cloned());
        self.aggregate(ops)
    }

    fn aggregate(&self, ops: Vec<AggregateOp>) -> Transform {
        Transform::Aggregate {
            ops,
            groupby: self.extracted.groupby.clone(),
        }
    }

    /// Where whiskers end at the latest, as expressions.
    fn fences(&self, reach: f64) -> (String, String) {
        let [low, high] =
            ["lower_box_", "upper_box_"].map(|prefix| datum(&format!("{prefix}{}", self.axis.field)));
        let range = format!("({high} - {low})");
        (
            format!("{low} - {reach} * {range}"),
            format!("{high} + {reach} * {range}"),
        )
    }

    /// The median takes the box's color where the box has no height, so that it is seen.
    fn median_encoding(&self) -> Encoding {
        let mut encoding = self.bare.clone();
        if let Some(size) = self
            .extracted
            .encoding
            .entries
            .iter()
            .find(|e| e.channel == Channel::Size)
        {
            encoding.entries.push(size.clone());
        }
        let [low, high] =
            ["lower_box_", "upper_box_"].map(|prefix| datum(&format!("{prefix}{}", self.axis.field)));
        let color = self.color.as_ref().and_then(|entry| entry.defs.first());
        let then = match color {
            Some(ChannelDef::Value(def)) => match &def.value {
                Some(value) => ConditionalValue::Value(value.clone()),
                None => ConditionalValue::Value(Literal::Null),
            },
            Some(def) => ConditionalValue::Def(Box::new(def.clone())),
            None => ConditionalValue::Value(Literal::Text("#4c78a8".into())),
        };
        let test = Predicate::Expression(Expression(format!("{low} >= {high}")));
        encoding.set(
            Channel::Color,
            ChannelDef::Value(ValueDef {
                condition: vec![Condition { test, then }],
                ..ValueDef::default()
            }),
        );
        encoding
    }

    fn outlier_encoding(&self) -> Encoding {
        let mut encoding = Encoding::new().with(
            self.axis.channel,
            FieldDef {
                field: self.axis.def.field.clone(),
                ..self.axis.summary("")
            },
        );
        let others = self
            .bare
            .entries
            .iter()
            .filter(|entry| entry.channel != Channel::Tooltip);
        // Outliers are single rows, which no summary of their group is known of; Vega-Lite asks for
        // it all the same, finds none and drops every outlier.
        let of_rows = others.chain(&self.color).filter(|entry| !self.is_summary(entry));
        encoding.entries.extend(of_rows.chain(&self.own_tooltip).cloned());
        encoding
    }

    /// Whether a channel shows a summary of the groups.
    fn is_summary(&self, entry: &EncodingEntry) -> bool {
        let made = |name: &FieldName| self.extracted.aggregate.iter().any(|op| op.output == *name);
        let fields = entry.defs.iter().filter_map(ChannelDef::bound_field);
        fields.filter_map(FieldDef::name).any(made)
    }
}

/// Takes the tooltips that summarise nothing out of an encoding.
fn split_tooltip(encoding: &mut Encoding) -> Option<EncodingEntry> {
    let entry = encoding.remove(Channel::Tooltip)?;
    let is_summary = |def: &ChannelDef| def.own_field().is_some_and(|field| field.aggregate.is_some());
    let (summaries, plain): (Vec<_>, Vec<_>) = entry.defs.into_iter().partition(is_summary);
    if !summaries.is_empty() {
        encoding.entries.push(EncodingEntry {
            channel: Channel::Tooltip,
            defs: summaries,
            listed: entry.listed,
        });
    }
    let listed = entry.listed && plain.len() > 1;
    (!plain.is_empty()).then_some(EncodingEntry {
        channel: Channel::Tooltip,
        defs: plain,
        listed,
    })
}

fn filter(expression: String) -> Transform {
    Transform::Filter(Predicate::Expression(Expression(expression)))
}
