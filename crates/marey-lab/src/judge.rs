//! Scores of one answer.

use std::collections::BTreeMap;

use marey_core::ChartSpec;
use marey_metrics::{
    Components, Executed, ExecutionOptions, Hits, Template, canonical, canonical_match, column_coverage,
    columns_used, components, distinct_marks, diversity, edit_cost, effectiveness, gold_assisted_match,
    ndcg_at, preference, regret, relative_token_distance, set_score, strict_match, tree_match,
    tree_similarity, valid_chart,
};
use marey_rules::{RecommendOptions, lint};

use crate::{Asks, Candidate, Item, Task, layout::layout};

/// Scores by the names of docs/metrics.md.
pub(crate) type Scores = BTreeMap<String, f64>;

/// Scores that are 0 where there is no answer: shares of what is right.
const WRONG: &[&str] = &[
    "strict_em",
    "canonical_em",
    "em_without_literals",
    "tree_match",
    "tree_similarity",
    "vis",
    "axis",
    "data",
    "filters",
    "literals",
    "literals_near",
    "group",
    "bins",
    "sort",
    "limit",
    "axis_f1",
    "column_f1",
    "execution_match",
    "legal_kind",
    "legal_data",
    "legal_order",
    "valid",
    "executable",
    "gold_assisted_ncnet",
    "gold_assisted_ncnet_template",
    "mrr",
];

/// Cut-offs of ranked lists.
const CUTS: [usize; 3] = [1, 3, 5];

/// Two charts are compared by executing them within these bounds.
pub(crate) fn execution_options() -> ExecutionOptions {
    let mut options = ExecutionOptions::default();
    // A proposed chart may multiply rows; what it draws then is no answer.
    options.execute.max_rows = 2_000_000;
    options
}

/// The scores of an answer; of none, those of a wrong one.
pub(crate) fn judge(item: &Item, task: &Task, candidates: &[Candidate]) -> Scores {
    let charts: Vec<Option<ChartSpec>> = candidates
        .iter()
        .take(task.k)
        .map(|candidate| valid_chart(&candidate.spec))
        .collect();
    let mut scores: Scores = WRONG.iter().map(|name| ((*name).to_owned(), 0.0)).collect();
    list_scores(item, task, &charts, &mut scores);
    let Some(first) = charts.first() else {
        return scores;
    };
    scores.insert("valid".into(), share(first.is_some()));
    if let Some(first) = first {
        first_scores(item, first, &mut scores);
    }
    scores
}

/// The score of a choice between two charts.
pub(crate) fn judge_pair(better: f64, worse: f64) -> Scores {
    BTreeMap::from([("preference_accuracy".to_owned(), preference(better, worse))])
}

/// The scores where nothing was chosen.
pub(crate) fn judge_no_pair() -> Scores {
    BTreeMap::from([("preference_accuracy".to_owned(), 0.0)])
}

