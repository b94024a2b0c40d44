//! The network as a whole: gradients, padding, decoding in steps, resuming, and what is written.

use candle_core::Device;
use marey_core::{ChartSpec, spec::Severity};
use marey_features::{
    action::Design,
    profile::{ProfileOptions, TableProfile, profile},
};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
    read::{ReadOptions, read},
};

use crate::{
    input::InputBatch,
    network::{Advance, DecoderBatch, Network, Parameters, begin},
    ops::Dropout,
    train::{Example, Noise, TrainOptions, Trainer},
    *,
};

const STAFF: &str = "name,city,hired,salary,grade\n\
    Ann,Oslo,2019-04-01,5100,2\nBen,Rome,2020-05-09,4200,1\nCid,Oslo,2020-11-30,6100,3\n\
    Dee,Paris,2021-02-14,3900,\nEve,Rome,2021-08-01,7400,3\nFay,Oslo,2022-03-03,4800,2\n";

const ASKED: [(&str, &str); 4] = [
    (
        "how many people per city as bars",
        r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count","type":"quantitative"}}}"#,
    ),
    (
        "mean salary by city, highest first",
        r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal","sort":"-y"},"y":{"aggregate":"mean","field":"salary","type":"quantitative"}}}"#,
    ),
    (
        "salary against grade for people in Oslo",
        r#"{"transform":[{"filter":{"field":"city","equal":"Oslo"}}],"mark":"point","encoding":{"x":{"field":"grade","type":"quantitative"},"y":{"field":"salary","type":"quantitative"}}}"#,
    ),
    (
        "pie of cities where salary is above 4000",
        r#"{"transform":[{"filter":{"field":"salary","gt":4000}}],"mark":"arc","encoding":{"color":{"field":"city","type":"nominal"},"theta":{"aggregate":"count","type":"quantitative"}}}"#,
    ),
];

fn staff() -> (Table, TableProfile, TableReading) {
    let table = read("staff.csv", STAFF.as_bytes().to_vec(), &ReadOptions::default())
        .unwrap()
        .value;
    let profile = profile(&table, &ProfileOptions::default());
    let reading = TableReading::new(&table, &profile);
    (table, profile, reading)
}

fn examples() -> Vec<Example> {
    let (_, _, table) = staff();
    let unasked = table.read(None);
    let example = |(request, chart): &(&str, &str)| {
        let chart = ChartSpec::from_json_str(chart).unwrap().value;
        Example::new(&table.read(Some(request)), Some(&unasked), &chart, 1.0).unwrap()
    };
    ASKED.iter().map(example).collect()
}

fn network(seed: u64) -> Network {
    let config = ModelConfig::tiny();
    let weights = begin(&config, seed, &Device::Cpu).unwrap();
    let tensors = weights
        .into_iter()
        .map(|(name, var)| (name, var.as_detached_tensor()));
    Network::new(&config, &Parameters::fixed(tensors)).unwrap()
}

fn options() -> TrainOptions {
    TrainOptions {
        epochs: 6,
        batch: 2,
        warm_up: 2,
        learning_rate: 3e-3,
        request_dropout: 0.3,
        ..TrainOptions::default()
    }
}

#[test]
fn every_weight_has_a_gradient() {
    let trainer = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    let all = examples();
    let mut chosen: Vec<_> = all.iter().map(|example| (&example.asked, 1.0)).collect();
    chosen.push((all[0].unasked.as_ref().unwrap(), 1.0));
    let noise = Noise {
        dropout: Dropout { share: 0.1, seed: 3 },
        words: 0.1,
        smoothing: 0.05,
    };
    let (loss, choices) = trainer.loss(&chosen, noise).unwrap();
    assert!(choices > 20, "{choices}");
    let store = loss.backward().unwrap();
    for (name, var) in trainer.variables() {
        let gradient = store.get(var).unwrap_or_else(|| panic!("{name} has no gradient"));
        let numbers = gradient.flatten_all().unwrap().to_vec1::<f32>().unwrap();
        assert!(numbers.iter().all(|g| g.is_finite()), "{name}");
        assert!(
            numbers.iter().any(|g| *g != 0.0),
            "{name} has a gradient of zeros"
        );
    }
}

