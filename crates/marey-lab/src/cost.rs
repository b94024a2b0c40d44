//! What an answer costs in time and memory.

use serde::{Deserialize, Serialize};

/// Time per item and memory of the process.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Half of the items took no longer, in milliseconds.
    pub ms_p50: f64,
    /// 99 % of the items took no longer, in milliseconds.
    pub ms_p99: f64,
    /// Most memory that the process of the system ever held, in MB (of the laboratory, where the system
    /// is part of it); absent where the system does not tell.
    pub peak_rss_mb: Option<f64>,
    /// What the laboratory itself took per item beside the answer and its scores, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harness_ms: Option<f64>,
    /// What comparing an answer with what is right took per item, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring_ms: Option<f64>,
    /// Size of the system's files in MB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_mb: Option<f64>,
}

impl Cost {
    /// From the times of all items, in milliseconds.
    pub fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = ((times.len() as f64 - 1.0) * share).round().max(0.0) as usize;
            times.get(place).copied().unwrap_or(0.0)
        };
        Self {
            ms_p50: at(0.5),
            ms_p99: at(0.99),
            peak_rss_mb: peak_kilobytes_of("self").map(|kilobytes| kilobytes as f64 / 1024.0),
            harness_ms: None,
            scoring_ms: None,
            file_mb: None,
        }
    }
}

/// The high-water marks of all processes of a group that run at the moment, added up, in kB: a program that is started by a
/// shell or an interpreter's launcher, and what it starts itself, count too. Their peaks need not have been at one time.
pub(crate) fn peak_kilobytes_of_group(group: u32) -> Option<u64> {
    let processes = std::fs::read_dir("/proc").ok()?;
    let peaks = processes.flatten().filter_map(|entry| {
        let name = entry.file_name();
        let process = name
            .to_str()
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))?;
        (group_of(process)? == group)
            .then(|| peak_kilobytes_of(process))
            .flatten()
    });
    peaks.reduce(|sum, peak| sum + peak)
}

/// The group of a process: the fifth field of its `stat` (proc(5)), behind a name that may hold blanks.
fn group_of(process: &str) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, behind) = stat.rsplit_once(") ")?;
    behind.split(' ').nth(2)?.parse().ok()
}

/// The high-water mark of memory that Linux keeps of each process, in kB; none elsewhere.
pub(crate) fn peak_kilobytes_of(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
