//! Integration tests: the gallery, charts from data nobody wants, and the foundations of drawing
//! against D3's and Vega's own results.

mod alt_text;
mod gallery;
mod hostile;
mod odd_data;
mod sample;
mod shapes;
mod vectors;
