//! `leontief ecos` against recorded answers on this machine: pages, what is kept, what is refused, and that the key shows
//! nowhere.
#![cfg(feature = "ecos")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

const KEY: &str = "SECRETKEY0123456789";

/// A server that answers each request by its path, and what it was asked for.
struct Server {
    endpoint: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn serve(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}/api", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(stream.try_clone().expect("the same")).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines
                .next()
                .and_then(Result::ok)
                .is_some_and(|line| !line.is_empty())
            {}
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let (status, body) = answer(&path);
            list.lock().expect("no panic").push(path);
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body.as_bytes());
        }
    });
    Server { endpoint, asked }
}

/// Runs the program; what it prints on both ways, and whether it succeeds.
fn run(folder: &Path, key: Option<&str>, arguments: &[&str]) -> (bool, String) {
    let mut command = assert_cmd::Command::cargo_bin("leontief").expect("the program is built");
    for name in [
        "LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "ECOS_API_KEY",
        "HTTP_PROXY",
        "http_proxy",
    ] {
        command.env_remove(name);
    }
    if let Some(key) = key {
        command.env("ECOS_API_KEY", key);
    }
    let output = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it runs");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).expect("text");
    assert!(!printed.contains(KEY), "the key is shown: {printed}");
    (output.status.success(), printed)
}

/// A table of two sectors: total flows with all that stands beside and below, as (input, use, value).
fn rows() -> Vec<String> {
    let inputs = ["01", "02", "9590", "9610", "9690", "9790"];
    let uses = [
        "01", "02", "9090", "9111", "9190", "9290", "9310", "9321", "9322", "9329", "9390",
    ];
    let names = |code: &str| match code {
        "01" => "농산물",
        "02" => "공산품",
        "9590" => "중간투입계",
        "9610" => "피용자보수",
        "9690" => "부가가치계",
        "9790" => "총투입계",
        "9090" => "중간수요계",
        "9111" => "민간소비지출",
        "9190" => "최종수요계",
        "9290" => "총수요계",
        "9310" => "총산출",
        "9321" => "수입",
        "9322" => "생산물세(수입)",
        "9329" => "수입계",
        _ => "총공급계",
    };
    let values: [&[f64]; 6] = [
        &[
            10.0, 20.0, 30.0, 80.0, 80.0, 110.0, 100.0, 9.0, 1.0, 10.0, 110.0,
        ],
        &[
            30.0, 40.0, 70.0, 150.0, 150.0, 220.0, 200.0, 20.0, 0.0, 20.0, 220.0,
        ],
        &[40.0, 60.0],
        &[60.0, 140.0],
        &[60.0, 140.0],
        &[100.0, 200.0],
    ];
    let mut rows = Vec::new();
    for (input, values) in inputs.iter().zip(values) {
        for (used, value) in uses.iter().zip(values) {
            rows.push(
                serde_json::json!({
                    "STAT_CODE": "271Y120", "STAT_NAME": "투입산출표 - 총거래표(생산자가격)",
                    "ITEM_CODE1": input, "ITEM_NAME1": names(input),
                    "ITEM_CODE2": used, "ITEM_NAME2": names(used),
                    "UNIT_NAME": "백만원", "TIME": "2024", "DATA_VALUE": value.to_string(),
                })
                .to_string(),
            );
        }
    }
    rows
}

/// The rows that a path asks for.
fn paged(path: &str) -> (u16, String) {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |at: usize| parts[at].parse::<usize>().expect("a number");
    let all = rows();
    let (first, last) = (number(6), number(7).min(all.len()));
    let page = all[first - 1..last].join(",");
    let total = all.len();
    (
        200,
        format!(r#"{{"StatisticSearch":{{"list_total_count":{total},"row":[{page}]}}}}"#),
    )
}

#[test]
fn all_pages_are_fetched_kept_with_date_and_hash_and_make_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(paged);
    let fetch = [
        "ecos",
        "271y120",
        "--year",
        "2024",
        "--rows",
        "10",
        "--endpoint",
        &server.endpoint,
    ];
    let (done, printed) = run(folder.path(), Some(KEY), &fetch);
    assert!(done && printed.contains("30 rows"), "{printed}");
    let asked = server.asked.lock().expect("no panic").clone();
    assert_eq!(asked.len(), 3);
    assert_eq!(
        asked[2],
        format!("/api/StatisticSearch/{KEY}/json/kr/21/30/271Y120/A/2024/2024")
    );
    let kept = std::fs::read_to_string(folder.path().join("ecos/271Y120-2024.json")).expect("kept");
    assert!(!kept.contains(KEY) && !kept.contains("127.0.0.1"));
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(
        kept["about"]["sha256_of_rows"].as_str().map(str::len),
        Some(64)
    );
    assert!(
        kept["about"]["fetched"]
            .as_str()
            .is_some_and(|day| day.len() == 10)
    );
    // What is there is not fetched again; the folder is a table.
    let (done, printed) = run(folder.path(), None, &fetch);
    assert!(done && printed.contains("is there already"), "{printed}");
    assert_eq!(server.asked.lock().expect("no panic").len(), 3);
    let (done, printed) = run(
        folder.path(),
        None,
        &["import", "ecos", "--to", "t", "--lang", "en"],
    );
    assert!(done && printed.contains("2 sectors, 2024"), "{printed}");
    let (done, _) = run(folder.path(), None, &["multipliers", "--table", "t"]);
    assert!(done);
}

