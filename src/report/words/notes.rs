//! Assumptions and warnings: what each [`Note`] says.

use super::{
    amount, amounts, block_title, draws, events, households, industry, list, mix, prices, say,
    spending, split, sum,
};
use crate::lang::{Lang, Text, said};
use crate::model::Earnings;
use crate::scenario::{Note, NoteRecord};

impl Note {
    /// The sentence, in both languages.
    ///
    /// ```
    /// use leontief::Text;
    /// use leontief::scenario::Note;
    /// let note = Note::ExpectedValue { phase: Text::same("Hall"), probability: 0.5 };
    /// let said = "\"Hall\" is counted at its probability of 50 %: its figures are expected values.";
    /// assert_eq!(note.text().en, said);
    /// ```
    pub fn text(&self) -> Text {
        match self {
            Note::NotMadeAtHome { sector, table } => spending::not_made_at_home(sector, table),
            Note::MostlyImported {
                phase,
                share,
                line,
                share_of_line,
            } => say!(
                "{phase}: {percent:.0} % of the spending is imported at once, {part:.0} % of that as \"{line}\".",
                "{phase}: 지출의 {percent:.0}%가 직접 수입되며, 그중 {part:.0}%는 ‘{line}’임.",
                phase,
                percent = share * 100.0,
                part = share_of_line * 100.0,
                line
            ),
            Note::DomesticSharesOfTable {
                lines,
                of,
                by_basis,
                estimated,
            } => spending::domestic_shares_of_table(*lines, *of, by_basis, *estimated),
            Note::HugeAmount {
                amount,
                share,
                currency,
            } => say!(
                "{spent} is {percent:.0} % of the table's GDP: check the unit. Fixed prices and free capacity \
                 cannot be assumed for so much.",
                "{spent}은 산업연관표 GDP의 {percent:.0}%에 해당: 금액 단위를 확인할 것. 이 규모에서는 가격 고정과 \
                 생산능력 무제약을 가정할 수 없음.",
                spent = sum(*amount, currency),
                percent = share * 100.0
            ),
            Note::TinyAmount { amount, currency } => say!(
                "Only {spent} is spent in all: check the unit. A bare number is in whole units of the currency; \
                 write 3억, 3bn or 3조 for more.",
                "전체 지출이 {spent}에 불과함: 금액 단위를 확인할 것. 단위 없는 수는 통화 1단위이며, 큰 금액은 3억, 3bn, \
                 3조처럼 씀.",
                spent = sum(*amount, currency)
            ),
            Note::Resized { factor } => said!(
                "All amounts are resized by {factor:.4} (scale); figures of the scenario are not.",
                "모든 금액에 {factor:.4}배를 적용함(scale). 시나리오 지표는 조정하지 않음."
            ),
            Note::ExpectedValue { phase, probability } => say!(
                "\"{phase}\" is counted at its probability of {percent:.0} %: its figures are expected values.",
                "‘{phase}’은 실현 확률 {percent:.0}%를 곱한 기댓값임.",
                phase,
                percent = probability * 100.0
            ),
            Note::RunsBeforeBuilt {
                phase,
                built_by,
                begins,
                last,
            } => say!(
                "\"{phase}\" begins in {begins}, before \"{built_by}\" ends in {last}: both are counted in the \
                 years between.",
                "‘{phase}’은(는) {begins}에 시작하나 ‘{built_by}’은(는) {last}에 끝남: 그 사이 연도에는 둘 다 계상함.",
                phase,
                built_by,
                begins,
                last
            ),
            Note::HorizonCuts {
                phase,
                months,
                horizon,
                counted,
            } => spending::horizon_cuts(phase, *months, *horizon, *counted),
            Note::ElsewhereWithoutProvince { phase } => say!(
                "{phase}: lines are made \"elsewhere\", but the phase is in no province: it is not split by \
                 region.",
                "{phase}: ‘타지역’ 항목이 있으나 사업 지역이 없어 지역별로 나누지 않음.",
                phase
            ),
            Note::RateChangesNothing { key } => said!(
                "{key} changes nothing: no phase has a start.",
                "{key}의 효과 없음: 시작 시점이 있는 단계가 없음."
            ),
            Note::PolicyChangesNothing { policy } => said!(
                "\"{policy}\" changes nothing: no line of that product is below it.",
                "‘{policy}’의 효과 없음: 해당 품목에 그보다 낮은 국산 비율이 없음."
            ),
            Note::RecipeChangesNothing { recipe } => say!(
                "The recipe \"{recipe}\" changes nothing: no line is made by it.",
                "투입구조 ‘{recipe}’의 효과 없음: 이를 쓰는 항목이 없음.",
                recipe
            ),
            Note::MadeByRecipe { recipe, lines } => say!(
                "{lines}: made by the recipe \"{recipe}\", not with the average inputs of its sector.",
                "{lines}: 부문 평균 투입계수 대신 별도 투입구조 ‘{recipe}’을(를) 적용함.",
                lines = list(lines),
                recipe
            ),
            Note::RecipeAccountsZero { recipe, accounts } => say!(
                "\"{recipe}\" says nothing of {zero} at the producer itself: taken to be zero there, and \
                 counted at its suppliers.",
                "투입구조 ‘{recipe}’에 {zero} 값이 없어 생산자 자신의 직접 발생분은 0으로 보고 공급자분만 계산함.",
                recipe,
                zero = accounts.join(", ")
            ),

            Note::ExchangeRate { rate } => said!(
                "Amounts in dollars are at {rate} won per dollar.",
                "달러 금액은 1달러 {rate}원으로 환산함."
            ),
            Note::Deflated {
                price_year,
                table_year,
                deflator,
                factor,
            } => said!(
                "Amounts in prices of {price_year} are brought to {table_year} by the deflator '{deflator}': \
                 times {factor:.4}.",
                "{price_year}년 가격 금액은 디플레이터 '{deflator}'로 {table_year}년 가격으로 환산함({factor:.4}배)."
            ),
            Note::NoDeflator {
                price_year,
                table_year,
                why,
            } => prices::no_deflator(*price_year, *table_year, *why),
            Note::DeflatedByTable {
                price_year,
                table_year,
                least,
                greatest,
                how,
            } => prices::deflated_by_table(
                *price_year,
                *table_year,
                (*least, *greatest),
                how.as_ref(),
            ),
            Note::DeflatorsEnd {
                year,
                nearest,
                first,
                last,
            } => said!(
                "The table's deflators are of {first} to {last}: prices of {year} are taken to be those of \
                 {nearest}.",
                "표의 디플레이터는 {first}~{last}년치임: {year}년 가격은 {nearest}년과 같다고 봄."
            ),
            Note::TaxesSetAside => said!(
                "Taxes set aside (vat, product_tax) come on top of the producer's price. vat is a rate on the \
                 price before it (10 % is 10/110 of what is paid), product_tax a part of what is paid. Taxes \
                 that the table's own prices include stay with the product, in value added.",
                "별도로 떼어 낸 세금(vat, product_tax)은 생산자가격에 더해지는 것임. vat는 세전 가격에 대한 세율(10%면 \
                 지급액의 10/110), product_tax는 지급액 중 비율임. 산업연관표 가격에 이미 포함된 세금은 생산물 가격과 \
                 부가가치에 남음."
            ),
            Note::ProductTaxOrVat { line } => say!(
                "{line}: a product_tax of 10 % is a tenth of the price paid. VAT of 10 % on top of a price is \
                 10/110 of it: write vat = \"10%\".",
                "{line}: product_tax 10%는 지급액의 10%임. 공급가액에 10%를 더하는 부가가치세는 지급액의 \
                 10/110이므로 vat = \"10%\"로 쓸 것.",
                line
            ),
            Note::PurchasersRatesDefault { line, rates } => {
                let named = rates
                    .iter()
                    .map(|(part, rate)| (*part, Some(rate.as_str())));
                say!(
                    "{line} (purchasers' price): {rates}, as [prices] has it.",
                    "{line}(구매자가격): {rates}([prices] 기본값).",
                    line,
                    rates = prices::parts(named)
                )
            }
            Note::SharedAmong { what, by, shares } => spending::shared_among(what, *by, shares),
            Note::PurchasersRatesMissing { line, rates } => say!(
                "{line} is at purchasers' prices, but no rate is given for: {rates}. Taken to be zero, the \
                 producer gets that part too.",
                "{line}은(는) 구매자가격이나 다음 비율이 없어 0으로 봄(해당 금액은 생산자 몫이 됨): {rates}.",
                line,
                rates = prices::parts(rates.iter().map(|part| (*part, None)))
            ),
            Note::PricesChangeNothing => said!(
                "The rates of [prices] change nothing: no line is at purchasers' prices.",
                "[prices] 비율의 효과 없음: 구매자가격 항목이 없음."
            ),

            Note::IllustrativeAccounts { accounts, source } => say!(
                "{names}: illustrative figures, not statistics. Source: {source}",
                "{names}: 예시용 수치로 통계가 아님. 출처: {source}",
                names = accounts.join(", "),
                source
            ),
            Note::AccountsBrought { accounts, source } => say!(
                "{names}: figures brought by the user. Source: {source}",
                "{names}: 사용자가 제공한 수치. 출처: {source}",
                names = accounts.join(", "),
                source
            ),
            Note::IllustrativePeople { profile } => say!(
                "Jobs by {profile} are illustrative: their shares are not statistics.",
                "{profile}별 취업은 예시용 비율에 따른 것으로 통계가 아님.",
                profile
            ),
            Note::OtherSectors {
                file,
                table,
                classification,
            } => said!(
                "{file} is left out: its sectors are not those of {table} ({classification}).",
                "{file}은(는) 제외함: 부문분류가 {table}({classification})와 다름."
            ),

            Note::HouseholdsEarn {
                of,
                mixed_share,
                taxes,
                contributions,
            } => households::earn(&Earnings {
                of: *of,
                mixed_share: *mixed_share,
                taxes: *taxes,
                contributions: *contributions,
                share: None,
            }),
            Note::FinancedBy { by } => households::financed(*by),
            Note::FinancedIncomeSpent => said!(
                "Net effects: of income given to households only what they spend is taken from elsewhere, not what \
                 they save and pay in taxes.",
                "순효과: 가계에 지급한 소득 중 소비한 금액만 다른 용도에서 줄인 것으로 봄. 저축·조세분은 줄이지 않음."
            ),
            Note::InducedHouseholdShare { share, default, of } => {
                households::spent(*share, *default, *of)
            }
            Note::HouseholdsOpen => said!(
                "Type I: household spending is not counted.",
                "1형(개방모형): 가계소비 유발효과는 포함하지 않음."
            ),
            Note::DomesticInverse => said!(
                "Domestic inverse (I - Ad)^-1: imported inputs do not propagate.",
                "국산 생산유발계수 (I-Ad)^-1(비경쟁수입형): 수입 중간재는 파급되지 않음."
            ),
            Note::InputsMixed { table } => said!(
                "What producers buy is that of table {table} as the scenario's mixes change it: coefficients and the \
                 shares bought at home are those of the changed table.",
                "생산 부문의 투입은 산업연관표 {table}에 시나리오의 구성 변화를 반영한 것임. 계수와 국산 비율은 바뀐 표에 따름."
            ),
            Note::ValueAddedBelowZero { sectors } => mix::value_added_below_zero(sectors),
            Note::ImportsByUserOnly { table } => said!(
                "Table {table} tells imports by user only: where a line states no domestic share, its product is \
                 taken to be imported in the average share of its use.",
                "산업연관표 {table}의 수입은 사용 부문별 합계뿐임: 국산 비율이 없는 항목은 해당 용도의 평균 수입 비중을 \
                 적용함."
            ),
            Note::CompetitiveImports => said!(
                "Competitive-import form (I - (I - m)A)^-1: every use of a product is imported in its average \
                 share.",
                "경쟁수입형 (I-(I-m)A)^-1: 모든 용도의 수입 비율이 품목별 평균과 같음."
            ),
            Note::TotalInverse => said!(
                "Total form (I - A)^-1: as if every input were made at home. An upper bound, not an estimate.",
                "총거래형 (I-A)^-1: 모든 투입을 국내에서 생산한다고 봄. 추정치가 아니라 상한임."
            ),
            Note::NoProductivityGrowth { table_year } => said!(
                "Jobs use the labour coefficients of {table_year}: no productivity growth.",
                "취업자는 {table_year}년 취업계수 기준: 노동생산성 증가는 반영하지 않음."
            ),
            Note::ProductivityGrowth { rate, table_year } => said!(
                "Labour productivity grows by {percent:.1} % a year after {table_year}.",
                "노동생산성은 {table_year}년 이후 연 {percent:.1}% 증가.",
                percent = rate * 100.0,
                table_year = table_year
            ),
            Note::Regrouped {
                table,
                sectors,
                groups,
                mean,
                largest,
                group,
            } => say!(
                "{sectors} sectors of {table} are regrouped to {groups} before inverting. Output multipliers differ \
                 from those of the sectors, weighted by output, by {mean:.2} % on average and {largest:.2} % at most \
                 ({group}).",
                "{table}의 {sectors}개 부문을 역행렬 계산 전에 {groups}개로 재분류함. 생산유발계수는 재분류 전 부문의 \
                 산출 가중평균과 평균 {mean:.2}%, 최대 {largest:.2}%({group}) 차이가 남.",
                sectors,
                table,
                groups,
                mean = mean * 100.0,
                largest = largest * 100.0,
                group = &group.name
            ),
            Note::ScenarioGroupsReplaced => said!(
                "The scenario's own groups are not used: those of --groups stand in their place.",
                "시나리오에 정의된 재분류 대신 --groups로 지정한 재분류를 적용함."
            ),
            Note::EstimatedBlocks { table, blocks } => {
                let titles = blocks.iter().map(|block| {
                    Text::new(block_title(block, Lang::En), block_title(block, Lang::Ko))
                });
                say!(
                    "Estimated, not published, in {table}: {blocks}.",
                    "{table}에서 공표치가 아닌 추정치: {blocks}.",
                    table,
                    blocks = list(&titles.collect::<Vec<_>>())
                )
            }
            Note::SplitEstimated { table, error } => split::estimated(table, error),
            Note::BeyondTableYear {
                table_year,
                latest_year,
            } => said!(
                "The table is of {table_year}, the scenario runs to {latest_year}: the structure of \
                 production, import shares and prices are taken to stay as they were.",
                "산업연관표는 {table_year}년, 시나리오는 {latest_year}년까지임: 생산구조·수입비중·가격이 그대로라고 \
                 가정함."
            ),
            Note::FixedPricesNoLimits => said!(
                "Input-output analysis: fixed prices and coefficients, no capacity limits; gross effects, not \
                 net of what else the money could have done.",
                "산업연관분석의 한계: 가격·투입계수 고정, 생산능력 제약 없음. 대체효과를 뺀 순효과가 아닌 총효과임."
            ),
            Note::ProvinceLeftOut { table } => said!(
                "The province is left out: the regional multipliers are of 83 sectors that {table} does not have.",
                "지역 분석은 제외함: 지역 승수의 83부문은 {table}의 부문분류와 다름."
            ),

            Note::ShockDomestic => said!(
                "The shock is demand for domestic products: nothing of it is imported at once \
                 (--domestic-share changes that).",
                "충격은 국산품에 대한 수요임: 직접 수입되는 부분은 없음(--domestic-share로 변경 가능)."
            ),
            Note::ShockShareOfTable => said!(
                "Of the shock, the table's own share of intermediate use is bought at home.",
                "충격 중 국산 비율은 산업연관표의 중간수요 국산 비율을 적용함."
            ),
            Note::ShockShareStated { share } => said!(
                "Of the shock, a share of {share} is bought at home (--domestic-share).",
                "충격 중 국산 비율은 {share}로 지정함(--domestic-share)."
            ),
            Note::ShockAllDomestic {
                sector,
                imported_share,
            } => say!(
                "{product}: all of the shock is taken to be bought at home, though {percent:.0} % of what \
                 industries use of it is imported (--domestic-share table).",
                "{product}: 충격 전액을 국산품 수요로 보았으나 중간수요의 {percent:.0}%는 수입품임(--domestic-share \
                 table).",
                product = Text::from(sector),
                percent = imported_share * 100.0
            ),
            Note::FallOfDemand | Note::FallOfImportedProduct => said!(
                "A negative shock is a fall of demand for the domestic product. An import or a supply that \
                 fails is another question: dearer imports are `leontief price --import-price`, output that \
                 cannot be made is a cap (--cap), what its buyers then lose is `leontief shortage`, an import that \
                 stops `leontief shortage --imports`.",
                "음(-)의 충격은 국산품에 대한 수요 감소임. 수입이나 공급의 차질은 다른 문제로, 수입가격 상승은 leontief \
                 price --import-price, 생산 제약은 상한(--cap), 공급지장은 leontief shortage, 수입 중단은 leontief \
                 shortage --imports로 분석함."
            ),
            Note::OutputByJobs {
                line,
                sector,
                per_billion,
                currency,
            } => events::by_jobs(line, sector, *per_billion, currency),
            Note::OutputByLabourIncome {
                line,
                sector,
                share,
            } => events::by_labour_income(line, sector, *share),
            Note::JobsOfTableYear { table_year, rate } => {
                events::jobs_of_table_year(*table_year, *rate)
            }
            Note::HouseholdIncomeSpent {
                line,
                share,
                untold,
            } => events::household_income(line, *share, *untold),
            Note::SpentLikeSector { line, what, untold } => events::spent_like(line, what, *untold),
            Note::OutputShock => said!(
                "The shock is to gross output (column j of L over l_jj): what the sector uses of its own \
                 product is part of the output given, so the direct effect is the final demand left over.",
                "충격은 총산출에 대한 것임(L의 j열을 l_jj로 나눔): 자기 생산물 투입분은 주어진 산출에 포함되며, \
                 직접효과는 남는 최종수요임."
            ),

            Note::CapsHoldNothingBack => said!(
                "The caps on sectors hold nothing back: the demand of every year is within them.",
                "부문별 생산 상한은 제약이 되지 않음: 모든 연도의 수요가 상한 이내임."
            ),
            Note::CapExceeded {
                sector,
                wished,
                cap,
                short,
                year,
                currency,
            } => {
                let [wished, cap, short] = amounts([*wished, *cap, *short], *wished, currency);
                say!(
                    "{product} would have to add {wished} of output{year} and can add {cap}: {short} of its \
                     product are short.",
                    "{year}{product}: 필요 추가 생산 {wished}, 상한 {cap}, 부족 {short}.",
                    product = Text::from(sector),
                    year = year.map_or(Text::default(), |y| said!(" in {y}", "{y}년 ")),
                    wished,
                    cap,
                    short
                )
            }
            Note::CapShortOfInputs => said!(
                "The programme's own final demand for a capped product is less than what is short: the rest is \
                 imported as an input of its suppliers. A product that cannot be imported (electricity in \
                 Korea) leaves the rationed case.",
                "상한 품목에 대한 최종수요만으로는 부족분을 흡수할 수 없어 나머지는 공급자의 투입 부족이 되며 수입이 \
                 필요함. 수입할 수 없는 품목(한국의 전력 등)이면 일괄 감축의 경우가 해당됨."
            ),
            Note::CapsApart => said!(
                "Other results are without the caps; the caps count direct and indirect demand (Type I).",
                "다른 결과는 상한을 적용하지 않은 값이며, 상한은 직접·간접 수요(1형)에 대해 적용함."
            ),
            Note::CapsAgainstExpectedDemand => said!(
                "The caps are compared with expected demand: if the uncertain phases do happen, they ask more \
                 of the capped sectors.",
                "생산 상한은 기댓값 수요와 비교함: 불확실한 단계가 실현되면 상한 부문에 대한 수요는 더 큼."
            ),

            Note::BuysMoreThanItSells { industry, .. } => say!(
                "{industry} buys more than it sells: its own value added is negative.",
                "{industry}: 구입액이 매출보다 커 자체 부가가치가 음(-)임.",
                industry
            ),
            Note::UnsoldToFinalUsers { industry, share } => say!(
                "{industry}: the {percent:.1} % of its sales that no buyer is named for goes to final users at \
                 home.",
                "{industry}: 구매자가 지정되지 않은 매출 {percent:.1}%는 국내 최종수요로 봄.",
                industry,
                percent = share * 100.0
            ),
            Note::BuyersChangeNothing { industry } => say!(
                "{industry}: its buyers change nothing: exports and final_demand take all that is sold.",
                "{industry}: 구매자 지정의 효과 없음: 매출 전부가 수출과 최종수요임.",
                industry
            ),
            Note::LabourShareOfEconomy { industry, share } => {
                industry::labour_share_of_economy(industry, *share)
            }
            Note::LabourShareUnknown { industry } => industry::labour_share_unknown(industry),
            Note::ReplacesAllBought {
                sector,
                product,
                bought,
                asked,
                currency,
            } => {
                let [bought, asked] = amounts([*bought, *asked], *asked, currency);
                industry::replaces_all_bought(&sector.name, &product.name, &bought, &asked)
            }
            Note::BuyersPricesStay {
                industry,
                unreplaced,
                currency,
                ..
            } => industry::buyers_prices_stay(industry, &amount(*unreplaced, currency)),
            Note::IncomeBeforeDepreciation { industry, .. } => {
                industry::income_before_depreciation(industry)
            }

            Note::DifferentTables { differs } => said!(
                "They are computed with different tables: {differs}.",
                "서로 다른 산업연관표를 사용함: {differs}."
            ),
            Note::DifferentImports { differs } => said!(
                "Imports are treated differently: {differs}.",
                "수입 처리 방식이 다름: {differs}."
            ),
            Note::DifferentHouseholds { differs } => said!(
                "Households are closed differently: {differs}.",
                "가계 내생화 방식이 다름: {differs}."
            ),
            Note::DifferentFinancing { differs } => said!(
                "The money is taken from different uses, for the net figures: {differs}.",
                "순효과의 재원이 다름: {differs}."
            ),
            Note::DifferentProductivity { differs } => said!(
                "Labour productivity grows differently: {differs}.",
                "노동생산성 증가율이 다름: {differs}."
            ),
            Note::DifferentDiscount { differs } => said!(
                "They are discounted at different rates: {differs}.",
                "할인율이 다름: {differs}."
            ),

            Note::IndependentDraws {
                draws,
                seed,
                uncertain_figures,
            } => draws::independent(*draws, *seed, *uncertain_figures),
            Note::EventInDraws { phase, probability } => draws::event(phase, *probability),
            Note::CoefficientsDrawn {
                shared,
                spread,
                least_value_added_kept,
            } => draws::coefficients(*shared, *spread, *least_value_added_kept),
            Note::SplitDrawn {
                share,
                measured,
                level,
                stated,
            } => split::drawn(*share, *measured, *level, *stated),
            Note::SplitCertain { table } => split::certain(table),
            Note::DrawsAtBounds {
                figure,
                draws_at_bound,
                draws,
            } => draws::at_bounds(figure, *draws_at_bound, *draws),

            Note::Read { code, text, .. } => text.clone().unwrap_or_else(|| Text::same(code)),
        }
    }
}

/// A note as it stands in files: with its sentence.
impl From<Note> for NoteRecord {
    fn from(note: Note) -> Self {
        note.record(Some(note.text()))
    }
}
