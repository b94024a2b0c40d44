//! Baselines: the systems that every other has to beat.
//!
//! | name | how it answers |
//! |---|---|
//! | `rules` | the charts that `marey-rules` proposes, whatever the request; of two charts, the one that costs less |
//! | `majority` | the most frequent sketches of the training part, over the first columns of fitting types |
//! | `nearest` | the sketches of the most similar requests of the training part, over the columns that the request names |
//! | `linear` | a linear classifier from a delexicalised request to a sketch, over the columns that the request names |
//! | `pairwise` | of two charts, the one that wins by a Bradley-Terry model of what charts do with their columns |
//!
//! A [sketch](sketch) is a chart with pointers in place of columns and literals. What a baseline knows
//! about names is only which words of the request may mean which column; it never learns a name.

mod learnt;
mod linear;
mod link;
mod majority;
mod nearest;
mod pairwise;
mod rules;
mod sketch;
mod softmax;
mod text;

pub use linear::{Linear, LinearOptions};
pub use majority::Majority;
pub use nearest::Nearest;
pub use pairwise::Pairwise;
pub use rules::Rules;

pub(crate) use learnt::renamed;
