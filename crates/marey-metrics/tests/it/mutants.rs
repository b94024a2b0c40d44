//! Proof that the checks can fail: each figure is checked together with deliberately wrong ways to
//! compute it, which the same check has to refuse.

use std::collections::BTreeSet;

use marey_core::{ChartSpec, spec::CanonicalOptions};
use marey_metrics::{
    AskedOrder, Drawing, ExecutionOptions, Flips, Hits, Rectangle, Template, TextExtent,
    calibration::{self, Judged},
    canonical_match, column_coverage, components, diversity, effectiveness, execution_match,
    gold_assisted_match, is_executable, layout_check, legality, macro_average, micro_average, ndcg_at,
    preference_accuracy, regret,
    rows::Cell,
    rule_cost, set_score,
    statistics::{Bootstrap, PairedGroup, Tally, compare_paired, holm, quantile, rank_intervals},
    strict_match, tallies, token_distance, tree_match, tree_similarity, valid_chart,
};
use marey_table::{
    Table,
    read::{ReadOptions, read},
};
use serde_json::json;

use crate::coverage::{quick, worlds, worlds_of_items};

/// The right way has to pass a check, and every mutant has to fail it.
fn check<F: ?Sized>(name: &str, test: impl Fn(&F) -> bool, right: &F, mutants: &[&F]) {
    assert!(test(right), "{name}: the right way fails its check");
    for (place, mutant) in mutants.iter().enumerate() {
        assert!(!test(mutant), "{name}: mutant {place} passes the check");
    }
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

fn chart(json: &str) -> ChartSpec {
    ChartSpec::from_json_str(json).unwrap().value
}

const GOLD: &str = r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"sum","field":"price"}}}"#;

fn sales() -> Table {
    let csv = "city,price\nRome,3\nOslo,4\nRome,6\nBern,1\nOslo,5.001\n";
    read("t.csv", csv.as_bytes().to_vec(), &ReadOptions::default())
        .unwrap()
        .value
}

type Match = dyn Fn(&ChartSpec, &ChartSpec) -> bool;

