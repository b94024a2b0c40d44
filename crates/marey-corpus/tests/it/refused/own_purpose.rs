//! A purpose of one's own.

use marey_corpus::{Purpose, admission::PurposeType};

struct Anything;

impl PurposeType for Anything {
    const PURPOSE: Purpose = Purpose::Train;
}

fn main() {}
