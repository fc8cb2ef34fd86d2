//! A block of numbers out of a text of any length, read in pieces of whole lines: beside the matrix a few
//! pieces are held, never the text.
//!
//! While one piece is parsed the next is read and hashed; lines are parsed, and columns of the matrix
//! filled, on all cores (feature `parallel`). A line that is not plainly numbers between commas is read
//! by the csv crate on its own. A text that cannot be read line by line (fields over several lines, line
//! ends of another kind, an encoding other than UTF-8) is left to [`Grid`], which takes it whole: what is
//! read and what is said are the same both ways, which a test holds.
//!
//! [`Grid`]: super::grid::Grid

use super::grid::{fields_missing, number, positions, unknown};
use super::plain;
use crate::error::{Error, Place, Result};
use crate::lang::{Text, compose, said};
use crate::table::Matrix;
use nalgebra::DMatrix;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;

/// How much is read at once, in bytes.
const PIECE: usize = 4 << 20;

/// The longest line that is taken on its own, in bytes: a million numbers.
const LONGEST_LINE: usize = 32 << 20;

/// Columns of the matrix that are filled together: those of one cache line of a row.
const COLUMNS: usize = 8;

/// The contents of a file of a table: a text to read from, or figures that are kept as numbers.
pub struct Contents<'a>(pub(super) Kept<'a>);

/// What a text is read from, and its length in bytes at most.
pub(super) type Source<'a> = (Box<dyn Read + Send + 'a>, u64);

pub(super) enum Kept<'a> {
    Text(Source<'a>),
    Figures(Matrix),
}

impl<'a> Contents<'a> {
    /// A text of so many bytes at most.
    pub fn text(source: impl Read + Send + 'a, length: u64) -> Self {
        Contents(Kept::Text((Box::new(source), length)))
    }

    /// The same with a text read through another reader.
    pub(in crate::table::read) fn read_through<R: Read + Send + 'a>(
        self,
        through: impl FnOnce(Box<dyn Read + Send + 'a>) -> R,
    ) -> Self {
        match self.0 {
            Kept::Text((source, length)) => Contents::text(through(source), length),
            figures @ Kept::Figures(_) => Contents(figures),
        }
    }

    /// Figures whose rows and columns have the order of the table's own lists.
    pub fn figures(figures: impl Into<Matrix>) -> Self {
        Contents(Kept::Figures(figures.into()))
    }
}

impl<'a> From<Cow<'a, str>> for Contents<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        let length = text.len() as u64;
        match text {
            Cow::Borrowed(text) => Contents::text(text.as_bytes(), length),
            Cow::Owned(text) => Contents::text(std::io::Cursor::new(text), length),
        }
    }
}

/// The figures in the order of the codes asked for, each of which must stand there once, and the SHA-256
/// of the text; `None` where the text has to be taken whole.
///
/// # Errors
/// What cannot be read; a line with too many or too few fields; what is no finite number; a code that is
/// unknown, stands twice or is missing.
pub(super) fn read(
    place: &str,
    (source, length): Source<'_>,
    rows: &[String],
    columns: &[String],
) -> Result<Option<(DMatrix<f64>, [u8; 32])>> {
    // A number and its comma are two bytes: no more is set aside than there can be.
    let cells = rows.len().saturating_mul(columns.len());
    if cells == 0 || cells as u64 > length / 2 {
        return Ok(None);
    }
    let failed = |source| Error::Io {
        action: "read",
        path: PathBuf::from(place),
        source,
    };
    let mut pieces = Pieces {
        source,
        digest: Sha256::new(),
        begun: Vec::new(),
        ended: false,
        endless: false,
    };
    let (mut piece, mut next) = (Vec::new(), Vec::new());
    let mut filling: Option<Filling<'_>> = None;
    let mut before = 0;
    let mut more = pieces.next(&mut piece).map_err(failed)?;
    while more {
        if pieces.endless || !is_settled(&piece, before == 0) {
            return Ok(None);
        }
        let mut parse = || -> Result<Option<usize>> {
            let (mut lines, count) = lines(&piece, before);
            if filling.is_none() && !lines.is_empty() {
                let (_, header) = lines.remove(0);
                let Some(layout) = Layout::of(place, header, rows, columns)? else {
                    return Ok(None);
                };
                filling = Filling::new(layout);
                if filling.is_none() {
                    return Ok(None);
                }
            }
            let whole = match &mut filling {
                Some(filling) => filling.take(&lines)?,
                None => true,
            };
            Ok(whole.then_some(count))
        };
        let (parsed, read) = match pieces.is_done() {
            true => (parse(), Ok(false)),
            false => both(parse, || pieces.next(&mut next)),
        };
        match parsed? {
            Some(count) => before += count,
            None => return Ok(None),
        }
        more = read.map_err(failed)?;
        std::mem::swap(&mut piece, &mut next);
    }
    let Some(filling) = filling else {
        return Ok(None);
    };
    Ok(Some((filling.finish()?, pieces.digest.finalize().into())))
}

