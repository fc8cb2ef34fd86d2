//! Notes of events: what demand an amount that is no demand comes to.

use super::say;
use crate::lang::{Lang, Text};
use crate::table::SectorName;
use crate::units::{billion, number};

pub(super) fn by_jobs(line: &Text, sector: &SectorName, per_billion: f64, currency: &str) -> Text {
    say!(
        "{line}: the output of {sector} is that of its jobs, at {per_billion} jobs per {per} of output, the \
         table's average.",
        "{line}: {sector}의 산출은 취업자 수에서 역산함(산출 {per}당 {per_billion}명, 표의 평균).",
        line,
        sector = Text::from(sector),
        per_billion = number(per_billion, 2),
        per = Text::new(billion(currency, Lang::En), billion(currency, Lang::Ko))
    )
}

pub(super) fn by_labour_income(line: &Text, sector: &SectorName, share: f64) -> Text {
    say!(
        "{line}: the output of {sector} is that of its compensation of employees, {percent} % of output, the \
         table's average.",
        "{line}: {sector}의 산출은 피용자보수에서 역산함(산출의 {percent}%, 표의 평균).",
        line,
        sector = Text::from(sector),
        percent = number(share * 100.0, 1)
    )
}

pub(super) fn jobs_of_table_year(table_year: i32, rate: f64) -> Text {
    say!(
        "Jobs that are given are turned into output by the jobs per output of {table_year}; with labour productivity \
         growing by {percent} % a year fewer persons make it later, and fewer jobs are counted than were given.",
        "주어진 취업자 수는 {table_year}년의 취업계수로 산출을 역산함. 노동생산성이 연 {percent}% 늘면 이후 연도에는 \
         같은 산출에 필요한 인원이 줄어, 계상되는 취업자 수가 주어진 수보다 적음.",
        table_year,
        percent = number(rate * 100.0, 1)
    )
}

pub(super) fn household_income(line: &Text, share: f64, untold: f64) -> Text {
    let said = say!(
        "{line}: households spend {percent} % of this income, on what the table's households buy; what they save and \
         pay in taxes sets nothing off.",
        "{line}: 가계가 이 소득의 {percent}%를 표의 민간소비 구성대로 소비함. 저축과 조세는 파급되지 않음.",
        line,
        percent = number(share * 100.0, 1)
    );
    with_untold(said, untold)
}

pub(super) fn spent_like(line: &Text, what: &Text, untold: f64) -> Text {
    let said = say!(
        "{line}: spent on products in the proportions, domestic and imported, in which {what} buys its inputs; no \
         output of {what} itself is counted.",
        "{line}: {what} 부문의 국산·수입 중간투입 구성대로 지출함. {what} 부문 자체의 산출은 포함하지 않음.",
        line,
        what
    );
    with_untold(said, untold)
}

/// What goes to imports whose product the table does not tell, and to taxes on products, is said.
fn with_untold(said: Text, untold: f64) -> Text {
    if untold < 5e-4 {
        return said;
    }
    say!(
        "{said} Left out are the {percent} % of it that go to imports whose product the table does not tell and to \
         taxes on products.",
        "{said} 품목이 구분되지 않은 수입과 생산물세로 나가는 {percent}%는 제외함.",
        said = &said,
        percent = number(untold * 100.0, 1)
    )
}
