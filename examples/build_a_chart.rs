//! # Build a chart by hand
//!
//! We will say a chart in types rather than JSON, draw it on a table, and see the same chart as
//! Vega-Lite. What cannot be said in the grammar does not compile; what can be said but not drawn is
//! an error that names the field.

use std::fs;

use marey_core::{
    Aggregate, Channel, ChartSpec, FieldType, Mark, TimeUnit, TimeUnitPart,
    spec::{Encoding, FieldDef, Sort},
};
use marey_examples::{output, sample};
use marey_render::{PngOptions, RenderOptions, render_png, render_svg};
use marey_table::read::{ReadOptions, read};

fn main() -> anyhow::Result<()> {
    let table = read(
        "seattle-weather.csv",
        sample("seattle-weather.csv")?,
        &ReadOptions::default(),
    )?
    .value;

    // Days of each kind of weather by month of the year, as a stacked bar chart.
    let weather = ["sun", "fog", "drizzle", "rain", "snow"];
    let months = FieldDef::new("date", FieldType::Ordinal).time_unit(TimeUnit::of(&[TimeUnitPart::Month]));
    let kinds = FieldDef::new("weather", FieldType::Nominal)
        .sorted(Sort::Values(
            weather
                .map(|kind| marey_core::spec::Literal::Text(kind.into()))
                .to_vec(),
        ))
        .titled("Weather");
    let spec = ChartSpec::unit(
        Mark::Bar,
        Encoding::new()
            .with(Channel::X, months.titled("Month"))
            .with(Channel::Y, FieldDef::count().titled("Days"))
            .with(Channel::Color, kinds),
    )
    .titled("Summers in Seattle are sunny");

    let options = RenderOptions::default();
    let picture = output("summers.svg")?;
    fs::write(&picture, render_svg(&spec, &table, &options)?.value)?;
    fs::write(
        picture.with_extension("png"),
        render_png(
            &spec,
            &table,
            &options,
            &PngOptions {
                scale: 2.0,
                ..PngOptions::default()
            },
        )?
        .value,
    )?;
    println!("{}", picture.display());
    println!("{}", serde_json::to_string_pretty(&spec.to_json())?);

    // A field that is not there: the message says which, and what there is.
    let wrong = ChartSpec::unit(
        Mark::Point,
        Encoding::new().with(
            Channel::X,
            FieldDef::new("temp_mx", FieldType::Quantitative).aggregate(Aggregate::Mean),
        ),
    );
    if let Err(error) = render_svg(&wrong, &table, &options) {
        println!("\nand a mistake: {error}");
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            println!("  because {inner}");
            cause = inner.source();
        }
    }
    Ok(())
}
