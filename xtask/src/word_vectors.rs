//! `cargo xtask word-vectors`: the static vectors of words in marey-features, distilled from a sentence
//! encoder (Tulkens and van Dongen, *Model2Vec*, 2024): each word is encoded alone, the first principal
//! axes are kept, frequent words are made shorter, and the numbers are rounded to bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use candle_core::{DType, Device, IndexOp, Tensor};
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder};
use marey_corpus::folder::Corpus;
use marey_features::{name_words, request::Request};
use tokenizers::{Model, models::wordpiece::WordPiece};

/// Numbers of a vector.
const WIDTH: usize = 64;
/// Words encoded at once.
const BATCH: usize = 256;
/// Requests of a corpus that a word must occur in, unless a column bears it.
const REQUESTS: usize = 3;
/// Rounds of the iteration to the principal axes.
const ROUNDS: usize = 60;
/// Least length of a vector.
const LEAST: f64 = 0.05;
/// Longest word.
const LONGEST: usize = 24;

/// Distils the encoder of a folder into `words.txt` and `vectors.safetensors` of the crate.
pub fn run(root: &Path, encoder: &Path, corpora: &[PathBuf]) -> anyhow::Result<()> {
    let vocabulary = fs::read_to_string(encoder.join("vocab.txt")).context("reading vocab.txt")?;
    let known: Vec<&str> = vocabulary.lines().collect();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (rank, word) in known.iter().enumerate().filter(|(_, word)| is_word(word)) {
        words.entry((*word).to_owned()).or_insert(rank);
    }
    let own = words.len();
    for corpus in corpora {
        for word in words_of(corpus)? {
            words.entry(word).or_insert(known.len());
        }
    }
    println!("{own} words of the encoder, {} of corpora", words.len() - own);
    let states = encode(encoder, words.keys().map(String::as_str))?;
    let mut vectors = principal(&states);
    let first = words.values().copied().min().unwrap_or_default();
    let most = ((1 + known.len() - first) as f64).ln();
    for (vector, rank) in vectors.iter_mut().zip(words.values()) {
        // A vocabulary lists frequent words first: how much a word says goes with its rank (Zipf, 1949).
        let says = (((1 + rank - first) as f64).ln() / most).max(LEAST);
        let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
        vector.iter_mut().for_each(|x| *x *= says / length);
    }
    write(&root.join("crates/marey-features/vectors"), &words, &vectors)
}

