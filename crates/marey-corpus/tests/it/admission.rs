//! Admission: nothing but what was admitted is read, and everything that happens is written down.

use std::{
    fs,
    io::{self, Cursor, Write},
    path::Path,
};

use marey_corpus::{
    Asset, CorpusError, Digest, LicenceTable,
    admission::{Admitted, Evaluate, Gate, Store, Train},
    audit::{AuditLog, Durable, verify},
    lineage::{Withdrawal, WithdrawalTarget},
};
use serde_json::json;

use crate::decisions::{POLICY, asset, today};

const RAIN: &[u8] = b"year,rain\n2024,812\n";

/// A log in memory that may be full.
#[derive(Debug, Default)]
struct Sink {
    bytes: Cursor<Vec<u8>>,
    full: bool,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.full {
            Err(io::Error::other("full"))
        } else {
            self.bytes.write(bytes)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Durable for &mut Sink {
    fn keep(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.bytes.get_mut().truncate(len as usize);
        self.bytes.set_position(len);
        Ok(())
    }
}

fn rain(licence: &str, replaced: serde_json::Value) -> Asset {
    Asset {
        name: "rain.csv".into(),
        digest: Some(Digest::of(RAIN)),
        ..asset(licence, &replaced)
    }
}

fn gate<'a>(folder: &Path, sink: &'a mut Sink) -> Gate<&'a mut Sink> {
    let (policy, table) = (POLICY.parse().unwrap(), LicenceTable::shipped().unwrap());
    Gate::new(
        policy,
        table,
        Store::open(folder).unwrap(),
        AuditLog::new(sink, "run"),
        1 << 20,
    )
}

/// Puts the contents in, admits them, lets something be done to the store, and reads.
fn read_after(change: impl FnOnce(&Path, &Path)) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = Sink::default();
    let store = Store::open(folder.path()).unwrap();
    let (digest, bytes) = store.put(RAIN).unwrap();
    assert_eq!((digest, bytes), (Digest::of(RAIN), RAIN.len() as u64));
    let mut gate = gate(folder.path(), &mut sink);
    let admitted: Admitted<Train> = gate.admit(&rain("MIT", json!({})), today().today, "t0").unwrap();
    let (path, other) = (store.path(&digest), folder.path().join("other"));
    fs::write(&other, b"year,rain\n2024,999\n").unwrap();
    change(&path, &other);
    let read = gate.read(&admitted, "t1").map_err(|error| error.to_string());
    let witnessed = gate.witnessed().len();
    assert_eq!(witnessed, usize::from(read.is_ok()));
    let log = String::from_utf8(sink.bytes.into_inner()).unwrap();
    assert_eq!(verify(log.as_bytes(), None).records, 2);
    let status = if read.is_ok() {
        "\"status\":\"read\""
    } else {
        "\"status\":{\"failed\""
    };
    assert!(log.lines().last().unwrap().contains(status), "{log}");
    read
}

fn remove(path: &Path) {
    // Stored contents are read-only, which does not keep their owner from removing them.
    fs::remove_file(path).unwrap();
}

#[test]
fn what_was_admitted_is_read_as_it_was_stored() {
    assert_eq!(read_after(|_, _| {}).unwrap(), RAIN);
}

