//! What a withdrawal reaches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use marey_corpus::{
    Digest,
    lineage::{Impact, Lineage, LineageNode, NodeKind, Tombstone},
};
use proptest::prelude::*;

fn node(id: &str, kind: NodeKind, rows: u64, parents: &[(&str, u64)]) -> LineageNode {
    LineageNode {
        id: id.into(),
        kind,
        name: None,
        licence: None,
        digest: Some(Digest::of(id.as_bytes())),
        rows,
        parents: parents
            .iter()
            .map(|(parent, rows)| ((*parent).to_owned(), *rows))
            .collect(),
    }
}

fn tombstone(id: &str) -> Tombstone {
    Tombstone {
        asset: Digest::of(id.as_bytes()),
        on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        reason: "asked".into(),
        rows: None,
    }
}

/// Three models over four files, one of them with a quantised child.
fn company() -> Lineage {
    let mut lineage = Lineage::new();
    for node in [
        node("sales", NodeKind::Asset, 600, &[]),
        node("staff", NodeKind::Asset, 400, &[]),
        node("rain", NodeKind::Asset, 1000, &[]),
        node(
            "shops",
            NodeKind::Derived,
            1000,
            &[("sales", 600), ("staff", 400)],
        ),
        node("run-1", NodeKind::Run, 500, &[("shops", 500)]),
        node("run-2", NodeKind::Run, 1500, &[("rain", 1000), ("shops", 500)]),
        node("run-3", NodeKind::Run, 1000, &[("rain", 1000)]),
        node("model-1", NodeKind::Model, 500, &[("run-1", 500)]),
        node("model-2", NodeKind::Model, 1500, &[("run-2", 1500)]),
        node("model-3", NodeKind::Model, 1000, &[("run-3", 1000)]),
        node("model-2-q8", NodeKind::Quantised, 1500, &[("model-2", 1500)]),
    ] {
        lineage.add(node).unwrap();
    }
    lineage
}

#[test]
fn exactly_what_was_made_of_it_is_named_with_its_share() {
    let impact = Impact::of(&company(), &[tombstone("staff")]);
    let found: Vec<(&str, u64, f64)> = impact
        .affected
        .iter()
        .map(|node| (node.id.as_str(), node.rows, node.share))
        .collect();
    assert_eq!(
        found,
        [
            ("staff", 400, 1.0),
            ("shops", 400, 0.4),
            // Which 500 of the 1,000 rows were taken is not known: it may be all 400.
            ("run-1", 400, 0.8),
            ("run-2", 400, 400.0 / 1500.0),
            ("model-1", 400, 0.8),
            ("model-2", 400, 400.0 / 1500.0),
            ("model-2-q8", 400, 400.0 / 1500.0),
        ]
    );
    assert_eq!(impact.of_kind(NodeKind::Model).count(), 2);
    assert_eq!(Impact::of(&company(), &[tombstone("nothing")]).affected, []);
    assert_eq!(
        Impact::of(&company(), &[tombstone("sales"), tombstone("rain")])
            .affected
            .len(),
        10
    );
}

#[test]
fn a_lineage_is_read_as_it_was_written_and_never_runs_in_a_circle() {
    let text = serde_json::to_string(&company()).unwrap();
    assert_eq!(serde_json::from_str::<Lineage>(&text).unwrap(), company());
    for (nodes, says) in [
        (
            r#"[{"id":"a","kind":"run","parents":{"a":1}}]"#,
            "`a` is made of `a`, which the lineage does not have",
        ),
        (
            r#"[{"id":"a","kind":"run","parents":{"b":1}},{"id":"b","kind":"run","parents":{"a":1}}]"#,
            "is made of `b`",
        ),
        (
            r#"[{"id":"a","kind":"run"},{"id":"a","kind":"run"}]"#,
            "has a node `a` already",
        ),
        (r#"[{"id":"a","kind":"rune"}]"#, "rune"),
    ] {
        let error = serde_json::from_str::<Lineage>(nodes).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

/// Whether one node is another or made of it, step by step.
fn reaches(parents: &BTreeMap<usize, BTreeSet<usize>>, from: usize, to: usize) -> bool {
    from == to || parents[&to].iter().any(|parent| reaches(parents, from, *parent))
}

proptest! {
    #[test]
    fn reached_is_what_can_be_walked_to(
        edges in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..3), 1..14),
        withdrawn in prop::collection::btree_set(0..14_usize, 0..3),
    ) {
        let mut parents: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut lineage = Lineage::new();
        for (number, chosen) in edges.iter().enumerate() {
            let own: BTreeSet<usize> = if number == 0 {
                BTreeSet::new()
            } else {
                chosen.iter().map(|index| index.index(number)).collect()
            };
            let names: Vec<String> = own.iter().map(usize::to_string).collect();
            let taken: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 10)).collect();
            lineage.add(node(&number.to_string(), NodeKind::Derived, 10, &taken)).unwrap();
            parents.insert(number, own);
        }
        let tombstones: Vec<Tombstone> = withdrawn.iter().map(|number| tombstone(&number.to_string())).collect();
        let impact = Impact::of(&lineage, &tombstones);
        let found: BTreeSet<usize> = impact.affected.iter().map(|node| node.id.parse().unwrap()).collect();
        let expected: BTreeSet<usize> = parents
            .keys()
            .copied()
            .filter(|node| withdrawn.iter().any(|from| parents.contains_key(from) && reaches(&parents, *from, *node)))
            .collect();
        prop_assert_eq!(found, expected);
        prop_assert!(impact.affected.iter().all(|node| node.share > 0.0 && node.share <= 1.0));
    }
}
