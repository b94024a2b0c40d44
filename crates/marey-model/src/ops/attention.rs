//! Attention with a learned bias per relation and head (RAT-SQL's relations, Wang et al., 2020, in
//! the form of Shaw et al., 2018, kept to a scalar; T5, Raffel et al., 2020, has it for distances).

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp3, DType, Layout, Result, Shape, Tensor};
use rayon::prelude::*;

use super::{exp, numbers, slice, wide};

/// Which queries see which keys, and by what relation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pairing {
    /// Relations of `[batch, queries, keys]`, rows of the table of biases.
    pub(crate) relations: Vec<u8>,
    /// How many keys of each item of the batch are there; those behind are padding.
    pub(crate) keys: Vec<usize>,
    /// Whether a query sees only keys up to its own place.
    pub(crate) causal: bool,
}

/// Heads of attention over pairings.
#[derive(Debug, Clone)]
pub(crate) struct Attention {
    pub(crate) heads: usize,
    pub(crate) pairing: Arc<Pairing>,
}

impl Attention {
    /// `queries` `[batch, queries, width]` over `memory` `[batch, keys, 2 width]`, keys before values,
    /// with `bias` `[relations, heads]`: `[batch, queries, width]`.
    pub(crate) fn apply(&self, queries: &Tensor, memory: &Tensor, bias: &Tensor) -> Result<Tensor> {
        match queries.device().is_cpu() {
            true => queries
                .contiguous()?
                .apply_op3(&memory.contiguous()?, &bias.contiguous()?, self.clone()),
            false => self.composed(queries, memory, bias),
        }
    }

    /// The same made of candle's operations.
    fn composed(&self, queries: &Tensor, memory: &Tensor, bias: &Tensor) -> Result<Tensor> {
        let (b, q, d) = queries.dims3()?;
        let k = memory.dim(1)?;
        let (h, device) = (self.heads, queries.device());
        let split = |x: &Tensor, n: usize| x.reshape((b, n, h, d / h))?.transpose(1, 2)?.contiguous();
        let queries = split(queries, q)?;
        let keys = split(&memory.narrow(2, 0, d)?.contiguous()?, k)?;
        let values = split(&memory.narrow(2, d, d)?.contiguous()?, k)?;
        let relations: Vec<u32> = self.pairing.relations.iter().map(|r| u32::from(*r)).collect();
        let relations = Tensor::from_vec(relations, b * q * k, device)?;
        let bias = bias
            .index_select(&relations, 0)?
            .reshape((b, q, k, h))?
            .permute((0, 3, 1, 2))?;
        let mut barred = vec![0f32; b * q * k];
        for (at, barred) in barred.iter_mut().enumerate() {
            let (item, query, key) = (at / (q * k), at / k % q, at % k);
            if key >= self.seen(item, query) {
                *barred = -1e9;
            }
        }
        let barred = Tensor::from_vec(barred, (b, 1, q, k), device)?.to_dtype(DType::F32)?;
        let scale = 1.0 / ((d / h) as f64).sqrt();
        let scores = ((queries.matmul(&keys.t()?)? * scale)? + bias)?.broadcast_add(&barred)?;
        let shares = candle_nn::ops::softmax(&scores, candle_core::D::Minus1)?;
        shares.matmul(&values)?.transpose(1, 2)?.reshape((b, q, d))
    }

    /// How many keys a query sees.
    #[inline(always)]
    fn seen(&self, item: usize, query: usize) -> usize {
        let keys = self.pairing.keys[item];
        match self.pairing.causal {
            true => keys.min(query + 1),
            false => keys,
        }
    }
}

/// One item and head: the shares of each query, `[queries, keys]`.
struct Shares<'a> {
    of: &'a Attention,
    item: usize,
    head: usize,
    sizes: Sizes,
}

#[derive(Clone, Copy)]
struct Sizes {
    queries: usize,
    keys: usize,
    width: usize,
    head_width: usize,
}

impl Shares<'_> {
    #[inline(always)]
    fn query<'b>(&self, queries: &'b [f32], at: usize) -> &'b [f32] {
        let s = self.sizes;
        &queries[(self.item * s.queries + at) * s.width + self.head * s.head_width..][..s.head_width]
    }

    #[inline(always)]
    fn key_offset(&self, at: usize) -> usize {
        let s = self.sizes;
        (self.item * s.keys + at) * 2 * s.width + self.head * s.head_width
    }

    #[inline(always)]
    fn relation(&self, query: usize, key: usize) -> usize {
        let s = self.sizes;
        usize::from(self.of.pairing.relations[(self.item * s.queries + query) * s.keys + key])
    }

    /// The shares of one query over the keys that it sees.
    #[inline(always)]
    fn row(&self, query: usize, queries: &[f32], memory: &[f32], bias: &[f32], row: &mut Vec<f32>) {
        let s = self.sizes;
        let scale = 1.0 / (s.head_width as f32).sqrt();
        let own = self.query(queries, query);
        row.clear();
        for key in 0..self.of.seen(self.item, query) {
            let other = &memory[self.key_offset(key)..][..s.head_width];
            let bias = bias[self.relation(query, key) * self.of.heads + self.head];
            row.push(dot(own, other) * scale + bias);
        }
        softmax(row);
    }
}

