//! Whose prices an amount is in, and what is split off it to reach the table's.
//!
//! ```text
//! basic price           what the producer keeps
//! + product taxes       less subsidies, that the producer pays on: excise, duties
//! = producers' price    what the producer is paid, without VAT
//! + trade and transport margins
//! + VAT                 on top of all that
//! = purchasers' price   what the buyer pays
//! ```
//!
//! Only what differs between the two is converted, and what cannot be told apart is refused: producers'
//! prices of a table hold product taxes that the table does not give by product, so nothing leads there
//! from basic prices. Taxes within the table's own prices stay in the price of the product, and in value
//! added; those set aside come on top, so that none is counted twice.

use super::Builder;
use crate::error::Result;
use crate::lang::{Lang, Text, said};
use crate::scenario::file::{Input, Located, SpendingFile};
use crate::scenario::note::{Note, PricePart};
use crate::scenario::{BoundLine, Entry, Label};
use crate::table::{PriceBasis, Roles};

/// A margin: its key, and the role of the sector that it goes to.
struct Margin {
    entry: Entry,
    role: &'static str,
    code: fn(&Roles) -> &Option<String>,
}

const TRADE: Margin = Margin {
    entry: Entry::TradeMargin,
    role: "trade",
    code: |roles| &roles.trade,
};

const TRANSPORT: Margin = Margin {
    entry: Entry::TransportMargin,
    role: "transport",
    code: |roles| &roles.transport,
};

/// What is split off a line's amount: figures, with the sectors that margins go to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Splits {
    pub(super) purchasers: bool,
    pub(super) trade: Option<(usize, usize)>,
    pub(super) transport: Option<(usize, usize)>,
    pub(super) tax: Option<Tax>,
}

/// A tax on the product outside the table's prices, by how its rate is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tax {
    /// `product_tax`: a part of what is paid.
    OfPaid(usize),
    /// `vat`: on top of the price before it, r / (1 + r) of what is paid.
    OnTop(usize),
}

impl Tax {
    /// The figure of its rate.
    #[cfg(feature = "ensembles")]
    pub(crate) fn figure(self) -> usize {
        match self {
            Tax::OfPaid(at) | Tax::OnTop(at) => at,
        }
    }
}

