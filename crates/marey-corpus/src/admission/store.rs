//! [`Store`]: contents in a folder, named by their hash.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use sha2::{Digest as _, Sha256};

use crate::{CorpusError, Digest};

const BLOCK: usize = 1 << 16;

/// Contents in a folder, named by their hash.
///
/// Whoever can write to the folder can spoil it, but cannot make it hand out other contents: what is
/// read is hashed in memory before anybody sees it, so that links, swapped paths and files that change
/// while they are read come to an error.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// A store in a folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// When the folder can be neither read nor made.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, CorpusError> {
        let store = Self { root: root.into() };
        fs::create_dir_all(store.root.join("incoming")).map_err(|source| store.broken(source))?;
        Ok(store)
    }

    /// Takes contents in and names them.
    ///
    /// They are copied and hashed in one pass, kept on disk, and only then given their name, so that a
    /// crash leaves no half contents under a name.
    ///
    /// # Errors
    ///
    /// When reading or writing fails.
    pub fn put(&self, mut contents: impl Read) -> Result<(Digest, u64), CorpusError> {
        let (incoming, path) = self.incoming()?;
        let copied = copy_hashed(&mut contents, incoming);
        let placed = copied.and_then(|(digest, bytes)| {
            self.place(&path, &digest)?;
            Ok((digest, bytes))
        });
        placed.map_err(|source| {
            // What is left over names nothing; the error that counts is the first.
            let _ = fs::remove_file(&path);
            self.broken(source)
        })
    }

    /// The contents of a name, at most `most` bytes, read whole and checked.
    ///
    /// # Errors
    ///
    /// When there are none, they are larger, no plain file, or not those of the name.
    pub fn read(&self, digest: &Digest, most: u64) -> Result<Vec<u8>, CorpusError> {
        let path = self.path(digest);
        let kind = fs::symlink_metadata(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => CorpusError::NotStored { digest: *digest },
            _ => self.broken(source),
        })?;
        if !kind.is_file() {
            return Err(CorpusError::Swapped {
                digest: *digest,
                found: "no plain file".into(),
            });
        }
        let file = File::open(&path).map_err(|source| self.broken(source))?;
        let mut contents = Vec::with_capacity(kind.len().min(most) as usize);
        file.take(most.saturating_add(1))
            .read_to_end(&mut contents)
            .map_err(|source| self.broken(source))?;
        if contents.len() as u64 > most {
            return Err(CorpusError::TooLarge {
                digest: *digest,
                most,
            });
        }
        match Digest::of(&contents) {
            found if found == *digest => Ok(contents),
            found => Err(CorpusError::Swapped {
                digest: *digest,
                found: found.to_string(),
            }),
        }
    }

    /// Whether there is something under a name; whether it is what the name says shows on reading.
    pub fn holds(&self, digest: &Digest) -> bool {
        self.path(digest).is_file()
    }

    /// Where the contents of a name lie.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        let (folder, rest) = hex.split_at(2);
        self.root.join("objects").join(folder).join(rest)
    }

    /// A new file that no other writer has.
    fn incoming(&self) -> Result<(File, PathBuf), CorpusError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = self
                .root
                .join("incoming")
                .join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((file, path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(self.broken(source)),
            }
        }
    }

    /// Gives incoming contents their name. What has the name already has the same contents, unless
    /// somebody spoiled it: the new copy takes its place either way.
    fn place(&self, incoming: &Path, digest: &Digest) -> io::Result<()> {
        let path = self.path(digest);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut permissions = fs::metadata(incoming)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(incoming, permissions)?;
        fs::rename(incoming, &path)
    }

    fn broken(&self, source: io::Error) -> CorpusError {
        CorpusError::Store {
            root: self.root.display().to_string(),
            source,
        }
    }
}

fn copy_hashed(from: &mut impl Read, mut to: File) -> io::Result<(Digest, u64)> {
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut total = 0;
    loop {
        let read = match from.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = block.get(..read).unwrap_or_default();
        hasher.update(bytes);
        to.write_all(bytes)?;
        total += read as u64;
    }
    to.sync_all()?;
    Ok((Digest::from_sha256(hasher.finalize().into()), total))
}
