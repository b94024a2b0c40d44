//! The audit log: what was decided and what came of it, in a chain that shows any change.
//!
//! A log is JSON lines. Each record holds its number, the hash of the record before it, and its own
//! hash over both and its contents. Changing, dropping or moving a record breaks the chain at that
//! place. Cutting records off the end does not: whoever needs to see that keeps the hash of the last
//! record elsewhere ([`AuditLog::head`]), for example in the weights.

mod log;
mod record;
mod verify;

pub use log::{AuditLog, Durable};
pub use record::{AuditEvent, AuditRecord, OutcomeStatus};
pub use verify::{AuditFault, AuditReport, records, verify};
