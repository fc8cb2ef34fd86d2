//! How the figures are made and what they cannot say.

use super::Brief;
use crate::impact::Driver;
use crate::lang::Lang;
use crate::model::ImportTreatment;
use crate::report::words::spent_income;

/// A part of the appendix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// A stable name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub items: Vec<Item>,
}

/// A piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A paragraph.
    Text(String),
    /// A formula.
    Formula(String),
    /// A list.
    List(Vec<String>),
}

/// The method and data appendix of a report.
pub fn method(brief: &Brief, lang: Lang) -> Vec<Part> {
    let part = |id: &str, title: &str, items| Part {
        id: id.to_owned(),
        title: title.to_owned(),
        items,
    };
    vec![
        part("method", lang.pick("Model", "모형"), formulas(brief, lang)),
        part(
            "definitions",
            lang.pick("Definitions", "용어"),
            vec![Item::List(definitions(brief, lang))],
        ),
        part(
            "limits",
            lang.pick(
                "What an input-output model cannot say",
                "산업연관분석의 한계",
            ),
            vec![Item::List(limits(brief, lang))],
        ),
        part(
            "receipt",
            lang.pick("Data and versions", "자료와 버전"),
            vec![Item::List(receipt(brief, lang))],
        ),
    ]
}

fn formulas(brief: &Brief, lang: Lang) -> Vec<Item> {
    let r = &brief.estimate.impact.receipt;
    let text = |en: &str, ko: &str| Item::Text(lang.pick(en, ko).to_owned());
    let formula = |f: &str| Item::Formula(f.to_owned());
    let inverse = match r.imports {
        ImportTreatment::Domestic => "L = (I − Ad)⁻¹",
        ImportTreatment::Competitive => "L = (I − (I − m)A)⁻¹",
        ImportTreatment::Total => "L = (I − A)⁻¹",
    };
    let mut items = vec![
        text(
            "Spending is split line by line into demand for domestic products, f, imports and taxes on products. The \
             domestic demand goes through the Leontief inverse of the domestic input coefficients:",
            "지출을 항목별로 국산품 수요(f), 수입, 생산물세로 나누고, 국산품 수요에 국산 투입계수의 레온티예프 역행렬을 \
             곱한다.",
        ),
        formula(&format!("x = L f,   {inverse}")),
        text(
            "Direct is the domestic demand itself; indirect is what suppliers, and theirs, produce:",
            "직접효과는 국산품 수요 자체이며, 간접효과는 공급업체와 그 공급업체의 생산이다.",
        ),
        formula(lang.pick(
            "direct = f,   indirect = (L − I) f",
            "직접 = f,   간접 = (L − I) f",
        )),
    ];
    if let Some(share) = r.household_share {
        let income = spent_income(r.households.as_ref());
        let (income_en, income_ko) = (income.en, income.ko);
        items.push(Item::Text(lang.pick(
            format!(
                "Induced effects close the model for households, who spend the share s = {share:.3} of {income_en} \
                 (w per unit of output) on the basket c of domestic products:"
            ),
            format!(
                "소득유발효과는 가계를 내생화하여 구한다. 가계는 {income_ko}(산출 1단위당 w) 중 s = {share:.3}을 국산 \
                 소비재 묶음 c에 지출한다."
            ),
        )));
        items.push(formula(
            "h = s w′L f / (1 − s w′L c),   x₍induced₎ = L c h"
                .replace("₍induced₎", lang.pick("(induced)", "(유발)"))
                .as_str(),
        ));
    }
    items.push(text(
        "Value added, jobs and imported inputs are coefficients per unit of output times x. All domestic demand ends \
         as value added or as imports:",
        "부가가치, 취업, 수입 중간재는 산출 단위당 계수에 x를 곱해 구한다. 국산품 수요는 모두 부가가치나 수입으로 \
         귀착된다.",
    ));
    items.push(formula("v′L + 1′Am L = 1′"));
    if r.driven_by == Driver::Output {
        items.push(text(
            "The shock is to gross output, not to final demand: the demand is the one that makes the sectors produce the \
             outputs given.",
            "충격은 최종수요가 아니라 총산출에 대한 것이며, 주어진 산출을 가져오는 수요를 역산하였다.",
        ));
    }
    items.push(text(
        "Source of the method: Miller and Blair, Input-Output Analysis, 3rd ed., chapters 2 and 6; conventions as in \
         the Bank of Korea's input-output tables.",
        "방법론: Miller & Blair, Input-Output Analysis(제3판) 2장·6장. 국산·수입 구분은 한국은행 산업연관표의 \
         비경쟁수입형 관행을 따름.",
    ));
    items
}

fn definitions(brief: &Brief, lang: Lang) -> Vec<String> {
    let r = &brief.estimate.impact.receipt;
    let both = [
        (
            "Output: gross production at producers' prices, intermediate products included; it counts inputs \
             again at each stage and is no measure of income.".to_owned(),
            "생산: 중간재를 포함한 총산출(생산자가격). 단계마다 투입이 중복 계산되므로 소득의 척도가 아님.".to_owned(),
        ),
        (
            format!("Value added: contribution to GDP. Prices: {}.", r.price_basis.en),
            format!("부가가치: GDP에 대한 기여. 가격 기준: {}.", r.price_basis.ko),
        ),
        (
            "Job-year: work for one person for one year, full-time equivalent (one-off phases). Job: a post held all \
             year (recurring phases). The two are never added.".to_owned(),
            "인년: 한 사람이 1년간 일하는 양(전업환산, 일회성 단계). 명: 연중 유지되는 일자리(반복 단계). 둘은 합산하지 않음.".to_owned(),
        ),
        (
            "Imports: what is imported at once, what suppliers import as inputs, and what households import of what \
             they spend.".to_owned(),
            "수입: 직접 수입, 공급업체의 수입 중간재, 가계가 소비하는 수입품.".to_owned(),
        ),
        (
            "Type I: direct and indirect. Type II: with what households spend of the income earned.".to_owned(),
            "1형: 직접+간접. 2형: 발생한 소득을 가계가 지출하는 효과까지 포함.".to_owned(),
        ),
        (
            "Tier: 0 is the demand itself, 1 what is bought to meet it, 2 what those suppliers buy.".to_owned(),
            "차수: 0차는 수요 자체, 1차는 이를 충족하기 위한 구매, 2차는 그 공급자의 구매.".to_owned(),
        ),
    ];
    both.into_iter().map(|(en, ko)| lang.pick(en, ko)).collect()
}