/// A text in pieces of whole lines.
struct Pieces<'a> {
    source: Box<dyn Read + Send + 'a>,
    digest: Sha256,
    /// The line that the last piece broke off in.
    begun: Vec<u8>,
    ended: bool,
    /// Whether a line is longer than [`LONGEST_LINE`].
    endless: bool,
}

impl Pieces<'_> {
    fn is_done(&self) -> bool {
        self.ended && self.begun.is_empty()
    }

    /// The next piece; whether there was one.
    fn next(&mut self, piece: &mut Vec<u8>) -> std::io::Result<bool> {
        piece.clear();
        piece.append(&mut self.begun);
        while !self.ended {
            let before = piece.len();
            let mut source = (&mut self.source).take(PIECE as u64);
            self.ended = source.read_to_end(piece)? < PIECE;
            self.digest.update(&piece[before..]);
            if let Some(end) = memchr::memrchr(b'\n', &piece[before..]) {
                self.begun.extend_from_slice(&piece[before + end + 1..]);
                piece.truncate(before + end + 1);
                return Ok(true);
            }
            if piece.len() > LONGEST_LINE {
                self.endless = true;
                return Ok(true);
            }
        }
        Ok(!piece.is_empty())
    }
}

/// Whether a piece is text as it stands: UTF-8 with nothing to compose and no byte order mark.
fn is_settled(piece: &[u8], first: bool) -> bool {
    if piece.is_ascii() {
        return true;
    }
    !(first && piece.starts_with(b"\xef\xbb\xbf"))
        && std::str::from_utf8(piece).is_ok_and(|text| matches!(compose(text), Cow::Borrowed(_)))
}

/// The lines of a piece with their numbers, but for empty ones and remarks, and how many there are with
/// these.
fn lines(piece: &[u8], before: usize) -> (Vec<(usize, &[u8])>, usize) {
    let mut lines = Vec::new();
    let (mut from, mut at) = (0, before);
    while from < piece.len() {
        let to = memchr::memchr(b'\n', &piece[from..]).map_or(piece.len(), |end| from + end + 1);
        at += 1;
        let line = &piece[from..to];
        if !matches!(line, b"\n" | b"\r\n" | [b'#', ..]) {
            lines.push((at, line));
        }
        from = to;
    }
    (lines, at - before)
}

/// What the header says, and what is wanted.
struct Layout<'a> {
    place: &'a str,
    rows: &'a [String],
    /// The codes of the columns as they stand in the file.
    header: Vec<String>,
    /// Where each column that is wanted stands in the file.
    column_at: Vec<usize>,
}

/// A line as it was read.
enum Line<'a> {
    /// A row, by its code.
    Row(Cow<'a, str>),
    /// Not a line of its own: the text has to be taken whole.
    Odd,
}

impl<'a> Layout<'a> {
    fn of(
        place: &'a str,
        header: &[u8],
        rows: &'a [String],
        columns: &[String],
    ) -> Result<Option<Self>> {
        let Some(header) = by_itself(header) else {
            return Ok(None);
        };
        let header: Vec<String> = header.iter().skip(1).map(|h| h.trim().to_owned()).collect();
        let column_at = positions(place, "column", columns, header.iter().map(|c| (1, c)))?;
        Ok(Some(Layout {
            place,
            rows,
            header,
            column_at,
        }))
    }

    /// Reads a line into one value for each column of the file.
    fn line<'l>(&self, at: usize, line: &'l [u8], values: &mut [f64]) -> Result<Line<'l>> {
        match plainly(line, values) {
            Some(code) => Ok(Line::Row(Cow::Borrowed(code))),
            None => self.with_care(at, line, values),
        }
    }

    fn with_care<'l>(&self, at: usize, line: &[u8], values: &mut [f64]) -> Result<Line<'l>> {
        let Some(record) = by_itself(line) else {
            return Ok(Line::Odd);
        };
        let place = || Place::file(self.place).line(at);
        if record.len() != values.len() + 1 {
            let why = fields_missing(record.len(), values.len() + 1);
            return Err(Error::at(place(), why));
        }
        for ((value, text), column) in values
            .iter_mut()
            .zip(record.iter().skip(1))
            .zip(&self.header)
        {
            *value = number(text).map_err(|why| Error::at(place().field(column), why))?;
        }
        Ok(Line::Row(Cow::Owned(record[0].trim().to_owned())))
    }
}

