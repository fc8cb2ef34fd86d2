//! The headline measures side by side, so that none is an index.

/// Output, value added, imported inputs and jobs: of one figure each, of a row, of many draws.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measures<T> {
    pub(super) output: T,
    pub(super) value_added: T,
    pub(super) imports: T,
    pub(super) jobs: T,
}

impl<T> Measures<T> {
    pub(super) fn map<U>(self, mut f: impl FnMut(T) -> U) -> Measures<U> {
        Measures {
            output: f(self.output),
            value_added: f(self.value_added),
            imports: f(self.imports),
            jobs: f(self.jobs),
        }
    }

    pub(super) fn as_ref(&self) -> Measures<&T> {
        Measures {
            output: &self.output,
            value_added: &self.value_added,
            imports: &self.imports,
            jobs: &self.jobs,
        }
    }

    /// Each with the same of another.
    pub(super) fn pairs<'a, U>(&'a mut self, other: &'a Measures<U>) -> [(&'a mut T, &'a U); 4] {
        [
            (&mut self.output, &other.output),
            (&mut self.value_added, &other.value_added),
            (&mut self.imports, &other.imports),
            (&mut self.jobs, &other.jobs),
        ]
    }
}
