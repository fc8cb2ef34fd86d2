//! Why a table is off.

use super::say;
use crate::analysis::checkup::{Block, Cause, Lines, Place, Side};
use crate::lang::{Text, said};

impl Cause {
    /// What was done wrong and what to do, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Cause::OtherUnit {
                block,
                place,
                factor,
            } => times(&figures(*block, place), *factor),
            Cause::OtherUnitInAll {
                sector,
                side,
                factor,
            } => {
                let sector = Text::from(sector);
                let what = match side {
                    Side::Columns => say!(
                        "all inputs of sector {sector}",
                        "{sector} 부문의 모든 투입(열)",
                        sector
                    ),
                    _ => say!(
                        "all sales of sector {sector}",
                        "{sector} 부문의 모든 판매(행)",
                        sector
                    ),
                };
                times(&what, *factor)
            }
            Cause::Transposed { block } => say!(
                "rows and columns of {block} are exchanged: with rows as sellers and columns as buyers the table \
                 balances",
                "{block}의 행과 열이 바뀜: 행을 판매, 열을 구매 부문으로 바로잡으면 수급이 일치함",
                block = Text::same(block.id())
            ),
            Cause::Swapped {
                blocks,
                lines,
                first,
                second,
            } => say!(
                "{lines} of sectors {first} and {second} are exchanged in {blocks}: exchanged back they meet their totals",
                "{blocks}에서 {first} 부문과 {second} 부문의 {lines} 서로 바뀜: 되돌리면 합계와 일치함",
                lines = match lines {
                    Lines::Rows => said!("the rows", "행이"),
                    Lines::Columns => said!("the columns", "열이"),
                    Lines::Both => said!("the names", "부문명이"),
                },
                first = Text::from(first),
                second = Text::from(second),
                blocks = names(blocks)
            ),
            Cause::OtherOrder {
                block,
                lines,
                sectors,
            } => say!(
                "{lines} of {block} stand in another order than their labels say: the same figures at other sectors would \
                 be right, for {sectors} of them",
                "{block}의 {lines} 부문명과 다른 순서로 놓임: 부문 {sectors}개의 수치를 제자리로 옮기면 합계와 일치함",
                lines = match lines {
                    Lines::Rows => said!("the rows", "행이"),
                    Lines::Columns => said!("the columns", "열이"),
                    Lines::Both => said!("the rows and columns", "행과 열이"),
                },
                block = Text::same(block.id()),
                sectors
            ),
            Cause::SumOfOthers {
                sector,
                lines: Lines::Both,
            } => say!(
                "sector {sector} sells and buys what all others together do: a total was taken for a sector. Take its \
                 row and its column out",
                "{sector} 부문의 행과 열이 나머지 부문의 합과 같음: 합계가 부문으로 들어간 것으로 보이므로 행과 열을 뺄 것",
                sector = Text::from(sector)
            ),
            Cause::SumOfOthers { sector, lines } => say!(
                "{line} of sector {sector} in domestic_flows is the sum of all others, cell by cell: a total stands where \
                 its own figures should",
                "domestic_flows에서 {sector} 부문의 {line} 모든 칸에서 나머지 부문의 합과 같음: 해당 부문의 수치 자리에 합계가 \
                 들어감",
                line = match lines {
                    Lines::Rows => said!("the row", "행이"),
                    _ => said!("the column", "열이"),
                },
                sector = Text::from(sector)
            ),
            Cause::Doubled {
                block,
                item,
                is_sum: true,
            } => say!(
                "'{item}' in {block} is the sum of the others: a total was taken for a part. Take it out",
                "{block}의 '{item}'은(는) 나머지 항목의 합과 같음: 합계가 항목으로 들어간 것으로 보이므로 뺄 것",
                item,
                block = Text::same(block.id())
            ),
            Cause::Doubled {
                block,
                item,
                is_sum: false,
            } => say!(
                "without '{item}' in {block} all totals are met: it is counted twice, or is no part of it",
                "{block}의 '{item}'을(를) 빼면 모든 합계가 일치함: 두 번 계상되었거나 포함되지 않아야 할 항목임",
                item,
                block = Text::same(block.id())
            ),
            Cause::Alike {
                lines,
                first,
                second,
            } => say!(
                "{lines} of sectors {first} and {second} are the same, cell by cell, in domestic_flows: one stands twice, or \
                 both were split in one proportion",
                "domestic_flows에서 {first} 부문과 {second} 부문의 {lines} 모든 칸에서 같음: 한 부문이 두 번 들어갔거나 같은 \
                 비율로 나눈 것으로 보임",
                lines = match lines {
                    Lines::Rows => said!("the rows", "행이"),
                    Lines::Columns => said!("the columns", "열이"),
                    Lines::Both => said!("rows and columns", "행과 열이"),
                },
                first = Text::from(first),
                second = Text::from(second)
            ),
            Cause::ImportsAmongDomestic => said!(
                "domestic_flows hold the imported products as well, which stand in imported_flows: take imports off them",
                "domestic_flows에 수입품이 포함되어 imported_flows와 이중으로 계상됨: 수입거래를 뺄 것"
            ),
            Cause::CoefficientsForFlows { block } => say!(
                "{block} hold coefficients, not flows: times the output of each column the table balances",
                "{block}에 거래액이 아닌 계수가 있음: 열마다 총산출을 곱하면 수급이 일치함",
                block = Text::same(block.id())
            ),
            Cause::EmptyLine {
                sector,
                side: Side::Columns,
                output,
            } => say!(
                "sector {sector} makes {output:.0} with no input at all, not even value added: its column is empty",
                "{sector} 부문은 총산출이 {output:.0}이나 부가가치를 포함한 투입이 전혀 없음: 열이 비어 있음",
                sector = Text::from(sector),
                output
            ),
            Cause::EmptyLine { sector, output, .. } => say!(
                "sector {sector} makes {output:.0} and sells nothing to anybody: its row is empty",
                "{sector} 부문은 총산출이 {output:.0}이나 판매가 전혀 없음: 행이 비어 있음",
                sector = Text::from(sector),
                output
            ),
            Cause::Missing {
                side,
                sectors,
                amount,
                share,
            } => missing(*side, *sectors, *amount, *share),
            Cause::NearClosedLoop { radius, sectors } => say!(
                "the spectral radius of Ad is {radius:.6}: what is bought goes round in a loop that is nearly closed, of \
                 sectors {sectors}. Their inputs leave next to no value added",
                "Ad의 스펙트럼 반경이 {radius:.6}임: 다음 부문 사이에서 거래가 거의 닫힌 채 순환함: {sectors}. 이 부문들의 \
                 투입을 빼면 부가가치가 거의 남지 않음",
                radius,
                sectors = super::list(&sectors.iter().map(Text::from).collect::<Vec<_>>())
            ),
        }
    }
}

