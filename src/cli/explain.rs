//! `--explain`: how systems were solved and how long each part of a command took, on standard error beside
//! the result.

use crate::lang::{Lang, Text};
use crate::model::Model;
use crate::report::words::{Part, how_long, how_solved};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// What a command has done since it began.
pub(super) struct Course {
    asked: bool,
    since: Cell<Instant>,
    parts: RefCell<Vec<(Part, Duration)>>,
    solved: RefCell<Vec<Text>>,
}

impl Course {
    pub(super) fn begin(asked: bool) -> Self {
        Course {
            asked,
            since: Cell::new(Instant::now()),
            parts: RefCell::default(),
            solved: RefCell::default(),
        }
    }

    /// A part is over, and the next begins; what is done in several goes is one part.
    pub(super) fn done(&self, part: Part) {
        let now = Instant::now();
        let took = now - self.since.replace(now);
        let mut parts = self.parts.borrow_mut();
        match parts.iter_mut().find(|(of, _)| *of == part) {
            Some((_, sum)) => *sum += took,
            None => parts.push((part, took)),
        }
    }

    /// Results are there, and this model gave them.
    pub(super) fn solved(&self, model: &Model) {
        self.done(Part::Results);
        if self.asked {
            self.solved.borrow_mut().push(how_solved(model));
        }
    }

    /// The result is shown: says all that was asked for.
    pub(super) fn end(&self, lang: Lang) {
        self.done(Part::Showing);
        if self.asked {
            let long = how_long(&self.parts.borrow(), peak_memory());
            for line in self.solved.borrow().iter().chain([&long]) {
                eprintln!("{}", line.get(lang));
            }
        }
    }
}

/// The most memory that this process has had in use, in bytes, where the system tells (Linux).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib << 10)
}
