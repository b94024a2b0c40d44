//! [`LineageRoot`]: one hash over everything that weights were made from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Digest;

/// Everything that a training run was made from. The assets are those that the loader gave out, not
/// those that somebody listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunInputs {
    /// Contents of every asset that was read.
    pub assets: BTreeSet<Digest>,
    /// The policy under which they were admitted.
    pub policy: Digest,
    /// Revision of the code.
    pub code: String,
    /// The configuration.
    pub config: Digest,
    /// The seed.
    pub seed: u64,
}

/// The root of a Merkle tree over the inputs of a run: it changes when any of them does.
///
/// Leaves and inner nodes are hashed apart, as in RFC 6962 (section 2.1), so that an inner node can
/// never pass for an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineageRoot(Digest);

impl LineageRoot {
    /// The root of some inputs.
    pub fn of(inputs: &RunInputs) -> Self {
        let mut leaves: Vec<Digest> = [
            leaf("policy", inputs.policy.as_bytes()),
            leaf("code", inputs.code.as_bytes()),
            leaf("config", inputs.config.as_bytes()),
            leaf("seed", &inputs.seed.to_le_bytes()),
        ]
        .into();
        leaves.extend(inputs.assets.iter().map(|asset| leaf("asset", asset.as_bytes())));
        Self(join(leaves))
    }

    /// The hash, for the metadata of weights.
    pub fn digest(&self) -> &Digest {
        &self.0
    }
}

fn leaf(kind: &str, bytes: &[u8]) -> Digest {
    Digest::of_parts([b"\0".as_slice(), kind.as_bytes(), bytes])
}

/// Joins nodes by pairs until one is left; a node without a partner goes up as it is.
fn join(mut level: Vec<Digest>) -> Digest {
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => Digest::of_parts([b"\x01".as_slice(), left.as_bytes(), right.as_bytes()]),
                rest => rest.first().copied().unwrap_or_else(|| Digest::of(b"")),
            })
            .collect();
    }
    level.pop().unwrap_or_else(|| Digest::of(b""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs() -> RunInputs {
        RunInputs {
            assets: [Digest::of(b"a"), Digest::of(b"b"), Digest::of(b"c")].into(),
            policy: Digest::of(b"policy"),
            code: "1f3a".into(),
            config: Digest::of(b"config"),
            seed: 7,
        }
    }

    #[test]
    fn the_root_changes_with_every_input_and_with_nothing_else() {
        let root = LineageRoot::of(&inputs());
        assert_eq!(LineageRoot::of(&inputs()), root);
        let changes: [fn(&mut RunInputs); 7] = [
            |inputs| inputs.assets.extend([Digest::of(b"d")]),
            |inputs| inputs.assets.retain(|asset| *asset != Digest::of(b"a")),
            |inputs| inputs.assets = [Digest::of(b"a"), Digest::of(b"b"), Digest::of(b"d")].into(),
            |inputs| inputs.policy = Digest::of(b"other"),
            |inputs| inputs.code = "1f3b".into(),
            |inputs| inputs.config = Digest::of(b"other"),
            |inputs| inputs.seed = 8,
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = inputs();
            change(&mut changed);
            assert_ne!(LineageRoot::of(&changed), root, "change {number}");
        }
    }

    #[test]
    fn a_policy_does_not_pass_for_an_asset() {
        let mut swapped = inputs();
        swapped.assets.remove(&Digest::of(b"a"));
        swapped.assets.insert(swapped.policy);
        swapped.policy = Digest::of(b"a");
        assert_ne!(LineageRoot::of(&swapped), LineageRoot::of(&inputs()));
    }
}
