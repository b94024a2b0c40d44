//! A value together with what was noticed on the way to it.

/// A result that is usable although something about the input was not as it should be.
///
/// Messy input is not an error in Marey: the value is returned and each repair or doubt is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned<T, W> {
    /// The value.
    pub value: T,
    /// What was noticed, in order of occurrence.
    pub warnings: Vec<W>,
}

impl<T, W> Warned<T, W> {
    /// A value with nothing to report.
    pub fn clean(value: T) -> Self {
        Self {
            value,
            warnings: Vec::new(),
        }
    }

    /// Changes the value and keeps the warnings.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Warned<U, W> {
        Warned {
            value: change(self.value),
            warnings: self.warnings,
        }
    }
}
