//! Encodings in JSON.

use serde_json::Value;

use super::{Json, Node, Notes, Refusal, Tier, Writer, node::describe};
use crate::{
    Channel, nearest_name,
    spec::{ChannelDef, Encoding, EncodingEntry, SpecWarning},
};

impl Json for Encoding {
    const EXPECTED: &'static str = "an object of channels";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let map = node.value.as_object().ok_or_else(|| node.wrong(Self::EXPECTED))?;
        let mut encoding = Encoding::new();
        for (name, value) in map {
            let member = node.member(name, value);
            let Ok(channel) = name.parse() else {
                notes.warn(|| SpecWarning::NotModelled {
                    path: member.path.to_string(),
                    suggestion: nearest_name(name, Channel::ALL.iter().map(|channel| channel.as_str()))
                        .map(str::to_owned),
                });
                encoding.rest.insert(name.clone(), value.clone());
                continue;
            };
            match read_defs(member, notes) {
                Ok(defs) => encoding.entries.push(EncodingEntry {
                    channel,
                    defs,
                    listed: value.is_array(),
                }),
                Err(Refusal::NotModelled) => {
                    notes.warn(|| SpecWarning::OtherForm {
                        path: member.path.to_string(),
                        found: describe(value),
                        expected: ChannelDef::EXPECTED.to_owned(),
                    });
                    encoding.rest.insert(name.clone(), value.clone());
                }
                Err(wrong) => return Err(wrong),
            }
        }
        Ok(encoding)
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        for entry in &self.entries {
            let value = match entry.defs.as_slice() {
                [only] if !entry.listed => only.write(tier),
                defs => defs.iter().map(|def| def.write(tier)).collect(),
            };
            writer.set_value(entry.channel.as_str(), value);
        }
        writer.rest(&self.rest);
        writer.finish()
    }
}

fn read_defs(node: Node<'_>, notes: &mut Notes) -> Result<Vec<ChannelDef>, Refusal> {
    if node.value.is_array() {
        return Vec::read(node, notes);
    }
    ChannelDef::read(node, notes).map(|def| vec![def])
}