#[test]
fn padding_changes_nothing() {
    let trainer = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    let all = examples();
    let loss = |chosen: &[&Example]| {
        let chosen: Vec<_> = chosen.iter().map(|example| (&example.asked, 1.0)).collect();
        let (loss, choices) = trainer.loss(&chosen, Noise::NONE).unwrap();
        f64::from(loss.to_scalar::<f32>().unwrap()) * choices as f64
    };
    let together = loss(&all.iter().collect::<Vec<_>>());
    let alone: f64 = all.iter().map(|example| loss(&[example])).sum();
    assert!((together - alone).abs() < 1e-3, "{together} {alone}");
}

#[test]
fn steps_give_what_the_whole_gives() {
    let network = network(5);
    let all = examples();
    let written: Vec<_> = all.iter().map(|example| &example.asked).collect();
    let inputs: Vec<&Input> = written.iter().map(|written| &*written.input).collect();
    let choices: Vec<&[usize]> = written.iter().map(|written| written.choices.as_slice()).collect();
    let device = Device::Cpu;
    let batch = InputBatch::new(&inputs);
    let steps = DecoderBatch::new(&batch, &inputs, &choices);
    let states = network.encode(&batch, Dropout::NONE, &device).unwrap();
    let whole = network
        .decoder
        .forward(&states, &steps, Dropout::NONE, &device)
        .unwrap();
    let whole = whole.to_vec2::<f32>().unwrap();
    let memories = network.memories(&inputs, &device).unwrap();
    let mut kept: Vec<_> = inputs.iter().map(|_| network.start()).collect();
    // Uneven strides: one action at a time for some, two for others, all together.
    let mut fed = vec![0; inputs.len()];
    for round in 0..3 {
        let chunks: Vec<Vec<Option<usize>>> = (0..inputs.len())
            .map(|at| {
                let stride = 1 + (at + round) % 2;
                let all = std::iter::once(None).chain(choices[at].iter().copied().map(Some));
                all.skip(fed[at]).take(stride).collect()
            })
            .collect();
        let mut all: Vec<Advance<'_>> = kept
            .iter_mut()
            .zip(&memories)
            .zip(&chunks)
            .map(|((state, memory), choices)| Advance {
                memory,
                state,
                choices,
            })
            .collect();
        let logits = network.advance(&mut all, &device).unwrap();
        for (at, logits) in logits.iter().enumerate() {
            fed[at] += chunks[at].len();
            let row = &whole[at * steps.steps + fed[at] - 1];
            for (a, b) in logits.iter().zip(row) {
                assert!((a - b).abs() < 1e-4, "input {at}, step {}: {a} {b}", fed[at]);
            }
        }
    }
}

