//! What is shown when no chart is legal: lengths of texts, or the rows themselves.

use marey_core::spec::{
    Axis, Bin, BinParams, Encoding, Expression, FieldDef, FieldPredicate, FieldRef, FieldTest, Predicate,
    Setting, Size, Sort, Transform, WindowFunction, WindowOp,
};
use marey_core::{Channel, FieldName, FieldType, Mark, PhysicalType};
use marey_profile::TableProfile;

use crate::draft::{self, Draft, Idea};
use crate::recommend::{RecommendOptions, Recommendation, Source};
use crate::role::{Field, Role};
use crate::words;

/// Most rows of a table view.
const MOST_ROWS: u64 = 12;
/// Most columns of a table view.
const MOST_COLUMNS: usize = 6;
/// Score of a fallback; below every chart of the rules.
const SCORE: f64 = 0.1;

/// Plain views of the table, with the reason why there is nothing better.
pub(crate) fn recommendations(
    profile: &TableProfile,
    roles: &[Field<'_>],
    options: &RecommendOptions,
) -> Vec<Recommendation> {
    let wished = |field: &&Field<'_>| {
        options.columns.contains(field.name()) || options.target.as_ref() == Some(field.name())
    };
    let mut shown: Vec<&Field<'_>> = roles.iter().filter(wished).collect();
    if shown.is_empty() {
        shown = roles.iter().collect();
    }
    let reason = why(profile, roles, options);
    let mut drafts: Vec<Draft> = Vec::new();
    if options.mark.is_none_or(|mark| mark == Mark::Bar) {
        drafts.extend(
            shown
                .iter()
                .take(MOST_COLUMNS)
                .filter_map(|field| lengths(profile, field)),
        );
    }
    drafts.insert(0, rows(profile, &shown));
    drafts
        .into_iter()
        .take(options.top)
        .enumerate()
        .map(|(at, draft)| Recommendation {
            rank: at + 1,
            probability: None,
            score: SCORE / (at + 1) as f64,
            spec: draft.spec,
            reasons: std::iter::once(reason.clone()).chain(draft.reasons).collect(),
            warnings: draft.warnings,
            source: Source::Fallback,
        })
        .collect()
}

