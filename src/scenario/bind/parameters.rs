//! Settings and parameters, each after those it depends on.

use super::Builder;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::scenario::file::{Input, Located, ScenarioFile};
use crate::scenario::formula::Formula;
use crate::scenario::{Entry, Label, RESERVED};
use std::collections::BTreeMap;

impl Builder<'_> {
    /// Settings and parameters, each after those it depends on.
    pub(super) fn add_named(&mut self) -> Result<()> {
        let header = &self.file.scenario;
        let settings = [
            ("fx", &header.fx),
            ("household_share", &header.household_share),
            ("productivity_growth", &header.productivity_growth),
            ("discount_rate", &header.discount_rate),
        ];
        let mut named: BTreeMap<String, Input> = self.file.parameters.clone();
        for (name, input) in &named {
            if RESERVED.contains(&name.as_str()) {
                let message = said!(
                    "it is a setting, not a parameter: write it under [scenario]",
                    "매개변수가 아니라 설정입니다. [scenario] 아래에 쓰십시오"
                );
                return Err(self.input_error(input, name, message));
            }
            if !Formula::is_name(name) {
                let message = said!(
                    "no formula can use a parameter of this name: take letters, digits and _, a letter first",
                    "계산식에 쓸 수 없는 매개변수 이름입니다. 문자로 시작하여 문자, 숫자, _만 쓰십시오"
                );
                return Err(self.input_error(input, &format!("'{name}'"), message));
            }
        }
        for (name, input) in settings {
            if let Some(input) = input {
                named.insert(name.to_owned(), input.clone());
            }
        }
        for name in self.order(&named)? {
            let input = &named[name];
            let label = Label {
                of: None,
                entry: match (&input.name, Entry::of_setting(name)) {
                    (Some(own), _) => Entry::Named(own.clone()),
                    (None, Some(setting)) => setting,
                    (None, None) => Entry::Named(Text::same(name)),
                },
            };
            let at = self.add(name, label, input)?;
            self.by_name.insert(name.to_owned(), at);
        }
        Ok(())
    }

    /// The names, each after those that its formulas use; won per dollar before all that it does not
    /// use itself, for amounts in dollars. A walk with a stack of its own: chains may be long.
    fn order<'n>(&self, named: &'n BTreeMap<String, Input>) -> Result<Vec<&'n str>> {
        let mut order = Vec::with_capacity(named.len());
        let mut is_done: BTreeMap<&str, bool> = BTreeMap::new();
        let all = named.get_key_value("fx").into_iter().chain(named);
        for (first, input) in all {
            if is_done.contains_key(first.as_str()) {
                continue;
            }
            is_done.insert(first, false);
            let mut path = vec![(first.as_str(), needed(input, named))];
            while let Some((name, needs)) = path.last_mut() {
                let name = *name;
                let Some(next) = needs.pop() else {
                    is_done.insert(name, true);
                    order.push(name);
                    path.pop();
                    continue;
                };
                match is_done.get(next) {
                    Some(true) => {}
                    Some(false) => {
                        let on_it = path.iter().map(|(name, _)| *name);
                        let circle: Vec<&str> = on_it.skip_while(|name| *name != next).collect();
                        let circle = circle.join(" -> ");
                        let message = said!(
                            "depends on itself: {circle} -> {next}",
                            "자기 자신을 다시 참조합니다: {circle} -> {next}"
                        );
                        return Err(self.input_error(&named[next], next, message));
                    }
                    None => {
                        is_done.insert(next, false);
                        path.push((next, needed(&named[next], named)));
                    }
                }
            }
        }
        Ok(order)
    }
}

/// Changes a parameter or a setting of a scenario to another formula; its distribution is dropped.
pub(super) fn set(file: &mut ScenarioFile, name: &str, formula: &str) -> Result<()> {
    let formula = Formula::parse(formula)
        .map_err(|e| Error::invalid(e.map(|e| format!("{name}={formula}: {e}"))))?;
    let input = Input::from(Located::from(formula));
    let header = &mut file.scenario;
    let setting = match name {
        "fx" => Some(&mut header.fx),
        "household_share" => Some(&mut header.household_share),
        "productivity_growth" => Some(&mut header.productivity_growth),
        "discount_rate" => Some(&mut header.discount_rate),
        _ => None,
    };
    if let Some(setting) = setting {
        *setting = Some(input);
        return Ok(());
    }
    let Some(parameter) = file.parameters.get_mut(name) else {
        let known = file.parameters.keys().map(String::as_str);
        return Err(no_parameter(name, known.chain(RESERVED).collect()));
    };
    *parameter = Input {
        name: parameter.name.clone(),
        unit: parameter.unit.clone(),
        ..input
    };
    Ok(())
}

/// That none of the known parameters and settings has this name, with the one that may have been meant.
pub(crate) fn no_parameter(name: &str, known: Vec<&str>) -> Error {
    let likeness = |known: &&str| strsim::jaro_winkler(known, name);
    let near = known
        .iter()
        .copied()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .filter(|near| likeness(near) > 0.8)
        .map_or(said!(".", "."), |near| {
            said!(": did you mean {near}?", ". 혹시 {near}입니까?")
        });
    let (known, en, ko) = (known.join(", "), near.en, near.ko);
    Error::invalid(said!(
        "there is no parameter '{name}' to set{en} There are {known}",
        "'{name}' 매개변수가 없습니다{ko} 쓸 수 있는 이름: {known}"
    ))
}

/// The names among `all` that an input's formulas use, the first of them last.
fn needed<'n>(input: &'n Input, all: &'n BTreeMap<String, Input>) -> Vec<&'n str> {
    let mut names: Vec<&str> = formulas(input)
        .flat_map(Formula::names)
        .filter(|name| all.contains_key(*name))
        .collect();
    names.reverse();
    names
}

fn formulas(input: &Input) -> impl Iterator<Item = &Formula> {
    let range = input.range.iter().flatten();
    std::iter::once(&input.value)
        .chain(range)
        .chain(input.sd.as_ref())
}