/// The code of a line of numbers between commas, and its numbers; `None` where anything is not as it is in
/// most files.
fn plainly<'l>(line: &'l [u8], values: &mut [f64]) -> Option<&'l str> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut end = memchr::memchr(b',', line)?;
    let code = &line[..end];
    if code.contains(&b'"') || code.contains(&b'\r') {
        return None;
    }
    for value in values {
        let from = end + 1;
        (*value, end) = match plain::number(line, from) {
            Some(found) => found,
            None => parsed(line, from)?,
        };
    }
    (end == line.len()).then_some(())?;
    std::str::from_utf8(code).ok().map(str::trim)
}

/// A number written in another way, as with an exponent, and the end of its field.
#[inline(never)]
fn parsed(line: &[u8], from: usize) -> Option<(f64, usize)> {
    let rest = line.get(from..)?;
    let length = memchr::memchr(b',', rest).unwrap_or(rest.len());
    // Neither quotes nor line ends are part of a number: they are not parsed.
    let text = std::str::from_utf8(&rest[..length]).ok()?;
    let value: f64 = text.trim_matches(' ').parse().ok()?;
    value.is_finite().then_some((value, from + length))
}

/// A line on its own; `None` where it is not one record.
fn by_itself(line: &[u8]) -> Option<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        // A remark that no line end follows would be taken for a row.
        .from_reader(line.chain(&b"\n"[..]));
    let (mut record, mut second) = (csv::StringRecord::new(), csv::StringRecord::new());
    let one = reader.read_record(&mut record).ok()?;
    let two = reader.read_record(&mut second).ok()?;
    // A quote that is not closed takes the end of the line with it.
    let open = record.iter().next_back()?.contains('\n');
    (one && !two && !open).then_some(record)
}

/// A matrix being filled.
struct Filling<'a> {
    layout: Layout<'a>,
    matrix: DMatrix<f64>,
    row_at: HashMap<&'a str, usize>,
    seen: Vec<bool>,
    /// The row that is due next, where the file has the order of the codes.
    due: usize,
    /// Of the lines of a piece, row by row.
    values: Vec<f64>,
}

impl<'a> Filling<'a> {
    /// `None` where a row is wanted twice.
    fn new(layout: Layout<'a>) -> Option<Self> {
        let rows = layout.rows;
        let row_at: HashMap<&str, usize> = rows.iter().map(String::as_str).zip(0..).collect();
        (row_at.len() == rows.len()).then(|| Filling {
            matrix: DMatrix::zeros(rows.len(), layout.column_at.len()),
            row_at,
            seen: vec![false; rows.len()],
            due: 0,
            values: Vec::new(),
            layout,
        })
    }

    /// Takes the lines of a piece; whether they can be taken one by one.
    fn take(&mut self, lines: &[(usize, &[u8])]) -> Result<bool> {
        let width = self.layout.header.len();
        self.values.resize(lines.len() * width, 0.0);
        let layout = &self.layout;
        let read = in_order(lines, &mut self.values, width, |(at, line), values| {
            layout.line(*at, line, values)
        });
        let mut targets = Vec::with_capacity(lines.len());
        for ((at, _), line) in lines.iter().zip(read) {
            let Line::Row(code) = line? else {
                return Ok(false);
            };
            targets.push(self.target(*at, &code)?);
        }
        let (width, column_at) = (self.layout.header.len(), &self.layout.column_at);
        let (rows, values) = (self.matrix.nrows(), &self.values);
        in_columns(self.matrix.as_mut_slice(), rows, |first, columns| {
            let wanted = &column_at[first..first + columns.len() / rows];
            for (values, target) in values.chunks_exact(width).zip(&targets) {
                for (column, from) in wanted.iter().enumerate() {
                    columns[column * rows + target] = values[*from];
                }
            }
        });
        Ok(true)
    }

    /// The row of the matrix that a code stands for.
    fn target(&mut self, line: usize, code: &str) -> Result<usize> {
        let wrong = |why: Text| {
            let place = Place::file(self.layout.place).line(line);
            Err(Error::at(place, unknown("row", code, why)))
        };
        let due = self.layout.rows.get(self.due).is_some_and(|c| c == code);
        let found = match due {
            true => Some(self.due),
            false => self.row_at.get(code).copied(),
        };
        let Some(row) = found else {
            return wrong(said!("is not known", "은(는) 분류에 없습니다"));
        };
        if std::mem::replace(&mut self.seen[row], true) {
            return wrong(said!("stands twice", "이(가) 두 번 나옵니다"));
        }
        self.due = row + 1;
        Ok(row)
    }

