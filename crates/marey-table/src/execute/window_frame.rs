//! Partitions of sorted rows and the frames that slide over them.

use std::ops::Range;

use super::order::RowOrder;

/// The rows of one partition, sorted, with the peers (equal rows) of each.
pub(crate) struct Partition {
    /// The rows in order.
    pub rows: Vec<u32>,
    /// Where each run of peers ends.
    ends: Vec<usize>,
    /// The run each place is in.
    runs: Vec<usize>,
}

impl Partition {
    /// Finds the peers of sorted rows; without an order no two rows are peers.
    pub fn of(rows: Vec<u32>, order: &RowOrder<'_>) -> Self {
        let mut ends = Vec::new();
        let mut runs = Vec::with_capacity(rows.len());
        for place in 0..rows.len() {
            runs.push(ends.len());
            let same = |next: &u32| !order.is_empty() && order.compare(rows[place], *next).is_eq();
            if !rows.get(place + 1).is_some_and(same) {
                ends.push(place + 1);
            }
        }
        Self { rows, ends, runs }
    }

    /// Number of the run of peers at a place, from 0.
    pub fn number_of_peers(&self, place: usize) -> usize {
        self.runs[place]
    }

    /// The places of a place's peers, itself included.
    pub fn peers(&self, place: usize) -> Range<usize> {
        let run = self.runs[place];
        let start = run.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[run]
    }
}

/// How a frame lies around a row.
pub(crate) struct Bounds {
    start: Option<i64>,
    end: Option<i64>,
    with_peers: bool,
}

impl Bounds {
    /// A frame as Vega-Lite writes it: rows before (negative) and after, null for all.
    pub fn of(frame: [Option<f64>; 2], with_peers: bool) -> Self {
        // A float cast saturates, so that any offset is harmless.
        let [start, end] = frame.map(|offset| offset.map(|offset| offset.clamp(-1e15, 1e15) as i64));
        Self {
            start,
            end,
            with_peers,
        }
    }

    /// Whether no frame starts later than the one before it leaves rows behind.
    pub fn only_grows(&self) -> bool {
        self.start.is_none()
    }

    /// The places in the frame of a place.
    pub fn range(&self, partition: &Partition, place: usize) -> Range<usize> {
        let rows = partition.rows.len();
        let within = |place: i64| place.clamp(0, rows as i64) as usize;
        let place = place as i64;
        let mut start = self.start.map_or(0, |offset| within(place + offset));
        let mut end = self.end.map_or(rows, |offset| within(place + offset + 1));
        if self.with_peers {
            if start < rows {
                start = partition.peers(start).start;
            }
            if let Some(last) = end.checked_sub(1) {
                end = partition.peers(last).end;
            }
        }
        start..end.max(start)
    }
}
