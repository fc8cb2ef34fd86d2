//! A scenario written in Rust: the builder writes the file that stands for it, so that what is read, checked,
//! hashed and shown is the same either way.

use super::{Overrides, PhaseKind, Scenario, ScenarioFile};
use crate::error::{Error, Result};
use crate::lang::{Name, Text};
use crate::table::AnyTable;
use crate::units::Money;
use toml::{Table, Value as Toml};

/// What a key is set to: a number, an amount, a formula, a name, yes or no, with bounds where it is not
/// certain.
///
/// ```
/// use leontief::{Money, scenario::Value};
/// let certain = Value::from(Money::units(3e11));
/// let drawn = Value::from("capex * 3%").range("capex * 2%", "capex * 5%"); // triangular
/// assert_ne!(certain, drawn);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Value(Toml);

impl Value {
    /// Drawn between two bounds; the figure itself is the most likely.
    pub fn range(self, low: impl Into<Value>, high: impl Into<Value>) -> Self {
        let bounds = Toml::Array(vec![low.into().0, high.into().0]);
        let mut table = match self.0 {
            Toml::Table(table) => table,
            value => Table::from_iter([("value".to_owned(), value)]),
        };
        table.insert("range".to_owned(), bounds);
        Value(Toml::Table(table))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value(Toml::Float(number))
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Value(Toml::Integer(number.into()))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Value(Toml::Boolean(yes))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value(Toml::String(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value(Toml::String(text))
    }
}

impl From<Money> for Value {
    /// In the table's currency.
    fn from(amount: Money) -> Self {
        Value(Toml::String(format!("{} million", amount.as_millions())))
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        if text.en == text.ko {
            return Value(Toml::String(text.en));
        }
        let both = [("en", text.en), ("ko", text.ko)];
        let both = both.map(|(lang, text)| (lang.to_owned(), Toml::String(text)));
        Value(Toml::Table(Table::from_iter(both)))
    }
}

/// A scenario being written, before its first phase. Made by [`Scenario::builder`].
#[derive(Debug, Clone)]
pub struct ScenarioBuilder {
    name: String,
    header: Table,
    parameters: Table,
    phases: Vec<Table>,
    further: String,
}

/// A scenario being written, at its last phase.
#[derive(Debug, Clone)]
pub struct PhaseBuilder {
    scenario: ScenarioBuilder,
    phase: Table,
    lines: Vec<Toml>,
}

impl Scenario {
    /// A scenario without a file: phases, and what is spent in each.
    ///
    /// ```
    /// use leontief::scenario::PhaseKind;
    /// use leontief::{AnyTable, Model, Money, Scenario, impact};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let scenario = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .phase("Operation", PhaseKind::Recurring)
    ///     .spend("전력", "300억")
    ///     .build(&table)?;
    /// let impact = impact::of_scenario(&table, &Model::new(&table)?, &scenario)?;
    /// let built = impact.effects.one_off.as_ref().expect("it builds");
    /// assert_eq!(built.output.sums().direct, 1e6); // millions of won, all of it at home
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn builder(name: impl Into<Name>) -> ScenarioBuilder {
        let Name(name) = name.into();
        ScenarioBuilder {
            name: name.en.clone(),
            header: Table::from_iter([("name".to_owned(), Value::from(name).0)]),
            parameters: Table::new(),
            phases: Vec::new(),
            further: String::new(),
        }
    }
}

impl ScenarioBuilder {
    /// Sets a key of `[scenario]`: `price_year`, `imports`, `horizon`, ...
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.header.insert(key.to_owned(), value.into().0);
        self
    }

    /// A figure that formulas name and that draws and variants change.
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.to_owned(), value.into().0);
        self
    }

    /// Further parts as a file has them, in TOML: caps, policies, recipes, deflators, a new industry.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, scenario::PhaseKind};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let plan = Scenario::builder("Hub")
    ///     .further("[[cap]]\nwhat = '전력'\nextra = '400억'")
    ///     .phase("Operation", PhaseKind::Recurring)
    ///     .spend("전력", "300억")
    ///     .build(&table)?
    ///     .plan()?;
    /// assert_eq!(plan.caps, [(table.sectors().find("전력")?, 40_000.0)]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn further(mut self, toml: &str) -> Self {
        self.further.push_str(toml);
        self.further.push('\n');
        self
    }

    /// Begins a phase: what follows belongs to it.
    pub fn phase(self, name: impl Into<Name>, kind: PhaseKind) -> PhaseBuilder {
        let Name(name) = name.into();
        let kind = match kind {
            PhaseKind::OneOff => "one-off",
            PhaseKind::Recurring => "recurring",
        };
        PhaseBuilder {
            scenario: self,
            phase: Table::from_iter([
                ("name".to_owned(), Value::from(name).0),
                ("kind".to_owned(), Value::from(kind).0),
            ]),
            lines: Vec::new(),
        }
    }

    /// The file that stands for it.
    ///
    /// ```
    /// use leontief::{Money, Scenario, scenario::PhaseKind};
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12));
    /// assert!(hub.end().to_toml()?.contains("[[phase.spending]]\namount = \"1000000 million\""));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// What TOML cannot hold.
    pub fn to_toml(&self) -> Result<String> {
        let mut parts = vec![Table::from_iter([(
            "scenario".to_owned(),
            Toml::Table(self.header.clone()),
        )])];
        if !self.parameters.is_empty() {
            let parameters = Toml::Table(self.parameters.clone());
            parts.push(Table::from_iter([("parameters".to_owned(), parameters)]));
        }
        for phase in &self.phases {
            let phase = Toml::Array(vec![Toml::Table(phase.clone())]);
            parts.push(Table::from_iter([("phase".to_owned(), phase)]));
        }
        let mut text = String::new();
        for part in parts {
            text += &toml::to_string(&part).map_err(|e| Error::unwritable("TOML", e))?;
            text.push('\n');
        }
        Ok(text + &self.further)
    }

    /// The scenario as its file is read.
    ///
    /// # Errors
    /// As [`ScenarioFile::parse`]; lines are those of [`ScenarioBuilder::to_toml`].
    pub fn file(&self) -> Result<ScenarioFile> {
        ScenarioFile::parse(&format!("scenario '{}'", self.name), &self.to_toml()?)
    }

    /// Checks it against a table.
    ///
    /// # Errors
    /// As [`ScenarioBuilder::file`] and [`Scenario::new`].
    pub fn build(&self, table: &AnyTable) -> Result<Scenario> {
        Scenario::new(self.file()?, table, &Overrides::default())
    }
}

