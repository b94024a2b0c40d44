#![doc = include_str!("../README.md")]

pub mod admission;
pub mod audit;
mod day;
mod digest;
pub mod duplicate;
mod error;
pub mod export;
pub mod fence;
mod fold;
pub mod folder;
mod group;
mod hash;
pub mod import;
mod keyed;
pub mod ledger;
mod licence;
pub mod lineage;
pub mod lock;
pub mod manifest;
pub mod nvbench;
mod policy;
mod purpose;
mod rights;
pub mod sourcing;
mod split;
pub mod vql;

pub use digest::Digest;
pub use error::CorpusError;
pub use fold::{NoShares, Shares, grouped_folds, split_by_group};
pub use keyed::HashKey;
pub use licence::{
    Axis, Known, LicenceAxes, LicenceClass, LicenceExpression, LicenceNames, LicenceTable, LicenceVerdict,
};
pub use policy::{
    ColumnDecision, ColumnEffect, ColumnRule, Context, Decision, Exception, MiningRule, Obligation, Policy,
    PurposeRules, Reason, Rule, Ruling, decide,
};
pub use purpose::Purpose;
pub use rights::{
    Asset, LicenceClaim, MiningEvidence, MiningReservation, PersonalLevel, Rights, Verification,
};
pub use split::{Split, UnknownSplit, split_of_group};
