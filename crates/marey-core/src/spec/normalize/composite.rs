//! What box plots, error bars and error bands have in common: an axis along which values are
//! summarised, parts that may be switched off or styled, and tooltips that list the summaries.

use super::{NormalizeError, Normalizer, config::is_truthy};
use crate::{
    Channel, FieldName, FieldType, Mark,
    spec::{
        ChannelDef, Composition, Encoding, EncodingEntry, FieldDef, FieldRef, Lines, Literal, MarkDef,
        MarkOrient, MarkPart, Setting, Unit, View,
    },
};

/// The axis along which a composite mark summarises.
#[derive(Debug, Clone)]
pub(super) struct ContinuousAxis {
    /// X or y.
    pub(super) channel: Channel,
    /// Its field, without aggregate.
    pub(super) def: FieldDef,
    /// The field's name.
    pub(super) field: String,
    /// The direction of the mark.
    pub(super) orient: MarkOrient,
}

impl Normalizer<'_> {
    /// Takes a composite mark apart; none for a simple mark.
    pub(super) fn composite(&self, view: &View, unit: &Unit) -> Result<Option<View>, NormalizeError> {
        let Some(mark) = unit.mark.mark.filter(|mark| mark.is_composite()) else {
            return Ok(None);
        };
        let mut unit = unit.clone();
        for entry in &mut unit.encoding.entries {
            for def in &mut entry.defs {
                if let ChannelDef::Field(field) = def {
                    **field = super::unit::completed_field((**field).clone(), entry.channel);
                }
            }
        }
        let mut outer = view.clone();
        // The parts of a composite mark cannot be selected and are not projected.
        outer.rest.shift_remove("params");
        outer.projection = None;
        match mark {
            Mark::Boxplot => self.boxplot(outer, &unit).map(Some),
            _ => self.error_mark(outer, &unit, mark).map(Some),
        }
    }

    /// One part of a composite mark as a layer, unless it is switched off.
    pub(super) fn part(&self, whole: &MarkDef, part: Part, encoding: Encoding) -> Option<View> {
        let asked = part.asked(whole);
        let is_on = match asked {
            Some(MarkPart::On(on)) => *on,
            Some(MarkPart::Styled(_)) => true,
            None => match whole
                .mark
                .and_then(|mark| self.config.get(mark.as_str(), part.name))
            {
                Some(configured) => is_truthy(configured),
                None => part.on_by_default,
            },
        };
        if !is_on {
            return None;
        }
        let shared = MarkDef {
            clip: whole.clip.filter(|clip| *clip),
            color: whole.color.clone().filter(|color| !color.is_empty()),
            opacity: whole.opacity.filter(|opacity| *opacity != 0.0),
            ..MarkDef::default()
        };
        let name = whole.mark.map_or("", Mark::as_str);
        let mark = part.mark.mark;
        let mut def = part.mark.over(shared.over(part.default_style));
        def.style = Some(Lines(vec![format!("{name}-{}", part.name)]));
        if let Some(MarkPart::Styled(style)) = asked {
            def = (**style).clone().over(def);
        }
        // A part stays what it is, so that no part is composite again.
        def.mark = mark;
        Some(View::unit(def, encoding))
    }
}

/// A part of a composite mark before it is styled.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// Name of the part, such as `box`.
    pub(super) name: &'static str,
    /// Whether the part is drawn where nobody says.
    pub(super) on_by_default: bool,
    /// What the part is drawn with.
    pub(super) mark: MarkDef,
    /// Vega-Lite's own style, weaker than the whole mark's.
    pub(super) default_style: MarkDef,
}

impl Part {
    fn asked<'a>(&self, whole: &'a MarkDef) -> Option<&'a MarkPart> {
        match self.name {
            "box" => whole.box_part.as_ref(),
            "median" => whole.median.as_ref(),
            "rule" => whole.rule.as_ref(),
            "ticks" => whole.ticks.as_ref(),
            "outliers" => whole.outliers.as_ref(),
            "borders" => whole.borders.as_ref(),
            _ => whole.band.as_ref(),
        }
    }
}

/// The axis along which a composite mark summarises.
pub(super) fn continuous_axis(unit: &Unit, mark: Mark) -> Result<ContinuousAxis, NormalizeError> {
    let continuous = |channel| is_continuous(&unit.encoding, channel);
    let temporal = |channel| {
        let def = unit.encoding.own_field(channel);
        def.is_some_and(|def| def.field_type == Some(FieldType::Temporal))
    };
    let orient = match (unit.mark.orient, continuous(Channel::X), continuous(Channel::Y)) {
        (Some(orient), ..) => orient,
        (None, true, true) if temporal(Channel::Y) && !temporal(Channel::X) => MarkOrient::Horizontal,
        (None, true, true) | (None, false, true) => MarkOrient::Vertical,
        (None, true, false) => MarkOrient::Horizontal,
        (None, false, false) => return Err(NormalizeError::NoContinuousAxis { mark }),
    };
    let channel = match orient {
        MarkOrient::Vertical => Channel::Y,
        MarkOrient::Horizontal => Channel::X,
    };
    let def = unit.encoding.own_field(channel);
    let mut def = def.cloned().ok_or(NormalizeError::NoContinuousAxis { mark })?;
    def.aggregate = None;
    let name = def.name().ok_or(NormalizeError::NoContinuousAxis { mark })?;
    Ok(ContinuousAxis {
        channel,
        field: name.to_string(),
        def,
        orient,
    })
}

