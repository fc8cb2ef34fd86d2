//! Formulas of a scenario file: `it_mw * facility_cost_per_mw * 42.5%`.
//!
//! Numbers, percentages and amounts, the names of parameters, `+ - * /` and parentheses. Money is
//! carried through, so that adding won to a plain number, or giving a bare product of numbers
//! where an amount is wanted, is refused.

use super::amount::{self, Currency, Literal, Quantity};
use crate::lang::{Text, excerpt, said};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A formula, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: String,
    node: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Literal(Literal),
    Name(String),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// How deep parentheses may be nested.
pub const DEPTH: usize = 64;

/// How many numbers and names a formula may hold, so that its tree is never deeper than a small
/// stack; a longer calculation is written as several parameters.
pub const TERMS: usize = 1_000;

impl Formula {
    /// Parses a formula.
    ///
    /// ```
    /// use leontief::scenario::formula::Formula;
    /// let cost = Formula::parse("it_mw * pue * 8760 * 182.7원")?;
    /// assert_eq!(cost.names(), ["it_mw", "pue"]);
    /// assert!(Formula::parse("it_mw * (pue").is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A sentence that says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let mut parser = Parser {
            rest: text,
            depth: 0,
            terms: 0,
        };
        let node = parser.sum()?;
        parser.skip_spaces();
        if !parser.rest.is_empty() {
            let (text, rest) = (excerpt(text), excerpt(parser.rest));
            return Err(said!(
                "formula '{text}': '{rest}' is not expected here",
                "수식 '{text}': 여기에 '{rest}'이(가) 올 수 없습니다"
            ));
        }
        Ok(Formula {
            text: text.to_owned(),
            node,
        })
    }

    /// A constant.
    pub fn number(value: f64) -> Self {
        let text = value.to_string();
        Formula::parse(&text).unwrap_or_else(|_| Formula {
            // Not reached by finite values; a value that is not finite is refused when evaluated.
            node: Node::Name(text.clone()),
            text,
        })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is a single literal, with a sign or without, not a calculation.
    pub fn is_literal(&self) -> bool {
        let number = match &self.node {
            Node::Negative(of) => of,
            node => node,
        };
        matches!(number, Node::Literal(_))
    }

    /// Whether it is a single percentage.
    pub(crate) fn is_percentage(&self) -> bool {
        self.is_literal() && self.text.trim_end().ends_with('%')
    }

    /// Whether a text can stand for a figure in formulas.
    pub(crate) fn is_name(text: &str) -> bool {
        matches!(Formula::parse(text), Ok(Formula { node: Node::Name(name), .. }) if name == text)
    }

    /// The names it uses.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.node.names(&mut names);
        names
    }

    /// Binds names to the slots that their values will stand in; amounts are in the table's currency
    /// (ISO 4217), dollars on a table in won times the slot of "fx".
    ///
    /// # Errors
    /// A name without a slot, or dollars where no exchange rate is known.
    pub(crate) fn bind(
        &self,
        slot: &dyn Fn(&str) -> Option<usize>,
        currency: &str,
    ) -> Result<Bound, Text> {
        let mut steps = Vec::new();
        bind(&self.node, slot, currency, &mut steps)?;
        Ok(Bound(steps))
    }
}

/// What formulas are worked out in: a number, or the numbers of many draws side by side.
pub(crate) trait Number:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// The same number everywhere.
    fn constant(value: f64) -> Self;

    /// The first number that a test holds for.
    fn find(self, test: impl Fn(f64) -> bool) -> Option<f64>;

    /// The larger of both, each for itself.
    fn max(self, other: Self) -> Self;
}

impl Number for f64 {
    fn constant(value: f64) -> Self {
        value
    }

    fn find(self, test: impl Fn(f64) -> bool) -> Option<f64> {
        test(self).then_some(self)
    }

    fn max(self, other: Self) -> Self {
        f64::max(self, other)
    }
}

/// A formula whose names are slots of a list of values: what is evaluated draw after draw. Its steps stand in the
/// order in which they are worked out, each with what those before it left, so that a long formula needs no
/// deep stack.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound(Vec<Step>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Constant(Quantity),
    Slot(usize),
    Negate,
    Apply(Operator),
}

