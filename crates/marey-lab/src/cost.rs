//! What an answer costs in time and memory.

use serde::Serialize;

/// Time per item and memory of the process.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// Half of the items took no longer, in milliseconds.
    pub ms_p50: f64,
    /// 99 % of the items took no longer, in milliseconds.
    pub ms_p99: f64,
    /// Most memory that the process ever held, in MB; absent where the system does not tell.
    pub peak_rss_mb: Option<f64>,
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
            peak_rss_mb: peak_memory(),
        }
    }
}

/// The high-water mark that Linux keeps of each process.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
