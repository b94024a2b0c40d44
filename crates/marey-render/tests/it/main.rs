//! Integration tests: the gallery, charts from data nobody wants, and the foundations of drawing
//! against D3's and Vega's own results.

mod alt_text;
mod gallery;
mod hostile;
mod sample;
mod shapes;
mod vectors;
