//! # Ask in batches
//!
//! We will answer many requests about several tables at once. Requests of a batch go through the network together;
//! what comes out for each is what it would have got alone.

use marey::{
    model::{Asked, DecodeOptions, Model, Reading, TableReading},
    profile::{ProfileOptions, TableProfile, profile},
    table::{
        Table,
        read::{ReadOptions, read},
    },
};
use marey_examples::sample;

/// A table with all that is made of it once.
struct Known {
    table: Table,
    profile: TableProfile,
    reading: TableReading,
}

impl Known {
    fn new(name: &str) -> anyhow::Result<Self> {
        let table = read(name, sample(name)?, &ReadOptions::default())?.value;
        let profile = profile(&table, &ProfileOptions::default());
        let reading = TableReading::new(&table, &profile);
        Ok(Self {
            table,
            profile,
            reading,
        })
    }
}

fn main() -> anyhow::Result<()> {
    let model = Model::pretrained()?;
    let weather = Known::new("seattle-weather.csv")?;
    let penguins = Known::new("penguins.json")?;
    let requests = [
        (&weather, "mean wind by weather"),
        (&penguins, "body mass against flipper length, by species"),
        (&weather, "rain per year"),
        (&penguins, "how many penguins per island"),
    ];

    let readings: Vec<Reading> = requests
        .iter()
        .map(|(known, request)| known.reading.read(Some(request)))
        .collect();
    let asked: Vec<Asked<'_>> = requests
        .iter()
        .zip(&readings)
        .map(|((known, _), reading)| Asked {
            reading,
            table: &known.table,
            profile: &known.profile,
        })
        .collect();
    let answers = model.answer(&asked, &DecodeOptions::default())?;
    for ((_, request), answer) in requests.iter().zip(answers) {
        // Each request has its own outcome: one that cannot be answered spoils no other.
        match answer {
            Ok(judgement) => match judgement.charts.first() {
                Some(chart) => println!(
                    "{request}: {:.2} {}",
                    chart.probability,
                    chart.written.spec.to_json()
                ),
                None => println!("{request}: every reading shows nothing"),
            },
            Err(error) => println!("{request}: {error}"),
        }
    }
    Ok(())
}