fn names(blocks: &[Block]) -> Text {
    let ids: Vec<Text> = (blocks.iter().map(|block| Text::same(block.id()))).collect();
    super::list(&ids)
}

/// What no sum of a table shows, however wrong it is.
pub(crate) fn unseen() -> [Text; 4] {
    [
        said!(
            "four cells at the corners of a rectangle, two too large and two too small by the same",
            "사각형의 네 귀퉁이 칸에서 둘은 크고 둘은 작게 같은 크기로 틀린 경우"
        ),
        said!(
            "figures moved between categories of final demand in one row, or between parts of value added in one column",
            "한 행의 최종수요 항목 사이, 한 열의 부가가치 항목 사이에서 옮겨진 수치"
        ),
        said!(
            "two sectors whose names are exchanged everywhere; a unit that is wrong everywhere, unless totals are published",
            "모든 곳에서 서로 바뀐 두 부문의 이름, 공표 총액이 없을 때 모든 곳에서 틀린 단위"
        ),
        said!(
            "a product that is domestic in one table and imported in the other by the same",
            "같은 금액만큼 국산과 수입 사이에서 뒤바뀐 품목"
        ),
    ]
}

/// Which figures, as the subject of a sentence.
fn figures(block: Block, place: &Place) -> Text {
    let block = Text::same(block.id());
    match place {
        Place::All => say!("{block} as a whole", "{block} 전체", block),
        Place::Row {
            sector,
            cells: None,
        } => say!(
            "{block}, row {sector}",
            "{block}의 {sector} 행",
            block,
            sector = Text::from(sector)
        ),
        Place::Row {
            sector,
            cells: Some(cells),
        } => say!(
            "{block}, row {sector}, {cells} of its cells",
            "{block}의 {sector} 행 중 {cells}칸",
            block,
            sector = Text::from(sector),
            cells
        ),
        Place::Column {
            sector,
            cells: None,
        } => say!(
            "{block}, column {sector}",
            "{block}의 {sector} 열",
            block,
            sector = Text::from(sector)
        ),
        Place::Column {
            sector,
            cells: Some(cells),
        } => say!(
            "{block}, column {sector}, {cells} of its cells",
            "{block}의 {sector} 열 중 {cells}칸",
            block,
            sector = Text::from(sector),
            cells
        ),
        Place::Cell { row, column } => say!(
            "{block}, row {row}, column {column}",
            "{block}의 {row}행 {column}열",
            block,
            row,
            column
        ),
    }
}

