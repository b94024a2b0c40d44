//! Linear maps: the product with a matrix and, where there is one, the sum with a shift, as one operation
//! over any number of leading axes.

use candle_core::{
    CpuStorage, CustomOp2, CustomOp3, Layout, Result, Shape, Tensor, backend::BackendStorage, bail,
};
use rayon::prelude::*;

use super::{slice, wide};

/// Rows of a piece of work.
const PIECE: usize = 64;

/// `x` `[…, in]` times a matrix `[in, out]`, plus a shift `[out]`.
pub(crate) fn linear(x: &Tensor, matrix: &Tensor, shift: Option<&Tensor>) -> Result<Tensor> {
    if !x.device().is_cpu() {
        return composed(x, matrix, shift);
    }
    let x = x.contiguous()?;
    match shift {
        Some(shift) => x.apply_op3(matrix, shift, Linear),
        None => x.apply_op2(matrix, Linear),
    }
}

/// The same made of candle's operations.
fn composed(x: &Tensor, matrix: &Tensor, shift: Option<&Tensor>) -> Result<Tensor> {
    let mut dims = x.dims().to_vec();
    let inputs = dims.pop().unwrap_or(1);
    let rows = dims.iter().product::<usize>();
    dims.push(matrix.dim(1)?);
    let product = x.reshape((rows, inputs))?.matmul(matrix)?.reshape(dims)?;
    match shift {
        Some(shift) => product.broadcast_add(shift),
        None => Ok(product),
    }
}

struct Linear;

impl Linear {
    fn product(
        x: &CpuStorage,
        x_layout: &Layout,
        matrix: &CpuStorage,
        matrix_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let Some((offset, _)) = x_layout.contiguous_offsets() else {
            bail!("a linear map needs a contiguous tensor");
        };
        let (inputs, outputs) = matrix_layout.shape().dims2()?;
        let mut dims = x_layout.dims().to_vec();
        if dims.pop() != Some(inputs) {
            bail!(
                "{:?} cannot be multiplied by {:?}",
                x_layout.dims(),
                matrix_layout.dims()
            );
        }
        let rows = dims.iter().product::<usize>();
        dims.push(outputs);
        let x_rows = Layout::contiguous_with_offset((rows, inputs), offset);
        let product = x.matmul(matrix, (1, rows, outputs, inputs), &x_rows, matrix_layout)?;
        Ok((product, Shape::from(dims)))
    }

    /// Gradients of `x`, where it has one, and of the matrix.
    fn back(x: &Tensor, matrix: &Tensor, grad: &Tensor) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let (inputs, outputs) = matrix.dims2()?;
        let rows = x.elem_count() / inputs.max(1);
        let grad = grad.contiguous()?.reshape((rows, outputs))?;
        let to_x = match x.track_op() {
            true => Some(grad.matmul(&matrix.detach().t()?)?.reshape(x.shape())?),
            false => None,
        };
        let to_matrix = x.detach().reshape((rows, inputs))?.t()?.matmul(&grad)?;
        Ok((to_x, Some(to_matrix)))
    }
}

impl CustomOp2 for Linear {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        matrix: &CpuStorage,
        matrix_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        Self::product(x, x_layout, matrix, matrix_layout)
    }

    fn bwd(
        &self,
        x: &Tensor,
        matrix: &Tensor,
        _out: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        Self::back(x, matrix, grad)
    }
}

impl CustomOp3 for Linear {
    fn name(&self) -> &'static str {
        "shifted-linear"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        matrix: &CpuStorage,
        matrix_layout: &Layout,
        shift: &CpuStorage,
        shift_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (mut product, shape) = Self::product(x, x_layout, matrix, matrix_layout)?;
        let shift = slice(shift, shift_layout)?;
        let CpuStorage::F32(numbers) = &mut product else {
            bail!("a linear map is of 32-bit numbers");
        };
        let width = shift.len().max(1);
        numbers.par_chunks_mut(width * PIECE).for_each(|rows| {
            wide(|| {
                for row in rows.chunks_exact_mut(width) {
                    row.iter_mut().zip(shift).for_each(|(x, shift)| *x += shift);
                }
            });
        });
        Ok((product, shape))
    }

    fn bwd(
        &self,
        x: &Tensor,
        matrix: &Tensor,
        shift: &Tensor,
        _out: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let (to_x, to_matrix) = Self::back(x, matrix, grad)?;
        let numbers = super::numbers(grad)?;
        let width = shift.elem_count().max(1);
        let mut to_shift = vec![0f32; width];
        wide(|| {
            for row in numbers.chunks_exact(width) {
                to_shift.iter_mut().zip(row).for_each(|(to, g)| *to += g);
            }
        });
        let to_shift = Tensor::from_vec(to_shift, width, shift.device())?;
        Ok((to_x, to_matrix, Some(to_shift)))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{Device, Var};

    use super::*;
    use crate::random::Random;

    #[test]
    fn fused_and_composed_maps_and_gradients_are_the_same() -> Result<()> {
        let mut draws = Random::new(5);
        let mut random = |dims: &[usize]| {
            let n = dims.iter().product::<usize>();
            let numbers: Vec<f32> = (0..n).map(|_| draws.normal() as f32).collect();
            Var::from_tensor(&Tensor::from_vec(numbers, dims, &Device::Cpu)?)
        };
        let vars = [random(&[2, 3, 5])?, random(&[4, 5])?, random(&[4])?];
        let weights = random(&[2, 3, 4])?;
        let matrix = vars[1].t()?;
        for shift in [None, Some(vars[2].as_tensor())] {
            let outs = [
                linear(&vars[0], &matrix, shift)?,
                composed(&vars[0], &matrix, shift)?,
            ];
            let mut all: Vec<Vec<f32>> = Vec::new();
            for out in &outs {
                assert_eq!(out.dims(), [2, 3, 4]);
                let store = (out * weights.as_tensor())?.sum_all()?.backward()?;
                let mut numbers = super::super::numbers(out)?;
                for var in &vars[..2 + usize::from(shift.is_some())] {
                    numbers.extend(super::super::numbers(store.get(var).expect("a gradient"))?);
                }
                all.push(numbers);
            }
            assert_eq!(all[0].len(), all[1].len());
            for (a, b) in all[0].iter().zip(&all[1]) {
                assert!((a - b).abs() < 1e-5, "{a} {b}");
            }
        }
        assert!(linear(&vars[0], &vars[1], None).is_err());
        Ok(())
    }
}
