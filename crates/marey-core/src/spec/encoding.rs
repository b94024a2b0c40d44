//! The encoding of a view: which channels carry what.

use super::{ChannelDef, FieldDef, JsonMap};
use crate::Channel;

/// The channels of a view in the order of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Encoding {
    /// Channels with what they are bound to; each channel occurs once.
    pub entries: Vec<EncodingEntry>,
    /// Members that are not modelled (`"tooltip": null` and the like), verbatim.
    pub rest: JsonMap,
}

/// One channel with what it is bound to.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodingEntry {
    /// The channel.
    pub channel: Channel,
    /// One definition, or several for `detail`, `order` and `tooltip`.
    pub defs: Vec<ChannelDef>,
    /// Whether the definitions stood in a JSON array.
    pub listed: bool,
}

impl Encoding {
    /// No channel at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// Binds a channel, replacing what it carried.
    pub fn with(mut self, channel: Channel, def: impl Into<ChannelDef>) -> Self {
        self.set(channel, def);
        self
    }

    /// Binds a channel, replacing what it carried.
    pub fn set(&mut self, channel: Channel, def: impl Into<ChannelDef>) {
        let defs = vec![def.into()];
        match self.entries.iter_mut().find(|entry| entry.channel == channel) {
            Some(entry) => {
                *entry = EncodingEntry {
                    channel,
                    defs,
                    listed: false,
                }
            }
            None => self.entries.push(EncodingEntry {
                channel,
                defs,
                listed: false,
            }),
        }
    }

    /// Takes a channel out and returns what it carried.
    pub fn remove(&mut self, channel: Channel) -> Option<EncodingEntry> {
        let at = self.entries.iter().position(|entry| entry.channel == channel)?;
        Some(self.entries.remove(at))
    }

    /// What a channel carries; the first definition where it carries several.
    pub fn get(&self, channel: Channel) -> Option<&ChannelDef> {
        self.all(channel).first()
    }

    /// Everything a channel carries.
    pub fn all(&self, channel: Channel) -> &[ChannelDef] {
        self.entries
            .iter()
            .find(|entry| entry.channel == channel)
            .map_or(&[], |entry| &entry.defs)
    }

    /// The field a channel carries, if it carries one.
    pub fn field(&self, channel: Channel) -> Option<&FieldDef> {
        match self.get(channel)? {
            ChannelDef::Field(def) => Some(def),
            _ => None,
        }
    }

    /// The field a channel carries, to change it.
    pub fn field_mut(&mut self, channel: Channel) -> Option<&mut FieldDef> {
        let entry = self.entries.iter_mut().find(|entry| entry.channel == channel)?;
        match entry.defs.first_mut()? {
            ChannelDef::Field(def) => Some(def),
            _ => None,
        }
    }

    /// All fields with their channels, in the order of the document.
    pub fn fields(&self) -> impl Iterator<Item = (Channel, &FieldDef)> {
        self.entries.iter().flat_map(|entry| {
            entry.defs.iter().filter_map(move |def| match def {
                ChannelDef::Field(def) => Some((entry.channel, def.as_ref())),
                _ => None,
            })
        })
    }
}
