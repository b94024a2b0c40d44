//! Personal data: what kinds a table holds, how to hide them, and how well persons are hidden in a
//! crowd.
//!
//! [`TableProfile`](crate::TableProfile) carries what was found. [`personal_spans`] finds
//! pieces in a text; [`redact`] and [`mask`] hide them. Nothing here makes a table anonymous: what
//! has no form of its own, such as names in prose, is not found.

mod column_name;
mod hints;
mod judge;
mod kind;
mod mask;
mod persons;
mod record;
mod span;
mod tally;
mod values;

pub use kind::{PersonalKind, PrivacyLevel};
pub use mask::{mask, mask_text, redact};
pub use record::{Privacy, PrivacyEvidence, PrivacySource, TablePrivacy};
pub use span::{PersonalSpan, personal_spans};

pub(crate) use judge::{Subject, column};
pub(crate) use persons::table;
pub(crate) use tally::{Found, Tally};