    fn finish(self) -> Result<DMatrix<f64>> {
        match self.seen.iter().position(|seen| !seen) {
            None => Ok(self.matrix),
            Some(row) => Err(Error::at(
                Place::file(self.layout.place),
                unknown(
                    "row",
                    &self.layout.rows[row],
                    said!("is missing", "이(가) 없습니다"),
                ),
            )),
        }
    }
}

/// Numbers below which a second core costs more than it saves.
#[cfg(feature = "parallel")]
const FEW: usize = 1 << 15;

/// What is made of each line and its values, in their order.
fn in_order<L: Sync, T: Send>(
    lines: &[L],
    values: &mut [f64],
    width: usize,
    make: impl Fn(&L, &mut [f64]) -> T + Sync,
) -> Vec<T> {
    #[cfg(feature = "parallel")]
    if values.len() > FEW {
        use rayon::prelude::*;
        let rows = values.par_chunks_exact_mut(width).zip(lines);
        return rows.map(|(values, line)| make(line, values)).collect();
    }
    let rows = values.chunks_exact_mut(width).zip(lines);
    rows.map(|(values, line)| make(line, values)).collect()
}

/// Fills a matrix, which is stored by columns, a few columns at a time: the first and their values.
fn in_columns(matrix: &mut [f64], rows: usize, fill: impl Fn(usize, &mut [f64]) + Sync) {
    let several = COLUMNS * rows;
    #[cfg(feature = "parallel")]
    if matrix.len() > FEW {
        use rayon::prelude::*;
        let columns = matrix.par_chunks_mut(several).enumerate();
        return columns.for_each(|(k, columns)| fill(k * COLUMNS, columns));
    }
    for (k, columns) in matrix.chunks_mut(several).enumerate() {
        fill(k * COLUMNS, columns);
    }
}

/// Two things at once, where there are the cores.
fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "parallel")]
    return rayon::join(first, second);
    #[cfg(not(feature = "parallel"))]
    (first(), second())
}

#[cfg(test)]
mod tests {
    use super::super::grid::Grid;
    use super::*;
    use proptest::prelude::*;

    fn codes(of: &str) -> Vec<String> {
        of.split(' ').map(str::to_owned).collect()
    }

