//! A path in place of an admission.

use std::fs::File;

use marey_corpus::admission::{Admitted, Gate, Train};

fn train(gate: &mut Gate<File>, path: &str) {
    let _ = gate.read::<Train>(path, "now");
}

fn convert(path: &str) -> Admitted<Train> {
    path.into()
}

fn main() {}
