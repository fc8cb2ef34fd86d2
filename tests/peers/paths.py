"""Structural paths by writing all chains out (Defourny and Thorbecke 1984)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
A, L, x = economy.Ad, economy.L, economy.x
jobs = economy.satellites[:, 0] / x
found = answer("suppliers", "--table", "kr-2023-33", "--shock", "19=1조", "--paths", "30", "--by", "jobs")
[sankey] = found["sankey"]
codes = [name["code"] for name in found["kinds"][0][1]["sectors"]]
j, f = codes.index("19"), 1e6
column = A[:, j]
chains = {}
for i in range(33):
    chains[(j, i)] = jobs[i] * column[i] * f
    for k in range(33):
        chains[(j, i, k)] = jobs[k] * A[k, i] * column[i] * f
        for m in range(33):
            chains[(j, i, k, m)] = jobs[m] * A[m, k] * A[k, i] * column[i] * f
[(_, paths)] = found["paths"]
ours = [path["value"] for path in paths["paths"]]
same("the largest chains", ours, sorted(chains.values(), reverse=True)[:30])
same("total", paths["total"], (jobs @ L)[j] * f)
beyond = jobs @ L
for node in sankey["nodes"]:
    at = [codes.index(code) for code in node["id"].split(" < ")]
    carried = f * np.prod([A[b, a] for a, b in zip(at, at[1:])])
    same(node["id"], node["through"], beyond[at[-1]] * carried)
