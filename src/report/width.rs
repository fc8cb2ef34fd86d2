//! How much room text takes in a terminal, where a Korean syllable is two cells wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The cells that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most so many cells, an ellipsis for what does not fit.
pub(super) fn truncate(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let (kept, _) = split(text, room.saturating_sub(1));
    format!("{}…", kept.trim_end())
}

/// The text in lines of at most so many cells, broken at spaces, and inside a word only if the word
/// alone is wider than a line. There is always at least one line.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for mut word in text.split_whitespace() {
        let gap = usize::from(used > 0);
        if used > 0 && used + gap + width(word) > room {
            lines.push(String::new());
            used = 0;
        }
        // Line by line, without measuring all that is left each time.
        loop {
            let (head, tail) = split(word, room);
            if tail.is_empty() {
                break;
            }
            push(&mut lines, head);
            lines.push(String::new());
            word = tail;
        }
        if used > 0 {
            push(&mut lines, " ");
            used += 1;
        }
        push(&mut lines, word);
        used += width(word);
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// The longest beginning that fits, and the rest.
fn split(text: &str, room: usize) -> (&str, &str) {
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.width().unwrap_or(0);
            used > room
        })
        .map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_is_two_cells_wide() {
        assert_eq!(width("반도체 AI"), 9);
        assert_eq!(truncate("반도체", 6), "반도체");
        assert_eq!(truncate("컴퓨터, 전자 및 광학기기", 10), "컴퓨터,…");
        assert_eq!(
            truncate("반도체", 4),
            "반…",
            "half a syllable cannot be shown"
        );
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_anywhere() {
        assert_eq!(wrap("a bc def", 4), ["a bc", "def"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("수입 유발액", 6), ["수입", "유발액"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
