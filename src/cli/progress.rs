//! How much is done and how much time that leaves: one line on the terminal, written over.

use super::output::Output;
use crate::lang::{Lang, Text};
use crate::report::words::how_far;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What is over sooner is not told of.
const QUIET: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const OFTEN: Duration = Duration::from_millis(250);

/// How far a long piece of work is, told from any thread where somebody watches: standard error is a
/// terminal.
pub(super) struct Progress {
    what: Text,
    lang: Lang,
    watched: bool,
    since: Instant,
    /// When the line was written last, in milliseconds since it began; 0 where it never was.
    shown: AtomicU64,
    done: AtomicU64,
}

impl Progress {
    pub(super) fn of(what: Text, out: &Output) -> Self {
        Progress {
            what,
            lang: out.lang,
            watched: std::io::stderr().is_terminal(),
            since: Instant::now(),
            shown: AtomicU64::new(0),
            done: AtomicU64::new(0),
        }
    }

    /// So much more is done, of so much in all.
    pub(super) fn add(&self, more: u64, of: u64) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        let passed = self.since.elapsed();
        if !self.watched || passed < QUIET {
            return;
        }
        let (now, shown) = (
            passed.as_millis() as u64,
            self.shown.load(Ordering::Relaxed),
        );
        let due = now >= shown + OFTEN.as_millis() as u64;
        // Of several threads one writes it.
        let mine = || {
            self.shown
                .compare_exchange(shown, now, Ordering::Relaxed, Ordering::Relaxed)
        };
        if due && mine().is_ok() {
            let line = how_far(&self.what, done, of, passed);
            let _ = write!(std::io::stderr(), "\r\x1b[K{}", line.get(self.lang));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.load(Ordering::Relaxed) > 0 {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
