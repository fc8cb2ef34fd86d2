"""The work of benches/draws.rs with numpy: draws per second of an ensemble at 83 sectors.

    python benches/python/draws.py [tables/kr-2023-83]

Vectorised over draws, numpy's own generators and LAPACK, threads as numpy likes. Demand-only draws are
timed twice: by rows of the inverse solved for once, as this crate does it, and by forming the output of
all sectors, F L'. Prints draws per second, the best of several rounds.
"""

import csv
import pathlib
import sys
import time

import numpy as np

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "tables/kr-2023-83")
SPREAD = 0.1
KEPT = 0.1


def rows(name):
    with open(FOLDER / name, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def square(name):
    return np.array([[float(v) for v in row[1:]] for row in rows(name)[1:]])


def column(name, title):
    table = rows(name)
    at = table[0].index(title)
    return np.array([float(row[at]) for row in table[1:]])


codes = [row[0] for row in rows("domestic_flows.csv")[1:]]
n = len(codes)
x = column("output.csv", "output")
Ad = square("domestic_flows.csv") / x
m = square("imported_flows.csv").sum(0) / x
primary = {row[0]: np.array([float(v) for v in row[1:]]) for row in rows("primary_inputs.csv")[1:]}
v = sum(primary.values()) / x
w = primary["compensation"] / x
e = column("satellites.csv", "jobs") / x
bought = column("domestic_final_demand.csv", "household")
bought_abroad = column("imported_final_demand.csv", "household")
c = bought / (bought.sum() + bought_abroad.sum())
cm = bought_abroad.sum() / (bought.sum() + bought_abroad.sum())
share = (bought.sum() + bought_abroad.sum()) / (primary["compensation"] + primary["operating_surplus"]).sum()

L = np.linalg.inv(np.eye(n) - Ad)
Lc = L @ c
multiplier = share / (1 - share * (w @ Lc))
per_output = np.stack([np.ones(n), v, m, e])
per_spending = per_output @ Lc + np.array([0, 0, cm, 0])
SECTORS = [codes.index(code) for code in ("34", "50", "37", "45", "62", "38")]


def figures(rng, count):
    """The uncertain figures, an array of `count` each; money in millions of won."""

    def pert(low, mode, high):
        a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
        return low + (high - low) * rng.beta(a, b, count)

    return [
        pert(6e6, 7e6, 10e6),
        rng.triangular(0, 0.05, 0.15, count),
        rng.uniform(0.5, 0.9, count),
        300 * np.exp(0.1 * rng.standard_normal(count)),
        1.3 + 0.05 * rng.standard_normal(count),
        rng.triangular(0.5, 0.7, 0.9, count),
        rng.uniform(120e-6, 180e-6, count),
        rng.triangular(200, 300, 500, count),
    ]


def spending(f):
    """Of both kinds: spent, imported at once, and demand at home for its sectors."""
    capex, gpu, equipment, it_mw, pue, load, tariff, staff = f
    servers, buildings, electrical = capex * 0.6, capex * 0.25, capex * 0.15
    power, people, upkeep = it_mw * pue * load * 8760 * 1000 * tariff, staff * 100, capex * 0.02
    build = [servers * gpu, buildings, electrical * equipment]
    operation = [power, people, upkeep * equipment]
    return [
        (capex, servers * (1 - gpu) + electrical * (1 - equipment), SECTORS[:3], build),
        (power + people + upkeep, upkeep * (1 - equipment), SECTORS[3:], operation),
    ]


def told(f, results):
    """Quantiles, means, standard errors; rank correlations with value added."""
    for result in results:
        each = np.stack(result)
        np.quantile(each, [0.05, 0.5, 0.95], axis=1)
        each.mean(1)
        each.std(1, ddof=1) / np.sqrt(each.shape[1])

    def ranks(values):
        ranks = np.empty(len(values))
        ranks[np.argsort(values)] = np.arange(len(values))
        return ranks

    of_figures = [ranks(values) for values in f]
    for result in results:
        value_added = ranks(result[3])
        for of_figure in of_figures:
            np.corrcoef(of_figure, value_added)


def demand(count, whole):
    rng = np.random.default_rng(1)
    f = figures(rng, count)
    results = []
    for spent, imported, sectors, lines in spending(f):
        if whole:
            F = np.zeros((count, n))
            for sector, line in zip(sectors, lines):
                F[:, sector] += line
            X = F @ L.T
            type1 = X @ per_output.T
            h = (X @ w) * multiplier
            outputs = X + np.outer(h, Lc)
            top = outputs[:, np.argsort(-outputs[0])[:10]]
        else:
            D = np.stack(lines, axis=1)
            rows_of = (per_output @ L)[:, sectors]
            type1 = D @ rows_of.T
            h = D @ ((w @ L)[sectors] * multiplier)
            best = np.argsort(-(L[:, sectors] @ D[0]))[:10]
            top = D @ L[np.ix_(best, sectors)].T + np.outer(h, Lc[best])
        total = type1 + np.outer(h, per_spending)
        results.append([spent, imported, *total.T, *type1.T, *top.T])
    told(f, results)


def coefficients(count, batch=100):
    rng = np.random.default_rng(1)
    f = figures(rng, count)
    kinds = spending(f)
    best = [np.argsort(-(L[:, s] @ np.array([line[0] for line in d])))[:10] for _, _, s, d in kinds]
    parts = [[], []]
    diagonal = np.arange(n)
    for start in range(0, count, batch):
        size = min(batch, count - start)
        A = np.exp(SPREAD * rng.standard_normal((size, n, n)))
        A = np.where(Ad > 0, Ad * A, Ad)
        sums = A.sum(1)
        most = np.maximum(1 - m - np.minimum(v, KEPT * v), Ad.sum(0))
        by = np.where(sums > most, most / sums, 1)
        A *= by[:, None, :]
        V = v - (sums * by - Ad.sum(0))
        W = np.where(v > 0, w * V / np.where(v > 0, v, 1), w)
        E = e * np.exp(SPREAD * rng.standard_normal((size, n)))
        M = -A
        M[:, diagonal, diagonal] += 1
        B = np.zeros((size, n, 3))
        for at, (_, _, sectors, lines) in enumerate(kinds):
            for sector, line in zip(sectors, lines):
                B[:, sector, at] += line[start : start + size]
        B[:, :, 2] = c
        X = np.linalg.solve(M, B)
        rows_of = np.stack([np.ones_like(V), V, np.broadcast_to(m, V.shape), E, W], axis=1)
        sums = rows_of @ X
        h = share / (1 - share * sums[:, 4, 2])
        per = sums[:, :4, 2] + np.array([0, 0, cm, 0])
        for at in range(2):
            type1 = sums[:, :4, at]
            spent = (sums[:, 4, at] * h)[:, None]
            top = X[:, best[at], at] + spent * X[:, best[at], 2]
            parts[at].append(np.concatenate([type1 + spent * per, type1, top], axis=1))
    results = []
    for (spent, imported, _, _), part in zip(kinds, parts):
        results.append([spent, imported, *np.concatenate(part).T])
    told(f, results)


def best_rate(count, work, rounds):
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return count / min(seconds)


if __name__ == "__main__":
    print(f"numpy {np.__version__}, {n} sectors; draws per second, best of several rounds")
    for name, count, work, rounds in [
        ("demand, by rows of the inverse", 100_000, lambda: demand(100_000, False), 7),
        ("demand, output of all sectors", 100_000, lambda: demand(100_000, True), 7),
        ("coefficients, one batched solve", 2_000, lambda: coefficients(2_000), 5),
    ]:
        print(f"{name:32} {best_rate(count, work, rounds):12,.0f}")
