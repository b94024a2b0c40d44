//! Work on several files side by side, its results in the order of the files.

use std::{
    path::{Path, PathBuf},
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// How many files work may be ahead of the one whose result is due.
const AHEAD: usize = 64;

/// Calls `work` for each file on threads of its own and `use_result` for each result, in the order
/// of the files and as early as that allows; stops at the first failure of `use_result`.
///
/// Threads and not tasks of the pool that profiles: a task that waits for its parts would begin
/// another file meanwhile, and so on, until memory is gone.
pub fn each_file<T: Send>(
    files: &[PathBuf],
    work: impl Fn(&Path) -> T + Sync,
    mut use_result: impl FnMut(&Path, T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    let next = AtomicUsize::new(0);
    let due = Due::default();
    let (sender, receiver) = mpsc::channel::<(usize, T)>();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, work, due) = (sender.clone(), &next, &work, &due);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(at) else { return };
                    if !due.wait_for(at) || sender.send((at, work(file))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut early: Vec<Option<T>> = files.iter().map(|_| None).collect();
        let outcome = receiver.iter().try_for_each(|(at, result)| {
            early[at] = Some(result);
            let mut now = due.get();
            while let Some(result) = early.get_mut(now).and_then(Option::take) {
                use_result(&files[now], result)?;
                now += 1;
            }
            due.set(Some(now));
            Ok(())
        });
        due.set(None);
        outcome
    })
}

/// The file whose result is to be used next; none once there is no more use for any.
struct Due {
    file: Mutex<Option<usize>>,
    changed: Condvar,
}

impl Default for Due {
    fn default() -> Self {
        Self {
            file: Mutex::new(Some(0)),
            changed: Condvar::new(),
        }
    }
}

impl Due {
    fn get(&self) -> usize {
        self.file
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .unwrap_or(usize::MAX)
    }

    fn set(&self, file: Option<usize>) {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = file;
        self.changed.notify_all();
    }

    /// Waits until a file is near enough to the one that is due; false when none is due any more.
    fn wait_for(&self, at: usize) -> bool {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let far = |file: &mut Option<usize>| file.is_some_and(|due| at >= due + AHEAD);
        self.changed
            .wait_while(file, far)
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_files() {
        let files: Vec<PathBuf> = (0..200).map(|at| PathBuf::from(at.to_string())).collect();
        let mut seen = Vec::new();
        let work = |file: &Path| {
            // The first is slow, so that the others are early.
            if file == Path::new("0") {
                thread::sleep(Duration::from_millis(20));
            }
            file.to_path_buf()
        };
        each_file(&files, work, |file, result| {
            assert_eq!(file, result);
            seen.push(result);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, files);
    }

    #[test]
    fn a_failure_ends_the_work() {
        let files = vec![PathBuf::from("a"); 500];
        let outcome = each_file(&files, |_| (), |_, ()| anyhow::bail!("full"));
        assert_eq!(outcome.unwrap_err().to_string(), "full");
    }
}