impl Builder<'_> {
    /// Whether the rates of `[prices]` can be meant, used or not.
    pub(super) fn check_prices(&self) -> Result<()> {
        let slot = |name: &str| self.by_name.get(name).copied();
        if let (Some(vat), Some(_)) = (&self.file.prices.vat, &self.file.prices.product_tax) {
            return Err(self.input_error(vat, "prices.vat", two_readings()));
        }
        let mut sum = 0.0;
        for (field, input) in self.file.prices.rates() {
            let rate = input
                .value
                .bind(&slot, &self.table.meta().currency)
                .and_then(|bound| bound.evaluate(&self.values))
                .map_err(|message| self.input_error(input, field, message))?;
            if rate.money != 0 {
                return Err(self.input_error(
                    input,
                    field,
                    said!(
                        "it must be a share, not money",
                        "금액이 아니라 비율이어야 합니다"
                    ),
                ));
            }
            if !(0.0..=1.0).contains(&rate.value) {
                let share = rate.value;
                let message = said!(
                    "it is {share}; a share must be in 0..1",
                    "{share}입니다. 비율은 0과 1 사이여야 합니다"
                );
                return Err(self.input_error(input, field, message));
            }
            sum += match field {
                "prices.vat" => rate.value / (1.0 + rate.value),
                _ => rate.value,
            };
            if sum > 1.0 {
                let message = said!(
                    "margins and product tax take more than the whole price",
                    "마진과 생산물세의 합이 가격 전체를 넘습니다"
                );
                return Err(self.input_error(input, field, message));
            }
        }
        Ok(())
    }

    /// What is split off the amount of a line, by its price basis and that of the table.
    pub(super) fn splits(
        &mut self,
        line: &SpendingFile,
        what: &Located<String>,
        item: &Text,
        phase: &str,
    ) -> Result<Splits> {
        use PriceBasis::{Basic, Producers, Purchasers};
        let id = &self.table.meta().id;
        let of_table = self.table.meta().prices;
        let of_line = line.price.unwrap_or(of_table);
        let (table_en, table_ko) = (of_table.name().en, of_table.name().ko);
        let (line_en, line_ko) = (of_line.name().en, of_line.name().ko);
        let fail = |this: &Self, message: Text| Err(this.file.error_at(what, "price", message));
        let margins = line.trade_margin.is_some() || line.transport_margin.is_some();
        let rates = margins || line.vat.is_some() || line.product_tax.is_some();
        match (of_table, of_line) {
            (Basic | Producers, Purchasers) => self.off_purchasers(line, what, item, phase),
            // Product taxes are what is between the two.
            (Basic, Producers) => {
                if margins || line.vat.is_some() {
                    let message = said!(
                        "a producers' price holds neither margins nor VAT: add price = \"purchasers\"",
                        "생산자가격에는 마진도 부가가치세도 없습니다. price = \"purchasers\"를 지정하십시오"
                    );
                    return fail(self, message);
                }
                let Some(rate) = &line.product_tax else {
                    let message = said!(
                        "table {id} is at basic prices: give product_tax, the part of the producers' \
                         price that is tax on the product, or an amount without it (price = \"basic\")",
                        "산업연관표 {id}은(는) 기초가격 기준입니다. 생산자가격 중 생산물세 비율(product_tax)을 지정하거나 \
                         생산물세를 뺀 금액(price = \"basic\")을 쓰십시오"
                    );
                    return fail(self, message);
                };
                let at = self.rate(phase, item, Entry::ProductTax, rate)?;
                Ok(Splits {
                    tax: Some(Tax::OfPaid(at)),
                    ..Splits::default()
                })
            }
            (table, line) if table == line => {
                if rates {
                    let message = said!(
                        "margins and product taxes are split off purchasers' prices only: add price = \
                         \"purchasers\"; {table_en} are those of table {id}",
                        "마진과 생산물세는 구매자가격에서만 나눕니다. price = \"purchasers\"를 지정하십시오. 산업연관표 \
                         {id}의 가격은 {table_ko}입니다"
                    );
                    return fail(self, message);
                }
                Ok(Splits::default())
            }
            _ => {
                let message = said!(
                    "an amount at {line_en} cannot be brought to the {table_en} of table {id}, which does \
                     not tell apart what is between them: give the amount at {table_en}",
                    "{line_ko} 금액을 산업연관표 {id}의 {table_ko}으로 환산할 수 없습니다(차이를 이루는 세금·마진이 \
                     표에 구분되어 있지 않음). {table_ko} 금액을 지정하십시오"
                );
                fail(self, message)
            }
        }
    }

    /// Margins and taxes of a purchasers' price: the line's own, else those of `[prices]`.
    fn off_purchasers(
        &mut self,
        line: &SpendingFile,
        what: &Located<String>,
        item: &Text,
        phase: &str,
    ) -> Result<Splits> {
        if let (Some(vat), Some(_)) = (&line.vat, &line.product_tax) {
            return Err(self.input_error(vat, "vat", two_readings()));
        }
        let prices = self.file.prices.clone();
        let or = |own: &Option<Input>, default: &Option<Input>| own.clone().or(default.clone());
        let own_tax = line.vat.is_some() || line.product_tax.is_some();
        // A line's own reading of the tax goes before both of [prices].
        let (vat, product_tax) = if own_tax {
            (line.vat.clone(), line.product_tax.clone())
        } else {
            (prices.vat.clone(), prices.product_tax.clone())
        };
        let used = [
            or(&line.trade_margin, &prices.trade_margin),
            or(&line.transport_margin, &prices.transport_margin),
            vat.clone().or(product_tax.clone()),
        ];
        let own = [
            line.trade_margin.is_some(),
            line.transport_margin.is_some(),
            own_tax,
        ];
        self.purchasers_note(item, own, &used, vat.is_some());
        let [trade, transport, _] = &used;
        let trade = self.margin(what, phase, item, &TRADE, trade)?;
        let transport = self.margin(what, phase, item, &TRANSPORT, transport)?;
        let tax = match (&vat, &product_tax) {
            (Some(rate), _) => {
                let at = self.rate(phase, item, Entry::Vat, rate)?;
                Some(Tax::OnTop(at))
            }
            (None, Some(rate)) => {
                let at = self.rate(phase, item, Entry::ProductTax, rate)?;
                Some(Tax::OfPaid(at))
            }
            (None, None) => None,
        };
        if let Some(tax) = tax {
            self.tax_notes(item, tax);
        }
        Ok(Splits {
            purchasers: true,
            trade,
            transport,
            tax,
        })
    }

    fn rate(&mut self, phase: &str, item: &Text, entry: Entry, input: &Input) -> Result<usize> {
        let key = format!("{phase}/{}/{}", item.en, entry.key());
        self.add(&key, Label::of(item, entry), input)
    }

    /// A margin's figure, and the sector that has the part in the table.
    fn margin(
        &mut self,
        what: &Located<String>,
        phase: &str,
        item: &Text,
        margin: &Margin,
        input: &Option<Input>,
    ) -> Result<Option<(usize, usize)>> {
        let Some(input) = input else {
            return Ok(None);
        };
        let Margin { entry, role, .. } = margin;
        let field = entry.key();
        let at = self.rate(phase, item, entry.clone(), input)?;
        let meta = self.table.meta();
        let id = &meta.id;
        let code = (margin.code)(&meta.roles).as_ref();
        let sector = code.and_then(|code| self.table.sectors().position(code));
        let Some(sector) = sector else {
            let message = said!(
                "table {id} does not say which sector a {field} goes to: add {role} = \"<code>\" under \
                 [roles] of its table.toml",
                "산업연관표 {id}에 {field}이(가) 귀속될 부문이 지정되어 있지 않습니다. table.toml의 [roles]에 {role} \
                 = \"<부문 코드>\"를 추가하십시오"
            );
            return Err(self.file.error_at(what, field, message));
        };
        if !self.made[sector] {
            let sector = self.table.sectors().get(sector);
            let (en, ko) = (sector.label(Lang::En), sector.label(Lang::Ko));
            let message = said!(
                "a {field} goes to {en}, which has no output in table {id}: give {role} under [roles] of \
                 its table.toml the code of a sector that has",
                "{field}이(가) 귀속될 {ko} 부문은 산업연관표 {id}에 산출이 없습니다. table.toml의 [roles]에서 {role}을(를) \
                 산출이 있는 부문의 코드로 지정하십시오"
            );
            return Err(self.file.error_at(what, field, message));
        }
        Ok(Some((sector, at)))
    }

    /// Says how a tax that is set aside is read.
    fn tax_notes(&mut self, item: &Text, tax: Tax) {
        let note = Note::TaxesSetAside;
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        // The legal rate, written as a part of what is paid.
        if let Tax::OfPaid(at) = tax
            && self.written(at) == 0.1
        {
            self.notes
                .push(Note::ProductTaxOrVat { line: item.clone() });
        }
    }

    /// Says which parts of a purchaser's price come from `[prices]`, and which are taken to be zero.
    fn purchasers_note(
        &mut self,
        item: &Text,
        own: [bool; 3],
        used: &[Option<Input>; 3],
        vat: bool,
    ) {
        let parts = [
            PricePart::TradeMargin,
            PricePart::TransportMargin,
            if vat {
                PricePart::Vat
            } else {
                PricePart::ProductTax
            },
        ];
        let (mut given, mut missing) = (Vec::new(), Vec::new());
        for ((part, own), used) in parts.into_iter().zip(own).zip(used) {
            match used {
                Some(input) if !own => given.push((part, input.value.text().to_owned())),
                Some(_) => {}
                None => missing.push(part),
            }
        }
        if !given.is_empty() {
            self.notes.push(Note::PurchasersRatesDefault {
                line: item.clone(),
                rates: given,
            });
        }
        if !missing.is_empty() {
            self.notes.push(Note::PurchasersRatesMissing {
                line: item.clone(),
                rates: missing,
            });
        }
    }

    /// Says that the rates of `[prices]` change nothing where they do not.
    pub(super) fn warn_of_idle_prices(&mut self, lines: &[&BoundLine]) {
        let purchasers = lines.iter().any(|l| l.purchasers);
        if self.file.prices.rates().next().is_some() && !purchasers {
            self.notes.push(Note::PricesChangeNothing);
        }
    }
}

/// Why VAT and product tax do not go together.
fn two_readings() -> Text {
    said!(
        "vat and product_tax are two readings of one tax: on top of the price before it, or a part of what \
         is paid; give one of them",
        "vat와 product_tax는 같은 세금을 읽는 두 방식(세전 가격에 대한 세율, 지급액 중 비율)입니다. 하나만 지정하십시오"
    )
}
