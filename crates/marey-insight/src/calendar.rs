//! The waves of the calendar along an axis of time: computed once, fitted to every series.

use crate::column::TimeAxis;

/// Periods of the calendar in days, by the unit that people call them; of each unit, the variants
/// that people use (a season of 30 days drifts against the months).
pub(crate) const PERIODS: [&[f64]; 6] = [
    &[1.0],
    &[7.0],
    &[30.0, 30.4369],
    &[91.0, 91.3106],
    &[182.6211],
    &[365.2425],
];

/// Days of the cycles whose overtones are looked at: the hours of a day, the days of a week and the months
/// of a year repeat in other shapes than waves.
const SHAPED: [f64; 3] = [1.0, 7.0, 365.2425];
/// Waves of such a shape.
const OVERTONES: usize = 3;

/// One period: cosine and sine of the middle of each tick.
pub(crate) struct Cycle {
    pub period: f64,
    pub turns: Vec<[f64; 2]>,
}

impl Cycle {
    pub fn new(axis: &TimeAxis, period: f64) -> Self {
        let turn = |tick: usize| {
            let (sine, cosine) = (std::f64::consts::TAU * axis.day_of_tick(tick) / period).sin_cos();
            [cosine, sine]
        };
        Self {
            period,
            turns: (0..axis.ticks).map(turn).collect(),
        }
    }
}

/// The cycles that an axis is long and fine enough for.
#[derive(Default)]
pub(crate) struct Calendar {
    /// Those that fit three times and more into the axis, and at least four ticks.
    pub cycles: Vec<Cycle>,
    /// Halves and thirds of those that have shapes, after the place of the whole cycle.
    pub overtones: Vec<(usize, Vec<Cycle>)>,
    ticks: usize,
}

impl Calendar {
    pub fn new(axis: &TimeAxis) -> Self {
        let span = axis.span_days();
        let tick = axis.day_of_tick(1) - axis.day_of_tick(0);
        let mut cycles = Vec::new();
        for unit in PERIODS {
            for (variant, period) in unit.iter().enumerate() {
                // A variant is worth a look once it has drifted by a sixth of a cycle.
                let drift = (span / period - span / unit[0]).abs();
                let fits =
                    *period * 3.0 <= span && *period >= 4.0 * tick && (variant == 0 || drift > 1.0 / 6.0);
                if fits {
                    cycles.push(Cycle::new(axis, *period));
                }
            }
        }
        // A cycle needs two ticks for each of its waves.
        let has_shape =
            |cycle: &Cycle| SHAPED.contains(&cycle.period) && cycle.period >= 2.0 * OVERTONES as f64 * tick;
        let shaped = cycles.iter().enumerate().filter(|(_, cycle)| has_shape(cycle));
        let overtones = shaped.map(|(at, cycle)| {
            let parts = (2..=OVERTONES).map(|part| Cycle::new(axis, cycle.period / part as f64));
            (at, parts.collect())
        });
        Self {
            overtones: overtones.collect(),
            cycles,
            ticks: axis.ticks,
        }
    }

    /// Whether it is that of an axis as long as this.
    pub fn covers(&self, axis: &TimeAxis) -> bool {
        self.ticks == axis.ticks
    }
}