/// Why there is no better chart.
fn why(profile: &TableProfile, roles: &[Field<'_>], options: &RecommendOptions) -> String {
    let unknown = options
        .columns
        .iter()
        .chain(&options.target)
        .find(|name| profile.column(name).is_none());
    if let Some(name) = unknown {
        return format!(
            "The table has no column {}, so no chart can use it.",
            words::quoted(name)
        );
    }
    let wished: Vec<&Field<'_>> = roles
        .iter()
        .filter(|field| {
            options.columns.contains(field.name()) || options.target.as_ref() == Some(field.name())
        })
        .collect();
    if let Some(reason) = wished.iter().find_map(|field| exclusion(field)) {
        return format!("{reason}, so no chart uses it.");
    }
    let columns = || words::listed(&wished.iter().map(|field| field.quoted()).collect::<Vec<_>>());
    match (options.mark, wished.is_empty()) {
        (Some(mark), true) => format!("No legal {mark} chart fits this table."),
        (Some(mark), false) => format!("No legal {mark} chart fits {}.", columns()),
        (None, false) => format!("No legal chart shows {} together.", columns()),
        (None, true) => no_chart_at_all(roles),
    }
}

fn no_chart_at_all(roles: &[Field<'_>]) -> String {
    let reasons: Vec<String> = roles.iter().take(4).filter_map(exclusion).collect();
    match reasons.is_empty() {
        true => {
            "No column can be counted, measured or compared, so the rows themselves are shown.".to_owned()
        }
        false => format!("{}, so the rows themselves are shown.", words::listed(&reasons)),
    }
}

fn exclusion(field: &Field<'_>) -> Option<String> {
    match &field.role {
        Role::Excluded(reason) => Some(format!("{} {reason}", field.quoted())),
        _ => None,
    }
}

/// How long the texts of a column are.
fn lengths(profile: &TableProfile, field: &Field<'_>) -> Option<Draft> {
    let text = field
        .column
        .text
        .as_ref()
        .filter(|text| text.max_chars > text.min_chars)?;
    let prose = field.column.physical_type == PhysicalType::Text && field.distinct() > 1 && profile.rows >= 5;
    if !prose {
        return None;
    }
    let output = draft::fresh_name("length", &names(profile));
    let measure = Transform::Calculate {
        calculate: Expression(format!("length({})", draft::datum(field.name()))),
        output: output.clone(),
    };
    let mut axis = FieldDef::new(output, FieldType::Quantitative)
        .titled(format!("Number of characters in {}", field.inside()));
    axis.bin = Some(Bin::On(BinParams {
        maxbins: Some(20.0),
        minstep: Some(1.0),
        ..BinParams::default()
    }));
    let encoding = Encoding::new()
        .with(Channel::X, axis)
        .with(Channel::Y, draft::row_count());
    Some(
        Draft::new(Idea::Distribution, draft::mark(Mark::Bar), encoding, &[field])
            .titled(format!("Length of {}", field.inside()))
            .because(format!(
                "{} holds texts of {} to {} characters.",
                field.quoted(),
                text.min_chars,
                text.max_chars
            ))
            .with_transforms([measure])
            .sized(Size::Pixels(420.0), Size::Pixels(220.0)),
    )
}

/// The first rows as a table of text.
fn rows(profile: &TableProfile, fields: &[&Field<'_>]) -> Draft {
    let fields: Vec<&Field<'_>> = fields.iter().copied().take(MOST_COLUMNS).collect();
    let taken = names(profile);
    let [row, key, value] = ["row", "column", "value"].map(|wish| draft::fresh_name(wish, &taken));
    let transforms = [
        number_rows(&row),
        Transform::Filter(Predicate::Field(FieldPredicate {
            field: FieldRef::Name(row.clone()),
            time_unit: None,
            test: FieldTest::Lte(draft::number(MOST_ROWS as f64)),
        })),
        Transform::Fold {
            fields: fields.iter().map(|field| field.name().clone()).collect(),
            output: Some([key.clone(), value.clone()]),
        },
    ];
    let encoding = Encoding::new()
        .with(Channel::X, column_heads(&key))
        .with(Channel::Y, FieldDef::new(row, FieldType::Ordinal).titled("Row"))
        .with(Channel::Text, FieldDef::new(value, FieldType::Nominal));
    let mut mark = draft::mark(Mark::Text);
    mark.limit = Some(110.0);
    let draft = Draft::new(Idea::Rows, mark, encoding, &[])
        .titled(title(profile, &fields))
        .sized(draft::per_category(120.0), draft::per_category(20.0));
    draft.with_transforms(transforms)
}

fn title(profile: &TableProfile, fields: &[&Field<'_>]) -> String {
    let rows = profile.rows.min(MOST_ROWS);
    let some = match fields.len() < profile.columns.len() {
        true => format!(", {} of {} columns", fields.len(), profile.columns.len()),
        false => String::new(),
    };
    format!(
        "The first {rows} of {} rows{some}",
        words::thousands(profile.rows)
    )
}

fn column_heads(key: &FieldName) -> FieldDef {
    let mut heads = FieldDef::new(key.clone(), FieldType::Nominal).sorted(Sort::Unsorted);
    heads.title = Some(Setting::Off);
    heads.axis = Some(Setting::On(Axis {
        orient: Some(marey_core::spec::Orient::Top),
        label_angle: Some(0.0),
        label_limit: Some(110.0),
        ..Axis::default()
    }));
    heads
}

fn number_rows(output: &FieldName) -> Transform {
    Transform::Window {
        ops: vec![WindowOp {
            op: WindowFunction::RowNumber,
            field: None,
            param: None,
            output: output.clone(),
        }],
        frame: None,
        ignore_peers: None,
        groupby: Vec::new(),
        sort: Vec::new(),
    }
}

fn names(profile: &TableProfile) -> Vec<FieldName> {
    profile.columns.iter().map(|column| column.name.clone()).collect()
}
