//! Repeats expanded: the view once for each field of the lists.

use super::{NormalizeError, Normalizer, Scope, recomposed};
use crate::{
    FieldName, FieldType,
    spec::{
        ChannelDef, Composition, ConcatFlow, Condition, ConditionalValue, DatumDef, Encoding, EncodingEntry,
        FieldDef, FieldRef, Literal, Repeat, RepeatRef, Sort, View,
    },
};

/// The items at which the repeats around a view stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeater {
    wrap: Option<FieldName>,
    row: Option<FieldName>,
    column: Option<FieldName>,
    layer: Option<FieldName>,
}

impl Repeater {
    fn get(&self, list: RepeatRef) -> Option<&FieldName> {
        match list {
            RepeatRef::Repeat => self.wrap.as_ref(),
            RepeatRef::Row => self.row.as_ref(),
            RepeatRef::Column => self.column.as_ref(),
            RepeatRef::Layer => self.layer.as_ref(),
        }
    }
}

impl Normalizer<'_> {
    pub(super) fn repeat(
        &mut self,
        view: &View,
        repeat: &Repeat,
        scope: &Scope,
    ) -> Result<View, NormalizeError> {
        match &repeat.layer {
            Some(layers) if repeat.row.is_none() && repeat.column.is_none() => {
                self.layered_repeat(view, layers, repeat, scope)
            }
            Some(layers) => {
                let inner = Repeat {
                    row: None,
                    column: None,
                    wrap: None,
                    layer: Some(layers.clone()),
                    ..repeat.clone()
                };
                let outer = Repeat {
                    layer: None,
                    spec: View::new(Composition::Repeat(Box::new(inner))),
                    ..repeat.clone()
                };
                self.grid_repeat(view, &outer, scope)
            }
            None => self.grid_repeat(view, repeat, scope),
        }
    }

    fn layered_repeat(
        &mut self,
        view: &View,
        fields: &[FieldName],
        repeat: &Repeat,
        scope: &Scope,
    ) -> Result<View, NormalizeError> {
        let mut layers = Vec::new();
        for field in fields {
            let mut inner = scope.layered(scope.encoding.clone());
            inner.repeater.layer = Some(field.clone());
            layers.push(self.view(&repeat.spec, &inner)?);
        }
        let encoding = Encoding::new();
        Ok(recomposed(view, Composition::Layer { layers, encoding }))
    }

    fn grid_repeat(&mut self, view: &View, repeat: &Repeat, scope: &Scope) -> Result<View, NormalizeError> {
        let repeater = &scope.repeater;
        let wraps = items(&repeat.wrap, &repeater.wrap);
        let rows = items(&repeat.row, &repeater.row);
        let columns = items(&repeat.column, &repeater.column);
        let mut views = Vec::new();
        for wrap in &wraps {
            for row in &rows {
                for column in &columns {
                    let mut inner = scope.inside();
                    inner.repeater.wrap.clone_from(wrap);
                    inner.repeater.row.clone_from(row);
                    inner.repeater.column.clone_from(column);
                    let mut child = self.view(&repeat.spec, &inner)?;
                    child.data = None;
                    views.push(child);
                }
            }
        }
        let columns = match (&repeat.wrap, &repeat.column) {
            (Some(_), _) => view.layout.columns,
            (None, Some(fields)) => Some(fields.len() as f64),
            (None, None) => Some(1.0),
        };
        let mut concat = recomposed(
            view,
            Composition::Concat {
                flow: ConcatFlow::Wrap,
                views,
            },
        );
        concat.layout.columns = columns;
        // The repeated view's own data move up, as all repetitions share them.
        concat.data = repeat.spec.data.clone().or(concat.data);
        Ok(concat)
    }

    /// An encoding with the items of the repeats in place of the references to them; what refers
    /// to no repeat around the view is left out.
    pub(super) fn repeated_encoding(&mut self, encoding: &Encoding, repeater: &Repeater) -> Encoding {
        let mut replaced = Encoding {
            entries: Vec::with_capacity(encoding.entries.len()),
            rest: encoding.rest.clone(),
        };
        for entry in &encoding.entries {
            let defs: Vec<ChannelDef> = entry
                .defs
                .iter()
                .filter_map(|def| self.repeated_def(def.clone(), repeater))
                .collect();
            if !defs.is_empty() || entry.listed {
                replaced.entries.push(EncodingEntry {
                    channel: entry.channel,
                    defs,
                    listed: entry.listed,
                });
            }
        }
        replaced
    }

    fn repeated_def(&mut self, def: ChannelDef, repeater: &Repeater) -> Option<ChannelDef> {
        match def {
            ChannelDef::Field(def) => self.repeated_field(*def, repeater).map(ChannelDef::from),
            ChannelDef::Datum(def) => self
                .repeated_datum(*def, repeater)
                .map(|def| ChannelDef::Datum(Box::new(def))),
            ChannelDef::Value(mut def) => {
                let conditions = std::mem::take(&mut def.condition);
                def.condition = conditions
                    .into_iter()
                    .filter_map(|condition| self.repeated_condition(condition, repeater))
                    .collect();
                Some(ChannelDef::Value(def))
            }
        }
    }

    fn repeated_condition(&mut self, condition: Condition, repeater: &Repeater) -> Option<Condition> {
        let then = match condition.then {
            ConditionalValue::Def(def) => ConditionalValue::Def(Box::new(self.repeated_def(*def, repeater)?)),
            value => value,
        };
        Some(Condition { then, ..condition })
    }

    /// A field definition with the repeat's item in place of a reference to it.
    pub(super) fn repeated_field(&mut self, mut def: FieldDef, repeater: &Repeater) -> Option<FieldDef> {
        if let Some(FieldRef::Repeat(list)) = def.field {
            def.field = Some(FieldRef::Name(self.item(list, repeater)?));
        }
        if let Some(Sort::Field(sort)) = &mut def.sort
            && let Some(FieldRef::Repeat(list)) = sort.field
        {
            sort.field = self.item(list, repeater).map(FieldRef::Name);
        }
        Some(def)
    }

    fn repeated_datum(&mut self, def: DatumDef, repeater: &Repeater) -> Option<DatumDef> {
        let Err(list) = def.datum else {
            return Some(def);
        };
        let name = self.item(list, repeater)?;
        Some(DatumDef {
            datum: Ok(Literal::Text(name.to_string())),
            field_type: def.field_type.or(Some(FieldType::Nominal)),
            ..def
        })
    }

    fn item(&mut self, list: RepeatRef, repeater: &Repeater) -> Option<FieldName> {
        let item = repeater.get(list).cloned();
        if item.is_none() {
            self.note(format!(
                "a reference to the repeat `{list}` is left out: no such repeat is around the view"
            ));
        }
        item
    }
}

/// The items of one list of a repeat; where it has none, the item of the repeat around it.
fn items(list: &Option<Vec<FieldName>>, around: &Option<FieldName>) -> Vec<Option<FieldName>> {
    match list {
        Some(fields) => fields.iter().cloned().map(Some).collect(),
        None => vec![around.clone()],
    }
}
