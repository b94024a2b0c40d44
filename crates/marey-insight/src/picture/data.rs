//! The rows behind a picture, taken from the table.

use marey_core::FieldName;
use marey_table::Table;

use crate::{
    Bucket, Insight,
    column::{Dimension, floor, instants, iso, numbers},
    words::Lexicon,
};

/// An insight with the table it is about.
pub(super) struct Data<'a> {
    pub(super) table: &'a Table,
    pub(super) insight: &'a Insight,
    pub(super) lexicon: &'a Lexicon<'a>,
}

/// Sums of one group of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    /// Values.
    pub(super) n: f64,
    /// Their sum.
    pub(super) sum: f64,
    /// The sum of their squares, about the first value of the column.
    pub(super) squares: f64,
    /// The same sum about the first value.
    pub(super) centred: f64,
}

impl Sums {
    fn add(&mut self, value: f64, centre: f64) {
        self.n += 1.0;
        self.sum += value;
        self.centred += value - centre;
        self.squares += (value - centre).powi(2);
    }

    /// The mean; NaN without values.
    pub(super) fn mean(&self) -> f64 {
        self.sum / self.n
    }

    /// The sample standard deviation; NaN with fewer than two values.
    pub(super) fn deviation(&self) -> f64 {
        let variance = (self.squares - self.centred * self.centred / self.n) / (self.n - 1.0);
        variance.max(0.0).sqrt()
    }
}

/// How a measure is brought to one number per group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reduce {
    Mean,
    Sum,
    Count,
    Deviation,
}

impl Reduce {
    pub(super) fn of(self, sums: &Sums) -> f64 {
        match self {
            Reduce::Mean => sums.mean(),
            Reduce::Sum => sums.sum,
            Reduce::Count => sums.n,
            Reduce::Deviation => sums.deviation(),
        }
    }
}

impl<'a> Data<'a> {
    /// Numbers of a column, NaN where there is none; none for a column that is neither in the table nor derived.
    pub(super) fn numbers(&self, name: &FieldName) -> Option<Vec<f64>> {
        if let Some(index) = self.table.column_index(name) {
            return Some(numbers(self.table, index));
        }
        crate::derive::values(self.table, self.lexicon.formula(name)?).ok()
    }

    /// Categories of a column.
    pub(super) fn categories(&self, name: &FieldName) -> Option<Dimension> {
        Some(Dimension::new(self.table, self.table.column_index(name)?, None))
    }

    /// Instants of the insight's time column, `i64::MAX` where missing.
    pub(super) fn instants(&self) -> Option<Vec<i64>> {
        let name = self.insight.roles.time.as_ref()?;
        Some(instants(self.table, self.table.column_index(name)?))
    }

    pub(super) fn measure(&self) -> Option<&'a FieldName> {
        self.insight.roles.measure.as_ref()
    }

    /// Whether each row belongs to the insight's subspace.
    pub(super) fn inside(&self) -> Option<Vec<bool>> {
        let mut inside = vec![true; self.table.rows()];
        for (name, wanted) in &self.insight.subspace {
            let column = self.categories(name)?;
            let code = column.labels.iter().position(|label| label == wanted)? as u32;
            inside
                .iter_mut()
                .zip(&column.codes)
                .for_each(|(inside, at)| *inside &= *at == code);
        }
        Some(inside)
    }

    /// The measure summed up by category.
    pub(super) fn by_category(&self, x: &[f64], by: &Dimension) -> Vec<Sums> {
        let mut sums = vec![Sums::default(); by.len()];
        let centre = x.iter().copied().find(|x| x.is_finite()).unwrap_or(0.0);
        for (x, code) in x.iter().zip(&by.codes) {
            if let (true, Some(sums)) = (x.is_finite(), sums.get_mut(*code as usize)) {
                sums.add(*x, centre);
            }
        }
        sums
    }

    /// A column summed up by stretches of time, in order, over the rows that are kept.
    pub(super) fn by_time(
        &self,
        x: &[f64],
        ms: &[i64],
        kept: &dyn Fn(usize) -> bool,
        bucket: Bucket,
    ) -> Vec<(i64, Sums)> {
        let mut sums: std::collections::BTreeMap<i64, Sums> = std::collections::BTreeMap::new();
        for (row, (x, ms)) in x.iter().zip(ms).enumerate() {
            if x.is_finite() && *ms != i64::MAX && kept(row) {
                sums.entry(floor(bucket, *ms)).or_default().add(*x, 0.0);
            }
        }
        sums.into_iter().collect()
    }

    /// The stretch of time to draw by: the insight's own, or one that gives enough points and not too many.
    pub(super) fn bucket(&self, ms: &[i64]) -> Bucket {
        if let Some(bucket) = self.insight.locator.bucket {
            return bucket;
        }
        let known = || ms.iter().copied().filter(|ms| *ms != i64::MAX);
        let (Some(first), Some(last)) = (known().min(), known().max()) else {
            return Bucket::Day;
        };
        let days = (last as f64 - first as f64) / 86_400_000.0;
        let rows = ms.len() as f64;
        match days {
            days if days < 3.0 => Bucket::Hour,
            days if days <= 70.0 => Bucket::Day,
            days if days <= 1100.0 && rows / days * 7.0 >= 2.0 => Bucket::Week,
            days if days <= 9000.0 => Bucket::Month,
            _ => Bucket::Year,
        }
    }

    /// The category in focus, as it stands on the axis.
    pub(super) fn focus(&self) -> Option<String> {
        self.insight.focus.first().map(|value| self.lexicon.value(value))
    }

    /// The measure with its unit, as an axis title: "Average revenue (€)".
    pub(super) fn title(&self, name: &FieldName, reduce: Reduce) -> String {
        let lexicon = self.lexicon;
        let text = match reduce {
            Reduce::Mean => lexicon.mean_of(name),
            Reduce::Sum => lexicon.total_of(name),
            Reduce::Count => lexicon.words.term("rows-of", &[]),
            Reduce::Deviation => lexicon
                .words
                .term("deviation-of", &[("measure", &lexicon.inside(name))]),
        };
        let unit = match reduce {
            Reduce::Count => String::new(),
            _ => lexicon.unit_note(name),
        };
        marey_core::label::capitalised(&format!("{text}{unit}"))
    }

    /// A column's heading with its unit.
    pub(super) fn heading(&self, name: &FieldName) -> String {
        format!("{}{}", self.lexicon.heading(name), self.lexicon.unit_note(name))
    }

    /// A value of the measure, written short.
    pub(super) fn amount(&self, value: f64) -> String {
        let unit = self
            .measure()
            .map(|name| self.lexicon.unit(name))
            .unwrap_or_default();
        self.lexicon.words.short_amount(value, &unit)
    }
}

/// An instant as the spec writes it.
pub(super) fn iso_text(ms: i64) -> String {
    let text = iso(ms);
    match text.contains('T') {
        true => format!("{text}Z"),
        false => text,
    }
}
