"""The days of an outage, as whole matrices (Hallegatte 2008, 2014; BoARIO 0.7 for proportional rationing)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
n, x = economy.n, economy.x / 365
Z, f = economy.Zd / 365, (economy.x - economy.Zd.sum(axis=1)) / 365
# What is below zero arrives as it always does.
arrives = np.maximum(-f, 0) + np.maximum(-Z, 0).sum(axis=1)
A, wanted = np.maximum(Z, 0) / np.where(x > 0, x, 1), np.maximum(f, 0)


def part(of, all):
    """The share of all that there is, up to 1."""
    return np.where(all > 0, np.minimum(1, np.maximum(0, of) / np.where(all > 0, all, 1)), 1)


def losses(k, loss, days, recovery, horizon, rule, stock, stocked, critical=0.8, tau=60, most=1.25, slow=365):
    """Output lost by day and sector, and final demand not met by product."""
    stock = np.asarray(stock)
    needed = np.where(stocked, np.maximum(1, critical * stock), 1)
    held, use, more = stock[:, None] * A * x, A * x, np.zeros((n, n))
    capacity, lost, unmet = np.ones(n), [], np.zeros(n)
    for day in range(horizon):
        out = np.zeros(n)
        since = day - days + 1
        out[k] = loss if since <= 0 else loss * max(0, 1 - since / (recovery + 1))
        demand = np.maximum(0, (use + more).sum(axis=1) + wanted - arrives)
        plan = np.minimum(demand, (1 - out) * capacity * x)
        lasts = np.where(A > 0, held / np.where(A > 0, A, 1) / needed[:, None], np.inf)
        made = np.minimum(plan, lasts.min(axis=0))
        supply, used, restocked = made + arrives, use.sum(axis=1), more.sum(axis=1)
        if rule == "final-last":
            to_use = to_stock = part(supply, used + restocked)
            to_final = part(supply - used - restocked, wanted)
        elif rule == "producers-first":
            to_use, to_final = part(supply, used), part(supply - used, wanted)
            to_stock = part(supply - used - wanted, restocked)
        else:
            to_use = to_stock = to_final = part(supply, used + restocked + wanted)
        held = np.maximum(0, held - A * made + use * to_use[:, None] + more * to_stock[:, None])
        more = np.maximum(0, stock[:, None] * A * plan - held) / np.minimum(stock, tau)[:, None]
        use = A * made
        demand = np.maximum(0, (use + more).sum(axis=1) + wanted - arrives)
        short = np.where(demand > 0, (demand - made) / np.where(demand > 0, demand, 1), 0)
        change = np.where(np.abs(short) > 1e-12, (most - capacity) * short, 1 - capacity)
        capacity = np.maximum(1, capacity + change / slow)
        lost.append(x - made)
        unmet += wanted * (1 - to_final)
    return np.array(lost), unmet


for rule in ["final-last", "producers-first", "proportional"]:
    for loss, days, recovery, given in [
        (0.1, 60, 0, []),
        (0.4, 30, 30, []),
        (0.3, 20, 5, ["--stock", "30", "--buffer", "10", "--stock", "17=0"]),
        (0.2, 10, 0, ["--overcapacity", "1.1/30", "--critical", "90%", "--restocking", "20"]),
    ]:
        arguments = ["outage", "17", "--loss", str(loss), "--days", str(days), "--recovery", str(recovery)]
        arguments += ["--horizon", "200", "--rationing", rule, "--table", "kr-2023-33", *given]
        ours = answer(*arguments)
        of = {} if "--critical" not in given else {"critical": 0.9, "tau": 20, "most": 1.1, "slow": 30}
        lost, unmet = losses(16, loss, days, recovery, 200, rule, ours["stock_days"], ours["stocked"], **of)
        what = f"{rule}, {loss} for {days} days {' '.join(given)}".strip()
        same(what, np.array(ours["by_day"]) / x, lost / x)
        same(f"{what}: unmet", np.array(ours["unmet"]) / x.sum(), unmet / x.sum())

# What final demand cannot absorb: the mixed model, and the supply-driven one with the sector exogenous.
ours = {of["model"]: of["output"] / ours["capacity_lost"] for of in ours["yardsticks"]}
same("mixed", ours["mixed"], economy.L[:, 16].sum() / economy.L[16, 16])
others = [j for j in range(n) if j != 16]
B = economy.Zd / economy.x[:, None]
rows = np.linalg.solve(np.eye(n - 1) - B[np.ix_(others, others)].T, B[16, others])
same("supply-driven", ours["supply_driven"], 1 + rows.sum())