fn is_word(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Words of the columns of a corpus, and of several of its requests; of the training part alone.
fn words_of(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let corpus = Corpus::open(folder)?;
    let mut tables = BTreeSet::new();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for example in corpus.examples()? {
        let example = example?;
        let is_training = |split: &str| {
            example
                .part(split)
                .is_none_or(|part| part == marey_corpus::Split::Train)
        };
        if !["split", "unseen_db"].into_iter().all(is_training) {
            continue;
        }
        tables.extend(example.tables.iter().cloned());
        for request in &example.requests {
            let request = Request::parse(request);
            let distinct: BTreeSet<&str> = request
                .words
                .iter()
                .map(|word| word.forms.folded.as_str())
                .collect();
            for word in distinct {
                *asked.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    let mut words: BTreeSet<String> = BTreeSet::new();
    for path in &tables {
        let table = corpus.table(path)?.value;
        for column in 0..table.columns() {
            let name = table.column_name(column);
            words.extend(name_words(name.as_str()).into_iter().map(|word| word.folded));
        }
    }
    words.extend(
        asked
            .into_iter()
            .filter(|(_, n)| *n >= REQUESTS)
            .map(|(word, _)| word),
    );
    words.retain(|word| is_word(word));
    Ok(words)
}

/// What the encoder makes of each word alone: the mean of its states.
fn encode<'a>(folder: &Path, words: impl Iterator<Item = &'a str>) -> anyhow::Result<Vec<Vec<f32>>> {
    let encoder = Encoder::open(folder)?;
    let pieces = WordPiece::from_file(&folder.join("vocab.txt").to_string_lossy())
        .build()
        .map_err(anyhow::Error::msg)?;
    let id = |token: &str| pieces.token_to_id(token).with_context(|| format!("no {token}"));
    let (first, last) = (id("[CLS]")?, id("[SEP]")?);
    let mut by_length: BTreeMap<usize, Vec<(usize, Vec<u32>)>> = BTreeMap::new();
    let mut n = 0;
    for (at, word) in words.enumerate() {
        let tokens = pieces.tokenize(word).map_err(anyhow::Error::msg)?;
        let mut ids = vec![first];
        ids.extend(tokens.iter().map(|token| token.id));
        ids.push(last);
        by_length.entry(ids.len()).or_default().push((at, ids));
        n += 1;
    }
    let mut states = vec![Vec::new(); n];
    for batch in by_length.values().flat_map(|words| words.chunks(BATCH)) {
        let ids: Vec<&[u32]> = batch.iter().map(|(_, ids)| ids.as_slice()).collect();
        let rows = encoder.forward(&ids)?.to_vec2::<f32>()?;
        for ((at, _), row) in batch.iter().zip(rows) {
            states[*at] = row;
        }
    }
    Ok(states)
}

/// BERT (Devlin et al., 2019) as far as sentences of equal length need it.
struct Encoder {
    words: Embedding,
    places: Tensor,
    kind: Tensor,
    norm: LayerNorm,
    layers: Vec<Layer>,
    heads: usize,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    out: Linear,
    out_norm: LayerNorm,
    up: Linear,
    down: Linear,
    norm: LayerNorm,
}

impl Encoder {
    fn open(folder: &Path) -> anyhow::Result<Self> {
        let config: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(folder.join("config.json"))?)?;
        let number = |key: &str| {
            let found = config[key]
                .as_u64()
                .with_context(|| format!("config.json says no {key}"));
            found.map(|number| number as usize)
        };
        let (d, f) = (number("hidden_size")?, number("intermediate_size")?);
        ensure!(config["hidden_act"] == "gelu", "another activation than gelu");
        let bytes = fs::read(folder.join("model.safetensors")).context("reading model.safetensors")?;
        let all = VarBuilder::from_buffered_safetensors(bytes, DType::F32, &Device::Cpu)?;
        let norm = |at: VarBuilder<'_>| candle_nn::layer_norm(d, 1e-12, at);
        let inputs = all.pp("embeddings");
        let layer = |at: usize| -> candle_core::Result<Layer> {
            let own = all.pp(format!("encoder.layer.{at}"));
            let attention = own.pp("attention");
            Ok(Layer {
                query: candle_nn::linear(d, d, attention.pp("self.query"))?,
                key: candle_nn::linear(d, d, attention.pp("self.key"))?,
                value: candle_nn::linear(d, d, attention.pp("self.value"))?,
                out: candle_nn::linear(d, d, attention.pp("output.dense"))?,
                out_norm: norm(attention.pp("output.LayerNorm"))?,
                up: candle_nn::linear(d, f, own.pp("intermediate.dense"))?,
                down: candle_nn::linear(f, d, own.pp("output.dense"))?,
                norm: norm(own.pp("output.LayerNorm"))?,
            })
        };
        Ok(Self {
            words: candle_nn::embedding(number("vocab_size")?, d, inputs.pp("word_embeddings"))?,
            places: inputs
                .pp("position_embeddings")
                .get((number("max_position_embeddings")?, d), "weight")?,
            kind: inputs
                .pp("token_type_embeddings")
                .get((number("type_vocab_size")?, d), "weight")?
                .i(0)?,
            norm: norm(inputs.pp("LayerNorm"))?,
            layers: (0..number("num_hidden_layers")?)
                .map(layer)
                .collect::<candle_core::Result<_>>()?,
            heads: number("num_attention_heads")?,
        })
    }

    /// The mean state of each sequence; all are of one length: `[sequences, width]`.
    fn forward(&self, ids: &[&[u32]]) -> candle_core::Result<Tensor> {
        let n = ids[0].len();
        let ids = Tensor::from_vec(ids.concat(), (ids.len(), n), &Device::Cpu)?;
        let places = self.places.narrow(0, 0, n)?.broadcast_add(&self.kind)?;
        let mut x = self
            .norm
            .forward(&self.words.forward(&ids)?.broadcast_add(&places)?)?;
        for layer in &self.layers {
            x = layer.forward(&x, self.heads)?;
        }
        x.mean(1)
    }
}

impl Layer {
    fn forward(&self, x: &Tensor, heads: usize) -> candle_core::Result<Tensor> {
        let (b, n, d) = x.dims3()?;
        let split = |x: Tensor| x.reshape((b, n, heads, d / heads))?.transpose(1, 2)?.contiguous();
        let (q, k, v) = (
            split(self.query.forward(x)?)?,
            split(self.key.forward(x)?)?,
            split(self.value.forward(x)?)?,
        );
        let scores = (q.matmul(&k.t()?)? / ((d / heads) as f64).sqrt())?;
        let seen = candle_nn::ops::softmax(&scores, candle_core::D::Minus1)?.matmul(&v)?;
        let seen = seen.transpose(1, 2)?.reshape((b, n, d))?;
        let x = self.out_norm.forward(&(x + self.out.forward(&seen)?)?)?;
        let inner = self.down.forward(&self.up.forward(&x)?.gelu_erf()?)?;
        self.norm.forward(&(x + inner)?)
    }
}

/// The coordinates of centred rows along their first principal axes.
fn principal(rows: &[Vec<f32>]) -> Vec<Vec<f64>> {
    let (n, d) = (rows.len(), rows[0].len());
    let mut mean = vec![0f64; d];
    for row in rows {
        mean.iter_mut()
            .zip(row)
            .for_each(|(mean, x)| *mean += f64::from(*x) / n as f64);
    }
    let centre = |row: &[f32]| -> Vec<f64> {
        row.iter()
            .zip(&mean)
            .map(|(x, mean)| f64::from(*x) - mean)
            .collect()
    };
    let mut covariance = vec![vec![0f64; d]; d];
    for row in rows {
        let row = centre(row);
        for (sums, x) in covariance.iter_mut().zip(&row) {
            sums.iter_mut()
                .zip(&row)
                .for_each(|(sum, y)| *sum += x * y / n as f64);
        }
    }
    let axes = first_axes(&covariance);
    let along = |row: &Vec<f32>| {
        let row = centre(row);
        axes.iter().map(|axis| dot(axis, &row)).collect()
    };
    let turned: Vec<Vec<f64>> = rows.iter().map(along).collect();
    let all: f64 = (0..d).map(|at| covariance[at][at]).sum();
    let kept: f64 = turned.iter().flatten().map(|x| x * x / n as f64).sum();
    println!("{:.1} % of the variance kept", 100.0 * kept / all);
    turned
}

/// The first axes of a covariance by orthogonal iteration (Golub and Van Loan, *Matrix Computations*, 8.2.4);
/// the largest coordinate of each is positive, since an axis has no direction of its own.
fn first_axes(covariance: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let d = covariance.len();
    let mut axes: Vec<Vec<f64>> = (0..WIDTH)
        .map(|axis| {
            (0..d)
                .map(|at| ((at * WIDTH + axis * 7 + 1) as f64 * 0.618_034).fract() - 0.5)
                .collect()
        })
        .collect();
    for _ in 0..ROUNDS {
        for axis in &mut axes {
            *axis = covariance.iter().map(|row| dot(row, axis)).collect();
        }
        for at in 0..WIDTH {
            let (before, rest) = axes.split_at_mut(at);
            for other in before {
                let share = dot(other, &rest[0]);
                rest[0].iter_mut().zip(other).for_each(|(x, y)| *x -= share * *y);
            }
            let length = dot(&rest[0], &rest[0]).sqrt().max(1e-300);
            rest[0].iter_mut().for_each(|x| *x /= length);
        }
    }
    for axis in &mut axes {
        let most = axis
            .iter()
            .copied()
            .fold(0f64, |most, x| if x.abs() > most.abs() { x } else { most });
        axis.iter_mut().for_each(|x| *x *= most.signum());
    }
    axes
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Writes the words, one a line in alphabetical order, and their vectors as bytes with a scale each.
fn write(folder: &Path, words: &BTreeMap<String, usize>, vectors: &[Vec<f64>]) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    let mut text = String::new();
    words.keys().for_each(|word| {
        text.push_str(word);
        text.push('\n');
    });
    fs::write(folder.join("words.txt"), text)?;
    let mut bytes = Vec::with_capacity(vectors.len() * (WIDTH + 4));
    for vector in vectors {
        let most = vector.iter().fold(0f64, |most, x| most.max(x.abs())).max(1e-12);
        let scale = (most / 127.0) as f32;
        bytes.extend(scale.to_le_bytes());
        bytes.extend(vector.iter().map(|x| (x / f64::from(scale)).round() as i8 as u8));
    }
    println!("{} vectors, {} bytes", vectors.len(), bytes.len());
    fs::write(folder.join("vectors.bin"), bytes)?;
    Ok(())
}