    /// As a short text is read, in pieces of a few bytes.
    fn in_pieces(text: &[u8]) -> Result<Option<(DMatrix<f64>, [u8; 32])>> {
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
                let most = to.len().min(5);
                self.0.read(&mut to[..most])
            }
        }
        let contents: Source = (Box::new(Slow(text)), text.len() as u64);
        read("f.csv", contents, &codes("x y z"), &codes("a b"))
    }

    fn whole(text: &str) -> Result<DMatrix<f64>> {
        Grid::parse("f.csv".to_owned(), text)?.matrix(&codes("x y z"), &codes("a b"))
    }

    /// What is read is that of a text that is taken whole; what is said too, where one thing is wrong.
    #[track_caller]
    fn same(text: &str, faults: usize) {
        let digest = Sha256::digest(text.as_bytes());
        match (in_pieces(text.as_bytes()), whole(text)) {
            (Ok(None), _) => {}
            (Ok(Some((read, hash))), Ok(whole)) => {
                let bits = |m: &DMatrix<f64>| m.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&read), bits(&whole), "{text:?}");
                assert_eq!(hash[..], digest[..]);
            }
            (Err(_), Err(_)) if faults > 1 => {}
            (Err(read), Err(whole)) => assert_eq!(read.text(), whole.text(), "{text:?}"),
            (read, whole) => panic!("{text:?}: {read:?} where {whole:?} is due"),
        }
    }

    #[test]
    fn rows_and_columns_are_matched_by_code_in_whatever_order_they_stand() {
        let text = b"# remark\r\ncode,b,a\r\n\r\nz,6,5\r\n x ,2, 1\r\n\"y\",4e0,\"3\"";
        let (read, _) = in_pieces(text).expect("read").expect("line by line");
        let expected = nalgebra::dmatrix![1.0, 2.0; 3.0, 4.0; 5.0, 6.0];
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_wrong_is_said_as_of_a_text_that_is_taken_whole() {
        for wrong in [
            "code,a,b\nx,1,2\ny,3,4\n",
            "code,a,b\nx,1,2\ny,3,4\nz,5,6\nw,1,1\n",
            "code,a,b\nx,1,2\ny,3,4\nx,5,6\nz,1,1\n",
            "code,a,b\nx,1,2\ny,3,4\nz,5\n",
            "code,a,b\nx,1,2\ny,3,4,5\nz,5,6\n",
            "code,a,b\nx,1,2\n# r\n\ny,3,four\nz,5,6\n",
            "code,a,b\r\nx,1,2\r\ny,3,\r\nz,5,6\r\n",
            "code,a,b\nx,1,2\ny,3,inf\nz,5,6\n",
            "code,a,b\nx,1,2\ny,3,\"1,000\"\nz,5,6\n",
            "code,a,c\nx,1,2\ny,3,4\nz,5,6\n",
            "code,a,a\nx,1,2\ny,3,4\nz,5,6\n",
            "code,a\nx,1\ny,3\nz,555\n",
            "code,a,b\nx,1,2\ny,3,4\n   \nz,5,6\n",
        ] {
            assert!(whole(wrong).is_err(), "{wrong:?}");
            assert!(in_pieces(wrong.as_bytes()).is_err(), "{wrong:?}");
            same(wrong, 1);
        }
    }

    #[test]
    fn what_is_no_line_of_its_own_is_taken_whole() {
        let hangul = "code,a,b\nx,1,2\ny,3,4\n\u{1107}\u{1161},5,6\nz,1,1\n";
        for odd in [
            "",
            "# nothing",
            "code,a,b\nx,1,2\n\"y\n\",3,4\nz,5,6\n",
            "code,a,b\rx,1,2\ry,3,4\rz,5,6\r",
            "code,a,b\nx,1,2\ny,3,4\nz,5,6\n\r#",
            "\u{feff}code,a,b\nx,1,2\ny,3,4\nz,5,6\n",
            hangul,
        ] {
            assert!(matches!(in_pieces(odd.as_bytes()), Ok(None)), "{odd:?}");
        }
        let cp949 = encoding_rs::EUC_KR.encode("code,a,b\n반도체,1,2\ny,3,4\nz,5,6\n");
        assert!(matches!(in_pieces(&cp949.0), Ok(None)));
        // No more is set aside than the text can hold.
        assert!(matches!(in_pieces(b"code,a,b\nx,"), Ok(None)));
    }

    #[test]
    fn a_text_of_several_pieces_is_one_matrix() {
        let n = 1_200;
        let codes: Vec<String> = (0..n).map(|k| format!("S{k}")).collect();
        let value = |i: usize, j: usize| (i * 7_919 + j * 104_729) as f64 / 1_000.0;
        let mut text = format!("code,{}\n", codes.join(","));
        for i in (0..n).rev() {
            text.push_str(&codes[i]);
            (0..n).for_each(|j| text.push_str(&format!(",{}", value(i, j))));
            text.push('\n');
        }
        assert!(text.len() > 2 * PIECE);
        let contents: Source = (Box::new(text.as_bytes()), text.len() as u64);
        let read = read("f.csv", contents, &codes, &codes).expect("read");
        let (matrix, digest) = read.expect("line by line");
        assert_eq!(matrix, DMatrix::from_fn(n, n, value));
        assert_eq!(digest[..], Sha256::digest(text.as_bytes())[..]);
    }

    proptest! {
        #[test]
        fn any_text_reads_as_one_that_is_taken_whole(
            cells in prop::collection::vec("(x|y|z|a|-?[0-9]{1,4}(\\.[0-9]{1,17})?|[-+0-9.eE \"#\r]{0,9}|,|\n|\r\n)", 0..40)
        ) {
            same(&format!("code,a,b\n{}", cells.join(",")), 9);
            same(&format!("code,a,b\nx,1,2\n{}\ny,3,4\nz,5,6\n", cells.concat()), 9);
        }

        #[test]
        fn a_spoilt_byte_is_met_as_in_a_text_that_is_taken_whole(at in 0usize..60, with in "[x,\"\r\n#0-9. e-]{0,3}") {
            let mut text = "# r\ncode,a,b\r\nx,1.25,-2\n\ny,3,4e1\r\nz,5,\"6\"\n# end\n".to_owned();
            let at = at.min(text.len());
            text.replace_range(at..(at + 1).min(text.len()), &with);
            // A header that is wrong makes every line wrong.
            same(&text, if at < 17 { 9 } else { 1 });
        }
    }
}