/// "... is 0.001 times what it should be: it is in another unit".
fn times(what: &Text, factor: f64) -> Text {
    match factor < 0.0 {
        true => say!(
            "{what}: the sign is exchanged; with the other sign the totals are met",
            "{what}: 부호가 반대임. 부호를 바꾸면 합계와 일치함",
            what
        ),
        false if is_unit(factor) => say!(
            "{what}: {factor} times what it should be, so in another unit; divided by {factor} the totals are met",
            "{what}: 있어야 할 값의 {factor}배이므로 단위가 다름. {factor}(으)로 나누면 합계와 일치함",
            what,
            factor
        ),
        false => say!(
            "{what}: {factor:.4} times what it should be; divided by that the totals are met",
            "{what}: 있어야 할 값의 {factor:.4}배임. 이 값으로 나누면 합계와 일치함",
            what,
            factor
        ),
    }
}

/// Whether a unit may be mistaken by so much: a power of ten.
fn is_unit(factor: f64) -> bool {
    let power = factor.log10();
    (power - power.round()).abs() < 1e-9
}

fn missing(side: Side, sectors: usize, amount: f64, share: Option<f64>) -> Text {
    let size = amount.abs();
    match (side, amount < 0.0) {
        (Side::Columns, true) => {
            let share = share.map_or_else(Text::default, |share| {
                say!(
                    ". Value added is {share:.4} times what the columns leave for it",
                    ". 부가가치는 열에 남는 값의 {share:.4}배임",
                    share
                )
            });
            say!(
                "the columns of {sectors} sectors fall short of their output, by {size:.0} in all: a part of value added, \
                 imports or taxes lacks, or is in another unit{share}",
                "{sectors}개 부문의 열 합계가 총산출에 못 미침(모두 {size:.0}): 부가가치 일부·수입·세금이 빠졌거나 단위가 다름{share}",
                sectors,
                size,
                share
            )
        }
        (Side::Columns, false) => say!(
            "the columns of {sectors} sectors hold more than their output, by {size:.0} in all: an input is counted twice, or \
             stands in them and is no part of output",
            "{sectors}개 부문의 열 합계가 총산출을 넘음(모두 {size:.0}): 투입이 이중으로 계상되었거나 산출에 속하지 않는 항목이 \
             있음",
            sectors,
            size
        ),
        (Side::Rows, true) => say!(
            "the rows of {sectors} sectors fall short of their output, by {size:.0} in all: a category of final demand \
             lacks, exports for one",
            "{sectors}개 부문의 행 합계가 총산출에 못 미침(모두 {size:.0}): 수출 등 최종수요 항목이 빠진 것으로 보임",
            sectors,
            size
        ),
        (Side::Rows, false) => say!(
            "the rows of {sectors} sectors hold more than their output, by {size:.0} in all: imported products stand among \
             the domestic ones, or a category of final demand is counted twice",
            "{sectors}개 부문의 행 합계가 총산출을 넘음(모두 {size:.0}): 국산에 수입품이 섞였거나 최종수요 항목이 이중으로 \
             계상됨",
            sectors,
            size
        ),
        (Side::Imports, true) => say!(
            "the uses of imported products of {sectors} sectors fall short of imports, by {size:.0} in all: a category of \
             imported final demand lacks",
            "{sectors}개 부문의 수입품 사용 합계가 수입에 못 미침(모두 {size:.0}): 수입품의 최종수요 항목이 빠진 것으로 보임",
            sectors,
            size
        ),
        (Side::Imports, false) => say!(
            "the uses of imported products of {sectors} sectors exceed imports, by {size:.0} in all: taxes on them lack in \
             imports, or a use is counted twice",
            "{sectors}개 부문의 수입품 사용 합계가 수입을 넘음(모두 {size:.0}): 수입세가 빠졌거나 사용이 이중으로 계상됨",
            sectors,
            size
        ),
    }
}
