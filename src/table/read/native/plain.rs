//! A number as programs write it, from bytes: a sign, digits, a point, digits.

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x80 * ONES;
const POWERS: [u64; 9] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];
const TENS: [f64; 15] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
];

/// The number that begins at a byte of a line, and the end of its field: the next comma, or that of
/// the line. `None` where it is written in any other way than `-12.5`, or in more than 14 digits: that
/// is for [`str::parse`].
///
/// The value is that of [`str::parse`], bit for bit: fewer than 2^53 whole parts over a power of ten
/// below 10^22 are both exact, and so their quotient is rounded once (Clinger 1990). Eight digits are
/// read at a time, as one word.
#[inline(always)]
pub(super) fn number(line: &[u8], at: usize) -> Option<(f64, usize)> {
    let negative = line.get(at) == Some(&b'-');
    let at = at + usize::from(negative);
    let rest = line.get(at..)?;
    let (value, length) = match rest.first_chunk() {
        Some(window) => unsigned(window),
        None => {
            let mut window = [b','; 16];
            window[..rest.len()].copy_from_slice(rest);
            unsigned(&window)
        }
    }?;
    Some((if negative { -value } else { value }, at + length))
}

/// The number at the beginning of 16 bytes, up to a comma, and how long it is.
#[inline(always)]
fn unsigned(window: &[u8; 16]) -> Option<(f64, usize)> {
    // Most cells of a large matrix.
    if window.starts_with(b"0,") {
        return Some((0.0, 1));
    }
    let (low, high) = (word(window, 0)?, word(window, 8)?);
    // Without a branch on the length, which differs from number to number.
    let in_low = first_comma(low);
    let length = in_low + first_comma(high) * (in_low >> 3);
    let whole = not_digits(low ^ (0x30 * ONES)).trailing_zeros() / 8;
    if whole == 0 || whole == 8 || length == 16 || whole > length {
        return None;
    }
    let first = begin(low, whole);
    if whole == length {
        return Some((digits(first) as f64, length as usize));
    }
    let point = whole as usize;
    if window[point] != b'.' {
        return None;
    }
    let decimals = length - whole - 1;
    let after = word(window, point + 1)?;
    let (second, third, by) = match decimals {
        0 => (0, 0, 0),
        1..=8 => (begin(after, decimals), 0, decimals),
        // The last eight, and those before them.
        _ => {
            let last = word(window, length as usize - 8)? ^ (0x30 * ONES);
            (begin(after, decimals - 8), last, decimals - 8)
        }
    };
    if not_digits(second) | not_digits(third) != 0 {
        return None;
    }
    let mut parts = digits(first) * POWERS[by as usize] + digits(second);
    if decimals > 8 {
        parts = parts * POWERS[8] + digits(third);
    }
    // Fewer than 15 digits: it is no less as a signed number, which is quicker to convert.
    let value = parts as i64 as f64 / TENS[decimals as usize];
    Some((value, length as usize))
}

#[inline(always)]
fn word(window: &[u8; 16], at: usize) -> Option<u64> {
    let bytes = window.get(at..at + 8)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

/// The position of the first comma among eight bytes; 8 where there is none.
#[inline(always)]
fn first_comma(word: u64) -> u32 {
    let x = word ^ (u64::from(b',') * ONES);
    (x.wrapping_sub(ONES) & !x & TOPS).trailing_zeros() / 8
}

/// The top bit of each byte, from the first on, that is no digit's value. A byte above may follow.
#[inline(always)]
fn not_digits(values: u64) -> u64 {
    (values | values.wrapping_add(0x76 * ONES)) & TOPS
}

/// The values of the first 1 to 8 characters, with zeros before them.
#[inline(always)]
fn begin(word: u64, count: u32) -> u64 {
    (word ^ (0x30 * ONES)) << (64 - 8 * count)
}

/// The number of eight digits' values: pairs, then pairs of pairs.
#[inline(always)]
fn digits(values: u64) -> u64 {
    let pairs = values.wrapping_mul(2_561) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(6_553_601) >> 16;
    (fours & 0x0000_ffff_0000_ffff).wrapping_mul(42_949_672_960_001) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_plain_is_left_to_the_parser_of_the_language() {
        for odd in [
            "",
            "-",
            ".",
            ".5",
            "+1",
            "1e5",
            "12e5",
            "1.5e3",
            "--1",
            "1.2.3",
            " 1",
            "1 ",
            "inf",
            "nan",
            "0x10",
            "1\r",
            "\"1\"",
            "1;2",
            "1:2",
            "1/2",
            "12345678",
            "1.-5",
            "1.5\u{e9}",
        ] {
            assert_eq!(number(odd.as_bytes(), 0), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_number_is_that_of_the_parser_of_the_language(
            text in "-?[0-9]{1,9}(\\.[0-9]{0,15})?", next in ",.{0,20}|"
        ) {
            let line = format!("{text}{next}");
            if let Some((value, end)) = number(line.as_bytes(), 0) {
                let parsed: f64 = text.parse().expect("a number");
                prop_assert_eq!((value.to_bits(), end), (parsed.to_bits(), text.len()));
            } else {
                let digits = text.trim_start_matches('-').find('.').unwrap_or(text.len());
                prop_assert!(text.len() > 15 || digits >= 8, "{}", text);
            }
        }

        #[test]
        fn any_bytes_give_what_the_parser_gives_or_nothing(text in "[-+.,0-9eE:/;<> ]{0,24}") {
            if let Some((value, end)) = number(text.as_bytes(), 0) {
                let parsed: f64 = text[..end].parse().expect("a number");
                prop_assert_eq!(value.to_bits(), parsed.to_bits());
            }
        }
    }
}
