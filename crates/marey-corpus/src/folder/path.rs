//! [`TablePath`]: where a table lies in a corpus, and nowhere else.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::FolderError;

/// Path of a file in a corpus: relative, with `/` between its parts, and never out of the folder.
///
/// ```
/// use marey_corpus::folder::TablePath;
///
/// let path = TablePath::new("tables/cinema/film.csv")?;
/// assert_eq!(path.stem(), "film");
/// assert!(TablePath::new("tables/../../secrets.csv").is_err());
/// # Ok::<(), marey_corpus::folder::FolderError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TablePath(String);

impl TablePath {
    /// Checks a path.
    ///
    /// # Errors
    ///
    /// When it is empty or absolute, leads upwards, or has a part that some system cannot store
    /// (empty, `.`, with `\`, `:` or a control character).
    pub fn new(path: impl Into<String>) -> Result<Self, FolderError> {
        let path = path.into();
        let fits = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part
                    .chars()
                    .any(|letter| matches!(letter, '\\' | ':') || letter.is_control())
        };
        if path.split('/').all(fits) {
            Ok(Self(path))
        } else {
            Err(FolderError::Path {
                found: path.chars().take(200).collect(),
            })
        }
    }

    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file without its ending: what the table is called.
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or(&self.0);
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The path under a folder.
    pub(super) fn under(&self, folder: &Path) -> PathBuf {
        self.0
            .split('/')
            .fold(folder.to_owned(), |path, part| path.join(part))
    }
}

impl fmt::Display for TablePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_folder() {
        for good in ["a.csv", "tables/a.csv", "tables/a b/ü.parquet", "tables/..a/b"] {
            assert!(TablePath::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/etc/passwd",
            "../a.csv",
            "tables/../a.csv",
            "tables//a.csv",
            "./a.csv",
            "C:/a.csv",
            "tables\\a.csv",
            "tables/a\0.csv",
            "tables/",
        ] {
            assert!(TablePath::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tables_are_called_like_their_files() {
        for (path, stem) in [
            ("tables/a/b.csv", "b"),
            ("b.tar.gz", "b.tar"),
            ("b", "b"),
            (".b", ".b"),
        ] {
            assert_eq!(TablePath::new(path).unwrap().stem(), stem);
        }
    }
}
