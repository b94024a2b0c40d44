//! Readers: bytes to [`Table`](crate::Table).
