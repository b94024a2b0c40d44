//! [`Task`]: what is asked of systems, declared in TOML.

use std::{collections::BTreeMap, path::Path, time::Duration};

use serde::{Deserialize, Serialize};

use crate::LabError;

/// What a task asks about each item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// Charts that answer a request.
    Request,
    /// Charts that are worth drawing of a table.
    Table,
    /// A score for each of two charts.
    Pair,
}

/// What is asked of systems, and how their answers are summed up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Name on the command line.
    pub name: String,
    /// What is asked about each item.
    pub asks: Asks,
    /// Number of charts asked for.
    pub k: usize,
    /// The figure that a leaderboard sorts by.
    pub headline: String,
    /// Longest time for one answer, in milliseconds.
    pub deadline_ms: u64,
    /// Whether names of columns are the same in upper and lower case.
    pub fold_case: bool,
    /// Tags by which figures are given apart, too; `group` is the group of the item.
    pub divisions: Vec<String>,
    /// Examples with one of these tags are left out.
    pub exclude: Vec<String>,
}

/// The declarations that come with the laboratory.
const BUILT_IN: [(&str, &str); 3] = [
    ("nl2vis", include_str!("nl2vis.toml")),
    ("recommend", include_str!("recommend.toml")),
    ("preference", include_str!("preference.toml")),
];

impl Task {
    /// The task of a name that comes with the laboratory.
    ///
    /// ```
    /// use marey_lab::{Asks, Task};
    ///
    /// let task = Task::named("nl2vis").expect("it comes with the laboratory");
    /// assert_eq!((task.asks, task.headline.as_str()), (Asks::Request, "canonical_em"));
    /// assert!(Task::named("astrology").is_none());
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.into_iter().find(|(own, _)| *own == name)?;
        toml::from_str(text).ok()
    }

    /// A task declared in a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is no TOML, lacks a member or has one that no task has.
    pub fn read(path: &Path) -> Result<Self, LabError> {
        let text = std::fs::read_to_string(path).map_err(|source| LabError::Read {
            path: path.to_owned(),
            source,
        })?;
        let task: Self = toml::from_str(&text).map_err(|source| LabError::Task {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        if task.k == 0 || task.deadline_ms == 0 {
            return Err(LabError::TaskBounds {
                path: path.to_owned(),
            });
        }
        Ok(task)
    }

    /// Longest time for one answer.
    pub fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }

    /// The names of all tasks that come with the laboratory.
    pub fn names() -> BTreeMap<&'static str, Asks> {
        let asks = |name| Self::named(name).map(|task| (name, task.asks));
        BUILT_IN.into_iter().filter_map(|(name, _)| asks(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_of_the_laboratory_reads_under_its_own_name() {
        for (name, _) in BUILT_IN {
            assert_eq!(Task::named(name).map(|task| task.name).as_deref(), Some(name));
        }
        assert_eq!(Task::names().len(), BUILT_IN.len());
    }

    #[test]
    fn a_declaration_with_a_slip_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("task.toml");
        let check = |text: &str, expected: &str| {
            std::fs::write(&path, text).unwrap();
            let error = Task::read(&path).unwrap_err();
            let chain = format!(
                "{error}: {}",
                std::error::Error::source(&error)
                    .map(ToString::to_string)
                    .unwrap_or_default()
            );
            assert!(chain.contains(expected), "{chain}");
        };
        let right = BUILT_IN[0].1;
        std::fs::write(&path, right).unwrap();
        assert_eq!(Task::read(&path).unwrap(), Task::named("nl2vis").unwrap());
        check(
            &right.replace("headline", "headlines"),
            "unknown field `headlines`",
        );
        check(
            &right.replace("k = 5", "k = 0"),
            "`k` and `deadline_ms` are at least 1",
        );
        check(
            &right.replace(r#"asks = "request""#, r#"asks = "nicely""#),
            "nicely",
        );
    }
}
