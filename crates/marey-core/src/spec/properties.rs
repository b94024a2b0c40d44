//! Bags of optional, typed properties (axis, scale, legend, mark …) declared once.

/// JSON members in the order of the document.
pub type JsonMap = serde_json::Map<String, serde_json::Value>;

/// Declares a struct of optional properties with their Vega-Lite names; reading and writing follow.
///
/// Whatever the struct does not model lands in `rest`, verbatim. With the word `bare` in front, the
/// struct itself says how its JSON differs from a plain object of its properties.
macro_rules! properties {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* }
    ) => {
        $crate::spec::properties! { bare $(#[$meta])* pub struct $name { $($fields)* } }

        impl $crate::spec::json::Json for $name {
            const EXPECTED: &'static str = "an object";

            fn read(
                node: $crate::spec::json::Node<'_>,
                notes: &mut $crate::spec::json::Notes,
            ) -> Result<Self, $crate::spec::json::Refusal> {
                let mut members = $crate::spec::json::Members::open(node, Self::EXPECTED)?;
                let mut read = Self::read_from(&mut members, notes);
                read.rest = members.finish(notes);
                Ok(read)
            }

            fn write(&self, tier: $crate::spec::json::Tier) -> serde_json::Value {
                let mut writer = $crate::spec::json::Writer::new(tier);
                self.write_to(&mut writer);
                writer.finish()
            }
        }
    };
    (
        bare
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

            /// Takes the properties out of an object that holds others too.
            pub(crate) fn read_from(
                members: &mut $crate::spec::json::Members<'_>,
                notes: &mut $crate::spec::json::Notes,
            ) -> Self {
                let mut read = Self::default();
                $( read.$field = members.property::<$type>($text, notes); )*
                read
            }

            /// Writes the properties into an object that holds others too.
            pub(crate) fn write_to(&self, writer: &mut $crate::spec::json::Writer) {
                $( writer.put($text, &self.$field); )*
                writer.rest(&self.rest);
            }
        }
    };
}
pub(crate) use properties;
