"""Sobol indices of a product of independent figures, which have a closed form (Sobol 1993; Saltelli and others 2010)."""
import tempfile
from pathlib import Path

import numpy as np
from economy import Economy, answer

SCENARIO = """
[scenario]
name = "Product"
[parameters]
mw = { value = 100, shape = "lognormal", sd = 0.3 }
price = { value = "10억", shape = "uniform", range = ["4억", "16억"] }
home = { value = 0.6, shape = "uniform", range = [0.2, 1.0] }
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
what = "18"
amount = "mw * price"
domestic_share = "home"
"""

# The variance of each over its squared mean.
spread = {
    "mw": np.exp(0.3**2) - 1,
    "price": (12**2 / 12) / 10**2,
    "home": (0.8**2 / 12) / 0.6**2,
}


def indices(keys):
    """First-order and total indices of the product of some figures."""
    whole = np.prod([1 + spread[key] for key in keys]) - 1
    others = {key: np.prod([1 + spread[other] for other in keys if other != key]) for key in keys}
    return {key: (spread[key] / whole, spread[key] * others[key] / whole) for key in keys}, whole


economy = Economy("kr-2023-33")
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "product.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    ours = answer("impact", str(file), "--table", "kr-2023-33", "--draws", "20000", "--sobol")

figures = {f["id"]: f for f in ours["uncertainty"]["sobol"]["figures"]}
L = np.linalg.inv(np.eye(economy.n) - economy.Ad)
for name, keys, mean in [
    ("spending", ["mw", "price"], 1.0),
    ("output_type1", ["mw", "price", "home"], L[:, 17].sum() * 0.6),
]:
    exact, whole = indices(keys)
    found = figures[name]
    # Millions: 100 MW (mean of the lognormal) at 1,000 million each.
    deviation = 100 * np.exp(0.3**2 / 2) * 1000 * mean * np.sqrt(whole)
    assert abs(found["standard_deviation"] / deviation - 1) < 0.03, (name, found["standard_deviation"], deviation)
    assert [s["key"] for s in found["sources"]] == sorted(keys, key=lambda key: -exact[key][1])
    for source in found["sources"]:
        for index, value in zip([source["first_order"], source["total"]], exact[source["key"]]):
            wider = 0.5 * (index["high"] - index["low"])
            held = index["low"] - wider <= value <= index["high"] + wider
            assert held and 2 * wider < 0.1, (name, source["key"], index, value)
print("indices of a product: within their intervals")
