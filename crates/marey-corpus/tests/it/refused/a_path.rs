//! A path in place of an admission.

use std::{fs::File, path::Path};

use marey_corpus::admission::{Admitted, Gate, Train};

fn train(gate: &mut Gate<File>, path: &Path) {
    let _ = gate.read::<Train>(path, "now");
}

fn convert(path: &Path) -> Admitted<Train> {
    path.into()
}

fn main() {}
