//! What a measure does over time: level (trend or step), season, and weeks that stand out.

use super::{
    evidence::Look,
    hypothesis::{Finding, Focus, Hypothesis},
};
use crate::{
    Direction, Effect, EffectName, Guard, InsightKind, Locator,
    autoregression::Autoregression,
    calendar::{Calendar, Cycle, PERIODS},
    chance::{best_of, chi_square_upper, f_upper, step_upper, student_two_sided},
    column::{DAY_MS, Measure, TimeAxis},
    series::{Series, Step, Wave},
};

/// A measure along time with what was found in it.
pub(crate) struct Timeline {
    /// Sums of scores.
    pub series: Series,
    /// The same less line, step and season where they are clear.
    pub rest: Series,
    /// How rows depend on the rows before them, once those are taken out.
    pub memory: Autoregression,
    line: crate::series::Fit,
    step: Step,
    waves: Vec<Wave>,
    /// The same with their overtones, for units whose cycles have shapes of their own.
    shapes: Vec<Shape>,
}

/// A cycle with its overtones.
struct Shape {
    /// The wave of the whole cycle, of its half and of its third.
    waves: Vec<Wave>,
}

/// Sums of a measure's scores per tick.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ticks {
    n: Vec<f64>,
    s: Vec<f64>,
    squares: Vec<f64>,
}

impl Ticks {
    /// Adds a stretch of rows that have a time.
    pub fn add(&mut self, axis: &TimeAxis, measure: &Measure, rows: std::ops::Range<usize>) {
        for sums in [&mut self.n, &mut self.s, &mut self.squares] {
            sums.resize(axis.ticks, 0.0);
        }
        for row in rows.filter(|row| !measure.x[*row].is_nan()) {
            let (tick, z) = (axis.tick[row] as usize, measure.z[row]);
            self.n[tick] += 1.0;
            self.s[tick] += z;
            self.squares[tick] += z * z;
        }
    }
}

impl Timeline {
    /// Fits line, step and waves to the sums; how rows depend on their past is taken from a look made
    /// before, if there is one.
    pub fn new(
        (axis, calendar): (&TimeAxis, &Calendar),
        measure: &Measure,
        ticks: &Ticks,
        known: Option<&Look>,
    ) -> Self {
        let series = Series::standardised(&ticks.n, &ticks.s, &ticks.squares);
        let line = series.line(axis);
        let step = series.step();
        let mut rest = series.clone();
        let has_step = step.z * step.z > line.z * line.z + 2.0;
        if has_step && step.z.abs() > 3.0 {
            rest.take_off(|tick| if tick >= step.tick { step.height } else { 0.0 });
        } else if line.z.abs() > 2.5 {
            rest.take_off(|tick| line.slope * axis.day_of_tick(tick));
        }
        let waves: Vec<Wave> = calendar.cycles.iter().map(|cycle| rest.wave(cycle)).collect();
        let shapes = shapes(&rest, calendar, &waves);
        // The strongest wave first: the next may be the same one in another unit.
        let mut left = waves.clone();
        for _ in 0..3 {
            let strongest = left
                .iter()
                .enumerate()
                .max_by(|a, b| a.1.chi_square.total_cmp(&b.1.chi_square));
            let Some((at, wave)) = strongest.filter(|(_, wave)| wave.chi_square >= 14.0) else {
                break;
            };
            rest.take_wave_off(wave, &calendar.cycles[at]);
            left = calendar.cycles.iter().map(|cycle| rest.wave(cycle)).collect();
        }
        let memory = match known {
            Some(look) => look.memory.clone(),
            None => Autoregression::fit(&residuals(axis, measure, &series, &rest)),
        };
        Self {
            series,
            rest,
            memory,
            line,
            step,
            waves,
            shapes,
        }
    }

    /// What took a look at all rows.
    pub fn look(&self) -> Look {
        Look {
            memory: self.memory.clone(),
        }
    }

