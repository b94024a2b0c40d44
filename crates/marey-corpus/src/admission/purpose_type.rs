//! Purposes as types, so that what was admitted for one cannot be handed on for another.

use crate::Purpose;

mod sealed {
    pub trait Sealed {}
}

/// A purpose as a type. The purposes of the policy and no others.
pub trait PurposeType: sealed::Sealed + std::fmt::Debug + Copy + Eq {
    /// The purpose as a value.
    const PURPOSE: Purpose;
}

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {}

        impl sealed::Sealed for $name {}

        impl PurposeType for $name {
            const PURPOSE: Purpose = Purpose::$name;
        }
    )*};
}

purposes! {
    /// [`Purpose::Train`]
    Train,
    /// [`Purpose::Evaluate`]
    Evaluate,
    /// [`Purpose::Ship`]
    Ship,
    /// [`Purpose::Display`]
    Display,
    /// [`Purpose::Egress`]
    Egress,
}
