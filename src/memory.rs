//! The memory that a run may take: asked for before it is taken, so that what cannot fit is refused by a
//! sentence and not ended by the system.

use crate::error::{Error, Remedy, Result};
use crate::lang::{Text, said};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is taken to be there where neither a caller nor the system says, in bytes.
pub const ASSUMED: u64 = 8 << 30;

/// What takes less is not asked for where no limit is set, in bytes.
const SMALL: u64 = 64 << 20;

/// The limit that was set, in bytes; 0 where none was.
static LIMIT: AtomicU64 = AtomicU64::new(0);

/// Lets this process take so many bytes in all and no more, whatever the system has. It is a limit to what is
/// begun: what a run needs is estimated first, and refused beyond it.
///
/// ```
/// use leontief::memory;
/// memory::limit_to(1 << 30);
/// assert!(memory::available() < 1 << 30); // the process itself takes some of it
/// ```
pub fn limit_to(bytes: u64) {
    LIMIT.store(bytes.max(1), Ordering::Relaxed);
}

/// What may still be taken, in bytes: what is left of the limit that was set; else what the system has
/// available and the control group of the process allows (Linux); else what is left of [`ASSUMED`].
pub fn available() -> u64 {
    let root = Path::new("/");
    match LIMIT.load(Ordering::Relaxed) {
        0 => left_by_system(root).unwrap_or_else(|| ASSUMED.saturating_sub(in_use(root))),
        limit => limit.saturating_sub(in_use(root)),
    }
}

/// Refuses what needs more bytes than are available. Of what is available `said` tells what it is that needs
/// them ("a grid of 12 cells", "칸 12개의 격자에"), and what to do instead ("take fewer steps", "단계 수를
/// 줄이거나").
///
/// # Errors
/// [`Error::Invalid`] with both figures.
pub(crate) fn check(bytes: u64, said: impl FnOnce(u64) -> [Text; 2]) -> Result<()> {
    if is_small(bytes) {
        return Ok(());
    }
    let left = available();
    if bytes <= left {
        return Ok(());
    }
    let [what, instead] = said(left);
    let (needed, left) = (size(bytes), size(left));
    let (what_ko, instead_ko) = (what.ko, instead.ko);
    let (what, instead, more) = (what.en, instead.en, Remedy::Memory.text().en);
    Err(Error::invalid(said!(
        "{what} needs {needed} of memory, and {left} is available: {instead}, or allow more {more}",
        "{what_ko} 메모리 {needed}가 필요하나 {left}만 쓸 수 있습니다. {instead_ko} 한도를 늘리십시오 {more}"
    )))
}

/// Whether there is room for `count` square matrices of `n` sectors in double precision.
pub(crate) fn has_room_for(count: usize, n: usize) -> bool {
    let bytes = of_matrices(count, n);
    is_small(bytes) || bytes <= available()
}

fn of_matrices(count: usize, n: usize) -> u64 {
    let cells = (n as u64).saturating_mul(n as u64);
    cells.saturating_mul(8 * count as u64)
}

fn is_small(bytes: u64) -> bool {
    bytes < SMALL && LIMIT.load(Ordering::Relaxed) == 0
}

/// Refuses the figures of a file that take so many bytes where they do not fit.
///
/// # Errors
/// As [`check`].
pub(crate) fn check_reading(bytes: u64, place: &str) -> Result<()> {
    check(bytes, |_| {
        [
            said!("to read {place}", "{place} 파일을 읽는 데"),
            said!(
                "take a table of fewer sectors",
                "부문이 더 적은 표를 쓰거나"
            ),
        ]
    })
}

/// Refuses `count` square matrices of `n` sectors in double precision where they do not fit; `what` needs them
/// ("the total form of imports", "수입 총거래형에").
///
/// # Errors
/// As [`check`].
pub(crate) fn check_matrices(count: usize, n: usize, what: &Text) -> Result<()> {
    check(of_matrices(count, n), |_| {
        let (en, ko) = (&what.en, &what.ko);
        [
            said!("{en} of {n} sectors", "{n}개 부문의 {ko}"),
            said!(
                "take a table of fewer sectors",
                "부문이 더 적은 표를 쓰거나"
            ),
        ]
    })
}

/// A number of bytes as people say it.
fn size(bytes: u64) -> String {
    match bytes as f64 / (1 << 20) as f64 {
        mib if mib < 1.0 => format!("{:.0} KiB", mib * 1024.0),
        mib if mib < 1024.0 => format!("{mib:.0} MiB"),
        mib => format!("{:.1} GiB", mib / 1024.0),
    }
}

/// What the system says of itself below `root`; `None` where it says nothing.
fn left_by_system(root: &Path) -> Option<u64> {
    let machine = field(&root.join("proc/meminfo"), "MemAvailable:").map(|kib| kib << 10);
    match (machine, left_of_groups(root)) {
        (Some(machine), Some(groups)) => Some(machine.min(groups)),
        (one, other) => one.or(other),
    }
}

