//! What the name of a column says about its cells.

/// Whether the name speaks of points in time: `created_at`, `ts_ms`, `Unix time`.
pub(crate) fn names_time(name: &str) -> bool {
    const TOKENS: [&str; 22] = [
        "at",
        "created",
        "date",
        "datetime",
        "dates",
        "datum",
        "epoch",
        "fecha",
        "millis",
        "modified",
        "ms",
        "month",
        "period",
        "stamp",
        "time",
        "timestamp",
        "ts",
        "unix",
        "updated",
        "utc",
        "mes",
        "when",
    ];
    const PARTS: [&str; 4] = ["timestamp", "datetime", "epoch", "unixtime"];
    let lower = name.to_lowercase();
    tokens(name).iter().any(|token| TOKENS.contains(&token.as_str()))
        || PARTS.iter().any(|part| lower.contains(part))
}

/// Whether the name speaks of a time of day: `marked_time`, `hora`.
pub(crate) fn names_clock(name: &str) -> bool {
    const TOKENS: [&str; 6] = ["clock", "heure", "hora", "hhmm", "time", "uhrzeit"];
    tokens(name).iter().any(|token| TOKENS.contains(&token.as_str()))
}

/// Whether the name speaks of a part of the calendar that is written with two digits.
pub(crate) fn names_calendar_part(name: &str) -> bool {
    const TOKENS: [&str; 20] = [
        "day", "dd", "dia", "heure", "hora", "hour", "hours", "hr", "jour", "mes", "minute", "minutes", "mm",
        "mo", "mois", "monat", "month", "stunde", "tag", "week",
    ];
    tokens(name).iter().any(|token| TOKENS.contains(&token.as_str()))
}

/// Lower-case words of a name in snake case, camel case or prose.
fn tokens(name: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut before_lower = false;
    for c in name.chars() {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && before_lower);
        if starts {
            tokens.push(String::new());
        }
        before_lower = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(last) = tokens.last_mut()
        {
            last.extend(c.to_lowercase());
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_times() {
        for (name, expected) in [
            ("ts_ms", true),
            ("createdAt", true),
            ("Unix time", true),
            ("id", false),
            ("category", false),
            ("timeout", false),
        ] {
            assert_eq!(names_time(name), expected, "{name}");
        }
    }
}
