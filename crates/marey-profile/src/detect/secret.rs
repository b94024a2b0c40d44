//! Secrets: keys of interfaces, tokens, digests of passwords.

/// How keys of well-known services start, and how many letters and digits follow at least; from
/// the services' own documentation.
const PREFIXES: [(&str, usize); 22] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("ghr_", 36),
    ("github_pat_", 22),
    ("glpat-", 20),
    ("sk_live_", 16),
    ("sk_test_", 16),
    ("pk_live_", 16),
    ("rk_live_", 16),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("SG.", 40),
    ("npm_", 36),
    ("pypi-", 40),
    ("sk-", 32),
    ("dop_v1_", 64),
];

/// A secret that its writing gives away: the key of a well-known service, a signed token (JSON Web
/// Token, RFC 7519), the digest of a password in crypt's form, or the head of a private key.
pub fn is_secret(text: &str) -> bool {
    let text = text.trim();
    is_service_key(text) || is_web_token(text) || is_password_digest(text) || is_private_key(text)
}

fn is_service_key(text: &str) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    b"AgspxrSnd".contains(&first)
        && PREFIXES.iter().any(|(prefix, length)| {
            text.strip_prefix(prefix).is_some_and(|rest| {
                rest.len() >= *length
                    && rest
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
                    && rest.bytes().any(|byte| byte.is_ascii_digit())
            })
        })
}

fn is_web_token(text: &str) -> bool {
    text.starts_with("eyJ")
        && text.split('.').count() == 3
        && text.split('.').all(|part| {
            part.len() >= 10
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
        })
}

fn is_password_digest(text: &str) -> bool {
    let known = [
        "$2a$",
        "$2b$",
        "$2y$",
        "$argon2",
        "$5$",
        "$6$",
        "$1$",
        "$scrypt$",
        "$y$",
        "pbkdf2_sha256$",
        "{SSHA}",
    ];
    text.len() >= 24
        && known.iter().any(|start| text.starts_with(start))
        && !text.contains(char::is_whitespace)
}

fn is_private_key(text: &str) -> bool {
    text.starts_with("-----BEGIN ")
        && text
            .get(..64.min(text.len()))
            .is_some_and(|head| head.contains("PRIVATE KEY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_give_themselves_away() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
            "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
            "-----BEGIN RSA PRIVATE KEY-----",
        ] {
            assert!(is_secret(text), "{text}");
        }
        for text in [
            "",
            "AKIA",
            "sk-learn",
            "eyJ.a.b",
            "$2.50",
            "SG.",
            "pypi-",
            "-----BEGIN CERTIFICATE-----",
            "éAKIA",
        ] {
            assert!(!is_secret(text), "{text}");
        }
    }
}
