"""Hypothetical extraction by an inverse anew (Dietzenbacher & Lahr 2013; Miller & Blair, 3rd ed., ch. 12)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
identity = np.eye(economy.n)
f = economy.x - economy.Ad @ economy.x
primary = 1 - economy.Ad.sum(axis=0)


def left(kind, sectors, share):
    """Output without a share of some sectors."""
    A, demand = economy.Ad.copy(), f.copy()
    if kind == "backward":
        A[:, sectors] *= 1 - share
        return np.linalg.solve(identity - A, demand)
    A[sectors, :] *= 1 - share
    if kind == "forward":
        return np.linalg.solve((identity - A).T, primary) * economy.x
    demand[sectors] *= 1 - share
    return np.linalg.solve(identity - A, demand)


scale = economy.x.sum()
for kind in ["total", "backward", "forward"]:
    for share in [0.3, 1.0]:
        ours = answer("extract", "17", "21", "--kind", kind, "--share", str(share), "--table", "kr-2023-33")
        lost = (economy.x - left(kind, [16, 20], share)) / scale
        same(f"{kind} of two, {share}", np.array(ours["output"]) / scale, lost)
        ours = answer("extract", "--all", "--kind", kind, "--share", str(share), "--table", "kr-2023-33")
        lost = [(economy.x - left(kind, [k], share)).sum() / scale for k in range(economy.n)]
        same(f"{kind} of each, {share}", np.array(ours["measures"][0]["all"]) / scale, lost)
