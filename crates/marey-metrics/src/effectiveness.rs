//! How well channels suit what they show, by the rankings of perceptual tasks.
//!
//! The rankings are Mackinlay's (*Automating the Design of Graphical Presentations of Relational
//! Information*, ACM TOG 5, 1986, figure 15), which extend Cleveland and McGill's (JASA 79, 1984).

use marey_core::{
    Channel, ChartSpec, FieldType,
    spec::{CanonicalOptions, View},
};

use crate::canonical;

/// A visual variable of the rankings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Position,
    Length,
    Angle,
    Slope,
    Area,
    Volume,
    Density,
    Saturation,
    Hue,
    Texture,
    Connection,
    Containment,
    Shape,
}

use Variable as V;

const QUANTITATIVE: &[Variable] = &[
    V::Position,
    V::Length,
    V::Angle,
    V::Slope,
    V::Area,
    V::Volume,
    V::Density,
    V::Saturation,
    V::Hue,
];
const ORDINAL: &[Variable] = &[
    V::Position,
    V::Density,
    V::Saturation,
    V::Hue,
    V::Texture,
    V::Connection,
    V::Containment,
    V::Length,
    V::Angle,
    V::Slope,
    V::Area,
    V::Volume,
];
const NOMINAL: &[Variable] = &[
    V::Position,
    V::Hue,
    V::Texture,
    V::Connection,
    V::Containment,
    V::Density,
    V::Saturation,
    V::Shape,
    V::Length,
    V::Angle,
    V::Slope,
    V::Area,
    V::Volume,
];

/// The variable that a channel uses for a level of measurement; none for text, links and the like.
fn variable(channel: Channel, measured: FieldType) -> Option<Variable> {
    use Channel as C;
    Some(match channel {
        C::X | C::Y | C::Longitude | C::Latitude | C::XOffset | C::YOffset => V::Position,
        C::Radius | C::StrokeWidth => V::Length,
        C::Theta => V::Angle,
        C::Angle => V::Slope,
        C::Size => V::Area,
        C::Opacity | C::FillOpacity | C::StrokeOpacity => V::Density,
        C::Color | C::Fill | C::Stroke if measured == FieldType::Nominal => V::Hue,
        C::Color | C::Fill | C::Stroke => V::Saturation,
        C::StrokeDash => V::Texture,
        C::Facet | C::Row | C::Column => V::Containment,
        C::Shape => V::Shape,
        _ => return None,
    })
}

/// How well a channel suits a level of measurement: 1 for the best variable of its ranking, 0 for the
/// last one and for those that the ranking holds to be of no use; none for channels that are outside
/// of it (text, tooltips, details). Times rank as quantities.
pub fn channel_effectiveness(channel: Channel, measured: FieldType) -> Option<f64> {
    let ranking = match measured {
        FieldType::Quantitative | FieldType::Temporal => QUANTITATIVE,
        FieldType::Ordinal => ORDINAL,
        FieldType::Nominal => NOMINAL,
        FieldType::Geojson => return None,
    };
    let variable = variable(channel, measured)?;
    let place = ranking.iter().position(|ranked| *ranked == variable);
    Some(place.map_or(0.0, |place| 1.0 - place as f64 / (ranking.len() - 1) as f64))
}

/// Effectiveness of a chart: the mean of [`channel_effectiveness`] over its fields, 0 to 1, weighted by
/// `importance` of each column (1 for all where nothing is known; counts have no column). None where
/// no field is on a ranked channel or all weigh nothing.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::effectiveness;
///
/// let read = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let chart = read(r#"{"mark": "point", "encoding": {
///     "x": {"field": "a", "type": "quantitative"}, "size": {"field": "b", "type": "quantitative"}}}"#)?;
/// // Position is first of nine variables for quantities, area fifth.
/// assert_eq!(effectiveness(&chart, |_| 1.0), Some((1.0 + 0.5) / 2.0));
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn effectiveness(spec: &ChartSpec, importance: impl Fn(Option<&str>) -> f64) -> Option<f64> {
    let canonical = canonical(spec, &CanonicalOptions::default());
    let (mut sum, mut weights) = (0.0, 0.0);
    each_field(&canonical.view, &mut |channel, def| {
        if let Some(score) = channel_effectiveness(channel, def.measured_as(channel)) {
            let weight = importance(def.name().map(marey_core::FieldName::as_str)).max(0.0);
            sum += weight * score;
            weights += weight;
        }
    });
    (weights > 0.0).then(|| sum / weights)
}

fn each_field(view: &View, visit: &mut impl FnMut(Channel, &marey_core::spec::FieldDef)) {
    if let Some(encoding) = view.encoding() {
        encoding.fields().for_each(|(channel, def)| visit(channel, def));
    }
    view.children()
        .into_iter()
        .for_each(|child| each_field(child, visit));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::chart;

    #[test]
    fn each_ranking_holds_its_variables_once() {
        for (ranking, length) in [(QUANTITATIVE, 9), (ORDINAL, 12), (NOMINAL, 13)] {
            assert_eq!(ranking.len(), length);
            for (place, variable) in ranking.iter().enumerate() {
                assert!(!ranking[place + 1..].contains(variable), "{variable:?}");
            }
        }
    }

    #[test]
    fn positions_are_best_and_shapes_of_no_use_for_quantities() {
        use FieldType::{Nominal, Ordinal, Quantitative};
        assert_eq!(channel_effectiveness(Channel::X, Nominal), Some(1.0));
        assert_eq!(channel_effectiveness(Channel::Shape, Quantitative), Some(0.0));
        assert_eq!(
            channel_effectiveness(Channel::Color, Nominal),
            Some(1.0 - 1.0 / 12.0)
        );
        assert_eq!(
            channel_effectiveness(Channel::Color, Ordinal),
            Some(1.0 - 2.0 / 11.0)
        );
        assert_eq!(channel_effectiveness(Channel::Theta, Quantitative), Some(0.75));
        assert_eq!(channel_effectiveness(Channel::Tooltip, Nominal), None);
    }

    #[test]
    fn what_matters_more_weighs_more() {
        let spec = chart(
            r#"{"mark":"point","encoding":{"x":{"field":"a","type":"quantitative"},"shape":{"field":"b","type":"quantitative"}}}"#,
        );
        let importance = |name: Option<&str>| if name == Some("a") { 3.0 } else { 1.0 };
        assert_eq!(effectiveness(&spec, importance), Some(0.75));
        assert_eq!(effectiveness(&spec, |_| 0.0), None);
    }
}
