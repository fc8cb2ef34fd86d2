//! How far a long run is, and about how long something takes.

use super::say;
use crate::lang::{Text, said};
use std::time::Duration;

/// About how long: "40 s", "3 min", "2.5 h".
pub fn about(time: Duration) -> Text {
    let seconds = time.as_secs_f64();
    match seconds {
        _ if seconds < 0.95 => said!("a second", "1초"),
        _ if seconds < 59.5 => said!("{seconds:.0} s", "{seconds:.0}초"),
        _ if seconds < 59.5 * 60.0 => {
            let minutes = seconds / 60.0;
            said!("{minutes:.0} min", "{minutes:.0}분")
        }
        _ if seconds < 47.5 * 3600.0 => {
            let hours = seconds / 3600.0;
            said!("{hours:.1} h", "{hours:.1}시간")
        }
        _ => {
            let days = seconds / 86_400.0;
            said!("{days:.0} days", "{days:.0}일")
        }
    }
}

/// How much of a piece of work is done, and what time that leaves at the pace so far.
pub fn how_far(what: &Text, done: u64, of: u64, passed: Duration) -> Text {
    let share = (done as f64 / of.max(1) as f64).min(1.0);
    let percent = (share * 100.0).floor();
    if share == 0.0 {
        return what.clone();
    }
    let left = about(passed.mul_f64((1.0 - share) / share));
    say!(
        "{what}: {percent} %, about {left} left",
        "{what}: {percent}%, 약 {left} 남음",
        what,
        percent,
        left
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_time_left_is_at_the_pace_so_far() {
        let draws = said!("draws", "추출");
        let after = |done, seconds| how_far(&draws, done, 200, Duration::from_secs(seconds));
        assert_eq!(after(50, 10).get(Lang::En), "draws: 25 %, about 30 s left");
        assert_eq!(after(50, 10).get(Lang::Ko), "추출: 25%, 약 30초 남음");
        assert_eq!(after(199, 398).get(Lang::En), "draws: 99 %, about 2 s left");
        assert_eq!(after(1, 60).get(Lang::En), "draws: 0 %, about 3.3 h left");
        assert_eq!(after(0, 60).get(Lang::En), "draws");
    }

    #[test]
    fn a_time_is_said_in_the_unit_that_suits_it() {
        for (seconds, en, ko) in [
            (0.2, "a second", "1초"),
            (1.4, "1 s", "1초"),
            (59.4, "59 s", "59초"),
            (90.0, "2 min", "2분"),
            (3_600.0, "1.0 h", "1.0시간"),
            (9_000.0, "2.5 h", "2.5시간"),
            (864_000.0, "10 days", "10일"),
        ] {
            let said = about(Duration::from_secs_f64(seconds));
            assert_eq!((said.en.as_str(), said.ko.as_str()), (en, ko));
        }
    }
}
