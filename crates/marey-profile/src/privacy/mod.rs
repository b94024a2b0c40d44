//! Personal data: what kinds a table holds, how to hide them, and how well persons are hidden in a
//! crowd.
//!
//! [`TableProfile`](crate::TableProfile) carries what was found, and
//! [`TableProfile::masked`](crate::TableProfile::masked) shows it without the values.
//! [`personal_spans`] finds pieces in a text; [`redact`] and [`mask`] hide them; [`redact_table`] hides
//! those of a whole table, and [`pseudonymised`] makes one to draw and tell of. [`k_anonymity`] counts
//! the crowds in which persons hide. Nothing here makes a table anonymous: what has no form of its
//! own, such as names in prose, is not found.

mod anonymity;
mod column_name;
mod hints;
mod judge;
mod kind;
mod mask;
mod masked_profile;
mod persons;
mod record;
mod redaction;
mod span;
mod tally;
mod values;

pub use anonymity::{GroupSize, KAnonymity, k_anonymity};
pub use kind::{PersonalKind, PrivacyLevel};
pub use mask::{mask, mask_text, redact};
pub use record::{Privacy, PrivacyEvidence, PrivacySource, TablePrivacy};
pub use redaction::{Hiding, RedactOptions, RedactedColumn, pseudonymised, redact_table};
pub use span::{PersonalSpan, personal_spans};

pub(crate) use judge::{Subject, column};
pub(crate) use persons::table;
pub(crate) use tally::{Found, Tally};
