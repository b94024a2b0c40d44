//! Integration tests: the gallery, and charts from data nobody wants.

mod gallery;
