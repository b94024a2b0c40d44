//! The foundations of drawing against D3's and Vega's own results, and on hostile input.

mod hostile;
mod shapes;
mod vectors;
