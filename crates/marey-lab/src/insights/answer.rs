//! Who makes claims: Marey's miner, or a program.

use std::path::Path;

use marey_insight::{MineOptions, claims, mine};
use marey_profile::{ProfileOptions, profile};
use marey_table::read::{ReadOptions, read};
use serde_json::Value;

use super::truth::PlantedTable;
use crate::{AskedTable, Card, Failure, LabError, Model, Plugin, PluginOptions, Question, System};

/// Who makes claims.
pub(super) enum Miner {
    /// Marey's.
    Own,
    /// A program that speaks the protocol.
    Program(Box<Plugin>),
}

impl Miner {
    /// The miner that a model stands for.
    pub(super) fn start(model: &Model) -> Result<Self, LabError> {
        match model {
            Model::Rules => Ok(Self::Own),
            Model::Command(command) => {
                let plugin = Plugin::start(command, PluginOptions::default())?;
                Ok(Self::Program(Box::new(plugin)))
            }
            other => Err(LabError::NoMiner {
                model: other.to_string(),
            }),
        }
    }

    pub(super) fn card(&self) -> Card {
        match self {
            Self::Own => Card {
                name: "marey".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                licence: Some(env!("CARGO_PKG_LICENSE").to_owned()),
                ..Card::default()
            },
            Self::Program(plugin) => plugin.card(),
        }
    }

    pub(super) fn peak_memory_mb(&self) -> Option<f64> {
        match self {
            Self::Own => None,
            Self::Program(plugin) => plugin.peak_memory_mb(),
        }
    }

    /// The claims about a table of a corpus; why there are none is told apart from a corpus that cannot be read.
    pub(super) fn claims(
        &self,
        planted: &PlantedTable,
        corpus: &Path,
        k: usize,
    ) -> Result<Result<Vec<Value>, Failure>, LabError> {
        let path = corpus.join("tables").join(format!("{}.csv", planted.name));
        let bytes = std::fs::read(&path).map_err(|source| LabError::Read {
            path: path.clone(),
            source,
        })?;
        let table = read(&format!("{}.csv", planted.name), bytes, &ReadOptions::default())
            .map_err(|source| LabError::Table {
                path: path.clone(),
                source,
            })?
            .value;
        match self {
            Self::Own => {
                let profile = profile(&table, &ProfileOptions::default());
                let mining = mine(&table, &profile, &MineOptions::default());
                let mut claims = claims(&planted.name, &mining);
                // The last one says that the table is done.
                claims.pop();
                Ok(Ok(claims))
            }
            Self::Program(plugin) => {
                let asked = AskedTable::new(path, table);
                Ok(plugin.claims(&Question {
                    id: &planted.name,
                    task: "insights",
                    table: &asked,
                    request: None,
                    purpose: None,
                    k,
                }))
            }
        }
    }
}
