//! What people do well with a chart, by task.

use marey_core::{Channel, ChartSpec, FieldType, Mark, spec::CanonicalOptions};

use crate::canonical;

/// What a person does with a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingTask {
    /// Read the value of one point.
    ReadValue,
    /// Tell which of two points has more.
    CompareValues,
    /// Find the point with the most or the least.
    FindExtremum,
    /// Tell which of two groups has more on average.
    CompareAverages,
}

/// Channels of the quantity asked for, of the other quantity and of the category, and the mean errors at
/// [`ReadingTask`] in its order.
type Measured = ([Channel; 3], [f64; 4]);

/// Kim and Heer, *Assessing Effects of Task and Data Distribution on the Effectiveness of Visual Encodings* (Computer Graphics
/// Forum 37, 2018): mean errors of 12 encodings of two quantities and a category, from the authors' published analysis
/// (`bootstrappedCI_encoding_task.json` of uwdata/visual-encoding-effectiveness-data), to four decimals.
const MEASURED: [Measured; 12] = {
    use Channel::{Color as C, Row as R, Size as S, X, Y};
    [
        ([X, Y, C], [0.0467, 0.0863, 0.1455, 0.2271]),
        ([Y, X, C], [0.0445, 0.0470, 0.1412, 0.2248]),
        ([X, Y, R], [0.0579, 0.1028, 0.1157, 0.1731]),
        ([Y, X, R], [0.0484, 0.0883, 0.1211, 0.1689]),
        ([X, S, Y], [0.0617, 0.0811, 0.0931, 0.1664]),
        ([Y, S, X], [0.0692, 0.0625, 0.0804, 0.1673]),
        ([S, X, Y], [0.1858, 0.1337, 0.0839, 0.1495]),
        ([S, Y, X], [0.2007, 0.1355, 0.0927, 0.1339]),
        ([X, C, Y], [0.0462, 0.0925, 0.0848, 0.1493]),
        ([Y, C, X], [0.0626, 0.0506, 0.0665, 0.1406]),
        ([C, X, Y], [0.2033, 0.2219, 0.1668, 0.1668]),
        ([C, Y, X], [0.1892, 0.2285, 0.2005, 0.2009]),
    ]
};

/// How well people do at a task with a chart of points that shows two quantities and a category, of which `asked` is the
/// quantity that the task is about: 1 - (rank - 1) / 11, the rank among the 12 encodings that were measured, by mean error.
/// 0 (the worst) to 1 (the best); none for charts that were not measured.
///
/// The pairs of `kim2018` are from the same study: there this figure knows the answers.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::{ReadingTask, task_effectiveness};
///
/// let chart = ChartSpec::from_json_str(r#"{"mark": "point", "encoding": {
///     "y": {"field": "q1", "type": "quantitative"}, "color": {"field": "q2", "type": "quantitative"},
///     "x": {"field": "n", "type": "nominal"}}}"#)?.value;
/// // In finding the largest people made the fewest errors with height, and the most with colour.
/// assert_eq!(task_effectiveness(&chart, ReadingTask::FindExtremum, "q1"), Some(1.0));
/// assert_eq!(task_effectiveness(&chart, ReadingTask::FindExtremum, "q2"), Some(0.0));
/// assert_eq!(task_effectiveness(&chart, ReadingTask::FindExtremum, "n"), None);
/// # Ok::<(), marey_core::spec::SpecError>(())
/// ```
pub fn task_effectiveness(spec: &ChartSpec, task: ReadingTask, asked: &str) -> Option<f64> {
    let canonical = canonical(spec, &CanonicalOptions::default());
    let unit = canonical.view.as_unit()?;
    if !matches!(unit.mark.mark?, Mark::Point | Mark::Circle | Mark::Square) {
        return None;
    }
    let (mut of_asked, mut of_other, mut of_category) = (None, None, None);
    for (channel, def) in unit.encoding.fields() {
        let is_quantity = def.measured_as(channel) == FieldType::Quantitative;
        let is_asked = def.name().is_some_and(|name| name.as_str() == asked);
        let place = match (is_quantity, is_asked) {
            (true, true) => &mut of_asked,
            (true, false) => &mut of_other,
            (false, _) => &mut of_category,
        };
        if place.replace(channel).is_some() {
            return None;
        }
    }
    let channels = [of_asked?, of_other?, of_category?];
    let error = |(_, errors): &Measured| errors[task as usize];
    let own = MEASURED.iter().find(|(measured, _)| *measured == channels)?;
    let better = MEASURED.iter().filter(|other| error(other) < error(own)).count();
    let others = MEASURED.len() - 1;
    Some((others - better) as f64 / others as f64)
}

