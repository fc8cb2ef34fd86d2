//! What a table needs, why, and what to put.

use crate::lang::{Text, said};
use crate::table::plan::{Need, State};

impl Need {
    /// What it is.
    pub fn title(self) -> Text {
        match self {
            Need::Title => said!("Title", "제목"),
            Need::Country => said!("Economy", "국가"),
            Need::Classification => said!("Classification", "부문분류"),
            Need::Attribution => said!("Source", "출처"),
            Need::Modifications => said!("Changes against the source", "원자료와 다른 점"),
            Need::Key => said!("A key", "키"),
            Need::Id => said!("Name of the table", "표 이름"),
            Need::Kind => said!("Kind of figures", "수치의 종류"),
            Need::Year => said!("Year", "연도"),
            Need::Currency => said!("Currency", "통화"),
            Need::Unit => said!("Unit of money", "금액 단위"),
            Need::Prices => said!("Price basis", "가격 기준"),
            Need::Categories => said!("Categories of final demand", "최종수요 항목"),
            Need::Parts => said!("Primary inputs", "부가가치 항목"),
            Need::Sectors => said!("Sectors", "부문"),
            Need::TotalFlows => said!("Flows, domestic and imported together", "총거래(국산+수입)"),
            Need::DomesticFlows => said!("Domestic flows", "국산거래"),
            Need::ImportedFlows => said!("Imported flows", "수입거래"),
            Need::DomesticFinalDemand => said!("Final demand, domestic", "최종수요(국산)"),
            Need::ImportedFinalDemand => said!("Final demand, imported", "최종수요(수입)"),
            Need::PrimaryInputs => said!("Value added by sector", "부문별 부가가치"),
            Need::OtherInputs => said!("Imports or taxes by user", "사용자별 수입·세금"),
            Need::Output => said!("Output", "총산출"),
            Need::Imports => said!("Imports by product", "품목별 수입"),
            Need::Accounts => said!("Jobs and other accounts", "취업자 등 위성계정"),
            Need::DomesticCoefficients => said!("Domestic input coefficients", "국산투입계수"),
            Need::ImportCoefficients => said!("Import coefficients", "수입투입계수"),
            Need::ValueAddedCoefficients => said!("Value-added coefficients", "부가가치계수"),
            Need::File => said!("File", "파일"),
            Need::Table => said!("The table as a whole", "표 전체"),
        }
    }

    /// What it is needed for.
    pub fn why(self) -> Text {
        match self {
            Need::Title | Need::Country | Need::Attribution | Need::Modifications => said!(
                "every result names its table and source",
                "모든 결과에 표와 출처를 표시함"
            ),
            Need::Classification => said!(
                "accounts and concordances are matched by it",
                "계정과 연계표를 이로 맞춤"
            ),
            Need::Key => said!("it is read with the rest", "나머지와 함께 읽음"),
            Need::Id => said!(
                "results name the table by it",
                "결과에서 표를 가리키는 이름"
            ),
            Need::Kind => said!(
                "flows or coefficients are read from other files",
                "거래액과 계수는 다른 파일에서 읽음"
            ),
            Need::Year => said!(
                "amounts of other years are brought to its prices",
                "다른 연도의 금액을 이 연도 가격으로 환산함"
            ),
            Need::Currency => said!(
                "amounts are read and shown in it",
                "금액을 읽고 표시하는 통화"
            ),
            Need::Unit => said!(
                "a wrong one makes all results a thousandfold",
                "틀리면 모든 결과가 천 배씩 어긋남"
            ),
            Need::Prices => said!(
                "whether taxes on products stand in the figures",
                "생산물세가 수치에 포함되는지를 정함"
            ),
            Need::Categories => said!(
                "columns of final demand are told by them: households are closed in by theirs",
                "최종수요 열의 뜻을 정하며 가계 내생화에 쓰임"
            ),
            Need::Parts => said!(
                "rows of value added are told by them: labour income closes households in",
                "부가가치 행의 뜻을 정하며 피용자보수로 가계를 내생화함"
            ),
            Need::Sectors => said!(
                "all figures are matched by their codes",
                "모든 수치를 부문 코드로 맞춤"
            ),
            Need::TotalFlows => said!(
                "domestic and imported flows are split from it",
                "국산과 수입을 이로부터 나눔"
            ),
            Need::DomesticFlows => said!(
                "Ad and L = (I - Ad)⁻¹ follow from it",
                "Ad와 L = (I - Ad)⁻¹의 바탕"
            ),
            Need::ImportedFlows => said!(
                "what leaks abroad, and columns that close",
                "해외 누출과 열 합계에 필요"
            ),
            Need::DomesticFinalDemand => said!(
                "rows close with it; inducement by item",
                "행 합계와 최종수요 항목별 유발에 필요"
            ),
            Need::ImportedFinalDemand => said!(
                "shares of domestic origin; GDP by expenditure",
                "국산 비율과 지출 측 GDP에 필요"
            ),
            Need::PrimaryInputs => said!(
                "value added, labour income and Type II",
                "부가가치·노동소득·Type II에 필요"
            ),
            Need::OtherInputs => said!("columns close with it", "열 합계에 필요"),
            Need::Output => said!(
                "coefficients are flows over output",
                "계수는 거래액을 총산출로 나눈 값"
            ),
            Need::Imports => said!(
                "imports are checked by product; taxes on them apart",
                "품목별 수입을 점검하고 수입세를 구분함"
            ),
            Need::Accounts => said!(
                "jobs, emissions and energy of results",
                "결과의 취업자·배출·에너지"
            ),
            Need::DomesticCoefficients => {
                said!("L = (I - Ad)⁻¹ follows from it", "L = (I - Ad)⁻¹의 바탕")
            }
            Need::ImportCoefficients => said!("what leaks abroad", "해외 누출에 필요"),
            Need::ValueAddedCoefficients => {
                said!("value added that is set off", "부가가치 유발에 필요")
            }
            Need::File => said!("figures are read from it", "수치를 읽는 파일"),
            Need::Table => said!(
                "its parts have to fit each other",
                "각 부분이 서로 맞아야 함"
            ),
        }
    }

