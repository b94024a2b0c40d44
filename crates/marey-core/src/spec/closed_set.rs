//! A closed set of names as an enum: one declaration gives spelling, parsing and listing.

/// A text that is not in a closed set of names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no {set}; expected one of {expected}")]
pub struct UnknownName {
    /// What set was meant, e.g. `Mark`.
    pub set: &'static str,
    /// What was found.
    pub found: String,
    /// What would have been right, comma-separated.
    pub expected: String,
}

/// Declares an enum whose variants have one spelling each.
macro_rules! closed_set {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $text:literal, )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$vmeta])* $variant, )+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )+ ];

            /// The member's spelling.
            pub fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::spec::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok($name::$variant), )+
                    _ => Err($crate::spec::UnknownName {
                        set: stringify!($name),
                        found: text.to_owned(),
                        expected: [$( $text, )+].join(", "),
                    }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$( $text, )+] })
            }
        }

        impl $crate::spec::json::Json for $name {
            const EXPECTED: &'static str = concat!("one of", $( " ", $text, )+ );

            fn read(
                node: $crate::spec::json::Node<'_>,
                _: &mut $crate::spec::json::Notes,
            ) -> Result<Self, $crate::spec::json::Refusal> {
                let Some(text) = node.value.as_str() else {
                    return Err(node.refuse(Self::EXPECTED));
                };
                text.parse().map_err(|_| {
                    let names = Self::ALL.iter().map(|member| member.as_str());
                    $crate::spec::json::Refusal::Wrong(node.unknown_name(stringify!($name), names))
                })
            }

            fn write(&self, _: $crate::spec::json::Tier) -> serde_json::Value {
                serde_json::Value::from(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use closed_set;
