//! Lists in running text.

/// `a, b and c`, or `a, b and 7 more` where there are more than `most`.
pub fn readable_list(items: &[String], most: usize) -> String {
    let shown = if items.len() > most { most } else { items.len() };
    let more = items.len() - shown;
    let (head, tail) = match (&items[..shown], more) {
        ([], 0) => return String::new(),
        (head, more) if more > 0 => (head, format!("{more} more")),
        (head, _) => (&head[..shown - 1], head[shown - 1].clone()),
    };
    if head.is_empty() {
        tail
    } else {
        format!("{} and {tail}", head.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_and() {
        let items: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        for (count, most, expected) in [
            (0, 3, ""),
            (1, 3, "a"),
            (2, 3, "a and b"),
            (3, 3, "a, b and c"),
            (4, 2, "a, b and 2 more"),
            (4, 0, "4 more"),
        ] {
            assert_eq!(readable_list(&items[..count], most), expected);
        }
    }
}