#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums side by side, so that the compiler can use wide registers.
    let mut sums = [0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8
        .remainder()
        .iter()
        .zip(b8.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (a, b) in a8.zip(b8) {
        for at in 0..8 {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[inline(always)]
fn add_scaled(to: &mut [f32], from: &[f32], scale: f32) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from * scale);
}

#[inline(always)]
fn softmax(row: &mut [f32]) {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    row.iter_mut().for_each(|x| *x = exp(*x - most));
    let sum: f32 = row.iter().sum();
    let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
    row.iter_mut().for_each(|x| *x *= scale);
}

impl CustomOp3 for Attention {
    fn name(&self) -> &'static str {
        "relation-attention"
    }

    fn cpu_fwd(
        &self,
        queries: &CpuStorage,
        queries_layout: &Layout,
        memory: &CpuStorage,
        memory_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (b, q, d) = queries_layout.shape().dims3()?;
        let (_, k, _) = memory_layout.shape().dims3()?;
        let (queries, memory) = (slice(queries, queries_layout)?, slice(memory, memory_layout)?);
        let bias = slice(bias, bias_layout)?;
        let sizes = Sizes {
            queries: q,
            keys: k,
            width: d,
            head_width: d / self.heads,
        };
        let mut out = vec![0f32; b * q * d];
        out.par_chunks_mut((q * d).max(1))
            .enumerate()
            .for_each(|(item, out)| {
                let mut row = Vec::with_capacity(k);
                for head in 0..self.heads {
                    let shares = Shares {
                        of: self,
                        item,
                        head,
                        sizes,
                    };
                    wide(|| shares.forward(queries, memory, bias, &mut row, out));
                }
            });
        Ok((CpuStorage::F32(out), Shape::from((b, q, d))))
    }

    fn bwd(
        &self,
        queries: &Tensor,
        memory: &Tensor,
        bias: &Tensor,
        _out: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let (b, q, d) = queries.dims3()?;
        let k = memory.dim(1)?;
        let device = queries.device().clone();
        let (bias_rows, heads) = bias.dims2()?;
        let sizes = Sizes {
            queries: q,
            keys: k,
            width: d,
            head_width: d / self.heads,
        };
        let given = Given {
            queries: numbers(queries)?,
            memory: numbers(memory)?,
            bias: numbers(bias)?,
            grad: numbers(grad)?,
        };
        let mut to_queries = vec![0f32; b * q * d];
        let mut to_memory = vec![0f32; b * k * 2 * d];
        let parts: Vec<Vec<f32>> = to_queries
            .par_chunks_mut((q * d).max(1))
            .zip(to_memory.par_chunks_mut((k * 2 * d).max(1)))
            .enumerate()
            .map(|(item, (to_queries, to_memory))| {
                let mut to_bias = vec![0f32; bias_rows * heads];
                for head in 0..self.heads {
                    let shares = Shares {
                        of: self,
                        item,
                        head,
                        sizes,
                    };
                    wide(|| shares.backward(&given, to_queries, to_memory, &mut to_bias));
                }
                to_bias
            })
            .collect();
        let mut to_bias = vec![0f32; bias_rows * heads];
        for part in &parts {
            add_scaled(&mut to_bias, part, 1.0);
        }
        Ok((
            Some(Tensor::from_vec(to_queries, (b, q, d), &device)?),
            Some(Tensor::from_vec(to_memory, (b, k, 2 * d), &device)?),
            Some(Tensor::from_vec(to_bias, (bias_rows, heads), &device)?),
        ))
    }
}

struct Given {
    queries: Vec<f32>,
    memory: Vec<f32>,
    bias: Vec<f32>,
    grad: Vec<f32>,
}

impl Shares<'_> {
    /// Adds what the queries of one item and head see to `out`, that of the item.
    #[inline(always)]
    fn forward(&self, queries: &[f32], memory: &[f32], bias: &[f32], row: &mut Vec<f32>, out: &mut [f32]) {
        let Sizes {
            queries: q,
            width: d,
            head_width: w,
            ..
        } = self.sizes;
        for query in 0..q {
            self.row(query, queries, memory, bias, row);
            let to = &mut out[query * d + self.head * w..][..w];
            for (key, share) in row.iter().enumerate() {
                add_scaled(to, &memory[self.key_offset(key) + d..][..w], *share);
            }
        }
    }

    /// Adds the gradients of one item and head; `to_queries` and `to_memory` are those of the item.
    #[inline(always)]
    fn backward(&self, given: &Given, to_queries: &mut [f32], to_memory: &mut [f32], to_bias: &mut [f32]) {
        let Sizes {
            queries: q,
            width: d,
            head_width: w,
            ..
        } = self.sizes;
        let scale = 1.0 / (w as f32).sqrt();
        let (mut row, mut slopes) = (Vec::new(), Vec::new());
        for query in 0..q {
            self.row(query, &given.queries, &given.memory, &given.bias, &mut row);
            let grad = self.query(&given.grad, query);
            slopes.clear();
            let mut mean = 0f32;
            for (key, share) in row.iter().enumerate() {
                let value = &given.memory[self.key_offset(key) + d..][..w];
                let slope = dot(grad, value);
                slopes.push(slope);
                mean += share * slope;
            }
            let own = self.query(&given.queries, query);
            let to_query = &mut to_queries[query * d + self.head * w..][..w];
            for (key, share) in row.iter().enumerate() {
                let slope = share * (slopes[key] - mean);
                to_bias[self.relation(query, key) * self.of.heads + self.head] += slope;
                let at = key * 2 * d + self.head * w;
                add_scaled(
                    to_query,
                    &given.memory[self.key_offset(key)..][..w],
                    slope * scale,
                );
                add_scaled(&mut to_memory[at..][..w], own, slope * scale);
                add_scaled(&mut to_memory[at + d..][..w], grad, *share);
            }
        }
    }
}

