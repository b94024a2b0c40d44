//! The chart model as a whole: `chart_model decodings …` writes charts by random logits and checks them all,
//! `chart_model latency …` tells what an answer costs.

mod decodings;
mod latency;
mod made_up;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(1);
    match given.next().as_deref() {
        Some("decodings") => decodings::run(given),
        Some("latency") => latency::run(given),
        _ => bail!("usage: chart_model decodings|latency …"),
    }
}
