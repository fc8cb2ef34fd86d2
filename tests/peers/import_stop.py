"""A stop of imports by its definitions: an inverse anew, rounds of cuts, Ghosh (docs/shortage.md)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
n, x, Ad, Am = economy.n, economy.x, economy.Ad, economy.Am
f = x - Ad @ x
scale = x.sum()


def rationed(caps, critical):
    """Cuts from the table's own output until nobody is cut: final users first, producers in proportion."""
    left = np.minimum(x, caps)
    while True:
        needs = np.where((Ad >= critical) & (Ad > 0), Ad, 0)
        np.fill_diagonal(needs, 0)
        # Withdrawals from stocks and by-products are delivered besides what is made.
        besides = np.maximum(-f, 0) + np.maximum(-Ad, 0) @ left
        has, wanted = left * (1 - np.diag(Ad)) + besides, needs @ left
        served = np.where(has < wanted * (1 - 1e-12), np.maximum(has, 0) / np.where(wanted > 0, wanted, 1), 1)
        least = np.array([min([1.0] + [served[i] for i in range(n) if needs[i, j] > 0]) for j in range(n)])
        following = np.minimum.reduce([left, np.maximum(Ad @ left + f, 0), left * least])
        done = np.all(left - following <= 1e-12 * x)
        left = following
        if done:
            return left


for k, share, critical in [(1, 0.3, 0.01), (4, 1.0, 0.05), (10, 0.5, 0.0)]:
    ours = answer("shortage", f"{k + 1:02}", "--imports", "--share", str(share), "--critical", str(critical), "--table", "kr-2023-33")
    cases = {case["case"]: np.array(case["output"]) / scale for case in ours["cases"]}
    what = f"{k + 1:02}, {share}, {critical}"
    missing = share * economy.Zm[k]
    amount = missing.sum() + share * economy.Fm[k].sum()
    same(f"{what}: missing", ours["amount"] / scale, amount / scale)
    home, demand = Ad.copy(), f.copy()
    home[k] += share * Am[k]
    demand[k] += share * economy.Fm[k].sum()
    if "made_at_home" in cases:
        made = np.linalg.solve(np.eye(n) - home, demand) - x
        same(f"{what}: made at home", cases["made_at_home"], made / scale)
    used = economy.Zd[k] + economy.Zm[k]
    limit = np.where((used > 0) & (used / np.where(x > 0, x, 1) >= critical), share * economy.Zm[k] / np.where(used > 0, used, 1), 0)
    same(f"{what}: limits", ours["limits"], limit)
    same(f"{what}: fixed coefficients", cases["fixed_coefficients"], (rationed((1 - limit) * x, critical) - x) / scale)
    B = economy.Zd / np.where(x > 0, x, 1)[:, None]
    same(f"{what}: supply-driven", cases["supply_driven"], -np.linalg.solve((np.eye(n) - B).T, missing) / scale)
