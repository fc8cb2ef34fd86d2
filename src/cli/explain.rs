//! `--explain`: how the answer was found and how long it took, on standard error beside the result.

use super::output::Output;
use crate::model::Model;
use crate::report::words::{Part, how_long, how_solved};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct ExplainArgs {
    /// Say how the system was solved: method, passes, bound of the error, time by part, memory
    #[arg(long, help_heading = "Model")]
    explain: bool,
}

/// What has passed since a command began, part by part.
pub(super) struct Clock {
    since: Instant,
    parts: Vec<(Part, Duration)>,
}

impl Clock {
    pub(super) fn start() -> Self {
        Clock {
            since: Instant::now(),
            parts: Vec::new(),
        }
    }

    /// A part is over, and the next begins.
    pub(super) fn done(&mut self, part: Part) {
        let now = Instant::now();
        self.parts.push((part, now - self.since));
        self.since = now;
    }
}

impl ExplainArgs {
    pub(super) fn say(self, model: &Model, clock: &Clock, out: &Output) {
        if self.explain {
            for line in [how_solved(model), how_long(&clock.parts, peak_memory())] {
                eprintln!("{}", line.get(out.lang));
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
