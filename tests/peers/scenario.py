"""Two whole studies as files say them: what households earn and spend, and what the money is taken from.

With w the income per unit of output (pay; pay and a part of surplus, less taxes and contributions), s the share that is
spent of it, c and m the domestic and imported basket: spending h = s w'L f / (1 - s w'L c), output L (f + c h). Net
effects are those of f less those of the same money in the basket of the use that pays."""
import tempfile
from pathlib import Path

import numpy as np
from economy import Economy, answer, same

METRO = """
[scenario]
name = { en = "Metro line", ko = "광역철도" }
table = "kr-2023-33"
households = "disposable"
income_tax = "6%"
contributions = 0.09
mixed_share = "30%"
household_share = 0.55
financed_by = "government"
price_year = 2025
[deflators]
all = { 2023 = 100, 2025 = 104 }
[[phase]]
name = "Build"
kind = "one-off"
probability = 0.8
[[phase.spending]]
item = "Tunnels"
what = "19"
amount = "3조"
domestic_share = 0.9
[[phase.spending]]
item = "Trains"
what = "14"
amount = "6,600억"
domestic_share = 0.6
price = "purchasers"
vat = "10%"
trade_margin = "2%"
transport_margin = "1%"
[[policy]]
what = "14"
domestic_share = "75%"
"""

GRANT = """
[scenario]
name = "가계 지원"
table = "kr-2023-33"
household_income = "1800조"
financed_by = "exports"
[[phase]]
name = "지원"
kind = "one-off"
[[phase.spending]]
event = "household_income"
amount = "10조"
[[phase.spending]]
event = "spending_pattern"
what = "23"
amount = "1조"
[[phase]]
name = "운영"
kind = "recurring"
[[phase.spending]]
what = "17"
amount = "2,000억"
domestic_share = 1
"""

economy = Economy("kr-2023-33")
n, x, L = economy.n, economy.x, economy.L
pay, surplus = economy.inputs[0], economy.inputs[1]
v = economy.inputs.sum(axis=0) / x
imported_inputs, jobs = economy.Am.sum(axis=0), economy.satellites[:, 0] / x
HOUSEHOLDS, GOVERNMENT, EXPORTS = 0, 1, -1
all_of = (economy.Fd + economy.Fm).sum(axis=0)


def figures(domestic, imported, w, s):
    """Output, value added, imports and jobs, of Type I and with what households spend."""
    c, m = economy.Fd[:, HOUSEHOLDS] / all_of[HOUSEHOLDS], economy.Fm[:, HOUSEHOLDS] / all_of[HOUSEHOLDS]
    output = L @ domestic
    spent = s * (w @ output) / (1 - s * (w @ L @ c))
    told = []
    for output, at_once in [(output, imported), (L @ (domestic + c * spent), imported + m.sum() * spent)]:
        told.append([output.sum(), v @ output, at_once + imported_inputs @ output, jobs @ output])
    return np.array(told)


def program(text):
    """What the program answers of a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.toml"
        file.write_text(text, encoding="utf-8")
        return answer("impact", str(file))


def told(found):
    """The same figures of what the program found."""
    names = ["output", "value_added", "imports", "jobs"]
    return [[found[f"{name}_type1"] for name in names], [found[name] for name in names]]


def compared(what, answered, at, demand, use, w, s):
    """Gross figures and those of the use that pays, of the phases of a kind: demand at home, abroad, and all paid."""
    domestic, imported, amount = demand
    kind = answered["financing"]["kinds"][at]
    same(f"{what}, spent", kind["amount"], amount)
    same(f"{what}, gross", told(kind["gross"]), figures(domestic, imported, w, s))
    basket = economy.Fd[:, use] / all_of[use], (economy.Fm[:, use] / all_of[use]).sum()
    same(f"{what}, withdrawn", told(kind["withdrawn"]), figures(basket[0] * amount, basket[1] * amount, w, s))


# Of 660 billion won 10/110 are tax, 2 and 1 % margins; a policy raises .6 of trains to .75. All at prices of 2023.
real = 0.8 * 100 / 104
tunnels, trains = 3e6 * real, 660_000 * real
producers = trains * (1 - 10 / 110 - 0.02 - 0.01)
domestic = np.zeros(n)
domestic[18] = 0.9 * tunnels
domestic[13] = 0.75 * producers
domestic[19], domestic[20] = 0.02 * trains, 0.01 * trains
imported = 0.1 * tunnels + 0.25 * producers
w = (1 - 0.06 - 0.09) * (pay + 0.3 * np.maximum(surplus, 0)) / x
compared("metro", program(METRO), 0, (domestic, imported, tunnels + trains), GOVERNMENT, w, 0.55)

# Households spend of income what they consume of 1,800 trillion won; a pattern is a column of inputs.
share = all_of[HOUSEHOLDS] / 1.8e9
given, column = share * 1e7 / all_of[HOUSEHOLDS], 1e6 / (economy.Ad[:, 22].sum() + economy.Am[:, 22].sum())
domestic = economy.Fd[:, HOUSEHOLDS] * given + economy.Ad[:, 22] * column
imported = economy.Fm[:, HOUSEHOLDS].sum() * given + economy.Am[:, 22].sum() * column
grant = program(GRANT)
compared("grant", grant, 0, (domestic, imported, share * 1e7 + 1e6), EXPORTS, pay / x, share)
power = np.zeros(n)
power[16] = 2e5
compared("operation", grant, 1, (power, 0.0, 2e5), EXPORTS, pay / x, share)
