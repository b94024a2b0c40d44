//! Sourcing: what publishers say of the rights in their data, in the forms in which they say it.
//!
//! What is read here are *claims*, with where they stood. Nothing is inferred from silence: a resource without a
//! licence has none, whatever the package around it says, and where nobody reserved text and data mining it is
//! not known whether somebody did.

mod card;
mod datapackage;
mod error;
mod mining;
mod personal;

pub use card::DatasetCard;
pub use datapackage::{DataPackage, DeclaredHash, PackageResource};
pub use error::SourcingError;
pub use mining::{MiningCarrier, MiningSignal, reservation};
pub use personal::{levels, look};