fn limits(brief: &Brief, lang: Lang) -> Vec<String> {
    let capacity = if brief.estimate.impact.constrained.is_some() {
        (
            "Capacity limits hold only for the sectors that are capped, and only in the table of what the caps change; all \
             other figures are without limits.",
            "생산능력 제약은 상한을 둔 부문에 대해 제약 결과표에만 반영되며, 그 밖의 수치는 제약이 없는 값임.",
        )
    } else {
        (
            "No capacity limits: every supplier can produce what is asked of it, at once, with the same inputs.",
            "생산능력 제약이 없음: 모든 공급자가 같은 투입구조로 즉시 필요한 만큼 생산할 수 있다고 봄.",
        )
    };
    let both = [
        (
            "Prices are fixed: dearer labour, land or power does not choke demand off.",
            "가격이 고정되어 있어 임금·지가·전력요금 상승에 따른 수요 위축을 반영하지 못함.",
        ),
        capacity,
        (
            "Coefficients are averages of an industry in one year, not those of the marginal or the newest plant.",
            "투입계수는 특정 연도 산업 평균이며, 신규·한계 설비의 투입구조가 아님.",
        ),
        (
            "Effects are gross: what the same money would have done elsewhere, and what is displaced, is not deducted.",
            "총효과임: 같은 재원을 다른 곳에 썼을 때의 효과나 위축되는 다른 활동을 빼지 않음.",
        ),
        (
            "Nothing is said of what the project makes possible: productivity of its users, prices, spill-overs.",
            "사업이 가능하게 하는 이용자 생산성 향상, 가격 변화, 기술 파급은 포함하지 않음.",
        ),
        (
            "Labour is counted, not found: whether the people exist, and where they would come from, is another question.",
            "필요한 노동량을 계산할 뿐, 인력이 실제로 있는지와 어디에서 오는지는 다루지 않음.",
        ),
    ];
    both.into_iter()
        .map(|(en, ko)| lang.pick(en, ko).to_owned())
        .collect()
}

fn receipt(brief: &Brief, lang: Lang) -> Vec<String> {
    let r = &brief.estimate.impact.receipt;
    let mut items = vec![
        format!(
            "{}: {}",
            lang.pick("Table", "산업연관표"),
            r.table_heading(lang)
        ),
        format!(
            "{}: {}",
            lang.pick("Content hash (SHA-256)", "내용 해시(SHA-256)"),
            r.table_hash
        ),
        r.attribution.get(lang).to_owned(),
        format!(
            "{}: {}",
            lang.pick("Imports in the inverse", "수입 처리"),
            match r.imports {
                ImportTreatment::Domestic => lang.pick(
                    "domestic inverse (non-competitive imports)",
                    "비경쟁수입형(국산 역행렬)"
                ),
                ImportTreatment::Competitive => lang.pick("competitive imports", "경쟁수입형"),
                ImportTreatment::Total => lang.pick("total form", "총거래형"),
            }
        ),
        match r.household_share {
            Some(share) => lang.pick(
                format!(
                    "Households: closed, share spent of {} {share:.6}{}",
                    spent_income(r.households.as_ref()).en,
                    if r.household_share_default {
                        " (the table's own)"
                    } else {
                        " (as given)"
                    }
                ),
                format!(
                    "가계 내생화: {} 중 소비 비율 {share:.6}{}",
                    spent_income(r.households.as_ref()).ko,
                    if r.household_share_default {
                        "(산업연관표 값)"
                    } else {
                        "(지정값)"
                    }
                ),
            ),
            None => lang
                .pick(
                    "Households: not closed (Type I)",
                    "가계 내생화: 하지 않음(1형)",
                )
                .to_owned(),
        },
        format!("leontief {}", r.version),
    ];
    if let Some((rate, year)) = r.discount {
        let percent = rate * 100.0;
        items.push(lang.pick(
            format!("Discounted to {year} at {percent:.1} % a year where said so"),
            format!("할인: {year}년 기준, 연 {percent:.1}%(표시된 곳에 한함)"),
        ));
    }
    if let Some(e) = &brief.estimate.uncertainty {
        items.push(lang.pick(
            format!("Draws: {}, seed {}", e.draws, e.seed),
            format!("모의실험: {}회, 시드 {}", e.draws, e.seed),
        ));
    }
    if let Some(regional) = &brief.estimate.impact.regional {
        items.push(format!(
            "{}: {}",
            lang.pick(
                format!("Regional multipliers of {}", regional.year),
                format!("{}년 지역 승수", regional.year)
            ),
            regional.attribution.get(lang)
        ));
    }
    items.push(
        lang.pick(
            "Figures are rounded once for the whole report, so that parts add up to what is shown; amounts in \
             sentences are in larger units",
            "수치는 보고서 전체에서 한 번만 반올림하여 합계와 내역이 일치하며, 문장의 금액은 더 큰 단위로 표시함",
        )
        .to_owned(),
    );
    items
}
