//! Taxes on imports, as a rate of each product.

use super::{AnyTable, Table};
use nalgebra::DVector;

impl Table {
    /// Taxes in what the imports of each product cost, n: taxes over imports c.i.f. and taxes, 0 of what is not
    /// imported. `None` where the table does not know them.
    ///
    /// ```
    /// use leontief::{AnyTable, Text};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let rates = table.flows(Text::same("taxes"))?.import_tax_rates().expect("told");
    /// // Mined products: 213,115 billion won c.i.f. and 5,017 of taxes.
    /// assert!((rates[1] - 0.0230).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn import_tax_rates(&self) -> Option<DVector<f64>> {
        let imports = self.flows().imports.as_ref()?;
        Some(
            imports
                .cif
                .zip_map(&imports.taxes, |cif, taxes| match cif + taxes {
                    0.0 => 0.0,
                    all => taxes / all,
                }),
        )
    }

    /// Totals of sectors per unit of their output, n; 0 of what makes nothing.
    pub(crate) fn per_output(&self, totals: &DVector<f64>) -> DVector<f64> {
        let x = self.output();
        totals.zip_map(x, |total, x| if x > 0.0 { total / x } else { 0.0 })
    }
}

impl AnyTable {
    /// As [`Table::import_tax_rates`]; `None` of coefficients.
    pub(crate) fn import_tax_rates(&self) -> Option<DVector<f64>> {
        match self {
            AnyTable::Flows(table) => table.import_tax_rates(),
            AnyTable::Coefficients(_) => None,
        }
    }
}