#[test]
fn exact_matches() {
    let turned = chart(
        r#"{"mark":"bar","encoding":{"y":{"aggregate":"sum","field":"price"},"x":{"field":"city","type":"nominal"}}}"#,
    );
    let mean = chart(&GOLD.replace("sum", "mean"));
    let gold = chart(GOLD);
    let canonical: &Match = &|a, b| canonical_match(a, b, &CanonicalOptions::default());
    let strict: &Match = &strict_match;
    let tree: &Match = &tree_match;
    let always: &Match = &|_, _| true;
    let never: &Match = &|_, _| false;
    check(
        "strict",
        |f: &Match| f(&gold, &gold) && !f(&turned, &gold),
        strict,
        &[canonical, always, never],
    );
    check(
        "canonical",
        |f: &Match| f(&turned, &gold) && !f(&mean, &gold),
        canonical,
        &[strict, always, never],
    );
    let wordy = chart(&GOLD.replace(r#""field":"price""#, r#""field":"price","type":"quantitative""#));
    let is_tree = |f: &Match| f(&turned, &gold) && !f(&wordy, &gold);
    check("tree", is_tree, tree, &[strict, canonical, always]);
    let executed: &Match =
        &|a, b| execution_match(a, b, &sales(), &ExecutionOptions::default()).unwrap_or(false);
    let without_swap: &Match = &|a, b| {
        let options = ExecutionOptions {
            swaps_bars: false,
            ..ExecutionOptions::default()
        };
        execution_match(a, b, &sales(), &options).unwrap_or(false)
    };
    let without_tolerance: &Match = &|a, b| {
        let options = ExecutionOptions {
            relative: 0.0,
            ..ExecutionOptions::default()
        };
        execution_match(a, b, &sales(), &options).unwrap_or(false)
    };
    let sloppy: &Match = &|a, b| {
        let options = ExecutionOptions {
            relative: 0.9,
            ..ExecutionOptions::default()
        };
        execution_match(a, b, &sales(), &options).unwrap_or(false)
    };
    let lying = chart(
        r#"{"mark":"bar","encoding":{"y":{"field":"city","type":"nominal"},"x":{"aggregate":"sum","field":"price"}}}"#,
    );
    let rounded = chart(
        r#"{"transform":[{"calculate":"floor(datum.price)","as":"whole"}],"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"sum","field":"whole"}}}"#,
    );
    check(
        "execution",
        |f: &Match| f(&lying, &gold) && f(&rounded, &gold) && !f(&mean, &gold),
        executed,
        &[canonical, without_swap, without_tolerance, sloppy, always],
    );
    let assisted: &Match = &|a, b| gold_assisted_match(a, b, &CanonicalOptions::default(), Template::With);
    let line = chart(&GOLD.replace("bar", "line"));
    let is_assisted = |f: &Match| f(&line, &gold) && !f(&mean, &gold);
    let unassisted: &Match =
        &|a, b| gold_assisted_match(a, b, &CanonicalOptions::default(), Template::Without);
    check(
        "gold-assisted",
        is_assisted,
        assisted,
        &[canonical, unassisted, always],
    );
}

#[test]
fn distances_and_parts() {
    let (gold, mean) = (chart(GOLD), chart(&GOLD.replace("sum", "mean")));
    type Distance = dyn Fn(&ChartSpec, &ChartSpec) -> f64;
    let tokens: &Distance = &|a, b| token_distance(a, b).map_or(-1.0, |distance| distance as f64);
    let longest: &Distance =
        &|a, b| (marey_metrics::tokens(a).len().max(marey_metrics::tokens(b).len())) as f64;
    check(
        "tokens",
        |f: &Distance| f(&gold, &mean) == 1.0 && f(&gold, &gold) == 0.0,
        tokens,
        &[longest],
    );
    let similarity: &Distance = &|a, b| tree_similarity(a, b).unwrap_or(-1.0);
    let distance: &Distance = &|a, b| 1.0 - tree_similarity(a, b).unwrap_or(-1.0);
    // view, mark, type, bar, encoding, x, field, city, type, nominal, y, aggregate, sum, field, price.
    check(
        "trees",
        |f: &Distance| near(f(&gold, &mean), 14.0 / 15.0),
        similarity,
        &[distance],
    );
    type Parts = dyn Fn(&ChartSpec, &ChartSpec) -> [bool; 3];
    let parts: &Parts = &|a, b| {
        let parts = components(a, b, &CanonicalOptions::default());
        [parts.vis, parts.axis, parts.data]
    };
    let whole: &Parts = &|a, b| [canonical_match(a, b, &CanonicalOptions::default()); 3];
    check(
        "components",
        |f: &Parts| f(&mean, &gold) == [true, false, true],
        parts,
        &[whole],
    );
    type Sets = dyn Fn(&BTreeSet<u8>, &BTreeSet<u8>) -> f64;
    let f1: &Sets = &|a, b| set_score(a, b).f1;
    let jaccard: &Sets = &|a, b| a.intersection(b).count() as f64 / a.union(b).count() as f64;
    let precision: &Sets = &|a, b| set_score(a, b).precision;
    check(
        "F1",
        |f: &Sets| near(f(&[1, 2].into(), &[2, 3, 4].into()), 0.4),
        f1,
        &[jaccard, precision],
    );
}

#[test]
fn validity_and_layout() {
    type Rate = dyn Fn(&str) -> bool;
    let valid: &Rate = &|text| serde_json::from_str(text).is_ok_and(|json| valid_chart(&json).is_some());
    let is_json: &Rate = &|text| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let reads: &Rate = &|text| ChartSpec::from_json_str(text).is_ok();
    let refused = json!({"mark": "bar", "encoding": {"y": {"aggregate": "sum"}}}).to_string();
    check(
        "valid",
        |f: &Rate| f(GOLD) && !f(&refused) && !f("{}"),
        valid,
        &[is_json, reads],
    );
    let executable: &Rate = &|text| is_executable(&chart(text), &sales(), &ExecutionOptions::default());
    let absent = GOLD.replace("price", "prize");
    check(
        "executable",
        |f: &Rate| f(GOLD) && !f(&absent),
        executable,
        &[valid],
    );
    type Legal = dyn Fn(&Drawing, &Drawing) -> bool;
    let row = |word: &str, n| vec![Cell::Text(word.into()), Cell::Number(n)];
    let gold = Drawing {
        kind: "bar".into(),
        rows: vec![row("a", 1.0), row("b", 2.0)],
    };
    let turned = Drawing {
        kind: "bar".into(),
        rows: vec![row("b", 2.0), row("a", 1.0)],
    };
    const RISING: Option<AskedOrder> = Some(AskedOrder {
        cell: 1,
        descending: false,
    });
    let legal: &Legal = &|a, b| legality(a, b, RISING).passes();
    let unordered: &Legal = &|a, b| legality(a, b, None).passes();
    check(
        "legality",
        |f: &Legal| f(&gold, &gold) && !f(&turned, &gold),
        legal,
        &[unordered],
    );
    type Boxes = dyn Fn(Rectangle, &[TextExtent]) -> bool;
    let text = |x, rotated| TextExtent {
        extent: Rectangle {
            x,
            y: 0.0,
            width: 20.0,
            height: 9.0,
        },
        rotated,
    };
    let picture = Rectangle {
        x: 0.0,
        y: 0.0,
        width: 60.0,
        height: 9.0,
    };
    let readable: &Boxes = &|picture, texts| layout_check(picture, texts).is_readable();
    let inside: &Boxes = &|picture, texts| layout_check(picture, texts).overflows == 0;
    let all_upright: &Boxes = &|picture, texts| {
        let upright: Vec<_> = texts
            .iter()
            .map(|text| TextExtent {
                rotated: false,
                ..*text
            })
            .collect();
        layout_check(picture, &upright).is_readable()
    };
    let is_layout = |f: &Boxes| {
        f(picture, &[text(0.0, false), text(30.0, false)])
            && f(picture, &[text(0.0, true), text(5.0, true)])
            && !f(picture, &[text(0.0, false), text(5.0, false)])
            && !f(picture, &[text(50.0, false)])
    };
    check("layout", is_layout, readable, &[inside, all_upright]);
}

#[test]
fn lists() {
    type List = dyn Fn(&[char], &[char], usize) -> f64;
    fn of(ranked: &[char], golds: &[char]) -> Hits {
        Hits::of(ranked, golds, |a, b| a == b)
    }
    let recall: &List = &|a, b, k| of(a, b).recall_at(k).unwrap_or(-1.0);
    let precision: &List = &|a, b, k| of(a, b).precision_at(k);
    let by_k: &List =
        &|a, b, k| of(a, b).ranked().iter().take(k).filter(|hit| **hit).count() as f64 / k as f64;
    let f1: &List = &|a, b, k| of(a, b).f1_at(k).unwrap_or(-1.0);
    let arithmetic: &List =
        &|a, b, k| (of(a, b).recall_at(k).unwrap_or(-1.0) + of(a, b).precision_at(k)) / 2.0;
    let hit: &List = &|a, b, k| f64::from(u8::from(of(a, b).hit_at(k)));
    let rank: &List = &|a, b, _| of(a, b).reciprocal_rank();
    let from_zero: &List = &|a, b, _| {
        of(a, b)
            .ranked()
            .iter()
            .position(|hit| *hit)
            .map_or(0.0, |place| 1.0 / (place as f64).max(1.0))
    };
    let counted_twice: &List =
        &|a, b, k| a.iter().take(k).filter(|x| b.contains(x)).count() as f64 / b.len() as f64;
    let (ranked, golds) = (['x', 'a', 'a', 'b'], ['a', 'b', 'c']);
    check(
        "recall",
        |f: &List| near(f(&ranked, &golds, 3), 1.0 / 3.0),
        recall,
        &[counted_twice, hit],
    );
    check(
        "precision",
        |f: &List| near(f(&ranked[..2], &golds, 5), 0.5),
        precision,
        &[by_k, recall],
    );
    check(
        "F1@k",
        |f: &List| near(f(&ranked, &golds, 4), 4.0 / 7.0),
        f1,
        &[arithmetic, recall, precision],
    );
    check(
        "hit",
        |f: &List| f(&ranked, &golds, 1) == 0.0 && f(&ranked, &golds, 2) == 1.0,
        hit,
        &[recall, rank],
    );
    check(
        "MRR",
        |f: &List| near(f(&ranked, &golds, 1), 0.5),
        rank,
        &[from_zero, hit],
    );
    type Gain = dyn Fn(&[f64], &[f64], usize) -> f64;
    let ndcg: &Gain = &|a, all, k| ndcg_at(a, all, k).unwrap_or(-1.0);
    let linear: &Gain = &|a, all, k| {
        let gain = |grades: &[f64]| -> f64 {
            grades
                .iter()
                .take(k)
                .enumerate()
                .map(|(i, g)| g / ((i + 2) as f64).log2())
                .sum()
        };
        let mut ideal = all.to_vec();
        ideal.sort_by(|a, b| b.total_cmp(a));
        gain(a) / gain(&ideal)
    };
    let of_given: &Gain = &|a, _, k| ndcg_at(a, a, k).unwrap_or(-1.0);
    let expected = (1.0 + 7.0 / 3_f64.log2()) / (7.0 + 3.0 / 3_f64.log2());
    check(
        "NDCG",
        |f: &Gain| near(f(&[1.0, 3.0], &[3.0, 2.0, 1.0], 2), expected),
        ndcg,
        &[linear, of_given],
    );
    type Spread = dyn Fn(&[ChartSpec]) -> f64;
    let charts = [
        chart(GOLD),
        chart(GOLD),
        chart(&GOLD.replace("city", "kind").replace("price", "n")),
    ];
    let spread: &Spread = &|list| diversity(list, 3).unwrap_or(-1.0);
    let alike: &Spread = &|list| 1.0 - diversity(list, 3).unwrap_or(-1.0);
    check(
        "diversity",
        |f: &Spread| near(f(&charts), 2.0 / 3.0),
        spread,
        &[alike],
    );
    let coverage: &Spread =
        &|list| column_coverage(list, &["city".into(), "price".into(), "x".into()], 1).unwrap_or(-1.0);
    let of_all: &Spread = &|list| column_coverage(list, &["city".into(), "price".into()], 1).unwrap_or(-1.0);
    check(
        "coverage",
        |f: &Spread| near(f(&charts), 2.0 / 3.0),
        coverage,
        &[of_all],
    );
}

#[test]
fn calibrations() {
    type Score = dyn Fn(&[Judged]) -> f64;
    let judged = [(0.9, true), (0.8, false), (0.6, true), (0.2, false)];
    let ece: &Score = &|j| calibration::expected_calibration_error(j, 2).unwrap_or(-1.0);
    let equal_width: &Score = &|j| {
        let bin = |low: f64, high: f64| -> f64 {
            let inside: Vec<&Judged> = j.iter().filter(|(p, _)| *p >= low && *p < high).collect();
            let stated: f64 = inside.iter().map(|(p, _)| p).sum();
            (stated - inside.iter().filter(|(_, right)| *right).count() as f64).abs()
        };
        (bin(0.0, 0.5) + bin(0.5, 1.1)) / j.len() as f64
    };
    let brier: &Score = &|j| calibration::brier(j).unwrap_or(-1.0);
    let absolute: &Score = &|j| {
        j.iter()
            .map(|&(p, right)| (p - f64::from(u8::from(right))).abs())
            .sum::<f64>()
            / j.len() as f64
    };
    check(
        "ECE",
        |f: &Score| near(f(&judged), 0.225),
        ece,
        &[equal_width, brier],
    );
    check(
        "Brier",
        |f: &Score| near(f(&judged), 0.2125),
        brier,
        &[absolute, ece],
    );
    let nll: &Score = &|j| calibration::negative_log_likelihood(j).unwrap_or(-1.0);
    let bits: &Score = &|j| calibration::negative_log_likelihood(j).unwrap_or(-1.0) / std::f64::consts::LN_2;
    check(
        "NLL",
        |f: &Score| near(f(&judged), 0.612_191_900_793_031_9),
        nll,
        &[bits, brier],
    );
    let ties = [(0.5, true), (0.5, false), (0.7, true), (0.1, false)];
    let auroc: &Score = &|j| calibration::auroc(j).unwrap_or(-1.0);
    let ties_lost: &Score = &|j| {
        let (mut wins, mut pairs) = (0.0, 0.0);
        for (p, _) in j.iter().filter(|(_, right)| *right) {
            for (q, _) in j.iter().filter(|(_, right)| !*right) {
                pairs += 1.0;
                wins += f64::from(u8::from(p > q));
            }
        }
        wins / pairs
    };
    check("AUROC", |f: &Score| near(f(&ties), 0.875), auroc, &[ties_lost]);
    let area: &Score = &|j| calibration::risk_coverage_area(j).unwrap_or(-1.0);
    let error_rate: &Score = &|j| j.iter().filter(|(_, right)| !right).count() as f64 / j.len() as f64;
    check(
        "risk-coverage",
        |f: &Score| near(f(&judged), 1.0 / 3.0),
        area,
        &[error_rate],
    );
}

#[test]
fn judgements_and_costs() {
    type Pairs = dyn Fn(&[(f64, f64)]) -> f64;
    let preference: &Pairs = &|pairs| preference_accuracy(pairs).unwrap_or(-1.0);
    let ties_won: &Pairs = &|pairs| pairs.iter().filter(|(a, b)| a >= b).count() as f64 / pairs.len() as f64;
    let turned: &Pairs = &|pairs| 1.0 - preference_accuracy(pairs).unwrap_or(-1.0);
    let pairs = [(2.0, 1.0), (1.0, 1.0), (3.0, 1.0), (0.0, 1.0)];
    check(
        "preference",
        |f: &Pairs| near(f(&pairs), 0.625),
        preference,
        &[ties_won, turned],
    );
    type Cost = dyn Fn(bool, &[(f64, f64)]) -> f64;
    let cost: &Cost = &|hard, soft| rule_cost(hard, soft.iter().copied());
    let unweighted: &Cost = &|hard, soft| rule_cost(hard, soft.iter().map(|&(_, times)| (1.0, times)));
    let soft_only: &Cost = &|_, soft| rule_cost(false, soft.iter().copied());
    let is_cost = |f: &Cost| f(false, &[(2.0, 3.0)]) == 6.0 && f(true, &[]).is_infinite();
    check("cost", is_cost, cost, &[unweighted, soft_only]);
    type Regret = dyn Fn(f64, &[f64]) -> f64;
    let lost: &Regret = &|own, others| regret(own, others.iter().copied()).unwrap_or(-1.0);
    let of_mean: &Regret = &|own, others| own - others.iter().sum::<f64>() / others.len() as f64;
    check(
        "regret",
        |f: &Regret| f(5.0, &[3.0, 7.0]) == 2.0 && f(1.0, &[3.0]) == 0.0,
        lost,
        &[of_mean],
    );
    type Suits = dyn Fn(&ChartSpec) -> f64;
    let suits: &Suits = &|spec| effectiveness(spec, |_| 1.0).unwrap_or(-1.0);
    let unnormalised: &Suits = &|spec| 1.0 / (1.0 + effectiveness(spec, |_| 1.0).unwrap_or(-1.0));
    let sized = chart(
        r#"{"mark":"point","encoding":{"x":{"field":"a","type":"quantitative"},"size":{"field":"b","type":"quantitative"}}}"#,
    );
    check(
        "effectiveness",
        |f: &Suits| near(f(&sized), 0.75),
        suits,
        &[unnormalised],
    );
    type Flip = dyn Fn(&[(bool, bool)]) -> f64;
    let flips: &Flip = &|pairs| Flips::of(pairs).map_or(-1.0, |flips| flips.flip_rate());
    let drop: &Flip = &|pairs| Flips::of(pairs).map_or(-1.0, |flips| flips.drop());
    check(
        "flips",
        |f: &Flip| f(&[(true, false), (false, true)]) == 1.0,
        flips,
        &[drop],
    );
    type Average = dyn Fn(&[(&str, f64)]) -> f64;
    let macro_mean: &Average = &|scores| macro_average(&tallies(scores.iter().copied())).unwrap_or(-1.0);
    let micro: &Average = &|scores| micro_average(&tallies(scores.iter().copied())).unwrap_or(-1.0);
    check(
        "macro",
        |f: &Average| near(f(&[("a", 1.0), ("a", 1.0), ("b", 0.0)]), 0.5),
        macro_mean,
        &[micro],
    );
}

#[test]
fn comparisons() {
    type Adjust = dyn Fn(&[f64]) -> Vec<f64>;
    let right: &Adjust = &holm;
    let bonferroni: &Adjust = &|p| p.iter().map(|p| (p * 3.0).min(1.0)).collect();
    let raw: &Adjust = &|p| p.to_vec();
    check(
        "Holm",
        |f: &Adjust| f(&[0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06],
        right,
        &[bonferroni, raw],
    );
    type Quantile = dyn Fn(&[f64], f64) -> f64;
    let between: &Quantile = &|sorted, share| quantile(sorted, share).unwrap_or(-1.0);
    let nearest: &Quantile = &|sorted, share| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    check(
        "quantile",
        |f: &Quantile| near(f(&[1.0, 2.0, 4.0], 0.7), 2.8),
        between,
        &[nearest],
    );
    type Paired = dyn Fn(&[PairedGroup]) -> f64;
    let grouped: &Paired = &|groups| compare_paired(groups, &Bootstrap::default()).map_or(-1.0, |c| c.p);
    let item_by_item: &Paired = &|groups| {
        let items: Vec<PairedGroup> = groups
            .iter()
            .flat_map(|group| {
                group
                    .scores
                    .iter()
                    .map(|&pair| PairedGroup { scores: vec![pair] })
            })
            .collect();
        compare_paired(&items, &Bootstrap::default()).map_or(-1.0, |c| c.p)
    };
    let alike = vec![
        PairedGroup {
            scores: vec![(1.0, 0.0); 4]
        };
        3
    ];
    check(
        "sign flips",
        |f: &Paired| near(f(&alike), 0.25),
        grouped,
        &[item_by_item],
    );
    type Ranks = dyn Fn(&[Vec<Tally>]) -> Vec<usize>;
    let ranks: &Ranks = &|systems| {
        rank_intervals(systems, &Bootstrap::default())
            .unwrap()
            .iter()
            .map(|rank| rank.rank)
            .collect()
    };
    let reversed: &Ranks = &|systems| {
        let ranks = rank_intervals(systems, &Bootstrap::default()).unwrap();
        ranks.iter().map(|rank| systems.len() + 1 - rank.rank).collect()
    };
    let system = |score: f64| vec![[score].into_iter().collect::<Tally>(); 4];
    check(
        "ranks",
        |f: &Ranks| f(&[system(0.2), system(0.9)]) == [2, 1],
        ranks,
        &[reversed],
    );
    type Coverage = dyn Fn() -> f64;
    let clustered: &Coverage = &|| worlds(12, (4, 12), &quick());
    let of_items: &Coverage = &|| worlds_of_items(12, (4, 12), &quick());
    let narrow: &Coverage = &|| {
        worlds(
            5,
            (4, 12),
            &Bootstrap {
                expanded: false,
                ..quick()
            },
        )
    };
    check(
        "coverage",
        |f: &Coverage| (0.93..=0.97).contains(&f()),
        clustered,
        &[of_items, narrow],
    );
}