fn share(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// Scores of the first chart against the right one that it is most like.
fn first_scores(item: &Item, first: &ChartSpec, scores: &mut Scores) {
    let options = execution_options();
    let drawn = Executed::of(first, &item.table.table, &options).ok();
    scores.insert(
        "executable".into(),
        share(drawn.as_ref().is_some_and(Executed::draws_something)),
    );
    if let Some(layout) = layout(first, &item.table.table) {
        scores.insert("readable_layout".into(), share(layout.is_readable()));
    }
    let columns = item.table.columns();
    let own_columns = columns_used(first, &columns, item.canonical.fold_case);
    let mut best = |name: &str, value: f64| {
        let held = scores.entry(name.to_owned()).or_insert(value);
        *held = held.max(value);
    };
    for gold in &item.golds {
        let parts = components(first, &gold.spec, &item.canonical);
        best("strict_em", share(strict_match(first, &gold.spec)));
        best(
            "canonical_em",
            share(canonical_match(first, &gold.spec, &item.canonical)),
        );
        best("em_without_literals", share(is_right_but_for_literals(&parts)));
        let (own, right) = (
            canonical(first, &item.canonical),
            canonical(&gold.spec, &item.canonical),
        );
        best("tree_match", share(tree_match(&own, &right)));
        best("tree_similarity", tree_similarity(&own, &right).unwrap_or(0.0));
        for (name, is) in parts.named() {
            best(name, share(is));
        }
        best("axis_f1", parts.axis_f1());
        let right_columns = columns_used(&gold.spec, &columns, item.canonical.fold_case);
        best("column_f1", set_score(&own_columns, &right_columns).f1);
        if let Some((own, right)) = drawn.as_ref().zip(gold.executed(&item.table, &options)) {
            best("execution_match", share(own.matches(right, &options)));
            let legal = own.legality(right, &options);
            best("legal_kind", share(legal.kind));
            best("legal_data", share(legal.data));
            best("legal_order", share(legal.order));
        }
        for (name, template) in [
            ("gold_assisted_ncnet", Template::Without),
            ("gold_assisted_ncnet_template", Template::With),
        ] {
            best(
                name,
                share(gold_assisted_match(first, &gold.spec, &item.canonical, template)),
            );
        }
    }
    let least = |of: &dyn Fn(&ChartSpec) -> Option<f64>| {
        item.golds
            .iter()
            .filter_map(|gold| of(&gold.spec))
            .min_by(f64::total_cmp)
    };
    let tokens = least(&|gold| relative_token_distance(first, gold));
    let edits = least(&|gold| Some(edit_cost(first, gold)));
    scores.extend(tokens.map(|distance| ("token_distance".to_owned(), distance)));
    scores.extend(edits.map(|cost| ("edit_cost".to_owned(), cost)));
}

/// Whether every part but the literals of filters is right, on every channel.
fn is_right_but_for_literals(parts: &Components) -> bool {
    let channels = parts.channels.values().all(|score| score.f1 == 1.0);
    parts.vis && channels && parts.filters && parts.group && parts.bins && parts.sort && parts.limit
}

/// Whether two charts have the same marks and the same (column, function) on every channel.
fn is_same_design(parts: &Components) -> bool {
    parts.vis && parts.channels.values().all(|score| score.f1 == 1.0)
}

fn list_scores(item: &Item, task: &Task, charts: &[Option<ChartSpec>], scores: &mut Scores) {
    let same = |chart: &Option<ChartSpec>, gold: &std::sync::Arc<crate::Gold>| {
        chart
            .as_ref()
            .is_some_and(|chart| canonical_match(chart, &gold.spec, &item.canonical))
    };
    let hits = Hits::of(charts, &item.golds, same);
    scores.insert("mrr".into(), hits.reciprocal_rank());
    cut_scores("", &hits, scores);
    if task.asks == Asks::Table {
        table_scores(item, charts, scores);
    }
}

fn cut_scores(prefix: &str, hits: &Hits, scores: &mut Scores) {
    for k in CUTS {
        scores.insert(format!("{prefix}hit@{k}"), share(hits.hit_at(k)));
        scores.insert(format!("{prefix}precision@{k}"), hits.precision_at(k));
        scores.extend(
            hits.recall_at(k)
                .map(|recall| (format!("{prefix}recall@{k}"), recall)),
        );
        scores.extend(hits.f1_at(k).map(|f1| (format!("{prefix}f1@{k}"), f1)));
    }
}

/// Scores of a list of proposals for a table.
fn table_scores(item: &Item, charts: &[Option<ChartSpec>], scores: &mut Scores) {
    let columns = item.table.columns();
    let fold = item.canonical.fold_case;
    let pair = |chart: &Option<ChartSpec>, gold: &std::sync::Arc<crate::Gold>| {
        chart.as_ref().map(|chart| {
            let parts = components(chart, &gold.spec, &item.canonical);
            let same_columns =
                columns_used(chart, &columns, fold) == columns_used(&gold.spec, &columns, fold);
            (is_same_design(&parts), parts.vis, same_columns)
        })
    };
    let design = Hits::of(charts, &item.golds, |c, g| {
        pair(c, g).is_some_and(|(design, ..)| design)
    });
    let of_columns = Hits::of(charts, &item.golds, |c, g| {
        pair(c, g).is_some_and(|(.., columns)| columns)
    });
    cut_scores("design_", &design, scores);
    cut_scores("columns_", &of_columns, scores);
    scores.insert("design_mrr".into(), design.reciprocal_rank());
    let grade = |chart: &Option<ChartSpec>| {
        let grades = item.golds.iter().map(|gold| match pair(chart, gold) {
            Some((true, ..)) => 3.0,
            Some((_, true, true)) => 2.0,
            Some((.., true)) => 1.0,
            _ => 0.0,
        });
        grades.fold(0.0, f64::max)
    };
    let grades: Vec<f64> = charts.iter().map(grade).collect();
    let all = vec![3.0; item.golds.len()];
    scores.extend(ndcg_at(&grades, &all, 5).map(|gain| ("ndcg@5".to_owned(), gain)));
    let shown: Vec<ChartSpec> = charts.iter().flatten().cloned().collect();
    scores.extend(diversity(&shown, 5).map(|diverse| ("diversity".to_owned(), diverse)));
    scores.insert("distinct_marks@5".into(), distinct_marks(&shown, 5) as f64);
    scores.extend(column_coverage(&shown, &columns, 5).map(|share| ("column_coverage@5".to_owned(), share)));
    if let Some(first) = shown.first() {
        scores.extend(effectiveness(first, |_| 1.0).map(|value| ("effectiveness".to_owned(), value)));
        rule_scores(item, first, scores);
    }
}

/// What the design rules say of the first chart; its regret is over the rules' own charts of the same
/// columns.
fn rule_scores(item: &Item, first: &ChartSpec, scores: &mut Scores) {
    let profile = item.table.profile();
    let cost_of = |chart: &ChartSpec| marey_rules::cost(&lint(chart, profile));
    let cost = cost_of(first);
    scores.insert("breaks_hard_rule".into(), share(cost.is_none()));
    let Some(cost) = cost else { return };
    scores.insert("rule_cost".into(), cost);
    let columns = columns_used(first, &item.table.columns(), false);
    let options = RecommendOptions {
        columns: columns.iter().cloned().collect(),
        ..RecommendOptions::default()
    };
    let others = marey_rules::recommend(profile, &options);
    let alternatives = others
        .iter()
        .filter(|other| columns_used(&other.spec, &item.table.columns(), false) == columns)
        .filter_map(|other| cost_of(&other.spec));
    scores.extend(regret(cost, alternatives).map(|regret| ("rule_regret".to_owned(), regret)));
}
