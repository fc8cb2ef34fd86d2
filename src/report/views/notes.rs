//! What must be known with a result.

use crate::lang::Lang;
use crate::report::Block;
use crate::report::document::Section;
use crate::scenario::{Note, NoteKind};

/// Warnings of a result whose heading, with a line at the end, says what its table estimates.
pub(super) fn warnings_in_short(mut warnings: Vec<Note>, lang: Lang) -> Vec<Section> {
    warnings.retain(|n| !matches!(n.code(), "estimated_blocks" | "split_estimated"));
    note_sections(&warnings, lang)
}

/// Warnings and assumptions as sections of a document, those that there are.
pub(super) fn note_sections(notes: &[Note], lang: Lang) -> Vec<Section> {
    let kinds = [
        (
            NoteKind::Warning,
            "warnings",
            lang.pick("Warnings", "유의사항"),
        ),
        (
            NoteKind::Assumption,
            "assumptions",
            lang.pick("Assumptions", "가정"),
        ),
    ];
    let section = |(kind, id, title): (NoteKind, &str, &str)| {
        let of_kind = notes.iter().filter(|n| n.kind() == kind);
        let texts: Vec<String> = of_kind.map(|n| n.text().get(lang).to_owned()).collect();
        (!texts.is_empty()).then(|| Section {
            id: id.to_owned(),
            title: title.to_owned(),
            blocks: vec![Block::Notes(texts)],
        })
    };
    kinds.into_iter().filter_map(section).collect()
}