#[test]
fn training_learns_and_resumes_to_the_bit() {
    let folder = std::env::temp_dir().join(format!("marey-model-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (middle, end) = (folder.join("middle.safetensors"), folder.join("end.safetensors"));
    let all = examples();
    let mut losses = Vec::new();
    let mut whole = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    whole
        .run(&all, |trainer, report| -> Result<bool, ModelError> {
            losses.push(report.loss);
            if report.step == 5 {
                trainer.save(&middle)?;
            }
            Ok(true)
        })
        .unwrap();
    assert_eq!(losses.len() as u64, whole.steps(all.len()));
    assert!(losses.last() < losses.first(), "{losses:?}");
    whole.save(&end).unwrap();
    let mut resumed = Trainer::resume(&middle).unwrap();
    resumed
        .run(&all, |_, _| -> Result<bool, ModelError> { Ok(true) })
        .unwrap();
    let again = folder.join("again.safetensors");
    resumed.save(&again).unwrap();
    assert!(std::fs::read(&end).unwrap() == std::fs::read(&again).unwrap());
    std::fs::remove_dir_all(&folder).unwrap();
}

fn random_model(seed: u64) -> Model {
    let options = TrainOptions { seed, ..options() };
    let trainer = Trainer::new(&ModelConfig::tiny(), &options).unwrap();
    Model::from_bytes(&trainer.weights(&[]).unwrap()).unwrap()
}

#[test]
fn whatever_is_written_can_be_drawn() {
    let (table, profile, reading) = staff();
    let requests = [
        None,
        Some(ASKED[2].0),
        Some("zeig mir alles!"),
        Some("\u{0} ); DROP TABLE -- 1e999"),
    ];
    for seed in 0..4 {
        let model = random_model(seed);
        for design in [Design::Free, Design::Ruled] {
            let options = DecodeOptions {
                design,
                ..DecodeOptions::default()
            };
            for request in requests {
                let reading = reading.read(request);
                let all = model.write(&[&reading], &options).unwrap().remove(0).unwrap();
                assert!(!all.is_empty());
                let sum: f64 = all.iter().map(|written| written.probability).sum();
                assert!(sum <= 1.0 + 1e-6, "{sum}");
                for written in all {
                    let errors = written.spec.validate().into_iter();
                    assert_eq!(errors.filter(|p| p.kind.severity() == Severity::Error).count(), 0);
                    execute(&written.spec, &table, &ExecuteOptions::default()).unwrap();
                    let broken = marey_rules::lint(&written.spec, &profile);
                    if design == Design::Ruled {
                        assert!(marey_rules::cost(&broken).is_some(), "{broken:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn requests_together_give_what_each_gives_alone() {
    let (_, _, table) = staff();
    let model = random_model(9);
    let readings: Vec<Reading> = ASKED
        .iter()
        .map(|(request, _)| table.read(Some(request)))
        .collect();
    let options = DecodeOptions::default();
    let together = model
        .write(&readings.iter().collect::<Vec<_>>(), &options)
        .unwrap();
    for (reading, together) in readings.iter().zip(together) {
        let alone = model.write(&[reading], &options).unwrap().remove(0).unwrap();
        let together = together.unwrap();
        assert_eq!(alone.len(), together.len());
        for (a, b) in alone.iter().zip(&together) {
            assert_eq!(a.actions, b.actions);
            assert!((a.probability - b.probability).abs() < 1e-5);
        }
    }
    assert!(model.write(&[], &options).unwrap().is_empty());
}

#[test]
fn damaged_and_foreign_weights_are_refused() {
    let trainer = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    let bytes = trainer.weights(&[]).unwrap();
    let refused = |bytes: &[u8]| Model::from_bytes(bytes).unwrap_err().to_string();
    assert!(refused(b"").starts_with("these are no weights"));
    assert!(refused(&bytes[..bytes.len() / 2]).starts_with("these are no weights"));
    let mut damaged = bytes.clone();
    let last = damaged.len() - 4;
    damaged[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(
        refused(&damaged).starts_with("the weights were changed after they were written"),
        "{}",
        refused(&damaged)
    );
    let version = br#"\"version\":\""#;
    let at = bytes.windows(version.len()).position(|window| window == version);
    let mut foreign = bytes.clone();
    foreign[at.expect("a version in the header") + version.len()] = b'9';
    assert_eq!(
        refused(&foreign),
        "the weights are of another model: the version is 9, and 3 here"
    );
    let folder = std::env::temp_dir().join("marey-no-such-folder");
    assert!(matches!(
        Model::from_file(&folder.join("w")),
        Err(ModelError::File { action: "read", .. })
    ));
    assert!(Trainer::resume(&folder).is_err());
}

#[test]
fn training_begins_with_given_weights() {
    let all = examples();
    let mut first = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    first
        .run(&all, |_, _| -> Result<bool, ModelError> { Ok(true) })
        .unwrap();
    let notes = [("training_data".to_owned(), "[\"here\"]".to_owned())];
    let weights = first.weights(&notes).unwrap();
    let other = TrainOptions {
        epochs: 1,
        ..options()
    };
    let (second, told) = Trainer::with_weights(&weights, &other).unwrap();
    assert_eq!(told["training_data"], "[\"here\"]");
    assert_eq!((second.step(), second.options().epochs), (0, 1));
    assert!(
        second.weights(&notes).unwrap() == weights,
        "they are those of the file"
    );
    assert!(
        second.evaluate(&all).unwrap()
            < Trainer::new(&ModelConfig::tiny(), &other)
                .unwrap()
                .evaluate(&all)
                .unwrap()
    );
    assert!(Trainer::with_weights(b"none", &other).is_err());
}

/// A chart as it might have been written, with its probability.
fn written(json: &str, probability: f64) -> Written {
    let (_, _, table) = staff();
    let spec = ChartSpec::from_json_str(json).unwrap().value;
    let plain = ChartSpec::from_json_str(ASKED[0].1).unwrap().value;
    let scope = table.read(None).scope;
    Written {
        chart: marey_features::action::lift_chart(&spec, &scope)
            .or_else(|_| marey_features::action::lift_chart(&plain, &scope))
            .unwrap(),
        spec,
        actions: Vec::new(),
        probability,
        log: probability.ln(),
    }
}

#[test]
fn charts_that_show_nothing_are_dropped_with_the_reason() {
    let (table, profile, _) = staff();
    let nowhere = ASKED[2].1.replace("Oslo", "Nowhere");
    let lone = r#"{"mark":"bar","transform":[{"filter":{"field":"city","equal":"Paris"}}],"encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count","type":"quantitative"}}}"#;
    let unknown = r#"{"mark":"line","transform":[{"filter":{"field":"city","equal":"Paris"}}],"encoding":{"x":{"field":"hired","type":"temporal"},"y":{"field":"grade","type":"quantitative"}}}"#;
    let missing = ASKED[1].1.replace("salary", "wage");
    let all = vec![
        written(&nowhere, 0.4),
        written(lone, 0.2),
        written(unknown, 0.1),
        written(&missing, 0.1),
        written(ASKED[1].1, 0.1),
    ];
    let calibration = Calibration {
        lone: 2.0,
        ..Calibration::default()
    };
    let judgement = judge(all, &table, &profile, &calibration);
    let flaws: Vec<&Flaw> = judgement.dropped.iter().map(|(_, flaw)| flaw).collect();
    assert!(
        matches!(flaws.as_slice(), [Flaw::NoRow, Flaw::NoValue, Flaw::Failed(_)]),
        "{flaws:?}"
    );
    assert!(judgement.dropped[2].1.to_string().contains("wage"));
    // The single bar was likelier, and is worth less.
    let marks: Vec<bool> = judgement.charts.iter().map(|chart| chart.evidence.lone).collect();
    assert_eq!(marks, [false, true]);
    let sum: f64 = judgement.charts.iter().map(|chart| chart.probability).sum();
    assert!(sum < 1.0 && sum > 0.0);
}

#[test]
fn diverse_charts_differ_by_mark_and_columns() {
    let (table, profile, _) = staff();
    let unsorted = ASKED[1].1.replace(r#","sort":"-y""#, "");
    let pie = r#"{"mark":"arc","encoding":{"color":{"field":"city","type":"nominal"},"theta":{"aggregate":"count","type":"quantitative"}}}"#;
    let all = vec![
        written(ASKED[1].1, 0.5),
        written(&unsorted, 0.3),
        written(pie, 0.05),
    ];
    let judgement = judge(all, &table, &profile, &Calibration::default());
    let probable: Vec<f64> = diverse(judgement.charts.clone(), 2, 0.0)
        .iter()
        .map(|c| c.probability)
        .collect();
    assert!((probable[1] - 0.3).abs() < 1e-9, "{probable:?}");
    let varied: Vec<f64> = diverse(judgement.charts.clone(), 2, 0.6)
        .iter()
        .map(|c| c.probability)
        .collect();
    assert!(
        (varied[0] - 0.5).abs() < 1e-9 && (varied[1] - 0.05).abs() < 1e-9,
        "{varied:?}"
    );
    assert_eq!(diverse(judgement.charts, 9, 0.6).len(), 3);
}

#[test]
fn packed_weights_are_smaller_and_write_the_same() {
    let options = TrainOptions { seed: 2, ..options() };
    let config = ModelConfig {
        width: 32,
        embedding: 32,
        feed_forward: 64,
        ..ModelConfig::tiny()
    };
    let trainer = Trainer::new(&config, &options).unwrap();
    let bytes = trainer.weights(&[("step".into(), "7".into())]).unwrap();
    let (_, _, table) = staff();
    let reading = table.read(Some(ASKED[1].0));
    let first = |model: &Model| {
        let mut all = model.write(&[&reading], &DecodeOptions::default()).unwrap();
        all.remove(0).unwrap().remove(0)
    };
    let whole = first(&Model::from_bytes(&bytes).unwrap());
    let calibration = Calibration {
        temperature: 1.5,
        ..Calibration::default()
    };
    let notes = std::collections::BTreeMap::from([("licence".to_owned(), "CC0-1.0".to_owned())]);
    for (packing, share) in [(Packing::Half, 0.56), (Packing::Blocks, 0.34)] {
        let packed = repack(&bytes, packing, Some(&calibration), &notes).unwrap();
        assert!((packed.len() as f64) < share * bytes.len() as f64, "{packing:?}");
        let model = Model::from_bytes(&packed).unwrap();
        assert_eq!(model.calibration().temperature, 1.5);
        assert_eq!(model.notes()["licence"], "CC0-1.0");
        assert_eq!(model.notes()["step"], "7");
        // A network that has learnt nothing prefers nothing much: what it writes first may differ.
        let found = first(&model);
        assert!(
            (found.log - whole.log).abs() < 6.0,
            "{packing:?}: {} {}",
            found.log,
            whole.log
        );
        // Packing again what is packed changes nothing.
        assert!(repack(&packed, packing, None, &notes).unwrap() == packed);
    }
}

#[test]
fn tampered_weights_are_refused() {
    let trainer = Trainer::new(&ModelConfig::tiny(), &options()).unwrap();
    let bytes = trainer.weights(&[("licence".into(), "CC0-1.0".into())]).unwrap();
    let place = |what: &[u8]| {
        bytes
            .windows(what.len())
            .position(|window| window == what)
            .unwrap()
    };
    // A weight, and a word of what the file says of itself.
    for at in [bytes.len() - 4, place(b"CC0-1.0")] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let refused = Model::from_bytes(&changed).unwrap_err();
        assert!(matches!(refused, ModelError::Tampered { .. }), "{refused}");
    }
    let wrong = Calibration {
        temperature: -1.0,
        ..Calibration::default()
    };
    let packed = repack(&bytes, Packing::Full, Some(&wrong), &Default::default()).unwrap();
    let refused = Model::from_bytes(&packed).unwrap_err().to_string();
    assert!(refused.contains("calibration is out of range"), "{refused}");
}

#[cfg(feature = "pretrained")]
#[test]
fn the_weights_of_the_crate_are_sound_and_say_what_they_are() {
    let model = Model::pretrained().unwrap();
    assert_eq!(*model.config(), ModelConfig::small());
    for note in ["licence", "training_data", "lineage_root", "digest"] {
        assert!(model.notes().contains_key(note), "{note}");
    }
    let (table, profile, reading) = staff();
    let reading = reading.read(Some("bar chart of the average salary of each city"));
    let asked = Asked {
        reading: &reading,
        table: &table,
        profile: &profile,
    };
    let answer = model
        .answer(&[asked], &DecodeOptions::default())
        .unwrap()
        .remove(0)
        .unwrap();
    let first = answer.charts[0].written.spec.to_json().to_string();
    assert!(
        first.contains("\"mean\"") && first.contains("\"city\""),
        "{first}"
    );
}
