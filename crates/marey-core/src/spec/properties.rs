//! Bags of optional, typed properties (axis, scale, legend, mark …) declared once.

/// JSON members in the order of the document.
pub type JsonMap = serde_json::Map<String, serde_json::Value>;

/// Declares a struct of optional properties with their Vega-Lite names.
///
/// Whatever the struct does not model lands in `rest`, verbatim.
macro_rules! properties {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $( $(#[$fmeta:meta])* $field:ident : $type:ty = $text:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $( $(#[$fmeta])* pub $field: Option<$type>, )*
            /// Members that are not modelled, kept verbatim and written back.
            pub rest: $crate::spec::JsonMap,
        }

        impl $name {
            /// The modelled member names, as Vega-Lite spells them.
            pub const MEMBERS: &'static [&'static str] = &[ $( $text, )* ];

            /// These properties where they are given, those of `base` elsewhere.
            #[allow(dead_code, reason = "not every bag of properties is merged")]
            pub(crate) fn over(self, base: Self) -> Self {
                let mut rest = base.rest;
                rest.extend(self.rest);
                Self { $( $field: self.$field.or(base.$field), )* rest }
            }
        }
    };
}
pub(crate) use properties;
