//! A chart as a PNG picture, with the fonts of the system.

use crate::error::{Error, Result};
use crate::lang::{Lang, said};
use resvg::{tiny_skia, usvg};
use skrifa::MetadataProvider;
use std::sync::Arc;

/// Pixels of the picture per pixel of the chart.
const SCALE: f32 = 2.0;

/// An SVG chart as the bytes of a PNG file, twice its natural size.
///
/// # Errors
/// [`Error::Invalid`] where the system has no font for the chart's language, or the picture cannot be
/// made.
pub fn render(svg: &str, lang: Lang) -> Result<Vec<u8>> {
    let failed = |what: &dyn std::fmt::Display| {
        Error::invalid(said!(
            "cannot draw the chart as PNG: {what}",
            "그림을 PNG로 그릴 수 없습니다: {what}"
        ))
    };
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    let letter = lang.pick('A', '한');
    let family = font_with(&fonts, letter).ok_or_else(|| {
        Error::invalid(lang.pick(
            said!(
                "no font is installed that the chart's text could be drawn with: install one, or write .svg",
                "그림의 글자를 그릴 글꼴이 설치되어 있지 않습니다. 글꼴을 설치하거나 .svg로 쓰십시오"
            ),
            said!(
                "no installed font has Korean letters: install one (fonts-noto-cjk, fonts-nanum), or write .svg",
                "설치된 글꼴에 한글이 없습니다. 한글 글꼴(fonts-noto-cjk, fonts-nanum)을 설치하거나 .svg로 쓰십시오"
            ),
        ))
    })?;
    fonts.set_sans_serif_family(&family);
    let options = usvg::Options {
        font_family: family,
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| failed(&e))?;
    let size = tree.size().to_int_size();
    let (width, height) = (
        (size.width() as f32 * SCALE) as u32,
        (size.height() as f32 * SCALE) as u32,
    );
    let mut picture = tiny_skia::Pixmap::new(width, height).ok_or_else(|| failed(&"no room"))?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(SCALE, SCALE),
        &mut picture.as_mut(),
    );
    picture.encode_png().map_err(|e| failed(&e))
}

/// A family that has a letter, those made for Korean first.
fn font_with(fonts: &usvg::fontdb::Database, letter: char) -> Option<String> {
    const PREFERRED: [&str; 6] = [
        "Pretendard",
        "Noto Sans KR",
        "Noto Sans CJK KR",
        "Apple SD Gothic Neo",
        "Malgun Gothic",
        "NanumGothic",
    ];
    let has = |id: usvg::fontdb::ID| {
        fonts
            .with_face_data(id, |data, index| {
                let face = skrifa::FontRef::from_index(data, index);
                face.is_ok_and(|face| face.charmap().map(letter).is_some())
            })
            .unwrap_or(false)
    };
    let faces = || {
        fonts
            .faces()
            .filter_map(|f| Some((f.id, f.families.first()?.0.clone())))
    };
    PREFERRED
        .iter()
        .find_map(|name| faces().find(|(id, family)| family == name && has(*id)))
        .or_else(|| faces().find(|(id, _)| has(*id)))
        .map(|(_, family)| family)
}
