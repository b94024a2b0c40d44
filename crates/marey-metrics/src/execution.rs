//! Execution match: do two charts draw the same from a table?

use std::collections::BTreeMap;

use marey_core::{Channel, ChartSpec, Mark};
use marey_table::{Table, TableError, execute::ExecuteOptions};

use crate::{
    drawn::{DrawnUnit, MarkClass, draw},
    rows::{Cell, RELATIVE, same_rows},
    visual_check::Legality,
};

/// How results are compared.
#[derive(Debug, Clone)]
pub struct ExecutionOptions {
    /// Numbers are equal within this share of the larger; 5e-4 as in VisEval.
    pub relative: f64,
    /// Whether x and y of bars may be exchanged as a whole.
    pub swaps_bars: bool,
    /// Bounds on each execution.
    pub execute: ExecuteOptions,
}

impl Default for ExecutionOptions {
    fn default() -> Self {
        Self {
            relative: RELATIVE,
            swaps_bars: true,
            execute: ExecuteOptions::default(),
        }
    }
}

/// The rows that a right chart draws, kept to compare many answers with.
#[derive(Debug, Clone)]
pub struct Executed {
    units: Vec<DrawnUnit>,
}

impl Executed {
    /// Runs a chart on a table.
    ///
    /// # Errors
    ///
    /// When a field does not exist, a step cannot be run, or a bound is passed.
    pub fn of(spec: &ChartSpec, table: &Table, options: &ExecutionOptions) -> Result<Self, TableError> {
        draw(spec, table, &options.execute).map(|units| Self { units })
    }

    /// Number of rows behind all marks.
    pub fn rows(&self) -> usize {
        self.units.iter().map(|unit| unit.rows).sum()
    }

    /// Whether at least one mark is drawn for each unit view: it shows a field, and in some row every
    /// position (x, y, theta, radius, longitude, latitude) and text that is bound has a value.
    pub fn draws_something(&self) -> bool {
        !self.units.is_empty() && self.units.iter().all(draws)
    }

    /// Whether this chart draws what the right one draws.
    ///
    /// The same number of unit views in order; each with the same class of mark (points, circles and
    /// squares are one; lines and trails are one), fields on the same channels that are seen
    /// (`detail`, `order`, tooltips and links are not), and the same rows of cells over these channels
    /// in any order: text trimmed and in lower case, dates as instants, numbers within the tolerance.
    /// Where the right chart asks for an order of categories, the answer has to keep to it; categories
    /// whose deciding values are equal may change places. x and y of bars may be exchanged.
    pub fn matches(&self, right: &Executed, options: &ExecutionOptions) -> bool {
        self.units.len() == right.units.len()
            && self.units.iter().zip(&right.units).all(|(own, right)| {
                let is_bar = right.class == Some(MarkClass::Other(Mark::Bar));
                same_unit(own, right, options.relative)
                    || is_bar && options.swaps_bars && same_unit(&exchanged(own), right, options.relative)
            })
    }

    /// Which of VisEval's checks of legality this chart passes beside the right one: the kinds of its marks (with or
    /// without series), the rows over the channels that are seen, and the order that the right chart asks for. Each is told
    /// for itself; together they are [`matches`](Self::matches). x and y of bars may be exchanged.
    pub fn legality(&self, right: &Executed, options: &ExecutionOptions) -> Legality {
        if self.units.len() != right.units.len() {
            return Legality {
                kind: false,
                data: false,
                order: false,
            };
        }
        let parts = self.units.iter().zip(&right.units).map(|(own, right)| {
            let is_bar = right.class == Some(MarkClass::Other(Mark::Bar));
            let straight = unit_legality(own, right, options.relative);
            if straight.data || !is_bar || !options.swaps_bars {
                return straight;
            }
            let turned = unit_legality(&exchanged(own), right, options.relative);
            if turned.data { turned } else { straight }
        });
        let all = Legality {
            kind: true,
            data: true,
            order: true,
        };
        parts.fold(all, |all, part| Legality {
            kind: all.kind && part.kind,
            data: all.data && part.data,
            order: all.order && part.order,
        })
    }
}

