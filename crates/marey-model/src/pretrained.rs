//! The weights that come with the crate; `weights/README.md` is their card.

/// The weights that come with the crate, as a file that [`repack`](crate::repack) wrote: what
/// [`Model::pretrained`](crate::Model::pretrained) reads, and what training can begin with.
pub const PRETRAINED: &[u8] = include_bytes!("../weights/marey-s.safetensors");
