//! Addresses of the network: mail, web, hosts, devices.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An e-mail address: `local@domain`, the domain of two labels at least, the last without digits.
/// Letters of all scripts are allowed; quoted local parts and address literals are not.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().split_once('@') else {
        return false;
    };
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    local_fits && is_domain(domain)
}

/// A domain name of two labels at least, the last without digits (or punycode).
pub fn is_domain(text: &str) -> bool {
    let Some((_, top)) = text.rsplit_once('.') else {
        return false;
    };
    let label_fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253
        && text.split('.').all(label_fits)
        && top.chars().nth(1).is_some()
        && (top.starts_with("xn--") || !top.chars().any(char::is_numeric))
}

/// A web address: `http`, `https` or `ftp` with a host, or one that starts with `www.`.
pub fn is_url(text: &str) -> bool {
    let text = text.trim();
    let starts = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let host = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && host.len() > 3
    };
    if text.contains(char::is_whitespace) {
        return false;
    }
    if ["http://", "https://", "ftp://"].into_iter().any(starts) {
        return text.split_once("//").is_some_and(|(_, rest)| host(rest));
    }
    starts("www.") && host(text)
}

/// An address of the Internet protocol, version 4 or 6.
pub fn is_ip_address(text: &str) -> bool {
    is_ipv4(text) || is_ipv6(text)
}

/// Four numbers of 0 to 255 with points between, without leading zeros.
pub fn is_ipv4(text: &str) -> bool {
    text.trim().parse::<Ipv4Addr>().is_ok()
}

/// An address of version 6 of the Internet protocol (RFC 4291).
pub fn is_ipv6(text: &str) -> bool {
    text.trim().parse::<Ipv6Addr>().is_ok()
}

/// Whether an address of version 4 or 6 may name a machine of somebody's: not unspecified, loopback,
/// multicast or broadcast.
pub fn is_host_address(text: &str) -> bool {
    let text = text.trim();
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return !(address.octets()[0] == 0
            || address.is_loopback()
            || address.is_broadcast()
            || address.is_multicast());
    }
    text.parse::<Ipv6Addr>()
        .is_ok_and(|address| !(address.is_unspecified() || address.is_loopback() || address.is_multicast()))
}

/// An address of a network device (EUI-48): six pairs of hexadecimal digits with `:` or `-`
/// between, or three groups of four with points.
pub fn is_mac_address(text: &str) -> bool {
    let text = text.trim();
    let groups = |separator: char, count: usize, len: usize| {
        text.split(separator).count() == count
            && text
                .split(separator)
                .all(|group| group.len() == len && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    match text.len() {
        17 => groups(':', 6, 2) || groups('-', 6, 2),
        14 => groups('.', 3, 4),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn addresses_are_told_by_their_form() {
        check(
            is_email,
            &["a.b+c@d-e.org", "jörg@straße.de", "x@a.xn--p1ai", " a@b.cd "],
            &[
                "", "@", "a@b", "a b@c.de", "a@b.1", "a@.de", ".a@b.de", "a.@b.de", "a@@b.de", "@name",
            ],
        );
        check(
            is_url,
            &["http://a.bc", "HTTPS://x.org/y?z=1", "www.x.org/a"],
            &["", "http://", "x.org", "http://a b.c", "see www.x.org", "htt"],
        );
        check(
            is_ip_address,
            &["10.0.0.1", "192.168.1.254", "::1", "2001:db8::8a2e:370:7334"],
            &["1.2.3", "10.0", "256.1.1.1", "1.2.3.4.5", "12:34", ""],
        );
        check(
            is_host_address,
            &["10.0.0.1", "2001:db8::1"],
            &["0.1.2.3", "127.0.0.1", "::1", "224.0.0.1"],
        );
        check(
            is_mac_address,
            &["00:1A:2b:3c:4d:5e", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e"],
            &[
                "00:1A:2b:3c:4d",
                "00:1A:2b:3c:4d:5g",
                "001a2b3c4d5e",
                "00:1A-2b:3c:4d:5e",
                "",
            ],
        );
    }
}
