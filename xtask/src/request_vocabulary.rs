//! `cargo xtask request-vocabulary`: the vocabulary of requests in marey-features, from corpora.
//!
//! Only examples of the training parts are read. Frequent words that people use of many databases
//! become tokens of their own; the rest is cut into pieces, so that the vocabulary speaks the
//! language of requests rather than that of a few schemas.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use marey_features::request::Request;
use serde_json::Value;
use tokenizers::{
    AddedToken, Model, Trainer,
    models::wordpiece::{WordPiece, WordPieceTrainer},
};

/// Number of tokens.
const TOKENS: usize = 2048;
/// Databases in whose requests a word must occur to be taken whole into the training.
const DATABASES: usize = 3;
const SPECIAL_TOKENS: [&str; 5] = ["[PAD]", "[UNK]", "[NOREQ]", "[NUM]", "[DATE]"];

/// Trains the vocabulary on the requests of corpora and writes it into the crate.
pub fn run(root: &Path, corpora: &[PathBuf]) -> anyhow::Result<()> {
    let mut words: BTreeMap<String, (u64, BTreeSet<String>)> = BTreeMap::new();
    let mut requests = 0;
    for corpus in corpora {
        requests += read(corpus, &mut words)?;
    }
    ensure!(requests > 0, "no requests of a training part in {corpora:?}");
    let tokens = train(&words)?;
    let path = root.join("crates/marey-features/vocabulary/requests.txt");
    let mut text = String::new();
    for token in &tokens {
        writeln!(text, "{token}")?;
    }
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    println!(
        "{} tokens of {requests} requests with {} words",
        tokens.len(),
        words.len()
    );
    Ok(())
}

/// Adds the words of a corpus; the number of requests read.
fn read(corpus: &Path, words: &mut BTreeMap<String, (u64, BTreeSet<String>)>) -> anyhow::Result<usize> {
    let file = ["examples.jsonl", "pairs.jsonl"]
        .map(|name| corpus.join(name))
        .into_iter()
        .find(|file| file.is_file())
        .with_context(|| {
            format!(
                "{} holds neither examples.jsonl nor pairs.jsonl",
                corpus.display()
            )
        })?;
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut requests = 0;
    for (at, line) in text.lines().enumerate() {
        let example: Value =
            serde_json::from_str(line).with_context(|| format!("{}, line {}", file.display(), at + 1))?;
        let part = |name: &str| example.get(name).and_then(Value::as_str);
        // Every split that an example names must put it into training.
        let is_training =
            part("split") == Some("train") && part("unseen_db").is_none_or(|part| part == "train");
        if !is_training {
            continue;
        }
        let database = part("group").or(part("db")).unwrap_or_default();
        let texts = example
            .get("requests")
            .or(example.get("nl"))
            .and_then(Value::as_array);
        for text in texts.into_iter().flatten().filter_map(Value::as_str) {
            requests += 1;
            for word in Request::parse(text).words {
                let letters = word.forms.folded.bytes().all(|byte| byte.is_ascii_lowercase());
                if letters && !word.forms.folded.is_empty() {
                    let (count, databases) = words.entry(word.forms.folded).or_default();
                    *count += 1;
                    databases.insert(database.to_owned());
                }
            }
        }
    }
    Ok(requests)
}

/// The tokens in order of their ids.
fn train(words: &BTreeMap<String, (u64, BTreeSet<String>)>) -> anyhow::Result<Vec<String>> {
    // Letters that go on in a word are named beforehand: the trainer would number them in the order of a
    // hash map, and break ties by their numbers.
    let continuing: Vec<String> = ('a'..='z').map(|letter| format!("##{letter}")).collect();
    let special = SPECIAL_TOKENS.iter().map(|token| AddedToken::from(*token, true));
    let special = special
        .chain(
            continuing
                .iter()
                .map(|piece| AddedToken::from(piece.as_str(), true)),
        )
        .collect();
    let mut trainer = WordPieceTrainer::builder()
        .vocab_size(TOKENS)
        .min_frequency(2)
        .show_progress(false)
        .special_tokens(special)
        .initial_alphabet(('a'..='z').collect::<HashSet<char>>())
        .build();
    // A word counts once per database, so that large databases do not fill the vocabulary; a word of
    // few databases counts as letters that other words share.
    let weighted = words.iter().flat_map(|(word, (_, databases))| {
        let times = if databases.len() >= DATABASES {
            databases.len()
        } else {
            1
        };
        std::iter::repeat_n(word.clone(), times)
    });
    let failed = |error: tokenizers::Error| anyhow::anyhow!("training the tokenizer: {error}");
    trainer
        .feed(weighted, |word| Ok(vec![word.to_owned()]))
        .map_err(failed)?;
    let mut model = WordPiece::default();
    trainer.train(&mut model).map_err(failed)?;
    let mut found: Vec<(u32, String)> = model
        .get_vocab()
        .into_iter()
        .map(|(token, id)| (id, token))
        .collect();
    found.sort();
    Ok(found.into_iter().map(|(_, token)| token).collect())
}
