//! Requests generated for tables.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use marey_corpus::{
    Split,
    folder::{Corpus, Example},
};
use marey_features::action::lift;
use marey_lab::generation::{GenerateOptions, generate};
use marey_metrics::{Executed, ExecutionOptions};
use marey_model::TableReading;
use marey_profile::{ProfileOptions, profile};

/// A corpus of two tables in two groups.
fn source(folder: &Path) {
    fs::create_dir_all(folder.join("tables/shop")).unwrap();
    fs::create_dir_all(folder.join("tables/zoo")).unwrap();
    let mut sales = String::from("order_date,region,product_type,units,unitPrice,discount_pct\n");
    let mut animals = String::from("animal_name,species,weight_kg,age,brth_yr,fed\n");
    for n in 0..240_u32 {
        let (region, kind) = (
            ["North", "South", "East", "West"][n as usize % 4],
            ["Tea", "Coffee", "Cake"][(n / 5) as usize % 3],
        );
        let gap = if n % 11 == 0 {
            String::new()
        } else {
            format!("{}", (n * 7) % 40)
        };
        let _ = writeln!(
            sales,
            "20{:02}-{:02}-{:02},{region},{kind},{},{}.{:02},{gap}",
            18 + n % 4,
            1 + n % 12,
            1 + (n * 5) % 28,
            1 + (n * 13) % 37,
            3 + (n * 17) % 29,
            (n * 31) % 100
        );
        let species = ["lion", "zebra", "snow leopard", "otter", "heron"][n as usize % 5];
        let _ = writeln!(
            animals,
            "Beast {n},{species},{}.5,{},{},{}",
            4 + (n * 19) % 180,
            1 + n % 23,
            1998 + n % 22,
            n % 3 == 0
        );
    }
    fs::write(folder.join("tables/shop/sales.csv"), sales).unwrap();
    fs::write(folder.join("tables/zoo/animals.csv"), animals).unwrap();
    let example = |path: &str, group: &str, split: &str| {
        format!(
            r#"{{"id":"{path}","group":"{group}","split":"{split}","tables":["tables/{path}"],"requests":[],"charts":[]}}"#
        )
    };
    let lines = [
        example("shop/sales.csv", "shop", "train"),
        example("zoo/animals.csv", "zoo", "dev"),
    ];
    fs::write(folder.join("examples.jsonl"), lines.join("\n")).unwrap();
    fs::write(folder.join("croissant.json"), MANIFEST).unwrap();
}

const MANIFEST: &str = r#"{
  "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "sc": "https://schema.org/"},
  "@type": "sc:Dataset", "name": "two", "description": "made by a test", "license": "https://spdx.org/licenses/CC0-1.0",
  "url": "https://example.org/two", "datePublished": "2026-01-01", "conformsTo": "http://mlcommons.org/croissant/1.1",
  "creator": {"@type": "sc:Person", "name": "A test"}, "recordSet": [], "distribution": [
    {"@type": "cr:FileObject", "@id": "s", "name": "s", "contentUrl": "tables/shop/sales.csv", "encodingFormat": "text/csv",
     "license": "https://spdx.org/licenses/CC0-1.0"},
    {"@type": "cr:FileObject", "@id": "a", "name": "a", "contentUrl": "tables/zoo/animals.csv", "encodingFormat": "text/csv",
     "license": "https://spdx.org/licenses/CC-BY-4.0"}]
}"#;

fn options(folder: &Path, out: &str, seed: u64) -> GenerateOptions {
    GenerateOptions {
        from: vec![folder.join("source")],
        out: folder.join(out),
        requests: 360,
        seed,
        ..GenerateOptions::default()
    }
}

fn examples(folder: &Path) -> Vec<Example> {
    let corpus = Corpus::open(folder).unwrap();
    corpus
        .examples()
        .unwrap()
        .map(|example| example.unwrap())
        .collect()
}

