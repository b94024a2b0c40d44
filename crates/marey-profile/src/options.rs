//! What a profile costs and what it keeps.

/// Bounds of a profile; the defaults suit tables from ten rows to a hundred million.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileOptions {
    /// Most different values of a column that are counted exactly. Beyond it the column goes on in
    /// sketches of fixed size, and the profile says so.
    pub exact_distinct: usize,
    /// Most different values that all columns together count exactly, so that wide tables stay in
    /// bounded memory; a column always may count 1,024, or `exact_distinct` if that is less.
    pub exact_cells: usize,
    /// How many frequent values a column's profile lists.
    pub top_values: usize,
    /// Most different rows that are kept for associations, keys and dependencies.
    pub sample_rows: usize,
    /// Most cells that these rows may have together, so that wide tables keep fewer rows.
    pub sample_cells: usize,
    /// Most numeric columns of which every pair is correlated.
    pub max_correlated: usize,
    /// Most pairs of columns whose values are counted together, for the correlation ratio,
    /// Cramér's V, Theil's U and mutual information; of more pairs the most promising are taken.
    pub max_pairs: usize,
}

impl Default for ProfileOptions {
    fn default() -> Self {
        Self {
            exact_distinct: 32_768,
            exact_cells: 3 << 19,
            top_values: 10,
            sample_rows: 32_768,
            sample_cells: 3_000_000,
            max_correlated: 512,
            max_pairs: 2_000,
        }
    }
}

impl ProfileOptions {
    /// Different values counted exactly per column of a table with so many columns.
    pub(crate) fn counted(&self, columns: usize) -> usize {
        let share = self.exact_cells / columns.max(1);
        self.exact_distinct.min(share.max(1024))
    }

    /// Rows kept of a table with so many columns.
    pub(crate) fn rows_kept(&self, columns: usize) -> usize {
        (self.sample_cells / columns.max(1)).clamp(64, self.sample_rows.max(64))
    }
}
