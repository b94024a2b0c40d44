//! Assignment of rows to columns at least cost (the Hungarian method, with potentials).

/// The least total cost of pairing every row of a square matrix with a column of its own.
///
/// `cost(row, column)` must be finite; time grows with the cube of `size`.
pub(super) fn least_cost(size: usize, cost: impl Fn(usize, usize) -> f64) -> f64 {
    // Columns and rows are counted from 1; 0 stands for "none yet".
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut slack = vec![f64::INFINITY; size + 1];
        let mut visited = vec![false; size + 1];
        let mut came_from = vec![0; size + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            visited[column] = true;
            let here = row_of[column];
            let mut step = f64::INFINITY;
            let mut next = 0;
            for other in 1..=size {
                if visited[other] {
                    continue;
                }
                let reduced = cost(here - 1, other - 1) - row_potential[here] - column_potential[other];
                if reduced < slack[other] {
                    slack[other] = reduced;
                    came_from[other] = column;
                }
                if slack[other] < step {
                    step = slack[other];
                    next = other;
                }
            }
            for other in 0..=size {
                if visited[other] {
                    row_potential[row_of[other]] += step;
                    column_potential[other] -= step;
                } else {
                    slack[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    (1..=size)
        .map(|column| cost(row_of[column] - 1, column - 1))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(matrix: &[&[f64]], expected: f64) {
        assert_eq!(
            least_cost(matrix.len(), |row, column| matrix[row][column]),
            expected
        );
    }

    #[test]
    fn the_cheapest_pairing_is_found() {
        check(&[], 0.0);
        check(&[&[4.0]], 4.0);
        check(&[&[1.0, 2.0], &[2.0, 4.0]], 4.0);
        check(&[&[4.0, 1.0, 3.0], &[2.0, 0.0, 5.0], &[3.0, 2.0, 2.0]], 5.0);
    }
}
