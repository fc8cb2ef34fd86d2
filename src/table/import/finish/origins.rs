//! Flows by origin: of domestic, imported and all, two give the third.

use super::{Blocks, Draft};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::import::draft::Origins;
use crate::table::import::sums;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix};

impl Draft {
    /// Each block by origin, where the total and one of them give the other.
    pub(super) fn complete(&mut self, blocks: &mut Blocks) -> Result<()> {
        let names = self.names();
        let off = |what: Text,
                   (row, column): (usize, Option<usize>),
                   differs: f64,
                   draft: &Draft| {
            let Text { en, ko } = what;
            let Text {
                en: row_en,
                ko: row_ko,
            } = draft.sector(row);
            let by = column.map_or_else(Text::default, |column| {
                let Text { en, ko } = draft.sector(column);
                said!(", column {en}", ", {ko}열")
            });
            let Text {
                en: by_en,
                ko: by_ko,
            } = by;
            Error::invalid(said!(
                "{names}: total {en} are not domestic and imported ones together: row {row_en}{by_en} differs by \
                 {differs}",
                "{names}: {ko}의 총액이 국산과 수입의 합과 다릅니다: {row_ko}행{by_ko}의 차이 {differs}"
            ))
        };
        let flows = || said!("intermediate flows", "중간거래");
        match third(&mut self.flows) {
            Ok(None) => {}
            Ok(Some(how)) => {
                self.said.push(how.of(flows()));
                blocks.derived(how.block("domestic_flows", "imported_flows"), how.rule());
            }
            Err((at, differs)) => {
                let n = self.sectors.len();
                return Err(off(flows(), (at % n, Some(at / n)), differs, self));
            }
        }
        let mut derived = None;
        let mut final_demand = std::mem::take(&mut self.final_demand);
        for category in &mut final_demand {
            match third(&mut category.demand) {
                Ok(how) => derived = how.or(derived),
                Err((at, differs)) => {
                    return Err(off(category.title.clone(), (at, None), differs, self));
                }
            }
        }
        self.final_demand = final_demand;
        if let Some(how) = derived {
            self.said.push(how.of(said!("final demand", "최종수요")));
            let block = how.block("domestic_final_demand", "imported_final_demand");
            blocks.derived(block, how.rule());
        }
        let Draft {
            imports,
            imports_cif,
            import_taxes,
            ..
        } = self;
        if imports.is_none()
            && let Some(cif) = imports_cif
        {
            *imports = Some(match import_taxes {
                Some(taxes) => &*cif + &*taxes,
                None => cif.clone(),
            });
        }
        Ok(())
    }
}

/// Completes domestic and imported where the total and one of them are known, and says which was derived; the place in the
/// storage and the difference where all are known and do not add up. A total is left as it is: nothing needs one beside both,
/// and of a table of the world it is as large as all the rest.
fn third<R: Dim, C: Dim>(
    block: &mut Origins<OMatrix<f64, R, C>>,
) -> std::result::Result<Option<Third>, (usize, f64)>
where
    DefaultAllocator: Allocator<R, C>,
{
    let Origins {
        total,
        domestic,
        imported,
    } = block;
    match (&total, &domestic, &imported) {
        (Some(t), Some(d), Some(m)) => {
            let step = sums::step(t.iter().chain(d.iter()).chain(m.iter()));
            let all = t.iter().zip(d.iter().zip(m.iter())).enumerate();
            for (at, (t, (d, m))) in all {
                let size = t.abs().max(d.abs()).max(m.abs());
                let differs = t - d - m;
                if !(differs.abs() <= sums::rounding(step, 2, size)) {
                    return Err((at, differs));
                }
            }
            Ok(None)
        }
        (Some(t), None, Some(m)) => {
            *domestic = Some(t - m);
            Ok(Some(Third::Domestic))
        }
        (Some(t), Some(d), None) => {
            *imported = Some(t - d);
            Ok(Some(Third::Imported))
        }
        _ => Ok(None),
    }
}

/// Which block of the three was derived from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Third {
    Domestic,
    Imported,
}

impl Third {
    fn block(self, domestic: &'static str, imported: &'static str) -> &'static str {
        match self {
            Third::Domestic => domestic,
            Third::Imported => imported,
        }
    }

    fn rule(self) -> Text {
        match self {
            Third::Domestic => said!("Total less imported.", "총액에서 수입을 뺀 값."),
            Third::Imported => said!("Total less domestic.", "총액에서 국산을 뺀 값."),
        }
    }

    fn of(self, what: Text) -> Text {
        let Text { en, ko } = what;
        match self {
            Third::Domestic => said!(
                "Derived: domestic {en}, total less imported",
                "유도: 국산 {ko}(총액에서 수입을 뺀 값)"
            ),
            Third::Imported => said!(
                "Derived: imported {en}, total less domestic",
                "유도: 수입 {ko}(총액에서 국산을 뺀 값)"
            ),
        }
    }
}
