//! What a program opened, as `strace` saw it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

/// What a program opened and what it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// Real paths of what was opened.
    pub opened: BTreeSet<PathBuf>,
    /// Paths, as they were asked for, of what the system refused.
    pub refused: BTreeSet<String>,
}

/// The start of a command that runs a program under `strace` and writes what it opens to a file.
pub fn traced(program: &Path, to: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace
        .args([
            "-f",
            "-qq",
            "-y",
            "-s",
            "4096",
            "-e",
            "trace=open,openat,openat2,creat,execve",
            "-o",
        ])
        .arg(to)
        .arg("--")
        .arg(program);
    strace
}

/// Whether `strace` can be started.
pub fn is_present() -> bool {
    let version = Command::new("strace").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

/// Reads what `strace` wrote.
pub fn parse(text: &str) -> Opened {
    let mut found = Opened::default();
    for line in text.lines() {
        // A call that another interrupted ends on a line of its own, which begins with `<... openat resumed>`.
        let Some((call, outcome)) = line.rsplit_once(" = ") else {
            continue;
        };
        if let Some(path) = outcome
            .split_once('<')
            .and_then(|(_, rest)| rest.strip_suffix('>'))
        {
            // A path that is only named (`O_PATH`), as when the fence is told of it, is not opened.
            if !call.contains("execve(") && !call.contains("O_PATH") {
                found.opened.insert(PathBuf::from(unescaped(path)));
            }
        } else if outcome.contains(" EACCES ") || outcome.contains(" EPERM ") {
            found
                .refused
                .insert(first_text(call).unwrap_or_else(|| "?".into()));
        }
    }
    found
}

/// The first text in double quotes.
fn first_text(call: &str) -> Option<String> {
    let (_, rest) = call.split_once('"')?;
    let mut end = 0;
    let mut escaped = false;
    for (at, sign) in rest.char_indices() {
        match sign {
            '"' if !escaped => {
                end = at;
                break;
            }
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.get(..end).map(unescaped)
}

/// Takes back what `strace` escapes: octal numbers and the signs of C.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut signs = text.bytes().peekable();
    while let Some(sign) = signs.next() {
        if sign != b'\\' {
            bytes.push(sign);
            continue;
        }
        match signs.next() {
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    match signs.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            signs.next();
                        }
                        _ => break,
                    }
                }
                bytes.push(value as u8);
            }
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opened_and_refused_files_are_told_from_the_lines() {
        let text = r#"12 execve("/usr/bin/cat", ["cat", "a"], 0x7ffc /* 5 vars */) = 0
12 openat(AT_FDCWD</work>, "a \"b\".csv", O_RDONLY) = 3</data/a "b".csv>
12 openat(AT_FDCWD</work>, "/etc/shadow", O_RDONLY) = -1 EACCES (Permission denied)
12 openat(AT_FDCWD</work>, "/data/named", O_RDONLY|O_PATH|O_CLOEXEC) = 3</data/named>
12 openat(AT_FDCWD</work>, "/none", O_RDONLY) = -1 ENOENT (No such file or directory)
13 openat(AT_FDCWD</work>, "/data/x",  <unfinished ...>
13 <... openat resumed>O_RDONLY) = 4</data/r\303\244in>
12 +++ exited with 0 +++
"#;
        let found = parse(text);
        let opened: Vec<_> = found
            .opened
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        assert_eq!(opened, ["/data/a \"b\".csv", "/data/räin"]);
        assert_eq!(found.refused, BTreeSet::from(["/etc/shadow".to_owned()]));
    }
}
