"""Structural decomposition by all orders of the factors, one after the other (Dietzenbacher & Los 1998)."""
import itertools

import numpy as np
from economy import Economy, answer, same

old, new = Economy("kr-2020-33"), Economy("kr-2023-33")


def shares(of):
    A, F = of.Ad + of.Am, of.Fd + of.Fm
    size = np.abs(F).sum(axis=0)
    per = np.where(size > 0, 1 / np.where(size > 0, size, 1), 0)
    return {"A": A, "Ad": of.Ad, "B": F * per, "Bd": of.Fd * per, "c": size / F.sum(), "y": F.sum(), "e": of.satellites[:, 0] / of.x}


years = [shares(old), shares(new)]


def shared(whole, part, other_whole, other_part):
    """All of one year in the domestic shares of another, where both years have one."""
    with np.errstate(divide="ignore", invalid="ignore"):
        own, other = part / whole, other_part / other_whole
    both = (own >= 0) & (own <= 1) & (other >= 0) & (other <= 1)
    return np.where(both, whole * np.where(both, other, 0), part)


def jobs(state):
    e, a, s, d, b, c, y = (years[at] for at in state)
    Ad = a["Ad"] if a is s else shared(a["A"], a["Ad"], s["A"], s["Ad"])
    Bd = b["Bd"] if b is d else shared(b["B"], b["Bd"], d["B"], d["Bd"])
    return e["e"] * np.linalg.solve(np.eye(old.n) - Ad, Bd @ (c["c"] * y["y"]))


known = {state: jobs(state) for state in itertools.product([0, 1], repeat=7)}
parts, orders = np.zeros((7, old.n)), list(itertools.permutations(range(7)))
for order in orders:
    state = [0] * 7
    for factor in order:
        before = known[tuple(state)]
        state[factor] = 1
        parts[factor] += known[tuple(state)] - before
parts /= len(orders)
ours = answer("decompose", "kr-2020-33", "kr-2023-33", "--measure", "jobs")
total = sum(ours["after"])
same("jobs by all 5,040 orders", np.array([part["by_sector"] for part in ours["parts"]]) / total, parts / total)
