//! # Recommend charts and save them
//!
//! We will let Marey propose charts for a table, read its reasons, and save each chart as SVG and as
//! a Vega-Lite spec that any other tool can open.

use std::fs;

use marey::{
    RecommendOptions, recommend,
    render::{RenderOptions, render_svg},
    table::read::{ReadOptions, read},
};
use marey_examples::{output, sample};

fn main() -> anyhow::Result<()> {
    let table = read(
        "seattle-weather.csv",
        sample("seattle-weather.csv")?,
        &ReadOptions::default(),
    )?
    .value;

    // Four charts that differ from each other, best first.
    let options = RecommendOptions {
        top: 4,
        ..RecommendOptions::default()
    };
    for chart in recommend(&table, &options) {
        let svg = render_svg(&chart.spec, &table, &RenderOptions::default())?;
        let picture = output(&format!("seattle-{}.svg", chart.rank))?;
        fs::write(&picture, svg.value)?;
        fs::write(
            picture.with_extension("vl.json"),
            serde_json::to_string_pretty(&chart.spec.to_json())?,
        )?;

        println!("{} (score {:.2})", picture.display(), chart.score);
        for reason in &chart.reasons {
            println!("  - {reason}");
        }
    }
    Ok(())
}
