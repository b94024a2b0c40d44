//! The fence: what the operating system lets a training process open.
//!
//! Types and hashes keep a program honest that goes through the loader. The fence keeps every program that runs behind
//! it from opening anything that was not admitted: on Linux by Landlock (kernel 5.13 and later, *Landlock: unprivileged access
//! control*, kernel documentation). It holds for the process and all that it starts, cannot be taken back, and does not
//! reach files that are open already. Where the kernel lacks it, its status says so, and whoever asks for a
//! fence or nothing gets nothing.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::CorpusError;

/// What stays within reach behind a fence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FencePlan {
    /// Files and folders that may be read, such as the admitted contents.
    pub readable: Vec<PathBuf>,
    /// Folders (or files) that may be read and written, such as that of the run.
    pub writable: Vec<PathBuf>,
    /// Files and folders that may be read and run: programs and libraries.
    pub runnable: Vec<PathBuf>,
    /// Whether the process may open connections over TCP.
    pub network: bool,
}

/// Where Linux distributions keep programs and libraries; they hold no data.
const SYSTEM: [&str; 9] = [
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/sbin",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/nix/store",
];

/// Devices that hold no data.
const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"];

impl FencePlan {
    /// A plan that lets programs of the system run.
    pub fn with_system() -> Self {
        Self {
            runnable: SYSTEM.map(PathBuf::from).into(),
            ..Self::default()
        }
    }
}

/// How far the fence stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fence", rename_all = "snake_case")]
pub enum FenceStatus {
    /// The kernel holds everything that was asked.
    Enforced {
        /// Version of Landlock's interface that the kernel has.
        version: u8,
    },
    /// The kernel holds a part of it.
    Partial {
        /// What it does not.
        because: String,
    },
    /// Nothing is held.
    Unavailable {
        /// Why.
        because: String,
    },
    /// Nobody asked for a fence.
    NotAsked,
}

impl FenceStatus {
    /// Whether everything that was asked is held.
    pub fn is_enforced(&self) -> bool {
        matches!(self, FenceStatus::Enforced { .. })
    }
}

impl fmt::Display for FenceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FenceStatus::Enforced { version } => write!(f, "enforced by Landlock (version {version})"),
            FenceStatus::Partial { because } => write!(f, "enforced in part: {because}"),
            FenceStatus::Unavailable { because } => write!(f, "unavailable: {because}"),
            FenceStatus::NotAsked => f.write_str("not asked for"),
        }
    }
}

/// Puts up the fence around this process and all that it will start.
///
/// Call it from the first thread, before others are started: other threads that run already stay outside, which
/// the status says.
///
/// # Errors
///
/// Only when `require` is set and the fence does not hold in full; it may then hold in part, so that the
/// process should end.
pub fn put_up(plan: &FencePlan, require: bool) -> Result<FenceStatus, CorpusError> {
    let threads = threads();
    let status = match system::restrict(plan) {
        FenceStatus::Enforced { .. } if threads > 1 => FenceStatus::Partial {
            because: format!("{} other threads ran already", threads - 1),
        },
        status => status,
    };
    if require && !status.is_enforced() {
        return Err(CorpusError::NoFence { status });
    }
    Ok(status)
}

/// Number of threads of this process; 1 where that cannot be told.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}

/// A path that exists, as the kernel has it; paths that do not exist open nothing.
fn existing(paths: &[PathBuf]) -> impl Iterator<Item = &Path> {
    paths.iter().map(PathBuf::as_path).filter(|path| path.exists())
}

#[cfg(target_os = "linux")]
mod system {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, LandlockStatus, RestrictionStatus,
        Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, path_beneath_rules,
    };

    use super::{DEVICES, FencePlan, FenceStatus, existing};

    /// Rights that the kernel is asked to hold; older kernels know fewer of them.
    const ABI_ASKED: ABI = ABI::V5;

    pub(super) fn restrict(plan: &FencePlan) -> FenceStatus {
        match asked(plan) {
            Ok(status) => describe(&status),
            Err(error) => FenceStatus::Unavailable {
                because: error.to_string(),
            },
        }
    }

    fn describe(status: &RestrictionStatus) -> FenceStatus {
        let version = match status.landlock {
            LandlockStatus::Available { effective_abi, .. } => effective_abi as u8,
            LandlockStatus::NotEnabled => {
                return FenceStatus::Unavailable {
                    because: "Landlock is not enabled in this kernel".into(),
                };
            }
            LandlockStatus::NotImplemented => {
                return FenceStatus::Unavailable {
                    because: "this kernel has no Landlock".into(),
                };
            }
        };
        match status.ruleset {
            RulesetStatus::FullyEnforced => FenceStatus::Enforced { version },
            RulesetStatus::PartiallyEnforced => FenceStatus::Partial {
                because: format!("version {version} of Landlock knows fewer rights than are asked"),
            },
            RulesetStatus::NotEnforced => FenceStatus::Unavailable {
                because: "the kernel did not take the rules".into(),
            },
        }
    }

    fn asked(plan: &FencePlan) -> Result<RestrictionStatus, RulesetError> {
        let read = AccessFs::ReadFile | AccessFs::ReadDir;
        let mut rules = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI_ASKED))?;
        if !plan.network {
            rules = rules.handle_access(AccessNet::BindTcp | AccessNet::ConnectTcp)?;
        }
        rules
            .create()?
            .add_rules(path_beneath_rules(existing(&plan.readable), read))?
            .add_rules(path_beneath_rules(
                existing(&plan.runnable),
                read | AccessFs::Execute,
            ))?
            .add_rules(path_beneath_rules(
                DEVICES,
                AccessFs::ReadFile | AccessFs::WriteFile,
            ))?
            .add_rules(path_beneath_rules(
                existing(&plan.writable),
                AccessFs::from_all(ABI_ASKED) & !AccessFs::Execute,
            ))?
            .restrict_self()
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{FencePlan, FenceStatus};

    pub(super) fn restrict(_: &FencePlan) -> FenceStatus {
        FenceStatus::Unavailable {
            because: "only Linux has Landlock".into(),
        }
    }
}
