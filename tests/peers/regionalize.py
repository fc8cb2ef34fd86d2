"""A region and the rest of its country by Flegg's quotient (Flegg & Tohmo, 2013; Miller & Blair, 3rd ed., ch. 8)."""
import csv
from pathlib import Path

import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2020-83")
tables = Path(__file__).resolve().parents[2] / "tables"
A, x, n, delta = economy.Ad, economy.x, economy.n, 0.25
codes = [line.split(",")[0] for line in (tables / "kr-2020-83/output.csv").read_text().splitlines()[1:]]

# Value added of the province over the nation's, by activity; what has no activity as the province as a whole.
share = np.full(n, np.nan)
sums = {"KR-31": 0.0, "nation": 0.0}
rows = list(csv.DictReader((tables / "kr-2020-regions/value_added.csv").open()))
size = {(row["region"], row["code"]): float(row["value_added"]) for row in rows}
for (region, group), value in size.items():
    if region in sums:
        sums[region] += value
    if region == "KR-31":
        for code in group.split("+"):
            share[codes.index(code)] = value / size["nation", group]
share[np.isnan(share)] = sums["KR-31"] / sums["nation"]


def trade(own):
    slq = (own / own.sum()) / (x / x.sum())
    cross = slq[:, None] / slq[None, :]
    np.fill_diagonal(cross, slq)
    return np.minimum(cross * np.log2(1 + own.sum() / x.sum()) ** delta, 1)


own = x * share
rest = x - own
t, u = trade(own), trade(rest)
inside, across = t * A * own, (1 - t) * A * own
home, back = u * A * rest, (1 - u) * A * rest
for i in range(n):
    most = max(1, economy.Ad[i] @ x / x[i])
    for mine, other, can in (((inside, back), (across, home), own), ((across, home), (inside, back), rest)):
        sold = sum(block[i].sum() for block in mine)
        if sold > most * can[i]:
            for block, others in zip(mine, other):
                cut = block[i] * (1 - most * can[i] / sold)
                block[i] -= cut
                others[i] += cut
L = np.linalg.inv(np.eye(2 * n) - np.block([[inside, back], [across, home]]) / np.concatenate([own, rest]))

study = answer("regionalize", "kr-2020-83", "--region", "Ulsan", "--method", "flq", "--delta", str(delta))
same("share", study["share"], share)
same("inside", study["inside"]["output"], L[:n, :n].sum(axis=0))
same("outside", study["outside"]["output"], L[n:, :n].sum(axis=0))
