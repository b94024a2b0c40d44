//! Detectors of single values: what a text is by its form and its check digits.
//!
//! Each takes one value, trimmed or not as it says, and answers from that value alone; whether a
//! column holds such values is for others to decide. Where a form has a check digit, a range or a
//! list of prefixes, it is checked. None of them allocates.

pub mod account;
mod check_digit;
pub mod coordinate;
pub mod identifier;
pub mod national;
pub mod network;
pub mod phone;
pub mod product;
pub mod secret;
mod signs;

pub(crate) use signs::Signs;
