//! Notes of a new industry.

use super::say;
use crate::lang::Text;

pub(super) fn labour_share_of_economy(industry: &Text, share: f64) -> Text {
    say!(
        "{industry}: no labour_share given; compensation is {share:.3} of value added, as in the whole \
         economy.",
        "{industry}: labour_share가 없어 경제 전체의 피용자보수/부가가치 {share:.3}을 적용함.",
        industry,
        share
    )
}

pub(super) fn labour_share_unknown(industry: &Text) -> Text {
    say!(
        "{industry}: neither the scenario nor the table says what part of value added is paid to employees; \
         all of it is taken as surplus.",
        "{industry}: 피용자보수 비율을 알 수 없어 부가가치 전액을 잉여로 봄.",
        industry
    )
}

pub(super) fn replaces_all_bought(
    buyer: &Text,
    product: &Text,
    bought: &Text,
    asked: &Text,
) -> Text {
    say!(
        "{buyer} buys only {bought} of {product}, not the {asked} that would be replaced: it replaces all of \
         it.",
        "{buyer}의 {product} 구입액은 {bought}으로 대체 대상 {asked}보다 작아 전액만 대체함.",
        buyer,
        product,
        bought,
        asked
    )
}

pub(super) fn buyers_prices_stay(industry: &Text, unreplaced: &Text) -> Text {
    say!(
        "{industry}: buyers' prices stay as they are, so the {unreplaced} that they pay for it and that \
         replace nothing come out of their own value added.",
        "{industry}: 구매 산업의 산출가격을 고정하므로 기존 투입을 대체하지 않는 구매액 {unreplaced}은 구매 산업의 \
         부가가치에서 차감됨.",
        industry,
        unreplaced
    )
}

pub(super) fn income_before_depreciation(industry: &Text) -> Text {
    say!(
        "{industry}: what stays at home is value added less the surplus of owners abroad, before depreciation \
         (gross national income, not net).",
        "{industry}: 국내 귀속은 부가가치에서 외국인 귀속 잉여를 뺀 것으로 감가상각(고정자본소모) 차감 전의 총액임.",
        industry
    )
}