fn bind(
    node: &Node,
    slot: &dyn Fn(&str) -> Option<usize>,
    currency: &str,
    steps: &mut Vec<Step>,
) -> Result<(), Text> {
    match node {
        // Dollars on a table in won are worked out with the rate that a draw has.
        Node::Literal(literal) => match (literal.dollars(currency), slot("fx")) {
            (Some(dollars), Some(fx)) => steps.extend([
                Step::Constant(Quantity::amount(dollars)),
                Step::Slot(fx),
                Step::Apply(Operator::Multiply),
            ]),
            _ => steps.push(Step::Constant(literal.in_currency(Currency::of(currency))?)),
        },
        Node::Name(name) => {
            let unknown = || {
                let name = excerpt(name);
                said!(
                    "there is no parameter '{name}', and it is no number or amount",
                    "'{name}' 매개변수가 없으며, 수나 금액도 아닙니다"
                )
            };
            steps.push(Step::Slot(slot(name).ok_or_else(unknown)?));
        }
        Node::Negative(inner) => {
            bind(inner, slot, currency, steps)?;
            steps.push(Step::Negate);
        }
        Node::Binary(operator, a, b) => {
            bind(a, slot, currency, steps)?;
            bind(b, slot, currency, steps)?;
            steps.push(Step::Apply(*operator));
        }
    }
    Ok(())
}

impl Bound {
    /// The value, with those of the slots.
    ///
    /// # Errors
    /// Money added to a plain number, a division by zero, a result that is not finite.
    pub(crate) fn evaluate<V: Number>(&self, slots: &[Quantity<V>]) -> Result<Quantity<V>, Text> {
        let not_finite = || {
            said!(
                "the formula does not come to a finite number",
                "수식의 값이 유한한 수가 아닙니다"
            )
        };
        let mut left: Vec<Quantity<V>> = Vec::new();
        let mut result: Option<Quantity<V>> = None;
        for step in &self.0 {
            let value = match (*step, result) {
                (Step::Constant(constant), before) => {
                    left.extend(before);
                    Quantity {
                        value: V::constant(constant.value),
                        money: constant.money,
                    }
                }
                (Step::Slot(slot), before) => {
                    left.extend(before);
                    slots[slot]
                }
                (Step::Negate, Some(of)) => Quantity {
                    value: -of.value,
                    ..of
                },
                (Step::Apply(operator), Some(b)) => {
                    let a = left.pop().ok_or_else(not_finite)?;
                    apply(operator, a, b)?
                }
                // Not reached: `bind` puts what a step works on before it.
                (Step::Negate | Step::Apply(_), None) => return Err(not_finite()),
            };
            if value.value.find(|v| !v.is_finite()).is_some() {
                return Err(not_finite());
            }
            result = Some(value);
        }
        result.ok_or_else(not_finite)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Node {
    fn names<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Node::Literal(_) => {}
            Node::Name(name) => into.push(name),
            Node::Negative(inner) => inner.names(into),
            Node::Binary(_, a, b) => {
                a.names(into);
                b.names(into);
            }
        }
    }
}

fn apply<V: Number>(
    operator: Operator,
    a: Quantity<V>,
    b: Quantity<V>,
) -> Result<Quantity<V>, Text> {
    let same = || {
        if a.money == b.money {
            Ok(a.money)
        } else {
            Err(said!(
                "money and a plain number are added; write the unit, as in 5억원",
                "금액과 단위 없는 수를 더했습니다. '5억원'처럼 단위를 쓰십시오"
            ))
        }
    };
    Ok(match operator {
        Operator::Add => Quantity {
            value: a.value + b.value,
            money: same()?,
        },
        Operator::Subtract => Quantity {
            value: a.value - b.value,
            money: same()?,
        },
        Operator::Multiply => Quantity {
            value: a.value * b.value,
            money: a.money + b.money,
        },
        Operator::Divide if b.value.find(|v| v == 0.0).is_some() => {
            return Err(said!("division by zero", "0으로 나누었습니다"));
        }
        Operator::Divide => Quantity {
            value: a.value / b.value,
            money: a.money - b.money,
        },
    })
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
    terms: usize,
}