impl PhaseBuilder {
    /// Sets a key of what was begun last: of the phase (`start`, `duration`, `probability`, ...), or of the
    /// line of spending (`domestic_share`, `price`, `recipe`, ...).
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, scenario::PhaseKind};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let plan = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .set("start", "2027-07")
    ///     .set("duration", "1 year")
    ///     .spend("건설", "1조")
    ///     .set("domestic_share", 0.9)
    ///     .build(&table)?
    ///     .plan()?;
    /// assert_eq!(plan.phases[0].schedule, [(2027, 0.5), (2028, 0.5)]);
    /// assert_eq!(plan.phases[0].lines[0].domestic, 9e5); // millions of won
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        let last = match self.lines.last_mut() {
            Some(Toml::Table(line)) => line,
            _ => &mut self.phase,
        };
        last.insert(key.to_owned(), value.into().0);
        self
    }

    /// A line of spending: a product, by a sector's code, name or everyday word, and how much of it.
    pub fn spend(mut self, what: &str, amount: impl Into<Value>) -> Self {
        self.lines.push(Toml::Table(Table::from_iter([
            ("what".to_owned(), Value::from(what).0),
            ("amount".to_owned(), amount.into().0),
        ])));
        self
    }

    /// A line of income that households get and spend on what they buy.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, scenario::PhaseKind};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let plan = Scenario::builder("Dividend")
    ///     .phase("Year", PhaseKind::Recurring)
    ///     .household_income("1조")
    ///     .build(&table)?
    ///     .plan()?;
    /// // .722 of it is spent, the table's own share.
    /// assert!((plan.phases[0].amount() / 1e6 - 0.722).abs() < 1e-3);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn household_income(mut self, amount: impl Into<Value>) -> Self {
        self.lines.push(Toml::Table(Table::from_iter([
            ("event".to_owned(), Value::from("household_income").0),
            ("amount".to_owned(), amount.into().0),
        ])));
        self
    }

    /// Ends this phase and begins another.
    pub fn phase(self, name: impl Into<Name>, kind: PhaseKind) -> PhaseBuilder {
        self.end().phase(name, kind)
    }

    /// Ends the last phase.
    pub fn end(self) -> ScenarioBuilder {
        let PhaseBuilder {
            mut scenario,
            mut phase,
            lines,
        } = self;
        if !lines.is_empty() {
            phase.insert("spending".to_owned(), Toml::Array(lines));
        }
        scenario.phases.push(phase);
        scenario
    }

    /// Ends the last phase and checks the scenario against a table: [`ScenarioBuilder::build`].
    ///
    /// # Errors
    /// As there.
    pub fn build(self, table: &AnyTable) -> Result<Scenario> {
        self.end().build(table)
    }
}