    /// What a finding over time looks like, per tick.
    pub fn shape<'a>(&'a self, axis: &'a TimeAxis, finding: &Finding) -> Box<dyn Fn(usize) -> f64 + 'a> {
        let (from, until) = (finding.locator.at_ms, finding.locator.until_ms);
        let period = finding.locator.period_days;
        match finding.kind {
            InsightKind::ChangePoint => {
                let from = self.step.tick;
                Box::new(move |tick| f64::from(u8::from(tick >= from)))
            }
            InsightKind::OutlierTime | InsightKind::PeriodChange => Box::new(move |tick| {
                let ms = axis.ms_of_tick(tick);
                f64::from(u8::from(
                    from.is_some_and(|from| ms >= from) && until.is_some_and(|until| ms < until),
                ))
            }),
            InsightKind::Seasonality => {
                let waves = self.cycle(period, finding.looks > 1.0);
                Box::new(move |tick| waves.iter().map(|wave| wave_at(wave, axis, tick)).sum())
            }
            _ => Box::new(move |tick| axis.day_of_tick(tick)),
        }
    }

    /// The wave of a period, or with its overtones.
    fn cycle(&self, period: Option<f64>, shaped: bool) -> Vec<Wave> {
        let same = |wave: &Wave| Some(wave.period) == period;
        let shape = self
            .shapes
            .iter()
            .find(|shape| shape.waves.first().is_some_and(same));
        match shape.filter(|_| shaped) {
            Some(shape) => shape.waves.clone(),
            None => {
                let waves = self.waves.iter().copied();
                waves.filter(same).take(1).collect()
            }
        }
    }

    fn freedom(&self) -> f64 {
        (self.series.total / self.memory.inflation - 2.0).max(2.0)
    }

    fn guard(&self) -> Guard {
        if self.memory.any {
            Guard::Spectrum
        } else {
            Guard::Independent
        }
    }

    /// Whether the level changes over time, as a line or as a step.
    pub fn level(&self, index: usize, axis: &TimeAxis, measure: &Measure) -> Hypothesis {
        let scale = self.memory.inflation.sqrt();
        let freedom = self.freedom();
        let (by_line, by_step) = if self.memory.walks {
            (drift(axis, measure), 1.0)
        } else {
            let line = student_two_sided(self.line.z / scale, freedom);
            (
                line,
                step_upper(softened(self.step.z / scale, freedom), crate::series::TRIM),
            )
        };
        let as_line = self.line_finding(index, scale);
        let as_step = self.step_finding(index, axis, scale);
        let is_step = !self.memory.walks && self.step.z.powi(2) > self.line.z.powi(2) + 2.0;
        let mut finding = if is_step { as_step.clone() } else { as_line.clone() };
        finding.also.push(if is_step { as_line } else { as_step });
        let asked = InsightKind::Trend;
        Hypothesis::new(asked, best_of(by_line.min(by_step), 2), finding)
    }

    fn line_finding(&self, index: usize, scale: f64) -> Finding {
        let r = self.line.r;
        let margin = 1.96 * scale / self.series.total.sqrt();
        let effect = Effect {
            name: EffectName::Correlation,
            value: r,
            low: (r.abs() - margin).max(0.0),
        };
        Finding::new(InsightKind::Trend, effect)
            .measure(index)
            .timed()
            .direction(Direction::over_time(r))
            .guard(self.guard())
            .inflation(self.memory.inflation)
    }

    fn step_finding(&self, index: usize, axis: &TimeAxis, scale: f64) -> Finding {
        let step = self.step;
        let margin = 1.96 * scale * (step.height / step.z).abs();
        let effect = Effect {
            name: EffectName::CohenD,
            value: step.height,
            low: (step.height.abs() - margin).max(0.0),
        };
        let mut finding = Finding::new(InsightKind::ChangePoint, effect)
            .measure(index)
            .timed()
            .direction(Direction::over_time(step.height))
            .guard(self.guard())
            .inflation(self.memory.inflation);
        finding.locator.at_ms = Some(axis.ms_of_tick(step.tick));
        finding
    }

