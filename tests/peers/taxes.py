"""Taxes by kind per unit of final demand: a row of taxes times the inverse, and the rates of products times imports."""
import csv
import pathlib

import numpy as np
from economy import Economy, answer, same

table = "kr-2023-33"
economy = Economy(table)
x, L = economy.x, economy.L
folder = pathlib.Path(__file__).resolve().parents[2] / "tables" / table
with open(folder / "imports.csv", encoding="utf-8") as file:
    imports = [(float(row["imports_cif"]), float(row["import_taxes"])) for row in csv.DictReader(file)]
rates = np.array([taxes / (cif + taxes) if cif + taxes else 0 for cif, taxes in imports])
rows = {"net_production_taxes": economy.inputs[3] / x, "import_taxes": rates @ economy.Am}

# Households spend consumption over compensation and operating surplus of what they are paid.
household = economy.Fd[:, 0].sum() + economy.Fm[:, 0].sum()
share = household / (economy.inputs[0].sum() + economy.inputs[1].sum())
basket, pay = economy.Fd[:, 0] / household, economy.inputs[0] / x
spent = share * (pay @ L) / (1 - share * pay @ L @ basket)
bought = {"net_production_taxes": 0, "import_taxes": rates @ economy.Fm[:, 0] / household}

for kind in [1, 2]:
    ours = answer("multipliers", "--by", "tax", "--type", str(kind), "--table", table)
    columns = {column["measure"]: column["values"] for column in ours["columns"]}
    all_taxes = np.zeros(economy.n)
    for tax, row in rows.items():
        theirs = row @ L
        if kind == 2:
            theirs = theirs + spent * (row @ L @ basket + bought[tax])
        same(f"{tax}, type {kind}", columns[tax], theirs)
        all_taxes += theirs
    same(f"all taxes, type {kind}", columns["all_taxes"], all_taxes)