/// What the control groups of this process, and those that they are in, leave of their limits.
fn left_of_groups(root: &Path) -> Option<u64> {
    let groups = std::fs::read_to_string(root.join("proc/self/cgroup")).ok()?;
    let left = groups.lines().flat_map(|line| {
        // "0::/job/step" of version 2, "4:memory:/job/step" of version 1.
        let (_, rest) = line.split_once(':').unwrap_or_default();
        let (at, names) = match rest.split_once(':') {
            Some(("", at)) => (
                at,
                [
                    "sys/fs/cgroup",
                    "memory.max",
                    "memory.current",
                    "inactive_file",
                ],
            ),
            Some(("memory", at)) => (
                at,
                [
                    "sys/fs/cgroup/memory",
                    "memory.limit_in_bytes",
                    "memory.usage_in_bytes",
                    "total_inactive_file",
                ],
            ),
            _ => ("", [""; 4]),
        };
        let [top, limit, current, cache] = names;
        let groups = Path::new(at).ancestors().filter(move |_| !top.is_empty());
        groups.filter_map(move |group| {
            let group = root
                .join(top)
                .join(group.strip_prefix("/").unwrap_or(group));
            let number = |name: &str| -> Option<u64> {
                let text = std::fs::read_to_string(group.join(name)).ok()?;
                text.trim().parse().ok()
            };
            // Files that the system keeps in memory give way.
            let cached = field(&group.join("memory.stat"), cache).unwrap_or(0);
            let used = number(current)?.saturating_sub(cached);
            Some(number(limit)?.saturating_sub(used))
        })
    });
    left.min()
}

/// What this process has in memory, in bytes; 0 where the system does not say.
fn in_use(root: &Path) -> u64 {
    field(&root.join("proc/self/status"), "VmRSS:").map_or(0, |kib| kib << 10)
}

/// The number behind a name at the beginning of a line.
fn field(file: &Path, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let mut lines = text.lines().map(str::split_whitespace);
    lines.find_map(|mut words| (words.next()? == name).then(|| words.next()?.parse().ok())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A system of these files.
    fn system(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        root
    }

    const MACHINE: (&str, &str) = (
        "proc/meminfo",
        "MemTotal:       24731708 kB\nMemFree:  7145572 kB\nMemAvailable:   20000000 kB\n",
    );

    #[test]
    fn the_tightest_of_machine_and_control_groups_counts() {
        let gib = 1_u64 << 30;
        let left = |files: &[(&str, &str)]| left_by_system(system(files).path());
        assert_eq!(left(&[]), None);
        assert_eq!(left(&[MACHINE]), Some(20_000_000 << 10));
        // Version 2: the limit is the job's, the process is in a step of it; cache gives way.
        let job = [
            MACHINE,
            ("proc/self/cgroup", "0::/job/step\n"),
            ("sys/fs/cgroup/job/step/memory.max", "max\n"),
            ("sys/fs/cgroup/job/step/memory.current", "1\n"),
            ("sys/fs/cgroup/job/memory.max", "4294967296\n"),
            ("sys/fs/cgroup/job/memory.current", "3221225472\n"),
            (
                "sys/fs/cgroup/job/memory.stat",
                "anon 5\ninactive_file 1073741824\n",
            ),
        ];
        assert_eq!(left(&job), Some(2 * gib));
        // Version 1, in a container that sees its own group as the top.
        let container = [
            MACHINE,
            ("proc/self/cgroup", "5:cpu:/\n4:memory:/docker/abc\n0::/\n"),
            ("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n"),
            ("sys/fs/cgroup/memory/memory.usage_in_bytes", "73741824\n"),
        ];
        assert_eq!(left(&container), Some(1_000_000_000));
        // No limit at all: version 1 writes a number that no machine has.
        let none = [
            MACHINE,
            ("proc/self/cgroup", "4:memory:/\n"),
            (
                "sys/fs/cgroup/memory/memory.limit_in_bytes",
                "9223372036854771712\n",
            ),
            ("sys/fs/cgroup/memory/memory.usage_in_bytes", "73741824\n"),
        ];
        assert_eq!(left(&none), Some(20_000_000 << 10));
    }

    #[test]
    fn what_cannot_fit_is_refused_with_both_figures() {
        let said = |_| {
            [
                said!("a grid of 12 cells", "칸 12개의 격자에"),
                said!("take fewer steps", "단계 수를 줄이거나"),
            ]
        };
        assert!(check(1 << 20, said).is_ok());
        assert!(has_room_for(2, 1_000) && !has_room_for(2, 100_000_000));
        let error = check(u64::MAX, said).expect_err("refused");
        let said = error.to_string();
        assert!(said.starts_with("a grid of 12 cells needs 17179869184.0 GiB of memory, and "));
        assert!(
            said.contains("iB is available: take fewer steps, or allow more (memory 64GiB)"),
            "{said}"
        );
        let said = error.say(crate::Lang::Ko);
        assert!(
            said.starts_with("칸 12개의 격자에 메모리 17179869184.0 GiB가 필요하나 "),
            "{said}"
        );
        assert_eq!(size(8712), "9 KiB");
        assert_eq!(size(300 << 20), "300 MiB");
        assert_eq!(size(3 << 29), "1.5 GiB");
    }
}