    /// What to put where it lacks: into the project's own folder, or into others' files.
    pub fn put(self, native: bool) -> Text {
        match (self, native) {
            (Need::Year, true) => said!("year = 2020", "year = 2020"),
            (Need::Year, false) => said!(
                "--year 2020, or a line 'Year | 2020' above the figures",
                "--year 2020, 또는 수치 위에 '연도 | 2020' 행"
            ),
            (Need::Currency, true) => said!("currency = \"KRW\"", "currency = \"KRW\""),
            (Need::Currency, false) => said!(
                "a line 'Currency | KRW' above the figures, or --currency KRW on import",
                "수치 위에 '통화 | KRW' 행, 또는 import의 --currency KRW"
            ),
            (Need::Unit, true) => said!("unit = 1000000 for millions", "unit = 1000000 (백만)"),
            (Need::Unit, false) => said!(
                "a line 'Unit | million' above the figures, or --unit 1000000 on import",
                "수치 위에 '단위 | 백만' 행, 또는 import의 --unit 1000000"
            ),
            (Need::Id, _) => said!("id = \"my-table\"", "id = \"my-table\""),
            (Need::Kind, _) => said!(
                "kind = \"flows\" or \"coefficients\"",
                "kind = \"flows\" 또는 \"coefficients\""
            ),
            (Need::Prices, true) => said!(
                "price_basis = {{ en = \"basic prices\", ko = \"기초가격\" }}, prices = \"basic\"",
                "price_basis = {{ en = \"basic prices\", ko = \"기초가격\" }}, prices = \"basic\""
            ),
            (Need::Prices, false) => said!(
                "a line 'Prices | basic' above the figures",
                "수치 위에 '가격 | 기초가격' 행"
            ),
            (Need::Title, _) => said!(
                "title = {{ en = \"...\", ko = \"...\" }}",
                "title = {{ en = \"...\", ko = \"...\" }}"
            ),
            (Need::Country, _) => said!(
                "country = {{ en = \"...\", ko = \"...\" }}",
                "country = {{ en = \"...\", ko = \"...\" }}"
            ),
            (Need::Attribution, _) => said!(
                "attribution = {{ en = \"...\", ko = \"...\" }}",
                "attribution = {{ en = \"...\", ko = \"...\" }}"
            ),
            (Need::Modifications, _) => said!(
                "modifications = {{ en = \"none\", ko = \"없음\" }}",
                "modifications = {{ en = \"none\", ko = \"없음\" }}"
            ),
            (Need::Classification, _) => said!(
                "classification = \"my-sectors\"",
                "classification = \"my-sectors\""
            ),
            (Need::Key, _) => said!("what is said beside it", "옆에 적힌 대로 고침"),
            (Need::Categories, _) => said!(
                "[[final_demand]] with id, role (household, government, fixed_capital, inventories, exports) and title",
                "[[final_demand]]에 id, role(household, government, fixed_capital, inventories, exports), title"
            ),
            (Need::Parts, _) => said!(
                "[[primary_input]] with id, role (compensation, operating_surplus, consumption_of_fixed_capital, \
                 net_production_taxes) and title",
                "[[primary_input]]에 id, role(compensation, operating_surplus, consumption_of_fixed_capital, \
                 net_production_taxes), title"
            ),
            (Need::Sectors, true) => said!(
                "a file code,name_ko,name_en,group",
                "code,name_ko,name_en,group 파일"
            ),
            (Need::Sectors, false) => said!(
                "a block whose row of codes or names and column of codes or names are the same",
                "행과 열의 부문 코드나 이름이 똑같은 블록"
            ),
            (Need::DomesticFlows | Need::ImportedFlows | Need::TotalFlows, true) => said!(
                "a file code,<sector>,...: a row a product, a column a buyer",
                "code,<부문>,... 파일: 행은 품목, 열은 구매 부문"
            ),
            (Need::DomesticFlows | Need::TotalFlows, false) => said!(
                "the table of domestic flows beside the total one, or imports by product, from which the split is estimated",
                "총거래표와 함께 국산거래표, 또는 나눔을 추정할 품목별 수입"
            ),
            (Need::ImportedFlows | Need::ImportedFinalDemand, false) => said!(
                "the table of imports, or a row or column 'imports'",
                "수입거래표, 또는 '수입' 행이나 열"
            ),
            (Need::DomesticFinalDemand | Need::ImportedFinalDemand, true) => said!(
                "a file code,<category>,... with the ids of table.toml",
                "code,<항목>,... 파일(table.toml의 id)"
            ),
            (Need::DomesticFinalDemand, false) => said!(
                "columns after the sectors: households, government, investment, exports",
                "부문 뒤에 민간소비, 정부소비, 투자, 수출 열"
            ),
            (Need::PrimaryInputs, true) => said!(
                "a file part,<sector>,... with the ids of table.toml",
                "part,<부문>,... 파일(table.toml의 id)"
            ),
            (Need::PrimaryInputs, false) => said!(
                "rows under the sectors: compensation, operating surplus, taxes, or value added in all",
                "부문 아래에 피용자보수, 영업잉여, 세금 행 또는 부가가치계 행"
            ),
            (Need::OtherInputs, _) => said!("a file part,<sector>,...", "part,<부문>,... 파일"),
            (Need::Output, true) => said!("a file code,output", "code,output 파일"),
            (Need::Output, false) => said!(
                "a row or a column 'output' (or all inputs with value added)",
                "'총산출' 행이나 열(또는 모든 투입과 부가가치)"
            ),
            (Need::Imports, true) => said!(
                "a file code,imports_cif,import_taxes",
                "code,imports_cif,import_taxes 파일"
            ),
            (Need::Imports, false) => said!("a column 'imports'", "'수입' 열"),
            (Need::Accounts, true) => said!(
                "[[account]] in table.toml and a file code,<account>,...",
                "table.toml의 [[account]]와 code,<계정>,... 파일"
            ),
            (Need::Accounts, false) => said!(
                "a row 'jobs', or a file --accounts jobs.csv",
                "'취업자' 행, 또는 --accounts jobs.csv"
            ),
            (Need::DomesticCoefficients | Need::ImportCoefficients, _) => {
                said!("a square of coefficients", "계수 행렬")
            }
            (Need::ValueAddedCoefficients, _) => {
                said!("a file code,value_added", "code,value_added 파일")
            }
            (Need::File | Need::Table, _) => said!("what is said beside it", "옆에 적힌 대로 고침"),
        }
    }
}

impl State {
    /// How it is said.
    pub fn title(self) -> Text {
        match self {
            State::There => said!("there", "있음"),
            State::Derived => said!("derived", "유도"),
            State::Optional => said!("not needed", "선택"),
            State::Missing => said!("MISSING", "없음"),
            State::Wrong => said!("WRONG", "오류"),
        }
    }
}
