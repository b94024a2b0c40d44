//! Blocks: drawn parts of a chart with the room they take, and how blocks are put together.

use crate::scene::{Group, Item};

/// A drawn part: a plotting area, or several in a grid, with the margins around it.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Width of the inside.
    pub width: f64,
    /// Height of the inside.
    pub height: f64,
    /// Room taken left of the inside.
    pub left: f64,
    /// Room taken right of the inside.
    pub right: f64,
    /// Room taken above the inside.
    pub top: f64,
    /// Room taken below the inside.
    pub bottom: f64,
    /// What is drawn, relative to the upper left corner of the inside.
    pub items: Vec<Item>,
}

impl Block {
    /// Width with margins.
    pub fn outer_width(&self) -> f64 {
        self.left + self.width + self.right
    }

    /// Height with margins.
    pub fn outer_height(&self) -> f64 {
        self.top + self.height + self.bottom
    }

    /// The items moved to where the inside stands.
    pub fn placed(self, x: f64, y: f64) -> Item {
        Item::Group(Group {
            role: "view",
            x,
            y,
            clip: None,
            items: self.items,
        })
    }

    /// Puts blocks row by row into a grid whose insides line up.
    pub fn grid(blocks: Vec<Block>, columns: usize, gap: [f64; 2]) -> Block {
        let columns = columns.max(1);
        let rows = blocks.len().div_ceil(columns);
        let mut across = vec![Track::default(); columns.min(blocks.len().max(1))];
        let mut down = vec![Track::default(); rows];
        for (at, block) in blocks.iter().enumerate() {
            if let Some(track) = across.get_mut(at % columns) {
                track.add(block.left, block.width, block.right);
            }
            if let Some(track) = down.get_mut(at / columns) {
                track.add(block.top, block.height, block.bottom);
            }
        }
        let xs = starts(&across, gap[0]);
        let ys = starts(&down, gap[1]);
        let mut whole = Block {
            left: across.first().map_or(0.0, |track| track.before),
            right: across.last().map_or(0.0, |track| track.after),
            top: down.first().map_or(0.0, |track| track.before),
            bottom: down.last().map_or(0.0, |track| track.after),
            width: xs
                .last()
                .map_or(0.0, |x| x + across.last().map_or(0.0, |track| track.inside)),
            height: ys
                .last()
                .map_or(0.0, |y| y + down.last().map_or(0.0, |track| track.inside)),
            items: Vec::with_capacity(blocks.len()),
        };
        for (at, block) in blocks.into_iter().enumerate() {
            if let (Some(x), Some(y)) = (xs.get(at % columns), ys.get(at / columns)) {
                whole.items.push(block.placed(*x, *y));
            }
        }
        whole
    }
}

/// A row or column of a grid.
#[derive(Debug, Clone, Copy, Default)]
struct Track {
    before: f64,
    inside: f64,
    after: f64,
}

impl Track {
    fn add(&mut self, before: f64, inside: f64, after: f64) {
        self.before = self.before.max(before);
        self.inside = self.inside.max(inside);
        self.after = self.after.max(after);
    }
}

/// Where the inside of each track starts, the first at zero.
fn starts(tracks: &[Track], gap: f64) -> Vec<f64> {
    let mut at = 0.0;
    let mut found = Vec::with_capacity(tracks.len());
    for (i, track) in tracks.iter().enumerate() {
        if i > 0 {
            at += gap + track.before;
        }
        found.push(at);
        at += track.inside + track.after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insides_line_up() {
        let block = |left, width| Block {
            left,
            width,
            height: 10.0,
            ..Block::default()
        };
        let grid = Block::grid(
            vec![block(5.0, 20.0), block(1.0, 30.0), block(8.0, 20.0)],
            2,
            [4.0, 6.0],
        );
        assert_eq!(
            (grid.left, grid.width, grid.height),
            (8.0, 20.0 + 4.0 + 1.0 + 30.0, 26.0)
        );
        assert_eq!(Block::grid(Vec::new(), 3, [1.0, 1.0]).outer_width(), 0.0);
    }
}
