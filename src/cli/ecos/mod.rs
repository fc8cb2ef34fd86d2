//! `leontief ecos`: input-output tables from the Bank of Korea's open interface, with the user's own key.
//!
//! The key is read from the environment, goes to the Bank of Korea alone (over TLS, redirects are not
//! followed) and is neither printed nor kept: no message holds an address.

mod service;

use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::format::write_with;
use service::{Query, Service};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const EXAMPLES: &str = "\
Examples:
  export ECOS_API_KEY=...                            your own key, from https://ecos.bok.or.kr/api
  leontief ecos 271Y120 --year 2023 --to ecos-2023   total transactions
  leontief ecos 271Y112 271Y113 271Y115 --year 2023 --to ecos-2023
  leontief import ecos-2023 --to korea-2023";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Codes of tables in ECOS
    #[arg(value_name = "TABLE", required = true, value_parser = table_code)]
    tables: Vec<String>,
    /// The year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1900..2200))]
    year: i32,
    /// The folder that keeps the answers; what is there already is not fetched again
    #[arg(long, value_name = "FOLDER", default_value = "ecos")]
    to: PathBuf,
    /// Fetch again what is there already
    #[arg(long)]
    again: bool,
    /// Another server, for tests
    #[arg(long, hide = true, default_value = service::ENDPOINT)]
    endpoint: String,
    /// Rows a request, for tests
    #[arg(long, hide = true, default_value_t = 10_000)]
    rows: usize,
}

fn table_code(text: &str) -> std::result::Result<String, String> {
    let fits = (3..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    match fits {
        true => Ok(text.to_uppercase()),
        false => Err("a code of ECOS is letters and digits, as 271Y120".to_owned()),
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let mut lines = Vec::new();
    let mut service = None;
    for table in &args.tables {
        let path = args.to.join(format!("{table}-{}.json", args.year));
        let name = path.display();
        if path.exists() && !args.again {
            lines.push(out.lang.pick(
                format!("{name} is there already; --again fetches it anew"),
                format!("{name}: 이미 있습니다. 다시 받으려면 --again을 쓰십시오"),
            ));
            continue;
        }
        let service = match &mut service {
            Some(service) => service,
            none => none.insert(Service::new(&args.endpoint, args.rows)?),
        };
        let query = Query {
            table,
            year: args.year,
        };
        let rows = service.rows(&query)?;
        let count = rows.len();
        let rows = serde_json::to_vec(&rows).map_err(|e| Error::unwritable("JSON", e))?;
        let hash = Sha256::digest(&rows);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        keep(&path, table, args.year, &rows, &hash)?;
        lines.push(out.lang.pick(
            format!("{name}: {count} rows (SHA-256 {}...)", &hash[..16]),
            format!("{name}: {count}행(SHA-256 {}...)", &hash[..16]),
        ));
    }
    let folder = args.to.display();
    lines.push(out.lang.pick(
        format!("next: leontief import {folder} --to my-table"),
        format!("다음 단계: leontief import {folder} --to my-table"),
    ));
    lines.push(String::new());
    out.text(&lines.join("\n"))
}

/// Keeps an answer, with what was asked, when, and the hash of the rows.
fn keep(path: &Path, table: &str, year: i32, rows: &[u8], hash: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| Error::Io {
            action: "write",
            path: folder.to_owned(),
            source,
        })?;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_secs());
    let about = serde_json::json!({
        "source": "Bank of Korea, ECOS (StatisticSearch)",
        "table": table,
        "year": year,
        "fetched": date(now),
        "sha256_of_rows": hash,
    });
    write_with(path, &mut |to| {
        write!(to, "{{\"about\":{about},\"row\":")?;
        to.write_all(rows)?;
        to.write_all(b"}\n")
    })
}

/// The day of a second since 1970, in UTC (Howard Hinnant's `civil_from_days`).
fn date(seconds: u64) -> String {
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + 400 * era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What is said where there is no key.
fn no_key() -> Error {
    Error::invalid(said!(
        "ECOS_API_KEY is not set: get a key of your own at https://ecos.bok.or.kr/api (free), then \
         export ECOS_API_KEY=...",
        "ECOS_API_KEY가 설정되지 않았습니다. https://ecos.bok.or.kr/api 에서 인증키를 발급받아(무료) export ECOS_API_KEY=...로 \
         설정하십시오"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_named_as_calendars_name_them() {
        let days = [0, 951_782_400, 951_868_800, 1_795_737_599, 4_102_444_800].map(date);
        let due = [
            "1970-01-01",
            "2000-02-29",
            "2000-03-01",
            "2026-11-26",
            "2100-01-01",
        ];
        assert_eq!(days, due);
    }
}
