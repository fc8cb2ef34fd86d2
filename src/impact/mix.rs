//! What mixes of inputs change, beside what a scenario spends.

use super::Impact;
use crate::model::Model;
use crate::model::mix::MixEffect;
use crate::scenario::Note;

impl Impact {
    /// Adds what the mixes that made its table change for the whole economy, in all accounts of its model.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, Scenario, ScenarioFile, impact, scenario::Overrides};
    /// let text = "[[supply_mix]]\nfrom = '16'\nto = '45'\nshare = '20%'\nprice = 2\nusers = ['54']\n";
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// let (table, effect) = file.mixed(&AnyTable::open("kr-2023-83")?)?.expect("it asks for one");
    /// let model = Model::new(&table)?;
    /// let scenario = Scenario::new(file, &table, &Overrides::default())?;
    /// let mut impact = impact::of_scenario(&table, &model, &scenario)?;
    /// impact.add_mix(&model, effect);
    /// let mix = impact.mix.expect("just added");
    /// // Transport pays 1 more for each 1 of coal and petroleum that it no longer buys.
    /// assert_eq!(mix.mixes[0].saved, -0.2 * mix.mixes[0].bought);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn add_mix(&mut self, model: &Model, mut effect: MixEffect) {
        effect.add_accounts(model.coefficients().accounts());
        if !effect.below_zero.is_empty() {
            let sectors = effect.below_zero.iter();
            self.notes.push(Note::ValueAddedBelowZero {
                sectors: sectors.map(|at| self.sectors[*at].clone()).collect(),
            });
        }
        self.mix = Some(effect);
    }
}
