//! Text made safe for XML, and addresses safe to link to.

/// Appends text so that it can stand in an XML attribute or between tags.
///
/// White space becomes a plain space; characters that XML forbids and controls are dropped.
pub fn write_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
}

/// Controls, and what XML 1.0 excludes or discourages.
fn is_forbidden(c: char) -> bool {
    c.is_control() || (c as u32) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// The address if it is one a reader may be sent to: http, https, mailto or a fragment.
pub fn safe_link(address: &str) -> Option<&str> {
    let address = address.trim();
    let lower: String = address.chars().take(8).flat_map(char::to_lowercase).collect();
    let known = ["http://", "https://", "mailto:", "#"];
    let plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    (plain && known.iter().any(|scheme| lower.starts_with(scheme))).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        write_escaped(&mut out, text);
        assert_eq!(out, expected);
    }

    #[test]
    fn markup_is_escaped() {
        check(
            "<script>alert('x')</script>",
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;",
        );
        check("\" onload=\"x", "&quot; onload=&quot;x");
        check("]]>&#0;", "]]&gt;&amp;#0;");
        check("a\0b\u{1b}c\u{ffff}d\u{7f}e\u{85}f", "abcdef");
        check("one\r\ntwo\tthree", "one  two three");
        check("日本 Ünïcödé 🦀", "日本 Ünïcödé 🦀");
    }

    #[test]
    fn only_harmless_addresses_are_linked() {
        assert_eq!(
            safe_link(" https://example.org/a?b=c "),
            Some("https://example.org/a?b=c")
        );
        assert_eq!(safe_link("HTTP://EXAMPLE.ORG"), Some("HTTP://EXAMPLE.ORG"));
        for bad in [
            "javascript:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "//example.org",
            "",
            "http://a\tb",
        ] {
            assert_eq!(safe_link(bad), None, "{bad}");
        }
    }
}
