//! An admission for another purpose.

use marey_corpus::admission::{Admitted, Evaluate, Train};

fn train(_: &Admitted<Train>) {}

fn measure(admitted: &Admitted<Evaluate>) {
    train(admitted);
}

fn main() {}