#[test]
fn no_trick_with_the_path_reads_anything_else() {
    let swapped = |read: Result<Vec<u8>, String>| {
        let error = read.unwrap_err();
        assert!(error.contains("is something else"), "{error}");
    };
    swapped(read_after(|path, other| {
        remove(path);
        fs::rename(other, path).unwrap();
    }));
    swapped(read_after(|path, other| {
        remove(path);
        fs::hard_link(other, path).unwrap();
    }));
    let missing = read_after(|path, _| remove(path)).unwrap_err();
    assert!(missing.contains("is not in the store"), "{missing}");
    swapped(read_after(|path, _| {
        remove(path);
        fs::create_dir(path).unwrap();
    }));
    swapped(read_after(|path, _| {
        remove(path);
        fs::write(path, [RAIN, b"\n"].concat()).unwrap();
    }));
    let large = read_after(|path, _| {
        remove(path);
        fs::write(path, vec![0; 2 << 20]).unwrap();
    });
    assert!(large.unwrap_err().contains("more than 1048576 bytes"));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    for to_itself in [false, true] {
        let read = read_after(|path, other| {
            remove(path);
            // Even a link to the right contents is none of the store's files.
            if to_itself {
                fs::write(other, RAIN).unwrap();
            }
            symlink(other, path).unwrap();
        });
        let error = read.unwrap_err();
        assert!(error.contains("something else: no plain file"), "{error}");
    }
    let descriptor = read_after(|path, other| {
        let open = fs::File::open(other).unwrap();
        remove(path);
        symlink(
            format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&open)),
            path,
        )
        .unwrap();
        std::mem::forget(open);
    });
    assert!(descriptor.unwrap_err().contains("no plain file"));
}

#[test]
fn what_is_denied_is_written_down_and_gives_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = Sink::default();
    let mut gate = gate(folder.path(), &mut sink);
    let error = gate
        .admit::<Train>(&rain("CC-BY-NC-4.0", json!({})), today().today, "t0")
        .unwrap_err();
    assert!(
        matches!(&error, CorpusError::Denied { decision } if !decision.allowed),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("rain.csv denied for train; the licence CC-BY-NC-4.0 does not allow commercial")
    );
    gate.admit::<Evaluate>(&rain("CC-BY-NC-4.0", json!({})), today().today, "t1")
        .unwrap();
    assert_eq!(gate.log().records(), 2);
}

#[test]
fn what_is_withdrawn_is_denied_at_once_though_it_was_admitted() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().put(RAIN).unwrap();
    let mut sink = Sink::default();
    let mut gate = gate(folder.path(), &mut sink);
    let admitted: Admitted<Train> = gate.admit(&rain("MIT", json!({})), today().today, "t0").unwrap();
    let withdrawal = Withdrawal {
        target: WithdrawalTarget::Asset(Digest::of(RAIN)),
        on: today().today,
        reason: "asked by its owner".into(),
    };
    gate.withdraw(withdrawal, "t1").unwrap();
    assert!(
        gate.read(&admitted, "t2")
            .unwrap_err()
            .to_string()
            .contains("was withdrawn: asked by its owner")
    );
    let error = gate
        .admit::<Train>(&rain("MIT", json!({})), today().today, "t3")
        .unwrap_err();
    assert!(
        error.to_string().contains("it was withdrawn: asked by its owner"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_written_down_does_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().put(RAIN).unwrap();
    let mut full = Sink {
        full: true,
        ..Sink::default()
    };
    let error = gate(folder.path(), &mut full)
        .admit::<Train>(&rain("MIT", json!({})), today().today, "t0")
        .unwrap_err();
    assert!(matches!(error, CorpusError::Audit { .. }), "{error}");
}

#[test]
fn columns_that_have_to_be_changed_first_are_not_read_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().put(RAIN).unwrap();
    let policy =
        "[purpose.train]\nrequire = [\"commercial\"]\n[[column]]\npersonal = \"direct\"\neffect = \"drop\"\n";
    let mut sink = Sink::default();
    let mut gate = Gate::new(
        policy.parse().unwrap(),
        LicenceTable::shipped().unwrap(),
        Store::open(folder.path()).unwrap(),
        AuditLog::new(&mut sink, "run"),
        1 << 20,
    );
    let people = rain("MIT", json!({ "personal": { "mail": "direct" } }));
    let admitted: Admitted<Train> = gate.admit(&people, today().today, "t0").unwrap();
    let error = gate.read(&admitted, "t1").unwrap_err().to_string();
    assert!(
        error.contains("wants its column `mail` changed first; read it as a table"),
        "{error}"
    );
}

#[test]
fn the_compiler_refuses_what_was_not_admitted() {
    trybuild::TestCases::new().compile_fail("tests/it/refused/*.rs");
}