/// Whether an answer draws the same as the right chart. An answer that cannot be run draws nothing
/// and is no match.
///
/// # Errors
///
/// When the right chart cannot be run.
///
/// ```
/// use marey_core::ChartSpec;
/// use marey_metrics::{ExecutionOptions, execution_match};
/// use marey_table::read::{ReadOptions, read};
///
/// let table = read("t.csv", "city,price\nRome,3\nOslo,4\nRome,6\n".as_bytes().to_vec(), &ReadOptions::default())?.value;
/// let chart = |text| ChartSpec::from_json_str(text).map(|read| read.value);
/// let gold = chart(r#"{"mark": "bar", "encoding": {"x": {"field": "city"}, "y": {"aggregate": "sum", "field": "price"}}}"#)?;
/// let lying = chart(r#"{"mark": "bar", "encoding": {"y": {"field": "city"}, "x": {"aggregate": "sum", "field": "price"}}}"#)?;
/// assert!(execution_match(&lying, &gold, &table, &ExecutionOptions::default())?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn execution_match(
    answer: &ChartSpec,
    gold: &ChartSpec,
    table: &Table,
    options: &ExecutionOptions,
) -> Result<bool, TableError> {
    let right = Executed::of(gold, table, options)?;
    Ok(Executed::of(answer, table, options).is_ok_and(|own| own.matches(&right, options)))
}

fn same_unit(own: &DrawnUnit, right: &DrawnUnit, relative: f64) -> bool {
    own.class == right.class && unit_legality(own, right, relative).passes()
}

fn unit_legality(own: &DrawnUnit, right: &DrawnUnit, relative: f64) -> Legality {
    let has_series = |unit: &DrawnUnit| {
        let series = [Channel::Color, Channel::Fill, Channel::Stroke];
        series.iter().any(|channel| unit.channels.contains_key(channel))
    };
    Legality {
        kind: own.class == right.class && has_series(own) == has_series(right),
        data: own.channels.keys().eq(right.channels.keys())
            && same_rows(&tuples(own), &tuples(right), relative),
        order: keeps_orders(own, right),
    }
}

fn tuples(unit: &DrawnUnit) -> Vec<Vec<Cell>> {
    let row = |row: usize| unit.channels.values().map(|cells| cells[row].clone()).collect();
    (0..unit.rows).map(row).collect()
}

fn keeps_orders(own: &DrawnUnit, right: &DrawnUnit) -> bool {
    let asked = right.orders.iter().filter(|(_, order)| order.asked);
    // An order on an axis that the answer draws as a number line is kept by the line itself.
    asked
        .into_iter()
        .all(|(channel, order)| match own.orders.get(channel) {
            Some(own) => order.is_kept_by(own),
            None => true,
        })
}

fn exchanged(unit: &DrawnUnit) -> DrawnUnit {
    let exchange = |channel: Channel| match channel {
        Channel::X => Channel::Y,
        Channel::Y => Channel::X,
        Channel::X2 => Channel::Y2,
        Channel::Y2 => Channel::X2,
        Channel::XOffset => Channel::YOffset,
        Channel::YOffset => Channel::XOffset,
        other => other,
    };
    DrawnUnit {
        class: unit.class,
        rows: unit.rows,
        channels: renamed(&unit.channels, exchange),
        orders: renamed(&unit.orders, exchange),
    }
}

fn renamed<T: Clone>(by: &BTreeMap<Channel, T>, name: impl Fn(Channel) -> Channel) -> BTreeMap<Channel, T> {
    by.iter()
        .map(|(channel, value)| (name(*channel), value.clone()))
        .collect()
}