    /// Whether the measure repeats with the calendar.
    pub fn season(&self, index: usize, axis: &TimeAxis) -> Hypothesis {
        let mut best: Option<(f64, f64, Wave)> = None;
        let mut units = 0;
        for unit in PERIODS {
            let fitted = self.waves.iter().filter(|wave| unit.contains(&wave.period));
            let ps: Vec<(f64, Wave)> = fitted.map(|wave| (self.wave_chance(wave, axis), *wave)).collect();
            units += usize::from(!ps.is_empty());
            for (p, wave) in &ps {
                // Variants of a unit are nearly the same wave on short axes; two looks at most.
                let p = best_of(*p, ps.len());
                if best.is_none_or(|(least, ..)| p < least) {
                    best = Some((p, self.memory.inflation_at(per_row(self, axis, wave)), *wave));
                }
            }
        }
        let (by_wave, inflation, wave) = best.unwrap_or((1.0, 1.0, Wave::default()));
        let by_wave = best_of(by_wave, units.max(1));
        let shape = self.best_shape();
        let by_shape = shape.map_or(1.0, |(p, _)| best_of(p, self.shapes.len()));
        // Most of the error that may be spent goes to single waves.
        let is_shape = by_shape * 5.0 < by_wave * 1.25;
        let waves = match shape {
            Some((_, shape)) if is_shape => shape.waves.clone(),
            _ => vec![wave],
        };
        let chi_square: f64 = waves.iter().map(|wave| wave.chi_square).sum();
        let share = chi_square / self.series.total.max(1.0);
        let root = chi_square.sqrt() - 1.96 * inflation.sqrt();
        let effect = Effect {
            name: EffectName::VarianceShare,
            value: share,
            low: root.max(0.0).powi(2) / self.series.total.max(1.0),
        };
        let mut finding = Finding::new(InsightKind::Seasonality, effect)
            .measure(index)
            .timed()
            .looks(1 + usize::from(is_shape))
            .guard(self.guard())
            .inflation(inflation);
        let period = waves.first().map_or(0.0, |wave| wave.period);
        let peak_ms = first_peak(&waves, period) * DAY_MS as f64;
        finding.locator = Locator {
            period_days: Some(period),
            at_ms: Some(axis.start_ms.saturating_add(peak_ms as i64)),
            ..Locator::default()
        };
        let p = (1.25 * by_wave).min(5.0 * by_shape);
        Hypothesis::new(InsightKind::Seasonality, p.min(1.0), finding)
    }

