//! Bags: the mean of rows of a table, for words made of hashed pieces (Joulin et al., 2017).

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};

use super::{numbers, slice};

/// Which rows each bag holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bags {
    /// Rows of all bags, one bag after the other.
    pub(crate) rows: Vec<u32>,
    /// Where each bag ends.
    pub(crate) ends: Vec<usize>,
}

impl Bags {
    /// Adds a bag.
    pub(crate) fn push(&mut self, rows: impl IntoIterator<Item = u32>) {
        self.rows.extend(rows);
        self.ends.push(self.rows.len());
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, to)| &self.rows[from..*to])
    }
}

/// The mean of each bag's rows of `table` `[rows, width]`: `[bags, width]`; zeros for an empty bag.
pub(crate) fn embed_bags(table: &Tensor, bags: &Arc<Bags>) -> Result<Tensor> {
    if table.device().is_cpu() {
        return table.contiguous()?.apply_op1(Embed(Arc::clone(bags)));
    }
    let width = table.dim(1)?;
    let mut means = Vec::with_capacity(bags.ends.len());
    for bag in bags.iter() {
        means.push(match bag.is_empty() {
            true => Tensor::zeros(width, table.dtype(), table.device())?,
            false => {
                let rows = Tensor::from_vec(bag.to_vec(), bag.len(), table.device())?;
                table.index_select(&rows, 0)?.mean(0)?
            }
        });
    }
    Tensor::stack(&means, 0)
}

struct Embed(Arc<Bags>);

impl CustomOp1 for Embed {
    fn name(&self) -> &'static str {
        "embed-bags"
    }

    fn cpu_fwd(&self, table: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let table = slice(table, layout)?;
        let width = layout.dims()[1];
        let mut out = vec![0f32; self.0.ends.len() * width];
        for (out, bag) in out.chunks_exact_mut(width).zip(self.0.iter()) {
            let share = 1.0 / bag.len().max(1) as f32;
            for row in bag {
                let row = &table[*row as usize * width..][..width];
                out.iter_mut().zip(row).for_each(|(out, x)| *out += x * share);
            }
        }
        Ok((CpuStorage::F32(out), Shape::from((self.0.ends.len(), width))))
    }

    fn bwd(&self, table: &Tensor, _out: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let width = table.dim(1)?;
        let grad = numbers(grad)?;
        let mut to_table = vec![0f32; table.elem_count()];
        for (grad, bag) in grad.chunks_exact(width).zip(self.0.iter()) {
            let share = 1.0 / bag.len().max(1) as f32;
            for row in bag {
                let row = &mut to_table[*row as usize * width..][..width];
                row.iter_mut().zip(grad).for_each(|(to, g)| *to += g * share);
            }
        }
        Tensor::from_vec(to_table, table.shape(), table.device()).map(Some)
    }
}
