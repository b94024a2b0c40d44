//! # Link a request to a table
//!
//! We will turn a table and a plain request into what a model of charts reads: columns as numbers, words with
//! flags, the columns and cells that the words may mean, and the relations between all of them. Then we will
//! look at the features of VizML, by which models of charts are compared.

use marey::{
    features::{
        column::{ColumnFeatures, column_features},
        mention::MentionIndex,
        relation::RelationMatrix,
        request::Request,
        vizml::vizml_features,
    },
    profile::{ProfileOptions, profile},
    table::read::{ReadOptions, read},
};
use marey_examples::sample;

fn main() -> anyhow::Result<()> {
    let name = "seattle-weather.csv";
    let table = read(name, sample(name)?, &ReadOptions::default())?.value;
    let profile = profile(&table, &ProfileOptions::default());

    // A profile is all that the features of columns are made of. Each is within -1 to 1 and has a name.
    let features = column_features(&profile);
    println!(
        "{} columns with {} features each, for example:",
        features.columns,
        ColumnFeatures::width()
    );
    for (column, at) in profile.columns.iter().zip(0..) {
        let values = features.column(at).unwrap_or_default();
        let set: Vec<&str> = ColumnFeatures::names()
            .zip(values)
            .filter(|(_, value)| **value == 1.0)
            .map(|(feature, _)| feature.name)
            .take(4)
            .collect();
        println!("  {:<14} {}", column.name.as_str(), set.join(", "));
    }

    // The index is made once per table; then requests are linked in microseconds. Names and cells are found
    // in other cases, by their stems, shortened, misspelt, and by their meaning.
    let index = MentionIndex::new(&table, &profile);
    let request =
        Request::parse("Bar chart of the average temp for each weather but Drizle since 2013-01-01");
    let mentions = index.find(&request);
    for word in &request.words {
        println!("  {:<12} {:?}", word.surface, word.flags);
    }
    for mention in mentions.columns.iter().take(5) {
        let words = &request.words[mention.words.clone()];
        let words: Vec<&str> = words.iter().map(|word| word.surface.as_str()).collect();
        let column = &profile.columns[mention.column].name;
        println!(
            "`{}` may be the column {column} ({:?}, {:.2})",
            words.join(" "),
            mention.kind,
            mention.score
        );
    }
    for mention in &mentions.values {
        println!(
            "word {} may be the cell {:?} ({:?})",
            mention.words.start, mention.value, mention.kind
        );
    }
    println!("literals: {:?}", mentions.literals);

    // All of them as one matrix of typed relations, for attention that knows them.
    let columns: Vec<usize> = (0..profile.columns.len()).collect();
    let matrix = RelationMatrix::new(request.words.len(), &mentions, index.relations(), &columns);
    println!("relations: {0} × {0}", matrix.len());

    // The features of VizML by their definitions; what has none says why.
    let vizml = vizml_features(&table, &profile);
    for column in &vizml.columns {
        let median = column.features.get("median");
        println!("  median of {}: {median:?}", column.name);
    }
    println!(
        "{} pairs, {} aggregates",
        vizml.pairs.len(),
        vizml.table.values.len()
    );
    Ok(())
}
