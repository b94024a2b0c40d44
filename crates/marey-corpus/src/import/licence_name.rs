//! Licences as releases write them, as SPDX identifiers.

/// The SPDX identifier that a text is or begins with, whatever its case; and whether more follows.
pub(super) fn leading_identifier(text: &str) -> Option<(&'static str, bool)> {
    let text = text.trim();
    let end = text
        .find(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ';' | ','))
        .unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    let known = spdx::identifiers::LICENSES
        .iter()
        .find(|licence| licence.name.eq_ignore_ascii_case(first))?;
    Some((known.name, !rest.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_known_in_any_case() {
        for (text, expected) in [
            ("bsd-3-clause", Some(("BSD-3-Clause", false))),
            ("MIT", Some(("MIT", false))),
            (
                "BSD-3-Clause (specs); data elsewhere",
                Some(("BSD-3-Clause", true)),
            ),
            ("see website", None),
            ("", None),
        ] {
            assert_eq!(leading_identifier(text), expected, "{text}");
        }
    }
}