/// Whether a position carries a continuous field or a number.
pub(super) fn is_continuous(encoding: &Encoding, channel: Channel) -> bool {
    match encoding.get(channel) {
        Some(ChannelDef::Field(def)) if def.refers_to_data() => {
            let is_binned = !matches!(def.bin, None | Some(crate::spec::Bin::Off));
            match def.field_type {
                Some(FieldType::Quantitative) => !is_binned,
                Some(FieldType::Temporal) => true,
                _ => false,
            }
        }
        Some(ChannelDef::Datum(def)) => matches!(def.datum, Ok(Literal::Number(_))),
        _ => false,
    }
}

impl ContinuousAxis {
    /// Title of the axis: as given, else the field's name.
    pub(super) fn title(&self) -> Setting<Lines> {
        self.def
            .title
            .clone()
            .unwrap_or_else(|| Setting::On(self.field.clone().into()))
    }

    /// The axis channel carrying one of the summaries.
    pub(super) fn summary(&self, prefix: &str) -> FieldDef {
        FieldDef {
            field: Some(FieldRef::Name(FieldName::new(format!("{prefix}{}", self.field)))),
            field_type: self.def.field_type,
            title: Some(self.title()),
            scale: self.def.scale.clone(),
            axis: self.def.axis.clone(),
            ..FieldDef::default()
        }
    }

    /// The encoding of a part from one summary, perhaps to another.
    pub(super) fn span(
        &self,
        from: &str,
        to: Option<&str>,
        shared: &Encoding,
        tooltip: &Tooltips,
    ) -> Encoding {
        let mut encoding = Encoding::new().with(self.channel, self.summary(&format!("{from}_")));
        if let (Some(to), Some(second)) = (to, self.channel.secondary()) {
            let field = FieldName::new(format!("{to}_{}", self.field));
            encoding.set(
                second,
                FieldDef {
                    field: Some(FieldRef::Name(field)),
                    ..FieldDef::default()
                },
            );
        }
        for entry in shared.entries.iter().chain(tooltip.entry.iter()) {
            encoding.remove(entry.channel);
            encoding.entries.push(entry.clone());
        }
        encoding.rest = shared.rest.clone();
        encoding
    }

    /// The tooltip of a part: the user's own, else the summaries and the other fields.
    pub(super) fn tooltip(
        &self,
        summaries: &[(String, String)],
        others: &Encoding,
        with_name: bool,
    ) -> Tooltips {
        if others.rest.contains_key("tooltip") {
            return Tooltips { entry: None };
        }
        if let Some(entry) = others
            .entries
            .iter()
            .find(|entry| entry.channel == Channel::Tooltip)
        {
            return Tooltips {
                entry: Some(entry.clone()),
            };
        }
        let of = match (with_name, self.title()) {
            (true, Setting::On(title)) => format!(" of {}", title.joined()),
            (true, Setting::Off) => " of null".into(),
            (false, _) => String::new(),
        };
        let mut defs: Vec<ChannelDef> = summaries
            .iter()
            .map(|(prefix, title)| {
                let mut def = self.summary(prefix);
                (def.scale, def.axis) = (None, None);
                def.titled(format!("{title}{of}")).into()
            })
            .collect();
        for def in others.entries.iter().flat_map(|entry| &entry.defs) {
            let Some(field) = def.bound_field() else { continue };
            let mut field = field.clone();
            (field.scale, field.axis, field.legend, field.header) = (None, None, None, None);
            let def = ChannelDef::from(field);
            if !defs.contains(&def) {
                defs.push(def);
            }
        }
        Tooltips {
            entry: Some(EncodingEntry {
                channel: Channel::Tooltip,
                defs,
                listed: true,
            }),
        }
    }
}

/// The tooltip that the parts of a composite mark share.
#[derive(Debug, Clone)]
pub(super) struct Tooltips {
    pub(super) entry: Option<EncodingEntry>,
}

/// A layer view of the given layers with nothing else said.
pub(super) fn layered(layers: Vec<View>) -> View {
    View::new(Composition::Layer {
        layers,
        encoding: Encoding::new(),
    })
}

/// A column of the row at hand, in an expression.
pub(super) fn datum(column: &str) -> String {
    format!("datum['{}']", column.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A named summary, for tooltips.
pub(super) fn summary(prefix: &str, title: impl Into<String>) -> (String, String) {
    (prefix.to_owned(), title.into())
}
