//! Admission: the only way from a policy to the bytes.
//!
//! Three things stand between an asset and whoever wants to read it. The *type* of
//! [`Admitted`] can only come from a [`Gate`], which asked the policy and wrote down what it said; a
//! training loader that takes `&Admitted<Train>` cannot be handed anything else. The *bytes* come from a
//! [`Store`] that names contents by their hash and checks it on the very bytes that it hands out. What
//! happened is in the audit log before it happens.

mod effects;
mod gate;
mod loader;
mod purpose_type;
mod store;

pub use effects::apply_effects;
pub use gate::{Admission, Admitted, Gate};
pub use loader::{Clock, Loader, LoaderOptions};
pub use purpose_type::{Display, Egress, Evaluate, PurposeType, Ship, Train};
pub use store::Store;