/// What a person wants to find out from a chart of a few tens of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnalysisTask {
    /// Groups of alike points.
    Clusters,
    /// Whether two columns go together.
    Correlation,
    /// Points that are unlike the others.
    Anomalies,
    /// The exact value of a point.
    ExactValue,
}

/// What a study advises of a mark for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// People did best with it.
    Use,
    /// People did badly with it.
    Avoid,
}

/// The guidelines of Saket, Endert and Demiralp, *Task-Based Effectiveness of Basic Visualizations* (IEEE TVCG 25, 2019): bars for
/// clusters, lines for correlations, points for anomalies; no lines where exact values are read, no pies (nor tables) for
/// correlations. None where they advise nothing.
///
/// ```
/// use marey_core::Mark;
/// use marey_metrics::{Advice, AnalysisTask, mark_advice};
///
/// assert_eq!(mark_advice(Mark::Point, AnalysisTask::Anomalies), Some(Advice::Use));
/// assert_eq!(mark_advice(Mark::Arc, AnalysisTask::Correlation), Some(Advice::Avoid));
/// assert_eq!(mark_advice(Mark::Arc, AnalysisTask::Clusters), None);
/// ```
pub fn mark_advice(mark: Mark, task: AnalysisTask) -> Option<Advice> {
    match (task, mark) {
        (AnalysisTask::Clusters, Mark::Bar)
        | (AnalysisTask::Correlation, Mark::Line)
        | (AnalysisTask::Anomalies, Mark::Point | Mark::Circle | Mark::Square) => Some(Advice::Use),
        (AnalysisTask::ExactValue, Mark::Line) | (AnalysisTask::Correlation, Mark::Arc | Mark::Text) => {
            Some(Advice::Avoid)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::chart;

    #[test]
    fn every_encoding_was_measured_once_and_ranks_from_best_to_worst() {
        for (place, (channels, _)) in MEASURED.iter().enumerate() {
            assert!(MEASURED[place + 1..].iter().all(|(other, _)| other != channels));
        }
        for task in 0..4 {
            let mut errors: Vec<f64> = MEASURED.iter().map(|(_, errors)| errors[task]).collect();
            errors.sort_by(f64::total_cmp);
            assert!(
                errors.windows(2).all(|pair| pair[0] < pair[1]),
                "ranks are whole: task {task}"
            );
        }
    }

    #[test]
    fn other_charts_were_not_measured() {
        let points = r#"{"mark":"point","encoding":{"x":{"field":"a","type":"quantitative"},"y":{"field":"b","type":"quantitative"},"color":{"field":"c","type":"nominal"}}}"#;
        let of = |json: &str| task_effectiveness(&chart(json), ReadingTask::ReadValue, "b");
        assert_eq!(of(points), Some(1.0));
        assert_eq!(of(&points.replace("point", "bar")), None);
        assert_eq!(of(&points.replace("color", "shape")), None);
        assert_eq!(of(&points.replace("nominal", "quantitative")), None);
        let averages = |asked| task_effectiveness(&chart(points), ReadingTask::CompareAverages, asked);
        assert_eq!((averages("a"), averages("b")), (Some(0.0), Some(1.0 / 11.0)));
    }
}