fn refusal(status: u16, body: &'static str) -> [String; 2] {
    let folder = TempDir::new().expect("a folder");
    let server = serve(move |_| (status, body.to_owned()));
    ["en", "ko"].map(|lang| {
        let fetch = [
            "ecos",
            "271Y120",
            "--year",
            "2024",
            "--lang",
            lang,
            "--endpoint",
            &server.endpoint,
        ];
        let (done, printed) = run(folder.path(), Some(KEY), &fetch);
        assert!(!done, "{printed}");
        assert!(!folder.path().join("ecos").exists(), "nothing is kept");
        printed
    })
}

#[test]
fn what_is_refused_is_told_apart_in_both_languages_without_the_key() {
    for (status, body, en, ko) in [
        (
            200,
            r#"{"RESULT":{"CODE":"INFO-100","MESSAGE":"인증키가 유효하지 않습니다."}}"#,
            "not accepted",
            "유효하지 않습니다",
        ),
        (
            200,
            r#"{"RESULT":{"CODE":"INFO-200","MESSAGE":"해당하는 데이터가 없습니다."}}"#,
            "no data of table 271Y120 in 2024",
            "자료가 없습니다",
        ),
        (
            200,
            r#"{"RESULT":{"CODE":"ERROR-602","MESSAGE":"과도한 OpenAPI호출"}}"#,
            "quota",
            "제한되었습니다",
        ),
        (
            200,
            "<RESULT><CODE>ERROR-602</CODE></RESULT>",
            "quota",
            "제한되었습니다",
        ),
        (
            200,
            r#"{"RESULT":{"CODE":"ERROR-601","MESSAGE":"SQL"}}"#,
            "an error of its own",
            "서버 오류",
        ),
        (
            200,
            r#"{"RESULT":{"CODE":"ERROR-301","MESSAGE":"key SECRETKEY0123456789"}}"#,
            "(ERROR-301: key ...)",
            "ERROR-301",
        ),
        (
            200,
            "<html>login</html>",
            "none of the interface's",
            "ECOS의 응답이 아닙니다",
        ),
        (500, "", "HTTP status 500", "HTTP 상태 500"),
        (302, "", "none of the interface's", "ECOS의 응답이 아닙니다"),
        (
            200,
            r#"{"StatisticSearch":{"list_total_count":5,"row":[]}}"#,
            "ends after 0 of 5",
            "응답이 끊겼습니다",
        ),
        (
            200,
            r#"{"StatisticSearch":{"list_total_count":99999999,"row":[]}}"#,
            "4000000 at most",
            "4000000행까지",
        ),
    ] {
        let [english, korean] = refusal(status, body);
        assert!(english.contains(en), "{body}: {english}");
        assert!(korean.contains(ko), "{body}: {korean}");
    }
}

#[test]
fn without_a_key_a_network_or_a_safe_address_nothing_is_asked() {
    let folder = TempDir::new().expect("a folder");
    let fetch = |key: Option<&str>, endpoint: &str| {
        let arguments = ["ecos", "271Y120", "--year", "2024", "--endpoint", endpoint];
        let (done, printed) = run(folder.path(), key, &arguments);
        assert!(!done);
        printed
    };
    // Nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port();
    let nobody = format!("http://127.0.0.1:{port}/api");
    assert!(fetch(None, &nobody).contains("ECOS_API_KEY is not set"));
    assert!(fetch(Some("a/../b"), &nobody).contains("letters and digits alone"));
    assert!(fetch(Some(KEY), &nobody).contains("no connection"));
    // The key goes over TLS alone.
    let printed = fetch(Some(KEY), "http://example.org/api");
    assert!(printed.contains("no connection"), "{printed}");
}
