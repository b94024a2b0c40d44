//! Numbers that add up to a whole, across columns or over the rows of a group.

use super::{
    evidence,
    field::{Field, MISSING, Sheet},
    quantity::{Quantity, Verdict, judge},
};
use marey_core::FieldType;

/// Most columns that are tried in runs.
const MOST_COLUMNS: usize = 128;
/// Most columns by which rows are grouped.
const MOST_GROUPINGS: usize = 16;
/// Share of the groups that add up.
const ADD_UP: f64 = 0.95;
/// Fewest groups that say something.
const FEWEST_GROUPS: u64 = 3;

/// Shares of a whole; places in the sheet.
pub(super) struct Whole {
    pub(super) columns: Vec<usize>,
    pub(super) within: Option<usize>,
    pub(super) total: f64,
    pub(super) share: f64,
}

/// Runs of neighbouring columns that add up to 1 or 100 in each row.
pub(super) fn across(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<Whole> {
    let all = quantities.get(..MOST_COLUMNS).unwrap_or(quantities);
    let mut found: Vec<Whole> = Vec::new();
    let mut start = 0;
    while start < all.len() {
        let run = (start + 2..=all.len()).rev().find_map(|end| {
            let run = all.get(start..end)?;
            [1.0, 100.0]
                .into_iter()
                .find_map(|total| adds_up(sheet, run, total, all.len()))
        });
        start += run.as_ref().map_or(1, |run| run.columns.len());
        found.extend(run);
    }
    found
}

fn adds_up(sheet: &Sheet<'_>, run: &[Quantity<'_>], total: f64, columns: usize) -> Option<Whole> {
    if !run.iter().all(|part| is_part(part, total)) {
        return None;
    }
    let tolerance: f64 = run.iter().map(|part| part.half_unit).sum::<f64>() + 1e-6 * total;
    // Parts as coarse as the whole would always add up.
    if tolerance > 0.05 * total {
        return None;
    }
    let chance = (2.0 * tolerance / total).min(1.0);
    let (share, _) = judge(sheet, chance, columns * columns, |row| {
        let sum: f64 = run.iter().map(|part| part.at(row)).sum();
        if sum.is_nan() {
            return Verdict::Nothing;
        }
        Verdict::of((sum - total).abs() <= tolerance, true)
    })?;
    Some(Whole {
        columns: run.iter().map(|part| part.place).collect(),
        within: None,
        total,
        share,
    })
}

fn is_part(part: &Quantity<'_>, total: f64) -> bool {
    part.min >= 0.0 && part.max <= total * 1.000_001 && part.max > 0.01 * total
}

/// Columns that add up to 1 or 100 over the rows of each value of another one.
pub(super) fn within(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<Whole> {
    if !sheet.complete {
        return Vec::new();
    }
    let groupings: Vec<(usize, &Field<'_>)> = (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| {
            field.profile.field_type != FieldType::Quantitative
                && field.distinct > 1
                && u64::from(field.distinct) * 2 <= field.filled
        })
        .take(MOST_GROUPINGS)
        .collect();
    let mut found = Vec::new();
    for part in quantities {
        for total in [1.0, 100.0] {
            let fits = is_part(part, total) && !(part.is_whole() && total == 1.0);
            let of_group = groupings.iter().filter(|_| fits).find_map(|(place, field)| {
                let share = groups_add_up(sheet, part, field, total, groupings.len())?;
                Some(Whole {
                    columns: vec![part.place],
                    within: Some(*place),
                    total,
                    share,
                })
            });
            found.extend(of_group);
        }
    }
    found
}

fn groups_add_up(
    sheet: &Sheet<'_>,
    part: &Quantity<'_>,
    by: &Field<'_>,
    total: f64,
    questions: usize,
) -> Option<f64> {
    let mut groups = vec![(0.0, 0_u64); by.distinct as usize];
    for ((code, value), count) in by.codes.iter().zip(part.numbers).zip(sheet.counts) {
        if *code != MISSING
            && value.is_finite()
            && let Some((sum, rows)) = groups.get_mut(*code as usize)
        {
            *sum += value * *count as f64;
            *rows += count;
        }
    }
    let (mut holds, mut fails, mut ln_chance) = (0_u64, 0_u64, 0.0);
    for (sum, rows) in groups.into_iter().filter(|(_, rows)| *rows > 1) {
        let tolerance = part.half_unit * rows as f64 + 1e-6 * total;
        if (sum - total).abs() <= tolerance && tolerance <= 0.1 * total {
            holds += 1;
            ln_chance += (2.0 * tolerance / total).ln();
        } else {
            fails += 1;
        }
    }
    let share = holds as f64 / (holds + fails).max(1) as f64;
    (share >= ADD_UP && holds >= FEWEST_GROUPS && evidence::stands_out(ln_chance, questions)).then_some(share)
}
