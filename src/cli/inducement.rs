//! `leontief inducement`: what each item of final demand sets off.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::Inducement;
use crate::error::Result;
use crate::lang::said;
use crate::model::Model;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = opened.table.flows(said!(
        "inducement by item of final demand",
        "최종수요 항목별 유발효과"
    ))?;
    let model = Model::from_coefficients(table.coefficients())?;
    let inducement = Inducement::of_model(table, &model);
    out.course.solved(&model);
    out.show(&inducement.document(out.lang), &inducement)?;
    opened.remark(None, out)
}