#[test]
fn every_chart_can_be_written_for_each_request_and_draws_something() {
    let folder = tempfile::tempdir().unwrap();
    source(&folder.path().join("source"));
    let report = generate(&options(folder.path(), "made", 7)).unwrap();
    assert_eq!(report.tables, 2);
    assert!(report.requests > 300, "{report:?}");
    assert!(report.ideas.len() >= 10, "{report:?}");
    let corpus = Corpus::open(folder.path().join("made")).unwrap();
    let mut read = BTreeMap::new();
    for example in examples(&folder.path().join("made")) {
        let path = example.tables[0].clone();
        let (table, reading) = read.entry(path.clone()).or_insert_with(|| {
            let table = corpus.table(&path).unwrap().value;
            let reading = TableReading::new(&table, &profile(&table, &ProfileOptions::default()));
            (table, reading)
        });
        let drawn = Executed::of(&example.charts[0], table, &ExecutionOptions::default()).unwrap();
        assert!(drawn.draws_something(), "{}", example.id);
        assert!(!example.requests.is_empty());
        for request in &example.requests {
            assert!(
                !request.trim().is_empty() && !request.contains(['{', '}']),
                "{request:?}"
            );
            assert!(request.split_whitespace().count() <= 64, "{request:?}");
            let lifted = lift(&example.charts[0], &reading.read(Some(request)).scope);
            assert!(lifted.is_ok(), "{request:?}: {:?}", lifted.err());
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let folder = tempfile::tempdir().unwrap();
    source(&folder.path().join("source"));
    for (out, seed) in [("a", 7), ("b", 7), ("c", 8)] {
        generate(&options(folder.path(), out, seed)).unwrap();
    }
    let bytes = |out: &str| fs::read(folder.path().join(out).join("examples.jsonl")).unwrap();
    assert_eq!(bytes("a"), bytes("b"));
    assert_ne!(bytes("a"), bytes("c"));
}

#[test]
fn groups_and_parts_are_those_of_the_source_unless_one_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    source(&folder.path().join("source"));
    generate(&options(folder.path(), "made", 7)).unwrap();
    let parts = |out: &str| -> BTreeSet<(String, Split)> {
        let own = examples(&folder.path().join(out));
        own.into_iter()
            .map(|example| (example.group, example.split))
            .collect()
    };
    let expected = [("shop".to_owned(), Split::Train), ("zoo".to_owned(), Split::Dev)];
    assert_eq!(parts("made"), expected.into());
    let all = GenerateOptions {
        split: Some(Split::Train),
        ..options(folder.path(), "all", 7)
    };
    generate(&all).unwrap();
    assert!(parts("all").iter().all(|(_, split)| *split == Split::Train));
    let manifest = Corpus::open(folder.path().join("made"))
        .unwrap()
        .manifest()
        .clone();
    assert!(
        manifest.files.iter().all(|file| !file.licences.is_empty()),
        "{manifest:?}"
    );
}

#[test]
fn requests_are_varied() {
    let folder = tempfile::tempdir().unwrap();
    source(&folder.path().join("source"));
    generate(&options(folder.path(), "made", 7)).unwrap();
    let requests: Vec<String> = examples(&folder.path().join("made"))
        .into_iter()
        .flat_map(|example| example.requests)
        .collect();
    let different: BTreeSet<&String> = requests.iter().collect();
    assert!(
        different.len() * 100 > requests.len() * 95,
        "{} of {}",
        different.len(),
        requests.len()
    );
    let share = |is: &dyn Fn(&str) -> bool| {
        requests.iter().filter(|request| is(request)).count() as f64 / requests.len() as f64
    };
    let questions = share(&|request| {
        let first = request.split(' ').next().unwrap_or_default().to_lowercase();
        request.ends_with('?') || ["how", "what", "which", "is", "are", "does"].contains(&first.as_str())
    });
    assert!((0.03..0.5).contains(&questions), "{questions}");
    let short = share(&|request| request.split_whitespace().count() <= 5);
    assert!((0.03..0.6).contains(&short), "{short}");
    let conditions = share(&|request| {
        let lower = request.to_lowercase();
        [
            " where ",
            " only",
            " with ",
            " in 20",
            " since ",
            "excluding",
            " without ",
        ]
        .iter()
        .any(|word| lower.contains(word))
    });
    assert!((0.1..0.7).contains(&conditions), "{conditions}");
}

#[test]
fn charts_without_a_request_have_weights_that_add_up_and_break_no_hard_rule() {
    let folder = tempfile::tempdir().unwrap();
    source(&folder.path().join("source"));
    let unasked = GenerateOptions {
        unasked: true,
        ..options(folder.path(), "unasked", 7)
    };
    let report = generate(&unasked).unwrap();
    assert_eq!((report.charts, report.requests), (2, 0));
    let corpus = Corpus::open(folder.path().join("unasked")).unwrap();
    for example in examples(&folder.path().join("unasked")) {
        let weights = example.rest["weights"].as_array().unwrap();
        let sum: f64 = weights.iter().filter_map(|weight| weight.as_f64()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert_eq!(weights.len(), example.charts.len());
        assert!(example.charts.len() > 5, "{}", example.charts.len());
        let table = corpus.table(&example.tables[0]).unwrap().value;
        let profile = profile(&table, &ProfileOptions::default());
        for chart in &example.charts {
            let broken = marey_rules::cost(&marey_rules::lint(chart, &profile)).is_none();
            assert!(!broken, "{}", chart.to_json());
        }
    }
}

#[test]
fn what_is_no_corpus_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let error = generate(&options(folder.path(), "made", 7)).unwrap_err();
    assert!(error.to_string().contains("is no corpus"), "{error}");
    assert!(!folder.path().join("made").exists());
}