impl Parser<'_> {
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn operator(&mut self, operators: &[(char, Operator)]) -> Option<Operator> {
        self.skip_spaces();
        let (sign, operator) = operators
            .iter()
            .find(|(sign, _)| self.rest.starts_with(*sign))?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(*operator)
    }

    fn sum(&mut self) -> Result<Node, Text> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[
            ('+', Operator::Add),
            ('-', Operator::Subtract),
            ('−', Operator::Subtract),
        ]) {
            left = Node::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Node, Text> {
        let mut left = self.factor()?;
        while let Some(operator) = self.operator(&[
            ('*', Operator::Multiply),
            ('×', Operator::Multiply),
            ('/', Operator::Divide),
        ]) {
            left = Node::Binary(operator, Box::new(left), Box::new(self.factor()?));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Node, Text> {
        self.depth += 1;
        // What stands in no parentheses is at depth 1.
        if self.depth > DEPTH + 1 {
            return Err(said!(
                "the formula is nested too deeply: at most {DEPTH} parentheses within each other",
                "수식의 괄호가 너무 깊습니다. 괄호는 {DEPTH}겹까지 쓸 수 있습니다"
            ));
        }
        let node = self.unnested_factor();
        self.depth -= 1;
        node
    }

    fn unnested_factor(&mut self) -> Result<Node, Text> {
        self.skip_spaces();
        let first = self
            .rest
            .chars()
            .next()
            .ok_or_else(|| said!("the formula ends too early", "수식이 중간에 끝났습니다"))?;
        match first {
            '-' | '−' => {
                self.rest = &self.rest[first.len_utf8()..];
                Ok(Node::Negative(Box::new(self.factor()?)))
            }
            '(' => {
                self.rest = &self.rest[1..];
                let inner = self.sum()?;
                self.skip_spaces();
                self.rest = self
                    .rest
                    .strip_prefix(')')
                    .ok_or_else(|| said!("a ')' is missing", "닫는 괄호 ')'가 없습니다"))?;
                Ok(inner)
            }
            '0'..='9' | '.' | '$' | '₩' | '€' | '£' => self.literal(),
            c if c.is_alphabetic() || c == '_' => {
                if amount::begins_with_currency(self.rest) {
                    self.literal()
                } else {
                    self.name()
                }
            }
            other => Err(said!(
                "'{other}' is not expected in a formula",
                "수식에 '{other}'을(를) 쓸 수 없습니다"
            )),
        }
    }

    fn literal(&mut self) -> Result<Node, Text> {
        let (literal, used) = amount::scan(self.rest).map_err(|why| {
            let rest = excerpt(self.rest);
            let Text { en, ko } = why;
            said!("'{rest}': {en}", "'{rest}': {ko}")
        })?;
        self.count()?;
        self.rest = &self.rest[used..];
        Ok(Node::Literal(literal))
    }

    fn count(&mut self) -> Result<(), Text> {
        self.terms += 1;
        if self.terms <= TERMS {
            return Ok(());
        }
        Err(said!(
            "the formula has more than {TERMS} numbers and names: write parts of it as parameters",
            "수식에 수와 이름이 {TERMS}개를 넘습니다. 일부를 매개변수로 나누어 쓰십시오"
        ))
    }

    fn name(&mut self) -> Result<Node, Text> {
        let end = self
            .rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.count()?;
        Ok(Node::Name(name.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Formula;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a number or a formula such as \"1.5조\" or \"it_mw * 3억\"\u{1f}수나 \"1.5조\", \
                     \"it_mw * 3억\"과 같은 계산식을 쓰십시오",
                )
            }
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Formula, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Formula, E> {
                self.visit_f64(value as f64)
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Formula, E> {
                if !value.is_finite() {
                    return Err(E::custom(amount::not_finite(value).joined()));
                }
                self.visit_str(&value.to_string())
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Formula, E> {
                Formula::parse(text).map_err(|e| E::custom(e.joined()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Result<Quantity, Text> {
        let slots = [
            Quantity::number(100.0),
            Quantity::amount(15e9),
            Quantity::number(1000.0),
        ];
        let slot = |name: &str| ["mw", "가격", "fx"].iter().position(|n| *n == name);
        Formula::parse(text)?.bind(&slot, "KRW")?.evaluate(&slots)
    }

    #[test]
    fn formulas_carry_money() {
        assert_eq!(value("mw * 가격 * 42.5%"), Ok(Quantity::amount(637.5e9)));
        assert_eq!(
            value("2조 5,000억 / 2 - 1억"),
            Ok(Quantity::amount(1.2499e12))
        );
        assert_eq!(value("1 - -(2 + 3) * 4"), Ok(Quantity::number(21.0)));
        assert_eq!(value("$5.9M * 2"), Ok(Quantity::amount(11.8e9)));
        assert_eq!(value("가격 / 1억"), Ok(Quantity::number(150.0)));
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        for (text, reason) in [
            ("1조 + 5", "money and a plain number"),
            ("mw * nope", "no parameter 'nope'"),
            ("1 / 0", "division by zero"),
            ("(1", "')' is missing"),
            ("", "ends too early"),
            ("1 2", "not expected"),
            ("2 ^ 3", "not expected"),
        ] {
            let message = value(text).expect_err(text).en;
            assert!(message.contains(reason), "{text}: {message}");
        }
        assert!(Formula::parse(&"(".repeat(100_000)).is_err());
        assert!(Formula::parse(&"-".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,32}") {
            let _ = value(&text);
        }
    }
}
