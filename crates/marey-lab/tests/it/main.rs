//! The laboratory on corpora made here.

mod column_types;