    /// The most telling cycle with its overtones; only where rows have no memory, whose spectrum would have
    /// to be known at every overtone.
    fn best_shape(&self) -> Option<(f64, &Shape)> {
        if self.memory.any {
            return None;
        }
        let chance = |shape: &Shape| {
            let count = shape.waves.len() as f64;
            let chi_square: f64 = shape.waves.iter().map(|wave| wave.chi_square).sum();
            let explained = chi_square / self.series.total.max(1.0);
            let freedom = self.series.total - 2.0 * count - 1.0;
            f_upper(
                chi_square / (2.0 * count) / (1.0 - explained).max(1e-9),
                2.0 * count,
                freedom.max(1.0),
            )
        };
        let chances = self.shapes.iter().map(|shape| (chance(shape), shape));
        chances.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    fn wave_chance(&self, wave: &Wave, axis: &TimeAxis) -> f64 {
        if self.memory.walks {
            return 1.0;
        }
        let inflation = self.memory.inflation_at(per_row(self, axis, wave));
        let freedom = (self.series.total / inflation - 3.0).max(2.0);
        let explained = wave.chi_square / self.series.total.max(1.0);
        let f = wave.chi_square / inflation / 2.0 / (1.0 - explained).max(1e-9);
        let by_spectrum = f_upper(f, 2.0, freedom);
        if !self.memory.any || by_spectrum > 0.05 {
            return by_spectrum;
        }
        by_spectrum.max(self.against_neighbours(wave, axis))
    }

    /// The wave against waves of nearby frequencies: valid for any smooth spectrum.
    fn against_neighbours(&self, wave: &Wave, axis: &TimeAxis) -> f64 {
        let own = axis.span_days() / wave.period;
        let steps = (-12..=12)
            .filter(|step: &i32| step.abs() >= 2)
            .map(|step| own + f64::from(step));
        let periods = steps
            .filter(|cycles| *cycles >= 1.0)
            .map(|cycles| axis.span_days() / cycles);
        let power: Vec<f64> = periods
            .map(|period| self.rest.wave(&Cycle::new(axis, period)).chi_square)
            .collect();
        let mean = power.iter().sum::<f64>() / power.len().max(1) as f64;
        f_upper(wave.chi_square / mean.max(1e-9), 2.0, 2.0 * power.len() as f64)
    }

    /// Whether one bucket of time stands out.
    pub fn spike(&self, index: usize, axis: &TimeAxis, measure: &Measure) -> Hypothesis {
        let buckets = &axis.buckets;
        let means = bucket_deviations(&self.rest, axis);
        let values: Vec<f64> = means.iter().flatten().copied().collect();
        let count = values.len();
        // Whether buckets vary more than their rows tell is asked of all but the one that stands out.
        let largest = values.iter().map(|z| z * z).fold(0.0, f64::max);
        let square = values.iter().map(|z| z * z).sum::<f64>() - largest;
        let overdispersed = chi_square_upper(square, count as f64 - 2.0) < 0.1;
        let ranked = means
            .iter()
            .enumerate()
            .filter_map(|(bucket, z)| Some((bucket, (*z)?)));
        let best = ranked.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        let Some((bucket, z)) = best.filter(|_| count >= 8) else {
            return nothing(InsightKind::OutlierTime);
        };
        let n = bucket_rows(&self.rest, axis)[bucket];
        // The mean of few skewed scores is skewed itself.
        let by_rows = crate::chance::skewed_two_sided(z, measure.skewness() / n.max(1.0).sqrt());
        let p = if overdispersed || self.memory.any {
            studentised(z, &values, self.memory.walks).max(by_rows)
        } else {
            by_rows
        };
        let effect = Effect {
            name: EffectName::CohenD,
            value: z / n.sqrt(),
            low: ((z.abs() - 1.96).max(0.0)) / n.sqrt(),
        };
        let mut finding = Finding::new(InsightKind::OutlierTime, effect)
            .measure(index)
            .timed()
            .focus(Focus::Instant(buckets.starts[bucket]))
            .direction(Direction::against(z))
            .impact((n / self.rest.total).sqrt())
            .looks(count)
            .guard(self.guard())
            .inflation(self.memory.inflation);
        finding.locator.at_ms = buckets.starts.get(bucket).copied();
        finding.locator.until_ms = buckets.starts.get(bucket + 1).copied();
        finding.locator.bucket = Some(buckets.kind);
        Hypothesis::new(InsightKind::OutlierTime, best_of(p, count), finding)
    }
}

/// A question that this table has not got what it takes to answer.
pub(crate) fn nothing(kind: InsightKind) -> Hypothesis {
    let effect = Effect {
        name: EffectName::Fraction,
        value: 0.0,
        low: 0.0,
    };
    let mut hypothesis = Hypothesis::new(kind, 1.0, Finding::new(kind, effect));
    hypothesis.answerable = false;
    hypothesis
}

/// Cycles per row of a wave.
fn per_row(timeline: &Timeline, axis: &TimeAxis, wave: &Wave) -> f64 {
    axis.span_days() / wave.period.max(1e-9) / timeline.series.total.max(1.0)
}

/// The deviation of one value among others by Grubbs (1950): Student's t of the value against the
/// rest.
fn studentised(z: f64, values: &[f64], walks: bool) -> f64 {
    if walks {
        return 1.0;
    }
    let n = values.len() as f64;
    let square: f64 = values.iter().map(|v| v * v).sum();
    let without = (square - z * z).max(1e-12) / (n - 2.0).max(1.0);
    student_two_sided(z / without.sqrt(), n - 2.0)
}

/// Cycles with their overtones, each wave fitted to what those before it leave: what they explain together
/// is never overstated.
fn shapes(series: &Series, calendar: &Calendar, waves: &[Wave]) -> Vec<Shape> {
    let shaped = calendar.overtones.iter().map(|(at, overtones)| {
        let mut rest = series.clone();
        let mut last = &calendar.cycles[*at];
        let mut found = vec![waves[*at]];
        for overtone in overtones {
            rest.take_wave_off(&found[found.len() - 1], last);
            found.push(rest.wave(overtone));
            last = overtone;
        }
        Shape { waves: found }
    });
    shaped.collect()
}

/// Day of a cycle on which waves are highest together, by steps of a hundredth.
fn first_peak(waves: &[Wave], period: f64) -> f64 {
    let height = |day: f64| -> f64 {
        let of = |wave: &Wave| {
            let angle = std::f64::consts::TAU * day / wave.period.max(1e-9);
            wave.cosine * angle.cos() + wave.sine * angle.sin()
        };
        waves.iter().map(of).sum()
    };
    let days = (0..400).map(|step| f64::from(step) / 400.0 * period);
    days.max_by(|a, b| height(*a).total_cmp(&height(*b)))
        .unwrap_or(0.0)
}

fn wave_at(wave: &Wave, axis: &TimeAxis, tick: usize) -> f64 {
    let angle = std::f64::consts::TAU * axis.day_of_tick(tick) / wave.period;
    wave.cosine * angle.cos() + wave.sine * angle.sin()
}

/// Scores in order of time less what was fitted.
fn residuals(axis: &TimeAxis, measure: &Measure, series: &Series, rest: &Series) -> Vec<f64> {
    let fitted: Vec<f64> = series
        .n
        .iter()
        .zip(series.s.iter().zip(&rest.s))
        .map(|(n, (s, rest))| if *n > 0.0 { (s - rest) / n } else { 0.0 })
        .collect();
    let rows = axis.tick.iter().zip(measure.z.iter().zip(&measure.x));
    rows.filter(|(_, (_, x))| !x.is_nan())
        .map(|(tick, (z, _))| z - fitted[*tick as usize])
        .collect()
}

/// Stretches whose gains are compared with zero.
const STRETCHES: usize = 12;

/// Two-sided p of the mean difference from row to row, for series that walk: the larger of that of the
/// differences themselves and that of the gains of twelve stretches, which need to agree.
fn drift(axis: &TimeAxis, measure: &Measure) -> f64 {
    let rows = measure.z[..axis.rows()].iter().zip(&measure.x);
    let z: Vec<f64> = rows.filter(|(_, x)| !x.is_nan()).map(|(z, _)| *z).collect();
    let steps: Vec<f64> = z.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if steps.len() < 4 * STRETCHES {
        return 1.0;
    }
    let gains: Vec<f64> = steps
        .chunks(steps.len().div_ceil(STRETCHES))
        .map(|part| part.iter().sum())
        .collect();
    one_sample(&steps, Autoregression::fit(&steps).inflation).max(one_sample(&gains, 1.0))
}

/// Student's p of a mean of zero.
fn one_sample(values: &[f64], inflation: f64) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    student_two_sided(
        mean * (n / variance.max(1e-300) / inflation).sqrt(),
        (n / inflation - 1.0).max(1.0),
    )
}

/// The normal deviate as unlikely as a Student deviate, to first order.
fn softened(t: f64, freedom: f64) -> f64 {
    t * (1.0 - 1.0 / (4.0 * freedom)) / (1.0 + t * t / (2.0 * freedom)).sqrt()
}

/// Values in each bucket.
pub(crate) fn bucket_rows(series: &Series, axis: &TimeAxis) -> Vec<f64> {
    let mut n = vec![0.0; axis.buckets.len()];
    for (bucket, count) in axis.buckets.of_tick.iter().zip(&series.n) {
        n[*bucket as usize] += count;
    }
    n
}

/// Mean of each bucket in its own standard errors; none for buckets of fewer than three values.
pub(crate) fn bucket_deviations(series: &Series, axis: &TimeAxis) -> Vec<Option<f64>> {
    let mut sums = vec![0.0; axis.buckets.len()];
    for (bucket, s) in axis.buckets.of_tick.iter().zip(&series.s) {
        sums[*bucket as usize] += s;
    }
    let counts = bucket_rows(series, axis);
    sums.iter()
        .zip(counts)
        .map(|(s, n)| (n >= 3.0).then(|| s / (n * (1.0 - n / series.total)).max(1e-9).sqrt()))
        .collect()
}
