//! The open interface itself: `StatisticSearch`, page by page, and what it refuses.

use super::no_key;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use serde_json::Value;
use std::time::Duration;

/// Where the Bank of Korea answers.
pub(super) const ENDPOINT: &str = "https://ecos.bok.or.kr/api";

/// The longest answer to one request, in bytes.
const LONGEST_ANSWER: u64 = 128 << 20;

/// The most rows of a table: one of 2,000 by 2,000.
const MOST_ROWS: usize = 4_000_000;

/// The least time between two requests: the quota is 300 in three minutes.
const BETWEEN: Duration = Duration::from_millis(600);

/// What is asked for.
pub(super) struct Query<'a> {
    pub(super) table: &'a str,
    pub(super) year: i32,
}

/// The interface, with the key.
pub(super) struct Service {
    agent: ureq::Agent,
    endpoint: String,
    key: String,
    rows: usize,
    asked: bool,
}

impl Service {
    /// The interface at an address; the key is that of the environment.
    pub(super) fn new(endpoint: &str, rows: usize) -> Result<Self> {
        let key = std::env::var("ECOS_API_KEY").unwrap_or_default();
        let key = key.trim().to_owned();
        if key.is_empty() {
            return Err(no_key());
        }
        if !key.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Error::invalid(said!(
                "ECOS_API_KEY is no key: it has letters and digits alone",
                "ECOS_API_KEY의 값이 인증키가 아닙니다. 인증키는 영문자와 숫자로만 되어 있습니다"
            )));
        }
        let here = ["http://127.0.0.1:", "http://localhost:"]
            .iter()
            .any(|start| endpoint.starts_with(start));
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(120)))
            .timeout_connect(Some(Duration::from_secs(20)))
            // The key is part of the address: it goes nowhere else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .https_only(!here)
            .user_agent(concat!("leontief/", env!("CARGO_PKG_VERSION")));
        let config = match here {
            true => config.proxy(None),
            false => config,
        };
        Ok(Service {
            agent: config.build().into(),
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            key,
            rows: rows.max(1),
            asked: false,
        })
    }

    /// All rows of a table in a year.
    pub(super) fn rows(&mut self, query: &Query<'_>) -> Result<Vec<Value>> {
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let (first, last) = (rows.len() + 1, rows.len() + self.rows);
            let answer = self.ask(query, first, last)?;
            let (total, page) = page(&answer).ok_or_else(|| self.refusal(query, &answer))?;
            if total > MOST_ROWS || rows.len() + page.len() > MOST_ROWS {
                let table = query.table;
                return Err(Error::invalid(said!(
                    "table {table} has {total} rows, {MOST_ROWS} at most: it is no input-output table",
                    "통계표 {table}은(는) {total}행입니다. {MOST_ROWS}행까지 받을 수 있으며 산업연관표가 아닙니다"
                )));
            }
            let none = page.is_empty();
            rows.extend(page);
            if rows.len() >= total {
                return Ok(rows);
            }
            if none {
                let (table, n) = (query.table, rows.len());
                return Err(Error::invalid(said!(
                    "table {table}: the answer ends after {n} of {total} rows: try again later",
                    "통계표 {table}: {total}행 중 {n}행에서 응답이 끊겼습니다. 잠시 후 다시 시도하십시오"
                )));
            }
        }
    }

    /// The text of an answer.
    fn ask(&mut self, query: &Query<'_>, first: usize, last: usize) -> Result<String> {
        if self.asked && self.endpoint == ENDPOINT {
            std::thread::sleep(BETWEEN);
        }
        self.asked = true;
        let (endpoint, key, table, year) = (&self.endpoint, &self.key, query.table, query.year);
        let address = format!(
            "{endpoint}/StatisticSearch/{key}/json/kr/{first}/{last}/{table}/A/{year}/{year}"
        );
        let answer = self.agent.get(&address).call().and_then(|mut answer| {
            let body = answer.body_mut().with_config();
            body.limit(LONGEST_ANSWER).read_to_string()
        });
        answer.map_err(|error| self.failure(&error))
    }

    /// What kept an answer from coming, without the address.
    fn failure(&self, error: &ureq::Error) -> Error {
        use ureq::Error as E;
        let why = match error {
            E::StatusCode(status) => said!(
                "the server answers with HTTP status {status}: try again later",
                "서버가 HTTP 상태 {status}(으)로 응답했습니다. 잠시 후 다시 시도하십시오"
            ),
            E::Timeout(_) | E::BodyStalled => said!(
                "no answer in time: try again later",
                "제한 시간 안에 응답이 없습니다. 잠시 후 다시 시도하십시오"
            ),
            E::HostNotFound => said!(
                "the server is not found: is this machine on the network?",
                "서버를 찾을 수 없습니다. 네트워크 연결을 확인하십시오"
            ),
            E::BodyExceedsLimit(_) => said!(
                "the answer is longer than any table",
                "응답이 지나치게 깁니다"
            ),
            other => {
                let why = self.without_key(&other.to_string());
                said!(
                    "no connection ({why}): is this machine on the network, behind a proxy (HTTPS_PROXY)?",
                    "연결할 수 없습니다({why}). 네트워크와 프록시(HTTPS_PROXY) 설정을 확인하십시오"
                )
            }
        };
        let Text { en, ko } = why;
        Error::invalid(said!("ECOS: {en}", "ECOS: {ko}"))
    }

    /// What the server refuses, by its code.
    fn refusal(&self, query: &Query<'_>, answer: &str) -> Error {
        let (table, year) = (query.table, query.year);
        let code = code(answer).unwrap_or_default();
        let Text { en, ko } = match code {
            "INFO-100" => said!(
                "the key in ECOS_API_KEY is not accepted: look at it on https://ecos.bok.or.kr/api, where a new one may \
                 take a day to be of use",
                "ECOS_API_KEY의 인증키가 유효하지 않습니다. https://ecos.bok.or.kr/api 에서 확인하십시오. 새 인증키는 사용할 수 \
                 있기까지 하루쯤 걸릴 수 있습니다"
            ),
            "INFO-200" => said!(
                "there is no data of table {table} in {year}: look for the code and its years on ECOS",
                "통계표 {table}에 {year}년 자료가 없습니다. ECOS에서 통계표 코드와 수록 기간을 확인하십시오"
            ),
            "ERROR-602" => said!(
                "too many requests: the quota of the key is used up, try again in half an hour",
                "호출 횟수가 많아 제한되었습니다. 30분쯤 뒤에 다시 시도하십시오"
            ),
            "ERROR-400" => said!(
                "the server took too long: try again, or fewer rows at once",
                "서버의 처리 시간이 초과되었습니다. 다시 시도하십시오"
            ),
            "ERROR-500" | "ERROR-600" | "ERROR-601" => said!(
                "the server has an error of its own ({code}): try again later",
                "서버 오류입니다({code}). 잠시 후 다시 시도하십시오"
            ),
            "" => said!(
                "the answer is none of the interface's: is a proxy or a login page in between?",
                "ECOS의 응답이 아닙니다. 중간에 프록시나 로그인 화면이 있는지 확인하십시오"
            ),
            other => {
                let message = self.without_key(&message(answer));
                said!(
                    "the request is refused ({other}: {message})",
                    "요청이 거부되었습니다({other}: {message})"
                )
            }
        };
        Error::invalid(said!("ECOS: {en}", "ECOS: {ko}"))
    }

    /// A text of others in which the key may stand, without it and cut.
    fn without_key(&self, text: &str) -> String {
        let text = text.replace(&self.key, "...");
        text.chars().take(200).collect()
    }
}

/// How many rows there are in all, and those of the answer.
fn page(answer: &str) -> Option<(usize, Vec<Value>)> {
    let mut answer: Value = serde_json::from_str(answer).ok()?;
    let found = answer.get_mut("StatisticSearch")?;
    let total = found.get("list_total_count")?;
    let total = match total {
        Value::String(text) => text.parse().ok()?,
        number => usize::try_from(number.as_u64()?).ok()?,
    };
    match found.get_mut("row")?.take() {
        Value::Array(rows) => Some((total, rows)),
        _ => None,
    }
}

/// The code of a refusal, in JSON or in the XML that is sometimes answered: "INFO-200".
fn code(answer: &str) -> Option<&str> {
    ["INFO-", "ERROR-"].iter().find_map(|kind| {
        let from = answer.find(kind)?;
        let code = answer.get(from..from + kind.len() + 3)?;
        code[kind.len()..]
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(code)
    })
}

/// What a refusal says.
fn message(answer: &str) -> String {
    let said = serde_json::from_str::<Value>(answer).ok();
    let said = said.as_ref().and_then(|answer| {
        let result = answer.get("RESULT")?;
        result.get("MESSAGE")?.as_str().map(str::to_owned)
    });
    said.unwrap_or_default()
}
