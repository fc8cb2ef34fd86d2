//! The blocks of the page in their order, each with the command that tells more.

use super::Page;
use crate::report::Table;

/// A block of the page.
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) title: (&'static str, &'static str),
    pub(super) table: Table,
    /// A sentence under it.
    pub(super) said: Option<String>,
    /// What tells more: a command, `{}` for the code of the sector; nothing where there is none.
    pub(super) more: &'static str,
}

impl Part {
    fn new(
        id: &'static str,
        title: (&'static str, &'static str),
        table: Table,
        more: &'static str,
    ) -> Self {
        Part {
            id,
            title,
            table,
            said: None,
            more,
        }
    }
}

impl Page<'_> {
    /// Its size and its multipliers.
    pub(super) fn measured(&self) -> Vec<Part> {
        let study = self.study;
        let mut parts = vec![
            Part::new("size", ("Its size", "부문 개요"), self.size(), ""),
            Part::new(
                "multipliers",
                (
                    "What a unit of demand for its product sets off",
                    "최종수요 1단위의 유발효과",
                ),
                self.multipliers(),
                "multipliers --sector {}",
            ),
            Part::new(
                "effects",
                (
                    "Those by effect: the sector itself, its suppliers, theirs, households",
                    "효과별 유발계수: 최초·1차·산업지원·소비",
                ),
                self.effects(),
                "multipliers --by effect --type 2 --sector {}",
            ),
        ];
        if !study.taxes.columns.is_empty() {
            parts.push(Part::new(
                "taxes",
                ("What it sets off in taxes", "조세 유발계수"),
                self.taxes(),
                "multipliers --by tax --sector {}",
            ));
        }
        parts.extend(study.sam.as_ref().map(|sam| {
            Part::new(
                "sam",
                (
                    "A unit paid into it in a social accounting matrix",
                    "사회계정행렬(SAM)의 회계승수",
                ),
                self.sam(sam),
                "sam --from {} --to households",
            )
        }));
        parts
    }

    /// What it buys and sells, and by which chains.
    pub(super) fn traded(&self) -> Vec<Part> {
        let study = self.study;
        let mut parts = vec![
            Part::new("buys", ("What it buys", "투입 구조"), self.buys(), ""),
            Part::new(
                "sells",
                ("Who buys its product", "배분 구조"),
                self.sells(),
                "",
            ),
        ];
        parts.extend(study.supplied_by.as_ref().map(|chains| {
            Part::new(
                "supplied_by",
                (
                    "The largest chains of its suppliers, for a unit of demand",
                    "최종수요 1단위의 주요 공급경로",
                ),
                self.supplied_by(chains),
                "suppliers --shock {}=1bn --paths",
            )
        }));
        parts.extend(study.works_for.as_ref().map(|chains| {
            Part::new(
                "works_for",
                (
                    "For whose demand it works: the largest chains to it",
                    "해당 부문에 이르는 주요 공급경로(전 최종수요)",
                ),
                self.works_for(chains),
                "suppliers --shock SECTOR=1bn --paths --to {}",
            )
        }));
        parts
    }

    /// How it hangs together with the others.
    pub(super) fn linked(&self) -> Vec<Part> {
        let study = self.study;
        let mut parts = vec![Part::new(
            "others",
            (
                "What a unit of its output makes others do (the sector exogenous)",
                "산출 1단위가 타 부문에 미치는 파급효과(외생화)",
            ),
            self.others(),
            "multipliers --form output-to-output --sector {}",
        )];
        if !study.linkages.is_empty() {
            parts.push(Part::new(
                "linkages",
                (
                    "How it pulls its suppliers and pushes its users",
                    "전후방연쇄효과",
                ),
                self.linkages(),
                "linkages --method hirschman",
            ));
        }
        if !study.centralities.is_empty() {
            parts.push(Part::new(
                "centralities",
                (
                    "Its place in the network of inputs",
                    "투입 네트워크와 중심성",
                ),
                self.centralities(),
                "linkages --method network",
            ));
        }
        let important = study.important.as_ref();
        parts.extend(important.filter(|of| !of.pairs.is_empty()).map(|pairs| {
            Part::new(
                "important",
                (
                    "Its input coefficients that matter most",
                    "가장 중요한 투입계수(역행렬 중요계수)",
                ),
                self.important(pairs),
                "linkages --method influence --pairs",
            )
        }));
        parts
    }

    /// What others would lose, and pay.
    pub(super) fn without_it(&self) -> Vec<Part> {
        let study = self.study;
        let mut parts = Vec::new();
        if !study.extraction.is_empty() {
            parts.push(Part::new(
                "extraction",
                (
                    "What all others would lose without it (hypothetical extraction)",
                    "해당 부문이 없을 때 타 부문의 감소(가상적 추출)",
                ),
                self.extraction(),
                "extract {}",
            ));
        }
        if study.shortage.is_some() {
            parts.push(Part::new(
                "shortage",
                (
                    "What others lose for a unit that is not delivered, at most",
                    "공급지장효과(1단위당, 상한)",
                ),
                self.shortage(),
                "shortage {}",
            ));
        }
        parts.extend(study.outage.as_ref().map(|outage| Part {
            said: self.said_of(outage),
            ..Part::new(
                "outage",
                (
                    "What is lost while 10 % of it is out for 30 days",
                    "생산차질 10%, 30일의 손실",
                ),
                self.outage(outage),
                "outage {} --loss 10% --days 30",
            )
        }));
        parts.extend(study.import_stop.as_ref().map(|stop| Part {
            said: Some(self.said_of_stop(stop)),
            ..Part::new(
                "import_stop",
                (
                    "What follows where 10 % of the imports of its product stop",
                    "동종 생산물 수입 10% 중단의 영향",
                ),
                self.import_stop(stop),
                "shortage {} --imports --share 10%",
            )
        }));
        parts.push(Part::new(
            "price",
            (
                "What others' prices do where its own rises by 10 %",
                "가격 10% 상승의 물가파급효과",
            ),
            self.price(),
            "price --shock {}=+10%",
        ));
        if !study.years.is_empty() {
            parts.push(Part::new(
                "years",
                ("Over the years", "연도별 추이"),
                self.years(),
                "multipliers --trend",
            ));
        }
        parts
    }

    /// The command that tells more; none of several sectors as one, which have no code in the table.
    pub(super) fn more(&self, command: &str) -> Option<String> {
        let code = &self.study.sectors[self.study.sector].code;
        if command.is_empty() || code.contains('+') {
            return None;
        }
        let command = command.replace("{}", code);
        Some(self.lang.pick(
            format!("More: leontief {command}"),
            format!("자세히: leontief {command}"),
        ))
    }
}