fn draws(unit: &DrawnUnit) -> bool {
    let is_needed = |channel: &Channel| {
        channel.is_position() || matches!(channel, Channel::Longitude | Channel::Latitude | Channel::Text)
    };
    let needed: Vec<&Vec<Cell>> = unit
        .channels
        .iter()
        .filter_map(|(channel, cells)| is_needed(channel).then_some(cells))
        .collect();
    (0..unit.rows).any(|row| needed.iter().all(|cells| cells[row] != Cell::Null))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{bars, chart, sales};

    fn check(answer: &str, gold: &str, expected: bool) {
        let found = execution_match(
            &chart(answer),
            &chart(gold),
            &sales(),
            &ExecutionOptions::default(),
        );
        assert_eq!(found.unwrap(), expected, "{answer} for {gold}");
    }

    const SUM: &str = r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"sum","field":"price"}}}"#;

    #[test]
    fn ways_to_the_same_rows_are_one() {
        check(SUM, SUM, true);
        let in_steps = r#"{"transform":[{"aggregate":[{"op":"sum","field":"price","as":"s"}],"groupby":["city"]}],"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"field":"s","type":"quantitative"}}}"#;
        check(in_steps, SUM, true);
        let lying = r#"{"mark":"bar","encoding":{"y":{"field":"city","type":"nominal"},"x":{"aggregate":"sum","field":"price"}}}"#;
        check(lying, SUM, true);
        check(&SUM.replace("bar", "line"), SUM, false);
        check(
            &lying.replace("bar", "point"),
            &SUM.replace("bar", "point"),
            false,
        );
        check(&SUM.replace("bar", "circle"), &SUM.replace("bar", "point"), true);
    }

    #[test]
    fn other_rows_or_channels_are_other_charts() {
        check(&SUM.replace("sum", "mean"), SUM, false);
        let filtered = SUM.replacen('{', r#"{"transform":[{"filter":"datum.price > 1"}],"#, 1);
        check(&filtered, SUM, false);
        let coloured = SUM.replace(r#""y":"#, r#""color":{"field":"kind","type":"nominal"},"y":"#);
        check(&coloured, SUM, false);
        check(&SUM.replace("price", "prize"), SUM, false);
        // The mean and the median of at most two values are the same number.
        check(&SUM.replace("sum", "median"), &SUM.replace("sum", "mean"), true);
    }

    #[test]
    fn an_order_is_compared_where_it_is_asked_for() {
        let sorted = |sort: &str| {
            SUM.replace(
                r#""type":"nominal""#,
                &format!(r#""type":"nominal","sort":{sort}"#),
            )
        };
        // Sums: Rome 9, Oslo 9, Bern 1.
        check(SUM, &sorted(r#""-y""#), false);
        check(&sorted(r#""-y""#), SUM, true);
        check(&sorted(r#"["Rome","Oslo","Bern"]"#), &sorted(r#""-y""#), true);
        check(&sorted(r#"["Oslo","Rome","Bern"]"#), &sorted(r#""-y""#), true);
        check(&sorted(r#"["Bern","Oslo","Rome"]"#), &sorted(r#""-y""#), false);
        check(
            &sorted(r#"["Bern","Oslo","Rome"]"#),
            &sorted(r#""ascending""#),
            true,
        );
        check(SUM, &sorted(r#""descending""#), false);
    }

    #[test]
    fn what_cannot_be_run_or_shows_nothing_is_told() {
        let options = ExecutionOptions::default();
        assert!(Executed::of(&chart(&SUM.replace("price", "prize")), &sales(), &options).is_err());
        assert!(
            execution_match(
                &bars(),
                &chart(&SUM.replace("price", "prize")),
                &sales(),
                &options
            )
            .is_err()
        );
        let none = SUM.replacen('{', r#"{"transform":[{"filter":"datum.price > 99"}],"#, 1);
        let none = Executed::of(&chart(&none), &sales(), &options).unwrap();
        assert!(!none.draws_something() && none.rows() == 0);
        let some = Executed::of(&bars(), &sales(), &options).unwrap();
        assert!(some.draws_something() && some.rows() == 3);
    }

    #[test]
    fn each_part_of_legality_is_told_for_itself() {
        let gold = r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal","sort":"-y"},"y":{"aggregate":"sum","field":"price"}}}"#;
        let options = ExecutionOptions::default();
        let table = sales();
        let executed = |json: &str| Executed::of(&chart(json), &table, &options).unwrap();
        let right = executed(gold);
        for (answer, parts) in [
            (gold.to_owned(), (true, true, true)),
            (
                gold.replace("\"x\"", "\"z\"")
                    .replace("\"y\":", "\"x\":")
                    .replace("\"z\"", "\"y\"")
                    .replace("-y", "-x"),
                (true, true, true),
            ),
            (gold.replace("bar", "line"), (false, true, true)),
            (gold.replace("sum", "mean"), (true, false, true)),
            (gold.replace("-y", "y"), (true, true, false)),
        ] {
            let own = executed(&answer);
            let found = own.legality(&right, &options);
            assert_eq!((found.kind, found.data, found.order), parts, "{answer}");
            assert_eq!(found.passes(), own.matches(&right, &options), "{answer}");
        }
    }
}
