"""Other forms of multipliers (Miller & Blair, 3rd ed., ch. 6; Oosterhaven and Stelder 2002; Gray and others 1979)."""
import numpy as np
from economy import Economy, answer, same

economy = Economy("kr-2023-33")
A, L, x, n = economy.Ad, economy.L, economy.x, economy.n
f = x - A @ x
jobs = economy.satellites[:, 0] / x * 1000  # persons for each billion won


def ours(*arguments):
    sectors = answer("multipliers", "--table", "kr-2023-33", *arguments)["by_sector"].values()
    return lambda measure: [sector.get(measure, 0) for sector in sectors]  # none of its own: no figure


net = ours("--form", "net")
same("net output", net("output"), L.sum(axis=0) * f / x)
same("net jobs", net("jobs"), np.divide(jobs @ L * f, jobs * x, out=np.zeros(n), where=jobs > 0))
same("growth-equalised", ours("--form", "growth-equalised")("jobs"), jobs @ L * f / f.sum())
same("output-to-output", ours("--form", "output-to-output")("output"), L.sum(axis=0) / np.diag(L))
same("elasticity", ours("--form", "elasticity")("output"), L.sum(axis=0) * f / x.sum())
three = np.eye(n) + A + A @ A + A @ A @ A
same("three rounds", ours("--rounds", "3")("jobs"), jobs @ three)
effects = ours("--by", "effect")
same("first round", effects("jobs_first_round"), jobs @ A)
same("industrial support", effects("jobs_industrial_support"), jobs @ (L - np.eye(n) - A))
same("type 1A", effects("output_type_1a"), 1 + A.sum(axis=0))

# Households a sector of their own: a row of wages, a column of what they buy of a unit of them; output sums the whole
# column, of which the last cell is all that they earn.
home = economy.Fd[:, 0]
wages, column = economy.inputs[0] / np.where(x == 0, 1, x), home / economy.inputs[:2].sum()
closed = np.linalg.inv(np.eye(n + 1) - np.block([[A, column[:, None]], [wages, np.zeros(1)]]))
same("with households", ours("--form", "with-households", "--type", "2")("output"), closed.sum(axis=0)[:n])