/// One query over keys and values that were kept, `[keys, 2 width]`, with the bias of each key's
/// relation: adds to `out` `[width]`.
pub(crate) fn attend_cached(
    query: &[f32],
    memory: &[f32],
    bias: impl Fn(usize, usize) -> f32,
    heads: usize,
    out: &mut [f32],
) {
    wide(|| attend(query, memory, bias, heads, out));
}

#[inline(always)]
fn attend(query: &[f32], memory: &[f32], bias: impl Fn(usize, usize) -> f32, heads: usize, out: &mut [f32]) {
    let d = query.len();
    let w = d / heads;
    let keys = memory.len() / (2 * d);
    let scale = 1.0 / (w as f32).sqrt();
    let mut row = Vec::with_capacity(keys);
    for head in 0..heads {
        let own = &query[head * w..][..w];
        row.clear();
        row.extend(
            (0..keys).map(|key| dot(own, &memory[key * 2 * d + head * w..][..w]) * scale + bias(key, head)),
        );
        softmax(&mut row);
        for (key, share) in row.iter().enumerate() {
            add_scaled(
                &mut out[head * w..][..w],
                &memory[key * 2 * d + d + head * w..][..w],
                *share,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{Device, Var};

    use super::*;
    use crate::random::Random;

    fn random(shape: &[usize], random: &mut Random) -> Result<Var> {
        let n = shape.iter().product::<usize>();
        let numbers: Vec<f32> = (0..n).map(|_| random.normal() as f32).collect();
        Var::from_tensor(&Tensor::from_vec(numbers, shape, &Device::Cpu)?)
    }

    fn check(causal: bool) -> Result<()> {
        let mut draws = Random::new(11);
        let (b, q, k, d, h) = (2, 3, if causal { 3 } else { 5 }, 20, 2);
        let relations = (0..b * q * k).map(|_| draws.below(4) as u8).collect();
        let pairing = Pairing {
            relations,
            keys: vec![k, k - 2],
            causal,
        };
        let attention = Attention {
            heads: h,
            pairing: Arc::new(pairing),
        };
        let vars = [
            random(&[b, q, d], &mut draws)?,
            random(&[b, k, 2 * d], &mut draws)?,
            random(&[4, h], &mut draws)?,
        ];
        let weights = random(&[b, q, d], &mut draws)?;
        let fused = attention.apply(&vars[0], &vars[1], &vars[2])?;
        let plain = attention.composed(&vars[0], &vars[1], &vars[2])?;
        let mut gradients = Vec::new();
        for out in [&fused, &plain] {
            let store = (out * weights.as_tensor())?.sum_all()?.backward()?;
            let all: Result<Vec<Vec<f32>>> = vars
                .iter()
                .map(|var| super::numbers(store.get(var).expect("a gradient")))
                .collect();
            gradients.push(all?);
        }
        for (a, b) in super::numbers(&fused)?.iter().zip(super::numbers(&plain)?) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
        for (fused, plain) in gradients[0].iter().zip(&gradients[1]) {
            for (a, b) in fused.iter().zip(plain) {
                assert!((a - b).abs() < 1e-4, "{a} {b}");
            }
        }
        Ok(())
    }

    #[test]
    fn fused_and_composed_attention_are_the_same() -> Result<()> {
        check(false)?;
        check(true)
    }
}
