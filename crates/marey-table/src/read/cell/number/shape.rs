//! How numbers are put together: separators, decimals, exponents.

/// How the digits of a number are put together.
///
/// A shape says which decimal separator it allows, so that a column can be decided by counting
/// shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Digits that fit an `i64`: `1234`.
    Int,
    /// More digits than an `i64` holds.
    BigInt,
    /// Digits after a leading zero: `00123`.
    ZeroInt,
    /// Decimal point beyond doubt: `1.5`, `.5`, `1234.567`.
    Dot,
    /// `1.234`: a decimal point or a thousands dot.
    DotOrGroup,
    /// Decimal comma beyond doubt: `1,5`.
    Comma,
    /// `1,234`: a decimal comma or a thousands comma.
    CommaOrGroup,
    /// `1,234,567` or `12,34,567`.
    GroupComma,
    /// `1,234.5`.
    GroupCommaDot,
    /// `1.234.567`.
    GroupDot,
    /// `1.234,5`.
    GroupDotComma,
    /// `1 234`.
    GroupSpace,
    /// `1 234.5`.
    GroupSpaceDot,
    /// `1 234,5`.
    GroupSpaceComma,
    /// `1'234`.
    GroupQuote,
    /// `1'234.5`.
    GroupQuoteDot,
    /// `1'234,5`.
    GroupQuoteComma,
    /// `1.5e3`, `1e3`.
    Exponent,
    /// `1,5e3`.
    ExponentComma,
}

/// Number of shapes.
pub(crate) const SHAPES: usize = 19;

/// The decimal separator of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// `1.5`.
    Point,
    /// `1,5`.
    Comma,
}

impl Decimal {
    /// The separator as a character.
    pub fn as_char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl Shape {
    /// All shapes, by their number.
    pub const ALL: [Self; SHAPES] = [
        Self::Int,
        Self::BigInt,
        Self::ZeroInt,
        Self::Dot,
        Self::DotOrGroup,
        Self::Comma,
        Self::CommaOrGroup,
        Self::GroupComma,
        Self::GroupCommaDot,
        Self::GroupDot,
        Self::GroupDotComma,
        Self::GroupSpace,
        Self::GroupSpaceDot,
        Self::GroupSpaceComma,
        Self::GroupQuote,
        Self::GroupQuoteDot,
        Self::GroupQuoteComma,
        Self::Exponent,
        Self::ExponentComma,
    ];

    /// Whether a number of this shape can be read with the decimal separator.
    pub fn fits(self, decimal: Decimal) -> bool {
        match decimal {
            Decimal::Point => !matches!(
                self,
                Self::Comma
                    | Self::GroupDot
                    | Self::GroupDotComma
                    | Self::GroupSpaceComma
                    | Self::GroupQuoteComma
                    | Self::ExponentComma
            ),
            Decimal::Comma => !matches!(
                self,
                Self::Dot
                    | Self::GroupComma
                    | Self::GroupCommaDot
                    | Self::GroupSpaceDot
                    | Self::GroupQuoteDot
                    | Self::Exponent
            ),
        }
    }

    /// Whether the number is whole as written, read with the decimal separator.
    pub fn is_whole(self, decimal: Decimal) -> bool {
        match self {
            Self::Int | Self::BigInt | Self::ZeroInt | Self::GroupSpace | Self::GroupQuote => true,
            Self::GroupComma | Self::CommaOrGroup => decimal == Decimal::Point,
            Self::GroupDot | Self::DotOrGroup => decimal == Decimal::Comma,
            _ => false,
        }
    }

    /// The thousands separator, read with the decimal separator.
    pub fn group(self, decimal: Decimal) -> Option<char> {
        match self {
            Self::GroupComma | Self::GroupCommaDot => Some(','),
            Self::GroupDot | Self::GroupDotComma => Some('.'),
            Self::CommaOrGroup if decimal == Decimal::Point => Some(','),
            Self::DotOrGroup if decimal == Decimal::Comma => Some('.'),
            Self::GroupSpace | Self::GroupSpaceDot | Self::GroupSpaceComma => Some(' '),
            Self::GroupQuote | Self::GroupQuoteDot | Self::GroupQuoteComma => Some('\''),
            _ => None,
        }
    }
}
